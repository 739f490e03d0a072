"""Figures of years and of money as sentences: of one row, of the rows under a bar or in order, and added up.

The first line says what was asked; a cell that the row's quote leaves out is added to its citation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Answer
from assistant.compose_sets import MOST_CITED, cite_filter
from assistant.corpus import Corpus, Item
from assistant.draft import Draft, Url, prove
from assistant.measured import Stated, agreeing, percent_terms, pesos, short, shown, stated, years_of
from assistant.measured_sets import Ranked, Total
from assistant.measures import ALL_BUT, Measure
from assistant.phrases import Phrases, phrases
from assistant.query import Field, Query
from assistant.sets import describe
from ingest.figures import format_es

#: Cells of a row that are told when they are asked for beside its figures.
_ASKED_BESIDE = frozenset(("ods", "dependency", "strategic_line", "component", "purpose"))
_ALL = Decimal(100)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TERM_YEARS = 4
_MOST_SHOWN = 10
_MOST_LISTED = 60
_MOST_LINES = 12


def compose_measured(query: Query, items: Sequence[Item], corpus: Corpus, url: Url) -> Answer | None:
    """What the rows state of the measure asked for; None when none of them states anything."""
    say = phrases(query.language)
    draft = Draft(url)
    for item in items:
        _row(query, item, corpus, draft, say)
    return draft.finish("answered") if draft.lines else None


def compose_measured_set(query: Query, found: Sequence[Ranked], silent: int, terms: dict[str, str], url: Url) -> Answer:
    """The rows that a bar lets through or an order puts first, with their number; ``silent`` rows say nothing of it."""
    say = phrases(query.language)
    draft = Draft(url)
    measure = query.measure or Measure()
    shown = _shown(query, found, measure)
    where = _where(query)
    if measure.order is not None or query.kind == "ranking":
        noun = say.sentences["noun_rows"]
        mark = _proof(query, terms, len(found), draft) if len(found) > len(shown) else ""
        draft.say(say.say("ranked_head", count=str(len(found)), noun=noun, where=where, mark=mark))
    else:
        draft.say(say.say("bar_head", count=str(len(found)), noun=_noun(len(found), say), where=where,
                          value=_bar(measure, say)))  # fmt: skip
    prove(str(len(found)), len(found), f"{len(found)} filas", draft)
    if query.kind == "count" and len(found) > MOST_CITED:
        shown = ()
    for ranked in shown:
        draft.say(_ranked_line(ranked, draft, say))
    if len(shown) < len(found) and measure.order is None:
        address = cite_filter(query, terms, len(found), draft)
        draft.say(say.say("set_rest" if shown else "set_all", count=str(len(found) - len(shown)), url=address))
        prove(str(len(found) - len(shown)), len(found) - len(shown), f"{len(found)} − {len(shown)} filas", draft)
    _say_ties(found, shown, terms, draft, say)
    if silent:
        mark = draft.cite_count({**terms, "share": "none"}, silent)
        draft.say(say.say("rows_without_share", count=str(silent), mark=mark))
        prove(str(silent), silent, f"{silent} filas", draft)
    return draft.finish("answered")


def compose_totals(query: Query, found: Sequence[Total], terms: dict[str, str], url: Url) -> Answer:
    """Amounts added up over all rows of the filters, one line for each document, amount and year."""
    say = phrases(query.language)
    draft = Draft(url)
    where = _where(query) or " · ".join(query.filters.entities)
    for total in found:
        first, count = total.parts[0], len(total.parts)
        text = pesos(total.value)
        if count <= MOST_CITED:
            for part in total.parts:
                draft.quote_cell(part.item, part.cell)
            mark = draft.mark(*(part.item for part in total.parts))
            derivation = " + ".join(format_es(part.value or Decimal(0)) for part in total.parts)
        else:
            cite_filter(query, terms, count, draft, first.item.document.name)
            mark, derivation = f"[{len(draft.citations)}]", f"{count} filas"
        draft.say(
            say.say("money_total", metric=label(first, say), where=where, figure=text, count=str(count),
                    title=first.item.document.title, mark=mark)
        )  # fmt: skip
        prove(text, _number(total.value), derivation, draft)
        prove(str(count), count, f"{count} filas", draft)
    return draft.finish("answered")


# one row --------------------------------------------------------------------------------------------------------------
def _row(query: Query, item: Item, corpus: Corpus, draft: Draft, say: Phrases) -> None:
    row, measure = item.row, query.measure
    if row is None or measure is None:
        return
    years = years_of(query.asked)
    found: list[Stated] = []
    for part in parts_of(measure):
        found += stated(item, part, years, corpus)
    told = _distinct(found, measure)[:_MOST_LINES]
    if not told:
        return
    name = row.indicator or row.step("product") or row.programme or item.document.title
    for at, said in enumerate(told):
        draft.quote_cell(said.item, said.cell)
        same = agreeing(said, item, _asked_of(said, measure), years, corpus)
        sentence = "measure_first" if at == 0 else "measure_more"
        differing = _other_title(said, told)
        draft.say(say.say(sentence, indicator=name, metric=label(said, say), figure=said.text, title=differing,
                          mark=draft.mark(*same)))  # fmt: skip
        if said.terms is not None:
            cited = [draft.cite(said.item)]
            prove(said.text, _number(said.value), said.terms, draft, cited)
    for name in query.fields:
        _field(name, item, corpus, draft, say)
    _details(item, told, draft, say)


def _field(name: Field, item: Item, corpus: Corpus, draft: Draft, say: Phrases) -> None:
    """A cell of the row that was asked for beside its figures ("¿a qué ODS le apunta y cómo va?")."""
    for one in (item, *(corpus.by_id[row.row_id] for row in item.joined)):
        value = getattr(one.row, name) if name in _ASKED_BESIDE else None
        if one.row is not None and value:
            draft.say(say.say(name, indicator=one.row.indicator, mark=draft.mark(one), **{name: value}))
            return


def parts_of(measure: Measure) -> list[Measure]:
    """Things and money apart, when a question asks for both ("cuántas se mejoraron y cuánto se pagó")."""
    if measure.both:
        return [replace(measure, money=False), measure]
    if not measure.money or "progress" not in measure.aspects or "percent" in measure.aspects:
        return [measure]
    things = Measure(aspects=tuple(aspect for aspect in measure.aspects if aspect != "programmed"))
    return [things, measure]


def _asked_of(said: Stated, measure: Measure) -> Measure:
    return next((part for part in parts_of(measure) if part.money == said.is_money), measure)


def _distinct(found: Sequence[Stated], measure: Measure) -> list[Stated]:
    """The figures in the order of the years, each once; a share before what it is of only where it was asked for."""
    seen: dict[tuple[object, ...], Stated] = {}
    for said in found:
        seen.setdefault((said.name, said.year, said.source, said.value), said)
    order = ("percent", "progress") if "percent" in measure.aspects else ("progress", "percent")
    return sorted(
        seen.values(),
        key=lambda said: (
            said.is_money != (measure.both and bool(measure.items)),
            said.year or 0,
            order.index(said.name) if said.name in order else 9,
        ),
    )


def _other_title(said: Stated, told: Sequence[Stated]) -> str | None:
    """The title of a figure's document, when another document states another figure for the same."""
    rivals = [one for one in told if (one.name, one.year, one.source) == (said.name, said.year, said.source)]
    return f" ({said.item.document.title})" if len(rivals) > 1 else None


