"""Figures of years and of money computed with: summed, subtracted, divided, compared; always with their terms.

``item + measure + years → Reckoned``. Years are added only where the document lets one do so (``ingest.series``), and
figures of two documents never with one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.corpus.corpus import Corpus, Item
from assistant.figures.measured import group_of, stated_by
from assistant.figures.stated import Stated, pesos
from assistant.question.measures import Measure
from ingest.figures import format_es
from ingest.series import meaning_of_years

_HUNDREDTH = Decimal("0.01")
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Reckoned:
    """One result: the sentence that says it, the figures it is of, and its value with its terms when it is computed."""

    sentence: str
    of: tuple[Stated, ...]
    text: str = ""
    value: Decimal | None = None
    terms: str = ""


@dataclass(frozen=True)
class Series:
    """The figures of one name that the row of one item states, in the order of their years."""

    item: Item
    figures: tuple[Stated, ...]

    @property
    def values(self) -> tuple[object, ...]:
        return tuple((one.name, one.year, one.value) for one in self.figures)


def parts_of(measure: Measure) -> list[Measure]:
    """Things and money apart, when a question asks for both ("cuántas se mejoraron y cuánto se pagó")."""
    if measure.both:
        return [replace(measure, money=False), measure]
    beside_things = "programmed" in measure.aspects and measure.items and "programado" not in measure.items
    if not measure.money or "percent" in measure.aspects or not ("progress" in measure.aspects or beside_things):
        return [measure]
    things = Measure(aspects=tuple(aspect for aspect in measure.aspects if aspect != "programmed" or beside_things),
                     reckoning=measure.reckoning, documents=measure.documents, term=measure.term)  # fmt: skip
    return [things, measure]


def series_of(item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> list[Series]:
    """What each row of an item states year by year; rows that state the same are one series."""
    found: dict[tuple[object, ...], Series] = {}
    for part in parts_of(measure):
        for one in group_of(item, part, corpus):
            by_name: dict[tuple[object, ...], list[Stated]] = {}
            for said in stated_by(one, part, years, corpus):
                if said.year is not None and said.value is not None and said.name != "percent":
                    by_name.setdefault((said.name, said.source), []).append(said)
            for figures in by_name.values():
                series = Series(one, tuple(sorted(figures, key=lambda said: said.year or 0)))
                found.setdefault(series.values, series)
    return list(found.values())


# over years -----------------------------------------------------------------------------------------------------------
def sums(series: Sequence[Series], corpus: Corpus, *, asked: bool) -> Iterator[Reckoned]:
    """Years added up; of an indicator whose years do not add up, that; ``asked`` says that a sum was asked for."""
    for one in series:
        figures = one.figures
        if len(figures) < 2:
            continue
        meaning = "added" if figures[0].is_money else _meaning(one.item, corpus)
        if meaning == "added" or (meaning is None and asked):
            value = sum((said.value or Decimal(0) for said in figures), Decimal(0))
            sentence = "sum_of_years" if meaning == "added" else "sum_of_years_unsure"
            yield Reckoned(sentence, figures, _shown(value, figures[0]), value, " + ".join(map(_term, figures)))
        elif asked:
            yield Reckoned("years_not_added", figures)


def _meaning(item: Item, corpus: Corpus) -> str | None:
    row = item.row
    if row is None:
        return None
    plan = next((other for other in item.joined if other.kind in ("result", "product", "progress")), row)
    return meaning_of_years(row, plan, row.target)


def years_compared(series: Sequence[Series], kind: str) -> Iterator[Reckoned]:
    """The year with most or least of each series, or all its years in order."""
    for one in series:
        if len(one.figures) < 2:
            continue
        ordered = sorted(one.figures, key=lambda said: said.value or 0, reverse=kind in ("most", "descending"))
        if kind in ("most", "least"):
            first = [said for said in ordered if said.value == ordered[0].value]
            yield Reckoned(f"year_{kind}" if len(first) == 1 else f"years_{kind}", tuple(first))
        else:
            yield Reckoned(f"years_{kind}", tuple(ordered))


def differences(series: Sequence[Series], *, percent: bool, of_names: bool = False) -> Iterator[Reckoned]:
    """How far the first and last year of each series are apart; else two figures of one year and one row.

    ``of_names``: two amounts are told apart, in each year ("lo comprometido y lo pagado en 2024 y 2025").
    """
    pairs = [(one.figures[0], one.figures[-1]) for one in series if len(one.figures) > 1]
    if of_names and (apart := _apart_each_year(series)):
        pairs = apart
    if not pairs:
        pairs = [
            (first.figures[0], second.figures[0])
            for at, first in enumerate(series)
            for second in series[at + 1 :]
            if _may_be_subtracted(first.figures[0], second.figures[0])
        ][:1]
    for before, after in pairs:
        if before.value is None or after.value is None:
            continue
        high, low = (before, after) if before.value > after.value else (after, before)
        value = abs(after.value - before.value)
        yield Reckoned("difference_of_figures", (before, after), _shown(value, high), value,
                       f"{_term(high)} − {_term(low)}")  # fmt: skip
        if percent and before.value:
            change = (value / before.value * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
            terms = f"({_term(high)} − {_term(low)}) ÷ {_term(before)} × 100"
            yield Reckoned("change_of_figures", (before, after), f"{format_es(change)} %", change, terms)


def _apart_each_year(series: Sequence[Series]) -> list[tuple[Stated, Stated]]:
    """The two amounts of each year that the first row which states both tells apart."""
    for at, first in enumerate(series):
        for second in series[at + 1 :]:
            if first.figures[0].name == second.figures[0].name:
                continue
            pairs = [
                (one, other)
                for one in first.figures
                for other in second.figures
                if _may_be_subtracted(one, other) and one.source == other.source
            ]
            if pairs:
                return pairs
    return []


def _may_be_subtracted(one: Stated, other: Stated) -> bool:
    return one.year == other.year and one.is_money == other.is_money and one.item is other.item


# of a whole -----------------------------------------------------------------------------------------------------------
def parts_of_money(series: Sequence[Series], measure: Measure) -> Iterator[Reckoned]:
    """What is missing of an amount of each year, or which share of it another is."""
    reckoning = measure.reckoning
    figures = [said for one in series for said in one.figures]
    for said in (said for said in figures if said.name == reckoning.there):
        of = _beside(said, reckoning.of, figures)
        if of is None or of.value is None or said.value is None:
            continue
        if reckoning.kind == "missing":
            value = of.value - said.value
            yield Reckoned("missing_money", (of, said), pesos(value), value, f"{_term(of)} − {_term(said)}")
        elif of.value:
            value = (said.value / of.value * _HUNDRED).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
            yield Reckoned("share_of_money", (said, of), f"{format_es(value)} %", value,
                           f"{_term(said)} ÷ {_term(of)} × 100")  # fmt: skip


def shares_of_sources(series: Sequence[Series]) -> Iterator[Reckoned]:
    """Which share of an amount of each year comes from each source of funding that is told."""
    figures = [said for one in series for said in one.figures]
    for said in (said for said in figures if said.source is not None and said.value):
        alike = (one for one in figures if one.source is None and (one.name, one.year) == (said.name, said.year))
        of = next((one for one in alike if one.item is said.item and one.value), None)
        if of is not None and said.value is not None and of.value is not None:
            value = (said.value / of.value * _HUNDRED).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
            yield Reckoned("share_of_money", (said, of), f"{format_es(value)} %", value,
                           f"{_term(said)} ÷ {_term(of)} × 100")  # fmt: skip


def missing_of_years(series: Sequence[Series]) -> Iterator[Reckoned]:
    """What is missing to the target of each year: programmed less reached."""
    figures = [said for one in series for said in one.figures]
    for said in (said for said in figures if said.name == "progress"):
        target = _beside(said, "programmed", figures)
        if target is None or target.value is None or said.value is None:
            continue
        value = target.value - said.value
        sentence = "missing_of_year" if value > 0 else "year_reached"
        yield Reckoned(sentence, (target, said), _shown(abs(value), said), value, f"{_term(target)} − {_term(said)}")


def _beside(said: Stated, name: str | None, figures: Sequence[Stated]) -> Stated | None:
    """The figure of that name for the same year: of the same row, else of another that states it."""
    of_year = [one for one in figures if one.name == name and one.year == said.year]
    return next((one for one in of_year if one.item is said.item), of_year[0] if of_year else None)


def missing_of_term(item: Item, measure: Measure, corpus: Corpus) -> Reckoned | None:
    """What is missing to the target of the term, by what was reached last or altogether; None where nobody can tell."""
    for one in group_of(item, measure, corpus):
        row = one.row
        if row is None:
            continue
        standing = corpus.standing(row)
        target, reached = standing.target, standing.progress
        if target is None or reached is None or target.value is None or reached.value is None or standing.shared_codes:
            continue
        if (target.unit == "%") != (reached.unit == "%"):
            continue
        telling = next((corpus.by_id[id] for id in standing.row_ids if id in corpus.by_id), one)
        down = telling.row is not None and _meaning(telling, corpus) == "down"
        value = reached.value - target.value if down else target.value - reached.value
        high, low = (reached, target) if down else (target, reached)
        terms = f"{format_es(high.value or Decimal(0))} − {_summed(standing.progress_terms, low.value)}"
        figures = (
            Stated(telling, "programmed", target.text, target.value),
            Stated(telling, "progress", reached.text, reached.value, standing.year, terms=standing.progress_terms),
        )
        sentence = "missing_of_term" if value > 0 else "term_reached"
        return Reckoned(sentence, figures, format_es(abs(value)), value, terms)
    return None


def _summed(terms: str | None, value: Decimal | None) -> str:
    return f"({terms})" if terms is not None and value is not None else format_es(value or Decimal(0))


def _shown(value: Decimal, like: Stated) -> str:
    return pesos(value) if like.is_money else format_es(value)


def _term(said: Stated) -> str:
    return format_es(said.value or Decimal(0))


# over documents -------------------------------------------------------------------------------------------------------
def agreement(item: Item, measure: Measure, years: Sequence[int], corpus: Corpus) -> Reckoned | None:
    """Whether the documents that state the figures asked for state the same; None when only one states them."""
    by_key: dict[tuple[object, ...], list[Stated]] = {}
    for part in parts_of(measure):
        for one in group_of(item, part, corpus):
            for said in stated_by(one, part, years, corpus):
                by_key.setdefault((said.name, said.year, said.source), []).append(said)
    several = [said for said in by_key.values() if len({one.item.document.document_id for one in said}) > 1]
    if not several:
        return None
    differing = [said for said in several if len({one.value for one in said}) > 1]
    return Reckoned("documents_differ" if differing else "documents_agree", tuple((differing or several)[0]))
