"""Question to query: which words ask for what, and which words say about what.

The rungs: written out (abbreviations, misspellings, English) → tokens → what narrows (city, period, years) → what is
asked (field, kind) → what it is about (terms with their synonyms and the likely meaning of misspelt words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from rapidfuzz import fuzz, process

from assistant.corpus import Corpus
from assistant.filters import Narrowing, read_period_token, stop_stems
from assistant.lexicon import Concept, Lexicon, PhraseIndex
from assistant.matching import Token, stem_of, tokenize
from assistant.query import Alternative, Field, Language, Query, QuestionKind, Term
from assistant.times import Interval, intervals_in
from ingest.fold import fold, squeeze

_ENGLISH = frozenset(
    "what how many much which who when where why is are was were be been the a an does did do done of and or than should would could will "
    "can there this that these those it its for from to in on by with at as has have had not more most up end get got so if then".split()
)
_FOCUS_WORDS = frozenset("cuanto cuanta cuantos cuantas que cual cuales numero cantidad".split())
_STEPS = {"siguiente": 1, "proximo": 1, "posterior": 1, "anterior": -1, "pasado": -1, "previo": -1}
_COUNT_WORDS = frozenset("cuanta cuantos cuantas".split())
_FIGURE_WORDS = frozenset("cuanto cuanta cuantos cuantas valor monto porcentaje numero cifra meta avance".split())
_FOCUS_REACH = 4
_FOCUS_FACTOR = 1.35
_ENGLISH_AT_LEAST = 3
_YEAR = re.compile(r"^(20[0-4]\d|19[89]\d)$")
_SHORT_YEAR = re.compile(r"^[12]\d$")
_YEAR_CUES = frozenset({"meta", "metas", "ano", "vigencia", "del", "en"})
_SLASHED = re.compile(r"\b([cps])/\s?(?=\w)", re.IGNORECASE)
_SLASHED_WORDS = {"c": "con ", "p": "para ", "s": "sin "}
_JOINED = re.compile(r"(?<=[^\W\d_])[/\-–—](?=[^\W\d_])")
_PERCENT = re.compile(r"(?<![\d\s])\s*%|(?<=\s)%")
_CLAUSE_MARK = re.compile(r"[).;:?!]|,\s")
_NO_WORDS = re.compile(r"^[\W_]*$")
_TYPO_CUTOFF = 84
_LONGEST_PHRASE_WEIGHT = 1.6
_CUE_WEIGHT = 0.3
_NAME_WEIGHT = 1.25
_LIGHT_WEIGHT = 0.3
_CONCEPT_FACTOR = 0.95
_VARIANT_FACTOR = 0.85
_TYPO_FACTOR = 0.92
_MONTHS = frozenset(
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre".split()
)

#: What a field is called where it stands as a label of its own in a report ("Fuente de financiación: …").
_FIELD_TERMS: dict[Field, str] = {"source": "fuente"}

#: Kinds in the order in which they win when a question has cues of several.
_KIND_ORDER: tuple[QuestionKind, ...] = (
    "personal_data",
    "order",
    "ranking",
    "percent_change",
    "difference",
    "count",
    "sum",
    "list",
    "compare",
    "yes_no",
    "smalltalk",
)
_KIND_OF_CUE: dict[str, QuestionKind] = {"ranking_max": "ranking", "ranking_min": "ranking"}
#: Lexicon fields that are fields of a query; the others only take their words out of the terms.
_FIELDS: frozenset[str] = frozenset(Field.__args__)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Marks:
    """Which tokens have a role other than content."""

    used: frozenset[int]
    cues: frozenset[int]


class Understanding:
    """Reads questions against one corpus. Building it is cheap beside the corpus; reading is pure."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self.lexicon = lexicon
        self.corpus = corpus

    def read(self, text: str, *, entity: str | None = None, period: str | None = None) -> Query:
        """The query of one question; ``entity`` and ``period`` narrow it like words of its own would."""
        if _NO_WORDS.match(text):
            return Query(text=text, kind="empty")
        language = detect_language(text)
        written_out = self.write_out(text, language)
        tokens = tokenize(written_out)
        fields, field_cues = self._fields(written_out)
        narrowed = self._narrowing.read(tokens, written_out, text, fields)
        numbers, timed = read_numbers(tokens)
        used = narrowed.places | timed
        cues = frozenset(field_cues)
        terms = self._terms(tokens, written_out, _Marks(frozenset(used), cues), fields)
        levels = {i for i, token in enumerate(tokens) if token.stem in self.corpus.level_stems}
        topic = self._terms(tokens, written_out, _Marks(used | narrowed.names | levels, cues), ())
        kinds = self.lexicon.kinds_in(written_out)
        filters = self._narrowing.override(narrowed.filters, entity, period)
        set_nouns = tuple(token.word for token in tokens if token.word in self.lexicon.set_nouns)
        if "list" in kinds and set_nouns:
            headed = self._narrowing.heading_all(filters, [term.text for term in topic if term.weight > _CUE_WEIGHT])
            filters, topic = headed, topic if headed == filters else ()
        return Query(
            text=text,
            kind=self._kind(kinds, terms),
            cues=frozenset(kinds),
            fields=fields,
            filters=filters,
            terms=terms,
            asked=self._asked(tokens, written_out),
            excluded=frozenset(tokens[i].stem for i in self._excluded_in(written_out, tokens)) - self._stop_stems,
            points_back=bool(self._pointing.find(written_out)),
            step=next((_STEPS[token.word] for token in tokens if token.word in _STEPS), 0),
            changes=any(token.word in self._change_words for token in tokens),
            numbers=numbers,
            wants_figure=any(token.word in _FIGURE_WORDS for token in tokens) or "budget" in fields,
            set_nouns=set_nouns,
            topic=topic,
            language=language,
        )

    @cached_property
    def _pointing(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.pointing)

    @cached_property
    def _change_words(self) -> frozenset[str]:
        return frozenset(fold(word) for word in self.lexicon.change_words)

    @cached_property
    def _narrowing(self) -> Narrowing:
        return Narrowing(self.lexicon, self.corpus, self._stop_stems)

    # written out ----------------------------------------------------------------------------------------------------
    def write_out(self, text: str, language: Language) -> str:
        """The question with abbreviations and frequent misspellings written out, and English words in Spanish."""
        text = _SLASHED.sub(lambda match: _SLASHED_WORDS[match[1].lower()], text)
        text = _PERCENT.sub(" porcentaje ", _JOINED.sub(" ", text))
        if language == "en":
            return self._translate(text)
        pieces: list[str] = []
        at = 0
        for token in tokenize(text):
            written = self.lexicon.abbreviations.get(token.word) or self.lexicon.misspellings.get(token.word)
            if written is not None and not (token.text.isupper() and token.word in self.corpus.acronyms):
                pieces += (text[at : token.start], written)
                at = token.end
        return squeeze("".join([*pieces, text[at:]]))

    def _translate(self, text: str) -> str:
        tokens = tokenize(text)
        found = {hit.start: hit for hit in self.lexicon.spanish_for(text)}
        spanish: list[str] = []
        at = 0
        while at < len(tokens):
            hit = found.get(at)
            if hit is not None:
                spanish.append(hit.value)
            elif tokens[at].word not in _ENGLISH:
                spanish.append(tokens[at].text)
            at = hit.end if hit is not None else at + 1
        return squeeze(" ".join(spanish))

    # what is asked --------------------------------------------------------------------------------------------------
    def _asked(self, tokens: Sequence[Token], written_out: str) -> tuple[Interval, ...]:
        """The times asked for; a government period that documents are of is a filter, not a time."""
        short = (f"20{token.word}" for token, before in _with_before(tokens) if _is_short_year(token, before))
        spans = {interval for span in self.corpus.periods if read_period_token(span) for interval in intervals_in(span)}
        found = (*intervals_in(written_out), *(interval for year in short for interval in intervals_in(year)))
        return tuple(interval for interval in found if interval not in spans)

    def _fields(self, text: str) -> tuple[tuple[Field, ...], set[int]]:
        """Fields asked for, in the order of the question, and the words that ask."""
        cues: set[int] = set()
        fields: list[Field] = []
        for hit in self.lexicon.fields_in(text):
            cues |= set(range(hit.start, hit.end))
            if hit.value in _FIELDS and hit.value not in fields:
                fields.append(hit.value)  # type: ignore[arg-type]
        return tuple(fields), cues

    def _kind(self, kinds: Iterable[str], terms: Sequence[Term]) -> QuestionKind:
        named = {_KIND_OF_CUE.get(kind, kind) for kind in kinds}
        for kind in _KIND_ORDER:
            if kind in named and (kind != "smalltalk" or not any(term.weight > _CUE_WEIGHT for term in terms)):
                return kind
        return "value"

    # what it is about -----------------------------------------------------------------------------------------------
    def _terms(self, tokens: Sequence[Token], text: str, marks: _Marks, fields: Sequence[Field]) -> tuple[Term, ...]:
        """The content of the question: phrases of the lexicon first, then single words."""
        terms: dict[str, Term] = {}
        free = set(range(len(tokens))) - marks.used - self._excluded_in(text, tokens)
        content = free - self._stopwords_in(text)
        focus = words_after(tokens, _FOCUS_WORDS, _FOCUS_REACH)
        counted = {at for at in words_after(tokens, _COUNT_WORDS, 1) if at < len(tokens) and is_counted(tokens[at].word)}
        for start, end, concepts in self._concepts_in(text):
            span = set(range(start, end))
            if not span <= free or not span & content:
                continue
            content -= span
            term = self._phrase_term(tokens[start:end], concepts, is_cue=span <= marks.cues)
            terms.setdefault(term.text, self._placed(term, span, focus, counted))
        for index in sorted(content):
            found = self._word_term(tokens[index], is_cue=index in marks.cues, first=index == 0)
            if found is not None:
                terms.setdefault(found.text, self._placed(found, {index}, focus, counted))
        for name in fields:
            if (phrase := _FIELD_TERMS.get(name)) is not None:
                stem = stem_of(phrase)
                terms.setdefault(stem, Term(stem, _CUE_WEIGHT, (Alternative((stem,)),)))
        return tuple(terms.values())

    def _placed(self, term: Term, span: set[int], focus: set[int], counted: set[int]) -> Term:
        """A term by where it stands: in the focus it tells more; right after "cuántos" it is what is counted."""
        if span & counted and (len(term.alternatives) > 1 or term.text not in self._light_stems):
            term = replace(term, counted=True)
        return replace(term, weight=term.weight * _FOCUS_FACTOR) if span & focus else term

    def _excluded_in(self, text: str, tokens: Sequence[Token]) -> set[int]:
        """Words that the question says it does not mean, up to the next mark."""
        excluded: set[int] = set()
        for hit in self._excluding.find(text):
            end = _CLAUSE_MARK.search(text, tokens[hit.end - 1].end)
            stop = end.start() if end is not None else len(text)
            excluded |= {i for i, token in enumerate(tokens) if i >= hit.start and token.end <= stop}
        return excluded

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
        content = [token for token in tokens if token.stem not in self._stop_stems] or list(tokens)
        own = Alternative(tuple(token.stem for token in content))
        weight = min(_LONGEST_PHRASE_WEIGHT, sum(self._weight(token) for token in content))
        variants = [(concept.term, _CONCEPT_FACTOR) for concept in concepts]
        variants += [(phrase, _VARIANT_FACTOR) for concept in concepts for phrase in concept.also]
        others = {
            stems: Alternative(stems, factor)
            for phrase, factor in reversed(variants)
            if (stems := self._content_stems(phrase)) and stems != own.stems and all(map(self.corpus.knows, stems))
        }
        for short in self._acronyms_of.get(own.stems[0], ()):
            others[(stem_of(short),)] = Alternative((stem_of(short),), _CONCEPT_FACTOR)
        known = bool(others) or all(map(self.corpus.knows, own.stems))
        alternatives = (own, *sorted(others.values(), key=lambda other: -other.factor))
        return Term(" ".join(own.stems), weight * (_CUE_WEIGHT if is_cue else 1), alternatives, known)

    def _weight(self, token: Token) -> float:
        light = _LIGHT_WEIGHT if token.word in self._light_words else 1.0
        return self.corpus.rarity(token.stem, token.word) * light

    def _content_stems(self, phrase: str) -> tuple[str, ...]:
        return tuple(token.stem for token in tokenize(phrase) if token.stem not in self._stop_stems)

    @cached_property
    def _light_stems(self) -> frozenset[str]:
        return frozenset(stem_of(word) for word in self._light_words)

    @cached_property
    def _light_words(self) -> frozenset[str]:
        return frozenset(fold(word) for word in self.lexicon.light)

    @cached_property
    def _stop_stems(self) -> frozenset[str]:
        return stop_stems(self.lexicon)

    def _word_term(self, token: Token, *, is_cue: bool, first: bool) -> Term | None:
        if token.is_number:
            return None
        known = self.corpus.knows(token.stem)
        weight = self._weight(token)
        if is_cue:
            return Term(token.stem, weight * _CUE_WEIGHT, (Alternative((token.stem,)),)) if known else None
        alternatives = [Alternative((token.stem,))]
        alternatives += (Alternative((stem_of(short),), _CONCEPT_FACTOR) for short in self._acronyms_of.get(token.stem, ()))
        if (long_form := self.corpus.acronyms.get(token.word)) is not None:
            alternatives.append(Alternative(self._content_stems(long_form), _CONCEPT_FACTOR))
        if not known and (meant := self._likely_word(token.word)) is not None:
            alternatives.append(Alternative((self.corpus.vocabulary[meant],), _TYPO_FACTOR))
            weight = self.corpus.rarity(self.corpus.vocabulary[meant], meant)
            known = True
        is_name = not known and len(alternatives) == 1 and token.capital and not first and not token.text.isupper()
        if is_name:
            weight = max(weight, _NAME_WEIGHT)
        return Term(token.stem, weight, tuple(alternatives), known or len(alternatives) > 1, is_name=is_name)

    @cached_property
    def _acronyms_of(self) -> dict[str, tuple[str, ...]]:
        """The first telling stem of each long form, with its acronyms: who says "Ventanilla" may mean the VUAC."""
        found: dict[str, tuple[str, ...]] = {}
        for short, long_form in self.corpus.acronyms.items():
            first = next(iter(self._content_stems(long_form)), None)
            if first is not None:
                found[first] = (*found.get(first, ()), short)
        return found

    def _likely_word(self, word: str) -> str | None:
        """The word of the documents that a word unknown to them was probably meant to be."""
        if len(word) < 5:
            return None
        found = process.extractOne(word, self.corpus.vocabulary.keys(), scorer=fuzz.ratio, score_cutoff=_TYPO_CUTOFF)
        return found[0] if found is not None and found[0][0] == word[0] else None


