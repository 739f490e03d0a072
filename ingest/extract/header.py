"""Finding the headers of a table: one row or several stacked, anywhere in it, with titles and notes around them.

``rows → stacks of one to three rows → columns named by the levels of a stack → the stack that names most``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.align import align
from ingest.extract.columns import MEASURE_ROLES, MONEY_ROLES, Column, Header
from ingest.extract.settle import settle
from ingest.fold import fold, squeeze
from ingest.headings import read_label
from ingest.records import Table, TableRow
from ingest.wording import SURE, columns, header_role

#: A header spans at most so many rows, and a better one may begin so many rows further down.
_FEW_NAMES = 3
#: A heading over columns is over so many of them, on average.
_NAMES_OF_A_GROUP = 1.5
_TALLEST = 3
#: Cells longer than this name no column of a header that stands below other rows.
_LONGEST_NAME = 80
#: Titles and notes may stand above a header; so far down it is looked for with care.
_NEAR_TOP = 15
#: A second header in a table needs this many columns that are surely named.
_SECOND_HEADER = 3

_AMOUNT = re.compile(r"^[\s$%()+-]*\d[\d.,'\s]*[%)]?$")
#: 'Vigencia: 2025', 'Versión: 03' beside a label that is known.
_LABELLED = re.compile(r"^[^\W\d_][^:|]{1,40}:\s*\S")
_YEARS = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(r"^(?:%\s*)?(?:19|20)\d\d(?:[.:*]|\s%)?$")
#: A word with a hyphen at the end of a line inside a cell, and what the next line goes on with.
_BROKEN_WORD = re.compile(r"\b([^\W\d_]{2,})-[ \t]*\n\s*([^\W\d_]{2,})\b")
_LEFTOVER = re.compile(r"_x000d_", re.IGNORECASE)


def cell_text(text: str) -> str:
    """A cell's text on one line, without what old exports leave in it ('_x000D_')."""
    return squeeze(_LEFTOVER.sub(" ", text))


def header_text(text: str) -> str:
    """A header's text on one line, its words whole: 'Emprés-' over 'titos' was broken by hand to fit its column."""
    if "-" not in text or "\n" not in text:
        return cell_text(text)
    printed, whole = cell_text(text), cell_text(_BROKEN_WORD.sub(_joined, text))
    return printed if header_role(whole) is None and header_role(printed) is not None else whole


def _joined(broken: re.Match[str]) -> str:
    """Both halves as one word; in capitals ('SGP-' over 'SALUD') where the whole is a name that is known."""
    whole = f"{broken[1]}{broken[2]}"
    return whole if whole.islower() or whole[1:].islower() or header_role(whole) is not None else broken[0]


def find_header(table: Table) -> Header | None:
    """The first header of the table that makes it one of indicators or of money by product, or None."""
    return next(find_headers(table.rows), None)


def nearest_header(rows: Sequence[TableRow]) -> Header | None:
    """Of a table without a usable header the rows that name most columns, to say what they lack; None without names."""
    stacks = [header for first in range(min(_NEAR_TOP, len(rows))) for header in _stacks(rows, first)]
    return max(stacks, key=lambda header: (header.score, -header.last), default=None)


def find_headers(rows: Sequence[TableRow]) -> Iterator[Header]:
    """Every header of a table, in order: tables that stand below each other in one sheet have one each."""
    index, found = 0, False
    while index < len(rows):
        header = _best_from(rows, index) if _may_begin(rows, index, found=found) else None
        if header is None or (found and sum(column.is_sure for column in header.columns) < _SECOND_HEADER):
            index += 1
            continue
        yield header
        found = True
        index = header.last + 1


def _may_begin(rows: Sequence[TableRow], index: int, *, found: bool) -> bool:
    """Whether it is worth reading a row as the first of a header; far down, rows are looked at in passing only."""
    if not _may_name_columns(rows[index], strict=found):
        return False
    if index < _NEAR_TOP and not found:
        return True
    return any(_known_names(row) >= 2 for row in rows[index : index + _TALLEST])


