"""What a run says: figures by category, and why each failure failed."""

from __future__ import annotations

from eval.grade import Grade
from eval.report import failures, heading, measures, percent, table
from eval.run import CaseRun, Run


def case(number: int, category: str, *, right: bool, ms: float = 10, unsupported: tuple[str, ...] = ()) -> CaseRun:
    problems = () if right else ("falta la cifra 28",)
    return CaseRun(
        id=f"{category}-{number}",
        category=category,
        question="¿Cuánto?",
        history=("¿Qué?",),
        answer=None,
        grade=Grade(right=right, problems=problems, unsupported=unsupported),
        elapsed_ms=ms,
    )


def run_of(*cases: CaseRun) -> Run:
    return Run(
        set_name="prueba",
        set_sha256="f" * 64,
        documents=(),
        embedder="hash",
        chat_model=None,
        server=None,
        versions={},
        started_at="2026-01-02T03:04:05+00:00",
        elapsed_s=1.5,
        cases=cases,
    )


RUN = run_of(
    case(1, "letter", right=False, ms=30, unsupported=("7", "9")),
    case(1, "target", right=True, ms=20),
    case(2, "target", right=False, ms=40),
    case(3, "target", right=True, ms=60),
)


def test_measures_are_by_category_in_the_usual_order_and_of_all() -> None:
    found = [(m.category, m.n, m.right, m.unsupported, m.p50_ms, m.p95_ms) for m in measures(RUN)]
    assert found == [("target", 3, 2, 0, 40, 60), ("letter", 1, 0, 2, 30, 30), ("total", 4, 2, 2, 30, 60)]
    assert measures(RUN)[-1].share == 0.5


def test_an_empty_run_measures_nothing_without_failing() -> None:
    assert [(m.category, m.n, m.share) for m in measures(run_of())] == [("total", 0, 0.0)]


def test_failures_are_told_with_their_reasons_and_their_history() -> None:
    assert list(failures(RUN)) == [
        "letter-1  ¿Qué? » ¿Cuánto?",
        "    mal: falta la cifra 28",
        "    sin apoyo: 7",
        "    sin apoyo: 9",
        "target-2  ¿Qué? » ¿Cuánto?",
        "    mal: falta la cifra 28",
    ]


def test_a_right_answer_with_an_unsupported_figure_is_told_too() -> None:
    assert list(failures(run_of(case(1, "list", right=True, unsupported=("5",))))) == [
        "list-1  ¿Qué? » ¿Cuánto?",
        "    sin apoyo: 5",
    ]


def test_the_table_has_a_line_for_each_category_and_the_total() -> None:
    made = table(RUN)
    assert made.row_count == 3
    assert list(made.columns[3].cells) == ["66,7", "0,0", "50,0"]


def test_percentages_are_written_as_in_colombia() -> None:
    assert percent(0.8642) == "86,4"


def test_the_heading_says_who_answered() -> None:
    assert "hash" in heading(RUN)
    assert "http://x" in heading(RUN.model_copy(update={"server": "http://x"}))
