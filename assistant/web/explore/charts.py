"""The charts of Explorar: what they show, measured out; templates draw it. Pure.

Every mark is a link that narrows the rows to those it stands for, so that a bar can be read row by row.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.web.explore.entries import CHANGES, Entry, comparable
from assistant.web.explore.selection import Selection
from ingest.records import BudgetItem, IndicatorRow

_MOST_BARS = 12
_MOST_DOTS = 400
SIDE = 300.0  # of the square of dots, in the picture's own units
_UNNAMED = "Sin nombre"

#: Which amount of money counts as assigned and as executed where a table prints several, the first that it has.
_ASSIGNED = ("asignado", "apropiacion_definitiva", "apropiacion_inicial", "programado")
_EXECUTED = ("ejecutado", "obligaciones", "compromisos", "pagos")


@dataclass(frozen=True)
class Mark:
    """One line of a bar chart: its label, its amounts with the length of each bar (0 to 100), and where it leads.

    An amount that no document says is None, never 0.
    """

    label: str
    address: str
    amounts: tuple[float | None, ...]
    lengths: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True)
class BarChart:
    """The longest bars; ``left_out`` counts those that are not drawn."""

    marks: tuple[Mark, ...]
    left_out: int


@dataclass(frozen=True)
class Dot:
    """A row by baseline (x) and target (y), both on a logarithmic scale from zero."""

    x: float
    y: float
    label: str
    address: str
    change: str


@dataclass(frozen=True)
class Tick:
    """A power of ten on both axes."""

    at: float
    text: str


@dataclass(frozen=True)
class DotChart:
    """Baseline against target, and how many rows change in which way."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    changes: BarChart
    left_out: int


def targets_by(facet: str, entries: Sequence[Entry], wanted: Selection) -> BarChart:
    """How many targets each value of a facet has."""
    having = [entry for entry in entries if entry.row.target is not None]
    counts = Counter(value for entry in having for value in entry.values[facet])
    lines = [_Line(value, (float(count),), wanted.with_value(facet, value)) for value, count in counts.most_common()]
    return _bars(lines)


def baseline_against_target(entries: Sequence[Entry], wanted: Selection) -> DotChart:
    """Each row with both figures as a dot, and how targets stand to their baselines."""
    pairs = [(entry, pair) for entry in entries if (pair := comparable(entry.row)) is not None and min(pair) >= 0]
    highest = max((max(pair) for _, pair in pairs), default=0.0)
    decades = max(1, math.ceil(math.log10(1 + highest)))
    dots = tuple(
        Dot(
            x=_scaled(base, decades),
            y=round(SIDE - _scaled(target, decades), 1),
            label=f"{entry.row.indicator or ''}: {_text(entry.row)}",
            address=f"/filas/{entry.row.row_id}",
            change=entry.values["cambio"][0],
        )
        for entry, (base, target) in pairs[:_MOST_DOTS]
    )
    step = max(1, decades // 4)
    powers = range(0, decades + 1, step)
    ticks = (Tick(0.0, "0"), *(Tick(_scaled(10.0**power, decades), _short(10**power)) for power in powers if power))
    counts = Counter(value for entry in entries for value in entry.values["cambio"])
    lines = [
        _Line(title, (float(counts[name]),), wanted.with_value("cambio", name))
        for name, title in CHANGES.items()
        if counts[name]
    ]
    return DotChart(dots, ticks, _bars(lines), max(0, len(pairs) - _MOST_DOTS))


def _text(row: IndicatorRow) -> str:
    base, target = row.baseline, row.target
    return f"de {base.text if base else ''} a {target.text if target else ''}"


def _scaled(value: float, decades: int) -> float:
    return round(math.log10(1 + value) / decades * SIDE, 1)


def _short(value: int) -> str:
    for size, name in ((10**12, " B"), (10**6, " M"), (10**3, " mil")):
        if value >= size:
            return f"{value // size:,}".replace(",", ".") + name
    return str(value)


def budget_by_programme(entries: Sequence[Entry], wanted: Selection) -> BarChart:
    """Money assigned and executed by programme and document, in pesos.

    Of each row and year the total counts, or the sources of money added up where no total is printed. Where a document
    says what was executed in some years only, what was assigned for the others is left out: it is not to compare.
    """
    grouped: defaultdict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for entry in entries:
        if entry.row.budget:
            name = entry.row.programme or next((step.value for step in reversed(entry.row.path)), _UNNAMED)
            grouped[name, entry.document.name].append(entry.row)
    lines = []
    for (name, document), rows in grouped.items():
        assigned, executed = _money(rows)
        if assigned is not None or executed is not None:
            chosen = wanted.with_value("documento", document)
            if any(row.programme == name for row in rows):
                chosen = chosen.with_value("programa", name)
            whose = ", ".join(filter(None, (rows[0].entity, rows[0].period)))
            note = "; ".join(filter(None, (whose, _share(assigned, executed))))
            lines.append(_Line(name, (assigned, executed), chosen, note))
    return _bars(sorted(lines, key=lambda line: -line.longest))


def _share(assigned: float | None, executed: float | None) -> str:
    return f"ejecutado el {executed / assigned * 100:.0f} %" if assigned and executed is not None else ""


def _money(rows: Iterable[IndicatorRow]) -> tuple[float | None, float | None]:
    assigned: defaultdict[int | None, Decimal] = defaultdict(Decimal)
    executed: defaultdict[int | None, Decimal] = defaultdict(Decimal)
    for row in rows:
        for year, value in _of_row(row.budget, _ASSIGNED).items():
            assigned[year] += value
        for year, value in _of_row(row.budget, _EXECUTED).items():
            executed[year] += value
    if executed and assigned.keys() & executed.keys():
        assigned = defaultdict(Decimal, {year: value for year, value in assigned.items() if year in executed})
    return _sum(assigned), _sum(executed)


def _sum(amounts: Mapping[int | None, Decimal]) -> float | None:
    return float(sum(amounts.values())) if amounts else None


def _of_row(budget: Sequence[BudgetItem], names: Sequence[str]) -> dict[int | None, Decimal]:
    """By year, the amount of the first of these items that a row has."""
    name = next((name for name in names if any(one.item == name for one in budget)), None)
    totals: dict[int | None, Decimal] = {}
    sources: defaultdict[int | None, Decimal] = defaultdict(Decimal)
    for one in budget:
        if one.item == name and one.value is not None:
            if one.funding_source is None:
                totals.setdefault(one.year, one.value)
            else:
                sources[one.year] += one.value
    return {**sources, **totals}


@dataclass(frozen=True)
class _Line:
    """A mark before it is measured out."""

    label: str
    amounts: tuple[float | None, ...]
    rows: Selection
    note: str = ""

    @property
    def longest(self) -> float:
        return max((amount for amount in self.amounts if amount is not None), default=0.0)


def _bars(lines: Sequence[_Line]) -> BarChart:
    longest = max((line.longest for line in lines), default=0.0) or 1.0
    marks = tuple(
        Mark(
            line.label,
            line.rows.address(view="tabla", page=1),
            line.amounts,
            tuple(round(max(amount or 0.0, 0.0) / longest * 100, 1) for amount in line.amounts),
            line.note,
        )
        for line in lines[:_MOST_BARS]
    )
    return BarChart(marks, max(0, len(lines) - _MOST_BARS))
