"""The measure that a question asks of rows that are followed year by year, and what of it goes together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from assistant.question.bounds import Bound
from assistant.question.orders import Order
from assistant.question.reckonings import NOTHING_COMPUTED, Reckoning, ReckoningKind
from ingest.records import BudgetItemName

Aspect = Literal["programmed", "progress", "percent"]


@dataclass(frozen=True)
class Measure:
    """What is asked of rows beside their target and baseline.

    ``items`` are the amounts of money asked for, none when money is meant without saying which; ``funding`` the words
    that the name of each funding source has, ``whole`` that the amount of all sources is asked for beside. ``term``
    says that the whole term is asked for beside a year. ``top`` is how many rows a ranking is to have. ``implied`` says
    that only a year was named, ``both`` that what was programmed may be things or money ("¿cuánto se programó?").
    ``reckoning`` is what is to be computed over them; ``documents`` are the ids of those that the question names, none
    meaning all. ``stems`` are those of its words, which say nothing of a subject.
    """

    aspects: tuple[Aspect, ...] = ()
    items: tuple[BudgetItemName, ...] = ()
    money: bool = False
    funding: tuple[tuple[str, ...], ...] = ()
    whole: bool = False
    term: bool = False
    bound: Bound | None = None
    order: Order | None = None
    top: int | None = None
    implied: bool = False
    both: bool = False
    reckoning: Reckoning = NOTHING_COMPUTED
    documents: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()

    @property
    def is_of_set(self) -> bool:
        """Whether it says which rows are asked for."""
        return self.bound is not None or self.order is not None


#: Reckonings that say by themselves what they are of: what was reached, or what was programmed for the years.
ALONE: dict[ReckoningKind, Measure] = {
    "missing": Measure(aspects=("progress",)),
    "most": Measure(aspects=("programmed",)),
    "least": Measure(aspects=("programmed",)),
    "descending": Measure(aspects=("programmed",)),
    "ascending": Measure(aspects=("programmed",)),
}


@dataclass(frozen=True)
class MeasureRead:
    """A measure, and which words of the question say it."""

    measure: Measure
    words: frozenset[int]


def with_target_beside(measure: Measure, fields: Collection[str]) -> Measure:
    """The measure with what was programmed for the years asked for, where the question asks for the target beside what
    was reached ("¿cuál fue el avance de 2025 y cuál la meta de esa vigencia?")."""
    reached = {"progress", "percent"} & set(measure.aspects)
    if "target" not in fields or not reached or "programmed" in measure.aspects or measure.money or measure.is_of_set:
        return measure
    return replace(measure, aspects=(*measure.aspects, "programmed"))
