"""What a reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Block, Notice


@dataclass(frozen=True)
class ReadContent:
    """Blocks in reading order, the number of pages where there are any, and what the reader was unsure of."""

    blocks: tuple[Block, ...]
    pages: int | None = None
    notices: tuple[Notice, ...] = ()
