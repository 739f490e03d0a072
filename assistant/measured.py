"""What rows state of a measure: figures of single years, of the whole term, and amounts of money, each with its row.

``item (and the rows joined to it) + measure + years → Stated``. Nothing is computed here but the sum over funding
sources where a row prints no total; its terms stay with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.corpus import Corpus, Item
from assistant.fields import is_indicator_row
from assistant.measures import Aspect, Measure
from assistant.times import Interval
from ingest.figures import format_es, parse_number
from ingest.fold import fold, squeeze, words
from ingest.records import BudgetItem, BudgetItemName, Figure, IndicatorRow
from ingest.standing import Standing, printed_percent

#: What was spent, where a document tells it step by step and not as one amount.
_SPENDING: tuple[BudgetItemName, ...] = ("compromisos", "obligaciones", "pagos")
_SPENT: frozenset[BudgetItemName] = frozenset(("ejecutado", "asignado"))
_HUNDREDTH = Decimal("0.01")
_MOST_DECIMALS = 4
_LONG = 5


@dataclass(frozen=True)
class Stated:
    """One figure that a row states.

    ``name`` is the aspect, or the amount of money; ``year`` None means the whole term. ``cell`` is how the row prints
    it ("Pagos 2025 (CUIPO): 159185250"); ``terms`` how it was added up over funding sources, when it was.
    """

    item: Item
    name: Aspect | BudgetItemName
    text: str
    value: Decimal | None
    year: int | None = None
    source: str | None = None
    cell: str = ""
    terms: str | None = None

    @property
    def is_money(self) -> bool:
        return self.name not in ("programmed", "progress", "percent")


def years_of(asked: Sequence[Interval]) -> tuple[int, ...]:
    """The calendar years that a question asks for."""
    return tuple(dict.fromkeys(year for interval in asked for year in range(interval.years[0], interval.years[1] + 1)))


def has_series(item: Item) -> bool:
    """Whether an item's row is followed year by year, or has money in columns of a table."""
    return item.row is not None and bool(item.row.yearly or has_money(item.row))


def has_money(row: IndicatorRow) -> bool:
    """Whether a row has money in columns; an amount that a slide or letter states is a figure of its own."""
    return bool(row.budget) and row.metric is None


