"""Workbooks (.xlsx): each visible sheet is one group, its name a heading and its cells one table.

``package → sheets as text → trimmed grid with merged ranges filled → blocks``. Nothing is computed and no macro is
run: formulas give the values that were saved with them. Sheets are streamed, so that a huge one costs what is kept of
it and no more.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.package import broken, check_package
from ingest.records import Block, Cell, Notice, Place, Table, TableRow

#: What is read of one sheet, and of all sheets together; the rest is left out with a notice.
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 500_000
#: The last row that a sheet can have (Excel's specifications and limits).
_LAST_ROW = 1_048_576

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LINE_ENDS = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_SHOWN_PLACES = 5

Grid = dict[tuple[int, int], str]

#: Cells without words have no place of their own, so that a stray cell far out does not cost a million of them.
_EMPTY = Cell()
_EMPTY_MERGED = Cell(merged=True)


@dataclass(frozen=True)
class Area:
    """A range of cells, 1-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A visible sheet as text: its cells with words by (row, column), 1-based, and what stands around them."""

    name: str
    cells: Grid
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    unsaved: tuple[tuple[int, int], ...] = field(default=())  # formulas without a saved value
    cut: bool = False  # has more than is read


def read(path: Path) -> ReadContent:
    """Read a workbook; a row's place is its range ('A7:K7'), a cell's its own ('C7').

    Raises ``InputError`` when it is encrypted, broken, unpacks to too much or has no words in a visible sheet.
    """
    check_package(path, "un libro de Excel (.xlsx)")
    sheets, hidden = _load(path)
    notices = [
        Notice(code="hidden-sheet", message=f"La hoja «{name}» está oculta y no se leyó.", place=str(Place(sheet=name)))
        for name in hidden
    ]
    blocks: list[Block] = []
    for group, sheet in enumerate(sheets):
        blocks += sheet_to_blocks(sheet, group)
        notices += sheet_doubts(sheet)
    if not blocks:
        raise InputError("El libro no tiene celdas con contenido en sus hojas visibles.")
    return ReadContent(blocks=tuple(blocks), pages=None, notices=tuple(notices))


def _load(path: Path) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The visible sheets as text, and the names of the hidden ones."""
    import openpyxl

    # The stream is ours to close: openpyxl leaves a file of its own open when it fails.
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")  # of parts that openpyxl does not know, none of which holds cells
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
                hidden = tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible")
                room = MAX_CELLS
                sheets = []
                for raw in visible:
                    sheets.append(_load_sheet(raw, path, room))
                    room -= len(sheets[-1].cells)
            finally:
                book.close()
        except MemoryError:
            raise
        except Exception as error:  # the library raises whatever a broken part makes it stumble over
            raise broken("un libro de Excel (.xlsx)") from error
    return tuple(sheets), hidden


def _load_sheet(raw: Any, path: Path, room: int) -> Sheet:
    raw.reset_dimensions()  # what a file says of its own size is often wrong
    cells: Grid = {}
    cut = False
    for number, row in enumerate(raw.iter_rows(), start=1):
        texts = [
            (column, text)
            for column, cell in enumerate(row, start=1)
            if cell.value is not None and (text := value_text(cell.value, cell.number_format))
        ]
        if number > _LAST_ROW:  # the rows before one that says it is further down come too, without cells
            cut = True
            break
        if not texts:
            continue
        if number > MAX_ROWS or len(cells) + len(texts) > room:
            cut = True
            break
        cut = cut or texts[-1][0] > MAX_COLUMNS
        cells |= {(number, column): text for column, text in texts if column <= MAX_COLUMNS}
    with zipfile.ZipFile(path) as archive, archive.open(raw._worksheet_path) as part:  # has no public name
        return _with_marks(raw.title, cells, part, cut=cut)


