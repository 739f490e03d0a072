"""What was computed over figures of years and of money as sentences, with the terms; each figure's cell is cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.draft import Draft, prove
from assistant.composing.labels import label, number
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.figures.measured import years_of
from assistant.figures.reckon import (
    Reckoned,
    agreement,
    differences,
    missing_of_term,
    missing_of_years,
    parts_of_money,
    series_of,
    shares_of_sources,
    sums,
    years_compared,
)
from assistant.figures.stated import Stated
from assistant.question.measures import Measure
from assistant.question.query import Query

_KINDS_OF_DIFFERENCE = frozenset(("difference", "percent_change"))


def is_said_in_order(measure: Measure) -> bool:
    """Whether what is computed says all figures itself, in its own order."""
    return measure.reckoning.kind in ("descending", "ascending")


def reckoned(query: Query, item: Item, years: Sequence[int], corpus: Corpus) -> tuple[list[Reckoned], list[Reckoned]]:
    """What the question wants computed over a row, to be said before its figures; and what only goes with them."""
    measure = query.measure or Measure()
    kind = measure.reckoning.kind
    if kind == "agree":
        found = agreement(item, measure, years, corpus)
        return ([found] if found is not None else []), []
    if kind == "missing" and not measure.money and not years:
        of_term = missing_of_term(item, measure, corpus)
        return ([of_term] if of_term is not None else []), []
    series = series_of(item, measure, years, corpus)
    if kind in ("most", "least", "descending", "ascending"):
        return list(years_compared(series, kind)), []
    if measure.whole:
        return [], list(shares_of_sources(series)) if kind == "share" else []
    if kind == "share" or (kind == "missing" and measure.reckoning.of is not None):
        return list(parts_of_money(series, measure)), []
    if kind == "missing":
        return list(missing_of_years(series)), []
    if kind == "difference" or _asks_for_change(query, measure) or (query.changes and len(years) > 1):
        of_names = len(measure.items) == 2
        return list(differences(series, percent=query.wants_percent, of_names=of_names)), []
    if kind == "sum" or query.kind == "sum":
        return list(sums(series, corpus, asked=True)), []
    several = len(years_of(query.asked)) > 1 and query.kind == "value"
    return [], list(sums(series, corpus, asked=False)) if several else []


def _asks_for_change(query: Query, measure: Measure) -> bool:
    """Whether a question asks how far figures are apart; "qué porcentaje se lleva" asks how far a row is."""
    return query.kind in _KINDS_OF_DIFFERENCE and (query.changes or "percent" not in measure.aspects)


def say_reckoned(result: Reckoned, name: str, draft: Draft, say: Phrases) -> None:
    """One result as a sentence, with the marks of the rows it is of."""
    for said in result.of:
        draft.quote_cell(said.item, said.cell)
        if said.terms is not None:
            prove(said.text, number(said.value), said.terms, draft, [draft.cite(said.item)])
    items = list({said.item.item_id: said.item for said in result.of}.values())
    first, last = result.of[0], result.of[-1]
    row = first.item.row
    parts = {
        "indicator": name,
        "metric": label(first, say) if result.sentence == "difference_of_figures" else _labels(result.of, say),
        "metric_name": say.measures[first.name],
        "subject": label(last, say),
        "value": result.text,
        "terms": result.terms,
        "figure": first.text,
        "target": first.text,
        "text": (row.accumulation if row is not None else None) or "",
        "noun": say.measures.get(f"un{first.name}", ""),
        "period": _years(result.of),
        "title": first.item.document.title,
        "mark": draft.mark(*items),
    }
    if result.sentence == "missing_money":
        parts["noun"] = say.measures[f"un{last.name}"]
    draft.say(say.say(result.sentence, **parts))
    if result.sentence in ("years_descending", "years_ascending"):
        for said in result.of:
            draft.say(say.say("year_in_order", period=str(said.year), figure=said.text, mark=draft.mark(said.item)))
    if result.value is not None:
        prove(result.text, number(result.value), result.terms, draft, [draft.cite(item) for item in items])


def _labels(figures: Sequence[Stated], say: Phrases) -> str:
    """What figures of several years are called together: 'pagos de 2024 y 2025'."""
    first = figures[0]
    years = _years(figures)
    if len(figures) < 2 or any(said.name != first.name for said in figures) or not years:
        return label(first, say)
    text = say.say("of_year", metric=say.measures[first.name], period=years)
    return f"{text} ({first.source})" if first.source else text


def _years(figures: Sequence[Stated]) -> str:
    """'2025', '2024 y 2025', '2024 a 2027'."""
    years = sorted({said.year for said in figures if said.year is not None})
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]} a {years[-1]}"
    head = ", ".join(map(str, years[:-1]))
    return f"{head} y {years[-1]}" if head else "".join(map(str, years))
