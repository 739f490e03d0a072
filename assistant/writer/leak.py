"""Whether a sentence repeats what the model was told to do."""

from __future__ import annotations

import itertools
from functools import cache

from assistant.writer.wording import wording
from ingest.fold import words

#: So many words in a row of the instructions are no chance.
_RUN = 6


def leaks(sentence: str, said_anyway: str) -> bool:
    """Whether a sentence has six words in a row of the instructions that the evidence has not."""
    runs = _runs(sentence) & _told()
    return bool(runs - _runs(said_anyway)) if runs else False


@cache
def _told() -> frozenset[tuple[str, ...]]:
    prompts = wording().prompts
    return _runs(prompts.system) | _runs(prompts.user) | _runs(prompts.rewrite)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    found = words(text)
    return frozenset(itertools.zip_longest(*(found[i : len(found) - _RUN + 1 + i] for i in range(_RUN))))
