"""Cells of figures: what a baseline, a target, a yearly figure or an amount of money in a table says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.extract.columns import Header
from ingest.extract.header import cell_text
from ingest.figures import parse_number, read_baseline, read_target
from ingest.fold import fold
from ingest.records import Cell, Figure, Notice, TableRow
from ingest.wording import load_yaml

#: What was reached, and the percentage that it is.
_WITH_SHARE = re.compile(r"^(\d[\d.,]*)\s*\(\s*\d[\d.,]*\s*%\s*\)$")
#: A figure and what it counts, no sentence: '310 cámaras', '98 %', '7,5 km de vía'.
_COUNTED = re.compile(r"^\$?\s?\d[\d.,]*\s?(?:%|[^\W\d_][\w./]*)?(?:\s[^\W\d_][\w./]*){0,3}$")


@dataclass(frozen=True)
class ReadFigure:
    """A figure of a cell and what was unsure about it."""

    figure: Figure | None = None
    notices: tuple[Notice, ...] = ()


def cell_of(row: TableRow, header: Header, *roles: str) -> Cell:
    """The first cell with words in the columns of these roles, or an empty one."""
    cells = (column.cell(row) for column in header.of(*roles))
    return next((cell for cell in cells if cell.text.strip()), Cell())


def text_of(row: TableRow, header: Header, *roles: str) -> str:
    return cell_text(cell_of(row, header, *roles).text)


def stated_text(row: TableRow, header: Header, *roles: str) -> str | None:
    """The text of the first such cell, None when it says that there is nothing ('NaN', 'N/A', '-')."""
    text = text_of(row, header, *roles)
    return None if not text or says_nothing(text) else text


def says_nothing(text: str) -> bool:
    """Whether a cell's words say that there is nothing ('NaN', 'N/A', '-')."""
    return fold(text) in _nothing()


def number_of(cell: Cell) -> Decimal | None:
    """The number a cell holds and nothing else, as es-CO prints it; readers of workbooks hand their numbers over so."""
    return parse_number(cell_text(cell.text))


def baseline_of(row: TableRow, header: Header) -> ReadFigure:
    """The baseline with its source and its date; None when the table has no such column."""
    if not header.of("baseline"):
        return ReadFigure()
    cell = cell_of(row, header, "baseline")
    figure, notices = _read(cell, read_baseline)
    years = [str(column.year) for column in header.of("baseline") if column.year]
    source = text_of(row, header, "baseline_source", "source") or figure.source
    period = text_of(row, header, "baseline_year") or figure.period or next(iter(years), None)
    figure = figure.model_copy(update={"source": source, "period": period})
    return ReadFigure(_with_unit(figure, row, header), tuple(notices))


def target_of(row: TableRow, header: Header) -> ReadFigure:
    """The target of the whole term; None when the table has no such column.

    Of two columns it is the one that is a number, or a number and what it counts ('310 cámaras').
    """
    if not header.of("target"):
        return ReadFigure()
    likeliest = sorted(header.of("target"), key=lambda column: -column.role.score if column.role else 0)
    cells = [cell for column in likeliest if (cell := column.cell(row)).text.strip()]
    numeric = (cell for cell in cells if number_of(cell) is not None)
    counted = (cell for cell in cells if _COUNTED.match(cell_text(cell.text)))
    figure, notices = _read(next(numeric, next(counted, cells[0] if cells else Cell())), read_target)
    return ReadFigure(_with_unit(figure, row, header), tuple(notices))


def plain_figure(cell: Cell, row: TableRow, header: Header) -> Figure | None:
    """A yearly or reached figure: the cell verbatim and its number; None for an empty cell.

    Of "5 (100 %)", which says the share too, it is the first.
    """
    if not cell.text.strip():
        return None
    reached = _WITH_SHARE.match(cell_text(cell.text))
    figure, _ = _read(cell, read_target)
    if reached is not None and (value := parse_number(reached[1])) is not None:
        figure = Figure(text=reached[1], value=value)
    return _with_unit(figure, row, header)


def percent_of(cell: Cell, *, fraction: bool = False) -> Decimal | None:
    """A percentage in points: "85 %" and "85" are 85, and so is 0,85 of a column of shares; its one mark is decimal."""
    value = parse_number(cell_text(cell.text), lone_mark="decimal")
    if value is None:
        value = number_of(cell)
    return value * 100 if fraction and value is not None and not cell.text.rstrip().endswith("%") else value


def _read(cell: Cell, read: Callable[[str], tuple[Figure, list[Notice]]]) -> tuple[Figure, list[Notice]]:
    text = cell_text(cell.text)
    value = number_of(cell)
    if value is not None and cell.place is not None and cell.place.sheet is not None:
        return Figure(text=text, value=value, unit="%" if text.endswith("%") else None), []
    figure, notices = read(text)
    return figure, notices


def _with_unit(figure: Figure, row: TableRow, header: Header) -> Figure:
    """The figure with the unit of its row's unit column, when that names one and the figure itself does not."""
    unit = stated_text(row, header, "unit")
    if figure.unit is not None or figure.value is None or unit is None or fold(unit) in _units()["generic_units"]:
        return figure
    return figure.model_copy(update={"unit": "%" if fold(unit) in _units()["percent_units"] else unit})


@cache
def _units() -> dict[str, frozenset[str]]:
    headings = load_yaml("headings.yaml")
    return {name: frozenset(fold(unit) for unit in headings[name]) for name in ("generic_units", "percent_units")}


@cache
def _nothing() -> frozenset[str]:
    return frozenset(fold(entry) for entry in load_yaml("figures.yaml")["no_value"])
