"""Documents that print each indicator on a card of its own (*ficha*), labels with their values.

``blocks → runs of entries → cards → blocks``: a card becomes the table of one row that it is, so that it is read as any
table. What makes no such table is left as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.extract.columns import INDICATOR_ROLES
from ingest.extract.form_entries import line_entries, table_entries
from ingest.extract.form_entry import Entry, around, as_table
from ingest.extract.furniture import is_page_furniture, repeated_texts
from ingest.extract.header import find_header
from ingest.fold import fold
from ingest.headings import LEVEL_RANKS
from ingest.records import Block

_SUBJECTS = (INDICATOR_ROLES, frozenset({"product"}), frozenset({"target"}))
#: Levels that a document prints once above all cards they hold for.
_LEVELS = frozenset(LEVEL_RANKS) - {"product", "project"}


#: Lines of a card tell so many different things; a report may print an indicator and its targets as it tells others.
_LEAST_TOLD = 3


@dataclass
class _Run:
    """Blocks that stand together and say nothing but entries, and the blocks between them that pages print."""

    blocks: list[Block] = field(default_factory=list)
    entries: list[tuple[Entry, Block]] = field(default_factory=list)
    between: list[Block] = field(default_factory=list)


def open_forms(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with each card of an indicator as a table of one row."""
    repeated = repeated_texts(blocks)
    made: list[Block] = []
    run = _Run()
    for block in blocks:
        entries = _entries(block)
        is_between = block.table is None and (fold(block.text) in repeated or is_page_furniture(block))
        if entries is None and run.entries and is_between:
            run.between.append(block)
            continue
        if entries is None or not _may_follow(run, block, entries):
            made += _closed(run)
            run = _Run()
        if entries is None:
            made.append(block)
            continue
        run.blocks += [*run.between, block]
        run.between = []
        run.entries += ((entry, block) for entry in entries)
    return (*made, *_closed(run))


def _entries(block: Block) -> list[Entry] | None:
    if block.table is not None:
        return table_entries(block.table) if block.table.given is None and not block.table.cards else None
    return None if block.kind == "heading" else line_entries(block)


def _may_follow(run: _Run, block: Block, entries: Sequence[Entry]) -> bool:
    """Whether a block may be of the cards before it: lines after lines; a table as the rest of one that a page cut."""
    if not run.entries:
        return True
    before = run.blocks[-1]
    if block.table is None or before.table is None:
        return block.table is None and before.table is None
    said = {entry.claim for entry, _ in run.entries}
    return block.place.page != before.place.page and not any(entry.claim in said for entry in entries)


def _closed(run: _Run) -> list[Block]:
    """The tables of a run's cards, with what stands between them; the run's own blocks when it holds none."""
    entries = [entry for entry, _ in run.entries]
    subject = next((roles for roles in _SUBJECTS if any(entry.name in roles for entry in entries)), None)
    if subject is None:
        return [*run.blocks, *run.between]
    made: list[Block] = []
    found = False
    for card in _cards(run.entries, subject):
        levels, own = _levels_first(card, subject)
        table = _table(own)
        if table is None:
            made += _blocks_of(card)
            continue
        found = True
        made += [*levels, table]
    return [*made, *run.between] if found else [*run.blocks, *run.between]


def _cards(entries: Sequence[tuple[Entry, Block]], subject: frozenset[str]) -> Iterator[list[tuple[Entry, Block]]]:
    """The entries of each card. What stands before the first subject stands before each of them, and so do levels
    that no card prints after its subject."""
    at = [index for index, (entry, _) in enumerate(entries) if entry.name in subject]
    at = [index for number, index in enumerate(at) if not number or not _says_again(entries, at[number - 1], index)]
    head = [entry.claim for entry, _ in entries[: at[0]]]
    tail = {entry.name for entry, _ in entries[at[-1] :]}
    starts = [0]
    for begin, subject_at in pairwise(at):
        start = subject_at
        while start - 1 > begin:
            entry = entries[start - 1][0]
            if not (entry.claim in head or (entry.name in _LEVELS and entry.name not in tail)):
                break
            start -= 1
        starts.append(start)
    for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
        yield list(entries[start:end])


def _says_again(entries: Sequence[tuple[Entry, Block]], before: int, at: int) -> bool:
    """Whether a second subject is of the same card, as "Indicador de resultado" beside "Indicador de producto"."""
    return entries[before][0].name != entries[at][0].name and at - before == 1


def _levels_first(
    card: Sequence[tuple[Entry, Block]], subject: frozenset[str]
) -> tuple[list[Block], list[tuple[Entry, Block]]]:
    """Lines of levels and offices above the subject, which hold for the cards below too, and the card without them."""
    levels: list[Block] = []
    own = list(card)
    while own and own[0][1].table is None and own[0][0].name in _LEVELS | {"dependency"}:
        levels.append(_line(*own.pop(0)))
    return levels, own


def _line(entry: Entry, block: Block) -> Block:
    return Block(kind="paragraph", text=f"{entry.label}: {entry.value}", group=block.group, place=entry.place)


def _table(card: Sequence[tuple[Entry, Block]]) -> Block | None:
    """The table of a card; None when it names no indicator with a figure of its own."""
    if len(card) < 2:
        return None
    entries = [entry for entry, _ in card]
    table = as_table(entries, around(entries))
    header = find_header(table)
    if header is None or not header.is_of_indicators or header.is_told:
        return None
    if card[0][1].table is None and len({_kind_of(entry) for entry in entries} - {""}) < _LEAST_TOLD:
        return None
    return Block(kind="table", table=table, group=card[0][1].group, place=table.rows[0].place)


def _kind_of(entry: Entry) -> str:
    """What a label tells, whichever the year: the indicator, where it starts, what is to be reached, in which unit."""
    return "indicator" if entry.name in INDICATOR_ROLES else entry.name.removesuffix("_year").removesuffix("_period")


def _blocks_of(card: Sequence[tuple[Entry, Block]]) -> list[Block]:
    """The lines of what is no card, or the tables it stood in."""
    blocks: list[Block] = []
    for entry, block in card:
        if block.table is None:
            blocks.append(_line(entry, block))
        elif block not in blocks:
            blocks.append(block)
    return blocks
