"""Figures of years and of money as sentences, of one row after the other.

The first line says what was asked; a cell that the row's quote leaves out is added to its citation.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.composing.compose_reckoned import is_said_in_order, reckoned, say_reckoned
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.labels import capital, label, number
from assistant.composing.phrases import Phrases, phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.figures.measured import agreeing, stated, years_for
from assistant.figures.reckon import parts_of
from assistant.figures.stated import Stated, shown
from assistant.question.measures import Measure
from assistant.question.query import Field, Query

#: Cells of a row that are told when they are asked for beside its figures.
_ASKED_BESIDE = frozenset(("ods", "dependency", "strategic_line", "component", "purpose", "accumulation", "unit"))
_MOST_LINES = 12


def compose_measured(query: Query, items: Sequence[Item], corpus: Corpus, url: Url) -> Answer | None:
    """What the rows state of the measure asked for; None when none of them states anything."""
    say = phrases(query.language)
    draft = Draft(url)
    several = len({item.entity for item in items}) > 1
    for item in items:
        if several and item.entity:
            draft.say(say.say("facts_head", subject=item.entity))
        _row(query, item, corpus, draft, say)
    return draft.finish("answered") if draft.lines else None


# one row --------------------------------------------------------------------------------------------------------------
def _row(query: Query, item: Item, corpus: Corpus, draft: Draft, say: Phrases) -> None:
    row, measure = item.row, query.measure
    if row is None or measure is None:
        return
    years = years_for(item, measure, query.asked, corpus)
    found: list[Stated] = []
    for part in parts_of(measure):
        found += stated(item, part, years, corpus)
    told = _distinct(found, measure)[:_MOST_LINES]
    if not told:
        return
    name = row.indicator or row.step("product") or row.programme or item.document.title
    before, after = reckoned(query, item, years, corpus)
    for result in before:
        say_reckoned(result, name, draft, say)
    for at, said in enumerate(told if not is_said_in_order(measure) else ()):
        draft.quote_cell(said.item, said.cell)
        same = agreeing(said, item, _asked_of(said, measure), years, corpus)
        sentence = "measure_first" if at == 0 and not before else "measure_more"
        text = label(said, say)
        draft.say(say.say(sentence, indicator=name, metric=text if sentence == "measure_first" else capital(text),
                          figure=said.text, title=_other_title(said, told), mark=draft.mark(*same)))  # fmt: skip
        if said.terms is not None:
            cited = [draft.cite(said.item)]
            prove(said.text, number(said.value), said.terms, draft, cited)
    for result in after:
        say_reckoned(result, name, draft, say)
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
    documents = list({said.item.document.document_id: said.item for said in told}.values())
    name = "detail_document" if len(documents) == 1 else "detail_documents"
    titles = "; ".join(dict.fromkeys(one.document.title for one in documents))
    draft.say(say.say(name, title=titles, entity=item.entity or "", period=item.period or ""))
    for said in told:
        codes = said.item.row.codes.get("sispt", "") if said.item.row is not None and said.item is not item else ""
        if "," in codes:
            draft.say(say.say("shared_codes", text=codes))
            break
