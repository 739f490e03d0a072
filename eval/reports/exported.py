"""A comparison and a run as JSON, for programs."""

from __future__ import annotations

from typing import Any

from eval.compare import CHANGES, Comparison, QuestionChange
from eval.measures import Summary, Value, summaries
from eval.record import CaseRun, Run


def run_json(run: Run) -> dict[str, Any]:
    """The measures of a run by category, and its verdicts by question."""
    return {
        "run_id": run.run_id,
        "set": run.set_name,
        "set_sha256": run.set_sha256,
        "elapsed_s": run.elapsed_s,
        "measures": [summary_json(one) for one in summaries(run)],
        "questions": [verdict_json(case) for case in run.cases],
    }


def summary_json(one: Summary) -> dict[str, Any]:
    """A category's measures; shares from 0 to 1, null where nothing was measured."""
    return {
        "category": one.category,
        "asked": one.asked,
        "right": one.right,
        "stale": one.stale,
        "unsupported": one.unsupported,
        "unanswered": one.unanswered,
        "p50_ms": one.p50_ms,
        "p95_ms": one.p95_ms,
        "input_tokens": one.input_tokens,
        "output_tokens": one.output_tokens,
        "cost": one.cost,
        "values": {name: _value(value) for name, value in one.values.items()},
        "judged": {name: _value(value) for name, value in one.judged.items()},
    }


def verdict_json(case: CaseRun) -> dict[str, Any]:
    """What became of a question: right, wrong or stale, and why."""
    return {
        "id": case.id,
        "category": case.category,
        "right": case.right,
        "stale": case.stale,
        "problems": list(case.grade.problems),
        "unsupported": list(case.grade.unsupported),
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Which questions changed which way, with both answers, and the paired test."""
    test = comparison.test
    return {
        "before": comparison.before.run_id,
        "after": comparison.after.run_id,
        **{change: [one.case.id for one in comparison.of(change)] for change in CHANGES},
        "stale": {one.case.id: one.stale for one in comparison.questions if one.stale is not None},
        "test": {
            "n": test.n,
            "before": test.before,
            "after": test.after,
            "difference": test.difference,
            "interval": [test.low, test.high],
            "p": test.p,
            "significant": test.significant,
        },
        "differs": list(comparison.differs),
        "questions": [_question(one) for one in comparison.questions if one.change != "same"],
    }


def _question(one: QuestionChange) -> dict[str, Any]:
    return {
        "id": one.case.id,
        "category": one.case.category,
        "question": one.case.question,
        "history": list(one.case.history),
        "change": one.change,
        "stale": one.stale,
        "before": _side(one.before),
        "after": _side(one.after),
    }


def _side(case: CaseRun | None) -> dict[str, Any] | None:
    if case is None:
        return None
    answer = None if case.answer is None else case.answer.model_dump(mode="json", exclude_defaults=True)
    return {**verdict_json(case), "answer": answer}


def _value(value: Value) -> dict[str, Any]:
    return {"n": value.n, "value": value.value, "low": value.low, "high": value.high}
