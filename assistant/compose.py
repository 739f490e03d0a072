"""Query and choice to an answer in Spanish (or English around the Spanish cells), composed from the rows alone.

Every cell comes in verbatim. The first sentence says what was asked; then what matters of the row: baseline, source,
programme, office, document, and what the reader of the row was unsure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.answer import Answer, Status
from assistant.choose import Choice
from assistant.compose_aims import add_worked_out, tells_what_is_missing
from assistant.compose_figures import add_arithmetic, add_change_over_time, add_sums, add_unspent
from assistant.compose_rows import add_rows
from assistant.corpus import Corpus, Item
from assistant.draft import Draft, Url
from assistant.fields import is_indicator_row, is_labelled, is_total
from assistant.phrases import Phrases, phrases
from assistant.premise import premise_holds
from assistant.query import Query
from assistant.retrieve import Scored
from ingest.figures import find_figures
from ingest.fold import fold

_NOTE = re.compile(r"Nota\s?:.*$", re.IGNORECASE)


def compose(query: Query, choice: Choice, corpus: Corpus, url: Url) -> Answer:
    """The answer to a question about a value."""
    say = phrases(query.language)
    draft = Draft(url)
    if choice.verdict == "answer":
        _answer(query, choice, corpus, draft, say)
        return draft.finish("answered")
    if choice.verdict == "clarify":
        return _clarify(choice, draft, say)
    return _not_found(query, choice, corpus, draft, say)


def fixed(query: Query, name: str, status: Status, **parts: str) -> Answer:
    """An answer of one fixed sentence."""
    return Answer(status=status, answer=phrases(query.language).say(name, **parts))


def _answer(query: Query, choice: Choice, corpus: Corpus, draft: Draft, say: Phrases) -> None:
    items = [found.item for found in choice.items]
    _premise(query, items, draft, say)
    plan = [item for item in items if is_indicator_row(item.row)]
    told = add_rows(query, plan, corpus, draft, say)
    if "contrast" not in query.aims and not tells_what_is_missing(query, told, corpus):
        add_arithmetic(query, told, len(plan) > len(told), draft, say)
    facts = [item for item in items if not is_indicator_row(item.row)]
    _facts(query, facts, draft, say)
    add_sums(query, facts, draft, say)
    add_unspent(query, facts, draft, say)
    add_change_over_time(query, facts, draft, say)
    add_worked_out(query, told, facts, corpus, draft, say)


def _premise(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Say plainly whether the figure that the question takes for granted is the one of the best row."""
    row = next((item.row for item in items if item.row is not None), None)
    holds = premise_holds(query, row) if row is not None else None
    if holds is not None:
        draft.say(say.say("premise_true" if holds else "premise_false"))


# figures and sentences ------------------------------------------------------------------------------------------------
def _facts(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Figures of reports and letters under what they are of, those of one sentence on one line."""
    if not items:
        return
    ordered = _ranked(query, items) or sorted(
        items, key=lambda item: (item.document.name, item.place.line or 0, item.place.page or 0)
    )
    for subject, told in groupby(ordered, key=_subject):
        if subject:
            draft.say(say.say("facts_head", subject=subject))
        for _, same in groupby(told, key=_sentence_of):
            draft.say(_fact_line(list(same), draft, say))


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


# saying no, asking back -----------------------------------------------------------------------------------------------
def _not_found(query: Query, choice: Choice, corpus: Corpus, draft: Draft, say: Phrases) -> Answer:
    if choice.verdict == "no_field" and choice.field is not None and choice.near:
        item = choice.near[0].item
        draft.say(say.say("not_found_field", field=say.field(choice.field), indicator=_name(item)))
    else:
        draft.say(say.say("not_found"))
    draft.suggestions += [suggestion(found.item, say) for found in choice.near]
    if draft.suggestions:
        draft.say(say.say("not_found_nearest"))
    return draft.finish("not_found")


def _clarify(choice: Choice, draft: Draft, say: Phrases) -> Answer:
    draft.say(say.say("clarify"))
    for found in choice.items:
        item = found.item
        line = say.say("choice", indicator=_name(item), entity=item.entity, period=item.period, mark=draft.mark(item))
        draft.say(f"- {line}")
        draft.suggestions.append(suggestion(item, say))
    return draft.finish("clarify")


def suggestion(item: Item, say: Phrases) -> str:
    """A row as a suggestion: its name and entity, without figures of its own."""
    entity = f" — {item.entity}" if item.entity else ""
    return say.say("suggestion", indicator=_name(item), entity=entity)


def _name(item: Item) -> str:
    """What an item is called: its indicator, its metric, or its heading."""
    row = item.row
    if row is not None:
        return row.indicator or _without_figures(row.metric) or row.programme or item.document.title
    headings = item.passage.headings if item.passage else ()
    return headings[-1] if headings else item.document.title


def _without_figures(metric: str | None) -> str | None:
    """A sentence that counts as the metric of its figures, with "…" for each."""
    for mention in reversed(find_figures(metric or "")):
        metric = f"{(metric or '')[: mention.start]}…{(metric or '')[mention.end :]}"
    return metric


def suggestions_of(found: Sequence[Scored], query: Query) -> list[str]:
    """The nearest rows, as text."""
    say = phrases(query.language)
    return list(dict.fromkeys(suggestion(item.item, say) for item in found))
