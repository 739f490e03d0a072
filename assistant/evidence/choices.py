"""What is asked back with: one short line for each thing that a question may mean, and what tells it from the others.

Rows that are called alike, of one territory and one period, are one choice, however many documents print them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus.bars import AS_GOOD
from assistant.corpus.corpus import Item
from assistant.corpus.matching import folded
from assistant.evidence.counting import says_in_its_cells
from assistant.evidence.fields import is_labelled
from assistant.evidence.retrieve import Scored
from assistant.question.query import Query
from ingest.figures import find_figures
from ingest.words import stems

#: A choice is read at a glance; what is longer is cut at a word.
_LONGEST = 110


@dataclass(frozen=True)
class ToChoose:
    """One thing that may be meant: what it is called, in full, and its rows."""

    name: str
    items: tuple[Item, ...]

    @property
    def short(self) -> str:
        """The name, cut at a word when it is long."""
        if len(self.name) <= _LONGEST:
            return self.name
        return f"{self.name[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:.-')} …"


def to_choose(items: Sequence[Item]) -> tuple[ToChoose, ...]:
    """The things to choose from, in the order of their first rows."""
    found: dict[tuple[tuple[str, ...], str | None, str | None], list[Item]] = {}
    for item in items:
        found.setdefault((_called(name_of(item)), item.entity, item.period), []).append(item)
    return tuple(ToChoose(name_of(same[0]), tuple(same)) for same in found.values())


@lru_cache(maxsize=4096)
def _called(name: str) -> tuple[str, ...]:
    """A name as it is compared: one document prints "Vías mejoradas" for what another calls "Vía mejorada"."""
    return tuple(stems(name)) or (folded(name),)


def worth_choosing(found: Sequence[Scored], query: Query) -> list[Scored]:
    """Without the rows whose own cells say much less of the question than those of the one that says most of it."""
    said = [sum(term.weight for term in query.terms if says_in_its_cells(one.item, term)) for one in found]
    most = max(said, default=0.0)
    return [one for one, weight in zip(found, said, strict=True) if weight >= most * AS_GOOD]


def name_of(item: Item) -> str:
    """What an item is called: its indicator, its metric with its programme, or its heading."""
    row = item.row
    if row is None:
        headings = item.passage.headings if item.passage else ()
        return headings[-1] if headings else item.document.title
    if row.indicator:
        return row.indicator
    metric = _without_figures(row.metric)
    if metric and row.programme and is_labelled(row):
        # "Meta 2022" or "Ejecutado" is a column, and says nothing without what it is of.
        return f"{row.programme}: {metric}"
    return metric or row.programme or item.document.title


def _without_figures(metric: str | None) -> str | None:
    """A sentence that counts as the metric of its figures, with "…" for each."""
    for mention in reversed(find_figures(metric or "")):
        metric = f"{(metric or '')[: mention.start]}…{(metric or '')[mention.end :]}"
    return metric
