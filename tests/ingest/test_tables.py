"""Rows of indicator tables in the layouts that cities use; the fixtures are named after their quirk."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from ingest.extract import extract
from ingest.records import Block, Extraction, Figure, IndicatorRow, Overrides, Place, ReadDocument
from tests.support.blocks import WORKBOOK, document, paragraph, sheet_blocks, table_block, text_document

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
REPORT = Overrides(entity="Palmarito", period="2024-2027", kind="progress")


def of_table(rows: Sequence[str], overrides: Overrides = PLAN) -> tuple[IndicatorRow, ...]:
    return extract(document([table_block(rows)]), overrides).rows


def of_sheet(rows: Sequence[str], overrides: Overrides = PLAN, **more: object) -> Extraction:
    return extract(document(sheet_blocks("Hoja", rows, **more), media_type=WORKBOOK), overrides)  # type: ignore[arg-type]


def value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


def text_rows(text: str) -> tuple[IndicatorRow, ...]:
    return extract(text_document(text), PLAN).rows


NUMBERED_LEVELS_ABOVE = """
    LÍNEA ESTRATÉGICA 2. Territorio sano
    Sector: Ambiente
    Programa 2.1: Aire limpio para todos
    Responsable: Secretaría de Ambiente

    Indicador→LB→Meta 2024-2027
    Estaciones de monitoreo instaladas→3→Instalar 8 estaciones
    Porcentaje de días con aire bueno→61,5 % Fuente: Corporación Autónoma, 2023→75 %

    Programa 2.2: Agua segura

    Indicador→LB→Meta 2024-2027
    Plantas optimizadas→ND→Cuatro (4) plantas
"""


def test_numbered_levels_above_tables_hold_until_the_next() -> None:
    air, days, plants = text_rows(NUMBERED_LEVELS_ABOVE)
    assert [row.programme for row in (air, days, plants)] == ["Aire limpio para todos"] * 2 + ["Agua segura"]
    assert {row.strategic_line for row in (air, days, plants)} == {"Territorio sano"}
    assert {row.dependency for row in (air, days, plants)} == {"Secretaría de Ambiente"}
    assert (value(air.baseline), value(air.target), air.target and air.target.unit) == (3, 8, "estaciones")
    assert days.baseline is not None
    assert (days.baseline.text, days.baseline.source) == ("61,5 %", "Corporación Autónoma, 2023")
    assert (plants.baseline and plants.baseline.text, value(plants.baseline), value(plants.target)) == ("ND", None, 4)


PIPES_WITH_PROGRAMME_IN_ITS_OWN_COLUMN = """
    | Sector | Programa | Producto | Indicador | LB | Meta 2024-2027 | Responsable |
    |---|---|---|---|---|---|---|
    | Educación | Escuelas vivas | Aulas nuevas | Aulas construidas | 12 | 40 | Secretaría de Educación |
    | | | Aulas mejoradas | Metros mejorados | 7 | 25 | |
    | Salud | Vida sana | Vacunación | Niños vacunados | 1.250 | 2.000 | Secretaría de Salud |
    | Total | | | | | 2.065 | |
