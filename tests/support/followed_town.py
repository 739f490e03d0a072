"""Loma Clara: an invented municipality whose plan is a workbook and whose follow-up, by code and year, is another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

Cells = Sequence[str | int | float | None]

_PLAN_HEADER = (
    "Código de indicador de producto (SisPT)", "Línea estratégica", "Sector (MGA)", "Programa (MGA)", "Producto (MGA)",
    "Indicador de Producto (MGA)", "Unidad de medida", "Meta del cuatrienio", "Tipo de acumulación",
    "Meta 2024", "Meta 2025", "Meta 2026", "Meta 2027", "Recursos propios 2025", "SGP salud 2025", "Total 2025",
)  # fmt: skip
_HEALTH = ("Salud y protección social", "Salud cercana")
_SCHOOL = ("Educación", "Letras al campo")
_CARE, _LEARN = ("Loma que cuida", *_HEALTH), ("Loma que aprende", *_SCHOOL)
_SUM, _LEVEL = "Acumulativo", "No acumulativo"
_BRIGADES = ("Brigadas", "Brigadas veredales realizadas", "Número")
_AMBULANCES = ("Ambulancias", "Ambulancias en servicio", "Número")
_LIBRARIES = ("Bibliotecas", "Bibliotecas rurales dotadas", "Número")
_ROUTES = ("Rutas", "Estudiantes con ruta escolar", "Número")
_GRANTS = ("Becas", "Becas técnicas entregadas", "Número")
PLAN: tuple[Cells, ...] = (
    ("IP-1", *_CARE, *_BRIGADES, 40, _SUM, 10, 10, 10, 10, 30_000_000, 70_000_000, 100_000_000),
    ("IP-2", *_CARE, *_AMBULANCES, 3, _LEVEL, 2, 3, 3, 3, 50_000_000, None, 50_000_000),
    ("IP-3", *_LEARN, *_LIBRARIES, 8, _SUM, 1, 3, 2, 2, 24_000_000, None, 24_000_000),
    ("IP-4", *_LEARN, *_ROUTES, 1200, _LEVEL, 900, 1200, 1200, 1200, 800_000_000, None, 800_000_000),
    ("IP-5", *_LEARN, *_GRANTS, 60, _SUM, 0, 20, 20, 20, 12_000_000, None, 12_000_000),
)

_PHYSICAL_HEADER = (
    "Consecutivos IP (SisPT)", "Sector (MGA)", "Programa (MGA)", "Producto (MGA)", "Indicador Producto (MGA)",
    "Unidad de Medida", "Acumulativo", "Meta del Cuatrienio (SisPT)",
    "Programado 2024 (SisPT)", "Programado 2025 (SisPT)",
    "Ejecución Física 2024 (PIIP)", "Avance físico 2024 (%)", "Ejecución Física 2025 (PIIP)", "Avance físico 2025 (%)",
)  # fmt: skip
PHYSICAL: tuple[Cells, ...] = (
    ("IP-1", *_HEALTH, *_BRIGADES, "Si", 40, 10, 10, 10, "100%", 4, "40%"),
    ("IP-2", *_HEALTH, *_AMBULANCES, "No", 3, 2, 3, 2, "100%", 3, "100%"),
    ("IP-3", *_SCHOOL, *_LIBRARIES, "Si", 8, 1, 3, 1, "100%", 0, "0%"),
    ("IP-4", *_SCHOOL, *_ROUTES, "No", 1200, 900, 1200, 880, "97,8%", 540, "45%"),
    ("IP-5", *_SCHOOL, *_GRANTS, "Si", 60, 0, 20, None, None, None, None),
)

_MONEY_HEADER = (
    "Consecutivos IP (SisPT)", "Sector (MGA)", "Programa (MGA)", "Producto (MGA)", "Programado 2024 (SisPT)",
    "Programado 2025 (SisPT)", "Compromisos 2025 (CUIPO)", "Obligaciones 2025 (CUIPO)", "Pagos 2025 (CUIPO)",
)  # fmt: skip
MONEY: tuple[Cells, ...] = (
    ("IP-1", *_HEALTH, "Brigadas", 90000000, 100000000, 81000000, 72000000, 65500000),
    ("IP-2", *_HEALTH, "Ambulancias", 40000000, 50000000, 48000000, 48000000, 48000000),
    ("IP-3", *_SCHOOL, "Bibliotecas", 8000000, 24000000, 0, 0, 0),
    ("IP-4", *_SCHOOL, "Rutas", 650000000, 800000000, 790000000, 610000000, 586500000),
)  # fmt: skip


def write_workbooks(folder: Path, name: str = "Loma Clara") -> Path:
    """The plan of a municipality and its follow-up in a folder."""
    stem = name.lower().replace(" ", "_")
    folder.mkdir(parents=True, exist_ok=True)
    plan = openpyxl.Workbook()
    _fill(
        plan.active,
        "Plan indicativo - Productos",
        [f"Municipio de {name}", "Plan de desarrollo 2024-2027"],
        _PLAN_HEADER,
        PLAN,
    )
    plan.save(folder / f"{stem}_plan.xlsx")
    report = openpyxl.Workbook()
    notes = [f"Municipio de {name}", "Informe de seguimiento al plan de desarrollo 2024-2027"]
    _fill(report.active, "Seguimiento físico", notes, _PHYSICAL_HEADER, PHYSICAL)
    _fill(report.create_sheet(), "Seguimiento financiero", notes, _MONEY_HEADER, MONEY)
    report.save(folder / f"{stem}_seguimiento.xlsx")
    return folder


def _fill(sheet: object, title: str, notes: Sequence[str], header: Cells, rows: Sequence[Cells]) -> None:
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    sheet.title = title
    for note in notes:
        sheet.append([note])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
