"""Measures: pure functions from the questions of a run to shares with their intervals.

Each is a ratio of sums over questions (a question counts ``top`` of ``bottom``), so that one bootstrap over questions
serves all: shares, means, and the share of grounded figures. What the measures are, in words, stands in
``prompts/eval.yaml``; stale questions say nothing about the assistant and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from eval.cases import CATEGORIES
from eval.record import CaseRun, Run
from eval.run import percentile

TOTAL = "total"
ABSTAINING = frozenset({"not_found", "refused"})
_CONFIDENCE = 0.95
_RESAMPLES = 999
_SEED = 20240101

#: What a question adds to a measure: (top, bottom), or None when the measure does not speak of it.
Part = tuple[float, float] | None


@dataclass(frozen=True)
class Value:
    """A measure over n questions, with the interval in which 95 % of its bootstrap values lie; all None of nothing."""

    n: int
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Summary:
    """Everything measured about some questions of a run. Times in milliseconds, cost in US dollars."""

    category: str
    asked: int
    right: int
    stale: int
    unsupported: int
    unanswered: int
    p50_ms: float
    p95_ms: float
    values: Mapping[str, Value]
    judged: Mapping[str, Value]
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None

    @property
    def in_force(self) -> int:
        return self.asked - self.stale


def _accuracy(case: CaseRun) -> Part:
    return float(case.right), 1


def _aspect(name: str, applies: Callable[[CaseRun], bool]) -> Callable[[CaseRun], Part]:
    def part(case: CaseRun) -> Part:
        if not applies(case):
            return None
        return float(name not in case.grade.wrong and "answer" not in case.grade.wrong), 1

    return part


def _asks_rows(case: CaseRun) -> bool:
    """Whether rows are asked of this answer: with several statuses allowed, only of one that is ``answered``."""
    return bool(case.expect.rows) and _asked_in_full(case)


def _asked_in_full(case: CaseRun) -> bool:
    return len(case.expect.status) == 1 or (case.answer is not None and case.answer.status == "answered")


def _citation_precision(case: CaseRun) -> Part:
    if not _asks_rows(case) or not case.counts.cited:
        return None
    return case.counts.cited_right / case.counts.cited, 1


def _citation_recall(case: CaseRun) -> Part:
    return (case.counts.found / case.counts.wanted, 1) if _asks_rows(case) and case.counts.wanted else None


def _groundedness(case: CaseRun) -> Part:
    return (case.counts.grounded, case.counts.figures) if case.counts.figures else None


def _abstains(case: CaseRun) -> bool:
    return case.answer is not None and case.answer.status in ABSTAINING


def _abstention_precision(case: CaseRun) -> Part:
    if not _abstains(case) or case.answer is None:
        return None
    return float(case.answer.status in case.expect.status), 1


def _abstention_recall(case: CaseRun) -> Part:
    return (float(_abstains(case)), 1) if ABSTAINING.issuperset(case.expect.status) else None


def _exact_set(case: CaseRun) -> Part:
    if case.expect.match != "set" or not _asks_rows(case):
        return None
    return float("rows" not in case.grade.wrong and "answer" not in case.grade.wrong), 1


def _of_search(name: str) -> Callable[[CaseRun], Part]:
    def part(case: CaseRun) -> Part:
        return (
            None if case.retrieved is None else (_search_value(name, case.retrieved.ranks, case.retrieved.relevant), 1)
        )

    return part


MEASURES: dict[str, Callable[[CaseRun], Part]] = {
    "accuracy": _accuracy,
    "status": _aspect("status", lambda case: True),
    "rows": _aspect("rows", _asks_rows),
    "figures": _aspect(
        "figures", lambda case: bool(case.expect.figures or case.expect.computed) and _asked_in_full(case)
    ),
    "words": _aspect("words", lambda case: bool(case.expect.text or case.expect.absent)),
    "citation_precision": _citation_precision,
    "citation_recall": _citation_recall,
    "groundedness": _groundedness,
    "abstention_precision": _abstention_precision,
    "abstention_recall": _abstention_recall,
    "exact_set": _exact_set,
    "hit_1": _of_search("hit_1"),
    "hit_4": _of_search("hit_4"),
    "mrr": _of_search("mrr"),
    "ndcg_10": _of_search("ndcg_10"),
}


def summaries(run: Run) -> list[Summary]:
    """What was measured of each category that the run has, in the usual order, and of all at the end."""
    groups = {name: [case for case in run.cases if case.category == name] for name in CATEGORIES}
    return [*(summary(name, cases) for name, cases in groups.items() if cases), summary(TOTAL, run.cases)]


def summary(category: str, cases: Sequence[CaseRun]) -> Summary:
    """Everything measured about these questions."""
    in_force = [case for case in cases if case.in_force]
    times = [case.elapsed_ms for case in cases]
    used = [case.usage for case in cases if case.usage is not None]
    costs = [one.cost for one in used]
    judged = sorted({name for case in in_force for name in case.judged})
    return Summary(
        category=category,
        asked=len(cases),
        right=sum(case.right for case in in_force),
        stale=len(cases) - len(in_force),
        unsupported=sum(len(case.grade.unsupported) for case in cases),
        unanswered=sum(case.answer is None for case in cases),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
        values={name: ratio(map(part, in_force)) for name, part in MEASURES.items()},
        judged={name: ratio((c.judged[name], 1) if name in c.judged else None for c in in_force) for name in judged},
        input_tokens=sum(one.input_tokens for one in used) if used else None,
        output_tokens=sum(one.output_tokens for one in used) if used else None,
        cost=sum(cost for cost in costs if cost is not None) if used and None not in costs else None,
    )


def ratio(parts: Iterable[Part]) -> Value:
    """The ratio of the sums, with its percentile bootstrap interval over questions (Efron and Tibshirani, 1993)."""
    given = tuple(part for part in parts if part is not None)
    bottom = sum(part[1] for part in given)
    if not bottom:
        return Value(0, None)
    value = sum(part[0] for part in given) / bottom
    low, high = _interval(given)
    return Value(len(given), value, low, high)


@cache
def _interval(parts: tuple[tuple[float, float], ...]) -> tuple[float | None, float | None]:
    if len(parts) < 2:
        return None, None
    if len({top / bottom for top, bottom in parts}) == 1:  # every resample says the same
        only = parts[0][0] / parts[0][1]
        return only, only
    import numpy as np
    from scipy.stats import bootstrap

    def statistic(top: Any, bottom: Any, axis: int = -1) -> Any:
        return np.sum(top, axis=axis) / np.sum(bottom, axis=axis)

    found = bootstrap(
        tuple(np.array(side, dtype=float) for side in zip(*parts, strict=True)),
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=_RESAMPLES,
        confidence_level=_CONFIDENCE,
        method="percentile",
        rng=_SEED,
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


@cache
def _search_value(name: str, ranks: tuple[int | None, ...], relevant: int) -> float:
    return search_values(ranks, relevant)[name]


@cache
def search_values(ranks: tuple[int | None, ...], relevant: int) -> Mapping[str, float]:
    """hit@1, hit@4, MRR and nDCG@10 of one list of results, as ir-measures computes them.

    ``ranks`` gives for each result the number of the expected row it is, or None; of a row that comes twice, as its
    copy, the first counts.
    """
    import ir_measures
    from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

    names: list[str] = []
    for place, number in enumerate(ranks):
        known = f"row-{number}"
        names.append(known if number is not None and known not in names else f"other-{place}")
    judged = [Qrel("q", f"row-{number}", 1) for number in range(relevant)]
    results = [ScoredDoc("q", name, float(len(names) - place)) for place, name in enumerate(names)]
    wanted = {"hit_1": Success @ 1, "hit_4": Success @ 4, "mrr": RR @ 10, "ndcg_10": nDCG @ 10}
    found = ir_measures.calc_aggregate(list(wanted.values()), judged, results) if results else {}
    return {name: float(found.get(measure, 0.0)) for name, measure in wanted.items()}
