"""The bars of an ingest: documents, and the pages or texts of the one at work."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from assistant.commands import progress
from assistant.commands.progress import progress_bar, said
from ingest.progress import Step


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(0, 2, "plan.pdf", "reading", 12, 300), "leyendo plan.pdf, página 12 de 300"),
        (Step(0, 2, "plan.txt", "reading"), "leyendo plan.txt"),
        (Step(1, 2, "plan.pdf", "embedding", 256, 1651), "calculando vectores, texto 256 de 1651"),
        (Step(1, 2, "plan.pdf", "saving"), "guardando"),
        (Step(2, 2), ""),
    ],
)
def test_a_step_in_words(step: Step, words: str) -> None:
    assert said(step) == words


def test_nobody_watches_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "on_terminal", lambda: False)
    with progress_bar() as tell:
        assert tell is None


def test_a_terminal_shows_the_page_of_the_document_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    terminal = Console(file=out, force_terminal=True, width=120, markup=False)
    monkeypatch.setattr(progress, "on_terminal", lambda: True)
    monkeypatch.setattr(progress, "console", lambda stderr: terminal)
    with progress_bar() as tell:
        assert tell is not None
        tell(Step(1, 3, "[b]plan[/b].pdf", "reading", 120, 300))
    shown = out.getvalue()
    assert "leyendo [b]plan[/b].pdf, página 120 de 300" in shown
    assert "1/3" in shown
    assert "120/300" in shown
