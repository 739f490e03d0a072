"""Which rows hold which fields: the table that says whether a row can answer what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.corpus import Item
from assistant.query import Field
from ingest.fold import fold
from ingest.records import IndicatorRow

_LONGEST_LABEL = 140
_TOTAL_WORDS = frozenset(("total", "totales", "subtotal"))


def is_indicator_row(row: IndicatorRow | None) -> bool:
    """Whether a row is of a table of indicators: of a plan, or of what follows one up with its targets."""
    if row is None:
        return False
    follows = row.kind == "progress" and row.indicator is not None and (row.target is not None or bool(row.yearly))
    return follows or row.kind in ("result", "product")


def is_labelled(row: IndicatorRow) -> bool:
    """Whether metric and figure say it all: the metric is a label, not the sentence that the figure stands in."""
    if row.figure is None or row.metric is None or len(row.metric) > _LONGEST_LABEL:
        return False
    return fold(row.figure.text) not in fold(row.metric)


def is_total(row: IndicatorRow) -> bool:
    """Whether a figure is the printed total of others."""
    return bool(_TOTAL_WORDS & set(fold(row.metric or "").split()))


def is_sibling(one: Item, other: Item) -> bool:
    """Whether two labelled figures are entries of one list."""
    first, second = one.row, other.row
    if first is None or second is None or first.figure is None or second.figure is None or not is_labelled(second):
        return False
    same_place = first.document_id == second.document_id and first.context == second.context
    same_subject = first.indicator == second.indicator and first.programme == second.programme
    return (
        same_place
        and same_subject
        and first.figure.period == second.figure.period
        and first.figure.unit == second.figure.unit
    )


def _says_budget(row: IndicatorRow) -> bool:
    return bool(row.budget) or (row.figure is not None and row.figure.unit in ("COP", "USD"))


def _says_target(row: IndicatorRow) -> bool:
    return row.target is not None if is_indicator_row(row) else "meta" in fold(row.metric or "").split()


def _says_baseline(row: IndicatorRow) -> bool:
    return row.baseline is not None if is_indicator_row(row) else "base" in fold(row.metric or "").split()


_HOLDS: dict[Field, Callable[[IndicatorRow], bool]] = {
    "target": _says_target,
    "baseline": _says_baseline,
    "source": lambda row: not is_indicator_row(row) or bool(row.baseline and row.baseline.source),
    "ods": lambda row: row.ods is not None,
    "purpose": lambda row: row.purpose is not None,
    "component": lambda row: row.component is not None,
    "strategic_line": lambda row: row.strategic_line is not None,
    "programme": lambda row: row.programme is not None,
    "dependency": lambda row: row.dependency is not None,
    "sector": lambda row: row.step("sector") is not None,
    "code": lambda row: bool(row.codes),
    "budget": _says_budget,
    "place": lambda row: False,
    "contact": lambda row: False,
    "contractor": lambda row: False,
    "pay": lambda row: False,
    "progress": lambda row: (
        not is_indicator_row(row) or row.figure is not None or any(year.progress for year in row.yearly)
    ),
}

#: What prose that says something of a field has in it.
_PROSE_HOLDS: dict[Field, re.Pattern[str]] = {
    "budget": re.compile(r"\$|\bCOP\b|millones|pesos|financiaci[oó]n|regal[ií]as|presupuesto", re.IGNORECASE),
    "ods": re.compile(r"\bODS\b|desarrollo sostenible", re.IGNORECASE),
    "contact": re.compile(r"\d{3}[\s-]?\d{3,4}|\b\d{1,2}(?::\d\d)?\s?(?:a\.?\s?m|p\.?\s?m)|@", re.IGNORECASE),
    "pay": re.compile(r"salario|sueldo|honorarios", re.IGNORECASE),
    "contractor": re.compile(
        r"contratista|consorcio|uni[oó]n temporal|adjudic|proponente|operador|empresa", re.IGNORECASE
    ),
    "target": re.compile(r"\d|meta", re.IGNORECASE),
    "baseline": re.compile(r"l[ií]nea\s+base", re.IGNORECASE),
}

#: Fields whose words are so common that a row without them may still answer ("meta", "programa").
_LENIENT: frozenset[Field] = frozenset(("target", "programme"))


def holds(item: Item, name: Field) -> bool:
    """Whether an item or a row joined to it says anything of a field; prose may, where it looks like that."""
    held = item.held.get(name)
    if held is None:
        held = item.held[name] = _holds(item, name)
    return held


def _holds(item: Item, name: Field) -> bool:
    if name not in _HOLDS:
        return True
    if item.row is None:
        return item.segment is not None and (
            name not in _PROSE_HOLDS or _PROSE_HOLDS[name].search(item.segment.text) is not None
        )
    return any(_HOLDS[name](row) for row in (item.row, *item.joined))


def is_checked(name: Field, asked: Sequence[Field]) -> bool:
    """Whether an answer has to hold the field, rather than only being preferred when it does.

    "Dónde" asks for a place only when nothing else is asked ("de dónde sale la plata").
    """
    if name == "place":
        return len(asked) == 1
    return name in _HOLDS and name not in _LENIENT
