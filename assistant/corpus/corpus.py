"""The committed rows and passages as the assistant sees them: what words each is made of, and the names there are.

Built once for each revision of the knowledge base and then only read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.corpus.acronyms import acronyms_of, expand_acronym
from assistant.corpus.items import Item, is_of_a_slide, items_of, names_of, stem_set, texts_of
from assistant.corpus.matching import folded, tokens_of
from assistant.corpus.rarity import general_rarity
from assistant.corpus.row_names import Name, NameRole, names_on
from ingest.records import IndicatorRow
from ingest.snapshot import Snapshot
from ingest.standing import Standing, printed_percent

__all__ = [
    "Corpus",
    "Item",
    "Name",
    "NameRole",
    "Posting",
    "build_corpus",
    "expand_acronym",
    "general_rarity",
    "stem_set",
]


#: Shorter words are not told apart from others by a letter or two.
_SHORTEST = 4
_NO_YEAR = 9999


class Posting(NamedTuple):
    """The items that have a stem, and with what weight; both (n,)."""

    items: NDArray[np.int32]
    weights: NDArray[np.float32]


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

    def rows_of(self, document_id: str) -> tuple[Item, ...]:
        """The rows of one document."""
        return self._rows_by_document.get(document_id, ())

    @cached_property
    def _rows_by_document(self) -> Mapping[str, tuple[Item, ...]]:
        found: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self._rows:
            found[item.document.document_id].append(item)
        return {document_id: tuple(items) for document_id, items in found.items()}

    def rows_called(self, role: NameRole, name: str) -> tuple[Item, ...]:
        """The rows whose programme, component, line or office is called that, but for case and accents."""
        return self._rows_by_name.get((role, folded(name)), ())

    @cached_property
    def _rows_by_name(self) -> Mapping[tuple[NameRole, str], tuple[Item, ...]]:
        roles: tuple[NameRole, ...] = ("programme", "component", "strategic_line", "dependency")
        found: defaultdict[tuple[NameRole, str], list[Item]] = defaultdict(list)
        for item in self._rows:
            for role in roles:
                for name in names_of(item, role):
                    found[role, name].append(item)
        return {key: tuple(items) for key, items in found.items()}

    def rows_of_entity(self, entity: str) -> tuple[Item, ...]:
        """The rows of one territorial entity."""
        return self._rows_by_entity.get(entity, ())

    @cached_property
    def _rows_by_entity(self) -> Mapping[str | None, tuple[Item, ...]]:
        found: defaultdict[str | None, list[Item]] = defaultdict(list)
        for item in self._rows:
            found[item.entity].append(item)
        return {entity: tuple(items) for entity, items in found.items()}

    @cached_property
    def rows_by_source(self) -> Mapping[str, tuple[Item, ...]]:
        """The rows by the printed source of their baseline, of those that have one."""
        found: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self._rows:
            if item.row is not None and item.row.baseline is not None and item.row.baseline.source is not None:
                found[item.row.baseline.source].append(item)
        return {source: tuple(items) for source, items in found.items()}

    @cached_property
    def figures(self) -> tuple[Item, ...]:
        """The figures that slides and sentences state, without the rows of tables."""
        return tuple(
            item for item in self._rows if item.row is not None and item.row.figure and is_of_a_slide(item.row)
        )

    def in_order(self, document_id: str) -> tuple[Item, ...]:
        """The items of one document as they stand in it."""
        return self._in_order.get(document_id, ())

    @cached_property
    def _in_order(self) -> Mapping[str, tuple[Item, ...]]:
        found: defaultdict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            found[item.document.document_id].append(item)
        return {document_id: tuple(sorted(items, key=place_in_order)) for document_id, items in found.items()}

    @cached_property
    def level_stems(self) -> frozenset[str]:
        """Stems of what the cities call their levels ("componente impulsor de avance")."""
        return frozenset().union(*self.levels_by_entity.values())

    @cached_property
    def levels_by_entity(self) -> Mapping[str | None, frozenset[str]]:
        """The stems of what each territory calls its levels."""
        names: defaultdict[str | None, set[str]] = defaultdict(set)
        for item in self._rows:
            if item.row is not None:
                names[item.entity] |= {step.level for step in item.row.path if step.role != "other"}
        return {entity: frozenset(stem for name in own for stem in stem_set(name)) for entity, own in names.items()}

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

    def last_reported(self, row: IndicatorRow) -> int:
        """The last year in which the document of a row reports anything; a far one where it reports nothing."""
        return _NO_YEAR if self.snapshot is None else self.snapshot.last_years.get(row.document_id, _NO_YEAR)

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

    @cached_property
    def _together(self) -> dict[tuple[str, ...], bool]:
        return {}

    def has_together(self, stems: tuple[str, ...]) -> bool:
        """Whether any one item has all of these stems."""
        together = self._together.get(stems)
        if together is None:
            known = bool(stems) and all(map(self.knows, stems))
            having = sorted((self.postings[stem].items for stem in set(stems)), key=len) if known else []
            together = self._together[stems] = known and len(reduce(_common, having)) > 0
        return together


def _common(some: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.int32]:
    return some[np.isin(some, others, assume_unique=True)]


def place_in_order(item: Item) -> tuple[int, float]:
    """Where an item stands in its document: its page, and the line or how far down."""
    place = item.place
    return place.page or 0, place.line or (place.rectangle[1] if place.rectangle else 0)


def build_corpus(snapshot: Snapshot) -> Corpus:
    """The corpus of one revision."""
    items = items_of(snapshot)
    return Corpus(
        revision=snapshot.revision,
        items=items,
        by_id={item.item_id: item for item in items},
        postings=_postings(items),
        names=names_on(items),
        acronyms=acronyms_of(items),
        vocabulary=_vocabulary(items),
        snapshot=snapshot,
    )


def _postings(items: Sequence[Item]) -> dict[str, Posting]:
    having: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for index, item in enumerate(items):
        for stem, weight in item.weights.items():
            indexes, weights = having[stem]
            indexes.append(index)
            weights.append(weight)
    return {
        stem: Posting(np.array(indexes, dtype=np.int32), np.array(weights, dtype=np.float32))
        for stem, (indexes, weights) in having.items()
    }


def _vocabulary(items: Sequence[Item]) -> dict[str, str]:
    """Every folded word of the items, with its stem: what a misspelt word may have meant."""
    words: dict[str, str] = {}
    for item in items:
        for text in texts_of(item):
            words.update(_words_of(text))
    return words


@lru_cache(maxsize=65536)
def _words_of(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text that may be misspelt, with their stems; kept, as most texts are there after an ingest too."""
    found = {
        token.word: token.stem for token in tokens_of(text) if len(token.word) >= _SHORTEST and not token.is_number
    }
    return tuple(found.items())
