"""The committed rows and passages as the assistant sees them: what words each is made of, and the names there are.

Built once for each revision of the knowledge base and then only read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.acronyms import acronyms_of, expand_acronym
from assistant.items import Item, is_of_a_slide, items_of, stem_set, texts_of
from assistant.matching import tokenize
from assistant.rarity import general_rarity
from assistant.row_names import Name, NameRole, names_on
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


def place_in_order(item: Item) -> tuple[int, float]:
    """Where an item stands in its document: its page, and the line or how far down."""
    place = item.place
    return place.page or 0, place.line or (place.rectangle[1] if place.rectangle else 0)


def build_corpus(snapshot: Snapshot) -> Corpus:
    """The corpus of one revision."""
    items = items_of(snapshot)
    having: defaultdict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        for stem in item.weights:
            having[stem].append(index)
    return Corpus(
        revision=snapshot.revision,
        items=items,
        by_id={item.item_id: item for item in items},
        postings={stem: _posting(stem, found, items) for stem, found in having.items()},
        names=names_on(items),
        acronyms=acronyms_of(items),
        vocabulary=_vocabulary(items),
        snapshot=snapshot,
    )


def _posting(stem: str, found: Sequence[int], items: Sequence[Item]) -> Posting:
    weights = np.array([items[index].weights[stem] for index in found], dtype=np.float32)
    return Posting(np.array(found, dtype=np.int32), weights)


def _vocabulary(items: Sequence[Item]) -> dict[str, str]:
    """Every folded word of the items, with its stem: what a misspelt word may have meant."""
    words: dict[str, str] = {}
    for item in items:
        for text in texts_of(item):
            for token in tokenize(text):
                if len(token.word) >= 4 and not token.is_number:
                    words[token.word] = token.stem
    return words
