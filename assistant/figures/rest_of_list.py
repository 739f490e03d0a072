"""What is left of a list without the entries that a question leaves out: "sin contar el call center, ¿cuántos hubo?".

The whole of the list less those entries; nothing where the list prints no whole, where what is left out is no entry of
it, or where the list stands at several times and the question names none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.evidence.fields import is_labelled, is_total
from assistant.evidence.lists import siblings_of
from assistant.evidence.retrieve import Scored, is_within
from assistant.evidence.wholes import whole_of
from assistant.figures.arithmetic import Computed, printed
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import speaks_of
from ingest.figures import format_es
from ingest.fold import fold

#: What those that are counted were not: "cuántos no fueron *presenciales*", "no llegaron por el *call center*".
_DENIED = re.compile(
    r"\bcuant[oa]s? (?:\w+ ){0,6}?no (?:se )?(?:fueron|fue|eran?|son|es|corresponden?|correspondieron|llegaron|entraron"
    r"|hicieron|dictaron)(?: (?:a|en|de|por|del|al|el|la|los|las))* (\w{4,}(?: center)?)"
)
#: The first places of the evidence, one of which has to stand on the slide of the list.
_FIRST = 5


def rest_of_list(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> tuple[tuple[Item, ...], Computed] | None:
    """(the whole and the entries left out, the rest) of the one list that a question asks a number of; else None."""
    excluded = query.excluded or _denied(query.text)
    if not excluded or not (asks_for(query.text, "gauge") or asks_for(query.text, "no_question")):
        return None
    places = {one.item.row.context for one in evidence[:_FIRST] if one.item.row is not None and one.item.row.context}
    lists: defaultdict[str, list[Item]] = defaultdict(list)
    for item in corpus.figures:
        row = item.row
        if row is None or row.context not in places or not is_labelled(row) or is_total(row):
            continue
        if excluded & item.own and is_within(item, query.filters) and speaks_of(item, query.asked):
            whole = whole_of(item, corpus)
            if whole is not None:
                lists[whole.item_id].append(item)
    if len(lists) != 1:
        return None
    ((whole_id, entries),) = lists.items()
    left_out = _left_out(excluded, entries, siblings_of(entries[0], corpus))
    return _less(corpus.by_id[whole_id], left_out) if left_out else None


def _denied(text: str) -> frozenset[str]:
    """The stems of what a number is asked without ("¿cuántos *no fueron presenciales*?")."""
    said = _DENIED.search(fold(text))
    return frozenset() if said is None else stem_set(said[1])


def _left_out(excluded: frozenset[str], entries: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """The entries that a question leaves out, by words that not all of their list have ("*sede* rural").

    Those that have all of these words, or else each that alone has one ("sin contar rural ni norte").
    """
    own = {item.item_id: item.own for item in (*entries, *others)}
    said = excluded & frozenset[str]().union(*own.values()) - frozenset.intersection(*map(frozenset, own.values()))
    whole = [entry for entry in entries if said and said <= entry.own]
    telling = {stem for stem in said if sum(stem in stems for stems in own.values()) == 1}
    return whole or [entry for entry in entries if telling & entry.own]


def _less(whole: Item, entries: Sequence[Item]) -> tuple[tuple[Item, ...], Computed] | None:
    figures = [item.row.figure for item in (whole, *entries) if item.row is not None and item.row.figure is not None]
    values = [figure.value for figure in figures if figure.value is not None]
    left = values[0] - sum(values[1:], Decimal(0)) if len(values) == len(entries) + 1 else Decimal(-1)
    if left < 0:
        return None
    return (whole, *entries), Computed(format_es(left), left, " − ".join(printed(figure) for figure in figures))
