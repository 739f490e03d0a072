"""The time that a question asks for: figures of another time answer nothing, those of that time are found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides

#: Only the first of the two slides names the office whose visitors both of them count.
SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Programa: PUERTAS ABIERTAS",
        "Visitantes de la CIVE",
        "1 oct al 31 dic 2024",
        "Canal Taquilla: 2.410\nCanal Telefónico: 1.130\nCanal Buzón: 460",
        "4.000 visitantes atendidos en la CIVE del 1 de octubre al 31 de diciembre de 2024.",
    ),
    (
        "Programa: PUERTAS ABIERTAS",
        "Visitantes",
        "1 ene al 31 mar 2025",
        "Canal Taquilla: 2.655\nCanal Telefónico: 1.390\nCanal Buzón: 520",
        "4.565 visitantes atendidos",
    ),
    ("Programa: AGUAS CLARAS", "INVERSIÓN: $800.000.000", "Nota: este proyecto se comparte con la CIVE."),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("asked_time")
    with found_town(folder / "data", [write_slides(folder / "rendicion.pptx", SLIDES)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos visitantes atendió la CIVE de abril a junio de 2025?",
        "visitantes CIVE abr-jun 2025?",
        "visitantes atendidos en la CIVE 2º trimestre 2025?",
        "visitantes de la CIVE, 3er trim. de 2024?",
        "canal taquilla de la CIVE jul-sep 2024?",
        "total taquilla + buzón de la CIVE abr-jun 2025",
    ],
)
def test_a_figure_of_another_time_answers_nothing(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "not_found", answer.answer


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("visitantes CIVE ene-mar 2025?", "4.565"),
        ("¿Cuántos visitantes atendió la CIVE en el primer trimestre de 2025?", "4.565"),
        ("visitantes CIVE 1er trimestre 2025", "4.565"),
        ("visitantes CIVE último trimestre 2024?", "4.000"),
        ("visitantes de la CIVE, trimestre IV de 2024", "4.000"),
        ("canal telefónico de la CIVE T1 2025", "1.390"),
    ],
)
def test_the_figure_of_the_time_asked_is_found_though_only_that_of_another_names_the_office(
    town: Town, question: str, figure: str
) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert figure in [one.text for one in answer.figures], answer.answer


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("CIVE ene-mar 2025: total canales taquilla + buzón", "3.175"),
        ("CIVE oct-dic 2024: total canales taquilla + buzón", "2.870"),
        ("¿La suma de los visitantes por canal de enero a marzo de 2025 coincide con el total de la CIVE?", "4.565"),
    ],
)
def test_what_is_added_up_is_of_the_time_asked(town: Town, question: str, total: str) -> None:
    assert total in [one.text for one in town.ask(question).figures]
