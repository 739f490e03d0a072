"""Sources of baselines that a question narrows a set of rows by: "indicadores que tienen como fuente a …"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import Token
from assistant.question.asks import load_asks
from ingest.fold import words


@dataclass(frozen=True)
class SourcesNamed:
    """The sources as printed, and which words of the question name them."""

    sources: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()


class SourceFinder:
    """Reads the sources that questions name, against one corpus."""

    def __init__(self, corpus: Corpus, stop_stems: frozenset[str]) -> None:
        self.corpus = corpus
        self._stop = stop_stems

    def find(self, tokens: Sequence[Token]) -> SourcesNamed:
        """The printed sources that have every word of the name right after, or before, what says "as a source".

        The name is as long as one source has all of it: what follows ("… *en Villa Serena*") says something else.
        """
        text = " ".join(token.word for token in tokens)
        asks = load_asks().compiled
        if (after := asks["source_after"].search(text)) is not None:
            said = range(_words_before(text, after.end()), len(tokens))
            found = self._longest(tokens, said, frozenset(range(_words_before(text, after.start()), said.start)))
            if found.sources:
                return found
        if (before := asks["source_before"].search(text)) is not None:
            first, at = _words_before(text, before.start()), _words_before(text, before.start("as"))
            start = _words_before(text, before.start("name"))
            found = self._longest(tokens, range(start, at), frozenset(range(first, start)))
            whole = {i for i in range(start, at) if tokens[i].stem not in self._stop} <= found.words
            cue = frozenset(range(at, _words_before(text, before.end())))
            return SourcesNamed(found.sources, found.words | cue) if whole and found.sources else SourcesNamed()
        return SourcesNamed()

    def _longest(self, tokens: Sequence[Token], places: range, cue: frozenset[int]) -> SourcesNamed:
        sources: tuple[str, ...] = ()
        stems: set[str] = set()
        used: set[int] = set()
        for at in places:
            if tokens[at].stem not in self._stop:
                named = tuple(name for name, said in self._said.items() if said >= stems | {tokens[at].stem})
                if not named:
                    break
                sources, stems = named, stems | {tokens[at].stem}
            used.add(at)
        return SourcesNamed(sources, cue | used) if sources else SourcesNamed()

    @cached_property
    def _said(self) -> Mapping[str, frozenset[str]]:
        """The stems of each printed source, those of the long forms of its acronyms included."""
        return {source: self._stems_of(source) for source in self.corpus.rows_by_source}

    def _stems_of(self, source: str) -> frozenset[str]:
        long_forms = (self.corpus.acronyms.get(word) for word in words(source))
        return frozenset(stem_set(source)).union(*(stem_set(form) for form in long_forms if form))


def _words_before(text: str, at: int) -> int:
    return len(text[:at].split())
