"""What rows state of a measure: figures of single years, of the whole term, and amounts of money, each with its row.

``item (and the rows joined to it) + measure + years → Stated``. Nothing is computed here but the sum over funding
sources where a row prints no total, and what the rows reached of their target altogether; the terms stay with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.fields import is_indicator_row
from assistant.figures.measured_money import has_money, money_of
from assistant.figures.stated import Stated, is_blank, of_figure, of_percent, short
from assistant.question.measures import Measure
from assistant.question.times import Interval
from ingest.fold import words
from ingest.standing import printed_percent


def years_of(asked: Sequence[Interval]) -> tuple[int, ...]:
    """The calendar years that a question asks for."""
    return tuple(dict.fromkeys(year for interval in asked for year in range(interval.years[0], interval.years[1] + 1)))


def years_for(item: Item, measure: Measure, asked: Sequence[Interval], corpus: Corpus) -> tuple[int, ...]:
    """The calendar years asked for of a row: those named, else the first or last of its own ("el primer año")."""
    years, number = years_of(asked), measure.reckoning.years
    if years or not number:
        return years
    rows = [one.row for one in group_of(item, measure, corpus) if one.row is not None]
    own = {year.year for row in rows for year in row.yearly} | {
        amount.year for row in rows for amount in row.budget if amount.year is not None
    }
    ordered = sorted(own)
    return tuple(ordered[:number] if number > 0 else ordered[number:])


def has_series(item: Item) -> bool:
    """Whether an item's row is followed year by year, or has money in columns of a table."""
    return item.row is not None and bool(item.row.yearly or has_money(item.row))


def whole_names(item: Item, text: str) -> list[str]:
    """The names of an item's product and indicator that a text says in full."""
    said = f" {' '.join(words(text))} "
    names = (item.row.step("product"), item.row.indicator) if item.row is not None else ()
    return [name for name in names if name and f" {' '.join(words(name))} " in said]


def group_of(item: Item, measure: Measure, corpus: Corpus) -> list[Item]:
    """An item and the rows joined to it, of the documents that the question names, when any of them is of those."""
    group = [item, *(corpus.by_id[row.row_id] for row in item.joined)]
    named = [one for one in group if one.document.document_id in measure.documents]
    return named or group


def stated(item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> list[Stated]:
    """What an item, or else a row joined to it, states of a measure in the years asked for, or of all years."""
    found: list[Stated] = []
    for one in group_of(item, measure, corpus):
        known = {said.key for said in found}
        found += (said for said in stated_by(one, measure, years, corpus) if said.key not in known)
    return found


def stated_by(item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> list[Stated]:
    """What the row of an item states by itself."""
    return [*_things(item, measure, years, corpus), *money_of(item, measure, years)]


def agreeing(said: Stated, item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> list[Item]:
    """The items that state the same figure: that of the figure, and the joined rows of other documents."""
    others = (one for one in group_of(item, measure, corpus) if one is not said.item)
    return [
        said.item,
        *(one for one in others if any(own.key == said.key for own in stated_by(one, measure, years, corpus))),
    ]


def _things(item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> Iterator[Stated]:
    """Targets, progress and percentages of years; without a year named, of those that the document has reached."""
    row = item.row
    if row is None or measure.money or not is_indicator_row(row):
        return
    wanted = measure.aspects or ("programmed", "progress", "percent")
    reported = corpus.last_reported(row)
    for year in row.yearly:
        if years and year.year not in years:
            continue
        if "programmed" in wanted and year.target is not None and not is_blank(year.target):
            yield of_figure(item, "programmed", year.target, year.year)
        if not years and year.year > reported:
            continue
        if "progress" in wanted and year.progress is not None and not is_blank(year.progress):
            yield of_figure(item, "progress", year.progress, year.year)
        if year.percent is not None and ("percent" in wanted or "progress" in wanted):
            yield of_percent(item, year.percent, year.year)
    if (years and not measure.term) or not {"progress", "percent"} & set(measure.aspects):
        return
    if row.figure is not None and not is_blank(row.figure):
        yield of_figure(item, "progress", row.figure, None)
    if (percent := printed_percent(row)) is not None:
        yield of_percent(item, percent, None)
    elif row.kind == "progress":
        yield from _computed(item, corpus)


def _computed(item: Item, corpus: Corpus) -> Iterator[Stated]:
    """What a row reached of the target of the term, added up and held against it, where the document lets one do so."""
    if item.row is None:
        return
    standing = corpus.standing(item.row)
    progress, percent = standing.progress, standing.percent
    if standing.shared_codes or standing.percent_year is not None:
        return
    if progress is not None and standing.progress_terms is not None:
        yield Stated(item, "progress", progress.text, progress.value, terms=standing.progress_terms)
    if percent is not None and standing.percent_terms is not None:
        yield Stated(item, "percent", f"{short(percent)} %", percent, terms=standing.percent_terms)
