"""A row of a workbook as a picture: its cells under their headers, with the letters and numbers of the sheet around.

A sheet of 85 columns shrunk to a page is a grey stripe. So the row is drawn from its cells: its columns in as many
bands, one below the other, as it takes to write them large enough to be read, each with the header above, the rows
before and after in one line, and the row itself whole. Columns that say nothing of the row are left out, and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

from ingest.errors import InputError
from ingest.extract.header import find_headers
from ingest.pages.fonts import Fonts, wrapped
from ingest.pages.marking import FRAME, HIGHLIGHT
from ingest.records import Block, Table, TableRow

_WIDTH, _EDGE, _NUMBERS = 1600, 24, 64
_SIZE, _LEADING, _PADDING = 20, 26, 8
_NARROWEST, _WIDEST = 110, 520
#: Lines of a cell: of the row, of a header, of the rows around it.
_LINES, _HEADER_LINES, _NEAR_LINES = 60, 6, 1
_MOST_HEADER_ROWS = 3
#: The picture ends here; a row of more is told to go on.
_HIGHEST = 6000
_PAPER, _INK, _FAINT = (255, 255, 255), (20, 20, 20), (125, 125, 125)
_GRID, _SHADE, _STRIP = (196, 196, 196), (238, 240, 244), (222, 226, 232)


@dataclass(frozen=True)
class _Line:
    """One printed row of the picture: what stands at its left, its cells' texts, and how it looks."""

    number: str
    texts: tuple[str, ...]
    bold: bool = False
    lines: int = _LINES
    fill: tuple[int, int, int] = _PAPER
    ink: tuple[int, int, int] = _INK
    is_row: bool = False


def draw_row(blocks: Sequence[Block], sheet: str, cell: str) -> Any:
    """The picture of the row of a sheet that begins at a cell ('A7:K7'); raises ``InputError`` when it is not there."""
    table, at = _find(blocks, sheet, cell)
    lines = list(_lines(table, at))
    columns = [index for index, one in enumerate(table.rows[at].cells) if one.text.strip()]
    fonts = Fonts.load(_SIZE)
    return _Picture(fonts, lines, columns).draw(_title(sheet, cell, table.rows[at], columns))


def _find(blocks: Sequence[Block], sheet: str, cell: str) -> tuple[Table, int]:
    for block in blocks:
        if block.table is not None and block.place.sheet == sheet:
            for at, row in enumerate(block.table.rows):
                if row.place.cell == cell:
                    return block.table, at
    raise InputError("La fila no está en el libro.")


def _lines(table: Table, at: int) -> Iterator[_Line]:
    """The letters of the columns, the header, the row before, the row, the row after."""
    rows = table.rows
    header = [head for head in find_headers(rows) if head.last < at]
    heads = range(header[-1].first, header[-1].last + 1) if header else range(0, min(1, at))
    yield _Line("", tuple(_letters(len(rows[at].cells))), lines=1, fill=_STRIP, ink=_FAINT)
    for index in heads[-_MOST_HEADER_ROWS:]:
        yield _Line(_number(rows[index]), rows[index].texts, bold=True, lines=_HEADER_LINES, fill=_SHADE)
    if at - 1 not in heads and at > 0:
        yield _Line(_number(rows[at - 1]), rows[at - 1].texts, lines=_NEAR_LINES, ink=_FAINT)
    yield _Line(_number(rows[at]), rows[at].texts, fill=HIGHLIGHT, is_row=True)
    if at + 1 < len(rows):
        yield _Line(_number(rows[at + 1]), rows[at + 1].texts, lines=_NEAR_LINES, ink=_FAINT)


def _number(row: TableRow) -> str:
    found = re.search(r"\d+", (row.place.cell or "").split(":")[0])
    return found[0] if found else ""


def _letters(count: int) -> list[str]:
    from openpyxl.utils.cell import get_column_letter

    return [get_column_letter(index) for index in range(1, count + 1)]


def _title(sheet: str, cell: str, row: TableRow, columns: Sequence[int]) -> str:
    empty = len(row.cells) - len(columns)
    left_out = {0: "", 1: " 1 columna vacía en esta fila no se muestra."}.get(
        empty, f" {empty} columnas vacías en esta fila no se muestran."
    )
    return f"Hoja «{sheet}», {cell.replace(':', ' a ')}.{left_out}"