def words_after(tokens: Sequence[Token], cues: frozenset[str], reach: int) -> set[int]:
    """Positions of the words right after question words: what is asked for, rather than where and with what."""
    return {at + step for at, token in enumerate(tokens) if token.word in cues for step in range(1, reach + 1)}


def is_counted(word: str) -> bool:
    """Whether a word after "cuántos" is the noun that is counted: plural nouns end in s, verbs in n or mos."""
    return not word.endswith(("n", "mos"))


def detect_language(text: str) -> Language:
    """English when at least three of its words are English function words and more than half as many as are Spanish."""
    typed = [token.word for token in tokenize(text)]
    english = sum(word in _ENGLISH for word in typed)
    spanish = sum(word in {"de", "la", "el", "que", "los", "las", "en", "cual", "del", "y", "a", "para"} for word in typed)
    return "en" if english >= _ENGLISH_AT_LEAST and english > spanish else "es"


def read_numbers(tokens: Sequence[Token]) -> tuple[tuple[str, ...], set[int]]:
    """Numbers of a question that are no dates, as typed, and which tokens are numbers or months."""
    numbers: list[str] = []
    used: set[int] = set()
    for index, (token, before) in enumerate(_with_before(tokens)):
        if not token.is_number and token.word not in _MONTHS:
            continue
        used.add(index)
        if token.is_number and not _YEAR.match(token.word) and not _is_short_year(token, before) and read_period_token(token.word) is None:
            numbers.append(token.text)
    return tuple(numbers), used


def _with_before(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Each token with the word before it."""
    yield from zip(tokens, ["", *(token.word for token in tokens)], strict=False)


def _is_short_year(token: Token, before: str) -> bool:
    return _SHORT_YEAR.match(token.word) is not None and before in _YEAR_CUES
