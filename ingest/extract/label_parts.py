"""A block's label lines apart from its content: "Programa: …" becomes a label, what is left of the block stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.fold import fold, squeeze
from ingest.headings import Label, is_value, read_heading, read_label
from ingest.records import Block, Place

_WRAPPED_LINE = 35
_LONGEST_HEADING = 220
_LONGEST_WRAPPED_LABEL = 700


@dataclass(frozen=True)
class LabelPart:
    label: Label
    block: Block


@dataclass(frozen=True)
class ContentPart:
    block: Block


Part = LabelPart | ContentPart


def split_labels(blocks: Iterable[Block], levels: Mapping[str, Label]) -> Iterator[Part]:
    """Label lines out of their blocks; what is left of a block keeps its lines.

    ``levels`` are the headings that are labels by what other headings say, by their folded texts.
    """
    for block in blocks:
        if block.kind == "table":
            yield ContentPart(block)
        elif _may_head(block) and (label := levels.get(fold(block.text))) is not None:
            yield LabelPart(label, block)
        else:
            yield from _split_block(block)


def _may_head(block: Block) -> bool:
    return block.kind == "heading" or block.place.sheet is not None


def _split_block(block: Block) -> Iterator[Part]:
    rest: list[tuple[int, str]] = []
    value_lines: list[tuple[int, str]] = []
    lines = block.text.split("\n")
    heading = _read_as_heading(block)
    if heading is not None:
        yield LabelPart(heading, block)
        return

    def flush() -> Iterator[Part]:
        nonlocal value_lines, rest
        if value_lines:
            label = read_label(" ".join(text for _, text in value_lines))
            if label is not None:
                yield LabelPart(label, _sub_block(block, value_lines))
            value_lines = []
        if rest:
            yield ContentPart(_sub_block(block, rest))
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
        yield LabelPart(whole, block)
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


def values_of_lone_labels(parts: Iterable[Part]) -> Iterator[Part]:
    """A lone label takes the block after it as its value, unless that is a label or column title itself."""
    pending: Label | None = None
    for part in parts:
        if isinstance(part, LabelPart):
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
            yield LabelPart(replace(pending, value=text.strip('"“”').rstrip(".")), part.block)
        else:
            yield part
        pending = None
