"""Workbooks as blocks: what stands in a sheet, how its numbers are written, and what is not opened at all."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.errors import InputError
from ingest.figures import parse_number
from ingest.readers import package, workbook
from ingest.readers.content import ReadContent
from ingest.readers.workbook import is_percent, number_text, read
from ingest.records import Table

Save = Callable[..., ReadContent]


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    """Reads a workbook of one sheet with these rows, after ``change`` was done to the sheet."""

    def save(rows: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> ReadContent:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Metas"
        for row in rows:
            sheet.append(row)
        change(sheet)
        book.save(tmp_path / "libro.xlsx")
        return read(tmp_path / "libro.xlsx")

    return save


def table_of(content: ReadContent) -> Table:
    (table,) = [block.table for block in content.blocks if block.table is not None]
    return table


def texts_of(content: ReadContent) -> list[tuple[str, ...]]:
    return [row.texts for row in table_of(content).rows]


def codes_of(content: ReadContent) -> list[str]:
    return [notice.code for notice in content.notices]


def test_a_sheet_is_a_heading_and_a_table_with_places(saved: Save) -> None:
    content = saved([["Indicador", "Meta"], ["Cámaras", 849]])
    heading, block = content.blocks
    assert (heading.kind, heading.text, heading.level, str(heading.place)) == ("heading", "Metas", 1, "hoja Metas")
    row = table_of(content).rows[1]
    assert (row.texts, str(row.place)) == (("Cámaras", "849"), "hoja Metas, celdas A2:B2")
    assert str(row.cells[1].place) == "hoja Metas, celda B2"
    assert (block.table is not None and block.table.title, content.notices) == ("Metas", ())


def test_empty_rows_and_columns_are_dropped_at_the_end_and_kept_inside(saved: Save) -> None:
    def stray_blanks(sheet: Any) -> None:
        sheet["H40"] = " "
        sheet["J2"].number_format = "0%"

    content = saved([["Indicador"], [], [None, None, "Meta"]], stray_blanks)
    assert texts_of(content) == [("Indicador", "", ""), ("", "", ""), ("", "", "Meta")]


def test_a_merged_range_says_its_text_in_every_cell(saved: Save) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    table = table_of(saved([["Título"], ["Programa", "a", "b"], [None, "c", "d"]], merge))
    assert [row.texts for row in table.rows] == [("Título",) * 3, ("Programa", "a", "b"), ("Programa", "c", "d")]
    assert [cell.merged for cell in table.rows[0].cells] == [False, True, True]
    assert table.rows[2].cells[0].merged


def test_a_merged_range_over_the_whole_sheet_does_not_make_the_table_larger(saved: Save) -> None:
    content = saved([["Título", None], [1, 2]], lambda sheet: sheet.merge_cells("A1:XFD1"))
    assert texts_of(content) == [("Título", "Título"), ("1", "2")]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (12426, "#,##0", "12426"),
        (849.0, "General", "849"),
        (0.45, "General", "0,45"),
        (0.125, "General", "0,125"),
        (1.234, "General", "1,2340"),
        (-35.125, "General", "-35,1250"),
        (1234.567, "General", "1234,567"),
        (289720314.24, "General", "289720314,24"),
        (1e15, "General", "1000000000000000"),
        (0.45, "0%", "45%"),
        (0.285, "0.0%", "28,5%"),
        (1.125, "0.00%", "112,5%"),
        (0.12345, "0%", "12,3450%"),
        (45, '0" %"', "45"),
        (True, "General", "sí"),
        (False, "General", "no"),
        (date(2024, 3, 1), "dd/mm/yyyy", "2024-03-01"),
        (datetime(2024, 3, 1, 14, 30), "dd/mm/yyyy hh:mm", "2024-03-01 14:30:00"),
        ("001", "@", "001"),
        ("línea_x000D_\nbase ", "@", "línea\nbase"),
        ("N.D.", "General", "N.D."),
    ],
)
def test_a_value_as_it_is_printed(saved: Save, value: Any, number_format: str, text: str) -> None:
    def write(sheet: Any) -> None:
        sheet["A1"] = value
        sheet["A1"].number_format = number_format

    assert texts_of(saved([[None]], write)) == [(text,)]


@pytest.mark.parametrize("value", [0, 5, 12426, 0.1, 0.125, 1.234, 12.5, 999.001, 1234.567, -2.672, 7144027846.132999])
def test_a_number_is_read_back_as_the_number_it_was(value: float) -> None:
    assert parse_number(number_text(value)) == Decimal(repr(value))


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [("0%", True), ("0.00%;-0.00%", True), ('0" %"', False), ("0\\%", False), ("#,##0", False), ("[Red]0%", True)],
)
def test_only_a_percentage_format_makes_a_percentage(number_format: str, expected: bool) -> None:
    assert is_percent(number_format) is expected


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_left_out_and_said(saved: Save, state: str) -> None:
    def hide(sheet: Any) -> None:
        other = sheet.parent.create_sheet("Cálculos")
        other["A1"] = "no se muestra"
        other.sheet_state = state

    content = saved([["visible"]], hide)
    assert (texts_of(content), codes_of(content)) == ([("visible",)], ["hidden-sheet"])
    assert "Cálculos" in content.notices[0].message


def test_hidden_rows_and_columns_are_read_and_said(saved: Save) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    content = saved([["a"], ["b"]], hide)
    assert (texts_of(content), codes_of(content)) == ([("a",), ("b",)], ["hidden-cells"])
    assert content.notices[0].place == "hoja Metas, celda A2"


def test_each_visible_sheet_is_a_group_and_an_empty_one_is_said(saved: Save) -> None:
    def more(sheet: Any) -> None:
        sheet.parent.create_sheet("Vacía")
        sheet.parent.create_sheet("Otra")["A1"] = "x"

    content = saved([["a"]], more)
    assert [(block.place.sheet, block.kind) for block in content.blocks] == [
        ("Metas", "heading"),
        ("Metas", "table"),
        ("Otra", "heading"),
        ("Otra", "table"),
    ]
    groups = [block.group for block in content.blocks]
    assert groups[0] == groups[1] != groups[2] == groups[3]
    assert codes_of(content) == ["empty-sheet"]


def test_a_formula_gives_its_saved_value_and_one_without_is_said(saved: Save, tmp_path: Path) -> None:
    content = saved([["total", "=1+1", "=2+2"]])
    assert texts_of(content) == [("total",)]
    assert [(n.code, n.place) for n in content.notices] == [("formula-without-value", "hoja Metas, celda B1")]
    rewrite(
        tmp_path / "libro.xlsx",
        "sheet1.xml",
        lambda xml: re.sub(r"(1\+1</f>)<v ?/>|(1\+1</f>)<v></v>", r"\1\2<v>2</v>", xml),
    )
    again = read(tmp_path / "libro.xlsx")
    assert texts_of(again) == [("total", "2")]
    assert [notice.place for notice in again.notices] == ["hoja Metas, celda C1"]


def test_what_a_file_says_of_its_own_size_is_not_believed(saved: Save, tmp_path: Path) -> None:
    saved([["a", "b"], ["c", "d"]])
    rewrite(
        tmp_path / "libro.xlsx", "sheet1.xml", lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)
    )
    assert texts_of(read(tmp_path / "libro.xlsx")) == [("a", "b"), ("c", "d")]


def test_rows_and_columns_beyond_the_bound_are_left_out_and_said(saved: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    monkeypatch.setattr(workbook, "MAX_COLUMNS", 2)
    content = saved([[number, number, number] for number in range(5)])
    assert texts_of(content) == [("0", "0"), ("1", "1"), ("2", "2")]
    assert codes_of(content) == ["sheet-cut"]
    assert "fila 3" in content.notices[0].message


def test_a_sheet_of_exactly_the_bound_is_whole(saved: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    assert codes_of(saved([["a"], ["b"], ["c"]])) == []


def test_a_stray_cell_far_out_costs_little(saved: Save) -> None:
    def stray(sheet: Any) -> None:
        sheet.cell(row=workbook.MAX_ROWS, column=60).value = "x"

    started = time.monotonic()
    table = table_of(saved([["a"]], stray))
    assert (len(table.rows), len(table.rows[0].cells)) == (workbook.MAX_ROWS, 60)
    assert time.monotonic() - started < 20


def test_a_row_that_says_it_is_beyond_every_sheet_does_not_bring_those_before_it(saved: Save, tmp_path: Path) -> None:
    saved([["Indicador"], ["Cámaras"], ["Vías"]])
    rewrite(tmp_path / "libro.xlsx", "sheet1.xml", lambda xml: xml.replace('<row r="3"', '<row r="4294967296"'))
    begun = time.perf_counter()
    content = read(tmp_path / "libro.xlsx")
    assert time.perf_counter() - begun < 20
    assert texts_of(content) == [("Indicador",), ("Cámaras",)]
    assert codes_of(content) == ["sheet-cut"]


def test_an_error_of_a_formula_is_kept_and_said(saved: Save) -> None:
    content = saved([["a", "#REF!"]])
    assert (texts_of(content), codes_of(content)) == ([("a", "#REF!")], ["formula-error"])


def test_a_workbook_without_words_is_an_error(saved: Save) -> None:
    with pytest.raises(InputError, match="no tiene celdas con contenido"):
        saved([[None, " "]])


def entity_bomb(path: Path) -> None:
    openpyxl.Workbook().save(path)
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    rewrite(path, "sheet1.xml", lambda xml: doctype + xml.replace("<sheetData", '<sheetData x="&b;"'))


def truncated(path: Path) -> None:
    openpyxl.Workbook().save(path)
    path.write_bytes(path.read_bytes()[:-400])


def other_package(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("otro.txt", "hola")


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (package.RATIO_FLOOR + 1))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "contraseña"),
        (lambda path: path.write_bytes(b"nada que ver"), "dañado"),
        (truncated, "dañado"),
        (other_package, "dañado"),
        (entity_bomb, "DOCTYPE"),
        (bomb, "sospechosa"),
    ],
    ids=["encrypted", "not-a-zip", "truncated", "other-package", "entities", "bomb"],
)
def test_what_cannot_be_opened_is_one_line(tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    path = tmp_path / "malo.xlsx"
    make(path)
    with pytest.raises(InputError, match=message) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_a_package_that_unpacks_to_too_much_is_not_opened(saved: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match="sospechosa"):
        saved([["a"]])


def rewrite(path: Path, ending: str, change: Callable[[str], str]) -> None:
    """The package with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (name,) = [name for name in parts if name.endswith(ending)]
    parts[name] = change(parts[name].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


@pytest.mark.real_documents
@pytest.mark.parametrize(
    ("name", "sheet", "rows", "columns"),
    [
        ("santander_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos", 372, 85),
        ("chia_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos", 278, 85),
        ("chia_dnp_seguimiento_pdt.xlsx", "Detalle seguimiento físico", 251, 23),
        ("santander_tablero_indicadores_2025-06.xlsx", "Final", 378, 25),
    ],
)
def test_published_workbooks_are_read_whole_in_seconds(
    shared: Path, name: str, sheet: str, rows: int, columns: int
) -> None:
    started = time.monotonic()
    content = read(shared / "other-cities" / name)
    assert time.monotonic() - started < 10
    (table,) = [b.table for b in content.blocks if b.table is not None and b.place.sheet == sheet]
    assert len(table.rows) == rows
    assert {len(row.cells) for row in table.rows} == {columns}
    cells = openpyxl.load_workbook(shared / "other-cities" / name, data_only=True)[sheet]
    written = {
        c.coordinate for r in cells.iter_rows() for c in r if str(c.value if c.value is not None else "").strip()
    }
    read_here = {c.place.cell for r in table.rows for c in r.cells if c.text and not c.merged and c.place is not None}
    assert read_here == written