"""


def test_blank_level_cells_mean_as_above_and_totals_are_no_rows() -> None:
    rows = text_rows(PIPES_WITH_PROGRAMME_IN_ITS_OWN_COLUMN)
    assert [row.programme for row in rows] == ["Escuelas vivas", "Escuelas vivas", "Vida sana"]
    assert [row.step("product") for row in rows] == ["Aulas nuevas", "Aulas mejoradas", "Vacunación"]
    assert [row.dependency for row in rows] == ["Secretaría de Educación"] * 2 + ["Secretaría de Salud"]
    assert [value(row.baseline) for row in rows] == [12, 7, 1250]


def test_an_office_does_not_reach_into_the_next_programme() -> None:
    rows = of_table(["Programa|Indicador|Meta|Responsable", "Letras|Aulas|2|Planeación", "Campo|Vías|3|"])
    assert [row.dependency for row in rows] == ["Planeación", None]


def test_levels_may_stand_in_any_order_of_columns() -> None:
    rows = of_table(
        [
            "Producto|Programa|Línea estratégica|Indicador|Meta",
            "Vías|Campo|Tierra|Kilómetros|30",
            "Aulas|Letras|Vida|Aulas|2",
        ]
    )
    assert [(row.strategic_line, row.programme, row.step("product")) for row in rows] == [
        ("Tierra", "Campo", "Vías"),
        ("Vida", "Letras", "Aulas"),
    ]


def test_two_columns_of_one_level_keep_both() -> None:
    (row,) = of_table(["Componente|Estrategia|Programa|Indicador|Meta", "Tierra|Semillas|Campo|Vías|3"])
    assert row.component == "Tierra"
    assert ("Estrategia", "Semillas") in [(step.level, step.value) for step in row.path]


def test_a_band_across_the_table_is_the_level_of_the_rows_below() -> None:
    rows = of_table(
        [
            "Indicador|Línea base|Meta",
            "PROGRAMA 1: Letras||",
            "Aulas|1|2",
            "PROGRAMA 2: Campo|PROGRAMA 2: Campo|PROGRAMA 2: Campo",
            "Vías|3|4",
        ]
    )
    assert [(row.programme, row.indicator) for row in rows] == [("Letras", "Aulas"), ("Campo", "Vías")]


def test_notes_and_repeated_headers_are_no_rows() -> None:
    rows = of_table(
        [
            "Indicador|Línea base|Meta",
            "Aulas|1|2",
            "INDICADOR|LÍNEA BASE|META",
            "Vías|3|4",
            "Fuente: Secretaría de Planeación|2023|",
            "Total general|4|6",
        ]
    )
    assert [row.indicator for row in rows] == ["Aulas", "Vías"]


def test_an_indicator_that_begins_with_total_is_a_row() -> None:
    rows = of_table(["Indicador|Meta", "Total de hectáreas sembradas|30", "Total|30", "Total programa Letras|30"])
    assert [row.indicator for row in rows] == ["Total de hectáreas sembradas"]


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


def test_a_column_nobody_knows_gives_a_notice_and_stays_in_the_cells() -> None:
    found = extract(document([table_block(["Indicador|Meta|Zarigüeya", "Aulas|10|sí"])]), PLAN)
    assert ("Zarigüeya", "sí") in found.rows[0].cells
    (notice,) = found.notices
    assert (notice.code, "«Zarigüeya»" in notice.message) == ("unknown-columns", True)


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


def test_codes_of_each_system_and_a_running_number_that_is_one() -> None:
    rows = of_sheet(
        [
            "Consecutivo|Código MGA|BPIN|Indicador de producto|Meta",
            "IP-7|170200700|2024000000001|Aulas|4",
            "12||  |Vías|5",
        ]
    ).rows
    assert rows[0].codes == {"sispt": "IP-7", "mga": "170200700", "bpin": "2024000000001"}
    assert rows[1].codes == {"code": "12"}


def test_yes_or_no_under_acumulativo_is_said_in_words() -> None:
    rows = of_sheet(["Indicador|Acumulativo|Meta", "Aulas|Si|4", "Vías|No|5"]).rows
    assert [row.accumulation for row in rows] == ["Acumulativo", "No acumulativo"]


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


@pytest.mark.parametrize(
    "rows",
    [
        ["Dependencia|Teléfono", "Planeación|6041234567"],
        ["Comuna|Población 2023|Hombres", "Norte|1.200|600"],
        ["Fuente de financiación|2024|2025", "SGP|100|200"],
    ],
)
def test_tables_of_other_things_stay_prose(rows: list[str]) -> None:
    found = extract(document([table_block(rows)]), PLAN)
    assert found.rows == ()
    assert found.tables == 1
    assert rows[1].split("|")[0] in found.prose[0].segments[1].text


RESULT_MERGED_OVER_ITS_PRODUCTS = [
    "RESULTADO|RESULTADO|RESULTADO|PROGRAMA|PRODUCTO|PRODUCTO|PRODUCTO",
    "Indicador|Línea base|Meta|PROGRAMA|Indicador|Línea base|Meta",
    "Tasa de lectura|40|55|Letras|Bibliotecas dotadas|2|6",
    "Tasa de lectura|40|55|Letras|Libros comprados|100|900",
]


def test_a_result_over_several_products_is_one_row_and_each_product_one() -> None:
    rows = of_sheet(RESULT_MERGED_OVER_ITS_PRODUCTS, merged=[(3, 0), (3, 1), (3, 2)]).rows
    assert [(row.kind, row.indicator, value(row.baseline), value(row.target)) for row in rows] == [
        ("result", "Tasa de lectura", 40, 55),
        ("product", "Bibliotecas dotadas", 2, 6),
        ("product", "Libros comprados", 100, 900),
    ]
    assert len({row.row_id for row in rows}) == 3


def test_several_tables_in_one_sheet() -> None:
    rows = of_sheet(
        [
            "METAS DE RESULTADO|||",
            "Indicador|Línea base|Meta|Responsable",
            "Tasa|40|55|Cultura",
            "METAS DE PRODUCTO|||",
            "Programa|Indicador|Meta|Unidad",
            "Letras|Libros|900|Libros",
        ]
    ).rows
    assert [(row.kind, row.indicator, value(row.target)) for row in rows] == [
        ("result", "Tasa", 55),
        ("product", "Libros", 900),
    ]


def test_a_target_sentence_before_its_indicator() -> None:
    (row,) = of_table(["META|INDIACADOR|LINEA BASE", "Capacitar a 120 pescadores|Pescadores capacitados|S.L"])
    assert (row.indicator, value(row.target), value(row.baseline)) == ("Pescadores capacitados", 120, None)


def two_pages(first: Sequence[str], *between: Block, second: Sequence[str]) -> ReadDocument:
    return document(
        [table_block(first, page=1), *between, table_block(second, page=2, group=1, first_line=30)],
    )


HEAD = ["Programa|Indicador|Meta", "Letras|Aulas|2"]


def test_a_table_goes_on_over_the_page_without_its_header_and_keeps_its_programme() -> None:
    found = extract(two_pages(HEAD, paragraph("14", page=1), second=["|Libros|900", "Campo|Vías|3"]), PLAN)
    assert [(row.programme, row.indicator, row.place.page) for row in found.rows] == [
        ("Letras", "Aulas", 1),
        ("Letras", "Libros", 2),
        ("Campo", "Vías", 2),
    ]


def test_the_rest_of_a_cut_cell_names_no_column() -> None:
    """Below a page break, "y centros poblados" ends an indicator and heads nothing."""
    head = ["Programa|Indicador|Meta|Responsable", "Letras|Parques adecuados en barrios|2|Oficina de"]
    second = ["|y centros poblados||Infraestructura", "Campo|Vías|3|Oficina de Campo"]
    found = extract(two_pages(head, second=second), PLAN)
    assert [(row.programme, row.indicator) for row in found.rows] == [
        ("Letras", "Parques adecuados en barrios y centros poblados"),
        ("Campo", "Vías"),
    ]


def test_a_repeated_header_too_low_for_its_names_is_the_same_header() -> None:
    head = ["Programa|Indicador|Meta cuatrienio", "Letras|Jornadas de lectura|2"]
    second = ["Programa|Indicador|Meta cuatrien", "|en veredas|io", "|Libros|900"]
    found = extract(two_pages(head, second=second), PLAN)
    assert [(row.programme, row.indicator, value(row.target)) for row in found.rows] == [
        ("Letras", "Jornadas de lectura en veredas", 2),
        ("Letras", "Libros", 900),
    ]


def test_the_caption_of_a_table_is_no_programme() -> None:
    caption = Block(kind="paragraph", text="Tabla 4. Indicadores de producto", emphasis=True, place=Place(page=1))
    found = extract(document([caption, table_block(["Indicador|Meta", "Aulas|2"], page=1)]), PLAN)
    assert [row.programme for row in found.rows] == [None]


def test_a_name_that_a_narrow_column_broke_is_whole() -> None:
    (row,) = of_table(["Indicador|Meta|OD S", "Aulas|2|4"])
    assert row.ods == "4"


def test_a_title_that_says_which_indicators_follow_is_no_programme() -> None:
    says = Block(kind="heading", text="Indicadores de bienestar del sector Salud", level=2, place=Place(page=1))
    found = extract(document([says, table_block(["Indicador|Meta", "Aulas|2"], page=1)]), PLAN)
    assert [row.programme for row in found.rows] == [None]


def test_a_baseline_with_its_year_in_one_cell() -> None:
    rows = of_table(["Indicador|Línea base (año)|Meta 2027", "Cobertura|81,6 % (2023)|90 %", "Hogares|12 (2018)|9"])
    assert [(value(row.baseline), row.baseline and row.baseline.period) for row in rows] == [
        (Decimal("81.6"), "2023"),
        (12, "2018"),
    ]
    (plain,) = of_table(["Indicador|Línea base|Línea base (año)|Meta 2027", "Cobertura|81,6 %|2023|90 %"])
    assert (value(plain.baseline), plain.baseline and plain.baseline.period) == (Decimal("81.6"), "2023")


@pytest.mark.parametrize(
    ("between", "second"),
    [
        ([paragraph("Diagnóstico de la población rural", page=2, group=1)], ["Norte|Sur|3"]),
        ([], ["Norte|Sur|3|4"]),
        ([], ["Comuna|Población|Área", "Norte|200|3"]),
        ([], ["2021|12|3", "2022|14|4"]),
    ],
)
def test_another_table_does_not_go_on_with_the_one_before(between: list[Block], second: list[str]) -> None:
    assert [row.indicator for row in extract(two_pages(HEAD, *between, second=second), PLAN).rows] == ["Aulas"]


def test_the_levels_of_one_sheet_do_not_reach_into_the_next() -> None:
    blocks = [
        *sheet_blocks("Uno", ["PROGRAMA: Letras||", "Indicador|Línea base|Meta", "Aulas|1|2"]),
        *sheet_blocks("Dos", ["Indicador|Línea base|Meta", "Vías|3|4"], group=1),
    ]
    rows = extract(document(blocks, media_type=WORKBOOK), PLAN).rows
    assert [row.programme for row in rows] == ["Letras", None]


def test_a_target_below_its_baseline_is_pointed_out_unless_it_is_meant_to_fall() -> None:
    rows = of_sheet(["Indicador|Línea base|Meta|Tipo de meta", "Aulas|9|4|Incremento", "Homicidios|9|4|Reducción"]).rows
    assert [[notice.code for notice in row.warnings] for row in rows] == [["target-below-baseline"], []]
    assert rows[0].warnings[0].place == "hoja Hoja, celdas A2:D2"


def test_a_sentence_and_a_number_for_one_target() -> None:
    (row,) = of_table(
        [
            "Meta de producto|Indicador de producto|Línea base|Meta cuatrienio",
            "Construir tres aulas en veredas|Aulas|1|3",
        ]
    )
    assert (row.indicator, row.target and row.target.text, value(row.target)) == ("Aulas", "3", 3)
    assert ("Meta de producto", "Construir tres aulas en veredas") in row.cells


def test_targets_told_in_sentences_without_an_indicator_column() -> None:
    (row,) = of_table(["Programa|Meta|Línea base|Responsable", "Letras|Construir 3 aulas en veredas|1|Planeación"])
    assert (row.indicator, value(row.target), value(row.baseline)) == ("Construir 3 aulas en veredas", 3, 1)


def test_a_product_is_its_own_indicator_where_the_table_has_no_other() -> None:
    (row,) = of_table(["Programa|Producto|Meta", "Letras|Aulas construidas|3"])
    assert (row.indicator, row.step("product"), value(row.target)) == ("Aulas construidas", "Aulas construidas", 3)


def test_a_figure_without_its_indicator_is_told() -> None:
    found = extract(document([table_block(["Indicador|Línea base|Meta", "Aulas|1|2", "|3|4", "Vías|5|6"])]), PLAN)
    assert [row.indicator for row in found.rows] == ["Aulas", "Vías"]
    assert [(notice.code, notice.place) for notice in found.notices] == [("rows-without-indicator", "línea 3")]


def test_years_over_targets_and_progress() -> None:
    (row,) = of_table(
        ["Indicador|2024|2024|2024|2025|2025|2025", "|Meta|Avance|%|Meta|Avance|%", "Aulas|4|3|75|6|6|100"],
        REPORT,
    )
    assert [(y.year, value(y.target), value(y.progress), y.percent) for y in row.yearly] == [
        (2024, 4, 3, 75),
        (2025, 6, 6, 100),
    ]


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


def test_results_then_programmes_with_their_products_in_one_table() -> None:
    results, *products = of_table(
        [
            "METAS DE RESULTADO | METAS DE RESULTADO | METAS DE RESULTADO | METAS DE RESULTADO",
            "META DE RESULTADO | INDICADOR | L.B. | FUENTE",
            "Bajar a 8 la tasa de siniestros | Tasa de siniestros | 11 (2023) | Tránsito",
            " | ".join(["PROGRAMA CALLES QUE UNEN"] * 4),
            "META | INDIACADOR | L.B | RESPONSABLE",
            "Señalizar 12 cruces | Cruces señalizados | 3 | Secretaría de Tránsito",
            " | ".join(["Programa 1.2  Paso seguro"] * 4),
            "META | INDICADOR | L.B | RESPONSABLE",
            "Formar 300 conductores | Conductores formados | S.L. | Secretaría de Tránsito",
        ]
    )
    assert (results.kind, results.programme, value(results.target)) == ("result", None, 8)
    assert [(row.kind, row.programme) for row in products] == [
        ("product", "CALLES QUE UNEN"),
        ("product", "Paso seguro"),
    ]
    assert [value(row.target) for row in products] == [12, 300]
