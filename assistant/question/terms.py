"""What a question is about: its content words and phrases, with other ways to say them and how much they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import Token, stem_of, tokenize
from assistant.question.asides import TOLD_WEIGHT, points_at_what_is_told, with_asides
from assistant.question.descriptions import Described, load_descriptions
from assistant.question.families import load_families
from assistant.question.guesses import WordGuesses
from assistant.question.instruments import means_in
from assistant.question.lexicon import Concept, Lexicon, PhraseIndex
from assistant.question.qualifiers import QualifierReader
from assistant.question.query import Alternative, Field, Term
from assistant.question.verbs import infinitives
from ingest.fold import fold
from ingest.words import imperfect_of, without_pronoun

#: What a word that only asks counts of its weight, when it stands in the documents too ("avance").
CUE_WEIGHT = 0.3
_FOCUS_REACH = 4
_FOCUS_FACTOR = 1.35
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
_VERB_FACTOR = 0.5
#: … and one of doing ("arrancamos", "ponerles") says next to nothing.
_DOING_FACTOR = 0.15
#: What the deed of a question says itself of the thing it is done to tells next to nothing.
_IMPLIED_FACTOR = 0.15
#: What stands right after one of these is a verb in whatever form ("los que *arman* problema").
_BEFORE_VERBS = frozenset(("que", "donde", "se", "quien", "quienes"))
_ASKING_BEFORE = frozenset(("a", "con", "de", "en", "para", "por", "sobre", "y"))
_OF = frozenset(("de", "del"))
#: Nouns that end as verbs do.
_NOUNS_LIKE_VERBS = frozenset(("tramos", "ramos", "gramos", "kilogramos", "reclamos", "prestamos", "programas"))
_AND = frozenset(("e", "o", "u", "y"))
#: Where a sentence ends, and the next one begins with a capital.
_SENTENCE_MARK = re.compile(r"[.?!¿¡:;\n]")
#: … and a thing that is named before it is counted, in a few words.
_SHORT_NAME = 5
_NAMED_BEFORE = re.compile(r"[:,;]")
#: A parenthesis that leaves something out: "cámaras por tipo (*sin* ESU *ni las repuestas*)".
_LEAVING_OUT = re.compile(r"\(\s*(?:sin|no|menos|salvo|excepto)\s", re.IGNORECASE)
_CLAUSE_MARK = re.compile(r"[).;:?!]|,\s")

#: What a field is called where it stands as a label of its own in a report ("Fuente de financiación: …").
_FIELD_TERMS: dict[Field, str] = {"source": "fuente", "progress": "avance"}


@dataclass(frozen=True)
class Marks:
    """Which words have a role other than content: those used up, those that ask, and those that only tell."""

    used: frozenset[int]
    cues: frozenset[int]
    told: frozenset[int] = frozenset()


class TermReader:
    """Reads the terms of questions against one corpus."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._qualifiers = QualifierReader(lexicon)
        self._guesses = WordGuesses(corpus)

    def read(self, tokens: Sequence[Token], text: str, marks: Marks, fields: Sequence[Field]) -> tuple[Term, ...]:
        """The content of the question: phrases of the lexicon first, then single words."""
        terms: dict[str, Term] = {}
        told: dict[int, str] = {}
        free = set(range(len(tokens))) - marks.used - self.excluded_in(text, tokens)
        content = free - self._stopwords_in(text)
        focus = words_after(tokens, self.lexicon.words.focus, _FOCUS_REACH)
        counted = {
            at
            for at in words_after(tokens, self.lexicon.words.counting, 1)
            if at < len(tokens) and is_counted(tokens[at].word)
        }
        counted |= self._counted_before(tokens, text, content)
        gauged = self._gauged(tokens)
        if tokens and tokens[-1].word in self.lexicon.words.counting and content:
            counted.add(min(content))
        inside: set[int] = set()
        for described in load_descriptions().find(tokens):
            if not described.at <= free - marks.cues or not self._bridges(described, tokens, text, content):
                continue
            if described.at & marks.told and described.at & (counted - marks.told):
                continue  # "vendo en la *playa*. ¿Cuántos *kioscos* …?": what is counted is named, not described
            about = set(described.at) | self._said_between(tokens, described.at, content)
            term = self._described_term([tokens[at] for at in sorted(described.at)], described.concept)
            if not term.known and self._knows_some(term):
                continue
            terms.setdefault(term.text, self._placed(term, about, focus, counted, gauged))
            told |= dict.fromkeys(about & content - marks.cues, term.text)
            inside |= set(range(min(about) + 1, max(about))) - about
            content -= about
            free -= about
        for start, end, concepts in self._concepts_in(text):
            span = set(range(start, end))
            if not span <= free or not span & content:
                continue
            content -= span
            term = self._phrase_term(tokens[start:end], concepts, is_cue=span <= marks.cues)
            terms.setdefault(term.text, self._placed(term, span, focus, counted, gauged))
            told |= dict.fromkeys(span - marks.cues, term.text)
        for index in sorted(content):
            found = self._word_term(tokens[index], is_cue=index in marks.cues, first=_begins(tokens, index, text))
            if found is not None and not found.known and self._is_verb_by_place(tokens, index):
                found = replace(found, weight=found.weight * _VERB_FACTOR)
            if found is not None:
                terms.setdefault(found.text, self._placed(found, {index}, focus, counted, gauged))
                if index not in marks.cues:
                    told[index] = found.text
        self._count_what_is_known(tokens, terms, told, counted)
        unknown = {term.text for term in terms.values() if not term.known}
        for narrowing, nouns in self._qualifiers.read(
            tokens, text, {at: term for at, term in told.items() if at not in inside}, unknown
        ).items():
            terms[narrowing] = replace(terms[narrowing], narrows=nouns)
        self._lighten_what_is_implied(terms)
        for done_to, doing in self._qualifiers.objects(tokens, told).items():
            terms[done_to] = replace(terms[done_to], object_of=doing)
        by_means = means_in(tokens)
        for said in {told[at] for at in by_means if at in told} - {told[at] for at in told.keys() - by_means}:
            if not terms[said].counted:
                terms[said] = replace(terms[said], weight=terms[said].weight * TOLD_WEIGHT)
        terms = with_asides(terms, told, marks.told, is_pointed_at=points_at_what_is_told(text, tokens, marks.told))
        for name in fields:
            if (phrase := _FIELD_TERMS.get(name)) is not None:
                stem = stem_of(phrase)
                terms.setdefault(stem, Term(stem, CUE_WEIGHT, (Alternative((stem,)),), known=False))
        return tuple(terms.values())

    def _lighten_what_is_implied(self, terms: dict[str, Term]) -> None:
        """Of "celulares *robados* recuperados" the deed says the rest: who recovers things does it of stolen ones."""
        deeds = {stem for term in terms.values() for way in term.alternatives for stem in way.stems}
        implied = frozenset().union(*(said for deed, said in self.lexicon.implied_by.items() if deed in deeds))
        for text, term in terms.items():
            if text in implied and not term.counted:
                terms[text] = replace(term, weight=term.weight * _IMPLIED_FACTOR, narrows=frozenset())

    def _knows_some(self, term: Term) -> bool:
        """Whether the documents have a good part of the words of a description of what none of them names."""
        own = term.alternatives[0].stems
        return sum(map(self.corpus.knows, own)) * 3 >= len(own)

    def _counted_before(self, tokens: Sequence[Token], text: str, content: set[int]) -> set[int]:
        """The first word of a thing that is named before it is counted ("sistemas de riego: ¿cuántos montan?")."""
        at = next((at for at, token in enumerate(tokens) if token.word in self.lexicon.words.counting), 0)
        if not 0 < at <= _SHORT_NAME or not _NAMED_BEFORE.search(text[tokens[at - 1].end : tokens[at].start]):
            return set()
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        first = min(content, default=at)
        if first >= at or tokens[first].is_number or tokens[0].word in _OF:
            return set()
        return {first} if after in self._stop_words or not is_counted(after) else set()

    def _gauged(self, tokens: Sequence[Token]) -> set[int]:
        """The nouns right after the noun of measure that a question begins with or asks for ("número de semáforos")."""
        said = [token.word for token in tokens]
        return {
            at + 2
            for at in range(len(said) - 2)
            if said[at] in self.lexicon.measure_nouns
            and said[at + 1] in _OF
            and (at == 0 or said[at - 1] in self.lexicon.words.focus | self.lexicon.words.articles)
        }

    @staticmethod
    def _count_what_is_known(
        tokens: Sequence[Token], terms: dict[str, Term], told: Mapping[int, str], counted: set[int]
    ) -> None:
        """Of "cuántos lisiados y sordos" what the documents have is counted, when it is only one of the two."""
        for at in counted & told.keys():
            other = told.get(at + 2)
            if terms[told[at]].known or other is None or tokens[at + 1].word not in _AND or not terms[other].known:
                continue
            terms[told[at]] = replace(terms[told[at]], counted=False)
            terms[other] = replace(terms[other], counted=True)

    def _placed(self, term: Term, span: set[int], focus: set[int], counted: set[int], gauged: set[int]) -> Term:
        """A term by where it stands: in the focus it tells more; right after "cuántos" it is what is counted."""
        if span & counted and (len(term.alternatives) > 1 or term.text not in self._light_stems):
            term = replace(term, counted=True, generic=term.text in self.lexicon.generic_stems)
        if span & gauged:
            term = replace(term, gauged=True)
        return replace(term, weight=term.weight * _FOCUS_FACTOR) if span & focus else term

    def excluded_in(self, text: str, tokens: Sequence[Token]) -> set[int]:
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

    def excluded_stems(self, text: str, tokens: Sequence[Token]) -> frozenset[str]:
        """The stems of what a question does not mean, in every form of its verbs ("no las que *repusieron*").

        The word that says so ("*fuera* del contrato") is none of them.
        """
        saying = set()
        for hit in self._excluding.find(text):
            of_phrase = (tokens[at].stem for at in range(hit.start, hit.end))
            saying.add(next((stem for stem in of_phrase if stem not in self.stop_stems), ""))
        said = {tokens[at].stem for at in self.excluded_in(text, tokens)}
        said -= self.stop_stems | self.lexicon.generic_stems | saying
        return frozenset(said).union(*(load_families().relatives(stem) for stem in said))

    @cached_property
    def _excluding(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.excluding)

    def _concepts_in(self, text: str) -> Iterator[tuple[int, int, tuple[Concept, ...]]]:
        """Spans of words that name concepts; an ambiguous word names several."""
        hits = self.lexicon.concepts_in(text)
        for (start, end), same in groupby(hits, key=lambda hit: (hit.start, hit.end)):
            yield start, end, tuple(hit.value for hit in same)

    def _stopwords_in(self, text: str) -> set[int]:
        return {i for hit in self._stopwords.find(text) for i in range(hit.start, hit.end)}

    @cached_property
    def _stopwords(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.stopwords)

    def _phrase_term(self, tokens: Sequence[Token], concepts: Sequence[Concept], *, is_cue: bool) -> Term:
        """A term for a phrase of the lexicon: the plan's own phrase counts nearly as much as the words typed."""
        content = [token for token in tokens if token.word not in self._stop_words] or list(tokens)
        own = Alternative(tuple(token.stem for token in content))
        weight = min(_LONGEST_PHRASE_WEIGHT, sum(self._weight(token) for token in content))
        variants = [(concept.term, _CONCEPT_FACTOR) for concept in concepts]
        variants += [(phrase, _VARIANT_FACTOR) for concept in concepts for phrase in concept.also]
        others = {
            stems: Alternative(stems, factor)
            for phrase, factor in reversed(variants)
            if (stems := self._known_stems(phrase)) and stems != own.stems
        }
        for short in self._acronyms_of.get(own.stems[0], ()):
            others[(stem_of(short),)] = Alternative((stem_of(short),), _CONCEPT_FACTOR)
        known = any(map(self.corpus.has_together, others)) or all(map(self.corpus.knows, own.stems))
        alternatives = (own, *sorted(others.values(), key=lambda other: -other.factor))
        tail = self._qualifiers.narrowing(content[1:])
        return Term(" ".join(own.stems), weight * (CUE_WEIGHT if is_cue else 1), alternatives, known, tail=tail)

    def _bridges(self, described: Described, tokens: Sequence[Token], text: str, content: set[int]) -> bool:
        """Whether a description is needed: the thing is not named, and not all its words say something here already."""
        hits = self.lexicon.concepts_in(text)
        named = (hit for hit in hits if hit.value == described.concept)
        if any(all(self.corpus.knows(token.stem) for token in tokens[hit.start : hit.end]) for hit in named):
            return False
        if any(tokens[at].capital and at and not self.corpus.knows(tokens[at].stem) for at in described.at):
            return False  # a name that the documents do not have is no part of any description
        told = {at for hit in hits if self._is_printed(hit.value) for at in range(hit.start, hit.end)}
        untold = [tokens[at].stem for at in sorted(described.at & content - told)]
        if not all(map(self.corpus.knows, untold)):
            return True
        # Each word is printed of something else: "espacios", "ciudad" and "rescatar", but nowhere of one thing.
        return len(untold) > 2 and not self.corpus.has_together(tuple(untold))

    def _is_printed(self, concept: Concept) -> bool:
        return any(self._known_stems(phrase) for phrase in concept.phrases)

    def _is_verb_by_place(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word stands where verbs do, and not after a "que" that asks ("¿en qué *barrios* …?")."""
        if index < 2 or tokens[index - 1].word not in _BEFORE_VERBS or tokens[index - 1].text == "qué":
            return False
        return tokens[index - 2].word not in _ASKING_BEFORE

    def _said_between(self, tokens: Sequence[Token], at: frozenset[int], content: set[int]) -> set[int]:
        """The words amid those of a description that no document has: they only describe further."""
        amid = content & set(range(min(at), max(at)))
        return {i for i in amid if not self.corpus.knows(tokens[i].stem) and not tokens[i].capital}

    def _described_term(self, tokens: Sequence[Token], concept: Concept) -> Term:
        """A term for what a question describes: nothing of the description narrows what it stands for."""
        return replace(self._phrase_term(tokens, (concept,), is_cue=False), tail=frozenset())

    def _weight(self, token: Token) -> float:
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
        return tuple(token.stem for token in tokenize(phrase) if token.word not in self._stop_words)

    @cached_property
    def _light_stems(self) -> frozenset[str]:
        return frozenset(stem_of(word) for word in self._light_words)

    @cached_property
    def _light_words(self) -> frozenset[str]:
        light = frozenset(fold(word) for word in self.lexicon.light)
        return light | {form for word in light for form in imperfect_of(word)}

    @cached_property
    def stop_stems(self) -> frozenset[str]:
        """Stems of single words that carry no content."""
        return frozenset(map(stem_of, self._stop_words))

    @cached_property
    def _stop_words(self) -> frozenset[str]:
        return frozenset(fold(phrase) for phrase in self.lexicon.stopwords if " " not in phrase)

    def _word_term(self, token: Token, *, is_cue: bool, first: bool) -> Term | None:
        if token.is_number:
            return self._number_term(token)
        known = self.corpus.knows(token.stem)
        weight = self._weight(token)
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
            weight *= _DOING_FACTOR if does or token.stem in self._qualifiers.verbs else _VERB_FACTOR
        return Term(
            token.stem,
            weight,
            tuple(alternatives),
            known or len(alternatives) > 1,
            is_name=is_name,
            is_proper=is_proper and known and len(alternatives) == 1 and weight >= _PROPER_WEIGHT,
            is_acronym=_is_acronym(token),
        )

    def _known_forms(self, verbs: Iterable[str]) -> tuple[str, ...]:
        """The stems by which the documents have a verb that the question has in another form ("subieron")."""
        return tuple(sorted(stem for stem in map(stem_of, verbs) if self.corpus.knows(stem)))

    @cached_property
    def _verbs_of_telling(self) -> frozenset[str]:
        """The infinitives that say next to nothing of a subject: those of doing, and those that fit any row."""
        return frozenset(fold(word) for word in (*self.lexicon.doing, *self.lexicon.light) if _INFINITIVE.search(word))

    def _number_term(self, token: Token) -> Term | None:
        """A number that the documents print tells which row is meant; one that they do not is left out."""
        if not self.corpus.knows(token.stem):
            return None
        return Term(token.stem, _NUMBER_WEIGHT, (Alternative((token.stem,)),))

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


def words_after(tokens: Sequence[Token], cues: frozenset[str], reach: int) -> set[int]:
    """Positions of the words right after question words: what is asked for, rather than where and with what."""
    return {at + step for at, token in enumerate(tokens) if token.word in cues for step in range(1, reach + 1)}


def _begins(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a word begins a sentence, where a capital says nothing ("¿Fija un número? *Precise* cuál")."""
    return at == 0 or _SENTENCE_MARK.search(text[tokens[at - 1].end : tokens[at].start]) is not None


def is_counted(word: str) -> bool:
    """Whether a word after "cuántos" is the noun that is counted, and no verb ("van", "tenemos")."""
    return not word.endswith(("n", "emos", "vamos", "imos", "amos")) or word in _NOUNS_LIKE_VERBS


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and token.text.isalpha() and 3 <= len(token.text) <= 6
