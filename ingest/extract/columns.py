"""What the columns of a table are: decided by their headers, confirmed by each other and by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.fold import fold
from ingest.records import Cell, TableRow
from ingest.wording import SURE, ColumnName, ColumnRole
from ingest.wording.columns import BARE_YEAR

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

_THINGS = TARGET_ROLES | PROGRESS_ROLES | {"unit"}
_LETTERS = re.compile(r"[^\W\d_]{3}")
#: What a weak claim turns into when another column has the better one ("LÍNEA" beside "LÍNEA BASE").
_SECOND_CLAIMS: dict[ColumnName, ColumnName] = {"baseline": "strategic_line"}
#: Money that nothing else in a table of indicators confirms is the programming of the thing itself.
_OF_THE_THING: dict[ColumnName, tuple[ColumnName, ColumnName]] = {
    "programado": ("target", "target_year"),
    "ejecutado": ("progress", "progress_year"),
}


@dataclass(frozen=True)
class Column:
    """One column: where it is, what its header says, and what that means (None where nobody knows)."""

    index: int
    header: str
    role: ColumnRole | None = None

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
    """The header of a table: the first and last row that make it, and the columns they name."""

    first: int
    last: int
    columns: tuple[Column, ...]

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
        return targets > 0 and self.has(TARGET_SUBJECTS) and (targets > 1 or self.has(frozenset({"baseline"})))

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


def settle(header: Header, body: Sequence[TableRow]) -> Header:
    """The header once its columns have agreed with each other and with what stands below them."""
    columns = _without_weak_doubles(header.columns)
    columns = _physical_where_nothing_says_money(columns)
    columns = _bare_years_beside_a_target(columns)
    columns = tuple(
        replace(column, role=None) if column.name in INDICATOR_ROLES and not _holds_words(column, body) else column
        for column in columns
    )
    return Header(header.first, header.last, columns)


def _without_weak_doubles(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A weak claim gives way to a sure one; what it then means instead, a table says."""
    sure = {column.claim for column in columns if column.is_sure}
    sure_names = {column.name for column in columns if column.is_sure}

    def settled(column: Column) -> Column:
        if column.role is None or column.is_sure or column.claim not in sure:
            return column
        other = _SECOND_CLAIMS.get(column.role.role)
        if other is None or other in sure_names or "base" in fold(column.header):
            return replace(column, role=None)
        return replace(column, role=column.role.model_copy(update={"role": other}))

    return tuple(settled(column) for column in columns)


def _physical_where_nothing_says_money(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """'Programado 2025' beside an indicator is a target, unless sure columns of money are its neighbours."""
    if not any(column.name in INDICATOR_ROLES for column in columns):
        return columns
    sure_money = any(column.is_sure and column.name in MONEY_ROLES for column in columns)
    named = [column for column in columns if column.role is not None]

    def settled(column: Column) -> Column:
        if column.role is None or column.is_sure or column.role.role not in _OF_THE_THING:
            return column
        at = named.index(column)
        left, right = named[at - 1] if at else None, named[at + 1] if at + 1 < len(named) else None
        among_things = left is not None and left.name in _THINGS and (right is None or right.name not in MONEY_ROLES)
        return _physical(column, column.role) if among_things or not sure_money else column

    return tuple(map(settled, columns))


def _physical(column: Column, role: ColumnRole) -> Column:
    whole, yearly = _OF_THE_THING[role.role]
    dated = role.year is not None or role.nth_year is not None
    return replace(column, role=role.model_copy(update={"role": yearly if dated else whole}))


def _bare_years_beside_a_target(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """'2024 | 2025' are yearly targets beside a target or baseline; alone they are a series of the past."""
    if any(column.is_sure and column.name in ("target", "target_year", "baseline") for column in columns):
        return columns
    return tuple(
        replace(column, role=None) if column.role is not None and column.role.score <= BARE_YEAR else column
        for column in columns
    )


def _holds_words(column: Column, body: Sequence[TableRow]) -> bool:
    texts = [text for row in body if (text := column.cell(row).text.strip())]
    return not texts or sum(bool(_LETTERS.search(text)) for text in texts) * 2 >= len(texts)
