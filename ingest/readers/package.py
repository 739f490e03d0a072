"""Zip containers, the packages of Office among them: whether one may be opened at all."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import InputError

#: What a package may unpack to. Below the floor a high ratio is a white picture and no bomb.
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200
RATIO_FLOOR = 10 * 1024 * 1024

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_DOCTYPE = b"<!DOCTYPE"
_HEAD_BYTES = 4096
#: What ``zipfile`` and its decompressors raise.
_BROKEN_PART = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


def check_package(path: Path, what: str) -> None:
    """Raise ``InputError`` unless the file is an Office package that unpacks to a bounded size.

    ``what`` names the kind in Spanish ("un libro de Excel (.xlsx)").
    """
    with path.open("rb") as stream:
        if stream.read(len(OLE_MAGIC)) == OLE_MAGIC:
            raise locked()
    entries = package_entries(path, what)
    if any(is_encrypted(entry) for entry in entries):
        raise locked()
    check_expansion(entries, MAX_UNPACKED)
    if has_doctype(path, entries):
        raise InputError(
            "El archivo trae declaraciones XML (DOCTYPE) que un documento de Office no lleva y que pueden apuntar a "
            "otros archivos.",
            hint="No se abrió por seguridad.",
        )


def has_doctype(path: Path, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether a part declares a document type, as no part of an Office package may (ISO/IEC 29500-2, 8.1.4).

    A part that cannot be unpacked is for its reader to complain about.
    """
    with zipfile.ZipFile(path) as archive:
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")):
                try:
                    with archive.open(entry) as part:
                        head = part.read(_HEAD_BYTES)
                except _BROKEN_PART:
                    continue
                if _DOCTYPE in head.replace(b"\0", b""):  # two bytes a letter or one
                    return True
    return False


def package_entries(path: Path, what: str) -> list[zipfile.ZipInfo]:
    """What the directory of a zip file lists; raises ``InputError`` when it has none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        raise broken(what) from None


def check_expansion(entries: Sequence[zipfile.ZipInfo], most: int) -> None:
    """Raise ``InputError`` when entries would unpack to more than ``most`` bytes, or to suspiciously much.

    Sizes are the declared ones: an entry that holds more than it declares is cut there by ``zipfile`` and fails its
    checksum.
    """
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > most or (unpacked > RATIO_FLOOR and unpacked > MAX_RATIO * packed):
        raise InputError(
            f"El archivo está comprimido de manera sospechosa: ocuparía {unpacked // 1024**2} MB al abrirlo.",
            hint="No se abrió por seguridad.",
        )


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & _ENCRYPTED)


def locked() -> InputError:
    return InputError(
        "El archivo está protegido con contraseña o es de un formato antiguo de Office.",
        hint="Guárdelo sin contraseña en el formato actual.",
    )


def broken(what: str) -> InputError:
    return InputError(f"El archivo está dañado o incompleto, o no es {what}.")
