"""What is asked of whoever draws a page, and what comes back."""

from __future__ import annotations

from pydantic import Field

from ingest.records import PagePart, Record


class Wanted(Record):
    """A row to be looked for by its words, in a PDF whose places nobody knows yet."""

    cells: tuple[str, ...] = Field(description="its cells as printed, or its sentence, in order")
    nth: int = Field(0, description="which of the places that read alike, from 0")
    count: int = Field(1, description="how many places read alike")
    page: int | None = Field(None, description="the page it is known to be on, 1-based")


class Drawing(Record):
    """A picture to be made of a PDF (``parts``, or ``wanted`` to find them) or a workbook (``sheet`` and ``cell``)."""

    parts: tuple[PagePart, ...] = ()
    wanted: Wanted | None = None
    sheet: str | None = None
    cell: str | None = None


class Drawn(Record):
    """A picture in the folder that was given, and the parts of pages that are marked on it."""

    file: str
    width: int
    height: int
    parts: tuple[PagePart, ...] = ()
