"""Files that arrive over HTTP: named safely, written to a folder of their own, in pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import FormData, UploadFile

from ingest.errors import InputError

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_NAME_LIMIT = 120  # characters; with accents in UTF-8 it still fits the 255 bytes of a file name
_PIECE = 1 << 20


def safe_name(name: str) -> str:
    """The last part of a name as it may be written to disk: no folders, control characters or leading dots.

    Raises:
        InputError: when nothing is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = _UNSAFE.sub("", last).strip().lstrip(".").strip()
    if not clean:
        raise InputError("Hay un archivo sin nombre.", hint="Envíelo con el nombre que tiene en su equipo.")
    if len(clean) <= _NAME_LIMIT:
        return clean
    stem, dot, suffix = clean.rpartition(".")
    return f"{stem[: _NAME_LIMIT - len(suffix) - 1]}.{suffix}" if dot and len(suffix) < 10 else clean[:_NAME_LIMIT]


def files_of(form: FormData) -> list[UploadFile]:
    """The files of a form, whatever their fields are called; a field left empty is no file."""
    return [value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]


def text_of(form: FormData, field: str) -> str | None:
    """A text field of a form, or None when it is absent or blank."""
    value = form.get(field)
    return (value.strip() or None) if isinstance(value, str) else None


def save_uploads(files: Sequence[UploadFile], folder: Path) -> list[Path]:
    """Write each file into the folder under its safe name.

    Raises:
        InputError: when two files have the same name, since the second would be taken for a new version of the first.
    """
    paths: list[Path] = []
    for upload in files:
        path = folder / safe_name(upload.filename or "")
        if path in paths:
            raise InputError(f"Hay dos archivos con el nombre «{path.name}».", hint="Envíelos por separado.")
        with path.open("xb") as out:
            while piece := upload.file.read(_PIECE):
                out.write(piece)
        paths.append(path)
    return paths
