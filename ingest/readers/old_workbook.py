"""Old workbooks (.xls): read like new ones, except that the file's number formats are not known.

Calamine gives values without their formats, so that a cell printed as "45%" comes as 0,45; a notice says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.package import broken, locked
from ingest.readers.workbook import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Area,
    Grid,
    Sheet,
    sheet_doubts,
    sheet_to_blocks,
    value_text,
)
from ingest.records import Block, Notice, Place

_WHAT = "un libro de Excel (.xls)"


def read(path: Path) -> ReadContent:
    """Read an old workbook; places are as in ``workbook``.

    Raises ``InputError`` when it is encrypted, broken or has no words in a visible sheet.
    """
    from python_calamine import CalamineError, PasswordError

    try:
        return _read(path)
    except PasswordError:
        raise locked() from None
    except InputError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise broken(_WHAT) from error
    except BaseException as error:
        # A broken file can make the Rust library panic, which is no Exception; anything else is not ours to keep.
        if type(error).__name__ != "PanicException":
            raise
        raise broken(_WHAT) from None


def _read(path: Path) -> ReadContent:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    blocks: list[Block] = []
    notices: list[Notice] = []
    room = MAX_CELLS
    with CalamineWorkbook.from_path(path) as book:
        for group, meta in enumerate(book.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                message = f"La hoja «{meta.name}» no es de celdas (un gráfico o una macro) y no se leyó."
                notices.append(Notice(code="sheet-not-read", message=message, place=str(Place(sheet=meta.name))))
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                message = f"La hoja «{meta.name}» está oculta y no se leyó."
                notices.append(Notice(code="hidden-sheet", message=message, place=str(Place(sheet=meta.name))))
                continue
            raw = book.get_sheet_by_index(group)
            sheet = _load_sheet(raw, room)
            room -= len(sheet.cells)
            blocks += sheet_to_blocks(sheet, group)
            notices += [*sheet_doubts(sheet), *_unformatted(raw)]
    if not blocks:
        raise InputError("El libro no tiene celdas con contenido en sus hojas visibles.")
    return ReadContent(blocks=tuple(blocks), pages=None, notices=tuple(notices))


def _load_sheet(raw: Any, room: int) -> Sheet:
    cells: Grid = {}
    cut = False
    for row, column, value in _values(raw):
        text = value_text(value)
        if not text:
            continue
        if row > MAX_ROWS or len(cells) >= room:
            cut = True
            break
        if column > MAX_COLUMNS:
            cut = True
        else:
            cells[row, column] = text
    areas = tuple(
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in raw.merged_cell_ranges or ()
        if top <= bottom and left <= right
    )
    return Sheet(raw.name, cells, areas, cut=cut)


def _values(raw: Any) -> Iterator[tuple[int, int, Any]]:
    """(row, column, value) of the cells, 1-based, in order."""
    if raw.start is None:
        return
    top, left = raw.start
    for row, values in enumerate(raw.to_python(skip_empty_area=True), start=top + 1):
        for column, value in enumerate(values, start=left + 1):
            yield row, column, value


def _unformatted(raw: Any) -> Iterator[Notice]:
    """A notice when a sheet holds fractions, any of which may be printed as a percentage."""
    fractions = sum(isinstance(v, float) and abs(v) < 10 and not v.is_integer() for _, _, v in _values(raw))
    if fractions:
        message = (
            f"En la hoja «{raw.name}» hay {fractions} números con decimales que pueden ser porcentajes (0,45 por "
            "45 %): en un libro .xls no se distinguen. Guárdelo como .xlsx para leerlos como se ven."
        )
        yield Notice(code="formats-unknown", message=message, place=str(Place(sheet=raw.name)))
