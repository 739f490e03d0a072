"""Numbers and questions as reports write them."""

from __future__ import annotations

from eval.measures import Value
from eval.record import CaseRun, Run

NOTHING = "—"


def percent(share: float) -> str:
    """A share as a percentage with one decimal, as Colombia writes it."""
    return f"{100 * share:.1f}".replace(".", ",")


def share(value: Value) -> str:
    """A measure as a percentage, or a dash where there is nothing to measure."""
    return NOTHING if value.value is None else percent(value.value)


def interval(value: Value) -> str:
    """The interval of a measure: '91,2 a 98,4'."""
    return NOTHING if value.low is None or value.high is None else f"{percent(value.low)} a {percent(value.high)}"


def points(difference: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return f"{100 * difference:+.1f}".replace(".", ",").replace("-", "−")


def decimal(number: float, digits: int = 3) -> str:
    """A number with decimals, as Colombia writes it."""
    return f"{number:.{digits}f}".replace(".", ",")


def asked(case: CaseRun) -> str:
    """The question after those it goes on with."""
    return " » ".join([*case.history, case.question])


def heading(run: Run) -> str:
    """What was run, on one line."""
    who = run.made_by.server or f"en este proceso, embeddings {run.made_by.embedder}"
    if run.made_by.chat_model:
        who += f", modelo {run.made_by.chat_model}"
    at_a_time = f", de {run.jobs} en {run.jobs}" if run.jobs > 1 else ""
    return (
        f"{run.set_name}: {len(run.cases)} preguntas{at_a_time}, {len(run.made_by.documents)} documentos; "
        f"{who}; {decimal(run.elapsed_s, 1)} s"
    )


def cited_rows(case: CaseRun) -> list[str]:
    """Where each citation of the answer points, with what it is of."""
    if case.answer is None:
        return []
    told = []
    for citation in case.answer.citations:
        place = citation.line or citation.cell or (f"pág. {citation.page}" if citation.page else "")
        where = f"{citation.document or citation.kind}:{place}" if place else f"{citation.document or citation.kind}"
        what = citation.indicator or citation.metric or citation.quote
        told.append(f"[{citation.n}] {where} {what}".strip())
    return told
