"""Days as petitions print them: the stamp of receipt, the letter's own date; and as letters write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.petitions.source import Paragraph
from assistant.petitions.wording import pattern
from ingest.figures import dates_in
from ingest.fold import fold

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_HOUR = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s?([ap])?\.?\s?m?\b")
_HEAD = 12
_CLOSES = 17


def first_day(text: str) -> date | None:
    """The first full date of a text, in any of the usual ways to print one; None when there is none."""
    folded = fold(text)
    for name, order in (("day_in_brackets", (1, 2, 3)), ("day_first", (1, 2, 3)), ("month_first", (2, 1, 3))):
        match = pattern(name).search(folded)
        if match is not None:
            day, month, year = (match[group] for group in order)
            names = [month_name[:3] for month_name in MONTHS]
            return _date(int(year), names.index(month[:3]) + 1, int(day))
    for mention in dates_in(text):
        if mention.first and mention.first == mention.last and len(mention.first) == 10:
            return date.fromisoformat(mention.first)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def stamped_day(paragraphs: Sequence[Paragraph]) -> tuple[date | None, bool]:
    """The day of the stamp of receipt, and whether it was stamped after office hours."""
    for paragraph in (*paragraphs[:_HEAD], *paragraphs[-3:]):
        for line in paragraph.lines:
            if pattern("stamp").search(fold(line)) and len(line) < 200 and (day := first_day(line)) is not None:
                return day, _is_late(line)
    return None, False


def written_day(paragraphs: Sequence[Paragraph]) -> date | None:
    """The day that the letter itself bears, at its beginning."""
    lines = (line for paragraph in paragraphs[:_HEAD] for line in paragraph.lines)
    short = (line for line in lines if len(line) < 90 and not re.match(r"(?:asunto|ref)", fold(line)))
    return next((day for line in short if (day := first_day(line)) is not None), None)


def _is_late(line: str) -> bool:
    match = _HOUR.search(fold(line))
    if match is None:
        return False
    hour = int(match[1]) % 12 + 12 if match[3] == "p" else int(match[1])
    return hour >= _CLOSES


def in_words(day: date) -> str:
    """'18 de diciembre de 2025'."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"
