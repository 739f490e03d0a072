"""Sheets and CSV files that hold a document: labels and a cover in rows above their tables."""

from __future__ import annotations

from ingest.extract import extract
from ingest.extract.header import said_across
from ingest.extract.sheets import open_sheets
from ingest.records import IndicatorRow, Overrides
from tests.support.blocks import WORKBOOK, document, sheet_blocks, table_of

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
HEADER = "Indicador|Línea base|Meta cuatrienio"


def rows_of(*rows: str) -> tuple[IndicatorRow, ...]:
    return extract(document(sheet_blocks("Metas", rows), media_type=WORKBOOK), PLAN).rows


def test_labels_in_one_cell_and_in_two_hold_for_the_table_below() -> None:
    rows = rows_of(
        "Dependencia:|Secretaría de Salud|",
        "Línea Estratégica: Vida sana||",
        "Programa:|Agua para todos|",
        "ORIENTADO A:|Que nadie enferme.|",
        HEADER,
        "Pozos abiertos|3|8",
        "||",
        "Dependencia:|Secretaría de Obras|",
        "Programa:|Vías|",
        HEADER,
        "Puentes hechos|1|2",
    )
    assert [(row.indicator, row.dependency, row.programme, row.purpose) for row in rows] == [
        ("Pozos abiertos", "Secretaría de Salud", "Agua para todos", "Que nadie enferme"),
        ("Puentes hechos", "Secretaría de Obras", "Vías", None),
    ]


def test_labels_below_a_table_are_no_rows_of_it() -> None:
    assert [row.indicator for row in rows_of(HEADER, "Pozos|3|8", "||", "Programa:|Vías|", "GRACIAS||")] == ["Pozos"]


def test_rows_keep_their_cells_and_texts_get_the_place_of_their_own() -> None:
    read = document(sheet_blocks("Metas", ["Plan de Palmarito||", HEADER, "Pozos|3|8"]), media_type=WORKBOOK)
    blocks = [block for block in open_sheets(read).blocks if block.kind != "heading"]
    assert [(block.kind, str(block.place)) for block in blocks] == [
        ("paragraph", "hoja Metas, celda A1"),
        ("table", "hoja Metas, celdas A2:C3"),
    ]


def test_what_a_row_says_across() -> None:
    said = [said_across(row) for row in table_of(["Programa:|Vías", "Pozos|3", "Portada|", "|"]).rows]
    assert said == [("Programa: Vías",), None, ("Portada",), ()]
