"""Question to query: which words ask for what, and which words say about what.

The rungs: said (abbreviations, misspellings and English written out, the words) → what is asked (columns, kind,
measure, city, period, names) → what it is about (terms with their synonyms and the likely meaning of misspelt words) →
which rows it narrows down to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import Token
from assistant.question.asides import says_enough, tells_first, without_courtesy
from assistant.question.asked import Asked, AskedReader
from assistant.question.asks import asks_for
from assistant.question.conditions import not_of, words_of
from assistant.question.dates_said import DateReader
from assistant.question.filters import Narrowing, is_part_of_office, without_names_in
from assistant.question.kinds_asked import kind_of
from assistant.question.lexicon import Lexicon, PhraseIndex
from assistant.question.measure import with_target_beside
from assistant.question.measures import Measure
from assistant.question.mentions import mention_in
from assistant.question.of_whom import groups_joined
from assistant.question.offices import offices_named
from assistant.question.query import Filters, Query, Term
from assistant.question.quotes import quotes_bound
from assistant.question.reckonings import NOTHING_COMPUTED, load_reckonings
from assistant.question.row_filters import RowFilters, RowNarrowing
from assistant.question.said import Said
from assistant.question.term_maker import CUE_WEIGHT
from assistant.question.terms import Marks, TermReader
from assistant.question.written import Writer
from ingest.figures import find_figures, parse_number
from ingest.fold import fold

_TARGET_IN_WORDS = re.compile(r"\bmetas? (?:de |es |sea |igual a )+(\w+(?: \w+){0,3})")
_NO_WORDS = re.compile(r"^[\W_]*$")
#: What a question may say beside a sector's name and still ask for the money of the whole sector.
_NO_SUBJECT = 0.3
_GOING_ON = frozenset(("y", "e", "pero", "ahora", "entonces"))
_SHORT = 8  # words


@dataclass(frozen=True)
class _Subject:
    """What a question is about: every term, those that name no programme, office or kind, and the rows it names."""

    terms: tuple[Term, ...]
    topic: tuple[Term, ...]
    rows: RowNarrowing


class Understanding:
    """Reads questions against one corpus. Building it is cheap beside the corpus; reading is pure."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._writer = Writer(lexicon, corpus)
        self._terms = TermReader(lexicon, corpus)
        self._dates = DateReader(lexicon, corpus)

    def read(self, text: str, *, entity: str | None = None, period: str | None = None) -> Query:
        """The query of one question; ``entity`` and ``period`` narrow it like words of its own would."""
        typed = without_courtesy(text)
        if _NO_WORDS.match(typed):
            return Query(text=typed, kind="empty")
        said = self._writer.read(typed)
        asked = self._asked.read(said)
        subject = self._subject(said, asked)
        filters = self._narrowing.override(asked.narrowed.filters, entity, period)
        filters = self._with_rows(filters, said, asked, subject)
        mention = mention_in(said.asking) if asked.set_nouns and "source" not in asked.fields else None
        topic = subject.topic
        if "list" in asked.kinds and asked.set_nouns and mention is None:
            headed = self._narrowing.heading_all(filters, _stems_named(topic))
            filters, topic = headed, self._of_first_group(said, topic) if headed == filters else ()
        tokens, steps = said.tokens, self.lexicon.words.steps
        return Query(
            text=typed,
            kind=kind_of(asked.kinds, subject.terms),
            cues=frozenset(asked.kinds),
            fields=asked.fields,
            filters=filters,
            terms=subject.terms,
            asked=self._dates.times(tokens, said.asking if says_enough(subject.terms) else said.text),
            excluded=self._terms.left_out.stems_in(said.text, tokens),
            points_back=bool(self._pointing.find(said.text)),
            step=next((steps[token.word] for token in tokens if token.word in steps), 0),
            unspent=bool(self._unspent.find(said.text)) or asks_for(said.text, "less_executed"),
            percent=any(token.word.startswith("porcent") for token in tokens),
            changes=asked.changes,
            numbers=self._dates.numbers(tokens),
            wants_figure=bool(said.where(self.lexicon.words.figures)) or "budget" in asked.fields,
            set_nouns=asked.set_nouns,
            tells=tells_first(tokens, said.told),
            topic=topic,
            mention=mention,
            measure=self._measure(said, asked, filters.documents),
            language=said.language,
        )

    def _subject(self, said: Said, asked: Asked) -> _Subject:
        """What a question is about; where it asks for the money of a sector and names a thing beside it, the thing."""
        tokens = said.tokens
        cues = asked.cues | self._row_filters.words_of_documents(tokens)
        labels = tuple(name for name in asked.fields if name != "progress" or asked.measured is None)
        terms = self._terms.read(tokens, said.text, Marks(asked.used, cues, said.told), labels)
        asks_for_rows = bool(asked.set_nouns) or asked.measures_set or asked.measures_money or goes_on(tokens)
        rows = self._row_filters.read(tokens, asked.taken, asks_for_rows=asks_for_rows)
        if is_part_of_office(rows.sectors, asked.narrowed.filters.dependency, tokens, self._terms.stop_stems):
            rows = replace(rows, sectors=())
        topic = self._topic(said, asked, rows, cues)
        only_of_money = bool(
            rows.sectors and asked.measured is not None and not (asked.set_nouns or asked.measures_set)
        )
        if only_of_money and "sum" not in asked.kinds and sum(term.weight for term in topic) > _NO_SUBJECT:
            rows = self._row_filters.read(tokens, asked.taken, asks_for_rows=False)
            topic = self._topic(said, asked, rows, cues)
        return _Subject(terms, topic, rows)

    def _topic(self, said: Said, asked: Asked, rows: RowNarrowing, cues: frozenset[int]) -> tuple[Term, ...]:
        """The terms without the words that name a programme, an office, a kind, a sector or a condition."""
        tokens, narrowed = said.tokens, asked.narrowed
        levels = {at for at, token in enumerate(tokens) if token.stem in self.corpus.level_stems}
        if narrowed.filters.named:
            levels |= self._narrowing.office_cues_in(said.text)
        quoted = stem_set(" ".join(narrowed.filters.quoted)) if asked.set_nouns else frozenset[str]()
        levels |= {at for at, token in enumerate(tokens) if token.stem in quoted}
        narrowing = narrowed.names | levels | rows.words | asked.measuring | words_of(asked.conditions, tokens)
        return self._terms.read(tokens, said.text, Marks(asked.used | narrowing, cues, said.told), ())

    def _of_first_group(self, said: Said, topic: tuple[Term, ...]) -> tuple[Term, ...]:
        """The topic without the second of two groups of people, where a programme is called by the first alone."""
        groups = groups_joined(said.tokens)
        if groups is None:
            return topic
        first, second = groups
        called = [name.stems for name in self.corpus.names if name.role == "programme" and first in name.stems]
        if not called or any(second in stems for stems in called):
            return topic
        return tuple(term for term in topic if term.text != second)

    def _with_rows(self, filters: Filters, said: Said, asked: Asked, subject: _Subject) -> Filters:
        """The filters with what narrows the rows down: sector, unit, document, conditions, values of a target."""
        rows = subject.rows
        named = {said.tokens[at].stem for at in rows.words} if rows.sectors or rows.sources or rows.ods else set()
        quotes = quotes_bound(said.typed, not_of(asked.conditions, filters.quoted))
        filters = replace(
            without_names_in(filters, named, said.tokens, self._terms.stop_stems),
            sectors=rows.sectors,
            units=rows.units,
            accumulations=rows.accumulations,
            documents=() if compares_documents(said.text) else rows.documents,
            codes=rows.codes,
            ods=rows.ods,
            sources=rows.sources,
            conditions=asked.conditions,
            quoted=quotes.every,
            quoted_either=quotes.either,
            quoted_none=quotes.none,
        )
        if filters.dependency:
            asking = Query(text=said.typed, filters=filters, terms=subject.terms)
            if len(offices_named(asking, self.corpus)) > 1:
                filters = replace(filters, dependency=None, documents=())
        if asked.set_nouns and "target" in asked.fields and asked.measured is None and not asked.conditions:
            filters = replace(filters, target_values=self._target_values(said, asked))
        return filters

    def _target_values(self, said: Said, asked: Asked) -> tuple[Decimal, ...]:
        """The values that the targets of a set are asked to have ("las metas de ocho")."""
        named = {said.tokens[at].text for at in asked.narrowed.names | asked.used}
        numbers = (number for number in self._dates.numbers(said.tokens) if number not in named)
        values = tuple(value for number in numbers if (value := parse_number(number)) is not None)
        return values or _values_in_words(said.text)

    def _measure(self, said: Said, asked: Asked, documents: tuple[str, ...]) -> Measure | None:
        """What is asked of rows that are followed; where a year is named and nothing else asked, its figures."""
        times = self._dates.times(said.tokens, said.text)
        if (read := asked.measured) is not None:
            stems = frozenset(said.tokens[at].stem for at in read.words if at < len(said.tokens))
            measure = replace(read.measure, documents=documents, stems=stems)
            return with_target_beside(measure, asked.fields) if times else measure
        if not times or not self.corpus.is_followed or set(asked.fields) - {"target", "period"}:
            return None
        computed = load_reckonings().read(said.text)
        reckoning = NOTHING_COMPUTED if computed is None else computed.reckoning
        return Measure(implied=True, reckoning=reckoning, documents=documents)

    @cached_property
    def _pointing(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.pointing)

    @cached_property
    def _unspent(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.unspent)

    @cached_property
    def _row_filters(self) -> RowFilters:
        return RowFilters(self.corpus, self._terms.stop_stems, self.lexicon.document_words)

    @cached_property
    def _narrowing(self) -> Narrowing:
        return Narrowing(self.lexicon, self.corpus, self._terms.stop_stems)

    @cached_property
    def _asked(self) -> AskedReader:
        return AskedReader(self.lexicon, self.corpus, self._narrowing, self._dates)


def goes_on(tokens: Sequence[Token]) -> bool:
    """Whether a question only goes on with the one before ("¿y las de cultura?")."""
    return bool(tokens) and tokens[0].word in _GOING_ON and len(tokens) <= _SHORT


def compares_documents(text: str) -> bool:
    """Whether a question asks if documents say the same: then it names them to compare them, not to narrow down."""
    read = load_reckonings().read(text)
    return read is not None and read.reckoning.kind == "agree"


def _stems_named(topic: Sequence[Term]) -> list[str]:
    """The stems of the terms that tell and that documents know."""
    return [stem for term in topic if term.known and term.weight > CUE_WEIGHT for stem in term.text.split()]


def _values_in_words(text: str) -> tuple[Decimal, ...]:
    """The values of the numbers that a question writes in words after "meta de" ("una meta de ocho")."""
    said = _TARGET_IN_WORDS.search(fold(text))
    found = find_figures(said[1]) if said is not None else []
    return tuple(mention.value for mention in found[:1] if mention.words and mention.value is not None)
