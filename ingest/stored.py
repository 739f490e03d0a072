"""Records as lines of the catalogue's tables, and back.

What a filter matches is stored folded beside the record, which is stored whole, as JSON without its defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from ingest.fold import fold
from ingest.records import Document, DocumentInfo, IndicatorRow, Notice, Passage
from ingest.searchtext import collection_name


@dataclass(frozen=True)
class StoredDocument:
    """A committed document with what the ingest remembers of it."""

    document: Document
    fingerprint: str
    source: str | None

    @property
    def collection(self) -> str:
        return collection_name(self.document.info.entity)


def stored_document(line: RowMapping) -> StoredDocument:
    """The document of a line of ``documents``."""
    info = DocumentInfo(
        entity=line["entity"], period=line["period"], kind=line["kind"], office=line["office"], title=line["title"]
    )
    document = Document(
        document_id=line["document_id"],
        name=line["name"],
        info=info,
        generation=line["generation"],
        rows=line["row_count"],
        passages=line["passage_count"],
        tables=line["table_count"],
        notices=tuple(Notice.model_validate(notice) for notice in line["notices"]),
        ingested_at=line["ingested_at"],
    )
    return StoredDocument(document, line["fingerprint"], line["source"])


def document_line(stored: StoredDocument) -> dict[str, Any]:
    document = stored.document
    return {
        "document_id": document.document_id,
        "generation": document.generation,
        "name": document.name,
        "entity": document.info.entity,
        "collection": stored.collection,
        "period": document.info.period,
        "kind": document.info.kind,
        "office": document.info.office,
        "title": document.info.title,
        "row_count": document.rows,
        "passage_count": document.passages,
        "table_count": document.tables,
        "notices": [notice.model_dump() for notice in document.notices],
        "fingerprint": stored.fingerprint,
        "source": stored.source,
        "ingested_at": document.ingested_at,
    }


def row_line(row: IndicatorRow, generation: int, position: int) -> dict[str, Any]:
    figures = (figure.text for figure in (row.target, row.baseline, row.figure) if figure is not None)
    wording = (row.indicator, *figures, row.metric, *row.codes.values(), row.quote)
    return {
        "row_id": row.row_id,
        "document_id": row.document_id,
        "generation": generation,
        "position": position,
        "kind": row.kind,
        "entity": fold(row.entity or ""),
        "period": fold(row.period or ""),
        "dependency": fold(row.dependency or ""),
        "programme": fold(row.programme or ""),
        "indicator": fold(row.indicator or ""),
        "wording": fold(" ".join(part for part in wording if part)),
        "record": row.model_dump_json(exclude_defaults=True),
    }


def passage_line(passage: Passage, generation: int, position: int) -> dict[str, Any]:
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "generation": generation,
        "position": position,
        "record": passage.model_dump_json(exclude_defaults=True),
    }
