"""Which lines of a table are rows and what each is the row of, over several tables of a sheet and over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ingest.extract import extract
from ingest.records import Block, IndicatorRow, ReadDocument
from tests.support.blocks import document, paragraph, table_block
from tests.support.tables import PLAN, of_sheet, of_table, value


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


@pytest.mark.parametrize("read", [of_table, lambda rows: of_sheet(rows).rows], ids=["printed", "of a sheet"])
def test_an_indicator_that_begins_with_total_is_a_row(read: Callable[[Sequence[str]], Sequence[IndicatorRow]]) -> None:
    rows = read(["Indicador|Meta", "Total de hectáreas sembradas|30", "Total|30", "Total programa Letras|30"])
    assert [row.indicator for row in rows] == ["Total de hectáreas sembradas"]


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


def test_a_column_nobody_knows_gives_a_notice_and_stays_in_the_cells() -> None:
    found = extract(document([table_block(["Indicador|Meta|Zarigüeya", "Aulas|10|sí"])]), PLAN)
    assert ("Zarigüeya", "sí") in found.rows[0].cells
    (notice,) = found.notices
    assert (notice.code, "«Zarigüeya»" in notice.message) == ("unknown-columns", True)


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


def test_a_target_sentence_before_its_indicator() -> None:
    (row,) = of_table(["META|INDIACADOR|LINEA BASE", "Capacitar a 120 pescadores|Pescadores capacitados|S.L"])
    assert (row.indicator, value(row.target), value(row.baseline)) == ("Pescadores capacitados", 120, None)


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
