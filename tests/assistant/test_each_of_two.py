"""Two times, or two entries, of one thing asked for in one question: each is told by its own line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.town import Town, found_town, write_slides


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántos pacientes atendió la teleconsulta en el último trimestre de 2024 y en el primer trimestre de 2025?",
        "pacientes por teleconsulta en 4T24 y en 1T25",
        "How many patients did the teleconsulta see in the last quarter of 2024 and in the first quarter of 2025?",
    ],
)
def test_each_of_two_times_is_told_by_the_line_asked_for(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert {figure.value for figure in answer.figures} == {Decimal(460), Decimal(520)}


@pytest.mark.parametrize(
    "question",
    ["atendidos en teleconsulta y en puesto de salud en 2025, cuántos c/u", "canales: teleconsulta / brigada"],
)
def test_each_of_two_entries_is_told(town: Town, question: str) -> None:
    assert len(town.ask(question).citations) > 1


SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Programa: ALDEA CONECTADA",
        "Indicador de producto: Política de gobierno digital adoptada",
        "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n4 $310.000.000 $124.000.000 40%",
    ),
)


@pytest.mark.parametrize(
    "question",
    [
        "plata gobierno digital: asignado, ejecutado y %",
        "plata gobierno digital / Aldea Conectada: asignado y ejecutado",
    ],
)
def test_a_phrase_that_no_document_has_takes_no_word_of_one_that_they_have(tmp_path: Path, question: str) -> None:
    with found_town(tmp_path, [write_slides(tmp_path / "rendicion.pptx", SLIDES)]) as town:
        answer = town.ask(question)
        assert "gobiern digital" in {term.text for term in town.read(question).terms}
    assert answer.status == "answered"
    assert "310.000.000" in answer.answer
    assert "124.000.000" in answer.answer
