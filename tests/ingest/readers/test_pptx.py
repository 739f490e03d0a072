"""Presentations as blocks: what stands on a slide, in which order, and what is told instead of read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest.errors import InputError
from ingest.extract import extract
from ingest.readers import ReadLimits, read_file
from ingest.readers.content import ReadContent
from ingest.readers.pptx_file import count_pages, read
from tests.support.files import change_part, pptx_file

Save = Callable[[Callable[[Any], None]], ReadContent]
BLANK, TITLE_ONLY, TITLE_AND_BODY = 6, 5, 1


@pytest.fixture
def saved(tmp_path: Path) -> Save:
    """Reads a presentation of the slides that ``build`` adds to it."""

    def save(build: Callable[[Any], None]) -> ReadContent:
        import pptx

        presentation = pptx.Presentation()
        build(presentation)
        presentation.save(str(tmp_path / "p.pptx"))
        return read(tmp_path / "p.pptx")

    return save


def add_slide(presentation: Any, layout: int = BLANK) -> Any:
    return presentation.slides.add_slide(presentation.slide_layouts[layout])


def add_text(shapes: Any, text: str, left: float, top: float) -> Any:
    box = shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(0.5))
    box.text_frame.text = text
    return box


def texts_of(content: ReadContent) -> list[str]:
    return [block.text for block in content.blocks]


def codes_of(content: ReadContent) -> list[str]:
    return [notice.code for notice in content.notices]


def test_the_title_comes_first_and_the_rest_from_top_left(saved: Save) -> None:
    def build(presentation: Any) -> None:
        slide = add_slide(presentation, TITLE_ONLY)
        add_text(slide.shapes, "abajo", 1, 5)
        add_text(slide.shapes, "derecha", 5, 3.02)
        add_text(slide.shapes, "izquierda", 1, 3.07)
        add_text(slide.shapes, "arriba del título", 1, 0)
        slide.shapes.title.text = "Avances"

    content = saved(build)
    assert texts_of(content) == ["Avances", "arriba del título", "izquierda", "derecha", "abajo"]
    assert (content.blocks[0].kind, content.blocks[0].level) == ("heading", 1)


def test_a_slide_is_a_page_and_a_group_and_places_are_unique(saved: Save) -> None:
    def build(presentation: Any) -> None:
        for _ in range(2):
            slide = add_slide(presentation)
            add_text(slide.shapes, "uno\ndos", 1, 1)
            add_text(slide.shapes, "tres", 1, 3)

    content = saved(build)
    assert content.pages == 2
    assert [(b.group, b.place.page, b.place.cell) for b in content.blocks] == [
        (group, group + 1, cell) for group in (0, 1) for cell in ("F1P1", "F1P2", "F2P1")
    ]


def test_a_group_is_opened_and_its_shapes_stand_where_they_are_seen(saved: Save) -> None:
    def build(presentation: Any) -> None:
        slide = add_slide(presentation)
        add_text(slide.shapes, "en medio", 1, 3)
        group = slide.shapes.add_group_shape()
        add_text(group.shapes, "dentro, arriba", 1, 1)
        add_text(group.shapes, "dentro, abajo", 1, 2)
        group.top = Inches(2)  # the whole group moves down: its second shape is now below "en medio"
        group.height = Inches(4)

    assert texts_of(saved(build)) == ["dentro, arriba", "en medio", "dentro, abajo"]


def test_a_placeholder_without_a_position_stands_where_its_layout_says(saved: Save) -> None:
    def build(presentation: Any) -> None:
        slide = add_slide(presentation, TITLE_AND_BODY)
        slide.placeholders[1].text_frame.text = "cuerpo"
        add_text(slide.shapes, "sobre el cuerpo", 1, 1.2)
        add_text(slide.shapes, "bajo el cuerpo", 1, 7)

    assert texts_of(saved(build)) == ["sobre el cuerpo", "cuerpo", "bajo el cuerpo"]


def test_bullets_are_items_and_bold_is_emphasis(saved: Save) -> None:
    def build(presentation: Any) -> None:
        body = add_slide(presentation, TITLE_AND_BODY).placeholders[1].text_frame
        body.text = "primero"
        inner = body.add_paragraph()
        inner.text, inner.level = "dentro", 1
        strong = body.add_paragraph()
        strong.text = "fuerte"
        strong.runs[0].font.bold = True

    blocks = saved(build).blocks
    assert [(b.text, b.kind, b.level, b.emphasis) for b in blocks] == [
        ("primero", "paragraph", None, False),
        ("dentro", "item", 2, False),
        ("fuerte", "paragraph", None, True),
    ]


def test_a_merged_cell_says_its_text_in_every_place(saved: Save) -> None:
    def build(presentation: Any) -> None:
        table = add_slide(presentation).shapes.add_table(3, 3, Inches(1), Inches(1), Inches(6), Inches(2)).table
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(1, 0).merge(table.cell(2, 0))

    (block,) = saved(build).blocks
    assert block.table is not None
    top, _, below = block.table.rows
    assert (top.texts[1], top.texts[2], top.cells[2].merged) == ("01\n02", "01\n02", True)
    assert (below.texts, below.cells[0].merged) == (("10\n20", "21", "22"), True)
    assert [str(row.place) for row in block.table.rows] == [f"página 1, celda T1R{n}" for n in (1, 2, 3)]


def test_two_tables_side_by_side_give_rows_with_different_keys(tmp_path: Path) -> None:
    def build(presentation: Any) -> None:
        slide = add_slide(presentation)
        for number in (0, 1):
            shape = slide.shapes.add_table(2, 2, Inches(1 + 4 * number), Inches(1), Inches(3), Inches(1))
            for (row, column), text in {(0, 0): "Indicador", (0, 1): "Meta", (1, 1): "28"}.items():
                shape.table.cell(row, column).text = text
            shape.table.cell(1, 0).text = f"Puentes construidos {number}"

    rows = extract(read_file(pptx_file(tmp_path / "p.pptx", build))).rows
    found = {row.row_id: row.indicator for row in rows if row.indicator and "Puentes" in row.indicator}
    assert sorted(found.values()) == ["Puentes construidos 0", "Puentes construidos 1"]


def test_notes_come_last_on_their_slide(saved: Save) -> None:
    def build(presentation: Any) -> None:
        slide = add_slide(presentation)
        add_text(slide.shapes, "lámina", 1, 1)
        slide.notes_slide.notes_text_frame.text = "nota uno\nnota dos"
        add_text(add_slide(presentation).shapes, "otra", 1, 1)

    content = saved(build)
    assert texts_of(content) == ["lámina", "nota uno", "nota dos", "otra"]
    assert [b.place.cell for b in content.blocks[1:3]] == ["N1", "N2"]


def test_what_is_hidden_or_drawn_is_told_and_not_read(saved: Save) -> None:
    def build(presentation: Any) -> None:
        slide = add_slide(presentation)
        add_text(slide.shapes, "visible", 1, 1)
        hidden = add_text(slide.shapes, "forma oculta", 1, 2)
        hidden.element.find(".//{*}cNvPr").set("hidden", "1")
        data = CategoryChartData()
        data.categories = ["2024"]
        data.add_series("Meta", (3,))
        slide.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(1), Inches(2), Inches(2), data)
        other = add_slide(presentation)
        add_text(other.shapes, "lámina oculta", 1, 1)
        other.element.set("show", "0")

    content = saved(build)
    assert (texts_of(content), content.pages) == (["visible"], 2)
    assert sorted(codes_of(content)) == ["charts-not-read", "hidden-shape", "hidden-slide"]
    assert {notice.code: notice.place for notice in content.notices}["hidden-slide"] == "página 2"


def test_a_line_break_in_a_title_is_a_line(saved: Save) -> None:
    def build(presentation: Any) -> None:
        add_slide(presentation, TITLE_ONLY).shapes.title.text = "Línea\vEstratégica"

    assert texts_of(saved(build)) == ["Línea\nEstratégica"]


@pytest.mark.parametrize(
    ("suffix", "content_type"),
    [
        (".ppsx", b"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"),
        (".pptm", b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
    ],
)
def test_a_slide_show_and_a_presentation_with_macros_are_read_too(
    tmp_path: Path, suffix: str, content_type: bytes
) -> None:
    usual = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    plain = read_file(pptx_file(tmp_path / "p.pptx"))
    path = pptx_file(tmp_path / f"p{suffix}")
    change_part(path, "[Content_Types].xml", lambda xml: xml.replace(usual, content_type))
    assert read_file(path).blocks == plain.blocks


def test_pages_are_counted_before_anything_is_read(tmp_path: Path) -> None:
    path = pptx_file(tmp_path / "p.pptx", lambda presentation: [add_slide(presentation) for _ in range(4)])
    assert count_pages(path) == 5
    with pytest.raises(InputError, match="tiene 5 páginas y el máximo es 4"):
        read_file(path, limits=ReadLimits(max_pages=4))
    assert read_file(path, limits=ReadLimits(max_pages=5)).pages == 5


def test_a_presentation_without_words_is_an_error(saved: Save) -> None:
    with pytest.raises(InputError, match="no tiene texto"):
        saved(lambda presentation: add_slide(presentation))
