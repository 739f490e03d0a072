"""Rows that a language model reads in prose, kept only where the page itself says every value of them.

``Extraction → pages of prose with figures → model → rows whose values stand on the page → Extraction``. The model is
handed in as a function from a page to text, since nothing here knows of models. What it gets is masked. Whatever goes
wrong with it is a notice: the document is read without.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.extract.ids import PlaceIds
from ingest.figures import read_baseline, read_target
from ingest.fold import fold, squeeze
from ingest.privacy import mask_contacts
from ingest.records import DocumentInfo, Extraction, Figure, IndicatorRow, Notice, PathStep, Place, Record, Segment
from ingest.wording import load_yaml, validated

_LOG = logging.getLogger(__name__)

FROM_MODEL = "from-model"
#: Longer pages are asked about in parts; the rest of a document with more pages than this stays prose.
PAGE_CHARACTERS = 6_000
MOST_PAGES = 80
#: After so many failures in a row the model is not asked any more about this document.
_PATIENCE = 2
_LONGEST_VALUE, _LONGEST_QUOTE = 400, 1_200
_FIGURE = re.compile(r"\d")


class ReadingError(Exception):
    """The model gave no text; its message is for the log and says nothing of the page."""


class AskPage(Protocol):
    """Hands one masked page with its headings to the model; its answer as text. Raises ``ReadingError``."""

    def __call__(self, page: str, headings: str, seconds: float) -> str: ...


class ModelPrompts(Record):
    """``prompts/extract.yaml``."""

    system: str
    user: str
    cues: tuple[str, ...]


class _Said(BaseModel):
    """One row as the model says it; what it adds is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str = Field(max_length=_LONGEST_QUOTE)
    indicator: str = Field(max_length=_LONGEST_VALUE)
    target: str | None = Field(None, max_length=_LONGEST_VALUE)
    baseline: str | None = Field(None, max_length=_LONGEST_VALUE)
    programme: str | None = Field(None, max_length=_LONGEST_VALUE)
    kind: Literal["result", "product"] = "product"


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: list[dict[str, object]]


@dataclass(frozen=True)
class _Page:
    headings: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return mask_contacts("\n".join(segment.text for segment in self.segments))


def with_model_rows(extraction: Extraction, document_id: str, ask: AskPage, seconds: float) -> Extraction:
    """The extraction with the rows that the model found in its prose; of plans and other texts, never of letters.

    ``seconds`` are for the whole document. Reports are left alone too: their figures are read sentence by sentence.
    """
    if extraction.info.kind not in ("plan", "other"):
        return extraction
    pages = [page for page in _pages(extraction) if _is_worth_asking(page)]
    deadline = time.monotonic() + seconds
    ids = _ModelIds(document_id)
    rows: list[IndicatorRow] = []
    dropped = unread = failures = 0
    for page in pages[:MOST_PAGES]:
        left = deadline - time.monotonic()
        if failures >= _PATIENCE or left <= 0:
            unread += 1
            continue
        try:
            said = _parsed(ask(page.text, page.headings, left))
        except Exception as error:  # a model must not cost a document that was read without it
            if not isinstance(error, ReadingError):
                _LOG.error("%s while a model read a page", type(error).__name__)
            failures, unread = failures + 1, unread + 1
            continue
        failures = 0
        made = [_row(one, page, extraction.info, ids) for one in dict.fromkeys(said)]
        rows += (row for row in made if row is not None)
        dropped += sum(row is None for row in made)
    unread += max(0, len(pages) - MOST_PAGES)
    notices = (*extraction.notices, *_notices(len(rows), dropped, unread))
    if rows:
        notices = tuple(notice for notice in notices if notice.code != "no-rows")
    return extraction.model_copy(update={"rows": (*extraction.rows, *rows), "notices": notices})


def _notices(made: int, dropped: int, unread: int) -> Iterator[Notice]:
    if made:
        message = f"{made} filas las leyó un modelo de lenguaje en texto corrido; cada una lleva un aviso. Confírmelas."
        yield Notice(code=FROM_MODEL, message=message)
    if dropped:
        message = f"{dropped} filas que dijo el modelo de lenguaje no están así en la página y se descartaron."
        yield Notice(code="model-rows-dropped", message=message)
    if unread:
        message = f"El modelo de lenguaje no leyó {unread} páginas (no respondió, o son demasiadas); quedan como texto."
        yield Notice(code="model-not-read", message=message)


