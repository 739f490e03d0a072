"""Targets and what was reached told by their figures: by what the years come to, and by the percentage beside them.

``The columns of a table and the rows below them → the columns``. A header that surely says something else stands, but
for amounts of money that are no money: those that are, row by row, what the yearly targets come to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from statistics import median

from ingest.extract.columns import INDICATOR_ROLES, MONEY_ROLES, Column
from ingest.extract.halves import says_money
from ingest.figures import parse_number
from ingest.fold import fold, squeeze
from ingest.records import TableRow
from ingest.wording import SURE, ColumnName, ColumnRole, header_role
from ingest.wording.columns import BARE_YEAR

#: Rows that tell figures from chance, and how many of ten have to come out.
_ENOUGH = 3
_OF_TEN = 8
_YEARS = 2
#: A target is at most so many times the baseline, or the baseline it; amounts of money are far from both.
_REACH = Decimal(1000)
#: Terms of government end in 2023, 2027 (Constitution, articles 303 and 314).
_TERM = 4
_COUNTED_IN = ("$", "pesos", "millones", "miles")
_ROUNDING = Decimal("0.006")
_WHOLE = Decimal(100)
_UNITS: dict[str, tuple[ColumnName, ColumnName]] = {
    "percent": ("target", "progress"),
    "percent_year": ("target_year", "progress_year"),
    "percent_budget": ("programado", "ejecutado"),
}


def with_target_of_the_term(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """The columns with the term's target, where none is called so: the figures that the yearly targets come to.

    They are the sum, the last or the largest of the years, row by row. Without years it is 'Valor comprometido 2027',
    of the last year of a term, beside a baseline of its size, in a table that tells no money.
    """
    if not any(column.name in INDICATOR_ROLES for column in columns):
        return columns
    if any(column.name == "target" and not column.wordy for column in columns):
        return columns
    years = [column for column in columns if column.name == "target_year" and not column.wordy]
    for column in columns:
        if not _may_be_a_target(column):
            continue
        if len(years) >= _YEARS and _comes_to(column, years, body):
            return _with(columns, column, "target")
        if not years and _is_beside_its_baseline(column, columns, body):
            return _with(columns, column, "target")
    return columns


def _may_be_a_target(column: Column) -> bool:
    if column.role is None:
        return bool(column.header)
    return column.name in MONEY_ROLES and column.role.funding_source is None and not says_money(_headings(column))


def _headings(column: Column) -> str:
    return f"{column.group} / {column.header}" if column.group else column.header


def _comes_to(column: Column, years: Sequence[Column], body: Sequence[TableRow]) -> bool:
    told = []
    for row in body:
        value = _figure(column, row)
        steps = [figure for year in years if (figure := _figure(year, row)) is not None]
        if value is not None and len(steps) >= _YEARS:
            told.append((value, steps))
    right = sum(value in (sum(steps), steps[-1], max(steps)) for value, steps in told)
    differ = len({value for value, _ in told}) > 1
    return differ and len(told) >= _ENOUGH and right * 10 >= len(told) * _OF_TEN


def _is_beside_its_baseline(column: Column, columns: Sequence[Column], body: Sequence[TableRow]) -> bool:
    money = [other for other in columns if other.name in MONEY_ROLES and other is not column]
    baseline = next((other for other in columns if other.name == "baseline" and other.is_sure), None)
    if column.year is None or column.year % _TERM != _TERM - 1 or baseline is None or money:
        return False
    if any(word in fold(_headings(column)) for word in _COUNTED_IN):
        return False
    pairs = [(_figure(column, row), _figure(baseline, row)) for row in body]
    ratios = [max(value / start, start / value) for value, start in pairs if value and start]
    return len(ratios) >= _ENOUGH and median(ratios) < _REACH


def with_what_a_percentage_is_of(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """The columns, two beside a percentage of which it is the one in the other with what was expected and reached.

    At least one of the two is unknown, or both are bare years; the other may be the target, or what was reached, of the
    same year. What is called the same in another year, or stands over other years, is the same thing.
    """
    told: list[tuple[Column, ColumnName]] = []
    for percent in columns:
        if percent.name not in _UNITS or percent.role is None or not percent.is_sure:
            continue
        planned_role, done_role = _UNITS[percent.name]
        for planned, done in permutations(_beside(percent, columns), 2):
            if not _fits(planned, planned_role, percent) or not _fits(done, done_role, percent):
                continue
            is_open = planned.role is None or done.role is None or (_is_bare(planned) and _is_bare(done))
            if is_open and _is_share(percent, done, planned, body):
                columns = _with(columns, planned, planned_role, percent.role)
                columns = _with(columns, done, done_role, percent.role)
                told += [(planned, planned_role), (done, done_role)]
                break
    for column, name in told:
        columns = _with_those_called_the_same(columns, column, name)
    return columns


def _beside(percent: Column, columns: tuple[Column, ...]) -> list[Column]:
    """The columns around a percentage, and those of its year that bare years head."""
    near = columns[max(0, percent.index - 2) : percent.index + 2]
    return [
        column
        for column in columns
        if column.header
        and column is not percent
        and (column in near or (_is_bare(column) and percent.year is not None and column.year == percent.year))
    ]


def _is_bare(column: Column) -> bool:
    return column.role is not None and column.role.score <= BARE_YEAR


def _fits(column: Column, role: ColumnName, percent: Column) -> bool:
    known = column.name == role or (_is_bare(column) and role in ("target_year", "progress_year"))
    return column.role is None or (known and column.year == percent.year)


def _with_those_called_the_same(columns: tuple[Column, ...], told: Column, name: ColumnName) -> tuple[Column, ...]:
    """The columns, those called as one that its figures told below another year, or of bare years below one name."""
    if name not in ("target_year", "progress_year") or not told.group:
        return columns
    for column in columns:
        same = column.role is None and _own_name(column) == _own_name(told)
        year = header_role(column.group) if same else column.role
        if (same or (_is_bare(column) and column.group == told.group)) and year is not None and year.year is not None:
            columns = _with(columns, column, name, year)
    return columns


def _own_name(column: Column) -> str:
    return fold(column.header.rpartition(" / ")[2])


def _is_share(percent: Column, done: Column, planned: Column, body: Sequence[TableRow]) -> bool:
    told: list[tuple[Decimal, Decimal]] = []
    for row in body:
        share, reached, of = (_figure(column, row) for column in (percent, done, planned))
        if share is not None and reached is not None and of:
            told.append((share, reached / of))
    right = sum(abs(min(share, abs(share / _WHOLE), key=lambda s: abs(s - ratio)) - ratio) <= _ROUNDING
                for share, ratio in told)  # fmt: skip
    differ = sum(ratio not in (0, 1) for _, ratio in told)
    return differ >= _ENOUGH and right * 10 >= len(told) * _OF_TEN


def _with(
    columns: tuple[Column, ...], column: Column, name: ColumnName, time: ColumnRole | None = None
) -> tuple[Column, ...]:
    """The columns, one of them with a role that its figures tell, in the year of another; a known one stays."""
    if column.name == name and not _is_bare(column):
        return columns
    year, nth_year = (time.year, time.nth_year) if time is not None else (None, None)
    role = ColumnRole(
        role=name, year=year, nth_year=nth_year, period=None, funding_source=None, score=SURE, matched="(cifras)"
    )
    return tuple(replace(other, role=role) if other.index == column.index else other for other in columns)


def _figure(column: Column, row: TableRow) -> Decimal | None:
    return parse_number(squeeze(column.cell(row).text))
