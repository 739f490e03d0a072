"""A header that names two indicators: the result with its figures, then the product with its own.

``Header → one or several headers``, each with the columns of one indicator and those that hold for all of them. Which
figure is whose, the headings over the columns tell ("Metas de resultado", "Metas de producto"); where there are none,
the order: a name that stands a second time begins the next indicator. Money is the last one's, the product's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.extract.columns import INDICATOR_ROLES, MEASURE_ROLES, MONEY_ROLES, Column, Header
from ingest.fold import fold
from ingest.wording.columns import columns as column_table

#: Columns that say something of one indicator alone; the others hold for the whole row.
_OF_ONE = INDICATOR_ROLES | MEASURE_ROLES | {"unit", "baseline_year", "baseline_source", "source", "code", "code_sispt",
    "code_mga", "accumulation", "goal_type", "indicator_custom"}  # fmt: skip
#: Said of the row, these are the product's alone.
_OF_THE_PRODUCT = frozenset({"percent_budget", "product", "project", "code_bpin", "funding_source"})
_CODES = frozenset({"code", "code_sispt", "code_mga"})
#: A second one of these begins another indicator.
_BEGINS = INDICATOR_ROLES | {"target", "baseline"}


def indicator_headers(header: Header) -> tuple[Header, ...]:
    """One header for each indicator that has figures of its own; the header itself when there is only one."""
    runs = _by_group(header.columns) or _by_sentences(header.columns) or _whole(_runs(header.columns))
    if len(runs) < 2:
        return (replace(header, columns=tuple(_with_term_target(list(header.columns)))),)
    shared = [column for column in header.columns if column.name not in _OF_ONE]
    unpaid = [column for column in shared if column.name not in MONEY_ROLES | _OF_THE_PRODUCT]
    kept = [*(unpaid for _ in runs[1:]), shared]
    return tuple(
        replace(header, columns=_in_order([*rest, *_with_term_target(run)]))
        for rest, run in zip(kept, runs, strict=True)
    )


def _with_term_target(run: list[Column]) -> list[Column]:
    """The columns, of two targets of one year the one apart from the other years being that of the whole term.

    So is the one target of a year that is named beside those of the first, the second … year.
    """
    if any(column.name == "target" and not column.wordy for column in run):
        return run
    targets = [column for column in run if column.name == "target_year"]
    named = [column for column in targets if column.year]
    counted = [column for column in targets if column.role and column.role.nth_year]
    if len(named) == 1 and len(counted) > 1:
        return [_of_the_term(column) if column is named[0] else column for column in run]
    years = [column.year for column in named]
    twice = {c.year for c in named if years.count(c.year) > 1 and _stands_among_years(c, named)}
    apart = next((c for c in named if c.year in twice and not _stands_among_years(c, named)), None)
    return [_of_the_term(column) if column is apart else column for column in run]


def _stands_among_years(column: Column, targets: Sequence[Column]) -> bool:
    """Whether the column right before it is the target of the year before, or the one right after of the next."""
    return any((other.index - column.index, (other.year or 0) - (column.year or 0)) in ((-1, -1), (1, 1))
               for other in targets)  # fmt: skip


def _of_the_term(column: Column) -> Column:
    role = column.role and column.role.model_copy(update={"role": "target", "year": None})
    return replace(column, role=role)


def _whole(runs: Iterable[list[Column]]) -> list[list[Column]]:
    """The runs that have an indicator and its figures, each with those after it that have not."""
    found: list[list[Column]] = []
    for run in runs:
        if _is_whole(run) or not found:
            found.append(run)
        else:
            found[-1] += run
    return [run for run in found if _is_whole(run)]


def _by_group(columns: tuple[Column, ...]) -> list[list[Column]]:
    """The result's columns and the product's, by the headings over them; [] where those do not tell.

    Columns under no such heading (what is programmed for each year, what was reached) are the product's.
    """
    of_one = [column for column in columns if column.name in _OF_ONE]
    results = [column for column in of_one if _side(column) == "result"]
    runs = [results, [column for column in of_one if column not in results]]
    has_products = any(_side(column) == "product" for column in runs[1])
    return runs if has_products and all(map(_is_whole, runs)) else []


def _by_sentences(columns: tuple[Column, ...]) -> list[list[Column]]:
    """The columns of a result and of a product that only the sentences of their targets name; [] if not so.

    'Meta de resultado | Meta de producto | Línea base | Meta': the figures after a sentence are that one's.
    """
    of_one = [column for column in columns if column.name in _OF_ONE]
    told = {side_of(column.header): column.index for column in reversed(of_one) if column.wordy}
    first, second = told.get("result"), told.get("product")
    if first is None or second is None or first > second or any(c.name in INDICATOR_ROLES for c in of_one):
        return []
    results = [column for column in of_one if column.index < second and column.name not in _CODES]
    return [results, [column for column in of_one if column not in results]]


def _side(column: Column) -> str | None:
    """Whether the headings over a column speak of results or of products."""
    return side_of(column.group) if column.group else None


def side_of(text: str) -> str | None:
    """Whether a heading speaks of results or of products; None when of neither or of both."""
    sides = _groups_of(text) & {"result", "product"}
    return next(iter(sides)) if len(sides) == 1 else None


def says_money(text: str) -> bool:
    """Whether a heading speaks of money."""
    return "money" in _groups_of(text)


def _groups_of(text: str) -> set[str]:
    return {name for name, _ in column_table().context([column_table().key(fold(text))])}


def _runs(columns: tuple[Column, ...]) -> Iterator[list[Column]]:
    """The columns of single indicators, cut where a name stands again or another kind of indicator begins.

    A code right before the first column of another indicator is that one's.
    """
    run: list[Column] = []
    codes: list[Column] = []
    for column in columns:
        if column.name not in _OF_ONE:
            continue
        if column.name in _CODES and _is_whole(run):
            codes.append(column)
            continue
        if _begins_another(column, run):
            yield run
            run = []
        run += [*codes, column]
        codes = []
    if run := run + codes:
        yield run


def _begins_another(column: Column, run: list[Column]) -> bool:
    if not _is_whole(run):
        return False
    if column.name in INDICATOR_ROLES:
        return any(other.name in INDICATOR_ROLES for other in run)
    if column.name in _BEGINS:
        return _is_of_another_kind(column, run) or any(
            other.claim[:1] == column.claim[:1] and other.wordy == column.wordy for other in run
        )
    return column.name == "target_year" and any(other.claim == column.claim for other in run)


def _is_of_another_kind(column: Column, run: list[Column]) -> bool:
    """Whether a target says that it is of a product, and the indicator before it that it is of a result."""
    own = side_of(column.header)
    sides = {side_of(other.header) for other in run if other.name in INDICATOR_ROLES}
    return own is not None and None not in sides and own not in sides


def _is_whole(run: list[Column]) -> bool:
    """Whether a run has an indicator and something measured."""
    return any(column.name in INDICATOR_ROLES for column in run) and any(c.name in MEASURE_ROLES for c in run)


def _in_order(columns: list[Column]) -> tuple[Column, ...]:
    return tuple(sorted(columns, key=lambda column: column.index))