def _known_names(row: TableRow) -> int:
    """How many cells are, but for years, phrases that head columns and nothing else."""
    table = columns()
    texts = {header_text(cell.text) for cell in row.cells if len(cell.text) <= _LONGEST_NAME}
    return sum(table.key(_YEARS.sub(" ", fold(text))) in table.exact for text in texts if text)


def repeats_header(row: TableRow, header: Header) -> bool:
    """Whether a row is the header again, or a row of it, as on the next page of a long table."""
    texts = [fold(header_text(text)) for text in row.texts]
    named = [column for column in header.columns if column.header]
    same = sum(column.index < len(texts) and texts[column.index] == fold(column.header) for column in named)
    return bool(named) and same * 2 > len(named)


def holds_data(rows: Sequence[TableRow], header: Header) -> bool:
    """Whether rows without a header of their own fit under one: words are where it says, none names columns.

    Where names begin with capitals, what does not is the rest of a cell that a page break cut.
    """
    first = [text for cell in rows[0].cells if (text := cell_text(cell.text))]
    in_capitals = all(column.header[:1].isupper() for column in header.columns if column.header[:1].isalpha())
    names = {text for text in first if not _AMOUNT.match(text) and not (in_capitals and text[0].islower())}
    roles = [header_role(text) for text in names]
    known = sum(role is not None and role.score >= SURE for role in roles)
    return known * 2 < len(set(first)) and settle(header, rows).is_usable


def is_band(row: TableRow) -> bool:
    """Whether a row says one thing across its width: a title, a level above the rows below it, or a note."""
    return len({fold(text) for text in row.texts if text.strip()}) == 1


def said_across(row: TableRow) -> tuple[str, ...] | None:
    """What a row says that is none of a table: one text, or labels each with its value in its own cell or the next.

    Empty for a blank row; None for a row of a table.
    """
    texts: list[str] = []
    for text in filter(None, (cell_text(text) for text in row.texts)):
        if not texts or fold(text) != fold(texts[-1]):
            texts.append(text)
    if len(texts) <= 1:
        return tuple(texts)
    if len(texts) == 2 and texts[0].endswith(":"):
        return (" ".join(texts),)
    said: list[str] = []
    while texts:
        label = read_label(texts[0])
        if label is None and said and _LABELLED.match(texts[0]):
            said.append(texts.pop(0))
            continue
        if label is None:
            return None
        name = texts.pop(0)
        if label.value:
            said.append(name)
        elif texts and read_label(texts[0]) is None:
            said.append(f"{name.rstrip(': ')}: {texts.pop(0)}")
        else:
            return None
    return tuple(said)


def _best_from(rows: Sequence[TableRow], index: int) -> Header | None:
    """The usable header that names most among those that begin at a row or right below it."""
    candidates = [header for first in range(index, min(index + _TALLEST, len(rows))) for header in _stacks(rows, first)]
    usable = [header for header in candidates if header.is_usable]
    if not any(header.first == index for header in usable):
        usable = [header for header in candidates if header.first == index and header.may_be_told]
    if not usable:
        return None
    usable = _before_data(usable, rows)
    best = max(usable, key=lambda header: (header.score, _years_told(header), -header.last, header.first))
    best = _grouped(best, rows)
    body = rows[best.last + 1 :]
    settled = settle(align(best, body), body)
    return settled if settled.is_usable else None


def _before_data(usable: list[Header], rows: Sequence[TableRow]) -> list[Header]:
    """The headers without those that stand below the data of another: a result in one row above its products."""
    ends = [header.last for header in usable if header.is_of_indicators]
    return [
        header
        for header in usable
        if not any(_holds_amounts(rows[end + 1 : header.first]) for end in ends if end < header.first)
    ]


def _holds_amounts(rows: Sequence[TableRow]) -> bool:
    return any(
        _AMOUNT.match(text) and not _YEAR.match(text) for row in rows for text in map(cell_text, row.texts) if text
    )


def _years_told(header: Header) -> int:
    """How many figures a header dates, as a year over 'Programado' and 'Ejecutado' does."""
    return sum(column.name in MEASURE_ROLES | MONEY_ROLES and column.year is not None for column in header.columns)


