"""How far a row is: which share of its target, or of a year's, it has reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.fields import is_indicator_row
from assistant.figures.stated import printed_cell, short
from ingest.records import IndicatorRow
from ingest.standing import Standing, printed_percent


@dataclass(frozen=True)
class Share:
    """Which share of its target a row has reached, in percent, and of which year's (None: of the term's)."""

    item: Item
    percent: Decimal
    year: int | None
    terms: str | None = None

    @property
    def text(self) -> str:
        return f"{short(self.percent)} %"

    @property
    def cell(self) -> str:
        """How the row prints it; nothing when it is computed."""
        row = self.item.row
        return printed_cell(row, self.percent, self.year) if row is not None and self.terms is None else ""


def share_of(item: Item, years: Sequence[int], corpus: Corpus) -> Share | None:
    """The printed percentage of the year asked for, of the term or of the last year reported; else the computed one."""
    row = item.row
    if row is None or not is_indicator_row(row) or not _tells_progress(row):
        return None
    printed = {year.year: year.percent for year in row.yearly if year.percent is not None}
    if years:
        year = next((year for year in reversed(years) if year in printed), None)
        return None if year is None else Share(item, printed[year], year)
    of_term = printed_percent(row)
    if of_term is not None:
        return Share(item, of_term, None)
    standing: Standing = corpus.standing(row)
    if standing.percent is not None and standing.percent_terms is None:
        return Share(item, standing.percent, standing.percent_year)
    if standing.latest is not None and standing.latest.percent is not None:
        return Share(item, standing.latest.percent, standing.latest.year)
    if standing.percent is not None:
        return Share(item, standing.percent, standing.percent_year, standing.percent_terms)
    return None


def _tells_progress(row: IndicatorRow) -> bool:
    return row.figure is not None or any(year.progress is not None or year.percent is not None for year in row.yearly)
