"""A document before anybody decides how it looks, and the elements it is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

# What a document says ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Label:
    """A level, office or purpose above a table: "Dependencia: Distriseguridad"."""

    name: str
    value: str


@dataclass(frozen=True)
class Section:
    """What kind of targets follow: "Metas de Resultados"."""

    text: str


@dataclass(frozen=True)
class Caption:
    """A vertical caption beside a table; it says nothing of it."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph with the lines it was broken into; ``mark`` is the sign of a list item."""

    lines: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class PlanTable:
    """A table of targets: the names of its columns, its rows, and the programme that holds for all of them."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    programme: str = ""
    programme_below: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class SmallTable:
    """Any other table, its first row its header."""

    rows: tuple[tuple[str, ...], ...]


Part = Label | Section | Caption | Text | PlanTable | SmallTable


@dataclass(frozen=True)
class Paper:
    """A document: what it is and what stands on each of its slides or pages."""

    name: str
    kind: Literal["plan", "report", "letter"]
    pages: tuple[tuple[Part, ...], ...]


# What it is drawn with --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """Running text; "\\n" is a line break inside it."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Item:
    text: str


@dataclass(frozen=True)
class Box:
    """A cell that takes ``down`` rows and ``across`` columns of its grid."""

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1


@dataclass(frozen=True)
class Grid:
    """A table: how many rows and columns it has, its cells, how many rows are header, whether that is repeated."""

    height: int
    width: int
    boxes: tuple[Box, ...]
    header: int = 1
    repeats_header: bool = False

    @staticmethod
    def of(rows: Sequence[Sequence[str]], *, header: int = 1, repeats_header: bool = False) -> Grid:
        """A grid of single cells."""
        boxes = tuple(Box(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
        return Grid(len(rows), max(map(len, rows)), boxes, header, repeats_header)

    def filled(self) -> list[list[str]]:
        """The texts row by row; of a merged cell only where it begins."""
        rows = [[""] * self.width for _ in range(self.height)]
        for box in self.boxes:
            rows[box.row][box.column] = box.text
        return rows

    def slices(self, most: int) -> list[Grid]:
        """The grid in pieces of at most so many data rows under the header; a merged cell is cut with them."""
        pieces = []
        for start in range(self.header, self.height, most):
            end = min(start + most, self.height)
            pieces.append(self._slice(start, end))
        return pieces

    def _slice(self, start: int, end: int) -> Grid:
        boxes = [box for box in self.boxes if box.row < self.header]
        for box in self.boxes:
            top, bottom = max(box.row, start), min(box.row + box.down, end)
            if box.row >= self.header and top < bottom:
                boxes.append(Box(self.header + top - start, box.column, box.text, bottom - top, box.across))
        return Grid(self.header + end - start, self.width, tuple(boxes), self.header, self.repeats_header)


@dataclass(frozen=True)
class NewPage:
    pass


Element = Heading | Paragraph | Item | Grid | NewPage
