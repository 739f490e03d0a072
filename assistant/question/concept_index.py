"""The concepts a text names: single words in singular and plural alike, phrases however they are inflected and joined.

"Arreglar pleitos" is found in "arreglen los pleitos" and "robo de celulares" in "robos de los celulares": of a phrase
of two words with content or more, stems are compared and the small words between them passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic

from assistant.corpus.matching import stem_of
from assistant.question.phrase_index import Hit, Value, numberless
from ingest.fold import words

#: Small words that join and tell nothing apart; "sin", "no" and "contra" do.
JOINING = frozenset(
    (
        *("a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "le", "les", "lo", "los", "me", "nos"),
        *("para", "por", "que", "se", "su", "sus", "un", "una", "unas", "unos", "y"),
    )
)


class ConceptIndex(Generic[Value]):
    """Finds named things in running text: the longest name at each place, none inside another."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        exact: defaultdict[tuple[str, ...], list[Value]] = defaultdict(list)
        loose: defaultdict[tuple[str, ...], list[Value]] = defaultdict(list)
        for phrase, value in entries:
            content = tuple(stem_of(word) for word in words(phrase) if word not in JOINING)
            owners = loose[content] if len(content) > 1 else exact[tuple(map(numberless, words(phrase)))]
            if value not in owners:
                owners.append(value)
        self._exact = _by_first(exact)
        self._loose = _by_first(loose)

    def find(self, text: str) -> list[Hit[Value]]:
        """The names in a text in order, one hit for each value of a name; positions count its ``ingest.fold.words``."""
        found = words(text)
        plain = [numberless(word) for word in found]
        stems = [stem_of(word) for word in found]
        hits: list[Hit[Value]] = []
        at = 0
        while at < len(found):
            best = max(self._starting(at, found, plain, stems), key=lambda one: one[0], default=None)
            if best is None:
                at += 1
                continue
            _, end, values = best
            hits += (Hit(value, at, end) for value in values)
            at = end
        return hits

    def _starting(
        self, at: int, found: Sequence[str], plain: Sequence[str], stems: Sequence[str]
    ) -> Iterator[tuple[int, int, tuple[Value, ...]]]:
        """The names that begin at a position: how many words of theirs were compared, where they end, their values."""
        for key, values in self._exact.get(plain[at], ()):
            if tuple(plain[at : at + len(key)]) == key:
                yield len(key), at + len(key), values
        for key, values in self._loose.get(stems[at], ()):
            if (end := _end_of(key, at, found, stems)) is not None:
                yield end - at, end, values


def _by_first(
    entries: dict[tuple[str, ...], list[Value]],
) -> dict[str, list[tuple[tuple[str, ...], tuple[Value, ...]]]]:
    first: defaultdict[str, list[tuple[tuple[str, ...], tuple[Value, ...]]]] = defaultdict(list)
    for key, values in entries.items():
        if key:
            first[key[0]].append((key, tuple(values)))
    return dict(first)


def _end_of(key: Sequence[str], at: int, found: Sequence[str], stems: Sequence[str]) -> int | None:
    """Where a phrase that begins at a position ends, small words between its own passed over; None when it does not."""
    for stem in key:
        while at < len(found) and found[at] in JOINING and stems[at] != stem:
            at += 1
        if at == len(found) or stems[at] != stem:
            return None
        at += 1
    return at
