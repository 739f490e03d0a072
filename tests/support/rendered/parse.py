"""The text of a real document to what it says: ``text → pages → parts``.

Slides and pages are parted by three empty lines or more; what stands between tabs is a table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

from tests.support.rendered.paper import Caption, Label, Paper, Part, PlanTable, Section, SmallTable, Text

_PAGE_GAP = re.compile(r"\n(?:[ \t\xa0]*\n){3,}")
_MARKUP = re.compile(r"</?(?:b|p)>|\*+|^\s*#+\s+|\\(?=\$)")
_LABEL = re.compile(
    r"^(?P<name>Dependencia|Línea Estratégica|Componente Impulsor de Avance|ORIENTADO A)\s*:\s*(?P<value>\S.*)$"
)
_DOUBLED = re.compile(r"^(?:ORIENTADO A:\s*)+")
_SECTION = re.compile(r"^Metas de (?:Resultados?|Productos?):?$")
_CAPTION = re.compile(r"^(?:Descripción|Alcance|Impulsor)\b|^(?:del|de)(?:\s|$)")
_PROGRAMME_BELOW = re.compile(r"^Descripción del Programa\s*:\s*(?P<name>.+)$", re.DOTALL)
_PROGRAMME = re.compile(r"^PROGRAMA:\s*")
_ITEM = re.compile(r"^\s*(?P<mark>[-•✓])\s*(?=\S)")
_RULE = re.compile(r"^[-\t ]+$")
_BUDGET = ("NO. DE CONTRATOS", "ASIGNADO", "EJECUTADO", "PORCENTAJE")

Kind = Literal["plan", "report", "letter"]


def parse(path: Path, gold: Path) -> Paper:
    """A document of ``../shared/documents``; a citizen it names is given an invented name and address."""
    text = path.read_text(encoding="utf-8")
    kind: Kind = "letter" if path.name.startswith("004") else "report" if path.name.startswith("003") else "plan"
    if kind == "letter":
        text = _with_invented_citizen(text, gold / "letter_structure.json")
    pages = tuple(parts for page in _PAGE_GAP.split(text) if (parts := tuple(_parts(page, kind))))
    return Paper(path.stem, kind, pages)


def _with_invented_citizen(text: str, structure: Path) -> str:
    addressee = json.loads(structure.read_text(encoding="utf-8"))["addressee"]
    return text.replace(addressee["name"]["text"], "LUCERO PRUEBA INVENTADA").replace(
        addressee["email"]["text"], "lucero@example.com"
    )


def _parts(page: str, kind: Kind) -> Iterator[Part]:
    """The parts of a page in order; a programme named below its table is the table's."""
    parts: list[Part] = []
    for lines in _stretches(_reflowed(page) if kind == "report" else page):
        if "\t" in lines[0]:
            parts.append(_table(lines, kind))
        else:
            parts += _plan_texts(lines) if kind == "plan" else _texts(lines)
    below = next((p for p in parts if isinstance(p, Label) and p.name == "Programa"), None)
    for part in parts if kind != "report" else _with_budgets(parts):
        if part is below:
            continue
        if below is not None and isinstance(part, PlanTable):
            part = PlanTable(part.names, part.rows, below.value, programme_below=True)
        yield part


def _stretches(page: str) -> Iterator[tuple[str, ...]]:
    """Lines that stand together: all with tabs or all without, no empty line between."""

    def kind(line: str) -> str:
        return "table" if "\t" in line else "text" if line.strip(" \xa0") else ""

    for what, lines in groupby((_clean(line) for line in page.split("\n")), key=kind):
        kept = tuple(line for line in lines if not _RULE.match(line))
        if what and kept:
            yield kept


def _clean(line: str) -> str:
    line = _MARKUP.sub("", _MARKUP.sub("", line.replace("\xa0", " ")))
    return line.rstrip(" ") if line.startswith((" ", "\t")) else line.strip(" ")


