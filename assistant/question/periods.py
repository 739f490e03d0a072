"""The government periods that a question names ("2024-2027", "24-27")."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.corpus.matching import Token

_PERIOD = re.compile(r"^(20\d\d)[-/](20\d\d|\d\d)$|^(\d\d)-(\d\d)$")
_LONGEST_PERIOD = 12


@dataclass(frozen=True)
class PeriodsNamed:
    """Those of the documents, the last that is of none of them, and the positions of the words that say them."""

    spans: tuple[str, ...]
    unknown: str | None
    words: frozenset[int]


def read_periods(tokens: Sequence[Token], known: Collection[str]) -> PeriodsNamed:
    """The periods that words name, beside those ``known``."""
    named = {at: span for at, token in enumerate(tokens) if (span := read_period_token(token.word)) is not None}
    unknown = [span for span in named.values() if span not in known]
    spans = tuple(dict.fromkeys(span for span in named.values() if span in known))
    return PeriodsNamed(spans, unknown[-1] if unknown else None, frozenset(named))


def read_period_token(word: str) -> str | None:
    """'2024-2027', '2024-27' or '24-27' as '2024-2027'; None when it is no span of years."""
    match = _PERIOD.match(word)
    if match is None:
        return None
    first = match[1] or f"20{match[3]}"
    last = match[2] or match[4]
    last = last if len(last) == 4 else f"20{last}"
    return f"{first}-{last}" if 0 < int(last) - int(first) <= _LONGEST_PERIOD else None
