"""Files that arrive over HTTP: named safely, written to a folder of their own, in pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import FormData, UploadFile

from ingest.errors import InputError
from ingest.settings_file import FolderSettings, read_settings_file
from ingest.sources import SETTINGS_NAME

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


#: The field of a form that says how its documents are read.
SETTINGS_FIELD = "settings"


def files_of(form: FormData) -> list[UploadFile]:
    """The documents of a form, whatever their fields are called; a field left empty is no file."""
    return [
        value
        for field, value in form.multi_items()
        if isinstance(value, UploadFile) and value.filename and not _is_settings(field, value)
    ]


def _is_settings(field: str, upload: UploadFile) -> bool:
    return field == SETTINGS_FIELD or re.split(r"[/\\]", upload.filename or "")[-1] == SETTINGS_NAME


async def save_settings(form: FormData, folder: Path) -> FolderSettings | None:
    """Write what the form says of its documents beside them: the field ``settings``, or a file of its name.

    Raises:
        InputError: when it is not understood, or given twice.
    """
    sent = [
        value.encode() if isinstance(value, str) else await value.read()
        for field, value in form.multi_items()
        if (isinstance(value, UploadFile) and _is_settings(field, value)) or field == SETTINGS_FIELD
    ]
    given = [data for data in sent if data.strip()]
    if len(given) > 1:
        raise InputError(f"Llegaron dos {SETTINGS_NAME}.", hint="Envíe uno solo, en el campo «settings».")
    if not given:
        return None
    (folder / SETTINGS_NAME).write_bytes(given[0])
    return read_settings_file(folder, called=SETTINGS_NAME)


def refuse_idle(settings: FolderSettings | None, paths: Sequence[Path]) -> None:
    """Raise ``InputError`` when the settings speak of files that were not sent: most likely a name is misspelt."""
    idle = settings.unmatched([path.resolve() for path in paths]) if settings is not None else []
    if idle:
        names = ", ".join(f"«{pattern}»" for pattern in idle)
        raise InputError(f"{SETTINGS_NAME} habla de archivos que no llegaron: {names}.", hint="Revise sus nombres.")


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
