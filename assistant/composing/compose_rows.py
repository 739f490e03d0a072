"""Indicator rows as sentences: what was asked first, then what matters of the row and of those joined to it.

One indicator is told once, whichever documents have it: the row that says what was asked leads, the others are cited
where they say the same and quoted where they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.composing.agreement import differing, promises_other
from assistant.composing.draft import Draft
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.evidence.together import is_copy, same_text
from assistant.figures.stated import is_blank, shown
from assistant.question.query import Field, Query
from assistant.question.times import baseline_is_of
from ingest.records import Figure, IndicatorRow

_ABBREVIATION = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)+$")

#: Fields of a row in the order in which they open a sentence, and those that follow on lines of their own.
_OPENERS: tuple[Field, ...] = (
    "source",
    "dependency",
    "purpose",
    "ods",
    "component",
    "strategic_line",
    "programme",
    "sector",
    "unit",
    "accumulation",
    "code",
)
_DETAILS = ("target", "baseline", "programme", "dependency")
_FIGURES: tuple[Field, ...] = ("target", "baseline")


def add_rows(query: Query, items: Sequence[Item], corpus: Corpus, draft: Draft, say: Phrases) -> list[Item]:
    """Say each indicator among the items once; returns those that lead."""
    told: list[Item] = []
    known: set[str] = set()
    for item in items:
        if item.item_id in known or any(is_copy(other, item) for other in told):
            continue
        copies = [other for other in items if is_copy(item, other)]
        joined = [corpus.by_id[row.row_id] for row in item.joined if row.indicator is not None]
        lead = _leading(query, [item, *joined])
        others = [other for other in (item, *joined) if other is not lead]
        _row(query, lead, copies, others, draft, say)
        known |= {lead.item_id, *(other.item_id for other in (*copies, *others))}
        told.append(lead)
    return told


def _leading(query: Query, group: Sequence[Item]) -> Item:
    """The row of a group that says most of what was asked, the first of them among equals."""
    asked = set(query.fields)

    def says(item: Item) -> int:
        values = _values(item.row) if item.row is not None else {}
        return sum(bool(values.get(name)) for name in asked)

    return max(group, key=says)


def _row(query: Query, item: Item, copies: Sequence[Item], joined: Sequence[Item], draft: Draft, say: Phrases) -> None:
    row = item.row
    if row is None:
        return
    values = _values(row)
    opener = _opener(query, row)
    copies = [copy for copy in copies if copy.row is not None and not promises_other(row, copy.row)]
    alike = [copy for copy in copies if not differing(row, copy.row)]
    mark = draft.mark(item, *alike, *_saying_the_same(opener, row, joined))
    sourced = {**values, "source": say.say("detail_source", **values) if values["source"] else None}
    draft.say(say.say(opener, **(values if opener == "source" else sourced), mark=mark))
    for name in query.fields:
        if name in _OPENERS and name not in (opener, *_DETAILS) and values.get(name):
            draft.say(say.say(name, **{**values, "mark": mark}))
    said = {part for part in _DETAILS if values.get(part) and f"{{{part}}}" in say.sentences[opener]}
    for part in _DETAILS:
        if part not in said and values.get(part):
            draft.say(say.say(f"detail_{part}", **sourced))
    if says_no_baseline(row) and opener != "no_baseline":
        draft.say(say.say("detail_baseline", baseline=say.say("baseline_not_reported")))
    draft.say(say.say("detail_document", title=item.document.title, entity=item.entity or "", period=item.period or ""))
    for offices in _other_offices(item, alike):
        draft.say(say.say("same_row_elsewhere", titles=offices))
    for copy in copies:
        for name, figure in differing(row, copy.row):
            title = (copy.row.dependency if copy.row else None) or copy.document.title
            draft.say(say.say("differs", title=title, field=say.field(name), value=figure.text, mark=draft.mark(copy)))
    for other in joined:
        _differences(opener, row, other, draft, say)
    for notice in row.warnings:
        draft.say(say.say("warning", message=notice.message))


def _opener(query: Query, row: IndicatorRow) -> str:
    """The sentence that says what was asked, among those that this row can fill."""
    values = _values(row)
    asked = [name for name in query.fields if values.get(name)]
    if "baseline" in query.fields and says_no_baseline(row):
        return "no_baseline"
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
        "target": _inside(shown(target, row)) if target and not is_blank(target) else None,
        "baseline": _inside(shown(baseline, row)) if baseline and not is_blank(baseline) else None,
        "source": baseline.source if baseline else None,
        "dependency": row.dependency,
        "programme": row.programme,
        "component": row.component,
        "strategic_line": row.strategic_line,
        "purpose": _inside(row.purpose) if row.purpose else None,
        "ods": row.ods,
        "unit": row.unit or (target.unit if target else None),
        "accumulation": row.accumulation,
        "sector": row.step("sector"),
        "code": " · ".join(row.codes.values()) or None,
    }


def says_no_baseline(row: IndicatorRow) -> bool:
    """Whether a row's cell for the baseline holds what a program leaves there for nothing ("NaN")."""
    return row.baseline is not None and bool(row.baseline.text.strip()) and is_blank(row.baseline)


def _inside(text: str) -> str | None:
    """A cell as part of a sentence: without its final stop, unless that belongs to an abbreviation ("N.D.")."""
    text = text.strip()
    return (text if _ABBREVIATION.search(text) else text.rstrip(" .")) or None


def _saying_the_same(opener: str, row: IndicatorRow, joined: Sequence[Item]) -> list[Item]:
    """The joined rows that have the figures of the opening sentence, too."""
    names = [name for name in _FIGURES if name in opener.split("_")]
    return [other for other in joined if names and other.row is not None and all(
        _value(getattr(other.row, name)) is not None
        and _value(getattr(other.row, name)) == _value(getattr(row, name)) for name in names)]  # fmt: skip


def _differences(opener: str, row: IndicatorRow, other: Item, draft: Draft, say: Phrases) -> None:
    """The figures of the opening sentence that a joined row has otherwise; a row of several codes is of them all."""
    if other.row is None or "," in other.row.codes.get("sispt", "") or "," in row.codes.get("sispt", ""):
        return
    for name in _FIGURES:
        mine, theirs = _value(getattr(row, name)), _value(getattr(other.row, name))
        if name in opener.split("_") and mine is not None and theirs is not None and mine != theirs:
            text = shown(getattr(other.row, name), other.row)
            draft.say(say.say("differs", title=other.document.title, field=say.field(name), value=text,
                              mark=draft.mark(other)))  # fmt: skip


def _value(figure: Figure | None) -> object:
    return None if figure is None else figure.value


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
