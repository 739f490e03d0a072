"""What a run says to people: figures by category, and each failure with its reasons. Pure: a run in, lines out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval.cases import CATEGORIES
from eval.run import CaseRun, Run, percentile

if TYPE_CHECKING:
    from rich.table import Table

TOTAL = "total"


@dataclass(frozen=True)
class Measure:
    """The figures of one category; times in milliseconds."""

    category: str
    n: int
    right: int
    unsupported: int
    p50_ms: float
    p95_ms: float

    @property
    def share(self) -> float:
        """Right answers among all, 0 to 1."""
        return self.right / self.n if self.n else 0.0


def measure(category: str, cases: Sequence[CaseRun]) -> Measure:
    """The figures of these cases."""
    times = [case.elapsed_ms for case in cases]
    return Measure(
        category=category,
        n=len(cases),
        right=sum(case.grade.right for case in cases),
        unsupported=sum(len(case.grade.unsupported) for case in cases),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
    )


def measures(run: Run) -> list[Measure]:
    """The figures of each category that the set has, in the usual order, and of all at the end."""
    groups = {name: [case for case in run.cases if case.category == name] for name in CATEGORIES}
    return [*(measure(name, cases) for name, cases in groups.items() if cases), measure(TOTAL, run.cases)]


def table(run: Run) -> Table:
    """The measures as a table for rich."""
    from rich.table import Table

    made = Table(show_footer=False, header_style="bold")
    made.add_column("categoría", no_wrap=True)
    for heading in ("n", "bien", "%", "sin apoyo", "p50 ms", "p95 ms"):
        made.add_column(heading, justify="right", no_wrap=True)
    for one in measures(run):
        cells = (
            str(one.n),
            str(one.right),
            percent(one.share),
            str(one.unsupported),
            f"{one.p50_ms:.0f}",
            f"{one.p95_ms:.0f}",
        )
        made.add_row(one.category, *cells, style="bold" if one.category == TOTAL else None)
    return made


def percent(share: float) -> str:
    """A share as a percentage with one decimal, as Colombia writes it."""
    return f"{100 * share:.1f}".replace(".", ",")


def failures(run: Run) -> Iterator[str]:
    """A line for each question that failed or stated something without support, its reasons indented below."""
    for case in run.cases:
        if case.grade.right and not case.grade.unsupported:
            continue
        yield f"{case.id}  {' » '.join([*case.history, case.question])}"
        yield from (f"    mal: {problem}" for problem in case.grade.problems)
        yield from (f"    sin apoyo: {figure}" for figure in case.grade.unsupported)


def heading(run: Run) -> str:
    """What was run, on one line."""
    who = run.server or f"en este proceso, embeddings {run.embedder}"
    return f"{run.set_name}: {len(run.cases)} preguntas, {len(run.documents)} documentos; {who}; {run.elapsed_s:.1f} s"
