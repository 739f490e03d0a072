from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

import assistant.api.documents as documents_routes
from assistant.answer import Answer, Citation, Question
from assistant.api import create_app
from assistant.api.jobs import JobBoard
from assistant.api.uploads import safe_name
from assistant.settings import Settings
from ingest.errors import CabildoError, InputError, NotFoundError
from ingest.pipeline import DocumentReport, IngestReport
from ingest.progress import Progress, Step
from ingest.records import Document, DocumentInfo, IndicatorRow, Overrides, Place
from ingest.standing import standing

DOCUMENT = Document(
    document_id="d1" * 32, name="plan.txt", info=DocumentInfo(entity="Puerto Nuevo", kind="plan"), rows=2
)
ROWS = [
    IndicatorRow(
        row_id=f"r{i}", document_id=DOCUMENT.document_id, kind="product", indicator=f"Obra {i}", place=Place(line=i)
    )
    for i in (1, 2)
]


class FakeKnowledge:
    """The knowledge base as the API uses it, with two rows."""

    def __init__(self) -> None:
        self.there = [DOCUMENT]
        self.wanted: Any = None
        self.closed = False

    def documents(self) -> list[Document]:
        return self.there

    def document(self, reference: str) -> Document:
        for document in self.there:
            if reference in (document.document_id, document.name):
                return document
        raise NotFoundError(f"No hay ningún documento «{reference}».")

    def rows(self, wanted: Any, limit: int | None = None, offset: int = 0) -> tuple[int, list[IndicatorRow]]:
        self.wanted = wanted
        return len(ROWS), ROWS[offset:][:limit]

    def row(self, row_id: str) -> IndicatorRow:
        for row in ROWS:
            if row.row_id == row_id:
                return row
        raise NotFoundError("No hay ninguna fila con ese identificador.")

    def snapshot(self) -> Any:
        return SimpleNamespace(standing=standing)

    def remove(self, document_id: str) -> None:
        self.there = [document for document in self.there if document.document_id != document_id]

    def close(self) -> None:
        self.closed = True


class FakeAssistant:
    """Repeats the question, or fails as it is told to."""

    fails: Exception | None = None
    fails_late: Exception | None = None

    def ask(self, question: Question, asker: object = None) -> Answer:
        if self.fails:
            raise self.fails
        return Answer(
            status="answered",
            answer=f"{question.question} [1]",
            citations=[Citation(n=1, kind="row", row_id="r1", quote="Obra 1")],
            conversation_id=question.conversation_id or "nueva",
        )

    def stream(self, question: Question, asker: object = None) -> Iterator[str | Answer]:
        answer = self.ask(question)
        yield answer.answer
        if self.fails_late:
            raise self.fails_late
        yield answer


@pytest.fixture
def knowledge() -> FakeKnowledge:
    return FakeKnowledge()


@pytest.fixture
def fake() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(knowledge: FakeKnowledge, fake: FakeAssistant, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path, max_file_mb=1, _env_file=None)
    app = create_app(settings, assistant=fake, knowledge=knowledge)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title", "status", "detail"} <= set(body)
    return body


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


# Asking


def test_an_answer_has_the_contracts_fields(client: TestClient) -> None:
    body = client.post("/v1/ask", json={"question": "¿Qué obra?", "conversation_id": "c1"}).json()
    assert body["status"] == "answered"
    assert body["answer"] == "¿Qué obra? [1]"
    assert body["conversation_id"] == "c1"
    assert body["citations"][0]["row_id"] == "r1"
    assert {"figures", "suggestions", "mode", "elapsed_ms", "answer_id"} <= set(body)


@pytest.mark.parametrize(
    "sent",
    [{}, {"question": "   "}, {"question": "x" * 5000}, {"question": 3}, {"question": "a", "entidad": "b"}, []],
)
def test_a_wrong_question_is_a_problem_that_names_the_field(client: TestClient, sent: Any) -> None:
    problem = assert_problem(client.post("/v1/ask", json=sent), 422)
    assert problem["errors"]
    assert all(set(error) == {"field", "message"} for error in problem["errors"])


