"""No way of answering passes over the time that a question asks for, be the other time's figures ever so near."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides

# The office is named on the first of two slides alone: its words are nearer to the quarter that is not asked for.
SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Oficina de Trámites en Línea (OTL)",
        "1 oct al 31 dic 2024",
        "Canal Taquilla: 2.410\nCanal Virtual Portal: 1.130\nCanal Virtual Mensajes: 460",
        "4.000 usuarios atendidos en la OTL del 1 de octubre al 31 de diciembre de 2024.",
    ),
    (
        "Usuarios",
        "1 ene al 31 mar 2025",
        "Canal Taquilla: 2.655\nCanal Virtual Portal: 1.390\nCanal Virtual Mensajes: 520",
        "4.565 usuarios atendidos",
    ),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("report")
    with found_town(folder, [write_slides(folder / "rendicion.pptx", SLIDES)]) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿La suma de los usuarios por canal de enero a marzo de 2025 coincide con el total que reporta la OTL?",
        "OTL ene-mar 2025: total canales virtuales (portal + mensajes)",
        "¿Cuántos usuarios atendió la OTL por el canal virtual del portal entre enero y marzo de 2025?",
    ],
)
def test_figures_of_another_quarter_are_not_taken_for_those_asked_for(report: Town, question: str) -> None:
    answer = report.ask(question)
    assert not any(figure in answer.answer for figure in ("2.410", "1.130", "460", "1.590", "4.000"))


def test_a_list_is_held_against_its_total_at_the_time_asked_for(report: Town) -> None:
    answer = report.ask("¿La suma de los usuarios por canal de enero a marzo de 2025 coincide con el total de la OTL?")
    assert "2.655 + 1.390 + 520" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿La suma de los usuarios por canal de 2021 coincide con el total que reporta la OTL?",
        "OTL 2021: total canales virtuales (portal + mensajes)",
    ],
)
def test_a_time_that_no_document_has_is_not_found(report: Town, question: str) -> None:
    assert report.ask(question).status == "not_found"
