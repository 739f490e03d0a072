"""Hand-made runs for the tests of reports and comparisons, all invented."""

from __future__ import annotations

from typing import Any

from assistant.answer import Answer
from eval.cases import Expect
from eval.grade import Grade
from eval.record import RUN_FORMAT, CaseRun, Provenance, Run, RunDocument
from tests.eval.answers import answer, row

EXPECT = Expect.model_validate({"status": "answered", "figures": ["28"]})


def case(
    case_id: str,
    *,
    right: bool = True,
    category: str = "target",
    ms: float = 10,
    unsupported: tuple[str, ...] = (),
    said: Answer | None = None,
    **more: Any,
) -> CaseRun:
    """A question that was answered; ``said`` is the answer, an invented one when it is not given."""
    given = {"expect": EXPECT, "question": "¿Cuánto?"} | more
    verdict = Grade(
        right=right,
        problems=() if right else ("falta la cifra 28",),
        wrong=() if right else ("figures",),
        unsupported=unsupported,
    )
    return CaseRun(
        id=case_id,
        category=category,
        answer=said or answer("Son 28 [1]." if right else "Son 82 [1].", row()),
        grade=verdict,
        elapsed_ms=ms,
        **given,
    )


def run_of(*cases: CaseRun, name: str = "prueba", run_id: str = "prueba-1", **made_by: Any) -> Run:
    made = {"documents": (RunDocument(document="plan.txt", document_id="d" * 64),), "embedder": "hash"} | made_by
    return Run(
        run_format=RUN_FORMAT,
        run_id=run_id,
        set_name=name,
        set_sha256="f" * 64,
        made_by=Provenance.model_validate(made),
        started_at="2026-01-02T03:04:05+00:00",
        elapsed_s=1.5,
        cases=cases,
    )