def _pages(extraction: Extraction) -> Iterator[_Page]:
    """The prose of each page under each of its headings, in parts of a bounded length."""
    for prose in extraction.prose:
        headings = mask_contacts("\n".join(prose.headings))
        for _, group in groupby(prose.segments, key=lambda segment: (segment.place.page, segment.place.sheet)):
            part: list[Segment] = []
            size = 0
            for segment in group:
                if part and size + len(segment.text) > PAGE_CHARACTERS:
                    yield _Page(headings, tuple(part))
                    part, size = [], 0
                part.append(segment)
                size += len(segment.text)
            if part:
                yield _Page(headings, tuple(part))


def _is_worth_asking(page: _Page) -> bool:
    folded = f" {fold(page.text)} "
    return _FIGURE.search(folded) is not None and any(
        re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", folded) for cue in prompts().cues
    )


def _parsed(text: str) -> list[_Said | None]:
    """The rows of an answer, None for each that is not of the form asked for. Raises ``ReadingError`` for no JSON."""
    begin, end = text.find("{"), text.rfind("}")
    try:
        answer = _Answer.model_validate(json.loads(text[begin : end + 1]))
    except (ValueError, RecursionError):
        raise ReadingError("form") from None
    return [_as_row(one) for one in answer.rows]


def _as_row(one: dict[str, object]) -> _Said | None:
    try:
        return _Said.model_validate(one)
    except ValidationError:
        return None


def _row(said: _Said | None, page: _Page, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow | None:
    """The row, or None when anything of it is not on the page as it is said."""
    if said is None:
        return None
    text = squeeze(page.text)
    quote = squeeze(said.quote)
    inside = [value for value in (said.indicator, said.target, said.baseline) if value is not None]
    around = [said.programme] if said.programme is not None else []
    if not _stands_in(quote, text) or not all(_stands_in(value, quote) for value in inside):
        return None
    if not all(_stands_in(value, text) or _stands_in(value, squeeze(page.headings)) for value in around):
        return None
    target = None if said.target is None else read_target(squeeze(said.target))[0]
    baseline = None if said.baseline is None else read_baseline(squeeze(said.baseline))[0]
    if not any(figure is not None and figure.value is not None for figure in (target, baseline)):
        return None
    place = _place_of(quote, page)
    return _made(said, quote, target, baseline, place, info, ids)


def _made(
    said: _Said,
    quote: str,
    target: Figure | None,
    baseline: Figure | None,
    place: Place,
    info: DocumentInfo,
    ids: PlaceIds,
) -> IndicatorRow:
    message = "Esta fila la leyó un modelo de lenguaje en un texto corrido; confírmela en el documento."
    programme = squeeze(said.programme) if said.programme else None
    return IndicatorRow(
        row_id=ids.next(place),
        document_id=ids.document_id,
        kind=said.kind,
        entity=info.entity,
        period=info.period,
        path=(PathStep(level="Programa", value=programme, role="programme"),) if programme else (),
        dependency=info.office,
        indicator=squeeze(said.indicator),
        baseline=baseline,
        target=target,
        place=place,
        quote=quote,
        warnings=(Notice(code=FROM_MODEL, message=message, place=str(place) or None),),
    )


def _stands_in(value: str, text: str) -> bool:
    """Whether a text holds a value letter by letter and whole: '10' does not stand in '2010' nor in '10,5'."""
    value = squeeze(value)
    if not value:
        return False
    before = r"(?<![^\W_])" + (r"(?<!\d[.,])" if value[0].isdigit() else "") if value[0].isalnum() else ""
    after = r"(?![^\W_])" + (r"(?![.,]\d)" if value[-1].isdigit() else "") if value[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(value)}{after}", text) is not None


def _place_of(quote: str, page: _Page) -> Place:
    """The place of the segment in which the quote begins."""
    at = squeeze(page.text).find(quote)
    length = 0
    for segment in page.segments:
        length += len(squeeze(mask_contacts(segment.text))) + 1
        if at < length:
            return segment.place
    return page.segments[-1].place


class _ModelIds(PlaceIds):
    """Keys that no row read without a model has: the same places, marked."""

    def next(self, place: Place) -> str:
        head, _, tail = super().next(place).partition(".")
        return f"{head}.modelo_{tail}"


@cache
def prompts() -> ModelPrompts:
    """The checked prompts."""
    return validated(ModelPrompts, load_yaml("extract.yaml"), "extract.yaml")


def messages(page: str, headings: str) -> Sequence[tuple[str, str]]:
    """What the model is told of a page: (role, text). What would close the marks around the data is taken out."""
    inert = {"page": _inert(page), "headings": _inert(headings) or "(ninguno)"}
    return [("system", prompts().system.format()), ("user", prompts().user.format(**inert))]


def _inert(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")
