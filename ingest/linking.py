"""Plan and progress joined: which row of a plan a row of a report reports on.

``rows of all documents → the same rows with their links``. Rows are joined only within one entity and one term: by
the codes of the national planning system when both have them, else by the words of the indicator within the same
programme. Each link keeps its confidence (1 for a code, the likeness of the words otherwise) and is kept at both ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.fold import fold, words
from ingest.records import IndicatorRow, Notice, RowLink

#: Wordings less alike than this are other indicators or programmes.
ALIKE = 0.85
SAME_PROGRAMME = 0.88
#: A name that is cut short, or has words put in, has all its words in the other, and at least so many.
CUT_SHORT, _TELLING_WORDS = 0.95, 5
#: What product, wording of the territory and target add to the likeness when several rows have the same indicator.
_TIE_WEIGHTS = {"product": 0.5, "target": 0.3, "component": 0.2}

_PLAN = frozenset({"result", "product"})
_REPORT = frozenset({"progress", "budget"})
_CODE = re.compile(r"I[PR]-?\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNKNOWN_CODE = "code-not-in-plan"


@dataclass
class _Plans:
    """The plan rows of one entity, ready for look-up."""

    rows: list[IndicatorRow] = field(default_factory=list)
    by_code: dict[str, list[IndicatorRow]] = field(default_factory=lambda: defaultdict(list))
    by_programme: dict[str, list[IndicatorRow]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: IndicatorRow) -> None:
        self.rows.append(row)
        for code in plan_codes(row):
            self.by_code[code].append(row)
        self.by_programme[fold(row.programme or "")].append(row)


def link_rows(rows: Iterable[IndicatorRow]) -> tuple[IndicatorRow, ...]:
    """The rows in their order, with the links between plans and reports; links they had before are made anew.

    A report's code that no plan row of its entity and term has gives a notice on the row, if that plan has codes.
    """
    given = tuple(rows)
    plans = _index(row for row in given if row.kind in _PLAN)
    links: dict[str, dict[str, float]] = defaultdict(dict)
    unknown: dict[str, tuple[str, ...]] = {}
    reports: dict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for row in given:
        if row.kind in _REPORT and row.entity and row.period:
            reports[_place(row.entity), row.period].append(row)
    for (entity, period), reporting in reports.items():
        known = _of_term(plans, entity, period)
        if known is not None:
            for row, found, missing in _join(reporting, known):
                links[row.row_id] |= found
                unknown[row.row_id] = missing
    for report, targets in list(links.items()):
        for plan, confidence in targets.items():
            links[plan][report] = confidence
    return tuple(_linked(row, links.get(row.row_id, {}), unknown.get(row.row_id, ())) for row in given)


def plan_codes(row: IndicatorRow) -> tuple[str, ...]:
    """The SisPT codes of a row, each once; a cell may hold several ('IP-12, IP-15')."""
    found = _CODE.findall(row.codes.get("sispt", ""))
    return tuple(dict.fromkeys(f"{code[:2].upper()}-{code[2:].lstrip('-').lstrip('0') or '0'}" for code in found))


def _index(rows: Iterable[IndicatorRow]) -> dict[tuple[str, str], _Plans]:
    plans: dict[tuple[str, str], _Plans] = defaultdict(_Plans)
    for row in rows:
        if row.entity and row.period:
            plans[_place(row.entity), row.period].add(row)
    return plans


def _of_term(plans: dict[tuple[str, str], _Plans], entity: str, period: str) -> _Plans | None:
    """The plan rows of an entity whose term has a year in common with a report's period."""
    found = [known for (place, term), known in plans.items() if _same_place(place, entity) and _overlap(term, period)]
    if len(found) < 2:
        return next(iter(found), None)
    merged = _Plans()
    for known in found:
        for row in known.rows:
            merged.add(row)
    return merged


def _join(
    reporting: Sequence[IndicatorRow], plans: _Plans
) -> Iterator[tuple[IndicatorRow, dict[str, float], tuple[str, ...]]]:
    """(row, plan row → confidence, codes in no plan row) of each report row."""
    by_words: dict[str, list[IndicatorRow]] = defaultdict(list)
    for row in reporting:
        codes = plan_codes(row) if plans.by_code else ()
        if codes:
            found = {plan.row_id: 1.0 for code in codes for plan in plans.by_code.get(code, ()) if plan is not row}
            yield row, found, tuple(code for code in codes if code not in plans.by_code)
        elif row.indicator and row.programme:
            by_words[row.document_id].append(row)
    for document, rows in by_words.items():
        others = [plan for plan in plans.rows if plan.document_id != document]
        yield from _join_by_words(rows, others)


