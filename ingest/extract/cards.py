"""Cards of a slide, read as captions over figures: the columns of one indicator, or figures that each have a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.extract.columns import MEASURE_ROLES, MONEY_ROLES
from ingest.extract.header import cell_text, find_header
from ingest.extract.ids import PlaceIds
from ingest.extract.small_tables import are_captions
from ingest.extract.walk import Located
from ingest.figures import find_figures, period_in
from ingest.records import Cell, DocumentInfo, Figure, IndicatorRow, Table, TableRow
from ingest.wording import header_role

_INDICATOR = "Indicador"


def under_indicator(located: Located) -> Located:
    """Cards that name columns, with the indicator that a label above them names as a column of its own."""
    table, indicator = located.block.table, located.context.indicator
    if table is None or not table.cards or indicator is None or find_header(table) is not None:
        return located
    rows = [row for row in table.rows if any(text.strip() for text in row.texts)]
    if len(rows) != 2 or any("$" in text for text in rows[1].texts):
        return located  # money, which says its own columns
    named = Table(
        rows=tuple(
            row.model_copy(update={"cells": (Cell(text=text), *row.cells)})
            for row, text in zip(rows, (_INDICATOR, indicator), strict=True)
        )
    )
    header = find_header(named)
    if header is None or not header.is_of_indicators:
        return located
    return replace(located, block=located.block.model_copy(update={"table": named}))


def card_rows(located: Located, info: DocumentInfo, ids: PlaceIds) -> Iterator[IndicatorRow]:
    """A row for each card whose caption says what its figure counts; none where most captions only name columns."""
    table = located.block.table
    if table is None or len(table.rows) != 2 or not (table.cards or are_captions(table.rows)):
        return
    captions, figures = table.rows
    cards = [(cell_text(caption.text), cell.text) for caption, cell in zip(captions.cells, figures.cells, strict=True)]
    if sum(_names_column(caption) for caption, _ in cards) * 2 > len(cards):
        return
    for caption, text in cards:
        found = find_figures(text)
        if len(found) == 1:
            figure = Figure(text=text, value=found[0].value, unit=found[0].unit, period=period_in(caption))
            yield _row(caption, figure, figures, located, info, ids)


def _names_column(caption: str) -> bool:
    role = header_role(caption)
    return role is not None and role.role in MEASURE_ROLES | MONEY_ROLES


def _row(
    caption: str, figure: Figure, row: TableRow, located: Located, info: DocumentInfo, ids: PlaceIds
) -> IndicatorRow:
    context = located.context
    return IndicatorRow(
        row_id=ids.next(row.place),
        document_id=ids.document_id,
        kind="progress" if context.has("programme") else "fact",
        entity=info.entity,
        period=info.period,
        path=context.steps,
        dependency=context.dependency or info.office,
        purpose=context.purpose,
        indicator=caption,
        metric=caption,
        figure=figure,
        place=row.place,
        cells=((caption, figure.text),),
        quote=f"{figure.text} {caption}",
        context=(located.title,) if located.title else (),
    )
