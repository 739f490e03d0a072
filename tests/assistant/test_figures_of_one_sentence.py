"""Figures that one sentence of a letter or report lists: added up, put in order, and not told for another time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

LETTER = """
    Alcaldía de Brisamar

    Fecha Radicado: 2025-11-03 09:12:40

    Asunto: Respuesta al Derecho de Petición – Seguridad del muelle



    Seguridad del muelle

    Durante el año 2025, el Municipio realizó inversiones por $900 millones en seguridad del muelle.

    Entre los principales avances se destacan:

    - Contratación con la Empresa Costera, iniciada en marzo de 2025, por aproximadamente $640 millones, incluyendo:
     - Instalación de 80 faroles de gas.
     - Instalación de 25 cámaras fijas.

    Gracias al uso del sistema de videovigilancia, hasta octubre de 2025, se han logrado: 213 capturas; 54 bicicletas recuperadas, 37 relojes recuperados e incautación de 18 navajas plegables, 41 navajas fijas y 6 navajas de resorte.

    La evaluación externa pasó de 58% a 66%, con avances en las áreas de Faroles y Postes 71%, Cámaras 64% y Vigilancia del Muelle 83%.
"""  # noqa: E501


@pytest.fixture(scope="module")
def brisamar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("brisamar-lista")
    with found_town(folder, [write_text(folder / "respuesta.txt", LETTER)]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("Sumando todas las navajas incautadas gracias a la videovigilancia, ¿cuántas fueron?", "65"),
        ("Total de navajas incautadas con las cámaras", "65"),
        ("sumando bicicletas y relojes, cuántos recuperaron con las cámaras hasta octubre de 2025", "91"),
        ("Sumadas las bicicletas y los relojes, ¿cuánto se recuperó mediante las cámaras?", "91"),
    ],
)
def test_by_what_means_names_no_figure_of_a_sum(brisamar: Town, question: str, total: str) -> None:
    answer = brisamar.ask(question)
    assert answer.status == "answered"
    assert f"Suma: {total} " in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos faroles de gas funcionaban antes del contrato con la Empresa Costera?",
        "¿Cuántos faroles de gas había antes de contratar con la Empresa Costera?",
        "¿Cuántas cámaras fijas existían antes de la contratación?",
    ],
)
def test_what_a_contract_brings_is_not_what_there_was_before_it(brisamar: Town, question: str) -> None:
    assert brisamar.ask(question).status == "not_found"


def test_what_a_contract_brings_is_told(brisamar: Town) -> None:
    assert "80 faroles" in brisamar.ask("¿Cuántos faroles de gas trae el contrato con la Empresa Costera?").answer


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Ordene de mayor a menor las áreas en que avanzó la evaluación externa", ("83%", "71%", "64%")),
        ("Ordene las tres áreas de la evaluación externa de menor a mayor", ("64%", "71%", "83%")),
        ("¿Cuál de las áreas de la evaluación externa tuvo el mayor porcentaje?", ("83%", "71%", "64%")),
        ("Ordene de mayor a menor las navajas incautadas", ("41", "18", "6")),
    ],
)
def test_the_entries_of_a_sentence_are_put_in_order(brisamar: Town, question: str, order: tuple[str, ...]) -> None:
    lines = brisamar.ask(question).answer.splitlines()[1:]
    assert [line.split(": ")[-1].split(" [")[0] for line in lines] == list(order)


def test_the_order_names_each_entry_and_not_the_change_before_them(brisamar: Town) -> None:
    answer = brisamar.ask("Ordene de mayor a menor las áreas en que avanzó la evaluación externa").answer
    assert "Faroles y Postes: 71%" in answer
    assert "66%" not in answer
