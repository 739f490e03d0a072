"""One public function reads a file of any kind into blocks; which reader takes it, a table says."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import InputError
from ingest.readers.content import ReadContent
from ingest.records import ReadDocument

__all__ = ["READERS", "ReadLimits", "ReaderEntry", "read_file"]

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class ReaderEntry:
    """Which module of this package reads a suffix, as what media type, up to what size."""

    module: str
    media_type: str
    max_bytes: int = 200 * _MEBIBYTE


@dataclass(frozen=True)
class ReadLimits:
    """Upper bounds for one file; ``max_bytes`` lowers the reader's own."""

    max_bytes: int | None = None


_OFFICE = "application/vnd.openxmlformats-officedocument"
_TEXT_BYTES = 20 * _MEBIBYTE

READERS: dict[str, ReaderEntry] = {
    ".txt": ReaderEntry("text", "text/plain", _TEXT_BYTES),
    ".md": ReaderEntry("text", "text/markdown", _TEXT_BYTES),
    ".docx": ReaderEntry("docx_file", f"{_OFFICE}.wordprocessingml.document"),
    ".xlsx": ReaderEntry("workbook", f"{_OFFICE}.spreadsheetml.sheet"),
    ".csv": ReaderEntry("delimited", "text/csv", 50 * _MEBIBYTE),
}


def read_file(path: Path, name: str | None = None, limits: ReadLimits | None = None) -> ReadDocument:
    """Read one file into blocks.

    ``name`` is what users call it (its path under the folder they gave). Raises ``InputError`` with one line in
    Spanish when the file is absent, forbidden, empty, too large, broken or of no known kind.
    """
    entry = READERS.get(path.suffix.lower())
    if entry is None:
        known = ", ".join(sorted(READERS))
        raise InputError(f"No se sabe leer archivos «{path.suffix or 'sin extensión'}».", hint=f"Se leen: {known}.")
    digest = _checked_digest(path, entry, limits or ReadLimits())
    content = _reader(entry)(path)
    return ReadDocument(
        name=name or path.name,
        sha256=digest,
        media_type=entry.media_type,
        blocks=content.blocks,
        pages=content.pages,
        notices=content.notices,
    )


def _reader(entry: ReaderEntry) -> Callable[[Path], ReadContent]:
    module = importlib.import_module(f"{__name__}.{entry.module}")
    read: Callable[[Path], ReadContent] = module.read
    return read


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
