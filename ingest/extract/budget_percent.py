"""Percentages of money that do not come out of the amounts printed beside them.

A percentage is doubted only when no amount spent over any amount planned, of the same year and the same row or line,
gives it: the documents differ in what they divide by what, and seldom say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ingest.extract.cells import percent_of
from ingest.figures import format_es
from ingest.records import BudgetItem, Cell, IndicatorRow, Notice
from ingest.wording import SURE, header_role

_LARGEST_SHARE = Decimal(3)
_SPENT = ("ejecutado", "obligaciones", "compromisos", "pagos")
_PLANNED = ("apropiacion_definitiva", "asignado", "programado", "apropiacion_inicial")
#: Percentages that differ by this much or less differ by how they were rounded.
_ROUNDING = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")


def doubt_budget_percentages(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows, those whose percentage of money does not come out with a notice."""
    beside = _amounts_by_line(rows)
    return [_doubted(row, [*_in_cells(row), *_in_line(row, beside)]) for row in rows]


def _doubted(row: IndicatorRow, notices: Sequence[Notice]) -> IndicatorRow:
    return row.model_copy(update={"warnings": (*row.warnings, *notices)}) if notices else row


def _in_cells(row: IndicatorRow) -> Iterator[Notice]:
    """Of a row of a table: its columns of percentages of money, each with the amounts of its year."""
    if not row.budget:
        return
    for header, text in row.cells:
        role = header_role(header)
        if role is None or role.role != "percent_budget" or role.score < SURE or not text.strip():
            continue
        percent = percent_of(Cell(text=text))
        if percent is not None and abs(percent) <= _LARGEST_SHARE and not text.rstrip().endswith("%"):
            continue  # it may be a share of one
        of_year = [item for item in row.budget if role.year is None or item.year == role.year]
        if percent is not None:
            yield from _notice(text, percent, of_year, row)


def _amounts_by_line(rows: Iterable[IndicatorRow]) -> dict[tuple[str, str], list[BudgetItem]]:
    """The amounts that one line of a report or slide states, each in a row of its own."""
    found: dict[tuple[str, str], list[BudgetItem]] = defaultdict(list)
    for row in rows:
        if row.figure is not None and row.kind == "budget":
            found[str(row.place), row.quote] += row.budget
    return found


def _in_line(row: IndicatorRow, beside: dict[tuple[str, str], list[BudgetItem]]) -> Iterator[Notice]:
    figure = row.figure
    amounts = beside.get((str(row.place), row.quote), [])
    if figure is not None and figure.unit == "%" and figure.value is not None and len(amounts) > 1:
        yield from _notice(figure.text, figure.value, amounts, row)


def _notice(printed: str, percent: Decimal, items: Sequence[BudgetItem], row: IndicatorRow) -> Iterator[Notice]:
    ratios = list(_ratios(items))
    if not ratios or any(abs(ratio - percent) <= max(_ROUNDING, _last_place(percent)) for _, _, ratio in ratios):
        return
    spent, planned, ratio = ratios[0]
    shown = format_es(ratio.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP))
    said = printed.strip().rstrip("%").strip()
    yield Notice(
        code="budget-percent-mismatch",
        message=f"El porcentaje impreso ({said} %) no sale de los montos de su fila: "
        f"{format_es(spent)} ÷ {format_es(planned)} × 100 = {shown} %.",
        place=str(row.place),
    )


def _ratios(items: Sequence[BudgetItem]) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """(spent, planned, percentage) of every two totals, the likeliest first."""
    totals: dict[str, Decimal | None] = {i.item: i.value for i in reversed(items) if i.funding_source is None}
    for spent in _SPENT:
        for planned in _PLANNED:
            over, under = totals.get(spent), totals.get(planned)
            if over is not None and under:
                yield over, under, over / under * 100


def _last_place(percent: Decimal) -> Decimal:
    """One unit of the last place printed: '51 %' is anything from 50 to 52."""
    exponent = percent.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent <= 0 else Decimal(1)
