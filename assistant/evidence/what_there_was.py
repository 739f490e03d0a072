"""Which rows tell how many there were, or are, of a thing: those that start from a number of it.

Of "stations built" and "stations mended" both are called by stations; but only a row whose baseline counts them ("3
stations in service") says how many there are; one whose baseline is no number ("the station does not comply") cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.bars import TELLING
from assistant.corpus.items import stem_set
from assistant.evidence.fields import is_indicator_row
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
