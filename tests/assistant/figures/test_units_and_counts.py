"""What a row is measured in, what is counted and is no money, and how many rows are called by a subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from assistant.answer import Answer
from assistant.question.measures import load_measures
from tests.support.town import Town, found_town

_HEADER = (
    "Dependencia", "Programa", "Consecutivo", "Producto", "Indicador de Producto", "Unidad de medida", "Línea Base",
    "Meta Cuatrienio", "Meta Vigencia 2024", "Meta Vigencia 2025", "Meta Vigencia 2026", "Avance 2024", "Avance 2025",
    "Avance Cuatrienio", "% Avance 2024", "% Avance 2025", "% Avance Cuatrienio",
)  # fmt: skip
_GREEN = ("Secretaría de Ambiente", "Agua y bosque")
_FARM = ("Secretaría de Agricultura", "Campo abierto")
_ROADS = ("Secretaría de Obras", "Huellas y andenes")
_HA, _NO = "Hectáreas", "Número"
_ROWS = (
    (*_GREEN, 1, "Servicio de protección", "Humedales conservados",
     _HA, 40, 900, 300, 350, 250, 310, 120, 430, 100, 34.29, 47.78),
    (*_GREEN, 2, "Servicio de siembra", "Hectáreas reforestadas apoyadas",
     _HA, 5, 80, 20, 30, 30, 11, 0, 11, 55, 0, 13.75),
    (*_FARM, 3, "Servicio de apoyo", "Participaciones en ruedas de negocios",
     _NO, 9, 50, 15, 15, 20, 15, 6, 21, 100, 40, 42),
    (*_FARM, 4, "Servicio de fomento", "Predios certificados", _NO, 0, 30, 30, 0, 0, 30, 0, 30, 100, 0, 100),
    (*_FARM, 5, "Servicio de riego", "Reservorios construidos", _NO, 2, 10, 0, 5, 5, 0, 1, 1, 0, 20, 10),
    (*_FARM, 6, "Servicio de educación", "Talleres de consumo responsable dictados",
     _NO, 0, 24, 6, 9, 9, 6, 4, 10, 100, 44.44, 41.67),
    (*_ROADS, 7, "Placa huella", "Placa huella construida", "Metros", 0, 260, 100, 160, 0, 90, 0, 90, 90, 0, 34.62),
    (*_ROADS, 8, "Placa huella", "Placa huella construida", "Metros", 0, 310, 0, 310, 0, 0, 0, 0, 0, 0, 0),
    (*_ROADS, 9, "Andenes", "Andenes construidos", "Metros cuadrados", 0, 700, 200, 500, 0, 200, 0, 200, 100, 0, 28.57),
)  # fmt: skip


@pytest.fixture(scope="module")
def prado(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("prado")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Indicadores"
    for row in (
        ("Municipio de Alto Prado",),
        ("Tablero de control del plan de desarrollo 2024-2027",),
        _HEADER,
        *_ROWS,
    ):
        sheet.append(list(row))
    book.save(folder / "alto_prado_tablero.xlsx")
    with found_town(folder / "data", [Path(folder / "alto_prado_tablero.xlsx")]) as town:
        yield town


def answered(answer: Answer) -> str:
    assert answer.status == "answered", answer.answer
    return answer.answer


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("¿Cuántas hectáreas de humedales conservados fija la meta de 2025 y 2026?", (": 350 [", ": 250 [")),
        (
            "¿Cuántas hectáreas de humedales se reportan como avance del cuatrienio y cuál era la meta?",
            (": 430 [", "900"),
        ),
    ],
)
def test_a_row_measured_in_what_is_counted_counts_it(prado: Town, question: str, figures: tuple[str, ...]) -> None:
    """The row of the wetlands is not left out for another that has the hectares in its name."""
    text = answered(prado.ask(question))
    assert all(figure in text for figure in figures), text
    assert "reforestadas" not in text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuántas participaciones en ruedas de negocios faltan para completar el cuatrienio?", "29 (50 − 21)"),
        ("¿Cuántas participaciones en ruedas de negocios lleva Alto Prado?", "21"),
    ],
)
def test_what_is_counted_is_no_source_of_money(prado: Town, question: str, figure: str) -> None:
    assert figure in answered(prado.ask(question))


def test_the_source_of_money_stays_one_where_an_amount_is_asked() -> None:
    read = load_measures().read("¿Cuánto se programó de participaciones para 2025?")
    assert read is not None
    assert read.measure.funding == (("sgp",),)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("¿Cuántos talleres de consumo responsable hizo Alto Prado en 2025 y cuántos eran los programados?",
         (": 4 [", ": 9 [")),
        ("¿Cuál es la meta de los talleres de consumo responsable?", ("24",)),
    ],
)  # fmt: skip
def test_how_one_behaves_asks_for_no_office(prado: Town, question: str, figures: tuple[str, ...]) -> None:
    text = answered(prado.ask(question))
    assert all(figure in text for figure in figures), text
    assert "dependencia a cargo" not in text.lower()


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("¿Cuántas metas de placa huella construida hay en el plan de Alto Prado?", 2),
        ("¿Cuántos indicadores de andenes tiene Alto Prado?", 1),
    ],
)
def test_the_rows_called_by_a_subject_are_counted(prado: Town, question: str, number: int) -> None:
    answer = prado.ask(question)
    assert f": {number} indicador" in answered(answer)
    assert len(answer.citations) == number
