"""How many times its baseline a target is, how much of it falls to each year, and what a part of a cell is of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.composing.draft import Draft, prove
from assistant.composing.labels import number
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Item
from assistant.figures.arithmetic import Computed, printed
from assistant.figures.parts_of_cell import part_of_cell
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.ways import way_of
from ingest.figures import format_es
from ingest.fold import fold
from ingest.records import Figure, IndicatorRow

_TENTH = Decimal("0.1")
_TERM = re.compile(r"\b(20\d\d)\s*[-–a]\s*(20\d\d)\b")
#: A target that is to be kept up holds for each year: it is not divided among them.
_KEPT = re.compile(r"\b(?:mant[ei]\w+|anual(?:es|mente)?|cada ano|por ano|al ano|sosten\w+|conserv\w+)\b")


def add_ratios(query: Query, rows: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """The ratio or the yearly average that a question asks of indicator rows, with its terms."""
    for item in rows:
        row = item.row
        if row is None:
            continue
        if asks_for(query.text, "times") and (found := times(row.baseline, row.target)) is not None:
            way = "more" if (row.target.value or 0) > (row.baseline.value or 0) else "less"  # type: ignore[union-attr]
            _say(f"times_{way}", found, item, draft, say)
        if asks_for(query.text, "average") and (found := yearly_average(row, item.period)) is not None:
            _say("average_year", found, item, draft, say)
        if item is rows[0] and (part := part_of_cell(query, item)) is not None:
            _say(part.name, part.result, item, draft, say, label=part.label)


def times(baseline: Figure | None, target: Figure | None) -> Computed | None:
    """How many times the smaller figure the larger is, to one decimal; None of zero, the unknown, or other units."""
    if baseline is None or target is None or not baseline.value or not target.value:
        return None
    if (baseline.unit == "%") != (target.unit == "%"):
        return None
    low, high = sorted((baseline, target), key=lambda figure: figure.value or Decimal(0))
    value = _rounded(high.value or Decimal(0), low.value or Decimal(1))
    return Computed(format_es(value), value, f"{printed(high)} ÷ {printed(low)}")


def yearly_average(row: IndicatorRow, period: str | None) -> Computed | None:
    """A target by the years of its term: of one that goes from a baseline to another value, the difference.

    None of shares, of targets that hold for each year, and of rows that print their years.
    """
    target, years = row.target, _years(period)
    if target is None or not target.value or not years or row.yearly or target.unit == "%":
        return None
    if _KEPT.search(fold(target.text)) or (row.kind != "product" and way_of(row) is None):
        return None
    if way_of(row) is None:
        value = _rounded(target.value, Decimal(years))
        return Computed(format_es(value), value, f"{printed(target)} ÷ {years}")
    baseline = row.baseline
    if baseline is None or baseline.value is None:
        return None
    low, high = sorted((baseline, target), key=lambda figure: figure.value or Decimal(0))
    value = _rounded((high.value or Decimal(0)) - (low.value or Decimal(0)), Decimal(years))
    return Computed(format_es(value), value, f"({printed(high)} − {printed(low)}) ÷ {years}")


def _years(period: str | None) -> int:
    """How many years a term has, both ends included: 4 of "2024-2027"."""
    match = _TERM.search(period or "")
    return int(match[2]) - int(match[1]) + 1 if match is not None else 0


def _rounded(value: Decimal, by: Decimal) -> Decimal:
    found = (value / by).quantize(_TENTH, rounding=ROUND_HALF_UP)
    return found.to_integral_value() if found == found.to_integral_value() else found


def _say(sentence: str, found: Computed, item: Item, draft: Draft, say: Phrases, label: str = "") -> None:
    draft.say(say.say(sentence, value=found.text, terms=found.derivation, text=label, mark=draft.mark(item)))
    prove(found.text, number(found.value), found.derivation, draft, [draft.cite(item)])
