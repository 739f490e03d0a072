"""Plan and progress joined: which row of a plan a row of a report reports on.

``rows of all documents → the same rows with their links``. Rows are joined only within one entity and one term, each
report with each plan document by itself: by the codes of the national planning system when both have them, else by
the words of the indicator within the same programme. Each link keeps its confidence (1 for a code, the likeness of the
words otherwise, less where the programme could not tell) and is kept at both ends.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest.fold import fold
from ingest.likeness import alike, near_programmes, only_one, tie_break
from ingest.notice_codes import CODE_NOT_IN_PLAN
from ingest.records import IndicatorRow, Notice, RowLink
from ingest.wording import load_yaml

_PLAN = frozenset({"result", "product"})
_REPORT = frozenset({"progress", "budget"})
_CODE = re.compile(r"I[PR]-?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Without a programme that says the same, the same words are surer than chance and less sure than with it.
_WITHOUT_PROGRAMME = 0.9

#: (plan row's id, confidence) of each report row's id.
Links = dict[str, dict[str, float]]


@dataclass
class _Plan:
    """The plan rows of one document in one term, ready for look-up."""

    place: str
    term: str
    document_id: str
    rows: list[IndicatorRow] = field(default_factory=list)
    by_code: dict[str, list[IndicatorRow]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: IndicatorRow) -> None:
        self.rows.append(row)
        for code in plan_codes(row):
            self.by_code[code].append(row)


def link_rows(rows: Iterable[IndicatorRow]) -> tuple[IndicatorRow, ...]:
    """The rows in their order, with the links between plans and reports; links they had before are made anew.

    A report's code that no plan row of its entity and term has gives a notice on the row, if a plan there has codes.
    """
    given = tuple(rows)
    plans = _plans(given)
    links: Links = defaultdict(dict)
    unknown: dict[str, tuple[str, ...]] = {}
    for (place, period, _), reporting in _reports(given).items():
        near = [plan for plan in plans if _same_place(plan.place, place) and _within(period, plan.term)]
        for plan in near:
            for row_id, found in _join(reporting, plan):
                links[row_id] |= found
        known = {code for plan in near for code in plan.by_code}
        if known:
            unknown |= {row.row_id: tuple(c for c in plan_codes(row) if c not in known) for row in reporting}
    for report, targets in list(links.items()):
        for plan_id, confidence in targets.items():
            links[plan_id][report] = confidence
    return tuple(_linked(row, links.get(row.row_id, {}), unknown.get(row.row_id, ())) for row in given)


def plan_codes(row: IndicatorRow) -> tuple[str, ...]:
    """The SisPT codes of a row, each once; a cell may hold several ('IP-12, IP-15')."""
    found = _CODE.findall(row.codes.get("sispt", ""))
    return tuple(dict.fromkeys(f"{code[:2].upper()}-{code[2:].lstrip('-').lstrip('0') or '0'}" for code in found))


def _plans(rows: Iterable[IndicatorRow]) -> list[_Plan]:
    plans: dict[tuple[str, str, str], _Plan] = {}
    for row in rows:
        if row.kind in _PLAN and row.entity and row.period:
            key = fold(row.entity), row.period, row.document_id
            plans.setdefault(key, _Plan(*key)).add(row)
    return list(plans.values())


def _reports(rows: Iterable[IndicatorRow]) -> dict[tuple[str, str, str], list[IndicatorRow]]:
    """The rows of reports by place, period and document."""
    reports: dict[tuple[str, str, str], list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        if row.kind in _REPORT and row.entity and row.period:
            reports[fold(row.entity), row.period, row.document_id].append(row)
    return reports


def _join(reporting: Sequence[IndicatorRow], plan: _Plan) -> Iterator[tuple[str, dict[str, float]]]:
    """(report row, plan row → confidence): by code where both have one, else by words."""
    by_words: list[IndicatorRow] = []
    for row in reporting:
        codes = plan_codes(row) if plan.by_code else ()
        if codes:
            yield row.row_id, {found.row_id: 1.0 for code in codes for found in plan.by_code.get(code, ())}
        elif row.indicator and row.document_id != plan.document_id:
            by_words.append(row)
    if by_words:
        yield from _join_by_words(by_words, [row for row in plan.rows if row.indicator])


def _join_by_words(
    rows: Sequence[IndicatorRow], plans: Sequence[IndicatorRow]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Programme by programme, then those that no programme could tell."""
    by_programme: dict[str, list[IndicatorRow]] = defaultdict(list)
    for plan in plans:
        by_programme[fold(plan.programme or "")].append(plan)
    named = [name for name in by_programme if name]
    reports: dict[str, list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        reports[fold(row.programme or "")].append(row)
    left: list[IndicatorRow] = []
    free = {plan.row_id: plan for plan in plans}
    for programme, reporting in reports.items():
        names = near_programmes(programme, named) if programme else []
        joined = _best_pairs(reporting, [plan for name in names for plan in by_programme[name]])
        for row_id, (plan_id, confidence) in joined.items():
            free.pop(plan_id, None)
            yield row_id, {plan_id: round(confidence, 2)}
        unjoined = [row for row in reporting if row.row_id not in joined]
        left += unjoined if not names else []
    yield from _unique_pairs(left, list(free.values()))


def _best_pairs(rows: Sequence[IndicatorRow], plans: Sequence[IndicatorRow]) -> dict[str, tuple[str, float]]:
    """Plan row and likeness of each row that has one; those that agree most find each other first."""
    pairs = [
        (likeness, tie_break(row, plan), row, plan) for row in rows for plan in plans if (likeness := alike(row, plan))
    ]
    taken: dict[str, tuple[str, float]] = {}
    used: dict[str, str] = {}
    for likeness, _, row, plan in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        if row.row_id not in taken and used.get(plan.row_id) in (None, _sayer(row)):
            taken[row.row_id] = (plan.row_id, likeness)
            used[plan.row_id] = _sayer(row)
    return taken


def _unique_pairs(
    rows: Sequence[IndicatorRow], plans: Sequence[IndicatorRow]
) -> Iterator[tuple[str, dict[str, float]]]:
    """Rows whose programme the plan does not know, with the only plan row there is for each; never two of one."""
    found = [(row, *pair) for row in rows if (pair := only_one(row, plans)) is not None]
    times = Counter(plan_id for plan_id, _ in {(plan.row_id, _sayer(row)) for row, plan, _ in found})
    for row, plan, likeness in found:
        if times[plan.row_id] == 1:
            yield row.row_id, {plan.row_id: round(likeness * _WITHOUT_PROGRAMME, 2)}


def _sayer(row: IndicatorRow) -> str:
    """Who a plan row is taken by: a row of a table for itself, the figures of a slide together for their indicator."""
    return row.row_id if row.target is not None else fold(row.indicator or "")


def _linked(row: IndicatorRow, found: dict[str, float], missing: tuple[str, ...]) -> IndicatorRow:
    links = tuple(RowLink(row_id=row_id, confidence=confidence) for row_id, confidence in found.items())
    notices = tuple(
        Notice(
            code=CODE_NOT_IN_PLAN, message=f"El código {code} no está en ninguna fila del plan.", place=str(row.place)
        )
        for code in missing
    )
    warnings = (*(notice for notice in row.warnings if notice.code != CODE_NOT_IN_PLAN), *notices)
    if links == row.links and warnings == row.warnings:
        return row
    return row.model_copy(update={"links": links, "warnings": warnings})


def _same_place(one: str, other: str) -> bool:
    """'Cartagena' is 'Cartagena de Indias'; Santander, a department, is not 'Santander de Quilichao'."""
    short, long = sorted((one, other), key=len)
    return short == long or (long.startswith(f"{short} de ") and short not in _departments())


@cache
def _departments() -> frozenset[str]:
    return frozenset(fold(name) for name in load_yaml("headings.yaml")["departments"])


def _within(period: str, term: str) -> bool:
    """Whether a report's period ('2025', '2024-2025') is of a plan's term ('2024-2027').

    Its last year is, and at least half of its years: a report that also tells the year before the term is of the term.
    """
    years, of_term = (sorted(map(int, _YEAR.findall(text))) for text in (period, term))
    if not years or not of_term or not of_term[0] <= years[-1] <= of_term[-1]:
        return False
    inside = years[-1] - max(years[0], of_term[0]) + 1
    return inside * 2 >= years[-1] - years[0] + 1
