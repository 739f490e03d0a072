"""How something was before a change that a report tells, or how it came out: "quedó en 68 tras subir 15, ¿y antes?".

A report prints the level and the change in points beside it ("Índice: 68", "Incremento de 15 puntos"), and not the
other end. It is worked out where the question says both numbers, or where the change says of itself that it is against
the time before.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.corpus.bars import AS_GOOD, COVERAGE_BAR
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import says_change
from assistant.figures.arithmetic import Computed, printed
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.ways import ways_said
from ingest.figures import format_es, parse_number
from ingest.records import Figure

#: The first places of the evidence, one of which has to stand on the slide of the change.
_FIRST = 6


def other_end(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> tuple[tuple[Item, Item], Computed] | None:
    """((level, change), the other end) that a question asks for; None where no report tells it clearly."""
    is_before, is_after = asks_for(query.text, "end_before"), asks_for(query.text, "end_after")
    if is_before == is_after or asks_for(query.text, "both_ends") or not evidence:
        return None
    enough = max(COVERAGE_BAR, evidence[0].coverage * AS_GOOD)
    told = {one.item.item_id for one in evidence if one.coverage >= enough}
    said = {value for number in query.numbers if (value := parse_number(number)) is not None}
    for one in evidence[:_FIRST]:
        if one.item.row is None or is_indicator_row(one.item.row) or not one.item.row.context:
            continue
        slide = [item for item in corpus.rows_of(one.item.document.document_id)
                 if item.row is not None and item.row.context == one.item.row.context]  # fmt: skip
        for at, change in enumerate(slide):
            level = _level_before(slide[:at]) if says_change(change) else None
            one_, two = (_figure(level), _figure(change)) if level is not None else (None, None)
            if level is None or one_ is None or two is None:
                continue
            is_told = level.item_id in told and is_before
            if not _says_both(one_, two, said) and not (is_told and _is_meant(one_, two, change, said)):
                continue
            return (level, change), _worked_out(one_, two, change, is_before)
    return None


def _says_both(level: Figure, change: Figure, said: set[Decimal]) -> bool:
    return level.value in said and change.value in said


def _is_meant(level: Figure, change: Figure, told: Item, said: set[Decimal]) -> bool:
    """Whether a change is said to be against the time before, and a number of the question is none of another."""
    against = told.row is not None and asks_for(told.row.quote, "against_before")
    return against and (not said or level.value in said or change.value in said)


def _level_before(slide: Sequence[Item]) -> Item | None:
    """The figure right before a change on its slide, which is what changed."""
    last = slide[-1] if slide else None
    figure = _figure(last) if last is not None else None
    if last is None or figure is None or says_change(last) or figure.unit not in (None, "%"):
        return None
    return None if "meta" in folded(last.row.metric or "" if last.row else "").split() else last


def _worked_out(level: Figure, change: Figure, told: Item, is_before: bool) -> Computed:
    ways = ways_said(told.row.quote if told.row is not None else "")
    is_up = ways[:1] != ("down",)
    is_less = is_up == is_before
    one, two = level.value or Decimal(0), change.value or Decimal(0)
    value = one - two if is_less else one + two
    sign = "−" if is_less else "+"
    return Computed(format_es(value), value, f"{printed(level)} {sign} {printed(change)}")


def _figure(item: Item | None) -> Figure | None:
    figure = item.row.figure if item is not None and item.row is not None else None
    return figure if figure is not None and figure.value is not None else None
