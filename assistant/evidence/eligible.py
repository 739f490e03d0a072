"""Which of the evidence may answer at all: what covers enough, counts the right thing, and has the fields asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.bars import (
    AS_GOOD,
    ASKED,
    CLOSE,
    COVERAGE_BAR,
    ENOUGH_ASKED,
    FOUND,
    FOUND_OF_PHRASE,
    FURTHER,
    HALF_AS_GOOD,
    LIGHT,
    NEARLY,
    OWN_AS_GOOD,
    TELLING,
    TIE,
    UNCOVERED_BAR,
    VAGUE,
)
from assistant.corpus.corpus import Item
from assistant.corpus.part_of_whole import PART_OF
from assistant.evidence.counting import counts, counts_by_name, counts_people, is_its_unit, says_in_its_cells
from assistant.evidence.fields import DETAILS, UNTOLD, holds, is_checked, is_indicator_row, is_labelled
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import same_text
from assistant.evidence.what_there_was import is_report_of_the_past, tells_the_target
from assistant.question.asides import TOLD_WEIGHT
from assistant.question.asks import asks_for
from assistant.question.changing import change_stems
from assistant.question.heads import head_asked
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Field, Query, Term
from assistant.question.times import dated
from ingest.figures import find_figures
from ingest.fold import fold

_GOAL = re.compile(r"\b(?:metas?|reduc|aument|increment|disminu|alcanz|llegar|pasar|bajar|subir)")
_ACRONYM = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{3,6}\b")


def coverage_bar(query: Query, evidence: Sequence[Scored]) -> float:
    """How much an item has to cover: nearly all, when what is counted or named is nowhere to be found."""
    head = head_asked(query.text) if query.kind == "value" else None
    for position, term in enumerate(query.terms):
        if term.is_name or is_unprinted_thing(term):
            return UNCOVERED_BAR
        covering = (item for item in evidence if item.coverage >= COVERAGE_BAR)
        nouns = load_lexicon().measure_nouns if term.counted else ()
        found = max(
            (item.covered[position] for item in covering if not term.counted or counts(item.item, term, nouns)),
            default=0.0,
        )
        enough = FOUND if len(term.alternatives[0].stems) == 1 else FOUND_OF_PHRASE
        is_telling = (
            (term.counted and not term.generic and query.kind != "sum" and term.weight >= TELLING)
            or term.is_acronym
            or (term.text == head and not term.told and term.weight >= TELLING)
            or (term.gauged and not term.told and not term.known and term.weight >= ASKED)
        )
        if is_telling and found < term.weight * enough:
            return UNCOVERED_BAR
    return COVERAGE_BAR


def gauges_the_unknown(query: Query) -> bool:
    """Whether what a question wants measured ("qué porcentaje de *inflación*") is a word that no document has."""
    return any(term.gauged and not term.told and not term.known and term.weight >= ASKED for term in query.terms)


def is_unprinted_thing(term: Term) -> bool:
    """Whether a term is a thing that the lexicon knows by several words ("almorzar en el colegio") and no document
    prints by any of its names: what else the question says is not what it is about."""
    return not term.known and len(term.alternatives[0].stems) > 1 and term.weight >= VAGUE


def miscounts(found: Scored, query: Query) -> bool:
    """Whether a row names what the question counts, but counts another thing ("estaciones de bomberos"), or money."""
    figure = found.item.row.figure if found.item.row is not None else None
    is_money = figure is not None and figure.unit in ("COP", "USD") and not query.asks("budget")
    nouns = load_lexicon().measure_nouns
    return any(
        term.counted
        and not term.generic
        and term.weight >= TELLING
        and _names(found, position, term)
        and (is_money or not counts(found.item, term, nouns))
        for position, term in enumerate(query.terms)
    )


def _names(found: Scored, position: int, term: Term) -> bool:
    """Whether an item names what is counted; people that stand only in a source or above a row are not counted."""
    if found.own[position] > 0:
        return True
    if not is_indicator_row(found.item.row):
        return counts_people(term) and found.covered[position] > 0
    return says_in_its_cells(found.item, term) or (counts_people(term) and found.covered[position] > 0)


def naming_what_is_counted(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the rows that do not say what is counted, when the best is one of them and others are called by it."""
    at = next((at for at, term in enumerate(query.terms) if term.counted and not term.generic), None)
    if at is None or query.kind != "value" or not found or query.terms[at].weight < TELLING:
        return list(found)
    term, nouns = query.terms[at], load_lexicon().measure_nouns
    best = found[0].item
    if not is_indicator_row(best.row) or says_in_its_cells(best, term) or is_its_unit(best, term):
        return list(found)
    naming = [one for one in found if one.own[at] > 0]
    return naming if any(counts_by_name(one.item, term, nouns) for one in naming) else list(found)


