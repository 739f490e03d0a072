from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import openpyxl
import pytest

from assistant import cli, ingesting, opening
from assistant.answer import Answer, Question
from assistant.commands.serving import address, listen
from assistant.settings import Settings, read_settings
from ingest.errors import InputError, NotFoundError, SettingsError, StoreError
from ingest.pipeline import DocumentReport, IngestReport
from ingest.records import Document, DocumentInfo, Extraction, IndicatorRow, Notice, Overrides, Place, ReadDocument
from ingest.standing import standing
from ingest.told import TableLeft

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = Document(
    document_id="ab" * 32, name="plan.txt", info=DocumentInfo(entity="Puerto Nuevo", kind="plan"), rows=1
)
ROW = IndicatorRow(
    row_id="r1", document_id=DOCUMENT.document_id, kind="product", indicator="Canchas", place=Place(line=3)
)

Run = Callable[..., "Ran"]


class Ran(SimpleNamespace):
    code: int
    out: str
    err: str


class FakeKnowledge:
    def __init__(self) -> None:
        self.wanted: Any = None
        self.notices: list[Notice] = []
        self.differences: dict[str, tuple[Notice, ...]] = {}
        self.embedder = SimpleNamespace(name="minilm")
        self.closed = False

    def documents(self) -> list[Document]:
        return [DOCUMENT]

    def rows(self, wanted: Any, limit: int | None = None, offset: int = 0) -> tuple[int, list[IndicatorRow]]:
        self.wanted = wanted
        return 1, [ROW]

    def snapshot(self) -> Any:
        return SimpleNamespace(standing=standing, linked={}, differences=self.differences)

    def remove(self, reference: str) -> Document:
        if reference not in (DOCUMENT.name, DOCUMENT.document_id[:4]):
            raise NotFoundError(f"No hay ningún documento «{reference}».", hint="Vea la lista con `cabildo documents`.")
        return DOCUMENT

    def check(self) -> list[Notice]:
        return self.notices

    def close(self) -> None:
        self.closed = True


class FakeAssistant:
    asked: list[Question]

    def __init__(self, knowledge: Any, settings: Settings) -> None:
        FakeAssistant.asked = []

    def ask(self, question: Question, asker: object = None) -> Answer:
        FakeAssistant.asked.append(question)
        if question.question == "falla":
            raise NotFoundError("No existe esa conversación.")
        return Answer(status="not_found", answer="Los documentos no lo dicen.", conversation_id="c7")

    def close(self) -> None: ...


