"""The columns of a row that a question asks for.

``cue words of the lexicon → those that say no other thing → those that ask for their column``, then what the build of
the question hints at. A word may be a cue and ask for nothing: "¿cuántas *dependencias* …?" counts offices.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.matching import Token
from assistant.question.asks import asks_for, words_asking
from assistant.question.dates_said import DateReader
from assistant.question.descriptions import load_descriptions
from assistant.question.lexicon import Concept, FieldName, Hit, Lexicon
from assistant.question.of_whom import only_tells
from assistant.question.query import Field
from assistant.question.said import Said
from assistant.question.terms import words_after
from assistant.question.whereabouts import (
    asks_before_whom,
    asks_of_the_past,
    joining_words,
    plans_in_the_past,
    tells_when,
)

#: Lexicon fields that are fields of a query; the others only take their words out of the terms.
_FIELDS: frozenset[str] = frozenset(Field.__args__)  # type: ignore[attr-defined]
#: How many calls or messages there were asks for no number to call.
_WAYS_OF_CONTACT = frozenset(("telefono", "correo", "numero", "direccion"))
_TO_WHOM = frozenset(("le", "les"))
_JOINING = frozenset(("y", "e", "o", "u"))
#: Verbs that ask what there is, and not what was reached.
_THERE_IS = frozenset(("hay", "existen", "tienen", "ofrecen"))


@dataclass(frozen=True)
class FieldsAsked:
    """The columns in the order of the question, and the positions of the words that ask for columns."""

    fields: tuple[Field, ...]
    cues: frozenset[int]


class FieldReader:
    """Reads which columns questions ask for."""

    def __init__(self, lexicon: Lexicon, dates: DateReader) -> None:
        self._lexicon = lexicon
        self._dates = dates

    def read(self, said: Said) -> FieldsAsked:
        """The columns that a question asks for; what only tells asks for none."""
        cues = _Cues(said, self._lexicon)
        hits = [hit for hit in self._lexicon.fields_in(said.text) if not cues.say_another_thing(hit)]
        named = [hit.value for hit in hits if cues.ask(hit)]
        named += self._hinted(said, named, cues)
        words = frozenset(at for hit in hits for at in _span(hit))
        if "baseline" in named:
            words |= words_asking(said.tokens, said.text, "starts")
        fields = dict.fromkeys(name for name in _of_one_kind(named, said) if name in _FIELDS)
        return FieldsAsked(tuple(fields), words)  # type: ignore[arg-type]

    def _hinted(self, said: Said, named: Sequence[FieldName], cues: _Cues) -> list[FieldName]:
        """What the build of the question hints at beside what it names; with a time or a level named, no progress."""
        hinted = self._lexicon.fields_hinted_in(said.asking)
        left_out = {*named, "site"} if cues.joining else set(named)
        has_level = bool({"baseline", "target"} & {*named, *hinted})
        if has_level or self._dates.times(said.tokens, said.text) or asks_for(said.asking, "of_whole"):
            left_out.add("progress")
        if plans_in_the_past(said.asking):
            left_out.add("baseline")
        return [name for name in hinted if name not in left_out]


def _of_one_kind(named: Sequence[FieldName], said: Said) -> Sequence[FieldName]:
    """The columns named, without what the same words ask for when another one is meant."""
    if "target" not in named and asks_for(said.asking, "level"):
        return ["target", *(name for name in named if name not in ("baseline", "progress"))]
    if "baseline" in named and "target" not in named:
        return [name for name in named if name not in ("progress", "period")]
    return named


class _Cues:
    """What the words of one question that are cues of columns say in it."""

    def __init__(self, said: Said, lexicon: Lexicon) -> None:
        self._said = said
        self._tokens = said.tokens
        self._lexicon = lexicon
        self._counted = with_those_listed(words_after(said.tokens, lexicon.words.counting, 1), said.tokens, said.text)

    def say_another_thing(self, hit: Hit[FieldName]) -> bool:
        """Whether the words are no cue here: they only tell, are part of a phrase, or join one thing to another."""
        span, tokens, text = _span(hit), self._tokens, self._said.text
        if span <= self._said.told or only_tells(hit.value, tokens, hit.start):
            return True
        match hit.value:
            case "budget":
                return any(span < phrase for phrase in self._phrases)  # "los ponen a pedir *plata* en la calle"
            case "place" | "site":
                return bool(self.joining & span) or any(span <= words for words in self._described)
            case "baseline":
                return tells_when(tokens, hit.end, text) or plans_in_the_past(text)
            case "dependency":
                of_conduct = words_asking(tokens, text, "of_conduct")
                return asks_before_whom(tokens, hit.start) or bool(span & of_conduct)
            case "contact":
                counts_ways = bool(self._counted) and tokens[hit.start].word in _WAYS_OF_CONTACT
                return counts_ways or asks_for(self._said.text, "hour_of_event")
            case _:
                return False

    def ask(self, hit: Hit[FieldName]) -> bool:
        """Whether the words ask for the column that they are a cue of.

        What is counted asks for none, nor does whom a count is of, or the office that a count falls to ("¿cuántos
        paraderos *le tocan a la* alcaldía?").
        """
        tokens, is_counting = self._tokens, bool(self._counted)
        match hit.value:
            case "budget":
                return True
            case "target" if asks_of_the_past(tokens, hit.start):
                return False
            case "progress" if is_counting and self._tells_of_whom(hit.start):
                return False
            case "dependency" if is_counting and tokens[hit.start].word in _TO_WHOM:
                return False
            case "sector" if hit.end - hit.start == 1:
                return False
            case _:
                return not _span(hit) <= self._counted

    @cached_property
    def joining(self) -> frozenset[int]:
        """The positions of words that ask for no place but join to a noun what is told of it."""
        return joining_words(self._tokens, self._said.text, self._lexicon.words.counting)

    @cached_property
    def _phrases(self) -> list[AbstractSet[int]]:
        return [_span(hit) for hit in self._lexicon.concepts_in(self._said.text)]

    @cached_property
    def _described(self) -> list[AbstractSet[int]]:
        found = load_descriptions().find(self._tokens)
        return [frozenset(range(min(one.at), max(one.at) + 1)) for one in found]

    def _tells_of_whom(self, at: int) -> bool:
        """Whether the words at a place tell of whom a count of what there is is ("¿cuántas *hay* para los jóvenes que
        *ya cumplieron*?"), and ask no progress; what a set has reached is asked of the set ("metas que ya cumplieron").
        """
        before = [token.word for token in self._tokens[:at]]
        if len(before) < 2 or before[-1] != "que" or not _THERE_IS.intersection(before[:-2]):
            return False
        return before[-2] not in {*self._lexicon.set_nouns, *_THERE_IS, *self._lexicon.words.articles}


def with_those_listed(counted: AbstractSet[int], tokens: Sequence[Token], text: str) -> AbstractSet[int]:
    """What is counted, with the plurals listed after it ("¿cuántas entidades, *organismos* y *dependencias* …?")."""
    listed = set(counted)
    for at in sorted(counted):
        while at + 1 < len(tokens) and tokens[at].word.endswith("s"):
            joined = tokens[at + 1].word in _JOINING
            at += 2 if joined else 1
            apart = joined or "," in text[tokens[at - 1].end : tokens[at].start] if at < len(tokens) else False
            if not apart or not tokens[at].word.endswith("s"):
                break
            listed.add(at)
    return listed


def _span(hit: Hit[FieldName] | Hit[Concept]) -> frozenset[int]:
    return frozenset(range(hit.start, hit.end))
