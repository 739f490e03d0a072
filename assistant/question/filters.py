"""What narrows a question: city, period, names of the catalogue, kinds and states of rows, quoted words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from assistant.corpus.corpus import Corpus, NameRole, stem_set
from assistant.corpus.matching import Token, stem_of, tokenize
from assistant.question.asks import load_asks
from assistant.question.begun_names import asides_of, office_begun, short_offices
from assistant.question.lexicon import Lexicon, PhraseIndex
from assistant.question.names import NameFinder, NameFound
from assistant.question.periods import read_periods
from assistant.question.places import PlaceFinder, same_city
from assistant.question.query import BaselineState, Filters
from ingest.fold import fold, words
from ingest.records import RowKind

Value = TypeVar("Value")

_QUOTED = re.compile(r"[\"“«]([^\"”»]{3,120})[\"”»]")
#: A name is said in full with this share of it, and is a name and not a subject from this many telling words on.
_WHOLE, _TELLING_WORDS = 0.99, 3
#: A level, and the word right after it: "el programa de víctimas".
_POINTED: dict[NameRole, re.Pattern[str]] = {
    "programme": re.compile(r"\bprograma (?:de|del|para|sobre)(?: (?:el|la|los|las))? (\w+)"),
    "component": re.compile(r"\bcomponente (?:de|del|para|sobre)(?: (?:el|la|los|las))? (\w+)"),
}
#: Fields whose cue words also say which level a name is of.
_CUED_BY_FIELD: dict[str, NameRole] = {
    "programme": "programme",
    "component": "component",
    "strategic_line": "strategic_line",
    "dependency": "dependency",
}


def unquoted(tokens: Sequence[Token], text: str) -> list[Token]:
    """The words of a question that are in no name which it quotes: "la estrategia «*Proyectos* de Barrio»" asks for no
    projects. Words are told by how often they stand in quotes, since what is written out has no quotes any more."""
    names = [name for name in _QUOTED.findall(text) if len(name.split()) > 1]
    said = Counter(token.word for name in names for token in tokenize(name))
    if not said:
        return list(tokens)
    of_question = Counter(token.word for token in tokens)
    return [token for token in tokens if of_question[token.word] > said[token.word]]


@dataclass(frozen=True)
class Narrowed:
    """The filters, and which words of the question they took: as times and places, as names, as kinds."""

    filters: Filters
    places: frozenset[int]
    names: frozenset[int]
    office: frozenset[int] = frozenset()


class Narrowing:
    """Reads the filters of questions against one corpus."""

    def __init__(self, lexicon: Lexicon, corpus: Corpus, stopstems: frozenset[str]) -> None:
        self.lexicon = lexicon
        self.corpus = corpus
        self._stopstems = stopstems
        self._finder = NameFinder(corpus, stopstems)
        self._places = PlaceFinder(lexicon, corpus)

    def read(self, tokens: Sequence[Token], text: str, original: str, fields: Sequence[str]) -> Narrowed:
        """The filters that a question names."""
        places = self._places.read(text, original)
        periods = read_periods(tokens, self.corpus.periods)
        entities = places.entities
        quoted = tuple(phrase.strip() for phrase in _QUOTED.findall(original))
        names = self._named(tokens, text, quoted, fields, frozenset(entities))
        names = {role: found for role, found in names.items() if not entities or found.name.entities & set(entities)}
        beyond = {token.stem for at, token in enumerate(tokens) if at not in places.words}
        names = {role: found for role, found in names.items() if not found.said or found.said & beyond}
        called = names.get("dependency")
        offices = () if called is None or entities else self._finder.longer(called, beyond)
        entities = entities or _whose_whole_name(names)
        row_kinds, kinded = self._kinds(text)
        states, stated = self._phrases_of(self._baseline_states, text)
        filters = Filters(
            entities=entities,
            unknown_entity=places.unknown,
            periods=periods.spans,
            unknown_period=periods.unknown,
            dependency=_text_of(names, "dependency"),
            offices=offices,
            strategic_line=_text_of(names, "strategic_line"),
            component=_text_of(names, "component"),
            programme=_text_of(names, "programme"),
            row_kinds=row_kinds,
            baseline_state=states[0] if states else None,
            quoted=tuple(phrase for phrase in quoted if not self._is_of_name(phrase, names.values())),
        )
        stems = frozenset().union(*(found.name.stems for found in names.values())) if names else frozenset()
        texts = [fold(found.name.text) for found in names.values()]
        named = {
            i
            for i, token in enumerate(tokens)
            if token.stem in stems or ("-" in token.word and any(token.word in text for text in texts))
        } | {i for i, spelt in self._spelt_out(tokens).items() if spelt <= stems}
        office = self._words_of_office(tokens, filters.dependency)
        return Narrowed(filters, places.words | periods.words, frozenset(named | kinded | stated), office)

    def _words_of_office(self, tokens: Sequence[Token], office: str | None) -> frozenset[int]:
        """The words of an office's name, when the question calls it an office as that name does ("Secretaría …")."""
        first = next(iter(tokenize(office or "")), None)
        if first is None or all(token.stem != first.stem for token in tokens):
            return frozenset()
        return frozenset(at for at, token in enumerate(tokens) if token.stem in stem_set(office))

    def override(self, filters: Filters, entity: str | None, period: str | None) -> Filters:
        """The filters narrowed by what was given beside the question."""
        if entity is not None:
            known = next((name for name in self.corpus.entities if same_city(name, entity)), None)
            filters = replace(filters, entities=(known,)) if known else replace(filters, unknown_entity=entity)
        if period is not None:
            known_period = period in self.corpus.periods
            filters = replace(filters, periods=(period,)) if known_period else replace(filters, unknown_period=period)
        return filters

    # names, kinds and states ----------------------------------------------------------------------------------------
    def _named(
        self, tokens: Sequence[Token], text: str, quoted: Sequence[str], fields: Sequence[str], entities: frozenset[str]
    ) -> dict[NameRole, NameFound]:
        cued = {_CUED_BY_FIELD[name] for name in fields if name in _CUED_BY_FIELD}
        if self._office_cues.find(text) or not asides_of(text).isdisjoint(self._short_offices):
            cued.add("dependency")
        stems = [token.stem for token in tokens]
        pointed = {role: stem_of(match[1]) for role, said in _POINTED.items() if (match := said.search(fold(text)))}
        asking = frozenset(tokens[at].stem for at in self.lexicon.kind_words_in(text))
        spelt = list(self._spelt_out(tokens).values())
        found = {
            **self._finder.pointed_at(pointed),
            **self._finder.begun(text),
            **self._finder.find(stems, cued, entities, asking, spelt),
            **self._finder.quoted(quoted),
        }
        return {**self._finder.find(stems, cued, entities or _entities_of(found), asking, spelt), **found}

    def _is_of_name(self, phrase: str, found: Collection[NameFound]) -> bool:
        """Whether quoted words are a name, or the beginning of one, or say nothing but one, acronyms written out."""
        if self._finder.quoted([phrase]):
            return True
        tokens = tokenize(phrase)
        spelt = self._spelt_out(tokens)
        said = {stem for at, token in enumerate(tokens) for stem in spelt.get(at, (token.stem,))} - self._stopstems
        return any(said and said <= one.name.stems for one in found)

    def _spelt_out(self, tokens: Sequence[Token]) -> dict[int, frozenset[str]]:
        """The stems of what the acronyms among the words stand for (learnt and common ones), by position."""
        learnt, common = self.corpus.acronyms, self.lexicon.long_forms
        terms = {at: learnt.get(token.word) or common.get(token.word) for at, token in enumerate(tokens)}
        terms = {at: term or office_begun(tokens[at].word, self.corpus) for at, term in terms.items()}
        return {at: stem_set(term) for at, term in terms.items() if term is not None}

    def heading_all(self, filters: Filters, topic: Sequence[str]) -> Filters:
        """The filters with the programme or component that has all of the question's subject in its name."""
        found = None if filters.named else self._finder.heading_all(topic)
        if found is None:
            return filters
        return (
            replace(filters, programme=found.name.text)
            if found.name.role == "programme"
            else replace(filters, component=found.name.text)
        )

    def office_cues_in(self, text: str) -> set[int]:
        """Words that say whose document is meant ("según la presentación de …"), or whose the rows are ("lidera")."""
        hits = (*self._office_cues.find(text), *self._charges.find(text))
        return {at for hit in hits for at in range(hit.start, hit.end)}

    @cached_property
    def _charges(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.charges)

    @cached_property
    def _office_cues(self) -> PhraseIndex[None]:
        return PhraseIndex((phrase, None) for phrase in self.lexicon.office_cues)

    @cached_property
    def _short_offices(self) -> frozenset[str]:
        return short_offices(self.corpus.names)

    @cached_property
    def _row_kinds(self) -> PhraseIndex[RowKind]:
        return PhraseIndex((phrase, kind) for kind, phrases in self.lexicon.row_kinds.items() for phrase in phrases)

    def _kinds(self, text: str) -> tuple[tuple[RowKind, ...], set[int]]:
        """The kinds of row that a question names, and the words that say so; of both, however it names the first."""
        kinds, said = self._phrases_of(self._row_kinds, text)
        both = load_asks().compiled["both_kinds"].search(fold(text))
        if both is None:
            return kinds, said
        first = len(words(fold(text)[: both.start()]))
        return ("result", "product"), said | set(range(first, first + len(words(both[0]))))

    @cached_property
    def _baseline_states(self) -> PhraseIndex[BaselineState]:
        return PhraseIndex(
            (phrase, state) for state, phrases in self.lexicon.baseline_states.items() for phrase in phrases
        )

    def _phrases_of(self, index: PhraseIndex[Value], text: str) -> tuple[tuple[Value, ...], set[int]]:
        hits = index.find(text)
        words = {i for hit in hits for i in range(hit.start, hit.end)}
        return tuple(dict.fromkeys(hit.value for hit in hits)), words


