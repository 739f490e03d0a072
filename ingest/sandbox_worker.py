"""The child of ``sandbox``: it binds itself to its limits, then answers requests until there are no more."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.errors import CabildoError
from ingest.parsing import ParseLimits, limited_parser
from ingest.progress import Count
from ingest.readers import ReadLimits, unpack_file
from ingest.sandbox import Complaint, Pages, Reply, Request

_MEBIBYTE = 1024 * 1024
_LARGEST_FILE = 512 * _MEBIBYTE
_GRACE_SECONDS = 2
#: A page is thousands of small objects that die together; looking for rings among them more often costs a tenth.
_COLLECT_AFTER = (50_000, 20, 20)

#: What Python reports before it does it (PEP 578), and a child that parses documents never needs to.
_FORBIDDEN = ("socket.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork")
#: The only programs a reader may start (to recognise the text of scans); they end with the child's process group.
_PROGRAMS = frozenset({"ocrmypdf"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def serve() -> None:
    """Answer requests from standard input until it ends; the entry of the child."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # what libraries print is no reply
    gc.set_threshold(*_COLLECT_AFTER)
    writable: list[str] = []
    confined = False

    def send(text: str) -> None:
        try:
            replies.write(text.encode() + b"\n")
            replies.flush()
        except BrokenPipeError:
            os._exit(0)  # the parent is gone, and nobody else waits

    def tell_pages(done: int, total: int) -> None:
        send(Reply(pages=Pages(done=done, total=total)).model_dump_json(exclude_defaults=True))

    for line in sys.stdin.buffer:
        request = Request.model_validate_json(line)
        writable[:] = [request.folder] if request.folder else []
        if not confined:
            _limit_resources(request.limits)
            _confine(writable)
            confined = True
        _set_alarm(request.limits.max_seconds + _GRACE_SECONDS)
        send(_reply_text(request, tell_pages))
        _set_alarm(0)
        gc.collect()  # nothing of one file is left when the next one comes


def _reply_text(request: Request, on_page: Count) -> str:
    try:
        return _answer(request, on_page).model_dump_json(exclude_defaults=True)
    except MemoryError:
        complaint = Complaint(kind="memory")
    except CabildoError as error:
        complaint = Complaint(kind="input", message=error.message, hint=error.hint)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        complaint = Complaint(kind="bug", message=type(error).__name__, hint=f"{frame.filename}:{frame.lineno}")
    return Reply(complaint=complaint).model_dump_json()


def _answer(request: Request, on_page: Count) -> Reply:
    path = Path(request.path)
    if request.task == "unpack" and request.folder is not None:
        bounds = ReadLimits(max_bytes=request.limits.max_bytes)
        return Reply(unpacked=unpack_file(path, Path(request.folder), bounds))
    if request.task == "draw" and request.drawing is not None and request.folder is not None:
        from ingest.pages.draw import draw

        return Reply(drawn=draw(path, request.drawing, Path(request.folder)))
    parser = limited_parser(request.limits, request.defaults, on_page)
    if request.task == "read":
        return Reply(document=parser.read(path, request.name))
    return Reply(parsed=parser.parse(path, request.name, request.overrides))


def _limit_resources(limits: ParseLimits) -> None:
    """Bound memory and the size of files written; leave no core dump, which would hold the document."""
    try:
        import resource
    except ImportError:  # Windows: time alone is bounded there
        return
    wanted = {
        resource.RLIMIT_AS: limits.max_memory_mb * _MEBIBYTE,
        resource.RLIMIT_FSIZE: _LARGEST_FILE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


def _confine(writable: Sequence[str]) -> None:
    """Refuse sockets, programs and files opened for writing outside some folders, as far as Python sees it."""
    scratch = tempfile.gettempdir()  # the child's own, which the parent removes

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"not while parsing: {event}")
        if event == "subprocess.Popen" and os.path.basename(str(arguments[0])) not in _PROGRAMS:
            raise PermissionError("not while parsing: a program")
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            target = arguments[0]
            if isinstance(target, str | bytes | os.PathLike) and not _is_under(target, (scratch, *writable)):
                raise PermissionError("not while parsing: open for writing")

    sys.addaudithook(refuse)


def _is_under(target: str | bytes | os.PathLike[Any], folders: Sequence[str]) -> bool:
    where = os.path.realpath(os.fsdecode(target)) + os.sep
    # The folder itself counts: that is how ``tempfile`` opens a file in it.
    return any(where.startswith(os.path.realpath(folder) + os.sep) for folder in (os.devnull, *folders))


def _set_alarm(seconds: float) -> None:
    """End this process after so long, whatever it is busy with: nobody may be left to kill it."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
