"""One public function reads a file of any kind into blocks; which reader takes it, a table says."""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import InputError
from ingest.progress import Count
from ingest.readers.content import ReadContent
from ingest.readers.members import Unpacked
from ingest.readers.sniff import check_content
from ingest.records import Notice, ReadDocument

__all__ = ["CONTAINERS", "READERS", "ReadLimits", "ReaderEntry", "read_file", "unpack_file"]

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class ReaderEntry:
    """Which module of this package reads a suffix, as what media type, up to what size.

    One that ``tells_pages`` takes ``on_page`` too, which it tells (pages read, pages in all).
    """

    module: str
    media_type: str
    max_bytes: int = 200 * _MEBIBYTE
    tells_pages: bool = False


@dataclass(frozen=True)
class ReadLimits:
    """Upper bounds for one file; ``max_bytes`` lowers the reader's own. ``max_pages`` counts slides too."""

    max_bytes: int | None = None
    max_pages: int | None = None


_OFFICE = "application/vnd.openxmlformats-officedocument"
_WEB_PAGE = "application/xhtml+xml"  # not "text/…", which says lines copied out of slides
_TEXT_BYTES = 20 * _MEBIBYTE

READERS: dict[str, ReaderEntry] = {
    ".txt": ReaderEntry("text", "text/plain", _TEXT_BYTES),
    ".md": ReaderEntry("text", "text/markdown", _TEXT_BYTES),
    ".docx": ReaderEntry("docx_file", f"{_OFFICE}.wordprocessingml.document"),
    ".xlsx": ReaderEntry("workbook", f"{_OFFICE}.spreadsheetml.sheet"),
    ".pdf": ReaderEntry("pdf_file", "application/pdf", tells_pages=True),
    ".csv": ReaderEntry("delimited", "text/csv", 50 * _MEBIBYTE),
    ".tsv": ReaderEntry("delimited", "text/tab-separated-values", 50 * _MEBIBYTE),
    ".xlsm": ReaderEntry("workbook", "application/vnd.ms-excel.sheet.macroenabled.12"),
    ".xls": ReaderEntry("old_workbook", "application/vnd.ms-excel", 50 * _MEBIBYTE),
    ".pptx": ReaderEntry("pptx_file", f"{_OFFICE}.presentationml.presentation"),
    ".ppsx": ReaderEntry("pptx_file", f"{_OFFICE}.presentationml.slideshow"),
    ".pptm": ReaderEntry("pptx_file", "application/vnd.ms-powerpoint.presentation.macroenabled.12"),
    ".html": ReaderEntry("html_page", _WEB_PAGE, _TEXT_BYTES),
    ".htm": ReaderEntry("html_page", _WEB_PAGE, _TEXT_BYTES),
    ".eml": ReaderEntry("email_file", "message/rfc822", 50 * _MEBIBYTE),
}

#: What holds files that are documents of their own; a mail is a document besides.
CONTAINERS: dict[str, ReaderEntry] = {
    ".zip": ReaderEntry("archive", "application/zip", 500 * _MEBIBYTE),
    ".eml": READERS[".eml"],
}

_MACROS = Notice(code="macros-not-run", message="El archivo trae macros; no se ejecutaron.")


def read_file(
    path: Path, name: str | None = None, limits: ReadLimits | None = None, on_page: Count | None = None
) -> ReadDocument:
    """Read one file into blocks.

    ``name`` is what users call it (its path under the folder they gave); ``on_page`` is told (pages read, in all) where
    the reader counts them. Raises ``InputError`` with one line in Spanish when the file is absent, forbidden, empty,
    too large, broken or of no known kind.
    """
    entry = READERS.get(path.suffix.lower())
    if entry is None:
        known = ", ".join(sorted(READERS))
        raise InputError(f"No se sabe leer archivos «{path.suffix or 'sin extensión'}».", hint=f"Se leen: {known}.")
    limits = limits or ReadLimits()
    digest = _checked_digest(path, entry, limits)
    macros = check_content(path, path.suffix.lower())
    _check_pages(path, entry, limits.max_pages)
    told = {"on_page": on_page} if entry.tells_pages and on_page is not None else {}
    content: ReadContent = _module(entry).read(path, **told)
    return ReadDocument(
        name=name or path.name,
        sha256=digest,
        media_type=entry.media_type,
        blocks=content.blocks,
        pages=content.pages,
        notices=(_MACROS, *content.notices) if macros else content.notices,
    )


def unpack_file(path: Path, folder: Path, limits: ReadLimits | None = None) -> Unpacked:
    """Write the files inside an archive or a mail that can be read into ``folder``; those inside of them stay there.

    Raises ``InputError`` like ``read_file``.
    """
    entry = CONTAINERS[path.suffix.lower()]
    _checked_digest(path, entry, limits or ReadLimits())
    check_content(path, path.suffix.lower())
    unpacked: Unpacked = _module(entry).unpack(path, folder, frozenset(READERS), frozenset(CONTAINERS))
    return unpacked


def _check_pages(path: Path, entry: ReaderEntry, most: int | None) -> None:
    """Refuse a file of too many pages before it is read, where its reader has a cheap ``count_pages(path)``."""
    count = getattr(_module(entry), "count_pages", None)
    if most is None or count is None:
        return
    try:
        pages = count(path)
    except (InputError, MemoryError):
        raise
    except Exception:  # a file whose pages cannot even be counted is the reader's to complain about
        return
    if pages > most:
        raise InputError(f"El archivo tiene {pages} páginas y el máximo es {most}.", hint="Divídalo en partes.")


def _module(entry: ReaderEntry) -> Any:
    return importlib.import_module(f"{__name__}.{entry.module}")


def _checked_digest(path: Path, entry: ReaderEntry, limits: ReadLimits) -> str:
    """SHA-256 of the file, once it is known to be a readable file of a permitted size."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError("No es un archivo.")
        most = min(entry.max_bytes, limits.max_bytes or entry.max_bytes)
        if size == 0:
            raise InputError("El archivo está vacío.")
        if size > most:
            raise InputError(
                f"El archivo pesa {size // _MEBIBYTE} MB y el máximo para este tipo es {most // _MEBIBYTE} MB.",
                hint="Divídalo en partes.",
            )
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise InputError("El archivo no existe.") from None
    except PermissionError:
        raise InputError("No hay permiso para leer el archivo.") from None
    except OSError as error:
        raise InputError(f"El sistema no deja leer el archivo ({error.strerror}).") from None
