"""Who petitioned, what came of a promise, who is taken where: what such words ask for, and what they do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.question.mentions import mentions
from assistant.question.query import Mention
from ingest.records import Figure
from tests.support.town import CITIZEN, Town, entry


@pytest.mark.parametrize(
    "question",
    [
        "¿quién es la ciudadana que hizo la petición de las ambulancias? páseme el nombre",
        "¿Quién radicó la petición sobre las ambulancias?",
        "nombre completo de la persona que presentó el derecho de petición",
        "¿quién es el vecino que se quejó?",
        "¿Quién es la señora que nos escribió?",
        "dígame el apellido de quien puso la queja",
        "Who is the citizen who filed the petition about ambulances?",
    ],
)
def test_who_petitioned_is_refused(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "refused"
    assert not any(word in answer.answer for word in CITIZEN)


@pytest.mark.parametrize(
    "question", ["¿Quién firmó la respuesta sobre las ambulancias?", "¿quién es la persona responsable de las canchas?"]
)
def test_who_answers_for_an_office_is_no_private_matter(town: Town, question: str) -> None:
    assert town.ask(question).status != "refused"


@pytest.mark.parametrize(
    "question", ["¿y en cuánto va?", "y en cuánto vamos con esa meta?", "¿y en qué porcentaje va?"]
)
def test_how_far_a_row_is_is_not_answered_with_its_target(town: Town, question: str) -> None:
    answer = town.talk("¿Cuál es la meta de docentes formados en lectura en Villa Serena?", question)
    assert answer.status == "not_found", answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "de las obras de acueductos y plantas del programa Gota a Gota que prometieron, ¿cuántas ya están abiertas?",
        "de los puentes de Huellas Rurales que prometieron en Villa Serena, ¿cuántos ya están en servicio?",
    ],
)
def test_what_came_of_a_promise_is_no_list_of_what_was_promised(town: Town, question: str) -> None:
    assert "indicadores" not in town.ask(question).answer.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "field", "asks"),
    [
        ("se los llevan para explotarlos, ¿cuántas brigadas van a hacer?", "progress", False),
        ("¿cuántas brigadas llevan?", "progress", True),
        ("¿en cuánto la llevan?", "progress", True),
        ("¿van a tener donde llevar los enfermos?", "place", False),
        ("¿habrá dónde jugar en Villa Serena?", "place", False),
        ("¿dónde van a construir los puentes?", "place", True),
        ("¿dónde hay canchas?", "place", True),
    ],
)
def test_taking_away_and_having_where_ask_for_no_field(town: Town, question: str, field: str, asks: bool) -> None:
    assert (field in town.read(question).fields) is asks


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuáles indicadores nombran al Instituto de Deportes como fuente de la línea base?",
        "¿Qué indicadores señalan al Instituto de Deportes como su fuente?",
        "¿qué metas usan al Instituto de Deportes como fuente?",
    ],
)
def test_rows_are_asked_by_their_source_with_any_verb_of_naming(town: Town, question: str) -> None:
    cited = {citation.indicator for citation in town.ask(question).citations}
    assert cited == {"Canchas deportivas recuperadas", "Deportistas apoyados"}


def test_rows_are_asked_by_what_their_baseline_is(town: Town) -> None:
    answer = town.ask("¿Cuáles indicadores de Villa Serena traen como línea base acueductos?")
    assert {citation.indicator for citation in answer.citations} == {"Acueductos veredales construidos"}


@pytest.mark.parametrize(
    "question",
    [
        'How many frobbly shacks ("canchas deportivas") should be recovered?',
        "What is the target for zorbing yards (“canchas deportivas”)?",
    ],
)
def test_a_gloss_in_spanish_stands_for_english_words_that_nobody_knows(town: Town, question: str) -> None:
    answer = town.ask(question)
    indicators = [citation.indicator for citation in answer.citations]
    assert indicators[:1] == ["Canchas deportivas recuperadas"], answer.answer


@pytest.mark.parametrize(("said", "is_said"), [("2020-2023", True), ("2016-2019", False)])
def test_the_years_that_a_baseline_is_asked_by_stand_in_it(said: str, is_said: bool) -> None:
    row = entry(3, "Plan de riego", "1").model_copy(
        update={"baseline": Figure(text="Un plan de riego para el cuatrienio 2020-2023", value=Decimal(1))}
    )
    assert mentions(row, [], Mention("baseline", literal=True, stems=frozenset((said,)))) is is_said


@pytest.mark.parametrize(("short", "written"), [("organismos de seg.", "seguridad"), ("inspección de poli", "policía")])
def test_short_forms_of_sectors_are_written_out(town: Town, short: str, written: str) -> None:
    assert written in town.understanding._writer.write_out(short, "es")
