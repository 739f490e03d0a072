"""A run and a comparison as Markdown, for the description of a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from eval.compare import Comparison, QuestionChange
from eval.measures import Summary, summaries
from eval.record import CaseRun, Run
from eval.reports.terminal import chance_line, counts_line
from eval.reports.words import NOTHING, asked, cited_rows, heading, interval, percent, points, share
from eval.wording import wording

_ANSWER_CHARACTERS = 600
_MOST_LISTED = 50


def run_markdown(run: Run) -> str:
    """Measures, categories and failures of one run."""
    return "\n".join(_run_lines(run)) + "\n"


def comparison_markdown(comparison: Comparison) -> str:
    """What changed, the test, and the measures of both runs side by side."""
    return "\n".join(_comparison_lines(comparison)) + "\n"


def _run_lines(run: Run) -> Iterator[str]:
    yield f"## Evaluación: {run.set_name}"
    yield ""
    yield heading(run)
    yield ""
    yield from _categories(summaries(run))
    yield ""
    yield from _measures([run])
    failed = [case for case in run.cases if case.in_force and not case.right]
    stale = [case for case in run.cases if not case.in_force]
    yield from _listed("Mal", failed, lambda case: case.grade.problems)
    yield from _listed("Vencidas", stale, lambda case: (case.stale or "",))


def _comparison_lines(comparison: Comparison) -> Iterator[str]:
    before, after, test = comparison.before, comparison.after, comparison.test
    yield f"## Evaluación: {before.run_id} → {after.run_id}"
    yield ""
    yield f"**{counts_line(comparison)}**"
    yield ""
    yield (
        f"{percent(test.before)} % → {percent(test.after)} % de {test.n} preguntas ({points(test.difference)} puntos). "
        f"{chance_line(comparison)}"
    )
    if comparison.differs:
        yield ""
        yield wording().compare.made_of.format(what="; ".join(comparison.differs))
    for change in ("broken", "fixed", "changed"):
        found = comparison.of(change)
        if found:
            yield ""
            yield f"### {getattr(wording().changes, change).capitalize()} ({len(found)})"
            yield ""
        for one in found[:_MOST_LISTED]:
            yield from _change(one)
        if len(found) > _MOST_LISTED:
            yield f"… y {len(found) - _MOST_LISTED} más."
    yield ""
    yield from _measures([before, after])


def _categories(found: Iterable[Summary]) -> Iterator[str]:
    yield "| categoría | n | bien | % | intervalo 95 % | vencidas | sin apoyo | p50 ms | p95 ms |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for one in found:
        accuracy = one.values["accuracy"]
        yield (
            f"| {one.category} | {one.in_force} | {one.right} | {share(accuracy)} | {interval(accuracy)} | {one.stale} "
            f"| {one.unsupported} | {one.p50_ms:.0f} | {one.p95_ms:.0f} |"
        )


def _measures(runs: list[Run]) -> Iterator[str]:
    totals = [summaries(run)[-1] for run in runs]
    heads = ["antes", "ahora"] if len(runs) == 2 else ["%"]
    yield f"| medida | {' | '.join(f'{head} | intervalo 95 %' for head in heads)} | qué es |"
    yield f"|---|{'---:|---:|' * len(heads)}---|"
    for name, words in wording().measures.items():
        values = [total.values[name] for total in totals]
        if all(value.value is None for value in values):
            continue
        cells = " | ".join(f"{share(value)} | {interval(value)}" for value in values)
        yield f"| {words.name} | {cells} | {words.definition} |"


def _change(one: QuestionChange) -> Iterator[str]:
    yield f"<details><summary><code>{_plain(one.case.id)}</code> {_plain(asked(one.case))}</summary>"
    yield ""
    if one.stale is not None:
        yield f"- {wording().changes.stale}: {_plain(one.stale)}"
    for label, case in (("antes", one.before), ("ahora", one.after)):
        if case is not None:
            yield f"- {label}: {_answer(case)}"
            yield from (f"  - {_plain(row)}" for row in cited_rows(case)[:6])
            yield from (f"  - mal: {_plain(problem)}" for problem in case.grade.problems)
    yield ""
    yield "</details>"


def _answer(case: CaseRun) -> str:
    if case.answer is None:
        return "sin respuesta"
    text = " ".join(case.answer.answer.split())
    cut = text if len(text) <= _ANSWER_CHARACTERS else f"{text[:_ANSWER_CHARACTERS]}…"
    return f"`{case.answer.status}` {_plain(cut) or NOTHING}"


def _listed(title: str, cases: list[CaseRun], why: Callable[[CaseRun], Iterable[str]]) -> Iterator[str]:
    if not cases:
        return
    yield ""
    yield f"### {title} ({len(cases)})"
    yield ""
    for case in cases[:_MOST_LISTED]:
        reasons = why(case)
        yield f"- `{case.id}` {_plain(asked(case))}"
        yield from (f"  - {_plain(reason)}" for reason in reasons)
    if len(cases) > _MOST_LISTED:
        yield f"- … y {len(cases) - _MOST_LISTED} más"


def _plain(text: str) -> str:
    """Text that Markdown and the HTML within it leave as it is."""
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("*", "\\*"), ("_", "\\_")):
        text = text.replace(sign, instead)
    return text
