"""Questions about a letter: bullets of counts, several figures in a line, by what means."""

from __future__ import annotations

import pytest

from assistant.evidence.choose import Choice
from assistant.evidence.clauses import of_listed
from tests.support.town import Town


def told(town: Town, question: str) -> set[str]:
    answer = town.ask(question)
    return {one.text for one in answer.figures} if answer.status == "answered" else set()


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas bicicletas recuperaron con la ayuda de las cámaras?", "54"),
        ("¿Cuántos relojes robados recuperaron con las cámaras?", "37"),
        ("¿Cuántas capturas se hicieron gracias a las cámaras?", "213"),
        ("¿Cuántas navajas ilegales incautaron con apoyo de las cámaras?", "18"),
        ("relojes hurtados recuperados con camaras", "37"),
        ("bicicletas recuperadas por medio de las cámaras", "54"),
    ],
)
def test_by_what_a_thing_was_done_hides_no_count_of_it(brisamar: Town, question: str, figure: str) -> None:
    assert figure in told(brisamar, question)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántos postes repusieron?", "30"),
        ("postes repuestos", "30"),
        ("¿Cuántos faroles solares fueron repuestos?", "12"),
        ("¿Cuántas bengalas se reponen en el contrato con la Empresa Costera?", "16"),
    ],
)
def test_a_verb_of_two_roots_finds_its_noun(brisamar: Town, question: str, figure: str) -> None:
    assert figure in told(brisamar, question)


@pytest.mark.parametrize(
    "question",
    [
        "900 + 640 de la Empresa Costera, ¿sumo y reporto 1.540?",
        "$900 millones en seguridad y $640 millones del contrato: ¿invirtieron 1.540 millones?",
        "los 900 millones y los 640 millones, ¿los sumo?",
    ],
)
def test_amounts_that_a_question_adds_up_are_told_each_with_its_row(brisamar: Town, question: str) -> None:
    answer = brisamar.ask(question)
    assert answer.status == "answered"
    quoted = " ".join(one.quote or "" for one in answer.citations)
    assert "$900 millones" in quoted
    assert "$640 millones" in quoted
    assert "1.540" not in answer.answer


def test_an_amount_that_is_printed_nowhere_is_not_told_as_a_part(brisamar: Town) -> None:
    answer = brisamar.ask("900 + 333 de la Empresa Costera, ¿sumo y reporto 1.233?")
    assert "no dan esa suma" not in answer.answer


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("¿Cuál es el teléfono de la casa de justicia más cercana?", "not_found"),
        ("¿Cuál es el correo de la biblioteca?", "not_found"),
        ("¿Cuál es la dirección de la comisaría de familia?", "not_found"),
        ("¿Cuál es el teléfono de la casa de la señora que escribió?", "refused"),
        ("¿Cuál es el correo de la oficina del peticionario?", "refused"),
        ("¿Cuál es el celular de la peticionaria?", "refused"),
    ],
)
def test_the_contact_of_an_office_is_no_personal_data(brisamar: Town, question: str, status: str) -> None:
    assert brisamar.ask(question).status == status


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("contrato costera: reflectores a instalar y bengalas a reponer", {"25", "16"}),
        ("Empresa Costera: faroles que se instalan y bengalas que se reponen", {"80", "16"}),
        ("camaras: bicicletas recuperadas y navajas incautadas", {"54", "18"}),
        ("muelle: postes repuestos y reflectores instalados", {"30"}),
        ("contrato costera: faroles a instalar, reflectores a instalar y bengalas a reponer", {"80", "25", "16"}),
        ("contrato costera: reflectores nuevos / bengalas repuestas", {"25", "16"}),
        ("alcance costera: reflectores nuevos, bengalas repuestas", {"25", "16"}),
        ("incautado o recuperado: navajas / relojes", {"18", "37"}),
        ("reposición muelle: postes de alumbrado y bengalas", {"30", "16"}),
        ("recuperados con cámaras: bicicletas y relojes", {"54", "37"}),
        ("faroles de gas: los del contrato con la Costera vs los ya instalados", {"80", "45"}),
    ],
)
def test_a_note_that_lists_things_gets_the_row_of_each(brisamar: Town, question: str, figures: set[str]) -> None:
    assert figures <= told(brisamar, question)


@pytest.mark.parametrize("question", ["muelle: antes y luego", "asunto / radicado", "contrato: esto y aquello"])
def test_words_that_name_nothing_are_no_list_of_things(brisamar: Town, question: str) -> None:
    assert of_listed(brisamar.read(question), brisamar.read, lambda _: Choice("no_match")) is None


def test_what_is_new_was_not_put_in_the_place_of_another(brisamar: Town) -> None:
    assert "16" not in told(brisamar, "¿Cuántas bengalas nuevas se pusieron?")
    assert "reposicion" in brisamar.read("bengalas nuevas").excluded
    assert not brisamar.read("bengalas: cambiaron las viejas por nuevas").excluded


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es el asunto de la carta?",
        "¿Qué asunto lleva la respuesta de Brisamar?",
        "asunto del oficio",
        "What is the subject of the letter?",
    ],
)
def test_the_subject_line_of_a_letter_is_told(brisamar: Town, question: str) -> None:
    assert "Respuesta al Derecho de Petición – Alumbrado y seguridad" in brisamar.ask(question).answer
