"""A letter as a page shows it: paragraphs, marks that lead to their rows, unsupported figures in place. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assistant.petitions.records import Change, Flag

_TITLE = "# "
_MARK = re.compile(r"\[(\d{1,3})\]")
_BLOCK = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")


@dataclass(frozen=True)
class LetterBlock:
    """A paragraph or a title of a letter."""

    is_title: bool
    html: Markup


def letter_blocks(letter: str, flags: Sequence[Flag] = (), known: Collection[int] = ()) -> list[LetterBlock]:
    """The blocks of a letter. Flags are marked where they stand, marks [n] of known citations lead to their cards."""
    blocks = []
    for match in _BLOCK.finditer(letter):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        text = match[0].strip()
        is_title = text.startswith(_TITLE)
        if is_title:
            start, text = start + len(_TITLE), text.removeprefix(_TITLE)
        if text:
            blocks.append(LetterBlock(is_title, Markup().join(_pieces(text, start, flags, known))))
    return blocks


def _pieces(text: str, start: int, flags: Sequence[Flag], known: Collection[int]) -> Iterator[Markup]:
    end = start + len(text)
    at = start
    for flag in sorted(flags, key=lambda one: one.start):
        if flag.start < at or flag.end > end:
            continue
        yield _with_marks(text[at - start : flag.start - start], known)
        yield Markup('<mark class="flag" title="{}">{}<span class="unseen"> ({})</span></mark>').format(
            flag.message, text[flag.start - start : flag.end - start], flag.message
        )
        at = flag.end
    yield _with_marks(text[at - start :], known)


def _with_marks(text: str, known: Collection[int]) -> Markup:
    out, end = Markup(), 0
    for match in _MARK.finditer(text):
        out += escape(text[end : match.start()])
        end = match.end()
        n = int(match[1])
        if n in known:
            out += Markup('<a class="mark" href="#cita-carta-{0}" aria-label="Cita {0}">{0}</a>').format(n)
        else:
            out += escape(match[0])
    return out + escape(text[end:])


_CHANGE_TAGS = {"insert": "ins", "delete": "del"}
_GAP = " […] "


def changed_text(changes: Sequence[Change], around: int | None = None) -> Markup:
    """A difference as text with what came and what went.

    Args:
        around: how many characters of what stayed are shown on each side of a change; None shows all of it.
    """
    out = Markup()
    last = len(changes) - 1
    for index, change in enumerate(changes):
        tag = _CHANGE_TAGS.get(change.kind)
        if tag is None:
            shown = change.text if around is None else _shortened(change.text, around, index == 0, index == last)
            out += escape(shown)
        else:
            out += Markup("<{0}>{1}</{0}>").format(Markup(tag), change.text)
    return out


def _shortened(text: str, around: int, is_first: bool, is_last: bool) -> str:
    """The ends of a stretch that stayed, those that lie beside a change."""
    before = "" if is_first else text[:around]
    after = "" if is_last else text[-around:]
    if len(text) <= len(before) + len(after) + len(_GAP):
        return text
    return f"{before}{_GAP}{after}".strip()
