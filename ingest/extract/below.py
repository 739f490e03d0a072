"""Documents that print a programme below the table it is of, as a caption of their slides does."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.header import find_header
from ingest.fold import squeeze
from ingest.headings import LEVEL_RANKS, is_value, read_label
from ingest.records import Block

_PROGRAMME = "programme"


def programmes_above(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with each programme above its table, where a document prints them below.

    It does when every programme label comes right after a table that names no programme, and none comes before the
    first such table: a label that heads something is followed by what it heads.
    """
    tables = [index for index, block in enumerate(blocks) if _needs_programme(block)]
    lengths = {index: length for index in range(len(blocks)) if (length := _programme_label(blocks, index))}
    labels = list(lengths)
    if not tables or not labels or labels[0] < tables[0]:
        return tuple(blocks)
    above = {label: max(table for table in tables if table < label) for label in labels}
    if any(_is_between(blocks, table, label) for label, table in above.items()) or tables[-1] > labels[-1]:
        return tuple(blocks)
    order = list(blocks)
    for label, length in lengths.items():
        moved = order[label : label + length]
        del order[label : label + length]
        order[above[label] : above[label]] = moved
    return tuple(order)


def _needs_programme(block: Block) -> bool:
    if block.table is None:
        return False
    header = find_header(block.table)
    return header is not None and header.is_of_indicators and not header.of(_PROGRAMME, "subprogramme")


def _programme_label(blocks: Sequence[Block], index: int) -> int:
    """How many blocks make a programme's label: one, two when its name is a block of its own, none when it is none."""
    text = squeeze(blocks[index].text)
    label = read_label(text) if text else None
    if label is None or label.role != _PROGRAMME:
        return 0
    if label.value:
        return 1
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return 2 if following is not None and following.kind != "table" and is_value(following.text) else 0


def _is_between(blocks: Sequence[Block], table: int, label: int) -> bool:
    """Whether something that begins another part stands between a table and a label; the rest of a table does not."""
    return any(
        (block.table is not None and find_header(block.table) is not None)
        or ((found := read_label(squeeze(block.text))) is not None and found.role in LEVEL_RANKS)
        for block in blocks[table + 1 : label]
    )
