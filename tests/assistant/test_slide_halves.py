"""Two things asked of one slide, and what its prose says: each half is answered from the slide that is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

#: Slides of several sectors as text, their lines broken where boxes were.
REPORT = """
    Alcaldía Municipal de Villa Serena
    Rendición de cuentas 2025

    Programa

    GESTIÓN AMABLE Y ABIERTA

    Subimos 6 puntos en la adopción del Sistema de Archivo Abierto.

    Programa a informar: Oficios del mañana

    Indicador de producto: Formar a 300 artesanos en ventas por internet

    Meta indicador de
    Producto 2025

    40% Meta indicador de
    Producto cuatrienio 90%

    Aclaración línea base 25% - Diagnóstico de Oficios, 2018.

    Curso de cerámica. 61
    Curso de telares. 48
    Curso de cuero. 22

    Total general 131

    Activación de 9 zonas wifi en las veredas.




    Implementación Proyecto Hospital Veredal

    Fuente de financiación:
    Sistema General de Regalías

    Aprobado en OCAD: 4 de
    marzo de 2021

    Monto solicitado y
    aprobado: $2.450.000.000

    Revisado por:
    Ministerio de Salud, Gobernación

    Lugar de Ejecución: Vereda
    La Cumbre, lote 7

    En las dos licitaciones
    se presentaron
    respectivamente 5 y 4
    proponentes

    Proceso declarado
    desierto en ambas
    ocasiones

    2021-2023

    • Se solicitó
    prórroga del convenio
    ante FINDETER.

    2024
"""

CALLS = """
    Alcaldía Municipal de Villa Serena
    Rendición de cuentas 2025

    Programa

    ATENCIÓN CERCANA

    1 oct al
    31 dic

    2024

    Llamadas recibidas Línea Verde:

    2.410

    1 ene al
    31 mar

    2025

    Llamadas recibidas Línea Verde:

    2.655
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("report")
    files = [write_text(folder / "rendicion.txt", REPORT), write_text(folder / "llamadas.txt", CALLS)]
    with found_town(folder, files) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "¿En qué fecha se aprobó en OCAD el Hospital Veredal y qué se solicitó después?",
            ("4 de marzo", "prórroga"),
            "4 proponentes",
        ),
        (
            "¿Qué entidades revisaron el Hospital Veredal y qué se terminó pidiendo ante FINDETER?",
            ("Ministerio de Salud", "prórroga"),
            "2.450",
        ),
        ("¿Qué se pidió ante FINDETER para el Hospital Veredal?", ("prórroga",), "proponentes"),
        ("hospital veredal: quién lo revisó y q se solicitó", ("Ministerio de Salud", "prórroga"), "proponentes"),
    ],
)
def test_each_half_about_one_slide_is_answered_from_it(
    report: Town, question: str, told: tuple[str, ...], untold: str
) -> None:
    answer = report.ask(question).answer
    assert all(part in answer for part in told)
    assert untold not in answer


@pytest.mark.parametrize(
    "question", ["¿En qué lugar se iba a ejecutar el Hospital Veredal?", "¿Cuál era el lugar del Hospital Veredal?"]
)
def test_a_label_said_right_after_the_word_that_asks_is_told_alone(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "La Cumbre" in answer
    assert "proponentes" not in answer


def test_a_deed_told_in_a_relative_clause_is_not_asked_for(report: Town) -> None:
    answer = report.ask("¿Cuánto valía el Hospital Veredal que se solicitó ante FINDETER?").answer
    assert "2.450" in answer


@pytest.mark.parametrize(
    "question",
    [
        "artesanos cerámica y cuero",
        "artesanos por curso: cerámica, telares y cuero",
        "¿cuántos artesanos en cerámica y cuántos en cuero?",
    ],
)
def test_each_line_of_a_list_that_is_named_is_cited_by_its_row(report: Town, question: str) -> None:
    answer = report.ask(question)
    assert {"61", "22"} <= {figure.text for figure in answer.figures}
    assert all(citation.kind == "row" for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué meta se fijó para 2025 en la formación de artesanos y de qué línea base se partía?",
        "formación artesanos: meta 25, meta cuatr. y LB",
    ],
)
def test_the_baseline_asked_for_beside_a_goal_of_a_time_is_of_its_own_time(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "40%" in answer
    assert "25%" in answer


def test_a_goal_is_told_where_no_slide_prints_the_baseline_asked_beside_it(report: Town) -> None:
    answer = report.ask("Oficios del mañana: meta 2025")
    assert answer.status == "answered"


@pytest.mark.parametrize(
    "question",
    ["llamadas línea verde: 4o trim 24 y 1er trim 25", "llamadas línea verde IV trim 24 y I trim de 2025"],
)
def test_quarters_are_read_with_the_year_behind_them(report: Town, question: str) -> None:
    answer = report.ask(question).answer
    assert "2.410" in answer
    assert "2.655" in answer


@pytest.mark.parametrize("question", ["¿Cuántas zonas Wi-Fi se activaron?", "How many Wi-Fi zones were activated?"])
def test_a_word_with_a_hyphen_is_the_one_that_the_documents_print(report: Town, question: str) -> None:
    assert "9 zonas wifi" in report.ask(question).answer
