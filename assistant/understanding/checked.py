"""A filled-in form against the question and the catalogue: what of it may change the query.

A model can tell which words of a question name something that the documents call otherwise, and which names it has. It
cannot name for the asker: a name or year that the question (or the conversation it goes on) does not say is a
contradiction, and the whole form is put aside. What the catalogue does not hold is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz, process

from assistant.corpus.corpus import Corpus, Item, NameRole, stem_set
from assistant.corpus.matching import tokenize
from assistant.evidence.fields import is_checked
from assistant.question.followup import carry_over
from assistant.question.lexicon import Lexicon
from assistant.question.periods import read_period_token
from assistant.question.places import same_city
from assistant.question.query import Alternative, Field, Filters, Query, QuestionKind, Term
from assistant.question.times import Interval
from assistant.understanding.form import Form, Paraphrase
from ingest.fold import fold

#: How alike words have to be (of 100) to be the question's, and to be a name of the catalogue.
SAID_BAR = 88
NAME_BAR = 86
#: How far a paraphrase of the model's is from what was asked; as a phrase of two words it anchors an answer still.
PARAPHRASE_FACTOR = 0.85
_LIGHT = 0.3
_SHORT_YEAR = re.compile(r"(?<!\d)['’]?(\d\d)(?!\d)")
#: Kinds that need no word of the question: they add no rows and compute nothing.
_PLAIN = frozenset(("value", "yes_no"))
_KIND_OF_CUE = {"ranking_max": "ranking", "ranking_min": "ranking"}


class ContradictionError(Exception):
    """The form says what the question does not. Its message names an entry of the form, and nothing of the question."""


@dataclass(frozen=True)
class Checker:
    """Checks forms against one catalogue."""

    lexicon: Lexicon
    corpus: Corpus

    def query(self, form: Form, read: Query, before: Sequence[str], previous: Query | None) -> Query:
        """The query of a form.

        ``read`` is what was read without a model, of the last question alone; ``before`` the questions asked before,
        ``previous`` the last one's query. What ``read`` knows that the documents do not have stays in it.

        Raises:
            ContradictionError: when the form has a name or a year that nobody said.
        """
        goes_on = form.continues and previous is not None
        said = " ".join([*(before if goes_on else ()), read.text])
        filters = self._filters(form, read.filters, said)
        named = _words_of_names(form, filters, read.filters)
        own = replace(
            read,
            kind=self._kind(form, read),
            fields=self._fields(form, read),
            filters=filters,
            terms=self._terms(form.paraphrases, [t for t in read.terms if t.known or t.text not in named], read.text),
            topic=self._terms(form.paraphrases, [t for t in read.topic if t.text not in named], read.text),
            asked=read.asked or self._asked(form.years, said),
            points_back=read.points_back or goes_on,
        )
        return carry_over(own, previous)

    # kinds and times ------------------------------------------------------------------------------------------------
    def _kind(self, form: Form, read: Query) -> QuestionKind:
        """The kind of the form where the question has a word for it; that a value is asked a model may always say."""
        named = {_KIND_OF_CUE.get(cue, cue) for cue in read.cues}
        return form.kind if form.kind in _PLAIN or form.kind in named else read.kind

    def _fields(self, form: Form, read: Query) -> tuple[Field, ...]:
        """The fields that were read, and those of the form unless a row has to hold one of the first."""
        if any(is_checked(name, read.fields) for name in read.fields):
            return read.fields
        return tuple(dict.fromkeys((*read.fields, *form.fields)))

    def _asked(self, years: Sequence[int], said: str) -> tuple[Interval, ...]:
        """Years that the question says; a government period that documents are of is a filter, not a time."""
        spoken = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", said)}
        spoken |= {2000 + int(year) for year in _SHORT_YEAR.findall(said)}
        if set(years) - spoken:
            raise ContradictionError("years")
        periods = {int(year) for period in self.corpus.periods for year in re.findall(r"\d{4}", period)}
        return tuple(Interval(f"{year}-01-01", f"{year}-12-31") for year in years if year not in periods)

    # names ----------------------------------------------------------------------------------------------------------
    def _filters(self, form: Form, read: Filters, said: str) -> Filters:
        """The filters that were read, and those of the form that the question says and the catalogue holds."""
        names = form.names
        for entry, value in names.model_dump().items():
            if value is not None and not is_said(value, said):
                raise ContradictionError(entry)
        filters = read
        if names.entity is not None and not read.entities and read.unknown_entity is None:
            known = next((one for one in self.corpus.entities if same_city(one, names.entity)), None)
            filters = replace(filters, entities=(known,)) if known else filters
        if names.period is not None and not read.periods and read.unknown_period is None:
            span = read_period_token(fold(names.period))
            filters = replace(filters, periods=(span,)) if span in self.corpus.periods and span else filters
        return replace(
            filters,
            programme=read.programme or self._name("programme", names.programme),
            component=read.component or self._name("component", names.component),
            strategic_line=read.strategic_line or self._name("strategic_line", names.strategic_line),
            dependency=read.dependency or self._name("dependency", names.dependency),
        )

    def _name(self, level: NameRole, value: str | None) -> str | None:
        """The name of the catalogue that a said name is, or None."""
        known = self._names.get(level, {})
        if value is None or not known:
            return None
        folded = fold(value)
        if folded in known:
            return known[folded]
        alike = process.extract(folded, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NAME_BAR, limit=2)
        if len(alike) == 2 and alike[0][1] == alike[1][1]:
            return None
        return known[alike[0][0]] if alike else None

    @cached_property
    def _names(self) -> dict[NameRole, dict[str, str]]:
        names: dict[NameRole, dict[str, str]] = {}
        for name in self.corpus.names:
            names.setdefault(name.role, {})[fold(name.text)] = name.text
        return names

    # words ----------------------------------------------------------------------------------------------------------
    def _terms(self, paraphrases: Sequence[Paraphrase], terms: Sequence[Term], text: str) -> tuple[Term, ...]:
        """The terms, those that no document and no list of words knows with what the model says they mean."""
        found = list(terms)
        for paraphrase in paraphrases:
            if not is_said(paraphrase.said, text):
                raise ContradictionError("paraphrases")
            means = self._means(paraphrase.means)
            said = {token.stem for token in tokenize(paraphrase.said)}
            unknown = [at for at, term in enumerate(found) if term.text in said and self._is_open(term)]
            if not means or not unknown:
                continue
            first, *others = unknown
            ways = (*found[first].alternatives, Alternative(means, PARAPHRASE_FACTOR))
            found[first] = replace(found[first], alternatives=ways, known=True, is_name=False)
            found = [term for at, term in enumerate(found) if at not in others]
        return tuple(found)

    def _is_open(self, term: Term) -> bool:
        """Whether a word has no meaning of its own here: no document prints it, no list of words has it."""
        return not term.known and not term.is_acronym and not term.is_name

    def _means(self, name: str) -> tuple[str, ...]:
        """The stems that tell, of the row's name that a model means; none when no row is called so."""
        folded = fold(name).rstrip(" .")
        if folded not in self._indicators:
            alike = process.extractOne(
                folded, self._indicators.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NAME_BAR
            )
            if alike is None:
                return self._stems_of_part(name)
            folded = alike[0]
        return self._indicators[folded]

    def _stems_of_part(self, name: str) -> tuple[str, ...]:
        """A part of a row's name that tells ("puentes peatonales"), if a row's name has all of it."""
        asked = self._telling(name)
        return asked if asked and any(set(asked) <= set(stems) for stems in self._indicators.values()) else ()

    @cached_property
    def _indicators(self) -> dict[str, tuple[str, ...]]:
        names = (item.row.indicator or item.row.metric for item in self.corpus.rows if item.row is not None)
        return {fold(name).rstrip(" ."): self._telling(name) for name in names if name}

    def _telling(self, text: str) -> tuple[str, ...]:
        stop = frozenset().union(*(stem_set(word) for word in self.lexicon.stopwords))
        return tuple(dict.fromkeys(token.stem for token in tokenize(text) if token.stem not in stop))


def _words_of_names(form: Form, filters: Filters, read: Filters) -> frozenset[str]:
    """Stems of the question's words that turned out to be names."""
    levels = ("programme", "component", "strategic_line", "dependency")
    said = (getattr(form.names, level) for level in levels if getattr(filters, level) != getattr(read, level))
    return frozenset(token.stem for value in said if value for token in tokenize(value))


def is_said(value: str, text: str) -> bool:
    """Whether a text says some words, spelling slips allowed."""
    words, told = fold(value), fold(text)
    return words in told or (len(words) >= 4 and fuzz.partial_ratio(words, told) >= SAID_BAR)


def is_anchored(own: Query, item: Item) -> bool:
    """Whether a row's own name has something that the question says in words of its own, and tells.

    What a question counts has to be among it: of "¿cuántos helipuertos …?" no other word makes up for the noun.
    """
    counted = [term for term in own.terms if term.counted]
    telling = counted or [term for term in own.terms if term.weight > _LIGHT]
    return any(term.known and item.own.issuperset(term.alternatives[0].stems) for term in telling)
