"""Columns of percentages: of which target and of which year they are the share, and whether of one or of a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.extract.columns import TARGET_ROLES, Column
from ingest.figures import parse_number
from ingest.fold import squeeze
from ingest.records import TableRow
from ingest.wording import ColumnName

_SHARE_OF: dict[ColumnName, ColumnName] = {
    "progress": "percent",
    "progress_year": "percent_year",
    "progress_period": "percent_period",
}
_PERCENT_ROLES = frozenset({"percent", "percent_year", "percent_period", "percent_budget"})
#: Shares of one above this are rare, percentages below it in every row as well.
_LARGEST_SHARE = Decimal(3)
_FEW = 3
#: Shares that differ by no more, in points, differ by how they were rounded.
_ROUNDING = Decimal("0.6")
_WHOLE = Decimal(100)


def shares_of_what_was_reached(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """'Avance 2025' over percentages is the share reached, when the targets beside it are none."""
    targets = [column for column in columns if column.name in TARGET_ROLES and not column.wordy]
    if not targets or any(is_percentages(column, body) for column in targets):
        return columns
    return tuple(
        replace(column, role=column.role.model_copy(update={"role": _SHARE_OF[column.role.role]}))
        if column.role is not None and column.role.role in _SHARE_OF and is_percentages(column, body)
        else column
        for column in columns
    )


def shares_of_the_year(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """'% de avance' of no year beside target and progress of one year is the share of that year, where it comes out.

    Beside the target of the whole term it may be the share of that; the figures tell.
    """
    years = {column.year for column in columns if column.name == "progress_year"}
    undated = [column for column in columns if column.name == "percent" and column.year is None]
    if len(years) != 1 or None in years or len(undated) != 1:
        return columns
    (percent,) = undated
    role = percent.role and percent.role.model_copy(update={"role": "percent_year", "year": next(iter(years))})
    dated = replace(percent, role=role)
    beside = [column for column in columns if column.name in ("target_year", "progress_year")]
    pairs = [(_value(percent, row), _share(dated, beside, row)) for row in body]
    told = [(value, share * _WHOLE) for value, share in pairs if value is not None and share is not None]
    right = sum(abs(value - min(share, max(value, _WHOLE))) <= _ROUNDING for value, share in told)
    if not right or right * 2 <= len(told):
        return columns
    return tuple(dated if column is percent else column for column in columns)


def is_percentages(column: Column, body: Sequence[TableRow]) -> bool:
    """Whether most figures of a column are printed as percentages."""
    texts = [text for row in body if (text := column.cell(row).text.strip()) and any(map(str.isdigit, text))]
    return bool(texts) and sum(text.endswith("%") for text in texts) * 2 > len(texts)


def amounts_in(column: Column, body: Sequence[TableRow]) -> list[Decimal]:
    """The numbers of a column."""
    values = (parse_number(squeeze(column.cell(row).text)) for row in body)
    return [value for value in values if value is not None]


def is_fraction(column: Column, columns: Sequence[Column], body: Sequence[TableRow]) -> bool:
    """Whether a column of percentages holds shares of one, as where a reader cannot see how its cells are shown.

    Target and progress of the same year tell; without them, numbers that are all small and not all whole.
    """
    if column.name not in _PERCENT_ROLES or is_percentages(column, body):
        return False
    values = amounts_in(column, body)
    if len(values) < _FEW or not all(0 <= value <= _LARGEST_SHARE for value in values):
        return False
    if all(value == value.to_integral_value() for value in values) and max(values) > 1:
        return False
    shares = [
        (value, share) for row in body if (value := _value(column, row)) and (share := _share(column, columns, row))
    ]
    if shares:
        nearer = sum(abs(value - share) < abs(value - share * 100) for value, share in shares)
        return nearer * 2 > len(shares)
    return any(value != value.to_integral_value() for value in values)


def _share(column: Column, columns: Sequence[Column], row: TableRow) -> Decimal | None:
    """What was reached of the target of the same year."""
    same = [other for other in columns if other.year == column.year]
    target = next((v for other in same if other.name in TARGET_ROLES if (v := _value(other, row))), None)
    reached = next((v for other in same if other.name in _SHARE_OF if (v := _value(other, row))), None)
    return reached / target if reached is not None and target else None


def _value(column: Column, row: TableRow) -> Decimal | None:
    return parse_number(squeeze(column.cell(row).text))
