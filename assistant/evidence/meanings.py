"""What a question may mean: the entities and subjects whose rows fit it alike, and when they come to the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.corpus.bars import AS_GOOD, CLOSE, LIGHT, OTHER_ENTITY, TIE, VAGUE
from assistant.corpus.items import stem_set
from assistant.corpus.matching import folded, stem_of
from assistant.evidence.choices import to_choose, worth_choosing
from assistant.evidence.counting import counts, counts_by_name, says_in_its_cells
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import subject_of
from assistant.question.asks import asks_for
from assistant.question.changing import change_stems
from assistant.question.concept_index import JOINING
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query, Term
from assistant.question.times import intervals_in
from ingest.fold import fold

#: Fields that all rows of an office or programme share.
_SHARED = ("dependency", "component", "strategic_line", "programme")


def entities_of(found: Sequence[Scored], query: Query) -> set[str | None]:
    """Entities among the items that cover as much as the best, unless the question names one."""
    if query.filters.entities:
        return set()
    best = found[0]
    return {item.item.entity for item in found if _is_as_good(item, best)}


def _is_as_good(item: Scored, best: Scored) -> bool:
    """Whether an item may be meant as well as the best: of another entity only when it covers as much as that."""
    covers = item.coverage >= best.coverage * TIE
    if item.item.entity != best.item.entity:
        return covers and item.score >= best.score * OTHER_ENTITY
    return item.score >= best.score * CLOSE or (
        item.item.row is not None and covers and item.score >= best.score * AS_GOOD
    )


def is_vague(query: Query, found: Sequence[Scored]) -> bool:
    """Whether the question says next to nothing of a subject, and rows of several subjects fit it alike.

    What is done to things that are counted ("estrategias *implementadas*") tells none of them from the others.
    """
    of_doing = doing_stems() if any(term.counted for term in query.terms) else frozenset()
    said = (
        term.weight
        for term, of_measure in zip(query.terms, query.of_measure, strict=True)
        if not of_measure
        and not (change_stems() | of_doing).issuperset(term.text.split())
        and (term.known or term.weight > LIGHT)
    )
    if query.filters.named or query.kind == "sum":
        return False
    if sum(said) > VAGUE:
        return _counted_alike(query, found)
    if not any(term.weight > LIGHT for term in query.topic):
        return True
    best = found[0]
    close = [item for item in found if item.score >= best.score * CLOSE and item.item.row is not None]
    if _is_called_so(best, query) and not any(_is_called_so(item, query) for item in close if not _is_same(item, best)):
        return False
    return len({subject_of(item.item) for item in close}) > 1


def _is_called_so(found: Scored, query: Query) -> bool:
    """Whether the question says the whole name of a row ("en *parques mejorados*"): what is near it is not meant."""
    row = found.item.row
    if row is None or not is_indicator_row(row):
        return False
    called = stem_set(row.indicator) - _joining_stems()
    said = frozenset(stem for term in query.terms if term.alternatives for stem in term.alternatives[0].stems)
    return len(called) > 1 and called <= said


def _is_same(one: Scored, other: Scored) -> bool:
    return subject_of(one.item) == subject_of(other.item)


def _counted_alike(query: Query, found: Sequence[Scored]) -> bool:
    """Whether a question only counts a thing ("¿cuántos *sistemas de información* …?") and several rows of one
    territory are called by it and say as much of the rest of the question."""
    at = next((at for at, term in enumerate(query.terms) if term.counted and not term.generic), None)
    if at is None or not query.terms[at].known or not is_indicator_row(found[0].item.row):
        return False
    if _is_plain_number(found[0], query):
        return False
    others = (term for position, term in enumerate(query.terms) if position != at and term.weight > LIGHT)
    if any(not doing_stems().issuperset(term.text.split()) for term in others):
        return False
    best, nouns = found[0], load_lexicon().measure_nouns
    alike = [
        one
        for one in found
        if is_indicator_row(one.item.row)
        and one.item.entity == best.item.entity
        and one.coverage >= best.coverage * TIE
        and sum(one.own) >= sum(best.own) * TIE
        and counts_by_name(one.item, query.terms[at], nouns)
    ]
    meant = [one for one in alike if not any(_is_kind_of(one, other) for other in alike)]
    return len({subject_of(one.item) for one in meant}) > 1


def _is_kind_of(one: Scored, other: Scored) -> bool:
    """Whether a row is called as another one and more ("comisarías *móviles*"): who says no more means the other.

    What tells no thing from another, as "en operación", is no part of what a row is called.
    """
    first, second = one.item.row, other.item.row
    if first is None or second is None:
        return False
    whole, part = stem_set(first.indicator) - _plain_stems(), stem_set(second.indicator) - _plain_stems()
    return bool(part) and whole > part


@cache
def _joining_stems() -> frozenset[str]:
    return frozenset(stem_of(fold(word)) for word in JOINING)


@cache
def _plain_stems() -> frozenset[str]:
    """The stems of words after a noun that narrow nothing, and of those that join them to it."""
    return frozenset(stem_of(fold(word)) for word in (*load_lexicon().plain_qualifiers, *JOINING))


@cache
def _stems_of_numbers() -> frozenset[str]:
    """The stems of what the name of a plain number of things holds besides the things ("número de")."""
    lexicon = load_lexicon()
    stopwords = frozenset(stem_of(fold(word)) for word in lexicon.stopwords)
    return stopwords.union(*map(stem_set, lexicon.measure_nouns))


@cache
def doing_stems() -> frozenset[str]:
    """The stems of the verbs of what governments do."""
    return frozenset(stem_of(fold(verb)) for verb in load_lexicon().doing)


def says_nothing(query: Query) -> bool:
    """Whether a question says nothing of any subject ("¿cuál es la línea base?")."""
    return not query.filters.named and not any(term.weight > LIGHT for term in query.terms)


def decided(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The items that the words of a question leave, where those of several territories fit it alike.

    What is still to come is of no term that is over; what is counted is told by rows called by it, not by those that
    only stand under it; and a plain number of things is meant before a rate that the question does not speak of.
    """
    left = list(found)
    for narrowed in (_still_to_come(left, query), _called_by_it(left, query)):
        left = narrowed or left
    plain = [item for item in left if _is_plain_number(item, query)]
    if plain and not asks_for(query.text, "rate"):
        own = {item.item.entity for item in plain}
        left = [item for item in left if item.item.entity in own or not _is_rate(item)]
    return left


