"""When a question asks for, and whether a row speaks of that time."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.corpus.corpus import Item
from ingest.figures import dates_in
from ingest.records import IndicatorRow

_PRECISE = 10


@dataclass(frozen=True)
class Interval:
    """From a day to a day, both included, as ISO dates."""

    first: str
    last: str

    def overlaps(self, other: Interval) -> bool:
        return self.first <= other.last and other.first <= self.last

    def is_within(self, other: Interval) -> bool:
        """Whether it is a part of another, and shorter."""
        return other.first <= self.first and self.last <= other.last and self != other

    @property
    def is_year(self) -> bool:
        return self.first.endswith("-01-01") and self.last == f"{self.first[:4]}-12-31"

    @property
    def years(self) -> tuple[int, int]:
        return int(self.first[:4]), int(self.last[:4])


@lru_cache(maxsize=16384)
def intervals_in(text: str) -> tuple[Interval, ...]:
    """The dates and periods of a text that name their year."""
    return tuple(
        Interval(_first_day(mention.first), _last_day(mention.last))
        for mention in dates_in(text)
        if mention.first is not None and mention.last is not None
    )


def _first_day(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :] if len(date) < _PRECISE else date


def _last_day(date: str) -> str:
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:])
        return f"{date}-{calendar.monthrange(year, month)[1]:02d}"
    return date


def speaks_of(item: Item, asked: Sequence[Interval]) -> bool:
    """Whether an item holds for the time asked: its own dates decide, then those of its document.

    A plan's target holds for the end of its period, not for each year of it: asked for a year in between, only a row
    with figures of that year answers. Asked for a day, as of which something stood, only what states that day does.
    """
    if not asked:
        return True
    row = item.row
    cut_off = all(interval.first == interval.last for interval in asked)
    if row is None:
        own = intervals_in(item.segment.text) if item.segment else ()
        own = own or (() if cut_off else intervals_in(item.period or ""))
        return _ends_as(own, asked) if cut_off else not own or _any_overlap(own, asked)
    own = row_intervals(row)
    if cut_off and row.kind not in ("result", "product") and not row.yearly:
        return _ends_as(own, asked)
    if _any_overlap(own, asked):
        return True
    if row.kind in ("result", "product"):
        return any(_covers_end(interval, item.period) for interval in asked)
    if own or cut_off:
        return False
    return _any_overlap(intervals_in(item.period or ""), asked)


def is_of_longer(item: Item, asked: Sequence[Interval], *, as_of: bool) -> bool:
    """Whether a row's figures are only of times longer than each part of a year asked for: of a quarter, for a month.

    Asked as of a month, what ends with it tells of that month.
    """
    parts = [one for one in asked if one.first[:4] == one.last[:4] and not one.is_year]
    row = item.row
    if row is None or len(parts) < len(asked):
        return False
    own = row_intervals(row)
    if not own:
        beside = [one for text in (row.quote, *row.context) for one in intervals_in(text)]
        own = tuple(beside) if _any_overlap(beside, parts) else intervals_in(item.period or "")
    return bool(own) and all(
        one not in own and any(one.is_within(longer) and not (as_of and one.last == longer.last) for longer in own)
        for one in parts
    )


def states_the_day(item: Item, asked: Sequence[Interval]) -> bool:
    """Whether a figure may be of a day asked for: one of a report that says only its year is of no day of it."""
    row = item.row
    if row is None or row.figure is None or row.yearly or any(one.first != one.last for one in asked):
        return True
    return not all(one.is_year for one in row_intervals(row))


def dated(item: Item) -> bool:
    """Whether a sentence names a time itself, or a figure of a report; of the rows of plans and follow-ups, True."""
    row = item.row
    if row is not None:
        return row.figure is None or bool(row_intervals(row))
    return item.segment is not None and bool(intervals_in(item.segment.text))


def says_time(item: Item, asked: Sequence[Interval]) -> bool:
    """Whether a figure of a report is itself of the time asked, and not only its document; of other items, True."""
    row = item.row
    if not asked or row is None or row.figure is None or row.metric is None:
        return True
    return _any_overlap(row_intervals(row), asked)


@lru_cache(maxsize=16384)
def _row_text(row_id: str, *texts: str | None) -> tuple[Interval, ...]:
    return tuple(interval for text in texts if text for interval in intervals_in(text))


def row_intervals(row: IndicatorRow) -> tuple[Interval, ...]:
    """Dates that a row's own figures hold for."""
    baseline = row.baseline
    figure = row.figure
    texts = [
        baseline.text if baseline else None,
        baseline.period if baseline else None,
        baseline.source if baseline else None,
        figure.period if figure else None,
        row.metric if figure and not figure.period else None,
        *(str(year.year) for year in row.yearly),
        *(str(item.year) for item in row.budget if item.year),
    ]
    return _row_text(row.row_id, *texts)


def baseline_is_of(row: IndicatorRow, asked: Sequence[Interval]) -> bool:
    """Whether the baseline of a row was measured in the time asked."""
    baseline = row.baseline
    if baseline is None:
        return False
    texts = (text for text in (baseline.text, baseline.period, baseline.source) if text)
    return _any_overlap((own for text in texts for own in intervals_in(text)), asked)


def _covers_end(asked: Interval, period: str | None) -> bool:
    spans = intervals_in(period or "")
    return any(asked.first <= span.last <= asked.last for span in spans)


def _ends_as(own: Iterable[Interval], asked: Sequence[Interval]) -> bool:
    """Whether a time is one that ends on a day asked for: "diciembre de 2023" stands for its last."""
    return any(one.last == other.last for one in own for other in asked)


def _any_overlap(own: Iterable[Interval], asked: Sequence[Interval]) -> bool:
    return any(one.overlaps(other) for one in own for other in asked)