def test_a_problem_never_repeats_what_was_sent(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": ["cedula 12345678"]})
    assert "12345678" not in response.text
    response = client.post(
        "/v1/ask", content=b'{"question": cedula 12345678', headers={"content-type": "application/json"}
    )
    assert_problem(response, 422)
    assert "12345678" not in response.text


def test_a_stream_ends_with_the_same_answer(client: TestClient) -> None:
    whole = client.post("/v1/ask", json={"question": "¿Qué obra?"}).json()
    response = client.post("/v1/ask/stream", json={"question": "¿Qué obra?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [name for name, _ in found] == ["delta", "answer"]
    assert found[0][1] == {"text": "¿Qué obra? [1]"}
    assert found[1][1] == whole


def test_a_stream_that_fails_before_its_first_word_is_an_ordinary_problem(
    client: TestClient, fake: FakeAssistant
) -> None:
    fake.fails = NotFoundError("No existe esa conversación.")
    problem = assert_problem(client.post("/v1/ask/stream", json={"question": "a"}), 404)
    assert problem["detail"] == "No existe esa conversación."


def test_a_stream_that_fails_later_says_so_in_an_event(client: TestClient, fake: FakeAssistant) -> None:
    fake.fails_late = RuntimeError("secreto")
    found = events(client.post("/v1/ask/stream", json={"question": "a"}).text)
    assert [name for name, _ in found] == ["delta", "error"]
    assert found[1][1]["status"] == 500
    assert "secreto" not in json.dumps(found)


# Errors


def test_an_unforeseen_error_gives_away_nothing_and_leaves_a_number(
    client: TestClient, fake: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    fake.fails = ValueError("correo de una ciudadana")
    with caplog.at_level(logging.ERROR):
        response = client.post("/v1/ask", json={"question": "a"})
    problem = assert_problem(response, 500)
    assert "ciudadana" not in response.text
    assert "Traceback" not in response.text
    assert problem["incident"] in caplog.text
    assert "ValueError" in caplog.text
    assert "ciudadana" not in caplog.text


def test_unknown_addresses_and_methods_are_problems_in_spanish(client: TestClient) -> None:
    assert assert_problem(client.get("/nada"), 404)["title"] == "No existe"
    response = client.delete("/v1/ask")
    assert assert_problem(response, 405)["title"] == "Método no admitido"
    assert response.headers["allow"] == "POST"


def test_an_error_of_the_house_without_a_status_of_its_own_is_a_500(client: TestClient, fake: FakeAssistant) -> None:
    fake.fails = CabildoError("No hay espacio en el disco.", hint="Libere espacio.")
    problem = assert_problem(client.post("/v1/ask", json={"question": "a"}), 500)
    assert problem["detail"] == "No hay espacio en el disco. Libere espacio."


# Rows


def test_rows_say_how_many_there_are_and_give_the_part_asked_for(client: TestClient, knowledge: FakeKnowledge) -> None:
    body = client.get("/v1/rows", params={"text": "obra", "kind": "product", "limit": 1, "offset": 1}).json()
    assert body["total"] == 2
    assert [row["row_id"] for row in body["rows"]] == ["r2"]
    assert body["rows"][0]["document"] == "plan.txt"
    assert knowledge.wanted.text == "obra"
    assert knowledge.wanted.kind == "product"


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "offset=-1", "kind=meta", "programa=salud"])
def test_a_filter_that_does_not_exist_is_never_ignored(client: TestClient, query: str) -> None:
    problem = assert_problem(client.get(f"/v1/rows?{query}"), 422)
    assert problem["errors"][0]["field"] == query.partition("=")[0]


def test_one_row_by_its_id(client: TestClient) -> None:
    assert client.get("/v1/rows/r2").json()["indicator"] == "Obra 2"
    assert_problem(client.get("/v1/rows/r9"), 404)
    assert_problem(client.get("/v1/rows/r1/page.png"), 404)


# Documents


def finished(client: TestClient, job_id: str) -> dict[str, Any]:
    for _ in range(200):
        job: dict[str, Any] = client.get(f"/v1/jobs/{job_id}").json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.02)
    raise AssertionError(f"job {job_id} does not end: {job}")


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
    ended = finished(client, job["id"])
    assert ended["state"] == "done"
    assert [item["document"] for item in ended["report"]["documents"]] == ["a.txt", "b.txt"]
    assert ingest.seen == {"a.txt": b"uno", "b.txt": b"dos"}
    assert ingest.overrides == ("Puerto Nuevo", None)


def test_uploaded_files_are_removed_whatever_happens(client: TestClient, ingest: Ingest) -> None:
    ingest.fails = InputError("El archivo está dañado.")
    job = finished(client, client.post("/v1/documents", files={"file": ("a.txt", b"uno")}).json()["id"])
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


# Health


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ready"


def test_not_ready_before_it_is_loaded(knowledge: FakeKnowledge, fake: FakeAssistant, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, _env_file=None), assistant=fake, knowledge=knowledge)  # type: ignore[arg-type]
    client = TestClient(app)  # without its lifespan
    assert client.get("/healthz").status_code == 200
    assert_problem(client.get("/readyz"), 503)


def test_a_knowledge_base_handed_over_is_left_open(client: TestClient, knowledge: FakeKnowledge) -> None:
    client.__exit__(None, None, None)
    assert not knowledge.closed
    client.__enter__()
