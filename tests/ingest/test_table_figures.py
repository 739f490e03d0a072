"""What the figures of a row say: their value and unit, the year they are of, and money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.extract import extract
from tests.support.blocks import document, table_block
from tests.support.tables import PLAN, REPORT, of_sheet, of_table, value


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("0,125", "0.125"),
        ("9,1250", "9.125"),
        ("1234,5", "1234.5"),
        ("800", "800"),
        ("12,5%", "12.5"),
        ("1.250,5", "1250.5"),
    ],
)
def test_a_number_of_a_workbook_has_its_value(printed: str, expected: str) -> None:
    (row,) = of_sheet(["Indicador|Unidad de medida|Meta", f"Aulas|Número|{printed}"]).rows
    assert value(row.target) == Decimal(expected)


def test_a_percentage_has_no_thousands() -> None:
    (row,) = of_sheet(["Indicador|Meta 2024|% Avance 2024", "Aulas|4|52.625%"], REPORT).rows
    assert row.yearly[0].percent == Decimal("52.625")


def test_a_target_that_is_a_number_of_four_digits_is_no_year() -> None:
    (row,) = of_sheet(["Indicador|Meta", "Aulas|2000"]).rows
    assert (value(row.target), row.warnings) == (2000, ())


def test_the_unit_column_gives_the_unit_and_generic_ones_none() -> None:
    rows = of_sheet(
        [
            "Indicador|Unidad de medida|Meta",
            "Vías|Kilómetros|30",
            "Aulas|Número|4",
            "Cobertura|Porcentaje|80",
            "Redes|None|2",
        ]
    ).rows
    assert [row.target and row.target.unit for row in rows] == ["Kilómetros", None, "%", None]
    assert [row.unit for row in rows] == ["Kilómetros", "Número", "Porcentaje", None]


def test_what_is_no_number_keeps_its_text_and_has_no_value() -> None:
    (row,) = of_sheet(["Indicador|Línea base|Meta", "Aulas|NaN|4"]).rows
    assert row.baseline is not None
    assert (row.baseline.text, row.baseline.value) == ("NaN", None)


def test_a_baseline_with_its_year_in_one_cell() -> None:
    rows = of_table(["Indicador|Línea base (año)|Meta 2027", "Cobertura|81,6 % (2023)|90 %", "Hogares|12 (2018)|9"])
    assert [(value(row.baseline), row.baseline and row.baseline.period) for row in rows] == [
        (Decimal("81.6"), "2023"),
        (12, "2018"),
    ]
    (plain,) = of_table(["Indicador|Línea base|Línea base (año)|Meta 2027", "Cobertura|81,6 %|2023|90 %"])
    assert (value(plain.baseline), plain.baseline and plain.baseline.period) == (Decimal("81.6"), "2023")


def test_a_target_below_its_baseline_is_pointed_out_unless_it_is_meant_to_fall() -> None:
    rows = of_sheet(["Indicador|Línea base|Meta|Tipo de meta", "Aulas|9|4|Incremento", "Homicidios|9|4|Reducción"]).rows
    assert [[notice.code for notice in row.warnings] for row in rows] == [["target-below-baseline"], []]
    assert rows[0].warnings[0].place == "hoja Hoja, celdas A2:D2"


def test_yes_or_no_under_acumulativo_is_said_in_words() -> None:
    rows = of_sheet(["Indicador|Acumulativo|Meta", "Aulas|Si|4", "Vías|No|5"]).rows
    assert [row.accumulation for row in rows] == ["Acumulativo", "No acumulativo"]


def test_yearly_targets_progress_and_percentages_stand_by_year() -> None:
    (row,) = of_table(
        [
            "Indicador|Meta cuatrienio|Meta 2024|Meta 2025|Avance 2024|Avance 2025|% Avance 2024",
            "Aulas|10|4|6|3|N.D.|75,5%",
        ],
        REPORT,
    )
    first, second = row.yearly
    assert (first.year, value(first.target), value(first.progress), first.percent) == (2024, 4, 3, Decimal("75.5"))
    assert (second.year, value(second.target), value(second.progress), second.percent) == (2025, 6, None, None)
    assert second.progress is not None
    assert second.progress.text == "N.D."


def test_years_over_targets_and_progress() -> None:
    (row,) = of_table(
        ["Indicador|2024|2024|2024|2025|2025|2025", "|Meta|Avance|%|Meta|Avance|%", "Aulas|4|3|75|6|6|100"],
        REPORT,
    )
    assert [(y.year, value(y.target), value(y.progress), y.percent) for y in row.yearly] == [
        (2024, 4, 3, 75),
        (2025, 6, 6, 100),
    ]


def test_the_nth_year_is_counted_from_the_first_of_the_term() -> None:
    (row,) = of_table(["Indicador|Meta|Año 1|Año 4", "Aulas|10|1|4"])
    assert [(figures.year, value(figures.target)) for figures in row.yearly] == [(2024, 1), (2027, 4)]


def test_a_row_for_each_year_takes_its_year_from_its_own_cell() -> None:
    rows = of_table(["Indicador|Vigencia|Meta|Avance", "Aulas|2024|4|3", "Aulas|2025|6|5"], REPORT)
    assert [[(y.year, value(y.target), value(y.progress)) for y in row.yearly] for row in rows] == [
        [(2024, 4, 3)],
        [(2025, 6, 5)],
    ]


def test_what_was_reached_in_the_term_is_the_figure_under_its_own_name() -> None:
    (row,) = of_table(["Indicador|Meta cuatrienio|Avance cuatrienio|% de avance", "Aulas|10|7|70"], REPORT)
    assert (row.kind, row.metric, value(row.figure)) == ("progress", "Avance cuatrienio", 7)


def test_a_column_of_a_year_nobody_names_gives_a_notice() -> None:
    found = extract(document([table_block(["Indicador|Meta cuatrienio|Meta vigencia", "Aulas|10|7"])]), PLAN)
    assert found.rows[0].yearly == ()
    assert [notice.code for notice in found.notices] == ["undated-columns"]


def test_quarters_stay_in_the_cells() -> None:
    (row,) = of_table(["Indicador|Meta 2025|T1. PLANEADO|T1. EJECUTADO", "Aulas|4|1|0"], REPORT)
    assert [figures.year for figures in row.yearly] == [2025]
    assert ("T1. EJECUTADO", "0") in row.cells


@pytest.mark.parametrize("before", ["", "Mejorar la lectura"])
def test_what_is_expected_in_the_last_year_is_the_target_of_the_term(before: str) -> None:
    (row,) = of_table(["Meta|Indicador|LB|ESPERADO 2027", f"{before}|Tasa de lectura|40|55"])
    assert (value(row.target), [(y.year, value(y.target)) for y in row.yearly]) == (55, [(2027, 55)])


def test_what_is_expected_earlier_is_not() -> None:
    (row,) = of_table(["Indicador|LB|ESPERADO 2025", "Tasa de lectura|40|55"])
    assert row.target is None


def test_money_by_source_and_year_with_its_total() -> None:
    (row,) = of_sheet(
        [
            "Indicador de producto|Meta|SGP salud 2024|Recursos propios 2024|Total 2024|SGP salud 2025",
            "Camas|4|3150000000|0|3150000000|",
        ]
    ).rows
    assert [(item.item, item.year, item.funding_source, item.value) for item in row.budget] == [
        ("programado", 2024, "SGP salud", 3150000000),
        ("programado", 2024, "Recursos propios", 0),
        ("programado", 2024, None, 3150000000),
    ]


def test_money_by_programme_is_a_row_of_the_budget() -> None:
    rows = of_table(
        [
            "Programa|Apropiación definitiva|Compromisos 2025|Pagos 2025",
            "Agua|$ 1.000.000|800.000|N.D.",
            "Total|1.000.000|800.000|",
        ]
    )
    (row,) = rows
    assert (row.kind, row.programme, row.indicator) == ("budget", "Agua", None)
    assert [(item.item, item.year, item.value) for item in row.budget] == [
        ("apropiacion_definitiva", 2025, 1000000),
        ("compromisos", 2025, 800000),
        ("pagos", 2025, None),
    ]


def test_money_printed_in_millions_is_kept_in_pesos() -> None:
    (row,) = of_table(["Programa|Inversión total (millones de pesos)", "Agua|1.250"])
    assert (row.budget[0].value, row.budget[0].text) == (1_250_000_000, "1.250")


def test_a_table_of_zero_money_says_nothing_of_money() -> None:
    found = extract(document([table_block(["Proyecto|Recursos programados", "Puente|0", "Muelle|0"])]), PLAN)
    assert found.rows == ()
    assert "Puente | 0" in [segment.text for prose in found.prose for segment in prose.segments]


def test_things_and_money_in_one_table() -> None:
    (row,) = of_table(
        [
            "Indicador|Meta 2024|Ejecutado 2024|% Cumplimiento 2024|Apropiación definitiva 2024|Compromisos 2024",
            "Aulas|4|3|75%|1000000|900000",
        ],
        REPORT,
    )
    (year,) = row.yearly
    assert (value(year.target), value(year.progress), year.percent) == (4, 3, 75)
    assert [item.item for item in row.budget] == ["apropiacion_definitiva", "compromisos"]
