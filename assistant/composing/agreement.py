"""Whether the documents say the same: of a row that several have, and of a level that one document names twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.composing.draft import Draft
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.together import is_copy, same_text
from assistant.question.asks import asks_for
from assistant.question.offices import offices_named
from assistant.question.query import Field, Query
from ingest.records import Figure, IndicatorRow

_LEVELS = ("strategic_line", "component", "programme")
_FEWEST = 2
#: Targets in words are of one thing when they share this part of what tells them.
_SAME_THING = 0.34
_SHORT = 3


def with_copies(query: Query, items: Sequence[Item], corpus: Corpus) -> list[Item]:
    """The items, and where it is asked whether offices say the same the best row's copies in their documents."""
    best = next(iter(items), None)
    if best is None or not is_indicator_row(best.row) or not _asks_for_agreement(query):
        return list(items)
    offices = {folded(name) for name in offices_named(query, corpus)}
    if len(offices) < _FEWEST:
        return list(items)
    known = {item.item_id for item in items}
    copies = (
        item
        for item in corpus.rows
        if item.item_id not in known
        and item.row is not None
        and is_copy(best, item)
        and folded(item.row.dependency or "") in offices
    )
    return [best, *copies, *items[1:]]


def say_agreement(query: Query, items: Sequence[Item], corpus: Corpus, draft: Draft, say: Phrases) -> None:
    """Say plainly whether the offices named give the best row alike; nothing where that is not asked."""
    best = next(iter(items), None)
    if best is None or not is_indicator_row(best.row) or not _asks_for_agreement(query):
        return
    copies = [item for item in items if is_copy(best, item)]
    if len(offices_named(query, corpus)) < _FEWEST and not (copies and asks_for(query.text, "documents")):
        return
    if not copies:
        draft.say(say.say("each_only", titles=(best.row.dependency if best.row else None) or best.document.title))
        return
    same = all(not differing(best.row, copy.row) for copy in copies)
    draft.say(say.say("each_same" if same else "each_differs"))


def _asks_for_agreement(query: Query) -> bool:
    return asks_for(query.text, "each") or asks_for(query.text, "same")


def differing(row: IndicatorRow | None, copy: IndicatorRow | None) -> list[tuple[Field, Figure]]:
    """(field, figure) of the target and baseline that a copy of a row gives otherwise; none of another promise."""
    if row is None or copy is None or promises_other(row, copy):
        return []
    pairs: tuple[tuple[Field, Figure | None, Figure | None], ...] = (
        ("target", row.target, copy.target),
        ("baseline", row.baseline, copy.baseline),
    )
    return [
        (name, theirs)
        for name, mine, theirs in pairs
        if mine is not None and theirs is not None and (mine.value, mine.unit) != (theirs.value, theirs.unit)
    ]


def promises_other(row: IndicatorRow, other: IndicatorRow) -> bool:
    """Whether two rows called alike ("Docentes capacitados") promise two things: in words, and in quite other words."""
    if row.target is None or other.target is None:
        return False
    called = stem_set(row.indicator or "")
    mine, theirs = (_telling(one.target.text, called) for one in (row, other) if one.target is not None)
    fewest = min(len(mine), len(theirs))
    return fewest >= _FEWEST and len(mine & theirs) < fewest * _SAME_THING


def _telling(text: str, called: frozenset[str]) -> frozenset[str]:
    """The stems of a target in words that say what it is for: no numbers, short words or words of the indicator."""
    return frozenset(stem for stem in stem_set(text) - called if len(stem) > _SHORT and stem.isalpha())


def say_other_names(query: Query, rows: Sequence[Item], corpus: Corpus, draft: Draft, say: Phrases) -> None:
    """How else the document of a row calls the line, component or programme that is asked for ("… Equitativo")."""
    for item in rows[:1]:
        for level in (step for step in (item.row.path if item.row else ()) if step.role in _LEVELS):
            if level.role in query.fields:
                for text, place in _other_names(item, level.level, level.value, corpus):
                    draft.say(say.say("also_named", text=text, mark=draft.mark(place)))


def _other_names(item: Item, level: str, value: str, corpus: Corpus) -> Iterator[tuple[str, Item]]:
    """Headings of that level in the document whose name has all words of the row's and more, or fewer of them."""
    known: set[str] = set()
    for other in corpus.in_order(item.document.document_id):
        for heading in other.passage.headings if other.passage is not None else ():
            named, _, text = heading.partition(": ")
            if not same_text(named, level) or folded(text) in known or same_text(text, value):
                continue
            known.add(folded(text))
            if stem_set(text) < stem_set(value) or stem_set(value) < stem_set(text):
                yield text, other
