"""What was there plus what comes, parts without their noun, a list less some entries, the other end of a change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.question.asks import asks_for
from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Monte Claro

    PLAN DE DESARROLLO 2024 - 2027

    MONTE CLARO CRECE

    Dependencia: Secretaría de Obras
    Línea Estratégica: Barrios Vivos
    Componente Impulsor de Avance: Espacio Público

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: A JUGAR→Ludotecas barriales construidas→6 ludotecas construidas a corte 2023 Fuente: Secretaría de Obras, 2023→Construir once (11) ludotecas nuevas
    →Ludotecas barriales pintadas→6 ludotecas construidas a corte 2023 Fuente: Secretaría de Obras, 2023→Pintar cuatro (4) ludotecas
    →Tractores para veredas entregados→14 tractores a corte 2023 Fuente: Secretaría de Obras, 2023→Entregar cincuenta (50) tractores
    →Número de comedores escolares en servicio→4 comedores en servicio Fuente: Secretaría de Obras, 2023→Incrementar a nueve (9) el número de comedores escolares en servicio
    →Talleres de música creados en las escuelas→3 escuelas sin talleres de música Fuente: Secretaría de Obras, 2023→Crear cinco (5) talleres de música en las escuelas
    →Viveros comunitarios habilitados→20 viveros Fuente: Secretaría de Obras, 2023→Habilitar treinta (30) viveros
    →Bibliotecas rurales habilitadas→40 bibliotecas Fuente: Secretaría de Obras, 2023→Habilitar cincuenta (50) bibliotecas
"""  # noqa: E501

LETTER = """
    Alcaldía Municipal de Monte Claro
    Secretaría de Gobierno

    Radicado No. 20250000045679
    Fecha: 21 de marzo de 2025

    Asunto: Respuesta a derecho de petición sobre alumbrado

    Durante 2025, el municipio adelantó las siguientes acciones:

    - Instalación de 40 luminarias solares y 12 postes metálicos.
    - Convenio con la empresa Luzsur, por $900 millones, incluyendo:
      - Instalación de 70 luminarias solares.
      - Instalación de 25 postes metálicos.

    En lo corrido de 2025 se decomisaron 31 redes de arrastre, 8 redes de cerco y 560 redes agalleras.

    Atentamente,

    TULIO BARRAGÁN SOTO
    Secretario de Gobierno
"""

SLIDES = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Monte Claro", "Vigencia 2025"),
    (
        "Visitantes del vivero",
        "1 oct al 31 dic 2024",
        "Sede norte: 2.400\nSede sur: 1.100\nSede rural: 500\n4.000 visitantes atendidos",
    ),
    (
        "Visitantes del vivero",
        "1 ene al 31 mar 2025",
        "Sede norte: 2.700\nSede sur: 1.200\nSede rural: 450\n4.350 visitantes atendidos",
    ),
    (
        "Programa: DATOS ABIERTOS",
        "LOGROS\n- Índice de transparencia 2024 en 71,5\n"
        "Incremento de 12,5 puntos con respecto a la vigencia anterior.",
    ),
)


@pytest.fixture(scope="module")
def hill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("hill")
    texts = {"plan.txt": PLAN, "respuesta.txt": LETTER}
    paths = [write_text(folder / name, text) for name, text in texts.items()]
    paths.append(write_slides(folder / "rendicion.pptx", SLIDES))
    with found_town(folder / "data", paths) as town:
        yield town


def terms(answer: Answer) -> list[str]:
    return [figure.derivation for figure in answer.figures if figure.derivation]


