"""Which figures of prose a question computes with: those it names apart, of one count, or goal and reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.corpus.bars import AS_GOOD, HALF_AS_GOOD
from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row, is_labelled, is_total
from assistant.evidence.lists import totals_of
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import is_same_measure, same_text, says_change, subject_of
from assistant.figures.summed import added_up, but_by_what_means
from assistant.question.asks import asks_for, load_asks
from assistant.question.query import Query, Term
from assistant.question.times import row_intervals, speaks_of
from ingest.figures import parse_number

#: A term that weighs less tells no figure from another.
_TELLS = 0.2
#: Of what the question tells, the figures have to name this share themselves.
_NAMED = 0.5
#: The first places of the evidence: a figure that computes has to be among what answers at all.
_FIRST = 3
_MOST = 6
_PAIR = 2

#: The ways to say a term, each as its stems.
_Ways = Sequence[frozenset[str]]


def amounts(query: Query, evidence: Sequence[Scored]) -> list[Scored]:
    """The figures with a value among the evidence, if one of them is among the best of it; no rows of tables."""
    found = [one for one in evidence if _is_amount(one.item) and speaks_of(one.item, query.asked)]
    if not found or is_indicator_row(evidence[0].item.row):
        return []
    enough = AS_GOOD if evidence[0].item.row is not None else HALF_AS_GOOD
    return found if any(one.score >= evidence[0].score * enough for one in found[:_FIRST]) else []


def named_apart(query: Query, found: Sequence[Scored], most: int = _MOST) -> list[Item]:
    """Figures of one document that the question names each by a word of its own; [] when they leave much of it open."""
    if not found:
        return []
    document = found[0].item.document.document_id
    near = _that_count(query, [one for one in found if one.item.document.document_id == document])
    terms = telling(query)
    others = but_by_what_means(query, terms)
    if len({at for term in others for at, one in enumerate(near) if _names(one.item, _ways(term, near))}) > 1:
        terms = others
    open_terms = {at: ways for at, term in enumerate(terms) if (ways := _ways(term, near))}
    chosen: list[Scored] = []
    while open_terms and len(chosen) <= most:
        weights = [sum(terms[at].weight for at, ways in open_terms.items() if _names(one.item, ways)) for one in near]
        best = max(range(len(near)), key=lambda at: weights[at])
        if weights[best] < _TELLS:
            break
        chosen.append(near[best])
        open_terms = {at: ways for at, ways in open_terms.items() if not _names(near[best].item, ways)}
    said = [term for term in terms if any(_names(one.item, _ways(term, near)) for one in chosen)]
    enough = sum(term.weight for term in said) >= _NAMED * sum(term.weight for term in terms)
    items = [one.item for one in chosen]
    named = [ways for term in terms if (ways := _ways(term, near))]
    told = enough and 1 < len(items) <= most and _add_up(items)
    if not told:
        return []
    numbers = {parse_number(number) for number in query.numbers}
    unnumbered = [item for item in items if _value(item) not in numbers]
    return items if all(_is_told_apart(item, items, named, near) for item in unnumbered) else []


def _is_told_apart(item: Item, chosen: Sequence[Item], named: Sequence[_Ways], near: Sequence[Scored]) -> bool:
    """Whether the question says what a figure counts, and says it of no other figure that is not computed with.

    "Impactaron" is said of 73.370 inhabitants and does not name them; "armas" names three figures, and so none.
    """
    says = _said_of(item, named)
    if not says:
        # "Evitando lesionados en 1.257 casos": beside its own sentence's other figure, what it is said of names it.
        return len({one.row.quote for one in chosen if one.row is not None}) == 1
    others = [one.item for one in near if one.item not in chosen and _value(one.item) != _value(item)]
    return not any(says <= _said_of(other, named) and _is_same_kind(item, other) for other in others)


def _said_of(item: Item, named: Sequence[_Ways]) -> set[int]:
    """Which terms say what a figure counts: its unit, or its name where it is labelled or an amount of money."""
    counts = _counted(item)
    return {at for at, ways in enumerate(named) if any(way & counts and way <= item.own for way in ways)}


def _counted(item: Item) -> frozenset[str]:
    row = item.row
    unit = row.figure.unit if row is not None and row.figure is not None else None
    if row is None or unit is None or unit in ("%", "COP", "USD") or is_labelled(row):
        return frozenset(item.own)
    return frozenset(stem_set(unit))


def _is_same_kind(one: Item, other: Item) -> bool:
    """Whether two figures are both of sentences, or entries of lists for the same time: else their names differ."""
    first, second = one.row, other.row
    if first is None or second is None or is_labelled(first) != is_labelled(second):
        return False
    return not is_labelled(first) or row_intervals(first) == row_intervals(second)


def _that_count(query: Query, near: Sequence[Scored]) -> list[Scored]:
    """Of some figures those that count what the question counts, where several do ("cámaras PTZ", not their money)."""
    counted = [set(term.alternatives[0].stems) for term in query.terms if term.counted and term.weight >= _TELLS]
    counting = [one for one in near if any(stems <= one.item.own for stems in counted)]
    return counting if len(counting) > 1 else list(near)


def entry_of_total(query: Query, found: Sequence[Scored], corpus: Corpus) -> list[Item]:
    """The entry of a list that the question names most fully, and the printed total of its list; or []."""
    typed = {stem for term in telling(query) for stem in term.alternatives[0].stems}
    named: list[tuple[float, Item]] = []
    for one in found:
        said = sum(corpus.rarity(stem, stem) for stem in one.item.own & typed)
        if said >= _NAMED * corpus.own_total(one.item) and not _is_percent(one.item):
            named.append((said / corpus.own_total(one.item), one.item))
    for _, item in sorted(named, key=lambda pair: -pair[0]):
        if totals := totals_of(item, corpus):
            return [item, totals[0]]
    return []


def of_one_count(query: Query, found: Sequence[Scored]) -> list[Item]:
    """The figures of one sentence, or of one time in one list, that all count what the question counts ("armas")."""
    term = next((term for term in query.terms if term.counted and term.weight >= _TELLS), None) or added_up(query)
    if term is None or not found:
        return []
    counting = [one for one in found if set(term.alternatives[0].stems) <= one.item.own]
    if not counting or any(one.item.row is not None and is_total(one.item.row) for one in counting):
        return []
    best = max(counting, key=lambda one: one.coverage)
    items = [one.item for one in counting if _is_beside(best.item, one.item)]
    return items if len(items) > 1 and _add_up(items) else []


def goal_and_reached(query: Query, found: Sequence[Scored], corpus: Corpus) -> list[Item]:
    """The printed goal of the indicator of a report that fits best, and the best figure of how far it is; or [].

    Of a list with a printed total the total: an entry is only a part of what was reached. What else stands under the
    indicator and counts another thing ("rectores de 20 colegios") tells nothing of how far it is.
    """
    best = max((one.coverage for one in found), default=0.0)
    goal = next((one.item for one in found if _is_goal(one.item) and one.coverage >= best * AS_GOOD), None)
    if goal is None or goal.row is None or goal.row.indicator is None:
        return []
    for one in found:
        row = one.item.row
        if (
            row is None
            or row.indicator != goal.row.indicator
            or _is_goal(one.item)
            or _is_percent(one.item)
            or row.budget
        ):
            continue
        totals = totals_of(one.item, corpus)
        if not totals and not is_total(row) and not stem_set(row.metric or "") & query.stems:
            continue
        reached = next(iter(totals), one.item)
        return [goal, reached] if _value(reached) <= _value(goal) else []
    return []


def at_two_times(query: Query, found: Sequence[Scored], corpus: Corpus) -> list[Item]:
    """The figure that fits best and the one of the same name at another time, the earlier first; or []."""
    close = [one for one in found if one.score >= found[0].score * HALF_AS_GOOD]
    best = next((one.item for one in close if one.item.row is not None and is_labelled(one.item.row)), None)
    if best is None or best.row is None:
        return []
    same = {
        row_intervals(item.row)[0]: item
        for item in corpus.figures
        if item.row is not None
        and item.row.document_id == best.row.document_id
        and same_text(item.row.metric, best.row.metric)
        and row_intervals(item.row)
        and (len(query.asked) < _PAIR or speaks_of(item, query.asked))
    }
    ordered = [same[time] for time in sorted(same, key=lambda time: time.first)]
    return ordered if len(ordered) == _PAIR else []


def of_two_periods(query: Query, found: Sequence[Scored], corpus: Corpus) -> list[Item]:
    """The best figure that holds for a time and the same measure at the only other time printed, the earlier first.

    [] unless the question speaks of both times ("en los dos trimestres") or names them, and then of a measure that it
    names most fully; a slide may call the measure otherwise, it is the same by what it counts.
    """
    timed = [one.item for one in found if one.item.row is not None and row_intervals(one.item.row)]
    best = next(iter(timed), None)
    if not asks_for(query.text, "periods"):
        best = max(timed, key=lambda item: _named_share(item, query, corpus), default=None)
        if len(query.asked) < _PAIR or best is None or best.row is None or is_labelled(best.row):
            return []
    if best is None or best.row is None:
        return []
    same = {
        row_intervals(item.row)[0]: item
        for item in corpus.rows_of(best.row.document_id)
        if item.row is not None
        and row_intervals(item.row)
        and _is_amount(item)
        and is_same_measure(best, item)
        and subject_of(item) == subject_of(best)
    } | {row_intervals(best.row)[0]: best}
    ordered = [same[time] for time in sorted(same, key=lambda time: time.first)]
    return ordered if len(ordered) == _PAIR else []


def _named_share(item: Item, query: Query, corpus: Corpus) -> float:
    """Which part of what tells a figure the question says."""
    return sum(corpus.rarity(stem, stem) for stem in item.own & query.stems) / corpus.own_total(item)


def change_told(found: Sequence[Scored]) -> list[Item]:
    """The two figures of a sentence that tells a change ("pasamos de 824 … a 243"), in its order; or []."""
    for one in found[:_FIRST]:
        row = one.item.row
        if row is None or row.metric is None or "pas" not in folded(row.quote):
            continue
        twins = [other.item for other in found if other.item.row is not None and other.item.row.quote == row.quote]
        after = [item for item in twins if item.row and folded(item.row.metric or "").startswith("a ")]
        before = [item for item in twins if item not in after]
        if len(after) == 1 and len(before) == 1:
            return [before[0], after[0]]
    return []


def telling(query: Query) -> list[Term]:
    """The terms that tell figures apart: not the words that only ask for arithmetic."""
    asking = load_asks().asking_stems
    return [term for term in query.terms if term.weight >= _TELLS and not set(term.alternatives[0].stems) <= asking]


def _ways(term: Term, near: Sequence[Scored]) -> list[frozenset[str]]:
    """The ways to say a term by which figures are looked for: as typed, or otherwise where no figure says that."""
    typed = frozenset(term.alternatives[0].stems)
    if any(typed <= one.item.own for one in near):
        return [typed]
    return [
        ways for way in term.alternatives[1:] if any((ways := frozenset(way.stems)) <= one.item.own for one in near)
    ]


def _names(item: Item, ways: Sequence[frozenset[str]]) -> bool:
    return any(way <= item.own for way in ways)


def _is_amount(item: Item) -> bool:
    row = item.row
    return (
        row is not None
        and not is_indicator_row(row)
        and row.figure is not None
        and row.figure.value is not None
        and not says_change(item)
    )


def _value(item: Item) -> Decimal:
    figure = item.row.figure if item.row is not None else None
    return figure.value if figure is not None and figure.value is not None else Decimal(0)


def _is_goal(item: Item) -> bool:
    return item.row is not None and "meta" in folded(item.row.metric or "").split() and not _is_percent(item)


def _is_percent(item: Item) -> bool:
    return item.row is not None and item.row.figure is not None and item.row.figure.unit == "%"


def _add_up(items: Sequence[Item]) -> bool:
    """Whether figures may stand in one sum: all money or none, no percentages, no total among its parts."""
    units = {item.row.figure.unit for item in items if item.row is not None and item.row.figure is not None}
    money = units & {"COP", "USD"}
    return "%" not in units and (not money or (units == money and len(money) == 1))


def _is_beside(one: Item, other: Item) -> bool:
    """Whether two figures stand in one sentence, or in one list for the same time."""
    first, second = one.row, other.row
    if first is None or second is None or first.document_id != second.document_id:
        return False
    if first.quote == second.quote:
        return True
    in_list = is_labelled(first) and is_labelled(second) and first.context == second.context
    return in_list and row_intervals(first) == row_intervals(second)
