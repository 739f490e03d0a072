"""Which rows tell how many there were, or are, of a thing: those that start from a number of it.

Of "stations built" and "stations mended" both are called by stations; but only a row whose baseline counts them ("3
stations in service") says how many there are; one whose baseline is no number ("the station does not comply") cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.bars import TELLING
from assistant.corpus.items import Item, stem_set
from assistant.evidence.fields import holds, is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.question.asks import asks_for
from assistant.question.query import Query, Term
from ingest.records import IndicatorRow


def counting_what_there_was(query: Query, found: Sequence[Scored]) -> list[Scored]:
    """Without the rows that start from no number, where it is asked how many there were and another row counts them."""
    term = next((term for term in query.terms if term.counted and not term.generic), None)
    if term is None or term.weight < TELLING or query.kind != "value" or not _asks_what_there_was(query):
        return list(found)
    rows = [one.item.row for one in found]
    if not any(row is not None and _counts(row, term) for row in rows):
        return list(found)
    return [one for one in found if one.item.row is None or not _starts_from_no_number(one.item.row)]


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
