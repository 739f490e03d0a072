"""Whether two offices say the same of one thing: offices are no things, and their copies of its row are looked for."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "puentes peatonales construidos: ¿sale lo mismo en la ppt de Tránsito y en la de Obras?",
        "puentes peatonales: la ppt de la Inspección de Tránsito y la de Planeación y Obras traen la misma LB y meta?",
        "¿Los puentes peatonales tienen la misma meta en la presentación de Tránsito y en la de Planeación?",
    ],
)
def test_a_row_that_two_offices_print_alike_is_the_same_and_both_are_cited(town: Town, question: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.answer.startswith("Sí: los documentos dicen lo mismo"), answer.answer
    cited = {citation.indicator for citation in answer.citations}
    assert cited == {"Puentes peatonales construidos"}
    assert len({citation.document for citation in answer.citations}) == 2


def test_two_things_of_two_offices_are_still_compared(town: Town) -> None:
    answer = town.ask(
        "¿La meta de semáforos inteligentes de Tránsito y la de brigadas de la Secretaría de Salud son iguales?",
        entity="Villa Serena",
    )
    assert answer.answer.startswith("No:"), answer.answer
    assert {figure.text for figure in answer.figures} >= {"14", "48"}


@pytest.mark.parametrize(
    ("text", "is_presentation"),
    [("la ppt de Tránsito", True), ("las dos ppt", True), ("el PPT de los migrantes", False)],
)
def test_the_article_tells_slides_from_the_permit(town: Town, text: str, is_presentation: bool) -> None:
    written = town.understanding._writer.write_out(text, "es")
    assert ("presentaci" in written) is is_presentation
