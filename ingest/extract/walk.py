"""Walk a document's blocks in reading order, giving each content block the context its labels build up.

Labels are consumed on the way. In slides copied out as text a label may stand after what it is a label of; a slide has
one programme and one indicator, so a label on it holds for the whole slide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from ingest.extract.level_headings import level_headings, office_of
from ingest.extract.slides import enter_slide, read_deck
from ingest.fold import fold, squeeze, words
from ingest.headings import LEVEL_RANKS, Context, Label, apply_label, enter_level, is_value, read_heading, read_label
from ingest.records import Block, PathStep, Place, ReadDocument
from ingest.wording import load_yaml

_SHORT_TITLE = 120
_WRAPPED_LINE = 35
_LONGEST_HEADING = 220
_LONGEST_WRAPPED_LABEL = 700
_REPEATS = 3
_PAGE_NUMBER = re.compile(r"^\d{1,3}\s+(?:\|\s*)?|\s+(?:(?:\||p[aá]g(?:ina|\.)?)\s*)?\d{1,3}$")
_HAS_FIGURE = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Located:
    """A content block, the context it stands in, and the title of its slide or section."""

    block: Block
    context: Context
    title: str | None = None
    is_label: bool = False


@dataclass(frozen=True)
class _LabelPart:
    label: Label
    block: Block


@dataclass(frozen=True)
class _ContentPart:
    block: Block


_Part = _LabelPart | _ContentPart


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
        parts = list(_values_of_lone_labels(_split_labels(group, levels)))
        if deck is not None:
            if number:  # the first slide is the cover
                context = enter_slide(context, group, deck)
            context = _enter_project_slide(context, parts)
            parts = _labels_first(parts)
            title = None
        for part, following in zip(parts, [*parts[1:], None], strict=False):
            if isinstance(part, _LabelPart):
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


def is_title(block: Block) -> bool:
    """Whether a block heads what follows: a heading, or a short line of its own without figures and full stop."""
    if block.kind == "heading":
        return True
    text = squeeze(block.text)
    if block.kind != "paragraph" or len(text) > _SHORT_TITLE or not text[:1].isupper():
        return False
    if ":" in text or text.endswith((".", ",", ";")) or _HAS_FIGURE.search(text) is not None:
        return False
    return not set(words(text)) <= _column_words()


def _heads(following: _Part | None, *, last_heads: bool) -> bool:
    """Whether what comes after a title-like line is something it can head.

    Not when another such line follows, as on a cover, nor when it goes on as a label ("Llamadas del" / "Center:").
    """
    if following is None:
        return last_heads
    if isinstance(following, _LabelPart) or following.block.kind == "table":
        return True
    text = squeeze(following.block.text)
    if text.endswith(":") and len(text) <= _SHORT_TITLE // 3:
        return False
    return following.block.kind == "heading" or not is_title(following.block)


def is_page_furniture(block: Block) -> bool:
    """Whether a block is what a page break puts into a table: a page number, an empty line."""
    return block.kind != "heading" and not re.search(
        r"[^\W\d_]{4}", re.sub(r"p[aá]gina", "", block.text, flags=re.IGNORECASE)
    )


def repeated_texts(blocks: Sequence[Block]) -> frozenset[str]:
    """Folded texts of short blocks that stand alike in several groups, but for a page number: headers and footers."""
    groups: dict[str, set[int]] = {}
    texts: dict[str, str] = {}
    for block in blocks:
        if block.kind != "table" and len(block.text) <= _SHORT_TITLE:
            key = texts.setdefault(fold(block.text), _without_page_number(block.text))
            groups.setdefault(key, set()).add(block.group)
    often = {key for key, where in groups.items() if len(where) >= _REPEATS}
    return frozenset(text for text, key in texts.items() if key in often and read_label(text) is None)


def _without_page_number(text: str) -> str:
    """The folded text of a line without the number at one of its ends, where several words are left."""
    folded = fold(text)
    bare = _PAGE_NUMBER.sub("", folded)
    return bare if len(words(bare)) >= _REPEATS else folded


def without_repeats(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without page headers and footers: short ones that stand alike in several groups are kept once.

    Labels are kept everywhere, as they hold for what follows them, and so are tables and figures.
    """
    groups: dict[str, set[int]] = {}
    for block in blocks:
        groups.setdefault(fold(block.text), set()).add(block.group)
    kept: list[Block] = []
    seen: set[str] = set()
    for block in blocks:
        key = fold(block.text)
        repeated = len(groups[key]) >= _REPEATS and len(key) <= _SHORT_TITLE and _LETTER.search(key) is not None
        if block.kind == "table" or not repeated or key not in seen or read_label(block.text) is not None:
            kept.append(block)
        seen.add(key)
    return tuple(kept)


def _split_labels(blocks: Iterable[Block], levels: Mapping[str, Label]) -> Iterator[_Part]:
    """Label lines out of their blocks; what is left of a block keeps its lines.

    ``levels`` are the headings that are labels by what other headings say, by their folded texts.
    """
    for block in blocks:
        if block.kind == "table":
            yield _ContentPart(block)
        elif block.kind == "heading" and (label := levels.get(fold(block.text))) is not None:
            yield _LabelPart(label, block)
        else:
            yield from _split_block(block)


