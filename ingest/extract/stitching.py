"""Rows and merged cells that a page break cut in two, made whole.

``rows of a page + rows of the next → rows``. Whether a cell goes on is read from its words: one that breaks off at
"de", or whose rest begins in lower case where cells begin with a capital.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ingest.extract.columns import INDICATOR_ROLES, Column, Header
from ingest.extract.halves import indicator_headers
from ingest.extract.header import cell_text
from ingest.fold import fold
from ingest.headings import LEVEL_RANKS
from ingest.records import Cell, TableRow
from ingest.wording import load_yaml

_SENTENCE_END = (".", ";", ":")
_BROKEN_OFF = (",", "(", "-", "–", "/")
#: Columns that hold for several rows; an unnamed one may be one of them.
_LEVELS = frozenset(LEVEL_RANKS) - {"product", "project"} | {"dependency", "purpose", ""}


def stitch(above: Sequence[TableRow], below: Sequence[TableRow], header: Header) -> tuple[TableRow, ...]:
    """The rows of a table and of the part it goes on with, in the columns of one header; blank rows are dropped."""
    rows, more = ([row for row in part if any(text.strip() for text in row.texts)] for part in (above, below))
    if not rows or not more:
        return (*rows, *more)
    cut = _is_cut(rows[-1], more[0], header)
    for column in header.columns:
        if column.name in _LEVELS:
            _join_level(rows, more, column, cut=cut)
    spanning = {column.index for column in header.columns if column.name in _LEVELS}
    spanning |= _join_result(rows, more, header)
    if cut:
        rows[-1] = _joined(rows[-1], more.pop(0), spanning)
    return (*rows, *more)


def _is_cut(above: TableRow, row: TableRow, header: Header) -> bool:
    """Whether a row is the rest of the one above.

    It is when a cell goes on with the one above it, or when it has no indicator and all its words may do so.
    """
    said = [
        (column, cell_text(column.cell(above).text), rest)
        for column in header.columns
        if column.name not in _LEVELS and (rest := cell_text(column.cell(row).text))
    ]
    if any(_is_figure(before) and _is_figure(rest) for _, before, rest in said):
        return False  # each has a figure of its own
    if not said or any(_goes_on(before, rest) for _, before, rest in said):
        return True
    subjects = INDICATOR_ROLES if header.has(INDICATOR_ROLES) else frozenset({"product", "target"})
    if any(column.name in subjects for column, _, _ in said):
        return False
    return all(before and not before.endswith(".") and _has_words(rest) for _, before, rest in said)


def _is_figure(text: str) -> bool:
    return text.rstrip("% ").replace(".", "").replace(",", "").isdigit()


def _goes_on(before: str, rest: str) -> bool:
    """Whether one text surely goes on with another."""
    if not before or not rest or before.endswith(_SENTENCE_END) or fold(before) == fold(rest):
        return False
    if before.endswith(_BROKEN_OFF) or fold(before).split()[-1] in _open_words("unfinished_words"):
        return True
    return (rest[0].islower() and not before[0].islower()) or fold(rest).split()[0] in _open_words("resuming_words")


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) * 2 > len(text)


def _join_level(rows: list[TableRow], more: list[TableRow], column: Column, *, cut: bool) -> None:
    """Make whole a cell that holds for the last rows of a page and the first of the next, in all of them."""
    rest = column.cell(more[0]).text
    before = next((text for row in reversed(rows) if (text := column.cell(row).text).strip()), "")
    if not before or not rest.strip() or fold(before) == fold(rest):
        return
    if not (cut or _goes_on(cell_text(before), cell_text(rest))):
        return
    whole = f"{before} {rest}"
    for index in reversed(range(len(rows))):
        text = column.cell(rows[index]).text
        if text == before:
            rows[index] = _with_text(rows[index], column, whole)
        elif text.strip():
            break
    for index, row in enumerate(more):
        if column.cell(row).text != rest:
            break
        more[index] = _with_text(row, column, whole)


def _join_result(rows: list[TableRow], more: list[TableRow], header: Header) -> set[int]:
    """Make whole the cells of a result that stands beside several of its products, where a page break parts these.

    Its figures may stand on one of the pages only. The columns made whole are returned.
    """
    halves = indicator_headers(header)
    if len(halves) < 2:
        return set()
    own = [column for column in halves[0].columns if column not in halves[-1].columns]
    wordings = [column for column in own if column.name in INDICATOR_ROLES]
    if not any(
        _goes_on(cell_text(column.cell(rows[-1]).text), cell_text(column.cell(more[0]).text)) for column in wordings
    ):
        return set()
    for column in own:
        if column.cell(more[0]).text.strip():
            _join_level(rows, more, column, cut=column in wordings)
        else:
            for index in range(_rows_of_cell(more, wordings[0])):
                more[index] = _with_text(more[index], column, column.cell(rows[-1]).text)
    return {column.index for column in own}


def _rows_of_cell(rows: Sequence[TableRow], column: Column) -> int:
    """Over how many of the rows the first cell of a column goes."""
    first = column.cell(rows[0]).text
    return next((at for at, row in enumerate(rows) if column.cell(row).text != first), len(rows))


def _with_text(row: TableRow, column: Column, text: str) -> TableRow:
    cells = (
        cell.model_copy(update={"text": text}) if index == column.index else cell
        for index, cell in enumerate(row.cells)
    )
    return row.model_copy(update={"cells": tuple(cells)})


def _joined(row: TableRow, rest: TableRow, spanning: set[int]) -> TableRow:
    """A row with its rest; cells of columns that span rows are whole already."""
    parts = (*row.place.goes_on, *rest.place.parts)
    return TableRow(cells=tuple(_cells(row, rest, spanning)), place=row.place.model_copy(update={"goes_on": parts}))


def _cells(row: TableRow, rest: TableRow, levels: set[int]) -> Iterator[Cell]:
    for index, (cell, more) in enumerate(zip(row.cells, rest.cells, strict=True)):
        whole = cell.text == more.text and index in levels
        text = cell.text if whole else f"{cell.text} {more.text}".strip()
        yield Cell(text=text, place=cell.place, merged=cell.merged)


@cache
def _open_words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_yaml("headings.yaml")[name])
