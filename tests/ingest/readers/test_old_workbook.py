"""Old workbooks are read like new ones, and what they do not tell is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.readers import old_workbook, read_file, workbook
from ingest.readers.old_workbook import read
from tests.support.files import compound_file, xls_file, xlsx_file


def test_an_old_workbook_gives_the_same_blocks_as_the_new_one(tmp_path: Path) -> None:
    old = read_file(xls_file(tmp_path / "a.xls"))
    assert old.blocks == read_file(xlsx_file(tmp_path / "a.xlsx")).blocks
    assert old.notices == ()


def test_values_are_written_as_in_new_workbooks_and_fractions_are_told(tmp_path: Path) -> None:
    content = read(xls_file(tmp_path / "a.xls", [["a", 0.45, 1.234, 849.0, True, None, "N.D."], ["b"]]))
    assert content.blocks[1].table is not None
    assert content.blocks[1].table.rows[0].texts == ("a", "0,45", "1,2340", "849", "sí", "", "N.D.")
    (notice,) = content.notices
    assert (notice.code, notice.place) == ("formats-unknown", "hoja Metas")


def test_a_merged_range_says_its_text_in_every_cell(tmp_path: Path) -> None:
    content = read(xls_file(tmp_path / "a.xls", [["Programa", "", "x"], ["", "", "y"]], merged=[(0, 0, 1, 1)]))
    assert content.blocks[1].table is not None
    assert [row.texts for row in content.blocks[1].table.rows] == [
        ("Programa", "Programa", "x"),
        ("Programa",) * 2 + ("y",),
    ]
    assert [cell.merged for cell in content.blocks[1].table.rows[0].cells] == [False, True, False]


def test_a_table_that_begins_further_down_keeps_its_addresses(tmp_path: Path) -> None:
    content = read(xls_file(tmp_path / "a.xls", [[None, None], [None, None], [None, "Meta"]]))
    assert content.blocks[1].table is not None
    cell = content.blocks[1].table.rows[2].cells[1]
    assert (cell.text, str(cell.place)) == ("Meta", "hoja Metas, celda B3")


def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    content = read(xls_file(tmp_path / "a.xls", hidden=True))
    assert [block.text for block in content.blocks] == ["Metas", ""]
    assert [(n.code, n.place) for n in content.notices] == [("hidden-sheet", "hoja Oculta")]


def test_a_sheet_beyond_the_bound_is_cut_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (old_workbook, workbook):
        monkeypatch.setattr(module, "MAX_ROWS", 3)
    content = read(xls_file(tmp_path / "a.xls", [[float(n)] for n in range(5)]))
    assert content.blocks[1].table is not None
    assert [row.texts for row in content.blocks[1].table.rows] == [("0",), ("1",), ("2",)]
    assert [n.code for n in content.notices] == ["sheet-cut"]


@pytest.mark.parametrize("content", [b"nada", compound_file("Workbook", b"\xff" * 900), compound_file("Otro", b"x")])
def test_a_broken_workbook_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    with pytest.raises(InputError, match="dañado"):
        read(path)


def test_a_workbook_without_words_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tiene celdas con contenido"):
        read(xls_file(tmp_path / "a.xls", [[None]]))
