"""Layouts of indicator tables that spreadsheets of plans and reports use, one small table for each quirk."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from ingest.extract import extract
from ingest.records import Figure, IndicatorRow, Overrides
from tests.support.blocks import WORKBOOK, document, sheet_blocks

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
REPORT = Overrides(entity="Palmarito", period="2024-2027", kind="progress")


def rows_of(rows: Sequence[str], overrides: Overrides = PLAN, sheet: str = "Hoja") -> tuple[IndicatorRow, ...]:
    return extract(document(sheet_blocks(sheet, rows), media_type=WORKBOOK), overrides).rows


def value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


def progress_of(row: IndicatorRow) -> list[tuple[int | None, Decimal | None]]:
    return [(year.year, value(year.progress)) for year in row.yearly]


def test_headings_over_the_columns_tell_a_result_from_its_products() -> None:
    rows = rows_of(
        [
            "Metas de resultado|Metas de resultado|Metas de resultado|Metas de resultado|Programa"
            "|Metas de producto|Metas de producto|Metas de producto|Metas de producto",
            "Línea base|Unidad|Indicador|Meta|Programa|Línea base|Unidad|Indicador|Meta",
            "31|Porcentaje|Hogares con agua|44|Agua cerca|2|Número|Pozos abiertos|9",
        ]
    )
    assert [(row.kind, row.indicator, value(row.baseline), value(row.target)) for row in rows] == [
        ("result", "Hogares con agua", 31, 44),
        ("product", "Pozos abiertos", 2, 9),
    ]


def test_results_repeated_over_products_in_alternation_give_one_row_each() -> None:
    rows = rows_of(
        [
            "Indicador de resultado|Línea base|Meta|Programa|Indicador de producto|Línea base|Meta",
            "Hogares con agua|31|44|Agua cerca|Pozos abiertos|2|9",
            "Fugas al mes|70|40|Agua cerca|Tubos cambiados|0|600",
            "Hogares con agua|31|44|Agua cerca|Tanques lavados|5|25",
            "Fugas al mes|70|40|Agua cerca|Válvulas nuevas|1|18",
        ]
    )
    assert [row.indicator for row in rows if row.kind == "result"] == ["Hogares con agua", "Fugas al mes"]
    assert len([row for row in rows if row.kind == "product"]) == 4


@pytest.mark.parametrize("nothing", ["N/A", "No aplica meta de resultado", "Sin indicador"])
def test_a_result_that_does_not_apply_is_no_row(nothing: str) -> None:
    rows = rows_of(
        [
            "Indicador de resultado|Línea base|Meta|Programa|Indicador de producto|Línea base|Meta",
            f"{nothing}|N/A|N/A|Agua cerca|Pozos abiertos|2|9",
        ]
    )
    assert [(row.kind, row.indicator) for row in rows] == [("product", "Pozos abiertos")]


def test_a_sheet_of_one_year_dates_what_its_columns_call_the_year() -> None:
    (row,) = rows_of(
        [
            "Programa|Indicador|PROGRAMADO VIGENCIA|% CUMPLIMIENTO VIGENCIA",
            "Agua cerca|Pozos abiertos|4|75",
        ],
        REPORT,
        sheet="VIG 2024",
    )
    (year,) = row.yearly
    assert (year.year, value(year.target), year.percent) == (2024, 4, 75)


def test_percentages_printed_as_shares_of_one_are_percentages() -> None:
    rows = rows_of(
        [
            "Programa|Indicador|Meta 2024|Ejecutado 2024|% Cumplimiento 2024",
            "Agua cerca|Pozos abiertos|20|17|0,85",
            "Agua cerca|Tubos cambiados|600|300|0,5",
            "Agua cerca|Tanques lavados|25|25|1",
            "Agua cerca|Válvulas nuevas|10|12|1,2",
        ],
        REPORT,
    )
    assert [row.yearly[0].percent for row in rows] == [85, 50, 100, 120]


def test_advance_over_percentages_is_a_percentage() -> None:
    rows = rows_of(
        [
            "Programa|Indicador|Meta 2025|Avance 2025",
            "Agua cerca|Pozos abiertos|20|85%",
            "Agua cerca|Tubos cambiados|600|50%",
            "Agua cerca|Tanques lavados|25|100%",
        ],
        REPORT,
    )
    assert [(row.yearly[0].percent, row.yearly[0].progress) for row in rows] == [(85, None), (50, None), (100, None)]


def test_small_numbers_executed_beside_money_are_what_was_done() -> None:
    rows = rows_of(
        [
            "Programa|Indicador|Meta 2024|Ejecutado 2024|Apropiación definitiva 2024|Compromisos 2024",
            "Agua cerca|Pozos abiertos|4|3|250000000|190000000",
            "Agua cerca|Tubos cambiados|60|58|910000000|880000000",
            "Agua cerca|Tanques lavados|25|25|120000000|120000000",
        ],
        REPORT,
    )
    assert [progress_of(row) for row in rows] == [[(2024, 3)], [(2024, 58)], [(2024, 25)]]
    assert {item.item for row in rows for item in row.budget} == {"apropiacion_definitiva", "compromisos"}


def test_a_value_executed_beside_the_value_expected_is_what_was_done() -> None:
    (row,) = rows_of(
        [
            "Programa|Indicador|VALOR ESPERADO 2024|VALOR EJECUTADO 2024|Compromisos 2024",
            "Agua cerca|Pozos abiertos|4|3|190000000",
        ],
        REPORT,
    )
    (year,) = row.yearly
    assert (value(year.target), value(year.progress)) == (4, 3)


def test_money_of_a_source_nobody_listed_stands_among_the_others() -> None:
    (row,) = rows_of(
        [
            "Programa|Indicador|Meta|SGP 2024|Regalías 2024|Fondo de la palma 2024|Total 2024",
            "Agua cerca|Pozos abiertos|9|100000000|200000000|50000000|350000000",
        ]
    )
    assert sorted(item.value for item in row.budget if item.value) == [
        50_000_000,
        100_000_000,
        200_000_000,
        350_000_000,
    ]


RESULT = ("Indicador de resultado|LB|ESPERADO 2027|", "Hogares con agua|31|44|")


@pytest.mark.parametrize("before", [("", ""), RESULT], ids=["a product alone", "after a result"])
def test_expected_in_the_last_year_apart_and_again_among_the_years(before: tuple[str, str]) -> None:
    years = "ESPERADO 2024|ESPERADO 2025|ESPERADO 2026|ESPERADO 2027"
    *_, row = rows_of(
        [
            f"{before[0]}Programa|Indicador de producto|LB|ESPERADO 2027|Responsable|{years}",
            f"{before[1]}Agua cerca|Pozos abiertos|2|9|Obras|1|2|3|3",
        ]
    )
    assert value(row.target) == 9
    assert [(year.year, value(year.target)) for year in row.yearly] == [(2024, 1), (2025, 2), (2026, 3), (2027, 3)]


@pytest.mark.parametrize(
    "years", ["Año 1|Año 2|Año 3|Año 4", "2024|2025|2026|2027", "Meta 2024|Meta 2025|Meta 2026|Meta 2027"]
)
def test_the_last_years_target_right_before_the_years_is_the_terms(years: str) -> None:
    (row,) = rows_of([f"Programa|Indicador|LB|Meta 2027|{years}", "Agua cerca|Pozos abiertos|2|9|1|2|3|3"])
    assert value(row.target) == 9
    assert [(year.year, value(year.target)) for year in row.yearly] == [(2024, 1), (2025, 2), (2026, 3), (2027, 3)]


@pytest.mark.parametrize("columns", [("Programa", "PROGRAMA MGA"), ("PROGRAMA MGA", "Programa")])
def test_the_plans_own_programme_goes_before_the_nations(columns: tuple[str, str]) -> None:
    names = {"Programa": "Agua cerca", "PROGRAMA MGA": "4003 Acceso a agua potable"}
    (row,) = rows_of(
        [f"{columns[0]}|{columns[1]}|Indicador|LB|Meta", f"{names[columns[0]]}|{names[columns[1]]}|Pozos abiertos|2|9"]
    )
    assert row.programme == "Agua cerca"


def test_a_code_of_nine_digits_is_the_mgas() -> None:
    rows = rows_of(
        [
            "Programa|Cód. Indicador|Indicador|LB|Meta",
            "Agua cerca|400301500|Pozos abiertos|2|9",
            "Agua cerca|IP-7|Tubos cambiados|0|600",
        ]
    )
    assert [row.codes for row in rows] == [{"mga": "400301500"}, {"sispt": "IP-7"}]


def test_the_average_of_a_programme_is_no_row() -> None:
    rows = rows_of(
        [
            "Programa|Indicador|Meta 2024|Ejecutado 2024|% Cumplimiento 2024",
            "Agua cerca|Pozos abiertos|4|3|75%",
            "Promedio programa Agua cerca||||75%",
        ],
        REPORT,
    )
    assert [row.indicator for row in rows] == ["Pozos abiertos"]


def test_a_dot_after_the_year_in_a_header_is_nothing() -> None:
    (row,) = rows_of(["Programa|Indicador|LB|Meta|Meta 2024.|Meta 2025.", "Agua cerca|Pozos abiertos|2|9|4|5"])
    assert [(year.year, value(year.target)) for year in row.yearly] == [(2024, 4), (2025, 5)]


@pytest.mark.parametrize("swapped", [False, True])
def test_the_target_in_force_goes_before_its_first_version(swapped: bool) -> None:
    names, figures = ["META CUATRIENIO (versión inicial)", "META CUATRIENIO"], ["12", "9"]
    if swapped:
        names, figures = names[::-1], figures[::-1]
    (row,) = rows_of(
        [f"Programa|Indicador|LB|{names[0]}|{names[1]}", f"Agua cerca|Pozos abiertos|2|{figures[0]}|{figures[1]}"]
    )
    assert value(row.target) == 9


def test_a_target_that_says_it_is_of_a_product_is_not_the_results() -> None:
    rows = rows_of(
        [
            "Meta de resultado|Indicador de resultado|LB|Meta de producto|Indicador de producto|LB|Meta",
            "44|Hogares con agua|31|Abrir 9 pozos|Pozos abiertos|2|9",
            "44|Hogares con agua|31|Lavar 25 tanques|Tanques lavados|5|25",
        ]
    )
    assert [(row.kind, row.indicator, value(row.target)) for row in rows] == [
        ("result", "Hogares con agua", 44),
        ("product", "Pozos abiertos", 9),
        ("product", "Tanques lavados", 25),
    ]


def test_a_value_of_a_year_before_the_target_is_what_was_measured() -> None:
    (row,) = rows_of(["Indicador|Línea base|Meta 2027|Valor 2025", "Hogares con agua|31|44|37"], REPORT)
    assert (2025, 37) in progress_of(row)
    assert value(row.target) == 44


def test_what_was_done_stands_beside_what_was_programmed_though_money_was_done_too() -> None:
    (row,) = rows_of(
        [
            "Indicador|Meta|Prog. 2025|Ejec. 2025|Recursos asignados 2025|Recursos ejecutados 2025",
            "Pozos abiertos|9|4|3|20000000|18000000",
        ],
        REPORT,
    )
    assert [(year.year, value(year.target), value(year.progress)) for year in row.yearly] == [(2025, 4, 3)]


def test_a_year_over_programmed_and_done_dates_them() -> None:
    (row,) = rows_of(
        [
            "Indicador|LB|Meta|Vigencia 2025|Vigencia 2025|Responsable",
            "Indicador|LB|Meta|Programado|Ejecutado|Responsable",
            "Pozos abiertos|2|9|4|3|Oficina de Aguas",
        ],
        REPORT,
    )
    assert [(year.year, value(year.target), value(year.progress)) for year in row.yearly] == [(2025, 4, 3)]


def test_what_was_done_with_its_share_in_parentheses_is_the_first_figure() -> None:
    (row,) = rows_of(["Indicador|Meta 2025|Ejecutado 2025", "Pozos abiertos|4|3 (75 %)"], REPORT)
    assert progress_of(row) == [(2025, 3)]


def test_marks_of_notes_in_headers_do_not_count() -> None:
    (row,) = rows_of(["Indicador (1)|Línea base¹|Meta cuatrienio²", "Pozos abiertos|2|9"])
    assert (value(row.baseline), value(row.target)) == (2, 9)


def test_programmed_and_done_side_by_side_are_of_the_thing_though_a_budget_follows() -> None:
    (row,) = rows_of(
        [
            "Indicador|Meta|Programado 2025|Ejecutado 2025|% Avance 2025|Presupuesto 2025|Ejecutado ($)",
            "Pozos abiertos|9|4|3|75 %|$342.000.000|$307.800.000",
        ],
        REPORT,
    )
    assert [(year.year, value(year.target), value(year.progress)) for year in row.yearly] == [(2025, 4, 3)]


def test_shares_of_a_year_are_names_of_columns_and_no_amounts() -> None:
    (row,) = rows_of(
        ["Indicador|Línea base|Meta cuatrienio|Prog. 2024|Ejec. 2024|% 2024", "Aulas|2|9|4|3|75 %"], REPORT
    )
    assert [(year.year, value(year.target), value(year.progress), year.percent) for year in row.yearly] == [
        (2024, 4, 3, 75)
    ]


@pytest.mark.parametrize(("shares", "year_of_them"), [(("75 %", "50 %"), 2025), (("33,3 %", "20 %"), None)])
def test_a_share_of_no_year_is_the_years_where_it_comes_out(shares: tuple[str, str], year_of_them: int | None) -> None:
    rows = rows_of(
        [
            "Indicador|Meta cuatrienio|Meta 2025|Logro 2025|% de avance",
            f"Aulas|9|4|3|{shares[0]}",
            f"Pozos|10|4|2|{shares[1]}",
        ],
        REPORT,
    )
    assert [year.year for row in rows for year in row.yearly if year.percent is not None] == [year_of_them] * 2 * bool(
        year_of_them
    )
    assert [row.figure and row.figure.text for row in rows] == list(shares)


def test_the_last_datum_is_what_was_reached() -> None:
    (row,) = rows_of(["Indicador|Línea base (2023)|Meta 2027|Último dato (2024)", "Desempleo|14|11|12,7"], REPORT)
    assert progress_of(row) == [(2024, Decimal("12.7")), (2027, None)]


def test_the_last_of_the_years_is_the_products_though_the_result_has_a_target_of_that_year() -> None:
    names = "Indicador de resultado|Meta 2027|Indicador de producto|Meta cuatrienio|2024|2025|2026|2027"
    result, product = rows_of([names, "Deserción escolar|3,1|Aulas hechas|10|1|2|3|4"])
    assert [year.year for year in product.yearly] == [2024, 2025, 2026, 2027]
    assert value(product.yearly[-1].target) == 4
    assert value(result.target or result.yearly[-1].target) == Decimal("3.1")


def test_a_report_that_has_come_to_the_third_year_is_of_the_whole_term() -> None:
    names = "Indicador|Meta cuatrienio|Meta 2024|Logro 2024|Meta 2025|Logro 2025|Meta 2026|Logro 2026"
    (row,) = extract(document(sheet_blocks("Hoja", [names, "Pozos|9|1|1|2|2|3|1"]), media_type=WORKBOOK)).rows
    assert row.period == "2024-2027"
