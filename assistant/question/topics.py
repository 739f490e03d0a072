"""What a question about a set says of its subject, beyond the names, kinds and states that are filters of it."""

from __future__ import annotations

from assistant.question.query import Query, Term

#: A subject that weighs no more tells nothing.
LEAST_TOPIC = 0.3


def without_topic(query: Query) -> bool:
    """Whether names, kinds and states say all that the question says of its subject."""
    return topic_weight(query) <= LEAST_TOPIC


def topic_weight(query: Query) -> float:
    """How much the subject tells."""
    return sum(term.weight for term in telling_topic(query))


def telling_topic(query: Query) -> list[Term]:
    """What of the subject tells rows apart; words that tell little do not make up for one that is missing."""
    return [term for term in query.topic if term.known and term.weight > LEAST_TOPIC]
