"""Rows by how far they are or by their money as an answer: under a bar, in order, or added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Answer
from assistant.composing.compose_sets import MOST_CITED, cite_filter
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.labels import capital, label, number
from assistant.composing.phrases import Phrases, phrases
from assistant.corpus.corpus import Item
from assistant.figures.measured import years_of
from assistant.figures.stated import percent_terms, pesos, short
from assistant.question.bounds import ALL_BUT
from assistant.question.measures import Measure
from assistant.question.query import Query
from assistant.sets.measured_sets import Ranked, Total
from assistant.sets.sets import describe
from ingest.figures import format_es

_ALL = Decimal(100)
_MOST_SHOWN = 10
_MOST_LISTED = 60


def compose_measured_set(query: Query, found: Sequence[Ranked], silent: int, terms: dict[str, str], url: Url) -> Answer:
    """The rows that a bar lets through or an order puts first, with their number; ``silent`` rows say nothing of it."""
    say = phrases(query.language)
    draft = Draft(url)
    measure = query.measure or Measure()
    shown = _shown(query, found, measure)
    where = _where(query, [ranked.item for ranked in found])
    if measure.order is not None or query.kind == "ranking":
        # What proves an order is the rows at its end; how many there are is counted, and no row of it is stated.
        noun = say.sentences["noun_rows"]
        draft.say(say.say("ranked_head", count=str(len(found)), noun=noun, where=where,
                          text=_order(query, shown, say)))  # fmt: skip
        prove(str(len(shown)), len(shown), f"{len(shown)} filas", draft)
    else:
        draft.say(say.say("bar_head", count=str(len(found)), noun=_noun(len(found), say), where=where,
                          value=_bar(measure, say)))  # fmt: skip
    prove(str(len(found)), len(found), f"{len(found)} filas", draft)
    _prove_bar(measure, draft)
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
    for total in found:
        first, count = total.parts[0], len(total.parts)
        where = _where(replace(query, asked=()), [part.item for part in total.parts])
        text = pesos(total.value)
        cited = total.parts if count <= MOST_CITED else total.parts[:1]
        for part in cited:
            draft.quote_cell(part.item, part.cell)
        mark = draft.mark(*(part.item for part in cited))
        if count <= MOST_CITED:
            derivation = " + ".join(format_es(part.value or Decimal(0)) for part in total.parts)
        else:
            cite_filter(query, terms, count, draft, first.item.document.name)
            mark, derivation = f"[{len(draft.citations)}]{mark}", f"{count} filas"
        draft.say(
            say.say("money_total", metric=capital(label(first, say)), where=where, figure=text, count=str(count),
                    title=first.item.document.title, mark=mark)
        )  # fmt: skip
        prove(text, number(total.value), derivation, draft)
        if first.year is not None and not any(str(first.year) in part.cell for part in cited):
            prove(str(first.year), first.year, f"columna de {first.year}", draft)
        prove(str(count), count, f"{count} filas", draft)
    return draft.finish("answered")


def compose_which_entity(query: Query, found: Sequence[Item], terms: dict[str, str], url: Url, noun: str) -> Answer:
    """Asks back of which territory the rows are to be, when those of several answer; each with the number of them."""
    say = phrases(query.language)
    draft = Draft(url)
    draft.say(say.say("clarify_entity"))
    for entity, count in sorted(Counter(item.entity or "" for item in found).items()):
        narrowed = replace(query, filters=replace(query.filters, entities=(entity,)))
        cite_filter(narrowed, {**terms, "entity": entity}, count, draft)
        draft.say(say.say("choice_entity", entity=entity, count=str(count), noun=say.sentences[noun],
                          mark=f"[{len(draft.citations)}]"))  # fmt: skip
        prove(str(count), count, f"{count} filas", draft)
        draft.suggestions.append(say.say("suggestion", indicator=query.text, entity=f" — {entity}"))
    return draft.finish("clarify")


def compose_none(query: Query, rows: Sequence[Item], terms: dict[str, str], url: Url) -> Answer:
    """No row passes the bar, of those that tell how far they are."""
    say = phrases(query.language)
    draft = Draft(url)
    cite_filter(query, terms, len(rows), draft)
    draft.say(say.say("bar_none", count=str(len(rows)), noun=_noun(len(rows), say), where=_where(query, rows),
                      value=_bar(query.measure or Measure(), say), mark=f"[{len(draft.citations)}]"))  # fmt: skip
    prove(str(len(rows)), len(rows), f"{len(rows)} filas", draft)
    _prove_bar(query.measure or Measure(), draft)
    return draft.finish("answered")


def _prove_bar(measure: Measure, draft: Draft) -> None:
    """Keep the bar of a question that says it in words ("cumplidas", "en cero")."""
    if measure.bound is not None:
        share = _ALL if measure.bound.share == ALL_BUT else measure.bound.share
        prove(f"{short(share)} %", number(share), f"{short(share)} % pedido", draft)


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
        prove(share.text, number(share.percent), terms, draft, [draft.cite(item)])
    metric = say.say("of_year" if share.year else "of_term", metric=say.measures["percent"], period=str(share.year))
    return say.say("ranked_row", indicator=name.rstrip(" ."), figure=share.text, metric=metric, mark=draft.mark(item))


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


def _where(query: Query, items: Sequence[Item]) -> str:
    """What the rows are of, in words: names of the filters as those rows print them, the territory, the years."""
    sector = next((item.row.step("sector") for item in items if item.row is not None), None)
    entities = dict.fromkeys(item.entity for item in items if item.entity)
    parts = [describe(query.filters), sector if query.filters.sectors else None, *entities]
    years = ", ".join(map(str, years_of(query.asked)))
    text = " · ".join(dict.fromkeys(part for part in (*parts, years) if part))
    return f" — {text}" if text else ""


def _order(query: Query, shown: Sequence[Ranked], say: Phrases) -> str:
    """Which rows of all are shown: "los 3 con menor avance"."""
    measure = query.measure or Measure()
    last = measure.order == "last" or (measure.order is None and "ranking_max" not in query.cues)
    amount = shown[0].amount if shown else None
    metric = label(amount, say) if amount is not None else say.sentences["of_progress"]
    return say.say("order_last" if last else "order_first", count=str(len(shown)), metric=metric)


def _noun(count: int, say: Phrases) -> str:
    return say.sentences["noun_row" if count == 1 else "noun_rows"]
