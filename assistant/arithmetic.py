"""Arithmetic over cited figures, always with its terms shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.figures import format_es
from ingest.records import Figure

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Computed:
    """A result as shown, its value and its terms ("35,1 − 28")."""

    text: str
    value: Decimal
    derivation: str


def difference(first: Figure, second: Figure) -> Computed | None:
    """The larger minus the smaller, or None when one has no value."""
    if first.value is None or second.value is None:
        return None
    high, low = max(first.value, second.value), min(first.value, second.value)
    return Computed(format_es(high - low), high - low, f"{format_es(high)} − {format_es(low)}")


def percent_change(before: Figure, after: Figure) -> Computed | None:
    """By how many percent a value changes, without its sign, to one decimal; None from zero or without values."""
    if not before.value or after.value is None:
        return None
    change = (abs(after.value - before.value) / before.value * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
    high, low = max(before.value, after.value), min(before.value, after.value)
    shown = f"({format_es(high)} − {format_es(low)}) ÷ {format_es(before.value)} × 100"
    return Computed(
        f"{format_es(change.normalize() if change == change.to_integral_value() else change)} %", change, shown
    )


def total(figures: Sequence[Figure]) -> Computed | None:
    """The sum of figures of one unit, or None when one has no value or the units differ."""
    values = [figure.value for figure in figures if figure.value is not None]
    if len(values) != len(figures) or len(values) < 2:
        return None
    if len({figure.unit for figure in figures if figure.unit in ("%", "COP", "USD")}) > 1 or any(
        f.unit == "%" for f in figures
    ):
        return None
    value = sum(values, Decimal(0))
    return Computed(format_es(value), value, " + ".join(format_es(term) for term in values))
