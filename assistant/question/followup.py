"""What a question takes over from the turns before it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from assistant.corpus.bars import TELLING
from assistant.corpus.matching import stem_of, tokenize
from assistant.question.lexicon import load_lexicon
from assistant.question.measures import Measure
from assistant.question.query import Filters, Query, Term
from assistant.question.reckoned_terms import is_of_reckoning
from assistant.question.times import Interval
from ingest.fold import fold

#: A question that says less than this of a subject of its own goes on with the one before.
OWN_SUBJECT = 0.75
_LIGHT = 0.35
#: A word that weighs less says nothing even beside others.
_TELLS_A_LITTLE = 0.2
#: What the new question says counts more than what it takes over ("¿y los de …?").
_NEW, _OLD = 1.6, 0.8
#: … and what it puts in the place of something else leaves next to nothing of that.
_REPLACED = 0.2
#: A question of more words than these is told in full.
_SHORT = 9
_RANKINGS = frozenset(("ranking_max", "ranking_min"))
_GOES_ON = re.compile(r"^\W*(?:y|e|pero|ahora|entonces)\b")
#: Endings of a verb in a question of what will be or was done.
_VERB_FORM = re.compile(r"(?:[aei]r|[aei]ran?|[aei]rian?|aron|ieron)(?:se|l[aeo]s?)?$")
#: … or of what is there by now: "¿y cuántas hay ya *hechas*?".
_DONE_BY_NOW = re.compile(
    r"^\W*(?:(?:y|e|pero|ahora|entonces) )?(?:de es[ao]s )?cuant[oa]s? (?:ya |se )?"
    r"(?:hay|habia|existen?|estan?|estaban?|tenemos|tienen?|tenian?|van|llevan?|quedan?)\b"
)
_DONE_FORM = re.compile(r"(?:[ai]d|ech|uest|iert)[oa]s?$|^list[oa]s?$")
#: What is asked, and a verb that says nothing of whom: "¿en qué año y en qué instancia *se había aprobado*?"
_WHAT_IS_ASKED = (
    r"(?:(?:en|a|de|por|ante|con|mediante|desde|segun) )?(?:que|cual|cuando|donde|quien|quienes)"
    r"(?: (?!(?:se|lo|la|los|las|fue|fueron|habia|habian)\b)\w+)?"
)
_PASSIVE = (
    r"(?:(?:se|lo|la|los|las|le|les) )?(?:(?:ha|han|habia|habian|fue|fueron|habra|sera|seran|esta|estaba|va|van) )?"
    r"(?:(?:a|sido|ser) )?(?:\w+(?:[ai]d[oa]s?|aron|ieron|uest[oa]s?|it[oa]s?|ech[oa]s?|io|ar|er|ir)"
    r"|(?<=se )\w+o|(?<=l[ao] )\w+o)"
)
_ASKS_BUT_OF_IT = re.compile(rf"^\W*(?:(?:y|e) )?{_WHAT_IS_ASKED}(?:,? (?:y|o) {_WHAT_IS_ASKED}){{0,2}} {_PASSIVE}\W*$")
_OF_ANOTHER = re.compile(
    r"^\W*(?:y|e|pero|ahora) (?:(?:el|la|los|las|lo) )?(?:de|del|para|al?) (?!eso|es[ao]s?|est[ae]s?|que|cuant|cual)"
)


def carry_over(query: Query, previous: Query | None) -> Query:
    """The question with what it leaves unsaid, taken from the one before; unchanged when it stands on its own."""
    if previous is None or query.kind in ("empty", "order", "personal_data", "smalltalk"):
        return query
    if names_what_nothing_has(query):
        return query
    if same_of_others(query, previous):
        return of_others(query, previous)
    if same_of_another_name(query, previous):
        return of_another_name(query, previous)
    if query.filters.sectors and not query.set_nouns and not previous.filters.sectors:
        query = replace(query, filters=replace(query.filters, sectors=()))
    if only_asks_what_is_done(query):
        query = replace(query, terms=(), topic=())
    if not leans(query):
        return in_the_same_place(query, previous) if "followup" in query.cues else query
    replaces = replaces_subject(query)
    own = _with_its_names(query) if replaces else query.terms
    terms = join_terms(previous.terms, own, _REPLACED if replaces else _OLD)
    if narrows_set(query, previous):
        query = of_the_set(query, previous)
    return replace(
        query,
        before=previous.texts,
        fields=query.fields or previous.fields,
        filters=join_filters(query.filters, previous.filters, names=not replaces),
        terms=terms,
        topic=join_terms(previous.topic, query.topic),
        asked=query.asked or shifted(previous.asked, query),
        wants_figure=query.wants_figure or previous.wants_figure,
        measure=_goes_on_with_money(query.measure, previous.measure),
    )


def names_what_nothing_has(query: Query) -> bool:
    """Whether a short question only names a thing that no document has: what was told before is no answer to it."""
    asks = query.fields or query.aims or query.asked or query.step or query.measure is not None or query.changes
    narrows = query.filters.named or query.filters.entities or query.filters.periods or query.set_nouns
    if not goes_on(query) or query.points_back or asks or narrows or query.kind != "value":
        return False
    return bool(query.terms) and all(not term.known and term.weight >= TELLING for term in query.terms)


def same_of_others(query: Query, previous: Query) -> bool:
    """Whether a question asks the same of other rows of a set: of another office, sector, city or year, or the other
    end of an order ("¿y de la Secretaría de Salud?", "¿y las más avanzadas?"), and names no thing of its own."""
    before, own = previous.measure, query.measure
    of_set = bool(previous.set_nouns) or (before is not None and (before.is_of_set or before.money))
    names_other = query.filters.named or query.filters.entities or query.asked or (own is not None and own.is_of_set)
    named = sum(term.weight for term in query.topic if term.known)
    was_named = sum(term.weight for term in previous.topic if term.known)
    is_whole_set = was_named <= _LIGHT and of_set
    return bool(is_whole_set and names_other and named <= _LIGHT and _GOES_ON.match(fold(query.text)))


def of_others(query: Query, previous: Query) -> Query:
    """The question before, asked of what this one names instead."""
    own, before = query.filters, previous.filters
    moved = bool(own.entities) and own.entities != before.entities
    names = ("dependency", "component", "strategic_line", "programme")
    kept = {name: getattr(own, name) if own.named or moved else getattr(before, name) for name in names}
    filters = replace(
        before,
        entities=own.entities or before.entities,
        periods=own.periods or before.periods,
        sectors=own.sectors if own.named else before.sectors,
        baseline_state=own.baseline_state or before.baseline_state,
        row_kinds=own.row_kinds or before.row_kinds,
        documents=own.documents if moved else own.documents or before.documents,
        **kept,
    )
    return replace(
        previous,
        text=query.text,
        before=previous.texts,
        filters=filters,
        asked=query.asked or previous.asked,
        measure=_measure_of(query.measure, previous.measure),
        kind=query.kind if query.kind in ("ranking", "list", "count", "sum") else previous.kind,
        cues=previous.cues - _RANKINGS | query.cues if query.cues & _RANKINGS else previous.cues | query.cues,
    )


def same_of_another_name(query: Query, previous: Query) -> bool:
    """Whether a question only names another programme or office, and asks of it what was asked of something before
    ("¿Cuántos contratos tuvo el programa A? ¿Y en el B?")."""
    own = query.filters
    asks = query.fields or query.aims or query.asked or query.measure is not None or query.changes or query.step
    if asks or query.set_nouns or query.points_back or query.kind != "value" or not (own.named and goes_on(query)):
        return False
    says_more = any(term.known and term.weight > _LIGHT for term in query.topic)
    asked_of = any(term.known and term.weight > _LIGHT for term in previous.topic)
    was_named = set(_names_of(own)) <= set(_names_of(previous.filters))
    return previous.kind == "value" and not previous.set_nouns and was_named and asked_of and not says_more


def of_another_name(query: Query, previous: Query) -> Query:
    """The question before, asked of the programme or office that this one names."""
    own, before = query.filters, previous.filters
    filters = replace(own, entities=own.entities or before.entities, periods=own.periods or before.periods)
    texts = {term.text for term in query.terms}
    kept = tuple(term for term in previous.topic if term.text not in texts)
    return replace(previous, text=query.text, before=previous.texts, filters=filters, terms=(*query.terms, *kept))


def _names_of(filters: Filters) -> list[str]:
    """The levels at which a question names something."""
    return [name for name in ("dependency", "component", "strategic_line", "programme") if getattr(filters, name)]


def _goes_on_with_money(own: Measure | None, before: Measure | None) -> Measure | None:
    """The measure of a question that goes on: its own; a share alone is of the money that was asked for before."""
    if own is None or own.implied:
        return before
    if before is None or not before.money or own.money or own.aspects != ("percent",):
        return own
    return replace(own, money=True, items=before.items)


def _measure_of(own: Measure | None, before: Measure | None) -> Measure | None:
    """The measure asked for before with what a new question puts in its place: another bar, order or amount."""
    if own is None or own.implied or before is None:
        return before if before is not None else own
    if own.is_of_set:
        return replace(own, top=own.top or before.top, items=own.items or before.items,
                       money=own.money or before.money, aspects=own.aspects or before.aspects)  # fmt: skip
    return replace(own, bound=before.bound, order=before.order, top=before.top)


def narrows_set(query: Query, previous: Query) -> bool:
    """Whether a question goes on with the set asked for before: some of its rows, or how many they are."""
    own = query.filters
    narrows = bool(own.baseline_state or own.target_values or own.row_kinds or own.units or own.accumulations)
    asks_for_rows = query.kind in ("list", "count") or "sum" in query.cues
    return bool(previous.set_nouns) and not query.set_nouns and (narrows or asks_for_rows)


def of_the_set(query: Query, previous: Query) -> Query:
    """The question asked of the set before, with what narrowed that; "en total" counts its rows."""
    own, before = query.filters, previous.filters
    filters = replace(
        own,
        row_kinds=own.row_kinds or before.row_kinds,
        baseline_state=own.baseline_state or before.baseline_state,
        quoted=own.quoted or before.quoted,
        target_values=own.target_values or before.target_values,
        units=own.units or before.units,
        accumulations=own.accumulations or before.accumulations,
    )
    counts = query.kind == "sum" and not query.fields
    return replace(
        query,
        kind="count" if counts else query.kind if query.kind != "value" else "list",
        cues=query.cues | {"list"},
        filters=filters,
        set_nouns=previous.set_nouns,
        topic=(),
    )


def in_the_same_place(query: Query, previous: Query) -> Query:
    """A question that goes on with something else ("¿y la de hurto?") asks it of the same city and term."""
    own, before = query.filters, previous.filters
    if own.entities or own.unknown_entity:
        return query
    narrowed = replace(own, entities=before.entities, periods=own.periods or before.periods)
    return replace(query, before=previous.texts, filters=narrowed)


def chooses(own: Query) -> bool:
    """Whether a reply to being asked back names but a territory or a period ("los de Cartagena", "Chía")."""
    named = bool(own.filters.entities or own.filters.periods)
    says_more = any(term.known and term.weight > _LIGHT for term in own.terms) or own.filters.named or own.set_nouns
    return named and not says_more and not own.fields and len(own.text.split()) <= _SHORT


def of_the_choice(own: Query, previous: Query) -> Query:
    """The question that was asked back, of the territory or period that was chosen."""
    filters = replace(
        previous.filters,
        entities=own.filters.entities or previous.filters.entities,
        periods=own.filters.periods or previous.filters.periods,
    )
    return replace(previous, text=own.text, before=previous.texts, filters=filters)


def goes_on(query: Query) -> bool:
    """Whether a question is short and begins as one that goes on with what was said ("¿y las de cultura?")."""
    return _GOES_ON.match(fold(query.text)) is not None and len(query.text.split()) <= _SHORT


def leans(query: Query) -> bool:
    """Whether a question needs the one before it to be understood."""
    if query.points_back or _ASKS_BUT_OF_IT.match(fold(query.text)):
        return True
    units = unit_stems() if query.measure is not None and "followup" in query.cues else frozenset()
    telling = (
        term
        for term in query.terms
        if not (term.counted and term.text in units)
        and not (goes_on(query) and is_only_done(term, query))
        and not is_of_reckoning(term, query)
    )
    own = sum(term.weight for term in telling if term.known and term.weight > _LIGHT)
    return own < OWN_SUBJECT and not query.filters.named


def is_only_done(term: Term, query: Query) -> bool:
    """Whether a term is a verb of what governments do: "¿y cuántos se van a *entregar*?" names no thing of its own."""
    if term.counted or term.text not in doing_stems():
        return False
    said = [token.word for token in tokenize(query.text) if token.stem == term.text]
    folded = fold(query.text)
    return bool(said) and all(_VERB_FORM.search(word) or f" se {word}" in folded for word in said)


def only_asks_what_is_done(query: Query) -> bool:
    """Whether a question says no more of what is there than that it is done ("¿y cuántas hay ya *hechas*?", "¿cuántos
    estaban *equipados* a 2023?"): its participle is of what was named before, and names nothing itself."""
    is_short = len(query.text.split()) <= _SHORT
    if not is_short or query.filters.named or not _DONE_BY_NOW.search(fold(query.text)):
        return False
    words = {token.stem: token.word for token in tokenize(query.text)}
    telling = [term for term in query.terms if term.weight > _LIGHT]
    return bool(telling) and all(_DONE_FORM.search(words.get(term.text, "")) for term in telling)


@cache
def doing_stems() -> frozenset[str]:
    """Stems of the verbs of what governments do."""
    return frozenset(stem_of(fold(verb)) for verb in load_lexicon().doing)


@cache
def unit_stems() -> frozenset[str]:
    """Stems of the nouns that only measure ("kilómetros", "hectáreas"): they name no thing of their own."""
    return frozenset(stem_of(fold(noun)) for noun in load_lexicon().measure_nouns)


def replaces_subject(query: Query) -> bool:
    """Whether a question names another subject of which it asks the same ("¿y los de gobierno digital?"): by one word
    that tells, or by several that tell together ("¿y a Caminos de Vida?")."""
    named = sum(
        term.weight
        for term in query.terms
        if term.known and term.weight >= _TELLS_A_LITTLE and not is_of_reckoning(term, query)
    )
    return named > _LIGHT and _OF_ANOTHER.match(fold(query.text)) is not None


def _with_its_names(query: Query) -> tuple[Term, ...]:
    """The terms of a question that names another subject; what it writes with a capital must be said of that."""
    capitals = {token.stem for token in tokenize(query.text) if token.capital and token.start > 0}
    return tuple(
        replace(term, is_proper=term.is_proper or (term.known and term.text in capitals)) for term in query.terms
    )


def join_terms(before: Sequence[Term], own: Sequence[Term], old: float = _OLD) -> tuple[Term, ...]:
    """The terms of both, the new ones first; what no document knows of the new ones does not count against them.

    What was counted is counted still; the rest of the old ones weighs ``old``, and a name whose place another takes
    need not be said any more.
    """
    kept = [replace(term, weight=term.weight * _NEW) for term in own if term.known]
    texts = {term.text for term in kept}
    return (
        *kept,
        *(
            replace(
                term,
                counted=False,
                is_proper=term.is_proper and old > _REPLACED,
                weight=term.weight * (_OLD if term.counted else old),
            )
            for term in before
            if term.text not in texts
        ),
    )


def join_filters(own: Filters, before: Filters, *, names: bool = True) -> Filters:
    """The new filters, and the old ones where there are none; ``names`` says whether old names still hold."""
    if not names:
        before = replace(before, dependency=None, component=None, strategic_line=None, programme=None, sectors=())
    return replace(
        own,
        entities=own.entities or (() if own.unknown_entity else before.entities),
        periods=own.periods or (() if own.unknown_period else before.periods),
        dependency=own.dependency or before.dependency,
        offices=own.offices if own.dependency else before.offices,
        component=own.component or before.component,
        strategic_line=own.strategic_line or before.strategic_line,
        programme=own.programme or before.programme,
        sectors=own.sectors or before.sectors,
        documents=own.documents,
    )


def shifted(asked: Sequence[Interval], query: Query) -> tuple[Interval, ...]:
    """The times asked before, or the stretch right after or before them ("¿y en el trimestre siguiente?")."""
    if query.step == 0:
        return tuple(asked)
    return tuple(neighbour(interval, query.step) for interval in asked)


def neighbour(interval: Interval, step: int, months: int | None = None) -> Interval:
    """The interval of so many whole months, or as long as this one, right after (step 1) or before it (step −1)."""
    first, last = date.fromisoformat(interval.first), date.fromisoformat(interval.last)
    months = months or (last.year - first.year) * 12 + last.month - first.month + 1
    if step > 0:
        begin = last + timedelta(days=1)
        return Interval(begin.isoformat(), _month_end(begin, months - 1).isoformat())
    end = first - timedelta(days=1)
    return Interval(_month_start(end, 1 - months).isoformat(), end.isoformat())


def _month_start(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(day: date, months: int) -> date:
    start = _month_start(day, months)
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])
