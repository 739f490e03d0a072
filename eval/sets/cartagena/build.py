"""Writes the three small documents of this set: ``python eval/sets/cartagena/build.py``.

They carry facts of public documents of Cartagena de Indias (figures, names of programmes and offices) in sentences and
layouts of the project's own, so that they may travel with it. Three formats, three layouts: text with a programme
column, Word with headings above its tables, a workbook with a title above the header.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font

DOCUMENTS = Path(__file__).parent / "documents"
WRITTEN = datetime(2026, 1, 15, tzinfo=UTC).replace(tzinfo=None)  # so that building again changes no date

Cells = Sequence[str | int | float]

POLICE = "Fuente: Policía Metropolitana de Cartagena, diciembre de 2023"
DISTRISEGURIDAD = "Fuente: Distriseguridad, 2023"
FIRE_SERVICE = "Fuente: Cuerpo Oficial de Bomberos, 2023"
INTERIOR = "Fuente: Secretaría del Interior y Convivencia Ciudadana, 2023"

SECURITY_RESULTS: tuple[Cells, ...] = (
    ("Indicador", "Línea base", "Meta", "ODS"),
    (
        "Tasa de homicidios por cada 100 mil habitantes",
        f"35,1 homicidios por cada 100 mil habitantes {POLICE}",
        "Bajar la tasa a 28 homicidios por cada 100 mil habitantes",
        "16. Paz, justicia e instituciones sólidas",
    ),
    (
        "Tasa de hurto a personas",
        f"721,1 hurtos por cada 100 mil habitantes {POLICE}",
        "Bajar la tasa a 550 hurtos por cada 100 mil habitantes",
        "16. Paz, justicia e instituciones sólidas",
    ),
    (
        "Casos de extorsión",
        f"133 casos {POLICE}",
        "Bajar a 90 casos",
        "16. Paz, justicia e instituciones sólidas",
    ),
)

_ELITE = "Plan Estratégico de Seguridad Integral Titán 24"
_EQUIPMENT = "Seguridad ya con dotación y tecnología para la prevención"
_BEACHES = "Seguridad ya en las playas de Cartagena"

SECURITY_PRODUCTS: tuple[Cells, ...] = (
    ("Programa", "Indicador de producto", "Línea base", "Meta del cuatrienio"),
    (_ELITE, "Comandos élite equipados", "N.D.", "Tres (3) comandos élite equipados"),
    (
        _EQUIPMENT,
        "Cámaras de seguridad mantenidas",
        f"939 cámaras instaladas {DISTRISEGURIDAD}",
        "Ochocientas setenta y nueve (879) cámaras en mantenimiento",
    ),
    (
        _EQUIPMENT,
        "Cámaras de seguridad nuevas",
        f"939 cámaras instaladas {DISTRISEGURIDAD}",
        "Ochocientas cuarenta y nueve (849) cámaras nuevas",
    ),
    (
        _EQUIPMENT,
        "Sistemas de información para la seguridad",
        f"205 sistemas {DISTRISEGURIDAD}",
        "Cuatrocientos cuarenta (440) sistemas, entre alarmas comunitarias, drones y tótems",
    ),
    (
        _EQUIPMENT,
        "Vehículos para la seguridad entregados",
        f"65 vehículos {DISTRISEGURIDAD}",
        "Doscientos sesenta y ocho (268) vehículos",
    ),
    (
        _BEACHES,
        "Garitas de socorro construidas",
        f"9 garitas {DISTRISEGURIDAD}",
        "Veinte (20) garitas nuevas",
    ),
)

SECURITY_TEXT = """\
Alcaldía Mayor de Cartagena de Indias
PLAN DE DESARROLLO 2024-2027
Metas de seguridad, en resumen

Oficina que presenta: Distriseguridad

Línea Estratégica: Seguridad Humana
Componente Impulsor de Avance: Seguridad Ciudadana y Orden Público

Las metas de este resumen son las del cuatrienio. La línea base dice cómo estaba la ciudad al cierre de 2023.

Metas de Resultados:

{results}

Dependencia: Distriseguridad
Línea Estratégica: Seguridad Humana
Componente Impulsor de Avance: Seguridad Ciudadana y Orden Público

Metas de Producto:

{products}