def _join_by_words(
    rows: Sequence[IndicatorRow], plans: Sequence[IndicatorRow]
) -> Iterator[tuple[IndicatorRow, dict[str, float], tuple[str, ...]]]:
    """Programme by programme; of the rows that could be meant, those that agree most find each other first."""
    by_programme: dict[str, list[IndicatorRow]] = defaultdict(list)
    for plan in plans:
        if plan.indicator and plan.programme:
            by_programme[fold(plan.programme)].append(plan)
    reports: dict[str, list[IndicatorRow]] = defaultdict(list)
    for row in rows:
        reports[fold(row.programme or "")].append(row)
    for programme, reporting in reports.items():
        near = [plan for name in _near(programme, list(by_programme)) for plan in by_programme[name]]
        pairs = [
            (alike, _tie(row, plan), row, plan) for row in reporting for plan in near if (alike := _alike(row, plan))
        ]
        taken: dict[str, tuple[str, float]] = {}
        used: dict[str, str] = {}
        for alike, _, row, plan in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
            if row.row_id not in taken and used.get(plan.row_id) in (None, _sayer(row)):
                taken[row.row_id] = (plan.row_id, alike)
                used[plan.row_id] = _sayer(row)
        for row in reporting:
            if row.row_id in taken:
                plan_id, confidence = taken[row.row_id]
                yield row, {plan_id: round(confidence, 2)}, ()


def _sayer(row: IndicatorRow) -> str:
    """Who a plan row is taken by: a row of a table for itself, the figures of a slide together for their indicator."""
    return row.row_id if row.target is not None else fold(row.indicator or "")


def _alike(row: IndicatorRow, plan: IndicatorRow) -> float:
    """How alike two indicators' words are, 0 when they are others; the territory's own wording counts as well."""
    from rapidfuzz import fuzz

    said = fold(row.indicator or "")
    wordings = [fold(text) for text in (plan.indicator or "", *plan.context) if text]
    best = max((float(fuzz.token_sort_ratio(said, wording)) / 100 for wording in wordings), default=0.0)
    return best if best >= ALIKE else 0.0


def _tie(row: IndicatorRow, plan: IndicatorRow) -> float:
    """What else two rows with the same indicator have in common."""
    from rapidfuzz import fuzz

    product = float(fuzz.token_set_ratio(fold(row.step("product") or ""), _products(plan))) / 100
    target = row.target is not None and plan.target is not None and row.target.value == plan.target.value
    component = fold(row.component or row.strategic_line or "") == fold(plan.component or plan.strategic_line or "")
    return product * _TIE_WEIGHTS["product"] + target * _TIE_WEIGHTS["target"] + component * _TIE_WEIGHTS["component"]


def _products(plan: IndicatorRow) -> str:
    return fold(" ".join([plan.step("product") or "", *plan.context]))


def _near(programme: str, names: Sequence[str]) -> list[str]:
    """The names of the same programme: nearly the same words, or a long name cut short."""
    return [name for name in names if _same_programme(" ".join(words(programme)), " ".join(words(name)))]


def _same_programme(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if fuzz.token_sort_ratio(one, other) >= SAME_PROGRAMME * 100:
        return True
    long_enough = min(len(one.split()), len(other.split())) >= _TELLING_WORDS
    return long_enough and fuzz.token_set_ratio(one, other) >= CUT_SHORT * 100


def _linked(row: IndicatorRow, found: dict[str, float], missing: tuple[str, ...]) -> IndicatorRow:
    links = tuple(RowLink(row_id=row_id, confidence=confidence) for row_id, confidence in found.items())
    notices = tuple(
        Notice(code=_UNKNOWN_CODE, message=f"El código {code} no está en ninguna fila del plan.", place=str(row.place))
        for code in missing
    )
    warnings = (*(notice for notice in row.warnings if notice.code != _UNKNOWN_CODE), *notices)
    if links == row.links and warnings == row.warnings:
        return row
    return row.model_copy(update={"links": links, "warnings": warnings})


def _place(entity: str) -> str:
    return fold(entity)


def _same_place(one: str, other: str) -> bool:
    """'Cartagena' and 'Cartagena de Indias' are one place."""
    return one == other or one.startswith(f"{other} de ") or other.startswith(f"{one} de ")


def _overlap(term: str, period: str) -> bool:
    """Whether two periods ('2024-2027', '2025') have a year in common."""
    years, others = (sorted(map(int, _YEAR.findall(text))) for text in (term, period))
    return bool(years) and bool(others) and years[0] <= others[-1] and others[0] <= years[-1]
