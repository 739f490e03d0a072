"""PDF documents as blocks: tables with and without lines, over pages, columns, type, furniture, scans, broken files."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    LongTable,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from ingest.errors import InputError
from ingest.readers import pdf_scans
from ingest.readers.content import ReadContent
from ingest.readers.pdf_file import count_pages, read
from ingest.readers.pdf_words import clean
from ingest.records import Block, TableRow

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12)
SMALL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=9.5)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=16, leading=19, spaceAfter=8)
BOLD = ParagraphStyle("bold", fontName="Helvetica-Bold", fontSize=10, leading=12, spaceBefore=8, spaceAfter=6)

HEADER = ["Indicador", "Línea base", "Meta 2024-2027"]
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
PLAIN = [("VALIGN", (0, 0), (-1, -1), "TOP")]
#: Invented rows; the second cell of the third is blank.
ROWS = [
    ["Acueductos veredales mejorados y puestos en servicio en la zona rural dispersa", "4", "12"],
    ["Familias con gas domiciliario", "1.250", "2.000"],
    ["Puentes peatonales construidos sobre quebradas y caños del municipio", "", "3"],
    ["Porcentaje de la población con acceso a agua potable en el área urbana", "81,5 %", "95 %"],
    ["Jornadas de vacunación animal", "N.D.", "16"],
]

Drawn = Callable[[Callable[[Canvas], object]], ReadContent]
Flowed = Callable[..., ReadContent]


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    """Reads what ``draw`` puts on a canvas."""

    def make(draw: Callable[[Canvas], object], **options: Any) -> ReadContent:
        path = tmp_path / "dibujo.pdf"
        canvas = Canvas(str(path), pagesize=A4, **options)
        draw(canvas)
        canvas.save()
        return read(path)

    return make


@pytest.fixture
def flowed(tmp_path: Path) -> Flowed:
    """Reads a document of flowables, in one frame a page or in several, with what ``on_page`` draws on each."""

    def make(
        *story: Any, on_page: Callable[[Canvas, Any], None] = lambda *_: None, columns: int = 1, size: Any = A4
    ) -> ReadContent:
        path = tmp_path / "flujo.pdf"
        template = BaseDocTemplate(str(path), pagesize=size)
        gap, margin = 24, 70
        width = (size[0] - 2 * margin - gap * (columns - 1)) / columns
        frames = [Frame(margin + i * (width + gap), 70, width, size[1] - 150) for i in range(columns)]
        template.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=on_page)])
        template.build(list(story))
        return read(path)

    return make


def table_of(rows: Sequence[Sequence[str]], style: Sequence[Any] = RULED, **options: Any) -> Table:
    """A table whose cells wrap."""
    cells = [[Paragraph(text, SMALL) for text in row] for row in rows]
    widths = options.pop("colWidths", [210, 90, 120])
    return LongTable(cells, colWidths=widths, style=list(style), **options)


def tables(content: ReadContent) -> list[tuple[TableRow, ...]]:
    return [block.table.rows for block in content.blocks if block.table is not None]


def texts(rows: Sequence[TableRow]) -> list[list[str]]:
    return [list(row.texts) for row in rows]


def told(content: ReadContent) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in content.blocks if block.kind != "table"]


def codes(content: ReadContent) -> list[str]:
    return [notice.code for notice in content.notices]


def kinds(blocks: Sequence[Block]) -> list[str]:
    return [block.kind for block in blocks]


def test_a_ruled_table_keeps_its_cells_and_stands_between_the_text_around_it(flowed: Flowed) -> None:
    content = flowed(Paragraph("Sector agua", BODY), table_of([HEADER, *ROWS]), Paragraph("Fuente: alcaldía.", BODY))
    assert kinds(content.blocks) == ["paragraph", "table", "paragraph"]
    assert texts(tables(content)[0]) == [HEADER, *ROWS]
    assert told(content) == [("paragraph", "Sector agua"), ("paragraph", "Fuente: alcaldía.")]


def test_every_row_has_its_page_and_a_rectangle_around_its_words(flowed: Flowed) -> None:
    (rows,) = tables(flowed(table_of([HEADER, *ROWS])))
    boxes = [row.place.rectangle for row in rows]
    assert {row.place.page for row in rows} == {1}
    assert all(box is not None and box[0] < box[2] and box[1] < box[3] for box in boxes)
    assert all(above and below and above[3] <= below[1] + 0.2 for above, below in pairwise(boxes))


@pytest.mark.parametrize("style", [RULED, PLAIN], ids=["ruled", "unruled"])
@pytest.mark.parametrize("repeat", [1, 0], ids=["header-repeated", "header-once"])
def test_a_table_over_two_pages_loses_no_row(flowed: Flowed, style: Any, repeat: int) -> None:
    rows = [[f"{text} {number}", str(number), goal] for number in range(1, 15) for text, _, goal in ROWS]
    content = flowed(table_of([HEADER, *rows], style, repeatRows=repeat))
    parts = tables(content)
    assert [part[0].place.page for part in parts] == [1, 2, 3][: len(parts)]
    assert len(parts) > 1
    said = [row for part in parts for row in texts(part)]
    assert [row for row in said if row != HEADER] == rows
    assert said.count(HEADER) == (len(parts) if repeat else 1)


def test_a_row_cut_by_the_page_break_keeps_both_parts_in_their_columns(flowed: Flowed) -> None:
    words = [f"palabra{number}" for number in range(150)]
    content = flowed(Spacer(1, 480), table_of([HEADER, [" ".join(words), "10", "20"]], splitInRow=1, splitByRow=1))
    first, second = tables(content)
    assert texts(first)[0] == HEADER
    assert [text for part in (first[1:], second) for row in texts(part) for text in row[0].split()] == words
    assert texts(first)[1][1:] == ["10", "20"]


def test_cells_merged_downwards_and_across_repeat_their_text_as_merged(flowed: Flowed) -> None:
    rows = [
        ["PROGRAMA 1. Agua para el campo", "", ""],
        ["Programa", "Indicador", "Meta"],
        ["Agua limpia", "Plantas construidas", "2"],
        ["", "Redes ampliadas", "7"],
    ]
    style = [*RULED, ("SPAN", (0, 0), (-1, 0)), ("SPAN", (0, 2), (0, 3))]
    (found,) = tables(flowed(table_of(rows, style)))
    assert texts(found) == [
        ["PROGRAMA 1. Agua para el campo"] * 3,
        ["Programa", "Indicador", "Meta"],
        ["Agua limpia", "Plantas construidas", "2"],
        ["Agua limpia", "Redes ampliadas", "7"],
    ]
    merged = [[cell.merged for cell in row.cells] for row in found]
    assert merged == [[False, True, True], [False] * 3, [False] * 3, [True, False, False]]


def test_a_table_without_lines_has_its_wrapped_cells_whole(flowed: Flowed) -> None:
    content = flowed(Paragraph("Metas del sector.", BODY), Spacer(1, 20), table_of([HEADER, *ROWS], PLAIN))
    assert [texts(rows) for rows in tables(content)] == [[HEADER, *ROWS]]
    assert told(content) == [("paragraph", "Metas del sector.")]
    assert "table-without-lines" in codes(content)


def test_a_table_ruled_between_its_rows_only(flowed: Flowed) -> None:
    style = [*PLAIN, ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("TOPPADDING", (0, 0), (-1, -1), 0)]
    style.append(("BOTTOMPADDING", (0, 0), (-1, -1), 1))
    assert [texts(rows) for rows in tables(flowed(table_of([HEADER, *ROWS], style)))] == [[HEADER, *ROWS]]


def test_a_table_ruled_between_its_columns_only(flowed: Flowed) -> None:
    style = [*PLAIN, ("BOX", (0, 0), (-1, -1), 0.5, colors.black), ("LINEAFTER", (0, 0), (-1, -1), 0.5, colors.black)]
    style.append(("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black))
    rows = [[text, base or "S.L.", goal] for text, base, goal in ROWS]
    assert [texts(found) for found in tables(flowed(table_of([HEADER, *rows], style)))] == [[HEADER, *rows]]


def test_titles_across_a_table_without_lines_are_rows_of_it(flowed: Flowed) -> None:
    first, second = (f"Programa {n}. Servicios dignos para todas las familias del campo" for n in (1, 2))
    rows = [[first, "", ""], HEADER, *ROWS[:3], [second, "", ""], *ROWS[3:], *ROWS[:2]]
    style = [*PLAIN, ("SPAN", (0, 0), (-1, 0)), ("SPAN", (0, 5), (-1, 5))]
    (found,) = tables(flowed(table_of(rows, style)))
    assert texts(found) == [row if row[1] or row[2] else [row[0]] * 3 for row in rows]
    assert [cell.merged for cell in found[5].cells] == [False, True, True]


def test_labels_with_values_beside_them_are_text(flowed: Flowed) -> None:
    rows = [["Programa:", "Agua limpia para las veredas"], ["Sector:", "Vivienda"], ["Responsable:", "Planeación"]]
    content = flowed(table_of(rows, PLAIN, colWidths=[90, 250]))
    assert told(content) == [("paragraph", " ".join(row)) for row in rows]


def test_a_table_open_at_its_sides(flowed: Flowed) -> None:
    style = [*PLAIN, ("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)]
    style += [("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.black)]
    assert [texts(rows) for rows in tables(flowed(table_of([HEADER, *ROWS], style)))] == [[HEADER, *ROWS]]


@pytest.mark.parametrize("ruled", [True, False])
def test_shading_behind_cells_draws_no_columns_of_its_own(flowed: Flowed, ruled: bool) -> None:
    bands = [("BACKGROUND", (0, row), (-1, row), colors.lightblue) for row in range(0, 6, 2)]
    content = flowed(table_of([HEADER, *ROWS], [*(RULED if ruled else PLAIN), *bands]))
    assert [texts(rows) for rows in tables(content)] == [[HEADER, *ROWS]]


def test_a_telephone_table_without_lines(drawn: Drawn) -> None:
    entries = [
        ("Secretaría de Salud", "601 555 0101"),
        ("Comisaría de Familia", "601 555 0102"),
        ("Bomberos", "119"),
        ("Defensa Civil", "144"),
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for index, (name, number) in enumerate(entries):
            canvas.drawString(80, 700 - 16 * index, name)
            canvas.drawString(320, 700 - 16 * index, number)

    assert [texts(rows) for rows in tables(drawn(draw))] == [[list(entry) for entry in entries]]


def test_text_in_two_columns_is_read_one_column_after_the_other(flowed: Flowed) -> None:
    left = "El municipio mejorará sus vías terciarias con apoyo de las juntas. " * 9
    right = "La comunidad vigilará las obras por medio de veedurías elegidas. " * 9
    content = flowed(Paragraph(left, BODY), FrameBreak(), Paragraph(right, BODY), columns=2)
    assert told(content) == [("paragraph", left.strip()), ("paragraph", right.strip())]
    assert tables(content) == []


def test_columns_whose_lines_do_not_stand_side_by_side(flowed: Flowed) -> None:
    def said(letter: str, count: int) -> str:
        return f"{letter}a alcaldía mejorará vías terciarias, escuelas y redes con apoyo de juntas y veedurías " * count

    story: list[Any] = []
    for letter, count, space in (("L", 3, 5), ("S", 2, 9), ("P", 4, 7)):
        story += [Paragraph(said(letter, count), BODY), Spacer(1, space)]
    content = flowed(*story, FrameBreak(), Spacer(1, 4), *story, columns=2)
    wanted = [said(letter, count).strip() for letter, count in (("L", 3), ("S", 2), ("P", 4))]
    assert [text for _, text in told(content)] == wanted * 2


def test_headings_paragraphs_and_items(flowed: Flowed) -> None:
    long = "El plan recoge lo que las comunidades pidieron en las mesas de trabajo de cada corregimiento y vereda. " * 3
    content = flowed(
        Paragraph("Plan de desarrollo", TITLE),
        Paragraph("Agua y saneamiento", BOLD),
        Paragraph(long, BODY),
        Spacer(1, 10),
        Paragraph("• Ampliar las redes", BODY),
        Paragraph("• Proteger las cuencas", BODY),
        Paragraph("2) Formar a las juntas", BODY),
    )
    assert told(content) == [
        ("heading", "Plan de desarrollo"),
        ("heading", "Agua y saneamiento"),
        ("paragraph", long.strip()),
        ("item", "Ampliar las redes"),
        ("item", "Proteger las cuencas"),
        ("item", "2) Formar a las juntas"),
    ]
    assert [block.level for block in content.blocks[:2]] == [1, 3]
    assert [block.emphasis for block in content.blocks[:3]] == [True, True, False]


def test_labels_on_lines_of_their_own_are_not_run_together(drawn: Drawn) -> None:
    lines = ["Dependencia: Secretaría de Salud", "Línea Estratégica: Vida digna", "Programa: Hospitales que curan"]

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(80, 700)
        for line in [*lines, "y este renglón es tan ancho que ninguno de los de arriba llega hasta donde él"]:
            text.textLine(line)
        canvas.drawText(text)

    assert [text for _, text in told(drawn(draw))][:2] == lines[:2]


def test_words_parted_at_the_end_of_a_line_are_whole_and_periods_keep_their_dash(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(80, 700)
        for line in ("El fortalecimiento de la participa-", "ción ciudadana en el periodo 2024-", "2027 será la base."):
            text.textLine(line)
        canvas.drawText(text)

    (said,) = [text for _, text in told(drawn(draw))]
    assert said == "El fortalecimiento de la participación ciudadana en el periodo 2024-2027 será la base."


def test_spaces_printed_under_a_figure_do_not_part_it(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "$          ")
        canvas.drawString(100, 700, "1")
        canvas.drawString(100 + canvas.stringWidth("1"), 700, "4.025.587")

    assert told(drawn(draw)) == [("paragraph", "$ 14.025.587")]


def test_text_printed_twice_to_look_bold_is_read_once(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(80 + shift, 700, "Meta de 44 aulas")

    assert told(drawn(draw)) == [("paragraph", "Meta de 44 aulas")]


def test_a_letter_that_a_word_has_twice_in_small_type_stays_twice(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 4)
        canvas.drawString(80, 700, "Callejones del barrio Villa Sevilla")

    assert told(drawn(draw)) == [("paragraph", "Callejones del barrio Villa Sevilla")]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("e\ufb01ciente", "eficiente"),
        ("salud\u200b", "salud"),
        ("Timbiqui\u0301", "Timbiquí"),
        ("(cid:1)", "•"),
        ("\uf0b7", "•"),
        ("m²", "m²"),
    ],
)
def test_words_are_composed_letters(printed: str, read_as: str) -> None:
    assert clean(printed) == read_as


def furniture(canvas: Canvas, _: Any) -> None:
    canvas.drawString(70, 810, "Alcaldía de Villa Ficticia")
    canvas.drawString(70, 30, "Calle 1 # 2-34, Villa Ficticia")
    canvas.drawString(480, 30, f"Página {canvas.getPageNumber()} de 4")


def test_page_headers_footers_and_numbers_stand_in_no_page(flowed: Flowed) -> None:
    story = [part for n in range(4) for part in (Paragraph(f"Capítulo {'abcd'[n]} del plan.", BODY), PageBreak())]
    content = flowed(*story, on_page=furniture)
    on_pages = [block for block in content.blocks if block.group <= 4]
    assert [block.text for block in on_pages] == [f"Capítulo {letter} del plan." for letter in "abcd"]
    assert [block.group for block in on_pages] == [1, 2, 3, 4]


def test_what_only_page_headers_say_is_kept_once_after_the_pages(flowed: Flowed) -> None:
    story = [part for n in range(4) for part in (Paragraph(f"Capítulo {'abcd'[n]} del plan.", BODY), PageBreak())]
    content = flowed(*story, on_page=furniture)
    assert [block.text for block in content.blocks].count("Alcaldía de Villa Ficticia") == 1
    assert content.blocks[4].text == "Alcaldía de Villa Ficticia"
    assert "page-headers-read-once" in codes(content)


def test_rows_that_differ_in_figures_only_are_no_page_headers(drawn: Drawn) -> None:
    """On each page the same names stand at the same heights, as in a form filled in for every year."""

    def draw(canvas: Canvas) -> None:
        for page in range(4):
            for index, name in enumerate(("Aulas", "Puentes", "Redes", "Plantas")):
                canvas.drawString(80, 790 - 15 * index, name)
                canvas.drawString(300, 790 - 15 * index, str((page + 1) * (index + 3) * 19 % 101))
            canvas.showPage()

    found = [texts(rows) for rows in tables(drawn(draw))]
    assert [[row[0] for row in rows] for rows in found] == [["Aulas", "Puentes", "Redes", "Plantas"]] * 4
    assert [rows[0][1] for rows in found] == ["57", "13", "70", "26"]


def test_a_label_that_runs_along_the_page_heads_stays_where_it_begins(flowed: Flowed) -> None:
    def head(canvas: Canvas, _: Any) -> None:
        canvas.drawString(70, 810, f"Programa: {'Agua limpia' if canvas.getPageNumber() < 5 else 'Vías para la paz'}")

    story = [part for n in range(8) for part in (Paragraph(f"Capítulo {'abcdefgh'[n]}.", BODY), PageBreak())]
    content = flowed(*story, on_page=head)
    labels = [(block.group, block.text) for block in content.blocks if "Programa" in block.text]
    assert labels == [(1, "Programa: Agua limpia"), (5, "Programa: Vías para la paz")]


def test_a_label_on_cards_of_one_size_is_no_page_header(flowed: Flowed) -> None:
    pages = [
        item
        for number in range(5)
        for item in (
            Paragraph(f"Indicador: obra {'abcde'[number]}", BODY),
            Paragraph("Unidad de medida: Número", BODY),
            PageBreak(),
        )
    ]
    texts = [block.text for block in flowed(*pages).blocks]
    assert texts.count("Unidad de medida: Número") == 5


def test_bold_lines_over_ruled_tables_are_headings_where_there_is_no_running_text(flowed: Flowed) -> None:
    read = flowed(Paragraph("Línea estratégica Agua cerca", TITLE), table_of([HEADER, *ROWS]))
    assert told(read) == [("heading", "Línea estratégica Agua cerca")]


def test_titles_that_count_like_the_pages_are_no_page_headers(flowed: Flowed) -> None:
    story = [
        part for n in range(1, 5) for part in (Paragraph(f"Ficha {n}", TITLE), Paragraph("Agua.", BODY), PageBreak())
    ]
    content = flowed(*story, on_page=furniture)
    assert [block.text for block in content.blocks if block.kind == "heading"] == [f"Ficha {n}" for n in range(1, 5)]


def test_a_ruled_box_at_the_head_of_every_page_is_no_table_of_the_document(flowed: Flowed) -> None:
    def head(canvas: Canvas, _: Any) -> None:
        box = table_of([["Alcaldía de Villa Ficticia", "Versión 2", f"Página {canvas.getPageNumber()} de 3"]])
        box.wrapOn(canvas, 420, 60)
        box.drawOn(canvas, 70, 800)

    rows = [[f"Obra {number} de la vereda", str(number), str(2 * number)] for number in range(120)]
    content = flowed(table_of([HEADER, *rows]), on_page=head)
    assert [row for part in tables(content) for row in texts(part)] == [HEADER, *rows]
    assert [block.text for block in content.blocks if block.kind != "table"] == [
        "Alcaldía de Villa Ficticia | Versión 2 | Página 1 de 3"
    ]


def test_page_headers_do_not_stand_between_the_parts_of_a_table(flowed: Flowed) -> None:
    rows = [[f"Obra {number} de la vereda", str(number), str(2 * number)] for number in range(120)]
    content = flowed(table_of([HEADER, *rows]), on_page=furniture)
    assert kinds(content.blocks[:3]) == ["table", "table", "table"]
    assert sum(map(len, tables(content))) == 121


def test_the_header_of_a_table_without_lines_below_a_title_of_its_page_stays_with_it(flowed: Flowed) -> None:
    """It stands at one height on every page, as page headers do, but heads what only this page says."""
    titles = ["Agua para el campo", "Vías que unen", "Aulas abiertas"]
    story: list[Any] = []
    for title in titles:
        rows = [[f"{text} de {title}", base, goal] for text, base, goal in ROWS[:3]]
        story += [Paragraph(title, TITLE), table_of([HEADER, *rows], PLAIN), PageBreak()]
    content = flowed(*story)
    assert [texts(rows)[0] for rows in tables(content)] == [HEADER] * 3
    assert [text for kind, text in told(content) if kind == "heading"] == titles


def test_a_frame_around_a_page_is_no_table(flowed: Flowed) -> None:
    def frame(canvas: Canvas, _: Any) -> None:
        canvas.rect(40, 40, 515, 760)
        canvas.line(40, 770, 555, 770)

    content = flowed(Paragraph("Texto dentro de un marco.", BODY), table_of([HEADER, *ROWS]), on_page=frame)
    assert [texts(rows) for rows in tables(content)] == [[HEADER, *ROWS]]
    assert ("paragraph", "Texto dentro de un marco.") in told(content)


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_rotated_page_is_read_upright(drawn: Drawn, degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        height, width = A4  # the sheet before it is turned
        canvas.translate(*((width, 0) if degrees == 90 else (0, height)))
        canvas.rotate(degrees)
        draw_rows(canvas)

    assert [texts(rows) for rows in tables(drawn(draw))] == [[HEADER, *ROWS]]


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_table_lying_on_its_side_is_read_and_placed_where_it_is_shown(drawn: Drawn, degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = A4
        canvas.translate(*((width, 0) if degrees == 90 else (0, height)))
        canvas.rotate(degrees)
        draw_rows(canvas)

    content = drawn(draw)
    assert [texts(rows) for rows in tables(content)] == [[HEADER, *ROWS]]
    boxes = [row.place.rectangle for row in tables(content)[0]]
    assert all(
        box is not None and box[2] - box[0] < 60 and box[3] - box[1] == pytest.approx(420, abs=2) for box in boxes
    )
    lefts = [box[0] for box in boxes if box is not None]
    assert lefts == sorted(lefts, reverse=degrees == 270)


def draw_rows(canvas: Canvas) -> None:
    table = table_of([HEADER, *ROWS])
    _, height = table.wrapOn(canvas, 600, 500)
    table.drawOn(canvas, 100, 500 - height)


def test_a_header_cell_set_sideways_is_read_from_its_first_letter(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([80, 110, 250, 330], [500, 620, 660, 700])
        for y, (name, goal) in ((675, ("Redes", "12")), (635, ("Plantas", "2")), (560, ("Aulas", "9"))):
            canvas.drawString(120, y, name)
            canvas.drawString(260, y, goal)
        canvas.saveState()
        canvas.translate(98, 510)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Agua para todos")
        canvas.restoreState()

    assert texts(tables(drawn(draw))[0])[-1] == ["Agua para todos", "Aulas", "9"]


def scan(canvas: Canvas) -> None:
    buffer = io.BytesIO()
    Image.new("L", (60, 80), 200).save(buffer, "PNG")
    buffer.seek(0)
    canvas.drawImage(ImageReader(buffer), 0, 0, *A4)
    canvas.showPage()


def test_a_scanned_page_is_told_with_what_to_install(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: None)

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "Esta página tiene texto.")
        canvas.showPage()
        scan(canvas)

    content = drawn(draw)
    (notice,) = content.notices
    assert (notice.code, notice.place) == ("scanned-page", "página 2")
    assert all(word in notice.message for word in ("ocrmypdf", "tesseract", "spa"))
    assert (content.pages, told(content)) == (2, [("paragraph", "Esta página tiene texto.")])


def test_a_scanned_page_is_read_by_text_recognition_where_it_is_installed(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searchable = tmp_path / "reconocido.pdf"
    canvas = Canvas(str(searchable), pagesize=A4)
    canvas.drawString(80, 700, "Meta: 40 viviendas")
    canvas.save()
    program = tmp_path / "ocrmypdf"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{searchable}" "$last"\n')
    program.chmod(0o755)
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: str(program))
    content = drawn(scan)
    assert told(content) == [("paragraph", "Meta: 40 viviendas")]
    assert [(notice.code, notice.place) for notice in content.notices] == [("recognised-page", "página 1")]


@pytest.mark.parametrize("body", ["exit 3", "sleep 60"])
def test_text_recognition_that_fails_or_hangs_leaves_a_notice(
    drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    program = tmp_path / "ocrmypdf"
    program.write_text(f"#!/bin/sh\nexec {body}\n" if body.startswith("sleep") else f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: str(program))
    monkeypatch.setattr(pdf_scans, "_AT_MOST", 1)
    assert codes(drawn(scan)) == ["scanned-page"]


def written(path: Path, pages: int = 1, **options: Any) -> Path:
    canvas = Canvas(str(path), **options)
    for number in range(pages):
        canvas.drawString(80, 700, f"Hoja {number}")
        canvas.showPage()
    canvas.save()
    return path


def test_a_password_is_asked_for_in_one_line(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = written(tmp_path / "clave.pdf", encrypt=StandardEncryption("secreta", "dueña"))
    with pytest.raises(InputError, match="contraseña"):
        read(path)


def test_a_file_locked_against_changes_only_is_read(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = written(tmp_path / "abierto.pdf", encrypt=StandardEncryption("", "dueña", canCopy=0))
    assert told(read(path)) == [("paragraph", "Hoja 0")]


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "cortado.pdf", pages=3)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(InputError, match="incompleto"):
        read(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 no es", "no es un PDF"),
        (b"%PDF-1.4\nnada de nada\n%%EOF\n", "dañado"),
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF\n",
            "no tiene páginas",
        ),
    ],
)
def test_what_is_no_readable_pdf_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "malo.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as told_error:
        read(path)
    assert "\n" not in str(told_error.value)


def test_scripts_are_told_and_not_run(tmp_path: Path) -> None:
    assert "scripts-not-run" not in codes(read(written(tmp_path / "sin.pdf")))
    path = written(tmp_path / "con.pdf")
    script = b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert) >>"
    path.write_bytes(path.read_bytes().replace(b"/Type /Catalog", script))
    content = read(path)
    assert codes(content) == ["scripts-not-run"]
    assert told(content) == [("paragraph", "Hoja 0")]


def test_more_pages_than_the_limit_are_refused_before_any_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "largo.pdf", pages=6)
    assert (read(path, max_pages=6).pages, count_pages(path)) == (6, 6)
    with pytest.raises(InputError, match="más de 5 páginas"):
        read(path, max_pages=5)


def test_a_wide_table_on_a_landscape_page(flowed: Flowed) -> None:
    names = ["Código", "Programa", "Indicador", "Unidad", "Base", "2024", "2025", "2026", "2027", "Total"]
    rows = [
        [f"3{n:02d}", f"Programa {n}", f"Indicador {n} de la vereda", "Número", "0", *"1234", "10"] for n in range(12)
    ]
    content = flowed(table_of([names, *rows], colWidths=[50, 80, 130, 60, 50, 50, 50, 50, 50, 50]), size=landscape(A4))
    assert [texts(part) for part in tables(content)] == [[names, *rows]]


def test_a_merged_cell_that_goes_on_over_the_page_keeps_its_words(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        for x in (50, 150, 250, 350):
            canvas.line(x, 700, x, 620)
        for y in (700, 680, 660, 640):
            canvas.line(150 if y == 640 else 50, y, 350, y)
        canvas.line(150, 620, 350, 620)  # the first column is open at its foot
        canvas.setFont("Helvetica", 8)
        for y, texts in ((686, ("Programa", "Indicador", "Meta")), (666, ("Agua", "Pozos", "2")),
                         (646, ("Letras", "Aulas", "3")), (626, ("", "Cupos", "4"))):  # fmt: skip
            for x, text in zip((55, 155, 255), texts, strict=True):
                canvas.drawString(x, y, text)

    found = [block.table.rows for block in drawn(draw).blocks if block.table is not None]
    assert [row.texts for row in found[0]][1:] == [
        ("Agua", "Pozos", "2"),
        ("Letras", "Aulas", "3"),
        ("Letras", "Cupos", "4"),
    ]


def test_letters_of_cells_half_a_line_apart_are_not_mixed(drawn: Drawn) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 4.9)
        canvas.drawString(50, 705.7, "Familias conectadas a redes de agua apta")
        canvas.drawString(50, 700.0, "para el consumo en zonas dispersas")
        canvas.drawString(160, 702.85, "Una cifra en medio")

    text = " ".join(block.text for block in drawn(draw).blocks)
    assert {"Familias", "conectadas", "dispersas", "medio"} <= set(text.split())