def _with_marks(name: str, cells: Grid, part: Any, *, cut: bool) -> Sheet:
    """A sheet with what the stream of values does not tell: merged ranges, what is hidden, formulas without value."""
    from lxml import etree
    from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

    merged: list[Area] = []
    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    unsaved: list[tuple[int, int]] = []
    tags = ("{*}row", "{*}col", "{*}mergeCell")
    for _, element in etree.iterparse(part, events=("end",), tag=tags, resolve_entities=False, no_network=True):
        kind = etree.QName(element).localname
        hidden = element.get("hidden") in ("1", "true")
        if kind == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref"))
            merged.append(Area(int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)))
        elif kind == "col" and hidden:
            columns.append((int(element.get("min")), int(element.get("max"))))
        elif kind == "row":
            if hidden and element.get("r"):
                rows.add(int(element.get("r")))
            unsaved += [coordinate_to_tuple(cell.get("r")) for cell in element if _is_unsaved(cell)]
            element.clear()
            while element.getprevious() is not None:  # keeps memory flat however many rows there are
                del element.getparent()[0]
    return Sheet(name, cells, tuple(merged), frozenset(rows), tuple(columns), tuple(unsaved), cut)


def _is_unsaved(cell: Any) -> bool:
    """Whether a cell is a formula without a saved value; a saved empty text is a value."""
    if cell.find("{*}f") is None or cell.get("r") is None or cell.get("t") == "str":
        return False
    return not cell.findtext("{*}v")


def value_text(value: object, number_format: str = "General") -> str:
    """A cell's value as es-CO prints it: '12426', '0,45', '45%', '2024-03-01', 'sí'."""
    match value:
        case None:
            return ""
        case bool():
            return "sí" if value else "no"
        case int() | float() | Decimal():
            return number_text(value, percent=is_percent(number_format))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return clean_text(str(value))


def number_text(value: int | float | Decimal, *, percent: bool = False) -> str:
    """A number with a decimal comma and every digit that tells it from its neighbours.

    Exactly three decimals after one to three digits would be read as thousands, so they get a zero: '1,2340'.
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value)
    text = format(number * 100 if percent else number, "f")
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    digits = whole.lstrip("-")
    if len(decimals) == 3 and len(digits) <= 3 and digits != "0":
        decimals += "0"
    shown = f"{whole},{decimals}" if decimals else whole
    return ("0" if shown == "-0" else shown) + ("%" if percent else "")


def is_percent(number_format: str) -> bool:
    """Whether a number format shows percentages: '0.0%', but not '0" %"', which only writes the sign."""
    return "%" in _LITERALS.sub("", number_format.split(";")[0])


def clean_text(text: str) -> str:
    """A text cell verbatim, its escapes ('_x000D_') undone, line ends as '\\n', ends stripped."""
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text)).strip()


def sheet_to_blocks(sheet: Sheet, group: int) -> tuple[Block, ...]:
    """A heading with the sheet's name and one table up to the last row and column with words; none when empty."""
    if not sheet.cells:
        return ()
    height = max(row for row, _ in sheet.cells)
    width = max(column for _, column in sheet.cells)
    origins = _origins(_fillable(sheet, height, width))
    letters = _letters(width)
    rows = tuple(
        TableRow(
            cells=tuple(_cell(sheet, (row, column), origins, letters[column - 1]) for column in range(1, width + 1)),
            place=Place(sheet=sheet.name, cell=f"A{row}:{letters[-1]}{row}" if width > 1 else f"A{row}"),
        )
        for row in range(1, height + 1)
    )
    heading = Block(kind="heading", text=sheet.name, level=1, group=group, place=Place(sheet=sheet.name))
    where = Place(sheet=sheet.name, cell=f"A1:{letters[-1]}{height}")
    return heading, Block(kind="table", table=Table(rows=rows, title=sheet.name), group=group, place=where)


