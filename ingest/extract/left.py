"""Why a table gave no rows and stays text for reading: the columns it lacks, or what its rows are.

The reason completes the sentence "La tabla quedó como texto: …".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.extract.columns import INDICATOR_ROLES, MEASURE_ROLES, MONEY_ROLES, TARGET_ROLES, Header
from ingest.extract.header import nearest_header
from ingest.extract.walk import Located
from ingest.notice_codes import TABLE_LEFT
from ingest.records import IndicatorRow, Notice, Place, Table

_NAMED = 4
_LONGEST_NAME = 40


def why_left(table: Table, header: Header | None, *, data_rows: int, drafts: int) -> str:
    """The reason, given the header that was found and how many rows and rows of data there are below it."""
    if header is None:
        return _lacking(table)
    if not data_rows:
        return "no tiene filas debajo de su encabezado"
    if not drafts:
        return "todas sus filas son totales, notas o títulos"
    if header.is_of_indicators:
        return "ninguna de sus filas nombra un indicador con sus cifras"
    return "es de presupuesto y sus montos están en blanco o en cero"


def tables_left(reasons: Iterable[tuple[Located, str]], rows: Sequence[IndicatorRow]) -> Iterator[Notice]:
    """A notice for each table that gave no row; the figures of a letter's tables become rows one by one."""
    for item, reason in reasons:
        if not any(_is_inside(row.place, item.block.place) for row in rows):
            message = f"La tabla quedó como texto: {reason}."
            yield Notice(code=TABLE_LEFT, message=message, place=str(item.block.place) or None)


def _is_inside(place: Place, table: Place) -> bool:
    if place.line is None or table.line is None:
        return False
    return table.line <= place.line <= (table.line_end or table.line)


def _lacking(table: Table) -> str:
    """What the names of its columns lack, read from the rows that come nearest to a header."""
    if max((sum(bool(text.strip()) for text in row.texts) for row in table.rows), default=0) < 2:
        return "tiene una sola columna"
    header = nearest_header(table.rows)
    if header is None:
        return "no trae un encabezado con los nombres de sus columnas"
    if not header.named:
        return f"no se reconoce qué dice ninguna de sus columnas{_names(header)}"
    if header.is_usable:
        return "debajo de sus columnas de indicador y de meta no hay lo que su nombre dice"
    sure = frozenset(column.name for column in header.columns if column.is_sure)
    if sure & INDICATOR_ROLES:
        return "tiene columna de indicador y ninguna de línea base, meta ni avance"
    if sure & TARGET_ROLES:
        return "tiene columna de meta y ninguna de indicador ni de producto"
    if sure & MEASURE_ROLES:
        return "tiene cifras de línea base o de avance y ninguna columna de indicador"
    if sure & MONEY_ROLES:
        return "es de presupuesto y no nombra programas, productos ni proyectos"
    return f"no tiene columna de indicador ni de meta{_names(header)}"


def _names(header: Header) -> str:
    """The first column names, so that whoever reads the notice finds the table."""
    names = [column.header for column in header.columns if column.header]
    short = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…" for name in names[:_NAMED]]
    more = " …" if len(names) > _NAMED else ""
    return f" ({', '.join(f'«{name}»' for name in short)}{more})"
