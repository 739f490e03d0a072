"""Names in quotes, states found, notes to be confirmed and what is done by now are read for what they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

PLAN = """
    Alcaldía Municipal de
    Cerro Alto

    PLAN DE DESARROLLO 2024 - 2027

    CERRO ALTO CAMINA

    Dependencia: Secretaría de Gobierno
    Línea Estratégica: Vida en Paz
    Componente Impulsor de Avance: Convivencia

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: VECINOS→Jóvenes vinculados a la estrategia “Proyectos de Barrio sin Riñas”→0→Vincular a 640 jóvenes a la estrategia “Proyectos de Barrio sin Riñas”
    →Número de Ludotecas Públicas en operación→4 ludotecas Fuente: Secretaría de Gobierno, 2023→Incrementar a 7 el número de ludotecas en operación
    →Número de Ludotecas Públicas móviles puestas en operación→0→Poner en operación una (1) ludoteca móvil
    →Inspecciones de Policía dotadas→9 inspecciones operando sin equipos Fuente: Secretaría de Gobierno, 2023→Dotar 9 inspecciones de policía
    →Datos abiertos publicados→3 conjuntos de datos abiertos→Publicar 12 conjuntos
"""  # noqa: E501


@pytest.fixture(scope="module")
def hill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("names")
    with found_town(folder / "data", [write_text(folder / "plan.txt", PLAN)]) as town:
        yield town


def test_a_noun_inside_a_quoted_name_counts_no_rows(hill: Town) -> None:
    question = 'How many young people should join the "Proyectos de Barrio sin Riñas" strategy?'
    assert not hill.read(question).set_nouns
    assert "640" in hill.ask(question).answer


def test_a_noun_beside_a_quoted_name_still_counts(hill: Town) -> None:
    assert "proyectos" in hill.read('¿Cuántos proyectos hay en el programa "Proyectos de Vecinos"?').set_nouns


@pytest.mark.parametrize("ending", ["in what state were they found", "what condition were they in"])
def test_the_state_that_things_were_found_in_is_where_the_row_starts(hill: Town, ending: str) -> None:
    answer = hill.ask(f"How many police inspectorates will be equipped, and {ending}?")
    assert answer.status == "answered"
    assert "operando sin equipos" in answer.answer


@pytest.mark.parametrize("note", ["así lo pongo", "¿lo reporto así"])
def test_swapped_figures_are_of_the_row_that_has_both(hill: Town, note: str) -> None:
    answer = hill.ask(f"ludotecas públicas: hoy 7 y bajamos a 4, {note}?")
    assert "la línea base no es 7, es 4; la meta no es 4, es 7" in answer.answer


@pytest.mark.parametrize("question", ["y cuántas hay ya hechas?", "¿y cuántas hay ya abiertas?"])
def test_what_is_done_by_now_goes_on_with_the_row_before(hill: Town, question: str) -> None:
    answer = hill.talk("¿Cuál es la meta de ludotecas públicas en operación?", question)
    assert answer.status == "answered"
    assert "4 ludotecas" in answer.answer
    assert "datos" not in answer.answer
