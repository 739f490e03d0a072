"""Documents that print one indicator on each card: labels beside their values, over them, or before a colon."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.extract import extract
from ingest.extract.forms import open_forms
from ingest.records import Block, Figure, IndicatorRow, Overrides, Place
from tests.support.blocks import document, paragraph, table_block

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
REPORT = Overrides(entity="Palmarito", period="2025", kind="progress")


def rows_of(*blocks: Block, said: Overrides = PLAN) -> tuple[IndicatorRow, ...]:
    return extract(document(blocks), said).rows


def value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


def told(rows: tuple[IndicatorRow, ...]) -> list[tuple[str | None, Decimal | None, Decimal | None]]:
    return [(row.indicator, value(row.baseline), value(row.target)) for row in rows]


def heading(text: str) -> Block:
    return Block(kind="heading", text=text, level=2, place=Place(page=1), group=1)


def card(*rows: str, page: int = 1) -> Block:
    return table_block(rows, page=page, group=page)


POZOS = [("Pozos abiertos", Decimal(2), Decimal(9))]

LAYOUTS = {
    "a label and a value in each row": ["Indicador|Pozos abiertos", "Línea base|2", "Meta cuatrienio|9"],
    "two pairs in each row": ["Indicador|Pozos abiertos|Unidad|Número", "Línea base|2|Meta cuatrienio|9"],
    "labels over their values": [
        "Indicador|Pozos abiertos||",
        "Línea base|Meta cuatrienio|2024|2025",
        "2|9|4|5",
    ],
    "a heading before two pairs": ["Indicador|Pozos abiertos", "Línea base|Valor|2|Año|2023", "Meta 2024-2027|9"],
    "labels before a colon inside cells": ["Indicador: Pozos abiertos|", "Línea base: 2|Meta cuatrienio: 9"],
    "a value that goes on below": ["Indicador|Pozos", "|abiertos", "Línea base|2", "Meta cuatrienio|9"],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_card_is_a_row_however_its_labels_stand(layout: str) -> None:
    assert told(rows_of(card(*LAYOUTS[layout]))) == POZOS


def test_years_over_their_figures_are_yearly_targets() -> None:
    (row,) = rows_of(card(*LAYOUTS["labels over their values"]))
    assert [(year.year, value(year.target)) for year in row.yearly] == [(2024, 4), (2025, 5)]


GRIDS = {
    "under a caption": ["Programación anual de la meta|||", "2024|2025|2026|2027", "4|5|0|0"],
    "beside a label": ["Vigencia|2024|2025|2026|2027", "Meta programada|4|5|0|0"],
}


@pytest.mark.parametrize("grid", GRIDS)
def test_a_grid_of_years_within_a_card_is_of_its_indicator(grid: str) -> None:
    pairs = ["Indicador|Pozos abiertos|||", "Línea base|2|Meta cuatrienio|9|", *GRIDS[grid], "Responsable|Aguas|||"]
    (row,) = rows_of(card(*pairs))
    assert told((row,)) == POZOS
    assert [(year.year, value(year.target)) for year in row.yearly] == [(2024, 4), (2025, 5), (2026, 0), (2027, 0)]
    assert row.dependency == "Aguas"


def test_each_row_of_a_grid_of_years_is_told_by_its_label() -> None:
    years = ["Vigencia|2024|2025", "Meta programada|4|5", "Avance|3|"]
    (row,) = rows_of(card("Indicador|Pozos abiertos|", "Línea base|2|", "Meta cuatrienio|9|", *years))
    assert [(value(year.target), value(year.progress)) for year in row.yearly] == [(4, 3), (5, None)]


def test_years_of_something_unknown_make_no_card() -> None:
    blocks = (card("Indicador|Pozos abiertos", "Lluvia en el municipio|", "2024|2025", "812|790"),)
    assert open_forms(blocks) == blocks


def test_the_name_on_a_card_of_an_indicator_is_the_indicators() -> None:
    rows = ["Ficha del indicador 4|", "Nombre|Pozos abiertos", "Línea base|2", "Meta cuatrienio|9"]
    assert told(rows_of(card(*rows))) == POZOS
    assert rows_of(card(*rows[1:])) == ()


def test_a_card_that_a_page_break_cuts_is_one_row_at_both_places() -> None:
    (row,) = rows_of(card("Indicador|Pozos abiertos", page=3), card("Línea base|2", "Meta cuatrienio|9", page=4))
    assert told((row,)) == POZOS
    assert [part.page for part in row.place.parts] == [3, 4]


def test_cards_below_each_other_are_rows_of_their_own() -> None:
    cards = [card(f"Indicador|{name}", "Línea base|2", "Meta cuatrienio|9") for name in ("Pozos", "Aulas", "Puentes")]
    assert [row.indicator for row in rows_of(*cards)] == ["Pozos", "Aulas", "Puentes"]


def test_a_sector_on_the_card_leaves_the_programme_of_the_heading() -> None:
    (row,) = rows_of(
        heading("Programa: Agua cerca"),
        card("Sector|Agua potable", "Indicador|Pozos abiertos", "Línea base|2", "Meta cuatrienio|9"),
    )
    assert [(step.role, step.value) for step in row.path] == [("sector", "Agua potable"), ("programme", "Agua cerca")]


LINES = ["Indicador: Pozos abiertos", "Unidad de medida: Número", "Línea base: 2", "Meta cuatrienio: 9"]


def test_lines_with_labels_are_cards_and_each_has_its_own_office() -> None:
    blocks = [paragraph(line, page=1, group=1) for line in (*LINES, "Responsable: Secretaría de Aguas")]
    blocks += [paragraph(line.replace("Pozos abiertos", "Aulas"), page=1, group=1) for line in LINES]
    blocks += [paragraph("Responsable: Secretaría de Educación", page=1, group=1)]
    assert [(row.indicator, row.dependency) for row in rows_of(*blocks)] == [
        ("Pozos abiertos", "Secretaría de Aguas"),
        ("Aulas", "Secretaría de Educación"),
    ]


def test_a_level_between_cards_holds_for_those_below_it() -> None:
    texts = ["Programa: Agua cerca", *LINES, "Programa: Letras", *(line.replace("Pozos", "Cupos") for line in LINES)]
    rows = rows_of(*(paragraph(text, page=1, group=1) for text in texts))
    assert [(row.programme, row.indicator) for row in rows] == [
        ("Agua cerca", "Pozos abiertos"),
        ("Letras", "Cupos abiertos"),
    ]


def test_a_paragraph_of_labels_is_a_card() -> None:
    text = "Meta de producto 1.2: Abrir 7 pozos. Indicador: Pozos abiertos. Línea base: 2. Meta cuatrienio: 9."
    assert told(rows_of(paragraph(text, page=1, group=1))) == POZOS


def test_a_report_that_prints_only_targets_of_an_indicator_tells_figures() -> None:
    lines = ["Indicador: Pozos abiertos", "Meta 2025: 68 %", "Meta cuatrienio: 90 %"]
    rows = rows_of(*(paragraph(line, page=1, group=1) for line in lines), said=REPORT)
    assert [row.metric for row in rows if row.figure is not None] == ["Meta 2025", "Meta cuatrienio"]


@pytest.mark.parametrize(
    "rows",
    [
        ["Indicador|Línea base|Meta", "Pozos|2|9"],
        ["Indicador|Línea base|Meta", "Pozos|2|9", "Aulas|1|4"],
        ["Contacto|Teléfono", "Alcaldía|123"],
        ["Indicador|Línea base|Meta", "Programa: Agua cerca||", "Pozos|2|9"],
    ],
)
def test_a_table_of_rows_is_no_card(rows: list[str]) -> None:
    blocks = (card(*rows),)
    assert open_forms(blocks) == blocks
