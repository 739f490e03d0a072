"""Questions on the command line, one by one and in a chat, and the server that it starts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from assistant.answer import Question
from assistant.commands.serving import address, listen
from tests.assistant.cli.conftest import FakeAssistant, Run, environment


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
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "serve", "--port", "0"],
        cwd=tmp_path,
        env=environment(CABILDO_DATA_DIR=str(tmp_path / "data")),
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
