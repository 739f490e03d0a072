"""Tables with a row for each thing done: an indicator over several rows, and what is said of its activities.

``Columns → the columns``, those of the activities without the roles they would have of an indicator; and which rows
only go on with the indicator above them: they give no row of their own, their words stay with its cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.columns import INDICATOR_ROLES, MEASURE_ROLES, Column, Header
from ingest.fold import fold, squeeze
from ingest.records import IndicatorRow, TableRow

#: Names of columns with a row for each thing done, at their beginning.
_NAME = re.compile(
    r"^(?:(?:nombre|descripcion|detalle|listado|relacion) (?:de )?(?:la |las |los )?)?"
    r"(?:(?:principales )?(?:sub)?actividad(?:es)?|acciones|accion(?! estrategica)|tareas?|hitos?)\b"
)
_OF_ACTIVITIES = re.compile(r"\b(?:actividad(?:es)?|act|tareas?|acciones)\b")
#: Of an activity these say nothing of the indicator beside it.
_OF_THEIR_OWN = frozenset(
    {"product", "project", "unit", "code", "dependency", "target", "percent", "programado", "goal_type", "purpose"}
)
_SAYS_NOTHING = frozenset({"", "ignore", "observations", "source"})


def without_roles_of_activities(columns: tuple[Column, ...], body: Sequence[TableRow]) -> tuple[Column, ...]:
    """The columns of activities without the roles that they would have of the indicator in another place.

    They stand below a heading that says so; or who does it differs between the rows of one indicator.
    """
    columns = _without_those_headed(columns)
    if not any(_names_activities(column) for column in columns):
        return columns
    return tuple(
        replace(column, role=None)
        if column.name == "dependency" and _differs_within_indicators(column, columns, body)
        else column
        for column in columns
    )


def _differs_within_indicators(column: Column, columns: Sequence[Column], body: Sequence[TableRow]) -> bool:
    things = [same_row(row, columns) for row in body]
    return any(
        any(thing) and thing == before and (text := column.cell(row).text.strip()) and text != column.cell(above).text
        for row, above, thing, before in zip(body[1:], body, things[1:], things, strict=False)
    )


def _without_those_headed(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    if any(_is_headed(column) and column.name in INDICATOR_ROLES | {"baseline"} for column in columns):
        return columns
    others = {column.name for column in columns if not _is_headed(column)}
    if INDICATOR_ROLES.isdisjoint(others):
        return columns
    return tuple(
        replace(column, role=None) if _is_headed(column) and column.name in _OF_THEIR_OWN else column
        for column in columns
    )


def _is_headed(column: Column) -> bool:
    return _OF_ACTIVITIES.search(fold(column.group)) is not None


def tells_activities(header: Header) -> bool:
    """Whether a table has a row for each activity, which repeats the indicator they are of."""
    return any(map(_names_activities, header.columns))


def _names_activities(column: Column) -> bool:
    names = (fold(column.header.rpartition(" / ")[2]), column.role.matched if column.role is not None else "")
    return column.name in _SAYS_NOTHING and any(map(_NAME.match, names))


def goes_on(row: TableRow, above: TableRow | None, header: Header) -> bool:
    """Whether a row is one more line of the indicator above: merged with it, and nothing of its own but words.

    What has no role, or is an observation, says nothing of its figures; an amount or a code of its own does.
    """
    if above is None or not header.has(INDICATOR_ROLES):
        return False
    named = header.of(*INDICATOR_ROLES)
    if not any(_continues(column, row, above) and column.cell(row).text.strip() for column in named):
        return False
    figures = [column for column in header.columns if column.name in MEASURE_ROLES]
    if not any(_continues(column, row, above) and column.cell(row).text.strip() for column in figures):
        return False
    return all(
        column.name in _SAYS_NOTHING or not column.cell(row).text.strip() or _continues(column, row, above)
        for column in header.columns
    )


def _continues(column: Column, row: TableRow, above: TableRow) -> bool:
    cell = column.cell(row)
    return cell.merged and cell.text == column.cell(above).text


def with_words_of(row: IndicatorRow, more: TableRow, header: Header) -> IndicatorRow:
    """The row with the words that a further line of it has in columns without figures, each on a line of its cell."""
    cells = list(row.cells)
    for at, column in enumerate(header.columns):
        text = squeeze(column.cell(more).text)
        if column.name not in _SAYS_NOTHING or not text or at >= len(cells):
            continue
        name, said = cells[at]
        if text not in said.split("\n"):
            cells[at] = (name, f"{said}\n{text}" if said else text)
    return row if tuple(cells) == row.cells else row.model_copy(update={"cells": tuple(cells)})


def same_row(row: TableRow, columns: Sequence[Column]) -> tuple[str, ...]:
    """What a row says of an indicator and its figures, to compare it with the row before."""
    unique = INDICATOR_ROLES | MEASURE_ROLES
    return tuple(fold(column.cell(row).text) for column in columns if column.name in unique)
