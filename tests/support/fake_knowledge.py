"""A knowledge base as the front ends use it, without an index: one document and its rows, and what was asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from ingest.errors import NotFoundError
from ingest.records import Document, DocumentInfo, IndicatorRow, Notice, Place
from ingest.standing import standing

DOCUMENT = Document(
    document_id="ab" * 32, name="plan.txt", info=DocumentInfo(entity="Puerto Nuevo", kind="plan"), rows=2
)


def row_of(row_id: str, indicator: str, line: int = 1) -> IndicatorRow:
    """A product's row of the document."""
    return IndicatorRow(
        row_id=row_id, document_id=DOCUMENT.document_id, kind="product", indicator=indicator, place=Place(line=line)
    )


class FakeKnowledge:
    """``wanted`` is the filter of the last rows asked for; ``notices`` is what a check finds."""

    def __init__(self, *held: IndicatorRow) -> None:
        self.there = [DOCUMENT]
        self.held = held
        self.wanted: Any = None
        self.notices: list[Notice] = []
        self.differences: dict[str, tuple[Notice, ...]] = {}
        self.embedder = SimpleNamespace(name="minilm")
        self.closed = False

    def documents(self) -> Sequence[Document]:
        return self.there

    def document(self, reference: str) -> Document:
        for document in self.there:
            if reference == document.name or document.document_id.startswith(reference):
                return document
        raise NotFoundError(f"No hay ningún documento «{reference}».", hint="Vea la lista con `cabildo documents`.")

    def rows(self, wanted: Any, limit: int | None = None, offset: int = 0) -> tuple[int, Sequence[IndicatorRow]]:
        self.wanted = wanted
        return len(self.held), self.held[offset:][:limit]

    def row(self, row_id: str) -> IndicatorRow:
        for row in self.held:
            if row.row_id == row_id:
                return row
        raise NotFoundError("No hay ninguna fila con ese identificador.")

    def snapshot(self) -> Any:
        return SimpleNamespace(standing=standing, linked={}, differences=self.differences)

    def remove(self, reference: str) -> Document:
        document = self.document(reference)
        self.there = [one for one in self.there if one is not document]
        return document

    def check(self) -> Sequence[Notice]:
        return self.notices

    def close(self) -> None:
        self.closed = True