def _details(item: Item, told: Sequence[Stated], draft: Draft, say: Phrases) -> None:
    """What matters of the row beside: its target, its unit, its programme, its document, and codes it shares."""
    row = item.row
    if row is None:
        return
    if not all(said.is_money for said in told):
        if row.target is not None and row.target.text:
            text = shown(row.target, row).rstrip(" .")
            draft.say(say.say("detail_target", target=f"{text} {draft.mark(item)}"))
        if row.unit:
            draft.say(say.say("detail_unit", unit=row.unit))
    if row.programme:
        draft.say(say.say("detail_programme", programme=row.programme))
    for one in {said.item.document.document_id: said.item for said in told}.values():
        title = one.document.title
        draft.say(say.say("detail_document", title=title, entity=one.entity or "", period=one.period or ""))
    for said in told:
        codes = said.item.row.codes.get("sispt", "") if said.item.row is not None and said.item is not item else ""
        if "," in codes:
            draft.say(say.say("shared_codes", text=codes))
            break


def label(said: Stated, say: Phrases) -> str:
    """What a figure is called: 'avance de 2025', 'pagos de 2024 (SGP salud)'."""
    if said.name == "progress" and said.year is None and said.item.row is not None and said.item.row.metric:
        return said.item.row.metric.lower()
    name = say.measures[said.name]
    period = str(said.year) if said.year else _shorter_period(said.item)
    text = say.say("of_year" if period else "of_term", metric=name, period=period)
    return f"{text} ({said.source})" if said.source else text


