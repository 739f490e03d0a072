"""Under what a row of a table stands: programme, line and office from columns, bands, labels and titles."""

from __future__ import annotations

from ingest.extract import extract
from ingest.records import Block, IndicatorRow, Place
from tests.support.blocks import WORKBOOK, document, sheet_blocks, table_block, text_document
from tests.support.tables import PLAN, of_sheet, of_table, value


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


def test_the_caption_of_a_table_is_no_programme() -> None:
    caption = Block(kind="paragraph", text="Tabla 4. Indicadores de producto", emphasis=True, place=Place(page=1))
    found = extract(document([caption, table_block(["Indicador|Meta", "Aulas|2"], page=1)]), PLAN)
    assert [row.programme for row in found.rows] == [None]


def test_a_title_that_says_which_indicators_follow_is_no_programme() -> None:
    says = Block(kind="heading", text="Indicadores de bienestar del sector Salud", level=2, place=Place(page=1))
    found = extract(document([says, table_block(["Indicador|Meta", "Aulas|2"], page=1)]), PLAN)
    assert [row.programme for row in found.rows] == [None]


def test_the_levels_of_one_sheet_do_not_reach_into_the_next() -> None:
    blocks = [
        *sheet_blocks("Uno", ["PROGRAMA: Letras||", "Indicador|Línea base|Meta", "Aulas|1|2"]),
        *sheet_blocks("Dos", ["Indicador|Línea base|Meta", "Vías|3|4"], group=1),
    ]
    rows = extract(document(blocks, media_type=WORKBOOK), PLAN).rows
    assert [row.programme for row in rows] == ["Letras", None]


def test_a_name_that_a_narrow_column_broke_is_whole() -> None:
    (row,) = of_table(["Indicador|Meta|OD S", "Aulas|2|4"])
    assert row.ods == "4"


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
