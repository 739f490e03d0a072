"""The figure beside the one just told that a short question means: "¿y armas blancas?", "¿y en el primer trimestre?".

What stands in the same sentence, list, slide or programme is meant before anything far away: the nearest place where
something is called by all that the question says decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.corpus.bars import LIGHT, NEARLY
from assistant.corpus.corpus import Corpus, Item, place_in_order
from assistant.corpus.items import stem_set
from assistant.evidence.counting import counts_by_name
from assistant.evidence.fields import is_indicator_row, is_labelled
from assistant.evidence.retrieve import own_weight
from assistant.evidence.together import is_of_time, is_same_measure, same_text, says_change
from assistant.figures.measured import has_series
from assistant.following.money_beside import columns_beside
from assistant.following.staying import stems_of
from assistant.question.asks import asks_for
from assistant.question.changing import change_stems
from assistant.question.followup import goes_on, neighbour
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Field, Query, Term
from assistant.question.times import Interval, row_intervals
from ingest.fold import fold
from ingest.records import IndicatorRow

#: More figures than these that fit alike are asked about anew.
_MOST = 4
_SEVERAL = 2
_NEAR_LINES = 40
#: Two things or more that are counted each.
_ONE_BY_ONE = re.compile(
    r"\bcuant[oa]s? (?:\w+ ){1,4}?(?:y|e) (?:cuant[oa]s? )?\w|, ?cuant[oa]s?\b|^\W*y \w+ y \w+\W*$"
)
#: How far a figure of a report has come is how much it changed ("¿y cuánto avanzó el índice?").
_ADVANCED = re.compile(r"\b(?:cuant[oa]s?|que tanto)(?: puntos?)? (?:se )?(?:ha |han )?avanz\w+")
_GOES_ON_WITH: frozenset[str] = frozenset(("value", "count", "difference", "percent_change", "yes_no"))
_NAMES = ("dependency", "programme", "component", "strategic_line")
#: What stands above a figure, and can be asked of it by pointing back ("¿y eso de qué programa es?").
_ABOVE: frozenset[Field] = frozenset(("programme", "dependency", "component", "strategic_line", "target"))


def first_told(last: Answer | None, asked: Query | None, corpus: Corpus) -> Item | None:
    """The row that an answer told of what was counted, or its first; None when it told none, or a set of them."""
    if last is None or last.status != "answered" or any(citation.kind == "filter" for citation in last.citations):
        return None
    cited = (corpus.by_id.get(citation.row_id or "") for citation in last.citations)
    rows = [item for item in cited if item is not None]
    counted = [term for term in (asked.terms if asked is not None else ()) if term.counted and not term.generic]
    nouns = load_lexicon().measure_nouns

    def told_of(item: Item) -> tuple[int, float]:
        counting = sum(counts_by_name(item, term, nouns) for term in counted)
        return counting, sum(own_weight(item, term) for term in counted)

    return max(rows, key=told_of, default=None)


def only_territory(last: Answer | None) -> str | None:
    """The one territory that all citations of an answer are of; None when there are several or it told nothing."""
    if last is None or last.status != "answered":
        return None
    entities = {citation.entity for citation in last.citations if citation.entity}
    return entities.pop() if len(entities) == 1 else None


def asks_above(own: Query, told: Item | None) -> bool:
    """Whether a question only asks what a figure told before stands under: its programme, its office."""
    if told is None or is_indicator_row(told.row) or not own.points_back or not own.fields or own.set_nouns:
        return False
    return set(own.fields) <= _ABOVE and own.fields != ("target",) and not _telling(own)


def figures_beside(own: Query, told: Item | None, corpus: Corpus) -> tuple[Item, ...]:
    """The figures near the one told before that a question names, or those of the time that it names; () for none."""
    if told is None or told.row is None:
        return ()
    if (goes_on(own) or own.points_back) and (columns := columns_beside(own, told, corpus)):
        return columns
    if _ADVANCED.search(fold(own.text)) and not is_indicator_row(told.row):
        own = replace(own, changes=True)
    if not _goes_on_with(own, told):
        return ()
    if is_indicator_row(told.row) and _says_all(told.row, _telling(own)):
        return (told,)
    for place in _places_around(told, corpus):
        # The row told may be what the words name, too ("¿y los centros?" of a row of two things); its time is not.
        others = [item for item in place if item.item_id != told.item_id or _telling(own)]
        found = _best_named([item for item in others if _is_asked(item, own, told)], own)
        found = found or _each_named(others, own)
        found = _change_right_after(found, told) if own.changes else found
        if found:
            return tuple(found) if len(found) <= (_MOST if _telling(own) or own.changes else 1) else ()
    return ()


def _change_right_after(found: Sequence[Item], told: Item) -> list[Item]:
    """Of several printed changes the one of the figure told: the first that stands after it."""
    after = [item for item in sorted(found, key=place_in_order) if place_in_order(item) > place_in_order(told)]
    return after[:1] if len(found) > 1 and not says_change(told) and after else list(found)


def _each_named(items: Sequence[Item], own: Query) -> list[Item]:
    """Of things that a question counts one by one ("¿cuántas ptz y cuántas multisensor?") the figure of each; [] where
    one of them has none, or more than one."""
    telling = _telling(own)
    if len(telling) < _SEVERAL or not _ONE_BY_ONE.search(fold(own.text)):
        return []
    called = [[item for item in items if own_weight(item, term) > 0] for term in telling]
    if any(len(one) != 1 for one in called):
        return []
    found = sorted({one[0].item_id: one[0] for one in called}.values(), key=place_in_order)
    return found if len(found) >= _SEVERAL else []


def _says_all(row: IndicatorRow, telling: Sequence[Term]) -> bool:
    """Whether the cells of a row say all that a question names: then it goes on with that row."""
    said = stems_of(row)
    return bool(telling) and all(any(said.issuperset(way.stems) for way in term.alternatives[:1]) for term in telling)


def _goes_on_with(own: Query, told: Item) -> bool:
    """Whether a question is one that goes on with a figure told and asks for another like it."""
    if own.kind not in _GOES_ON_WITH or not goes_on(own) or own.set_nouns:
        return False
    if own.measure is not None and (not own.measure.implied or has_series(told)):
        return False
    filters = own.filters
    if filters.unknown_entity or filters.unknown_period or filters.documents or filters.sectors:
        return False
    if filters.entities and told.entity not in filters.entities:
        return False
    named = [(getattr(filters, role), getattr(told.row, role)) for role in _NAMES if getattr(filters, role)]
    if not all(same_text(mine, theirs) for mine, theirs in named):
        return False
    telling = _telling(own)
    if any(term.is_name or not term.known for term in telling):
        return False
    return bool(telling or own.asked or own.step or own.changes or asks_for(own.text, "other"))


def _places_around(told: Item, corpus: Corpus) -> Iterator[Sequence[Item]]:
    """The rows around one, the nearest first: of its sentence, of its list, of its subject, of its programme."""
    rows = corpus.rows_of(told.document.document_id)
    row = told.row
    if row is None:
        return
    if not is_indicator_row(row):
        figures = [item for item in rows if item.row is not None and not is_indicator_row(item.row)]
        yield [item for item in figures if item.row is not None and item.row.quote == row.quote
               and item.place == told.place]  # fmt: skip
        yield [item for item in figures if item.row is not None and _above(item) == _above(told)
               and item.row.context == row.context]  # fmt: skip
        yield [item for item in figures if item.row is not None and item.row.indicator == row.indicator
               and item.row.programme == row.programme and _is_near(item, told)]  # fmt: skip
        return
    plan = [item for item in rows if is_indicator_row(item.row) and item.row is not None]
    if row.programme is not None:
        yield [item for item in plan if item.row is not None and same_text(item.row.programme, row.programme)]
    yield [item for item in plan if item.row is not None and item.row.component == row.component]
    yield plan


def _above(item: Item) -> tuple[tuple[str, str], ...]:
    return () if item.row is None else tuple((step.level, step.value) for step in item.row.path)


def _is_near(item: Item, told: Item) -> bool:
    first, second = item.place, told.place
    if first.line is not None and second.line is not None:
        return abs(first.line - second.line) <= _NEAR_LINES
    return first.page == second.page and first.sheet == second.sheet


def _is_asked(item: Item, own: Query, told: Item) -> bool:
    """Whether a row beside the one told is called by all that a question says, or is the same of another time."""
    telling = [term for term in _telling(own) if not (own.changes and own_weight(told, term) > 0)]
    needed = [term for term in telling if term.counted] or telling
    if any(own_weight(item, term) == 0 and not _counts_the_people(item, term, told) for term in needed):
        return False
    if times := _times(own, told):
        same = bool(telling) or (is_same_measure(told, item) and not says_change(item))
        return same and any(is_of_time(item, time) for time in times)
    if telling:
        return True
    if own.changes:
        return says_change(item) and _is_near(item, told)
    return asks_for(own.text, "other") and _is_like(item, told)


def _counts_the_people(item: Item, term: Term, told: Item) -> bool:
    """Whether a figure counts people, whatever they are called, beside one that does not ("¿y a cuántas *personas*
    llegaron?" of the inhabitants that a work reaches)."""
    people = load_lexicon().people_stems
    if not (term.counted and people.intersection(term.text.split())) or item.row is None or told.row is None:
        return False
    if is_indicator_row(item.row) or item.row.indicator != told.row.indicator or not _is_near(item, told):
        return False
    return bool(people & stem_set(item.row.metric)) and not people & stem_set(told.row.metric)


def _is_like(item: Item, told: Item) -> bool:
    """Whether a figure is of the kind of the one told: printed as it is, in the same unit."""
    first, second = told.row, item.row
    if first is None or second is None or first.figure is None or second.figure is None:
        return False
    return is_labelled(first) == is_labelled(second) and first.figure.unit == second.figure.unit


def _times(own: Query, told: Item) -> tuple[Interval, ...]:
    """The times that a question names, or the one right after or before that of the figure told."""
    if own.asked or not own.step or told.row is None:
        return own.asked
    return tuple(neighbour(interval, own.step) for interval in row_intervals(told.row)[:1])


def _best_named(found: Sequence[Item], own: Query) -> list[Item]:
    """Those that say the words of a question most nearly as it does."""
    said = [sum(own_weight(item, term) for term in _telling(own)) for item in found]
    return [item for item, weight in zip(found, said, strict=True) if weight >= max(said) * NEARLY]


def _telling(own: Query) -> list[Term]:
    """The terms that name something; words that only ask for a time or a field weigh less."""
    of_time = own.step != 0 or bool(own.asked)
    return [term for term in own.terms if term.weight > LIGHT and not (own.changes and _is_of_change(term))
            and not (of_time and not term.known)]  # fmt: skip


def _is_of_change(term: Term) -> bool:
    return any(stem in change_stems() for stem in term.alternatives[0].stems)
