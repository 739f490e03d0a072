"""Files to a knowledge base that holds them: read, extract, cut, embed, commit.

What has not changed is known by its hash alone. Documents are committed in batches, so that their texts are embedded
together; each batch is one transaction. A run that was cut short goes on where it was: what is committed is not read
again, and of what is not, neither the vectors that were made nor a reading that took long (``unfinished``).
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.commit import Addition
from ingest.errors import CabildoError, SettingsError, StoreError
from ingest.knowledge import KnowledgeBase
from ingest.known import KnownFiles
from ingest.parsing import ParseLimits
from ingest.preparing import Preparation
from ingest.progress import Progress, Step, Teller
from ingest.records import Notice, Overrides
from ingest.report import DocumentReport, IngestReport, Status, failed_report, report_of
from ingest.sandbox import WorkerBugError
from ingest.searchtext import SEARCHTEXT_VERSION
from ingest.sources import Problem, Source, find_sources, members_of
from ingest.stages import Stages, default_stages, sandboxed
from ingest.stored import StoredDocument
from ingest.told import tell

__all__ = [
    "DocumentReport",
    "IngestReport",
    "Overrides",
    "ParseLimits",
    "Stages",
    "Status",
    "default_stages",
    "ingest_paths",
    "sandboxed",
]

_LOG = logging.getLogger(__name__)

OverridesOf = Callable[[Path], Overrides]

#: Texts embedded and committed together, and the seconds after which documents wait no longer for more of them.
BATCH_TEXTS = 1000
BATCH_SECONDS = 10.0
#: Bytes that the members of archives may take on disk while they wait to be committed.
MOST_UNPACKED = 200 * 1024 * 1024


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
    from under the given folders and whose files are gone. ``progress`` is told of each file and of the pages and texts
    of those that have many. A file that cannot be read is a report with the status ``failed`` and stops nothing;
    ``StoreError`` (the knowledge base cannot be written) does.
    """
    begun = time.perf_counter()
    stages = stages or sandboxed(default_stages())
    committed = {stored.document.document_id: stored for stored in knowledge.stored_documents()}
    found = find_sources(paths, stages.suffixes)
    teller = Teller(progress, Step(0, len(found)))
    with ExitStack() as folders:
        with stages.open_parser() as parser:
            run = _Run(
                knowledge=knowledge,
                stages=stages,
                preparation=Preparation(knowledge, stages, parser),
                overrides_of=_as_function(overrides),
                known=KnownFiles(committed, stages.containers),
                teller=teller,
                folders=folders,
            )
            run.known.hash_all(item for item in found if isinstance(item, Source))
            for done, item in enumerate(found):
                teller.document(item.name, done)
                run.take(item)
        run.flush()
    if prune:
        run.prune([path for path in paths if path.is_dir()])
    run.remember_sources()
    teller.end()
    return IngestReport(documents=tell(run.reports, knowledge), elapsed_s=round(time.perf_counter() - begun, 3))


def _as_function(overrides: Overrides | OverridesOf | None) -> OverridesOf:
    if callable(overrides):
        return overrides
    fixed = overrides or Overrides()
    return lambda _path: fixed


