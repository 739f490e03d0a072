"""Running text of a PDF document: columns, headings, words parted, printed twice or spaced."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    FrameBreak,
    Paragraph,
    Spacer,
)

from ingest.readers.pdf_words import clean
from tests.support.pdf_drawing import (
    BODY,
    BOLD,
    TITLE,
    Drawn,
    Flowed,
    tables,
    told,
)


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
