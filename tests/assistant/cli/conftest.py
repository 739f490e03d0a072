"""The command line over a knowledge base and an assistant that are made up."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant import cli, opening
from assistant.answer import Answer, Question
from assistant.settings import Settings, read_settings
from ingest.errors import NotFoundError
from tests.support.fake_knowledge import FakeKnowledge, row_of

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., "Ran"]


class Ran(SimpleNamespace):
    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """What a process of its own needs to find the packages of this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


class FakeAssistant:
    """Finds nothing, whatever is asked; ``asked`` are the questions of the last one opened."""

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
    fake = FakeKnowledge(row_of("r1", "Canchas", line=3))
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
