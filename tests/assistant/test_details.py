"""A detail that no row has (where, on which day, who by name, at what cost each, why) is said to be missing."""

from __future__ import annotations

import pytest

from tests.support.town import Town


@pytest.mark.parametrize(
    ("turns", "missing"),
    [
        (["¿En qué barrio van a recuperar las canchas deportivas?"], "el lugar"),
        (["¿Dónde van a construir los puentes peatonales?"], "el lugar"),
        (["¿Cuántos puentes peatonales van a construir?", "¿y en qué barrio los van a construir?"], "el lugar"),
        (["¿En qué mes van a entregar las aulas escolares?"], "la fecha exacta"),
        (["¿Cuántos semáforos van a instalar?", "¿y cuándo los inauguran?"], "la fecha exacta"),
        (["¿Qué funcionario responde por las brigadas de salud rural?"], "el nombre de la persona"),
        (["¿Cuál es el costo unitario de los semáforos inteligentes?"], "el costo de cada unidad"),
        (["¿De qué marca serán los semáforos inteligentes?"], "ese detalle"),
        (["¿Por qué van a instalar semáforos inteligentes?"], "la razón"),
        (["¿A quién contrataron para los semáforos inteligentes?"], "el contratista"),
        (["¿En qué mes van a entregar las aulas escolares y en qué barrio van a quedar?"], "la fecha exacta"),
        (["¿ya dotaron las aulas escolares? ¿desde cuándo funcionan?"], "la fecha exacta"),
        (["¿Qué día inauguran los puentes peatonales y dónde van a quedar?"], "la fecha exacta"),
    ],
)
def test_a_detail_that_no_row_has_is_named_as_missing(town: Town, turns: list[str], missing: str) -> None:
    answer = town.talk(*turns)
    assert answer.status == "not_found"
    assert f"Los documentos no dicen {missing} de" in answer.answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿En qué veredas van a instalar la placa huella?", "Instalar doce (15) tramos"),
        ("Puentes peatonales: ¿los van a construir o se queda todo igual?", "Construir 7 puentes"),
        ("¿Qué secretaría responde por las brigadas de salud rural?", "Secretaría de Salud"),
    ],
)
def test_a_detail_that_the_row_says_is_answered(town: Town, question: str, expected: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert answer.status == "answered"
    assert expected in answer.answer


def test_a_count_is_told_though_its_place_is_not(town: Town) -> None:
    answer = town.ask("¿Cuántos semáforos inteligentes van a instalar y en qué barrios?")
    assert answer.status == "answered"
    assert "14 semáforos" in answer.answer
    assert "Los documentos no dicen el lugar." in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es el teléfono de la Secretaría de Salud?",
        "telefono de la oficina de obras para poner una queja",
        "celular de la Inspección de Tránsito",
        "correo de la oficina de deportes",
        "¿Cuál es el teléfono del hospital?",
        "número de teléfono de la empresa de aguas",
    ],
)
def test_how_to_reach_an_office_is_no_personal_data_and_is_not_said(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.answer


@pytest.mark.parametrize(
    "question",
    ["¿Cuál es el teléfono de la peticionaria?", "celular de la señora de la petición", "teléfono de Lucrecia Pardo"],
)
def test_how_to_reach_a_person_is_refused(town: Town, question: str) -> None:
    assert town.ask(question).status == "refused"
