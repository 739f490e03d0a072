"""Pictures that were drawn, kept beside the originals: together they take no more than so many bytes."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

#: Of all pictures of a data folder.
MOST_BYTES = 256 * 1024 * 1024
_FOLDER = "pages"


class PictureCache:
    """PNG files by document folder and key; the ones not looked at for the longest time go first."""

    def __init__(self, root: Path, most_bytes: int = MOST_BYTES) -> None:
        self._root = root
        self._most = most_bytes

    def get(self, beside: Path, key: str) -> bytes | None:
        path = self._path(beside, key)
        try:
            picture = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return picture

    def put(self, beside: Path, key: str, picture: bytes) -> None:
        """Keep a picture, unless its document's folder is gone meanwhile."""
        path = self._path(beside, key)
        with suppress(FileNotFoundError):  # the document was taken out
            if beside.is_dir():
                path.parent.mkdir(exist_ok=True)
                with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
                    part.write(picture)
                os.replace(part.name, path)
        self._prune()

    def _path(self, beside: Path, key: str) -> Path:
        return beside / _FOLDER / f"{key}.png"

    def _prune(self) -> None:
        found = []
        for path in self._root.glob(f"*/*/{_FOLDER}/*"):
            with suppress(FileNotFoundError):
                stat = path.stat()
                found.append((stat.st_mtime, stat.st_size, path))
        room = self._most
        for _, size, path in sorted(found, reverse=True):
            room -= size
            if room < 0:
                path.unlink(missing_ok=True)
