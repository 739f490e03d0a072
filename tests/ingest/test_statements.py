"""Figures that reports state outside tables: each is a row that says what it measures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.extract import extract
from ingest.records import IndicatorRow, Overrides
from tests.support.blocks import text_document

REPORT = Overrides(kind="progress", entity="Palmarito", period="2025")


def rows_of(text: str) -> list[IndicatorRow]:
    return list(extract(text_document(text), REPORT).rows)


def told(text: str) -> list[tuple[str | None, Decimal | None]]:
    return [(row.metric, row.figure.value) for row in rows_of(text) if row.figure]


def test_a_label_before_a_figure_says_what_it_is() -> None:
    text = """
        Programa: Letras
        Indicador de producto: Bibliotecas dotadas

        Meta indicador de producto 2025
        68,8%
    """
    (row,) = [row for row in rows_of(text) if row.figure]
    assert (row.kind, row.metric, row.programme, row.indicator) == (
        "progress",
        "Meta 2025",
        "Letras",
        "Bibliotecas dotadas",
    )
    assert row.figure is not None
    assert (row.figure.value, row.figure.unit, row.figure.period) == (Decimal("68.8"), "%", "2025")


def test_a_line_of_figures_takes_the_column_titles_over_it() -> None:
    text = """
        NO. DE CONTRATOS
        ASIGNADO
        EJECUTADO

        12 $ 400.000.000 $ 250.000.000
    """
    found = rows_of(text)
    assert [(row.metric, row.figure and row.figure.value) for row in found] == [
        ("Número de contratos", 12),
        ("Asignado", 400_000_000),
        ("Ejecutado", 250_000_000),
    ]
    assert [(row.kind, [item.item for item in row.budget]) for row in found[1:]] == [
        ("budget", ["asignado"]),
        ("budget", ["ejecutado"]),
    ]


def test_several_figures_then_as_many_labels_belong_together_in_order() -> None:
    text = """
        350

        41

        Árboles sembrados

        Huertas abiertas
    """
    assert told(text) == [("Árboles sembrados", 350), ("Huertas abiertas", 41)]


def test_a_list_of_counts() -> None:
    text = """
        Peticiones por canal

        - Correo electrónico: 1.204
        - Ventanilla: 310
    """
    assert told(text) == [("Correo electrónico", 1204), ("Ventanilla", 310)]


def test_each_figure_of_a_sentence_has_its_own_clause() -> None:
    found = told("Se sembraron 350 árboles en la ribera y se abrieron 41 huertas en las escuelas.\n")
    assert [number for _, number in found] == [350, 41]
    assert [metric and ("árboles" in metric, "huertas" in metric) for metric, _ in found] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "text",
    ["Según el Decreto 1083 de 2015.", "Reunión el 7 de agosto.", "Oficina 402, piso 3.", "Página 4 de 12"],
)
def test_norms_dates_and_places_are_no_figures(text: str) -> None:
    assert told(text) == []


def test_a_period_that_heads_the_slide_holds_for_its_figures() -> None:
    (row,) = [row for row in rows_of("Vigencia 2024\n\nÁrboles sembrados: 350\n") if row.figure]
    assert row.figure is not None
    assert "2024" in (row.figure.period or "")


def test_each_row_quotes_its_line() -> None:
    (row,) = rows_of("Ventanilla: 310\n")
    assert ("310" in row.quote, row.place.line) == (True, 1)


def test_an_amount_is_of_the_budget_by_the_word_nearest_to_it() -> None:
    text = """
    Programa: Aulas vivas
    Presupuesto 2025 Asignado: $900.000.000 Presupuesto ejecutado: $450.000.000 (50%)
    """
    rows = rows_of(text)
    assert [(row.kind, [item.item for item in row.budget]) for row in rows] == [
        ("budget", ["asignado"]),
        ("budget", ["ejecutado"]),
        ("fact", []),
    ]
