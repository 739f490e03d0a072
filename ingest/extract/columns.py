"""The columns of a table and what they mean, and what a header of them is good for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ingest.records import Cell, TableRow
from ingest.wording import SURE, ColumnRole

#: A table of indicators has one of each of these.
INDICATOR_ROLES = frozenset({"indicator", "indicator_result", "indicator_product"})
PROGRESS_ROLES = frozenset(
    {"progress", "progress_year", "progress_period", "percent", "percent_year", "percent_period"}
)
TARGET_ROLES = frozenset({"target", "target_year", "target_period"})
MEASURE_ROLES = TARGET_ROLES | PROGRESS_ROLES | {"baseline"}

#: A table of targets told in sentences says whose they are.
TARGET_SUBJECTS = frozenset({"programme", "subprogramme", "strategic_line", "component", "dependency"})

#: A table of money is of interest when it says what the money is for.
MONEY_ROLES = frozenset(
    {
        "programado",
        "apropiacion_inicial",
        "apropiacion_definitiva",
        "compromisos",
        "obligaciones",
        "pagos",
        "asignado",
        "ejecutado",
    }
)
MONEY_SUBJECTS = frozenset({"programme", "subprogramme", "product", "project"})


@dataclass(frozen=True)
class Column:
    """One column: where it is, what its header says, and what that means (None where nobody knows).

    ``group`` are the headings over it and its neighbours; ``wordy`` says that its cells hold sentences, not figures,
    ``fraction`` that its percentages are printed as shares of one.
    """

    index: int
    header: str
    role: ColumnRole | None = None
    group: str = ""
    wordy: bool = False
    fraction: bool = False

    @property
    def name(self) -> str:
        return "" if self.role is None else self.role.role

    @property
    def year(self) -> int | None:
        return None if self.role is None else self.role.year

    @property
    def is_sure(self) -> bool:
        return self.role is not None and self.role.score >= SURE

    @property
    def claim(self) -> tuple[str, ...]:
        """What no two columns of one indicator can both be."""
        if self.role is None:
            return ()
        return tuple(
            str(part)
            for part in (
                self.role.role,
                self.role.year,
                self.role.nth_year,
                self.role.period,
                self.role.funding_source,
            )
        )

    def cell(self, row: TableRow) -> Cell:
        """The row's cell in this column; an empty one where the row is shorter than its header."""
        return row.cells[self.index] if self.index < len(row.cells) else Cell()


@dataclass(frozen=True)
class Header:
    """The header of a table: the first and last row that make it, and the columns they name.

    ``year`` is that of columns which name none, where the sheet or its title is of one year. ``groups_above`` says that
    the headings over its columns stand in the row right above the first, ``counted_in`` what is said above the table of
    amounts whose columns do not say it.
    """

    first: int
    last: int
    columns: tuple[Column, ...]
    year: int | None = None
    groups_above: bool = False
    counted_in: str = ""
    by_source: bool = False

    @cached_property
    def _by_role(self) -> dict[str, tuple[Column, ...]]:
        names = dict.fromkeys(column.name for column in self.columns if column.name)
        return {name: tuple(c for c in self.columns if c.name == name) for name in names}

    def of(self, *roles: str) -> tuple[Column, ...]:
        """Columns with one of these roles, in the order of the roles and then in printed order."""
        return tuple(column for role in roles for column in self._by_role.get(role, ()))

    def has(self, roles: frozenset[str]) -> bool:
        return not roles.isdisjoint(self._by_role)

    @property
    def is_of_indicators(self) -> bool:
        """Whether it names an indicator and something measured; or a product or target and its figures."""
        if self.has(INDICATOR_ROLES):
            return self.has(MEASURE_ROLES)
        targets = len(self.of("target"))
        if self.of("product"):
            return (targets > 0 or bool(self.of("target_year"))) and len(self.named) > 2
        if self.is_told and self.has(PROGRESS_ROLES):
            return True
        return targets > 0 and self.has(TARGET_SUBJECTS) and (targets > 1 or self.has(frozenset({"baseline"})))

    @property
    def is_told(self) -> bool:
        """Whether targets told in sentences are all that says what is measured, as in reports."""
        subjects = INDICATOR_ROLES | {"product"}
        return not self.has(subjects) and any(column.wordy for column in self.of("target"))

    @property
    def may_be_told(self) -> bool:
        """Whether it names a target and what was reached of it, be it called as money is; its cells tell more."""
        reached = PROGRESS_ROLES | {"ejecutado"}
        return not self.has(INDICATOR_ROLES | {"product"}) and bool(self.of("target")) and self.has(reached)

    @property
    def is_of_money(self) -> bool:
        """Whether it names amounts of money, surely, and what they are for."""
        return self.has(MONEY_SUBJECTS) and any(c.is_sure and c.name in MONEY_ROLES for c in self.columns)

    @property
    def is_usable(self) -> bool:
        return self.is_of_indicators or self.is_of_money

    @property
    def named(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role is not None)

    @property
    def score(self) -> float:
        """How much a header names: distinct columns, those that need the rest to agree counting half."""
        best: dict[tuple[str, ...], float] = {}
        for column in self.named:
            if column.name != "ignore":
                best[column.claim] = max(best.get(column.claim, 0.0), 1.0 if column.is_sure else 0.5)
        return sum(best.values())
