"""The words that say that something changes, in every form of their verbs: "bajan", "se acortarían", "cayó".

``prompts/lexicon.yaml`` holds the verbs (``change_verbs``) and the words that no rule leads to (``change_words``).
"""

from __future__ import annotations

from functools import cache

from assistant.corpus.matching import stem_of
from assistant.question.lexicon import load_lexicon
from ingest.fold import fold

#: Endings of the regular conjugations without accents; participles and first persons are nouns as often.
_OF_AR = ("a", "an", "e", "en", "o", "aron", "aba", "aban", "ara", "aran", "aria", "arian", "ando", "ar", "arse",
          "amos", "emos", "aremos", "ariamos", "ase")  # fmt: skip
_OF_ER_IR = ("e", "en", "a", "an", "io", "ieron", "ia", "ian", "iera", "ieran", "iendo", "emos", "imos")
_TENSES = ("", "se", "a", "an", "ia", "ian", "emos", "iamos")


@cache
def change_words() -> frozenset[str]:
    """The folded words that say that something changes."""
    lexicon = load_lexicon()
    forms = (form for verb in lexicon.change_verbs for form in _forms(fold(verb)))
    return frozenset((*(fold(word) for word in lexicon.change_words), *forms))


@cache
def change_stems() -> frozenset[str]:
    """The stems of words that say only that something changes ("bajar"), and nothing of what does."""
    return frozenset(map(stem_of, change_words()))


def _forms(infinitive: str) -> tuple[str, ...]:
    root = infinitive[:-2]
    if infinitive.endswith("ar"):
        return tuple(root + ending for ending in _OF_AR)
    return (*(root + ending for ending in _OF_ER_IR), *(infinitive + tense for tense in _TENSES))
