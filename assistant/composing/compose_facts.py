"""Figures and sentences of reports and letters as lines of an answer, under what they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.composing.draft import Draft
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_labelled, is_total
from assistant.question.query import Query
from ingest.fold import fold

_NOTE = re.compile(r"Nota\s?:.*$", re.IGNORECASE)


def add_facts(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Figures of reports and letters under what they are of, those of one sentence on one line."""
    if not items:
        return
    ordered = _ranked(query, items) or sorted(
        items, key=lambda item: (item.document.name, item.place.line or 0, item.place.page or 0)
    )
    for subject, told in groupby(ordered, key=_subject):
        if subject:
            draft.say(say.say("facts_head", subject=subject))
        for is_prose, lines in groupby(told, key=lambda item: item.row is None):
            if is_prose:
                _passages(list(lines), draft, say)
                continue
            for _, same in groupby(lines, key=_sentence_of):
                draft.say(_fact_line(list(same), draft, say))


def _passages(items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Sentences of prose, those of one document as a list under its title."""
    for title, same in groupby(items, key=lambda item: item.document.title):
        told = list(same)
        if len(told) == 1:
            draft.say(_fact_line(told, draft, say))
            continue
        draft.say(say.say("passages_head", title=title))
        for item in told:
            quote = item.segment.text if item.segment else ""
            draft.say(say.say("passages_entry", quote=quote, mark=draft.mark(item)))


def _ranked(query: Query, items: Sequence[Item]) -> list[Item]:
    """Labelled figures by size, totals left out; [] when no order is asked for."""
    if query.kind != "ranking":
        return []
    rows = [item for item in items if item.row is not None and is_labelled(item.row) and not is_total(item.row)]
    valued = [
        (item.row.figure.value, item)
        for item in rows
        if item.row and item.row.figure and item.row.figure.value is not None
    ]
    ascending = "ranking_min" in query.cues and "ranking_max" not in query.cues
    return [item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not ascending)]


def _sentence_of(item: Item) -> tuple[str, str]:
    text = item.row.quote if item.row else item.segment.text if item.segment else item.item_id
    return item.document.document_id, text


def _fact_line(group: Sequence[Item], draft: Draft, say: Phrases) -> str:
    mark = draft.mark(*group)
    first = group[0]
    if first.row is None:
        return say.say(
            "passage", title=first.document.title, quote=first.segment.text if first.segment else "", mark=mark
        )
    if is_labelled(first.row):
        lines = [_labelled(item, draft, say) for item in group if item.row is not None]
        return "\n".join(lines)
    return say.say("fact_quoted", quote=first.row.quote, mark=mark)


def _labelled(item: Item, draft: Draft, say: Phrases) -> str:
    row = item.row
    if row is None or row.figure is None:
        return ""
    period = row.figure.period
    shown = f" ({period})" if period and fold(period) not in fold(row.metric or "") else ""
    line = say.say("fact", metric=row.metric, figure=row.figure.text, period=shown, mark=draft.mark(item))
    note = _NOTE.search(row.quote)
    return f"{line} «{note[0]}»" if note is not None else line


def _subject(item: Item) -> str | None:
    """What a figure is of: its indicator, programme or project, with the entity and period of its document."""
    row = item.row
    if row is None:
        return None
    project = next((step.value for step in reversed(row.path) if step.role == "project"), None)
    section = next((step.value for step in row.path), item.document.title)
    where = ", ".join(part for part in (item.entity, item.period) if part)
    subject = row.indicator or row.programme or project or section
    return f"{subject} ({where})" if where else subject
