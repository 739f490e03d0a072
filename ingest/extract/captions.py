"""What the line above a table says of its columns: that years are of money, and in what its amounts are counted.

``blocks → blocks``, each table of money that needs its caption with it as a heading over the columns it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.extract.columns import MONEY_ROLES, MONEY_SUBJECTS
from ingest.extract.halves import says_money
from ingest.extract.header import cell_text, find_header
from ingest.extract.money import scale_of
from ingest.figures import parse_number
from ingest.fold import fold, squeeze
from ingest.records import Block, Cell, Table, TableRow
from ingest.wording import SURE, header_role

#: So many blocks above a table may speak of it, a caption of so many characters at most.
_ABOVE, _LONGEST_CAPTION = 3, 180
_LEAST_YEARS, _ANY_YEAR = 2, 2025
_COUNTED_IN = re.compile(
    r"\(?\b(?:miles de millones|millones|miles) de (?:pesos|\$)(?: \w+)?\)?|\ben (?:millones|miles)\b"
)
_OF_THINGS = re.compile(r"\b(?:metas?|indicador(?:es)?|beneficiari[oa]s|poblacion)\b")
#: No amount of a territory is larger than this, in pesos; what would be is not counted in millions.
_LARGEST = Decimal(10) ** 14


def with_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each table of money that does not say so itself under what stands above it."""
    made: list[Block] = []
    above: list[str] = []
    for block in blocks:
        table = block.table
        if table is None:
            above = [*above[1 - _ABOVE :], squeeze(block.text)]
            made.append(block)
            continue
        of_file = block.place.sheet is None and table.given is None and not table.cards
        made.append(block.model_copy(update={"table": _captioned(table, above)}) if of_file and above else block)
        above = []
    return tuple(made)


def _captioned(table: Table, above: Sequence[str]) -> Table:
    """The table with its caption over its columns of money; the table itself where that adds nothing."""
    counted = next((match[0] for text in reversed(above) if (match := _COUNTED_IN.search(fold(text)))), "")
    counted = counted.strip("( ")
    caption = next((text for text in reversed(above) if len(text) <= _LONGEST_CAPTION and _is_of_money(text)), None)
    if not counted and caption is None:
        return table
    header = find_header(table)
    if header is not None:
        money = {column.index for column in header.columns if column.is_sure and column.name in MONEY_ROLES}
        told = any(scale_of(f"{column.group} {column.header}") > 1 for column in header.columns)
        if not money or header.is_of_indicators or told or not counted or not _may_be(counted, table, money):
            return table
        return _under(counted, table, money, header.first)
    if caption is None or not table.rows:
        return table
    roles = [header_role(text) if (text := cell_text(cell.text)) else None for cell in table.rows[0].cells]
    years = {at for at, role in enumerate(roles) if role and role.score < SURE and role.year is not None}
    if len(years) < _LEAST_YEARS or not any(role and role.role in MONEY_SUBJECTS for role in roles):
        return table
    if counted and scale_of(caption) == 1 and _may_be(counted, table, years):
        caption = f"{caption} ({counted})"
    named = _under(caption, table, years | _totals(caption, table.rows[0]), 0)
    found = find_header(named)
    return named if found is not None and found.is_of_money else table


def _totals(caption: str, names: TableRow) -> set[int]:
    """The columns that are of money under the caption, and surely of nothing else without it ("Total")."""
    texts = {at: text for at, cell in enumerate(names.cells) if (text := cell_text(cell.text))}
    unsure = {at: text for at, text in texts.items() if (role := header_role(text)) is None or role.score < SURE}
    return {
        at
        for at, text in unsure.items()
        if (role := header_role(f"{caption} {_ANY_YEAR} / {text}")) is not None and role.role in MONEY_ROLES
    }


def _is_of_money(text: str) -> bool:
    return says_money(text) and _OF_THINGS.search(fold(text)) is None


def _may_be(counted: str, table: Table, columns: set[int]) -> bool:
    """Whether amounts counted in this are no larger than there are."""
    texts = (row.cells[at].text for row in table.rows for at in columns if at < len(row.cells))
    amounts = [value for text in texts if (value := parse_number(squeeze(text))) is not None]
    return bool(amounts) and max(amounts) * scale_of(counted) <= _LARGEST


def _under(caption: str, table: Table, columns: set[int], at: int) -> Table:
    """The table with a row above its names, one of its rows, that says the caption over these columns."""
    first = min(columns)
    cells = tuple(
        Cell(text=caption, merged=index > first) if index in columns else Cell(text=cell.text)
        for index, cell in enumerate(table.rows[at].cells)
    )
    row = TableRow(cells=cells, place=table.rows[at].place)
    return table.model_copy(update={"rows": (*table.rows[:at], row, *table.rows[at:])})
