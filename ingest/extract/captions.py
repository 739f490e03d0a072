"""What the line above a table says of its columns: that years are of money, and in what its amounts are counted.

``blocks → blocks``, a table of years of money with its caption as a heading over them, and what its amounts are
counted in kept with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.extract.columns import MONEY_ROLES, MONEY_SUBJECTS, Header
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


def titles_above(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the caption that a file states of a table as a line above it; the name of a sheet is none."""
    made: list[Block] = []
    for block in blocks:
        if block.table is not None and block.table.title and block.place.sheet is None:
            made.append(Block(kind="paragraph", text=block.table.title, group=block.group, place=block.place))
        made.append(block)
    return tuple(made)


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
    """The table with what is said above it of its money: over its years, and what all amounts are counted in."""
    counted = next((match[0] for text in reversed(above) if (match := _COUNTED_IN.search(fold(text)))), "")
    caption = next((text for text in reversed(above) if len(text) <= _LONGEST_CAPTION and _is_of_money(text)), None)
    if not counted and caption is None:
        return table
    header = find_header(table)
    if header is None and caption is not None and table.rows:
        table = _under(caption, table)
        header = find_header(table)
    if header is None or not counted or not _may_be(counted, table, header):
        return table
    return table.model_copy(update={"counted_in": counted})


def _under(caption: str, table: Table) -> Table:
    """The table with a row above its names that says the caption over its years; as it was when it is of no money."""
    names = table.rows[0]
    roles = [header_role(text) if (text := cell_text(cell.text)) else None for cell in names.cells]
    years = {at for at, role in enumerate(roles) if role and role.score < SURE and role.year is not None}
    if len(years) < _LEAST_YEARS or not any(role and role.role in MONEY_SUBJECTS for role in roles):
        return table
    under = years | _totals(caption, names)
    cells = tuple(
        Cell(text=caption, merged=index > min(under)) if index in under else Cell(text=cell.text)
        for index, cell in enumerate(names.cells)
    )
    named = table.model_copy(update={"rows": (TableRow(cells=cells, place=names.place), *table.rows)})
    header = find_header(named)
    return named if header is not None and header.is_of_money else table


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


def _may_be(counted: str, table: Table, header: Header) -> bool:
    """Whether a table has amounts, and counted in this they are no larger than there are."""
    columns = [column for column in header.columns if column.name in MONEY_ROLES]
    texts = (column.cell(row).text for row in table.rows[header.last + 1 :] for column in columns)
    amounts = [value for text in texts if (value := parse_number(squeeze(text))) is not None]
    return bool(amounts) and max(amounts) * scale_of(counted) <= _LARGEST
