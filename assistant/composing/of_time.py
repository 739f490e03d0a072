"""Whether an answer tells of the time that was asked for, and has a figure where a level is asked: what holds for
another quarter or year answers nothing.

Every way of answering looks for rows of the time asked for; this is the check that none of them has passed it over.
"""

from __future__ import annotations

from assistant.answer import Answer
from assistant.corpus.corpus import Corpus
from assistant.figures.premise import is_premise
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import speaks_of


def is_of_time(answer: Answer, query: Query, corpus: Corpus) -> bool:
    """Whether a row that an answer cites speaks of the time asked for; who takes a time for granted is told another."""
    if not query.asked or answer.status != "answered" or is_premise(query):
        return True
    cited = [corpus.by_id[one.row_id] for one in answer.citations if one.row_id is not None]
    return len(cited) < len(answer.citations) or not cited or any(speaks_of(item, query.asked) for item in cited)


def says_the_level(answer: Answer, query: Query) -> bool:
    """Whether an answer has a figure, where it is asked how high a percentage is to get: sentences alone say none."""
    return answer.status != "answered" or not asks_for(query.text, "level") or bool(answer.figures)
