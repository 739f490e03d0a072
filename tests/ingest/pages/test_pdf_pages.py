"""Rows of PDFs on pictures of their pages: the pixels that are marked are over the row's words."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.extract import extract
from ingest.fold import fold
from ingest.pages.draw import draw
from ingest.pages.pdf_pages import draw_parts
from ingest.pages.values import Drawing
from ingest.readers import read_file
from ingest.records import IndicatorRow, PagePart, Place
from tests.support.files import pdf_file
from tests.support.pages import (
    framed,
    highlighted,
    pdf_plan,
    picture_of,
    plan_rows,
    words_marked,
    words_within,
)

#: Files may have other letters beside a row's than the row: a page number on the line, a mark of a list.
_NOT_ITS_OWN = 2


def letters(text: str) -> Counter[str]:
    return Counter(char for char in fold(text) if char.isalnum())


def said(row: IndicatorRow) -> str:
    return " ".join(text for _, text in row.cells)


def drawn(path: Path, row: IndicatorRow, folder: Path) -> bytes:
    made = draw(path, Drawing(parts=row.place.parts), folder)
    return (folder / made.file).read_bytes()


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pdf_plan(tmp_path_factory.mktemp("plan") / "plan.pdf", plan_rows(60))


def test_every_row_of_a_table_over_pages_is_marked_where_it_stands(plan: Path, tmp_path: Path) -> None:
    rows = extract(read_file(plan)).rows
    assert len(rows) == 60
    assert len({row.place.page for row in rows}) > 1
    for row in rows:
        parts = row.place.parts
        if len(parts) == 1:
            words = words_marked(plan, parts[0].page, picture_of(drawn(plan, row, tmp_path)))
            assert letters(words) == letters(said(row))


def test_a_row_cut_by_a_page_break_is_marked_on_both_pages(tmp_path: Path) -> None:
    long = "La alcaldía mejorará las vías terciarias con las juntas de acción comunal y sus veedurías, " * 12
    rows = plan_rows(14)
    for row in rows:
        row[1] = f"{row[1]} en la que {long}y termina"
    path = pdf_plan(tmp_path / "plan.pdf", rows)
    made = extract(read_file(path)).rows
    cut = [row for row in made if row.place.goes_on]
    assert cut
    for row in cut:
        first, *others = row.place.parts
        assert [part.page for part in others] == [first.page + 1]
        words = " ".join(words_within(path, part.page, part.rectangle or ()) for part in row.place.parts)
        assert letters(words) == letters(said(row))
        image = picture_of(drawn(path, row, tmp_path))
        assert image.height > 2 * image.width
        upper, lower = (image.crop((0, top, image.width, top + image.height // 2)) for top in (0, image.height // 2))
        assert highlighted(upper) is not None
        assert highlighted(lower) is not None


@pytest.mark.parametrize("degrees", [90, 270])
def test_pages_that_are_shown_turned_are_marked_where_they_show_the_row(tmp_path: Path, degrees: int) -> None:
    import pypdfium2

    path = pdf_plan(tmp_path / "a.pdf", plan_rows(6))
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.set_rotation(degrees)
    document.save(tmp_path / "girado.pdf")
    document.close()
    turned = tmp_path / "girado.pdf"
    rows = extract(read_file(turned)).rows
    assert len(rows) == 6
    for row in rows:
        words = words_marked(turned, 1, picture_of(drawn(turned, row, tmp_path)))
        assert letters(words) == letters(said(row))


def test_pages_of_which_only_a_part_is_visible(tmp_path: Path) -> None:
    import pypdfium2

    path = pdf_plan(tmp_path / "a.pdf", plan_rows(6))
    document = pypdfium2.PdfDocument(path)
    document[0].set_cropbox(40, 300, 560, 800)
    document.save(tmp_path / "recortado.pdf")
    document.close()
    row = extract(read_file(tmp_path / "recortado.pdf")).rows[2]
    image = picture_of(drawn(tmp_path / "recortado.pdf", row, tmp_path))
    assert image.width / image.height == pytest.approx(520 / 500, rel=0.01)
    marked, box = highlighted(image), row.place.rectangle
    assert marked is not None
    assert box is not None
    scale = image.width / 520
    assert [edge / scale for edge in marked] == pytest.approx(box, abs=1.5)


def test_a_page_without_a_rectangle_is_framed(tmp_path: Path) -> None:
    path = pdf_file(tmp_path / "a.pdf")
    image = draw_parts(path, [PagePart(page=1)])
    assert framed(image) == (0, 0, *image.size)


def test_pictures_are_of_a_bounded_size_whatever_size_the_page_says(tmp_path: Path) -> None:
    for name, size in (("grande", b"0 0 14400 14400"), ("larga", b"0 0 10 14400"), ("chica", b"0 0 30 20")):
        path = pdf_file(tmp_path / f"{name}.pdf")
        path.write_bytes(path.read_bytes().replace(b"0 0 612 792", size))
        image = draw_parts(path, [PagePart(page=1)])
        assert max(image.size) <= 2201
        assert min(image.size) >= 1


@pytest.mark.parametrize("page", [0, 2, -1, 10**9])
def test_a_page_that_is_not_there_is_one_line(tmp_path: Path, page: int) -> None:
    with pytest.raises(InputError, match="no tiene la página"):
        draw_parts(pdf_file(tmp_path / "a.pdf"), [PagePart(page=page)])


def test_what_is_no_pdf_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 nada")
    with pytest.raises(InputError, match="dañado"):
        draw_parts(path, [PagePart(page=1)])


TIMBIQUI = Path(__file__).resolve().parents[3].parent / "shared" / "other-cities" / "timbiqui_pdm_2012-2015.pdf"


@cache
def timbiqui_rows() -> tuple[IndicatorRow, ...]:
    return extract(read_file(TIMBIQUI)).rows


@pytest.mark.real_documents
@pytest.mark.slow
def test_all_rows_of_a_real_plan_are_where_they_say() -> None:
    """The words in the rectangles are those of the cells, letter by letter; six rows go over a page break."""
    rows = timbiqui_rows()
    wrong = [row.row_id for row in rows if not _stands_there(row.place, said(row))]
    assert len(rows) >= 250
    assert wrong == []
    assert sum(bool(row.place.goes_on) for row in rows) == 6


def _stands_there(place: Place, text: str) -> bool:
    words = " ".join(words_within(TIMBIQUI, part.page, _grown(part.rectangle or (0, 0, 0, 0))) for part in place.parts)
    there, wanted = letters(words), letters(text)
    return (wanted - there).total() == 0 and (there - wanted).total() <= _NOT_ITS_OWN


def _grown(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1


@pytest.mark.real_documents
@pytest.mark.slow
def test_pictures_of_a_real_plan_mark_the_words_of_the_row(tmp_path: Path) -> None:
    rows = [row for row in timbiqui_rows() if not row.place.goes_on]
    for row in rows[:: len(rows) // 6]:
        assert row.place.page is not None
        words = words_marked(TIMBIQUI, row.place.page, picture_of(drawn(TIMBIQUI, row, tmp_path)))
        assert letters(words) == letters(said(row))
