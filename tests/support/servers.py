"""The servers of a production set-up, started for a test on loopback and stopped after it: PostgreSQL and Chroma."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

_START_SECONDS = 60.0
#: PostgreSQL refuses to run as root; the tests of a container do.
_UNPRIVILEGED = "nobody"


def postgresql_missing() -> str | None:
    """Why no PostgreSQL server can be started here, or None."""
    missing = [name for name in ("initdb", "postgres") if shutil.which(name) is None]
    return f"PostgreSQL is not on this machine ({', '.join(missing)})" if missing else None


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The SQLAlchemy URL of an empty database on a server of its own, whose data are in ``folder``."""
    data = folder / "postgresql"
    data.mkdir()
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(data, user)
        _open_way(data)
    run = {"user": user, "cwd": data, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["initdb", "-D", data, "-A", "trust", "-U", "cabildo", "--no-sync"], check=True, **run)
    port = free_port()
    options = ["-F", "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-k", ""]
    server = subprocess.Popen(["postgres", "-D", data, *options], **run)
    with _stopped(server):
        _wait_for(server, lambda: _accepts(port))
        yield f"postgresql+psycopg://cabildo@127.0.0.1:{port}/postgres"


@contextmanager
def chroma(folder: Path) -> Iterator[str]:
    """The URL of an empty Chroma server, whose data are in ``folder``."""
    port = free_port()
    program = [sys.executable, "-c", "from chromadb.cli.cli import app; app()"]
    options = ["run", "--path", str(folder / "chroma"), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen([*program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    with _stopped(server):
        _wait_for(server, lambda: httpx.get(f"{url}/api/v2/heartbeat", timeout=1).is_success)
        yield url


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _open_way(folder: Path) -> None:
    """Let another user come through the temporary folders above, which belong to the tests' user alone."""
    for parent in folder.parents:
        if parent == parent.parent or parent.stat().st_uid != os.geteuid():
            break
        parent.chmod(parent.stat().st_mode | 0o011)


def _accepts(port: int) -> bool:
    import psycopg

    with psycopg.connect(host="127.0.0.1", port=port, user="cabildo", dbname="postgres", connect_timeout=2):
        return True


def _wait_for(server: subprocess.Popen[bytes], is_up: Callable[[], bool]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, f"the server stopped with {server.returncode}"
        with suppress(Exception):  # whatever a server says that is not up yet
            if is_up():
                return
        time.sleep(0.1)
    raise TimeoutError("the server does not answer")


@contextmanager
def _stopped(server: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
