"""A header that names two indicators: the result with its figures, then the product with its own.

``Header → one or several headers``, each with the columns of one indicator and those that hold for all of them. Which
figure is whose, the order tells: a name that stands a second time begins the next indicator.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.columns import INDICATOR_ROLES, MEASURE_ROLES, Column, Header

#: Columns that say something of one indicator alone; the others hold for the whole row.
_OF_ONE = INDICATOR_ROLES | MEASURE_ROLES | {"unit", "baseline_year", "baseline_source", "source", "code", "code_sispt",
    "code_mga", "accumulation", "goal_type", "indicator_custom"}  # fmt: skip
#: A second one of these begins another indicator.
_BEGINS = INDICATOR_ROLES | {"target", "baseline"}


def indicator_headers(header: Header) -> tuple[Header, ...]:
    """One header for each indicator that has figures of its own; the header itself when there is only one."""
    runs = [run for run in _runs(header.columns) if _is_whole(run)]
    if len(runs) < 2:
        return (header,)
    shared = [column for column in header.columns if column.name not in _OF_ONE]
    return tuple(Header(header.first, header.last, _in_order([*shared, *run])) for run in runs)


def _runs(columns: tuple[Column, ...]) -> Iterator[list[Column]]:
    """The columns of single indicators, cut where a name stands again or another kind of indicator begins."""
    run: list[Column] = []
    for column in columns:
        if column.name not in _OF_ONE:
            continue
        if _begins_another(column, run):
            yield run
            run = []
        run.append(column)
    if run:
        yield run


def _begins_another(column: Column, run: list[Column]) -> bool:
    if not _is_whole(run):
        return False
    if column.name in INDICATOR_ROLES:
        return any(other.name in INDICATOR_ROLES for other in run)
    if column.name in _BEGINS:
        return any(other.claim[:1] == column.claim[:1] for other in run)
    return column.name == "target_year" and any(other.claim == column.claim for other in run)


def _is_whole(run: list[Column]) -> bool:
    """Whether a run has an indicator and something measured."""
    return any(column.name in INDICATOR_ROLES for column in run) and any(c.name in MEASURE_ROLES for c in run)


def _in_order(columns: list[Column]) -> tuple[Column, ...]:
    return tuple(sorted(columns, key=lambda column: column.index))
