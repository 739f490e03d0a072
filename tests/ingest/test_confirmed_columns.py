"""What the cells and the neighbours of a column say about its role, in the layouts of municipal workbooks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.extract import extract
from ingest.extract.entities import read_entity
from ingest.records import Extraction, IndicatorRow, Overrides
from ingest.wording import header_role
from tests.support.blocks import WORKBOOK, document, sheet_blocks

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")


def of_sheet(*rows: str) -> Extraction:
    return extract(document(sheet_blocks("Hoja", rows), media_type=WORKBOOK), PLAN)


def years(row: IndicatorRow) -> list[tuple[object, ...]]:
    return [
        (
            year.year,
            None if year.target is None else year.target.value,
            None if year.progress is None else year.progress.value,
        )
        for year in row.yearly
    ]


def money(row: IndicatorRow) -> list[tuple[object, ...]]:
    return [(item.year, item.item, item.funding_source, item.value) for item in row.budget]


def test_an_indicator_column_that_nobody_fills_gives_way_to_the_sentence_of_the_target() -> None:
    rows = of_sheet(
        "Programa|Indicador de producto|Meta producto|Valor línea base|Meta cuatrienio",
        "Aire||Instalar 4 estaciones de aire|1|4",
        "Agua||Sembrar 80 hectáreas en microcuencas|10|80",
    ).rows
    assert [(row.indicator, row.target and row.target.value) for row in rows] == [
        ("Instalar 4 estaciones de aire", 4),
        ("Sembrar 80 hectáreas en microcuencas", 80),
    ]


def test_the_formula_of_a_variable_is_no_indicator() -> None:
    rows = of_sheet(
        "Programa|Descripción de la meta|Variable|Línea base|2024|2025|2026|2027",
        "Aire|Instalar 4 estaciones de aire|V1 = estaciones instaladas|1|1|1|1|1",
        "Agua|Sembrar 80 hectáreas en microcuencas|V1/V2*100|10|20|20|20|20",
    ).rows
    assert [row.indicator for row in rows] == ["Instalar 4 estaciones de aire", "Sembrar 80 hectáreas en microcuencas"]


def test_a_code_that_is_a_name_is_the_level_itself() -> None:
    (row, _) = of_sheet(
        "Codigo Programa|Indicador|Meta", "07 - Aire limpio para todos|Estaciones|4", "08 - Agua segura|Pozos|2"
    ).rows
    assert row.programme is not None
    assert "Aire limpio para todos" in row.programme


def test_a_code_beside_the_name_of_its_level_stays_a_code() -> None:
    (row,) = of_sheet("Código programa|Programa|Indicador|Meta", "3201 - X|Aire limpio|Estaciones|4").rows
    assert row.programme == "Aire limpio"


def test_a_line_over_names_is_no_baseline() -> None:
    rows = of_sheet("Línea|Programa|Indicador|Meta", "LE-1|Aire|Estaciones|4", "LE-2|Agua|Pozos|2").rows
    assert [(row.strategic_line, row.baseline) for row in rows] == [("LE-1", None), ("LE-2", None)]


def test_a_line_over_figures_is_the_baseline() -> None:
    (row,) = of_sheet("Línea|Programa|Indicador|Meta", "3|Aire|Estaciones|4").rows
    assert row.baseline is not None
    assert row.baseline.value == 3


def test_result_and_product_told_in_sentences_are_two_rows_each_with_its_own_figures() -> None:
    rows = of_sheet(
        "No|Programa|Entidad|Meta resultado|Meta producto|Línea base|Meta cuatrenio|Esperado V2025|Ejecutado V2025",
        "1|Aire|Ambiente|Bajar a 15 el material particulado|Instalar estaciones de aire|1|4|2|1",
        "2|Aire|Ambiente|Bajar a 15 el material particulado|Revisar fuentes fijas|0|60|20|15",
    ).rows
    told = [(row.kind, row.indicator, row.target and row.target.value) for row in rows]
    assert told == [
        ("result", "Bajar a 15 el material particulado", 15),
        ("product", "Instalar estaciones de aire", 4),
        ("product", "Revisar fuentes fijas", 60),
    ]
    assert years(rows[1]) == [(2025, 2, 1)]


def test_a_code_right_before_the_product_is_the_products() -> None:
    rows = of_sheet(
        "Programa|Indicador de resultado|LB|Cod meta producto|Meta de producto|LB|Indicador|Valor esperado cuatrienio",
        "Aire|Días con aire bueno|61|MP-7|Instalar estaciones|1|Estaciones de aire instaladas|4",
    ).rows
    assert {row.indicator: row.codes for row in rows} == {
        "Días con aire bueno": {},
        "Estaciones de aire instaladas": {"code": "MP-7"},
    }
    assert {row.indicator: row.baseline and row.baseline.value for row in rows} == {
        "Días con aire bueno": 61,
        "Estaciones de aire instaladas": 1,
    }


def test_what_is_programmed_beside_its_money_is_of_the_thing() -> None:
    (row,) = of_sheet(
        "Meta|Programa|Indicador|Línea base|Programado 2024|Ejecutado 2024|Recursos programados 2024|"
        "Recursos ejecutados 2024|Programado 2025|Ejecutado 2025|Recursos programados 2025|Recursos ejecutados 2025",
        "Instalar estaciones|Aire|Estaciones|1|2|1|5000000|4000000|3|2|6000000|2500000",
    ).rows
    assert years(row) == [(2024, 2, 1), (2025, 3, 2)]
    assert [item[3] for item in money(row)] == [5000000, 4000000, 6000000, 2500000]


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        (
            "Compromisos 2024|Valor ejecutado|% ejecución financiera 2024",
            "900|800|88",
            [(2024, "compromisos", None, 900), (2024, "ejecutado", None, 800)],
        ),
        (
            "Recursos propios|Regalías|Total programado 2025|Pagos",
            "100|200|300|50",
            [
                (2025, "programado", "Recursos propios", 100),
                (2025, "programado", "Regalías", 200),
                (2025, "programado", None, 300),
                (2025, "pagos", None, 50),
            ],
        ),
        (
            "Costo total|Recursos programados 2025",
            "900|300",
            [(None, "programado", None, 900), (2025, "programado", None, 300)],
        ),
    ],
    ids=["between amounts of one year", "sources before their total", "a total of the term keeps no year"],
)
def test_amounts_without_a_year_share_that_of_their_neighbours(
    header: str, cells: str, expected: Sequence[tuple[object, ...]]
) -> None:
    (row,) = of_sheet(f"Programa|Indicador|Meta|{header}", f"Aire|Estaciones|4|{cells}").rows
    assert money(row) == expected


@pytest.mark.parametrize(
    ("header", "role", "year"),
    [
        ("Meta Física Esperada 2026", "target_year", 2026),
        ("V. Esp.\n2025", "target_year", 2025),
        ("VE 25", "target_year", 2025),
        ("VALOR ALCANZADO / VA 24", "progress_year", 2024),
        ("Prog. 24", "programado", 2024),
        ("Esperado V2016", "target_year", 2016),
        ("SECTOR / Nombre", "sector", None),
        ("PROGRAMA PRESUPUESTAL / Cód.", "ignore", None),
        ("INDICADOR DE PRODUCTO / Código", "code_mga", None),
        ("VIGENCIA 2025 / R. Propios", "programado", 2025),
        ("Avance Financiero Pagos", "pagos", None),
        ("Magnitud ejecutada 2025", "progress_year", 2025),
        ("L/B", "baseline", None),
        ("U/M", "unit", None),
        ("Oficina gestora", "dependency", None),
    ],
)
def test_headers_as_workbooks_abbreviate_them(header: str, role: str, year: int | None) -> None:
    found = header_role(header)
    assert found is not None
    assert (found.role, found.year) == (role, year)


def test_a_sum_over_merged_cells_is_no_indicator() -> None:
    rows = of_sheet("Programa|Indicador|Meta", "Aire|Estaciones|4", "TOTAL AMBIENTE|TOTAL AMBIENTE|4").rows
    assert [row.indicator for row in rows] == ["Estaciones"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("REPÚBLICA DE COLOMBIA - DEPARTAMENTO DE BOLÍVAR\nMUNICIPIO DE PUERTO NARANJO", "Puerto Naranjo"),
        ("Gobernación del Tolima\nDepartamento del Tolima\nen convenio con el municipio de Honda", "Tolima"),
        ("Alcaldía de Puerto Naranjo\nCOD. INT. (Meta)\nLínea base (Meta)", "Puerto Naranjo"),
        ("COD. INT. (Meta)\nLínea base (Meta)", None),
        ("Puerto Naranjo (Meta)", "Puerto Naranjo"),
    ],
    ids=[
        "a letterhead names the department",
        "a department's own",
        "Meta the target",
        "only columns",
        "Meta the place",
    ],
)
def test_a_municipality_is_told_from_its_department_and_from_names_of_columns(text: str, entity: str | None) -> None:
    assert read_entity(text) == entity


def test_a_row_that_numbers_its_columns_is_no_indicator() -> None:
    rows = of_sheet(
        "Programa|Indicador|Unidad|Línea base|Meta|Responsable", "(1)|(2)|(3)|(4)|(5)|(6)", "Aire|Estaciones|N|1|4|Plan"
    ).rows
    assert [row.indicator for row in rows] == ["Estaciones"]


def test_a_table_of_activities_gives_each_indicator_once() -> None:
    rows = of_sheet(
        "Programa|Indicador|Meta 2025|Actividades a desarrollar",
        "Aire|Estaciones|4|Comprar equipos",
        "Aire|Estaciones|4|Instalar equipos",
        "Agua|Pozos|2|Perforar",
    ).rows
    assert [row.indicator for row in rows] == ["Estaciones", "Pozos"]


def test_rows_of_two_places_with_one_target_stay_two_rows() -> None:
    rows = of_sheet("Programa|Indicador|Meta|Vereda", "Aire|Estaciones|4|El Alto", "Aire|Estaciones|4|La Vega").rows
    assert len(rows) == 2


def test_an_amount_and_its_source_in_one_header() -> None:
    (row,) = of_sheet(
        "Programa|Indicador|Meta|Inv. Ejec. 2024 - RP|Inv. Ejec. 2024 - SGP|Inv. Ejec. 2024 - Total",
        "Aire|Estaciones|4|10|20|30",
    ).rows
    assert money(row) == [
        (2024, "ejecutado", "RP", 10),
        (2024, "ejecutado", "SGP", 20),
        (2024, "ejecutado", None, 30),
    ]


def test_a_result_above_its_products_has_a_header_of_its_own() -> None:
    rows = of_sheet(
        "PROGRAMA 1. Aire limpio",
        "Ítem|Meta de resultado|Valor meta|Indicador de resultado|L. Base",
        "R1|Subir a 70|70|Días con aire bueno|61",
        "Ítem|Meta de producto|Cant.|Indicador|L. Base",
        "1|Instalar estaciones|4|Estaciones|1",
        "2|Revisar fuentes|60|Fuentes revisadas|0",
        "PROGRAMA 2. Agua segura",
        "Ítem|Meta de resultado|Valor meta|Indicador de resultado|L. Base",
        "R2|Subir a 99|99|Hogares con agua|90",
        "Ítem|Meta de producto|Cant.|Indicador|L. Base",
        "3|Perforar pozos|2|Pozos|0",
    ).rows
    assert [(row.indicator, row.programme) for row in rows] == [
        ("Días con aire bueno", "Aire limpio"),
        ("Estaciones", "Aire limpio"),
        ("Fuentes revisadas", "Aire limpio"),
        ("Hogares con agua", "Agua segura"),
        ("Pozos", "Agua segura"),
    ]


def test_labels_side_by_side_above_a_table_say_whose_it_is() -> None:
    rows = of_sheet(
        "Dependencia: Secretaría de Ambiente|Vigencia: 2025",
        "|",
        "Programa|Indicador|Meta",
        "Aire|Estaciones|4",
        "Agua|Pozos|2",
    ).rows
    assert {row.dependency for row in rows} == {"Secretaría de Ambiente"}


@pytest.mark.parametrize("name", ["Gestión pública", "Crédito educativo", "Cofinanciación rural", "Propios y extraños"])
def test_a_name_that_begins_as_a_funding_source_is_no_money(name: str) -> None:
    found = header_role(name)
    assert found is None or found.funding_source is None
