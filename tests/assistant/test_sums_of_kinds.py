"""Kinds of a thing are added up where one sentence counts them all; an aside to add is no thing; notes list three."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

LETTER = """
    Alcaldía Municipal de Lomas Bajas
    Secretaría de Ambiente

    Radicado No. 20250000099001
    Fecha: 3 de junio de 2025

    Asunto: Respuesta a derecho de petición sobre limpieza de caños

    Reciba un cordial saludo:

    Fortalecimiento ambiental

    • Gracias a las jornadas de limpieza, en lo corrido de 2025 se han logrado: 310 lanchas revisadas, 45 tractores revisados y la retención de 62 llantas pequeñas, 18 llantas medianas y 904 llantas gigantes.
    • Siembra de 40 árboles de sombra.
    • Siembra de 25 árboles frutales y 30 árboles de sombra.

    Atentamente,

    NOEL BARRERA PINTO
    Secretario de Ambiente
"""  # noqa: E501


@pytest.fixture(scope="module")
def hills(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("hills")
    with found_town(folder / "data", [write_text(folder / "respuesta.txt", LETTER)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué total de llantas, de todos los tipos, se retuvo en las jornadas de limpieza?",
        "llantas retenidas: total de las tres clases",
        "sume las llantas retenidas, de todas las clases",
    ],
)
def test_all_kinds_that_one_sentence_counts_are_added_up(hills: Town, question: str) -> None:
    answer = hills.ask(question)
    assert "984" in [figure.text for figure in answer.figures], answer.answer


def test_another_number_of_kinds_than_the_sentence_has_is_not_added_up(hills: Town) -> None:
    answer = hills.ask("llantas retenidas: total de las cinco clases")
    assert not [figure for figure in answer.figures if figure.derivation], answer.answer


def test_kinds_that_several_sentences_count_are_no_partial_sum(hills: Town) -> None:
    answer = hills.ask("total de árboles sembrados de todos los tipos")
    assert "55" not in [figure.text for figure in answer.figures], answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas lanchas y tractores, sumados, se revisaron gracias a las jornadas?",
        "¿Cuántas lanchas y tractores, en total, se revisaron en las jornadas?",
    ],
)
def test_an_aside_that_asks_to_add_is_no_third_thing(hills: Town, question: str) -> None:
    answer = hills.ask(question)
    assert "355" in [figure.text for figure in answer.figures], answer.answer


def test_a_note_that_lists_three_things_is_answered_with_each(hills: Town) -> None:
    answer = hills.ask("limpieza: lanchas revisadas, llantas gigantes retenidas y árboles frutales sembrados")
    assert {"310", "904", "25"} <= {figure.text for figure in answer.figures}, answer.answer
