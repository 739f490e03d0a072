"""Records as the JSON objects that programs receive: rows, documents, notices. Pure: a value in, a dict out.

The field names are the contract of ``cabildo rows --format json`` and ``GET /v1/rows``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest.records import BudgetItem, Document, Figure, IndicatorRow, Notice, YearFigures
from ingest.told import split_notices

if TYPE_CHECKING:
    from ingest.standing import Standing

Json = dict[str, Any]


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: an int when the value is integral, None when there is none (or none that JSON can say)."""
    if value is None or not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def row_json(row: IndicatorRow, document: Document, standing: Standing | None = None) -> Json:
    """An indicator row as programs receive it; what does not apply is None or an empty list.

    ``standing`` is how far the row is, over all documents.
    """
    place = row.place
    return {
        "row_id": row.row_id,
        "document": document.name,
        "document_id": row.document_id,
        "entity": row.entity,
        "period": row.period,
        "kind": row.kind,
        "path": [[step.level, step.value] for step in row.path],
        "strategic_line": row.strategic_line,
        "component": row.component,
        "programme": row.programme,
        "dependency": row.dependency,
        "purpose": row.purpose,
        "indicator": row.indicator,
        "codes": dict(row.codes),
        "unit": row.unit,
        "accumulation": row.accumulation,
        "baseline": baseline_json(row.baseline),
        "target": target_json(row.target),
        "metric": row.metric,
        "figure": figure_json(row.figure),
        "yearly": [_year_json(year) for year in row.yearly],
        "budget": [_budget_json(item) for item in row.budget],
        "ods": row.ods,
        "page": place.page,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "place": str(place),
        "cells": [list(cell) for cell in row.cells],
        "quote": row.quote,
        "links": [{"row_id": link.row_id, "confidence": link.confidence} for link in row.links],
        "warnings": [notice_json(notice) for notice in row.warnings],
        "standing": None if standing is None else standing_json(standing),
    }


def rows_json(
    rows: Iterable[IndicatorRow],
    documents: Iterable[Document],
    standing_of: Callable[[IndicatorRow], Standing] | None = None,
) -> list[Json]:
    """Rows with the documents they are of; a row whose document was removed meanwhile is gone with it."""
    by_id = {document.document_id: document for document in documents}
    return [
        row_json(row, by_id[row.document_id], None if standing_of is None else standing_of(row))
        for row in rows
        if row.document_id in by_id
    ]


def standing_json(standing: Standing) -> Json:
    """Target, latest progress and percentage side by side; the terms say how what is not printed was computed."""
    return {
        "target": target_json(standing.target),
        "progress": target_json(standing.progress),
        "year": standing.year,
        "percent": number(standing.percent),
        "percent_year": standing.percent_year,
        "computed": standing.computed,
        "progress_terms": standing.progress_terms,
        "percent_terms": standing.percent_terms,
        "latest": None if standing.latest is None else _year_json(standing.latest),
        "row_ids": list(standing.row_ids),
        "shared_codes": list(standing.shared_codes),
    }


def baseline_json(figure: Figure | None) -> Json | None:
    if figure is None:
        return None
    return {
        "text": figure.text,
        "value": number(figure.value),
        "unit": figure.unit,
        "date": figure.period,
        "source": figure.source,
    }


def target_json(figure: Figure | None) -> Json | None:
    if figure is None:
        return None
    return {"text": figure.text, "value": number(figure.value), "unit": figure.unit}


def figure_json(figure: Figure | None) -> Json | None:
    if figure is None:
        return None
    return {"text": figure.text, "value": number(figure.value), "unit": figure.unit, "period": figure.period}


def _amount_json(figure: Figure | None) -> Json | None:
    return None if figure is None else {"text": figure.text, "value": number(figure.value)}


def _year_json(year: YearFigures) -> Json:
    return {
        "year": year.year,
        "target": _amount_json(year.target),
        "progress": _amount_json(year.progress),
        "percent": number(year.percent),
    }


def _budget_json(item: BudgetItem) -> Json:
    return {
        "year": item.year,
        "item": item.item,
        "funding_source": item.funding_source,
        "value": number(item.value),
        "text": item.text,
    }


def notice_json(notice: Notice) -> Json:
    return {"code": notice.code, "message": notice.message, "place": notice.place}


def document_json(document: Document) -> Json:
    """A committed document as programs receive it; ``document`` is its file name, as everywhere."""
    info = document.info
    left, others = split_notices(document.notices)
    return {
        "document": document.name,
        "document_id": document.document_id,
        "title": document.title,
        "entity": info.entity,
        "period": info.period,
        "kind": info.kind,
        "office": info.office,
        "rows": document.rows,
        "passages": document.passages,
        "tables": document.tables,
        "generation": document.generation,
        "ingested_at": document.ingested_at,
        "warnings": [notice_json(notice) for notice in others],
        "tables_left": [table.model_dump() for table in left],
    }


def counted(count: int, one: str, many: str) -> str:
    """'1 fila', '3 filas'."""
    return f"{count} {one if count == 1 else many}"
