"""Short lines that only head something ("Director …"): what they head, and when they say nothing themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded, stem_of
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query
from assistant.question.times import speaks_of
from ingest.fold import fold, words

_IN_WHICH = re.compile(r"\b(?:en|de|bajo|dentro de|a|in|under) (?:que|q|cual|which|what) (\w{4,})")
#: A line no longer than this may be a heading.
SHORT_LINE = 70
_SHORT_ENTRY = 60
_FEW_WORDS = 3
_UNDER = 5
#: A list may begin after one blank line.
_BLANK_FIRST = 2
_MOST_ENTRIES = 12
#: A list has two entries; the next stands after one blank line at most.
_LIST = 2
_NEXT = 2


def with_what_they_head(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """The items, and after each short line that only heads something ("Director …") the line it heads."""
    items: list[Scored] = []
    known = {found.item.item_id for found in chosen}
    is_list = "list" in query.cues or bool(query.set_nouns)
    whole = is_list or asks_for(query.text, "whole")
    for found in chosen:
        items.append(found)
        listed = [] if query.wants_figure and not is_list else _listed_under(found.item, corpus)
        for headed in listed or _headed(found.item, corpus, whole=whole):
            if headed.item_id not in known and speaks_of(headed, query.asked):
                known.add(headed.item_id)
                items.append(replace(found, item=headed))
    return items


def with_heading_asked(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """The items, and of a line the heading above it where a question asks for that by its first word ("¿en qué
    *habilitador* figura …?" of "HABILITADOR DE CONEXIÓN")."""
    asked = {stem_of(match[1]) for match in _IN_WHICH.finditer(fold(query.text))}
    known = {found.item.item_id for found in chosen}
    items: list[Scored] = []
    for found in chosen:
        heading = _heading_of(found.item, corpus) if asked else None
        if heading is not None and heading.item_id not in known and _first_stem(heading) in asked:
            known.add(heading.item_id)
            items.append(replace(found, item=heading))
        items.append(found)
    return items


def _heading_of(item: Item, corpus: Corpus) -> Item | None:
    """The line that prints the last heading of a piece of prose, where its passage begins with it."""
    if item.passage is None or not item.passage.headings:
        return None
    first = corpus.by_id[corpus.segment_ids(item.passage.passage_id)[0]]
    text = first.segment.text if first.segment is not None else ""
    return first if folded(text) == folded(item.passage.headings[-1]) else None


def _first_stem(item: Item) -> str:
    return stem_of(next(iter(words(fold(item.segment.text if item.segment is not None else ""))), ""))


def heads_nothing(item: Item, query: Query, corpus: Corpus) -> bool:
    """Whether an item is but a heading, and says nothing of the time asked for: of a number, headings say nothing,
    nor does one that only repeats the question."""
    if not query.asked or item.segment is None:
        return False
    if not item.has_digit and content_stems(item.segment.text) <= query.stems:
        return True
    if not is_bare_heading(item.segment.text):
        return False
    return any(term.counted for term in query.terms) or not any(
        speaks_of(other, query.asked) for other in _headed(item, corpus, whole=False)
    )


def _headed(item: Item, corpus: Corpus, *, whole: bool) -> list[Item]:
    """The short lines after a line of prose that they are a list under; of a heading what stands right under it."""
    if item.passage is None or item.segment is None or item.segment.text.endswith("."):
        return []
    ids = corpus.segment_ids(item.passage.passage_id)
    following = [corpus.by_id[item_id] for item_id in ids[ids.index(item.item_id) + 1 :]]
    following += _last_entry(following, corpus)
    short = list(takewhile(lambda other: other.segment is not None and _is_entry(other.segment.text), following))[
        :_MOST_ENTRIES
    ]
    if len(short) > 1:
        return short
    if not _is_heading(item.segment.text):
        return []
    if rows := _rows_under(item, corpus):
        return rows
    return following[:_MOST_ENTRIES] if whole else following[:1]


def _last_entry(entries: Sequence[Item], corpus: Corpus) -> list[Item]:
    """The line after the entries of a passage that was taken for a heading, but heads nothing: their last entry."""
    if len(entries) < _LIST:
        return []
    order = corpus.in_order(entries[-1].document.document_id)
    at = next(index for index, other in enumerate(order) if other.item_id == entries[-1].item_id)
    after = order[at + 1] if at + 1 < len(order) else None
    if after is None or after.passage is None or _gap(entries[-1], after) > _NEXT:
        return []
    return [after] if len(corpus.segment_ids(after.passage.passage_id)) == 1 else []


def _gap(item: Item, after: Item) -> int:
    """How many lines, or pages, lie between two items."""
    if item.place.line is None or after.place.line is None:
        return _NEXT * ((after.place.page or 0) - (item.place.page or 0) + 1)
    return after.place.line - (item.place.line_end or item.place.line)


def _listed_under(item: Item, corpus: Corpus) -> list[Item]:
    """The lines that a line ending in a colon introduces, up to the next gap: one item of each."""
    text = item.segment.text if item.segment is not None else item.row.quote if item.row is not None else ""
    line = item.place.line_end or item.place.line
    if line is None or not text.rstrip().endswith(":") or is_indicator_row(item.row):
        return []
    document = item.document.document_id
    by_line = {
        other.place.line: other
        for other in reversed(corpus.items)
        if other.document.document_id == document and other.place.line is not None and other.place.line > line
    }
    listed: list[Item] = []
    for at in sorted(by_line):
        if at - line > (1 if listed else _BLANK_FIRST) or len(listed) == _MOST_ENTRIES:
            break
        listed.append(by_line[at])
        line = by_line[at].place.line_end or at
    return listed


def _rows_under(heading: Item, corpus: Corpus) -> list[Item]:
    """The figures stated in the few lines under a heading."""
    line = heading.place.line_end or heading.place.line
    if line is None:
        return []
    document = heading.document.document_id
    return [
        item
        for item in corpus.rows
        if item.document.document_id == document and item.place.line and 0 < item.place.line - line <= _UNDER
    ]


def _is_entry(text: str) -> bool:
    return len(text) <= _SHORT_ENTRY and not text.endswith((".", ":"))


def content_stems(text: str) -> frozenset[str]:
    """The stems of a text without those of words that only build sentences."""
    return stem_set(text) - _stop_stems()


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(stem_of(fold(word)) for word in load_lexicon().stopwords if " " not in word)


def is_bare_heading(text: str) -> bool:
    """Whether a line only heads something and says nothing itself."""
    return len(text.split()) <= _FEW_WORDS and not any(char.isdigit() for char in text) and ":" not in text


def _is_heading(text: str) -> bool:
    return len(text) <= SHORT_LINE and not text.endswith((".", "!", "?", ";"))
