"""``cabildo eval run``: what it prints, what it leaves, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from assistant.answer import Answer, Question
from assistant.commands import common
from assistant.commands.spanish import SpanishGroup
from assistant.settings import Settings
from eval import command
from eval.commands import comparing, running, shared
from eval.record import Provenance
from eval.runs import save_run
from eval.targets import Target
from tests.eval.answers import answer, row
from tests.eval.runs import case, run_of

ROOT = Path(__file__).resolve().parents[2]
SET = """\
- id: a
  category: target
  question: ¿Cuántos puentes?
  expect: {status: answered, figures: ['12']}
- id: b
  category: target
  question: ¿Cuántas vías?
  expect: {status: answered, figures: ['40']}
"""


def ask(_question: Question) -> Answer:
    return answer("Son 12 [1].", row())


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line with this command alone, a scripted assistant behind it."""

    @contextmanager
    def scripted(*_: object, **__: object) -> Iterator[Target]:
        yield Target(ask, Provenance(embedder="hash"))

    monkeypatch.setattr("eval.targets.in_process", scripted)
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    for module in (running, comparing):
        monkeypatch.setattr(module, "command_settings", lambda: settings)
    (tmp_path / "set.yaml").write_text(SET, "utf-8")
    monkeypatch.chdir(tmp_path)
    app = typer.Typer(cls=SpanishGroup)
    command.register(app)
    return app


def call(app: typer.Typer, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["eval", "run", *arguments])


def test_a_run_prints_table_and_failures_and_leaves_its_json(cli: typer.Typer, tmp_path: Path) -> None:
    result = call(cli, "set.yaml", "--out", "corridas")
    assert result.exit_code == 0, result.output
    assert "falta la cifra 40" in result.stdout
    assert "target" in result.stdout
    assert "50,0" in result.stdout
    (path,) = (tmp_path / "corridas").glob("set-*.json")
    kept = json.loads(path.read_text("utf-8"))
    assert [(case["id"], case["grade"]["right"]) for case in kept["cases"]] == [("a", True), ("b", False)]
    assert kept["cases"][0]["answer"]["citations"][0]["document"] == "plan.txt"


def test_without_a_folder_runs_go_to_the_data(cli: typer.Typer, tmp_path: Path) -> None:
    assert call(cli, "set.yaml").exit_code == 0
    assert len(list((tmp_path / "data" / "runs").glob("set-*.json"))) == 1


@pytest.mark.parametrize(("bar", "code"), [("0.5", 0), ("50", 0), ("0.51", 1), ("51", 1), ("1", 1), ("0", 0)])
def test_a_score_under_the_bar_is_exit_code_1(cli: typer.Typer, bar: str, code: int) -> None:
    result = call(cli, "set.yaml", "--min-score", bar)
    assert result.exit_code == code
    assert ("No alcanza" in result.stderr) is (code == 1)


def test_a_bar_that_is_no_share_is_refused(cli: typer.Typer) -> None:
    assert call(cli, "set.yaml", "--min-score", "101").exit_code == 2


def test_a_set_that_is_not_there_is_told_in_one_line(cli: typer.Typer) -> None:
    result = call(cli, "otro.yaml")
    assert "No hay ningún conjunto" in str(result.exception)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(cli: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("", "utf-8")
    assert "--out" in str(call(cli, "set.yaml", "--out", "ocupado").exception)


def test_the_package_registers_the_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["cabildo.commands"]["eval"] == "eval.command:register"


def test_registering_imports_nothing_heavy() -> None:
    script = "import sys, eval.command; print([m for m in ('torch', 'chromadb', 'yaml', 'httpx') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_progress_is_quiet_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common.sys.stderr, "isatty", lambda: False, raising=False)
    with shared.progress_bar() as progress:
        assert progress is None


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "on_terminal", lambda: True)
    with shared.progress_bar() as progress:
        assert progress is not None
        progress(1, 2, "target-01")
        progress(2, 2, None)


# ------------------------------------------------------------------ two runs


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A run, and one in which a question broke and another is stale."""
    folder = tmp_path / "data" / "runs"
    save_run(run_of(case("a"), case("b"), run_id="prueba-1"), folder / "prueba-1.json")
    after = run_of(case("a", right=False), case("b", right=False, stale="la fila cambió"), run_id="prueba-2")
    save_run(after, folder / "prueba-2.json")
    return folder


def compare(app: typer.Typer, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["eval", "compare", *arguments])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("prueba-1", "prueba-2"), 0),
        (("prueba-1", "prueba-2", "--no-regressions"), 1),
        (("prueba-2", "prueba-1", "--no-regressions"), 0),
        (("prueba-1", "prueba-1", "--no-regressions"), 0),
        (("prueba-1", "prueba-2", "--min-score", "0.5"), 1),
        (("prueba-2", "prueba-1", "--min-score", "100"), 0),
    ],
)
def test_comparing_fails_under_a_bar_or_on_what_broke(
    cli: typer.Typer, two: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert compare(cli, *arguments).exit_code == code


def test_what_broke_is_named_and_what_the_documents_broke_can_be_let_pass(cli: typer.Typer, two: Path) -> None:
    told = compare(cli, "prueba-1", "prueba-2", "--no-regressions")
    assert "Preguntas rotas (2): a, b" in told.stderr
    told = compare(cli, "prueba-1", "prueba-2", "--no-regressions", "--stale-ok")
    assert "Preguntas rotas (1): a" in told.stderr


def test_comparisons_are_written_in_every_form(cli: typer.Typer, two: Path, tmp_path: Path) -> None:
    forms = ("--html", "r.html", "--markdown", "r.md", "--junit", "r.xml", "--json")
    told = compare(cli, "prueba-1", "prueba-2", *forms)
    assert json.loads(told.stdout)["broken"] == ["a", "b"]
    assert {path.name for path in tmp_path.glob("r.*")} == {"r.html", "r.md", "r.xml"}


def test_a_run_that_is_not_there_is_told_with_those_that_are(cli: typer.Typer, two: Path) -> None:
    assert "prueba-2" in str(compare(cli, "prueba-1", "prueba-9").exception)


def test_a_run_is_held_against_one_before(cli: typer.Typer, tmp_path: Path) -> None:
    assert call(cli, "set.yaml", "--save-as", "antes.json").exit_code == 0
    assert call(cli, "set.yaml", "--baseline", "antes.json", "--no-regressions").exit_code == 0
    kept = json.loads((tmp_path / "antes.json").read_text("utf-8"))
    kept["cases"][1]["grade"] = {"right": True}
    (tmp_path / "antes.json").write_text(json.dumps(kept), "utf-8")
    told = call(cli, "set.yaml", "--baseline", "antes.json", "--no-regressions")
    assert told.exit_code == 1
    assert "ROTA (1)" in told.stdout


def test_kept_runs_are_listed_and_shown_again(cli: typer.Typer, two: Path) -> None:
    listed = CliRunner().invoke(cli, ["eval", "runs"])
    assert "prueba-1" in listed.stdout
    shown = CliRunner().invoke(cli, ["eval", "report", "prueba-2"])
    assert shown.exit_code == 0
    assert "vencida: la fila cambió" in shown.stdout


def test_a_finished_run_leaves_no_journal(cli: typer.Typer, tmp_path: Path) -> None:
    call(cli, "set.yaml", "--out", "corridas")
    assert [path.suffix for path in (tmp_path / "corridas").iterdir()] == [".json"]
