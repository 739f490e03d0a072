"""Stretches of a report: all that stands under one heading, for who asks what was done or what became of something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.choose import Choice
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.headed import is_bare_heading
from assistant.evidence.lists import line_of
from assistant.evidence.retrieve import is_within
from assistant.question.asks import asks_for
from assistant.question.query import Query
from ingest.records import Passage

#: A longer stretch is no answer: then what was found in it stands.
_MOST = 24
#: Words that head a goal among the figures of a report ("Meta 2022").
_GOAL = "meta"
_NEXT = 2
#: Slides that became text stand further apart than the lines of one.
_SLIDES_APART = 3
_PROJECT = re.compile(r"proyecto:", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")


def with_stretch(choice: Choice, query: Query, corpus: Corpus) -> Choice:
    """The choice with the whole stretch that its best item is of, where the question asks for a story or for deeds."""
    if choice.verdict != "answer" or query.kind not in ("value", "list", "yes_no") or _counts(query):
        return choice
    if query.unspent:
        return choice  # "la plata que *falta* por ejecutar" is a sum, and nothing found wanting
    is_story = asks_for(query.text, "story")
    is_deeds = asks_for(query.text, "deeds") or asks_for(query.text, "lacking")
    best = next((found for found in choice.items if not is_indicator_row(found.item.row)), None)
    if not (is_story or is_deeds) or best is None or is_indicator_row(choice.items[0].item.row):
        return choice
    stretch = stretch_of(best.item, corpus, whole=is_story)
    inside = {item.item_id for item in stretch}
    if is_deeds and not is_story and asks_for(query.text, "achieved"):
        stretch = _of_its_slide(stretch, best.item)
    told = _told(stretch, query, corpus, story=is_story)
    if not told or len(told) > _MOST or (len(told) == 1 and told[0] is best.item):
        return choice
    known = {found.item.item_id: found for found in choice.items}
    outside = [found for found in choice.items if found.item.item_id not in inside]
    return replace(choice, items=(*(known.get(item.item_id, replace(best, item=item)) for item in told), *outside))


def stretch_of(item: Item, corpus: Corpus, *, whole: bool) -> list[Item]:
    """The items right before and after one that are of the same subject or under the same headings, in their order.

    The sentences far above a figure are of another slide, and of its stretch only where the ``whole`` is asked for.
    """
    order = corpus.in_order(item.document.document_id)
    at = next(index for index, other in enumerate(order) if other.item_id == item.item_id)
    before = _while_alike(item, reversed(order[:at]), back=not whole)
    return [*reversed(before), item, *_while_alike(item, order[at + 1 :])]


def _of_its_slide(stretch: Sequence[Item], item: Item) -> list[Item]:
    """The items of a stretch up to where several blank lines end the sentences after one of them."""
    kept: list[Item] = []
    at = next(index for index, other in enumerate(stretch) if other.item_id == item.item_id)
    for index, other in enumerate(stretch):
        is_told = index > at + 1 and kept[-1].segment is not None
        if is_told and _lines_between(kept[-1], other) > _SLIDES_APART:
            break
        kept.append(other)
    return kept


def _lines_between(item: Item, after: Item) -> int:
    end = item.place.line_end or item.place.line
    return 0 if end is None or after.place.line is None else after.place.line - end


def _while_alike(item: Item, others: Iterable[Item], *, back: bool = False) -> list[Item]:
    """The items up to the first that is of something else; sentences before figures are theirs only right above."""
    alike: list[Item] = []
    for other in others:
        last = alike[-1] if alike else item
        is_beyond = back and item.row is not None and _is_far_above(other, last) and not _is_titled_alike(item, other)
        if not _is_alike(item, other) or is_beyond:
            break
        alike.append(other)
    return alike


def _is_far_above(other: Item, below: Item) -> bool:
    """Whether a sentence stands on an earlier page, or more than a blank line above."""
    if other.segment is None:
        return False
    end = other.place.line_end or other.place.line
    if end is None or below.place.line is None:
        return other.place.page != below.place.page
    return below.place.line - end > _NEXT


def _is_titled_alike(item: Item, other: Item) -> bool:
    """Whether a figure and a sentence stand under one title, however far apart."""
    if item.row is None or other.passage is None or not other.passage.headings:
        return False
    return any(
        step.role == "other" and folded(step.value) == folded(other.passage.headings[-1]) for step in item.row.path
    )


def _is_alike(item: Item, other: Item) -> bool:
    """Whether two items stand in one stretch: figures by their subject, sentences by their headings."""
    if is_indicator_row(other.row):
        return False
    if item.row is not None and other.row is not None:
        return (item.row.programme, item.row.indicator) == (other.row.programme, other.row.indicator)
    if item.passage is not None and other.passage is not None:
        return item.passage.headings == other.passage.headings or _is_of_one_project(item.passage, other.passage)
    row, passage = item.row or other.row, item.passage or other.passage
    return row is None or passage is None or _is_under(row.programme or _project(item, other), passage.headings)


def _is_of_one_project(one: Passage, other: Passage) -> bool:
    """Whether two passages stand under the title of one project, whatever short lines head parts of its slide."""
    return one.headings[:1] == other.headings[:1] and any(map(_PROJECT.match, one.headings[:1]))


def _project(*items: Item) -> str | None:
    steps = (step for item in items if item.row is not None for step in item.row.path if step.role == "project")
    return next((step.value for step in steps), None)


def _is_under(name: str | None, headings: Sequence[str]) -> bool:
    """Whether prose stands under what a figure is of; both are of nothing in a letter."""
    first = folded(headings[0]) if headings else ""
    return folded(name) in first if name else True


def _told(stretch: Sequence[Item], query: Query, corpus: Corpus, *, story: bool) -> list[Item]:
    """What of a stretch tells: no goals, no lines of contracts and money, no headings, nothing said twice."""
    goals = [item for item in stretch if _is_goal(item)]
    told = [
        item
        for item in stretch
        if item not in goals and not _is_left_of(item, goals) and is_within(item, query.filters)
    ]
    if not query.asks("budget"):
        told = [item for item in told if not line_of(item, corpus) and not (story and item.row and item.row.budget)]
    return [item for item in told if not _only_heads(item) and _says_words(item)]


def _is_goal(item: Item) -> bool:
    row = item.row
    return row is not None and folded(row.metric or "").startswith(_GOAL)


def _is_left_of(item: Item, goals: Sequence[Item]) -> bool:
    """Whether a sentence is only what is left of the lines of a goal."""
    line, end = item.place.line, item.place.line_end or item.place.line
    if item.segment is None or line is None or end is None:
        return False
    return any(goal.place.line is not None and line <= goal.place.line <= end for goal in goals)


def _says_words(item: Item) -> bool:
    return item.segment is None or _WORD.search(item.segment.text) is not None


def _only_heads(item: Item) -> bool:
    """Whether a line is but the heading of what follows."""
    if item.segment is None or item.passage is None:
        return False
    headings = {folded(heading.partition(": ")[2] or heading) for heading in item.passage.headings}
    return (folded(item.segment.text) in headings and len(item.passage.segments) > 1) or (
        is_bare_heading(item.segment.text) and item.segment.text.isupper()
    )


def _counts(query: Query) -> bool:
    return any(term.counted for term in query.terms)
