"""Days as petitions print them: the stamp of receipt, the letter's own date; and as letters write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.petitions.source import Paragraph
from ingest.figures import dates_in
from ingest.fold import fold

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_STAMP = re.compile(
    r"\b(?:recib\w+|radicaci\w+|radicad\w+|fecha de (?:entrada|ingreso|recibo)|ventanilla|entrada|ingreso|allegad\w+|llegad\w+|sello)\b"
)
_MONTH_FIRST = re.compile(
    rf"\b({'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?\s(\d{{1,2}})(?:\s?(?:de|del|,|/|-)\s?(?:ano\s)?)\s?(\d{{4}})\b"
)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})\s?(?:°|º)?[\s/.-]{{1,2}}(?:de\s)?({'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?[\s/.-]{{1,2}}(?:de(?:l)?\s)?(?:ano\s)?(\d{{4}})\b"
)
_IN_BRACKETS = re.compile(
    rf"\((\d{{1,2}})\)\s(?:dias\s)?(?:del mes\s)?(?:de\s)?({'|'.join(MONTHS)})\s(?:de(?:l)?\s)?(?:ano\s)?(?:\w+\s){{0,5}}\(?(\d{{4}})\)?"
)
_HOUR = re.compile(r"\b(\d{1,2}):(\d{2})(?::\d{2})?\s?([ap])?\.?\s?m?\b")
_HEAD = 12
_CLOSES = 17


def first_day(text: str) -> date | None:
    """The first full date of a text, in any of the usual ways to print one; None when there is none."""
    folded = fold(text)
    for pattern, order in ((_IN_BRACKETS, (1, 2, 3)), (_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
        match = pattern.search(folded)
        if match is not None:
            day, month, year = (match[group] for group in order)
            names = [name[:3] for name in MONTHS]
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
            if _STAMP.search(fold(line)) and len(line) < 200 and (day := first_day(line)) is not None:
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
