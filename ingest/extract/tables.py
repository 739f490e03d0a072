"""Rows of indicator tables.

``Located table → header → data rows → IndicatorRow``: level columns are carried down, an unnamed column whose cells
are labels ("PROGRAMA: …") is one too, cells are kept verbatim and figures are understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extract.columns import Column, Header, find_header, repeats_header
from ingest.extract.ids import PlaceIds
from ingest.extract.walk import Located
from ingest.figures import compare_target, read_baseline, read_target, split_source
from ingest.fold import fold, squeeze
from ingest.headings import LEVEL_RANKS, Context, enter_level, read_label
from ingest.records import DocumentInfo, Figure, IndicatorRow, LevelRole, Notice, PathStep, Place, RowKind, Table, TableRow

_LEVEL_ROLES: tuple[LevelRole, ...] = ("strategic_line", "component", "sector", "programme", "subprogramme", "product", "project")
_TOTALS = ("total", "subtotal", "totales", "total general", "gran total")


@dataclass(frozen=True)
class _Draft:
    """A data row with what its level cells say."""

    row: TableRow
    context: Context


def is_indicator_table(table: Table) -> bool:
    """Whether a table names an indicator column and something measured."""
    return find_header(table) is not None


def table_to_rows(located: Located, info: DocumentInfo, ids: PlaceIds) -> tuple[IndicatorRow, ...]:
    """The indicator rows of one table; empty when it is no table of indicators."""
    table = located.block.table
    header = find_header(table) if table is not None else None
    if table is None or header is None:
        return ()
    return tuple(_to_row(draft, header, info, ids) for draft in _drafts(table, header, located.context))


def _drafts(table: Table, header: Header, context: Context) -> Iterator[_Draft]:
    """Data rows below the header with levels carried down; repeated headers, totals and empty rows are left out."""
    for row in table.rows[header.last + 1 :]:
        if repeats_header(row, header) or not any(text.strip() for text in row.texts):
            continue
        context = _carry_levels(row, header, context)
        if _holds_indicator(row, header):
            yield _Draft(row, context)


def _carry_levels(row: TableRow, header: Header, context: Context) -> Context:
    """The context after the row's level cells: named level columns, and unnamed cells that are labels."""
    for column in header.columns:
        text = squeeze(row.cells[column.index].text)
        if not text:
            continue
        if column.role is None:
            label = read_label(text)
            if label is not None and label.value and label.role in LEVEL_RANKS:
                context = _enter(context, PathStep(level=label.name.capitalize(), value=label.value, role=label.role))  # type: ignore[arg-type]
        elif column.name in _LEVEL_ROLES:
            role: LevelRole = column.name
            label = read_label(text)
            value = label.value if label is not None and label.value and label.role == role else text
            context = _enter(context, PathStep(level=column.header, value=value, role=role))
        elif column.name == "dependency":
            context = replace(context, dependency=text)
        elif column.name == "purpose":
            context = replace(context, purpose=text)
    return context


def _enter(context: Context, step: PathStep) -> Context:
    """Enter a level from inside a table: what was said above the table (purpose, section) still holds."""
    return replace(enter_level(context, step), purpose=context.purpose, section=context.section)


def _holds_indicator(row: TableRow, header: Header) -> bool:
    indicator = _cell(row, header, "indicator", "indicator_product", "indicator_result")
    if not indicator or fold(indicator).rstrip(":. ") in _TOTALS or fold(row.texts[0]).rstrip(":. ") in _TOTALS:
        return False
    distinct = {fold(text) for text in row.texts if text.strip()}
    return len(distinct) > 1


def _cell(row: TableRow, header: Header, *roles: str) -> str:
    """The first non-empty cell with one of these roles, or ''."""
    for column in header.of(*roles):
        if text := squeeze(row.cells[column.index].text):
            return text
    return ""


def _to_row(draft: _Draft, header: Header, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow:
    row, context = draft.row, draft.context
    place = row.place
    raw_indicator = _cell(row, header, "indicator", "indicator_product", "indicator_result")
    indicator, stray_source = split_source(raw_indicator)
    baseline, baseline_notices = _baseline(row, header)
    target, target_notices = _target(row, header)
    warnings = [*baseline_notices, *target_notices]
    if stray_source:
        warnings.append(Notice(code="source-in-indicator", message="La fuente está impresa en la celda del indicador."))
        if baseline is not None and baseline.source is None:
            baseline = baseline.model_copy(update={"source": stray_source})
    if baseline is not None and target is not None and (notice := compare_target(baseline, target)) is not None:
        warnings.append(notice)
    return IndicatorRow(
        row_id=ids.next(place),
        document_id=ids.document_id,
        kind=_kind(header, context),
        entity=info.entity,
        period=info.period,
        path=context.steps,
        dependency=context.dependency or info.office,
        purpose=context.purpose,
        indicator=indicator,
        codes=_codes(row, header),
        unit=_cell(row, header, "unit") or None,
        accumulation=_cell(row, header, "accumulation") or None,
        baseline=baseline,
        target=target,
        ods=_cell(row, header, "ods") or None,
        place=place,
        cells=tuple((column.header, row.cells[column.index].text) for column in header.columns),
        quote=" | ".join(text for text in row.texts if text.strip()),
        warnings=tuple(_placed(notice, place) for notice in warnings),
    )


def _placed(notice: Notice, place: Place) -> Notice:
    return notice if notice.place else notice.model_copy(update={"place": str(place)})


def _kind(header: Header, context: Context) -> RowKind:
    """What the table's own header says, else the section title above it, else whether it stands under a programme."""
    if header.of("indicator_result"):
        return "result"
    if header.of("indicator_product"):
        return "product"
    if context.section is not None:
        return context.section
    return "product"


def _baseline(row: TableRow, header: Header) -> tuple[Figure | None, list[Notice]]:
    if not header.of("baseline"):
        return None, []
    figure, notices = read_baseline(_cell(row, header, "baseline"))
    source = _cell(row, header, "baseline_source", "source") or figure.source
    period = _cell(row, header, "baseline_year") or figure.period
    return figure.model_copy(update={"source": source, "period": period}), list(notices)


def _target(row: TableRow, header: Header) -> tuple[Figure | None, list[Notice]]:
    if not header.of("target"):
        return None, []
    figure, notices = read_target(_cell(row, header, "target"))
    return figure, list(notices)


def _codes(row: TableRow, header: Header) -> dict[str, str]:
    found = {column.name.removeprefix("code_"): squeeze(row.cells[column.index].text) for column in _code_columns(header)}
    return {name: text for name, text in found.items() if text}


def _code_columns(header: Header) -> tuple[Column, ...]:
    return header.of("code", "code_sispt", "code_mga")
