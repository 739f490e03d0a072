"""Where amounts come from, told by the columns beside theirs: a funding source that nobody listed, the own resources.

``The columns of a table → the columns``, and whether its rows tell the money of one thing source by source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.extract.columns import INDICATOR_ROLES, MONEY_ROLES, MONEY_SUBJECTS, Column
from ingest.fold import fold, squeeze
from ingest.records import TableRow
from ingest.wording import ColumnRole, columns, header_role

#: Money that is either registered or the territory's own.
_OWN_RESOURCES = frozenset({"rp"})
#: Years under one source, to tell that what stands over the same years elsewhere is a source, too.
_FEW = 2
_SUBJECTS = INDICATOR_ROLES | MONEY_SUBJECTS


def with_sources_of_siblings(named: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns, those below a heading that nobody knows as those below a funding source with the same names.

    'SGP / 2024 | 2025 | Suma' beside 'Fondo minero / 2024 | 2025 | Suma': both are sources.
    """
    groups: dict[str, list[Column]] = defaultdict(list)
    for column in named:
        if column.group and column.header:
            groups[column.group].append(column)
    models: dict[tuple[str, ...], list[ColumnRole]] = {}
    for members in groups.values():
        roles = [c.role for c in members if c.role is not None and c.name in MONEY_ROLES and c.role.funding_source]
        if len(roles) == len(members) >= _FEW:
            models.setdefault(_innermost(members), roles)
    kept = list(named)
    for group, members in groups.items():
        model = models.get(_innermost(members))
        source = group.rpartition(" / ")[2]
        if model is None or not may_be_a_source(source) or any(c.role and c.role.funding_source for c in members):
            continue
        for column, role in zip(members, model, strict=True):
            kept[column.index] = replace(column, role=role.model_copy(update={"funding_source": source}))
    return tuple(kept)


def _innermost(members: Sequence[Column]) -> tuple[str, ...]:
    return tuple(fold(column.header.rpartition(" / ")[2]) for column in members)


def may_be_a_source(name: str) -> bool:
    """Whether a heading means nothing known, and no sum."""
    key = columns().key(fold(name))
    return header_role(name) is None and bool(key) and key.split()[0] not in ("total", "suma", "gran", "subtotal")


def with_own_resources(named: tuple[Column, ...]) -> tuple[Column, ...]:
    """'R.P.' right before a column of another funding source is 'recursos propios', no registro presupuestal."""
    kept = list(named)
    for at, (column, after) in enumerate(pairwise(named)):
        if column.role is None or after.role is None or not after.role.funding_source:
            continue
        if column.role.matched in _OWN_RESOURCES:
            year = column.year or after.year
            role = after.role.model_copy(update={"funding_source": column.header, "year": year})
            kept[at] = replace(column, role=role)
    return tuple(kept)


def with_money_among_money(named: tuple[Column, ...]) -> tuple[Column, ...]:
    """A column that nobody knows, among amounts by funding source of one year, is of a source that nobody listed."""
    kept = list(named)
    for at in range(1, len(kept) - 1):
        before, column = kept[at - 1], kept[at]
        after = next((other for other in named[at + 1 :] if other.role is not None), None)
        if column.role is not None or not column.header or before.role is None or after is None or after.role is None:
            continue
        both = before.name in MONEY_ROLES and after.name == before.name and before.year == after.year
        if both and before.role.funding_source and (before.year is None or str(before.year) in column.header):
            source = squeeze(column.header.rpartition(" / ")[2].replace(str(before.year), " "))
            kept[at] = replace(column, role=before.role.model_copy(update={"funding_source": source}))
    return tuple(kept)


def tells_source_by_source(named: tuple[Column, ...], body: Sequence[TableRow]) -> bool:
    """Whether a table has a row for each source of one thing's money, so that no row holds all of it."""
    source = next((column for column in named if column.name == "funding_source"), None)
    subjects = [column for column in named if column.name in _SUBJECTS]
    if source is None:
        return False
    if not subjects:
        return True
    before: tuple[str, ...] = ()
    for row in body:
        thing = tuple(fold(column.cell(row).text) for column in subjects)
        if any(thing) and thing == before and fold(source.cell(row).text):
            return True
        if not any(thing) and before and fold(source.cell(row).text):
            return True  # a source of its own under the thing above
        before = thing
    return False
