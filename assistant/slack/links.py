"""Addresses for people: the web pages of rows, documents and drafts, when the server has a public address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from assistant.slack import limits


@dataclass(frozen=True)
class Links:
    """The pages under a public address; without one there are none."""

    base: str | None = None

    def row(self, row_id: str) -> str | None:
        return self._at(f"/filas/{quote(row_id)}")

    def row_image(self, row_id: str) -> str | None:
        return self._at(f"/v1/rows/{quote(row_id)}/page.png")

    def documents(self) -> str | None:
        return self._at("/documentos")

    def document_of(self, row_id: str | None) -> str | None:
        """The page of the document a row is of: row ids begin as their document's does (``ingest.extract.ids``)."""
        return self.documents() if row_id is None else self._at(f"/documentos/{quote(row_id.partition('.')[0])}")

    def petition(self, draft_id: str) -> str | None:
        return self._at(f"/peticiones/{quote(draft_id)}")

    def _at(self, path: str) -> str | None:
        address = None if self.base is None else self.base + path
        return address if address is not None and len(address) <= limits.URL else None
