"""Which originals stay: those of committed documents that may be kept, as long as keeping is on.

A copy is made before its document is committed and deleted after the commit that takes the document out, so that a
crash leaves at most a copy too many. The catalogue is the truth: whatever it does not ask for is deleted.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from ingest.originals import Originals, reason_not_kept, suffix_of
from ingest.records import Document

_LOG = logging.getLogger(__name__)


class Keeping:
    """Keeps and deletes originals for the writer, which holds its lock meanwhile."""

    def __init__(self, originals: Originals, *, is_on: bool) -> None:
        self._originals = originals
        self._is_on = is_on

    def keep(self, document: Document, file: Path | None) -> None:
        """Copy the file of a document that is about to be committed, if it may be; what fails is logged.

        No picture of a page is worth a document that could not be committed.
        """
        if file is None or not self._stays(document):
            return
        try:
            kept = self._originals.keep(document.document_id, file, suffix_of(document))
        except OSError as error:
            _LOG.warning("the original of %s is not kept: %s", document.document_id[:12], error.strerror)
            return
        if not kept:
            _LOG.warning("the original of %s is not kept: its file changed meanwhile", document.document_id[:12])

    def sweep(self, committed: Iterable[Document]) -> int:
        """Delete the originals that no committed document needs; returns of how many documents."""
        needed = {document.document_id for document in committed if self._stays(document)}
        orphans = self._originals.ids() - needed
        self._originals.drop(orphans)
        self._originals.drop_parts()
        return len(orphans)

    def _stays(self, document: Document) -> bool:
        return self._is_on and reason_not_kept(document) is None
