"""A run that is under way: each graded answer appended to a file at once, so that a killed run goes on.

The first line says what the run is made of. The same command goes on with a journal only when all of that is the same:
set, documents, settings, prompts, code, versions. A last line that was cut off is left out and asked again.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from eval.record import CaseRun
from ingest.errors import InputError

SUFFIX = ".partial.jsonl"


class Journal:
    """The answers of one run so far. Threads may share it; one process holds it at a time."""

    def __init__(self, path: Path, header: dict[str, Any], lock: FileLock) -> None:
        self.path = path
        self.header = header
        self.done: dict[str, CaseRun] = {}
        self._lock = lock
        self._writing = Lock()

    def append(self, case: CaseRun) -> None:
        """Keep an answer; it is in the file when this returns."""
        line = case.model_dump_json(exclude_defaults=True)
        with self._writing, self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def finish(self) -> None:
        """The run is kept elsewhere: the journal is not needed any more."""
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)


def open_journal(folder: Path, header: dict[str, Any], *, fresh: bool = False) -> Journal:
    """The journal of the run that ``header`` describes: the one that was left behind, unless ``fresh``, or a new one.

    ``header`` must hold ``run_id`` and ``started_at``, which a journal that goes on keeps as they were.

    Raises:
        InputError: when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            if fresh or (lock := _held(path)) is None:
                continue
            if (journal := _read(path, header, lock)) is not None:
                return journal
            lock.release()
        path = folder / f"{header['run_id']}-{os.getpid()}{SUFFIX}"
        journal = Journal(path, header, _held(path) or FileLock(f"{path}.lock"))
        path.write_text(json.dumps(header, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"No se puede escribir en «{folder}» ({error.strerror}).", hint="Revise --out.") from None
    return journal


def _held(path: Path) -> FileLock | None:
    """The lock of a journal, unless another run has it."""
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock


def _read(path: Path, header: dict[str, Any], lock: FileLock) -> Journal | None:
    """A journal of the same run with what it holds; None when it is another's."""
    lines = path.read_bytes().split(b"\n")
    try:
        before = json.loads(lines[0])
    except ValueError:
        return None
    if _fingerprint(before) != _fingerprint(header):
        return None
    journal = Journal(path, before, lock)
    whole = [lines[0]]
    for line in lines[1:-1]:  # after the last line break there is nothing, or a line that was cut off
        try:
            case = CaseRun.model_validate_json(line)
        except ValidationError:
            continue
        journal.done[case.id] = case
        whole.append(line)
    path.write_bytes(b"\n".join(whole) + b"\n")
    return journal


def _fingerprint(header: Any) -> Any:
    if not isinstance(header, dict):
        return None
    return json.loads(json.dumps({key: header[key] for key in header if key not in ("run_id", "started_at")}))