Las dos metas de cámaras parten de la misma línea base: las 939 que estaban instaladas al cierre de 2023.
"""

FIRE_RESULTS: tuple[Cells, ...] = (
    ("Indicador de resultado", "Línea base", "Meta", "ODS"),
    (
        "Tiempo de respuesta del Cuerpo de Bomberos",
        f"20 minutos en promedio {FIRE_SERVICE}",
        "Llegar a las emergencias en 8 minutos",
        "16. Paz, justicia e instituciones sólidas",
    ),
)
FIRE_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    ("Estaciones de bomberos nuevas", f"3 estaciones {FIRE_SERVICE}", "Una (1) estación regional nueva"),
    ("Máquinas extintoras en servicio", f"6 máquinas {FIRE_SERVICE}", "Pasar a ocho (8) máquinas extintoras"),
)
PEACE_RESULTS: tuple[Cells, ...] = (
    ("Indicador de resultado", "Línea base", "Meta", "ODS"),
    (
        "Casos de lesiones personales",
        "2.672 casos Fuente: Policía Metropolitana de Cartagena, 2023",
        "Bajar a 2.000 casos",
        "16. Paz, justicia e instituciones sólidas",
    ),
)
PEACE_PRODUCTS: tuple[Cells, ...] = (
    ("Indicador de producto", "Línea base", "Meta del cuatrienio"),
    ("Comisarías de Familia en operación", f"6 comisarías {INTERIOR}", "Pasar a ocho (8) comisarías en operación"),
    ("Casas de Justicia en operación", f"3 casas {INTERIOR}", "Pasar a cinco (5) casas en operación"),
    (
        "Mujeres vinculadas a la estrategia Trasmallo de Mujeres Violetas por la Paz",
        f"0 {INTERIOR}",
        "Mil doscientas (1.200) mujeres vinculadas",
    ),
)

ICT_TITLE = "Rendición de cuentas: tecnologías de la información, vigencia 2022. Alcaldía Mayor de Cartagena de Indias"
ICT_ROWS: tuple[Cells, ...] = (
    (
        "Programa",
        "Indicador de producto",
        "Meta del cuatrienio",
        "Meta 2022",
        "Avance 2022",
        "Asignado",
        "Ejecutado",
    ),
    (
        "Cartageneros conectados y alfabetizados",
        "Zonas wifi gratuitas activadas",
        "100%",
        "100%",
        "14 zonas",
        384_615_384,
        289_720_314.24,
    ),
    (
        "Desarrollo del ecosistema digital",
        "Funcionarios formados en TIC y cuarta revolución industrial",
        "600 funcionarios",
        "N.D.",
        "464 funcionarios",
        "N.D.",
        "N.D.",
    ),
    (
        "Sistema de información de los servicios públicos",
        "Sistema de información Servinfo",
        "50%",
        "50%",
        "N.D.",
        150_000_000,
        57_600_000,
    ),
    (
        "Cartagena inteligente con todos y para todos",
        "Política de gobierno digital implementada",
        "68,8%",
        "68,8%",
        "68,8 en el índice de gobierno digital",
        615_384_616,
        314_400_000,
    ),
)


def tab_separated(rows: Iterable[Cells]) -> str:
    """A table as lines of text."""
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)


def write_text(path: Path) -> None:
    """Own layout: the programme in a column, the labels above each table."""
    tables = {"results": tab_separated(SECURITY_RESULTS), "products": tab_separated(SECURITY_PRODUCTS)}
    path.write_text(SECURITY_TEXT.format(**tables), encoding="utf-8", newline="\n")


def write_word(path: Path) -> None:
    """Headings above the tables; the programme is a heading too."""
    document = Document()
    document.core_properties.title = "Plan de Desarrollo 2024-2027: bomberos y paz"
    document.core_properties.created = document.core_properties.modified = WRITTEN
    document.add_heading("Plan de Desarrollo 2024-2027: bomberos y paz", 0)
    document.add_paragraph("Alcaldía Mayor de Cartagena de Indias")
    document.add_paragraph("Oficina que presenta: Secretaría del Interior y Convivencia Ciudadana")
    sections = (
        ("Seguridad Ciudadana y Orden Público", FIRE_RESULTS, "El Cuerpo de Bomberos avanza", FIRE_PRODUCTS),
        (
            "Construcción de paz, derechos humanos y convivencia",
            PEACE_RESULTS,
            "Fortalecimiento de casas de justicia y comisarías de familia",
            PEACE_PRODUCTS,
        ),
    )
    document.add_heading("Línea Estratégica: Seguridad Humana", 1)
    for component, results, programme, products in sections:
        document.add_heading(f"Componente Impulsor de Avance: {component}", 2)
        document.add_paragraph("Dependencia: Secretaría del Interior y Convivencia Ciudadana")
        document.add_heading("Metas de Resultados", 3)
        _add_table(document, results)
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
    sheet.append([ICT_TITLE])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(ICT_ROWS[0]))
    for row in ICT_ROWS:
        sheet.append(list(row))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    book.save(path)


def main() -> None:
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    write_text(DOCUMENTS / "plan-seguridad.txt")
    write_word(DOCUMENTS / "plan-bomberos-y-paz.docx")
    write_workbook(DOCUMENTS / "rendicion-tic.xlsx")


if __name__ == "__main__":
    main()
