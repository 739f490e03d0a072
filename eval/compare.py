"""Two runs of a set, question by question: what broke, what was fixed, and whether the difference is more than chance.

A question that was right and no longer is, is *broken*, whatever broke it. Where its row changed or is gone, it says so
(``stale``): then the documents broke it and not the assistant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from eval.record import CaseRun, Provenance, Run

Change = Literal["broken", "fixed", "changed", "same", "new", "gone"]
CHANGES: tuple[Change, ...] = ("broken", "fixed", "changed", "new", "gone", "same")

_SIGNIFICANT = 0.05
_RESAMPLES = 1999
_SEED = 20240101
#: Parts of an answer that differ from run to run and say nothing.
_PASSING = {"answer_id", "conversation_id", "elapsed_ms"}


@dataclass(frozen=True)
class QuestionChange:
    """One question in both runs; ``before`` None when it is new, ``after`` None when it is gone."""

    change: Change
    before: CaseRun | None
    after: CaseRun | None

    @property
    def case(self) -> CaseRun:
        """The question as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def stale(self) -> str | None:
        """Why the expectation is no longer one of the documents, in the later run."""
        return None if self.after is None else self.after.stale


@dataclass(frozen=True)
class PairedTest:
    """Of the n questions of both runs: how many changed their verdict each way, and how likely chance alone does it.

    ``p`` is the exact McNemar test's; ``difference`` is in shares, after minus before, with its bootstrap interval.
    """

    n: int
    before: float
    after: float
    broken: int
    fixed: int
    p: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        return self.after - self.before

    @property
    def significant(self) -> bool:
        return self.p < _SIGNIFICANT


@dataclass(frozen=True)
class Comparison:
    """Everything that two runs say beside each other."""

    before: Run
    after: Run
    questions: tuple[QuestionChange, ...]
    test: PairedTest
    differs: tuple[str, ...]

    def of(self, change: Change) -> list[QuestionChange]:
        return [one for one in self.questions if one.change == change]

    def broken(self, *, stale: bool = True) -> list[QuestionChange]:
        """The questions that broke; those that the documents broke only with ``stale``."""
        return [one for one in self.of("broken") if stale or one.stale is None]


def compare(before: Run, after: Run) -> Comparison:
    """The comparison of two runs; the questions in the later run's order, those that are gone at the end."""
    old = {case.id: case for case in before.cases}
    new = {case.id: case for case in after.cases}
    changes = [_change(old.get(case.id), case) for case in after.cases]
    changes += [_change(case, None) for case in before.cases if case.id not in new]
    pairs = [(old[case.id].right, case.right) for case in after.cases if case.id in old]
    return Comparison(before, after, tuple(changes), paired_test(pairs), tuple(differences(before, after)))


def _change(before: CaseRun | None, after: CaseRun | None) -> QuestionChange:
    if before is None or after is None:
        return QuestionChange("new" if before is None else "gone", before, after)
    if before.right != after.right:
        return QuestionChange("broken" if before.right else "fixed", before, after)
    return QuestionChange("same" if _said(before) == _said(after) else "changed", before, after)


def _said(case: CaseRun) -> Any:
    """What an answer says, without what passes: its status, text, figures and what it cites."""
    if case.answer is None:
        return case.grade.problems
    return case.answer.model_dump(exclude=_PASSING)


def paired_test(pairs: Sequence[tuple[bool, bool]]) -> PairedTest:
    """The exact McNemar test of (right before, right after) pairs, two-sided; a binomial test of those that changed.

    McNemar, Psychometrika 12 (1947); the exact form is the sign test of the discordant pairs.
    """
    from scipy.stats import binomtest

    broken = sum(before and not after for before, after in pairs)
    fixed = sum(after and not before for before, after in pairs)
    p = float(binomtest(fixed, broken + fixed, 0.5).pvalue) if broken + fixed else 1.0
    n = len(pairs)
    shares = [sum(pair[side] for pair in pairs) / n if n else 0.0 for side in (0, 1)]
    low, high = _interval([float(after) - float(before) for before, after in pairs])
    return PairedTest(n=n, before=shares[0], after=shares[1], broken=broken, fixed=fixed, p=p, low=low, high=high)


def _interval(differences_: Sequence[float]) -> tuple[float, float]:
    if len(set(differences_)) < 2:
        only = differences_[0] if differences_ else 0.0
        return only, only
    import numpy as np
    from scipy.stats import bootstrap

    found = bootstrap(
        (np.array(differences_),), np.mean, n_resamples=_RESAMPLES, method="percentile", rng=_SEED, vectorized=True
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


# ------------------------------------------------------------------ what made the answers


def differences(before: Run, after: Run) -> Iterable[str]:
    """What the two runs were made of that is not the same, in words."""
    if before.set_sha256 != after.set_sha256:
        yield "el conjunto de preguntas"
    one, other = before.made_by, after.made_by
    yield from _documents(one, other)
    if one.server != other.server:
        yield f"quién responde ({one.server or 'este proceso'} → {other.server or 'este proceso'})"
    if one.server is None and other.server is None:
        yield from _makings(one, other)
    if before.machine != after.machine or before.jobs != after.jobs:
        yield "la máquina o cuántas preguntas a la vez (los tiempos no se comparan)"


def _makings(one: Provenance, other: Provenance) -> Iterable[str]:
    """What is known of answers made in process, and never of a server's."""
    for name in ("embedder", "chat_model"):
        if getattr(one, name) != getattr(other, name):
            yield f"{name} ({getattr(one, name) or 'ninguno'} → {getattr(other, name) or 'ninguno'})"
    if one.code != other.code:
        yield "el código"
    if prompts := _unlike(one.prompts, other.prompts):
        yield f"prompts ({', '.join(prompts)})"
    told = {"embedder", "chat_model"}
    if settings := [name for name in _unlike(one.settings, other.settings) if name not in told]:
        yield f"ajustes ({', '.join(settings)})"
    if versions := _unlike(one.versions, other.versions):
        yield f"versiones ({', '.join(versions)})"


def _documents(before: Provenance, after: Provenance) -> Iterable[str]:
    old = {one.document: one.document_id for one in before.documents}
    new = {one.document: one.document_id for one in after.documents}
    kinds = (
        ("quitados", sorted(old.keys() - new.keys())),
        ("nuevos", sorted(new.keys() - old.keys())),
        ("cambiados", sorted(name for name in old.keys() & new.keys() if old[name] != new[name])),
    )
    yield from (f"documentos {kind} ({', '.join(names)})" for kind, names in kinds if names)


def _unlike(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
