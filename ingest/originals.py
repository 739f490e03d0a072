"""The originals of documents, kept so that the page of a row can be shown.

Content addressed: a file's name is the SHA-256 of its bytes, which is the document's id, so that a copy can be neither
mistaken nor half there. What may be kept at all, ``reason_not_kept`` says, from the document alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal, Protocol

from ingest.records import Document

#: The code of the notice that personal data was masked; the original of such a document is not kept.
MASKED = "personal-data-masked"

#: The code of the notice that a page is a picture whose text nobody knows.
UNREAD = "scanned-page"

PageKind = Literal["pdf", "office", "workbook"]

#: How the pages of a kind of file are shown: as they are, converted to PDF, or drawn from its cells.
PAGE_KINDS: dict[str, PageKind] = {
    ".pdf": "pdf",
    ".docx": "office",
    ".doc": "office",
    ".odt": "office",
    ".rtf": "office",
    ".pptx": "office",
    ".ppsx": "office",
    ".pptm": "office",
    ".ppt": "office",
    ".odp": "office",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".xls": "workbook",
    ".ods": "workbook",
}

_PIECE = 1 << 20
_ID = re.compile(r"[0-9a-f]{64}")
_ORIGINAL = "original"
#: What the name of a copy begins and ends with while it is written.
_PART = (".", ".part")


def suffix_of(document: Document) -> str:
    """The suffix of the document's file in small letters; of a member of an archive its own."""
    return Path(document.name).suffix.lower()


def reason_not_kept(document: Document) -> str | None:
    """Why the original of a document is never kept, in Spanish; None when it may be.

    Law 1581 of 2012: a letter is of one person, and what was masked in a document stands unmasked in its original. What
    was not read may be either, unless the rest of the document says that it is a plan or a report.
    """
    codes = {notice.code for notice in document.notices}
    if document.info.kind == "letter":
        return "Es una carta: de las cartas no se guarda el original, para proteger los datos de las personas."
    if MASKED in codes:
        return "El documento trae datos personales, que se reservaron; por eso no se guarda su original."
    if UNREAD in codes and document.info.kind == "other":
        return "El documento tiene páginas que no se pudieron leer y pueden traer datos personales; no se guarda."
    if not document.rows:
        return "El documento no tiene filas que mostrar; no se guarda su original."
    if suffix_of(document) not in PAGE_KINDS:
        kind = f"«{suffix_of(document)}»" if suffix_of(document) else "sin extensión"
        return f"Los archivos {kind} no tienen páginas que se puedan mostrar; la fila se encuentra por su lugar."
    return None


class Originals(Protocol):
    """Where originals are kept, by document id (the SHA-256 of their bytes).

    ``FolderOriginals`` is the only implementation. Several replicas reach the same copies when that folder lies on a
    disk they share; one over object storage would download in ``path`` into a folder of its own, and keep there what
    ``beside`` is for.
    """

    def keep(self, document_id: str, file: Path, suffix: str) -> bool:
        """Copy a file, whole or not at all; False when its bytes are no longer those of the document."""
        ...

    def path(self, document_id: str) -> Path | None:
        """A file on this machine with the original's bytes; None when it is not kept."""
        ...

    def beside(self, document_id: str) -> Path:
        """A folder for what is made of an original; it is there as long as the original, and goes with it."""
        ...

    def ids(self) -> set[str]:
        """The documents of which something is kept."""
        ...

    def drop(self, document_ids: Collection[str]) -> None:
        """Delete originals and what was made of them; those that are not there are no error."""
        ...

    def drop_parts(self) -> None:
        """Delete copies that a crash left half written; nobody may be writing one."""
        ...


class FolderOriginals:
    """Originals in a folder: ``ab/abcd…/original.pdf``, with what is made of each beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, document_id: str, file: Path, suffix: str) -> bool:
        """See ``Originals``. Raises ``OSError`` when the copy cannot be written."""
        if self.path(document_id) is not None:
            return True
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=_PART[0], suffix=_PART[1], delete=False) as copy:
            try:
                with file.open("rb") as source:
                    if _copied_digest(source, copy) != document_id:
                        return False
                target = self.beside(document_id)
                target.mkdir(parents=True, exist_ok=True)
                os.replace(copy.name, target / f"{_ORIGINAL}{suffix}")
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(copy.name)
        return True

    def path(self, document_id: str) -> Path | None:
        return next(iter(sorted(self.beside(document_id).glob(f"{_ORIGINAL}.*"))), None)

    def beside(self, document_id: str) -> Path:
        if _ID.fullmatch(document_id) is None:
            raise ValueError("not a document's id")
        return self.folder / document_id[:2] / document_id

    def ids(self) -> set[str]:
        return {path.name for path in self.folder.glob("??/*") if _ID.fullmatch(path.name)}

    def drop(self, document_ids: Collection[str]) -> None:
        for document_id in document_ids:
            target = self.beside(document_id)
            shutil.rmtree(target, ignore_errors=True)
            with suppress(OSError):  # the folder of two letters stays while others are in it
                target.parent.rmdir()

    def drop_parts(self) -> None:
        for path in self.folder.glob(f"{_PART[0]}*{_PART[1]}"):
            path.unlink(missing_ok=True)


def _copied_digest(source: IO[bytes], copy: IO[bytes]) -> str:
    """Copy a file to the disk itself; returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while piece := source.read(_PIECE):
        digest.update(piece)
        copy.write(piece)
    copy.flush()
    os.fsync(copy.fileno())
    return digest.hexdigest()
