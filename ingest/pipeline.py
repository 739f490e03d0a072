"""Files to a knowledge base that holds them: read, extract, cut, embed, commit.

What has not changed is known by its hash alone. Documents are committed in batches, so that their texts are embedded
together; each batch is one transaction, and a run that was cut short goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ingest.catalogue import StoredDocument
from ingest.commit import Addition
from ingest.embedder import Embedder
from ingest.errors import CabildoError, InputError, SettingsError, StoreError
from ingest.knowledge import KnowledgeBase
from ingest.parsing import LocalParser, ParseLimits, Parser
from ingest.records import Document, Extraction, Notice, Overrides, Passage, ReadDocument
from ingest.sandbox import Sandbox, WorkerBugError
from ingest.searchtext import SEARCHTEXT_VERSION, passage_embedding_text
from ingest.sources import Problem, Progress, Source, find_sources, is_gone, is_under, members_of
from ingest.told import TableLeft, row_notices, tell

__all__ = [
    "DocumentReport",
    "IngestReport",
    "Overrides",
    "ParseLimits",
    "Stages",
    "default_stages",
    "ingest_paths",
    "sandboxed",
]

_LOG = logging.getLogger(__name__)

Status = Literal["added", "updated", "unchanged", "failed", "removed"]
OverridesOf = Callable[[Path], Overrides]

#: Texts embedded and committed together; a run that is cut short loses at most these.
BATCH_TEXTS = 1000


class DocumentReport(BaseModel):
    """What became of one file."""

    model_config = ConfigDict(frozen=True)

    document: str
    document_id: str | None = None
    status: Status
    rows: int = 0
    passages: int = 0
    tables: int = 0
    warnings: tuple[Notice, ...] = ()
    tables_left: tuple[TableLeft, ...] = ()
    rows_by_kind: dict[str, int] = {}


class IngestReport(BaseModel):
    """What became of all files of a run, in the order in which they were given."""

    model_config = ConfigDict(frozen=True)

    documents: tuple[DocumentReport, ...]
    elapsed_s: float

    def with_status(self, status: Status) -> list[DocumentReport]:
        return [report for report in self.documents if report.status == status]

    @property
    def failed(self) -> list[DocumentReport]:
        return self.with_status("failed")


@dataclass(frozen=True)
class Stages:
    """The functions that make rows and passages of a file.

    ``suffixes`` are those of the files that are looked for; ``containers`` those of files with files inside, of which
    ``archives`` are no documents themselves. A ``parser`` does the work of ``read`` and ``extract`` for a whole run.
    """

    read: Callable[[Path, str], ReadDocument]
    extract: Callable[[ReadDocument, Overrides], Extraction]
    cut: Callable[..., tuple[Passage, ...]]
    version: str
    suffixes: Collection[str]
    containers: Collection[str] = ()
    archives: Collection[str] = ()
    parser: Callable[[], AbstractContextManager[Parser]] | None = None

    def open_parser(self) -> AbstractContextManager[Parser]:
        return nullcontext(LocalParser(self.read, self.extract)) if self.parser is None else self.parser()


def default_stages() -> Stages:
    """The readers, the extractor and the cutter of this package, in this process."""
    from ingest.chunks import cut_passages
    from ingest.extract import EXTRACTOR_VERSION, extract
    from ingest.readers import CONTAINERS, READERS, read_file

    documents, containers = frozenset(READERS), frozenset(CONTAINERS)
    return Stages(
        read_file,
        extract,
        cut_passages,
        EXTRACTOR_VERSION,
        suffixes=documents | containers,
        containers=containers,
        archives=containers - documents,
    )


def sandboxed(stages: Stages, limits: ParseLimits | None = None, defaults: Overrides | None = None) -> Stages:
    """The stages with files parsed in a child process within limits; what they read and extract with does not count.

    ``defaults`` are for what neither the document nor anybody says of it.
    """
    return replace(stages, parser=lambda: Sandbox(limits, defaults))


def ingest_paths(
    paths: Sequence[Path],
    knowledge: KnowledgeBase,
    overrides: Overrides | OverridesOf | None = None,
    *,
    prune: bool = False,
    progress: Progress | None = None,
    stages: Stages | None = None,
) -> IngestReport:
    """Bring the knowledge base up to date with files and folders.

    ``overrides`` hold for all files, or are a function of the file's path. ``prune`` takes out the documents that came
    from under the given folders and whose files are gone. ``progress`` is told (files done, files in all, the name of
    the one that comes now or None at the end). A file that cannot be read is a report with the status ``failed`` and
    stops nothing; ``StoreError`` (the knowledge base cannot be written) does.
    """
    begun = time.perf_counter()
    stages = stages or sandboxed(default_stages())
    committed = {stored.document.document_id: stored for stored in knowledge.stored_documents()}
    found = find_sources(paths, stages.suffixes)
    with stages.open_parser() as parser:
        run = _Run(knowledge, stages, parser, _as_function(overrides), committed)
        run.hash_all([item for item in found if isinstance(item, Source)])
        for done, item in enumerate(found):
            if progress is not None:
                progress(done, len(found), item.name)
            run.take(item)
    run.flush()
    if prune:
        run.prune([path for path in paths if path.is_dir()])
    run.remember_sources()
    if progress is not None:
        progress(len(found), len(found), None)
    return IngestReport(documents=tell(run.reports, knowledge), elapsed_s=round(time.perf_counter() - begun, 3))


def _as_function(overrides: Overrides | OverridesOf | None) -> OverridesOf:
    if callable(overrides):
        return overrides
    fixed = overrides or Overrides()
    return lambda _path: fixed


@dataclass
class _Run:
    """One call of ``ingest_paths``: what is committed, what is waiting to be, and what there is to report."""

    knowledge: KnowledgeBase
    stages: Stages
    parser: Parser
    overrides_of: OverridesOf
    committed: dict[str, StoredDocument]
    reports: list[DocumentReport] = field(default_factory=list)
    hashes: dict[Source, str] = field(default_factory=dict)
    names_of: dict[str, list[str]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    waiting: list[tuple[int, Addition]] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)
    opened: dict[str, frozenset[str]] = field(default_factory=dict)

    def hash_all(self, sources: Sequence[Source]) -> None:
        """The hash of each file that can be read; the rest is the reader's to complain about."""
        for source in sources:
            try:
                with source.path.open("rb") as stream:
                    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError:
                continue
            self.hashes[source] = sha256
            self.names_of.setdefault(sha256, []).append(source.name)
            stored = self.committed.get(sha256)
            if stored is not None and stored.document.name == source.name:
                self.owners[stored.collection, source.name] = sha256

    def take(self, item: Source | Problem) -> None:
        """Report one file at once, or prepare it to be committed; then the files inside it, if it can hold any."""
        if isinstance(item, Problem):
            self._failed(item.name, None, item.notice)
            return
        suffix = item.path.suffix.lower()
        before = len(self.reports)
        if suffix not in self.stages.archives:
            self._take_document(item)
        is_readable = all(report.status != "failed" for report in self.reports[before:])
        if suffix in self.stages.containers and item.container is None and is_readable:
            self._open(item)

    def _open(self, container: Source) -> None:
        """Take the files inside an archive or a mail; they are on disk only meanwhile."""
        with TemporaryDirectory(prefix="cabildo-") as name, self._failing_alone(container, None):
            folder = Path(name)
            found = members_of(container, self.parser.unpack(container.path, folder), folder)
            members = [item for item in found if isinstance(item, Source)]
            self.opened[container.address] = frozenset(member.address for member in members)
            self.hash_all(members)
            for item in found:
                self.take(item)

    def _take_document(self, item: Source) -> None:
        sha256 = self.hashes.get(item)
        stored = self.committed.get(sha256 or "")
        if sha256 is not None and self._is_copy(item, sha256, stored):
            return
        fingerprint = self._fingerprint(self.overrides_of(item.given))
        if stored is not None and stored.fingerprint == fingerprint and stored.document.name == item.name:
            self._unchanged(item, stored)
            return
        with self._failing_alone(item, sha256):
            self._prepare(item, fingerprint)

    @contextmanager
    def _failing_alone(self, item: Source, sha256: str | None) -> Iterator[None]:
        """What goes wrong with one file is its report and stops nothing else."""
        try:
            yield
        except (StoreError, SettingsError):
            raise
        except CabildoError as error:
            self._failed(item.name, sha256, Notice(code="unreadable", message=str(error), place=None))
        except Exception as error:
            # A mistake of ours in one document must not stop the others. What the error says may quote the document,
            # which may be a letter: only where it happened is logged.
            kind, where = _kind_and_place(error)
            _LOG.error("%s at %s", kind, where)
            message = f"Error interno al leer el archivo ({kind}); los demás se cargaron. Repórtelo."
            self._failed(item.name, sha256, Notice(code="internal-error", message=message, place=None))

    def _is_copy(self, item: Source, sha256: str, stored: StoredDocument | None) -> bool:
        """Report a file whose bytes are known under another name; a file that was renamed is not a copy."""
        original = self.taken.get(sha256)
        if original is None and stored is not None and stored.document.name != item.name:
            same_bytes = self.names_of[sha256]
            renamed = stored.source is None or self._is_gone(stored.source) or self._rewritten(stored)
            if stored.document.name in same_bytes or not renamed:
                original = stored.document.name
        if original is None:
            self.taken[sha256] = item.name
            return False
        notice = Notice(
            code="same-content", message=f"Tiene el mismo contenido que «{original}»; se guarda una vez.", place=None
        )
        self._report(item.name, sha256, "unchanged", stored.document if stored else None, (notice,))
        return True

    def _is_gone(self, address: str) -> bool:
        """Whether a document's file is there no more, neither by itself nor in the archives that were opened."""
        for container, members in self.opened.items():
            if address.startswith(f"{container}/"):
                return address not in members
        return is_gone(address, self.stages.containers)

    def _rewritten(self, stored: StoredDocument) -> bool:
        """Whether the file a document came from is in this run with other bytes."""
        return any(
            source.address == stored.source and sha256 != stored.document.document_id
            for source, sha256 in self.hashes.items()
        )

    def _fingerprint(self, overrides: Overrides) -> str:
        made_of = [overrides.model_dump(), self.stages.version, SEARCHTEXT_VERSION, self.knowledge.embedder.name]
        return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def _unchanged(self, item: Source, stored: StoredDocument) -> None:
        if stored.source != item.address:
            self.moved[stored.document.document_id] = item.address
        self._report(item.name, stored.document.document_id, "unchanged", stored.document)

    def _prepare(self, item: Source, fingerprint: str) -> None:
        parsed = self.parser.parse(item.path, item.name, self.overrides_of(item.given))
        extraction = parsed.extraction
        embedder = self.knowledge.embedder
        passages = self.stages.cut(
            extraction.prose, parsed.sha256, extraction.info, embedder.count_tokens, embedder.max_tokens
        )
        document = Document(
            document_id=parsed.sha256,
            name=item.name,
            info=extraction.info,
            rows=len(extraction.rows),
            passages=len(passages),
            tables=extraction.tables,
            notices=_distinct(
                [
                    *item.notices,
                    *_within(item, parsed.notices),
                    *extraction.notices,
                    *row_notices(extraction.rows),
                    *_cut_short(passages, embedder),
                ]
            ),
        )
        addition = Addition(document, extraction.rows, passages, fingerprint, item.address)
        repeated = addition.repeated_ids()
        if repeated:
            raise InputError(f"Dos filas o pasajes tienen el mismo identificador ({repeated[0]}). Repórtelo.")
        owner = self.owners.setdefault(addition.key, document.document_id)
        if owner != document.document_id:
            raise InputError(
                "En esta carga hay otro archivo distinto con el mismo nombre y la misma entidad.",
                hint="Cámbiele el nombre, o cargue la carpeta que contiene a los dos.",
            )
        self.waiting.append((len(self.reports), addition))
        self._report(item.name, parsed.sha256, self._status(addition), document)
        if sum(len(waiting.items) for _, waiting in self.waiting) >= BATCH_TEXTS:
            self.flush()

    def _status(self, addition: Addition) -> Status:
        known = addition.document.document_id in self.committed
        older = any((s.collection, s.document.name) == addition.key for s in self.committed.values())
        return "updated" if known or older else "added"

    def flush(self) -> None:
        """Commit what is waiting."""
        if self.waiting:
            additions = [addition for _, addition in self.waiting]
            self.knowledge.apply(additions)
            self.waiting.clear()

    def prune(self, folders: Sequence[Path]) -> None:
        """Take out the documents from under the folders whose files are gone."""
        gone = [
            stored
            for stored in self.knowledge.stored_documents()
            if stored.source is not None
            and stored.document.document_id not in self.taken
            and is_under(stored.source, folders)
            and self._is_gone(stored.source)
        ]
        if gone:
            self.knowledge.apply([], [stored.document.document_id for stored in gone])
        for stored in gone:
            self._report(stored.document.name, stored.document.document_id, "removed", stored.document)

    def remember_sources(self) -> None:
        if self.moved:
            self.knowledge.remember_sources(self.moved)

    def _failed(self, name: str, document_id: str | None, notice: Notice) -> None:
        self.taken.pop(document_id or "", None)
        self.reports.append(DocumentReport(document=name, document_id=document_id, status="failed", warnings=(notice,)))

    def _report(
        self,
        name: str,
        document_id: str,
        status: Status,
        document: Document | None,
        warnings: tuple[Notice, ...] = (),
    ) -> None:
        counts: dict[str, Any] = {}
        if document is not None:
            counts = {"rows": document.rows, "passages": document.passages, "tables": document.tables}
            warnings = (*warnings, *document.notices)
        self.reports.append(
            DocumentReport(document=name, document_id=document_id, status=status, warnings=warnings, **counts)
        )


def _within(item: Source, notices: Sequence[Notice]) -> Iterator[Notice]:
    """The notices of a file; of a mail inside a container, that its attachments stay where they are."""
    for notice in notices:
        if notice.code == "attachments" and item.container is not None:
            message = "El mensaje está dentro de otro archivo: sus adjuntos no se cargaron. Ábralo y cárguelos aparte."
            yield Notice(code="attachments-not-opened", message=message)
        else:
            yield notice


def _kind_and_place(error: Exception) -> tuple[str, str]:
    if isinstance(error, WorkerBugError):
        return error.kind, error.where
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return type(error).__name__, f"{frame.filename}:{frame.lineno}"


def _cut_short(passages: Sequence[Passage], embedder: Embedder) -> list[Notice]:
    """A notice when the model would read only the beginning of some passages."""
    long = [p for p in passages if embedder.count_tokens(passage_embedding_text(p)) > embedder.max_tokens]
    if not long:
        return []
    message = f"{len(long)} pasajes son más largos de lo que el modelo lee; su final solo se encuentra por palabras."
    return [Notice(code="passage-too-long", message=message, place=str(long[0].place) or None)]


def _distinct(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """Each notice once, in order."""
    return tuple(dict.fromkeys(notices))
