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
#: What lies outside of a body called by its letters is not of it ("*fuera de la ESU*"; nobody is meant by "fuera de la
#: ciudad").
_OUTSIDE = re.compile(r"\b(?:[Pp]or )?[Ff]uera de (?:l[ao]s?|el) [A-ZÁÉÍÓÚÑ]{3,}\b")
#: What is new ("PTZ *nuevas*") is none that was put in another's place; "cambiar las viejas por nuevas" says it was.
_NEW = re.compile(r"\bnuev[oa]s\b", re.IGNORECASE)
_REPLACING = re.compile(r"\b(?:viej|cambi|antigu|dañad)\w*|\bpor nuev[oa]s\b", re.IGNORECASE)
_REPLACE = "repon"
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
        for body in _OUTSIDE.finditer(text):
            excluded |= {i for i, token in enumerate(tokens) if body.start() <= token.start < body.end()}
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
        saying |= {"fuer"} if _OUTSIDE.search(text) else set()
        said -= self._stop_stems | self.lexicon.generic_stems | saying
        replaced = frozenset((_REPLACE, *load_families().relatives(_REPLACE)))
        is_new = _NEW.search(text) and not _REPLACING.search(text) and replaced.isdisjoint(t.stem for t in tokens)
        if is_new:
            said |= replaced
        return frozenset(said).union(*(load_families().relatives(stem) for stem in said))

    @cached_property
    def _excluding(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.excluding)