def _table(lines: tuple[str, ...], kind: Kind) -> Part:
    rows = [tuple(cell.strip() for cell in line.split("\t")) for line in lines]
    if kind != "plan":
        return SmallTable(tuple(rows))
    if rows[0][0]:
        return PlanTable(rows[0], tuple(rows[1:]))
    programme = _PROGRAMME.sub("", rows[1][0])
    return PlanTable(rows[0][1:], tuple(row[1:] for row in rows[1:]), programme)


def _plan_texts(lines: tuple[str, ...]) -> Iterator[Part]:
    whole = "\n".join(line.strip() for line in lines)
    below = _PROGRAMME_BELOW.match(whole)
    if below is not None:
        yield Label("Programa", " ".join(below["name"].split()))
    elif _CAPTION.match(lines[0]):
        yield Caption(lines)
    elif len(lines) > 1 and not any(_LABEL.match(line) for line in lines):
        yield Text(lines)
    else:
        for line in lines:
            label = _LABEL.match(_DOUBLED.sub("ORIENTADO A: ", line))
            if label is not None:
                yield Label(label["name"], label["value"])
            else:
                yield Section(line.rstrip(":")) if _SECTION.match(line) else Text((line,))


def _texts(lines: tuple[str, ...]) -> Iterator[Text]:
    """Paragraphs and list items; an item takes the lines below it that are none."""
    held: list[str] = []
    mark = ""
    for line in lines:
        item = _ITEM.match(line)
        if item is not None and held:
            yield Text(tuple(held), mark)
            held = []
        if item is not None:
            mark = item["mark"]
            line = line[item.end() :]
        held.append(line.strip())
    if held:
        yield Text(tuple(held), mark)


# The report's slides: figures beside their names again, as they stood before the slides were copied out ------------

_TARGET = re.compile(r"Meta indicador de\s+Producto\s+(2022|cuatrienio)\s*([\d,.]+%)\s*")
_PROGRESS = re.compile(
    r"(?P<first>\d+%)\n\n(?P<second>\d+%)\n\nAvance a 31 de \s*marzo de 2022\n\nAvance acumulado \s*de metas 2020-2021"
)
_CHANNEL = re.compile(r"^((?:Canal|llamadas)[^:]*):\s+([\d,.]+)$", re.IGNORECASE | re.MULTILINE)
_COUNTS = re.compile(r"((?:[^\n.]|\n(?!\n))+\.) (\d+)(?=\n|$)")


def _reflowed(page: str) -> str:
    text = _TARGET.sub(r"\n\nMeta indicador de Producto \1: \2\n\n", page)
    text = _PROGRESS.sub(
        r"Avance a 31 de marzo de 2022: \g<first>\n\nAvance acumulado de metas 2020-2021: \g<second>", text
    )
    text = _CHANNEL.sub(lambda match: f"{' '.join(match[1].split())}: {match[2]}", text)
    return text.replace("1 oct al \n31 dic\n\n2021", "1 oct al 31 dic 2021").replace(
        "1 Ene al \n31 Mar \n\n2022", "1 Ene al 31 Mar 2022"
    )


def _with_budgets(parts: list[Part]) -> Iterator[Part]:
    """Tables where the slides had them: money under its four names, counts of people by topic."""
    pending: list[Part] = []
    for part in parts:
        text = " ".join(part.lines) if isinstance(part, Text) else ""
        if text == _BUDGET[0] or text == " ".join(_BUDGET[1:]):
            continue
        money = re.match(r"^(\d+) (\$ ?[\d.,]+) (\$ ?[\d.,]+) ([\d.,]+%)$", text)
        counts = _COUNTS.findall("\n".join(part.lines)) if isinstance(part, Text) else []
        if money is not None:
            yield SmallTable((_BUDGET, money.groups()))
        elif len(counts) > 2:
            rows = tuple((" ".join(topic.split()), number) for topic, number in counts)
            yield SmallTable((("Tema", "Personas capacitadas"), *rows))
        elif text == "Tipo de Contratación Valor Ejecutado 2022":
            pending.append(part)
        elif pending and (paid := re.match(r"^(.*2022) (\$.*)$", text)) is not None:
            yield SmallTable((("Tipo de Contratación", "Valor Ejecutado 2022"), paid.groups()))
            pending = []
        else:
            yield part
