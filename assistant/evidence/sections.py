"""What stands under a heading that a question names: "acciones en el territorio", "habilitador de archivo: todo".

``question → the headings whose words it says → the one that is most of what it tells → all that stands under it``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded
from assistant.evidence.choose import Choice
from assistant.evidence.headed import content_stems
from assistant.evidence.lists import line_of
from assistant.evidence.retrieve import Scored, is_within
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import speaks_of

#: A heading of fewer words may be of anything ("Logros").
_FEWEST_WORDS = 2
#: The words of the heading are this share of what the question tells, the names of offices aside.
_SHARE = 0.5
#: More than this is no answer.
_MOST = 24
#: Two words or more in capitals before a sentence.
_TITLE = re.compile(r"^(?:[A-ZÁÉÍÓÚÑÜ]{2,}[ -]){2,}(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ])")
_KINDS = ("value", "list")


def section_named(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice | None:
    """All that stands under the heading that a question asks for; None where it names none, or more than one."""
    is_list = query.kind == "list" or asks_for(query.text, "whole") or asks_for(query.text, "deeds")
    if query.kind not in _KINDS or not is_list or any(term.counted for term in query.terms):
        return None
    if query.fields and not query.asks("progress"):
        return None
    lines = [found for found in evidence if (title := _title_of(found.item)) is not None and _is_named(title, query)]
    if len(lines) == 1:
        return Choice("answer", items=tuple(lines))
    passages = {found.item.passage.passage_id: found.item for found in evidence if found.item.passage is not None}
    named = {
        (item.document.document_id, item.passage.headings): item
        for item in passages.values()
        if item.passage is not None and item.passage.headings and _is_named(item.passage.headings[-1], query)
    }
    if len(named) != 1:
        return None
    ((document, headings),) = named
    first = Scored(next(iter(named.values())), 1.0, 1.0, ())
    items = [
        item
        for item in corpus.in_order(document)
        if _stands_under(item, headings)
        and not line_of(item, corpus)
        and is_within(item, query.filters)
        and speaks_of(item, query.asked)
    ]
    told = [item for item in items if folded(_text(item)) != folded(headings[-1])]
    if not 0 < len(told) <= _MOST:
        return None
    return Choice("answer", items=tuple(Scored(item, first.score, first.coverage, ()) for item in told))


def _is_named(heading: str, query: Query) -> bool:
    """Whether a question says every word of a heading, and little beside it."""
    words = content_stems(heading)
    office = stem_set(query.filters.dependency)
    telling = [term for term in query.terms if not office.issuperset(term.text.split())]
    said = frozenset(stem for term in telling for stem in term.alternatives[0].stems)
    if len(words) < _FEWEST_WORDS or not words <= said:
        return False
    of_heading = sum(term.weight for term in telling if words & set(term.alternatives[0].stems))
    return of_heading >= _SHARE * sum(term.weight for term in telling)


def _title_of(item: Item) -> str | None:
    """The words in capitals with which a line begins, where they are its title."""
    match = _TITLE.match(item.segment.text) if item.segment is not None else None
    return match[0] if match is not None else None


def _stands_under(item: Item, headings: tuple[str, ...]) -> bool:
    if item.passage is not None:
        return item.passage.headings == headings and any(char.isalpha() for char in _text(item))
    if item.row is None:
        return False
    steps = {folded(step.value) for step in item.row.path if step.role == "other"}
    return folded(headings[-1]) in steps


def _text(item: Item) -> str:
    return item.segment.text if item.segment is not None else item.row.quote if item.row is not None else ""
