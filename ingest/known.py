"""Which of the files of a run are known: unchanged, renamed, copies of others, gone from where they were."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import InputError
from ingest.sources import Source, is_gone, is_under
from ingest.stored import StoredDocument


@dataclass
class KnownFiles:
    """The files of a run by their hashes, beside the ``committed`` documents by theirs."""

    committed: Mapping[str, StoredDocument]
    containers: Collection[str]
    hashes: dict[Source, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    _names_of: dict[str, list[str]] = field(default_factory=dict)
    _owners: dict[tuple[str, str], str] = field(default_factory=dict)
    _opened: dict[str, frozenset[str]] = field(default_factory=dict)

    def hash_all(self, sources: Iterable[Source]) -> None:
        """The hash of each file that can be read; the rest is the reader's to complain about."""
        for source in sources:
            try:
                with source.path.open("rb") as stream:
                    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError:
                continue
            self.hashes[source] = sha256
            self._names_of.setdefault(sha256, []).append(source.name)
            stored = self.committed.get(sha256)
            if stored is not None and stored.document.name == source.name:
                self._owners[stored.collection, source.name] = sha256

    def open_container(self, container: Source, members: Iterable[Source]) -> None:
        """Note what was found inside an archive or a mail."""
        self._opened[container.address] = frozenset(member.address for member in members)

    def stored(self, item: Source) -> StoredDocument | None:
        """The committed document of the same bytes."""
        return self.committed.get(self.hashes.get(item, ""))

    def original_of(self, item: Source) -> str | None:
        """The name under which the bytes of a copy are known; None for a file that is none, which is taken.

        A file that was renamed is not a copy.
        """
        sha256 = self.hashes.get(item)
        if sha256 is None:
            return None
        original, stored = self.taken.get(sha256), self.committed.get(sha256)
        if original is None and stored is not None and stored.document.name != item.name:
            renamed = stored.source is None or self._is_gone(stored.source) or self._rewritten(stored)
            if stored.document.name in self._names_of[sha256] or not renamed:
                original = stored.document.name
        if original is None:
            self.taken[sha256] = item.name
        return original

    def own(self, key: tuple[str, str], document_id: str) -> None:
        """Claim an entity and name for a document. Raises ``InputError`` when another one of this run has them."""
        if self._owners.setdefault(key, document_id) != document_id:
            raise InputError(
                "En esta carga hay otro archivo distinto con el mismo nombre y la misma entidad.",
                hint="Cámbiele el nombre, o cargue la carpeta que contiene a los dos.",
            )

    def gone_from(self, stored: Iterable[StoredDocument], folders: Sequence[Path]) -> list[StoredDocument]:
        """Of committed documents those from under the folders whose files are there no more."""
        return [
            one
            for one in stored
            if one.source is not None
            and one.document.document_id not in self.taken
            and is_under(one.source, folders)
            and self._is_gone(one.source)
        ]

    def _is_gone(self, address: str) -> bool:
        """Whether a document's file is there no more, neither by itself nor in the archives that were opened."""
        for container, members in self._opened.items():
            if address.startswith(f"{container}/"):
                return address not in members
        return is_gone(address, self.containers)

    def _rewritten(self, stored: StoredDocument) -> bool:
        """Whether the file a document came from is in this run with other bytes."""
        return any(
            source.address == stored.source and sha256 != stored.document.document_id
            for source, sha256 in self.hashes.items()
        )
