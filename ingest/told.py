"""What an ingest tells of each document besides its counts: tables left as text, doubts, differences with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from ingest.notice_codes import CODE_NOT_IN_PLAN, TABLE_LEFT
from ingest.records import IndicatorRow, Notice

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase
    from ingest.report import DocumentReport
    from ingest.snapshot import Snapshot

_REASON = ": "


class TableLeft(BaseModel):
    """A table that gave no rows: where it stands, and why."""

    model_config = ConfigDict(frozen=True)

    place: str | None
    why: str


def split_notices(notices: Iterable[Notice]) -> tuple[tuple[TableLeft, ...], tuple[Notice, ...]]:
    """Tables left as text, and all other notices."""
    left, others = [], []
    for notice in notices:
        if notice.code == TABLE_LEFT:
            left.append(TableLeft(place=notice.place, why=notice.message.partition(_REASON)[2].rstrip(".")))
        else:
            others.append(notice)
    return tuple(left), tuple(others)


def row_notices(rows: Iterable[IndicatorRow]) -> list[Notice]:
    """What was unsure about single rows, each with its place."""
    return [
        notice if notice.place else notice.model_copy(update={"place": str(row.place) or None})
        for row in rows
        for notice in row.warnings
    ]


def notices_among_documents(snapshot: Snapshot) -> dict[str, tuple[Notice, ...]]:
    """What only all documents together tell, by document id: codes that no plan has, figures that differ."""
    found: dict[str, list[Notice]] = {}
    for row in snapshot.linked.values():
        unknown = [notice for notice in row.warnings if notice.code == CODE_NOT_IN_PLAN]
        if unknown:
            found.setdefault(row.document_id, []).extend(unknown)
    for document_id, notices in snapshot.differences.items():
        found.setdefault(document_id, []).extend(notices)
    return {document_id: tuple(notices) for document_id, notices in found.items()}


def tell(reports: Sequence[DocumentReport], knowledge: KnowledgeBase) -> tuple[DocumentReport, ...]:
    """The reports of a run with what only the whole knowledge base knows.

    Documents are compared with each other only after a run that changed something; a run that did not has nothing new
    to say of them, and `cabildo check` always says it.
    """
    kinds = knowledge.count_kinds()
    is_changed = any(report.status in ("added", "updated", "removed") for report in reports)
    among = notices_among_documents(knowledge.snapshot()) if is_changed else {}
    return tuple(_told(report, kinds, among) for report in reports)


def _told(
    report: DocumentReport, kinds: Mapping[str, dict[str, int]], among: Mapping[str, tuple[Notice, ...]]
) -> DocumentReport:
    left, others = split_notices(report.warnings)
    committed = report.document_id if report.status in ("added", "updated", "unchanged") else None
    more = among.get(committed or "", ())
    return report.model_copy(
        update={
            "warnings": (*others, *more),
            "tables_left": left,
            "rows_by_kind": kinds.get(committed or "", {}),
        }
    )
