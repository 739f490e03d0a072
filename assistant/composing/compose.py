"""Query and choice to an answer in Spanish (or English around the Spanish cells), composed from the rows alone.

Every cell comes in verbatim. The first sentence says what was asked; then what matters of the row: baseline, source,
programme, office, document, and what the reader of the row was unsure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Status
from assistant.composing.agreement import say_agreement, say_other_names, with_copies
from assistant.composing.compose_aims import add_worked_out, tells_what_is_missing
from assistant.composing.compose_facts import add_facts
from assistant.composing.compose_figures import add_arithmetic, add_change_over_time, add_sums, add_unspent
from assistant.composing.compose_premise import say_premise
from assistant.composing.compose_ratios import add_ratios
from assistant.composing.compose_rows import add_rows
from assistant.composing.draft import Draft, Url
from assistant.composing.phrases import Phrases, phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.choices import name_of, to_choose
from assistant.evidence.choose import Choice
from assistant.evidence.fields import UNTOLD, holds, is_indicator_row
from assistant.question.query import Query

_DIGIT = re.compile(r"\d")


def compose(query: Query, choice: Choice, corpus: Corpus, url: Url) -> Answer:
    """The answer to a question about a value."""
    say = phrases(query.language)
    draft = Draft(url)
    if choice.verdict == "answer":
        _answer(query, choice, corpus, draft, say)
        return draft.finish("answered")
    if choice.verdict == "clarify":
        return _clarify(choice, draft, say)
    return _not_found(query, choice, corpus, draft, say)


def fixed(query: Query, name: str, status: Status, **parts: str) -> Answer:
    """An answer of one fixed sentence."""
    return Answer(status=status, answer=phrases(query.language).say(name, **parts))


def _answer(query: Query, choice: Choice, corpus: Corpus, draft: Draft, say: Phrases) -> None:
    items = with_copies(query, [found.item for found in choice.items], corpus)
    say_premise(query, items, draft, say)
    plan = [item for item in items if is_indicator_row(item.row)]
    say_agreement(query, items, corpus, draft, say)
    told = add_rows(query, plan, corpus, draft, say)
    say_other_names(query, told, corpus, draft, say)
    if "contrast" not in query.aims and not tells_what_is_missing(query, told, corpus):
        add_arithmetic(query, told, len(plan) > len(told), draft, say)
    add_ratios(query, told, draft, say)
    facts = [item for item in items if not is_indicator_row(item.row)]
    add_facts(query, facts, draft, say)
    add_sums(query, facts, draft, say)
    add_unspent(query, facts, draft, say)
    add_change_over_time(query, facts, draft, say)
    add_worked_out(query, told, facts, corpus, draft, say)
    _untold(query, items, draft, say)


def _untold(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Say which detail asked for beside the rest nothing told says ("¿cuántas y *en qué barrios*?")."""
    for name in query.fields:
        if name in UNTOLD and not any(holds(item, name) for item in items):
            draft.say(say.say("untold", field=say.field(name)))


# saying no, asking back -----------------------------------------------------------------------------------------------
def _not_found(query: Query, choice: Choice, corpus: Corpus, draft: Draft, say: Phrases) -> Answer:
    named = name_of(choice.near[0].item) if choice.near else ""
    # A figure in a name ("Formar a 30 …") is of no row that is cited here.
    if choice.verdict == "no_field" and choice.field is not None and named and not _DIGIT.search(named):
        draft.say(say.say("not_found_field", field=say.field(choice.field), indicator=named))
    else:
        draft.say(say.say("not_found"))
    draft.suggestions += [suggestion(found.item, say) for found in choice.near]
    if draft.suggestions:
        draft.say(say.say("not_found_nearest"))
    return draft.finish("not_found")


def _clarify(choice: Choice, draft: Draft, say: Phrases) -> Answer:
    draft.say(say.say("clarify"))
    for one in to_choose([found.item for found in choice.items]):
        first = one.items[0]
        line = say.say("choice", indicator=one.short, entity=first.entity, period=first.period,
                       mark=draft.mark(*one.items))  # fmt: skip
        draft.say(f"- {line}")
        draft.suggestions.append(suggestion(first, say))
    return draft.finish("clarify")


def suggestion(item: Item, say: Phrases) -> str:
    """A row as a suggestion: its name and entity, without figures of its own."""
    entity = f" — {item.entity}" if item.entity else ""
    return say.say("suggestion", indicator=name_of(item), entity=entity)
