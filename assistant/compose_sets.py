"""Sets of rows as answers: lists with their count, counts with the rows that prove them, sums."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.corpus import Item
from assistant.draft import Draft, Url
from assistant.phrases import Phrases, phrases
from assistant.query import Field, Query
from assistant.sets import RowSet, describe
from ingest.fold import fold
from ingest.records import IndicatorRow

#: A larger set is cited as the filter that proves it.
MOST_CITED = 50
_MOST_LISTED = 60
#: The API gives no more rows at once.
_MOST_AT_ONCE = 500
_MOST_SHOWN_OF_LARGE = 10
_MOST_MARKS = 3
_PROGRAMME_NOUNS = frozenset(("programas",))


def compose_set(query: Query, rows: RowSet, url: Url) -> Answer:
    """The answer to a question about a set that has rows."""
    say = phrases(query.language)
    draft = Draft(url)
    if query.kind == "count":
        _count(query, rows, draft, say)
    else:
        _list(query, rows, draft, say)
    return draft.finish("answered")


def compose_levels(query: Query, values: Sequence[tuple[Field, str, tuple[Item, ...]]], url: Url) -> Answer:
    """What stands above or behind a programme; when its rows do not agree, every value with who says it."""
    say = phrases(query.language)
    draft = Draft(url)
    by_field: dict[Field, list[tuple[str, tuple[Item, ...]]]] = {}
    for name, value, items in values:
        by_field.setdefault(name, []).append((value, items))
    programme = query.filters.programme
    for name, found in by_field.items():
        if len(found) > 1:
            draft.say(say.say("several_values", programme=programme, field=say.field(name)))
        for value, items in found:
            first = items[0]
            if len(found) == 1:
                draft.say(
                    say.say(
                        "level_value",
                        field=say.field(name),
                        programme=programme,
                        value=value,
                        mark=draft.mark(*items[:_MOST_MARKS]),
                    )
                )
            else:
                office = f", {first.row.dependency}" if first.row is not None and first.row.dependency else ""
                mark = draft.mark(*items[:_MOST_MARKS])
                draft.say(
                    say.say("one_of_several", text=value, title=first.document.title, dependency=office, mark=mark)
                )
    return draft.finish("answered")


def _list(query: Query, rows: RowSet, draft: Draft, say: Phrases) -> None:
    distinct = rows.distinct
    draft.say(_head(query, len(distinct), say, draft))
    shown = distinct if len(rows.items) <= MOST_CITED else distinct[:_MOST_SHOWN_OF_LARGE]
    for item in shown[:_MOST_LISTED]:
        draft.say(_line(query, item, _with_copies(item, rows), draft, say))
    if len(rows.items) > MOST_CITED:
        proof = cite_filter(rows.terms, len(rows.items), draft)
        draft.say(say.say("set_rest", count=str(len(distinct) - len(shown)), url=proof))
        prove(
            str(len(distinct) - len(shown)), len(distinct) - len(shown), f"{len(distinct)} − {len(shown)} filas", draft
        )


def _count(query: Query, rows: RowSet, draft: Draft, say: Phrases) -> None:
    where = describe(query.filters) or _documents(rows.items)
    if _PROGRAMME_NOUNS & set(query.set_nouns):
        programmes = {fold(item.row.programme): item for item in rows.items if item.row and item.row.programme}
        noun = say.sentences["noun_programme" if len(programmes) == 1 else "noun_programmes"]
        draft.say(
            say.say(
                "set_count", where=where, count=str(len(programmes)), noun=noun, mark=draft.mark(*programmes.values())
            )
        )
        prove(str(len(programmes)), len(programmes), f"{len(programmes)} programas distintos", draft)
        if set(query.set_nouns) <= _PROGRAMME_NOUNS:
            return
    distinct = rows.distinct
    marks = "" if len(rows.items) > MOST_CITED else draft.mark(*rows.items)
    if not marks:
        cite_filter(rows.terms, len(rows.items), draft)
        marks = f"[{len(draft.citations)}]"
    draft.say(say.say("set_count", where=where, count=str(len(distinct)), noun=_noun(len(distinct), say), mark=marks))
    prove(str(len(distinct)), len(distinct), f"{len(distinct)} filas", draft)


def _head(query: Query, count: int, say: Phrases, draft: Draft) -> str:
    where = describe(query.filters)
    prove(str(count), count, f"{count} filas", draft)
    return say.say("set_head", count=str(count), noun=_noun(count, say), where=f" — {where}" if where else "")


def _noun(count: int, say: Phrases) -> str:
    return say.sentences["noun_row" if count == 1 else "noun_rows"]


def prove(text: str, value: float | int | None, derivation: str, draft: Draft, citations: Sequence[int] = ()) -> None:
    """Keep a figure that the answer computes, with its terms."""
    draft.computed.append(AnswerFigure(text=text, value=value, citations=list(citations), derivation=derivation))


def _line(query: Query, item: Item, copies: Sequence[Item], draft: Draft, say: Phrases) -> str:
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
    if row.baseline is None or not row.baseline.text:
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


def cite_filter(terms: dict[str, str], count: int, draft: Draft) -> str:
    """Cite a set as the filter that gives it; returns the address of all its rows."""
    address = f"/v1/rows?{urlencode({**terms, 'limit': str(min(count, _MOST_AT_ONCE))})}"
    number = len(draft.citations) + 1
    draft.citations.append(Citation(n=number, kind="filter", quote="", url=address, count=count, filters=terms))
    return address


def _documents(items: Sequence[Item]) -> str:
    return " · ".join(dict.fromkeys(item.document.title for item in items))
