"""The time that a short question means beside the one told before: "¿y entre abril y junio?" is of the same year, "¿y
en los tres meses anteriores?" ends where that time begins.

A time is meant only where the question says one without its year; a year of its own is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from assistant.corpus.corpus import Item
from assistant.question.followup import goes_on, leans, neighbour
from assistant.question.query import Query
from assistant.question.times import Interval, intervals_in, row_intervals
from ingest.figures.wordlists import month_names
from ingest.fold import fold

_PART = r"(?:bimestres?|trimestres?|cuatrimestres?|semestres?)"
_NTH = r"(?:primer|segundo|tercer|cuarto|quinto|sexto|ultimo|i|ii|iii|iv|[1-6](?:er|do|ro|to)?)"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\b(?:ano|vigencia)\b")
_COUNTS = {"un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "nueve": 9, "doce": 12}
_LENGTHS = {"mes": 1, "bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6, "ano": 12}
#: A stretch of its own length after or before another: "los seis meses anteriores", "el trimestre siguiente".
_STRETCH = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)}|[1-9]|1[0-2]) )?"
    r"(?:(?:siguiente|proximo|posterior|anterior|pasado|previo|ultimo)s? )?"
    rf"(?P<unit>{'|'.join(_LENGTHS)})(?:e?s)?\b"
)


def with_time_meant(own: Query, previous: Query | None, told: Item | None = None) -> Query:
    """The question with the time that it means beside the one asked for before, or that of the figure ``told``."""
    if previous is None or own.asked or not (goes_on(own) or leans(own)):
        return own
    since = previous.asked or (row_intervals(told.row) if told is not None and told.row is not None else ())
    if not since:
        return own
    folded = fold(own.text)
    if own.step:
        return replace(own, asked=_stretch_beside(folded, own.step, since))
    times = _in_its_year(folded, since)
    return replace(own, asked=times) if times else own


def _in_its_year(folded: str, since: Sequence[Interval]) -> tuple[Interval, ...]:
    """The months or part of a year that a question says, in the year of the time before; () where it says a year."""
    if _YEAR.search(folded):
        return ()
    said = _part_of_year().search(folded)
    return () if said is None else intervals_in(f"{said[0]} de {since[-1].last[:4]}")


def _stretch_beside(folded: str, step: int, since: Sequence[Interval]) -> tuple[Interval, ...]:
    """The stretch right after or before each time, as long as the question says, or as the time itself."""
    said = _STRETCH.search(folded)
    months = None
    if said is not None and (said["count"] or not said["unit"].startswith("mes") or f"{said['unit']}es" not in folded):
        count = said["count"] or "1"
        months = _LENGTHS[said["unit"]] * (_COUNTS.get(count) or int(count))
    return tuple(dict.fromkeys(neighbour(one, step, months) for one in since))


@cache
def _part_of_year() -> re.Pattern[str]:
    months = month_names()
    stretch = rf"{months}(?: (?:al?|y|hasta)(?: el)? {months})?"
    return re.compile(rf"\b(?:{_NTH} {_PART}|{stretch})(?![a-z])")
