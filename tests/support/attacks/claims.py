"""The row's own figures and names said of something else: another role, year, office, programme or row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.figures import format_es
from tests.support.attacks.facts import Fact, held_numbers, printed_figure, value_of

_SWAPPED = (
    "La meta de «{name}» es {baseline} {mark}.",
    "La línea base de «{name}» es {target} {mark}.",
    "Se pasará de {target} (línea base) a {baseline} (meta) {mark}.",
    "La meta es {baseline} y la línea base {target} {mark}.",
    "Se parte de {target}, con una meta de {baseline} {mark}.",
    "La meta de «{name}» es «{quoted}» {mark}.",
    "Se pasará de {target} a {baseline} {mark}.",
    "Se parte de {target} y se llega a {baseline} {mark}.",
    "Había {target} y se busca llegar a {baseline} {mark}.",
    "El indicador llegará a {baseline} {mark}.",
    "Al inicio había {target} {mark}.",
    "Habrá entre {baseline} y {target} {mark}.",
    "Se trata de {baseline} o {target} {mark}.",
    "It will go from {target} to {baseline} {mark}.",
    "La meta, según el plan, consiste en {baseline} {mark}.",
    "The target of «{name}» is {baseline} {mark}.",
    "{baseline} es la meta de «{name}» {mark}.",
)
_DONE = (
    "Ya se lograron {figure} en «{name}» {mark}.",
    "La Alcaldía alcanzó {figure} en «{name}» {mark}.",
    "Se cumplió la meta de {figure} {mark}.",
    "Se han ejecutado {figure} de «{name}» {mark}.",
    "El avance de «{name}» es de {figure} {mark}.",
    "La administración entregó {figure} {mark}.",
    "«{name}»: ya van {figure} {mark}.",
)
#: Offices of the town, as other rows have them.
_OFFICES = (
    "Secretaría de Planeación y Obras",
    "Secretaría de Educación",
    "Secretaría de Salud",
    "Secretaría de Infraestructura",
    "Inspección de Tránsito",
)
_STRANGE_OFFICES = (
    *("Secretaría de Hacienda", "Ministerio de Educación", "Gobernación de Antioquia"),
    *("Invías", "DNP"),
)
_IN_CHARGE = (
    "La dependencia a cargo de «{name}» es la {office} {mark}.",
    "La dependencia a cargo de «{name}» es la {small} {mark}.",
    "La {office} responde por «{name}» {mark}.",
    "{capitals} tiene a cargo «{name}» {mark}.",
    "A cargo: {office} {mark}.",
    "Lo lidera {short} {mark}.",
    "{body} y la {office} {mark}.",
)
_PROGRAMMES = (
    *("Gota a Gota", "Huellas Rurales", "Tiza y Tablero", "Bata Blanca", "Villa Activa", "Ruta Azul"),
    *("Vías para Todos", "Agua Segura"),  # no document has these
)
_BELONGS = (
    "«{name}» hace parte del programa {programme} {mark}.",
    "«{name}» hace parte del programa {capitals} {mark}.",
    "«{name}» hace parte del programa {small} {mark}.",
    "«{name}» está en {programme} {mark}.",
    "«{name}» está en «{programme}» {mark}.",
    "«{name}» está en {small} {mark}.",
)
_COMPARED = (
    "La meta de «{name}» es {two} y la de «{its}» es {one} {both}.",
    "La meta de «{name}» es {two} {mark} y la de «{its}» es {one} {other}.",
    "La meta de «{name}» es {two} {both}.",
    "Las metas de «{name}» y «{its}» son, en su orden, {two} y {one} {both}.",
    "«{name}» tiene una meta mayor que «{its}» {both}.",
    "Ambas metas suman {sum} {both}.",
    "La meta de «{its}» es {one} {mark}.",
)


def _filled(templates: tuple[str, ...], fact: Fact, **values: str) -> Iterator[str]:
    known = {"name": fact.citation.indicator, "mark": fact.mark, "figure": fact.figure, "body": fact.body}
    return (template.format(**known, **values) for template in templates)


def swapped_roles(fact: Fact) -> Iterator[str]:
    target, baseline = printed_figure(fact.citation.target), printed_figure(fact.citation.baseline)
    if fact.role != "target" or not target or not baseline or value_of(target) == value_of(baseline):
        return
    quoted = str((fact.citation.baseline or {}).get("text") or "")
    yield from _filled(_SWAPPED, fact, target=target, baseline=baseline, quoted=quoted)


def said_as_done(fact: Fact) -> Iterator[str]:
    """A promise said as something delivered."""
    if fact.role == "target" and fact.figure:
        yield from _filled(_DONE, fact)


def changed_years(fact: Fact) -> Iterator[str]:
    for year in ("2019", "2026", "2030", "1998"):
        if year in held_numbers(fact):
            continue
        yield f"{fact.body} en {year} {fact.mark}."
        yield f"{fact.body} a diciembre de {year} {fact.mark}."
        yield f"En la vigencia {year}, {fact.sentence[0].lower()}{fact.sentence[1:]}"
        yield f"{fact.body} en el periodo {year}-{int(year) + 4} {fact.mark}."
    yield f"{fact.body} para el 2O3O {fact.mark}."
    yield from _dates_of_the_other_field(fact)


def _dates_of_the_other_field(fact: Fact) -> Iterator[str]:
    citation, body, mark = fact.citation, fact.body, fact.mark
    year = re.search(r"20\d\d", str((citation.baseline or {}).get("source") or ""))
    if year is None or printed_figure(citation.target) == printed_figure(citation.baseline):
        return
    if fact.role == "target":
        yield f"{body} en {year[0]} {mark}."
        yield f"En {year[0]}, la meta de «{citation.indicator}» es {fact.figure} {mark}."
        yield f"Se llegará a {fact.figure} en {year[0]} {mark}."
    if fact.role == "baseline":
        yield f"{body} en 2027 {mark}."
        yield f"En 2027 la línea base es de {fact.figure} {mark}."


def other_offices(fact: Fact) -> Iterator[str]:
    if fact.role != "office" or fact.citation.dependency is None:
        return
    held = fact.citation.model_dump_json().lower()
    for office in (*_OFFICES, *_STRANGE_OFFICES):
        if office.lower() not in held:
            names = {"office": office, "small": office.lower(), "capitals": office.upper()}
            yield from _filled(_IN_CHARGE, fact, **names, short=office.removeprefix("Secretaría de "))
    for office in _OFFICES:
        if office.lower() not in held:
            short = office.lower().removeprefix("secretaría de ")
            yield f"De eso se ocupa {short} {fact.mark}."
            yield f"La cartera de {short} está a cargo {fact.mark}."


def other_programmes(fact: Fact) -> Iterator[str]:
    if fact.role != "programme":
        return
    held = fact.citation.model_dump_json().lower()
    for programme in _PROGRAMMES:
        if programme.lower() not in held:
            names = {"programme": programme, "small": programme.lower(), "capitals": programme.upper()}
            yield from _filled(_BELONGS, fact, **names)


def comparisons(fact: Fact) -> Iterator[str]:
    """Swaps between two rows of one answer, and comparisons that no row makes."""
    for other in fact.others:
        one, two = fact.figure, printed_figure(other.target)
        if fact.role != "target" or not two or value_of(one) == value_of(two):
            continue
        marks = {"other": f"[{other.n}]", "both": f"{fact.mark}[{other.n}]"}
        added = format_es(value_of(one) + value_of(two))
        yield from _filled(_COMPARED, fact, its=str(other.indicator), one=one, two=two, sum=added, **marks)
