"""Which row is the header, what its columns mean, and which figure belongs to which indicator."""

from __future__ import annotations

import pytest

from ingest.extract.columns import Header
from ingest.extract.halves import indicator_headers
from ingest.extract.header import find_header, find_headers, repeats_header
from tests.support.blocks import table_of


def names(header: Header | None) -> list[str]:
    assert header is not None
    return [f"{column.name} {column.year or ''}".strip() for column in header.columns]


def test_titles_and_notes_above_the_header_are_no_header() -> None:
    rows = [
        "Plan indicativo|||",
        "Corte: 30 de junio|||",
        "|||",
        "Indicador|Línea base|Meta|Responsable",
        "Aulas|1|2|Planeación",
    ]
    header = find_header(table_of(rows))
    assert header is not None
    assert (header.first, names(header)) == (3, ["indicator", "baseline", "target", "dependency"])


def test_a_form_number_beside_the_title_is_no_header() -> None:
    rows = ["Alcaldía de Palmarito|Código: F-12|Versión 3", "Indicador|Línea base|Meta", "Aulas|1|2"]
    header = find_header(table_of(rows))
    assert header is not None
    assert header.first == 1


def test_columns_in_another_order_and_other_words() -> None:
    rows = ["RESPONSABLE|ESPERADO 2027|INDIACADOR|L.B|NOMBRE DEL PROGRAMA", "Planeación|9|Aulas|2|Letras"]
    assert names(find_header(table_of(rows))) == [
        "dependency",
        "target_year 2027",
        "indicator",
        "baseline",
        "programme",
    ]


def test_group_header_says_what_its_columns_are_of() -> None:
    rows = [
        "Indicador|Programación física||Ejecución física 2025|",
        "|Programado 2025|Programado 2026|Ejecutado|%",
        "Aulas|4|5|3|75",
    ]
    header = find_header(table_of(rows))
    assert header is not None
    assert (header.first, header.last) == (0, 1)
    assert names(header)[1:3] == ["target_year 2025", "target_year 2026"]
    assert names(header)[3] == "progress_year 2025"


def test_years_below_a_group_are_of_the_group() -> None:
    rows = ["Programa|Indicador|Metas|||", "||2024|2025|2026|2027", "Letras|Aulas|1|2|3|4"]
    assert names(find_header(table_of(rows)))[2:] == [f"target_year {year}" for year in range(2024, 2028)]


def test_a_header_broken_over_two_rows_is_one() -> None:
    rows = ["INDICADOR|LÍNEA|META DEL", "|BASE|CUATRIENIO", "Aulas|1|2"]
    header = find_header(table_of(rows))
    assert header is not None
    assert (names(header), header.last) == (["indicator", "baseline", "target"], 1)


def test_line_beside_line_base_is_the_strategic_line() -> None:
    rows = ["LÍNEA|PROGRAMA|INDICADOR|LÍNEA BASE|META", "Vida|Letras|Aulas|1|2"]
    assert names(find_header(table_of(rows)))[0] == "strategic_line"


@pytest.mark.parametrize(
    "rows",
    [
        ["Dependencia|Teléfono|Extensión", "Planeación|6041234567|12"],
        ["Comuna|Población|Hombres|Mujeres", "Norte|1.200|600|600"],
        ["Fuente|2024|2025|2026", "SGP|100|200|300"],
        ["Rubro|Apropiación|Compromisos", "Funcionamiento|1.000|900"],
        ["Indicador|2021|2022|2023", "Tasa de homicidios|10|12|14"],
        ["Nombre|Cargo", "Ana|Alcaldesa"],
        ["Municipio|Meta|Sol|Luna", "Alto|1|2|3"],
    ],
)
def test_tables_of_other_things_have_no_header_of_indicators(rows: list[str]) -> None:
    assert find_header(table_of(rows)) is None


def test_a_column_of_numbers_is_no_indicator_whatever_its_header() -> None:
    assert find_header(table_of(["Indicador|Meta", "12|40", "13|50"])) is None


def test_programado_is_a_target_where_nothing_speaks_of_money() -> None:
    physical = find_header(table_of(["Indicador|Unidad de medida|Meta|Programado 2025", "Aulas|Número|9|4"]))
    money = find_header(table_of(["Indicador|Meta|Programado 2025|Compromisos 2025", "Aulas|9|4000|3000"]))
    assert names(physical)[3] == "target_year 2025"
    assert names(money)[2] == "programado 2025"


def test_a_second_table_below_the_first_has_its_own_header() -> None:
    rows = [
        "Indicador|Línea base|Meta",
        "Aulas|1|2",
        "Indicador|Meta|Responsable",
        "Parques|3|Planeación",
    ]
    assert [header.first for header in find_headers(table_of(rows).rows)] == [0, 2]


def test_the_same_header_again_is_recognised() -> None:
    table = table_of(["Indicador|Línea base|Meta", "Aulas|1|2", "INDICADOR|LINEA BASE|META"])
    header = find_header(table)
    assert header is not None
    assert [repeats_header(row, header) for row in table.rows] == [True, False, True]


@pytest.mark.parametrize(
    "row",
    [
        "Indicador de resultado|Línea base|Meta|Programa|Indicador de producto|Línea base|Meta",
        "Meta|Indicador de resultado|Línea base|Programa|Meta|Indicador de producto|Línea base",
        "Línea base|Meta|Indicador de resultado|Programa|Línea base|Meta|Indicador de producto",
    ],
)
def test_each_of_two_indicators_has_its_own_figures(row: str) -> None:
    header = find_header(table_of([row, "Tasa|Tasa|Tasa|Letras|Aulas|Aulas|Aulas"]))
    assert header is not None
    result, product = indicator_headers(header)
    at = [header.columns.index(header.of(role)[0]) for role in ("indicator_result", "indicator_product")]
    assert [half.of("indicator_result", "indicator_product")[0].index for half in (result, product)] == at
    assert all(column.index < 3 for column in result.of("baseline", "target"))
    assert all(column.index > 3 for column in product.of("baseline", "target"))
    assert [len(half.of("baseline", "target", "programme")) for half in (result, product)] == [3, 3]


def test_a_result_named_beside_a_product_without_figures_of_its_own_is_no_second_row() -> None:
    row = "Indicador de resultado|Programa|Indicador de producto|Línea base|Meta"
    header = find_header(table_of([row, "Tasa|Letras|Aulas|1|2"]))
    assert header is not None
    assert len(indicator_headers(header)) == 1
