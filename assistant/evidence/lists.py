"""Lists of figures in reports: the entries of one slide, their printed total, and which list a question ranks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.corpus.bars import TELLING
from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded, stem_of
from assistant.evidence.fields import is_indicator_row, is_labelled, is_sibling, is_total
from assistant.evidence.retrieve import Scored, is_within
from assistant.evidence.together import is_of_time, is_same_measure, says_change, subject_of
from assistant.question.asks import asks_for
from assistant.question.changing import change_stems
from assistant.question.query import Query
from assistant.question.times import row_intervals, speaks_of
from ingest.records import IndicatorRow

#: A list has at least this many entries.
_FEWEST = 3
#: An entry whose name says this much that was not asked is only a part of what was asked.
_WHOLE = 0.5
_SEVERAL = 2
_MOST_CHANGES = 8
#: Times that a figure is told of where a question names none.
_MOST_TIMES = 3
#: Nouns of sets of rows of a plan, which no list of figures is named by.
_ROWS = frozenset(("metas", "indicadores", "productos", "programas", "resultados", "compromisos", "proyectos"))


def siblings_of(item: Item, corpus: Corpus) -> list[Item]:
    """The other entries of the list that a labelled figure is of."""
    rows = corpus.rows_of(item.document.document_id)
    return [other for other in rows if other.item_id != item.item_id and is_sibling(item, other)]


def ranked_list(query: Query, corpus: Corpus) -> list[Item]:
    """The list of figures that a ranking asks for ("ordene los canales …"), or [].

    Its entries are named by the noun that the question ranks, hold for the time asked, and what stands around them says
    most of the rest of the question.
    """
    nouns = {stem_of(noun) for noun in query.set_nouns if noun not in _ROWS}
    named = [
        item
        for item in corpus.rows
        if item.own & nouns
        and item.row is not None
        and not is_indicator_row(item.row)
        and is_labelled(item.row)
        and is_within(item, query.filters)
        and speaks_of(item, query.asked)
    ]
    lists: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in named:
        lists[_key(item)].append(item)
    best = max(lists.values(), key=lambda entries: (_told(entries[0], query), len(entries)), default=[])
    entries = [*best[:1], *siblings_of(best[0], corpus)] if best else []
    return entries if len(entries) >= _FEWEST else []


def _key(item: Item) -> tuple[str, ...]:
    row = item.row
    if row is None:
        return ()
    return (
        row.document_id,
        *row.context,
        row.indicator or "",
        row.programme or "",
        (row.figure and row.figure.period) or "",
    )


def _told(item: Item, query: Query) -> float:
    """How much of the question stands in or around an item."""
    ways = ((term.weight, way.stems) for term in query.terms for way in term.alternatives[:1])
    return sum(weight for weight, stems in ways if any(stem in item.weights for stem in stems))


def with_totals(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """The figures, with the printed total of a list in place of entries that are only parts of what was asked.

    Who asks how many people were trained means all of them: the total, and the sentence that states it. Who names two
    entries or more, each by a word of its own, means those.
    """
    if query.kind in ("ranking", "sum", "list"):
        return list(chosen)
    kept: list[Scored] = []
    known = {found.item.item_id for found in chosen}
    apart = [found for found in chosen if _is_told_apart(found.item, query, corpus, 0.0)]
    named = apart if len(apart) >= _SEVERAL else []
    for found in chosen:
        is_whole = found in named or _is_whole(found.item, query, corpus)
        totals = [] if is_whole else totals_of(found.item, corpus)
        if not totals:
            kept.append(found)
            continue
        fresh = [item for item in totals if item.item_id not in known]
        known |= {item.item_id for item in fresh}
        kept += (replace(found, item=item) for item in fresh)
    return kept


def with_their_line(chosen: Sequence[Scored], corpus: Corpus) -> list[Scored]:
    """The figures, each amount of money with the others of its line of columns ("contratos, asignado, ejecutado")."""
    known = {found.item.item_id for found in chosen}
    kept = list(chosen)
    for found in chosen:
        others = [item for item in line_of(found.item, corpus) if item.item_id not in known]
        known |= {item.item_id for item in others}
        kept += (replace(found, item=item) for item in others)
    return kept


def with_other_times(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """Where the question names several times, or both that are printed, the figure of the same thing of each.

    The printed change between them comes too where it is asked for. A count of which no time is said is told of each.
    """
    best = chosen[0]
    row = best.item.row
    both_times = (
        row is not None
        and bool(row_intervals(row))
        and (asks_for(query.text, "periods") or (not query.asked and _counts_of_a_time(best, query)))
    )
    if (len(query.asked) < 2 and not both_times) or row is None or row.figure is None or is_indicator_row(row):
        return list(chosen)
    known = {found.item.item_id for found in chosen}
    same = [
        item
        for item in corpus.rows_of(row.document_id)
        if is_same_measure(best.item, item) and subject_of(item) == subject_of(best.item)
    ]
    times = query.asked or tuple(row_intervals(item.row)[0] for item in same if item.row and row_intervals(item.row))
    if len({(time.first, time.last) for time in times}) > _MOST_TIMES:
        return list(chosen)
    missing = [time for time in times if not any(is_of_time(found.item, time) for found in chosen)]
    figures = (next((i for i in same if is_of_time(i, time) and not says_change(i)), None) for time in missing)
    changes = [i for i in same if says_change(i) and any(is_of_time(i, time) for time in query.asked)]
    asks_change = query.changes or "difference" in query.cues
    further = [item for item in (*figures, *(changes if asks_change else ())) if item and item.item_id not in known]
    return [*chosen, *(replace(best, item=item) for item in {one.item_id: one for one in further}.values())]


def _counts_of_a_time(found: Scored, query: Query) -> bool:
    """Whether a figure is the number of what a question counts, and printed of a time."""
    row = found.item.row
    if row is None or row.figure is None or not row.figure.period or row.figure.unit is None or query.kind != "value":
        return False
    unit = stem_set(row.figure.unit)
    return any(term.counted and not term.generic and unit.issuperset(term.text.split()) for term in query.terms)


def with_all_changes(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """Where a question names nothing but a change and its unit ("¿en cuántos puntos se subió?"), every figure of the
    report that is such a change: it may be of any of them."""
    row = chosen[0].item.row
    unit = row.figure.unit if row is not None and row.figure is not None and says_change(chosen[0].item) else None
    if row is None or unit is None or is_indicator_row(row) or query.filters.named or query.asked:
        return list(chosen)
    empty = change_stems() | stem_set(unit)
    if any(term.known and not empty.issuperset(term.text.split()) for term in query.terms):
        return list(chosen)
    known = {found.item.item_id for found in chosen}
    changes = [
        item
        for item in corpus.rows_of(row.document_id)
        if item.row is not None and item.row.figure is not None and stem_set(item.row.figure.unit) == stem_set(unit)
        and says_change(item) and _same_way(item.row, row)
    ]  # fmt: skip
    return [*chosen, *(replace(chosen[0], item=item) for item in changes[:_MOST_CHANGES] if item.item_id not in known)]


def _same_way(one: IndicatorRow, other: IndicatorRow) -> bool:
    """Whether two figures of a report are both told as a fall, or neither is."""
    return asks_for(one.metric or "", "fell") == asks_for(other.metric or "", "fell")


def is_beside_what_is_counted(found: Scored, query: Query, corpus: Corpus) -> bool:
    """Whether a figure of a line of contracts and money stands beside what the question counts, and counts it not."""
    counted = [at for at, term in enumerate(query.terms) if term.counted and not term.generic]
    if not counted or query.asks("budget") or any(query.terms[at].weight < TELLING or found.own[at] for at in counted):
        return False
    return bool(line_of(found.item, corpus))


def line_of(item: Item, corpus: Corpus) -> list[Item]:
    """The other figures of the line of columns that an item is of; [] when no amount of money is among them."""
    row = item.row
    if row is None or row.figure is None or not is_labelled(row) or is_indicator_row(row):
        return []
    line = [
        other
        for other in corpus.rows_of(row.document_id)
        if other.row is not None
        and other.row.quote == row.quote
        and other.place == item.place
        and is_labelled(other.row)
    ]
    is_of_money = len(line) >= _FEWEST and any(other.row is not None and other.row.budget for other in line)
    return [other for other in line if other.item_id != item.item_id] if is_of_money else []


def with_all_terms(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """For a sum over several programmes, every item asked for of every programme ("asignado y ejecutado de … y …")."""
    rows = [found.item.row for found in chosen if found.item.row is not None and not is_indicator_row(found.item.row)]
    subjects = {(row.document_id, row.indicator, row.programme) for row in rows}
    metrics = {row.metric for row in rows}
    if query.kind != "sum" or len(subjects) < 2:
        return list(chosen)
    known = {found.item.item_id for found in chosen}
    others = (
        item
        for item in corpus.rows
        if item.item_id not in known
        and item.row is not None
        and item.row.metric in metrics
        and (item.row.document_id, item.row.indicator, item.row.programme) in subjects
    )
    return [*chosen, *(replace(chosen[0], item=item) for item in others)]


def totals_of(item: Item, corpus: Corpus) -> list[Item]:
    """The printed total of the list that an entry is of, and other figures of its slide that state the same number."""
    row = item.row
    if row is None or is_indicator_row(row) or not is_labelled(row) or is_total(row):
        return []
    total = next((other for other in siblings_of(item, corpus) if other.row is not None and is_total(other.row)), None)
    if total is None or total.row is None or total.row.figure is None:
        return []
    value = total.row.figure.value
    same = [
        other
        for other in corpus.rows_of(row.document_id)
        if other.row is not None
        and other.row.figure is not None
        and other.row.context == row.context
        and other.row.figure.value == value
    ]
    return same or [total]


def _is_whole(item: Item, query: Query, corpus: Corpus) -> bool:
    """Whether the question says most of what an entry's name says."""
    typed = {stem for term in query.terms for stem in term.alternatives[0].stems}
    said = sum(corpus.rarity(stem, stem) for stem in item.own & typed)
    return said >= _WHOLE * corpus.own_total(item) or _is_told_apart(item, query, corpus, TELLING)


