"""Blocks to rows and prose: ``ReadDocument → Extraction``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extract.below import programmes_above
from ingest.extract.budget_percent import doubt_budget_percentages
from ingest.extract.captions import titles_above, with_captions
from ingest.extract.cards import card_rows, under_indicator
from ingest.extract.dividers import with_counts
from ingest.extract.facing import with_facing_pages
from ingest.extract.forms import open_forms
from ingest.extract.furniture import without_repeats
from ingest.extract.given import mark_tables
from ingest.extract.goals import goal_rows
from ingest.extract.headed import programmes_from_titles, under_titles
from ingest.extract.identity import identify, read_kind
from ingest.extract.ids import PlaceIds
from ingest.extract.joining import join_tables
from ingest.extract.left import tables_left
from ingest.extract.letters import letter_rows
from ingest.extract.prose import prose_of
from ingest.extract.sheets import open_sheets
from ingest.extract.small_tables import lines_of_small_tables
from ingest.extract.statements import statement_rows
from ingest.extract.tables import read_table
from ingest.extract.walk import Located, is_slides, locate
from ingest.originals import MASKED
from ingest.privacy import mask_document
from ingest.records import DocumentInfo, Extraction, IndicatorRow, Notice, Overrides, ReadDocument

__all__ = ["EXTRACTOR_VERSION", "extract"]

#: Raise it when what is extracted from the same bytes changes; documents are then read again at the next ingest.
EXTRACTOR_VERSION = "10"


def extract(read: ReadDocument, overrides: Overrides | None = None) -> Extraction:
    """Rows and prose of a document.

    Personal data of private people is masked first, so nothing below ever sees it. Table rows come in the order of
    the document; reports and letters also give a row for each figure they state outside tables.
    """
    read = open_sheets(read)
    kind = (overrides.kind if overrides else None) or read_kind(read.blocks)
    masked = mask_document(read, letter=kind == "letter")
    if overrides is not None:
        masked = mark_tables(masked, overrides.tables)
    info = _override(identify(masked), overrides)
    located = _locate(masked, info)
    ids = PlaceIds(masked.sha256)
    rows, left, reasons, doubts = _table_rows(located, info, ids)
    if info.kind == "letter":
        rows += letter_rows(left, info, ids)
    if info.kind in ("letter", "progress"):
        stated = [item for item in left if not _explained(rows, item)]
        goals, stated = goal_rows(stated, info, ids)
        rows += goals
        rows += statement_rows(list(lines_of_small_tables(stated)), info, ids, slides=is_slides(read))
    rows = doubt_budget_percentages(rows)
    notices = [*masked.notices, *_masking(read, masked), *doubts, *programmes_from_titles(rows)]
    notices += tables_left(reasons, rows)
    if not rows:
        notices.append(
            Notice(code="no-rows", message="No se encontraron filas de indicadores; queda como texto de consulta.")
        )
    return Extraction(
        info=info,
        rows=tuple(rows),
        prose=prose_of(with_counts(left, masked.blocks) if info.kind == "plan" else left),
        tables=sum(item.block.kind == "table" for item in located),
        notices=tuple(notices),
    )


def _masking(read: ReadDocument, masked: ReadDocument) -> Iterator[Notice]:
    """That something was masked, which decides whether the original may be kept."""
    if masked.blocks != read.blocks:
        yield Notice(
            code=MASKED, message="El documento trae datos personales: se reservaron y no se guarda su original."
        )


def _explained(rows: Sequence[IndicatorRow], item: Located) -> bool:
    """Whether a block of a workbook states no figures of its own: the name of a sheet, a text beside its tables, and
    whatever stands on other sheets (dashboards, lists) than those of the indicators."""
    sheet = item.block.place.sheet
    if sheet is None:
        return False
    if any(row.target is not None or row.yearly for row in rows):
        return True
    if item.block.kind == "table":
        return False
    return item.block.kind == "heading" or sheet in {row.place.sheet for row in rows}


def _locate(read: ReadDocument, info: DocumentInfo) -> list[Located]:
    """A letter's pages go on where the last one ended, under a letterhead; slides each stand for themselves."""
    if info.kind == "letter":
        return list(locate(without_repeats(read.blocks), slides=False))
    slides = is_slides(read)
    titled = titles_above(read.blocks)
    blocks = with_captions(titled if slides else programmes_above(open_forms(titled)))
    located = list(locate(blocks, slides=slides))
    located = join_tables(located if slides else with_facing_pages(located), slides=slides)
    return located if slides else list(under_titles(located))


def _table_rows(
    located: Sequence[Located], info: DocumentInfo, ids: PlaceIds
) -> tuple[list[IndicatorRow], list[Located], list[tuple[Located, str]], list[Notice]]:
    """Rows of the tables of indicators and of money, all blocks that gave none, of tables why, and other doubts."""
    rows: list[IndicatorRow] = []
    left: list[Located] = []
    reasons: list[tuple[Located, str]] = []
    notices: list[Notice] = []
    for item in located:
        result = read_table(under_indicator(item), info, ids)
        made = result.rows or (tuple(card_rows(item, info, ids)) if info.kind == "progress" else ())
        rows += made
        notices += result.notices
        if not made:
            left.append(item)
        if not made and item.block.kind == "table" and result.left is not None:
            reasons.append((item, result.left))
    return rows, left, reasons, notices


def _override(info: DocumentInfo, overrides: Overrides | None) -> DocumentInfo:
    if overrides is None:
        return info
    return info.model_copy(update=overrides.said)
