"""Rows and sentences as items: the stems each is made of, and how much each counts by where it stands.

Every part of a row counts with its own weight: a question's word found in the indicator says more than the same word
found in the purpose of the programme.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.corpus.bars import OF_DOCUMENT
from assistant.corpus.matching import folded
from ingest.figures import dates_in
from ingest.records import Document, IndicatorRow, Passage, Place, Segment
from ingest.snapshot import Snapshot
from ingest.words import stems

#: How much a word counts by where in a row it stands.
_ROW_WEIGHTS: tuple[tuple[Callable[[IndicatorRow], str | None], float], ...] = (
    (lambda row: row.indicator, 1.0),
    (lambda row: row.metric, 1.0),
    (lambda row: row.target.text if row.target else None, 1.0),
    (lambda row: row.figure.text if row.figure else None, 0.9),
    (lambda row: " ".join(step.value for step in row.path if step.role in ("other", "product", "project")), 0.9),
    (lambda row: row.quote, 0.85),
    (lambda row: row.programme, 0.8),
    (lambda row: row.baseline.text if row.baseline else None, 0.75),
    (lambda row: " ".join(row.context), 0.5),
    (lambda row: row.component, 0.55),
    (lambda row: row.purpose, 0.5),
    (lambda row: row.dependency, 0.5),
    (lambda row: row.figure.period if row.figure else None, 0.5),
    (lambda row: row.baseline.source if row.baseline else None, 0.4),
    (lambda row: row.strategic_line, 0.4),
    (lambda row: row.ods, 0.4),
    (lambda row: row.unit, 0.4),
)
_OWN_WEIGHT = 0.85
_HEADING_WEIGHT = 0.6
#: The project that a slide is of says as much of its sentences as of its figures.
_PROJECT_WEIGHT = 0.9
_NEIGHBOUR_WEIGHT = 0.3
_QUOTED_WITHIN = 8
_TITLE_WEIGHT = 0.5

#: Links less sure than this join nothing in an answer.
_SURELY_JOINED = 0.9

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]{2}")
_NOTHING_TOLD = re.compile(r"(?:https?://|www\.)\S+|\[[^\]]* reservad[oa]\]")
_LABEL_ALONE = re.compile(r"^\W*\w+:\W*$")
_PROJECT = re.compile(r"proyecto:", re.IGNORECASE)


#: What the rows of a document quote, folded, by line; a folded text has no line breaks, so those part the quotes.
_Quotes = Mapping[int | None, str]
#: Document, programme and indicator.
_Subject = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Item:
    """A row, or a segment of a passage, with the weight of each of its stems.

    ``joined`` are the rows of other documents that are of the same indicator: a plan's row and those that report on it.
    """

    item_id: str
    document: Document
    weights: Mapping[str, float]
    own: frozenset[str]
    row: IndicatorRow | None = None
    passage: Passage | None = None
    segment: Segment | None = None
    joined: tuple[IndicatorRow, ...] = ()

    @property
    def place(self) -> Place:
        if self.row is not None:
            return self.row.place
        return self.segment.place if self.segment is not None else Place()

    @cached_property
    def held(self) -> dict[str, bool]:
        """Which fields it was seen to hold and which not, by ``assistant.evidence.fields.holds``."""
        return {}

    @cached_property
    def has_digit(self) -> bool:
        """Whether a piece of prose says any number."""
        return self.segment is not None and _DIGIT.search(self.segment.text) is not None

    @cached_property
    def entity(self) -> str | None:
        source = self.row or self.passage
        return (source.entity if source else None) or self.document.info.entity

    @cached_property
    def period(self) -> str | None:
        source = self.row or self.passage
        return (source.period if source else None) or self.document.info.period


def items_of(snapshot: Snapshot) -> tuple[Item, ...]:
    """All rows of one revision, then all sentences that no row quotes."""
    documents = {document.document_id: document for document in snapshot.documents}
    titled = _titles_of_subjects(snapshot.rows)
    rows = (
        _row_item(row, documents[row.document_id], snapshot, titled.get(_subject(row)) if not _titles(row) else None)
        for row in snapshot.linked.values()
    )
    return (*rows, *_segment_items(snapshot, documents))


def names_of(item: Item, role: str) -> frozenset[str]:
    """The folded names a row goes by at a level: its own; of a report's row without one, those of the plan's rows."""
    row = item.row
    if row is None:
        return frozenset()
    own = getattr(row, role)
    reported = own is None and row.kind in ("progress", "budget")
    names = (getattr(other, role) for other in item.joined) if reported else (own,)
    return frozenset(folded(name) for name in names if name)


def stem_set(text: str | None) -> frozenset[str]:
    """The stems of a text."""
    return _stem_set(text) if text else frozenset()


@lru_cache(maxsize=65536)
def _stem_set(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _row_item(row: IndicatorRow, document: Document, snapshot: Snapshot, title: str | None = None) -> Item:
    weights: dict[str, float] = {}
    for read, weight in _ROW_WEIGHTS:
        for stem in stem_set(read(row)):
            weights[stem] = max(weights.get(stem, 0.0), weight)
    for stem in stem_set(title):
        weights[stem] = max(weights.get(stem, 0.0), _TITLE_WEIGHT)
    own = stem_set(_own_name(row))
    _add_document(weights, document)
    return Item(row.row_id, document, weights, own, row=row, joined=_joined(row, snapshot))


def _titles_of_subjects(rows: Iterable[IndicatorRow]) -> dict[_Subject | None, str]:
    """The one title that figures of a subject of a report stand under, where there is but one.

    A slide may name its system or work only below the programme and its goals ("PROGRAMA … META … LOGROS SIGMA …"). A
    title that stands over several subjects ("LOGROS", "PRESUPUESTO") names none of them.
    """
    over: defaultdict[tuple[str, str], set[_Subject]] = defaultdict(set)
    for row in rows:
        if (subject := _subject(row)) is not None:
            for title in _titles(row):
                over[row.document_id, folded(title)].add(subject)
    titled: defaultdict[_Subject, list[str]] = defaultdict(list)
    for (_, title), subjects in over.items():
        if len(subjects) == 1:
            titled[next(iter(subjects))].append(title)
    return {subject: titles[0] for subject, titles in titled.items() if len(titles) == 1}


def _titles(row: IndicatorRow) -> list[str]:
    return [step.value for step in row.path if step.role == "other"]


def _subject(row: IndicatorRow) -> _Subject | None:
    """What a figure of a slide is of: the programme and the indicator of its report; None for a row of a table."""
    if not is_of_a_slide(row) or not (row.programme or row.indicator):
        return None
    return row.document_id, row.programme, row.indicator


def _own_name(row: IndicatorRow) -> str | None:
    """What a row is called: a figure of a slide or sentence by its metric, a line by its indicator or product."""
    if row.kind == "budget" and row.metric is None and row.indicator is None:
        return row.step("product")
    if row.figure is None or (row.indicator and not is_of_a_slide(row)):
        return row.indicator
    return " ".join(filter(None, [row.metric, row.figure.unit]))


def _joined(row: IndicatorRow, snapshot: Snapshot) -> tuple[IndicatorRow, ...]:
    """The rows that a row is surely linked to, and those that report on the same plan row under the same codes."""
    direct = () if is_of_a_slide(row) else _linked_to(row, snapshot)
    if row.kind not in ("progress", "budget"):
        return direct
    beside = (other for plan in direct for other in _linked_to(plan, snapshot) if other.row_id != row.row_id)
    same = (other for other in beside if other.codes.get("sispt") == row.codes.get("sispt") is not None)
    return tuple({other.row_id: other for other in (*direct, *same)}.values())


def _linked_to(row: IndicatorRow, snapshot: Snapshot) -> tuple[IndicatorRow, ...]:
    linked = (snapshot.linked[link.row_id] for link in row.links if link.confidence >= _SURELY_JOINED)
    return tuple(other for other in linked if not is_of_a_slide(other))


def is_of_a_slide(row: IndicatorRow) -> bool:
    """Whether a row is a figure that a slide or a sentence states, and no line of a table."""
    return row.metric is not None and row.target is None and not row.yearly


def _segment_items(snapshot: Snapshot, documents: Mapping[str, Document]) -> Iterator[Item]:
    """Segments of the passages, without those that a row of the same lines quotes already."""
    by_line: defaultdict[str, defaultdict[int | None, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in snapshot.rows:
        by_line[row.document_id][row.place.line].append(folded(row.quote))
    quotes = {of: {line: "\n".join(said) for line, said in lines.items()} for of, lines in by_line.items()}
    for passage in snapshot.passages:
        for number, segment in enumerate(passage.segments):
            if _says_words(segment.text) and not _is_quoted(segment, quotes.get(passage.document_id, {})):
                yield segment_item(passage, number, segment, documents[passage.document_id])


@lru_cache(maxsize=65536)
def _says_words(text: str) -> bool:
    """Whether a segment is more than web addresses, what was masked, and a label or salutation alone ("Señora:")."""
    told = _NOTHING_TOLD.sub(" ", text)
    for mention in reversed(dates_in(told)):
        told = f"{told[: mention.start]} {told[mention.end :]}"
    return _WORD.search(told) is not None and not _LABEL_ALONE.match(told)


def _is_quoted(segment: Segment, quotes: _Quotes) -> bool:
    text, line = folded(segment.text).rstrip(" :."), segment.place.line
    if line is None:
        return any(text in said for said in quotes.values())
    near = (None, *range(line - _QUOTED_WITHIN, line + _QUOTED_WITHIN + 1))
    return any(at in quotes and text in quotes[at] for at in near) or _is_quoted_in_parts(segment, quotes)


def _is_quoted_in_parts(segment: Segment, quotes: _Quotes) -> bool:
    """Whether a piece of prose is a list whose lines rows quote one by one, and says nothing beside them."""
    first, last = segment.place.line, segment.place.line_end
    if first is None or last is None or last == first:
        return False
    left = folded(segment.text)
    for at in range(first, last + 1):
        for quote in quotes.get(at, "").split("\n"):
            left = left.replace(quote, " ", 1) if quote else left
    return _WORD.search(left) is None


def segment_item(passage: Passage, number: int, segment: Segment, document: Document) -> Item:
    """One segment of a passage as an item, by its number there."""
    own = stem_set(segment.text)
    weights = dict.fromkeys(own, _OWN_WEIGHT)
    for stem in stem_set(" ".join(heading for heading in passage.headings if _PROJECT.match(heading))):
        weights.setdefault(stem, _PROJECT_WEIGHT)
    for stem in stem_set(" ".join(passage.headings)):
        weights.setdefault(stem, _HEADING_WEIGHT)
    for neighbour in passage.segments:
        for stem in stem_set(neighbour.text):
            weights.setdefault(stem, _NEIGHBOUR_WEIGHT)
    _add_document(weights, document)
    return Item(f"{passage.passage_id}#{number}", document, weights, own, passage=passage, segment=segment)


def _add_document(weights: dict[str, float], document: Document) -> None:
    info = document.info
    for stem in stem_set(" ".join(filter(None, [info.title, info.office, info.entity, info.period]))):
        weights.setdefault(stem, OF_DOCUMENT)


def texts_of(item: Item) -> Iterable[str]:
    """The texts that an item says itself."""
    if item.row is not None:
        yield from filter(None, [item.row.indicator, item.row.quote, item.row.purpose])
    if item.segment is not None:
        yield item.segment.text
