"""What a row says year by year: targets, progress and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.extract.cells import cell_of, percent_of, plain_figure, text_of
from ingest.extract.columns import Column, Header
from ingest.records import TableRow, YearFigures

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SPAN = re.compile(r"(?:19|20)\d\d\s*(?:-|–|—|/|\ba\b|\bal\b)\s*(?:(?:19|20)?\d\d)(?!\d)")
_ROLES = {"target_year": "target", "progress_year": "progress", "percent_year": "percent"}
#: In a row of money the percentages are of the money.
_MONEY_ROLES = {"percent_budget": "percent"}
#: Columns without a year of their own, of the year that the row names in another cell.
_OF_THE_ROW = {"target": "target", "progress": "progress", "percent": "percent"}


def yearly_of(row: TableRow, header: Header, period: str | None) -> tuple[YearFigures, ...]:
    """A ``YearFigures`` for each year that has a cell with words, in order of the years.

    ``period`` is the document's: the first of its years counts 'Año 1', and a lone year is the one of columns that
    name none ('Meta vigencia'), as is the header's own. Parts of years (quarters, two-year terms) stay in the cells.
    """
    found: dict[int, dict[str, object]] = {}
    for column, name, year in _dated_columns(row, header, period):
        cell = column.cell(row)
        if not cell.text.strip():
            continue
        value = percent_of(cell, fraction=column.fraction) if name == "percent" else plain_figure(cell, row, header)
        if value is not None:
            found.setdefault(year, {}).setdefault(name, value)
    return tuple(YearFigures.model_validate({"year": year, **found[year]}) for year in sorted(found))


def row_year(row: TableRow, header: Header) -> int | None:
    """The year that a row itself names ('Vigencia': 2025), for tables with a row for each year.

    In a table with columns for several years it is but the date of the report.
    """
    if len({column.year for column in header.of(*_ROLES) if column.year}) > 1:
        return None
    years = _YEAR.findall(text_of(row, header, "period"))
    return int(years[0]) if len(set(years)) == 1 else None


def column_year(column: Column, period: str | None, of_table: int | None = None) -> int | None:
    """The calendar year a column holds for: its own, the nth of the document's period, or the table's own."""
    if column.role is None or column.role.year is not None:
        return column.year
    if of_table is not None and column.role.nth_year is None:
        return of_table
    years = [int(year) for year in _YEAR.findall(period or "")]
    if column.role.nth_year is not None:
        return years[0] + column.role.nth_year - 1 if years else None
    return years[0] if len(years) == 1 else None


def _dated_columns(row: TableRow, header: Header, period: str | None) -> Iterator[tuple[Column, str, int]]:
    own = row_year(row, header)
    for role, name in (_ROLES if header.is_of_indicators else _MONEY_ROLES).items():
        for column in header.of(role):
            year = own if own is not None and column.year is None else column_year(column, period, header.year)
            if year is not None:
                yield column, name, year
    if own is None:
        own = _only_year(header, period)
    if own is not None and cell_of(row, header, *_OF_THE_ROW).text:
        for role, name in _OF_THE_ROW.items():
            for column in header.of(role):
                if not column.wordy or not header.is_told:
                    yield column, name, own


def _only_year(header: Header, period: str | None) -> int | None:
    """The year of all that a table says, when its targets are of one year and none is a figure of the whole term."""
    years = {column_year(column, period, header.year) for column in header.of("target_year")}
    return next(iter(years)) if len(years) == 1 and (header.is_told or not header.of("target")) else None


def undated_columns(header: Header, period: str | None) -> tuple[Column, ...]:
    """Columns of one year that nothing says the year of."""
    if header.of("period"):
        return ()
    return tuple(column for column in header.of(*_ROLES) if column_year(column, period, header.year) is None)


def year_of_titles(titles: Iterable[str]) -> int | None:
    """The one year that the first of some titles with a year says ('VIG 2024'); terms of several years count none."""
    for text in titles:
        years = set(_YEAR.findall(_SPAN.sub(" ", text)))
        if years:
            return int(next(iter(years))) if len(years) == 1 else None
    return None
