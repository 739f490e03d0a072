"""Tables of a PDF document: with lines and without, over pages, merged, shaded."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Paragraph,
    Spacer,
)

from tests.support.pdf_drawing import (
    BODY,
    HEADER,
    PLAIN,
    ROWS,
    RULED,
    Drawn,
    Flowed,
    codes,
    kinds,
    table_of,
    tables,
    texts,
    told,
)


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
        for y, row in ((686, ("Programa", "Indicador", "Meta")), (666, ("Agua", "Pozos", "2")),
                         (646, ("Letras", "Aulas", "3")), (626, ("", "Cupos", "4"))):  # fmt: skip
            for x, text in zip((55, 155, 255), row, strict=True):
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
