"""The development goals that a question names, by their number ("ODS 4") or by their name ("ODS Hambre cero")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import Token
from ingest.fold import words

#: What calls a goal one, in short, and the last word of it in full ("objetivo de desarrollo sostenible").
_CUES = frozenset(("ods", "sostenible", "sostenibles"))
_BEFORE_NUMBER = frozenset(("ods", "objetivo", "sostenible"))
_REACH = 4
_NUMBER = re.compile(r"\d+")
#: What points at a goal that is not called one ("apuntan a *Hambre cero*"), and how far before its name.
_AIMING = re.compile(r"(?:apunt|aport|contribu|aline|articul|asoci|vincul|relacion|enmarc|ayud|tribut|suma)\w*")
_AIMED = 5
_FEWEST_WORDS = 2

Goals = tuple[tuple[str, ...], frozenset[int]]


class GoalFinder:
    """Finds goals as the rows of one corpus print them."""

    def __init__(self, corpus: Corpus, stop_stems: frozenset[str]) -> None:
        self.corpus = corpus
        self._stop = stop_stems

    def find(self, tokens: Sequence[Token]) -> Goals:
        """The printed names of the goal that a question names, and the words that say so; nothing where it names none.

        A goal is called by the beginning of its name, too ("el ODS de educación"); of two that fit as well, none is.
        """
        cue = next((at for at, token in enumerate(tokens) if token.word in _CUES), None)
        if cue is not None and (named := self._by_name(tokens, cue)) is not None:
            return named[0], named[1] | _aiming_before(tokens, cue)
        for at, token in enumerate(tokens[:-1]):
            if token.word in _BEFORE_NUMBER:
                follows = next((i for i in range(at + 1, min(at + _REACH, len(tokens))) if tokens[i].is_number), None)
                if follows is not None and (names := self._printed.get(tokens[follows].word)):
                    return names, frozenset(range(at, follows + 1)) | _aiming_before(tokens, at)
        return self._aimed_at(tokens) if cue is None else ((), frozenset())

    def _aimed_at(self, tokens: Sequence[Token]) -> Goals:
        """The goal whose whole name follows what points at it ("¿cuántos productos le apuntan a *Hambre cero*?")."""
        typed = [token.word for token in tokens]
        for aim in (at for at, word in enumerate(typed) if _AIMING.fullmatch(word)):
            for number, names in self._whole_names.items():
                for at in range(aim + 1, min(aim + 1 + _AIMED, len(typed))):
                    said = next((name for name in names if typed[at : at + len(name)] == list(name)), None)
                    if said is not None:
                        return self._printed[number], frozenset(range(aim, at + len(said)))
        return (), frozenset()

    def _by_name(self, tokens: Sequence[Token], cue: int) -> Goals | None:
        said = [(at, token.stem) for at, token in enumerate(tokens) if at > cue and token.stem not in self._stop]
        best, numbers = 0, list[str]()
        for number, stems in self._stems.items():
            length = sum(1 for _ in takewhile(stems.__contains__, (stem for _, stem in said)))
            if length > best:
                best, numbers = length, [number]
            elif length == best:
                numbers.append(number)
        if not best or len(numbers) > 1:
            return None
        return self._printed[numbers[0]], frozenset(range(cue, said[best - 1][0] + 1))

    @cached_property
    def _stems(self) -> Mapping[str, frozenset[str]]:
        """What the names of each goal say, by its number."""
        return {
            number: frozenset(stem for name in names for stem in stem_set(name)) - self._stop
            for number, names in self._printed.items()
        }

    @cached_property
    def _whole_names(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        """The names of each goal in words, by its number, without those of one word, which say anything."""
        return {
            number: frozenset(
                said
                for name in names
                if len(said := tuple(word for word in words(name) if not word.isdigit())) >= _FEWEST_WORDS
            )
            for number, names in self._printed.items()
        }

    @cached_property
    def _printed(self) -> Mapping[str, tuple[str, ...]]:
        """The goals as printed, by their first number."""
        found: dict[str, dict[str, None]] = {}
        for printed in dict.fromkeys(item.row.ods for item in self.corpus.rows if item.row and item.row.ods):
            for number in _NUMBER.findall(printed)[:1]:
                found.setdefault(number.lstrip("0"), {})[printed] = None
        return {number: tuple(names) for number, names in found.items()}


def _aiming_before(tokens: Sequence[Token], at: int) -> frozenset[int]:
    """The words before a goal that only say that something points at it ("*asociados* al ODS 5")."""
    return frozenset(i for i in range(max(0, at - _REACH), at) if _AIMING.fullmatch(tokens[i].word))
