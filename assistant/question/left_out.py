"""What a question says it does not mean: "aparte de las del contrato", "no las que repusieron", "(sin las móviles)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from assistant.corpus.matching import Token
from assistant.question.families import load_families
from assistant.question.lexicon import Lexicon, PhraseIndex

#: A parenthesis that leaves something out: "cámaras por tipo (*sin* las del contrato *ni las repuestas*)".
_LEAVING_OUT = re.compile(r"\(\s*(?:sin|no|menos|salvo|excepto)\s", re.IGNORECASE)
_CLAUSE_MARK = re.compile(r"[).;:?!]|,\s")


class LeftOut:
    """Reads what questions leave out."""

    def __init__(self, lexicon: Lexicon, stop_stems: frozenset[str]) -> None:
        self.lexicon = lexicon
        self._stop_stems = stop_stems

    def words_in(self, text: str, tokens: Sequence[Token]) -> set[int]:
        """Words that the question says it does not mean, up to the next mark or word that counts."""
        excluded: set[int] = set()
        for hit in self._excluding.find(text):
            end = _CLAUSE_MARK.search(text, tokens[hit.end - 1].end)
            stop = end.start() if end is not None else len(text)
            asking = (t.start for t in tokens[hit.end :] if t.word in self.lexicon.words.counting)
            stop = min(stop, next(asking, stop))
            excluded |= {i for i, token in enumerate(tokens) if i >= hit.start and token.end <= stop}
        for aside in _LEAVING_OUT.finditer(text):
            stop = text.find(")", aside.end())
            excluded |= {i for i, token in enumerate(tokens) if aside.start() < token.start < stop}
        return excluded

    def stems_in(self, text: str, tokens: Sequence[Token]) -> frozenset[str]:
        """The stems of what a question does not mean, in every form of its verbs ("no las que *repusieron*").

        The word that says so ("*fuera* del contrato") is none of them.
        """
        saying = set()
        for hit in self._excluding.find(text):
            of_phrase = (tokens[at].stem for at in range(hit.start, hit.end))
            saying.add(next((stem for stem in of_phrase if stem not in self._stop_stems), ""))
        said = {tokens[at].stem for at in self.words_in(text, tokens)}
        said -= self._stop_stems | self.lexicon.generic_stems | saying
        return frozenset(said).union(*(load_families().relatives(stem) for stem in said))

    @cached_property
    def _excluding(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.excluding)
