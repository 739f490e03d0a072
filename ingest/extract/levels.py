"""The levels above the rows of a table: carried down its columns, read from its bands and from labels in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.extract.columns import Column, Header
from ingest.extract.counted_levels import counted_among
from ingest.extract.header import cell_text
from ingest.fold import fold, squeeze, words
from ingest.headings import LEVEL_RANKS, Context, Label, apply_label, enter_level, read_heading, read_label
from ingest.records import LevelRole, PathStep, TableRow
from ingest.wording import load_yaml

_LEVELS: tuple[LevelRole, ...] = (
    "strategic_line",
    "component",
    "sector",
    "programme",
    "subprogramme",
    "product",
    "project",
)
_NUMBER_FIRST = re.compile(r"^[\d.]+\s+")
_LONGEST_OFFICE = 120


@dataclass(frozen=True)
class Levels:
    """What holds at one row of a table: the context, what it was above the table, and which bands count levels."""

    context: Context
    above: Context
    counted: Mapping[str, Label] = field(default_factory=dict)

    @classmethod
    def over(cls, context: Context, bands: Iterable[str] = ()) -> Levels:
        """The levels at the top of a table whose bands say ``bands``; what these count are levels by any name."""
        bands = list(bands)
        has_line = context.has("strategic_line") or any(
            (label := read_heading(text)) is not None and label.role == "strategic_line" for text in bands
        )
        counted = {
            text: replace(label, role="component") if has_line else label
            for text, label in counted_among(bands).items()
        }
        return cls(context, context, counted)


def carry_levels(levels: Levels, row: TableRow, header: Header) -> Levels:
    """The levels after a data row: its level cells entered from the outermost in, blanks meaning 'as above'."""
    context = levels.context
    entered = False
    for step in sorted(_steps(row, header), key=lambda step: LEVEL_RANKS[step.role]):
        if not _holds(context, step):
            context = _enter(context, step) if not _is_above(step, levels, header) else _enter_above(context, step)
            entered = entered or step.role not in ("product", "project")
    offices = [column.cell(row) for column in header.of("dependency")]
    if entered and offices and not any(cell.merged for cell in offices):
        context = replace(context, dependency=levels.above.dependency)  # an office that spans programmes holds for all
    for column in header.of("dependency"):
        if text := cell_text(column.cell(row).text):
            context = replace(context, dependency=text)
            break
    for column in header.of("purpose"):
        if text := cell_text(column.cell(row).text):
            context = replace(context, purpose=text)
            break
    return replace(levels, context=context)


def enter_band(levels: Levels, text: str) -> Levels:
    """The levels below a row that says one thing across its width: a label, the name of an office, or only a title."""
    label = read_heading(text) or levels.counted.get(fold(squeeze(text)))
    if label is not None and (label.value or label.role in ("result", "product_section")):
        if any(k.role == label.role and fold(k.value) == fold(label.value) for k in levels.context.steps):
            return levels  # said again, as at the top of the next page
        entered = apply_label(levels.context, label)
        if label.role in ("programme", "subprogramme") and entered.section == "result":
            entered = replace(entered, section=None)  # results stand above the programmes
        return replace(levels, context=entered)
    return replace(levels, context=replace(levels.context, dependency=text)) if is_office(text) else levels


def is_office(text: str) -> bool:
    """Whether a text is nothing but the name of an office ("1. Secretaría de Salud")."""
    folded = fold(_NUMBER_FIRST.sub("", text))
    return len(text) <= _LONGEST_OFFICE and " " in folded and f"{folded} ".startswith(_office_words())


def _steps(row: TableRow, header: Header) -> Iterator[PathStep]:
    """The steps that a row's cells stand for; of two columns of one level one has it, the plan's own if they tell."""
    for column in header.columns:
        step = _step_of(column, cell_text(column.cell(row).text))
        if step is not None:
            same = header.of(column.name)
            is_second = len(same) > 1 and column != min(same, key=_is_of_the_nation)
            yield step.model_copy(update={"role": "other"}) if is_second else step


def _is_of_the_nation(column: Column) -> bool:
    """Whether a level is that of the national catalogue of products, which every plan has beside its own."""
    return not _national_words().isdisjoint(words(column.header))


def _step_of(column: Column, text: str) -> PathStep | None:
    """The step that a cell stands for: of a level column, or of an unnamed column whose cells are labels."""
    if not text:
        return None
    label = read_label(text)
    for role in _LEVELS:
        if column.name == role:
            own = label is not None and label.value and label.role == role
            return PathStep(level=column.header, value=label.value if own and label else text, role=role)
    if column.role is None and label is not None and label.value:
        for role in _LEVELS:
            if label.role == role:
                return PathStep(level=label.name.capitalize(), value=label.value, role=role)
    return None


def _holds(context: Context, step: PathStep) -> bool:
    return any(
        (k.role, k.value) == (step.role, step.value) and fold(k.level) == fold(step.level) for k in context.steps
    )


def _enter(context: Context, step: PathStep) -> Context:
    """Enter a level from inside a table: what was said above the table (purpose, section) still holds."""
    return replace(enter_level(context, step), purpose=context.purpose, section=context.section)


def _is_above(step: PathStep, levels: Levels, header: Header) -> bool:
    """Whether a level of a table's column stands above the programme that a heading over the whole table names."""
    inner = [known.role for known in levels.above.steps if LEVEL_RANKS[known.role] > LEVEL_RANKS[step.role]]
    return "programme" in inner and not levels.above.has(step.role) and not header.of("programme", "subprogramme")


def _enter_above(context: Context, step: PathStep) -> Context:
    """Enter a level without leaving those below it."""
    others = [known for known in context.steps if known.role != step.role]
    at = next((i for i, known in enumerate(others) if LEVEL_RANKS[known.role] > LEVEL_RANKS[step.role]), len(others))
    return replace(context, steps=(*others[:at], step, *others[at:]))


@cache
def _national_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["national_words"])


@cache
def _office_words() -> tuple[str, ...]:
    return tuple(f"{fold(word)} " for word in load_yaml("headings.yaml")["office_words"])