def _cell(sheet: Sheet, at: tuple[int, int], origins: dict[tuple[int, int], tuple[int, int]], letter: str) -> Cell:
    origin = origins.get(at, at)
    text = sheet.cells.get(origin, "")
    if not text:
        return _EMPTY if origin == at else _EMPTY_MERGED
    return Cell(text=text, place=Place(sheet=sheet.name, cell=f"{letter}{at[0]}"), merged=origin != at)


def _fillable(sheet: Sheet, height: int, width: int) -> list[Area]:
    """The merged ranges within the table, as many as fit into the number of cells that is read."""
    kept: list[Area] = []
    room = MAX_CELLS
    for area in sheet.merged:
        clipped = Area(area.top, area.left, min(area.bottom, height), min(area.right, width))
        room -= max(0, clipped.bottom - clipped.top + 1) * max(0, clipped.right - clipped.left + 1)
        if room < 0:
            break
        kept.append(clipped)
    return kept


def _origins(areas: Iterable[Area]) -> dict[tuple[int, int], tuple[int, int]]:
    """Each cell of a merged range but its first, and the cell whose text it repeats."""
    return {
        (row, column): (area.top, area.left)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if (row, column) != (area.top, area.left)
    }


def _letters(width: int) -> list[str]:
    from openpyxl.utils.cell import get_column_letter

    return [get_column_letter(column) for column in range(1, width + 1)]


def sheet_doubts(sheet: Sheet) -> Iterator[Notice]:
    """What is unsure about a sheet, each kind once, with the first places."""
    name = sheet.name
    if not sheet.cells and not sheet.cut:
        yield Notice(code="empty-sheet", message=f"La hoja «{name}» está vacía.", place=str(Place(sheet=name)))
    if sheet.unsaved:
        message = (
            f"Fórmulas sin valor guardado en la hoja «{name}»: {len(sheet.unsaved)} ({_first(sheet.unsaved)}). Esas "
            "celdas quedan vacías; abra el libro, guárdelo y vuelva a cargarlo."
        )
        yield Notice(code="formula-without-value", message=message, place=_place(sheet, sheet.unsaved[0]))
    errors = [at for at, text in sheet.cells.items() if _ERROR.fullmatch(text)]
    if errors:
        message = f"Celdas con un error de fórmula en la hoja «{name}»: {len(errors)} ({_first(errors)})."
        yield Notice(code="formula-error", message=message, place=_place(sheet, errors[0]))
    hidden = [at for at in sheet.cells if at[0] in sheet.hidden_rows or _within(at[1], sheet.hidden_columns)]
    if hidden:
        message = f"La hoja «{name}» tiene filas o columnas ocultas con contenido; se leyeron también."
        yield Notice(code="hidden-cells", message=message, place=_place(sheet, hidden[0]))
    height, width = (max((at[axis] for at in sheet.cells), default=0) for axis in (0, 1))
    if len(_fillable(sheet, height, width)) < len(sheet.merged):
        message = f"La hoja «{name}» combina demasiadas celdas; parte de ellas quedó sin repetir su texto."
        yield Notice(code="merged-cut", message=message, place=str(Place(sheet=name)))
    if sheet.cut:
        message = (
            f"La hoja «{name}» es demasiado grande: se leyó hasta la fila {height}, y no más de {MAX_COLUMNS} columnas."
        )
        yield Notice(code="sheet-cut", message=message, place=str(Place(sheet=name)))


def _within(column: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= column <= last for first, last in spans)


def _first(cells: Sequence[tuple[int, int]]) -> str:
    shown = ", ".join(_coordinate(at) for at in cells[:_SHOWN_PLACES])
    return shown if len(cells) <= _SHOWN_PLACES else f"{shown}, …"


def _coordinate(at: tuple[int, int]) -> str:
    return f"{_letters(at[1])[-1]}{at[0]}"


def _place(sheet: Sheet, at: tuple[int, int]) -> str:
    return str(Place(sheet=sheet.name, cell=_coordinate(at)))
