"""Walk a document's blocks in reading order, giving each content block the context its labels build up.

Labels are consumed on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from ingest.extract.label_order import labels_first
from ingest.extract.label_parts import ContentPart, LabelPart, Part, split_labels, values_of_lone_labels
from ingest.extract.level_headings import level_headings, office_of
from ingest.extract.slides import enter_slide, read_deck
from ingest.extract.titles import SHORT_TITLE, is_title
from ingest.fold import fold, squeeze, words
from ingest.headings import LEVEL_RANKS, Context, apply_label, enter_level
from ingest.records import Block, PathStep, ReadDocument
from ingest.wording import load_yaml


@dataclass(frozen=True)
class Located:
    """A content block, the context it stands in, and the title of its slide or section."""

    block: Block
    context: Context
    title: str | None = None
    is_label: bool = False


def is_slides(read: ReadDocument) -> bool:
    """Whether the groups of a document are slides, on which a label may come last."""
    return read.media_type in ("text/plain", "text/markdown") or "presentation" in read.media_type


def locate(blocks: Sequence[Block], *, slides: bool) -> Iterator[Located]:
    """Content blocks with their contexts, in reading order; an indicator's label comes too, as it may state figures.

    An office named below a level ("Responsable: …" under a programme) is of its tables, up to the next level above it.
    """
    context = Context()
    title: str | None = None
    of_sheet: str | None = None
    levels = {} if slides else level_headings(blocks)
    office: int | None = None
    outermost: int | None = None
    below: int | None = None
    told = False
    deck = read_deck(blocks) if slides else None
    for (number, sheet), stretch in groupby(blocks, key=lambda block: (block.group, block.place.sheet)):
        if sheet != of_sheet:
            context, of_sheet = Context(), sheet
        group = list(stretch)
        parts = list(values_of_lone_labels(split_labels(group, levels)))
        if deck is not None:
            if number:  # the first slide is the cover
                context = enter_slide(context, group, deck)
            context = _enter_project_slide(context, parts)
            parts = labels_first(parts)
            title = None
        for part, following in zip(parts, [*parts[1:], None], strict=False):
            if isinstance(part, LabelPart):
                if not slides and part.label.role == "dependency":
                    below, told = _innermost(context), False
                elif below is not None and LEVEL_RANKS.get(part.label.role, below) < below:
                    context = replace(context, dependency=None) if told else context
                    below = None
                context = apply_label(context, part.label)
                title = None if part.label.role in LEVEL_RANKS else title
                if part.block.kind == "heading" and [step.value for step in context.steps] == [part.label.value]:
                    outermost = part.block.level or 1
                if part.label.role == "indicator" and part.label.value:
                    yield Located(part.block, context, title, is_label=True)
                continue
            told = told or part.block.kind == "table"
            if part.block.kind == "heading" and not slides:
                if outermost is not None and _begins_chapter(part.block, outermost):
                    context, office, outermost = Context(), None, None
                context, office = _enter_office(context, part.block, office)
            if is_title(part.block) and _heads(following, last_heads=not slides):
                title = squeeze(part.block.text)
            yield Located(part.block, context, title)


def _innermost(context: Context) -> int | None:
    """The rank of the last of the levels that hold."""
    return LEVEL_RANKS[context.steps[-1].role] if context.steps else None


def _enter_office(context: Context, heading: Block, rank: int | None) -> tuple[Context, int | None]:
    """The context below a heading that is the name of an office, which holds up to the next of its rank or above.

    ``rank`` is that of the heading whose office holds so far; the rank of the one that holds now is returned.
    """
    office, level = office_of(heading), heading.level or 1
    if office is not None and (rank is None or level <= rank):
        return replace(context, dependency=office, purpose=None, section=None), level
    if rank is not None and level <= rank:
        return Context(), None
    return context, rank


def _begins_chapter(heading: Block, rank: int) -> bool:
    """Whether a heading of a rank or above begins a part of the document of its own ("TÍTULO III. Inversiones")."""
    first = next(iter(words(heading.text)), "")
    return (heading.level or 1) <= rank and first in _chapter_words()


def _heads(following: Part | None, *, last_heads: bool) -> bool:
    """Whether what comes after a title-like line is something it can head.

    Not when another such line follows, as on a cover, nor when it goes on as a label ("Llamadas del" / "Center:").
    """
    if following is None:
        return last_heads
    if isinstance(following, LabelPart) or following.block.kind == "table":
        return True
    text = squeeze(following.block.text)
    if text.endswith(":") and len(text) <= SHORT_TITLE // 3:
        return False
    return following.block.kind == "heading" or not is_title(following.block)


def _enter_project_slide(context: Context, parts: list[Part]) -> Context:
    """On a slide titled as a project of its own, the programme of the slides before does not hold."""
    first = next(iter(parts), None)
    if not isinstance(first, ContentPart) or first.block.kind == "table":
        return context
    title = squeeze(first.block.text)
    if len(title) > SHORT_TITLE or not fold(title).startswith(_project_titles()):
        return context
    return enter_level(Context(dependency=context.dependency), PathStep(level="Proyecto", value=title, role="project"))


@cache
def _project_titles() -> tuple[str, ...]:
    return tuple(f"{fold(phrase)} " for phrase in load_yaml("headings.yaml")["project_titles"])


@cache
def _chapter_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["chapter_words"])
