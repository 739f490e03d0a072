"""Writes the small documents of this set: ``python -m eval.sets.cartagena.build``.

They carry facts of public documents (``rows.py``) in sentences and layouts of the project's own, so that they may
travel with it: text with a programme column, Word with headings above its tables, a workbook with a title above the
header and a second sheet, a CSV with every level in a column, a web page, and a letter.
"""

from __future__ import annotations

import csv
import html
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from eval.sets.cartagena.rows import (
    COEXISTENCE,
    COOPERATION,
    FIRE_PRODUCTS,
    FIRE_RESULTS,
    ICT_ROWS,
    ICT_TITLE,
    LETTER,
    PEACE_PRODUCTS,
    PEACE_RESULTS,
    RIGHTS_PRODUCTS,
    SECURITY_PRODUCTS,
    SECURITY_RESULTS,
    SECURITY_TEXT,
    TRAINING,
    VICTIMS_PRODUCTS,
    YOUTH_PRODUCTS,
    Cells,
)

DOCUMENTS = Path(__file__).parent / "documents"
WRITTEN = datetime(2026, 1, 15, tzinfo=UTC).replace(tzinfo=None)  # so that building again changes no date


def tab_separated(rows: Iterable[Cells]) -> str:
    """A table as lines of text."""
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)


def write_text(path: Path) -> None:
    """Own layout: the programme in a column, the labels above each table."""
    tables = {"results": tab_separated(SECURITY_RESULTS), "products": tab_separated(SECURITY_PRODUCTS)}
    path.write_text(SECURITY_TEXT.format(**tables), encoding="utf-8", newline="\n")


#: (component, its results, [(programme, its products)]) of the Word document.
_SECTIONS = (
    (
        "Seguridad Ciudadana y Orden Público",
        FIRE_RESULTS,
        [("El Cuerpo de Bomberos avanza", FIRE_PRODUCTS)],
    ),
    (
        "Construcción de paz, derechos humanos y convivencia",
        PEACE_RESULTS,
        [
            ("Fortalecimiento de casas de justicia y comisarías de familia", PEACE_PRODUCTS),
            ("Atención integral a jóvenes en riesgo", YOUTH_PRODUCTS),
            ("Atención y reparación a las víctimas", VICTIMS_PRODUCTS),
            ("Derechos humanos para la vida digna", RIGHTS_PRODUCTS),
        ],
    ),
)


def write_word(path: Path) -> None:
    """Headings above the tables; the programme is a heading too."""
    document = Document()
    document.core_properties.title = "Plan de Desarrollo 2024-2027: bomberos y paz"
    document.core_properties.created = document.core_properties.modified = WRITTEN
    document.add_heading("Plan de Desarrollo 2024-2027: bomberos y paz", 0)
    document.add_paragraph("Alcaldía Mayor de Cartagena de Indias")
    document.add_paragraph("Oficina que presenta: Secretaría del Interior y Convivencia Ciudadana")
    document.add_heading("Línea Estratégica: Seguridad Humana", 1)
    for component, results, programmes in _SECTIONS:
        document.add_heading(f"Componente Impulsor de Avance: {component}", 2)
        document.add_paragraph("Dependencia: Secretaría del Interior y Convivencia Ciudadana")
        document.add_heading("Metas de Resultados", 3)
        _add_table(document, results)
        for programme, products in programmes:
            document.add_heading(f"Programa: {programme}", 3)
            _add_table(document, products)
    document.save(str(path))


def _add_table(document: Document, rows: Sequence[Cells]) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=len(rows), cols=len(rows[0]))  # type: ignore[attr-defined]
    table.style = "Table Grid"
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, cells, strict=True):
            cell.text = str(value)


def write_workbook(path: Path) -> None:
    """A merged title above the header; amounts are numbers, as a spreadsheet has them."""
    book = Workbook()
    book.properties.creator = "Cabildo"
    book.properties.created = book.properties.modified = WRITTEN
    sheet = book.active
    assert sheet is not None
    sheet.title = "Avance 2022"
    _fill(sheet, ICT_TITLE, ICT_ROWS)
    _fill(book.create_sheet("Formación 2022"), f"{ICT_TITLE}. Formación por tema", TRAINING)
    book.save(path)


def _fill(sheet: Worksheet, title: str, rows: Sequence[Cells]) -> None:
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[2]:
        cell.font = Font(bold=True)


def write_csv(path: Path) -> None:
    """Every level in a column, as exports have them; a title would be no CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(COEXISTENCE)


def write_page(path: Path) -> None:
    """A web page with one table."""
    rows = [
        "<tr>" + "".join(f"<{tag}>{html.escape(str(cell))}</{tag}>" for cell in row) + "</tr>"
        for tag, row in zip(["th", *["td"] * len(COOPERATION)], COOPERATION, strict=False)
    ]
    path.write_text(_PAGE.format(rows="\n".join(rows)), encoding="utf-8", newline="\n")


_PAGE = """\
<!doctype html>
<html lang="es">
<head><meta charset="utf-8"><title>Plan de Desarrollo 2024-2027: cooperación y migración</title></head>
<body>
<h1>Plan de Desarrollo 2024-2027: cooperación y migración</h1>
<p>Alcaldía Mayor de Cartagena de Indias</p>
<p>Dependencia: Oficina de Cooperación Internacional</p>
<p>Línea Estratégica: Ciudad abierta al mundo</p>
<h2>Metas de Producto</h2>
<table>
{rows}
</table>
</body>
</html>
"""


def main() -> None:
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    write_text(DOCUMENTS / "plan-seguridad.txt")
    write_word(DOCUMENTS / "plan-bomberos-y-paz.docx")
    write_workbook(DOCUMENTS / "rendicion-tic.xlsx")
    write_csv(DOCUMENTS / "plan-convivencia.csv")
    write_page(DOCUMENTS / "plan-cooperacion.html")
    (DOCUMENTS / "respuesta-medellin.txt").write_text(LETTER, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
