"""Which rows hold which fields: the table that says whether a row can answer what is asked of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.corpus.corpus import Item
from assistant.question.query import Field
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
    if first is None or second is None or first.figure is None or second.figure is None:
        return False
    return (
        first.document_id == second.document_id
        and (first.context, first.indicator, first.programme) == (second.context, second.indicator, second.programme)
        and (first.figure.period, first.figure.unit) == (second.figure.period, second.figure.unit)
        and is_labelled(second)
    )


def _says_budget(row: IndicatorRow) -> bool:
    return bool(row.budget) or (row.figure is not None and row.figure.unit in ("COP", "USD"))


def _says_target(row: IndicatorRow) -> bool:
    return row.target is not None if is_indicator_row(row) else "meta" in fold(row.metric or "").split()


def _says_baseline(row: IndicatorRow) -> bool:
    return row.baseline is not None if is_indicator_row(row) else "base" in fold(row.metric or "").split()


def _target_of(row: IndicatorRow) -> str:
    return f"{row.indicator or ''} {row.target.text if row.target else ''}"


def _told_of(row: IndicatorRow) -> str:
    """What is promised, in a plan; the whole sentence that states a figure, in a report."""
    is_sentence = row.metric is not None and row.target is None and not row.yearly and not row.budget
    return row.quote if is_sentence else _target_of(row)


def _when_of(row: IndicatorRow) -> str:
    """What says when something is to be: its target in a plan; the sentence and its period in a report."""
    if is_indicator_row(row):
        return _target_of(row)
    return f"{row.quote} {row.figure.period if row.figure is not None and row.figure.period else ''}"


#: What says where: a kind of place, or "en" and something that is not the whole territory, an institution of which
#: there are several ("en las Casas de Justicia") or a way of speaking.
_SITE = re.compile(
    r"\b(?:barrios?|veredas?|corregimientos?|comunas?|localidad(?:es)?|cabecera|isla|inmueble|edificio|playas?|piso)\b"
    r"|\ben (?:el|la|los|las) (?!distrito|municipio|departamento|ciudad|territorio|pa[ií]s|marco|cuatrienio|a[ñn]o"
    r"|casas\b|comisar[ií]as\b|inspecciones\b|estaciones\b|instituciones\b|oficinas\b|hospitales\b|dependencias\b"
    r"|proceso|proporci|prestaci|atenci|implementaci|n[uú]mero|tasa|programa|plan\b|cobertura|gesti)\w+",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|trimestre|semestre)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")
_PERSON = re.compile(
    r"(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ ){1,3}[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+|(?:[A-ZÁÉÍÓÚÑ]{3,} ){1,3}[A-ZÁÉÍÓÚÑ]{3,}"
)

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
    "accumulation": lambda row: row.accumulation is not None,
    "budget": _says_budget,
    "place": lambda row: False,
    "contact": lambda row: False,
    "contractor": lambda row: False,
    "pay": lambda row: False,
    "site": lambda row: _SITE.search(_told_of(row)) is not None,
    "year": lambda row: bool(row.yearly) or _YEAR.search(_when_of(row)) is not None,
    "date": lambda row: not is_indicator_row(row) or _DAY.search(_target_of(row)) is not None,
    "person": lambda row: not is_indicator_row(row) and _PERSON.search(row.quote) is not None,
    "unit_cost": lambda row: False,
    "reason": lambda row: False,
    "detail": lambda row: False,
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
    "site": _SITE,
    "date": _DAY,
    "year": _YEAR,
    "person": _PERSON,
    "unit_cost": re.compile(r"\$.*\bcada\b|\bcada\b.*\$|unitari", re.IGNORECASE),
    "reason": re.compile(
        r"porque|debido|dado que|ya que|puesto que|raz[oó]n|causa|a fin de|con el fin|para \w+r\b", re.IGNORECASE
    ),
    "detail": re.compile(
        r"marca|color|modelo|material|tama[ñn]o|capacidad|metros|pisos|resoluci[oó]n|garant[ií]a", re.IGNORECASE
    ),
    "target": re.compile(r"\d|meta", re.IGNORECASE),
    "baseline": re.compile(r"l[ií]nea\s+base", re.IGNORECASE),
}

#: What a question may ask of a thing and no table has a column for: only what is as near as the best may say it.
DETAILS: frozenset[Field] = frozenset(("site", "date", "year", "person", "unit_cost", "reason", "detail"))
#: Those of them that are said to be missing beside a count that is told.
UNTOLD: frozenset[Field] = frozenset(("site", "date", "year", "reason", "detail"))
#: Fields whose words a question about the place or day of a promise has, too.
_WITH_PROMISES: frozenset[Field] = frozenset(("target", "programme", "period", "progress"))

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

    "Dónde" asks for a place only when nothing else is asked ("de dónde sale la plata"), a reason or a day only beside
    what a promise is asked with ("van a construir") or another of them ("¿en qué mes y en qué barrio?"), and an office
    no more when a person of it is asked for.
    """
    if name == "place":
        return len(asked) == 1
    if name in ("site", "date", "year", "reason"):
        return not set(asked) - {"place", *DETAILS, *_WITH_PROMISES}
    if name in ("dependency", "contact") and "person" in asked:
        return False
    return name in _HOLDS and name not in _LENIENT
