"""Page furniture: what the making of pages puts between the lines of a text (headers, footers, page numbers)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.titles import SHORT_TITLE
from ingest.fold import fold, words
from ingest.headings import read_label
from ingest.records import Block

#: What stands alike in as many slides or pages is furniture.
_REPEATS = 3
_PAGE_NUMBER = re.compile(r"^\d{1,3}\s+(?:\|\s*)?|\s+(?:(?:\||p[aá]g(?:ina|\.)?)\s*)?\d{1,3}$")
_LETTER = re.compile(r"[^\W\d_]")


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
        if block.kind != "table" and len(block.text) <= SHORT_TITLE:
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
        repeated = len(groups[key]) >= _REPEATS and len(key) <= SHORT_TITLE and _LETTER.search(key) is not None
        if block.kind == "table" or not repeated or key not in seen or read_label(block.text) is not None:
            kept.append(block)
        seen.add(key)
    return tuple(kept)
