"""Two things that a question names are each found by what it says of them, and put together, told apart or compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.figures.pairs import Operation, operation_asked
from tests.support.town import Town, found_town, write_slides, write_text


def derivations(answer: Answer) -> list[str]:
    return [figure.derivation for figure in answer.figures if figure.derivation]


def indicators(answer: Answer) -> list[str | None]:
    return [citation.indicator for citation in answer.citations]


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("¿Cuánto suman las canchas y los puentes?", "sum"),
        ("Canchas más los puentes, ¿cuánto da?", "sum"),
        ("¿Tienen la misma meta las canchas y los puentes?", "same"),
        ("¿Qué meta es mayor, la de canchas o la de puentes?", "greater"),
        ("¿Cuántas canchas más que puentes?", "difference"),
        ("¿Cuál es la meta de canchas?", None),
    ],
)
def test_what_is_done_with_two_things_is_read_from_the_question(text: str, operation: Operation | None) -> None:
    assert operation_asked(text) == operation


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("¿Cuánto suman los acueductos veredales y los puentes peatonales?", "9 + 7"),
        ("Acueductos veredales más los puentes peatonales, ¿cuánto da?", "9 + 7"),
        ("¿Cuántas brigadas de salud más que restaurantes escolares hay en las metas?", "48 − 18"),
        ("Diferencia entre las canchas deportivas y los puentes peatonales", "26 − 7"),
    ],
)
def test_two_rows_are_computed_with_their_terms(town: Town, question: str, terms: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert terms in derivations(answer)


def test_both_rows_of_a_comparison_are_cited(town: Town) -> None:
    answer = town.ask("¿Tienen la misma meta las canchas deportivas y los puentes peatonales?", entity="Villa Serena")
    assert answer.answer.startswith("No:")
    assert {"Canchas deportivas recuperadas", "Puentes peatonales construidos"} <= set(indicators(answer))


def test_the_larger_of_two_targets_is_named(town: Town) -> None:
    question = "¿Qué meta es mayor, la de canchas deportivas o la de puentes peatonales?"
    first = town.ask(question, entity="Villa Serena").answer.splitlines()[0]
    assert "«Canchas deportivas recuperadas», 26" in first
    assert "7 de «Puentes peatonales construidos»" in first


def test_rows_of_one_programme_are_said_to_be_of_it(town: Town) -> None:
    question = "¿Son del mismo programa las canchas deportivas y los deportistas apoyados?"
    assert town.ask(question, entity="Villa Serena").answer.startswith("Sí:")


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál es la diferencia entre la línea base y la meta de canchas deportivas?",
        "¿Cuánto suman los acueductos veredales y las patinetas voladoras?",
    ],
)
def test_no_two_things_are_read_where_one_or_none_is_named(town: Town, question: str) -> None:
    answer = town.ask(question, entity="Villa Serena")
    assert {"Puentes peatonales construidos", "Deportistas apoyados"}.isdisjoint(indicators(answer))
    assert not any(" + " in terms for terms in derivations(answer))


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A report of Monte Claro whose sentences each list several things that were done."""
    folder = tmp_path_factory.mktemp("watch")
    slides = (
        ("Rendición de cuentas 2025", "Alcaldía Municipal de Monte Claro", "Vigencia 2025"),
        (
            "Ojos del Monte",
            "Gracias a las cámaras se lograron en 2025: 64 capturas, 512 motocicletas recuperadas, "
            "97 vehículos recuperados y 33 celulares recuperados.",
            "Instalación de 41 cámaras LPR fijas, 13 PTZ y 7 multisensor.",
            "Reposición de 27 cámaras PTZ.",
        ),
    )
    path = write_slides(folder / "informe.pptx", slides)
    with found_town(folder / "data", [path]) as town:
        yield town


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("2025: motos + vehículos recuperados con las cámaras, total", "512 + 97"),
        ("¿Cuánto suman las capturas y los celulares recuperados con las cámaras?", "64 + 33"),
        ("Celulares más los vehículos recuperados gracias a las cámaras, ¿cuánto da?", "33 + 97"),
        ("¿Cuánto suman las cámaras LPR fijas y las PTZ?", "41 + 13"),
    ],
)
def test_by_what_means_goes_for_both_and_each_half_names_its_figure(watch: Town, question: str, terms: str) -> None:
    sums = [one for one in derivations(watch.ask(question)) if " + " in one]
    assert [sorted(one.split(" + ")) for one in sums] == [sorted(terms.split(" + "))]


