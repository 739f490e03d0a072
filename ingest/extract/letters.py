"""What a reply to a citizen states of itself: its number, date, subject, who signs and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.extract.ids import PlaceIds
from ingest.extract.walk import Located
from ingest.fold import fold, squeeze
from ingest.records import DocumentInfo, Figure, IndicatorRow, Place
from ingest.wording import load_yaml

_RADICADO = re.compile(
    r"^(?:radicad\w*\s*(?:n[o°º.]*|nro\.?|numero)?\s*[:.#]?\s*)?(?P<number>(?:\d{4}[- ]?)?[A-Z]{0,4}[- ]?\d{6,20})$",
    re.IGNORECASE,
)
_LABELLED_RADICADO = re.compile(
    r"radicad\w*\s*(?:n[o°º.]*|nro\.?|n[uú]mero)?\s*[:.#]?\s*(?P<number>[A-Z]{0,4}[\d-]{5,20}\d)", re.IGNORECASE
)
_HEAD_LINES = 40


@dataclass(frozen=True)
class _Line:
    text: str
    place: Place


def letter_rows(located: Sequence[Located], info: DocumentInfo, ids: PlaceIds) -> Iterator[IndicatorRow]:
    """Rows for the letter's own particulars, each once, where it stands first."""
    lines = list(_lines(located))
    for finder in (_radicado, _labelled, _signatory, _roles):
        for metric, text, line in finder(lines):
            yield _row(metric, text, line, info, ids)


def _radicado(lines: Sequence[_Line]) -> Iterator[tuple[str, str, _Line]]:
    """The filing number: after its label, or alone on one of the first lines."""
    for line in lines[:_HEAD_LINES]:
        match = _LABELLED_RADICADO.search(line.text) if "fecha" not in fold(line.text) else None
        match = match or _RADICADO.match(line.text)
        if match is not None:
            yield "Número de radicado", match["number"], line
            return


def _labelled(lines: Sequence[_Line]) -> Iterator[tuple[str, str, _Line]]:
    """Particulars with a label of their own ("Asunto: …", "Fecha Radicado: …"), each at its first place."""
    found: set[str] = set()
    for line in lines:
        label, colon, value = line.text.partition(":")
        metric = _letter_labels().get(fold(label)) if colon else None
        if metric is not None and value.strip() and metric not in found:
            found.add(metric)
            yield metric, value.strip().rstrip("."), line


def _signatory(lines: Sequence[_Line]) -> Iterator[tuple[str, str, _Line]]:
    """Name and post below the closing formula; public servants, so they are kept."""
    closing = next((i for i, line in enumerate(lines) if fold(line.text).strip(" ,.") in _closings()), None)
    if closing is None:
        return
    below = lines[closing + 1 : closing + 4]
    signed = [line.text for line in below if line.text.isupper() or line is below[0] or _is_post(line.text)]
    if signed:
        yield "Firmante", ", ".join(signed), below[0]


def _is_post(text: str) -> bool:
    """Whether a line begins with the name of a post ("Secretaria de Salud")."""
    first = fold(text).split(" ")[0].rstrip(",.")
    return first in _post_words()


@cache
def _post_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["post_words"])


def _roles(lines: Sequence[_Line]) -> Iterator[tuple[str, str, _Line]]:
    """Who drafted, reviewed and approved."""
    for line in lines:
        for part in line.text.split("\t"):
            label, colon, value = part.partition(":")
            role = _role_labels().get(fold(label)) if colon else None
            if role is not None and value.strip():
                yield role, value.strip(), line


def _lines(located: Sequence[Located]) -> Iterator[_Line]:
    for item in located:
        if item.block.table is not None:
            for row in item.block.table.rows:
                for text in row.texts:
                    yield _Line(squeeze(text), row.place)
            continue
        for number, text in item.block.lines():
            place = item.block.place
            if number is not None:
                place = Place(**{**place.model_dump(), "line": number, "line_end": number})
            if text.strip():
                yield _Line(text.strip(), place)


def _row(metric: str, text: str, line: _Line, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow:
    return IndicatorRow(
        row_id=ids.next(line.place),
        document_id=ids.document_id,
        kind="fact",
        entity=info.entity,
        period=info.period,
        dependency=info.office,
        metric=metric,
        figure=Figure(text=text),
        place=line.place,
        quote=line.text,
    )


@cache
def _labels() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("letter_labels.yaml")
    return loaded


@cache
def _letter_labels() -> dict[str, str]:
    return {fold(variant): metric for metric, variants in _labels()["labels"].items() for variant in variants}


@cache
def _role_labels() -> dict[str, str]:
    return {fold(variant): metric for metric, variants in _labels()["roles"].items() for variant in variants}


@cache
def _closings() -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in _labels()["closings"])
