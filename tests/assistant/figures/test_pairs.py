"""Two things that a question names are each found by what it says of them, and put together, told apart or compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.figures.pairs import Operation, operation_asked
from tests.support.town import Town, found_town, write_slides


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
