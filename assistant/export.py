"""Indicator rows as spreadsheets: one line per row, Spanish headings, safe to open.

A cell that begins like a formula is data that somebody else wrote; a spreadsheet must show it, never run it (CWE-1236).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.standing_text import terms_text

Value = str | int | float | None
Line = dict[str, Value]
RowObject = Mapping[str, Any]

#: Heading of a column and where its value stands in the row object.
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Id", ("row_id",)),
    ("Documento", ("document",)),
    ("Entidad", ("entity",)),
    ("Periodo", ("period",)),
    ("Clase", ("kind",)),
    ("Línea estratégica", ("strategic_line",)),
    ("Componente", ("component",)),
    ("Programa", ("programme",)),
    ("Dependencia", ("dependency",)),
    ("Orientado a", ("purpose",)),
    ("Indicador", ("indicator",)),
    ("Unidad", ("unit",)),
    ("Acumulación", ("accumulation",)),
    ("Línea base", ("baseline", "text")),
    ("Línea base (valor)", ("baseline", "value")),
    ("Línea base (unidad)", ("baseline", "unit")),
    ("Línea base (fecha)", ("baseline", "date")),
    ("Línea base (fuente)", ("baseline", "source")),
    ("Meta", ("target", "text")),
    ("Meta (valor)", ("target", "value")),
    ("Meta (unidad)", ("target", "unit")),
    ("Último avance", ("standing", "progress", "text")),
    ("Último avance (valor)", ("standing", "progress", "value")),
    ("Último avance (año)", ("standing", "year")),
    ("Avance sobre la meta (%)", ("standing", "percent")),
    ("Avance de la meta del año", ("standing", "percent_year")),
    ("Avance de varios códigos", ("standing", "shared_codes")),
    ("Medición", ("metric",)),
    ("Cifra", ("figure", "text")),
    ("Cifra (valor)", ("figure", "value")),
    ("Cifra (unidad)", ("figure", "unit")),
    ("Cifra (periodo)", ("figure", "period")),
    ("ODS", ("ods",)),
    ("Lugar", ("place",)),
    ("Cita", ("quote",)),
)

KINDS: dict[str, str] = {
    "result": "resultado",
    "product": "producto",
    "progress": "avance",
    "budget": "presupuesto",
    "fact": "dato",
}
BUDGET_ITEMS: dict[str, str] = {
    "programado": "Programado",
    "apropiacion_inicial": "Apropiación inicial",
    "apropiacion_definitiva": "Apropiación definitiva",
    "compromisos": "Compromisos",
    "obligaciones": "Obligaciones",
    "pagos": "Pagos",
    "asignado": "Asignado",
    "ejecutado": "Ejecutado",
}
_YEARLY = (("Meta", "target"), ("Avance", "progress"))

_FORMULA_START = re.compile(r"^\s*[=+\-@\t\r]")
_ILLEGAL_IN_XLSX = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CELL_LIMIT = 32_767  # characters a cell of a workbook holds
_CUT = "… [cortado: no cabe en una celda]"


def flatten(rows: Sequence[RowObject]) -> tuple[list[str], list[Line]]:
    """Row objects as lines of equal columns; years and budget totals get columns of their own, where there are any.

    Args:
        rows: objects of :func:`assistant.render.row_json`.

    Returns:
        The headings, and one line per row.
    """
    lines = [_fixed(row) | _paths(row) | _codes(row) | _years(row) | _budget(row) | _notes(row) for row in rows]
    fixed = [heading for heading, _ in COLUMNS]
    extra = {heading: None for line in lines for heading in line if heading not in fixed}
    headings = fixed + sorted(extra, key=_extra_order)
    return headings, [{heading: line.get(heading) for heading in headings} for line in lines]


def _fixed(row: RowObject) -> Line:
    line = {heading: _flat(_dig(row, path)) for heading, path in COLUMNS}
    return (
        line
        | {"Avance calculado": terms_text(row["standing"]) if row.get("standing") else None}
        | {"Clase": KINDS.get(str(row["kind"]), str(row["kind"]))}
    )


def _dig(value: Any, path: Iterable[str]) -> Any:
    for key in path:
        value = None if value is None else value.get(key)
    return value


def _flat(value: Any) -> Any:
    """The parts of a list side by side; an empty one is nothing."""
    return (", ".join(map(str, value)) or None) if isinstance(value, list) else value


def _paths(row: RowObject) -> Line:
    return {"Ruta": " › ".join(f"{level}: {value}" for level, value in row["path"])} if row["path"] else {}


def _codes(row: RowObject) -> Line:
    return {f"Código {name}": code for name, code in row["codes"].items()}


def _years(row: RowObject) -> Line:
    line: Line = {}
    for year in row["yearly"]:
        for heading, key in _YEARLY:
            amount = year[key]
            if amount is not None:
                line[f"{heading} {year['year']}"] = amount["text"] if amount["value"] is None else amount["value"]
        if year["percent"] is not None:
            line[f"Avance {year['year']} (%)"] = year["percent"]
    return line


def _budget(row: RowObject) -> Line:
    line: Line = {}
    by_source = []
    for item in row["budget"]:
        heading = " ".join(str(part) for part in (BUDGET_ITEMS[item["item"]], item["year"]) if part is not None)
        amount = item["text"] if item["value"] is None else item["value"]
        if item["funding_source"] is None and f"{heading} (COP)" not in line:
            line[f"{heading} (COP)"] = amount
        else:
            by_source.append(f"{heading}, {item['funding_source'] or 'total'}: {amount}")
    return line | ({"Recursos por fuente (COP)": "; ".join(by_source)} if by_source else {})


def _notes(row: RowObject) -> Line:
    return {"Advertencias": " ".join(warning["message"] for warning in row["warnings"])} if row["warnings"] else {}


def _extra_order(heading: str) -> tuple[int, str]:
    """Path and codes first, then years, then money, notes last."""
    for rank, start in enumerate(("Ruta", "Código", "Meta", "Avance", *BUDGET_ITEMS.values(), "Recursos")):
        if heading.startswith(start):
            return rank, heading
    return 99, heading


def to_csv(rows: Sequence[RowObject]) -> str:
    """Comma-separated text; texts that begin like a formula get an apostrophe before them."""
    headings, lines = flatten(rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_disarmed(heading) for heading in headings])
    writer.writerows([_disarmed(line[heading]) for heading in headings] for line in lines)
    return out.getvalue()


def _disarmed(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and _FORMULA_START.match(value) else value


def write_csv(rows: Sequence[RowObject], path: Path) -> None:
    """With a byte order mark, without which Excel takes the accents for something else."""
    path.write_text(to_csv(rows), encoding="utf-8-sig", newline="")


def _storable(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    text = _ILLEGAL_IN_XLSX.sub("", value)
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - len(_CUT)] + _CUT


def write_xlsx(rows: Sequence[RowObject], path: Path) -> None:
    """One sheet, headings in bold and frozen. Every text is stored as text, never as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    headings, lines = flatten(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Indicadores")
    sheet.freeze_panes = "A2"

    def cell(value: Value, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=_storable(value))
        if isinstance(value, str):
            made.data_type = "s"
            made.quotePrefix = bool(_FORMULA_START.match(value))
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(heading, bold=True) for heading in headings])
    for line in lines:
        sheet.append([cell(line[heading]) for heading in headings])
    book.save(path)
