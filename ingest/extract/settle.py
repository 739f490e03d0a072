"""What the columns of a table are: decided by their headers, confirmed by each other and by what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from ingest.extract.activities import without_roles_of_activities
from ingest.extract.columns import INDICATOR_ROLES, MONEY_ROLES, PROGRESS_ROLES, TARGET_ROLES, Column, Header
from ingest.extract.contents import confirmed
from ingest.extract.halves import says_money
from ingest.extract.money_sources import (
    tells_source_by_source,
    with_money_among_money,
    with_own_resources,
    with_sources_of_siblings,
)
from ingest.extract.money_sums import with_sums_and_their_sources
from ingest.extract.money_years import with_years_of_neighbours
from ingest.extract.shares import amounts_in, is_fraction, shares_of_the_year, shares_of_what_was_reached
from ingest.extract.told_by_figures import with_target_of_the_term, with_what_a_percentage_is_of
from ingest.fold import fold, squeeze
from ingest.records import TableRow
from ingest.wording import ColumnName, ColumnRole
from ingest.wording.columns import BARE_YEAR

_THINGS = TARGET_ROLES | PROGRESS_ROLES | {"unit"}
#: An amount of money smaller than this share of the table's usual ones is none.
_SMALL_CHANGE = Decimal("0.001")
#: What a weak claim turns into when another column has the better one ("LÍNEA" beside "LÍNEA BASE").
_SECOND_CLAIMS: dict[ColumnName, ColumnName] = {"baseline": "strategic_line", "programme": "component"}
#: Money that nothing else in a table of indicators confirms is the programming of the thing itself.
_OF_THE_THING: dict[ColumnName, tuple[ColumnName, ColumnName]] = {
    "programado": ("target", "target_year"),
    "ejecutado": ("progress", "progress_year"),
}
#: Names of columns that say nothing of what is measured.
_OF_WHAT_IS_MEASURED = frozenset({"valor"})
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_FEW = 3


def settle(header: Header, body: Sequence[TableRow]) -> Header:
    """The header once its columns have agreed with each other and with what stands below them."""
    columns = tuple(replace(column, wordy=_is_wordy(column, body)) for column in header.columns)
    columns = with_sources_of_siblings(columns)
    columns = without_roles_of_activities(columns, body)
    columns = confirmed(columns, body)
    columns = _term_target_beside_bare_years(columns)
    columns = _without_weak_doubles(columns)
    columns = _measured_before_the_target(columns)
    columns = _physical_where_nothing_says_money(columns, body)
    columns = with_sums_and_their_sources(with_own_resources(columns), body)
    columns = with_money_among_money(columns)
    columns = with_years_of_neighbours(columns)
    columns = _bare_years_beside_a_target(columns)
    columns = with_target_of_the_term(with_what_a_percentage_is_of(columns, body), body)
    columns = _year_beside_the_baseline(columns, body)
    columns = shares_of_what_was_reached(columns, body)
    columns = shares_of_the_year(columns, body)
    columns = tuple(replace(column, fraction=is_fraction(column, columns, body)) for column in columns)
    columns = tuple(
        replace(column, role=None) if column.name in INDICATOR_ROLES and not _holds_words(column, body) else column
        for column in columns
    )
    return replace(header, columns=columns, by_source=tells_source_by_source(columns, body))


def _term_target_beside_bare_years(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """'Meta 2027' beside '2024 | 2025 | 2026 | 2027' is the target of the term; the year has its own column."""
    bare = {c.year for c in columns if c.name == "target_year" and c.role is not None and c.role.score <= BARE_YEAR}
    named = [column for column in columns if column.name == "target_year" and column.is_sure]
    if len(bare) < _FEW or len(named) != 1 or named[0].year not in bare or any(c.name == "target" for c in columns):
        return columns
    (term,) = named
    role = term.role and term.role.model_copy(update={"role": "target", "year": None})
    return tuple(replace(column, role=role) if column is term else column for column in columns)


def _without_weak_doubles(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """A weak claim gives way to a sure one; what it then means instead, a table says."""
    sure = {column.claim for column in columns if column.is_sure}
    sure_names = {column.name for column in columns if column.is_sure}

    def settled(column: Column) -> Column:
        if column.role is None or column.is_sure:
            return column
        left = columns[column.index - 1] if column.index else None
        right = columns[column.index + 1] if column.index + 1 < len(columns) else None
        pair = (left, column) if column.name == "ejecutado" else (column, right)
        if column.role.role in _OF_THE_THING and (_are_physical(*pair, after=left) or _has_its_money(column, columns)):
            return _physical(column, column.role)
        if column.name in INDICATOR_ROLES and not INDICATOR_ROLES.isdisjoint(sure_names):
            return replace(column, role=None)
        if column.name == "goal_type":
            return column  # 'Nivel: producto' beside 'Comportamiento: incremento' tells another thing
        if column.claim not in sure or not all(other.claim in sure for other in _years_beside(column, columns)):
            return column
        other = _SECOND_CLAIMS.get(column.role.role)
        if other is None or other in sure_names or "base" in fold(column.header):
            return replace(column, role=None)
        return replace(column, role=column.role.model_copy(update={"role": other}))

    return tuple(settled(column) for column in columns)


def _has_its_money(column: Column, columns: Sequence[Column]) -> bool:
    """Whether 'Programado 2021' stands beside 'Recursos programados 2021', and 'Ejecutado 2021' beside its money."""
    if column.year is None or column.role is None or column.role.funding_source is not None:
        return False
    money = {(c.name, c.year) for c in columns if c.is_sure and says_money(c.header)}
    return all((name, column.year) in money for name in _OF_THE_THING)


def _years_beside(column: Column, columns: Sequence[Column]) -> list[Column]:
    """The bare years that follow each other with a column of one, which is told by what they all are."""
    bare = {c.index: c.year for c in columns if c.role is not None and c.role.score <= BARE_YEAR and c.year is not None}
    first = end = column.index
    while bare.get(first - 1, 0) + 1 == bare.get(first):
        first -= 1
    while bare.get(end + 1) == bare.get(end, 0) + 1:
        end += 1
    return [columns[index] for index in range(first, end + 1)]


def _are_physical(planned: Column | None, done: Column | None, *, after: Column | None) -> bool:
    """Whether what is programmed and done in a year, side by side, is of the thing: 'Meta | Prog. 2025 | Ejec. 2025'.

    ``after`` is the column before the one in question.
    """
    if planned is None or done is None or planned.role is None or done.role is None or after is None:
        return False
    if done.name != "ejecutado" or done.is_sure or done.year is None or planned.year != done.year:
        return False
    is_weak = planned.name == "programado" and not planned.is_sure and planned.role.funding_source is None
    if planned is after:
        return planned.name in TARGET_ROLES or is_weak
    return is_weak and after.name in _THINGS | INDICATOR_ROLES | {"baseline"}


def _physical_where_nothing_says_money(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """'Programado 2025' beside an indicator or a goal in words is a target, unless sure money is its neighbour.

    It is one beside money, too, when its amounts are far too small for it; 'Valor ejecutado 2025' is what was reached
    when it stands right beside the target of that year.
    """
    is_told = any(column.name == "target" and column.wordy for column in columns)
    if not is_told and not any(column.name in INDICATOR_ROLES for column in columns):
        return columns
    sure_money = any(column.is_sure and column.name in MONEY_ROLES for column in columns)
    amounts = [amount for column in columns if column.is_sure and column.name in MONEY_ROLES
               for amount in amounts_in(column, body) if amount]  # fmt: skip
    least = median(amounts) * _SMALL_CHANGE if amounts else Decimal(0)
    named = [column for column in columns if column.role is not None]

    def settled(column: Column) -> Column:
        if column.role is None or column.role.role not in _OF_THE_THING:
            return column
        if column.is_sure and column.role.funding_source is not None:
            return column
        at = named.index(column)
        left, right = named[at - 1] if at else None, named[at + 1] if at + 1 < len(named) else None
        if column.is_sure:
            beside_its_target = left is not None and left.name in TARGET_ROLES and left.year == column.year
            return _physical(column, column.role) if beside_its_target and not says_money(column.header) else column
        among_things = left is not None and left.name in _THINGS and (right is None or right.name not in MONEY_ROLES)
        too_small = least > 0 and max(amounts_in(column, body), default=least) < least
        return _physical(column, column.role) if among_things or not sure_money or too_small else column

    return tuple(map(settled, columns))


def _measured_before_the_target(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """'Valor 2025' beside a baseline and the target of a later year is what was measured in that year."""
    ends = [column.year for column in columns if column.is_sure and column.name in TARGET_ROLES and column.year]
    if not ends or not any(column.is_sure and column.name == "baseline" for column in columns):
        return columns
    return tuple(
        replace(column, role=column.role.model_copy(update={"role": "progress_year"}))
        if column.role is not None
        and column.role.matched in _OF_WHAT_IS_MEASURED
        and column.year is not None
        and column.year < max(ends)
        else column
        for column in columns
    )


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


def _year_beside_the_baseline(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """'Año' right after the baseline, or after its unit or source, is the year of the baseline: one past year a row.

    Tables of progress have a row for each year instead, which repeats the indicator.
    """
    if any(column.name == "baseline_year" or column.name in PROGRESS_ROLES for column in columns):
        return columns
    for at, column in enumerate(columns):
        before = [other.name for other in columns[:at] if other.name not in ("unit", "source", "baseline_source")]
        if column.name == "period" and before[-1:] == ["baseline"] and _are_past_years(column, columns, body):
            role = column.role.model_copy(update={"role": "baseline_year"}) if column.role is not None else None
            return (*columns[:at], replace(column, role=role), *columns[at + 1 :])
    return columns


def _are_past_years(column: Column, columns: Sequence[Column], body: Sequence[TableRow]) -> bool:
    years = [int(text) for row in body if _YEAR.match(text := squeeze(column.cell(row).text))]
    said = [text for row in body if (text := squeeze(column.cell(row).text)) and any(map(str.isdigit, text))]
    named = [other for other in columns if other.name in INDICATOR_ROLES]
    things = [tuple(fold(other.cell(row).text) for other in named) for row in body]
    ends = [other.year for other in columns if other.name in TARGET_ROLES and other.year is not None]
    return (
        bool(years)
        and len(years) == len(said)
        and len(set(things)) == len(things)
        and all(year < end for year in years for end in ends)
    )


def _holds_words(column: Column, body: Sequence[TableRow]) -> bool:
    texts = [text for row in body if (text := column.cell(row).text.strip())]
    return not texts or sum(bool(_LETTERS.search(text)) for text in texts) * 2 >= len(texts)


def _is_wordy(column: Column, body: Sequence[TableRow]) -> bool:
    """Whether most cells of a column of targets are sentences."""
    if column.name not in TARGET_ROLES:
        return False
    texts = [text for row in body if (text := column.cell(row).text.strip())]
    return bool(texts) and sum(len(_LETTERS.findall(text)) > 1 for text in texts) * 2 > len(texts)
