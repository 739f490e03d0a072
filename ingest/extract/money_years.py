"""Of which year amounts are whose header names none, told by the amounts beside them.

``The columns of a table → the columns``. 'Compromisos 2024 | Valor ejecutado | % ejecución 2024' is all of 2024, and so
are 'Recursos propios | Regalías | Total programado 2024 | Pagos': neighbours share a year. What is said to be of
the term, and what could be ('Costo total | Programado 2025'), stays without a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.extract.columns import MONEY_ROLES, Column
from ingest.fold import words

#: Stages of spending, which are told year by year.
_OF_A_YEAR = MONEY_ROLES - {"programado", "asignado"}
_OF_THE_TERM = frozenset({"cuatrienio", "cuatrenio", "cuatrienal", "plan", "plurianual", "periodo", "total", "global"})


def with_years_of_neighbours(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns, undated amounts in a run of amounts of one year with that year."""
    kept = list(columns)
    for run in _runs(columns):
        years = {column.year for column in run if column.year is not None}
        if len(years) != 1:
            continue
        (year,) = years
        for at, column in enumerate(run):
            if _is_undated(column) and _shares_the_year(column, run[at + 1 :]):
                role = column.role and column.role.model_copy(update={"year": year})
                kept[column.index] = replace(column, role=role)
    return tuple(kept)


def _runs(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The columns of money that stand together; a percentage of money and what nobody knows do not part them."""
    run: list[Column] = []
    for column in columns:
        if column.name in MONEY_ROLES:
            run.append(column)
        elif column.role is not None and column.name not in ("percent_budget", "ignore"):
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _is_undated(column: Column) -> bool:
    role = column.role
    return role is not None and role.year is None and role.nth_year is None and role.period is None


def _shares_the_year(column: Column, after: Sequence[Column]) -> bool:
    if not _OF_THE_TERM.isdisjoint(words(f"{column.group} {column.header}")):
        return False
    if column.name in _OF_A_YEAR:
        return True
    by_source = column.role is not None and column.role.funding_source is not None
    return by_source and any(other.year is not None for other in after)
