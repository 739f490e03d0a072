"""What figures of years and of money are called in an answer."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Item
from assistant.figures.stated import Stated

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TERM_YEARS = 4


def label(said: Stated, say: Phrases) -> str:
    """What a figure is called: 'avance de 2025', 'pagos de 2024 (SGP salud)'."""
    if said.name == "progress" and said.year is None and said.item.row is not None and said.item.row.metric:
        return said.item.row.metric.lower()
    is_of_money = said.name == "percent" and said.item.row is not None and said.item.row.kind == "budget"
    name = say.measures["percent_of_money" if is_of_money else said.name]
    period = str(said.year) if said.year else _shorter_period(said.item)
    text = say.say("of_year" if period else "of_term", metric=name, period=period)
    return f"{text} ({said.source})" if said.source else text


def _shorter_period(item: Item) -> str:
    """The period that an item's document reports on when it is no whole term of four years, else nothing."""
    years = [int(year) for year in _YEAR.findall(item.period or "")]
    return "" if not years or years[-1] - years[0] >= _TERM_YEARS - 1 else item.period or ""


def capital(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def number(value: Decimal | None) -> int | float | None:
    """A value as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
