"""What was computed over the figures of reports and letters: the result first, then what it is computed of."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.composing.compose_facts import add_facts
from assistant.composing.compose_premise import say_way_gone, say_whether_reached
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import Phrases, phrases
from assistant.evidence.together import is_same_measure
from assistant.figures.arithmetic import Computed
from assistant.figures.computation import Computation, Entry
from assistant.figures.premise import asks_whether_done
from assistant.question.query import Query

_PAIR = 2


def compose_computation(query: Query, found: Computation, url: Url) -> Answer:
    """The answer to a question that asks for a computation or an order."""
    say = phrases(query.language)
    draft = Draft(url)
    if found.result is not None:
        _plain_word(query, found, draft, say)
        for one in (found, *found.sums):
            _result(one, draft, say)
        if found.further is not None:
            draft.say(say.say("change_over_time", value=found.further.text, terms=found.further.derivation))
            _prove(found.further, [draft.cite(item) for item in found.items], draft)
        told = {item.item_id: item for one in (found, *found.sums) for item in (*one.items, *one.printed)}
        add_facts(query, list(told.values()), draft, say)
    elif found.operation == "order":
        _ordered(found, draft, say)
    else:
        _changes(found, draft, say)
    return draft.finish("answered")


def _plain_word(query: Query, found: Computation, draft: Draft, say: Phrases) -> None:
    """Yes, no or which way, where the question asks for that beside the figure."""
    if len(found.items) != _PAIR:
        return
    first, last = found.items
    if found.operation == "missing" and asks_whether_done(query.text):
        say_whether_reached(first, last, draft, say)
    elif found.operation in ("growth", "fall") or (found.operation == "difference" and is_same_measure(first, last)):
        say_way_gone(query, first, last, draft, say)


def _result(found: Computation, draft: Draft, say: Phrases) -> None:
    if found.result is None:
        return
    sentence = "computed_sum_of" if found.metric and found.operation == "sum" else f"computed_{found.operation}"
    if found.operation in ("growth", "fall"):
        sentence = "told_growth" if found.operation == "growth" else "told_fall"
    mark, result = draft.mark(*found.items), found.result
    draft.say(say.say(sentence, metric=found.metric, value=result.text, terms=result.derivation, mark=mark))
    _prove(result, [draft.cite(item) for item in found.items], draft)


def _ordered(found: Computation, draft: Draft, say: Phrases) -> None:
    is_up = len(found.entries) > 1 and found.entries[0].value < found.entries[-1].value
    draft.say(say.say("order_head_up" if is_up else "order_head", metric=found.metric))
    for entry in found.entries:
        draft.say(say.say("order_entry", text=entry.name, value=entry.text, mark=draft.mark(*entry.items)))


def _changes(found: Computation, draft: Draft, say: Phrases) -> None:
    """Which entry grew or fell most, then each of the others."""
    first = found.entries[0]
    if (first.value > 0) == (found.operation == "growth") and first.value:
        _change(f"computed_{found.operation}", first, draft, say)
        rest = found.entries[1:]
    else:
        draft.say(say.say("none_grew" if found.operation == "growth" else "none_fell"))
        rest = found.entries
    for entry in rest:
        _change("entry_up" if entry.value >= 0 else "entry_down", entry, draft, say)


def _change(sentence: str, entry: Entry, draft: Draft, say: Phrases) -> None:
    if entry.computed is None:
        return
    mark = draft.mark(*entry.items)
    draft.say(say.say(sentence, text=entry.name, value=entry.text, terms=entry.computed.derivation, mark=mark))
    _prove(entry.computed, [draft.cite(item) for item in entry.items], draft)


def _prove(result: Computed, citations: list[int], draft: Draft) -> None:
    """Keep a computed figure with its terms."""
    value = int(result.value) if result.value == result.value.to_integral_value() else float(result.value)
    prove(result.text, value, result.derivation, draft, citations)
