"""The picture of the page a row stands on: whether there is one, and making it.

``row ──▶ cached picture``, else ``row → original (→ converted) → drawing in the child → picture``. A document is
converted once, however many ask at the same time and in however many processes: a lock beside its original sees to it.
"""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from ingest.errors import InputError, NotFoundError, StoreError
from ingest.originals import PAGE_KINDS, Originals, PageKind, reason_not_kept, suffix_of
from ingest.pages.cache import MOST_BYTES, PictureCache
from ingest.pages.office import ConversionError, ConversionLimits, convert, find_office
from ingest.pages.values import Drawing, Wanted
from ingest.parsing import ParseLimits
from ingest.records import Document, IndicatorRow
from ingest.sandbox import Sandbox, WorkerBugError

#: Raise it when the same row is drawn differently, so that old pictures are not shown any more.
DRAWING_VERSION = 1

#: Drawing takes no longer, whatever reading a file may take: somebody is waiting.
_MOST_SECONDS = 60.0
#: Requests that may wait for pictures at once; the next one is told to come back.
_MOST_WAITING = 8
#: How long a conversion or picture that failed is not tried again, and how many such failures are remembered.
_AGAIN_SECONDS = 3600.0
_MOST_FAILURES = 1000
_CONVERTED, _FAILED, _LOCK = "converted.pdf", "converted.failed", "lock"


class NoPageImageError(NotFoundError):
    """A row without a picture of its page, and why."""


class Knowledge(Protocol):
    """What is needed of the knowledge base."""

    @property
    def originals(self) -> Originals: ...

    @property
    def keeps_originals(self) -> bool: ...

    def document_rows(self, document_id: str) -> Sequence[IndicatorRow]: ...


@dataclass(frozen=True)
class ImageLimits:
    """What drawing and converting may cost, and how much the pictures that are kept."""

    drawing: ParseLimits = field(default_factory=ParseLimits)
    conversion: ConversionLimits = field(default_factory=ConversionLimits)
    most_bytes: int = MOST_BYTES


