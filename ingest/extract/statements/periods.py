"""The period that a figure outside tables holds for: of its clause, its sentence, or what heads its slide or list."""

from __future__ import annotations

import re

from ingest.extract.statements.told_figures import ToldFigures
from ingest.figures import Mention, period_in
from ingest.fold import squeeze

_BARE_YEAR = re.compile(r"^\W*(?:(?:vigencia|a[ñn]o|per[ií]odo)\s+)?(?:20\d\d)(?:\s*[-–]\s*20\d\d)?\W*$", re.IGNORECASE)


def period_of(told: ToldFigures, mention: Mention, *, in_letter: bool) -> str | None:
    """The period of the figure's clause, else of its sentence, else the one that heads its slide or list.

    In a letter an earlier sentence of the section may state it.
    """
    begin, stop = told.clause_span(mention)
    return (
        period_in(squeeze(told.group.text[begin:stop]))
        or period_in(told.sentence(mention))
        or _period_before(told, mention, in_letter=in_letter)
    )


def lead_in(told: ToldFigures, mention: Mention) -> str | None:
    """What a list item is an item of: the nearest block before it that ends in a colon and is indented less."""
    line = told.line_of(mention)
    own = line.located.block
    if own.kind != "item":
        return None
    for earlier in reversed([item for item in told.group.lines if item.block < line.block]):
        other = earlier.located.block
        if other.kind == "item" and (other.level or 1) >= (own.level or 1):
            continue
        text = squeeze(other.text)
        return text.rstrip(":") if text.endswith(":") else None
    return None


def is_period(text: str) -> bool:
    """Whether a line says nothing but a date or period."""
    found = period_in(text)
    return bool(_BARE_YEAR.match(text)) or (found is not None and len(found) + 3 >= len(squeeze(text)))


def _period_before(told: ToldFigures, mention: Mention, *, in_letter: bool) -> str | None:
    """The period a slide begins with; in a letter, also the one that an earlier sentence of the section states."""
    group, block = told.group, told.line_of(mention).block
    first_figure = told.line_of(told.mentions[0]).block
    if (leads := lead_in(told, mention)) is not None and (found := period_in(leads)) is not None:
        return found
    for earlier in range(block - 1, _heading_before(told, block) - 1, -1):
        text = group.block_text(earlier)
        if is_period(text) and earlier < first_figure:
            above = group.block_text(earlier - 1)
            return squeeze(f"{above} {text}") if _BARE_YEAR.match(text) and is_period(above) else text
        if in_letter and (found := period_in(text)) is not None:
            return found
    return None


def _heading_before(told: ToldFigures, block: int) -> int:
    """Number of the last heading block up to one."""
    lines = told.group.lines
    headings = (line.block for line in lines if line.block <= block and line.located.block.kind == "heading")
    return max(headings, default=0)
