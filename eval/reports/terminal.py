"""A run and a comparison in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eval.compare import Comparison, QuestionChange
from eval.measures import TOTAL, Value, summaries
from eval.record import CaseRun, Run
from eval.reports.words import asked, cited_rows, decimal, interval, percent, points, share
from eval.wording import wording

if TYPE_CHECKING:
    from rich.table import Table


def failures(run: Run) -> Iterator[str]:
    """A line for each question that failed or stated something without support, its reasons indented below.

    Those whose expectation is stale come last, apart.
    """
    for case in run.cases:
        if case.in_force and (not case.right or case.grade.unsupported):
            yield f"{case.id}  {asked(case)}"
            yield from (f"    mal: {problem}" for problem in case.grade.problems)
            yield from (f"    sin apoyo: {figure}" for figure in case.grade.unsupported)
    for case in run.cases:
        if case.stale is not None:
            yield f"{case.id}  {asked(case)}"
            yield f"    vencida: {case.stale}"


def table(run: Run) -> Table:
    """Each category's count, share and times, as a table for rich."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    made.add_column("categoría", no_wrap=True)
    for heading in ("bien", "%", "95 %", "vencidas", "sin apoyo", "p50 ms", "p95 ms"):
        made.add_column(heading, justify="right", no_wrap=True)
    for one in summaries(run):
        accuracy = one.values["accuracy"]
        made.add_row(
            one.category,
            f"{one.right} de {one.in_force}",
            share(accuracy),
            interval(accuracy),
            str(one.stale),
            str(one.unsupported),
            f"{one.p50_ms:.0f}",
            f"{one.p95_ms:.0f}",
            style="bold" if one.category == TOTAL else None,
        )
    return made


def measure_rows(run: Run) -> list[tuple[str, Value, str]]:
    """(name, value, what it is) of each measure of the whole run that has something to measure."""
    total = summaries(run)[-1]
    return [
        (words.name, total.values[name], words.definition)
        for name, words in wording().measures.items()
        if total.values[name].value is not None
    ]


def measure_lines(run: Run) -> Iterator[str]:
    """Each measure of the whole run with its interval, and what it is, on one line."""
    total = summaries(run)[-1]
    longest = max(len(words.name) for words in wording().measures.values())
    for name, value, definition in measure_rows(run):
        figures = f"{share(value):>6} %  ({interval(value)}; n {value.n})"
        yield f"{name:<{longest}} {figures:<34} {definition}"
    for name, value in total.judged.items():
        yield f"{name:<{longest}} {share(value):>6} %  (n {value.n}; opinión de un modelo, no decide)"
    if (used := tokens(run)) is not None:
        yield used


def tokens(run: Run) -> str | None:
    """What a model used, when one did and its provider said it."""
    total = summaries(run)[-1]
    if total.input_tokens is None or total.output_tokens is None:
        return None
    cost = "costo desconocido" if total.cost is None else f"{decimal(total.cost, 4)} dólares"
    return f"Modelo: {total.input_tokens} tokens de entrada, {total.output_tokens} de salida; {cost}."


# ------------------------------------------------------------------ two runs


def comparison_lines(comparison: Comparison, *, full: bool = False) -> Iterator[str]:
    """What changed between two runs, question by question; those that are the same only with ``full``."""
    yield from summary_lines(comparison)
    shown = ("broken", "fixed", "changed", "new", "gone", *(("same",) if full else ()))
    for change in shown:
        found = comparison.of(change)
        if found:
            yield ""
            yield f"{getattr(wording().changes, change).upper()} ({len(found)})"
        for one in found:
            yield from _change_lines(one)


def summary_lines(comparison: Comparison) -> Iterator[str]:
    """How many questions changed which way, the paired test, and what the runs were made of."""
    said, test = wording().compare, comparison.test
    yield said.heading.format(before=comparison.before.run_id, after=comparison.after.run_id)
    yield counts_line(comparison)
    yield said.score.format(
        before=percent(test.before),
        after=percent(test.after),
        n=test.n,
        difference=points(test.difference),
        low=points(test.low),
        high=points(test.high),
    )
    yield chance_line(comparison)
    what = "; ".join(comparison.differs)
    yield said.made_of.format(what=what) if what else said.made_alike


def counts_line(comparison: Comparison) -> str:
    """'rota 2 · arreglada 0 · cambió 3 · igual 145', the stale ones of the broken in parentheses."""
    told = []
    for change in ("broken", "fixed", "changed", "same", "new", "gone"):
        found = comparison.of(change)
        stale = sum(one.stale is not None for one in found) if change == "broken" else 0
        note = f" ({stale} {wording().changes.stale})" if stale else ""
        told.append(f"{getattr(wording().changes, change)} {len(found)}{note}")
    return " · ".join(told)


def chance_line(comparison: Comparison) -> str:
    """The exact test in one sentence."""
    said, test = wording().compare, comparison.test
    if not test.broken and not test.fixed:
        return f"{said.no_difference[0].upper()}{said.no_difference[1:]}."
    verdict = said.significant if test.significant else said.not_significant
    return said.chance.format(broken=test.broken, fixed=test.fixed, p=decimal(test.p), verdict=verdict)


def _change_lines(one: QuestionChange) -> Iterator[str]:
    yield f"{one.case.id}  {asked(one.case)}"
    if one.stale is not None:
        yield f"    {wording().changes.stale}: {one.stale}"
    if one.change == "same":
        return
    for label, case in (("antes", one.before), ("ahora", one.after)):
        if case is not None:
            yield from _answer_lines(label, case)


def _answer_lines(label: str, case: CaseRun) -> Iterator[str]:
    if case.answer is None:
        yield f"    {label}: {'; '.join(case.grade.problems)}"
        return
    verdict = "bien" if case.right else "mal"
    text = " ".join(case.answer.answer.split())
    yield f"    {label} ({verdict}, {case.answer.status}): {text}"
    yield from (f"        {row}" for row in cited_rows(case)[:6])
    yield from (f"        mal: {problem}" for problem in case.grade.problems)
