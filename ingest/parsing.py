"""One file to what it holds (read, then extracted), within limits; what is inside archives and mails.

This is the whole of what touches the bytes of a document; ``sandbox`` does the same in a process that can be killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ingest.extract import extract
from ingest.progress import Count
from ingest.readers import ReadLimits, read_file, unpack_file
from ingest.readers.members import Unpacked
from ingest.records import Extraction, Notice, Overrides, ReadDocument, Record


@dataclass(frozen=True)
class ParseLimits:
    """What one file may cost.

    ``max_bytes`` lowers each reader's own bound. Seconds are of the clock. Memory is the address space of the process
    that parses, some 200 MB of which are its own. Pages are counted where the reader can tell them beforehand.
    """

    max_bytes: int | None = None
    max_seconds: float = 300.0
    max_memory_mb: int = 2048
    max_pages: int = 2000


class Parsed(Record):
    """What a file holds, and what its reader was unsure of."""

    sha256: str
    extraction: Extraction
    notices: tuple[Notice, ...] = ()


class Parser(Protocol):
    """Makes documents of files and files of containers; both raise ``InputError`` with one line in Spanish.

    ``on_page`` is told (pages read, in all) where the reader counts them. ``meanwhile`` is work that has to be done
    anyway; a parser that waits for another process does it then, others leave it alone.
    """

    def parse(
        self,
        path: Path,
        name: str,
        overrides: Overrides,
        *,
        on_page: Count | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Parsed: ...

    def unpack(self, path: Path, folder: Path) -> Unpacked: ...


@dataclass(frozen=True)
class LocalParser:
    """A parser in this process, of two functions."""

    read: Callable[[Path, str], ReadDocument]
    extract: Callable[[ReadDocument, Overrides], Extraction]

    def parse(
        self,
        path: Path,
        name: str,
        overrides: Overrides,
        *,
        on_page: Count | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Parsed:
        document = self.read(path, name)
        extraction = self.extract(document, overrides)
        return Parsed(sha256=document.sha256, extraction=extraction, notices=document.notices)

    def unpack(self, path: Path, folder: Path) -> Unpacked:
        return unpack_file(path, folder)


def limited_parser(limits: ParseLimits, defaults: Overrides, on_page: Count | None = None) -> LocalParser:
    """The readers within limits of size and pages; ``defaults`` are for what neither the document nor anybody says.

    ``on_page`` is told (pages read, in all) of every file.
    """
    bounds = ReadLimits(max_bytes=limits.max_bytes, max_pages=limits.max_pages)

    def read(path: Path, name: str) -> ReadDocument:
        return read_file(path, name, bounds, on_page)

    def extract_with_defaults(document: ReadDocument, overrides: Overrides) -> Extraction:
        made = extract(document, overrides)
        given = defaults.said
        unsaid = {name: value for name, value in given.items() if getattr(made.info, name) is None}
        return extract(document, overrides.model_copy(update=unsaid)) if unsaid else made

    return LocalParser(read, extract_with_defaults)