def _whose_whole_name(names: Mapping[NameRole, NameFound]) -> tuple[str, ...]:
    """The one territory whose programme or component a question names in full, by words enough to be no other's."""
    whole = [
        found.name.entities
        for role, found in names.items()
        if role in ("programme", "component") and found.share >= _WHOLE and len(found.said) >= _TELLING_WORDS
    ]
    return tuple(whole[0]) if len(whole) == 1 and len(whole[0]) == 1 else ()


def _entities_of(found: Mapping[NameRole, NameFound]) -> frozenset[str]:
    """The entities that all names found are of; a name of one city tells which city's other names are meant."""
    sets = [one.name.entities for one in found.values() if one.name.entities]
    return frozenset.intersection(*sets) if sets else frozenset()


def without_names_in(
    filters: Filters, sector: Collection[str], tokens: Sequence[Token], stop: frozenset[str]
) -> Filters:
    """The filters without the names of which the question says but the words that name a sector."""
    said = {token.stem for token in tokens}
    roles = ("dependency", "programme", "component", "strategic_line")
    only = [
        role for role in roles if (name := getattr(filters, role)) and (stem_set(name) & said) - stop <= set(sector)
    ]
    if not sector or not only:
        return filters
    kept = {role: None if role in only else getattr(filters, role) for role in roles}
    return replace(
        filters,
        dependency=kept["dependency"],
        programme=kept["programme"],
        component=kept["component"],
        strategic_line=kept["strategic_line"],
    )


def is_part_of_office(
    sectors: Collection[str], office: str | None, tokens: Sequence[Token], stop: frozenset[str]
) -> bool:
    """Whether a question says a sector's words only as some of those of an office's name ("*cultura* y turismo")."""
    said = {token.stem for token in tokens}
    of_office = (stem_set(office or "") & said) - stop
    of_sectors = frozenset().union(*((stem_set(name) & said) - stop for name in sectors)) if sectors else frozenset()
    return bool(sectors) and of_sectors < of_office


def _text_of(names: dict[NameRole, NameFound], role: NameRole) -> str | None:
    found = names.get(role)
    return None if found is None else found.name.text
