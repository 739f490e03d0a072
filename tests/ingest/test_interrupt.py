"""Ctrl-C at any moment of an ingest: one line, nothing half there, nobody left behind; the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eval.bench.long_pdf import LongPdf, write_long_pdf
from eval.bench.watching import descendants
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.unfinished import CHUNK
from tests.support.hash_embedder import HashEmbedder

ROOT = Path(__file__).resolve().parents[2]
LINE = "Carga interrumpida: lo que ya se guardó queda. Repita la orden para seguir donde iba.\n"
LONG = LongPdf(pages=30, rows=300)
SHORT = "PLAN DE DESARROLLO 2024-2027\nPrograma: Vías\nIndicador\tLínea base\tMeta\nPuentes {}\t3\t12 puentes\n"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent as on POSIX systems")


@pytest.fixture(scope="module")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("largo") / "largo.pdf"
    write_long_pdf(path, LONG)
    return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path, long_pdf: bytes) -> Path:
    """A short document, a long one, and another short one."""
    path = tmp_path / "docs"
    path.mkdir()
    for name in ("a", "c"):
        (path / f"{name}.txt").write_text(SHORT.format(name), "utf-8")
    (path / "b.pdf").write_bytes(long_pdf)
    return path


def started(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "CABILDO_DATA_DIR": str(folder.parent / "data"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.support.slow_ingest", "ingest", str(folder)]
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def interrupted(folder: Path, moment: str) -> list[str]:
    """What a run said until Ctrl-C was pressed after it said ``moment`` of the long document."""
    with started(folder) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line.strip())
            if "read b.pdf 0" in said and line.strip() == moment:
                break
        below = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=30)
    assert moment in said, (said, error)
    assert (process.returncode, error) == (130, LINE)
    assert "Documentos" not in out
    assert below == [] or not any(map(is_running, below))
    return said


def is_running(pid: int) -> bool:
    for _ in range(20):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


def finished(folder: Path) -> list[str]:
    """What a run said that nobody stopped."""
    with started(folder) as process:
        out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (0, "")
    return out.splitlines()


def names(folder: Path) -> list[str]:
    """The documents that are whole; nothing of another is to be seen."""
    with KnowledgeBase.open(StoreSettings(folder.parent / "data"), HashEmbedder()) as base:
        assert {notice.code for notice in base.check()} <= {"leftovers", "originals-swept"}
        snapshot = base.snapshot()
        assert sum(one.rows + one.passages for one in snapshot.documents) == len(snapshot.rows) + len(snapshot.passages)
        return [document.name for document in base.documents()]


def vectors_made(said: list[str]) -> int:
    return sum(int(line.split()[1]) for line in said if line.startswith("vectors"))


@pytest.mark.timeout(300)
def test_an_ingest_that_is_interrupted_at_any_moment_goes_on_where_it_was(folder: Path) -> None:
    said = interrupted(folder, "read b.pdf 20")
    assert names(folder) == ["a.txt"]

    said = interrupted(folder, f"vectors {CHUNK}")
    assert "read b.pdf 20" in said, "reading was cut short: it begins again"
    assert "read a.txt 0" in said

    for moment in ("step some vectors", "step before commit", "step inside commit"):
        said = interrupted(folder, moment)
        assert names(folder) == ["a.txt"]
        assert "read b.pdf 20" not in said, "a long reading is not repeated"

    assert vectors_made(said) == 0, "nor is what was embedded"
    interrupted(folder, "step committed")
    assert names(folder) == ["a.txt", "b.pdf"]

    said = finished(folder)
    assert any("1 nuevo, 2 sin cambios" in line for line in said)
    assert names(folder) == ["a.txt", "b.pdf", "c.txt"]
