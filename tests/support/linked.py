"""Rows of an invented plan and of reports on it, and what is joined to what."""

from __future__ import annotations

from decimal import Decimal

from ingest.linking import link_rows
from ingest.records import Figure, IndicatorRow, PathStep, Place


def row(
    row_id: str,
    kind: str,
    indicator: str | None = None,
    *,
    sispt: str | None = None,
    programme: str | None = "Letras",
    product: str | None = None,
    target: int | None = None,
    entity: str | None = "Palmarito",
    period: str | None = "2024-2027",
    document: str = "",
    **more: object,
) -> IndicatorRow:
    steps = [("Programa", programme, "programme"), ("Producto", product, "product")]
    return IndicatorRow.model_validate(
        {
            "row_id": row_id,
            "document_id": document or kind,
            "kind": kind,
            "indicator": indicator,
            "codes": {"sispt": sispt} if sispt else {},
            "path": tuple(PathStep(level=level, value=value, role=role) for level, value, role in steps if value),  # type: ignore[arg-type]
            "target": None if target is None else Figure(text=str(target), value=Decimal(target)),
            "entity": entity,
            "period": period,
            "place": Place(line=1),
            **more,
        }
    )


def links(*rows: IndicatorRow) -> dict[str, list[tuple[str, float]]]:
    return {r.row_id: [(link.row_id, link.confidence) for link in r.links] for r in link_rows(rows)}
