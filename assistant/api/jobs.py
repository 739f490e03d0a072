"""Work that takes longer than a request: done one after the other in a thread, watched by its id.

Jobs are kept in memory by the process that took them; the documents they bring are in the catalogue for all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from assistant.api.problems import problem_object, status_of
from assistant.api.unexpected import log_incident
from ingest.errors import CabildoError, NotFoundError
from ingest.progress import Progress, Stage, Step

JobState = Literal["queued", "running", "done", "failed"]
_KEPT = 200  # finished jobs that can still be asked for


class Part(BaseModel):
    """How far the file at work is: pages while it is read, texts while their vectors are made."""

    model_config = ConfigDict(frozen=True)

    stage: Stage
    done: int
    total: int


class Job(BaseModel):
    """A job as it stands; each change makes a new one. ``done`` of ``total`` are files."""

    model_config = ConfigDict(frozen=True)

    id: str
    state: JobState = "queued"
    documents: list[str]
    done: int = 0
    total: int
    current: str | None = None
    part: Part | None = None
    report: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    created_at: str
    finished_at: str | None = None


Work = Callable[[Progress], dict[str, Any]]


class JobBoard:
    """The jobs of this process. One worker: two ingests at once would only wait for each other's lock."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ingest")

    def submit(self, documents: list[str], work: Work) -> Job:
        """Queue a job; ``work`` returns its report."""
        job = Job(id=secrets.token_urlsafe(12), documents=documents, total=len(documents), created_at=_now())
        with self._lock:
            self._forget_oldest()
            self._jobs[job.id] = job
        self._worker.submit(self._run, job.id, work)
        return job

    def get(self, job_id: str) -> Job:
        """A job as it stands now.

        Raises:
            NotFoundError: when there is none of that id, or no more.
        """
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError("No hay ninguna tarea con ese identificador.")
        return job

    def close(self) -> None:
        """Let the running job end and drop the waiting ones."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _run(self, job_id: str, work: Work) -> None:
        def progress(step: Step) -> None:
            part = Part(stage=step.stage, done=step.part, total=step.parts) if step.stage else None
            self._change(job_id, done=step.done, total=step.total, current=step.document, part=part)

        self._change(job_id, state="running")
        try:
            report = work(progress)
        except CabildoError as error:
            self._fail(job_id, problem_object(status_of(error), str(error)))
        except Exception as error:
            self._fail(job_id, problem_object(500, incident=log_incident(error, f"job {job_id}")))
        else:
            self._change(job_id, state="done", report=report, current=None, part=None, finished_at=_now())

    def _fail(self, job_id: str, error: dict[str, Any]) -> None:
        self._change(job_id, state="failed", error=error, current=None, part=None, finished_at=_now())

    def _change(self, job_id: str, **changes: Any) -> None:
        with self._lock:
            self._jobs[job_id] = self._jobs[job_id].model_copy(update=changes)

    def _forget_oldest(self) -> None:
        finished = [job.id for job in self._jobs.values() if job.finished_at is not None]
        for job_id in finished[: max(0, len(finished) - _KEPT + 1)]:
            del self._jobs[job_id]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
