"""What stands on every page of a PDF document and belongs to none: headers, footers, numbers, frames."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    PageBreak,
    Paragraph,
)

from tests.support.pdf_drawing import (
    BODY,
    HEADER,
    PLAIN,
    ROWS,
    TITLE,
    Drawn,
    Flowed,
    codes,
    kinds,
    table_of,
    tables,
    texts,
    told,
)


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
