"""The small picture of a row: its baseline and its target (or what was reached) as two bars from zero. Pure."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 160.0  # of the longest bar, in the picture's own units


@dataclass(frozen=True)
class Bar:
    """One bar: its CSS class, its length in the picture's units, and what it says."""

    name: str
    label: str
    length: float
    text: str


@dataclass(frozen=True)
class Amount:
    """A figure as printed and its value."""

    name: str
    label: str
    text: str
    value: float | None
    unit: str | None


def bars(*amounts: Amount | None) -> tuple[Bar, ...]:
    """The bars of some amounts on one scale; none unless two of them can be drawn side by side.

    Two figures are drawn together when both are known, none is below zero and both or neither are percentages: "8,4 %"
    beside "9 acueductos" would show nothing.
    """
    known = [(amount, amount.value) for amount in amounts if amount is not None and amount.value is not None]
    if len(known) < 2 or any(value < 0 for _, value in known) or len({amount.unit == "%" for amount, _ in known}) > 1:
        return ()
    longest = max(value for _, value in known)
    if longest == 0:
        return ()
    return tuple(
        Bar(amount.name, amount.label, round(value / longest * WIDTH, 1), amount.text) for amount, value in known
    )
