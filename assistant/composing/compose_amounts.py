"""Amounts that a question adds up itself, each as its row prints it, and that no document gives their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.composing.compose_facts import add_facts
from assistant.composing.draft import Draft, Url
from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Item
from assistant.question.query import Query


def compose_amounts(query: Query, items: Sequence[Item], url: Url) -> Answer:
    """The rows of the amounts and the notes beside them; the sum is not theirs and is not said."""
    say = phrases(query.language)
    draft = Draft(url)
    draft.say(say.say("amounts_not_added"))
    add_facts(replace(query, kind="value"), items, draft, say)
    return draft.finish("answered")
