"""What a document says, in one manner: ``Paper → pages of elements``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.support.rendered.manner import Manner
from tests.support.rendered.paper import (
    Box,
    Caption,
    Element,
    Grid,
    Heading,
    Item,
    Label,
    Paper,
    Paragraph,
    Part,
    PlanTable,
    Section,
    SmallTable,
    Text,
)

_DEPTHS = {"Línea Estratégica": 1, "Componente Impulsor de Avance": 2, "Dependencia": 3}
_COLUMNS = ("Dependencia", "Línea Estratégica", "Componente Impulsor de Avance", "ORIENTADO A")
_SHORT_LINE = 60


@dataclass
class _Above:
    """The labels that hold at one point, for the manner that writes them into each row."""

    values: dict[str, str] = field(default_factory=dict)
    section: str = ""


def arrange(paper: Paper, manner: Manner) -> list[list[Element]]:
    """The elements of each page that has any."""
    labels = (part for page in paper.pages for part in page if isinstance(part, Label) and part.name == "Dependencia")
    above = _Above({label.name: label.value for label in list(labels)[:1]})
    return [made for page in paper.pages if (made := list(_page(page, paper, manner, above)))]


def _page(page: tuple[Part, ...], paper: Paper, manner: Manner, above: _Above) -> Iterator[Element]:
    above.section = ""
    has_table = any(isinstance(part, PlanTable) for part in page)
    for index, part in enumerate(page):
        match part:
            case Label():
                above.values[part.name] = part.value
                yield from _label(part, manner, in_table=has_table)
            case Section():
                above.section = part.text
                if manner.levels == "column":
                    continue
                yield Heading(part.text, 4) if manner.levels == "heading" else Paragraph(f"{part.text}:", bold=True)
            case Caption() if manner.keeps_captions:
                yield Paragraph("\n".join(part.lines))
            case Text():
                yield _text(part, paper, manner, first=index == 0)
            case SmallTable():
                yield Grid.of(part.rows, header=int(len(part.rows) > 1))
            case PlanTable():
                yield from _plan_table(part, manner, above)
            case _:
                pass


def _label(label: Label, manner: Manner, *, in_table: bool) -> Iterator[Element]:
    if manner.levels == "column" and in_table:
        return
    if manner.levels == "heading" and label.name in _DEPTHS:
        yield Heading(f"{label.name}: {label.value}", _DEPTHS[label.name])
    else:
        yield Paragraph(f"{label.name}: {label.value}")


def _text(text: Text, paper: Paper, manner: Manner, *, first: bool) -> Element:
    words = ("\n" if manner.keeps_breaks else " ").join(text.lines)
    if text.mark:
        return Item(words)
    short = len(words) <= _SHORT_LINE and not words.endswith((".", ":", ","))
    if manner.levels == "heading" and first and short and paper.kind != "letter":
        return Heading(words, 1)
    return Paragraph(words)


def _plan_table(table: PlanTable, manner: Manner, above: _Above) -> Iterator[Element]:
    names = tuple(manner.columns.get(name, name) for name in table.names)
    if manner.levels == "column":
        yield _flat(table, names, above)
    elif not table.programme:
        yield Grid.of((names, *table.rows), repeats_header=manner.repeats_header)
    elif manner.programme == "band":
        yield _banded(table, names)
    elif table.programme_below and manner.keeps_captions:
        yield Grid.of((names, *table.rows), repeats_header=manner.repeats_header)
        yield Paragraph(f"Descripción del Programa :\n{table.programme}")
    elif manner.programme == "merged":
        yield _merged(table, names, repeats_header=manner.repeats_header)
    else:
        rows = [("", *names)]
        rows += (("" if at else f"PROGRAMA: {table.programme}", *row) for at, row in enumerate(table.rows))
        yield Grid.of(rows, repeats_header=manner.repeats_header)


def _merged(table: PlanTable, names: tuple[str, ...], *, repeats_header: bool) -> Grid:
    boxes = [Box(0, column, name) for column, name in enumerate(("Programa", *names))]
    boxes.append(Box(1, 0, table.programme, down=len(table.rows)))
    boxes += (Box(r, c, text) for r, row in enumerate(table.rows, 1) for c, text in enumerate(row, 1))
    return Grid(len(table.rows) + 1, len(names) + 1, tuple(boxes), 1, repeats_header)


def _banded(table: PlanTable, names: tuple[str, ...]) -> Grid:
    boxes = [Box(0, column, name) for column, name in enumerate(names)]
    boxes.append(Box(1, 0, f"Programa: {table.programme}", across=len(names)))
    boxes += (Box(r, c, text) for r, row in enumerate(table.rows, 2) for c, text in enumerate(row))
    return Grid(len(table.rows) + 2, len(names), tuple(boxes), 1)


def _flat(table: PlanTable, names: tuple[str, ...], above: _Above) -> Grid:
    """Every level in a column of its own; a column that a table has nothing for is left out."""
    said = [(name.capitalize(), above.values[name]) for name in _COLUMNS if above.values.get(name)]
    kind = "Resultado" if "Resultado" in above.section else "Producto"
    said = [pair for pair in said if kind == "Producto" or pair[0] != "Orientado a"]
    said += [("Programa", table.programme)] * bool(table.programme)
    said.append(("Tipo de meta", kind))
    header = (*(name for name, _ in said), *names)
    return Grid.of((header, *((*(value for _, value in said), *row) for row in table.rows)))
