"""What a question asks to be computed over the figures that reports and letters state, as one frozen value.

The rungs: what is asked (``asks``) → which figures (``operands``, ``money_lines``, ``growth``) → the computation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

from assistant.corpus.corpus import Corpus, Item, place_in_order
from assistant.evidence.fields import is_sibling, is_total
from assistant.evidence.lists import ranked_list
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import says_change
from assistant.evidence.wholes import is_part_and_whole
from assistant.figures.arithmetic import Computed, difference, part_of, percent_change, total
from assistant.figures.growth import growths, nouns_asked
from assistant.figures.kinds_added import of_all_kinds
from assistant.figures.money_lines import MoneyLine, columns_asked, lines_named, money_lines
from assistant.figures.operands import (
    amounts,
    at_two_times,
    change_told,
    entry_of_total,
    goal_and_reached,
    named_apart,
    of_one_count,
    of_two_periods,
    telling,
)
from assistant.figures.premise import asks_whether_done
from assistant.figures.sentence_lists import SentenceList, listed_in_sentence
from assistant.figures.told_changes import told_change
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.ways import asks_which_way
from ingest.records import Figure

Operation = Literal["sum", "difference", "share", "missing", "growth", "fall", "order", "execution", "rest"]
_FEWEST = 2
#: Things put together by the sign of addition ("servicios + conectados").
_JOINED = re.compile(r"[^\W\d_]\s\+\s[^\W\d_]")
#: What may be computed over the same measure at two times.
_OVER_TIME = ("sum", "difference", "growth", "fall")


@dataclass(frozen=True)
class Entry:
    """One line of an ordered list: what it is of, its figure as printed or computed, and the items it stands in."""

    name: str
    items: tuple[Item, ...]
    text: str
    value: Decimal
    computed: Computed | None = None


@dataclass(frozen=True)
class Computation:
    """A result with the items it is computed of, or a list in order; ``metric`` is what its figures are.

    ``further`` is a change in percent, where that is asked beside its amount; ``sums`` are those of further columns;
    ``printed`` is where a document says the result itself.
    """

    operation: Operation
    items: tuple[Item, ...] = ()
    result: Computed | None = None
    entries: tuple[Entry, ...] = ()
    further: Computed | None = None
    sums: tuple[Computation, ...] = ()
    metric: str = ""
    printed: tuple[Item, ...] = ()


def over_lists(query: Query, corpus: Corpus) -> Computation | None:
    """What the question asks to be computed over the lines of money or the lists that it names."""
    operation = _operation(query) or ("sum" if asks_for(query.text, "between_them") else None)
    if operation in ("growth", "fall"):
        return _growth(query, operation, corpus)
    if operation is None:
        return None
    return _of_lines(query, operation, corpus) or (_of_list(query, corpus) if operation == "order" else None)


def over_told_change(query: Query, corpus: Corpus) -> Computation | None:
    """How far the change that a sentence tells goes, and by how many percent; None where no such change is asked."""
    pair = told_change(query, corpus) if query.kind != "sum" else None
    if pair is None:
        return None
    before, after = _figures(pair)
    step = difference(before, after)
    is_share = before.unit == "%" == after.unit
    further = None if is_share or not _asks_percent(query) else percent_change(before, after)
    if step is None or before.value is None or after.value is None:
        return None
    operation: Operation = "fall" if after.value < before.value else "growth"
    return Computation(operation, pair, step, further=further)


def _asks_percent(query: Query) -> bool:
    return query.percent or query.wants_percent or asks_for(query.text, "share")


def over_prose(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Computation | None:
    """What it asks to be computed over figures of prose; None where it does not say clearly which."""
    operation = _operation(query)
    is_order = operation == "order" or query.kind == "ranking"
    if is_order and (listed := listed_in_sentence(query, evidence)) is not None:
        return _in_order(query, _entries_of(listed), listed.called)
    return None if operation is None else _of_prose(query, operation, evidence, corpus)


def _operation(query: Query) -> Operation | None:
    says = query.text
    if len(query.asked) != 1 and asks_for(says, "fell"):
        grown: Operation | None = "fall"
    else:
        grown = "growth" if len(query.asked) != 1 and asks_for(says, "grew") else None
    if query.unspent or (asks_for(says, "rest") and len(query.asked) == 1 and query.kind == "value"):
        return None  # "¿cuántos no fueron …?" in one quarter is no difference of two
    found: tuple[tuple[Operation | None, bool], ...] = (
        ("missing", asks_for(says, "missing") or asks_whether_done(says)),
        ("difference", asks_which_way(says)),
        (grown, grown is not None),
        ("sum", query.kind == "sum" or _JOINED.search(says) is not None),
        ("share", asks_for(says, "share")),
        ("difference", query.kind in ("difference", "percent_change") or asks_for(says, "more")),
        ("order", query.kind == "ranking" or asks_for(says, "largest") or asks_for(says, "smallest")),
    )
    return next((operation for operation, is_asked in found if is_asked), None)


def _growth(query: Query, operation: Operation, corpus: Corpus) -> Computation | None:
    """Every entry of the list by how much it grew; of those that fell only these, the furthest first."""
    entries = []
    for before, after in growths(query, corpus):
        first, last = _figure(before), _figure(after)
        step = difference(first, last) if first and last else None
        if step is None or first is None or last is None or first.value is None or last.value is None:
            return None
        signed = last.value - first.value
        entries.append(Entry(_label(after), (before, after), step.text, signed, step))
    entries.sort(key=lambda entry: entry.value, reverse=operation == "growth")
    if operation == "fall":
        entries = [entry for entry in entries if entry.value < 0] or entries
    items = tuple(item for entry in entries for item in entry.items)
    return Computation(operation, items, entries=tuple(entries)) if entries else None


# lines of money ---------------------------------------------------------------------------------------------------
def _of_lines(query: Query, operation: Operation, corpus: Corpus) -> Computation | None:
    """What is computed over the lines of money that the question names, or over one of them."""
    columns = columns_asked(query)
    if not columns:
        return None
    named = lines_named(query, money_lines(query, corpus))
    if operation == "share" and len(named) == 1 and "porcentaje" in columns and _asks_of_money(query, columns):
        return _execution(named[0])
    if operation == "sum":
        sums = [found for column in columns if (found := _sum_of(named, column)) is not None]
        return replace(sums[0], sums=tuple(sums[1:])) if sums else None
    figures = [(line, item) for line in named if (item := line.column(columns[0])) is not None]
    if len(figures) < _FEWEST or (len(figures) < len(named) and operation != "order"):
        return None
    if operation == "order":
        return _order(query, figures)
    if operation == "share":
        return None  # which part one line is of another is asked in words that name both, of ``_of_prose``
    items = sorted((item for _, item in figures), key=place_in_order)
    return _computed(operation, items, difference(*_figures(items))) if len(items) == _FEWEST else None


def _asks_of_money(query: Query, columns: Sequence[str]) -> bool:
    """Whether a percentage is asked of money: "qué porcentaje alcanzó la *dimensión*" is asked of a thing."""
    return "budget" in query.fields or any(column != "porcentaje" for column in columns)


def _sum_of(lines: Sequence[MoneyLine], column: str) -> Computation | None:
    """The sum of one column over lines that all have it."""
    items = sorted((item for line in lines if (item := line.column(column)) is not None), key=place_in_order)
    found = _computed("sum", items, total(_figures(items))) if len(items) == len(lines) else None
    return replace(found, metric=_label(items[0])) if found is not None else None


def _execution(line: MoneyLine) -> Computation | None:
    """Which part of the money assigned was executed, where the document prints no percentage of it."""
    assigned, executed = line.column("asignado"), line.column("ejecutado")
    if line.column("porcentaje") is not None or assigned is None or executed is None:
        return None
    part, whole = _figure(executed), _figure(assigned)
    return _computed("execution", (executed, assigned), part_of(part, whole) if part and whole else None)


def _order(query: Query, figures: Sequence[tuple[MoneyLine, Item]]) -> Computation | None:
    entries = [
        Entry(line.name, (item,), figure.text, figure.value)
        for line, item in figures
        if (figure := _figure(item)) is not None and figure.value is not None
    ]
    metric = figures[0][1].row.metric if figures[0][1].row else None
    return _in_order(query, entries, metric or "")


def _in_order(query: Query, entries: list[Entry], metric: str) -> Computation | None:
    ascending = asks_for(query.text, "smallest") and not asks_for(query.text, "largest")
    ascending |= "ranking_min" in query.cues and "ranking_max" not in query.cues
    entries.sort(key=lambda entry: entry.value, reverse=not ascending)
    items = tuple(item for entry in entries for item in entry.items)
    return Computation("order", items, entries=tuple(entries), metric=metric) if len(entries) > 1 else None


def _of_list(query: Query, corpus: Corpus) -> Computation | None:
    """The entries of the list that the question names by what they are called ("¿cuál *canal* …?"), by size."""
    nouns = nouns_asked(query)
    if query.kind in ("ranking", "list") or not nouns:
        return None
    listed = ranked_list(replace(query, set_nouns=tuple(nouns)), corpus)
    entries = [
        Entry(_label(item), (item,), figure.text, figure.value)
        for item in listed
        if (figure := _figure(item)) is not None and figure.value is not None and item.row and not is_total(item.row)
    ]
    period = next((figure.period for item in listed if (figure := _figure(item)) is not None), None)
    return _in_order(query, entries, period or "")


# figures of prose -------------------------------------------------------------------------------------------------
def _of_prose(query: Query, operation: Operation, evidence: Sequence[Scored], corpus: Corpus) -> Computation | None:
    found = amounts(query, evidence)
    pairs: dict[Operation, Callable[[], Sequence[Item]]] = {
        "missing": lambda: goal_and_reached(query, found, corpus),
        "share": lambda: (
            _goal_share(query, found, corpus)
            or entry_of_total(query, found, corpus)
            or named_apart(query, found, _FEWEST)
        ),
        "growth": lambda: at_two_times(query, found, corpus),
        "fall": lambda: at_two_times(query, found, corpus),
        "difference": lambda: (
            change_told(found) or at_two_times(query, found, corpus) or named_apart(query, found, _FEWEST)
        ),
        "sum": lambda: (
            named_apart(query, found) or of_one_count(query, found) or of_all_kinds(query.text, telling(query), found)
        ),
    }
    two_periods = of_two_periods(query, found, corpus) if operation in _OVER_TIME else ()
    items = two_periods or (pairs[operation]() if operation in pairs and found else ())
    if len(items) < _FEWEST:
        return None
    figures = _figures(items)
    if operation == "sum":
        items = sorted(items, key=_as_read)
        if any(is_part_and_whole(one, other, corpus) for one, other in combinations(items, 2)):
            return None
        return _computed(operation, items, total(_figures(items)))
    if operation in ("growth", "fall", "difference") and query.wants_percent:
        change = percent_change(figures[0], figures[1])
        step = difference(figures[0], figures[1])
        return Computation("difference", tuple(items), step, further=change) if step else None
    if operation == "share":
        if is_sibling(items[0], items[1]) and not any(item.row and is_total(item.row) for item in items):
            return None
        part, whole = sorted(figures, key=lambda figure: figure.value or 0)
        return _computed(operation, items, part_of(part, whole))
    if operation == "missing":
        return _missing(query, items)
    found_one = _computed("difference", items, difference(figures[0], figures[1]))
    return None if found_one is None else replace(found_one, printed=_printed_change(found_one, corpus))


def _printed_change(found: Computation, corpus: Corpus) -> tuple[Item, ...]:
    """The change that a slide of one of the two prints itself ("3.548 + usuarios"), where it is what was computed."""
    slides = {item.row.context for item in found.items if item.row is not None and item.row.context}
    return tuple(
        item
        for item in corpus.rows_of(found.items[0].document.document_id)
        if item.row is not None and item.row.context in slides and says_change(item)
        and item.row.figure is not None and found.result is not None and item.row.figure.value == found.result.value
    )[:1]  # fmt: skip


def _entries_of(listed: SentenceList) -> list[Entry]:
    figures = ((name, item, _figure(item)) for name, item in listed.entries)
    return [Entry(name, (item,), one.text, one.value) for name, item, one in figures if one and one.value is not None]


def _missing(query: Query, items: Sequence[Item]) -> Computation | None:
    """What is missing of a goal and, where the question asks for that too, which part of it was reached."""
    goal, reached = _figures(items)
    found = _computed("missing", items, difference(goal, reached))
    if found is None or not (query.percent or asks_for(query.text, "share")):
        return found
    part = _computed("share", items, part_of(reached, goal))
    return found if part is None else replace(found, sums=(part,))


def _goal_share(query: Query, found: Sequence[Scored], corpus: Corpus) -> Sequence[Item]:
    return goal_and_reached(query, found, corpus) if query.asks("target") else ()


def _computed(operation: Operation, items: Sequence[Item], result: Computed | None) -> Computation | None:
    return Computation(operation, tuple(items), result) if result is not None else None


def _figures(items: Sequence[Item]) -> list[Figure]:
    return [figure for item in items if (figure := _figure(item)) is not None]


def _figure(item: Item) -> Figure | None:
    return item.row.figure if item.row is not None else None


def _as_read(item: Item) -> tuple[int, float, int]:
    """The order in which figures are read, within one sentence too."""
    row = item.row
    return (*place_in_order(item), row.quote.find(row.figure.text) if row is not None and row.figure else 0)


def _label(item: Item) -> str:
    return (item.row.metric if item.row is not None else None) or item.document.title