def _grouped(header: Header, rows: Sequence[TableRow]) -> Header:
    """The header with the headings that stand right above it, where those are over several columns each."""
    if header.first == 0 or any(column.group for column in header.columns):
        return header
    above = rows[header.first - 1]
    if is_band(above) or not _may_name_columns(above, strict=False):
        return header
    spread = _spread((above, rows[header.first]), 0)
    groups = [text for text in spread if text]
    if (
        len(set(groups)) < 2
        or len(groups) < len(set(groups)) * _NAMES_OF_A_GROUP
        or max(map(len, groups)) > _LONGEST_NAME
    ):
        return header
    columns = tuple(replace(c, group=spread[c.index] if c.index < len(spread) else "") for c in header.columns)
    return replace(header, columns=columns, groups_above=True)


def _stacks(rows: Sequence[TableRow], first: int) -> Iterator[Header]:
    """Headers of one to three rows that begin at ``first``; titles across the width belong to none."""
    for last in range(first, min(first + _TALLEST, len(rows))):
        if not _may_name_columns(rows[last], strict=False):
            return
        stack = rows[first : last + 1]
        if last > first and _is_title_over(stack[0], stack[1]):
            return
        yield Header(first, last, name_columns(stack))


def _is_title_over(row: TableRow, below: TableRow) -> bool:
    """Whether a row has one text alone, over nearly all names of the row below: a title, no heading of columns."""
    texts = [at for at, cell in enumerate(row.cells) if cell.text.strip()]
    names = [at for at, cell in enumerate(below.cells) if cell.text.strip()]
    return len(texts) == 1 and len(names) > _FEW_NAMES and texts[0] <= names[0]


def name_columns(stack: Sequence[TableRow]) -> tuple[Column, ...]:
    """Columns named by the levels of a stack, outermost first; the innermost level is what the column is called."""
    levels = [_spread(stack, index) for index in range(len(stack))]
    width = max(len(row.cells) for row in stack)
    named = []
    for position in range(width):
        parts = [text for level in levels if (text := level[position] if position < len(level) else "")]
        distinct = [part for index, part in enumerate(parts) if index == 0 or fold(part) != fold(parts[index - 1])]
        role = header_role(" / ".join(distinct)) if distinct else None
        if role is None and len(distinct) > 1:
            role = header_role(distinct[-1])
        named.append(Column(position, distinct[-1] if distinct else "", role, " / ".join(distinct[:-1])))
    return _with_distinct_names(tuple(named), levels)


def _with_distinct_names(named: tuple[Column, ...], levels: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Columns with the same innermost level are called by all their levels ('2025 / Meta')."""
    names = [fold(column.header) for column in named]
    return tuple(
        replace(column, header=" / ".join(dict.fromkeys(filter(None, (level[column.index] for level in levels)))))
        if column.header and names.count(fold(column.header)) > 1
        else column
        for column in named
    )


def _spread(stack: Sequence[TableRow], index: int) -> list[str]:
    """One level of a stack, a group's name carried over the blanks to its right as far as the level below has names."""
    texts = [header_text(text) for text in stack[index].texts]
    if index + 1 == len(stack):
        return texts
    below = [header_text(text) for text in stack[index + 1].texts]
    for position in range(1, len(texts)):
        named_below = position < len(below) and below[position] and below[position - 1]
        if not texts[position] and texts[position - 1] and named_below:
            texts[position] = texts[position - 1]
    return texts


def _may_name_columns(row: TableRow, *, strict: bool) -> bool:
    """Whether a row can be part of a header: texts that differ, none of them an amount; below a header none long.

    One text alone may name its column beside names in the row above or below; over several cells it is a title.
    """
    texts = [text for cell in row.cells if (text := cell_text(cell.text))]
    if len(texts) > 1 and texts[0].endswith(":") and said_across(row):
        return False
    if not texts or len(texts) > len(set(texts)) == 1 or any(_AMOUNT.match(t) and not _YEAR.match(t) for t in texts):
        return False
    return not strict or (len(texts) > 1 and all(len(text) <= _LONGEST_NAME for text in texts))
