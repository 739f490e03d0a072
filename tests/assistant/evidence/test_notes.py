"""Amounts that a report prints twice, with the notes beside them."""

from __future__ import annotations

from assistant.evidence.notes import with_notes
from assistant.evidence.retrieve import Scored
from ingest.records import IndicatorRow
from tests.support.town import corpus_of, entry


def _amount(line: int, metric: str, context: str, note: str = "") -> IndicatorRow:
    row = entry(line, metric, "90.000.000", context)
    figure = row.figure.model_copy(update={"unit": "COP"}) if row.figure is not None else None
    return row.model_copy(update={"figure": figure, "quote": f"{row.quote} {note}".strip()})


CORPUS = corpus_of(
    _amount(3, "Contratación del faro", "Lámina del faro"),
    _amount(9, "Valor ejecutado", "Lámina del muelle", "Nota: Esta obra se comparte con el faro."),
    entry(14, "Visitas al faro", "320", "Lámina de visitas"),
)


def _lines(text: str) -> list[int | None]:
    first = Scored(CORPUS.rows[0], 1.0, 1.0, ())
    return [found.item.place.line for found in with_notes([first], text, CORPUS)]


def test_who_asks_whether_amounts_add_up_is_told_both_and_their_notes() -> None:
    assert _lines("90 millones en el faro y 90 en el muelle: ¿los sumo?") == [3, 9]


def test_no_note_is_told_where_nobody_asks_for_it() -> None:
    assert _lines("¿Cuánto se contrató para el faro?") == [3]