class PageImages:
    """Pictures of the pages of rows. Threads may share one; close it to end its child."""

    def __init__(
        self,
        knowledge: Knowledge,
        cache_root: Path,
        limits: ImageLimits | None = None,
        office: Callable[[], str | None] = find_office,
    ) -> None:
        limits = limits or ImageLimits()
        seconds = min(limits.drawing.max_seconds, _MOST_SECONDS)
        self._knowledge = knowledge
        self._office = office
        self._conversion = limits.conversion
        self._cache = PictureCache(cache_root, limits.most_bytes)
        self._sandbox = Sandbox(replace(limits.drawing, max_seconds=seconds))
        self._drawing = threading.Lock()
        self._converting = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)
        self._failures: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def refusal(self, row: IndicatorRow, document: Document) -> str | None:
        """Why there is no picture of a row's page, in Spanish; None when there is one, or can be made."""
        reason = reason_not_kept(document)
        if reason is not None:
            return reason
        if self._knowledge.originals.path(document.document_id) is None:
            return self._reason_absent()
        if _kind(document) == "workbook" and (row.place.sheet is None or row.place.cell is None):
            return "No se sabe en qué celdas está la fila."
        if _kind(document) == "pdf" and row.place.page is None:
            return "No se sabe en qué página está la fila."
        if _kind(document) == "office" and not self._is_converted(document) and self._office() is None:
            return (
                "Para mostrar la página de un documento de Word o PowerPoint hace falta LibreOffice, y no está "
                "instalado en el servidor."
            )
        return None

    def etag(self, row: IndicatorRow, document: Document) -> str:
        """Stands for the picture as it would be drawn now."""
        parts = (row.row_id, document.document_id, str(document.generation), str(DRAWING_VERSION))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def image(self, row: IndicatorRow, document: Document) -> bytes:
        """The PNG. Raises ``NoPageImageError``, and ``StoreError`` when too many are being made at the moment."""
        reason = self.refusal(row, document)
        if reason is not None:
            raise NoPageImageError(reason)
        beside, key = self._knowledge.originals.beside(document.document_id), self.etag(row, document)
        picture = self._cache.get(beside, key)
        if picture is not None:
            return picture
        self._raise_known_failure(key)
        with self._waiting_a_turn(), self._one_at_a_time(beside):
            picture = self._cache.get(beside, key)
            if picture is None:
                self._raise_known_failure(key)
                picture = self._made(row, document, beside, key)
                self._cache.put(beside, key, picture)
        return picture

    def close(self) -> None:
        with self._drawing:
            self._sandbox.close()

    def _made(self, row: IndicatorRow, document: Document, beside: Path, key: str) -> bytes:
        try:
            source = self._source(document, beside)
            return self._drawn(source, self._drawing_of(row, document))
        except (InputError, WorkerBugError) as error:
            told = error.message if isinstance(error, InputError) else "Algo falló al dibujarla; repórtelo."
            message = f"No se pudo hacer la imagen de la página. {told}"
            self._failures[key] = (time.monotonic(), message)
            if len(self._failures) > _MOST_FAILURES:
                self._failures.popitem(last=False)
            raise NoPageImageError(message) from None

    def _drawn(self, source: Path, drawing: Drawing) -> bytes:
        with tempfile.TemporaryDirectory(prefix="cabildo-") as name, self._drawing:
            drawn = self._sandbox.draw(source, drawing, Path(name))
            return (Path(name) / drawn.file).read_bytes()

    def _drawing_of(self, row: IndicatorRow, document: Document) -> Drawing:
        place = row.place
        match _kind(document):
            case "workbook":
                return Drawing(sheet=place.sheet, cell=place.cell)
            case "office":
                return Drawing(wanted=_wanted(row, self._knowledge.document_rows(document.document_id)))
            case _:
                return Drawing(parts=place.parts)

    def _source(self, document: Document, beside: Path) -> Path:
        """The file to draw from: the original, or what it was converted to. The document's lock must be held."""
        original = self._knowledge.originals.path(document.document_id)
        if original is None:
            raise NoPageImageError(self._reason_absent())
        if _kind(document) != "office":
            return original
        converted, failed = beside / _CONVERTED, beside / _FAILED
        if converted.is_file():
            return converted
        program = self._office()
        if program is None:
            raise ConversionError("No está instalado LibreOffice.")
        if failed.is_file() and time.time() - failed.stat().st_mtime < _AGAIN_SECONDS:
            raise ConversionError(failed.read_text("utf-8"))
        try:
            with self._converting:
                convert(program, original, converted, self._conversion)
        except ConversionError as error:
            failed.write_text(error.message, encoding="utf-8")
            raise
        failed.unlink(missing_ok=True)
        return converted

    def _is_converted(self, document: Document) -> bool:
        return (self._knowledge.originals.beside(document.document_id) / _CONVERTED).is_file()

    def _reason_absent(self) -> str:
        if not self._knowledge.keeps_originals:
            return "El servidor está configurado para no guardar los originales (CABILDO_KEEP_ORIGINALS)."
        return (
            "No está guardado el original del documento: se ingirió antes de que se guardaran. Vuelva a ingerirlo con "
            "`cabildo ingest`."
        )

    def _raise_known_failure(self, key: str) -> None:
        when, message = self._failures.get(key, (float("-inf"), ""))
        if time.monotonic() - when < _AGAIN_SECONDS:
            raise NoPageImageError(message)

    @contextmanager
    def _waiting_a_turn(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise StoreError("Se están preparando muchas páginas.", hint="Inténtelo de nuevo en un momento.")
        try:
            yield
        finally:
            self._waiting.release()

    @contextmanager
    def _one_at_a_time(self, beside: Path) -> Iterator[None]:
        """Hold the lock of a document, against the other threads and processes."""
        patience = self._conversion.max_seconds + 2 * _MOST_SECONDS
        try:
            with FileLock(beside / _LOCK, thread_local=False, timeout=patience):
                yield
        except Timeout:
            raise StoreError("La página se está preparando.", hint="Inténtelo de nuevo en un momento.") from None
        except FileNotFoundError:
            raise NoPageImageError("El documento se acaba de quitar.") from None


def _kind(document: Document) -> PageKind | None:
    return PAGE_KINDS.get(suffix_of(document))


def _wanted(row: IndicatorRow, rows: Sequence[IndicatorRow]) -> Wanted:
    """What to look for, and which of the places of the document that read alike is meant."""
    words = _words(row)
    same_page = (other for other in rows if other.place.page == row.place.page)
    alike = list(dict.fromkeys(other.place for other in same_page if _words(other) == words))
    nth = alike.index(row.place) if row.place in alike else 0
    return Wanted(cells=words, nth=nth, count=max(1, len(alike)), page=row.place.page)


def _words(row: IndicatorRow) -> tuple[str, ...]:
    return tuple(text for _, text in row.cells if text.strip()) or (row.quote,)
