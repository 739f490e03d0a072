"""Which of the evidence answers: one row, several figures of one place, sentences, or nothing.

The bars are here, in one place. They were set on the open question set and checked on questions of our own
(``README``, "How it is measured"): an item has to cover at least ``COVERAGE_BAR`` of what the question's words tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from assistant.corpus import Corpus, Item
from assistant.counting import counts
from assistant.fields import holds, is_checked, is_indicator_row, is_labelled
from assistant.lexicon import load_lexicon
from assistant.lists import ranked_list, siblings_of, with_all_terms, with_their_line, with_totals
from assistant.query import Field, Query
from assistant.retrieve import Scored
from assistant.times import Interval, row_intervals, speaks_of
from ingest.fold import fold

#: Share of the question's weight that an item has to cover …
COVERAGE_BAR = 0.27
#: … and when what is counted, or a name, is not found in any item that covers that much.
UNCOVERED_BAR = 0.75
#: A further item is cited when it covers this share of the question that those before it leave open.
GAIN_BAR = 0.08
#: An item scoring this close to the best may be what was meant as well.
CLOSE = 0.9
#: A further figure or sentence scoring this close to the best is cited too.
TIE = 0.93
_FURTHER = 0.3
AS_GOOD = 0.72
_OTHER_ENTITY = 0.85
_OWN_AS_GOOD = 0.5
_HALF_AS_GOOD = 0.5
_VAGUE = 0.6
_NEARLY = 0.9
_LIGHT = 0.3
_ROW_TIE = 0.97
_MOST_TIES = 3
_FOUND = 0.3
_FOUND_OF_PHRASE = 0.6
_TELLING = 0.35
_MOST_ITEMS = 10
_NEAR_LINES = 40
_SHORT_LINE = 70
_SHORT_ENTRY = 45
_FEW_WORDS = 3
_UNDER = 5
_MOST_ENTRIES = 12

#: Fields that all rows of an office or programme share.
_SHARED = ("dependency", "component", "strategic_line", "programme")

_CHANGE = re.compile(r"\+|\b(?:increment|aument|subi|crec|redu|disminu|baja|mas que)")

Verdict = Literal["answer", "clarify", "no_match", "no_field", "other_time"]


@dataclass(frozen=True)
class Choice:
    """What was chosen, and why when it is nothing."""

    verdict: Verdict
    items: tuple[Scored, ...] = ()
    near: tuple[Scored, ...] = ()
    field: Field | None = None


def choose(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice:
    """The items that answer the question."""
    if query.kind in ("ranking", "list") and (entries := ranked_list(query, corpus)):
        return Choice("answer", items=tuple(Scored(item, 1.0, 1.0, ()) for item in entries))
    bar = coverage_bar(query, evidence)
    covering = [found for found in evidence if found.coverage >= bar and is_anchored(found.item, query)]
    if not covering:
        return Choice("no_match", near=tuple(evidence[:3]))
    timely = [
        found
        for found in covering
        if speaks_of(found.item, query.asked)
        and is_of_period(found.item, query)
        and not heads_nothing(found.item, query, corpus)
    ]
    timely = [found for found in timely if is_about(found, covering, query)] if len(timely) < len(covering) else timely
    if not timely:
        return Choice("other_time", near=tuple(covering[:3]))
    answering, missing = with_fields(query, of_programme(query, timely))
    if not answering:
        return Choice("no_field", near=tuple(timely[:3]), field=missing)
    if len(entities_of(answering, query)) > 1 or is_vague(query, answering):
        meanings = one_per_meaning(answering, query)
        is_clear = len(meanings) == 1 and bool(query.filters.entities)
        answering = that_count(meanings, query) or answering
        is_clear |= len(entities_of(answering, query)) < 2 and len(answering) == 1
        if not is_clear and not says_the_same(meanings, query):
            return Choice("clarify", items=tuple(meanings))
    chosen = with_siblings(with_what_they_head(together(answering, query), query, corpus), query, corpus)
    chosen = with_their_line(chosen, corpus)
    return Choice("answer", items=tuple(chosen), near=tuple(answering[1:4]))


def coverage_bar(query: Query, evidence: Sequence[Scored]) -> float:
    """How much an item has to cover: nearly all, when what is counted or named is nowhere to be found."""
    for position, term in enumerate(query.terms):
        if term.is_name:
            return UNCOVERED_BAR
        covering = (item for item in evidence if item.coverage >= COVERAGE_BAR)
        nouns = load_lexicon().measure_nouns if term.counted else ()
        found = max(
            (item.covered[position] for item in covering if not term.counted or counts(item.item, term, nouns)),
            default=0.0,
        )
        enough = _FOUND if len(term.alternatives[0].stems) == 1 else _FOUND_OF_PHRASE
        is_telling = (
            term.counted and not term.generic and query.kind != "sum" and term.weight >= _TELLING
        ) or term.is_acronym
        if is_telling and found < term.weight * enough:
            return UNCOVERED_BAR
    return COVERAGE_BAR


def of_programme(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the rows of other programmes, when the question names one that rows among them are of."""
    named = query.filters.programme
    rows = [item.item.row for item in found if item.item.row is not None]
    if named is None or query.kind in ("sum", "compare") or not any(same_text(row.programme, named) for row in rows):
        return list(found)
    return [
        item
        for item in found
        if item.item.row is None or item.item.row.programme is None or same_text(item.item.row.programme, named)
    ]


