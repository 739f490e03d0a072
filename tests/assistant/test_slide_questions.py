"""What is asked of slides beside their figures: goals, places, states, norms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Programa: GESTIÓN AMABLE",
        "Resolución 418/2023, Capítulo 2 – Adopción del Sistema de Archivo Abierto",
        "Avanzamos 6 puntos en la adopción del Sistema de Archivo Abierto.",
    ),
    (
        "Programa: OFICIOS DEL MAÑANA",
        "Indicador de producto: Formar a 300 artesanos en ventas por internet",
        "Meta indicador de Producto 2025 40%\nMeta indicador de Producto cuatrienio 90%",
        "Asistencia de líderes de 12 talleres.",
    ),
    (
        "Programa: VILLA DIGITAL",
        "Indicador de producto: Formular 1 política pública con la academia",
        "Aclaración línea base 25% - Documento Política Pública TICS, 2018",
    ),
    (
        "Implementación Proyecto Muelle Turístico",
        "Fuente de financiación: Sistema General de Regalías",
        "Monto solicitado y aprobado: $2.450.000.000",
        "Revisado por: Dirección Marítima",
        "Lugar de Ejecución: Malecón\nde los Pescadores, sector 2",
        "Aporte de recursos propios del Municipio: $0",
        "En las dos licitaciones se presentaron respectivamente 5 y 4 proponentes",
        "Proceso declarado desierto en ambas ocasiones.",
        "Se solicitó desaprobación del proyecto ante la Nación.",
    ),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("report")
    with found_town(folder, [write_slides(folder / "rendicion.pptx", SLIDES)]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("artesanos: a cuántos talleres fueron los líderes y meta 2025", ("12 talleres", "40%")),
        ("¿De cuántos talleres asistieron líderes y cuál es la meta del cuatrienio?", ("12 talleres", "90%")),
    ],
)
def test_the_goal_asked_for_beside_a_figure_is_told(report: Town, question: str, told: tuple[str, ...]) -> None:
    answer = report.ask(question).answer
    assert all(part in answer for part in told)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("¿dónde iban a montar el muelle turístico y cuánto ponía el Municipio de su bolsillo?", "Malecón", "2.450"),
        ("¿Dónde montarían el muelle turístico?", "Malecón", "2.450"),
        ("¿Dónde quedaba el muelle turístico y cuánto aportaba el Municipio?", "Malecón", "2.450"),
        ("¿Quién revisaba el muelle turístico?", "Dirección Marítima", "Malecón"),
    ],
)
def test_a_label_is_asked_for_in_any_tense(report: Town, question: str, told: str, untold: str) -> None:
    answer = report.ask(question).answer
    assert told in answer
    assert untold not in answer


@pytest.mark.parametrize(
    "question",
    ["en qué va el muelle turístico? último estado reportado", "¿Cuál fue el último estado del muelle turístico?"],
)
def test_the_last_state_of_a_work_is_what_became_of_it(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "desaprobación" in answer
    assert "2.450" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué norma cita la presentación para la adopción del Sistema de Archivo Abierto?",
        "¿Cuál es la resolución del Sistema de Archivo Abierto?",
        "marco legal del Sistema de Archivo Abierto",
    ],
)
def test_a_norm_is_told_by_what_cites_one(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "418/2023" in answer
    assert "6 puntos" not in answer


def test_what_cites_no_norm_says_none(report: Town) -> None:
    assert report.ask("¿Qué norma regula el muelle turístico?").status == "not_found"


def test_an_acronym_is_found_in_its_plural(report: Town) -> None:
    answer = report.ask("¿Qué línea base se aclara para la política pública de TIC y de qué año es el documento?")
    assert "25%" in answer.answer
    assert "2018" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿En qué resolución y capítulo se enmarca la adopción del Sistema de Archivo Abierto?",
        "¿En qué resolución se enmarca el Sistema de Archivo Abierto?",
    ],
)
def test_the_verb_of_a_norm_says_nothing_of_its_subject(report: Town, question: str) -> None:
    assert "Resolución 418/2023, Capítulo 2" in report.ask(question).answer
