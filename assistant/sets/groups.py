"""Rows counted by what stands above them, exactly: every row of the filter is in the group of its level, or in none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.question.grouping import Grouping, Level, grouping_of, without_building_words
from assistant.question.query import Filters, Query
from assistant.sets.sets import RowSet, select

#: The levels that stand above one another, and fewer words than this are no name of one.
_ABOVE: tuple[Level, ...] = ("strategic_line", "component", "programme")
_FEWEST = 2
_NUMBERED = re.compile(
    r"^(?:(?:linea estrategica|linea|eje estrategico|eje|pilar|programa|componente|dimension|sector)\b[\s\d.:°-]*"
    r"|[a-z]{1,3}[-.]?\d{1,3}[\s.:-]+|\d{1,3}(?:\.\d{1,3}){0,3}[\s.:-]+)+"
)


@dataclass(frozen=True)
class Group:
    """The rows of one entity under one name of a level, copies in other documents included."""

    entity: str | None
    name: str
    rows: RowSet

    @property
    def count(self) -> int:
        """How many different rows there are."""
        return len(self.rows.distinct)


@dataclass(frozen=True)
class Counted:
    """All rows of a filter by a level, the largest group first (or the smallest), and those that name none."""

    grouping: Grouping
    filters: Filters
    rows: RowSet
    groups: tuple[Group, ...]
    without: RowSet

    @property
    def first(self) -> tuple[Group, ...]:
        """The group with the most rows, or the fewest: several when they tie."""
        return tuple(group for group in self.groups if group.count == self.groups[0].count)

    def of(self, entity: str | None) -> Counted:
        """The groups of one entity alone."""
        rows = _of_entity(self.rows, entity)
        own = tuple(group for group in self.groups if group.entity == entity)
        return Counted(self.grouping, self.filters, rows, own, _of_entity(self.without, entity))

    @property
    def entities(self) -> tuple[str | None, ...]:
        return tuple(dict.fromkeys(group.entity for group in self.groups))


def counted_by_level(query: Query, corpus: Corpus) -> Counted | None:
    """The rows that a question counts by a level; None when it asks for no such thing, or no row has the level."""
    grouping = grouping_of(query)
    if grouping is None:
        return None
    asked = _under_its_heading(without_building_words(query), grouping.level, corpus)
    rows = select(asked, corpus)
    by_name: dict[tuple[str | None, str], list[tuple[Item, str]]] = {}
    without: list[Item] = []
    for item in rows.items:
        said = _saying(item, grouping.level, corpus)
        if said is None:
            without.append(item)
        else:
            by_name.setdefault((item.entity, _key(said[1])), []).append(said)
    groups = [
        Group(entity, said[0][1], RowSet(tuple(item for item, _ in said), rows.terms))
        for (entity, _), said in by_name.items()
    ]
    if not groups:
        return None
    return Counted(grouping, asked.filters, rows, _in_order(groups, grouping), RowSet(tuple(without), rows.terms))


def _under_its_heading(query: Query, level: Level, corpus: Corpus) -> Query:
    """The question narrowed to the one office, or name above the level, that has all of its subject in its name."""
    subject = frozenset(stem for term in query.topic for stem in term.text.split())
    if query.filters.named or not subject:
        return query
    offices = [name.text for name in corpus.names if name.role == "dependency" and subject <= name.stems]
    if len(offices) == 1 and level != "dependency":
        return replace(query, topic=(), filters=replace(query.filters, dependency=offices[0]))
    if len(subject) < _FEWEST:
        return query
    roles = _ABOVE[: _ABOVE.index(level)] if level in _ABOVE else ()
    holding = [name for name in corpus.names if name.role in roles and subject <= name.stems]
    if len({(name.role, folded(name.text)) for name in holding}) != 1:
        return query
    filters = query.filters
    if holding[0].role == "component":
        filters = replace(filters, component=holding[0].text)
    elif holding[0].role == "strategic_line":
        filters = replace(filters, strategic_line=holding[0].text)
    return replace(query, topic=(), filters=filters)


def _in_order(groups: Sequence[Group], grouping: Grouping) -> tuple[Group, ...]:
    """By their counts where the most or the fewest is asked; else as the documents have them."""
    if grouping.order == "each":
        return tuple(groups)
    return tuple(sorted(groups, key=lambda group: group.count, reverse=grouping.order == "most"))


def _saying(item: Item, level: Level, corpus: Corpus) -> tuple[Item, str] | None:
    """The row that says the level of an indicator, and what it says: itself, or one surely joined to it."""
    for one in (item, *(corpus.by_id[row.row_id] for row in item.joined)):
        row = one.row
        name = None if row is None else row.step("sector") if level == "sector" else getattr(row, level)
        if name:
            return one, name
    return None


def _key(name: str) -> str:
    """A name as it is compared: documents number it and call it a line or an axis ("LE-1-…", "EJE …")."""
    bare = folded(name).rstrip(" .")
    return _NUMBERED.sub("", bare) or bare


def _of_entity(rows: RowSet, entity: str | None) -> RowSet:
    return RowSet(tuple(item for item in rows.items if item.entity == entity), rows.terms)
