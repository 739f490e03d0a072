"""What a question asks of a report beyond its printed figures: a list less some entries, the other end of a change."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.corpus import Corpus
from assistant.evidence.retrieve import Scored
from assistant.figures.computation import Computation
from assistant.figures.other_end import other_end
from assistant.figures.rest_of_list import rest_of_list
from assistant.question.query import Query


def over_report(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Computation | None:
    """The list without the entries left out, or the other end of the change told; None where neither is asked."""
    found = rest_of_list(query, evidence, corpus) or other_end(query, evidence, corpus)
    return None if found is None else Computation("rest", *found)
