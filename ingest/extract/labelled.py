"""Sheets of a project told as labels and values ("Revisado por: …"): one segment of each, where its value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.fold import squeeze
from ingest.records import Block, Place, Segment

#: Fewer labels are no sheet, but a sentence with a colon.
_FEWEST = 3
_LONGEST_LINE = 60
#: A label begins its line with a capital and ends in a colon, on the next line at the latest.
_LABEL = re.compile(r"[A-ZÁÉÍÓÚÑ][^:.;]{1,45}(?::(?!//)|$)")

_Line = tuple[int | None, str]


def labelled_segments(block: Block) -> tuple[Segment, ...]:
    """The labels of a block with their values; none where it is no such sheet."""
    lines = block.lines()
    if any(len(text) > _LONGEST_LINE for _, text in lines):
        return ()
    starts = list(_label_starts([text.strip() for _, text in lines]))
    if len(starts) < _FEWEST or starts[0] != 0:
        return ()
    ends = [*starts[1:], len(lines)]
    return tuple(_segment(block, lines[start:end]) for start, end in zip(starts, ends, strict=True))


def _label_starts(texts: Sequence[str]) -> Iterator[int]:
    """The lines that begin a label: its colon stands on it, or on the next, which goes on in lower case."""
    for at, text in enumerate(texts):
        following = texts[at + 1] if at + 1 < len(texts) else ""
        if _LABEL.match(text) is None:
            continue
        if ":" in text or (following[:1].islower() and _LABEL.match(f"{text} {following}") and ":" in following):
            yield at


def _segment(block: Block, lines: Sequence[_Line]) -> Segment:
    """A label with its value, at the line on which its value begins."""
    text = squeeze(" ".join(line for _, line in lines))
    label_ends = next(at for at, (_, line) in enumerate(lines) if ":" in line)
    on_next = not lines[label_ends][1].partition(":")[2].strip()
    number = lines[min(label_ends + on_next, len(lines) - 1)][0]
    if number is None:
        return Segment(text=text, place=block.place)
    place = Place(**{**block.place.model_dump(), "line": number, "line_end": lines[-1][0]})
    return Segment(text=text, place=place)
