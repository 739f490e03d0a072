"""A list of a report beside its printed total: whether its entries add up to it, or which part the largest is of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answer import Answer
from assistant.composing.compose_facts import add_facts
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import phrases
from assistant.corpus.bars import COVERAGE_BAR
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row, is_labelled, is_total
from assistant.evidence.lists import line_of, ranked_list, siblings_of
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import same_text, says_change
from assistant.figures.arithmetic import Computed, difference, part_of, printed, total
from assistant.figures.growth import nouns_asked
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import row_intervals, speaks_of
from ingest.fold import fold, words
from ingest.records import Figure

_FEWEST = 3
#: The first places of the evidence: a list is meant where one of its figures is among them.
_FIRST = 5
_MOST = frozenset(("mas", "mayor", "most", "largest"))
_LEAST = frozenset(("menos", "menor", "least", "smallest"))
_EXTREMES = _MOST | _LEAST


@dataclass(frozen=True)
class Listed:
    """The entries of one list as they are printed, and the figure that its slide prints as their total."""

    entries: tuple[Item, ...]
    total: Item


def lists_with_total(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> tuple[Listed, ...]:
    """The lists that a question holds against their totals, one for each time it may mean; () for other questions."""
    entries = _of_time_asked(_entries(query, evidence, corpus), query, corpus)
    if len(entries) < _FEWEST:
        return ()
    lists = [entries] if query.asked else [entries, *_at_other_times(entries, corpus)]
    found = [Listed(tuple(one), printed_total) for one in lists if (printed_total := _total_of(one, corpus))]
    return tuple(found) if len(found) == len(lists) else ()


def asks_for_total_of_list(query: Query) -> bool:
    """Whether a question holds a list against its total, or asks which part of the total its extreme is."""
    return asks_for(query.text, "against_total") or _extreme(query) is not None


def _extreme(query: Query) -> Literal["largest", "smallest"] | None:
    """Which entry it asks for, where it also asks which part of the total that is."""
    said = words(fold(query.text))
    if not {"total", "totales"} & set(said) or not asks_for(query.text, "share") or not nouns_asked(query):
        return None
    if query.kind != "ranking" and not _EXTREMES & set(said):
        return None
    return "smallest" if _LEAST & set(said) and not _MOST & set(said) else "largest"


def _entries(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> list[Item]:
    """The entries of the list that is named by its noun ("los canales"), or that the best of the evidence is of."""
    nouns = tuple(dict.fromkeys((*query.set_nouns, *nouns_asked(query))))
    named = ranked_list(replace(query, set_nouns=nouns), corpus) if nouns else []
    best = (one.item for one in evidence[:_FIRST] if one.coverage >= COVERAGE_BAR and _is_entry(one.item, corpus))
    near = next(([item, *siblings_of(item, corpus)] for item in best), [])
    if near and not speaks_of(near[0], query.asked):
        near = next((one for one in _at_other_times(near, corpus) if speaks_of(one[0], query.asked)), [])
    found = named or [item for item in near if item.row is not None]
    return sorted((item for item in found if item.row is not None and not is_total(item.row)), key=_position)


def _is_entry(item: Item, corpus: Corpus) -> bool:
    row = item.row
    if row is None or is_indicator_row(row) or not is_labelled(row) or line_of(item, corpus):
        return False
    return row.figure is not None and row.figure.unit not in ("%", "COP", "USD")


def _of_time_asked(entries: list[Item], query: Query, corpus: Corpus) -> list[Item]:
    """The list as it is printed for the time that is asked for, wherever its name stands; [] where it is not."""
    if not entries or all(speaks_of(item, query.asked) for item in entries):
        return entries
    others = _at_other_times(entries, corpus)
    return next((one for one in others if all(speaks_of(item, query.asked) for item in one)), [])


def _at_other_times(entries: Sequence[Item], corpus: Corpus) -> Iterator[list[Item]]:
    """The same list for each other time that it is printed for."""
    first = entries[0]
    for other in corpus.rows_of(first.document.document_id):
        if first.row is None or other.row is None or not same_text(first.row.metric, other.row.metric):
            continue
        if other is not first and row_intervals(other.row) != row_intervals(first.row):
            same = [item for item in (other, *siblings_of(other, corpus)) if item.row and not is_total(item.row)]
            yield sorted(same, key=_position)


def _total_of(entries: Sequence[Item], corpus: Corpus) -> Item | None:
    """The total that the slide of a list prints: its last line, or the one other number of things for that time."""
    first = entries[0].row
    siblings = siblings_of(entries[0], corpus)
    if (line := next((item for item in siblings if item.row and is_total(item.row)), None)) is not None:
        return line
    figures = [figure for item in entries if (figure := _figure(item)) is not None]
    largest = max((figure.value for figure in figures if figure.value is not None), default=None)
    if first is None or largest is None:
        return None
    known = {item.item_id for item in entries}
    found = [
        item
        for item in corpus.rows_of(first.document_id)
        if item.row is not None
        and item.item_id not in known
        and item.row.context == first.context
        and row_intervals(item.row) in ((), row_intervals(first))
        and not says_change(item)
        and (figure := _figure(item)) is not None
        and figure.unit not in ("%", "COP", "USD")
        and figure.value is not None
        and figure.value >= largest
        and "meta" not in folded(item.row.metric or "").split()
    ]
    return found[0] if len({figure.value for item in found if (figure := _figure(item))}) == 1 else None


def compose_listed(query: Query, lists: Sequence[Listed], url: Url) -> Answer:
    """The answer: whether each list adds up to its total, or its largest entry and which part of the total it is."""
    draft = Draft(url)
    for listed in lists:
        if asks_for(query.text, "against_total"):
            _say_sum(query, listed, draft)
        else:
            _say_extreme(query, listed, draft)
    return draft.finish("answered")


def _say_sum(query: Query, listed: Listed, draft: Draft) -> None:
    say, printed_total = phrases(query.language), _figure(listed.total)
    result = total([figure for item in listed.entries if (figure := _figure(item)) is not None])
    if result is None or printed_total is None:
        return
    items = (*listed.entries, listed.total)
    summed = Figure(text=result.text, value=result.value)
    gap = difference(summed, printed_total)
    same = gap is not None and not gap.value
    sentence = "listed_agrees" if same else "listed_differs"
    words = {"value": result.text, "terms": result.derivation, "mark": draft.mark(*items)}
    if gap is not None:
        gap = replace(gap, derivation=_terms_of_gap(result, printed_total))
    shown = "" if gap is None or same else gap.text
    draft.say(say.say(sentence, target=printed(printed_total), text=shown, **words))
    for computed in (result, *((gap,) if gap is not None and not same else ())):
        _prove(computed, items, draft)
    add_facts(replace(query, kind="sum"), items, draft, say)


def _terms_of_gap(summed: Computed, whole: Figure) -> str:
    """The terms of what lies between a sum and the printed total, all of them printed figures."""
    if whole.value is not None and whole.value > summed.value:
        return f"{printed(whole)} − ({summed.derivation})"
    return f"{summed.derivation} − {printed(whole)}"


def _say_extreme(query: Query, listed: Listed, draft: Draft) -> None:
    say, whole = phrases(query.language), _figure(listed.total)
    least = _extreme(query) == "smallest"
    pick = min if least else max
    valued = [(figure.value, item) for item in listed.entries if (figure := _figure(item)) and figure.value is not None]
    if not valued or whole is None:
        return
    _, item = pick(valued, key=lambda pair: pair[0])
    figure = _figure(item)
    part = part_of(figure, whole) if figure is not None else None
    if figure is None or item.row is None:
        return
    name = "listed_smallest" if least else "listed_largest"
    draft.say(say.say(name, text=item.row.metric, value=figure.text, mark=draft.mark(item)))
    if part is not None:
        mark = draft.mark(item, listed.total)
        draft.say(say.say("listed_share", value=part.text, terms=part.derivation, mark=mark))
        _prove(part, (item, listed.total), draft)
    add_facts(replace(query, kind="value"), [item, listed.total], draft, say)


def _prove(computed: Computed, items: Sequence[Item], draft: Draft) -> None:
    value = int(computed.value) if computed.value == computed.value.to_integral_value() else float(computed.value)
    prove(computed.text, value, computed.derivation, draft, [draft.cite(item) for item in items])


def _figure(item: Item) -> Figure | None:
    return item.row.figure if item.row is not None else None


def _position(item: Item) -> tuple[int, int, str]:
    return item.place.page or 0, item.place.line or 0, item.item_id
