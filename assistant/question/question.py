"""Question to query: which words ask for what, and which words say about what.

The rungs: written out (abbreviations, misspellings, English) → tokens → what narrows (city, period, years) → what is
asked (field, kind) → what it is about (terms with their synonyms and the likely meaning of misspelt words).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from assistant.corpus.corpus import Corpus
from assistant.corpus.matching import Token, stem_of, tokenize
from assistant.question.asides import asides, asked_part, says_enough, tells_first, without_courtesy
from assistant.question.asks import asks_for, words_asking
from assistant.question.conditions import conditions_in, without_words_of_ranking, words_of
from assistant.question.descriptions import load_descriptions
from assistant.question.filters import Narrowing, is_part_of_office, read_period_token, unquoted, without_names_in
from assistant.question.lexicon import Lexicon, PhraseIndex
from assistant.question.measure import with_target_beside
from assistant.question.measures import Measure, MeasureRead, load_measures
from assistant.question.mentions import mention_in
from assistant.question.of_whom import only_tells
from assistant.question.offices import offices_named, without_office_told
from assistant.question.query import Field, Query, QuestionKind, Term
from assistant.question.reckonings import NOTHING_COMPUTED, load_reckonings
from assistant.question.row_filters import RowFilters
from assistant.question.term_maker import CUE_WEIGHT
from assistant.question.terms import Marks, TermReader, words_after
from assistant.question.times import Interval, intervals_in
from assistant.question.whereabouts import asks_before_whom, asks_of_the_past, joining_words, tells_when
from assistant.question.written import Writer
from ingest.figures import dates_in, find_figures, parse_number
from ingest.fold import fold

_YEAR = re.compile(r"^(20[0-4]\d|19[89]\d)$")
_SHORT_YEAR = re.compile(r"^[12]\d$")
_SHARE_WORDS = frozenset(("porcentaje", "porciento", "ciento", "mitad"))
_PERCENT_WORDS = frozenset(("porcentaje", "porciento", "ciento"))
_TARGET_IN_WORDS = re.compile(r"\bmetas? (?:de |es |sea |igual a )+(\w+(?: \w+){0,3})")
_NO_WORDS = re.compile(r"^[\W_]*$")

#: What a question may say beside a sector's name and still ask for the money of the whole sector.
_NO_SUBJECT = 0.3
#: How many calls or messages there were asks for no number to call.
_WAYS_OF_CONTACT = frozenset(("telefono", "correo", "numero", "direccion"))
_TO_WHOM = frozenset(("le", "les"))
_GOING_ON = frozenset(("y", "e", "pero", "ahora", "entonces"))
_SHORT = 8  # words
_APART = 3  # characters between two words that belong together at least, with a sign between them
#: Verbs that ask what there is, and not what was reached.
_THERE_IS = frozenset(("hay", "existen", "tienen", "ofrecen"))
#: Kinds in the order in which they win when a question has cues of several.
_KIND_ORDER: tuple[QuestionKind, ...] = (
    "personal_data",
    "order",
    "ranking",
    "percent_change",
    "count",
    "difference",
    "sum",
    "list",
    "compare",
    "yes_no",
    "smalltalk",
)
_KIND_OF_CUE: dict[str, QuestionKind] = {"ranking_max": "ranking", "ranking_min": "ranking"}
#: Lexicon fields that are fields of a query; the others only take their words out of the terms.
_FIELDS: frozenset[str] = frozenset(Field.__args__)  # type: ignore[attr-defined]


class Understanding:
    """Reads questions against one corpus. Building it is cheap beside the corpus; reading is pure."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._writer = Writer(lexicon, corpus)
        self._reader = TermReader(lexicon, corpus)

    def read(self, text: str, *, entity: str | None = None, period: str | None = None) -> Query:
        """The query of one question; ``entity`` and ``period`` narrow it like words of its own would."""
        text = without_courtesy(text)
        if _NO_WORDS.match(text):
            return Query(text=text, kind="empty")
        language = self._writer.language(text)
        written_out = self._writer.write_out(text, language)
        tokens = tokenize(written_out)
        told = asides(written_out, tokens)
        asked_text = asked_part(written_out, tokens, told)
        fields, field_cues = self._fields(written_out, tokens, told)
        narrowed = self._narrowing.read(tokens, written_out, text, fields)
        numbers, timed = self._numbers(tokens)
        used = narrowed.places | timed | words_of_dates(tokens, written_out)
        measured = load_measures().read(written_out) if self.corpus.is_followed else None
        measure_words = measured.words if measured is not None else frozenset()
        kinds = self.lexicon.kinds_in(asked_text)
        if asks_for(asked_text, "level"):
            kinds -= {"percent_change"}
        if "personal_data" in kinds and asks_for(text, "of_office") and not asks_for(text, "of_person"):
            kinds = kinds - {"personal_data"}
        set_nouns = tuple(token.word for token in unquoted(tokens, text) if token.word in self.lexicon.set_nouns)
        if not set_nouns and {"ranking_max", "ranking_min"} & set(kinds):
            set_nouns = tuple(noun for token in tokens if (noun := self._set_noun_of.get(token.stem)))
        if set_nouns and narrowed.filters.dependency:
            fields = without_office_told(fields, written_out)
        of_set = measured is not None and (measured.measure.is_of_set or measured.measure.money)
        conditions = conditions_in(written_out) if set_nouns else ()
        kinds = without_words_of_ranking(kinds, conditions)
        taken = used | measure_words | (narrowed.office if narrowed.filters.dependency else frozenset())
        rows = self._row_filters.read(tokens, taken, asks_for_rows=bool(set_nouns) or of_set or goes_on(tokens))
        if is_part_of_office(rows.sectors, narrowed.filters.dependency, tokens, self._reader.stop_stems):
            rows = replace(rows, sectors=())
        only_of_money = bool(rows.sectors) and measured is not None and not (set_nouns or measured.measure.is_of_set)
        if measured is not None and measured.measure.is_of_set:
            measure_words |= {at for at, token in enumerate(tokens) if token.is_number or token.word in _SHARE_WORDS}
        changing = self._words_of_change(tokens, written_out)
        cues = frozenset(
            field_cues
            | changing
            | self.lexicon.kind_words_in(written_out)
            | measure_words
            | words_asking(tokens, written_out, "all_kinds")
            | self._row_filters.words_of_documents(tokens)
        )
        labels = tuple(name for name in fields if name != "progress" or measured is None)
        terms = self._reader.read(tokens, written_out, Marks(frozenset(used), cues, told), labels)
        levels = {i for i, token in enumerate(tokens) if token.stem in self.corpus.level_stems}
        levels |= self._narrowing.office_cues_in(written_out) if narrowed.filters.named else set()
        topic = self._reader.read(
            tokens,
            written_out,
            Marks(
                used | narrowed.names | levels | rows.words | measure_words | words_of(conditions, tokens), cues, told
            ),
            (),
        )
        if only_of_money and "sum" not in kinds and sum(term.weight for term in topic) > _NO_SUBJECT:
            rows = self._row_filters.read(tokens, taken, asks_for_rows=False)
            said = rows.words | measure_words | words_of(conditions, tokens)
            marks = Marks(used | narrowed.names | levels | said, cues, told)
            topic = self._reader.read(tokens, written_out, marks, ())
        steps = self.lexicon.words.steps
        filters = self._narrowing.override(narrowed.filters, entity, period)
        named = {tokens[at].stem for at in rows.words} if rows.sectors or rows.sources or rows.ods else set()
        filters = without_names_in(filters, named, tokens, self._reader.stop_stems)
        documents = () if compares_documents(written_out) else rows.documents
        filters = replace(filters, sectors=rows.sectors, units=rows.units, accumulations=rows.accumulations,
                          documents=documents, codes=rows.codes, ods=rows.ods, sources=rows.sources)  # fmt: skip
        filters = replace(filters, conditions=conditions)
        if filters.dependency and len(offices_named(Query(text=text, filters=filters, terms=terms), self.corpus)) > 1:
            filters = replace(filters, dependency=None, documents=())
        if set_nouns and "target" in fields and measured is None and not conditions:
            named = {tokens[at].text for at in narrowed.names}
            values = tuple(
                value for number in numbers if number not in named and (value := parse_number(number)) is not None
            )
            values = values or _values_in_words(written_out)
            filters = replace(filters, target_values=values)
        mention = mention_in(asked_text) if set_nouns and "source" not in fields else None
        if "list" in kinds and set_nouns and mention is None:
            named_in = [stem for term in topic if term.known and term.weight > CUE_WEIGHT for stem in term.text.split()]
            headed = self._narrowing.heading_all(filters, named_in)
            filters, topic = headed, topic if headed == filters else ()
        return Query(
            text=text,
            kind=self._kind(kinds, terms),
            cues=frozenset(kinds),
            fields=fields,
            filters=filters,
            terms=terms,
            asked=self._asked(tokens, written_out if not says_enough(terms) else asked_text),
            excluded=self._reader.left_out.stems_in(written_out, tokens),
            points_back=bool(self._pointing.find(written_out)),
            step=next((steps[token.word] for token in tokens if token.word in steps), 0),
            unspent=bool(self._unspent.find(written_out)),
            percent=any(token.word.startswith("porcent") for token in tokens),
            changes=any(token.word in self._change_words for token in tokens),
            numbers=numbers,
            wants_figure=any(token.word in self.lexicon.words.figures for token in tokens) or "budget" in fields,
            set_nouns=set_nouns,
            tells=tells_first(tokens, told),
            topic=topic,
            mention=mention,
            measure=self._measure(measured, fields, tokens, written_out, filters.documents),
            language=language,
        )

    def _measure(
        self,
        read: MeasureRead | None,
        fields: Sequence[Field],
        tokens: Sequence[Token],
        text: str,
        documents: tuple[str, ...],
    ) -> Measure | None:
        """What is asked of rows that are followed; where a year is named and nothing else asked, its figures."""
        if read is not None:
            stems = frozenset(tokens[at].stem for at in read.words if at < len(tokens))
            measure = replace(read.measure, documents=documents, stems=stems)
            return with_target_beside(measure, fields) if self._asked(tokens, text) else measure
        if not self._asked(tokens, text) or not self.corpus.is_followed or set(fields) - {"target", "period"}:
            return None
        computed = load_reckonings().read(text)
        reckoning = NOTHING_COMPUTED if computed is None else computed.reckoning
        return Measure(implied=True, reckoning=reckoning, documents=documents)

    def _words_of_change(self, tokens: Sequence[Token], text: str) -> set[int]:
        """Words that only ask how much something changes between two times that a question names ("crecimiento %")."""
        said = {at for at, token in enumerate(tokens) if token.word in self._change_words}
        if not said or len(self._asked(tokens, text)) < 2:
            return set()
        return said | {at for at, token in enumerate(tokens) if token.word in _PERCENT_WORDS}

    @cached_property
    def _set_noun_of(self) -> dict[str, str]:
        """The nouns of sets by their stems: of "¿cuál canal …?" the canals are ranked."""
        return {stem_of(noun): noun for noun in self.lexicon.set_nouns}

    @cached_property
    def _pointing(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.pointing)

    @cached_property
    def _unspent(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.unspent)

    @cached_property
    def _change_words(self) -> frozenset[str]:
        return frozenset(fold(word) for word in self.lexicon.change_words)

    @cached_property
    def _row_filters(self) -> RowFilters:
        return RowFilters(self.corpus, self._reader.stop_stems, self.lexicon.document_words)

    @cached_property
    def _narrowing(self) -> Narrowing:
        return Narrowing(self.lexicon, self.corpus, self._reader.stop_stems)

    def _asked(self, tokens: Sequence[Token], written_out: str) -> tuple[Interval, ...]:
        """The times asked for; a government period that documents are of is a filter, not a time."""
        short = (f"20{token.word}" for at, token in enumerate(tokens) if self._is_short_year(tokens, at))
        spans = {interval for span in self.corpus.periods if read_period_token(span) for interval in intervals_in(span)}
        found = (*intervals_in(written_out), *(interval for year in short for interval in intervals_in(year)))
        return tuple(interval for interval in found if interval not in spans)

    def _fields(
        self, text: str, tokens: Sequence[Token], told: Collection[int] = ()
    ) -> tuple[tuple[Field, ...], set[int]]:
        """Fields asked for, in the order of the question, and the words that ask; what is only ``told`` asks for none.

        A noun that is counted ("¿cuántas *dependencias* …?") asks for no field, nor money in a phrase for something
        else ("los ponen a pedir *plata* en la calle"); a count of what falls to an office ("¿cuántos paraderos *le
        tocan a la* alcaldía?") names that office and does not ask for it.
        """
        cues: set[int] = set()
        named: list[str] = []
        counted = words_after(tokens, self.lexicon.words.counting, 1)
        phrases = [set(range(hit.start, hit.end)) for hit in self.lexicon.concepts_in(text)]
        described = [set(range(min(one.at), max(one.at) + 1)) for one in load_descriptions().find(tokens)]
        joining = joining_words(tokens, text, self.lexicon.words.counting)
        for hit in self.lexicon.fields_in(text):
            span = set(range(hit.start, hit.end))
            if span <= set(told) or (hit.value == "budget" and any(span < phrase for phrase in phrases)):
                continue
            if hit.value in ("place", "site") and any(span <= phrase for phrase in described):
                continue
            if hit.value in ("place", "site") and joining.intersection(span):
                continue
            if hit.value == "baseline" and tells_when(tokens, hit.end, text):
                continue
            if hit.value == "target" and asks_of_the_past(tokens, hit.start):
                cues |= span
                continue
            if hit.value == "dependency" and asks_before_whom(tokens, hit.start):
                continue
            if hit.value == "contact" and counted and tokens[hit.start].word in _WAYS_OF_CONTACT:
                continue
            if only_tells(hit.value, tokens, hit.start):
                continue
            cues |= span
            if counted and hit.value == "progress" and self._tells_of_whom(tokens, hit.start):
                continue
            if counted and hit.value == "dependency" and tokens[hit.start].word in _TO_WHOM:
                continue
            if (not span <= counted or hit.value == "budget") and (hit.value != "sector" or len(span) > 1):
                named.append(hit.value)
        asked = asked_part(text, tokens, told)
        hinted = [name for name in self.lexicon.fields_hinted_in(asked) if name not in named]
        if joining:
            hinted = [name for name in hinted if name != "site"]
        if "progress" in hinted and ({"baseline", "target"} & set(named) or self._asked(tokens, text)):
            hinted.remove("progress")
        named += hinted
        if asks_for(asked, "level") and "target" not in named:
            named = ["target", *(name for name in named if name not in ("baseline", "progress"))]
        if "baseline" in named and "target" not in named:
            named = [name for name in named if name not in ("progress", "period")]
        return tuple(dict.fromkeys(name for name in named if name in _FIELDS)), cues  # type: ignore[misc]

    def _tells_of_whom(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the words at a place tell of whom a count of what there is is ("¿cuántas *hay* para los jóvenes que
        *ya cumplieron*?"), and ask no progress; what a set has reached is asked of the set ("metas que ya cumplieron").
        """
        said = [token.word for token in tokens[:at]]
        if len(said) < 2 or said[-1] != "que" or not _THERE_IS.intersection(said[:-2]):
            return False
        return said[-2] not in {*self.lexicon.set_nouns, *_THERE_IS, *self.lexicon.words.articles}

    def _kind(self, kinds: Iterable[str], terms: Sequence[Term]) -> QuestionKind:
        named = {_KIND_OF_CUE.get(kind, kind) for kind in kinds}
        for kind in _KIND_ORDER:
            if kind in named and (kind != "smalltalk" or not any(term.weight > CUE_WEIGHT for term in terms)):
                return kind
        return "value"

    def _numbers(self, tokens: Sequence[Token]) -> tuple[tuple[str, ...], set[int]]:
        """Numbers of a question that are no dates, as typed, and which tokens are dates' numbers or months."""
        numbers: list[str] = []
        used: set[int] = set()
        for index, token in enumerate(tokens):
            if not token.is_number and token.word not in self.lexicon.words.months:
                continue
            is_date = _YEAR.match(token.word) or self._is_short_year(tokens, index) or read_period_token(token.word)
            if token.is_number and not is_date:
                numbers.append(token.text)
            else:
                used.add(index)
        return tuple(numbers), used

    def _is_short_year(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a number of two digits is a year ("del 22"), and no percentage ("del 20 por ciento") or what an
        equation comes to ("6 + 8 de la meta = 14")."""
        is_beside = at > 0 and tokens[at].start - tokens[at - 1].end < _APART
        before = tokens[at - 1].word if is_beside else ""
        after = " ".join(token.word for token in tokens[at + 1 : at + 3])
        is_year = _SHORT_YEAR.match(tokens[at].word) is not None and before in self.lexicon.words.before_years
        return is_year and not after.startswith(("por ciento", "porciento", "porcentaje"))


def goes_on(tokens: Sequence[Token]) -> bool:
    """Whether a question only goes on with the one before ("¿y las de cultura?")."""
    return bool(tokens) and tokens[0].word in _GOING_ON and len(tokens) <= _SHORT


def compares_documents(text: str) -> bool:
    """Whether a question asks if documents say the same: then it names them to compare them, not to narrow down."""
    read = load_reckonings().read(text)
    return read is not None and read.reckoning.kind == "agree"


def _values_in_words(text: str) -> tuple[Decimal, ...]:
    """The values of the numbers that a question writes in words after "meta de" ("una meta de ocho")."""
    said = _TARGET_IN_WORDS.search(fold(text))
    found = find_figures(said[1]) if said is not None else []
    return tuple(mention.value for mention in found[:1] if mention.words and mention.value is not None)


def words_of_dates(tokens: Sequence[Token], text: str) -> set[int]:
    """Words that are part of a date or period ("primer trimestre de 2022")."""
    spans = [(mention.start, mention.end) for mention in dates_in(text)]
    return {
        at for at, token in enumerate(tokens) if any(start <= token.start and token.end <= end for start, end in spans)
    }