def _is_told_apart(item: Item, query: Query, corpus: Corpus, least: float) -> bool:
    """Whether the question names an entry by words that neither the other entries nor what stands above them have, and
    that tell this much at ``least``."""
    row = item.row
    if row is None:
        return False
    around = (text for text in row.context if folded(row.quote) not in folded(text))
    above = stem_set(" ".join(filter(None, (*around, row.indicator, row.programme))))
    elsewhere = [above, *(other.own for other in siblings_of(item, corpus))]
    return any(
        term.weight >= least
        and item.own.issuperset(way.stems)
        and not any(said.issuperset(way.stems) for said in elsewhere)
        for term in query.terms
        for way in term.alternatives[:1]
    )


def _listed_beside(item: Item, corpus: Corpus) -> list[Item]:
    """The one list of figures on the slide of a sentence that tells what they come to."""
    row = item.row
    if row is None or is_indicator_row(row):
        return []
    lists: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for other in corpus.rows_of(row.document_id):
        if other.row is None or not is_entry(other) or is_total(other.row) or _is_goal_or_money(other.row):
            continue
        if (other.row.indicator, other.row.programme, other.row.context) == (row.indicator, row.programme, row.context):
            lists[_key(other)].append(other)
    found = [entries for entries in lists.values() if len(entries) >= _FEWEST]
    return found[0] if len(found) == 1 else []