@dataclass
class _Run:
    """One call of ``ingest_paths``: what is waiting to be committed, and what there is to report."""

    knowledge: KnowledgeBase
    stages: Stages
    preparation: Preparation
    overrides_of: OverridesOf
    known: KnownFiles
    teller: Teller
    folders: ExitStack
    unpacked: int = 0
    reports: list[DocumentReport] = field(default_factory=list)
    waiting: list[Addition] = field(default_factory=list)
    waiting_since: float = 0.0
    moved: dict[str, str] = field(default_factory=dict)

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
        """Take the files inside an archive or a mail; they are on disk until they are committed."""
        with self._failing_alone(container, None):
            folder = Path(self.folders.enter_context(TemporaryDirectory(prefix="cabildo-")))
            found = members_of(container, self.preparation.parser.unpack(container.path, folder), folder)
            members = [item for item in found if isinstance(item, Source)]
            self.unpacked += sum(member.path.stat().st_size for member in members)
            self.known.open_container(container, members)
            self.known.hash_all(members)
            for item in found:
                self.teller.document(item.name)
                self.take(item)
        self._leave_folders()

    def _leave_folders(self) -> None:
        """Delete what was unpacked, as soon as no document waits to be committed that may still be copied from there.

        Whatever lies on disk for long is committed for that.
        """
        if self.unpacked >= MOST_UNPACKED:
            self.flush()
        if not self.waiting:
            self.folders.close()
            self.unpacked = 0

    def _take_document(self, item: Source) -> None:
        sha256, stored = self.known.hashes.get(item), self.known.stored(item)
        original = self.known.original_of(item)
        if sha256 is not None and original is not None:
            message = f"Tiene el mismo contenido que «{original}»; se guarda una vez."
            notice = Notice(code="same-content", message=message, place=None)
            document = stored.document if stored else None
            self.reports.append(report_of(item.name, sha256, "unchanged", document, (notice,)))
            return
        fingerprint = self._fingerprint(self.overrides_of(item.given))
        if stored is not None and stored.fingerprint == fingerprint and stored.document.name == item.name:
            self._unchanged(item, stored)
            return
        with self._failing_alone(item, sha256):
            self._prepare(item, sha256, fingerprint)

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

    def _fingerprint(self, overrides: Overrides) -> str:
        made_of = [overrides.model_dump(), self.stages.version, SEARCHTEXT_VERSION, self.knowledge.embedder.name]
        return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def _unchanged(self, item: Source, stored: StoredDocument) -> None:
        if stored.source != item.address:
            self.moved[stored.document.document_id] = item.address
        self.reports.append(report_of(item.name, stored.document.document_id, "unchanged", stored.document))

    def _prepare(self, item: Source, sha256: str | None, fingerprint: str) -> None:
        if self.waiting and time.monotonic() - self.waiting_since > BATCH_SECONDS:
            self.flush()
        overrides = self.overrides_of(item.given)
        addition = self.preparation.addition(item, sha256, overrides, fingerprint, self.teller.pages)
        document = addition.document
        self.known.own(addition.key, document.document_id)
        if not self.waiting:
            self.waiting_since = time.monotonic()
        self.waiting.append(addition)
        self.reports.append(report_of(item.name, document.document_id, self._status(addition), document))
        if sum(len(waiting.items) for waiting in self.waiting) >= BATCH_TEXTS:
            self.flush()

    def _status(self, addition: Addition) -> Status:
        committed = self.known.committed
        older = any((s.collection, s.document.name) == addition.key for s in committed.values())
        return "updated" if older or addition.document.document_id in committed else "added"

    def flush(self) -> None:
        """Commit what is waiting."""
        if self.waiting:
            self.knowledge.apply(self.waiting, on_texts=self._tell_texts)
            self.preparation.forget(self.waiting)
            self.waiting.clear()

    def _tell_texts(self, done: int, total: int) -> None:
        self.teller.texts(done, total)
        if done == total:
            self.teller.saving()

    def prune(self, folders: Sequence[Path]) -> None:
        """Take out the documents from under the folders whose files are gone."""
        gone = self.known.gone_from(self.knowledge.stored_documents(), folders)
        if gone:
            self.knowledge.apply([], [stored.document.document_id for stored in gone])
        for stored in gone:
            document = stored.document
            self.reports.append(report_of(document.name, document.document_id, "removed", document))

    def remember_sources(self) -> None:
        if self.moved:
            self.knowledge.remember_sources(self.moved)

    def _failed(self, name: str, document_id: str | None, notice: Notice) -> None:
        self.known.taken.pop(document_id or "", None)
        self.reports.append(failed_report(name, document_id, notice))


def _kind_and_place(error: Exception) -> tuple[str, str]:
    if isinstance(error, WorkerBugError):
        return error.kind, error.where
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return type(error).__name__, f"{frame.filename}:{frame.lineno}"
