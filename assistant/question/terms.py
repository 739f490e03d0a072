"""What a question is about: its content words and phrases, with other ways to say them and how much they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import Token, stem_of
from assistant.question.asides import TOLD_WEIGHT, points_at_what_is_told, with_asides
from assistant.question.deeds import deeds_done_to
from assistant.question.descriptions import Described, load_descriptions
from assistant.question.instruments import means_in
from assistant.question.left_out import LeftOut
from assistant.question.lexicon import Concept, Lexicon, PhraseIndex
from assistant.question.posts import count_the_institution
from assistant.question.qualifiers import QualifierReader
from assistant.question.query import Alternative, Field, Term
from assistant.question.term_maker import CUE_WEIGHT, VERB_FACTOR, TermMaker

_FOCUS_REACH = 4
_FOCUS_FACTOR = 1.35
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
        self._maker = TermMaker(lexicon, corpus, self._qualifiers)
        self.stop_stems = self._maker.stop_stems
        self.left_out = LeftOut(lexicon, self.stop_stems)

    def read(self, tokens: Sequence[Token], text: str, marks: Marks, fields: Sequence[Field]) -> tuple[Term, ...]:
        """The content of the question: phrases of the lexicon first, then single words."""
        terms: dict[str, Term] = {}
        told: dict[int, str] = {}
        free = set(range(len(tokens))) - marks.used - self.left_out.words_in(text, tokens)
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
            if (
                not described.at <= free
                or len(described.at - marks.cues) < 2
                or not self._bridges(described, tokens, text, content)
            ):
                continue
            if described.at & marks.told and described.at & (counted - marks.told):
                continue  # "vendo en la *playa*. ¿Cuántos *kioscos* …?": what is counted is named, not described
            about = set(described.at) | self._said_between(tokens, described.at, content)
            term = self._maker.of_description([tokens[at] for at in sorted(described.at)], described.concept)
            if not term.known and self._knows_some(term):
                continue
            terms.setdefault(
                term.text, self._placed(term, about, focus, counted - self._people_of(described, tokens), gauged)
            )
            told |= dict.fromkeys(about & content - marks.cues, term.text)
            inside |= set(range(min(about) + 1, max(about))) - about
            content -= about
            free -= about
        for start, end, concepts in self._concepts_in(text):
            span = set(range(start, end))
            if not span <= free or not span & content:
                continue
            term = self._maker.of_phrase(tokens[start:end], concepts, is_cue=span <= marks.cues)
            if not term.known and (begun := self._begun_by_last(tokens, text, end)) is not None:
                end, concepts = begun[1], begun[2]
                span = set(range(begun[0], end))
                term = self._maker.of_phrase(tokens[begun[0] : end], concepts, is_cue=span <= marks.cues)
            content -= span
            terms.setdefault(term.text, self._placed(term, span, focus, counted, gauged))
            told |= dict.fromkeys(span - marks.cues, term.text)
        for index in sorted(content):
            found = self._maker.of_word(tokens[index], is_cue=index in marks.cues, first=_begins(tokens, index, text))
            if found is not None and not found.known and self._is_verb_by_place(tokens, index):
                found = replace(found, weight=found.weight * VERB_FACTOR)
            if found is not None:
                terms.setdefault(found.text, self._placed(found, {index}, focus, counted, gauged))
                if index not in marks.cues:
                    told[index] = found.text
        self._count_what_is_known(tokens, terms, told, counted)
        count_the_institution(tokens, terms, told, counted, self.lexicon)
        told = {at: text for at, text in told.items() if text in terms}
        unknown = {term.text for term in terms.values() if not term.known}
        for narrowing, nouns in self._qualifiers.read(
            tokens, text, {at: term for at, term in told.items() if at not in inside}, unknown
        ).items():
            terms[narrowing] = replace(terms[narrowing], narrows=nouns)
        for deed, at in deeds_done_to(tokens, counted & told.keys()):
            if deed in told and len(terms[told[deed]].alternatives) > 1 and told[deed] != told[at]:
                done = terms[told[deed]]
                terms[told[deed]] = replace(done, narrows=done.narrows | {told[at]})
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
        return {first} if after in self._maker.stop_words or not is_counted(after) else set()

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
        if span & counted and (len(term.alternatives) > 1 or term.text not in self._maker.light_stems):
            term = replace(term, counted=True, generic=term.text in self.lexicon.generic_stems)
        if span & gauged:
            term = replace(term, gauged=True)
        return replace(term, weight=term.weight * _FOCUS_FACTOR) if span & focus else term

    def _concepts_in(self, text: str) -> Iterator[tuple[int, int, tuple[Concept, ...]]]:
        """Spans of words that name concepts; an ambiguous word names several."""
        hits = self.lexicon.concepts_in(text)
        for (start, end), same in groupby(hits, key=lambda hit: (hit.start, hit.end)):
            yield start, end, tuple(hit.value for hit in same)

    def _begun_by_last(
        self, tokens: Sequence[Token], text: str, end: int
    ) -> tuple[int, int, tuple[Concept, ...]] | None:
        """The thing that the last word of a phrase unknown to the documents begins, where they know it: "plata
        *gobierno digital*" is no money of the government."""
        hits = list(self._concepts_in(text[tokens[end - 1].start :]))
        if not hits or hits[0][0] != 0 or hits[0][1] < 2:
            return None
        last, after = end - 1, end - 1 + hits[0][1]
        is_known = self._maker.of_phrase(tokens[last:after], hits[0][2], is_cue=False).known
        return (last, after, hits[0][2]) if is_known else None

    def _stopwords_in(self, text: str) -> set[int]:
        return {i for hit in self._stopwords.find(text) for i in range(hit.start, hit.end)}

    @cached_property
    def _stopwords(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.stopwords)

    def _bridges(self, described: Described, tokens: Sequence[Token], text: str, content: set[int]) -> bool:
        """Whether a description is needed: the thing is not named, and not all its words say something here already."""
        if stem_set(described.concept.term) <= {token.stem for token in tokens}:
            return False
        hits = self.lexicon.concepts_in(text)
        named = (hit for hit in hits if hit.value == described.concept)
        if any(all(self.corpus.knows(token.stem) for token in tokens[hit.start : hit.end]) for hit in named):
            return False
        if any(tokens[at].capital and at and not self.corpus.knows(tokens[at].stem) for at in described.at):
            return False  # a name that the documents do not have is no part of any description
        named_here = [hit for hit in hits if self._maker.is_printed(hit.value)]
        told = {at for hit in named_here for at in range(hit.start, hit.end)}
        untold = tuple(tokens[at].stem for at in sorted(described.at & content - told))
        if not all(map(self.corpus.knows, untold)):
            return True
        # Each word is printed of something else: "espacios", "ciudad" and "rescatar", but nowhere of one thing …
        if len(untold) > 2:
            return not self.corpus.has_together(untold)
        # … or "sitio" and "datos", but not with any name of the "robos" between them.
        others = [hit.value for hit in named_here if not described.at.isdisjoint(range(hit.start, hit.end))]
        names = [stems for concept in others for stems in self._maker.stems_of(concept)]
        return len(untold) > 1 and bool(names) and not any(self.corpus.has_together((*untold, *way)) for way in names)

    def _people_of(self, described: Described, tokens: Sequence[Token]) -> set[int]:
        """The words for people in a description of what is done for them ("*muchachos* que sacan de las bandas")."""
        people = self.lexicon.people_stems
        if not people.isdisjoint(stem_set(described.concept.term)):
            return set()
        return {at for at in described.at if tokens[at].stem in people}

    def _is_verb_by_place(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word stands where verbs do, and not after a "que" that asks ("¿en qué *barrios* …?")."""
        if index < 2 or tokens[index - 1].word not in _BEFORE_VERBS or tokens[index - 1].text == "qué":
            return False
        return tokens[index - 2].word not in _ASKING_BEFORE

    def _said_between(self, tokens: Sequence[Token], at: frozenset[int], content: set[int]) -> set[int]:
        """The words amid those of a description that no document has: they only describe further."""
        amid = content & set(range(min(at), max(at)))
        return {i for i in amid if not self.corpus.knows(tokens[i].stem) and not tokens[i].capital}


def words_after(tokens: Sequence[Token], cues: frozenset[str], reach: int) -> set[int]:
    """Positions of the words right after question words: what is asked for, rather than where and with what."""
    return {at + step for at, token in enumerate(tokens) if token.word in cues for step in range(1, reach + 1)}


def _begins(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a word begins a sentence, where a capital says nothing ("¿Fija un número? *Precise* cuál")."""
    return at == 0 or _SENTENCE_MARK.search(text[tokens[at - 1].end : tokens[at].start]) is not None


def is_counted(word: str) -> bool:
    """Whether a word after "cuántos" is the noun that is counted, and no verb ("van", "tenemos")."""
    return not word.endswith(("n", "emos", "vamos", "imos", "amos")) or word in _NOUNS_LIKE_VERBS
