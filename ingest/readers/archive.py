"""Archives (.zip): the files inside, each a document of its own; archives inside archives are not opened."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Collection
from functools import partial
from pathlib import Path

from ingest.errors import InputError
from ingest.readers.members import MAX_TOTAL, Taking, Unpacked, is_litter
from ingest.readers.package import check_expansion, is_encrypted, package_entries

_WHAT = "un archivo comprimido (.zip)"
_UTF8_NAME = 0x800


def unpack(path: Path, folder: Path, suffixes: Collection[str], containers: Collection[str] = ()) -> Unpacked:
    """Write the members that can be read into ``folder``.

    Raises ``InputError`` when the archive is broken, empty, or would unpack to suspiciously much.
    """
    entries = [entry for entry in package_entries(path, _WHAT) if not entry.is_dir() and not is_litter(entry.filename)]
    check_expansion(entries, MAX_TOTAL)
    if not entries:
        raise InputError("El archivo comprimido está vacío.")
    taking = Taking(folder, suffixes, containers)
    with zipfile.ZipFile(path) as archive:
        for entry in entries:
            name = member_name(entry)
            if is_encrypted(entry):
                taking.refuse(name, "encrypted")
            elif stat.S_ISLNK(entry.external_attr >> 16):
                taking.refuse(name, "link")
            else:
                taking.take(name, partial(archive.open, entry))
    return taking.done()


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 without saying so, which ``zipfile`` takes for code page 437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename
