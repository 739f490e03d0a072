"""Rows counted by a level as an answer: the count of each group with its rows, or the group with the most or fewest."""

from __future__ import annotations

from urllib.parse import urlencode

from assistant.answer import Answer
from assistant.composing.compose_sets import MOST_CITED, cite_filter
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import Phrases, phrases
from assistant.question.query import Query
from assistant.sets.groups import Counted, Group
from assistant.sets.sets import describe

_MOST_SHOWN = 40
_MOST_MARKS = 3
#: Levels that the address of rows can be narrowed by.
_IN_ADDRESS = frozenset(("programme", "dependency"))


def compose_groups(query: Query, counted: Counted, url: Url) -> Answer:
    """The answer: of several entities one after the other."""
    say = phrases(query.language)
    draft = Draft(url)
    address = cite_filter(query, counted.rows.terms, len(counted.rows.items), draft) if _is_large(counted) else None
    for entity in counted.entities:
        _entity(query, counted.of(entity), len(counted.entities) > 1, address, draft, say)
    return draft.finish("answered")


def _entity(query: Query, counted: Counted, several: bool, address: str | None, draft: Draft, say: Phrases) -> None:
    level = counted.grouping.level
    if counted.grouping.order != "each":
        _first(query, counted, draft, say)
    names = [describe(counted.filters) or None, counted.groups[0].entity if several else None]
    where = " · ".join(name for name in names if name)
    total, levels = len(counted.rows.distinct), len(counted.groups)
    _prove(total, "filas", draft)
    _prove(levels, say.sentences[f"levels_{level}"], draft)
    head = say.say(
        "groups_head", count=str(total), noun=_noun(query, total, say), where=f" — {where}" if where else "",
        value=str(levels), text=say.sentences[f"level_{level}" if levels == 1 else f"levels_{level}"],
        mark=" [1]" if address is not None else "",
    )  # fmt: skip
    draft.say(head)
    for group in counted.groups[:_MOST_SHOWN]:
        mark = _mark(group, counted, address, draft)
        draft.say(say.say("group_row", text=group.name, count=str(group.count), mark=mark))
        _prove(group.count, "filas", draft)
    if len(counted.groups) > _MOST_SHOWN and address is not None:
        draft.say(say.say("set_all", url=address))
    if sum(group.count for group in counted.groups) + len(counted.without.distinct) > total:
        draft.say(say.say("groups_shared", subject=say.sentences[f"level_{level}"]))
    if counted.without.distinct:
        _without(counted, address, draft, say)


def _first(query: Query, counted: Counted, draft: Draft, say: Phrases) -> None:
    """The group asked for, with all its rows unless they are too many; those that tie with it as well."""
    first, level = counted.first, counted.grouping.level
    count = first[0].count
    marks = [draft.mark(*items[: MOST_CITED if len(items) <= MOST_CITED else _MOST_MARKS])
             for items in (group.rows.items for group in first[:_MOST_SHOWN])]  # fmt: skip
    order, noun = say.sentences[f"groups_{counted.grouping.order}"], _noun(query, 2, say)
    if len(first) == 1:
        line = say.say("group_first", subject=say.sentences[f"the_{level}"], message=order, noun=noun,
                       text=first[0].name, count=str(count), mark=marks[0])  # fmt: skip
    else:
        levels = say.sentences[f"levels_{level}"]
        _prove(len(first), levels, draft)
        names = "; ".join(f"{group.name} {mark}" for group, mark in zip(first, marks, strict=False))
        line = say.say("groups_tie", value=str(len(first)), subject=levels, message=order, noun=noun,
                       count=str(count), text=names)  # fmt: skip
    draft.say(line)
    _prove(count, "filas", draft)


def _mark(group: Group, counted: Counted, address: str | None, draft: Draft) -> str:
    """What proves a count: all rows of the group, or of many the first, and its filter where an address can have it."""
    items = group.rows.items
    if address is None or len(items) <= _MOST_MARKS or all(item.item_id in draft.cited for item in items):
        return draft.mark(*items)
    level = counted.grouping.level
    shown = draft.mark(*items[:_MOST_MARKS])
    known = {item.item_id for item in counted.rows.items}
    if level not in _IN_ADDRESS or any(item.item_id not in known for item in items):
        return shown
    terms = {**counted.rows.terms, level: group.name}
    return shown + draft.cite_count(terms, len(items), f"{address}&{urlencode([(level, group.name)])}")


def _without(counted: Counted, address: str | None, draft: Draft, say: Phrases) -> None:
    """The rows that no group has, said: nobody shall take the groups for all there is."""
    count = len(counted.without.distinct)
    items = counted.without.items
    mark = draft.mark(*(items if address is None else items[:_MOST_MARKS]))
    draft.say(say.say("groups_without", count=str(count), field=say.field(counted.grouping.level), mark=mark))
    _prove(count, "filas", draft)


def _prove(count: int, noun: str, draft: Draft) -> None:
    """Keep a count with what it counts, once."""
    derivation = f"{count} {noun}"
    if all(figure.derivation != derivation for figure in draft.computed):
        prove(str(count), count, derivation, draft)


def _is_large(counted: Counted) -> bool:
    return len(counted.rows.items) > MOST_CITED


def _noun(query: Query, count: int, say: Phrases) -> str:
    """What is counted: indicators, of the one kind that the question asks for."""
    kinds = query.filters.row_kinds
    name = "noun_row" if count == 1 else "noun_rows"
    return say.sentences[f"{name}_{kinds[0]}" if len(kinds) == 1 else name]
