"""What stands above rows as answers: the level of a programme, and the programmes, components or offices of a set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import Answer
from assistant.composing.agreement import say_other_names
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import Phrases, phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.question.query import Field, Query
from assistant.sets.levels import LEVELS, level_of
from assistant.sets.sets import RowSet, describe
from ingest.fold import fold

_MOST_MARKS = 3


def compose_levels(
    query: Query, values: Sequence[tuple[Field, str, tuple[Item, ...]]], corpus: Corpus, url: Url
) -> Answer:
    """What stands above or behind a programme; when its rows do not agree, every value with who says it."""
    say = phrases(query.language)
    draft = Draft(url)
    by_field: dict[Field, list[tuple[str, tuple[Item, ...]]]] = {}
    for name, value, items in values:
        by_field.setdefault(name, []).append((value, items))
    for name, found in by_field.items():
        if len(found) == 1:
            value, items = found[0]
            mark = draft.mark(*items[:_MOST_MARKS])
            programme, field = query.filters.programme, say.field(name)
            draft.say(say.say("level_value", field=field, programme=programme, value=value, mark=mark))
            continue
        draft.say(say.say("several_values", programme=query.filters.programme, field=say.field(name)))
        for value, items in found:
            draft.say(_one_of_several(value, items, draft, say))
    for _, _, items in values:
        say_other_names(query, items, corpus, draft, say)
    return draft.finish("answered")


def _one_of_several(value: str, items: Sequence[Item], draft: Draft, say: Phrases) -> str:
    first = items[0]
    office = f", {first.row.dependency}" if first.row is not None and first.row.dependency else ""
    mark = draft.mark(*items[:_MOST_MARKS])
    return say.say("one_of_several", text=value, title=first.document.title, dependency=office, mark=mark)


def say_levels(levels: Iterable[str], query: Query, rows: RowSet, draft: Draft, say: Phrases) -> None:
    """Say the distinct programmes, components, lines, offices or sectors of a set of rows, or how many they are."""
    for noun in sorted(levels, key=query.set_nouns.index):
        _say_level(noun, query, rows, draft, say)


def _say_level(noun: str, query: Query, rows: RowSet, draft: Draft, say: Phrases) -> None:
    found: dict[str, tuple[str, list[Item]]] = {}
    for item in rows.items:
        if (value := level_of(item, noun)) is not None:
            found.setdefault(fold(value).rstrip(" ."), (value, []))[1].append(item)
    count = len(found)
    where = describe(query.filters) or " · ".join(query.filters.entities)
    name = say.sentences[f"level_{LEVELS[noun]}" if count == 1 else f"levels_{LEVELS[noun]}"]
    prove(str(count), count, f"{count} {name}", draft)
    if query.kind == "count":
        mark = draft.mark(*(items[0] for _, items in found.values()))
        draft.say(say.say("set_count", where=where, count=str(count), noun=name, mark=mark))
        return
    draft.say(say.say("set_head", count=str(count), noun=name, where=f" — {where}" if where else ""))
    for value, items in found.values():
        draft.say(say.say("level_row", text=value, mark=draft.mark(*items[:_MOST_MARKS])))
