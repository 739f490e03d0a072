"""What is left when rows are taken out: prose under its headings, in segments that a citation can point at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.extract.furniture import without_repeats
from ingest.extract.labelled import labelled_segments
from ingest.extract.walk import Located
from ingest.fold import fold, squeeze
from ingest.records import Block, Place, Prose, Segment

_LONG_SEGMENT = 320
_FEWEST_ROWS = 2
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÁÉÍÓÚÑ¿¡\"“(])")
_PAGE_NUMBER = re.compile(r"^(?:p[aá]g(?:ina|\.)?\s*)?\d{1,4}\s*(?:de|/)\s*\d{1,4}$", re.IGNORECASE)


def prose_of(located: Sequence[Located]) -> tuple[Prose, ...]:
    """Stretches of prose with the same headings; page headers count once, page numbers ("Página 4 de 4") not at all."""
    once = {id(block) for block in without_repeats([item.block for item in located])}
    content = [item for item in located if id(item.block) in once and not item.is_label]
    kept = [item for item in content if not _PAGE_NUMBER.match(squeeze(item.block.text))]
    stretches = []
    for headings, items in groupby(kept, key=_headings):
        segments = tuple(segment for item in items for segment in block_segments(item.block))
        if segments:
            stretches.append(Prose(headings=headings, segments=segments))
    return tuple(stretches)


def block_segments(block: Block) -> Iterator[Segment]:
    """A block as segments: table rows, labels with values and sentences of long paragraphs apart, the rest whole."""
    if block.table is not None:
        if block.place.sheet is not None and len(block.table.rows) < _FEWEST_ROWS:
            return  # a header without anything below it says nothing
        for row in block.table.rows:
            if text := " | ".join(squeeze(text) for text in row.texts if text.strip()):
                yield Segment(text=text, place=row.place)
        return
    text = squeeze(block.text)
    if not text:
        return
    if labelled := labelled_segments(block):
        yield from labelled
        return
    if len(text) <= _LONG_SEGMENT:
        yield Segment(text=text, place=block.place)
        return
    for sentence, place in _sentences(block):
        yield Segment(text=sentence, place=place)


def _sentences(block: Block) -> Iterator[tuple[str, Place]]:
    """Sentences of a block, each with the lines it stands on."""
    lines = block.lines()
    offsets: list[int] = []
    length = 0
    for _, line in lines:
        offsets.append(length)
        length += len(line) + 1
    whole = " ".join(line for _, line in lines)
    start = 0
    for end in [*(match.start() for match in _SENTENCE.finditer(whole)), len(whole)]:
        sentence = squeeze(whole[start:end])
        if sentence:
            yield sentence, _place_of(block, offsets, start, end)
        start = end


def _place_of(block: Block, offsets: list[int], start: int, end: int) -> Place:
    if block.place.line is None:
        return block.place
    skipped = start + 1 if start else start
    first = max(i for i, offset in enumerate(offsets) if offset <= skipped)
    last = max(i for i, offset in enumerate(offsets) if offset < end)
    line = block.place.line
    return Place(**{**block.place.model_dump(), "line": line + first, "line_end": line + max(first, last)})


def _headings(item: Located) -> tuple[str, ...]:
    steps = tuple(f"{step.level}: {step.value}" for step in item.context.steps)
    if item.title is None or any(fold(item.title) == fold(step.value) for step in item.context.steps):
        return steps
    return (*steps, item.title)
