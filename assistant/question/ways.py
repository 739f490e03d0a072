"""Which way something goes: as a question says it ("¿va a subir?", "¿subió o bajó?"), and as a target is worded."""

from __future__ import annotations

import re
from typing import Literal

from assistant.question.premise_words import premise_words
from ingest.fold import fold
from ingest.records import IndicatorRow

Way = Literal["up", "down"]
#: "bajo la alcaldía" goes no way; "bajó" and "¿subio o bajo?" do.
_UNDER = re.compile(r"(?<! o )\bbajo\b", re.IGNORECASE)
_PAIR = 2


def ways_said(text: str) -> tuple[Way, ...]:
    """Which ways a question says that something goes: one, or both where it asks which."""
    folded, words = fold(_UNDER.sub(" ", text)), premise_words()
    found: list[Way] = []
    ways: tuple[Way, ...] = ("up", "down")
    for way in ways:
        match = words[way].search(folded)
        if match is None:
            continue
        denied = words["denied"].search(folded[: match.start()]) is not None
        found.append(("down" if way == "up" else "up") if denied else way)
    return tuple(dict.fromkeys(found))


def asks_which_way(text: str) -> bool:
    """Whether a question asks which of two ways something went or is to go ("¿subió o bajó?")."""
    return len(ways_said(text)) == _PAIR and " o " in f" {fold(text)} "


def way_of(row: IndicatorRow | None) -> Way | None:
    """Which way the target of a row goes: as it is worded, else by its figures where it is a result."""
    if row is None or row.target is None:
        return None
    worded, words = fold(row.target.text), premise_words()
    if words["target_down"].search(worded):
        return "down"
    if words["target_up"].search(worded):
        return "up"
    before, after = (figure.value if figure is not None else None for figure in (row.baseline, row.target))
    if before is None or after is None or before == after or row.kind != "result":
        return None
    return "up" if after > before else "down"
