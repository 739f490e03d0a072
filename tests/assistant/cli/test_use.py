"""The frame of the command line: help, wrong use, settings, exit codes, commands of other packages."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant import cli
from assistant.answer import Answer, Question
from ingest.errors import InputError, NotFoundError, SettingsError, StoreError
from tests.assistant.cli.conftest import FakeAssistant, Run, environment


def test_help_comes_at_once_and_in_spanish() -> None:
    taken = []
    for _ in range(3):  # processor time, the best of three: the machine may be busy
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run(
            [sys.executable, "-m", "assistant.cli", "--help"],
            capture_output=True,
            text=True,
            env=environment(COLUMNS="100"),
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
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True)
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
    assert f"ValueError en {Path(__file__).name}" in ran.err
    assert "ciudadana" not in ran.err
    assert ran.err.count("\n") == 1


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    """As in ``cabildo --help | head -1``, with a pipe nobody reads."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as pipe:
        script = "import sys; from assistant.cli import main; sys.exit(main(['rows', '--help']))"
        ran = subprocess.run(
            [sys.executable, "-u", "-c", script], stdout=pipe, stderr=subprocess.PIPE, text=True, env=environment()
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