def of_programme(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the rows of other programmes, when the question names one that rows among them are of.

    Who asks of which programme a thing is has named the thing: what fits much better is not left out for its programme.
    """
    named = query.filters.programme
    rows = [item.item.row for item in found if item.item.row is not None]
    if named is None or query.kind in ("sum", "compare") or not any(same_text(row.programme, named) for row in rows):
        return list(found)
    of_it = [
        item
        for item in found
        if item.item.row is None or item.item.row.programme is None or same_text(item.item.row.programme, named)
    ]
    return list(found) if "programme" in query.fields and of_it[0].score < found[0].score * AS_GOOD else of_it


def is_anchored(item: Item, query: Query) -> bool:
    """Whether an item has something that the question says in as many words, or nearly.

    Single colloquial words alone ("casas" for "vivienda") bring rows near, but do not make them the answer; two that
    mean two things the item itself names ("escuelitas para convivir") do.
    """
    telling = [term for term in query.terms if term.weight > LIGHT * (TOLD_WEIGHT if term.told else 1)] or query.terms
    if _shares_only_the_change(item, telling):
        return False
    ways = (way for term in telling for way in term.alternatives if way.factor >= NEARLY or len(way.stems) > 1)
    if any(all(stem in item.weights for stem in way.stems) for way in ways):
        return True
    named = [term.stems & item.weights.keys() for term in telling if term.weight >= TELLING and term.stems & item.own]
    return len(named) > 1 and len(frozenset().union(*named)) > 1


def _shares_only_the_change(item: Item, telling: Sequence[Term]) -> bool:
    """Whether of "¿a cuánto piensan *bajar* los homicidios?" an item has the change alone, not what changes."""
    changes = change_stems()
    things = [term for term in telling if term.known and not set(term.text.split()) <= changes]
    if not things or len(things) == len(telling):
        return False
    return not any(way.stems[0] in item.weights for term in things for way in term.alternatives)


def says_every_name(found: Scored, query: Query) -> bool:
    """Whether an item has the proper names of the question ("la casa de justicia *del Pozón*")."""
    if query.kind in ("sum", "compare", "list", "count"):
        return True
    return all(share > 0 for term, share in zip(query.terms, found.covered, strict=True) if term.is_proper)


def with_an_acronym_named(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without what lacks the one acronym that a question asks about, where something it finds has it.

    "Los datos abiertos van al 100, ¿y el *ETL*?" is asked of what says ETL, however well the rest fits another row.
    """
    if query.kind in ("sum", "compare", "list", "count") or len(set(_ACRONYM.findall(query.text))) != 1:
        return list(found)
    at = [at for at, term in enumerate(query.terms) if term.is_acronym and term.known and term.weight >= TELLING]
    naming = [one for one in found if one.covered[at[0]] > 0] if len(at) == 1 else []
    return naming or list(found)


def fits_what_is_told(found: Scored, query: Query) -> bool:
    """Whether an item has something of what is told before a question that says little itself.

    "Me hablaron del metro. ¿Cuántas *estaciones* va a tener?" asks of no other stations. A figure of a report has its
    subject in what stands around it.
    """
    asked = sum(term.weight for term in query.terms if term.known and not term.told)
    if not query.tells or asked > ENOUGH_ASKED:
        return True
    said = found.own if is_indicator_row(found.item.row) else found.covered
    return any(term.told and part >= term.weight * FOUND for term, part in zip(query.terms, said, strict=True))


def tells_a_figure(item: Item, query: Query) -> bool:
    """Whether an item has a figure, where a number is asked: of that a heading, a cover line, a name tells nothing."""
    if item.segment is not None and asks_for(query.text, "year") and not item.has_digit:
        return False
    if item.segment is not None and query.kind == "count" and query.set_nouns and "source" in query.fields:
        return False
    if item.segment is not None and asks_for(query.text, "goal_of") and not _GOAL.search(fold(item.segment.text)):
        return False
    is_of_change = query.kind in ("percent_change", "difference")
    if item.segment is None or not (is_of_change or any(asks_for(query.text, one) for one in ("gauge", "goal_of"))):
        return True
    return bool(find_figures(item.segment.text))


def with_fields(query: Query, found: Sequence[Scored]) -> tuple[list[Scored], Field | None]:
    """Items that hold every field asked for, and the first field that the best item lacks."""
    found = _targets_of_the_slide(query, found)
    hard = [name for name in query.fields if is_checked(name, query.fields) and not _is_of_counting(name, query)]
    if hard == ["progress"] and asks_for(query.text, "rest") and _prints_a_part(found[0]):
        return list(found), None
    if not hard:
        return list(found), None
    best = found[0].score
    own = sum(found[0].own) if is_indicator_row(found[0].item.row) else 0.0
    details = [name for name in hard if name in DETAILS]
    answering = [
        item
        for item in found
        if item.score >= best * (CLOSE if details else FURTHER)
        and (sum(item.own) >= own * OWN_AS_GOOD or _names_who(item, found[0], details))
        and any(holds(item.item, name) for name in hard)
        and (not details or _tells_of(item, found[0], details))
    ]
    if not answering or max(item.coverage for item in answering) < max(item.coverage for item in found) * AS_GOOD:
        answering = []
    if (
        not answering
        and hard == ["baseline"]
        and (is_report_of_the_past(found[0].item, query) or tells_the_target(found[0].item, query))
    ):
        return list(found), None
    missing = next((name for name in details or hard if not any(holds(item.item, name) for item in found[:1])), hard[0])
    return answering, missing


def _targets_of_the_slide(query: Query, found: Sequence[Scored]) -> Sequence[Scored]:
    """Where a target is asked and a report's figure that is none fits best, the targets beside it on its slide."""
    row = found[0].item.row
    if "target" not in query.fields or not asks_for(query.text, "level") or row is None or row.figure is None:
        return found
    if is_indicator_row(row) or holds(found[0].item, "target"):
        return found
    beside = [
        one
        for one in found
        if one.item.row is not None
        and one.item.row.figure is not None
        and one.item.row.document_id == row.document_id
        and same_text(one.item.row.indicator, row.indicator)
        and same_text(one.item.row.programme, row.programme)
        and holds(one.item, "target")
        and one.coverage >= found[0].coverage * AS_GOOD
    ]
    return beside or found


def _names_who(found: Scored, best: Scored, details: Sequence[Field]) -> bool:
    """Whether a person is asked for and a report or letter names one, in a place that fits as well as the best row."""
    row = found.item.row
    is_asked = list(details) == ["person"] and row is not None and not is_indicator_row(row)
    return is_asked and found.coverage >= best.coverage * TIE


def _tells_of(found: Scored, best: Scored, details: Sequence[Field]) -> bool:
    """Whether an item says every detail of the thing asked about: no row of another thing does."""
    one, other = found.item.row, best.item.row
    same = one is None or other is None or not is_indicator_row(one) or same_text(one.indicator, other.indicator)
    return same and all(holds(found.item, name) for name in details)


def _prints_a_part(found: Scored) -> bool:
    """Whether a row starts from a part of a whole ("55 de un total de 88"), which says how many are not of it."""
    row = found.item.row
    return row is not None and row.baseline is not None and PART_OF.search(row.baseline.text) is not None


def _is_of_counting(name: Field, query: Query) -> bool:
    """Whether a field is asked for beside a count: money only says how it came about ("¿en cuántas playas se va a
    invertir?"), and a count is told though its place is not ("¿cuántas y en qué barrios?")."""
    return (name == "budget" or name in UNTOLD) and any(term.counted and term.weight >= TELLING for term in query.terms)


def is_about(found: Scored, covering: Sequence[Scored], query: Query) -> bool:
    """Whether an item of the time asked is about what was asked, and not only the best that is left of that time.

    A sentence or figure that names no time of its own has to fit nearly as well as what is of another time.
    """
    counted = [at for at, term in enumerate(query.terms) if term.counted and term.weight >= TELLING]
    if counted and query.kind != "sum":
        row = found.item.row
        said = found.covered if row is not None and is_labelled(row) else found.own
        in_cells = is_indicator_row(row) and any(says_in_its_cells(found.item, query.terms[at]) for at in counted)
        return in_cells or any(said[at] > 0 for at in counted)
    bar = HALF_AS_GOOD if dated(found.item) else AS_GOOD
    return found.coverage >= max(other.coverage for other in covering) * bar


def is_of_period(item: Item, query: Query) -> bool:
    """Whether an item is of the government period asked for: of one without documents, when the item names it."""
    unknown = query.filters.unknown_period
    return unknown is None or (item.row is not None and unknown in item.row.quote.replace(" ", ""))
