"""A row of a workbook as a picture: all its cells, under their headers, large enough to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from ingest.errors import InputError
from ingest.pages import sheet as sheet_module
from ingest.pages.draw import draw
from ingest.pages.fonts import Fonts, drawable, wrapped
from ingest.pages.sheet import draw_row
from ingest.pages.values import Drawing
from ingest.readers import READERS, read_file
from tests.support.files import xls_file, xlsx_file
from tests.support.pages import framed, highlighted, picture_of


class Pen:
    """Hears what is written on a picture, and where."""

    def __init__(self, real: Any, heard: list[tuple[float, float, str]]) -> None:
        self._real = real
        self._heard = heard

    def text(self, at: tuple[float, float], text: str, **how: Any) -> None:
        self._heard.append((*at, text))
        self._real.text(at, text, **how)

    def rectangle(self, *args: Any, **how: Any) -> None:
        self._real.rectangle(*args, **how)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, float, str]]:
    from PIL import ImageDraw

    written: list[tuple[float, float, str]] = []
    real = ImageDraw.Draw
    monkeypatch.setattr(ImageDraw, "Draw", lambda image: Pen(real(image), written))
    return written


def wide_book(path: Path, columns: int = 85, rows: int = 40) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Productos"
    sheet.append(["Plan indicativo de Villa Ejemplo"])
    sheet.append(["Programa", "Indicador de producto", "Meta del cuatrienio"] +
                 [f"Recursos propios {2024 + i % 4} fuente {i}" for i in range(columns - 3)])  # fmt: skip
    for n in range(rows):
        money = [None if i % 3 else 1_000_000_000 + n * 1000 + i for i in range(columns - 3)]
        sheet.append([f"Programa {n}", f"Kilómetros de vía número {n} con obras de drenaje", n, *money])
    book.save(path)
    return path


def test_every_cell_of_a_wide_row_is_written_whole_inside_the_mark(
    tmp_path: Path, heard: list[tuple[float, float, str]]
) -> None:
    path = wide_book(tmp_path / "a.xlsx")
    image = draw_row(read_file(path).blocks, "Productos", "A20:CG20")
    row = openpyxl.load_workbook(path)["Productos"][20]
    values = [str(cell.value) for cell in row if cell.value is not None]
    pixels = np.asarray(image)
    yellow = [text for x, y, text in heard if tuple(pixels[int(y) - 2, int(x)]) == sheet_module.HIGHLIGHT]
    joined = "".join(yellow).replace(" ", "")
    assert all(value.replace(" ", "") in joined for value in values)
    assert len([text for text in yellow if text == "20"]) >= 2
    assert image.width <= 1600
    letters = {text for _, _, text in heard}
    assert {"A", "B", "C", "D", "CG"} <= letters
    assert "E" not in letters
    assert any("54 columnas vacías en esta fila no se muestran" in text for text in letters)


def test_headers_and_the_rows_around_are_told(tmp_path: Path, heard: list[tuple[float, float, str]]) -> None:
    draw_row(read_file(wide_book(tmp_path / "a.xlsx", 6)).blocks, "Productos", "A20:F20")
    texts = [text for _, _, text in heard]
    assert "Programa" in texts
    assert {"19", "20", "21", "2"} <= set(texts)
    assert any(text.startswith("Hoja «Productos», A20 a F20") for text in texts)


@pytest.mark.parametrize("make", [xlsx_file, xls_file])
def test_old_and_new_workbooks_are_drawn_alike(tmp_path: Path, make: Any) -> None:
    path = make(tmp_path / ("a.xlsx" if make is xlsx_file else "a.xls"))
    made = draw(path, Drawing(sheet="Metas", cell="A3:C3"), tmp_path)
    image = picture_of((tmp_path / made.file).read_bytes())
    marked, frame = highlighted(image), framed(image)
    assert marked is not None
    assert frame is not None
    assert frame[0] < marked[0] < marked[2] < frame[2]
    assert marked[2] - marked[0] > image.width / 2


def test_a_row_that_is_not_in_the_book_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no está en el libro"):
        draw(xlsx_file(tmp_path / "a.xlsx"), Drawing(sheet="Metas", cell="A99:C99"), tmp_path)


def test_a_cell_of_a_whole_chapter_ends_the_picture_in_time(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Indicador", "Meta"] + [f"Explicación {i}" for i in range(60)])
    book.active.append(["Vías", 28] + ["La obra avanza según lo previsto por la alcaldía. " * 400] * 60)
    book.save(tmp_path / "a.xlsx")
    made = draw(tmp_path / "a.xlsx", Drawing(sheet="Sheet", cell="A2:BJ2"), tmp_path)
    assert made.height <= 6000 + 100


def test_letters_of_spanish_are_drawn_and_others_have_a_stand_in() -> None:
    fonts = Fonts.load(20)
    blank = fonts.plain.getmask(" ").getbbox()
    assert all(fonts.plain.getmask(char).getbbox() != blank for char in "áéíóúñÑü¿¡“”–…•°ºª%$«»€")
    assert drawable("≥ 28 → ✓ 日本") == ">= 28 -> x ??"


def test_long_words_are_broken_and_long_texts_cut() -> None:
    fonts = Fonts.load(20)
    lines = wrapped("12345678901234567890 y más", 100, fonts, bold=False, most=9)
    assert "".join(lines).replace(" ", "") == "12345678901234567890ymás"
    assert all(fonts.width(line) <= 100 for line in lines)
    assert wrapped("uno dos tres cuatro cinco seis siete ocho", 100, fonts, bold=False, most=2)[1].endswith("…")


def test_every_kind_of_workbook_that_is_read_can_be_drawn() -> None:
    from ingest.originals import PAGE_KINDS

    assert {suffix for suffix in READERS if suffix.startswith(".xls")} <= set(PAGE_KINDS)