def is_anchored(item: Item, query: Query) -> bool:
    """Whether an item has something that the question says in as many words, or nearly.

    Single colloquial words alone ("casas" for "vivienda") bring rows near, but do not make them the answer.
    """
    telling = [term for term in query.terms if term.weight > _LIGHT] or query.terms
    ways = (way for term in telling for way in term.alternatives if way.factor >= _NEARLY or len(way.stems) > 1)
    return any(all(stem in item.weights for stem in way.stems) for way in ways)


def with_fields(query: Query, found: Sequence[Scored]) -> tuple[list[Scored], Field | None]:
    """Items that hold every field asked for, and the first field that the best item lacks."""
    hard = [name for name in query.fields if is_checked(name, query.fields) and not _is_of_counting(name, query)]
    if not hard:
        return list(found), None
    best = found[0].score
    own = sum(found[0].own) if is_indicator_row(found[0].item.row) else 0.0
    answering = [
        item
        for item in found
        if item.score >= best * _FURTHER
        and sum(item.own) >= own * _OWN_AS_GOOD
        and any(holds(item.item, name) for name in hard)
    ]
    if not answering or max(item.coverage for item in answering) < max(item.coverage for item in found) * AS_GOOD:
        answering = []
    missing = next((name for name in hard if not any(holds(item.item, name) for item in found[:1])), hard[0])
    return answering, missing


def _is_of_counting(name: Field, query: Query) -> bool:
    """Whether a word of money only says how what is counted came about ("¿en cuántas playas se va a invertir?")."""
    return name == "budget" and any(term.counted and term.weight >= _TELLING for term in query.terms)


def is_about(found: Scored, covering: Sequence[Scored], query: Query) -> bool:
    """Whether an item of the time asked is about what was asked, and not only the best that is left of that time."""
    counted = [at for at, term in enumerate(query.terms) if term.counted and term.weight >= _TELLING]
    if counted and query.kind != "sum":
        row = found.item.row
        said = found.covered if row is not None and is_labelled(row) else found.own
        return any(said[at] > 0 for at in counted)
    return found.coverage >= max(other.coverage for other in covering) * _HALF_AS_GOOD


def is_of_period(item: Item, query: Query) -> bool:
    """Whether an item is of the government period asked for: of one without documents, when the item names it."""
    unknown = query.filters.unknown_period
    return unknown is None or (item.row is not None and unknown in item.row.quote.replace(" ", ""))


def entities_of(found: Sequence[Scored], query: Query) -> set[str | None]:
    """Entities among the items that cover as much as the best, unless the question names one."""
    if query.filters.entities:
        return set()
    best = found[0]
    return {item.item.entity for item in found if _is_as_good(item, best)}


def _is_as_good(item: Scored, best: Scored) -> bool:
    """Whether an item may be meant as well as the best: of another entity only when it covers as much as that."""
    covers = item.coverage >= best.coverage * TIE
    if item.item.entity != best.item.entity:
        return covers and item.score >= best.score * _OTHER_ENTITY
    return item.score >= best.score * CLOSE or (
        item.item.row is not None and covers and item.score >= best.score * AS_GOOD
    )


def is_vague(query: Query, found: Sequence[Scored]) -> bool:
    """Whether the question says next to nothing of a subject, and rows of several subjects fit it alike."""
    if sum(term.weight for term in query.terms) > _VAGUE or query.filters.named or query.kind == "sum":
        return False
    if not any(term.weight > _LIGHT for term in query.topic):
        return True
    best = found[0]
    subjects = {_subject(item.item) for item in found if item.score >= best.score * CLOSE and item.item.row is not None}
    return len(subjects) > 1


