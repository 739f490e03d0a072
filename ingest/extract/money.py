"""What a row says of money: an item for each amount, by year and by funding source."""

from __future__ import annotations

from decimal import Decimal

from ingest.extract.cells import number_of, stated_text
from ingest.extract.columns import MONEY_ROLES, Column, Header
from ingest.extract.header import cell_text
from ingest.extract.yearly import column_year, row_year
from ingest.fold import fold
from ingest.records import BudgetItem, TableRow

#: What a header says its amounts are counted in; the first that fits.
_SCALES = {
    "miles de millones": 10**9,
    "billones": 10**12,
    "millones": 10**6,
    "miles de pesos": 10**3,
    "(miles)": 10**3,
    "en miles": 10**3,
}


def budget_of(row: TableRow, header: Header, period: str | None) -> tuple[BudgetItem, ...]:
    """The amounts of a row in printed order; a zero is an amount, an empty cell is none.

    An amount that is no number keeps its text and has no value. Where a cell of the row names the funding source and no
    other row another source of the same thing, its amounts are the whole and are from that source: both are said.
    """
    year = row_year(row, header) or header.year
    source = stated_text(row, header, "funding_source")
    items: list[BudgetItem] = []
    for column in money_columns(header):
        if not column.cell(row).text.strip():
            continue
        own = _source(column)
        whole = own is None and source is not None and not header.by_source
        for paid_by in (None, source) if whole else (own or source,):
            items.append(
                BudgetItem.model_validate(
                    {
                        "item": column.name,
                        "value": _amount(column, row, header),
                        "text": cell_text(column.cell(row).text),
                        "year": _year(column, year, period),
                        "funding_source": paid_by,
                    }
                )
            )
    return tuple(items)


def money_columns(header: Header) -> tuple[Column, ...]:
    """The columns of money in printed order."""
    return tuple(column for column in header.columns if column.name in MONEY_ROLES)


def _amount(column: Column, row: TableRow, header: Header) -> Decimal | None:
    """The amount in pesos, where its header or what stands above says that it is printed in thousands or millions."""
    value = number_of(column.cell(row))
    return None if value is None else value * scale_of(f"{column.group} {column.header}", header.counted_in)


def scale_of(*headings: str) -> int:
    """How many pesos one of what amounts are counted in is, by the first of some headings that says so."""
    said = (factor for heading in map(fold, headings) for words, factor in _SCALES.items() if words in heading)
    return next(said, 1)


def _year(column: Column, row_has: int | None, period: str | None) -> int | None:
    if column.year is not None or (column.role is not None and column.role.nth_year is not None):
        return column_year(column, period)
    return row_has


def _source(column: Column) -> str | None:
    """The funding source; of an amount for part of the term ('Recursos SGR 2025-2026') with its years."""
    if column.role is None or column.role.funding_source is None:
        return None
    span = column.role.period
    return f"{column.role.funding_source} {span}" if span else column.role.funding_source
