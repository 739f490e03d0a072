"""Arithmetic over cited figures, always with its terms shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.corpus.part_of_whole import PART_OF
from ingest.figures import format_es, parse_number
from ingest.records import Figure

_NUMBER = re.compile(r"\d(?:[\d.,' ]*\d)?")
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)
#: A long number without marks of thousands, as workbooks print it.
_BARE = re.compile(r"\d{5,}")
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Computed:
    """A result as shown, its value and its terms ("35,1 − 28")."""

    text: str
    value: Decimal
    derivation: str


def printed(figure: Figure) -> str:
    """The figure's number as its document prints it; a long bare one of a workbook with marks of thousands.

    Written anew where the text does not hold it ("tres").
    """
    for match in _NUMBER.finditer(figure.text):
        number = parse_number(match[0])
        if number == figure.value:
            return match[0] if number is None or not _BARE.fullmatch(match[0]) else format_es(number)
        if number is not None and number * _MILLION == figure.value:
            return f"{match[0]} millones"
    return "" if figure.value is None else format_es(figure.value)


def _shown(value: Decimal, figures: Sequence[Figure]) -> str:
    """A result as its terms are printed: in millions where all of them are."""
    if figures and all(printed(figure).endswith(" millones") for figure in figures):
        return f"{format_es(value / _MILLION)} millones"
    return format_es(value)


def difference(first: Figure, second: Figure) -> Computed | None:
    """The larger minus the smaller, or None when one has no value."""
    if first.value is None or second.value is None:
        return None
    low, high = sorted((first, second), key=lambda figure: figure.value or 0)
    value = abs(first.value - second.value)
    return Computed(_shown(value, (first, second)), value, f"{printed(high)} − {printed(low)}")


def percent_change(before: Figure, after: Figure) -> Computed | None:
    """By how many percent a value changes, without its sign, to one decimal; None from zero or without values."""
    if not before.value or after.value is None:
        return None
    change = (abs(after.value - before.value) / before.value * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
    low, high = sorted((before, after), key=lambda figure: figure.value or 0)
    shown = f"({printed(high)} − {printed(low)}) ÷ {printed(before)} × 100"
    return Computed(
        f"{format_es(change.normalize() if change == change.to_integral_value() else change)} %", change, shown
    )


def share(text: str) -> Computed | None:
    """Which percentage a part is of its whole, where one text states both ("55 (de un total de 80)"); one decimal."""
    match = PART_OF.search(text)
    part, whole = (parse_number(match[1]), parse_number(match[2])) if match is not None else (None, None)
    if match is None or part is None or not whole:
        return None
    value = (part / whole * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
    return Computed(f"{format_es(value)} %", value, f"{match[1]} ÷ {match[2]} × 100")


def part_of(part: Figure, whole: Figure) -> Computed | None:
    """Which percentage one figure is of another, to one decimal; None of percentages and above 100 %."""
    if part.value is None or not whole.value or "%" in (part.unit, whole.unit) or part.value > whole.value:
        return None
    value = (part.value / whole.value * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
    shown = format_es(value.normalize() if value == value.to_integral_value() else value)
    return Computed(f"{shown} %", value, f"{printed(part)} ÷ {printed(whole)} × 100")


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
    return Computed(_shown(value, figures), value, " + ".join(printed(figure) for figure in figures))