@dataclass(frozen=True)
class _Picture:
    """The lines of the picture in bands of columns (indexes into the sheet's)."""

    fonts: Fonts
    lines: Sequence[_Line]
    columns: Sequence[int]

    def draw(self, title: str) -> Any:
        from PIL import Image, ImageDraw

        bands = list(self._bands())
        heights = [[self._height(line, band) for line in self._of_band(band)] for band in bands]
        top = _EDGE + 2 * _LEADING
        wanted = top + sum(sum(some) + _EDGE for some in heights)
        title = self.fonts.fit(title, _WIDTH - 2 * _EDGE, bold=True)
        inside = max([self.fonts.width(title, bold=True), *(_NUMBERS + sum(band.values()) for band in bands)])
        image = Image.new("RGB", (2 * _EDGE + ceil(inside), min(wanted, _HIGHEST)), _PAPER)
        pen = ImageDraw.Draw(image)
        pen.text((_EDGE, _EDGE), title, font=self.fonts.bold, fill=_INK)
        shown = 0
        for band, some in zip(bands, heights, strict=True):
            if top + sum(some) + _EDGE > _HIGHEST - _LEADING and shown:
                rest = f"… {sum(map(len, bands)) - shown} columnas más."
                pen.text((_EDGE, top), rest, font=self.fonts.bold, fill=_INK)
                return image.crop((0, 0, image.width, top + 2 * _LEADING))
            self._draw_band(pen, band, some, top)
            top += sum(some) + _EDGE
            shown += len(band)
        return image

    def _of_band(self, band: dict[int, int]) -> list[_Line]:
        """The lines without headers that say nothing of its columns."""
        return [line for line in self.lines if not line.bold or any(_at(line, column) for column in band)]

    def _bands(self) -> Iterator[dict[int, int]]:
        """Columns with their widths, as many in each band as fit; those of a full band share what is left."""
        room = _WIDTH - 2 * _EDGE - _NUMBERS
        band: dict[int, int] = {}
        for column in self.columns:
            width = self._width(column)
            if sum(band.values()) + width > room:
                yield _spread(band, room)
                band = {}
            band[column] = width
        if band:
            yield band

    def _width(self, column: int) -> int:
        """Wide enough for the longest word, and for a text to be not much higher than wide."""
        texts = [_at(line, column) for line in self.lines if line.is_row or line.bold]
        word = max((self.fonts.width(word, bold=True) for text in texts for word in text.split()), default=0)
        whole = max((self.fonts.width(text) for text in texts), default=0)
        square = sqrt(2.2 * whole * _LEADING)
        return ceil(min(max(_NARROWEST, word + 2 * _PADDING, min(whole, square) + 2 * _PADDING), _WIDEST))

    def _height(self, line: _Line, band: dict[int, int]) -> int:
        count = max(len(self._wrapped(line, column, width)) for column, width in band.items())
        return max(1, count) * _LEADING + 2 * _PADDING

    def _wrapped(self, line: _Line, column: int, width: int) -> list[str]:
        return wrapped(_at(line, column), width - 2 * _PADDING, self.fonts, bold=line.bold, most=line.lines)

    def _draw_band(self, pen: Any, band: dict[int, int], heights: Sequence[int], top: int) -> None:
        right = _EDGE + _NUMBERS + sum(band.values())
        lines = self._of_band(band)
        for line, height in zip(lines, heights, strict=True):
            left = _EDGE
            self._draw_cell(pen, line, [line.number], (left, top, left + _NUMBERS, top + height))
            left += _NUMBERS
            for column, width in band.items():
                self._draw_cell(pen, line, self._wrapped(line, column, width), (left, top, left + width, top + height))
                left += width
            top += height
        below = top
        for line, height in zip(reversed(lines), reversed(heights), strict=True):
            below -= height
            if line.is_row:
                pen.rectangle((_EDGE - 3, below - 3, right + 3, below + height + 3), outline=FRAME, width=4)

    def _draw_cell(self, pen: Any, line: _Line, texts: Sequence[str], box: tuple[int, int, int, int]) -> None:
        pen.rectangle(box, fill=line.fill, outline=_GRID)
        font = self.fonts.bold if line.bold else self.fonts.plain
        for number, text in enumerate(texts):
            pen.text((box[0] + _PADDING, box[1] + _PADDING + number * _LEADING), text, font=font, fill=line.ink)


def _spread(band: dict[int, int], room: int) -> dict[int, int]:
    more = (room - sum(band.values())) // len(band) if band else 0
    return {column: width + more for column, width in band.items()}


def _at(line: _Line, column: int) -> str:
    return " ".join(line.texts[column].split()) if column < len(line.texts) else ""
