"""Who holds a post is a person's name: the row of what the post is of, or its office, does not say it."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién es el gerente de los acueductos veredales?",
        "quien es la directora de los restaurantes escolares",
        "¿Cómo se llama el coordinador de las brigadas de salud rural?",
        "nombre del inspector de los semáforos inteligentes",
        "¿Quién preside las canchas deportivas?",
        "¿Quién coordina los puentes peatonales? Necesito el nombre para enviarle un oficio.",
        "¿Quién está a cargo de los muelles pesqueros? Deme nombre y cargo.",
    ],
)
def test_who_holds_a_post_is_not_told_by_the_row_of_its_subject(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.answer


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("¿Quién coordina los puentes peatonales?", "Secretaría de Planeación y Obras"),
        ("¿Quién es el responsable de los restaurantes escolares?", "Secretaría de Educación"),
    ],
)
def test_who_answers_for_a_thing_is_an_office(town: Town, question: str, office: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert office in answer.answer


def test_a_name_that_a_letter_prints_with_its_post_is_told(town: Town) -> None:
    assert "TULIO BARRAGÁN SOTO" in town.ask("¿Quién es el secretario de Salud de Villa Serena?").answer
