"""One figure that a row states of a measure, and how its number and the cell it stands in are written.

Nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.corpus.corpus import Item
from assistant.question.measures import Aspect
from ingest.figures import format_es, parse_number
from ingest.fold import fold, squeeze, words
from ingest.records import BudgetItemName, Figure, IndicatorRow

_HUNDREDTH = Decimal("0.01")
_MOST_DECIMALS = 4
_LONG = 5
#: What programs leave in a cell that has no value; it is never told as if a person had written it.
_BLANK = frozenset(("nan", "none", "null", "nat", "#n/a", "#n/d", "#ref!", "#div/0!", "#value!", "#valor!"))


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
    def key(self) -> tuple[object, ...]:
        """What it states, whichever row states it."""
        return self.name, self.year, self.source, self.value

    @property
    def is_money(self) -> bool:
        return self.name not in ("programmed", "progress", "percent")


def is_blank(figure: Figure | None) -> bool:
    """Whether a figure's cell says nothing: it is empty, or holds what a program leaves there ("NaN")."""
    return figure is None or figure.text.strip().casefold() in _BLANK or not figure.text.strip()


def of_figure(item: Item, name: Aspect, figure: Figure, year: int | None) -> Stated:
    """A figure of a row as it states it, with its cell."""
    row = item.row
    cell = printed_cell(row, figure.value, year) if row is not None else ""
    return Stated(item, name, shown(figure, row), figure.value, year, cell=cell)


def of_percent(item: Item, percent: Decimal, year: int | None) -> Stated:
    """A percentage that a row prints, with how it comes from its cell."""
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


def pesos(value: Decimal) -> str:
    """An amount as es-CO writes it: '$159.185.250'; of what workbooks hold below a cent, nothing."""
    value = value.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
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
