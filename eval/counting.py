"""What the measures are made of, counted on one answer: citations, figures, and the first results of the search."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from eval.cases import Case
from eval.citing import cites, copies_together, marked
from eval.record import Counts, Retrieved
from eval.targets import Search
from eval.unsupported import stated

#: Questions whose answer is one row or few, asked outright: of these a search can be held to account.
DIRECT = frozenset({"target", "baseline", "attribute", "paraphrase", "progress", "letter"})


def is_direct(case: Case) -> bool:
    """Whether the question names one row or few outright."""
    return case.category in DIRECT and bool(case.expect.rows) and "answered" in case.expect.status


def count(case: Case, answer: Answer | None, loose: Sequence[str] = ()) -> Counts:
    """Citations and figures of an answer, ``loose`` the unsupported ones; of no answer, what it lacks."""
    groups = copies_together(case)
    wanted = min(1, len(groups)) if case.expect.match == "any" else len(groups)
    if answer is None:
        return Counts(wanted=wanted)
    cited = [citation for citation in marked(answer) if citation.kind != "filter"]
    right = [citation for citation in cited if any(cites(citation, row, case) for row in case.expect.rows)]
    found = sum(any(cites(c, row, case) for c in cited for row in group) for group in groups)
    figures = stated(answer)
    return Counts(
        cited=len(cited),
        cited_right=len(right),
        wanted=wanted,
        found=min(found, wanted),
        figures=max(len(figures), len(loose)),
        grounded=max(len(figures) - len(loose), 0),
    )


def retrieved(case: Case, search: Search | None) -> Retrieved | None:
    """Which expected row each of the first results is; None for questions that are not direct, or without a search."""
    if search is None or not is_direct(case):
        return None
    groups = copies_together(case)
    ranks = tuple(
        next((n for n, group in enumerate(groups) if any(cites(found, row, case) for row in group)), None)
        for found in search(case.question)
    )
    return Retrieved(ranks=ranks, relevant=len(groups))
