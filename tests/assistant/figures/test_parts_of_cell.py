"""Of a whole and its parts that one cell prints: which percentage a part is, and how many are not of it."""

from __future__ import annotations

import pytest

from assistant.figures.parts_of_cell import part_of_cell
from assistant.question.lexicon import load_lexicon
from assistant.question.question import Understanding
from ingest.records import Figure
from tests.support.records import make_row
from tests.support.town import corpus_of

LISTED = "90 familias atendidas a corte 2022 (36 familias de zona rural y 54 de cabecera urbana)"
NOT_ADDING_UP = "90 familias atendidas (36 de zona rural y 50 de cabecera urbana)"
OF_TOTAL = "120 (de un total de 400 viviendas censadas)"


@pytest.mark.parametrize(
    ("baseline", "question", "name", "result"),
    [
        (LISTED, "¿Qué porcentaje de las familias atendidas es de cabecera urbana?", "part_share", "60 %"),
        (LISTED, "familias atendidas: proporción de zona rural en porcentaje", "part_share", "40 %"),
        (LISTED, "De las familias atendidas, ¿cuántas no eran de zona rural?", "part_rest", "54"),
        (OF_TOTAL, "Del total de viviendas censadas, ¿cuántas no la tienen?", "part_rest", "280"),
        (OF_TOTAL, "¿Qué porcentaje de las viviendas censadas la tiene?", "part_share", "30 %"),
        (NOT_ADDING_UP, "¿Qué porcentaje de las familias atendidas es de cabecera urbana?", None, None),
        (LISTED, "¿Qué porcentaje de las familias atendidas recibió subsidio?", None, None),
        (LISTED, "¿Cuántas familias de zona rural se atendieron?", None, None),
    ],
)
def test_the_part_that_is_named(baseline: str, question: str, name: str | None, result: str | None) -> None:
    row = make_row("plan", 1, "Familias y viviendas atendidas", target="Atender 200", baseline=Figure(text=baseline))
    corpus = corpus_of(row)
    found = part_of_cell(Understanding(load_lexicon(), corpus).read(question), corpus.rows[0])
    assert (found.name if found else None, found.result.text if found else None) == (name, result)
