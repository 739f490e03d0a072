"""The years of an indicator: which of them a report has reached, and what they mean together.

``rows of a document → its last reported year`` · ``row → its reported years`` · ``wording and targets → Meaning``
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ingest.records import Figure, IndicatorRow, YearFigures
from ingest.wording.accumulation import Meaning, meaning_of

#: Rows whose years are of what was reached; those of money rows are of the money.
TELLING = frozenset({"result", "product", "progress"})
#: Sums of rounded targets differ from the target of the term by less than this share of it.
_ROUNDING = Decimal("0.005")


def last_reported_years(rows: Iterable[IndicatorRow]) -> dict[str, int]:
    """The last year in which any row of a document (by id) reached anything.

    A dashboard prints zeros for the years to come; only all its rows together tell them from a year without results.
    """
    found: dict[str, int] = {}
    for row in rows:
        if row.kind in TELLING:
            for year in row.yearly:
                if year.progress is not None and year.progress.value:
                    found[row.document_id] = max(year.year, found.get(row.document_id, year.year))
    return found


def reported_years(row: IndicatorRow, last_years: Mapping[str, int]) -> tuple[YearFigures, ...]:
    """The years for which a row tells what was reached, in order.

    Of a document that reached nothing in any year, only the first year is sure to be reported.
    """
    if row.kind not in TELLING:
        return ()
    told = [year for year in row.yearly if year.progress is not None]
    last = last_years.get(row.document_id, told[0].year if told else 0)
    return tuple(year for year in told if year.year <= last)


def latest_year(years: Sequence[YearFigures]) -> YearFigures | None:
    """The last year that says something: one in which nothing was programmed and nothing reached does not."""
    programmed = any(_value(year.target) for year in years)
    telling = [year for year in years if _value(year.progress) or _value(year.target) or not programmed]
    return next(reversed(telling or list(years)), None)


def meaning_of_years(source: IndicatorRow, row: IndicatorRow, target: Figure | None) -> Meaning | None:
    """What the years of ``source`` mean together: as it says itself, else as ``row`` says, held against the targets.

    None where nothing tells; ``none`` where the two rows, or wording and targets, contradict each other. Never
    ``by_targets``.
    """
    own, other = _settled(source, row, target), _settled(row, source, target)
    if own is not None and other is not None and own != other:
        return "none"
    return own or other


def _settled(row: IndicatorRow, other: IndicatorRow, target: Figure | None) -> Meaning | None:
    """What a row says of its years, where its yearly targets (those of the other row, if it has none) bear it out."""
    said = meaning_of(row.accumulation)
    has_targets = any(_value(year.target) is not None for year in row.yearly)
    adds_up, is_level, exceeds = _targets_tell((row if has_targets else other).yearly, target)
    if said == "by_targets":
        has_started = _value(row.baseline) or _value(other.baseline)
        return "added" if adds_up else "latest" if is_level and not has_started else None
    if said == "added" and not adds_up:
        return "latest" if is_level else "none" if exceeds else "added"
    if said in ("down", "up") and adds_up and not is_level:
        return "none"  # amounts of change, not levels
    return said


def _targets_tell(years: Sequence[YearFigures], target: Figure | None) -> tuple[bool, bool, bool]:
    """(the yearly targets add up to the term's, the last of them is the term's, their sum is more than the term's)."""
    values = [value for year in years if (value := _value(year.target)) is not None]
    whole = _value(target)
    if whole is None or not values or (len(values) < 2 and len(years) < 2):
        return False, False, False
    difference = sum(values, Decimal(0)) - whole
    margin = abs(whole) * _ROUNDING
    return abs(difference) <= margin, abs(values[-1] - whole) <= margin, difference > margin


def _value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value
