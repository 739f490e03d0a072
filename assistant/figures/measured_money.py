"""The amounts of money that a row states of a measure: of single years, of the whole term, of a funding source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.corpus.corpus import Item
from assistant.figures.stated import Stated, of_percent, pesos, printed_cell
from assistant.question.measures import Measure
from ingest.figures import format_es
from ingest.fold import words
from ingest.records import BudgetItem, BudgetItemName, IndicatorRow

#: What was spent, where a document tells it step by step and not as one amount.
_SPENDING: tuple[BudgetItemName, ...] = ("compromisos", "obligaciones", "pagos")
_SPENT: frozenset[BudgetItemName] = frozenset(("ejecutado", "asignado"))


def has_money(row: IndicatorRow) -> bool:
    """Whether a row has money in columns; an amount that a slide or letter states is a figure of its own."""
    return bool(row.budget) and row.metric is None


def money_of(item: Item, measure: Measure, years: Sequence[int]) -> Iterator[Stated]:
    """The amounts that a row states of a measure of money."""
    row = item.row
    if row is None or not has_money(row) or not measure.money:
        return
    if "percent" in measure.aspects:
        shares = [year for year in row.yearly if year.percent is not None and row.kind == "budget"]
        yield from (
            of_percent(item, year.percent, year.year)
            for year in shares
            if year.percent is not None and (not years or year.year in years)
        )
        if shares:
            return
    present = {amount.item for amount in row.budget}
    for name in _wanted(measure, present):
        amounts = [amount for amount in row.budget if amount.item == name and amount.value is not None]
        spans = sorted({amount.year for amount in amounts if amount.year is not None})
        by_year = not _whole(amounts) or measure.reckoning.is_of_years
        asked = [year for year in spans if year in years] if years else spans if by_year else [None]
        for year in asked:
            yield from _of_year(item, name, [amount for amount in amounts if amount.year == year], year, measure)


def _wanted(measure: Measure, present: set[BudgetItemName]) -> tuple[BudgetItemName, ...]:
    """The amounts asked for; what was executed where a document says so step by step; else what was programmed."""
    wanted = measure.items
    if not wanted:
        wanted = ("programado",) if "programmed" in measure.aspects or measure.funding else ()
    if not wanted or (_SPENT & set(wanted) and not present & set(wanted)):
        return tuple(name for name in (*(() if wanted else ("programado",)), *_SPENDING) if name in present)
    if _SPENT & set(wanted) - present:
        steps = tuple(name for name in _SPENDING if name in present and name not in wanted)
        return (*(name for name in wanted if name in present), *steps)
    return tuple(name for name in wanted if name in present)


def _whole(amounts: Iterable[BudgetItem]) -> bool:
    return any(amount.year is None for amount in amounts)


def _of_year(
    item: Item, name: BudgetItemName, amounts: Sequence[BudgetItem], year: int | None, measure: Measure
) -> Iterator[Stated]:
    """The amount of one year: those of the funding sources asked for; else, or beside, the printed total or the sum."""
    for source in measure.funding:
        named = [amount for amount in amounts if amount.funding_source and _names(amount.funding_source, source)]
        paying = [amount for amount in named if amount.value] or named[:1]
        yield from (_amount(item, amount, year) for amount in paying)
    if measure.funding and not measure.whole:
        return
    totals = [amount for amount in amounts if amount.funding_source is None]
    if totals:
        yield _amount(item, totals[0], year)
        return
    paying = [amount for amount in amounts if amount.value]
    if len(paying) == 1:
        yield _amount(item, paying[0], year)
    elif paying:
        total = sum((amount.value or Decimal(0) for amount in paying), Decimal(0))
        cells = "; ".join(_amount(item, amount, year).cell for amount in paying)
        terms = " + ".join(format_es(amount.value or Decimal(0)) for amount in paying)
        yield Stated(item, name, pesos(total), total, year, cell=cells, terms=terms)


def _amount(item: Item, amount: BudgetItem, year: int | None) -> Stated:
    value = amount.value or Decimal(0)
    cell = printed_cell(item.row, value, year, amount.text, amount.funding_source) if item.row else ""
    return Stated(item, amount.item, pesos(value), value, year, amount.funding_source, cell)


def _names(source: str, asked: Sequence[str]) -> bool:
    return set(asked) <= set(words(source))
