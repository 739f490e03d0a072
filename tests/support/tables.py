"""Rows of a table as the extraction reads them, in an invented town's plan and in its report."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingest.extract import extract
from ingest.records import Extraction, Figure, IndicatorRow, Overrides
from tests.support.blocks import WORKBOOK, document, sheet_blocks, table_block

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
REPORT = Overrides(entity="Palmarito", period="2024-2027", kind="progress")


def of_table(rows: Sequence[str], overrides: Overrides = PLAN) -> tuple[IndicatorRow, ...]:
    return extract(document([table_block(rows)]), overrides).rows


def of_sheet(rows: Sequence[str], overrides: Overrides = PLAN, **more: object) -> Extraction:
    return extract(document(sheet_blocks("Hoja", rows, **more), media_type=WORKBOOK), overrides)  # type: ignore[arg-type]


def value(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value
