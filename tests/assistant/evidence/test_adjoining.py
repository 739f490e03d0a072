"""What stands beside a sentence and belongs to it, and sentences that say nothing of what is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

REPORT = """
    Alcaldía Municipal de Brezal

    INFORME DE GESTIÓN 2021 - 2022

    Programa: Archivo Abierto

    LOGROS

    - Traslado de los expedientes notariales al depósito nuevo que entregó en préstamo la fundación

    Bahía de los Alisos.

    - Limpieza de las cajas del depósito viejo.



    Gestión y cargue del censo de colmenas

    PUNTAJE DEL CENSO DE COLMENAS 2021: 64,2%



    VARIACIÓN DEL CENSO DE COLMENAS POR ALCALDÍAS

    Alcaldía de Cayo Nuevo

    Alcaldía de Brezal

    Grupo par



    La ventanilla postal atiende en el mercado.

    4.120 vecinos atendidos en la ventanilla postal del 1 de octubre al 31 de diciembre del 2021.
"""

PLAN = """
    Alcaldía Municipal de Brezal

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Puertos
    Línea Estratégica: Costa Viva
    Componente Impulsor de Avance: Oficios Nuevos

    Los oficios nuevos amplían de qué vive la costa y bajan su dependencia de un oficio único. La alcaldía promoverá los oficios nuevos para bajar la dependencia de un oficio muy antiguo en la costa como lo es la salazón.

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: REMOS→Lanchas de vigilancia entregadas→5 lanchas Fuente: Puertos, 2023→Entregar doce (12) lanchas
"""  # noqa: E501

NEIGHBOUR = """
    Alcaldía Municipal de Cayo Nuevo
    Guardia Costera

    Radicado No. 20250000098765
    Fecha: 3 de febrero de 2025

    Asunto: Respuesta a derecho de petición sobre la vigilancia de la bahía

    Reciba un cordial saludo:

    Durante 2025 se han logrado en la bahía: 40 redes retiradas, 31 lanchas recuperadas y 1.200 boyas cambiadas.
"""


@pytest.fixture(scope="module")
def brezal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("brezal")
    (folder / "documents").mkdir()
    texts = {"informe.txt": REPORT, "plan.txt": PLAN, "carta.txt": NEIGHBOUR}
    paths = [write_text(folder / "documents" / name, text) for name, text in texts.items()]
    with found_town(folder / "data", paths) as town:
        yield town


def test_a_sentence_broken_over_two_lines_is_told_whole(brezal: Town) -> None:
    answer = brezal.ask("¿Qué fundación dio en préstamo el depósito para el traslado de los expedientes notariales?")
    assert "Bahía de los Alisos" in answer.answer
    assert "cajas" not in answer.answer


def test_the_next_sentence_of_a_paragraph_is_told_when_it_fits_as_well(brezal: Town) -> None:
    answer = brezal.ask("Según la descripción de Oficios Nuevos, ¿de qué oficio quiere bajar su dependencia la costa?")
    assert "salazón" in answer.answer


def test_a_year_that_no_document_speaks_of_is_not_answered_by_undated_sentences(brezal: Town) -> None:
    answer = brezal.ask("¿Cuál fue el puntaje del censo de colmenas de Brezal en la vigencia 2023?")
    assert answer.status == "not_found"
    assert "64,2" in brezal.ask("¿Cuál fue el puntaje del censo de colmenas de Brezal en 2021?").answer


@pytest.mark.parametrize(
    "question",
    [
        "vecinos ventanilla postal x telegrama ene-mar 2022",
        "¿cuántos vecinos atendió la ventanilla postal por telegrama?",
    ],
)
def test_a_channel_that_no_document_names_is_not_answered_by_the_whole(brezal: Town, question: str) -> None:
    assert brezal.ask(question, entity="Brezal").status == "not_found"


def test_who_did_it_is_no_channel(brezal: Town) -> None:
    assert "4.120" in brezal.ask("¿Cuántos vecinos fueron atendidos por la ventanilla postal?", entity="Brezal").answer


def test_of_what_has_been_a_report_of_another_city_may_be_meant(brezal: Town) -> None:
    asked = brezal.ask("¿cuántas lanchas fueron?")
    assert asked.status == "clarify"
    assert {citation.entity for citation in asked.citations} == {"Brezal", "Cayo Nuevo"}
    assert "12" in brezal.ask("¿cuántas lanchas van a entregar?").answer


def test_how_much_something_changed_is_not_answered_by_a_list_without_figures(brezal: Town) -> None:
    assert (
        "Grupo par"
        not in brezal.ask("¿Cuál fue la variación porcentual del censo de colmenas?", entity="Brezal").answer
    )
