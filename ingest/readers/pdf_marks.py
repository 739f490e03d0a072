"""Marks of footnotes: small raised figures right after a word, which are no part of the number they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Char = dict[str, Any]

#: A mark is at most so large, and its foot at least so much higher, in sizes of the type before it.
_SMALL, _RAISED = 0.88, 0.18
#: It stands at most so far behind, in type sizes.
_BEHIND = 0.3
_MARKS = frozenset("0123456789()[],*†‡")
_LONGEST = 4
#: A raised figure after a word no longer than this is an exponent ("m2", "km3").
_UNIT = 2


def without_marks(chars: Sequence[Char]) -> list[Char]:
    """The characters of a word without a mark that goes before its end or its last comma or full stop."""
    start = next((i for i in range(1, len(chars)) if _is_raised(chars[i], chars[i - 1])), None)
    if start is None:
        return list(chars)
    end = start + 1
    while end < len(chars) and _is_like(chars[start], chars[end]):
        end += 1
    if not _is_mark(chars[start:end]) or _is_unit(chars[:start]) or any(c["text"].isalnum() for c in chars[end:]):
        return list(chars)
    return [*chars[:start], *chars[end:]]


def is_mark_of(chars: Sequence[Char], before: Sequence[Char]) -> bool:
    """Whether a word is a mark that stands so high that it is no part of the word before it."""
    last = before[-1]
    gap = chars[0]["x0"] - last["x1"]
    overlaps = chars[0]["bottom"] > last["top"] and chars[0]["top"] < last["bottom"]
    near = -_BEHIND * last["size"] <= gap <= _BEHIND * last["size"] and overlaps
    return bool(near) and _is_raised(chars[0], last) and _is_mark(chars) and not _is_unit(before)


def _is_raised(char: Char, before: Char) -> bool:
    size = before["size"]
    return bool(char["size"] <= _SMALL * size and char["bottom"] <= before["bottom"] - _RAISED * size)


def _is_like(char: Char, other: Char) -> bool:
    return bool(abs(char["size"] - other["size"]) < 0.3 and abs(char["bottom"] - other["bottom"]) < 0.6)


def _is_mark(chars: Sequence[Char]) -> bool:
    texts = [char["text"] for char in chars]
    is_like = all(_is_like(chars[0], char) for char in chars)
    return is_like and len(texts) <= _LONGEST and set(texts) <= _MARKS and not set(texts) <= set("()[],")


def _is_unit(chars: Sequence[Char]) -> bool:
    return len(chars) <= _UNIT and all(char["text"].isalpha() for char in chars)
