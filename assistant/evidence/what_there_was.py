"""Which rows tell how many there were, or are, of a thing: those that start from a number of it.

Of "stations built" and "stations mended" both are called by stations; but only a row whose baseline counts them ("3
stations in service") says how many there are; one whose baseline is no number ("the station does not comply") cannot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.corpus.bars import AS_GOOD, TELLING
from assistant.corpus.items import Item, stem_set
from assistant.evidence.fields import holds, is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for
from assistant.question.lexicon import load_lexicon
from assistant.question.query import Query, Term
from ingest.records import IndicatorRow

#: "Funcionan", "operan", "existen": that there are some today.
_IN_SERVICE = re.compile(r"(?:funcion|oper|exist|servici|abiert|habilit)")
_IS_RATE = re.compile(r"%|por cada|por ciento")


def counting_what_there_was(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the rows that start from no number, where it is asked how many there were and another row counts them."""
    if query.kind == "value" and asks_for(query.text, "who_is_there") and not asks_for(query.text, "ahead"):
        bar = max((one.coverage for one in found), default=0.0) * AS_GOOD
        return [
            one
            for one in found
            if one.coverage >= bar and (not is_indicator_row(one.item.row) or _starts_from_people(one.item.row, query))
        ]
    term = next((term for term in query.terms if term.counted and not term.generic), None)
    if term is None or term.weight < TELLING or query.kind != "value" or not _asks_what_there_was(query):
        return list(found)
    counting = [one for one in found if one.item.row is not None and _counts(one.item.row, term)]
    if not counting:
        return list(found)
    some = [one for one in counting if _starts_from_some(one.item.row)]
    return [
        one
        for one in found
        if one.item.row is None
        or not (_starts_from_no_number(one.item.row) or any(_is_narrower(one, other, query) for other in some))
    ]


def _is_narrower(one: Scored, other: Scored, query: Query) -> bool:
    """Whether a row starts from nothing and says no more of what is asked than one that counts the thing, but for the
    word that asks how many there are ("¿cuántas ludotecas *funcionan*?": the mobile ones are none yet)."""
    row = one.item.row
    if row is None or not is_indicator_row(row) or row.baseline is None or row.baseline.value != 0:
        return False
    return not any(
        mine > theirs
        for term, mine, theirs in zip(query.terms, one.covered, other.covered, strict=True)
        if not _IN_SERVICE.match(term.text)
    )


def _starts_from_some(row: IndicatorRow | None) -> bool:
    return row is not None and row.baseline is not None and bool(row.baseline.value)


def _starts_from_people(row: IndicatorRow | None, query: Query) -> bool:
    """Whether a row starts from a number of people: what a place is, or is to be, tells nothing of who is there."""
    baseline = row.baseline if row is not None else None
    if baseline is None or not baseline.value or baseline.unit == "%" or _IS_RATE.search(baseline.text):
        return False
    said = stem_set(baseline.text)
    who = next((term for term in query.terms if term.counted and not term.generic), None)
    if who is not None:
        return any(said.issuperset(way.stems) for way in who.alternatives)
    return bool(said & load_lexicon().people_stems)


def _asks_what_there_was(query: Query) -> bool:
    """Whether it is asked where rows start, or what there is now, and nothing of what is promised."""
    if query.asks("target") or asks_for(query.text, "ahead"):
        return False
    return query.asks("baseline") or asks_for(query.text, "there_is")


def _counts(row: IndicatorRow, term: Term) -> bool:
    baseline = row.baseline
    if not is_indicator_row(row) or baseline is None or baseline.value is None:
        return False
    said = stem_set(baseline.text)
    return any(said.issuperset(way.stems) for way in term.alternatives)


def _starts_from_no_number(row: IndicatorRow) -> bool:
    return is_indicator_row(row) and (row.baseline is None or row.baseline.value is None)


def is_report_of_the_past(item: Item, query: Query) -> bool:
    """Whether a figure of a report fits best where only the tense of a question speaks of what was before.

    A report has no column for where a plan starts; "¿cuántas le *habían mandado*?" is asked of what it tells. What
    there was before something happened ("*antes del contrato*") only a sentence tells that speaks of before.
    """
    row = item.row
    if row is not None and asks_for(query.text, "before_event") and not asks_for(row.quote, "told_before"):
        return False
    return row is not None and not is_indicator_row(row) and not asks_for(query.text, "baseline")


def tells_the_target(item: Item, query: Query) -> bool:
    """Whether a figure of a report is the target that a question asks for beside a baseline, which no slide prints."""
    row = item.row
    return row is not None and not is_indicator_row(row) and "target" in query.fields and holds(item, "target")
