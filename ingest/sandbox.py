"""Untrusted files are parsed in a child process with limits on time, memory and pages, which can be killed.

``Sandbox`` is the parent's side, ``sandbox_worker`` the child's. They speak JSON, a line there and a line back, before
which the child may tell how many pages it has read; all of it is checked against the records below. The parent never
unpickles or runs anything that comes back. One child serves the files of a run; after a kill or a crash the next file
gets a new one. The child sees none of the parent's environment but what Python needs, opens no sockets, starts no
programs but the one that recognises scans, and writes nowhere but into a folder of its own and the one it is told to
unpack into.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from pydantic import NonNegativeInt, ValidationError

from ingest.errors import InputError
from ingest.pages.values import Drawing, Drawn
from ingest.parsing import Parsed, ParseLimits, limited_parser
from ingest.progress import Count
from ingest.readers.members import Unpacked
from ingest.records import Overrides, ReadDocument, Record

#: Read in this process: bounded in size, and nothing but text is made of them.
IN_PROCESS = frozenset({".txt", ".md", ".csv", ".tsv"})

_COMMAND = (sys.executable, "-P", "-c", "from ingest.sandbox_worker import serve; serve()")
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT")
_LONGEST_REPLY = 512 * 1024 * 1024


class StoppedError(InputError):
    """A file whose parsing was ended from outside: too slow, too much memory, or the child went down."""


class WorkerBugError(Exception):
    """A mistake of ours in the child: the kind of error and where, never what it says, which may quote the document."""

    def __init__(self, kind: str, where: str) -> None:
        super().__init__(f"{kind} at {where}")
        self.kind = kind
        self.where = where


class Request(Record):
    """What the parent asks for; ``folder`` is where the members of a container, or a picture, go."""

    task: Literal["parse", "read", "unpack", "draw"]
    path: str
    limits: ParseLimits
    name: str = ""
    folder: str | None = None
    overrides: Overrides = Overrides()
    defaults: Overrides = Overrides()
    drawing: Drawing | None = None


class Complaint(Record):
    """Why there is no result: a line for the user, or the place of a mistake of ours, or too little memory."""

    kind: Literal["input", "bug", "memory"]
    message: str = ""
    hint: str | None = None


class Pages(Record):
    """How many pages of how many are read."""

    done: NonNegativeInt
    total: NonNegativeInt


class Reply(Record):
    """What the child answers; exactly one of them. After ``pages`` comes another answer."""

    pages: Pages | None = None
    parsed: Parsed | None = None
    document: ReadDocument | None = None
    unpacked: Unpacked | None = None
    drawn: Drawn | None = None
    complaint: Complaint | None = None


class Sandbox:
    """A ``Parser`` whose work is done in a child; close it (or use it as a context) to end the child."""

    def __init__(
        self, limits: ParseLimits | None = None, defaults: Overrides | None = None, command: Sequence[str] = _COMMAND
    ) -> None:
        self._limits = limits or ParseLimits()
        self._defaults = defaults or Overrides()
        self._command = command
        self._here = limited_parser(self._limits, self._defaults)
        self._child: subprocess.Popen[bytes] | None = None
        self._scratch: str | None = None

    def parse(
        self,
        path: Path,
        name: str,
        overrides: Overrides,
        *,
        on_page: Count | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Parsed:
        """What a file holds. Raises ``InputError`` (``StoppedError`` when it had to be stopped).

        What ``meanwhile`` raises ends the child and goes through.
        """
        if path.suffix.lower() in IN_PROCESS:
            return self._here.parse(path, name, overrides)
        request = Request(
            task="parse",
            path=str(path.absolute()),
            name=name,
            limits=self._limits,
            overrides=overrides,
            defaults=self._defaults,
        )
        parsed = self._ask(request, on_page, meanwhile).parsed
        if parsed is None:
            raise self._went_down()
        return parsed

    def read(self, path: Path, name: str) -> ReadDocument:
        """The blocks of a file, unmasked, for whoever wants no rows (of a petition). Raises like ``parse``."""
        if path.suffix.lower() in IN_PROCESS:
            return self._here.read(path, name)
        document = self._ask(Request(task="read", path=str(path.absolute()), name=name, limits=self._limits)).document
        if document is None:
            raise self._went_down()
        return document

    def unpack(self, path: Path, folder: Path) -> Unpacked:
        """The members of a container, written into ``folder``. Raises like ``parse``."""
        request = Request(task="unpack", path=str(path.absolute()), folder=str(folder.absolute()), limits=self._limits)
        unpacked = self._ask(request).unpacked
        if unpacked is None:
            raise self._went_down()
        return unpacked

    def draw(self, path: Path, drawing: Drawing, folder: Path) -> Drawn:
        """The picture of a row of a file, written into ``folder``. Raises like ``parse``."""
        request = Request(
            task="draw",
            path=str(path.absolute()),
            folder=str(folder.absolute()),
            limits=self._limits,
            drawing=drawing,
        )
        drawn = self._ask(request).drawn
        if drawn is None:
            raise self._went_down()
        return drawn

    def _ask(
        self, request: Request, on_page: Count | None = None, meanwhile: Callable[[], None] | None = None
    ) -> Reply:
        child = self._running_child()
        late = threading.Event()

        def stop() -> None:
            late.set()
            _kill(child)

        timer = threading.Timer(self._limits.max_seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            _send(child, request.model_dump_json().encode())
            if meanwhile is not None:
                meanwhile()
            reply = _received(child, on_page)
        except BaseException:  # Ctrl-C too: nobody must be left behind
            self.close()
            raise
        finally:
            timer.cancel()
            timer.join()
        if late.is_set():
            self.close()
        if reply is None:
            raise self._too_slow() if late.is_set() else self._went_down()
        if reply.complaint is not None:
            raise self._as_error(reply.complaint)
        return reply

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            root = Path(__file__).resolve().parents[1]
            self._scratch = tempfile.mkdtemp(prefix="cabildo-")
            kept |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._scratch)
            self._child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # libraries quote documents in their warnings
                env={**kept, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
                start_new_session=True,  # Ctrl-C reaches the parent alone, which ends the child
            )
        return self._child

    def _as_error(self, complaint: Complaint) -> Exception:
        if complaint.kind == "bug":
            return WorkerBugError(complaint.message, complaint.hint or "?")
        if complaint.kind == "memory":
            self.close()
            return StoppedError(
                f"Para leer el archivo se necesitan más de {self._limits.max_memory_mb} MB de memoria; no se leyó.",
                hint="Divídalo en partes.",
            )
        return InputError(complaint.message, hint=complaint.hint)

    def _too_slow(self) -> StoppedError:
        seconds = f"{self._limits.max_seconds:g}".replace(".", ",")
        return StoppedError(
            f"La lectura del archivo pasó de {seconds} segundos y se detuvo.",
            hint="Divídalo en partes.",
        )

    def _went_down(self) -> StoppedError:
        child = self._child
        code = None
        if child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # it may be alive and have answered nonsense
                code = child.wait(1)
        self.close()
        told = "" if code is None else f" (código {code})"
        return StoppedError(f"El programa que lee el archivo se cerró de golpe{told}; puede que esté dañado.")

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child = self._child, None
        if child is None:
            return
        _kill(child)
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):  # what was not yet sent has nobody to be sent to
                if pipe is not None:
                    pipe.close()
        child.wait()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started, which are a process group of their own."""
    if child.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _send(child: subprocess.Popen[bytes], request: bytes) -> None:
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it is down: nothing will come back either
        child.stdin.write(request + b"\n")
        child.stdin.flush()


def _received(child: subprocess.Popen[bytes], on_page: Count | None) -> Reply | None:
    """The child's answer, after the pages it tells of; None when it does not come, or not whole, or makes no sense."""
    assert child.stdout is not None
    while True:
        try:
            reply = _parse_reply(child.stdout.readline(_LONGEST_REPLY))
        except (BrokenPipeError, ConnectionResetError):
            return None
        if reply is None or reply.pages is None:
            return reply
        if on_page is not None:
            on_page(reply.pages.done, reply.pages.total)


def _parse_reply(line: bytes) -> Reply | None:
    if not line.endswith(b"\n"):
        return None
    try:
        return Reply.model_validate_json(line)
    except ValidationError:
        return None
