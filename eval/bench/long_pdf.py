"""A long plan in PDF to measure with: an invented town, as many pages and rows as asked for, ruled or without lines.

Each page has a running header, a programme, a paragraph, a table of indicators and its number. Everything is drawn by
chance from a seed, so that the same arguments give the same file and no two rows are alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEADER = ("Indicador de producto", "Línea base 2023", "Meta 2024-2027", "Unidad", "Dependencia responsable")
_WIDTHS = (196, 68, 78, 68, 102)
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 562, 760, 50
_FONT, _BOLD = "Helvetica", "Helvetica-Bold"
_SIZE, _LEADING = 8, 9.6
_PADDING = 3

_THINGS = (
    ("Kilómetros de vía terciaria", "mejorados", "Kilómetros", "Secretaría de Obras"),
    ("Viviendas rurales", "con techo nuevo", "Viviendas", "Oficina de Vivienda"),
    ("Estudiantes de básica", "con transporte escolar", "Estudiantes", "Secretaría de Educación"),
    ("Familias campesinas", "con asistencia técnica", "Familias", "Unidad Agropecuaria"),
    ("Acueductos comunitarios", "puestos en servicio", "Acueductos", "Empresa de Aguas"),
    ("Hectáreas de ronda hídrica", "reforestadas", "Hectáreas", "Oficina de Ambiente"),
    ("Niñas y niños menores de cinco años", "con esquema de vacunas completo", "Personas", "Secretaría de Salud"),
    ("Bibliotecas de vereda", "dotadas y abiertas al público", "Bibliotecas", "Casa de la Cultura"),
    ("Puestos de mercado", "adecuados para la venta de alimentos", "Puestos", "Secretaría de Gobierno"),
    ("Jornadas deportivas", "realizadas con participación de mujeres", "Jornadas", "Instituto de Deporte"),
)
_PLACES = (
    "El Roble",
    "La Ceiba",
    "Los Guayacanes",
    "Agua Clara",
    "Piedra Gorda",
    "San Isidro",
    "La Palmita",
    "El Tambo",
)
_WAYS = (
    "en la vereda {place}, sector {number}",
    "en el corregimiento {place}, etapa {number}",
    "con recursos del sistema general de participaciones en {place}, lote {number}",
    "según el convenio {number} con la junta de acción comunal de {place}",
)
_AIMS = ("Caminos que unen", "Campo con futuro", "Aulas abiertas", "Agua que alcanza", "Salud cercana", "Barrios vivos")
_SENTENCES = (
    "El diagnóstico de {place} mostró que {number} hogares esperan desde hace años una respuesta de la administración.",
    "Las mesas de trabajo de {place} pidieron que las obras empiecen antes de la temporada de lluvias.",
    "La comunidad de {place} propuso hacer seguimiento cada semestre con una veeduría de {number} personas.",
    "Se espera que lo que se haga en {place} sirva de ejemplo para las otras veredas del municipio.",
)


@dataclass(frozen=True)
class LongPdf:
    """How much of it there is: ``sentences`` of prose on each page; ``ruled`` draws the lines of the tables."""

    pages: int = 300
    rows: int = 1500
    sentences: int = 1
    ruled: bool = True
    seed: int = 7


def write_long_pdf(path: Path, wanted: LongPdf | None = None) -> list[tuple[str, ...]]:
    """Write the document; returns its rows, cells as under ``HEADER``. Needs reportlab."""
    from reportlab.pdfgen.canvas import Canvas

    wanted = wanted or LongPdf()
    chance = random.Random(wanted.seed)
    rows = list(_rows(wanted.rows, chance))
    canvas = Canvas(str(path), pagesize=(612, 792), pageCompression=1, invariant=1)
    for number in range(wanted.pages):
        first, last = (wanted.rows * n // wanted.pages for n in (number, number + 1))
        _page(canvas, number + 1, rows[first:last], _prose(wanted.sentences, chance), ruled=wanted.ruled)
        canvas.showPage()
    canvas.save()
    return rows


def _rows(count: int, chance: random.Random) -> Iterator[tuple[str, ...]]:
    for number in range(1, count + 1):
        what, how, unit, office = chance.choice(_THINGS)
        where = chance.choice(_WAYS).format(place=chance.choice(_PLACES), number=number)
        before = chance.randrange(2, 900)
        baseline = "N.D." if chance.random() < 0.1 else _printed(before)
        yield f"{what} {how} {where}", baseline, _printed(before + chance.randrange(1, 4000)), unit, office


def _prose(sentences: int, chance: random.Random) -> str:
    said = [text.format(place=chance.choice(_PLACES), number=chance.randrange(20, 800)) for text in _SENTENCES]
    return " ".join(chance.sample(said, min(sentences, len(said))))


def _printed(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _page(canvas: Any, number: int, rows: Sequence[tuple[str, ...]], prose: str, *, ruled: bool) -> None:
    canvas.setFont(_FONT, _SIZE)
    canvas.drawString(_LEFT, _TOP, "Plan de Desarrollo Municipal de Villa Ejemplo 2024-2027 «Sembrar juntos»")
    canvas.drawRightString(_RIGHT, 30, f"Página {number}")
    y: float = _TOP - 34
    canvas.setFont(_BOLD, 12)
    canvas.drawString(_LEFT, y, f"Programa {1 + number // 4}. {_AIMS[number // 4 % len(_AIMS)]}")
    y -= 20
    canvas.setFont(_FONT, 10)
    for line in _wrapped(prose, _RIGHT - _LEFT, 10):
        canvas.drawString(_LEFT, y, line)
        y -= 12.5
    if rows:
        _table(canvas, y - 8, [HEADER, *rows], ruled=ruled)


def _table(canvas: Any, top: float, rows: Sequence[tuple[str, ...]], *, ruled: bool) -> None:
    """A table whose cells wrap, its first row the header."""
    xs = [_LEFT + sum(_WIDTHS[:n]) for n in range(len(_WIDTHS) + 1)]
    y: float = top
    for index, row in enumerate(rows):
        font = _FONT if index else _BOLD
        cells = [_wrapped(text, width - 2 * _PADDING, _SIZE, font) for text, width in zip(row, _WIDTHS, strict=True)]
        height = max(map(len, cells)) * _LEADING + 2 * _PADDING + (0 if ruled else 4)
        if y - height < _BOTTOM:
            raise ValueError(f"{len(rows) - 1} rows do not fit on a page")
        canvas.setFont(font, _SIZE)
        for x, lines in zip(xs, cells, strict=False):
            for n, line in enumerate(lines):
                canvas.drawString(x + _PADDING, y - _PADDING - _SIZE - n * _LEADING, line)
        if ruled:
            canvas.grid(xs, [y, y - height])
        y -= height


def _wrapped(text: str, width: float, size: float, font: str = _FONT) -> list[str]:
    from reportlab.lib.utils import simpleSplit

    lines: list[str] = simpleSplit(text, font, size, width)
    return lines
