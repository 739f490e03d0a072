"""Rows of tables of indicators, and of money by programme or product.

``Located table → headers → data rows with their levels → IndicatorRow``. Cells are kept verbatim and figures are
understood; what is not understood becomes a notice of the row or of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.extract.activities import goes_on, same_row, tells_activities, with_words_of
from ingest.extract.cells import cell_of, number_of
from ingest.extract.columns import INDICATOR_ROLES, Header
from ingest.extract.given import headers_of
from ingest.extract.halves import indicator_headers
from ingest.extract.header import cell_text, is_band, repeats_header
from ingest.extract.ids import PlaceIds
from ingest.extract.left import why_left
from ingest.extract.levels import Levels, carry_levels, enter_band
from ingest.extract.money import budget_of
from ingest.extract.rows import Draft, indicator_row, indicator_text, plain_row
from ingest.extract.walk import Located
from ingest.extract.yearly import undated_columns, year_of_titles, yearly_of
from ingest.fold import fold
from ingest.headings import Context
from ingest.records import DocumentInfo, IndicatorRow, Notice, Table, TableRow

_TOTAL = re.compile(
    r"^(?:(?:sub[ -]?|gran )total(?:es)?\b.*|total(?:es)?(?: (?:general|plan|programas?|sector|linea|eje|componente"
    r"|inversion|presupuesto|recursos|metas?|indicadores|productos?)\b.*)?|(?:promedio|suma)(?: .*)?)$"
)
#: Of a programme or product no name begins so; an indicator may ("Total de hogares con agua").
_SUM_OF_MONEY = re.compile(r"^(?:sub|gran )?total\b")
#: Where a result has its column, a row without one says so.
_NO_INDICATOR = re.compile(
    r"^(?:n\W?[/.]?\W?[ad]|no (?:aplica|tiene|registra|disponible|se definio)\b.*|sin (?:indicador|meta)\b.*|-+)$"
)
_NUMBERED = re.compile(r"^[(\[]?(\d{1,3})[)\]]?$")
#: Fewer cells than these may be the figures of a row.
_MANY = 5
_NOTE = re.compile(r"^(?:fuente|nota|notas|elabor\w+|\*+)\s*[:.*]")
_OF_PRODUCTS = frozenset({"programme", "subprogramme", "product", "project"})


@dataclass(frozen=True)
class TableResult:
    """The rows of a table, and what was unsure about its columns; why it has none."""

    rows: tuple[IndicatorRow, ...] = ()
    notices: tuple[Notice, ...] = ()
    left: str | None = None


def read_table(located: Located, info: DocumentInfo, ids: PlaceIds) -> TableResult:
    """The rows of one table; none when it is of neither indicators nor money."""
    table = located.block.table
    if table is None or not table.rows:
        return TableResult(left="está vacía")
    levels = Levels.over(located.context, (_said(row) for row in table.rows if is_band(row)))
    rows: list[IndicatorRow] = []
    notices: list[Notice] = []
    first: Header | None = None
    counts = [0, 0]
    for header, body in _sections(table, located.title):
        drafts, levels = _drafts(body, header, levels)
        first = first or header
        counts = [counts[0] + sum(not is_band(row) for row in body), counts[1] + len(drafts)]
        made = _rows_of(drafts, header, info, ids)
        rows += made
        if made:
            notices += (*_doubts(header, table, info), *_left_out(drafts, header))
    left = None if rows else why_left(table, first, data_rows=counts[0], drafts=counts[1])
    return TableResult(tuple(rows), tuple(notices), left)


def _sections(table: Table, title: str | None) -> Iterator[tuple[Header, tuple[TableRow, ...]]]:
    """Each header with the rows below it up to the next, after the bands that stand right above it."""
    headers = [_dated(header, table, title) for header in headers_of(table)]
    starts = [0, *(_bands_above(table, header) for header in headers[1:]), len(table.rows)]
    for header, start, end in zip(headers, starts, starts[1:], strict=False):
        bands = (row for row in table.rows[start : header.first] if is_band(row))
        yield header, (*bands, *table.rows[header.last + 1 : end])


def _dated(header: Header, table: Table, title: str | None) -> Header:
    """The header with what is said above its table of amounts; that of one year with that year.

    The year is that of the sheet or its titles; in other documents that of the heading above ("Ejecución 2025").
    """
    header = replace(header, counted_in=table.counted_in)
    sheet = table.rows[header.first].place.sheet
    if sheet is None:
        return replace(header, year=year_of_titles([title or ""]))
    titles = (cell_text(text) for row in table.rows[: header.first] if is_band(row) for text in row.texts[:1])
    return replace(header, year=year_of_titles([sheet, " ".join(titles)]))


def _bands_above(table: Table, header: Header) -> int:
    """The first of the bands that stand right above a header."""
    first = header.first
    while first > 0 and is_band(table.rows[first - 1]):
        first -= 1
    return first


def _drafts(rows: Iterable[TableRow], header: Header, levels: Levels) -> tuple[list[Draft], Levels]:
    """Data rows with levels carried down; bands only change the levels; headers, totals and notes give nothing."""
    drafts: list[Draft] = []
    for row in rows:
        if is_band(row):
            levels = enter_band(levels, _said(row))
        elif any(text.strip() for text in row.texts) and not repeats_header(row, header) and not _is_no_data(row):
            levels = carry_levels(levels, row, header)
            drafts.append(Draft(row, levels.context, header))
    return drafts, levels


def _said(band: TableRow) -> str:
    return next(text for text in map(cell_text, band.texts) if text)


def _is_no_data(row: TableRow) -> bool:
    return _is_total(row) or _numbers_columns(row)


def _numbers_columns(row: TableRow) -> bool:
    """Whether a row below a header numbers its columns: '(1) | (2) | (3) …'."""
    found = [_NUMBERED.match(text.strip()) for text in row.texts if text.strip()]
    numbers = [int(match[1]) for match in found if match]
    rises = all(after > before for before, after in pairwise(numbers))
    return len(numbers) >= _MANY and len(numbers) == len(found) and rises and numbers[-1] <= len(row.texts) + 1


def _is_total(row: TableRow) -> bool:
    """Whether a row is a sum or a note; 'Total X' over several merged cells is a sum, in one it may be an indicator."""
    texts = [fold(text) for text in row.texts if text.strip()]
    first = texts[0] if texts else ""
    is_sum = _TOTAL.match(first.rstrip(":. ")) or (first.startswith("total ") and texts.count(first) > 1)
    return bool(is_sum) or _NOTE.match(first) is not None


def _rows_of(drafts: list[Draft], header: Header, info: DocumentInfo, ids: PlaceIds) -> list[IndicatorRow]:
    if not header.is_of_indicators:
        return _money_rows(drafts, info, ids)
    rows: list[IndicatorRow] = []
    halves = indicator_headers(header)
    told: list[list[tuple[str, ...]]] = [[] for _ in halves]
    of_activities = tells_activities(header)
    above: TableRow | None = None
    latest = -1
    for draft in drafts:
        for half, known in zip(halves, told, strict=True):
            if not _holds_indicator(draft.row, half):
                continue
            said = same_row(draft.row, half.columns)
            before = known[-1:] if half is halves[-1] else known
            is_line = half is halves[-1] and latest >= 0 and (of_activities or goes_on(draft.row, above, half))
            if said in before and (is_line or len(halves) > 1):
                if is_line:
                    rows[latest] = with_words_of(rows[latest], draft.row, half)
                continue
            known.append(said)
            context = draft.context if half is halves[-1] else _of_the_result(draft.context, header, half)
            rows.append(
                indicator_row(replace(draft, context=context, header=half, told_apart=len(halves) > 1), info, ids)
            )
            latest = len(rows) - 1 if half is halves[-1] else latest
        above = draft.row
    return rows


def _of_the_result(context: Context, header: Header, half: Header) -> Context:
    """The levels above a result: not the programme, product or project of its products, which stand after it."""
    own = half.of(*INDICATOR_ROLES)
    after = {role for role in _OF_PRODUCTS if own and (found := header.of(role)) and found[0].index > own[0].index}
    dropped = _OF_PRODUCTS if "programme" in after else after
    return replace(context, steps=tuple(step for step in context.steps if step.role not in dropped))


def _left_out(drafts: list[Draft], header: Header) -> Iterator[Notice]:
    """A notice for the rows that have a figure and no indicator; their indicator may stand in a cell above."""
    if not header.is_of_indicators:
        return
    halves = indicator_headers(header)
    places = [
        draft.row.place
        for draft in drafts
        if not any(indicator_text(draft.row, half) for half in halves)
        and number_of(cell_of(draft.row, header, "target", "target_year", "baseline")) is not None
    ]
    if places:
        message = f"{len(places)} filas de la tabla traen cifras y no traen indicador; no quedaron como filas."
        yield Notice(code="rows-without-indicator", message=message, place=str(places[0]))


def _money_rows(drafts: list[Draft], info: DocumentInfo, ids: PlaceIds) -> list[IndicatorRow]:
    """Rows of money; a table whose amounts are all zero or blank says nothing of money and stays prose."""
    budgets = [
        (draft, budget_of(draft.row, draft.header, info.period))
        for draft in drafts
        if not _SUM_OF_MONEY.match(next((fold(text) for text in draft.row.texts if text.strip()), ""))
    ]
    if not any(item.value for _, budget in budgets for item in budget):
        return []
    return [
        plain_row(draft, "budget", info, ids, yearly=yearly_of(draft.row, draft.header, info.period), budget=budget)
        for draft, budget in budgets
        if any(item.value is not None for item in budget)
    ]


def _holds_indicator(row: TableRow, header: Header) -> bool:
    indicator = indicator_text(row, header)
    said = fold(indicator).rstrip(":. ")
    if not said or _TOTAL.match(said) or _NO_INDICATOR.match(said):
        return False
    return len({fold(text) for text in row.texts if text.strip()}) > 1


def _doubts(header: Header, table: Table, info: DocumentInfo) -> Iterator[Notice]:
    """Columns that nobody knows, and columns of a year that nothing names, each once for the table."""
    place = str(table.rows[header.last].place)
    unknown = [column.header for column in header.columns if column.role is None and column.header]
    if unknown:
        names = ", ".join(f"«{name}»" for name in unknown[:8])
        yield Notice(
            code="unknown-columns",
            message=f"No se sabe qué dicen las columnas {names}; quedan como texto de la fila.",
            place=place,
        )
    undated = [column.header for column in undated_columns(header, info.period)]
    if undated:
        names = ", ".join(f"«{name}»" for name in undated[:8])
        yield Notice(
            code="undated-columns",
            message=f"No se sabe de qué año son las columnas {names}; quedan como texto de la fila.",
            place=place,
        )
