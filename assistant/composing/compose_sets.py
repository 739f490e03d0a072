"""Sets of rows as answers: lists with their count, counts with the rows that prove them, sums."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.answer import Answer
from assistant.composing.compose_levels import say_levels
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.phrases import Phrases, phrases
from assistant.corpus.corpus import Item
from assistant.figures.stated import is_blank
from assistant.question.query import Query
from assistant.sets.levels import levels_asked
from assistant.sets.sets import RowSet, describe
from ingest.fold import fold
from ingest.records import IndicatorRow

#: A larger set is cited as the filter that proves it.
MOST_CITED = 50
_MOST_LISTED = 60
#: The API gives no more rows at once.
_MOST_AT_ONCE = 500
_MOST_SHOWN_OF_LARGE = 10


def compose_set(query: Query, rows: RowSet, url: Url, printed: Sequence[Item] = ()) -> Answer:
    """The answer to a question about a set that has rows; ``printed`` are counts that its documents state."""
    say = phrases(query.language)
    draft = Draft(url)
    levels = levels_asked(query)
    say_levels(levels, query, rows, draft, say)
    if levels == set(query.set_nouns) and levels:
        _printed(printed, draft, say)
        return draft.finish("answered")
    if query.kind == "count":
        _count(query, rows, draft, say)
    else:
        _list(query, rows, draft, say)
    _printed(printed, draft, say)
    return draft.finish("answered")


def _printed(printed: Sequence[Item], draft: Draft, say: Phrases) -> None:
    for item in printed:
        office = item.document.info.office
        title = f"{item.document.title} ({office})" if office else item.document.title
        quote = item.segment.text if item.segment is not None else ""
        draft.say(say.say("printed_count", title=title, quote=quote, mark=draft.mark(item)))


def _list(query: Query, rows: RowSet, draft: Draft, say: Phrases) -> None:
    distinct = rows.distinct
    draft.say(_head(query, len(distinct), say, draft))
    shown = distinct if len(rows.items) <= MOST_CITED else distinct[:_MOST_SHOWN_OF_LARGE]
    for item in shown[:_MOST_LISTED]:
        draft.say(row_line(item, _with_copies(item, rows), draft, say))
    if len(rows.items) > MOST_CITED:
        proof = cite_filter(query, rows.terms, len(rows.items), draft)
        draft.say(say.say("set_rest", count=str(len(distinct) - len(shown)), url=proof))
        prove(
            str(len(distinct) - len(shown)), len(distinct) - len(shown), f"{len(distinct)} − {len(shown)} filas", draft
        )


def _count(query: Query, rows: RowSet, draft: Draft, say: Phrases) -> None:
    where = describe(query.filters) or _documents(rows.items)
    distinct = rows.distinct
    marks = "" if len(rows.items) > MOST_CITED else draft.mark(*rows.items)
    if not marks:
        cite_filter(query, rows.terms, len(rows.items), draft)
        marks = f"[{len(draft.citations)}]"
    draft.say(
        say.say("set_count", where=where, count=str(len(distinct)), noun=noun_of_rows(len(distinct), say), mark=marks)
    )
    prove(str(len(distinct)), len(distinct), f"{len(distinct)} filas", draft)


def _head(query: Query, count: int, say: Phrases, draft: Draft) -> str:
    where = describe(query.filters)
    prove(str(count), count, f"{count} filas", draft)
    return say.say("set_head", count=str(count), noun=noun_of_rows(count, say), where=f" — {where}" if where else "")


def noun_of_rows(count: int, say: Phrases) -> str:
    """What rows are called, one or several."""
    return say.sentences["noun_row" if count == 1 else "noun_rows"]


def row_line(item: Item, copies: Sequence[Item], draft: Draft, say: Phrases) -> str:
    """A row of a list: its indicator, target and baseline, cited with its copies."""
    row = item.row
    if row is None:
        return ""
    target = row.target.text.rstrip(" .") if row.target else None
    baseline = _baseline(row)
    name = (
        "set_row"
        if target and baseline
        else "set_row_target"
        if target
        else "set_row_baseline"
        if baseline
        else "set_row_plain"
    )
    mark = draft.mark(item, *copies)
    return say.say(name, indicator=(row.indicator or "").rstrip(" ."), target=target, baseline=baseline, mark=mark)


def _baseline(row: IndicatorRow) -> str | None:
    if row.baseline is None or is_blank(row.baseline):
        return None
    source = f"; fuente: {row.baseline.source}" if row.baseline.source else ""
    return f"{row.baseline.text}{source}"


def _with_copies(item: Item, rows: RowSet) -> list[Item]:
    """The copies of a row in the other documents of the set."""
    row = item.row
    return [
        other
        for other in rows.items
        if row is not None
        and other.row is not None
        and other.item_id != item.item_id
        and other.entity == item.entity
        and fold(other.row.indicator or "").rstrip(" .") == fold(row.indicator or "").rstrip(" .")
        and fold(other.row.target.text if other.row.target else "").rstrip(" .")
        == fold(row.target.text if row.target else "").rstrip(" .")
    ]


def cite_filter(query: Query, terms: dict[str, str], count: int, draft: Draft, document: str | None = None) -> str:
    """Cite a set as the filter that gives it; returns the address of all its rows, by the questions."""
    parts = [("question", text) for text in query.texts]
    narrowed = {"entity": query.filters.entities, "period": query.filters.periods}
    parts += [(name, values[0]) for name, values in narrowed.items() if len(values) == 1]
    parts += [("document", document)] if document is not None else []
    address = f"/v1/rows?{urlencode([*parts, ('limit', str(min(count, _MOST_AT_ONCE)))])}"
    draft.cite_count({**terms, "document": document} if document is not None else terms, count, address)
    return address


def _documents(items: Sequence[Item]) -> str:
    return " · ".join(dict.fromkeys(item.document.title for item in items))
