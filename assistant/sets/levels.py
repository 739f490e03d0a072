"""The levels above rows: what stands above a programme, and which level the noun of a set names."""

from __future__ import annotations

from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.retrieve import is_within
from assistant.question.query import Field, Query
from assistant.question.topics import without_topic

#: The nouns of sets that are levels above rows and no rows, and what each is a name of.
LEVELS = {
    "programas": "programme",
    "componentes": "component",
    "lineas": "strategic_line",
    "dependencias": "dependency",
    "sectores": "sector",
}


def levels_asked(query: Query) -> set[str]:
    """The nouns of the question that are levels, unless one of that level is what it narrows to ("programas de …")."""
    return {noun for noun in query.set_nouns if noun in LEVELS and not getattr(query.filters, LEVELS[noun], None)}


def level_of(item: Item, noun: str) -> str | None:
    """What a row's level of that noun is called."""
    row = item.row
    if row is None:
        return None
    name = LEVELS[noun]
    return row.step("sector") if name == "sector" else getattr(row, name)


def asks_for_level(query: Query) -> bool:
    """Whether a question asks what stands above or behind a programme it names ("¿a qué componente pertenece …?")."""
    return query.filters.programme is not None and bool(_level_fields(query)) and without_topic(query)


def level_values(query: Query, corpus: Corpus) -> list[tuple[Field, str, tuple[Item, ...]]]:
    """(field, value, rows) of each distinct value that the rows of the programme have of the fields asked for."""
    programme = query.filters.programme
    rows = [
        item
        for item in corpus.rows
        if item.row is not None
        and folded(item.row.programme or "") == folded(programme or "")
        and is_within(item, query.filters)
    ]
    values: list[tuple[Field, str, tuple[Item, ...]]] = []
    for name in _level_fields(query):
        by_value: dict[str, list[Item]] = {}
        for item in rows:
            if value := getattr(item.row, name):
                by_value.setdefault(folded(value).rstrip(" ."), []).append(item)
        values += ((name, getattr(items[0].row, name), tuple(items)) for items in by_value.values())
    return values


def _level_fields(query: Query) -> list[Field]:
    return [name for name in query.fields if name in ("component", "strategic_line", "purpose", "dependency")]