def that_count(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The one indicator row among several that counts what the question counts; none when there is no such one."""
    term = next((term for term in query.terms if term.counted and not term.generic), None)
    if term is None:
        return []
    nouns = load_lexicon().measure_nouns
    position = query.terms.index(term)
    counting = [
        item
        for item in found
        if is_indicator_row(item.item.row) and item.own[position] > 0 and counts(item.item, term, nouns)
    ]
    return counting if len(counting) == 1 else []


def says_the_same(found: Sequence[Scored], query: Query) -> bool:
    """Whether whatever was meant, what is asked of it is the same: all rows are of one office, say."""
    asked = [name for name in query.fields if name in _SHARED]
    rows = [item.item.row for item in found]
    if not asked or set(query.fields) - set(_SHARED) or any(row is None for row in rows):
        return False
    return all(len({fold(getattr(row, name) or "") for row in rows}) == 1 and getattr(rows[0], name) for name in asked)


def _subject(item: Item) -> str:
    row = item.row
    return "" if row is None else fold(row.indicator or row.programme or row.metric or "")


def one_per_meaning(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The best item of each entity and subject that fits as well as the best, then further ones, at most eight."""
    best = found[0]
    close = [item for item in found if _is_as_good(item, best)]
    if is_vague(query, found):
        return list({_subject(item.item): item for item in reversed(close)}.values())[::-1][:8]
    firsts = list({item.item.entity: item for item in reversed(close)}.values())
    rest = [item for item in close if item not in firsts]
    return sorted([*firsts, *rest[: max(0, 6 - len(firsts))]], key=lambda item: -item.score)


def together(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The best item, its copies, all figures of its sentence, and what answers the parts that it leaves open."""
    best = found[0]
    chosen = [best, *_of_the_others_named(best, found, query)]
    for other in found[1:]:
        if len(chosen) >= _MOST_ITEMS:
            break
        if other in chosen:
            continue
        if is_copy(best.item, other.item) or any(is_twin(known, other) or is_like(known, other) for known in chosen):
            chosen.append(other)
        elif (
            other.score >= best.score * _FURTHER
            and belongs(best.item, other.item, query)
            and adds(other, chosen, query)
        ):
            chosen.append(other)
            chosen += _ties_of(other, found, chosen, query)
    return chosen[:_MOST_ITEMS]


def _of_the_others_named(best: Scored, found: Sequence[Scored], query: Query) -> list[Scored]:
    """Where the question names several entities, the best item of each of the others, if it fits nearly as well."""
    others = [entity for entity in query.filters.entities if entity != best.item.entity]
    firsts = (next((item for item in found if item.item.entity == entity), None) for entity in others)
    return [first for first in firsts if first is not None and first.score >= best.score * AS_GOOD]


def _ties_of(added: Scored, found: Sequence[Scored], chosen: Sequence[Scored], query: Query) -> list[Scored]:
    """Figures that cover the same parts as one just added, nearly as well: the reader should see them all."""
    known = {item.item.item_id for item in chosen}
    parts = [part > 0 for part in added.own]
    ties = [
        other
        for other in found
        if other.item.item_id not in known
        and other.item.row is not None
        and other.score >= added.score * TIE
        and [part > 0 for part in other.own] == parts
        and belongs(added.item, other.item, query)
    ]
    return ties[:_MOST_TIES]


def adds(other: Scored, chosen: Sequence[Scored], query: Query) -> bool:
    """Whether an item answers a part of the question that those chosen leave open, or ties with the best of them."""
    if other.item.segment is not None and _is_bare_heading(other.item.segment.text):
        return False
    wide = query.kind in ("sum", "compare") and not is_indicator_row(other.item.row)
    named = [max(parts) for parts in zip(*(known.covered if wide else known.own for known in chosen), strict=True)]
    gains = [max(0.0, theirs - ours) for theirs, ours in zip(other.covered if wide else other.own, named, strict=True)]
    if sum(gains) >= GAIN_BAR * (query.weight or 1):
        return True
    if any(term.counted and gain >= term.weight * _FOUND for term, gain in zip(query.terms, gains, strict=True)):
        return True
    if any(_is_of(other.item, time) and not any(_is_of(known.item, time) for known in chosen) for time in query.asked):
        return True
    if "difference" in query.cues and _says_change(other.item) and other.coverage >= chosen[0].coverage * _NEARLY:
        return True
    tie = _ROW_TIE if is_indicator_row(other.item.row) else TIE
    return other.score >= chosen[0].score * tie


def _says_change(item: Item) -> bool:
    """Whether a figure of a report is itself how much something changed ("3,548 + usuarios", "incremento de …")."""
    row = item.row
    return row is not None and row.metric is not None and _CHANGE.search(fold(row.metric)) is not None


def _is_of(item: Item, time: Interval) -> bool:
    return item.row is not None and any(time.overlaps(own) for own in row_intervals(item.row))


def with_what_they_head(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """The items, and after each short line that only heads something ("Director …") the line it heads."""
    items: list[Scored] = []
    known = {found.item.item_id for found in chosen}
    for found in chosen:
        items.append(found)
        for headed in _headed(found.item, corpus, whole="list" in query.cues or bool(query.set_nouns)):
            if headed.item_id not in known and speaks_of(headed, query.asked):
                known.add(headed.item_id)
                items.append(replace(found, item=headed))
    return items


def heads_nothing(item: Item, query: Query, corpus: Corpus) -> bool:
    """Whether an item is but a heading, and says nothing of the time asked for: of a number, headings say nothing."""
    if not query.asked or item.segment is None or not _is_bare_heading(item.segment.text):
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


def with_siblings(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """For rankings, sums and what is left of a budget, all figures of the list that the best one is of."""
    best = next((found for found in chosen if found.item.row is not None), chosen[0])
    wanted = query.kind in ("ranking", "sum") or query.unspent
    if not wanted or best.item.row is None or is_indicator_row(best.item.row) or not is_labelled(best.item.row):
        return with_totals(chosen, query, corpus)
    known = {found.item.item_id for found in chosen}
    siblings = (item for item in siblings_of(best.item, corpus) if item.item_id not in known)
    return [*with_all_terms(chosen, query, corpus), *(replace(best, item=item) for item in siblings)]


def _is_entry(text: str) -> bool:
    return len(text) <= _SHORT_ENTRY and not text.endswith((".", ":"))


def _is_bare_heading(text: str) -> bool:
    """Whether a line only heads something and says nothing itself."""
    return len(text.split()) <= _FEW_WORDS and not any(char.isdigit() for char in text) and ":" not in text


def _is_heading(text: str) -> bool:
    return len(text) <= _SHORT_LINE and not text.endswith((".", "!", "?", ";"))


def is_copy(one: Item, other: Item) -> bool:
    """Whether two rows are the same row printed in two documents."""
    if one.row is None or other.row is None or one.document.document_id == other.document.document_id:
        return False
    return (
        one.entity == other.entity
        and one.row.indicator is not None
        and same_text(one.row.indicator, other.row.indicator)
    )


def is_twin(one: Scored, other: Scored) -> bool:
    """Whether two figures stand in one sentence, so that quoting it states both; not those of a line of columns."""
    first, second = one.item.row, other.item.row
    if first is None or second is None or is_indicator_row(first) or first.document_id != second.document_id:
        return False
    return first.quote == second.quote and not (is_labelled(first) and is_labelled(second))


def is_like(one: Scored, other: Scored) -> bool:
    """Whether two figures are the same measure of different subjects, and the question does not tell which it means."""
    first, second = one.item.row, other.item.row
    if first is None or second is None or not is_labelled(first) or not is_labelled(second):
        return False
    same = same_text(first.metric, second.metric) and first.document_id == second.document_id
    return same and _subject(one.item) != _subject(other.item) and other.coverage >= one.coverage * _ROW_TIE


def belongs(one: Item, other: Item, query: Query) -> bool:
    """Whether two items are of one place: the same document, and for figures of slides and letters close by.

    Sums and comparisons take their terms from all over the document.
    """
    if one.document.document_id != other.document.document_id:
        return False
    if query.kind in ("sum", "compare") and one.row is not None and other.row is not None:
        return True
    if one.row is not None and other.row is not None and is_indicator_row(one.row) and is_indicator_row(other.row):
        return True
    first, second = one.place, other.place
    if first.line is not None and second.line is not None:
        return abs(first.line - second.line) <= _NEAR_LINES
    return first.page == second.page and first.sheet == second.sheet


def same_text(one: str | None, other: str | None) -> bool:
    return fold(one or "").rstrip(" .") == fold(other or "").rstrip(" .")