@pytest.fixture
def knowledge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeKnowledge:
    for name in [name for name in os.environ if name.startswith("CABILDO_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CABILDO_DATA_DIR", str(tmp_path / "data"))
    read_settings.cache_clear()
    fake = FakeKnowledge()
    monkeypatch.setattr(opening, "open_knowledge", lambda settings: fake)
    monkeypatch.setitem(sys.modules, "assistant.assistant", SimpleNamespace(Assistant=FakeAssistant))
    return fake


@pytest.fixture
def run(knowledge: FakeKnowledge, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Ran:
        code = cli.main(arguments)
        captured = capsys.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    return run


# The frame


def test_help_comes_at_once_and_in_spanish() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    taken = []
    for _ in range(3):  # processor time, the best of three: the machine may be busy
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run(
            [sys.executable, "-m", "assistant.cli", "--help"],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert "Órdenes" in ran.stdout
    assert "Options" not in ran.stdout
    assert "Show this message" not in ran.stdout
    assert min(taken) < 0.5


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys; from assistant import cli; cli.main(['--help']);"
        "heavy = {'torch', 'chromadb', 'sentence_transformers', 'langchain', 'numpy', 'fastapi', 'sqlalchemy'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert ran.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nada",), "No existe la orden «nada»"),
        (("rows", "--kindd", "x"), "No existe la opción --kindd"),
        (("rows", "--kind", "meta"), "--kind: «meta» no es uno de"),
        (("serve", "--port", "abc"), "número entero"),
        (("serve", "--port", "70000"), "65535 o menos"),
        (("ask",), "Falta PREGUNTA"),
        (("ask", "a", "b"), "Sobra «b»"),
        (("ask", "  "), "La pregunta está vacía"),
        (("ingest",), "Falta RUTA"),
        (("rows", "--format", "xlsx"), "--out"),
        (("rows", "--format", "table", "--out", "x.txt"), "json, csv o xlsx"),
        (("rows", "--out", "x.doc"), "--format"),
    ],
)
def test_wrong_use_is_exit_code_2_with_one_line_in_spanish(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_no_command_shows_the_help_and_is_wrong_use(run: Run) -> None:
    ran = run()
    assert ran.code == 2
    assert "Órdenes" in ran.out


def test_a_wrong_setting_is_exit_code_2_and_names_the_variable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABILDO_MAX_FILE_MB", "mucho")
    ran = run("documents")
    assert ran.code == 2
    assert "CABILDO_MAX_FILE_MB" in ran.err


def test_a_setting_that_nothing_reads_is_told_and_stops_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABILDO_DATADIR", "/x")
    ran = run("documents", "--json")
    assert ran.code == 0
    assert "CABILDO_DATA_DIR" in ran.err
    json.loads(ran.out)


@pytest.mark.parametrize(
    ("error", "code"),
    [(SettingsError("a"), 2), (StoreError("a"), 2), (InputError("a"), 1), (NotFoundError("a"), 1), (ValueError(), 1)],
)
def test_errors_have_their_exit_codes(error: Exception, code: int) -> None:
    assert cli.exit_code_of(error) == code


def test_an_unforeseen_error_is_one_line_without_what_it_quotes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Any, question: Question, asker: object = None) -> Answer:
        raise ValueError("correo de una ciudadana")

    monkeypatch.setattr(FakeAssistant, "ask", broken)
    ran = run("ask", "algo")
    assert ran.code == 1
    assert "ValueError en test_cli.py" in ran.err
    assert "ciudadana" not in ran.err
    assert ran.err.count("\n") == 1


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    """As in ``cabildo --help | head -1``, with a pipe nobody reads."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as pipe:
        script = "import sys; from assistant.cli import main; sys.exit(main(['rows', '--help']))"
        ran = subprocess.run(
            [sys.executable, "-u", "-c", script], stdout=pipe, stderr=subprocess.PIPE, text=True, env=environment
        )
    assert ran.stderr == ""


def test_other_packages_add_commands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry(SimpleNamespace):
        def load(self) -> Any:
            if self.broken:
                raise ImportError("x")
            return lambda app: app.command("extra")(lambda: print("hecho"))

    entries = [Entry(name="extra", broken=False), Entry(name="roto", broken=True)]
    monkeypatch.setattr(cli, "entry_points", lambda group: entries)
    ran = run("extra")
    assert ran.code == 0
    assert ran.out == "hecho\n"
    assert "«roto»" in ran.err


# Documents


def report(*documents: DocumentReport) -> IngestReport:
    return IngestReport(documents=documents, elapsed_s=0.1)


READ = DocumentReport(
    document="a.txt",
    document_id="aa",
    status="added",
    rows=2,
    passages=1,
    tables=1,
    warnings=(Notice(code="cut", message="La celda está cortada.", place="línea 4"),),
)
FAILED = DocumentReport(
    document="b.pdf", status="failed", warnings=(Notice(code="unreadable", message="El archivo está vacío."),)
)


def test_an_ingest_tells_counts_and_one_line_for_each_warning_and_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "ingest", lambda *a, **k: report(READ, FAILED))
    ran = run("ingest", "docs")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[0] == "Documentos: 1 nuevo, 1 no se pudo leer."
    assert lines[1] == "En ellos hay 2 filas, 1 pasaje y 1 tabla."
    assert lines[2:] == [
        "a.txt: 1 tabla, 2 filas, 1 pasaje.",
        "aviso: a.txt, línea 4: La celda está cortada.",
        "error: b.pdf: El archivo está vacío.",
    ]


def test_an_ingest_tells_kinds_of_rows_tables_left_and_few_of_many_like_warnings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(Notice(code="cut", message="Cortada.", place=f"línea {i}") for i in range(8))
    changed = {
        "warnings": many,
        "rows_by_kind": {"result": 1, "product": 1},
        "tables_left": (TableLeft(place="hoja Ingresos, celdas A1:C9", why="no tiene columna de meta"),),
    }
    monkeypatch.setattr(ingesting, "ingest", lambda *a, **k: report(READ.model_copy(update=changed)))
    lines = run("ingest", "docs").out.splitlines()
    assert lines[2] == "a.txt: 1 tabla, 2 filas (1 de resultado, 1 de producto), 1 pasaje."
    assert lines[3] == "tabla sin filas: a.txt, hoja Ingresos, celdas A1:C9: no tiene columna de meta."
    assert lines[4:9] == [f"aviso: a.txt, línea {i}: Cortada." for i in range(5)]
    assert lines[9:] == ["aviso: a.txt: y 3 más como estos; véalos con --json."]


def test_an_ingest_as_json_prints_the_report_and_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "ingest", lambda *a, **k: report(READ))
    ran = run("ingest", "docs", "--json")
    assert ran.code == 0
    (one,) = json.loads(ran.out)["documents"]
    assert set(one) >= {"document", "document_id", "status", "rows", "passages", "tables", "warnings"}
    assert one["warnings"][0]["place"] == "línea 4"


def test_an_ingest_hands_on_what_was_said_of_the_documents(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def ingest(settings: Any, knowledge: Any, paths: list[Path], overrides: Overrides, **options: Any) -> IngestReport:
        given.update(paths=paths, overrides=overrides, **options)
        return report()

    monkeypatch.setattr(ingesting, "ingest", ingest)
    ran = run("ingest", "a", "b", "--entity", "Chía", "--period", "2024-2027", "--prune")
    assert ran.code == 0
    assert given["paths"] == [Path("a"), Path("b")]
    assert given["overrides"] == Overrides(entity="Chía", period="2024-2027")
    assert given["prune"] is True
    assert given["progress"] is None  # nobody watches a pipe


def test_documents_are_listed_and_removed(run: Run, knowledge: FakeKnowledge) -> None:
    (one,) = json.loads(run("documents", "--json").out)
    assert one["document"] == "plan.txt"
    assert "plan.txt" in run("documents").out
    assert "«plan.txt»" in run("remove", "abab").err
    ran = run("remove", "otro")
    assert ran.code == 1
    assert "«otro»" in ran.err
    assert knowledge.closed


# Rows


def test_rows_as_json_are_a_list_of_objects(run: Run, knowledge: FakeKnowledge) -> None:
    ran = run("rows", "--format", "json", "--kind", "product", "--text", "canchas", "--document", "plan.txt")
    (row,) = json.loads(ran.out)
    assert row["indicator"] == "Canchas"
    assert row["document"] == "plan.txt"
    assert (knowledge.wanted.kind, knowledge.wanted.text, knowledge.wanted.document) == (
        "product",
        "canchas",
        "plan.txt",
    )
    assert "Canchas" in run("rows").out


def test_the_files_name_says_the_format(run: Run, tmp_path: Path) -> None:
    assert run("rows", "--out", str(tmp_path / "r.csv")).code == 0
    assert "Canchas" in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert run("rows", "--out", str(tmp_path / "r.xlsx")).code == 0
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active.max_row == 2
    assert run("rows", "--out", str(tmp_path / "r.json")).out == ""
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))[0]["row_id"] == "r1"


def test_a_place_where_nothing_can_be_written_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("rows", "--out", str(tmp_path / "no" / "r.csv"))
    assert ran.code == 1
    assert "No se puede escribir" in ran.err


# Asking


def test_any_answer_is_exit_code_0(run: Run) -> None:
    ran = run("ask", "¿Qué hay?", "--entity", "Chía", "--conversation", "c7")
    assert ran.code == 0
    assert "Los documentos no lo dicen." in ran.out
    assert FakeAssistant.asked == [Question(question="¿Qué hay?", conversation_id="c7", entity="Chía")]


def test_an_answer_as_json_is_the_contracts_object(run: Run) -> None:
    answer = json.loads(run("ask", "¿Qué hay?", "--json").out)
    assert answer["status"] == "not_found"
    assert set(answer) >= {"answer", "citations", "figures", "suggestions", "conversation_id", "mode", "elapsed_ms"}


def test_a_chat_goes_on_with_its_conversation_and_survives_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["uno", "", "falla", "dos", "Salir."])
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    ran = run("chat")
    assert ran.code == 0
    assert [(asked.question, asked.conversation_id) for asked in FakeAssistant.asked] == [
        ("uno", None),
        ("falla", "c7"),
        ("dos", "c7"),
    ]
    assert "No existe esa conversación." in ran.err


def test_a_chat_ends_where_its_input_ends(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    assert run("chat").code == 0


# Checking and serving


def test_check_says_what_is_configured_and_fails_when_something_does_not_fit(
    run: Run, knowledge: FakeKnowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABILDO_DATABASE_URL", "postgresql+psycopg://cabildo:secreto@db/cabildo")
    monkeypatch.setenv("CABILDO_CHAT_API_KEY", "secreto")
    read_settings.cache_clear()
    ran = run("check")
    assert ran.code == 0
    assert "Catálogo: servidor (postgresql)" in ran.out
    assert "1 documentos" not in ran.out
    assert "secreto" not in ran.out
    knowledge.notices = [Notice(code="vectors-missing", message="Faltan vectores.")]
    ran = run("check")
    assert ran.code == 1
    assert "Faltan vectores." in ran.out


def test_check_tells_what_documents_say_differently_and_that_is_no_failure(run: Run, knowledge: FakeKnowledge) -> None:
    said = Notice(code="same-row-differs", message="La meta es otra en «b.txt».", place="línea 3")
    knowledge.differences = {DOCUMENT.document_id: (said,)}
    ran = run("check")
    assert ran.code == 0
    assert "- plan.txt, línea 3: La meta es otra en «b.txt»." in ran.out
    (one,) = json.loads(run("check", "--json").out)["among_documents"]
    assert (one["document"], one["code"]) == ("plan.txt", "same-row-differs")


def test_the_address_shown_is_one_that_a_browser_opens() -> None:
    assert address("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80"
    assert address("::1", 80) == "http://[::1]:80"


def test_a_taken_port_is_one_line_and_exit_code_2(run: Run) -> None:
    with listen("127.0.0.1", 0) as taken:
        ran = run("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "No se puede escuchar" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.slow
def test_the_server_answers_and_ends_in_peace(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CABILDO_DATA_DIR": str(tmp_path / "data")}
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        said = server.stderr.readline()
        url = said.split()[-1]
        assert httpx.get(f"{url}/readyz", timeout=30).json() == {"status": "ready", "documents": 0}
        assert httpx.post(f"{url}/v1/ask", json={"question": "¿Qué hay?"}, timeout=30).json()["status"] == "not_found"
        server.terminate()
        assert server.wait(20) == 0
        assert server.stderr.read() == ""
    finally:
        server.kill()
        server.wait()
        if server.stderr is not None:
            server.stderr.close()


# What documents are of


def test_who_ingests_wins_over_the_folders_file_and_that_over_its_parents(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "cabildo.yaml").write_text("entity: Fuera\n")
    (tmp_path / "a" / "cabildo.yaml").write_text("entity: Chía\nkind: plan\n", encoding="utf-8")
    of = ingesting.folder_overrides([tmp_path / "a"], Overrides(period="2025"))
    assert of(inner / "x.txt") == Overrides(entity="Chía", kind="plan", period="2025")
    of = ingesting.folder_overrides([inner], Overrides(entity="Cali"))
    assert of(inner / "x.txt") == Overrides(entity="Cali")  # what lies above the folder given has no say


@pytest.mark.parametrize("content", ["entidad: Chía\n", "kind: mapa\n", "- a\n", "a: [\n"])
def test_a_folders_file_that_is_not_understood_is_an_error_that_names_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "cabildo.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"cabildo\.yaml"):
        ingesting.read_folder_settings(tmp_path)


def test_defaults_hold_only_for_what_the_document_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.pipeline

    def extract(document: ReadDocument, overrides: Overrides) -> Extraction:
        info = DocumentInfo(entity=overrides.entity, period=overrides.period or "2020-2023")
        return Extraction(info=info, rows=(), prose=())

    stages = ingest.pipeline.Stages(None, extract, None, "7", frozenset())  # type: ignore[arg-type]
    monkeypatch.setattr(ingest.pipeline, "default_stages", lambda: stages)
    settings = Settings(default_entity="Chía", default_period="2024-2027")
    made = ingesting.configured_stages(settings)
    document = ReadDocument(name="a", sha256="0", media_type="text/plain", blocks=())
    assert made.extract(document, Overrides()).info == DocumentInfo(entity="Chía", period="2020-2023")
    assert made.extract(document, Overrides(entity="Cali")).info.entity == "Cali"
    assert made.version != ingesting.configured_stages(Settings()).version