TWINS = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Salud
    Línea Estratégica: Gente que Aprende y se Cuida
    Componente Impulsor de Avance: Bienestar Cercano

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: BATA BLANCA→Jóvenes vinculados a la estrategia Mente Sana→0 Fuente: Secretaría de Salud, 2023→Vincular a 640 jóvenes
    →Jóvenes vinculados a la estrategia Barrio en Forma→0 Fuente: Secretaría de Salud, 2023→Vincular a 640 jóvenes
    →Huertas caseras sembradas→12 huertas Fuente: Secretaría de Salud, 2023→Llegar a 14 huertas en el año 2027
"""  # noqa: E501

PROGRESS: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    ("AGUA PARA TODOS", "Avance a 30 de junio de 2025: 43%\nAumentamos 6,2 puntos en la cobertura del PMAA."),
    ("AGUA PARA TODOS", "9.410 usuarios atendidos en la VUS de enero a junio de 2025."),
)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two strategies with one target, and a report with a figure of each of two acronyms."""
    folder = tmp_path_factory.mktemp("twins")
    paths = [write_text(folder / "plan.txt", TWINS), write_slides(folder / "informe.pptx", PROGRESS)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Las metas de 640 jóvenes de Mente Sana y de Barrio en Forma son la misma meta repetida?",
        "¿Tienen idéntica meta Mente Sana y Barrio en Forma?",
        "¿La meta de 640 jóvenes de Barrio en Forma y la de Mente Sana son iguales?",
    ],
)
def test_two_rows_with_the_figure_that_is_said_are_both_told(twins: Town, question: str) -> None:
    answer = twins.ask(question)
    assert {
        "Jóvenes vinculados a la estrategia Mente Sana",
        "Jóvenes vinculados a la estrategia Barrio en Forma",
    } <= set(indicators(answer))


def test_one_row_does_not_say_that_two_are_the_same(twins: Town) -> None:
    answer = twins.ask("¿La meta de 640 jóvenes de Mente Sana y la de patinetas voladoras son la misma meta repetida?")
    assert "Sí" not in answer.answer


def test_two_figures_without_the_numbers_that_are_said_are_not_told_apart(twins: Town) -> None:
    answer = twins.ask("el 43 y el 71 de avance que salen en la del PMAA y en la de la VUS, ¿son avances distintos?")
    assert not answer.answer.startswith(("No:", "Sí:"))


def test_what_an_equation_comes_to_is_no_year(twins: Town) -> None:
    answer = twins.ask("huertas caseras: 12 que hay + 2 de la meta = 14?")
    assert answer.status == "answered"
    assert "Llegar a 14 huertas" in answer.answer


SQUARES = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Planeación
    Componente Impulsor de Avance: Pueblo Vivo

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: SOMBRA→Plazas y parques arborizados→2 Fuente: Personería, 2023→Arborizar 20 plazas y parques
    →Visitantes de ferias, plazas y parques→N.D.→Recibir 60.000 visitantes
"""


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("squares")
    with found_town(folder, [write_text(folder / "plan.txt", SQUARES)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas plazas y parques van a arborizar en total?",
        "cuántas plazas y parques van a arborizar en total y qué porcentaje del cuatrienio es eso",
    ],
)
def test_the_name_of_one_row_is_not_cut_in_two(squares: Town, question: str) -> None:
    answer = squares.ask(question)
    assert "60.020" not in answer.answer
    assert not any("+" in terms for terms in derivations(answer))
