"""Amounts told by what they add up to: the sum of the sources of a year, that of the years, and sources that fill it.

``The columns of a table and the rows below them → the columns``. Only columns whose headers nobody knows get a role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import median

from ingest.extract.columns import MONEY_ROLES, Column
from ingest.extract.halves import says_money
from ingest.extract.money_sources import may_be_a_source
from ingest.extract.shares import is_percentages
from ingest.figures import parse_number
from ingest.fold import squeeze
from ingest.records import TableRow
from ingest.wording import ColumnRole, header_role

#: Rows with an amount that tell a sum from chance, and parts that make one.
_ENOUGH = 3
_PARTS = 2
#: Of ten rows so many have to add up; sums typed by hand do not always.
_OF_TEN = 8
_ROUNDING = Decimal("0.001")
#: What is smaller than this share of the amounts beside it is no money.
_SMALL_CHANGE = Decimal("0.001")
_BESIDE_MONEY = frozenset({"percent_budget", "ignore"})

Amounts = dict[int, list[Decimal]]


def with_sums_and_their_sources(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """The columns, of each group of amounts by source its unknown sum and sources, then the sum of the term."""
    amounts = {c.index: [_amount(c, row) or Decimal(0) for row in body] for c in columns if c.header}
    figures = {c.index for c in columns if c.role is None and c.header and _holds_amounts(c, body)}
    kept = list(columns)
    for group in _groups(columns, figures):
        for column in _told(group, amounts):
            kept[column.index] = column
    term = _sum_of_the_term(tuple(kept), figures, amounts)
    if term is not None:
        kept[term.index] = term
    return tuple(kept)


def _groups(columns: tuple[Column, ...], figures: set[int]) -> Iterator[list[Column]]:
    """Amounts and unknown figures that stand side by side under one heading, or, without any, in one year."""
    group: list[Column] = []
    for column in (column for column in columns if column.header):
        fits = column.name in MONEY_ROLES | _BESIDE_MONEY or column.index in figures
        before = next((c for c in reversed(group) if c.name in MONEY_ROLES), None)
        other_year = not column.group and column.year is not None and before is not None and before.year != column.year
        if group and (not fits or column.group != group[-1].group or other_year):
            yield group
            group = []
        if fits:
            group.append(column)
    if group:
        yield group


def _told(group: Sequence[Column], amounts: Amounts) -> Iterator[Column]:
    """The unknown columns of a group that its sums and its known sources tell."""
    unknown = [column for column in group if column.role is None]
    known = [column for column in group if column.name in MONEY_ROLES]
    sources = [column for column in known if column.role is not None and column.role.funding_source]
    model = _model(group, sources)
    if not unknown or model is None:
        return
    sums = [column for column in known if column not in sources]
    total: Column | None = next(iter(sums), None)
    proved = total is not None and _adds_up(total, [*sources, *unknown], amounts)
    if total is not None and not proved and _adds_up(total, sources, amounts):
        return
    for column in unknown if total is None else ():
        others = [other for other in unknown if other is not column]
        proved = _adds_up(column, [*sources, *others], amounts)
        if proved or _adds_up(column, sources, amounts):
            total = column
            yield replace(column, role=model)
            if not proved:
                return
            break
    rest = [column for column in unknown if column is not total]
    if len({column.year for column in sources}) > 1 or (not proved and len(sources) < max(_PARTS, len(rest))):
        return
    largest = [value for column in sources for value in amounts[column.index] if value]
    least = median(largest) * _SMALL_CHANGE if largest else Decimal(0)
    for column in rest:
        name = squeeze(column.header.rpartition(" / ")[2].replace(str(model.year), " "))
        own = [value for value in amounts[column.index] if value]
        below = bool(column.group) and (model.year is not None or says_money(column.group))
        if (
            (proved or below or str(model.year) in column.header)
            and may_be_a_source(name)
            and (not own or median(own) >= least)
        ):
            yield replace(column, role=model.model_copy(update={"funding_source": name}))


def _model(group: Sequence[Column], sources: Sequence[Column]) -> ColumnRole | None:
    """What the sum of a group is: that of its sources, or what its heading of money says of a total below it.

    Sources of one year add up to that year; the years of one source to that source.
    """
    roles = [column.role for column in sources if column.role is not None]
    if len(roles) < _PARTS:
        role = header_role(f"{group[0].group} / Total") if group[0].group and says_money(group[0].group) else None
        return role if role is not None and role.role in MONEY_ROLES and not roles else None
    if len({role.role for role in roles}) > 1:
        return None
    role = roles[0].model_copy(update={"matched": "(suma)", "period": None})
    if len({(role.year, role.nth_year) for role in roles}) == 1:
        return role.model_copy(update={"funding_source": None})
    same = len({role.funding_source for role in roles}) == 1
    return role.model_copy(update={"year": None, "nth_year": None}) if same else None


def _sum_of_the_term(columns: tuple[Column, ...], figures: set[int], amounts: Amounts) -> Column | None:
    """The unknown column that is the sum of the years' amounts: of their sums, else of all their sources."""
    by_role: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.name in MONEY_ROLES and column.year is not None and column.is_sure:
            by_role[column.name].append(column)
    for dated in by_role.values():
        whole = [column for column in dated if column.role is not None and column.role.funding_source is None]
        for parts in (whole, [column for column in dated if column not in whole]):
            if len({column.year for column in parts}) < _PARTS:
                continue
            for column in columns:
                if column.index in figures and column.role is None and _adds_up(column, parts, amounts):
                    update = {"year": None, "nth_year": None, "funding_source": None, "matched": "(suma)"}
                    return replace(column, role=parts[0].role and parts[0].role.model_copy(update=update))
    return None


def _adds_up(total: Column, parts: Sequence[Column], amounts: Amounts) -> bool:
    """Whether a column is, in most rows, the sum of others of which several have amounts; blanks count as zero."""
    rows = list(zip(amounts[total.index], *(amounts[column.index] for column in parts), strict=True))
    told = [(whole, rest) for whole, *rest in rows if whole or any(rest)]
    several = sum(sum(map(bool, rest)) >= _PARTS for _, rest in told)
    right = sum(abs(whole - sum(rest)) <= abs(sum(rest)) * _ROUNDING for whole, rest in told)
    return several >= _PARTS and len(told) >= _ENOUGH and right * 10 >= len(told) * _OF_TEN


def _holds_amounts(column: Column, body: Sequence[TableRow]) -> bool:
    """Whether a column has figures, no shares, and few words beside them."""
    if header_role(column.header) is not None or is_percentages(column, body):
        return False
    texts = [text for row in body if (text := column.cell(row).text.strip())]
    numbers = sum(_amount(column, row) is not None for row in body)
    words = sum(any(map(str.isalpha, text)) for text in texts)
    return numbers > words


def _amount(column: Column, row: TableRow) -> Decimal | None:
    return parse_number(squeeze(column.cell(row).text))
