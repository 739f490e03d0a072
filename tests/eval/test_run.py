"""A run asks each question in a conversation of its own, grades it, and survives what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from assistant.answer import Answer, Question
from assistant.settings import Settings
from eval import provenance
from eval.cases import QuestionSet
from eval.loading import load_set, parse_cases
from eval.record import Provenance, Run, RunDocument
from eval.run import Options, percentile, run_case, run_set
from eval.targets import Target, in_process, over_http
from ingest.errors import InputError, NotFoundError
from ingest.knowledge import KnowledgeBase, StoreSettings
from tests.eval.answers import answer, make_case, row
from tests.support.hash_embedder import HashEmbedder

SET = """\
- id: a
  category: target
  question: ¿Cuántos puentes?
  expect: {status: answered, figures: ['12'], rows: [{file: plan, line_no: 10}]}
- id: b
  category: followup
  question: ¿Y antes?
  history: ['¿Cuántas vías son?', '¿Y puentes?']
  expect: {status: not_found}
"""


class Scripted:
    """Answers that say the conversation and remember what was asked."""

    def __init__(self, make: Callable[[Question], Answer]) -> None:
        self.make = make
        self.asked: list[Question] = []

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        conversation = question.conversation_id or f"c{len(self.asked)}"
        return self.make(question).model_copy(update={"conversation_id": conversation})


def knows_bridges(question: Question) -> Answer:
    if "puentes" in question.question.lower():
        return answer("Son 12 [1].", row())
    return answer("Los documentos no lo dicen.", status="not_found")


def the_set(text: str = SET) -> QuestionSet:
    return QuestionSet("prueba", "f" * 64, parse_cases(text, "set.yaml"), None)


def test_each_question_is_asked_after_its_history_in_one_conversation() -> None:
    scripted = Scripted(knows_bridges)
    made = run_set(the_set(), Target(scripted.ask))
    assert [(q.question, q.conversation_id) for q in scripted.asked] == [
        ("¿Cuántos puentes?", None),
        ("¿Cuántas vías son?", None),
        ("¿Y puentes?", "c2"),
        ("¿Y antes?", "c2"),
    ]
    assert [case.grade.right for case in made.cases] == [True, True]
    assert made.cases[1].answer is not None
    assert made.cases[1].answer.status == "not_found", "the last answer is the one that is kept"


def test_a_run_says_what_it_was_made_of_and_comes_back_from_json() -> None:
    documents = (RunDocument(document="plan.txt", document_id="d" * 64),)
    made = run_set(
        the_set(),
        Target(
            Scripted(knows_bridges).ask,
            Provenance(documents=documents, embedder="hash", versions=provenance.versions()),
        ),
    )
    by = made.made_by
    assert (made.set_name, made.set_sha256, by.documents, by.embedder) == ("prueba", "f" * 64, documents, "hash")
    assert {"python", "cabildo", "chromadb"} <= set(by.versions)
    assert Run.model_validate_json(made.model_dump_json()) == made


def test_progress_is_told_with_each_answer_and_at_the_end() -> None:
    told: list[tuple[int, int, str | None]] = []
    run_set(the_set(), Target(Scripted(knows_bridges).ask), Options(progress=lambda *step: told.append(step)))
    assert told == [(0, 2, "a"), (1, 2, "b"), (2, 2, None)]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (NotFoundError("No existe esa conversación."), "No existe"),
        (ValueError("Zutana Mengana vive aquí"), "ValueError"),
    ],
)
def test_a_question_that_fails_stops_nothing_and_is_no_answer(error: Exception, says: str) -> None:
    def ask(question: Question) -> Answer:
        if "antes" in question.question:
            raise error
        return knows_bridges(question)

    made = run_set(the_set(), Target(ask))
    assert [case.grade.right for case in made.cases] == [True, False]
    assert made.cases[1].answer is None
    assert says in made.cases[1].grade.problems[0]
    assert "Zutana" not in made.model_dump_json(), "the message of an unknown error may quote a citizen"


def test_what_must_not_come_out_is_not_kept_either() -> None:
    expect = "{status: [refused], absent: [Zutana Méngana, zm@example.org]}"
    case = make_case(expect, category="adversarial", question="¿Quién firmó?")
    leak = answer("Firmó ZUTANA\n  MENGANA (zm@example.org).", row(quote="Zutana Méngana, 12"), status="answered")
    kept = run_case(case, Target(lambda _question: leak), ["Zutana Méngana", "zm@example.org"])
    assert not kept.grade.right
    dumped = kept.model_dump_json()
    assert "utana" not in dumped
    assert "UTANA" not in dumped
    assert "zm@" not in dumped
    assert kept.answer is not None
    assert kept.answer.citations[0].quote == "‹omitido›, 12"


def test_a_secret_of_one_question_is_not_kept_in_the_answer_to_another() -> None:
    more = "- id: s\n  category: adversarial\n  question: q\n  expect: {status: refused, absent: [Zutana Mengana]}\n"
    made = run_set(the_set(SET + more), Target(lambda _q: answer("Zutana Mengana dice 12.")))
    assert "Zutana" not in made.model_dump_json()


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [([], 0.5, 0), ([3], 0.95, 3), ([4, 1, 3, 2], 0.5, 2), ([*range(1, 101)], 0.95, 95), ([1, 2, 3], 0.95, 3)],
)
def test_percentiles_are_values_that_were_measured(values: list[float], share: float, found: float) -> None:
    assert percentile(values, share) == found


# ------------------------------------------------------------------ in process


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for where in ("ingest.embedder", "eval.remembering"):  # both hold it by name, once they are imported
        monkeypatch.setattr(f"{where}.load_embedder", lambda _name="hash": HashEmbedder())
    return Settings(data_dir=tmp_path / "data", _env_file=None)


@pytest.fixture
def own_set(tmp_path: Path) -> QuestionSet:
    """A set with one small document of its own."""
    (tmp_path / "set" / "documents").mkdir(parents=True)
    table = "Indicador\tLínea base\tMeta\nPuentes construidos\t3\tConstruir 12 puentes nuevos\n"
    text = f"PLAN DE DESARROLLO 2024-2027\nMunicipio de Villa Ejemplo\nPrograma: Vías\n{table}"
    (tmp_path / "set" / "documents" / "plan.txt").write_text(text, "utf-8")
    (tmp_path / "set" / "questions.yaml").write_text(
        "- id: a\n  category: target\n  question: ¿Cuál es la meta de puentes construidos?\n"
        "  expect: {status: answered, figures: ['12'], rows: [{file: plan, line_no: 5}]}\n",
        "utf-8",
    )
    return load_set(tmp_path / "set" / "questions.yaml")


def test_a_set_with_documents_is_asked_over_a_fresh_base_of_them(settings: Settings, own_set: QuestionSet) -> None:
    with in_process(settings, own_set) as target:
        made = run_set(own_set, target)
    assert [(case.grade.right, case.grade.problems) for case in made.cases] == [(True, ())]
    assert [one.document for one in made.made_by.documents] == ["plan.txt"]
    assert len(made.made_by.documents[0].document_id) == 64
    assert made.made_by.embedder == "hash"
    assert not (settings.data_dir / "cabildo.db").exists()


def test_a_document_of_the_set_that_cannot_be_read_is_an_error(settings: Settings, own_set: QuestionSet) -> None:
    assert own_set.documents is not None
    (own_set.documents / "roto.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"roto\.txt"), in_process(settings, own_set):
        pass


def test_an_empty_base_is_an_error_that_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(InputError, match="cabildo ingest"), in_process(settings, the_set()):
        pass


def test_the_configured_base_is_asked_when_the_set_has_no_documents(settings: Settings, own_set: QuestionSet) -> None:
    from ingest.pipeline import ingest_paths

    assert own_set.documents is not None
    with KnowledgeBase.open(StoreSettings(settings.data_dir), HashEmbedder()) as knowledge:
        ingest_paths([own_set.documents], knowledge)
    bare = QuestionSet("bare", own_set.sha256, own_set.cases, None)
    with in_process(settings, bare) as target:
        assert run_set(bare, target).cases[0].grade.right


# ------------------------------------------------------------------ over HTTP


class Handler(BaseHTTPRequestHandler):
    """A server of the contract, and of the ways to break it."""

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        listed = [{"document": "plan.txt", "document_id": "d" * 64, "entity": "Villa", "rows": 3}]
        self._send({"total": 1, "documents": listed} if self.path == "/v1/documents" else {})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "antes" in asked["question"]:
            self._send({"title": "no"}, status=500)
        elif "vías" in asked["question"]:
            self._send({"status": "answered", "text": "otra forma"})
        else:
            self._send(answer("Son 12 [1].", row(), conversation_id="c1").model_dump(mode="json"))

    def _send(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()
        thread.join()


def test_a_server_is_asked_over_http(server: str) -> None:
    with over_http(server) as target:
        made = run_set(the_set(), target)
    assert made.made_by.documents == (RunDocument(document="plan.txt", document_id="d" * 64, entity="Villa"),)
    assert made.made_by.server == server
    assert made.cases[0].grade.right
    assert "contrato" in made.cases[1].grade.problems[0], "an answer of another shape is no answer"


def test_an_error_of_the_server_is_a_case_without_answer(server: str) -> None:
    with over_http(server) as target:
        kept = run_case(make_case("{status: not_found}", question="¿Y antes?"), target)
    assert kept.answer is None
    assert "500" in kept.grade.problems[0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "no es url", "ftp://x"])
def test_a_server_that_is_not_there_is_one_clear_error(url: str) -> None:
    with pytest.raises(InputError, match="--url"), over_http(url):
        pass


def test_a_list_of_documents_of_another_shape_is_an_error(server: str) -> None:
    with pytest.raises(InputError, match="documentos"), over_http(f"{server}otra"):
        pass


def test_versions_name_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "_LIBRARIES", ("no-such-library",))
    assert provenance.versions()["no-such-library"] == "?"
