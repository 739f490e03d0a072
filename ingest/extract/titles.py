"""Lines that head what follows them without being set as headings."""

from __future__ import annotations

import re
from functools import cache

from ingest.fold import fold, squeeze, words
from ingest.records import Block
from ingest.wording import load_yaml

#: A title is no longer than this, in letters; nor is a page's header or footer.
SHORT_TITLE = 120
_HAS_FIGURE = re.compile(r"\d")


def is_title(block: Block) -> bool:
    """Whether a block heads what follows: a heading, or a short line of its own without figures and full stop."""
    if block.kind == "heading":
        return True
    text = squeeze(block.text)
    if block.kind != "paragraph" or len(text) > SHORT_TITLE or not text[:1].isupper():
        return False
    if ":" in text or text.endswith((".", ",", ";")) or _HAS_FIGURE.search(text) is not None:
        return False
    return not set(words(text)) <= _column_words()


@cache
def _column_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")["column_words"])