def _is_goal_or_money(row: IndicatorRow) -> bool:
    return bool(row.budget) or (row.metric or "").casefold().startswith("meta")


def is_entry(item: Item) -> bool:
    """Whether an item is an entry of a list of figures, and not the sentence of its total."""
    return item.row is not None and not is_indicator_row(item.row) and is_labelled(item.row)


def with_siblings(chosen: Sequence[Scored], query: Query, corpus: Corpus) -> list[Scored]:
    """For rankings, sums and what is left of a budget, all figures of the list that the best one is of."""
    entries = asks_for(query.text, "entries")
    rows = [found for found in chosen if found.item.row is not None]
    best = next((found for found in rows if entries and is_entry(found.item)), next(iter(rows), chosen[0]))
    wanted = query.kind in ("ranking", "sum") or query.unspent or entries
    if entries and rows and not is_entry(best.item) and (listed := _listed_beside(best.item, corpus)):
        known = {found.item.item_id for found in chosen}
        return [*chosen, *(replace(best, item=item) for item in listed if item.item_id not in known)]
    if not wanted or best.item.row is None or is_indicator_row(best.item.row) or not is_labelled(best.item.row):
        told = with_totals(chosen, query, corpus)
        return _with_the_total(told, best, corpus) if asks_for(query.text, "and_total") else told
    known = {found.item.item_id for found in chosen}
    siblings = (item for item in siblings_of(best.item, corpus) if item.item_id not in known)
    return [*with_all_terms(chosen, query, corpus), *(replace(best, item=item) for item in siblings)]


def _with_the_total(chosen: Sequence[Scored], entry: Scored, corpus: Corpus) -> list[Scored]:
    """The figures, and the printed total of the list that one of them is an entry of."""
    known = {found.item.item_id for found in chosen}
    totals = (item for item in siblings_of(entry.item, corpus) if item.row is not None and is_total(item.row))
    return [*chosen, *(replace(entry, item=item) for item in totals if item.item_id not in known)]
