"""What the columns of a table are: decided by their headers, confirmed by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.fold import fold, squeeze
from ingest.records import Table, TableRow
from ingest.wording import SURE, ColumnRole, header_role

#: Titles and notes may stand above the header row; it is looked for this far down.
HEADER_WITHIN = 15

#: A table of indicators has one of each of these.
INDICATOR_ROLES = frozenset({"indicator", "indicator_result", "indicator_product"})
MEASURE_ROLES = frozenset({"target", "target_year", "baseline", "progress", "progress_year", "percent"})

_LETTERS = re.compile(r"[^\W\d_]{3}")


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


@dataclass(frozen=True)
class Header:
    """The header of a table: the first and last row that make it, and the columns they name."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, *roles: str) -> tuple[Column, ...]:
        """Columns with one of these roles, in order."""
        return tuple(column for column in self.columns if column.name in roles)

    @property
    def is_of_indicators(self) -> bool:
        return bool(self.of(*INDICATOR_ROLES)) and bool(self.of(*MEASURE_ROLES))


def find_header(table: Table) -> Header | None:
    """The header that names the most columns, if it makes a table of indicators."""
    candidates = []
    for index in range(min(len(table.rows), HEADER_WITHIN)):
        columns = _name_columns(table.rows, index)
        candidates.append(Header(first=index, last=index, columns=columns))
    best = max(candidates, key=lambda header: (_named(header), -header.first), default=None)
    if best is None or not best.is_of_indicators:
        return None
    confirmed = _confirm(best, table.rows[best.last + 1 :])
    return confirmed if confirmed.is_of_indicators else None


def repeats_header(row: TableRow, header: Header) -> bool:
    """Whether a row is the header again, as on the next page of a long table."""
    texts = [fold(text) for text in row.texts]
    named = [column for column in header.columns if column.header]
    same = sum(texts[column.index] == fold(column.header) for column in named if column.index < len(texts))
    return bool(named) and same * 2 > len(named)


def _name_columns(rows: Sequence[TableRow], index: int) -> tuple[Column, ...]:
    """Columns named by the row at ``index``, with the group header above it where that helps."""
    above = rows[index - 1].texts if index else ()
    columns = []
    for position, text in enumerate(rows[index].texts):
        header = squeeze(text)
        group = squeeze(above[position]) if position < len(above) else ""
        role = header_role(header) if header else None
        if header and group and (role is None or role.score < SURE):
            role = header_role(f"{group} / {header}") or role
        columns.append(Column(index=position, header=header, role=role))
    return tuple(columns)


def _named(header: Header) -> float:
    """How much a header names: distinct columns, those that need the rest to agree counting half."""
    best: dict[tuple[str, int | None], float] = {}
    for column in header.columns:
        if column.role is not None and column.name != "ignore":
            key = (column.name, column.year)
            best[key] = max(best.get(key, 0.0), 1.0 if column.role.score >= SURE else 0.5)
    return sum(best.values())


def _confirm(header: Header, body: Sequence[TableRow]) -> Header:
    """The header without indicator columns that hold no words."""
    columns = tuple(
        Column(column.index, column.header) if column.name in INDICATOR_ROLES and not _holds_words(column, body) else column
        for column in header.columns
    )
    return Header(first=header.first, last=header.last, columns=columns)


def _holds_words(column: Column, body: Sequence[TableRow]) -> bool:
    texts = [row.cells[column.index].text for row in body if row.cells[column.index].text.strip()]
    return not texts or sum(bool(_LETTERS.search(text)) for text in texts) * 2 >= len(texts)
