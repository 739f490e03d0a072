"""What is inside an archive or a mail, as files of its own in a temporary folder.

On disk a member is a number and a suffix from the table of readers; its name is only ever a label. So no name, however
it is written, can say where something is put.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from ingest.records import Notice, Record

#: What is taken out of one container.
MAX_MEMBERS = 1000
MAX_TOTAL = 500 * 1024 * 1024
#: Files that systems put into archives on their own.
_LITTER = re.compile(r"__MACOSX$|\.|~\$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_LONGEST_PART = 120
_MOST_PARTS = 8
_PIECE = 1 << 20
_NAMED = 5

Reason = Literal[
    "unknown-suffix", "nested-archive", "too-many-members", "encrypted", "link", "member-broken", "member-too-large"
]
#: What is said of one, and of several.
_REASONS: dict[Reason, tuple[str, str]] = {
    "unknown-suffix": (
        "No se sabe leer archivos {kind}; no se cargó {names}.",
        "No se sabe leer los {n} archivos {kind}; no se cargaron {names}.",
    ),
    "nested-archive": (
        "Está comprimido dentro de otro archivo; ábralo y cárguelo aparte: {names}.",
        "Los {n} están comprimidos dentro de otro archivo; ábralos y cárguelos aparte: {names}.",
    ),
    "too-many-members": (
        f"Hay más de {MAX_MEMBERS} archivos; no se cargó el último, {{names}}.",
        f"Hay más de {MAX_MEMBERS} archivos; no se cargaron los otros {{n}}: {{names}}.",
    ),
    "encrypted": (
        "Está protegido con contraseña y no se cargó: {names}.",
        "Los {n} están protegidos con contraseña y no se cargaron: {names}.",
    ),
    "link": (
        "Es un enlace a otro archivo y no se cargó: {names}.",
        "Los {n} son enlaces a otros archivos y no se cargaron: {names}.",
    ),
    "member-broken": (
        "Está dañado dentro del archivo que lo contiene y no se cargó: {names}.",
        "Los {n} están dañados dentro del archivo que los contiene y no se cargaron: {names}.",
    ),
    "member-too-large": (
        "Con él se pasa del tamaño total que se permite; no se cargó {names}.",
        "Con ellos se pasa del tamaño total que se permite; no se cargaron {names}.",
    ),
}
#: What ``zipfile`` and its decompressors raise, OSError (bz2) included.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class _NotTakenError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Member(Record):
    """A file taken out: what it is called inside its container, its file in the temporary folder, and doubts."""

    name: str
    file: str
    notices: tuple[Notice, ...] = ()


class Refused(Record):
    """Things in a container that were not taken out and why, under the name of the first."""

    name: str
    notice: Notice


class Unpacked(Record):
    """What a container holds."""

    members: tuple[Member, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass
class Taking:
    """Members being written into ``folder`` one after the other; ``suffixes`` are those that can be read."""

    folder: Path
    suffixes: Collection[str]
    containers: Collection[str] = ()
    room: int = MAX_TOTAL
    members: list[Member] = field(default_factory=list)
    left: dict[tuple[Reason, str], list[str]] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)

    def take(self, name: str, source: Callable[[], IO[bytes]]) -> None:
        """Write one member; what cannot be is told with the refused."""
        shown, changed = self._label(name)
        suffix = Path(shown).suffix.lower()
        if suffix not in self.suffixes:
            self._leave(shown, "nested-archive" if suffix in self.containers else "unknown-suffix")
            return
        if len(self.members) >= MAX_MEMBERS:
            self._leave(shown, "too-many-members")
            return
        file = f"{len(self.members) + 1:04d}{suffix}"
        try:
            self.room -= _copy(source, self.folder / file, self.room)
        except _NotTakenError as error:
            self._leave(shown, error.reason)
        else:
            self.members.append(Member(name=shown, file=file, notices=_renamed(shown) if changed else ()))

    def refuse(self, name: str, reason: Reason) -> None:
        self._leave(self._label(name)[0], reason)

    def _leave(self, shown: str, reason: Reason) -> None:
        self.left.setdefault((reason, Path(shown).suffix.lower()), []).append(shown)

    def _label(self, name: str) -> tuple[str, bool]:
        """A safe name that no other member has, and whether it differs from the one given."""
        clean = safe_label(name)
        changed = clean != unicodedata.normalize("NFC", name)
        self.names[clean] += 1
        if self.names[clean] > 1:
            stem, dot, suffix = clean.rpartition(".")
            number = self.names[clean]
            clean = f"{stem} ({number}).{suffix}" if dot and stem else f"{clean} ({number})"
            changed = True
        return clean, changed

    def done(self) -> Unpacked:
        """What was taken, and one line for what was left for the same reason with the same suffix."""
        refused = (Refused(name=names[0], notice=_notice(*key, names)) for key, names in self.left.items())
        return Unpacked(members=tuple(self.members), refused=tuple(refused))


def _notice(reason: Reason, suffix: str, names: Sequence[str]) -> Notice:
    listed = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    kind = f"«{suffix}»" if suffix else "sin extensión"
    message = _REASONS[reason][len(names) > 1].format(kind=kind, names=listed, n=len(names))
    return Notice(code=reason, message=message)


def _renamed(name: str) -> tuple[Notice, ...]:
    message = f"El nombre que traía no sirve o estaba repetido; se muestra como «{name}»."
    return (Notice(code="member-renamed", message=message),)


def safe_label(name: str) -> str:
    """A relative path without drive, '..', control or invisible characters, of bounded length."""
    text = _DRIVE.sub("", unicodedata.normalize("NFC", name.replace("\\", "/")))
    parts = [_UNSAFE.sub("", part).strip().rstrip(".") for part in text.split("/")]
    kept = [_shortened(part) for part in parts if part.strip(". ")][-_MOST_PARTS:]
    return "/".join(kept) or "sin nombre"


def _shortened(part: str) -> str:
    if len(part) <= _LONGEST_PART:
        return part
    stem, dot, suffix = part.rpartition(".")
    return f"{stem[: _LONGEST_PART - len(suffix) - 1]}.{suffix}" if dot and len(suffix) < 10 else part[:_LONGEST_PART]


def is_litter(name: str) -> bool:
    """Whether a name is of what systems put into archives on their own; nobody misses it."""
    parts = [part for part in re.split(r"[/\\]", name) if part.strip(". ")]
    return any(_LITTER.match(part) for part in parts)


def _copy(source: Callable[[], IO[bytes]], to: Path, most: int) -> int:
    """Copy up to ``most`` bytes and tell how many there were.

    Raises ``_NotTakenError``, and leaves nothing, when there are more, or when they cannot be unpacked.
    """
    written = 0
    try:
        with to.open("wb") as out:
            for piece in _pieces(source):
                written += len(piece)
                if written > most:
                    raise _NotTakenError("member-too-large")
                out.write(piece)
    except _NotTakenError:
        to.unlink()
        raise
    return written


def _pieces(source: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    try:
        with source() as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except _BROKEN:
        raise _NotTakenError("member-broken") from None
