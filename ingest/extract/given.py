"""What a person says of the tables of a document: which table, where its header is, and what its columns are.

``ReadDocument + what is said → the same document, its tables marked`` before anything reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.columns import INDICATOR_ROLES, Column, Header
from ingest.extract.header import cell_text, find_headers, name_columns, nearest_header
from ingest.extract.settle import settle
from ingest.fold import fold
from ingest.records import Block, Notice, ReadDocument, Table, TableColumn, TableGiven, TableRow
from ingest.wording import ColumnRole

_SURE = 100.0
_CELL = re.compile(r"^([A-Z]{1,3})(\d+)")
_LETTERS = re.compile(r"^[A-Za-z]{1,3}$")


def mark_tables(read: ReadDocument, tables: Sequence[TableGiven]) -> ReadDocument:
    """The document with what is said kept at each table that it fits; a notice for what fits none."""
    if not tables:
        return read
    blocks = list(read.blocks)
    notices = []
    for said in tables:
        fitting = [at for at, block in enumerate(blocks) if block.table is not None and _fits(block, said)]
        for at in fitting:
            blocks[at] = _marked(blocks[at], said)
        notices += list(_unheard(said, [blocks[at] for at in fitting]))
    return read.model_copy(update={"blocks": tuple(blocks), "notices": (*read.notices, *notices)})


def headers_of(table: Table) -> Iterator[Header]:
    """The headers of a table: the one that a person says, else those that are found."""
    if table.given is None:
        yield from find_headers(table.rows)
    elif not table.given.ignore:
        header = given_header(table)
        if header is not None and header.is_usable:
            yield header


def given_header(table: Table) -> Header | None:
    """The header of a table whose columns a person names; the other columns keep what they were read as.

    None without a row that could be it.
    """
    if table.given is None or not table.rows:
        return None
    found = _header_at(table, table.given)
    if found is None:
        return None
    said = {at: column for column in table.given.columns if (at := _position(column, found, table)) is not None}
    named = [
        replace(column, header=column.header or said[column.index].column, role=_role(said[column.index]))
        if column.index in said
        else column
        for column in found.columns
    ]
    named = list(settle(Header(found.first, found.last, tuple(named)), table.rows[found.last + 1 :]).columns)
    named = [replace(c, role=_role(said[c.index])) if c.index in said else c for c in named]
    claims = {column.claim for column in named if column.index in said}
    has_indicator = any(column.name in INDICATOR_ROLES for column in named if column.index in said)
    columns = tuple(
        column if column.index in said or not _gives_way(column, claims, has_indicator) else replace(column, role=None)
        for column in named
    )
    return Header(found.first, found.last, columns)


def _gives_way(column: Column, claims: set[tuple[str, ...]], has_indicator: bool) -> bool:
    return column.claim in claims or (has_indicator and column.name in INDICATOR_ROLES)


def _role(said: TableColumn) -> ColumnRole:
    return ColumnRole.model_validate({"role": said.role, "year": said.year, "score": _SURE, "matched": "cabildo.yaml"})


def _fits(block: Block, said: TableGiven) -> bool:
    place, table = block.place, block.table
    if said.sheet is not None and fold(place.sheet or "") != fold(said.sheet):
        return False
    if said.page is not None and place.page != said.page:
        return False
    if said.header is not None and table is not None:
        return any(fold(said.header) in fold(" ".join(row.texts)) for row in table.rows)
    if table is not None and said.sheet is None and said.page is None and (names := _printed_names(said)):
        # Nothing else says which table: not the next page of one, which has no header of its own.
        return any(not names.isdisjoint(fold(cell_text(text)) for text in row.texts) for row in table.rows)
    return True


def _printed_names(said: TableGiven) -> set[str]:
    """The folded headers of the columns that are said by their words."""
    return {fold(column.column) for column in said.columns if not _LETTERS.match(column.column)}


def _marked(block: Block, said: TableGiven) -> Block:
    assert block.table is not None
    return block.model_copy(update={"table": block.table.model_copy(update={"given": said})})


def _unheard(said: TableGiven, fitting: Sequence[Block]) -> Iterator[Notice]:
    """A notice for a table that is not there, and for columns that none of its tables has."""
    if not fitting:
        yield Notice(
            code="setting-without-table", message=f"cabildo.yaml habla de una tabla que no está: {_name(said)}."
        )
        return
    tables = [block.table for block in fitting if block.table is not None]
    for column in said.columns:
        headers = [(table, header) for table in tables if (header := _header_at(table, said)) is not None]
        if not any(_position(column, header, table) is not None for table, header in headers):
            message = f"cabildo.yaml habla de la columna «{column.column}», que no está en la tabla: {_name(said)}."
            yield Notice(code="setting-without-column", message=message, place=str(fitting[0].place) or None)


def _name(said: TableGiven) -> str:
    parts = (
        ("hoja", said.sheet),
        ("página", said.page),
        ("encabezado", said.header),
    )
    which = ", ".join(f"{label} «{value}»" for label, value in parts if value is not None)
    return which or f"columnas {', '.join(f'«{column.column}»' for column in said.columns)}"


def _header_at(table: Table, said: TableGiven) -> Header | None:
    """The header in the row that is said, that has the columns that are named, or that comes nearest to one."""
    rows = table.rows
    at = _row_numbered(rows, said.header_row) if said.header_row is not None else _row_naming(rows, said)
    if at is not None:
        return Header(at, at, name_columns(rows[at : at + 1]))
    if said.header_row is not None:
        return None
    return next(find_headers(rows), None) or nearest_header(rows) or Header(0, 0, name_columns(rows[:1]))


def _row_numbered(rows: Sequence[TableRow], number: int) -> int | None:
    """The row that a workbook numbers so; in other documents the nth of the table."""
    numbered = {int(found[2]): at for at, row in enumerate(rows) if (found := _CELL.match(row.place.cell or ""))}
    return numbered.get(number) if numbered else number - 1 if number <= len(rows) else None


def _row_naming(rows: Sequence[TableRow], said: TableGiven) -> int | None:
    """The first row in which all headers stand that are said by their words."""
    names = _printed_names(said)
    wanted = names or ({fold(said.header)} if said.header else set())
    if not wanted:
        return None
    for at, row in enumerate(rows):
        texts = {fold(cell_text(text)) for text in row.texts}
        if wanted <= texts or (not names and any(word in text for word in wanted for text in texts)):
            return at
    return None


def _position(said: TableColumn, header: Header, table: Table) -> int | None:
    """Where a column is that is said by its letter or by its printed header."""
    named = next((c.index for c in header.columns if c.header and fold(c.header) == fold(said.column)), None)
    if named is not None or not _LETTERS.match(said.column):
        return named
    letters = said.column.upper()
    for at, cell in enumerate(table.rows[header.first].cells):
        found = _CELL.match((cell.place.cell if cell.place is not None else None) or "")
        if found is not None and found[1] == letters:
            return at
    has_letters = any(cell.place is not None and cell.place.cell for cell in table.rows[header.first].cells)
    at = _number_of(letters) - 1
    return at if not has_letters and at < len(header.columns) else None


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