def _still_to_come(found: Sequence[Scored], query: Query) -> list[Scored]:
    """Without what is of a term that was over when the newest one began, where what will be is asked for."""
    ends = {item.item.item_id: _years_of(item) for item in found}
    newest = max((years[0] for years in ends.values() if years), default=0)
    if not newest or not asks_for(query.text, "ahead"):
        return []
    return [item for item in found if not (years := ends[item.item.item_id]) or years[1] >= newest]


def _years_of(found: Scored) -> tuple[int, int] | None:
    spans = intervals_in(found.item.period or "")
    return (spans[0].years[0], spans[-1].years[1]) if spans else None


def _called_by_it(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The rows that count what the question counts by its name, when only one territory has such rows."""
    at = next((at for at, term in enumerate(query.terms) if term.counted and not term.generic), None)
    if at is None:
        return []
    nouns, term = load_lexicon().measure_nouns, query.terms[at]
    called = [item for item in found if item.own[at] > 0]
    others = {item.item.entity for item in found} - {item.item.entity for item in called}
    if len({item.item.entity for item in called}) != 1 or not any(counts(item.item, term, nouns) for item in called):
        return []
    return (
        called if not any(item.item.entity in others and says_in_its_cells(item.item, term) for item in found) else []
    )


def _is_plain_number(found: Scored, query: Query) -> bool:
    """Whether a row is called nothing but the number of what was asked ("Número de casos de hurto")."""
    row = found.item.row
    if row is None or not is_indicator_row(row) or _is_rate(found):
        return False
    said = found.item.own - _stems_of_numbers()
    return bool(said) and said <= query.stems


def _is_rate(found: Scored) -> bool:
    row = found.item.row
    return row is not None and row.indicator is not None and asks_for(row.indicator, "rate")


def that_count(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The one indicator row among several that counts what the question counts; none when there is no such one.

    Of what has been, or where nothing says when, figures of reports count as well: beside one of another territory no
    row is the one meant.
    """
    term = next((term for term in query.terms if term.counted and not term.generic), None)
    if term is None:
        return []
    nouns = load_lexicon().measure_nouns
    position = query.terms.index(term)
    counting = [
        item
        for item in found
        if is_indicator_row(item.item.row) and item.own[position] > 0 and counts(item.item, term, nouns)
    ]
    reported = {item.item.entity for item in found if _counts_itself(item, term)}
    is_open = asks_for(query.text, "past") or not (query.fields or asks_for(query.text, "ahead") or _says_more(query))
    if is_open and reported - {item.item.entity for item in counting}:
        return []
    return counting if is_one_subject(counting) else []


def _says_more(query: Query) -> bool:
    """Whether a question asks more than how many of a thing there are ("¿cuántos vehículos son?")."""
    return any(not term.counted and not term.told and term.weight > LIGHT for term in query.terms)


def _counts_itself(found: Scored, term: Term) -> bool:
    """Whether a figure of a report is called by what is counted, in the question's own words."""
    row = found.item.row
    if row is None or row.metric is None or is_indicator_row(row):
        return False
    return stem_set(row.metric).issuperset(term.alternatives[0].stems)


def is_one_subject(found: Sequence[Scored]) -> bool:
    """Whether all items are one indicator of one territory, be it printed in several documents."""
    return len({(item.item.entity, subject_of(item.item)) for item in found}) == 1


def is_one_choice(found: Sequence[Scored]) -> bool:
    """Whether asking back would offer a single thing."""
    return len(to_choose([item.item for item in found])) < 2


def says_the_same(found: Sequence[Scored], query: Query) -> bool:
    """Whether whatever was meant, what is asked of it is the same: all rows are of one office, say."""
    asked = [name for name in query.fields if name in _SHARED]
    rows = [item.item.row for item in found]
    if not asked or set(query.fields) - set(_SHARED) or any(row is None for row in rows):
        return False
    return all(
        len({folded(getattr(row, name) or "") for row in rows}) == 1 and getattr(rows[0], name) for name in asked
    )


def one_per_meaning(found: Sequence[Scored], query: Query) -> list[Scored]:
    """The best item of each entity and subject that fits as well as the best, then further ones, at most eight."""
    best = found[0]
    close = [item for item in found if _is_as_good(item, best)]
    if is_vague(query, found):
        return list({subject_of(item.item): item for item in reversed(close)}.values())[::-1][:8]
    close = worth_choosing(close, query)
    firsts = list({item.item.entity: item for item in reversed(close)}.values())
    rest = [item for item in close if item not in firsts]
    return sorted([*firsts, *rest[: max(0, 6 - len(firsts))]], key=lambda item: -item.score)
