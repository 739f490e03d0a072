"""Rows of tables of indicators, and of money by programme or product.

``Located table → headers → data rows with their levels → IndicatorRow``. Cells are kept verbatim and figures are
understood; what is not understood becomes a notice of the row or of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.extract.cells import ReadFigure, baseline_of, plain_figure, stated_text, target_of, text_of
from ingest.extract.columns import INDICATOR_ROLES, MEASURE_ROLES, PROGRESS_ROLES, Header
from ingest.extract.halves import indicator_headers
from ingest.extract.header import cell_text, find_headers, is_band, repeats_header
from ingest.extract.ids import PlaceIds
from ingest.extract.levels import Levels, carry_levels, enter_band
from ingest.extract.money import budget_of
from ingest.extract.walk import Located
from ingest.extract.yearly import row_year, undated_columns, yearly_of
from ingest.figures import compare_target, split_source
from ingest.fold import fold, squeeze
from ingest.headings import Context
from ingest.records import DocumentInfo, Figure, IndicatorRow, Notice, Place, RowKind, Table, TableRow

_TOTAL = re.compile(r"^(?:(?:sub|gran )?total(?:es)?\b.{0,40}|promedio\b.{0,40}|suma\b.{0,20})$")
_NOTE = re.compile(r"^(?:fuente|nota|notas|elabor\w+|\*+)\s*[:.*]")
_SISPT = re.compile(r"^I[PR]-\d+", re.IGNORECASE)
_CODES = {"code_sispt": "sispt", "code_mga": "mga", "code_bpin": "bpin", "code": "code"}
#: What 'Acumulativo: sí' says without its column's name.
_YES_OR_NO = {"si": "Acumulativo", "no": "No acumulativo"}
_UNIQUE = INDICATOR_ROLES | MEASURE_ROLES


@dataclass(frozen=True)
class TableResult:
    """The rows of a table, and what was unsure about its columns."""

    rows: tuple[IndicatorRow, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class _Draft:
    """A data row with the levels and the header it stands under."""

    row: TableRow
    context: Context
    header: Header


def read_table(located: Located, info: DocumentInfo, ids: PlaceIds) -> TableResult:
    """The rows of one table; none when it is of neither indicators nor money."""
    table = located.block.table
    if table is None or not table.rows:
        return TableResult()
    levels = Levels.over(located.context)
    rows: list[IndicatorRow] = []
    notices: list[Notice] = []
    for header, body in _sections(table):
        drafts, levels = _drafts(body, header, levels)
        made = _rows_of(drafts, header, info, ids)
        rows += made
        if made:
            notices += _doubts(header, table, info)
    return TableResult(tuple(rows), tuple(notices))


def _sections(table: Table) -> Iterator[tuple[Header, tuple[TableRow, ...]]]:
    """Each header with the rows below it up to the next, after the bands that stand right above it."""
    headers = list(find_headers(table.rows))
    starts = [0, *(_bands_above(table, header) for header in headers[1:]), len(table.rows)]
    for header, start, end in zip(headers, starts, starts[1:], strict=False):
        bands = (row for row in table.rows[start : header.first] if is_band(row))
        yield header, (*bands, *table.rows[header.last + 1 : end])


def _bands_above(table: Table, header: Header) -> int:
    """The first of the bands that stand right above a header."""
    first = header.first
    while first > 0 and is_band(table.rows[first - 1]):
        first -= 1
    return first


def _drafts(rows: Iterable[TableRow], header: Header, levels: Levels) -> tuple[list[_Draft], Levels]:
    """Data rows with levels carried down; bands only change the levels; headers, totals and notes give nothing."""
    drafts: list[_Draft] = []
    for row in rows:
        if is_band(row):
            levels = enter_band(levels, next(text for text in map(cell_text, row.texts) if text))
        elif any(text.strip() for text in row.texts) and not repeats_header(row, header) and not _is_total(row):
            levels = carry_levels(levels, row, header)
            drafts.append(_Draft(row, levels.context, header))
    return drafts, levels


def _is_total(row: TableRow) -> bool:
    first = next((fold(text) for text in row.texts if text.strip()), "")
    return _TOTAL.match(first.rstrip(":. ")) is not None or _NOTE.match(first) is not None


def _rows_of(drafts: list[_Draft], header: Header, info: DocumentInfo, ids: PlaceIds) -> list[IndicatorRow]:
    if not header.is_of_indicators:
        return _money_rows(drafts, info, ids)
    rows: list[IndicatorRow] = []
    halves = indicator_headers(header)
    last: dict[int, tuple[str, ...]] = {}
    for draft in drafts:
        for number, half in enumerate(halves):
            said = tuple(fold(column.cell(draft.row).text) for column in half.columns if column.name in _UNIQUE)
            if not _holds_indicator(draft.row, half) or (len(halves) > 1 and last.get(number) == said):
                continue
            last[number] = said
            rows.append(_indicator_row(_Draft(draft.row, draft.context, half), info, ids))
    return rows


def _money_rows(drafts: list[_Draft], info: DocumentInfo, ids: PlaceIds) -> list[IndicatorRow]:
    """Rows of money; a table whose amounts are all zero or blank says nothing of money and stays prose."""
    budgets = [(draft, budget_of(draft.row, draft.header, info.period)) for draft in drafts]
    if not any(item.value for _, budget in budgets for item in budget):
        return []
    return [
        _row(draft, "budget", info, ids, yearly=yearly_of(draft.row, draft.header, info.period), budget=budget)
        for draft, budget in budgets
        if any(item.value is not None for item in budget)
    ]


def _holds_indicator(row: TableRow, header: Header) -> bool:
    indicator = _indicator_text(row, header)
    if not indicator or _TOTAL.match(fold(indicator).rstrip(":. ")):
        return False
    return len({fold(text) for text in row.texts if text.strip()}) > 1


def _indicator_text(row: TableRow, header: Header) -> str:
    return text_of(row, header, "indicator", "indicator_product", "indicator_result") or (
        "" if header.has(INDICATOR_ROLES) else text_of(row, header, "product")
    )


def _indicator_row(draft: _Draft, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow:
    row, header = draft.row, draft.header
    indicator, stray_source = split_source(_indicator_text(row, header))
    baseline, target = baseline_of(row, header), target_of(row, header)
    warnings = [*baseline.notices, *target.notices, *_below_baseline(baseline, target, row, header)]
    first = baseline.figure
    if stray_source:
        warnings.append(Notice(code="source-in-indicator", message="La fuente está impresa en la celda del indicador."))
        if first is not None and first.source is None:
            first = first.model_copy(update={"source": stray_source})
    reached = _reached(row, header)
    custom = text_of(row, header, "indicator_custom")
    return _row(
        draft,
        _kind(header, draft.context, info),
        info,
        ids,
        indicator=indicator,
        unit=stated_text(row, header, "unit"),
        accumulation=_accumulation(row, header),
        baseline=first,
        target=target.figure,
        metric=reached[0] if reached else None,
        figure=reached[1] if reached else None,
        yearly=yearly_of(row, header, info.period),
        budget=budget_of(row, header, info.period),
        context=(custom,) if custom and fold(custom) != fold(indicator) else (),
        warnings=tuple(_placed(notice, row.place) for notice in warnings),
    )


def _row(draft: _Draft, kind: RowKind, info: DocumentInfo, ids: PlaceIds, **more: object) -> IndicatorRow:
    """A row with what every row has: its key, its levels, its codes, its cells."""
    row, header, context = draft.row, draft.header, draft.context
    fields: dict[str, object] = {
        "row_id": ids.next(row.place),
        "document_id": ids.document_id,
        "kind": kind,
        "entity": stated_text(row, header, "entity") or info.entity,
        "period": info.period,
        "path": context.steps,
        "dependency": context.dependency or info.office,
        "purpose": context.purpose,
        "codes": _codes(row, header),
        "ods": _ods(row, header),
        "place": row.place,
        "cells": tuple((column.header, column.cell(row).text) for column in header.columns),
        "quote": _quote(row, header),
    }
    return IndicatorRow.model_validate(fields | more)


def _placed(notice: Notice, place: Place) -> Notice:
    return notice if notice.place else notice.model_copy(update={"place": str(place)})


def _kind(header: Header, context: Context, info: DocumentInfo) -> RowKind:
    """A report's row is one of progress; a plan's is what its header says, else the section title above the table."""
    if header.has(PROGRESS_ROLES) and (info.kind == "progress" or (info.kind != "plan" and not header.of("baseline"))):
        return "progress"
    if header.of("indicator_result"):
        return "result"
    if header.of("indicator_product"):
        return "product"
    return context.section or "product"


def _accumulation(row: TableRow, header: Header) -> str | None:
    """Whether yearly figures add up, as the cell says; the kind of target where there is no such column."""
    text = text_of(row, header, "accumulation")
    return _YES_OR_NO.get(fold(text), text) or stated_text(row, header, "goal_type")


def _below_baseline(baseline: ReadFigure, target: ReadFigure, row: TableRow, header: Header) -> list[Notice]:
    if baseline.figure is None or target.figure is None:
        return []
    wording = f"{target.figure.text} {text_of(row, header, 'goal_type')}"
    notice = compare_target(baseline.figure, target.figure, wording)
    return [] if notice is None else [notice]


def _reached(row: TableRow, header: Header) -> tuple[str, Figure] | None:
    """What was reached in the whole term, under its column's name; a percentage where that is all there is."""
    if row_year(row, header) is not None:
        return None
    for role in ("progress", "percent"):
        for column in header.of(role):
            figure = plain_figure(column.cell(row), row, header)
            if figure is not None:
                if role == "percent" and figure.value is not None:
                    figure = figure.model_copy(update={"unit": "%"})
                return column.header, figure
    return None


def _codes(row: TableRow, header: Header) -> dict[str, str]:
    """Codes by system; a bare 'Consecutivo' that is numbered as SisPT numbers indicators is SisPT's."""
    codes: dict[str, str] = {}
    for role, system in _CODES.items():
        text = stated_text(row, header, role)
        if text is not None:
            codes.setdefault("sispt" if role == "code" and _SISPT.match(text) else system, text)
    return codes


def _ods(row: TableRow, header: Header) -> str | None:
    texts = dict.fromkeys(cell_text(column.cell(row).text) for column in header.of("ods"))
    return " - ".join(text for text in texts if text) or None


def _quote(row: TableRow, header: Header) -> str:
    """The row as printed, without repeated merged cells and without what a wide export holds beside the indicator."""
    left_out = {c.index for c in header.columns if c.name == "ignore" or (c.role and c.role.funding_source)}
    if len(header.columns) <= 20:
        left_out = set()
    cells = [cell for index, cell in enumerate(row.cells) if index not in left_out]
    texts = [cell.text for cell in cells if cell.text.strip()]
    return " | ".join(squeeze(text) if "\n" in text else text for text in texts)


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
