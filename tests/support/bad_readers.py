"""A sandbox child with readers that do what hostile files make readers do; only tests start it."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.readers import READERS, ReaderEntry
from ingest.readers.content import ReadContent
from ingest.records import Block, Place
from ingest.sandbox_worker import serve


def hang(path: Path) -> None:
    while True:
        time.sleep(60)


def spin(path: Path) -> None:
    while True:
        pass


def hoard(path: Path) -> None:
    kept = []
    while True:
        kept.append(bytearray(64 * 1024 * 1024))


def crash(path: Path) -> None:
    ctypes.string_at(0)


def leave(path: Path) -> None:
    os._exit(0)


def slip(path: Path) -> None:
    raise ZeroDivisionError(path.read_text("utf-8"))


def talk(path: Path) -> None:
    print('{"parsed": null}\n' * 1000)
    os.write(1, b"nada\n" * 1000)


def connect(path: Path) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def run(path: Path) -> None:
    subprocess.run([sys.executable, "-c", ""], check=False)


def write(path: Path) -> None:
    path.with_suffix(".written").write_text("x")


def scratch(path: Path) -> str:
    """Leaves a file where temporary ones go."""
    with tempfile.NamedTemporaryFile(delete=False) as kept:
        kept.write(b"x")
    return kept.name


def tell(path: Path) -> str:
    """What the child sees of its environment."""
    return " ".join(sorted(os.environ))


def pid(path: Path) -> str:
    return str(os.getpid())


def reader_of(work: Callable[[Path], str | None]) -> Callable[[Path], ReadContent]:
    def read(path: Path) -> ReadContent:
        text = work(path) or "leído"
        return ReadContent(blocks=(Block(kind="heading", text=text, level=1, place=Place(cell="P1")),))

    return read


def main() -> None:
    for work in (hang, spin, hoard, crash, leave, slip, talk, connect, run, write, scratch, tell, pid):
        module: Any = types.ModuleType(f"ingest.readers.bad_{work.__name__}")
        module.read = reader_of(work)
        sys.modules[module.__name__] = module
        READERS[f".{work.__name__}"] = ReaderEntry(f"bad_{work.__name__}", "application/x-test")
    serve()


if __name__ == "__main__":
    main()
