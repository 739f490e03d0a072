"""A run or a comparison as one HTML file: works without a network, filtered by the reader, charts drawn as SVG.

What stands in answers and documents is escaped; the page's own policy forbids it to load anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.compare import Comparison
from eval.measures import Summary, summaries
from eval.record import CaseRun, Run
from eval.reports.terminal import chance_line
from eval.reports.words import asked, decimal, heading, interval, percent, points, share
from eval.wording import wording

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_TEMPLATE = "report.html.j2"


@dataclass(frozen=True)
class Entry:
    """One question as the page lists it: ``kind`` is what the filter goes by."""

    kind: str
    label: str
    case: CaseRun
    before: CaseRun | None
    after: CaseRun | None

    @property
    def question(self) -> str:
        return asked(self.case)

    @property
    def sides(self) -> list[tuple[str, CaseRun]]:
        """(label, answer's record) of each answer to show: one when both say the same."""
        if self.before is None or self.after is None or self.kind == "same":
            return [("respuesta", self.case)]
        return [("antes", self.before), ("ahora", self.after)]


def run_html(run: Run) -> str:
    """The report of one run."""
    labels = {"right": "bien", "wrong": "mal", "stale": "vencida", "none": "sin respuesta"}
    entries = [Entry(_kind(case), labels[_kind(case)], case, None, case) for case in run.cases]
    order = ("wrong", "none", "stale", "right")
    return _page(
        title=f"Evaluación de {run.set_name}",
        runs=[run],
        entries=sorted(entries, key=lambda entry: order.index(entry.kind)),
        labels={kind: labels[kind] for kind in order},
        comparison=None,
    )


def comparison_html(comparison: Comparison) -> str:
    """The report of two runs beside each other."""
    labels = wording().changes.model_dump()
    entries = [
        Entry("stale" if one.change == "broken" and one.stale else one.change, "", one.case, one.before, one.after)
        for one in comparison.questions
    ]
    order = ("broken", "stale", "fixed", "changed", "new", "gone", "same")
    labelled = [Entry(e.kind, _label(labels, e.kind), e.case, e.before, e.after) for e in entries]
    return _page(
        title=f"Evaluación de {comparison.after.set_name}: qué cambió",
        runs=[comparison.before, comparison.after],
        entries=sorted(labelled, key=lambda entry: order.index(entry.kind)),
        labels={kind: _label(labels, kind) for kind in order},
        comparison=comparison,
    )


def _label(labels: dict[str, str], kind: str) -> str:
    return f"{labels['broken']}, {labels['stale']}" if kind == "stale" else labels[kind]


def _kind(case: CaseRun) -> str:
    if case.stale is not None:
        return "stale"
    if case.answer is None:
        return "none"
    return "right" if case.right else "wrong"


def _page(
    *,
    title: str,
    runs: Sequence[Run],
    entries: Sequence[Entry],
    labels: dict[str, str],
    comparison: Comparison | None,
) -> str:
    measured = [summaries(run) for run in runs]
    counts = {kind: sum(entry.kind == kind for entry in entries) for kind in labels}
    return _template().render(
        title=title,
        runs=runs,
        headings=[heading(run) for run in runs],
        entries=entries,
        kinds={kind: (label, counts[kind]) for kind, label in labels.items() if counts[kind]},
        categories=list(dict.fromkeys(entry.case.category for entry in entries)),
        bars=_bars(measured),
        measures=_measures([found[-1] for found in measured]),
        totals=[found[-1] for found in measured],
        judged=_judged([found[-1] for found in measured]),
        comparison=comparison,
        chance=None if comparison is None else chance_line(comparison),
    )


def _bars(measured: Sequence[Sequence[Summary]]) -> list[dict[str, Any]]:
    """Accuracy by category with its interval, of each run; positions in percent of the chart's width."""
    by_run = [{one.category: one for one in found} for found in measured]
    names = list(dict.fromkeys(one.category for found in measured for one in found))
    return [
        {
            "category": name,
            "bars": [
                {
                    "text": share(found[name].values["accuracy"]),
                    "of": f"{found[name].right} de {found[name].in_force}",
                    "width": 100 * (found[name].values["accuracy"].value or 0.0),
                    "low": None if (low := found[name].values["accuracy"].low) is None else 100 * low,
                    "high": None if (high := found[name].values["accuracy"].high) is None else 100 * high,
                    "p50": f"{found[name].p50_ms:.0f}",
                    "p95": f"{found[name].p95_ms:.0f}",
                    "stale": found[name].stale,
                    "unsupported": found[name].unsupported,
                }
                for found in by_run
                if name in found
            ],
        }
        for name in names
    ]


def _measures(totals: Sequence[Summary]) -> list[dict[str, Any]]:
    return [
        {
            "name": words.name,
            "definition": words.definition,
            "values": [(share(one.values[key]), interval(one.values[key]), one.values[key].n) for one in totals],
        }
        for key, words in wording().measures.items()
        if any(one.values[key].value is not None for one in totals)
    ]


def _judged(totals: Sequence[Summary]) -> list[tuple[str, list[str]]]:
    names = list(dict.fromkeys(name for one in totals for name in one.judged))
    return [(name, [share(one.judged[name]) if name in one.judged else "—" for one in totals]) for name in names]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"percent": percent, "points": points, "decimal": decimal}
    return made


def _template() -> Template:
    return _environment().get_template(_TEMPLATE)
