"""The committed rows and passages as the assistant sees them: what words each is made of, and the names there are.

Built once for each revision of the knowledge base and then only read. Every part of a row counts with its own weight:
a question's word found in the indicator says more than the same word found in the purpose of the programme.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.matching import tokenize
from ingest.figures import dates_in
from ingest.fold import fold, squeeze
from ingest.records import Document, IndicatorRow, Passage, Place, Segment
from ingest.snapshot import Snapshot
from ingest.standing import Standing, printed_percent
from ingest.words import stems

NameRole = Literal["entity", "period", "dependency", "strategic_line", "component", "programme", "section"]

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
_NEIGHBOUR_WEIGHT = 0.3
_DOCUMENT_WEIGHT = 0.35
_QUOTED_WITHIN = 8

#: Links less sure than this join nothing in an answer.
_SURELY_JOINED = 0.9

_STOPWORDS_RATE = 8.0
_RAREST_KNOWN = 2.5
_WORD = re.compile(r"[^\W_]{2}")
_NOTHING_TOLD = re.compile(r"(?:https?://|www\.)\S+|\[[^\]]* reservad[oa]\]")
_LABEL_ALONE = re.compile(r"^\W*\w+:\W*$")
_SHORTEST_ACRONYM = 3
_CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,7}\b")
_FIRST_ARTICLE = re.compile(r"^(?:El|La|Los|Las) ")
_CAPITALISED = re.compile(
    r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?:\s+(?:(?:de|del|la|las|los|el|al|y|e|en|para|por)\s+){0,3}[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+){2,6}"
)
_ACRONYM = re.compile(r"\b([A-ZÁÉÍÓÚÑ][\w ÁÉÍÓÚÑáéíóúñ,/-]{6,110}?)\s*(?:\(|[-–—]\s*)([A-Z][A-Z-]{2,9})\b\)?")


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

    @property
    def entity(self) -> str | None:
        source = self.row or self.passage
        return (source.entity if source else None) or self.document.info.entity

    @property
    def period(self) -> str | None:
        source = self.row or self.passage
        return (source.period if source else None) or self.document.info.period


class Posting(NamedTuple):
    """The items that have a stem, and with what weight; both (n,)."""

    items: NDArray[np.int32]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Name:
    """A name that rows carry at some level, with the stems that tell it from the others, and whose rows they are."""

    role: NameRole
    text: str
    stems: frozenset[str]
    entities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Corpus:
    """All items, the postings of their stems, and the names they carry."""

    revision: int
    items: tuple[Item, ...]
    by_id: Mapping[str, Item]
    postings: Mapping[str, Posting]
    names: tuple[Name, ...]
    acronyms: Mapping[str, str]
    vocabulary: Mapping[str, str] = field(repr=False, default_factory=dict)
    snapshot: Snapshot | None = field(repr=False, default=None)

    @property
    def rows(self) -> tuple[Item, ...]:
        return self._rows

    @cached_property
    def _rows(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.row is not None)

    @cached_property
    def level_stems(self) -> frozenset[str]:
        """Stems of what the cities call their levels ("componente impulsor de avance")."""
        names = {
            step.level for item in self._rows if item.row is not None for step in item.row.path if step.role != "other"
        }
        return frozenset(stem for name in names for stem in stem_set(name))

    @cached_property
    def entities(self) -> tuple[str, ...]:
        return tuple(sorted({item.entity for item in self.items if item.entity}))

    @cached_property
    def periods(self) -> tuple[str, ...]:
        return tuple(sorted({item.period for item in self.items if item.period}))

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Position of each item by its id."""
        return {item.item_id: index for index, item in enumerate(self.items)}

    @cached_property
    def is_followed(self) -> bool:
        """Whether any row is followed year by year, or has money of its own."""
        return any(row is not None and (row.yearly or (row.budget and row.metric is None))
                   for row in (item.row for item in self._rows))  # fmt: skip

    def standing(self, row: IndicatorRow) -> Standing:
        """How far a row is, over all documents."""
        found = self._standings.get(row.row_id)
        if found is None:
            found = Standing() if self.snapshot is None else self.snapshot.standing(row)
            self._standings[row.row_id] = found
        return found

    def last_year_alone(self, document_id: str) -> tuple[int, ...]:
        """The last year a document reports on, when it prints how far its rows are by year and not for the term."""
        rows = [item.row for item in self._rows if item.row is not None and item.row.document_id == document_id]
        if any(printed_percent(row) is not None for row in rows):
            return ()
        years = [year.year for row in rows for year in row.yearly if year.percent]
        return (max(years),) if years else ()

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}

    @cached_property
    def _segments(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for item in self.items:
            if item.passage is not None:
                found[item.passage.passage_id].append(item.item_id)
        return {passage_id: tuple(ids) for passage_id, ids in found.items()}

    def segment_ids(self, passage_id: str) -> tuple[str, ...]:
        """Items of a passage's segments, in order; none when it is no passage of this revision."""
        return self._segments.get(passage_id, ())

    @cached_property
    def _rarities(self) -> dict[tuple[str, str], float]:
        return {}

    @cached_property
    def _own_totals(self) -> dict[str, float]:
        return {}

    def own_total(self, item: Item) -> float:
        """What the words of an item's own name tell together."""
        total = self._own_totals.get(item.item_id)
        if total is None:
            total = self._own_totals[item.item_id] = sum(self.rarity(stem, stem) for stem in item.own) or 1.0
        return total

    def rarity(self, stem: str, word: str) -> float:
        """Between 0 and 1: how much a word tells, by how few items have it and how rare it is in Spanish."""
        rarity = self._rarities.get((stem, word))
        if rarity is None:
            rarity = self._rarities[stem, word] = self._rarity(stem, word)
        return rarity

    def _rarity(self, stem: str, word: str) -> float:
        total = max(1, len(self.items))
        having = len(self.postings[stem].items) if stem in self.postings else 0
        here = math.log(1 + (total - having + 0.5) / (having + 0.5)) / math.log(1 + (total + 0.5) / 0.5)
        return general_rarity(word) * (0.35 + 0.65 * here)

    def knows(self, stem: str) -> bool:
        return stem in self.postings


def build_corpus(snapshot: Snapshot) -> Corpus:
    """The corpus of one revision."""
    documents = {document.document_id: document for document in snapshot.documents}
    items = (
        *(_row_item(row, documents[row.document_id], snapshot) for row in snapshot.linked.values()),
        *_segment_items(snapshot, documents),
    )
    having: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for stem in item.weights:
            having[stem].append(index)
    return Corpus(
        revision=snapshot.revision,
        items=items,
        by_id={item.item_id: item for item in items},
        postings={stem: _posting(stem, found, items) for stem, found in having.items()},
        names=_names(items),
        acronyms=_acronyms(items),
        vocabulary=_vocabulary(items),
        snapshot=snapshot,
    )


def _posting(stem: str, found: Sequence[int], items: Sequence[Item]) -> Posting:
    weights = np.array([items[index].weights[stem] for index in found], dtype=np.float32)
    return Posting(np.array(found, dtype=np.int32), weights)


@lru_cache(maxsize=32768)
def general_rarity(word: str) -> float:
    """Between 0.1 and 1: how rare a word is in Spanish at large (wordfreq's Zipf scale, 8 for the commonest)."""
    from wordfreq import zipf_frequency

    zipf = zipf_frequency(word, "es", wordlist="small") or _RAREST_KNOWN
    return min(1.0, max(0.1, (_STOPWORDS_RATE - max(zipf, _RAREST_KNOWN)) / (_STOPWORDS_RATE - _RAREST_KNOWN)))


def stem_set(text: str | None) -> frozenset[str]:
    """The stems of a text."""
    return _stem_set(text) if text else frozenset()


@lru_cache(maxsize=65536)
def _stem_set(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _row_item(row: IndicatorRow, document: Document, snapshot: Snapshot) -> Item:
    weights: dict[str, float] = {}
    for read, weight in _ROW_WEIGHTS:
        for stem in stem_set(read(row)):
            weights[stem] = max(weights.get(stem, 0.0), weight)
    own = stem_set(" ".join(filter(None, [row.metric, row.figure.unit])) if row.figure is not None else row.indicator)
    _add_document(weights, document)
    return Item(row.row_id, document, weights, own, row=row, joined=_joined(row, snapshot))


def _joined(row: IndicatorRow, snapshot: Snapshot) -> tuple[IndicatorRow, ...]:
    """The rows that a row is surely linked to, and those that report on the same plan row under the same codes."""
    direct = () if _is_of_a_slide(row) else _linked_to(row, snapshot)
    if row.kind not in ("progress", "budget"):
        return direct
    beside = (other for plan in direct for other in _linked_to(plan, snapshot) if other.row_id != row.row_id)
    same = (other for other in beside if other.codes.get("sispt") == row.codes.get("sispt") is not None)
    return tuple({other.row_id: other for other in (*direct, *same)}.values())


def _linked_to(row: IndicatorRow, snapshot: Snapshot) -> tuple[IndicatorRow, ...]:
    linked = (snapshot.linked[link.row_id] for link in row.links if link.confidence >= _SURELY_JOINED)
    return tuple(other for other in linked if not _is_of_a_slide(other))


def _is_of_a_slide(row: IndicatorRow) -> bool:
    """Whether a row is a figure that a slide or a sentence states, and no line of a table."""
    return row.metric is not None and row.target is None and not row.yearly


def _segment_items(snapshot: Snapshot, documents: Mapping[str, Document]) -> Iterator[Item]:
    """Segments of the passages, without those that a row of the same lines quotes already."""
    quotes: defaultdict[str, list[tuple[int | None, str]]] = defaultdict(list)
    for row in snapshot.rows:
        quotes[row.document_id].append((row.place.line, fold(row.quote)))
    for passage in snapshot.passages:
        for number, segment in enumerate(passage.segments):
            if _says_words(segment.text) and not _is_quoted(segment, quotes[passage.document_id]):
                yield _segment_item(passage, number, segment, documents[passage.document_id])


def _says_words(text: str) -> bool:
    """Whether a segment is more than web addresses, what was masked, and a label or salutation alone ("Señora:")."""
    told = _NOTHING_TOLD.sub(" ", text)
    for mention in reversed(dates_in(told)):
        told = f"{told[: mention.start]} {told[mention.end :]}"
    return _WORD.search(told) is not None and not _LABEL_ALONE.match(told)


def _is_quoted(segment: Segment, quotes: Sequence[tuple[int | None, str]]) -> bool:
    text, line = fold(segment.text).rstrip(" :."), segment.place.line
    near = (quote for at, quote in quotes if line is None or at is None or abs(at - line) <= _QUOTED_WITHIN)
    return any(text in quote for quote in near)


def _segment_item(passage: Passage, number: int, segment: Segment, document: Document) -> Item:
    own = stem_set(segment.text)
    weights = dict.fromkeys(own, _OWN_WEIGHT)
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
        weights.setdefault(stem, _DOCUMENT_WEIGHT)


def _names(items: Sequence[Item]) -> tuple[Name, ...]:
    """Every distinct name at each level of the rows, the longest first."""
    found: dict[tuple[NameRole, str], str] = {}
    entities: defaultdict[tuple[NameRole, str], set[str]] = defaultdict(set)
    for item in items:
        for role, text in _names_of(item):
            found.setdefault((role, fold(text)), text)
            if item.entity:
                entities[role, fold(text)].add(item.entity)
    names = (
        Name(role, text, stem_set(text), frozenset(entities[role, folded])) for (role, folded), text in found.items()
    )
    return tuple(sorted(names, key=lambda name: -len(name.stems)))


def _names_of(item: Item) -> Iterable[tuple[NameRole, str]]:
    if item.entity:
        yield "entity", item.entity
    if item.period:
        yield "period", item.period
    row = item.row
    if row is None:
        return
    levels: tuple[tuple[NameRole, str | None], ...] = (
        ("dependency", row.dependency),
        ("strategic_line", row.strategic_line),
        ("component", row.component),
        ("programme", row.programme),
    )
    for role, text in levels:
        if text:
            yield role, text
    for step in row.path:
        if step.role in ("other", "sector", "subprogramme", "product", "project"):
            yield "section", step.value


def _acronyms(items: Sequence[Item]) -> dict[str, str]:
    """Acronyms and their long forms, folded acronym first: those that the documents define ("… (PISCC)"), and those
    whose letters a capitalised phrase of the documents spells ("VUAC", "Ventanilla Única de Atención al Ciudadano")."""
    texts = list(dict.fromkeys(text for item in items for text in _texts(item)))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in _ACRONYM.finditer(text):
            if expansion := expand_acronym(squeeze(match[1]), fold(match[2])):
                found[fold(match[2])][expansion] += 2
    printed = {fold(short) for text in texts for short in _CAPITALS.findall(text)}
    for text in texts:
        for match in _CAPITALISED.finditer(text):
            phrase = _FIRST_ARTICLE.sub("", squeeze(match[0]))
            initials = "".join(fold(word)[0] for word in phrase.split() if word[:1].isupper())
            if initials in printed and len(initials) >= _SHORTEST_ACRONYM:
                found[initials][phrase] += 1
    return {short: forms.most_common(1)[0][0] for short, forms in found.items()}


def expand_acronym(long_form: str, short: str) -> str | None:
    """The last words of a long form whose initials spell the acronym, or None."""
    words = long_form.replace("-", " ").split()
    small = {"de", "del", "la", "las", "los", "el", "y", "e", "en", "para", "por", "a"}
    letters = re.sub(r"[^a-z]", "", short)
    for start in range(len(words) - 1, -1, -1):
        tail = words[start:]
        initials = "".join(fold(word)[:1] for word in tail if fold(word) not in small)
        if initials and len(initials) >= len(letters) - 1 and _spells(letters, initials):
            return " ".join(tail)
    return None


def _spells(letters: str, initials: str) -> bool:
    return letters == initials or (
        len(letters) >= 3 and initials.startswith(letters[: len(initials)]) and len(initials) >= 3
    )


def _texts(item: Item) -> Iterable[str]:
    if item.row is not None:
        yield from filter(None, [item.row.indicator, item.row.quote, item.row.purpose])
    if item.segment is not None:
        yield item.segment.text


def _vocabulary(items: Sequence[Item]) -> dict[str, str]:
    """Every folded word of the items, with its stem: what a misspelt word may have meant."""
    words: dict[str, str] = {}
    for item in items:
        for text in _texts(item):
            for token in tokenize(text):
                if len(token.word) >= 4 and not token.is_number:
                    words[token.word] = token.stem
    return words