@pytest.mark.parametrize(
    ("question", "sum_"),
    [
        ("Si se suman las ludotecas barriales ya construidas a 2023 y las nuevas, ¿cuántas habría?", "6 + 11"),
        ("Si se cuentan juntas las 6 ludotecas construidas a 2023 y las nuevas, ¿cuántas ludotecas habría?", "6 + 11"),
        ("Sumando las ludotecas barriales que ya existían a las nuevas por construir, ¿cuántas habría?", "6 + 11"),
        (
            "Si a los 14 tractores existentes se agregan los que se van a entregar, ¿cuántos tractores habría?",
            "14 + 50",
        ),
        ("tractores para veredas: los q hay a 2023 más los q se van a entregar, cuántos son?", "14 + 50"),
        ("¿Cuántos tractores habría en total si a los existentes se suman los proyectados?", "14 + 50"),
    ],
)
def test_what_there_was_and_what_comes_of_one_row_are_added(hill: Town, question: str, sum_: str) -> None:
    assert terms(hill.ask(question)) == [sum_]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos comedores escolares habría sumando los que ya están en servicio y los nuevos?",
        "Talleres de música en las escuelas: los existentes + los nuevos",
    ],
)
def test_a_level_is_no_summand_nor_a_baseline_of_another_thing(hill: Town, question: str) -> None:
    assert not any(" + " in one for one in terms(hill.ask(question)))


def test_of_two_that_grow_both_are_told_with_their_percent(hill: Town) -> None:
    answer = hill.ask("¿Qué crece más en porcentaje: los viveros comunitarios o las bibliotecas rurales?")
    assert {"(30 − 20) ÷ 20 × 100", "(50 − 40) ÷ 40 × 100"} <= set(terms(answer))


def test_a_part_that_leaves_out_its_noun_has_that_of_the_other(hill: Town) -> None:
    answer = hill.ask("Si se suman las luminarias solares ya instaladas y las del convenio con Luzsur, ¿cuántas da?")
    assert "40 + 70" in terms(answer)


def test_two_of_one_list_are_added_where_the_question_names_the_list(hill: Town) -> None:
    answer = hill.ask("Convenio con Luzsur: total sumando luminarias solares y postes metálicos")
    assert "70 + 25" in terms(answer)


def test_parts_after_the_word_that_adds_are_added_though_a_time_stands_before(hill: Town) -> None:
    answer = hill.ask("¿Cuántas redes se decomisaron en lo corrido de 2025, sumando de arrastre, de cerco y agalleras?")
    assert "31 + 8 + 560" in terms(answer)


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Sin contar la sede rural, ¿cuántos visitantes tuvo el vivero de enero a marzo de 2025?", "4.350 − 450"),
        ("visitantes del vivero oct-dic 2024 excepto sede norte", "4.000 − 2.400"),
    ],
)
def test_a_list_less_some_entries_is_its_whole_less_them(hill: Town, question: str, rest: str) -> None:
    assert terms(hill.ask(question)) == [rest]


@pytest.mark.parametrize(
    "question",
    [
        "De enero a marzo de 2025, ¿qué participación tuvo la sede norte en el total de visitantes del vivero?",
        "Suma de la sede norte y los visitantes atendidos del vivero de enero a marzo de 2025",
    ],
)
def test_a_part_and_its_whole_are_never_added(hill: Town, question: str) -> None:
    assert not any(" + " in one for one in terms(hill.ask(question)))


@pytest.mark.parametrize(
    "question",
    [
        "Si el índice de transparencia quedó en 71,5 después de subir 12,5 puntos, ¿en cuánto estaba antes?",
        "¿En cuánto estaba el índice de transparencia la vigencia anterior?",
    ],
)
def test_the_other_end_of_a_change_is_worked_out(hill: Town, question: str) -> None:
    assert "71,5 − 12,5" in terms(hill.ask(question))


def test_no_end_is_worked_out_of_a_change_that_is_of_another_thing(hill: Town) -> None:
    assert "71,5 − 12,5" not in terms(hill.ask("¿En cuánto estaba la sede norte del vivero antes?"))


@pytest.mark.parametrize(
    "question",
    ["vivero sede norte: variación % 4T 2024 vs 1T 2025", "vivero sede norte: variación % entre los dos trimestres"],
)
def test_a_change_in_percent_between_two_times_needs_no_verb(hill: Town, question: str) -> None:
    assert "(2.700 − 2.400) ÷ 2.400 × 100" in terms(hill.ask(question))


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("Incrementar a ocho (8) el número de sedes", True),
        ("Llegar a 14 huertas", True),
        ("Construir veinte (20) garitas nuevas", False),
        ("Incrementar en 12 el número de sedes", False),
    ],
)
def test_a_target_that_is_a_level_is_told_from_one_on_top(text: str, reaches: bool) -> None:
    assert asks_for(text, "reaches") is reaches
