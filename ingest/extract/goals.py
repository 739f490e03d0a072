"""Goals that a report tells in running text, each with what was reached: "Meta: dotar 4 bibliotecas. Avance: 75 %".

``blocks → labelled parts → goals → IndicatorRow``. Which words are labels stands in ``prompts/report_labels.yaml``. A
goal without a figure for what was reached is left to be read as any other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from ingest.extract.ids import PlaceIds
from ingest.extract.walk import Located
from ingest.figures import Mention, find_figures, read_target
from ingest.fold import fold_in_place, squeeze
from ingest.records import DocumentInfo, Figure, IndicatorRow, YearFigures
from ingest.wording import load_yaml

#: A figure for what was reached stands at most so many characters behind its label.
_NEAR = 40
_WORDS = re.compile(r"[^\W\d_]{3,}")
_FEWEST_WORDS = 2
_YEAR = re.compile(r"20\d\d")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÁÉÍÓÚÑ¿¡])")


@dataclass(frozen=True)
class _Part:
    """A label and what follows it up to the next label, in one block."""

    role: str
    label: str
    text: str
    start: int
    item: Located


@dataclass(frozen=True)
class _Goal:
    """A goal, its figures by what they say, and where in its last block it ends."""

    goal: _Part
    figures: tuple[tuple[_Part, Mention], ...]
    end: int

    @property
    def last(self) -> _Part:
        return self.figures[-1][0]


def goal_rows(
    located: Sequence[Located], info: DocumentInfo, ids: PlaceIds
) -> tuple[list[IndicatorRow], list[Located]]:
    """A row for each goal told with what was reached of it, and the blocks without the text of these."""
    goals = list(_goals(located))
    rows = [_row(goal, info, ids) for goal in goals]
    spans: dict[int, list[tuple[int, int]]] = {}
    for goal in goals:
        for part, end in _blocks(goal):
            spans.setdefault(id(part.item), []).append((part.start, end))
    left = [rest for item in located for rest in (_without(item, spans[id(item)]) if id(item) in spans else [item])]
    return rows, left


def _goals(located: Sequence[Located]) -> Iterator[_Goal]:
    """Goals in reading order; what was reached may stand in the block below that of the goal."""
    open_goal: _Part | None = None
    figures: list[tuple[_Part, Mention]] = []
    before: Located | None = None
    for item in located:
        if open_goal is not None and not _may_go_on(before, item):
            yield from _closed(open_goal, figures)
            open_goal, figures = None, []
        for part in _parts(item):
            mention = _figure_after(part) if part.role != "goal" else None
            if part.role == "goal" or open_goal is None or mention is None:
                yield from _closed(open_goal, figures)
                is_goal = part.role == "goal" and len(_WORDS.findall(part.text)) >= _FEWEST_WORDS
                open_goal, figures = (part if is_goal else None), []
            else:
                figures.append((part, mention))
        before = item
    yield from _closed(open_goal, figures)


def _may_go_on(before: Located | None, item: Located) -> bool:
    """Whether a block may say what was reached of a goal in the block before it."""
    if before is None or item.block.kind in ("table", "heading") or item.context != before.context:
        return False
    first = next(iter(_parts(item)), None)
    return first is not None and first.start == 0 and first.role != "goal"


def _closed(goal: _Part | None, figures: Sequence[tuple[_Part, Mention]]) -> Iterator[_Goal]:
    if goal is not None and any(part.role == "reached" for part, _ in figures):
        part, mention = figures[-1]
        yield _Goal(goal, tuple(figures), part.start + len(part.label) + mention.end)


def _parts(item: Located) -> Iterator[_Part]:
    """What a block says under each of its labels, in order; nothing for a block without labels, or a table."""
    if item.block.kind in ("table", "heading") or item.is_label:
        return
    text = item.block.text
    found = list(_label_pattern().finditer(fold_in_place(text)))
    for match, following in zip_longest(found, found[1:]):
        end = following.start() if following is not None else len(text)
        label = text[match.start() : match.end()]
        yield _Part(match.lastgroup or "", label, text[match.end() : end], match.start(), item)


def _figure_after(part: _Part) -> Mention | None:
    """The figure that a label has right after it, in the same sentence."""
    first = _SENTENCE.split(part.text, maxsplit=1)[0]
    mention = next(iter(find_figures(first)), None)
    return mention if mention is not None and mention.start <= _NEAR else None


def _blocks(goal: _Goal) -> Iterator[tuple[_Part, int]]:
    """Of each block that a goal stands in its first part there, and the end of what it says there."""
    parts = [goal.goal, *(part for part, _ in goal.figures)]
    for index, part in enumerate(parts):
        if index == 0 or part.item is not parts[index - 1].item:
            yield part, goal.end if part.item is goal.last.item else len(part.item.block.text)


def _without(item: Located, spans: Sequence[tuple[int, int]]) -> Iterator[Located]:
    """What a block says besides goals."""
    at = 0
    for start, end in [*spans, (len(item.block.text), len(item.block.text))]:
        rest = item.block.text[at:start].strip(" .;,\n")
        if rest:
            yield replace(item, block=item.block.model_copy(update={"text": rest}))
        at = max(at, end)


def _row(goal: _Goal, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow:
    item = goal.goal.item
    told, term = _without_term(squeeze(goal.goal.text).strip(" .;:,-–—("))
    label, reached = _told(goal, "reached")
    context = item.context
    return IndicatorRow(
        row_id=ids.next(item.block.place),
        document_id=ids.document_id,
        kind="progress" if info.kind != "letter" else "fact",
        entity=info.entity,
        period=info.period,
        path=context.steps,
        dependency=context.dependency or info.office,
        purpose=context.purpose,
        indicator=told,
        target=_target(told, term),
        metric=label,
        figure=reached,
        yearly=_yearly(goal, info),
        place=item.block.place,
        quote=_quote(goal),
        context=(squeeze(item.block.text),),
    )


def _told(goal: _Goal, role: str) -> tuple[str, Figure]:
    """The label and figure of what was reached: of several the first that is no percentage."""
    told = [(part, mention) for part, mention in goal.figures if part.role == role]
    part, mention = next(((p, m) for p, m in told if m.unit != "%"), told[0])
    return squeeze(part.label).strip(" .;:•-–—"), _figure(part, mention)


def _figure(part: _Part, mention: Mention) -> Figure:
    year = _YEAR.search(part.label)
    text = squeeze(mention.text)
    return Figure(text=text, value=mention.value, unit=mention.unit, period=year[0] if year else None)


def _target(told: str, term: str | None) -> Figure | None:
    """The figure that the goal itself states, for the term it names."""
    value = read_target(told)[0].value
    mentions = find_figures(told)
    mention = next((mention for mention in mentions if mention.value == value), next(iter(mentions), None))
    if mention is None:
        return None
    return Figure(text=squeeze(mention.text), value=mention.value, unit=mention.unit, period=term)


def _yearly(goal: _Goal, info: DocumentInfo) -> tuple[YearFigures, ...]:
    """Programmed, reached and percentage of the one year that the labels or the report name."""
    years = {found for part, _ in goal.figures for found in _YEAR.findall(part.label)} or set(
        _YEAR.findall(info.period or "")
    )
    planned = next(((p, m) for p, m in goal.figures if p.role == "planned"), None)
    reached = next(((p, m) for p, m in goal.figures if p.role == "reached" and m.unit != "%"), None)
    if len(years) != 1 or planned is None or reached is None:
        return ()
    percent: Decimal | None = next((m.value for p, m in goal.figures if p.role == "reached" and m.unit == "%"), None)
    year = int(next(iter(years)))
    return (YearFigures(year=year, target=_figure(*planned), progress=_figure(*reached), percent=percent),)


def _quote(goal: _Goal) -> str:
    """The goal up to its last figure, as printed."""
    first = goal.goal
    if goal.last.item is first.item:
        return squeeze(first.item.block.text[first.start : goal.end]).lstrip(".;•|–— ")
    return squeeze(f"{first.item.block.text[first.start :]} {goal.last.item.block.text[: goal.end]}").lstrip(".;•|–— ")


def _without_term(told: str) -> tuple[str, str | None]:
    """A goal without the words that only say its term ("durante el cuatrienio"), and the term."""
    match = _term_pattern().search(fold_in_place(told))
    if match is None:
        return told, None
    return told[: match.start()].rstrip(" ,;"), squeeze(told[match.start("term") : match.end("term")])


@cache
def _label_pattern() -> re.Pattern[str]:
    """Labels at the beginning of a block, a line or a sentence, or in brackets; one group for each role."""
    roles: dict[str, list[str]] = load_yaml("report_labels.yaml")["goals"]["labels"]
    groups = "|".join(f"(?P<{role}>{'|'.join(patterns)})" for role, patterns in roles.items())
    return re.compile(rf"(?:^|(?<=[.;,|•(%\n]))[\s•|–—(-]{{0,4}}(?:{groups})\s*:\s*")


@cache
def _term_pattern() -> re.Pattern[str]:
    patterns: list[str] = load_yaml("report_labels.yaml")["goals"]["terms"]
    return re.compile(rf"[\s,]+(?:{'|'.join(patterns)})$")
