"""Questions that say what is asked and of nothing: "¿Cuánto se ejecutó?", "¿qué porcentaje lleva?".

No total answers them: which territory and which programme is meant has to be asked back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.composing.draft import Draft, Url
from assistant.composing.phrases import phrases
from assistant.corpus.bars import LIGHT
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.choices import ToChoose, name_of
from assistant.evidence.fields import holds
from assistant.question.asks import asks_for, load_asks
from assistant.question.query import Field, Filters, Query

#: With fewer things to choose from nothing is asked back; of more, the first ones are named.
_FEWEST, _MOST = 2, 8
#: What is asked of rows by a name: things that have it are offered.
_OF_ROWS = frozenset(("target", "baseline", "source", "ods", "dependency", "programme", "component"))
_OF_A_VALUE = frozenset(("value", "percent_change", "difference"))


def names_nothing(query: Query) -> bool:
    """Whether a question says but what it asks ("¿Cuánto se ejecutó?"): of no thing, territory, time or set of rows."""
    filters, asks = query.filters, load_asks()
    narrowed = replace(filters, unknown_entity=None, unknown_period=None) != Filters()
    if asks_for(query.text, "of_letter"):
        return False
    if query.before or query.kept_rows or narrowed or query.asked or query.set_nouns or query.kind not in _OF_A_VALUE:
        return False
    if filters.unknown_entity or filters.unknown_period or query.numbers or not (query.terms or query.fields):
        return False
    return all(
        (term.weight <= LIGHT and term.known) or asks.bare_stems.issuperset(term.text.split()) for term in query.terms
    )


def things_meant(query: Query, corpus: Corpus) -> tuple[ToChoose, ...]:
    """The documents that tell what is asked of anything, or what the only one of them tells it of; () for one thing."""
    named: Field | None = next((name for name in query.fields if name in _OF_ROWS), None)
    field: Field = "budget" if _asks_for_money(query) else named or "progress"
    rows = [item for item in corpus.rows if holds(item, field)]
    documents: dict[tuple[str, str | None, str | None], Item] = {}
    for item in rows:
        key = (item.document.title, item.entity, item.period)
        if key not in documents or _called(item, query) > _called(documents[key], query):
            documents[key] = item
    things = [ToChoose(title, (item,)) for (title, _, _), item in documents.items()]
    if len(things) < _FEWEST:
        subjects = {_of(item): item for item in reversed(rows)}
        things = [ToChoose(name, (item,)) for name, item in reversed(subjects.items())]
    return tuple(things[:_MOST]) if len(things) >= _FEWEST else ()


def compose_of_what(query: Query, things: Sequence[ToChoose], url: Url) -> Answer:
    """Asks back of what, with a row of each thing that it may be."""
    say = phrases(query.language)
    draft = Draft(url)
    draft.say(say.say("clarify_of_what"))
    for thing in things:
        first = thing.items[0]
        line = say.say("choice", indicator=thing.short, entity=first.entity, period=first.period,
                       mark=draft.mark(first))  # fmt: skip
        draft.say(f"- {line}")
        entity = f" — {first.entity}" if first.entity else ""
        draft.suggestions.append(say.say("suggestion", indicator=query.text, entity=entity))
    return draft.finish("clarify")


def _called(item: Item, query: Query) -> int:
    """How many of the words of a question a row is called by ("meta del *cuatrienio*")."""
    return len(item.own & query.stems)


def _of(item: Item) -> str:
    row = item.row
    return (row.programme or row.indicator if row is not None else None) or name_of(item)


def _asks_for_money(query: Query) -> bool:
    of_column = any(stem in load_asks().columns_by_stem for term in query.terms for stem in term.text.split())
    return query.asks("budget") or of_column or (query.measure is not None and query.measure.money)
