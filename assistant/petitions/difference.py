"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from assistant.petitions.records import Change, ChangeKind, Content, Difference

_TOKEN = re.compile(r"\s+|[^\W_]+(?:[.,][^\W_]+)*|.", re.DOTALL)


def word_changes(before: str, after: str) -> list[Change]:
    """Runs of words that both texts have, that only the later has, or only the earlier one; joined they are both."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces = _pieces(old, new, SequenceMatcher(a=old, b=new, autojunk=False))
    return [
        Change(kind=kind, text="".join(text for _, text in group))
        for kind, group in groupby(pieces, key=lambda piece: piece[0])
    ]


def _pieces(old: list[str], new: list[str], matcher: SequenceMatcher[str]) -> Iterator[tuple[ChangeKind, str]]:
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield "equal", "".join(old[i1:i2])
            continue
        if i1 < i2:
            yield "delete", "".join(old[i1:i2])
        if j1 < j2:
            yield "insert", "".join(new[j1:j2])


def content_difference(before: int, old: Content, after: int, new: Content) -> Difference:
    """What changed between two versions of a draft."""
    fields = {name: word_changes(was, now) for name, (was, now) in _fields(old, new) if was != now}
    return Difference(before=before, after=after, letter=word_changes(old.letter, new.letter), fields=fields)


def _fields(old: Content, new: Content) -> Iterator[tuple[str, tuple[str, str]]]:
    for name in ("subject", "reply_radicado", "city", "date_text"):
        yield name, (getattr(old, name), getattr(new, name))
    yield "signer_name", (old.signer.name, new.signer.name)
    yield "signer_position", (old.signer.position, new.signer.position)
