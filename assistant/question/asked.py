"""What a question asks, apart from what it is about: columns, kind, sets, conditions, measures, times and names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from assistant.corpus.corpus import Corpus, stem_set
from assistant.corpus.matching import stem_of
from assistant.question.asks import words_asking
from assistant.question.changing import change_words
from assistant.question.conditions import Condition, conditions_in, without_words_of_ranking
from assistant.question.dates_said import DateReader
from assistant.question.fields_asked import FieldReader
from assistant.question.filters import Narrowed, Narrowing, unquoted
from assistant.question.kinds_asked import kinds_asked
from assistant.question.lexicon import KindName, Lexicon
from assistant.question.measures import MeasureRead, load_measures
from assistant.question.of_whom import is_made_of
from assistant.question.offices import without_office_told
from assistant.question.query import Field
from assistant.question.said import Said
from assistant.question.told_counts import counts_told
from ingest.fold import fold_in_place

_PERCENT_WORDS = frozenset(("porcentaje", "porciento", "ciento"))
#: "Líneas base" are no lines of a plan; who asks for them asks for the rows that have them.
_BASELINES, _ROWS = ("lineas", "base"), "indicadores"
#: Words of so many letters only join others.
_JOINS = 3
_SHARE_WORDS = _PERCENT_WORDS | {"mitad"}


@dataclass(frozen=True)
class Asked:
    """What is asked of which rows. Positions of words: ``used`` are of places, dates and how many rows there are,
    ``measuring`` say what is measured, ``cues`` ask (for columns, kinds, measures, changes)."""

    fields: tuple[Field, ...]
    kinds: frozenset[KindName]
    set_nouns: tuple[str, ...]
    conditions: tuple[Condition, ...]
    measured: MeasureRead | None
    narrowed: Narrowed
    changes: bool
    used: frozenset[int]
    measuring: frozenset[int]
    cues: frozenset[int]

    @property
    def measures_set(self) -> bool:
        """Whether what is measured is asked of a set of rows."""
        return self.measured is not None and self.measured.measure.is_of_set

    @property
    def measures_money(self) -> bool:
        """Whether money is asked for."""
        return self.measured is not None and self.measured.measure.money

    @property
    def taken(self) -> frozenset[int]:
        """The words that name no sector: places, dates, what is measured, and the office where one is named."""
        measuring = frozenset() if self.measured is None else self.measured.words
        return self.used | measuring | (self.narrowed.office if self.narrowed.filters.dependency else frozenset())


def _without_office_of_source(said: Said, narrowed: Narrowed, measured: MeasureRead | None) -> Narrowed:
    """What narrows, without an office that only the name of a source of money says ("con SGP *salud*")."""
    office = narrowed.filters.dependency
    if office is None or measured is None or not measured.measure.funding:
        return narrowed
    stems = stem_set(office)
    naming = {at for at, token in enumerate(said.tokens) if token.stem in stems and len(token.word) > _JOINS}
    if not naming <= measured.words:
        return narrowed
    return replace(narrowed, filters=replace(narrowed.filters, dependency=None), office=frozenset())


class AskedReader:
    """Reads what questions ask of one corpus."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus, narrowing: Narrowing, dates: DateReader) -> None:
        self._lexicon = lexicon
        self._corpus = corpus
        self._narrowing = narrowing
        self._dates = dates
        self._fields = FieldReader(lexicon, dates)

    def read(self, said: Said) -> Asked:
        """What a question asks."""
        tokens = said.tokens
        fields = self._fields.read(said)
        narrowed = self._narrowing.read(tokens, said.text, said.typed, fields.fields)
        measured = load_measures().read(said.text) if self._corpus.is_followed else None
        narrowed = _without_office_of_source(said, narrowed, measured)
        kinds = kinds_asked(said, self._lexicon)
        set_nouns = self._set_nouns(said, kinds)
        counted = counts_told(fold_in_place(said.text), tokens, set_nouns)
        if counted and not kinds:
            kinds = frozenset(("list",))
        conditions = conditions_in(said.text) if set_nouns else ()
        named = fields.fields
        if set_nouns and narrowed.filters.dependency:
            named = without_office_told(named, said.text)
        measuring = self._measuring(said, measured)
        changing = said.where(change_words())
        cues = (
            fields.cues
            | measuring
            | (self._words_of_change(said, changing))
            | self._lexicon.kind_words_in(said.text)
            | words_asking(tokens, said.text, "all_kinds")
            | words_asking(tokens, said.text, "lacking")
            | words_asking(tokens, said.text, "made_of")
            | words_asking(tokens, said.text, "in_document")
            | words_asking(tokens, said.text, "regarding")
        )
        return Asked(
            fields=named,
            kinds=frozenset(without_words_of_ranking(kinds, conditions)),
            set_nouns=set_nouns,
            conditions=conditions,
            measured=measured,
            narrowed=narrowed,
            changes=bool(changing),
            used=narrowed.places | self._dates.words(tokens, said.text) | counted,
            measuring=measuring,
            cues=cues,
        )

    def _set_nouns(self, said: Said, kinds: frozenset[KindName]) -> tuple[str, ...]:
        """The sets asked for, outside of names that are quoted; of "¿cuál canal …?" the canals, which are ranked."""
        known = self._lexicon.set_nouns
        tokens = unquoted(said.tokens, said.typed)
        of_a_row = {at for at, one in enumerate(tokens) if one.word == "componentes" and is_made_of(tokens, at)}
        baselines = {at for at in range(len(tokens) - 1) if (tokens[at].word, tokens[at + 1].word) == _BASELINES}
        nouns = (_ROWS if at in baselines else one.word for at, one in enumerate(tokens) if at not in of_a_row)
        found = tuple(dict.fromkeys(noun for noun in nouns if noun in known))
        if found or not kinds & {"ranking_max", "ranking_min"}:
            return found
        return tuple(noun for token in said.tokens if (noun := self._set_noun_of.get(token.stem)))

    @staticmethod
    def _measuring(said: Said, measured: MeasureRead | None) -> frozenset[int]:
        """The words that say what is measured; of a set, with the number that it is compared with."""
        if measured is None or not measured.measure.is_of_set:
            return frozenset() if measured is None else measured.words
        numbers = frozenset(at for at, token in enumerate(said.tokens) if token.is_number)
        return measured.words | numbers | said.where(_SHARE_WORDS)

    def _words_of_change(self, said: Said, changing: frozenset[int]) -> frozenset[int]:
        """Words that only ask how much something changes between two times that a question names ("crecimiento %")."""
        if not changing or len(self._dates.times(said.tokens, said.text)) < 2:
            return frozenset()
        return changing | said.where(_PERCENT_WORDS)

    @cached_property
    def _set_noun_of(self) -> dict[str, str]:
        """The nouns of sets by their stems."""
        return {stem_of(noun): noun for noun in self._lexicon.set_nouns}
