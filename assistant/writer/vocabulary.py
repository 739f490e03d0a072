"""Words that any answer may use: they say nothing of their own about a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

from assistant.composing.phrases import phrases
from assistant.corpus.corpus import Corpus, stem_set
from assistant.question.lexicon import PhraseIndex, load_lexicon
from assistant.question.query import Language
from assistant.writer.wording import wording
from ingest.fold import words

#: Endings of the future and the conditional, which a stemmer of Spanish knows by their accents alone.
_FUTURE = re.compile(r"(?<=[aei]r)(?:a|an|as|emos|ia|ian|iamos)$")
_SHORTEST = 4
#: Fields that no row has: words that ask for them say something of a row.
_NEVER_TOLD = frozenset(("contractor", "pay", "unit_cost", "person", "detail", "site", "date", "year", "reason"))
_SHORTEST_ACRONYM = 3


@dataclass(frozen=True)
class Vocabulary:
    """Folded words that no sentence is held to, and stems that need not stand in a citation.

    ``telling_nothing`` are those of them that tell no row from another ("meta", "programa").
    """

    stopwords: frozenset[str]
    stems: frozenset[str]
    telling_nothing: frozenset[str]

    def telling(self, text: str, *, short: bool = False) -> list[str]:
        """The words of a text that say something: no numbers, no little words; with ``short``, acronyms too."""
        shortest = _SHORTEST_ACRONYM if short else _SHORTEST
        return [
            word for word in words(text) if len(word) >= shortest and word[0].isalpha() and word not in self.stopwords
        ]


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The common words of answers in a language, from the lexicon, the answer templates and ``prompts/writer.yaml``."""
    lexicon = load_lexicon()
    said = phrases(language)
    cues = chain.from_iterable(cue.phrases for name, cue in lexicon.fields.items() if name not in _NEVER_TOLD)
    templates = (*said.sentences.values(), *(text for name, text in said.fields.items() if name not in _NEVER_TOLD))
    own = _stems(chain(wording().guard.vocabulary, wording().guard.before_names, cues, templates))
    function_words = chain(lexicon.stopwords, lexicon.words.english if language == "en" else ())
    return Vocabulary(frozenset(_words(function_words)), own | _stems(lexicon.light), own)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(stem_set, texts))


def _words(texts: Iterable[str]) -> Iterable[str]:
    return chain.from_iterable(map(words, texts))


def stems_of(word: str) -> frozenset[str]:
    """The stems of a folded word; of a future or conditional ("construiran") that of its infinitive too."""
    infinitive = _FUTURE.sub("", word)
    return stem_set(word) | stem_set(infinitive) if infinitive != word else stem_set(word)


@cache
def translated(word: str) -> frozenset[str]:
    """The stems of what an English word is in Spanish, as far as the lexicon knows."""
    return frozenset().union(*(stem_set(hit.value) for hit in load_lexicon().spanish_for(word)))


#: Levels of the catalogue whose names tell whose a row is.
_NAMED = frozenset(("programme", "dependency", "component", "strategic_line"))
_FEWEST_WORDS = 2


def names_of(corpus: Corpus) -> PhraseIndex[str]:
    """Finds the programmes, offices, components and lines that a catalogue has; a single word names nothing surely."""
    texts = {name.text for name in corpus.names if name.role in _NAMED and len(words(name.text)) >= _FEWEST_WORDS}
    return PhraseIndex((text, text) for text in sorted(texts))
