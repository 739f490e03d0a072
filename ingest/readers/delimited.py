"""Tables as delimited text (.csv, .tsv): ``bytes → text → delimiter → records → one table``.

Places are line numbers, split at "\\n" only; a record with line breaks inside quotes spans several.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.readers.text import decode
from ingest.records import Block, Cell, Notice, Place, Table, TableRow

#: What is read of one file; the rest is left out with a notice.
MAX_ROWS = 100_000
MAX_CELLS = 1_000_000

#: Delimiters in the order in which they win when they fit equally well.
DELIMITERS = (";", "\t", "|", ",")

_SAMPLE_RECORDS = 200
_LONGEST_RECORD = 100  # lines; a longer one is a quotation mark that nobody closed
_DECLARED = "sep="
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Line:
    """One record: its cells and the lines it stands on."""

    cells: tuple[str, ...]
    first: int
    last: int


def read(path: Path) -> ReadContent:
    """Read a file of delimited text into one table.

    Raises ``InputError`` when it is empty, no text or has no cell with words.
    """
    text, notices = decode(path.read_bytes())
    text = _one_line_end(text)
    tabs = path.suffix.lower() == ".tsv" and "\t" in text
    records, doubts = text_to_records(text, "\t" if tabs else None)
    rows = records_to_rows(records)
    if not any(map(str.isalnum, text)):
        raise InputError("El archivo no tiene celdas con contenido.")
    place = Place(line=rows[0].place.line, line_end=rows[-1].place.line_end or rows[-1].place.line)
    block = Block(kind="table", table=Table(rows=rows), place=place)
    return ReadContent(blocks=(block,), pages=None, notices=(*notices, *doubts))


def _one_line_end(text: str) -> str:
    """Line ends as '\\n', so that the number of lines stays; a file of carriage returns alone has them as line ends."""
    text = text.replace("\r\n", "\n")
    return text.replace("\r", " " if "\n" in text else "\n")


def text_to_records(text: str, delimiter: str | None = None) -> tuple[list[Line], list[Notice]]:
    """The records with words, and what was unsure about them; the delimiter is looked for when none is given."""
    lines = text.split("\n")
    declared = lines[0].strip().strip('"')
    start = 1 if declared.lower().startswith(_DECLARED) and len(declared) == len(_DECLARED) + 1 else 0
    delimiter = declared[-1] if start else delimiter or sniff_delimiter(lines)
    notices: list[Notice] = []
    quoted = _fits(lines[start:], delimiter)
    if not quoted:
        message = "Hay comillas que no se cierran; el archivo se leyó línea por línea, con las comillas como texto."
        notices.append(Notice(code="unclosed-quote", message=message))
    found = (line for line in _records(lines, start, delimiter, quoted=quoted) if any(line.cells))
    records: list[Line] = []
    room = MAX_CELLS
    for line in found:
        room -= len(line.cells)
        if len(records) == MAX_ROWS or room < 0:
            message = f"El archivo es demasiado grande: se leyó hasta la línea {records[-1].last if records else 0}."
            notices.append(Notice(code="table-cut", message=message, place=str(Place(line=line.first))))
            break
        records.append(line)
    return records, notices + list(_doubts(records))


def sniff_delimiter(lines: list[str]) -> str:
    """The delimiter under which the most records have the same number of cells; the comma when none parts any.

    Lines of text may stand around a table, with commas that part nothing: what counts is how many of all records, and
    of those that are parted at all, have the commonest number of cells. Of two that fit
    equally well the one with more cells wins, then the one that texts and decimals use less. Quotation marks count
    unless nothing parses with them.
    """
    for quoted in (True, False):
        scores = {delimiter: _evenness(lines, delimiter, quoted=quoted) for delimiter in DELIMITERS}
        best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
        if scores[best] > (0, 0):
            return best
    return ","


def _evenness(lines: list[str], delimiter: str, *, quoted: bool) -> tuple[float, int]:
    """How even the records are, and their commonest number of cells above one; zeros when nothing parses."""
    try:
        sample = list(islice(_records(lines, 0, delimiter, quoted=quoted), _SAMPLE_RECORDS))
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(line.cells) for line in sample if any(line.cells))
    count, width = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
    parted = sum(records for cells, records in widths.items() if cells > 1)
    return (count / widths.total() * count / parted * _as_delimiters(lines, delimiter), width) if count else (0.0, 0)


def _as_delimiters(lines: list[str], delimiter: str) -> float:
    """One, or half where most of them stand before a space, as the commas of a sentence do."""
    text = _QUOTED.sub("", "\n".join(lines[:_SAMPLE_RECORDS]))
    return 0.5 if text.count(f"{delimiter} ") * 2 > text.count(delimiter) else 1.0


def _fits(lines: list[str], delimiter: str) -> bool:
    """Whether every quotation mark is closed within a bounded number of lines."""
    try:
        return all(line.last - line.first < _LONGEST_RECORD for line in _records(lines, 0, delimiter, quoted=True))
    except csv.Error:
        return False


def _records(lines: list[str], start: int, delimiter: str, *, quoted: bool) -> Iterator[Line]:
    source = (f"{line}\n" for line in islice(lines, start, None))
    reader = csv.reader(
        source,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=delimiter != "\t",
    )
    first = start + 1
    for cells in reader:
        last = start + reader.line_num
        yield Line(tuple(cell.strip() for cell in cells), first, last)
        first = last + 1


def records_to_rows(records: list[Line]) -> tuple[TableRow, ...]:
    """Rows of equal length, trailing empty columns dropped."""
    width = max((_used(line.cells) for line in records), default=0)
    return tuple(
        TableRow(
            cells=tuple(Cell(text=text) for text in (*line.cells[:width], *[""] * (width - len(line.cells)))),
            place=Place(line=line.first, line_end=line.last if line.last > line.first else None),
        )
        for line in records
    )


def _used(cells: tuple[str, ...]) -> int:
    """How many cells there are up to the last one with words."""
    return max((index for index, text in enumerate(cells, start=1) if text), default=0)


def _doubts(records: list[Line]) -> Iterator[Notice]:
    """Records wider than the others, as a delimiter inside a text without quotation marks makes them."""
    widths = Counter(len(line.cells) for line in records)
    if not widths:
        return
    usual = widths.most_common(1)[0][0]
    if max(widths) == 1:
        message = "No se reconoció un separador de columnas (coma, punto y coma, tabulador o barra)."
        yield Notice(code="no-delimiter", message=message)
    wide = [line for line in records if _used(line.cells) > usual > 1]
    if wide:
        message = f"Filas con más celdas que las demás: {len(wide)}. Puede haber un separador dentro de un texto."
        yield Notice(code="ragged-rows", message=message, place=str(Place(line=wide[0].first)))