def _shorter_period(item: Item) -> str:
    """The period that an item's document reports on when it is no whole term of four years, else nothing."""
    years = [int(year) for year in _YEAR.findall(item.period or "")]
    return "" if not years or years[-1] - years[0] >= _TERM_YEARS - 1 else item.period or ""


# sets -----------------------------------------------------------------------------------------------------------------
def _shown(query: Query, found: Sequence[Ranked], measure: Measure) -> Sequence[Ranked]:
    if measure.order is not None or query.kind == "ranking":
        return found[: measure.top or _MOST_SHOWN]
    return found[: _MOST_SHOWN if len(found) > MOST_CITED else _MOST_LISTED]


def _ranked_line(ranked: Ranked, draft: Draft, say: Phrases) -> str:
    item = ranked.item
    row = item.row
    name = (row.indicator or row.step("product") or row.programme or "") if row is not None else ""
    if ranked.amount is not None:
        draft.quote_cell(item, ranked.amount.cell)
        return say.say("ranked_row", indicator=name.rstrip(" ."), figure=ranked.amount.text,
                       metric=label(ranked.amount, say), mark=draft.mark(item))  # fmt: skip
    share = ranked.share
    if share is None:
        return ""
    draft.quote_cell(item, share.cell)
    terms = share.terms or percent_terms(share.percent, share.cell)
    if terms is not None:
        prove(share.text, _number(share.percent), terms, draft, [draft.cite(item)])
    metric = say.say("of_year" if share.year else "of_term", metric=say.measures["percent"], period=str(share.year))
    return say.say("ranked_row", indicator=name.rstrip(" ."), figure=share.text, metric=metric, mark=draft.mark(item))


def _proof(query: Query, terms: dict[str, str], count: int, draft: Draft) -> str:
    """The mark of the filter that proves a count, after a space."""
    cite_filter(query, terms, count, draft)
    return f" [{len(draft.citations)}]"


def _say_ties(
    found: Sequence[Ranked], shown: Sequence[Ranked], terms: dict[str, str], draft: Draft, say: Phrases
) -> None:
    """How many rows are as far as the last one shown, when not all of them are."""
    if not shown or len(shown) == len(found):
        return
    last = shown[-1].value
    ties = sum(one.value == last for one in found)
    if ties > sum(one.value == last for one in shown) and shown[-1].share is not None:
        share = f"{short(last)} %"
        draft.say(
            say.say("ranked_ties", count=str(ties), value=share, mark=draft.cite_count({**terms, "share": share}, ties))
        )
        prove(str(ties), ties, f"{ties} filas", draft)


def _bar(measure: Measure, say: Phrases) -> str:
    bound = measure.bound
    if bound is None:
        return ""
    share = _ALL if bound.share == ALL_BUT else bound.share
    return say.say("bar_done" if share is _ALL else f"bar_{bound.side}", value=f"{short(share)} %")


def _where(query: Query) -> str:
    parts = [describe(query.filters), *query.filters.sectors[:1], *query.filters.entities]
    years = ", ".join(map(str, years_of(query.asked)))
    text = " · ".join(dict.fromkeys(part for part in (*parts, years) if part))
    return f" — {text}" if text else ""


def _noun(count: int, say: Phrases) -> str:
    return say.sentences["noun_row" if count == 1 else "noun_rows"]


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
