"""What a file is by its content, whatever it is called. Only its ends are looked at; nothing is parsed or unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from ingest.errors import InputError
from ingest.readers.package import OLE_MAGIC

#: What users call each kind, by the suffix it should have.
KIND_NAMES: dict[str, str] = {
    ".pdf": "un PDF",
    ".docx": "un documento de Word",
    ".docm": "un documento de Word con macros",
    ".xlsx": "un libro de Excel",
    ".xlsm": "un libro de Excel con macros",
    ".xlsb": "un libro de Excel binario",
    ".pptx": "una presentación de PowerPoint",
    ".pptm": "una presentación de PowerPoint con macros",
    ".odt": "un documento de LibreOffice",
    ".ods": "una hoja de cálculo de LibreOffice",
    ".odp": "una presentación de LibreOffice",
    ".zip": "un archivo comprimido",
    ".rar": "un archivo comprimido",
    ".7z": "un archivo comprimido",
    ".gz": "un archivo comprimido",
    ".doc": "un documento de Word antiguo",
    ".xls": "un libro de Excel antiguo",
    ".ppt": "una presentación de PowerPoint antigua",
    ".msg": "un mensaje de Outlook",
    ".rtf": "un texto enriquecido",
    ".html": "una página web",
    ".png": "una imagen",
    ".jpg": "una imagen",
    ".gif": "una imagen",
    ".exe": "un programa",
}

#: Kinds that a suffix may hold besides its own.
_ALSO: dict[str, frozenset[str]] = {
    ".txt": frozenset({".html"}),
    ".md": frozenset({".html"}),
    ".csv": frozenset({".html"}),
    ".tsv": frozenset({".html"}),
    ".htm": frozenset({".html"}),
    ".xlsx": frozenset({".xlsm"}),
    ".xlsm": frozenset({".xlsx"}),
    ".pptx": frozenset({".pptm"}),
    ".pptm": frozenset({".pptx"}),
    ".ppsx": frozenset({".pptx", ".pptm"}),
}
_WITH_MACROS = {".docx": ".docm", ".xlsx": ".xlsm", ".pptx": ".pptm"}
_PACKAGES = frozenset({*_WITH_MACROS, ".xlsm", ".pptm", ".ppsx"})

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"MZ\x90", ".exe"),
    (b"\x7fELF", ".exe"),
)
_ZIP_MAGIC = b"PK\x03\x04"
_PDF = re.compile(rb"%PDF-\d")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_HEAD_BYTES = 1024

#: The part that makes a package what it is; the first that is there tells.
_MAIN_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("xl/workbook.bin", ".xlsb"),
    ("ppt/presentation.xml", ".pptx"),
)
_OPEN_DOCUMENT = {
    b"mimetypeapplication/vnd.oasis.opendocument.text": ".odt",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"mimetypeapplication/vnd.oasis.opendocument.presentation": ".odp",
}
#: The end record of a zip file: entries, size and place of its directory (APPNOTE.TXT 4.3.16).
_END_MAGIC = b"PK\x05\x06"
_END = struct.Struct("<4s4H2LH")
_END_WITHIN = _END.size + 65_535
_ZIP64_MAGIC = b"PK\x06\x07"
_LARGEST_DIRECTORY = 4 * 1024 * 1024

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLE_STREAMS = tuple(
    (name.encode("utf-16-le"), suffix)
    for name, suffix in (
        ("WordDocument", ".doc"),
        ("PowerPoint Document", ".ppt"),
        ("__substg1.0_", ".msg"),
        ("Workbook", ".xls"),
        ("Book", ".xls"),
    )
)


def check_content(path: Path, suffix: str) -> bool:
    """Whether a file has macros; raises ``InputError`` when its content is plainly not what its name says.

    What no signature tells is left to the reader.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    kind = _ole_kind(path) if head.startswith(OLE_MAGIC) else sniff(path, head)
    if kind is None or kind == suffix or kind in _ALSO.get(suffix, ()):
        return kind in _WITH_MACROS.values()
    if kind == ".zip" and suffix in _PACKAGES:
        return False  # a package cut short, or of another sort: its reader says so
    raise InputError(
        f"El archivo se llama «{suffix}», pero por su contenido es {KIND_NAMES[kind]} ({kind}).",
        hint="Cámbiele la extensión y vuelva a cargarlo, o guárdelo en un formato que se lea.",
    )


def sniff(path: Path, head: bytes) -> str | None:
    """The suffix that a file's first bytes (and, of a package, its directory) ask for; None when nothing tells."""
    if head.startswith(_ZIP_MAGIC):
        return _package_kind(path, head)
    for magic, suffix in _MAGIC:
        if head.startswith(magic):
            return suffix
    if _PDF.search(head):
        return ".pdf"
    return ".html" if _HTML.match(head) else None


def _package_kind(path: Path, head: bytes) -> str:
    for mark, suffix in _OPEN_DOCUMENT.items():
        if head[30:].startswith(mark):
            return suffix
    names = _names(path)
    kind = next((suffix for part, suffix in _MAIN_PARTS if part in names), ".zip")
    has_macros = any(name.endswith("/vbaProject.bin") for name in names)
    return _WITH_MACROS.get(kind, kind) if has_macros else kind


def _names(path: Path) -> frozenset[str]:
    """The names in a zip file's directory; none when it is broken or too long to be a document's."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _END_WITHIN))
        tail = stream.read()
    at = tail.rfind(_END_MAGIC)
    if at < 0 or len(tail) - at < _END.size or _END.unpack_from(tail, at)[5] > _LARGEST_DIRECTORY:
        return frozenset()
    if _ZIP64_MAGIC in tail:
        return frozenset()
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return frozenset()


def _ole_kind(path: Path) -> str | None:
    """The old Office kind, by the names of its streams; raises ``InputError`` when it is an encrypted package."""
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise InputError("El archivo está protegido con contraseña.", hint="Guárdelo sin contraseña.")
    return next((suffix for name, suffix in _OLE_STREAMS if name in content), None)
