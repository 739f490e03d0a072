"""Opening a PDF: what is none, is locked, cut off or too long is refused in one line before any page is read."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from ingest.errors import InputError

#: Pages of one document; more are refused.
MAX_PAGES = 2000
_TAIL = 64 * 1024


def count_pages(path: Path) -> int:
    """How many pages a PDF says it has, without reading any; raises ``InputError`` as ``read`` does."""
    from pdfminer.pdftypes import resolve1

    check_bytes(path)
    with opened(path, None) as document:
        count = resolve1(resolve1(document.doc.catalog.get("Pages", {})).get("Count", 0))
        return count if isinstance(count, int) and count > 0 else len(document.pages)


def check_bytes(path: Path) -> None:
    """A PDF says so in its first kilobyte and ends with an end mark; what is cut off has none."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(1024):
            raise InputError("El archivo no es un PDF, aunque su nombre lo diga.")
        stream.seek(max(0, size - _TAIL))
        if b"%%EOF" not in stream.read():
            raise InputError("El PDF está incompleto: le falta el final.", hint="Vuelva a descargarlo.")


def has_scripts(path: Path) -> bool:
    """Whether a PDF names JavaScript, in plain sight or in its catalogue (ISO 32000-1, 12.6.4.16)."""
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as content:
        if content.find(b"/JavaScript") >= 0:
            return True
    with opened(path, None, ()) as document:
        try:
            return b"JavaScript" in _catalogue_text(document.doc)
        except Exception:  # what cannot even be looked at runs nowhere here
            return False


def _catalogue_text(document: Any) -> bytes:
    """What opens with the document, and the names it gives, as far as they say what they are."""
    from pdfminer.pdftypes import resolve1

    action, names = (resolve1(document.catalog.get(key)) for key in ("OpenAction", "Names"))
    return repr((action, names)).encode()


@contextmanager
def opened(path: Path, max_pages: int | None, only: Collection[int] | None = None) -> Iterator[Any]:
    """The document in pdfplumber, its pages counted before any is read, its complaints about fonts unheard."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        document = None
        try:
            document = _open(path, only)
            if max_pages is not None:
                _check_count(document, max_pages)
            yield document
        finally:
            if document is not None:
                document.stream.close()
            logger.setLevel(level)


def _open(path: Path, only: Collection[int] | None) -> Any:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        return pdfplumber.open(path, password="", pages=None if only is None else sorted(only))
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever a broken part makes it stumble over
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            message = "El PDF está protegido con contraseña."
            raise InputError(message, hint="Guárdelo sin contraseña.") from None
        raise broken() from error


def _check_count(document: Any, max_pages: int) -> None:
    """Walk the pages, no further than allowed: what a file says of their number may not be so."""
    from pdfminer.pdfpage import PDFPage

    try:
        count = sum(1 for _ in islice(PDFPage.create_pages(document.doc), max_pages + 1))
        if 0 < count <= max_pages and document.pages:
            return
    except MemoryError:
        raise
    except Exception as error:
        raise broken() from error
    if count > max_pages:
        raise InputError(f"El PDF tiene más de {max_pages} páginas.", hint="Divídalo en partes.")
    raise InputError("El PDF no tiene páginas.")


def broken() -> InputError:
    return InputError("El PDF está dañado o incompleto.", hint="Ábralo y guárdelo de nuevo como PDF.")
