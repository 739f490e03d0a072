"""What an ingest tells of each file: the object that ``cabildo ingest --json`` prints and a job holds."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ingest.records import Document, Notice
from ingest.told import TableLeft

Status = Literal["added", "updated", "unchanged", "failed", "removed"]


class DocumentReport(BaseModel):
    """What became of one file."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str | None = None
    status: Status
    rows: int = 0
    passages: int = 0
    tables: int = 0
    warnings: tuple[Notice, ...] = ()
    tables_left: tuple[TableLeft, ...] = ()
    rows_by_kind: dict[str, int] = {}


class IngestReport(BaseModel):
    """What became of all files of a run, in the order in which they were given."""

    model_config = ConfigDict(frozen=True)

    documents: tuple[DocumentReport, ...]
    elapsed_s: float

    def with_status(self, status: Status) -> list[DocumentReport]:
        return [report for report in self.documents if report.status == status]

    @property
    def failed(self) -> list[DocumentReport]:
        return self.with_status("failed")


def report_of(
    name: str, document_id: str, status: Status, document: Document | None, warnings: tuple[Notice, ...] = ()
) -> DocumentReport:
    """The report of a file whose document, if it has one, says how much it holds and what was doubtful."""
    if document is None:
        return DocumentReport(document=name, document_id=document_id, status=status, warnings=warnings)
    return DocumentReport(
        document=name,
        document_id=document_id,
        status=status,
        rows=document.rows,
        passages=document.passages,
        tables=document.tables,
        warnings=(*warnings, *document.notices),
    )


def failed_report(name: str, document_id: str | None, notice: Notice) -> DocumentReport:
    return DocumentReport(document=name, document_id=document_id, status="failed", warnings=(notice,))