def _split_block(block: Block) -> Iterator[_Part]:
    rest: list[tuple[int, str]] = []
    value_lines: list[tuple[int, str]] = []
    lines = block.text.split("\n")
    heading = _read_as_heading(block)
    if heading is not None:
        yield _LabelPart(heading, block)
        return

    def flush() -> Iterator[_Part]:
        nonlocal value_lines, rest
        if value_lines:
            label = read_label(" ".join(text for _, text in value_lines))
            if label is not None:
                yield _LabelPart(label, _sub_block(block, value_lines))
            value_lines = []
        if rest:
            yield _ContentPart(_sub_block(block, rest))
            rest = []

    for index, line in enumerate(lines):
        if read_label(line) is not None:
            yield from flush()
            value_lines = [(index, line)]
        elif value_lines and _wraps([text for _, text in value_lines], line):
            value_lines.append((index, line))
        else:
            if value_lines:
                yield from flush()
            rest.append((index, line))
    whole = read_label(" ".join(lines)) if rest and len(rest) == len(lines) > 1 else None
    if whole is not None:
        yield _LabelPart(whole, block)
        return
    yield from flush()


def _read_as_heading(block: Block) -> Label | None:
    """The level that a block names which is set as a heading, or stands alone, and prints no colon after its label."""
    text = squeeze(block.text)
    is_set = block.kind == "heading" or block.emphasis or text.isupper()
    if not text or len(text) > _LONGEST_HEADING or (not is_set and (block.kind == "item" or "\n" in block.text)):
        return None
    return None if read_label(block.text.split("\n")[0]) else read_heading(text, styled=block.kind == "heading")


def _wraps(value_lines: list[str], line: str) -> bool:
    """Whether a line goes on with the value of the label before it."""
    so_far = " ".join(value_lines)
    if len(so_far) + len(line) > _LONGEST_WRAPPED_LABEL:
        return False
    label = read_label(so_far)
    if label is None or not label.value:
        return True
    return line[:1].islower() or line[:1].isdigit() or line[:1] in '(“"' or len(value_lines[-1]) >= _WRAPPED_LINE


def _sub_block(block: Block, rest: list[tuple[int, str]]) -> Block:
    if len(rest) == len(block.text.split("\n")):
        return block
    first, last = rest[0][0], rest[-1][0]
    place = block.place
    if place.line is not None:
        place = Place(**{**place.model_dump(), "line": place.line + first, "line_end": place.line + last})
    return block.model_copy(update={"text": "\n".join(text for _, text in rest), "place": place})


def _values_of_lone_labels(parts: Iterable[_Part]) -> Iterator[_Part]:
    """A lone label takes the block after it as its value, unless that is a label or column title itself."""
    pending: Label | None = None
    for part in parts:
        if isinstance(part, _LabelPart):
            pending = part.label if not part.label.value else None
            if pending is None or pending.role in ("result", "product_section"):
                yield part
                pending = None
            continue
        text = squeeze(part.block.text)
        if (
            pending is not None
            and part.block.kind != "table"
            and len(text) <= 300
            and is_value(text)
            and re.search(r"[^\W\d_]{3}", text)
        ):
            yield _LabelPart(replace(pending, value=text.strip('"“”').rstrip(".")), part.block)
        else:
            yield part
        pending = None


def _labels_first(parts: list[_Part]) -> list[_Part]:
    """A slide's last label, moved before the content it comes after.

    A programme label that nothing follows is the slide's programme. An indicator label that content stands before is
    that content's indicator, back to the programme label before it; tables name their own indicators.
    """
    parts = _trailing_programme_first(parts)
    indicators = [i for i, part in enumerate(parts) if _is_label(part, "indicator")]
    if len(indicators) != 1:
        return parts
    at = indicators[0]
    start = max((i + 1 for i in range(at) if _is_label(parts[i], "programme")), default=0)
    between = parts[start:at]
    content = [i for i, part in enumerate(between) if _is_content(part) and not _is_title_part(part)]
    if not content or any(_is_table(part) for part in parts):
        return parts
    first = start + content[0]
    return [*parts[:first], parts[at], *parts[first:at], *parts[at + 1 :]]


def _trailing_programme_first(parts: list[_Part]) -> list[_Part]:
    programmes = [i for i, part in enumerate(parts) if _is_label(part, "programme")]
    if len(programmes) != 1 or any(_is_content(part) for part in parts[programmes[0] + 1 :]):
        return parts
    at = programmes[0]
    # Levels above it come first, so that entering the programme does not lose them and entering them does not lose it.
    outer = max((i + 1 for i in range(at) if _is_outer_level(parts[i])), default=0)
    if any(_is_table(part) for part in parts[:outer]):
        return parts
    return [*parts[:outer], parts[at], *parts[outer:at], *parts[at + 1 :]]


def _is_label(part: _Part, role: str) -> bool:
    return isinstance(part, _LabelPart) and part.label.role == role


def _is_outer_level(part: _Part) -> bool:
    return isinstance(part, _LabelPart) and part.label.role in ("strategic_line", "component", "sector", "dependency")


def _is_content(part: _Part) -> bool:
    return isinstance(part, _ContentPart)


def _is_title_part(part: _Part) -> bool:
    return isinstance(part, _ContentPart) and is_title(part.block)


def _is_table(part: _Part) -> bool:
    return isinstance(part, _ContentPart) and part.block.kind == "table"


def _enter_project_slide(context: Context, parts: list[_Part]) -> Context:
    """On a slide titled as a project of its own, the programme of the slides before does not hold."""
    first = next(iter(parts), None)
    if not isinstance(first, _ContentPart) or first.block.kind == "table":
        return context
    title = squeeze(first.block.text)
    if len(title) > _SHORT_TITLE or not fold(title).startswith(_project_titles()):
        return context
    return enter_level(Context(dependency=context.dependency), PathStep(level="Proyecto", value=title, role="project"))


@cache
def _project_titles() -> tuple[str, ...]:
    return tuple(f"{fold(phrase)} " for phrase in load_yaml("headings.yaml")["project_titles"])


@cache
def _column_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["column_words"])


@cache
def _chapter_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["chapter_words"])
