"""What slides say in prose and lists: remarks of a review, tables of two columns, notes, memberships, changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

REPORT = """
    Alcaldía Municipal de Villa Serena
    Rendición de cuentas 2025

    Programa

    SALUD QUE LLEGA

    INVERSIÓN $300.000.000
    Nota: Este proyecto se encuentra compartido con el Laboratorio Rural.

    SUBIMOS 9 PUNTOS en la cobertura de citas.

    Incremento de 4 puntos en la satisfacción de los pacientes.

    Gestión

    • Capacitamos al personal del Laboratorio Rural.
    Dependencia Tema

    Farmacia Cadena de frío

    Archivo Central Conservación de historias clínicas y anexos

    Vigilancia Dengue y chikunguña

    2.410 pacientes atendidos en el Laboratorio Rural del 1 de octubre al 31 de diciembre del 2024.

    2.655 pacientes atendidos del 1 de enero al 31 de marzo del 2025.

    Programa

    AULAS SIN FRONTERAS

    Indicador de producto: Formular 1 política pública de educación rural

    Meta indicador de
    Producto 2025 60%

    LOGROS

    ✓ 5 guías de lectura abiertas publicadas.

    ✓ Ser miembro de la RECE (Rural Education Partnership).



    1. El documento posee un diagnóstico, mas no concibe las rutas escolares como apuesta.

    2. En cuanto al enfoque:

    • La encuesta aplicada no permite comparar veredas.
    • Hace falta la consulta a los cabildos.
    • No tiene una cobertura de sedes completa (Alta, Media, Costera).
    • Hace falta incluir el transporte fluvial.

    Programa

    VILLA DIGITAL

    HABILITADOR DE CONEXIÓN

    - “Rural Net in a Bag”.

    - Torres de enlace.

    - Acompañamiento en la siembra de fibra por parte de la fundación de vecinos y amigos

    Valle Encendido.

    Curso de mapas. 41
    Curso de radio. 18
    Curso de fibra. 27

    Total general 86
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("report")
    with found_town(folder, [write_text(folder / "rendicion.txt", REPORT)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué le faltaba en cobertura de sedes al documento de la política pública de educación rural?",
        "¿Qué sedes echa de menos la revisión al documento de la política pública de educación rural?",
        "q le hacía falta al documento de la política de educación rural",
        "¿Qué falencias se le encontraron al documento de la política pública de educación rural?",
        "¿Qué se le observó al documento de la política de educación rural?",
        "¿Qué se le objetó al documento de la política de educación rural en materia de cobertura de sedes?",
        "¿Qué reparos hay sobre la cobertura de sedes del documento?",
        "¿Qué le cuestionaron al documento de la política de educación rural?",
    ],
)
def test_what_a_review_finds_wanting_is_told(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "(Alta, Media, Costera)" in answer
    assert "transporte fluvial" in answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("¿Sobre qué tema capacitó Farmacia al personal del Laboratorio Rural?", "Cadena de frío"),
        ("¿Qué dependencia capacitó al personal del Laboratorio Rural en historias clínicas?", "Archivo Central"),
        ("en qué temas capacitaron al personal del laboratorio rural", "Dengue"),
    ],
)
def test_the_lines_under_the_head_of_a_table_are_told(report: Town, question: str, told: str) -> None:
    assert told in report.ask(question).answer


@pytest.mark.parametrize(
    "question", ["¿Con qué área se comparte el proyecto de salud?", "¿Con quién comparten el proyecto de inversión?"]
)
def test_with_whom_a_project_is_shared_is_no_surface(report: Town, question: str) -> None:
    assert "compartido con el Laboratorio Rural" in report.ask(question).answer


def test_a_membership_is_found_by_the_words_for_belonging(report: Town) -> None:
    answer = report.ask("Además de las guías publicadas, ¿a qué red internacional pertenece la educación rural?").answer
    assert "RECE" in answer
    for text in (
        "a qué red internacional entró el municipio",
        "¿De qué alianza internacional es miembro Villa Serena?",
    ):
        assert "RECE" in report.ask(text).answer


def test_a_change_and_its_unit_alone_are_told_of_every_figure_that_is_one(report: Town) -> None:
    answer = report.ask("¿En cuántos puntos se subió?").answer
    assert "9 PUNTOS" in answer
    assert "4 puntos" in answer


def test_a_change_of_something_named_is_told_of_that_alone(report: Town) -> None:
    answer = report.ask("¿En cuántos puntos subió la satisfacción de los pacientes?").answer
    assert "4 puntos" in answer
    assert "9 PUNTOS" not in answer


def test_a_count_of_which_no_time_is_said_is_told_of_each_time(report: Town) -> None:
    answer = report.ask("pacientes atendidos laboratorio rural, cuántos?").answer
    assert "2.410" in answer
    assert "2.655" in answer


def test_a_count_of_a_time_is_told_of_that_time_alone(report: Town) -> None:
    answer = report.ask("¿Cuántos pacientes atendidos hubo en el Laboratorio Rural entre octubre y diciembre de 2024?")
    assert "2.410" in answer.answer
    assert "2.655" not in answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("¿Cuántos se capacitaron en mapas y en radio?", {"41", "18"}),
        ("¿Cuántos se formaron en radio y en fibra?", {"18", "27"}),
        ("capacitados en radio y en el curso de fibra", {"18", "27"}),
        ("How many people were trained in mapas and in fibra?", {"41", "27"}),
        ("¿Cuántos hubo en el curso de radio y cuántos en total?", {"18", "86"}),
    ],
)
def test_entries_named_side_by_side_are_each_told_by_their_row(report: Town, question: str, told: set[str]) -> None:
    answer = report.ask(question)
    assert told <= {figure.text for figure in answer.figures}
    assert not any(figure.derivation for figure in answer.figures)


def test_the_beginning_of_a_sentence_broken_off_is_told_with_its_rest(report: Town) -> None:
    assert "siembra de fibra" in report.ask("valle encendido: q hizo").answer


def test_the_heading_asked_for_is_told_with_what_stands_under_it(report: Town) -> None:
    assert "HABILITADOR DE CONEXIÓN" in report.ask("¿En qué habilitador figura Rural Net in a Bag?").answer
