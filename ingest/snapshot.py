"""All that is committed at one revision, in memory; read again when the revision changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import RLock
from types import MappingProxyType

from sqlalchemy import Connection, Engine

from ingest import catalogue
from ingest.database import reading
from ingest.differences import find_differences
from ingest.linking import link_rows
from ingest.records import Document, IndicatorRow, Notice, Passage
from ingest.searchtext import collection_name
from ingest.series import last_reported_years
from ingest.standing import Standing, standing


@dataclass(frozen=True)
class Snapshot:
    """The knowledge base at one revision. Documents in the order they came, rows and passages in reading order."""

    revision: int
    documents: tuple[Document, ...]
    rows: tuple[IndicatorRow, ...]
    passages: tuple[Passage, ...]
    row_by_id: Mapping[str, IndicatorRow]
    passage_by_id: Mapping[str, Passage]

    @cached_property
    def linked(self) -> Mapping[str, IndicatorRow]:
        """Every row by its id, with its links: which plan row a progress row reports on, over all documents."""
        return MappingProxyType({row.row_id: row for row in link_rows(self.rows)})

    @cached_property
    def last_years(self) -> Mapping[str, int]:
        """The last year in which any row of a document (by id) reached anything."""
        return MappingProxyType(last_reported_years(self.rows))

    @cached_property
    def differences(self) -> Mapping[str, tuple[Notice, ...]]:
        """By document id, the figures of its rows that another document gives differently."""
        return MappingProxyType(find_differences(self.linked, self.documents))

    def standing(self, row: IndicatorRow) -> Standing:
        """How far a row is, over all documents; its links are those of this revision."""
        row = self.linked.get(row.row_id, row)
        others = [other for link in row.links if (other := self.linked.get(link.row_id)) is not None]
        return standing(row, others, self.last_years)

    def collections(self, entities: Sequence[str | None] | None = None) -> dict[str, dict[int, Document]]:
        """The documents of each entity's collection by generation; of all entities, or of those given."""
        wanted = None if entities is None else {collection_name(entity) for entity in entities}
        grouped: dict[str, dict[int, Document]] = {}
        for document in self.documents:
            name = collection_name(document.info.entity)
            if wanted is None or name in wanted:
                grouped.setdefault(name, {})[document.generation] = document
        return grouped


class Snapshots:
    """The current snapshot of a catalogue; generations already in memory are not read again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._refreshing = RLock()
        self._current: Snapshot | None = None
        self._rows: dict[int, tuple[IndicatorRow, ...]] = {}
        self._passages: dict[int, tuple[Passage, ...]] = {}

    def current(self) -> Snapshot:
        """What is committed now. Costs one small query while nothing changes."""
        snapshot = self._current
        if snapshot is not None and snapshot.revision == catalogue.current_revision(self._engine):
            return snapshot
        with self._refreshing, reading(self._engine) as connection:
            revision = catalogue.read_revision(connection)
            if self._current is None or self._current.revision != revision:
                self._current = self._read(connection, revision)
            return self._current

    def _read(self, connection: Connection, revision: int) -> Snapshot:
        documents = tuple(stored.document for stored in catalogue.read_documents(connection))
        current = [document.generation for document in documents]
        missing = [generation for generation in current if generation not in self._rows]
        known_rows = self._rows | catalogue.read_generation_rows(connection, missing)
        known_passages = self._passages | catalogue.read_generation_passages(connection, missing)
        self._rows = {generation: known_rows[generation] for generation in current}
        self._passages = {generation: known_passages[generation] for generation in current}
        rows = tuple(row for some in self._rows.values() for row in some)
        passages = tuple(passage for some in self._passages.values() for passage in some)
        return Snapshot(
            revision,
            documents,
            rows,
            passages,
            MappingProxyType({row.row_id: row for row in rows}),
            MappingProxyType({passage.passage_id: passage for passage in passages}),
        )
