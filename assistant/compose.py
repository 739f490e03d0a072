"""Query and choice to an answer in Spanish (or English around the Spanish cells), composed from the rows alone.

Every cell comes in verbatim. The first sentence says what was asked; then what matters of the row: baseline, source,
programme, office, document, and what the reader of the row was unsure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.answer import Answer, Status
from assistant.choose import Choice, is_copy, same_text
from assistant.compose_figures import add_arithmetic, add_sums, add_unspent
from assistant.corpus import Corpus, Item
from assistant.draft import Draft, Url
from assistant.fields import is_labelled, is_indicator_row, is_total
from assistant.phrases import Phrases, phrases
from assistant.query import Field, Query
from assistant.retrieve import Scored
from assistant.times import baseline_is_of
from ingest.figures import find_figures
from ingest.fold import fold
from ingest.records import IndicatorRow

_NOTE = re.compile(r"Nota\s?:.*$", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)+$")

#: Fields of a plan row in the order in which they open a sentence, and those that follow on lines of their own.
_OPENERS: tuple[Field, ...] = (
    "source",
    "dependency",
    "purpose",
    "ods",
    "component",
    "strategic_line",
    "programme",
    "unit",
)
_DETAILS = ("target", "baseline", "programme", "dependency")


def compose(query: Query, choice: Choice, corpus: Corpus, url: Url) -> Answer:
    """The answer to a question about a value."""
    say = phrases(query.language)
    draft = Draft(url)
    if choice.verdict == "answer":
        _answer(query, choice, draft, say)
        return draft.finish("answered")
    if choice.verdict == "clarify":
        return _clarify(choice, draft, say)
    return _not_found(query, choice, corpus, draft, say)


def fixed(query: Query, name: str, status: Status, **parts: str) -> Answer:
    """An answer of one fixed sentence."""
    return Answer(status=status, answer=phrases(query.language).say(name, **parts))


def _answer(query: Query, choice: Choice, draft: Draft, say: Phrases) -> None:
    items = [found.item for found in choice.items]
    plan = [item for item in items if is_indicator_row(item.row)]
    told: list[Item] = []
    for item in plan:
        if any(is_copy(known, item) for known in told):
            continue
        _plan_row(query, item, [other for other in plan if is_copy(item, other)], draft, say)
        told.append(item)
    add_arithmetic(query, told, len(plan) > len(told), draft, say)
    facts = [item for item in items if not is_indicator_row(item.row)]
    _facts(query, facts, draft, say)
    add_sums(query, facts, draft, say)
    add_unspent(query, facts, draft, say)


# plan rows ------------------------------------------------------------------------------------------------------------
def _plan_row(query: Query, item: Item, copies: Sequence[Item], draft: Draft, say: Phrases) -> None:
    row = item.row
    if row is None:
        return
    values = _values(row)
    mark = draft.mark(item, *copies)
    opener = _opener(query, row)
    sourced = {**values, "source": say.say("detail_source", **values) if values["source"] else None}
    draft.say(say.say(opener, **(values if opener == "source" else sourced), mark=mark))
    said = {part for part in _DETAILS if values.get(part) and f"{{{part}}}" in say.sentences[opener]}
    for part in _DETAILS:
        if part not in said and values.get(part):
            draft.say(say.say(f"detail_{part}", **sourced))
    draft.say(say.say("detail_document", title=item.document.title, entity=item.entity or "", period=item.period or ""))
    for offices in _other_offices(item, copies):
        draft.say(say.say("same_row_elsewhere", titles=offices))
    for notice in row.warnings:
        draft.say(say.say("warning", message=notice.message))


def _opener(query: Query, row: IndicatorRow) -> str:
    """The sentence that says what was asked, among those that this row can fill."""
    values = _values(row)
    asked = [name for name in query.fields if values.get(name)]
    if "target" in asked and "baseline" in asked:
        return "baseline_and_target"
    for name in _OPENERS:
        if name in asked:
            return name
    if "baseline" in asked or ("target" not in asked and values["baseline"] and baseline_is_of(row, query.asked)):
        return "baseline"
    return "target" if values["target"] else "baseline" if values["baseline"] else "row"


def _values(row: IndicatorRow) -> dict[str, str | None]:
    baseline, target = row.baseline, row.target
    return {
        "indicator": row.indicator,
        "target": _inside(target.text) if target else None,
        "baseline": _inside(baseline.text) if baseline else None,
        "source": baseline.source if baseline else None,
        "dependency": row.dependency,
        "programme": row.programme,
        "component": row.component,
        "strategic_line": row.strategic_line,
        "purpose": _inside(row.purpose) if row.purpose else None,
        "ods": row.ods,
        "unit": row.unit or (target.unit if target else None),
    }


def _inside(text: str) -> str | None:
    """A cell as part of a sentence: without its final stop, unless that belongs to an abbreviation ("N.D.")."""
    text = text.strip()
    return (text if _ABBREVIATION.search(text) else text.rstrip(" .")) or None


def _other_offices(item: Item, copies: Sequence[Item]) -> Iterator[str]:
    """How the copies of a row are told from it: by their offices when those differ."""
    own = item.row.dependency if item.row else None
    names = [
        copy.row.dependency
        for copy in copies
        if copy.row and copy.row.dependency and not same_text(copy.row.dependency, own)
    ]
    if names:
        yield ", ".join(dict.fromkeys(names))


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
