"""Paths to files to be read: folders walked in order, with a notice for everything in them that is not."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.members import Unpacked
from ingest.records import Notice

#: Says how a folder's documents are to be understood; never a document itself.
SETTINGS_NAME = "cabildo.yaml"
#: Hidden files, and those that office programs keep beside a file that is open.
_HIDDEN = (".", "~$")
_NAMED_FILES = 5


@dataclass(frozen=True)
class Source:
    """A file to read; ``name`` is its path under the folder that was given, as users know it.

    A member of an archive or a mail lies in a temporary folder; ``container`` is what it was taken out of.
    """

    path: Path
    name: str
    container: Source | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def given(self) -> Path:
        """The file that somebody gave: of a member its container's."""
        return self.path if self.container is None else self.container.given

    @property
    def address(self) -> str:
        """Where the file is on this machine, the same however it was given; of a member under its container's."""
        if self.container is None:
            return str(self.path.resolve())
        return f"{self.container.address}/{self.name.removeprefix(self.container.name + '/')}"


@dataclass(frozen=True)
class Problem:
    """Something given that cannot be read at all."""

    name: str
    notice: Notice


def find_sources(paths: Iterable[Path], suffixes: Container[str]) -> list[Source | Problem]:
    """The files that paths mean, in the order given, folders sorted; a file given twice is one.

    A file given by name is taken whatever its suffix (its reader says what is wrong with it); in folders, those of
    other suffixes are one problem a suffix.
    """
    found: dict[str | Problem, Source | Problem] = {}
    for path in paths:
        for item in _under(path, suffixes):
            found.setdefault(item.address if isinstance(item, Source) else item, item)
    return list(found.values())


def _under(path: Path, suffixes: Container[str]) -> list[Source | Problem]:
    try:
        if path.is_dir():
            return _walk(path, suffixes)
        if path.exists():
            return [Source(path, path.name)]
    except PermissionError:
        return [_problem(path.name, "forbidden", "No hay permiso para leer el archivo.")]
    return [_problem(str(path), "absent", "No existe ese archivo o carpeta.")]


def _walk(folder: Path, suffixes: Container[str]) -> list[Source | Problem]:
    found: list[Source | Problem] = []
    others: dict[str, list[str]] = {}

    def refused(error: OSError) -> None:
        where = Path(error.filename)
        name = folder.name if where == folder else where.relative_to(folder).as_posix()
        found.append(_problem(name or str(folder), "forbidden", f"No se puede leer la carpeta ({error.strerror})."))

    for parent, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN))
        for name in sorted(names):
            path = Path(parent, name)
            relative = path.relative_to(folder).as_posix()
            if name.startswith(_HIDDEN) or name == SETTINGS_NAME:
                continue
            if path.suffix.lower() in suffixes:
                found.append(Source(path, relative))
            else:
                others.setdefault(path.suffix.lower(), []).append(relative)
    return found + [_unknown(suffix, names) for suffix, names in sorted(others.items())]


def _unknown(suffix: str, names: Sequence[str]) -> Problem:
    listed = ", ".join(names[:_NAMED_FILES]) + (" …" if len(names) > _NAMED_FILES else "")
    what = f"archivos «{suffix}»" if suffix else "archivos sin extensión"
    not_read = f"no se cargó {listed}" if len(names) == 1 else f"no se cargaron los {len(names)}: {listed}"
    return _problem(names[0], "unknown-suffix", f"No se sabe leer {what}; {not_read}.")


def members_of(container: Source, unpacked: Unpacked, folder: Path) -> list[Source | Problem]:
    """What was taken out of a container into a folder, named under it ("archivo.zip/dentro.txt"), and what was not."""
    taken: list[Source | Problem] = [
        Source(folder / member.file, f"{container.name}/{member.name}", container, member.notices)
        for member in unpacked.members
    ]
    return taken + [Problem(f"{container.name}/{refused.name}", refused.notice) for refused in unpacked.refused]


def _problem(name: str, code: str, message: str) -> Problem:
    return Problem(name, Notice(code=code, message=message, place=None))


def is_gone(address: str, containers: Container[str] = ()) -> bool:
    """Whether no file is there any more; what cannot be looked at is not gone, nor is what a container may hold."""
    try:
        os.stat(address)
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return not any(parent.suffix.lower() in containers and parent.is_file() for parent in Path(address).parents)
    except OSError:
        return False
    return False


def is_under(address: str, folders: Iterable[Path]) -> bool:
    return any(Path(address).is_relative_to(folder.resolve()) for folder in folders)
