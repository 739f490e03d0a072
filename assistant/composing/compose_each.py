"""What each office says, side by side: the plain answer whether it is the same, then each set with its count."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.composing.compose_sets import MOST_CITED, cite_filter, noun_of_rows, row_line
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import phrases
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.sets.each import OfficeSet, same_sets, shared
from assistant.sets.sets import describe


def compose_each(query: Query, found: Sequence[OfficeSet], url: Url) -> Answer:
    """The answer to a question about a set of which several offices have rows; compared where it asks for that."""
    say = phrases(query.language)
    draft = Draft(url)
    compares = asks_for(query.text, "each") or asks_for(query.text, "same")
    if compares:
        draft.say(say.say("each_same" if same_sets(found) else "each_differs"))
    for one in found:
        rows = one.rows.distinct
        where = describe(one.filters)
        prove(str(len(rows)), len(rows), f"{len(rows)} filas", draft)
        draft.say(say.say("set_head", count=str(len(rows)), noun=noun_of_rows(len(rows), say), where=f" — {where}"))
        if len(one.rows.items) > MOST_CITED:
            draft.say(say.say("set_all", url=cite_filter(query, one.rows.terms, len(one.rows.items), draft)))
            continue
        for item in rows:
            draft.say(row_line(item, (), draft, say))
    if compares and not same_sets(found):
        count = shared(found)
        draft.say(say.say("each_shared", count=str(count)))
        prove(str(count), count, f"{count} filas", draft)
    return draft.finish("answered")
