"""Word documents as blocks: order, styles, lists, merged cells, breaks, text boxes, notes, tracked changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.docx_file import read
from ingest.records import Block, TableRow

Written = Callable[[Callable[[Any], object]], ReadContent]
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Reads a document after ``change`` wrote into it."""

    def write(change: Callable[[Any], object]) -> ReadContent:
        document = docx.Document()
        change(document)
        document.save(str(tmp_path / "documento.docx"))
        return read(tmp_path / "documento.docx")

    return write


def append(document: Any, xml: str) -> None:
    """Puts an element of the body before its last section."""
    opening, rest = xml.split(">", 1)
    slash = "/" if opening.endswith("/") else ""
    document.element.body.sectPr.addprevious(parse_xml(f"{opening.rstrip('/')} {NAMESPACES}{slash}>{rest}"))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str) -> str:
    return f"<w:p>{run(text)}</w:p>"


def told(content: ReadContent) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in content.blocks]


def table_rows(content: ReadContent) -> tuple[TableRow, ...]:
    (block,) = [block for block in content.blocks if block.table is not None]
    assert block.table is not None
    return block.table.rows


def fill(table: Any, texts: list[list[str]]) -> None:
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text


def test_blocks_come_in_the_order_of_the_body_each_with_its_place(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_heading("Plan", 0)
        document.add_paragraph("")
        document.add_paragraph("Dependencia: Salud")
        fill(document.add_table(2, 2), [["Indicador", "Meta"], ["Vacunas", "10"]])
        document.add_paragraph("Después")
        fill(document.add_table(1, 2), [["a", "b"]])

    content = written(write)
    assert [(b.kind, str(b.place)) for b in content.blocks] == [
        ("heading", "celda P1"),
        ("paragraph", "celda P2"),
        ("table", "celda T1"),
        ("paragraph", "celda P3"),
        ("table", "celda T2"),
    ]
    rows = [row for block in content.blocks if block.table for row in block.table.rows]
    assert [(row.place.cell, row.texts) for row in rows] == [
        ("T1R1", ("Indicador", "Meta")),
        ("T1R2", ("Vacunas", "10")),
        ("T2R1", ("a", "b")),
    ]
    assert content.notices == ()


def test_heading_styles_give_their_level_and_own_styles_by_what_they_are_based_on(written: Written) -> None:
    def write(document: Any) -> None:
        own = document.styles.add_style("Capítulo", 1)
        own.base_style = document.styles["Heading 2"]
        document.add_heading("Título", 0)
        document.add_heading("Uno", 1)
        document.add_heading("Tres", 3)
        document.add_paragraph("Propio", style="Capítulo")
        append(document, f'<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr>{run("Esquema")}</w:p>')
        append(document, f'<w:p><w:pPr><w:outlineLvl w:val="9"/></w:pPr>{run("Cuerpo")}</w:p>')

    blocks = written(write).blocks
    assert [(b.kind, b.level) for b in blocks] == [
        ("heading", 1),
        ("heading", 1),
        ("heading", 3),
        ("heading", 2),
        ("heading", 4),
        ("paragraph", None),
    ]


def test_list_paragraphs_are_items_with_their_level(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_paragraph("viñeta", style="List Bullet")
        document.add_paragraph("segunda", style="List Bullet 2")
        numbering = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
        append(document, f"<w:p><w:pPr>{numbering}</w:pPr>{run('tercera')}</w:p>")
        out = '<w:pStyle w:val="ListBullet"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        append(document, f"<w:p><w:pPr>{out}</w:pPr>{run('sacada')}</w:p>")

    blocks = written(write).blocks
    assert [(b.kind, b.level) for b in blocks] == [("item", 1), ("item", 2), ("item", 3), ("paragraph", None)]


def test_only_a_paragraph_all_in_bold_has_emphasis(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_paragraph().add_run("todo").bold = True
        mixed = document.add_paragraph()
        mixed.add_run("parte").bold = True
        mixed.add_run(" y resto")
        document.add_paragraph().add_run("fuerte", style="Strong")
        off = document.add_paragraph()
        off.add_run("apagada", style="Strong").bold = False

    assert [block.emphasis for block in written(write).blocks] == [True, False, True, False]


def test_tabs_and_line_breaks_are_kept_and_ends_are_stripped(written: Written) -> None:
    content = written(lambda document: document.add_paragraph("  a\tb\nc \n"))
    assert told(content) == [("paragraph", "a\tb\nc")]


def test_merged_cells_repeat_their_text_and_rows_keep_their_length(written: Written) -> None:
    def write(document: Any) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Programa"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Vías"
        table.cell(1, 1).text, table.cell(2, 2).text = "x", "y"

    rows = table_rows(written(write))
    assert [row.texts for row in rows] == [("Programa", "Programa", ""), ("Vías", "x", ""), ("Vías", "", "y")]
    merged = [(i, j) for i, row in enumerate(rows) for j, cell in enumerate(row.cells) if cell.merged]
    assert merged == [(0, 1), (2, 0)]


def test_a_block_merged_both_ways_repeats_its_text_in_all_its_cells(written: Written) -> None:
    def write(document: Any) -> None:
        table = document.add_table(2, 3)
        table.cell(0, 0).merge(table.cell(1, 1)).text = "Eje"
        table.cell(0, 2).text = table.cell(1, 2).text = "z"

    rows = table_rows(written(write))
    assert [row.texts for row in rows] == [("Eje", "Eje", "z")] * 2
    assert [[cell.merged for cell in row.cells] for row in rows] == [[False, True, False], [True, True, False]]


def test_rows_that_begin_later_keep_their_columns(written: Written) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in "abc")
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{paragraph("d")}</w:tc></w:tr>'
    content = written(lambda document: append(document, f"<w:tbl><w:tr>{cells}</w:tr>{late}</w:tbl>"))
    assert [row.texts for row in table_rows(content)] == [("a", "b", "c"), ("", "d", "")]


def test_a_frame_of_one_cell_is_what_it_frames(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_table(1, 1).cell(0, 0).text = "PROGRAMA: Vías para la paz"

    assert told(written(write)) == [("paragraph", "PROGRAMA: Vías para la paz")]


def test_a_table_inside_a_cell_is_a_table_of_its_own(written: Written) -> None:
    def write(document: Any) -> None:
        outer = document.add_table(1, 2)
        fill(outer, [["fuera", "más"]])
        fill(outer.cell(0, 1).add_table(2, 2), [["a", "b"], ["c", "d"]])

    blocks = written(write).blocks
    assert [[row.texts for row in block.table.rows] for block in blocks if block.table] == [
        [("fuera", "más")],
        [("a", "b"), ("c", "d")],
    ]


def groups(blocks: tuple[Block, ...]) -> dict[str, int]:
    return {block.text: block.group for block in blocks}


def test_page_and_section_breaks_begin_a_new_group(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_paragraph("uno")
        document.add_paragraph("dos").add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("tres")
        document.add_section(WD_SECTION.NEW_PAGE)
        document.add_paragraph("cuatro")
        append(document, f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{run('cinco')}</w:p>")
        append(document, f"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{run('seis')}</w:p>")

    found = groups(written(write).blocks)
    assert found["uno"] == found["dos"] < found["tres"] < found["cuatro"] < found["cinco"] < found["seis"]


def test_a_text_box_is_read_once_after_its_paragraph(written: Written) -> None:
    box = f"<w:txbxContent>{paragraph('en el cuadro')}</w:txbxContent>"
    drawing = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    content = written(lambda document: append(document, f"<w:p>{run('ancla')}<w:r>{drawing}</w:r></w:p>"))
    assert told(content) == [("paragraph", "ancla"), ("paragraph", "en el cuadro")]


def test_content_controls_links_and_fields_are_transparent(written: Written) -> None:
    def write(document: Any) -> None:
        append(document, f"<w:sdt><w:sdtContent>{paragraph('control')}</w:sdtContent></w:sdt>")
        field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        append(document, f"<w:p>{run('ver ')}<w:hyperlink>{run('enlace')}</w:hyperlink>{field}</w:p>")

    assert told(written(write)) == [("paragraph", "control"), ("paragraph", "ver enlace")]


def test_tracked_changes_are_read_as_accepted_and_said(written: Written) -> None:
    def write(document: Any) -> None:
        removed = "<w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        append(document, f"<w:p>{run('Meta: ')}{removed}<w:ins>{run('28')}</w:ins></w:p>")

    content = written(write)
    assert told(content) == [("paragraph", "Meta: 28")]
    assert [notice.code for notice in content.notices] == ["tracked-changes"]


def test_hidden_text_is_left_out_and_said(written: Written) -> None:
    content = written(
        lambda document: append(document, f"<w:p>{run('Meta: 28')}{run(' no imprimir', '<w:vanish/>')}</w:p>")
    )
    assert told(content) == [("paragraph", "Meta: 28")]
    assert [notice.code for notice in content.notices] == ["hidden-text"]


def test_a_page_header_says_once_whose_document_it_is(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_paragraph("texto")
        header = document.sections[0].header
        header.paragraphs[0].text = "Alcaldía de Peña Honda - Plan 2024-2027"
        header.add_paragraph("Código GP-014 Versión 3")

    content = written(write)
    assert told(content) == [("paragraph", "texto"), ("paragraph", "Alcaldía de Peña Honda - Plan 2024-2027")]
    assert [notice.code for notice in content.notices] == ["page-headers-read-once"]


def test_page_footers_are_said_not_to_be_read(written: Written) -> None:
    def write(document: Any) -> None:
        document.add_paragraph("texto")
        document.sections[0].footer.paragraphs[0].text = "Calle principal"

    content = written(write)
    assert told(content) == [("paragraph", "texto")]
    assert [notice.code for notice in content.notices] == ["page-headers-not-read"]


def test_a_document_without_words_is_an_error(written: Written) -> None:
    with pytest.raises(InputError, match="no tiene texto"):
        written(lambda document: document.add_paragraph(" "))


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "contraseña"), (b"nada que ver", "dañado")],
    ids=["encrypted", "not-a-zip"],
)
def test_what_cannot_be_opened_is_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "malo.docx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_a_document_cut_off_is_one_line(written: Written, tmp_path: Path) -> None:
    written(lambda document: document.add_paragraph("texto"))
    path = tmp_path / "documento.docx"
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputError, match="dañado"):
        read(path)
