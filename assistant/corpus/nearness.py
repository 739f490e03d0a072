"""Whether the documents print the words of a phrase as a phrase, and not only somewhere in one row each.

"Centro" stands in the name of a row and "vida" in what its programme is for: nobody printed "centros vida" there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import tokenize

#: How many other words may stand among those of a phrase: "gestores y *gestoras* de derechos".
_AMONG = 4
#: A phrase whose words stand together in more items than this is printed in one of them.
_MANY = 80


class Nearness:
    """Remembers of each phrase whether one corpus prints it."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known: dict[tuple[str, ...], bool] = {}
        self._stems: dict[str, tuple[str, ...]] = {}

    def prints(self, stems: tuple[str, ...]) -> bool:
        """Whether some item has all these stems within a few words."""
        known = self._known.get(stems)
        if known is None:
            known = self._known[stems] = self._prints(stems)
        return known

    def _prints(self, stems: tuple[str, ...]) -> bool:
        if not self._corpus.has_together(stems):
            return False
        wanted = frozenset(stems)
        having = reduce(np.intersect1d, [self._corpus.postings[stem].items for stem in wanted])
        if len(having) > _MANY:
            return True
        return any(_are_near(wanted, self._stems_of(self._corpus.items[int(at)])) for at in having)

    def _stems_of(self, item: Item) -> tuple[str, ...]:
        said = self._stems.get(item.item_id)
        if said is None:
            said = self._stems[item.item_id] = tuple(token.stem for token in tokenize(_text_of(item)))
        return said


def _text_of(item: Item) -> str:
    """All that an item prints, its cells apart."""
    row = item.row
    if row is None:
        return item.segment.text if item.segment is not None else ""
    cells = (row.indicator, row.metric, row.quote, row.programme, row.component, row.strategic_line, row.purpose)
    return " · ".join(filter(None, (*cells, *row.context)))


def _are_near(wanted: frozenset[str], said: Sequence[str]) -> bool:
    """Whether all stems stand among a few words more than they are."""
    places = [(at, stem) for at, stem in enumerate(said) if stem in wanted]
    for first in range(len(places)):
        seen: set[str] = set()
        for at, stem in places[first:]:
            if at - places[first][0] >= len(wanted) + _AMONG:
                break
            seen.add(stem)
            if seen == wanted:
                return True
    return False