def stated(item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> list[Stated]:
    """What an item, or else a row joined to it, states of a measure in the years asked for, or of all years."""
    items = [item, *(corpus.by_id[row.row_id] for row in item.joined)]
    found: list[Stated] = []
    for one in items:
        new = [*_things(one, measure, years), *_money(one, measure, years)]
        known = {(known.name, known.year, known.source, known.value) for known in found}
        found += (s for s in new if (s.name, s.year, s.source, s.value) not in known or s.item is not one)
    return found


def agreeing(said: Stated, item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> list[Item]:
    """The items that state the same figure: that of the figure, and the joined rows of other documents."""
    others = [item, *(corpus.by_id[row.row_id] for row in item.joined)]
    return [
        said.item,
        *(
            other
            for other in others
            if other is not said.item
            and any(
                (one.name, one.year, one.source, one.value) == (said.name, said.year, said.source, said.value)
                for one in (*_things(other, measure, years), *_money(other, measure, years))
            )
        ),
    ]


# things ---------------------------------------------------------------------------------------------------------------
def _things(item: Item, measure: Measure, years: Sequence[int]) -> Iterator[Stated]:
    row = item.row
    if row is None or measure.money or not is_indicator_row(row):
        return
    wanted = measure.aspects or ("programmed", "progress", "percent")
    for year in row.yearly:
        if years and year.year not in years:
            continue
        for name, figure in (("programmed", year.target), ("progress", year.progress)):
            if name in wanted and figure is not None and figure.text.strip():
                yield _stated(item, name, figure, year.year)
        if year.percent is not None and ("percent" in wanted or "progress" in wanted):
            yield _percent(item, year.percent, year.year)
    if row.figure is not None and not years and "progress" in wanted:
        yield _stated(item, "progress", row.figure, None)


def _stated(item: Item, name: Aspect, figure: Figure, year: int | None) -> Stated:
    row = item.row
    cell = printed_cell(row, figure.value, year) if row is not None else ""
    return Stated(item, name, shown(figure, row), figure.value, year, cell=cell)


def _percent(item: Item, percent: Decimal, year: int | None) -> Stated:
    cell = printed_cell(item.row, percent, year) if item.row is not None else ""
    terms = percent_terms(percent, cell)
    return Stated(item, "percent", f"{short(percent)} %", percent, year, cell=cell, terms=terms)


def percent_terms(percent: Decimal, cell: str) -> str | None:
    """How a percentage comes from what its cell prints: rounded, or only written otherwise; None when it is the same.

    >>> percent_terms(Decimal("491.228070175439"), "Avance (%): 491,228070175439%")
    '491,228070175439 redondeado'
    >>> percent_terms(Decimal("52.625"), "Avance (%): 52.625")
    '52.625'
    """
    printed = cell.rsplit(": ", 1)[-1].rstrip("% ")
    if printed == short(percent):
        return None
    if is_rounded(percent):
        return f"{printed or format_es(percent)} redondeado"
    return printed or None


def is_rounded(percent: Decimal) -> bool:
    """Whether :func:`short` shows fewer decimals than a percentage has."""
    plain = percent.normalize()
    return plain.is_finite() and -int(plain.as_tuple().exponent) > _MOST_DECIMALS


def shown(figure: Figure, row: IndicatorRow | None) -> str:
    """A figure as printed; a long number of a workbook, which prints it bare, with marks of thousands."""
    bare = row is not None and row.place.sheet is not None and figure.text.isdigit() and len(figure.text) >= _LONG
    return format_es(figure.value) if bare and figure.value is not None else figure.text


def short(value: Decimal) -> str:
    """A percentage as es-CO prints it; of more than four decimals two are shown."""
    return format_es(value.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP) if is_rounded(value) else value.normalize())


# money ----------------------------------------------------------------------------------------------------------------
def _money(item: Item, measure: Measure, years: Sequence[int]) -> Iterator[Stated]:
    row = item.row
    if row is None or not has_money(row) or not measure.money:
        return
    if "percent" in measure.aspects:
        shares = [year for year in row.yearly if year.percent is not None and row.kind == "budget"]
        yield from (
            _percent(item, year.percent, year.year)
            for year in shares
            if year.percent is not None and (not years or year.year in years)
        )
        if shares:
            return
    present = {amount.item for amount in row.budget}
    for name in _wanted(measure, present):
        amounts = [amount for amount in row.budget if amount.item == name and amount.value is not None]
        spans = sorted({amount.year for amount in amounts if amount.year is not None})
        asked = [year for year in spans if year in years] if years else ([None] if _whole(amounts) else spans)
        for year in asked:
            yield from _of_year(item, name, [amount for amount in amounts if amount.year == year], year, measure)


def _wanted(measure: Measure, present: set[BudgetItemName]) -> tuple[BudgetItemName, ...]:
    """The amounts asked for; what was executed where a document says so step by step; else what was programmed."""
    wanted = measure.items
    if not wanted:
        wanted = ("programado",) if "programmed" in measure.aspects or measure.funding else ()
    if not wanted or (_SPENT & set(wanted) and not present & set(wanted)):
        return tuple(name for name in (*(() if wanted else ("programado",)), *_SPENDING) if name in present)
    return tuple(name for name in wanted if name in present)


def _whole(amounts: Iterable[BudgetItem]) -> bool:
    return any(amount.year is None for amount in amounts)


def _of_year(
    item: Item, name: BudgetItemName, amounts: Sequence[BudgetItem], year: int | None, measure: Measure
) -> Iterator[Stated]:
    """The amount of one year: that of the funding source asked for, the printed total, or the sum."""
    if measure.funding:
        named = [
            amount for amount in amounts if amount.funding_source and _names(amount.funding_source, measure.funding)
        ]
        paying = [amount for amount in named if amount.value] or named[:1]
        yield from (_amount(item, amount, year) for amount in paying)
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


def pesos(value: Decimal) -> str:
    """An amount as es-CO writes it: '$159.185.250'."""
    return f"${format_es(value.normalize() if value != value.to_integral_value() else value.to_integral_value())}"


def printed_cell(
    row: IndicatorRow, value: Decimal | None, year: int | None, text: str | None = None, source: str | None = None
) -> str:
    """The cell of a row that prints a figure, with its header; '' when it cannot be told which that is."""
    for header, cell in row.cells:
        name = fold(header)
        if year is not None and str(year) not in name:
            continue
        if source is not None and not set(words(source)) <= set(words(name)):
            continue
        printed = squeeze(cell)
        same = printed == text if text is not None else False
        if not same and value is not None and printed:
            read = parse_number(printed.rstrip("% "), lone_mark="decimal")
            same = read == value or parse_number(printed) == value
        if same:
            return f"{squeeze(header)}: {printed}"
    return ""


# how far --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Share:
    """Which share of its target a row has reached, in percent, and of which year's (None: of the term's)."""

    item: Item
    percent: Decimal
    year: int | None
    terms: str | None = None

    @property
    def text(self) -> str:
        return f"{short(self.percent)} %"

    @property
    def cell(self) -> str:
        """How the row prints it; nothing when it is computed."""
        row = self.item.row
        return printed_cell(row, self.percent, self.year) if row is not None and self.terms is None else ""


def share_of(item: Item, years: Sequence[int], corpus: Corpus) -> Share | None:
    """The printed percentage of the year asked for, of the term or of the last year reported; else the computed one."""
    row = item.row
    if row is None or not is_indicator_row(row) or not _tells_progress(row):
        return None
    printed = {year.year: year.percent for year in row.yearly if year.percent is not None}
    if years:
        year = next((year for year in reversed(years) if year in printed), None)
        return None if year is None else Share(item, printed[year], year)
    of_term = printed_percent(row)
    if of_term is not None:
        return Share(item, of_term, None)
    standing: Standing = corpus.standing(row)
    if standing.percent is not None and standing.percent_terms is None:
        return Share(item, standing.percent, standing.percent_year)
    if standing.latest is not None and standing.latest.percent is not None:
        return Share(item, standing.latest.percent, standing.latest.year)
    if standing.percent is not None:
        return Share(item, standing.percent, standing.percent_year, standing.percent_terms)
    return None


def _tells_progress(row: IndicatorRow) -> bool:
    return row.figure is not None or any(year.progress is not None or year.percent is not None for year in row.yearly)
