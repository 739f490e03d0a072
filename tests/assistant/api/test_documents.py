"""Documents over HTTP: uploads as jobs, their names and sizes, and what is remembered of a job."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

import assistant.api.documents as documents_routes
from assistant.api.jobs import JobBoard
from assistant.api.uploads import safe_name
from ingest.errors import InputError, NotFoundError
from ingest.pipeline import DocumentReport, IngestReport
from ingest.progress import Progress, Step
from ingest.records import Overrides
from tests.assistant.api.conftest import assert_problem, finished
from tests.support.fake_knowledge import DOCUMENT


class Ingest:
    """Stands for the ingest: keeps what it was given and looks at the files while they are there."""

    def __init__(self) -> None:
        self.seen: dict[str, bytes] = {}
        self.folder: Path | None = None
        self.overrides: tuple[str | None, str | None] = (None, None)
        self.fails: Exception | None = None

    def __call__(
        self, settings: Any, knowledge: Any, paths: list[Path], given: Overrides, *, progress: Any
    ) -> IngestReport:
        self.folder = paths[0].parent
        self.overrides = (given.entity, given.period)
        progress(Step(0, len(paths), paths[0].name, "reading", 12, 300))
        if self.fails:
            raise self.fails
        self.seen = {path.name: path.read_bytes() for path in paths}
        reports = tuple(DocumentReport(document=path.name, status="added") for path in paths)
        return IngestReport(documents=reports, elapsed_s=0.1)


@pytest.fixture
def ingest(monkeypatch: pytest.MonkeyPatch) -> Ingest:
    stand_in = Ingest()
    monkeypatch.setattr(documents_routes, "ingest", stand_in)
    return stand_in


def test_documents_are_listed_and_taken_out(client: TestClient) -> None:
    body = client.get("/v1/documents").json()
    assert body["total"] == 1
    assert body["documents"][0]["document"] == "plan.txt"
    assert client.delete(f"/v1/documents/{DOCUMENT.document_id}").status_code == 204
    assert_problem(client.delete(f"/v1/documents/{DOCUMENT.document_id}"), 404)
    assert client.get("/v1/documents").json()["documents"] == []


def test_an_upload_is_a_job_whose_report_can_be_fetched(client: TestClient, ingest: Ingest) -> None:
    sent = [("file", ("a.txt", b"uno")), ("otro", ("../../b.txt", b"dos"))]
    response = client.post("/v1/documents", files=sent, data={"entity": "Puerto Nuevo", "period": " "})
    assert response.status_code == 202
    job = response.json()
    assert response.headers["location"] == f"/v1/jobs/{job['id']}"
    ended = finished(client, response)
    assert ended["state"] == "done"
    assert [item["document"] for item in ended["report"]["documents"]] == ["a.txt", "b.txt"]
    assert ingest.seen == {"a.txt": b"uno", "b.txt": b"dos"}
    assert ingest.overrides == ("Puerto Nuevo", None)


def test_uploaded_files_are_removed_whatever_happens(client: TestClient, ingest: Ingest) -> None:
    ingest.fails = InputError("El archivo está dañado.")
    job = finished(client, client.post("/v1/documents", files={"file": ("a.txt", b"uno")}))
    assert job["state"] == "failed"
    assert job["error"]["detail"] == "El archivo está dañado."
    assert ingest.folder is not None
    assert not ingest.folder.exists()


def test_an_upload_without_files_or_with_equal_names_is_refused(client: TestClient, ingest: Ingest) -> None:
    assert_problem(client.post("/v1/documents", data={"entity": "x"}), 422)
    assert_problem(client.post("/v1/documents", json={"file": "x"}), 422)
    twice = [("file", ("a.txt", b"uno")), ("file", ("a.txt", b"dos"))]
    assert_problem(client.post("/v1/documents", files=twice), 422)
    assert_problem(client.post("/v1/documents", files={"file": ("..", b"uno")}), 422)
    assert_problem(client.get("/v1/jobs/nada"), 404)


def test_a_file_that_is_too_large_is_refused_with_or_without_its_size(client: TestClient, ingest: Ingest) -> None:
    large = b"x" * 1_300_000
    assert "1 MB" in assert_problem(client.post("/v1/documents", files={"file": ("a.txt", large)}), 413)["detail"]

    def pieces() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(13):
            yield b"x" * 100_000
        yield b"\r\n--b--\r\n"

    chunked = client.post(
        "/v1/documents", content=pieces(), headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert_problem(chunked, 413)
    assert_problem(client.post("/v1/ask", json={"question": "x" * 1_100_000}), 413)
    assert ingest.seen == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Mis documentos\Rendición 2024.docx", "Rendición 2024.docx"),
        (".env", "env"),
        ("a\x00b\n.txt", "ab.txt"),
        ("n" * 300 + ".xlsx", "n" * 115 + ".xlsx"),
    ],
)
def test_a_file_is_kept_under_a_harmless_name(sent: str, kept: str) -> None:
    assert safe_name(sent) == kept


@pytest.mark.parametrize("sent", ["", "..", "a/", "\x00", " . "])
def test_a_file_without_a_name_is_refused(sent: str) -> None:
    with pytest.raises(InputError):
        safe_name(sent)


def test_a_job_tells_the_pages_of_the_file_at_work() -> None:
    board, go_on, told = JobBoard(), Event(), Event()

    def work(progress: Progress) -> dict[str, Any]:
        progress(Step(1, 3, "plan.pdf", "reading", 120, 300))
        told.set()
        go_on.wait(10)
        return {}

    job = board.submit(["a", "plan.pdf", "c"], work)
    assert told.wait(10)
    running = board.get(job.id).model_dump(mode="json")
    assert (running["done"], running["total"], running["current"]) == (1, 3, "plan.pdf")
    assert running["part"] == {"stage": "reading", "done": 120, "total": 300}
    go_on.set()
    board.close()
    assert board.get(job.id).part is None


def test_old_jobs_are_forgotten_but_never_unfinished_ones() -> None:
    board, go_on = JobBoard(), Event()
    jobs = [board.submit(["a"], lambda progress: {"ok": go_on.wait(10)}) for _ in range(300)]
    assert board.get(jobs[0].id).state in ("queued", "running")  # 300 unfinished ones: all kept
    go_on.set()
    board.close()
    board = JobBoard()
    jobs = [board.submit(["a"], lambda progress: {}) for _ in range(300)]
    deadline = time.monotonic() + 10
    while board.get(jobs[-1].id).state != "done" and time.monotonic() < deadline:
        time.sleep(0.01)
    last = board.submit(["a"], lambda progress: {})
    with pytest.raises(NotFoundError):
        board.get(jobs[0].id)
    assert board.get(jobs[-1].id).report == {}
    assert board.get(last.id).id == last.id
    board.close()
