"""The programme of a table that no label and no column names: the title that stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.extract.furniture import repeated_texts
from ingest.extract.walk import Located
from ingest.fold import fold, squeeze
from ingest.headings import enter_level
from ingest.records import Block, IndicatorRow, Notice, PathStep
from ingest.wording import load_yaml

#: What a level is called that the document sets as a title and gives no name.
UNNAMED_LEVEL = "Título"
_LONGEST_TITLE = 220
#: "Tabla 3. …": the caption of a table or a picture says what it shows, and is no level.
_CAPTION = re.compile(r"^(?:tabla|cuadro|grafic[oa]|figura|ilustracion|mapa|imagen|matriz|anexo)s? (?:n[o°º]?\.? ?)?\d")
#: Lines of one title stand closer to each other than this, in points.
_LINE_GAP = 8.0


def under_titles(located: Sequence[Located]) -> Iterator[Located]:
    """The blocks in order; a table without a programme gets the last title above it as its programme.

    Titles are headings and short bold lines. Those that only say what comes ("METAS E INDICADORES") are none, nor is
    what stands on every page.
    """
    repeated = repeated_texts([item.block for item in located])
    title: str | None = None
    before: Block | None = None
    steps: tuple[PathStep, ...] = ()
    for item in located:
        block = item.block
        if item.context.steps != steps:
            title, steps = None, item.context.steps
        if block.kind == "table":
            yield _titled(item, title)
        else:
            yield item
            if _is_title(block) and fold(block.text) not in repeated:
                text = squeeze(block.text)
                title = f"{title} {text}" if title and before is not None and _goes_on(before, block) else text
                before = block
                continue
        before = None


def programmes_from_titles(rows: Sequence[IndicatorRow]) -> Iterator[Notice]:
    """One notice for all rows whose programme is a title that the document does not call a programme."""
    taken = [row for row in rows if any(step.level == UNNAMED_LEVEL for step in row.path)]
    if taken:
        message = (
            f"El programa de {len(taken)} filas es el título que está sobre su tabla; el documento no lo nombra así."
        )
        yield Notice(code="programme-from-title", message=message, place=str(taken[0].place))


def structural(text: str) -> bool:
    """Whether a title only says what comes below it, as "Metas e indicadores" does."""
    said = fold(text).rstrip(":. ")
    return said in _structural() or said.startswith(_structural_beginnings())


def _titled(item: Located, title: str | None) -> Located:
    context = item.context
    if title is None or item.block.place.sheet is not None or context.section == "result":
        return item
    if context.has("programme") or context.has("subprogramme"):
        return item
    entered = enter_level(context, PathStep(level=UNNAMED_LEVEL, value=title, role="programme"))
    return replace(item, context=replace(entered, purpose=context.purpose, section=context.section))


def _is_title(block: Block) -> bool:
    text = squeeze(block.text)
    if not text or len(text) > _LONGEST_TITLE or block.place.sheet is not None or structural(text):
        return False
    if _CAPTION.match(fold(text)):
        return False
    return block.kind == "heading" or (block.emphasis and not text.endswith((".", ",", ";", ":")))


def _goes_on(before: Block, block: Block) -> bool:
    """Whether two title blocks are lines of one title: set alike, one right below the other."""
    above, below = before.place.rectangle, block.place.rectangle
    if before.level != block.level or before.text.isupper() != block.text.isupper() or above is None or below is None:
        return False
    return before.place.page == block.place.page and below[1] - above[3] < _LINE_GAP


@cache
def _structural_beginnings() -> tuple[str, ...]:
    return tuple(fold(title) for title in load_yaml("headings.yaml")["structural_beginnings"])


@cache
def _structural() -> frozenset[str]:
    return frozenset(fold(title) for title in load_yaml("headings.yaml")["structural_titles"])
