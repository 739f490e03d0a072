"""Keys of rows and passages: from the document's hash and the place, never from the text."""

from __future__ import annotations

from collections import Counter

from ingest.fold import words
from ingest.records import Place

_PREFIX = 12


class PlaceIds:
    """Gives each row of one document its key; the second row of one place gets an ordinal."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        self._prefix = document_id[:_PREFIX]
        self._seen: Counter[str] = Counter()

    def next(self, place: Place) -> str:
        """A key such as '536f7367771f.l115' or '536f7367771f.l290-3', fit for a URL."""
        base = place_key(place)
        self._seen[base] += 1
        ordinal = self._seen[base]
        return f"{self._prefix}.{base}" if ordinal == 1 else f"{self._prefix}.{base}-{ordinal}"


def place_key(place: Place) -> str:
    """A place as a short key: page, sheet, first cell and line, whichever there are."""
    parts = []
    if place.page is not None:
        parts.append(f"p{place.page}")
    if place.sheet is not None:
        parts.append("-".join(words(place.sheet)) or "hoja")
    if place.cell is not None:
        parts.append(place.cell.split(":")[0].lower())
    if place.line is not None:
        parts.append(f"l{place.line}")
    if place.rectangle is not None and place.line is None:
        parts.append(f"y{round(place.rectangle[1])}")
    return "_".join(parts) or "x"
