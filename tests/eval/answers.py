"""Hand-made cases and answers for the tests of grading, all invented."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer, AnswerFigure, Citation
from eval.cases import Case
from eval.loading import parse_cases


def make_case(expect: str, *, category: str = "target", question: str = "¿Cuál es la meta?", more: str = "") -> Case:
    """The case of an ``expect`` in YAML flow style; ``more`` is further cases of the same set."""
    return parse_cases(
        f"- id: t-1\n  category: {category}\n  question: '{question}'\n  expect: {expect}\n{more}", "set.yaml"
    )[0]


def row(n: int = 1, file: str = "plan.txt", line: int | None = 10, **more: Any) -> Citation:
    given = {"indicator": "Puentes construidos", "quote": "Puentes construidos | 3 | Construir 12 puentes"} | more
    return Citation(n=n, kind="row", row_id=f"r{n}", document=file, line=line, **given)


def passage(n: int = 1, file: str = "plan.txt", line: int | None = 10, quote: str = "", **more: Any) -> Citation:
    return Citation(n=n, kind="passage", document=file, line=line, quote=quote, **more)


def answer(
    text: str,
    *citations: Citation,
    status: str = "answered",
    figures: tuple[AnswerFigure, ...] = (),
    marked: bool = True,
    **more: Any,
) -> Answer:
    """An answer; each citation whose mark the text has not is marked at its end, unless it is not to be."""
    marks = "".join(f"[{c.n}]" for c in citations if marked and f"[{c.n}]" not in text)
    said = f"{text} {marks}" if marks else text
    given = {"status": status, "answer": said, "citations": list(citations), "figures": list(figures)} | more
    return Answer.model_validate(given)
