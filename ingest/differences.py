"""The same row in two documents with another target or baseline: which of the two holds, nobody here can say.

Two plan rows are the same when entity, term, programme and indicator are, and there is no more than one of each in
either document once those that agree are set aside; a report's row is the same as the plan row it is linked to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.figures import format_es
from ingest.fold import fold, squeeze
from ingest.linking import plan_codes
from ingest.notice_codes import SAME_ROW_DIFFERS
from ingest.records import Document, Figure, IndicatorRow, Notice

#: Links less sure than this may be of rows that only sound alike.
_SURE_LINK = 0.95
_LONGEST = 90
_MEASURES = (("target", "La meta"), ("baseline", "La línea base"))

Pair = tuple[IndicatorRow, IndicatorRow]


def find_differences(rows: Mapping[str, IndicatorRow], documents: Iterable[Document]) -> dict[str, tuple[Notice, ...]]:
    """The notices of each document (by id), one for each figure that another document gives differently.

    ``rows`` are all rows by their ids, with their links.
    """
    names = {document.document_id: document.name for document in documents}
    found: dict[str, list[Notice]] = defaultdict(list)
    for one, other in [*_same_plan_rows(rows.values()), *_linked_rows(rows)]:
        for measure, called in _MEASURES:
            ours, theirs = getattr(one, measure), getattr(other, measure)
            if differ(ours, theirs):
                found[one.document_id].append(_notice(called, one, ours, other, theirs, names))
                found[other.document_id].append(_notice(called, other, theirs, one, ours, names))
    return {document_id: tuple(dict.fromkeys(notices)) for document_id, notices in found.items()}


def differ(one: Figure | None, other: Figure | None) -> bool:
    """Whether two figures say different numbers of the same thing; one may be the other rounded or cut short."""
    if one is None or other is None or one.value is None or other.value is None or one.value == other.value:
        return False
    if (one.unit == "%") != (other.unit == "%") and None not in (one.unit, other.unit):
        return True
    coarse, fine = sorted((one.value, other.value), key=_decimals)
    if not coarse or _decimals(coarse) == _decimals(fine):
        return True
    return abs(fine - coarse) >= Decimal(1).scaleb(-_decimals(coarse))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _same_plan_rows(rows: Iterable[IndicatorRow]) -> Iterator[Pair]:
    grouped: dict[tuple[str, ...], dict[str, list[IndicatorRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.kind in ("result", "product") and row.indicator and row.entity and row.period:
            key = fold(row.entity), row.period, row.kind, fold(row.programme or ""), fold(row.indicator)
            grouped[key][row.document_id].append(row)
    for by_document in grouped.values():
        groups = list(by_document.values())
        for at, ours in enumerate(groups):
            for theirs in groups[at + 1 :]:
                left, right = _without_agreeing(ours, theirs)
                if len(left) == len(right) == 1:
                    yield left[0], right[0]


def _without_agreeing(
    ours: Sequence[IndicatorRow], theirs: Sequence[IndicatorRow]
) -> tuple[list[IndicatorRow], list[IndicatorRow]]:
    """What is left of two groups of equal wording once rows with the same figures have found each other."""
    rest = list(theirs)
    left = []
    for row in ours:
        same = next(
            (other for other in rest if not any(differ(*_both(row, other, name)) for name, _ in _MEASURES)), None
        )
        if same is None:
            left.append(row)
        else:
            rest.remove(same)
    return left, rest


def _both(one: IndicatorRow, other: IndicatorRow, measure: str) -> tuple[Figure | None, Figure | None]:
    return getattr(one, measure), getattr(other, measure)


def _linked_rows(rows: Mapping[str, IndicatorRow]) -> Iterator[Pair]:
    """Reports' rows with the plan rows they are linked to, but those that report on several rows together."""
    for row in rows.values():
        if row.kind == "progress" and len(plan_codes(row)) < 2:
            for link in row.links:
                plan = rows.get(link.row_id)
                if plan is not None and link.confidence >= _SURE_LINK and plan.document_id != row.document_id:
                    yield plan, row


def _notice(
    called: str, one: IndicatorRow, ours: Figure, other: IndicatorRow, theirs: Figure, names: Mapping[str, str]
) -> Notice:
    indicator = squeeze(one.indicator or "")
    short = indicator if len(indicator) <= _LONGEST else f"{indicator[:_LONGEST].rstrip()}…"
    where = ", ".join(part for part in (f"«{names.get(other.document_id, '?')}»", str(other.place)) if part)
    message = f"{called} de «{short}» es {_value(ours)} aquí y {_value(theirs)} en {where}."
    return Notice(code=SAME_ROW_DIFFERS, message=message, place=str(one.place) or None)


def _value(figure: Figure) -> str:
    text = "" if figure.value is None else format_es(figure.value)
    return f"{text} %" if figure.unit == "%" else text
