"""What a question asks, as one frozen value: made by ``question``, used by everything after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from assistant.question.conditions import Condition
from assistant.question.measures import Measure
from assistant.question.times import Interval
from ingest.records import RowKind

QuestionKind = Literal[
    "value",
    "list",
    "count",
    "sum",
    "difference",
    "percent_change",
    "compare",
    "ranking",
    "yes_no",
    "smalltalk",
    "order",
    "personal_data",
    "empty",
]
Field = Literal[
    "target",
    "baseline",
    "source",
    "dependency",
    "programme",
    "component",
    "strategic_line",
    "purpose",
    "ods",
    "unit",
    "accumulation",
    "code",
    "progress",
    "budget",
    "period",
    "place",
    "contact",
    "contractor",
    "pay",
    "sector",
    "site",
    "date",
    "year",
    "person",
    "unit_cost",
    "reason",
    "detail",
]
Language = Literal["es", "en"]
BaselineState = Literal["none", "zero"]
Aim = Literal["missing", "share", "contrast"]
KeptReckoning = Literal["sum", "greater", "difference", "share"]
Cell = Literal["row", "indicator", "target", "baseline"]


@dataclass(frozen=True)
class Mention:
    """Which cell of the rows asked for has to say their subject, in the words typed where it is ``literal``.

    ``stems`` are those of the words after those that demand it, up to the next mark; all of the question's without any.
    """

    cell: Cell
    literal: bool
    stems: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Alternative:
    """One way to say a term: the stems of a phrase, and how far it is from what was asked."""

    stems: tuple[str, ...]
    factor: float = 1.0


@dataclass(frozen=True)
class Term:
    """A content word or phrase of the question, with other ways to say it and how much it tells (0 to 1).

    ``counted`` is what the question counts ("cuántas *garitas*"), ``generic`` when that may be called otherwise
    ("cuántos *sitios*"); ``is_name`` a name that no document has, ``is_proper`` one that
    a document has; ``is_acronym`` three or more capitals ("LPR").
    ``narrows`` are the texts of the terms that it narrows ("patrullas *eléctricas*"); ``tail``
    the stems that narrow the first word of a phrase ("canchas *sintéticas*"); ``object_of`` is the text of the term
    that says what is done to it ("formación *de docentes*"). ``told`` says that the question only tells it, beside what
    it asks; ``gauged`` that it is what is measured ("tasa *de desempleo*").
    """

    text: str
    weight: float
    alternatives: tuple[Alternative, ...]
    known: bool = True
    counted: bool = False
    generic: bool = False
    is_name: bool = False
    is_proper: bool = False
    is_acronym: bool = False
    narrows: frozenset[str] = frozenset()
    tail: frozenset[str] = frozenset()
    object_of: str | None = None
    told: bool = False
    gauged: bool = False

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of every way to say it."""
        return frozenset(stem for way in self.alternatives for stem in way.stems)


@dataclass(frozen=True)
class Filters:
    """What narrows the documents and rows down; names are as the catalogue prints them, ``documents`` are ids,
    ``codes`` folded.

    ``sources`` are those of baselines, as printed. Of ``quoted`` phrases a row has to say all, of ``quoted_either``
    one, of ``quoted_none`` none.
    Several ``sectors`` are the names that different documents give to one; ``offices`` are the longer names of offices
    of other territories that the words of ``dependency`` may mean as well.
    """

    entities: tuple[str, ...] = ()
    unknown_entity: str | None = None
    periods: tuple[str, ...] = ()
    unknown_period: str | None = None
    dependency: str | None = None
    offices: tuple[str, ...] = ()
    strategic_line: str | None = None
    component: str | None = None
    programme: str | None = None
    row_kinds: tuple[RowKind, ...] = ()
    baseline_state: BaselineState | None = None
    quoted: tuple[str, ...] = ()
    quoted_either: tuple[str, ...] = ()
    quoted_none: tuple[str, ...] = ()
    target_values: tuple[Decimal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sectors: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    accumulations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    ods: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether a programme, component, line, sector or office is named."""
        return any((self.dependency, self.strategic_line, self.component, self.programme, self.sectors))


@dataclass(frozen=True)
class Query:
    """A question understood.

    ``before`` are the questions that it goes on with. ``terms`` is all it says of its subject; ``topic`` leaves out the
    words that name a programme, office or kind, as those are filters of a set. ``excluded`` are stems that it says it
    does not mean; ``points_back`` says that a word of it stands for something said before ("eso"). ``step`` is 1 or −1
    for the time right after or before the one asked for earlier; ``measure`` is what it asks of rows that are followed
    year by year; ``changes`` says that it asks how much something changes, ``percent`` that it speaks of percent,
    ``unspent`` that it asks what is left of a budget. ``set_nouns`` are the sets it asks for ("metas", "programas").
    ``tells`` says that parts of it only tell how somebody came to ask.
    ``mention`` says that the rows asked for have to say what they are about themselves.
    ``aims`` is what it wants worked out of the figures of a row; ``kept_rows`` are the ids of the row that the answer
    before it told, when it goes on with that; ``measures_kept`` that it asks how far that row is, ``reckons_kept``
    what it wants done with the rows of the last two answers.
    """

    text: str
    before: tuple[str, ...] = ()
    kind: QuestionKind = "value"
    cues: frozenset[str] = frozenset()
    fields: tuple[Field, ...] = ()
    filters: Filters = field(default_factory=Filters)
    terms: tuple[Term, ...] = ()
    asked: tuple[Interval, ...] = ()
    excluded: frozenset[str] = frozenset()
    points_back: bool = False
    step: int = 0
    changes: bool = False
    percent: bool = False
    unspent: bool = False
    numbers: tuple[str, ...] = ()
    wants_figure: bool = False
    set_nouns: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    tells: bool = False
    kept_rows: tuple[str, ...] = ()
    measures_kept: bool = False
    reckons_kept: KeptReckoning | None = None
    topic: tuple[Term, ...] = ()
    mention: Mention | None = None
    measure: Measure | None = None
    language: Language = "es"

    @property
    def texts(self) -> tuple[str, ...]:
        """The questions that it was understood from: those it goes on with, then itself."""
        return (*self.before, self.text)

    def asks(self, *fields: Field) -> bool:
        return any(name in self.fields for name in fields)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of every way to say the terms."""
        return frozenset().union(*(term.stems for term in self.terms))

    @cached_property
    def of_measure(self) -> tuple[bool, ...]:
        """Of each term, whether it only says what is measured, and nothing of a subject."""
        stems = self.measure.stems if self.measure is not None else frozenset()
        return tuple(bool(stems) and stems.issuperset(term.text.split()) for term in self.terms)

    @property
    def wants_percent(self) -> bool:
        """Whether a change is asked for in percent."""
        return self.kind == "percent_change" or "percent_change" in self.cues or (self.percent and self.changes)

    @cached_property
    def weight(self) -> float:
        """All that the terms tell together."""
        return sum(term.weight for term in self.terms)
