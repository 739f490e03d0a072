"""One term of a question: a phrase of the lexicon or a word, with what it may stand for and how much it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import Token, stem_of, tokenize
from assistant.corpus.nearness import Nearness
from assistant.question.families import load_families
from assistant.question.guesses import WordGuesses
from assistant.question.lexicon import Concept, Lexicon
from assistant.question.qualifiers import QualifierReader
from assistant.question.query import Alternative, Term
from assistant.question.verbs import infinitives
from ingest.fold import fold
from ingest.words import imperfect_of, without_pronoun

#: What a word that only asks counts of its weight, when it stands in the documents too ("avance").
CUE_WEIGHT = 0.3
_LONGEST_PHRASE_WEIGHT = 1.6
_NAME_WEIGHT = 1.25
_NUMBER_WEIGHT = 0.5
#: A word with a capital that tells less than this is a common word of an office or title ("Plan", "Secretaría").
_PROPER_WEIGHT = 0.65
_LIGHT_WEIGHT = 0.3
_CONCEPT_FACTOR = 0.95
_VARIANT_FACTOR = 0.85
_TYPO_FACTOR = 0.92
_FAMILY_FACTOR = 0.85
#: … and the same verb in another form.
_FORM_FACTOR = 0.92
_INFINITIVE = re.compile(r"\w[aeií]r$")
#: A verb that no document has says less of a subject than a noun would.
VERB_FACTOR = 0.5
#: … and one of doing ("arrancamos", "ponerles") says next to nothing.
_DOING_FACTOR = 0.15


class TermMaker:
    """Makes terms against one corpus."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus, qualifiers: QualifierReader) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._qualifiers = qualifiers
        self._guesses = WordGuesses(corpus)
        self._nearness = Nearness(corpus)

    def of_phrase(self, tokens: Sequence[Token], concepts: Sequence[Concept], *, is_cue: bool) -> Term:
        """A term for a phrase of the lexicon: the plan's own phrase counts nearly as much as the words typed."""
        content = [token for token in tokens if token.word not in self.stop_words] or list(tokens)
        own = Alternative(tuple(token.stem for token in content))
        weight = min(_LONGEST_PHRASE_WEIGHT, sum(self.weight_of(token) for token in content))
        variants = [(concept.term, _CONCEPT_FACTOR) for concept in concepts]
        variants += [(phrase, _VARIANT_FACTOR) for concept in concepts for phrase in concept.also]
        printed = all(map(self.corpus.knows, own.stems))
        others = {
            stems: Alternative(stems, factor)
            for phrase, factor in reversed(variants)
            if (stems := self._known_stems(phrase))
            and stems != own.stems
            and (printed or len(stems) == 1 or not self.corpus.has_together(stems) or self._nearness.prints(stems))
        }
        for short in self._acronyms_of.get(own.stems[0], ()):
            others[(stem_of(short),)] = Alternative((stem_of(short),), _CONCEPT_FACTOR)
        # A thing of several words may only be told beside ("para la junta de acción comunal: …"): any trace will do.
        traces = others if len(own.stems) == 1 else [self._known_stems(phrase) for phrase, _ in variants]
        known = printed or any(map(self.corpus.has_together, traces))
        alternatives = (own, *sorted(others.values(), key=lambda other: -other.factor))
        tail = self._qualifiers.narrowing(content[1:])
        return Term(" ".join(own.stems), weight * (CUE_WEIGHT if is_cue else 1), alternatives, known, tail=tail)

    def of_description(self, tokens: Sequence[Token], concept: Concept) -> Term:
        """A term for what a question describes: nothing of the description narrows what it stands for."""
        return replace(self.of_phrase(tokens, (concept,), is_cue=False), tail=frozenset())

    def is_printed(self, concept: Concept) -> bool:
        """Whether the documents print a concept by any of its names."""
        return any(self._known_stems(phrase) for phrase in concept.phrases)

    def stems_of(self, concept: Concept) -> list[tuple[str, ...]]:
        """The stems of the names of a concept whose words the documents have."""
        return [stems for phrase in concept.phrases if (stems := self._known_stems(phrase))]

    def of_word(self, token: Token, *, is_cue: bool, first: bool) -> Term | None:
        """A term for a single word: what it may stand for, the surest first, and how much it tells.

        ``is_cue``: it only asks. ``first``: it begins a sentence, where a capital says nothing.
        """
        if token.is_number:
            return self._number_term(token)
        known = self.corpus.knows(token.stem)
        weight = self.weight_of(token)
        if is_cue:
            return Term(token.stem, weight * CUE_WEIGHT, (Alternative((token.stem,)),)) if known else None
        alternatives = [Alternative((token.stem,))]
        alternatives += (
            Alternative((stem_of(short),), _CONCEPT_FACTOR) for short in self._acronyms_of.get(token.stem, ())
        )
        if shortened := self._shortened.get(token.stem):
            alternatives += (Alternative((stem,), _CONCEPT_FACTOR) for stem in shortened)
            known = True
        if (long_form := self.corpus.acronyms.get(token.word)) is not None:
            alternatives.append(Alternative(self._content_stems(long_form), _CONCEPT_FACTOR))
        relatives = [stem for stem in load_families().relatives(token.stem) if self.corpus.knows(stem)]
        if not known and relatives:
            alternatives += (Alternative((stem,), _FAMILY_FACTOR) for stem in relatives)
            known = True
        verbs = frozenset[str]() if known else infinitives(token)
        does = not self._verbs_of_telling.isdisjoint(verbs)
        if not known and not does and (same := self._known_forms(verbs)):
            alternatives += (Alternative((stem,), _FORM_FACTOR) for stem in same)
            known = True
        if not known and not does and (meant := self._guesses.likely_word(token.word)) is not None:
            alternatives.append(Alternative((self.corpus.vocabulary[meant],), _TYPO_FACTOR))
            weight = self.corpus.rarity(self.corpus.vocabulary[meant], meant)
            known = True
        if not known and (family := self._guesses.family(token.stem)):
            alternatives += (Alternative((stem,), _FAMILY_FACTOR) for stem in family)
            known = True
        if not known and (full := self._guesses.completed(token.word)):
            alternatives += (Alternative((stem,), _TYPO_FACTOR) for stem in full)
            weight, known = min(weight, max(self.corpus.rarity(stem, stem) for stem in full)), True
        is_proper = token.capital and not first and not token.text.isupper()
        is_name = not known and len(alternatives) == 1 and is_proper
        if is_name:
            weight = max(weight, _NAME_WEIGHT)
        elif not known and len(alternatives) == 1 and self._qualifiers.is_verb(token):
            weight *= _DOING_FACTOR if does or token.stem in self._qualifiers.verbs else VERB_FACTOR
        return Term(
            token.stem,
            weight,
            tuple(alternatives),
            known or len(alternatives) > 1,
            is_name=is_name,
            is_proper=is_proper and known and len(alternatives) == 1 and weight >= _PROPER_WEIGHT,
            is_acronym=_is_acronym(token),
        )

    def _number_term(self, token: Token) -> Term | None:
        """A number that the documents print tells which row is meant; one that they do not is left out."""
        if not self.corpus.knows(token.stem):
            return None
        return Term(token.stem, _NUMBER_WEIGHT, (Alternative((token.stem,)),))

    def weight_of(self, token: Token) -> float:
        """How much a word tells of a subject."""
        is_light = not self._light_words.isdisjoint((token.word, without_pronoun(token.word)))
        light = _LIGHT_WEIGHT if is_light else 1.0
        return self.corpus.rarity(token.stem, token.word) * light

    def _known_stems(self, phrase: str) -> tuple[str, ...]:
        """The content stems of a phrase of the lexicon; none when the documents lack one of them."""
        stems = self._stems_of_phrases.get(phrase)
        if stems is None:
            stems = self._content_stems(phrase)
            stems = self._stems_of_phrases[phrase] = stems if all(map(self.corpus.knows, stems)) else ()
        return stems

    @cached_property
    def _stems_of_phrases(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _content_stems(self, phrase: str) -> tuple[str, ...]:
        return tuple(token.stem for token in tokenize(phrase) if token.word not in self.stop_words)

    def _known_forms(self, verbs: Iterable[str]) -> tuple[str, ...]:
        """The stems by which the documents have a verb that the question has in another form ("subieron")."""
        return tuple(sorted(stem for stem in map(stem_of, verbs) if self.corpus.knows(stem)))

    @cached_property
    def _verbs_of_telling(self) -> frozenset[str]:
        """The infinitives that say next to nothing of a subject: those of doing, and those that fit any row."""
        return frozenset(fold(word) for word in (*self.lexicon.doing, *self.lexicon.light) if _INFINITIVE.search(word))

    @cached_property
    def _shortened(self) -> dict[str, tuple[str, ...]]:
        """The abbreviations that the documents print for a word, by its stem ("km" for "kilómetros")."""
        found: dict[str, tuple[str, ...]] = {}
        for short, full in self.lexicon.abbreviations.items():
            if len(short) > 1 and " " not in full and self.corpus.knows(stem_of(fold(short))):
                stem = stem_of(fold(full))
                found[stem] = tuple(dict.fromkeys((*found.get(stem, ()), stem_of(fold(short)))))
        return found

    @cached_property
    def _acronyms_of(self) -> dict[str, tuple[str, ...]]:
        """The first telling stem of each long form, with its acronyms: who says "Ventanilla" may mean the VUAC."""
        found: dict[str, tuple[str, ...]] = {}
        for short, long_form in self.corpus.acronyms.items():
            first = next(iter(self._content_stems(long_form)), None)
            if first is not None:
                found[first] = (*found.get(first, ()), short)
        return found

    @cached_property
    def light_stems(self) -> frozenset[str]:
        """Stems of words that say little of a subject."""
        return frozenset(stem_of(word) for word in self._light_words)

    @cached_property
    def _light_words(self) -> frozenset[str]:
        light = frozenset(fold(word) for word in self.lexicon.light)
        return light | {form for word in light for form in imperfect_of(word)}

    @cached_property
    def stop_stems(self) -> frozenset[str]:
        """Stems of single words that carry no content."""
        return frozenset(map(stem_of, self.stop_words))

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Single words that carry no content, folded."""
        return frozenset(fold(phrase) for phrase in self.lexicon.stopwords if " " not in phrase)


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and token.text.isalpha() and 3 <= len(token.text) <= 6
