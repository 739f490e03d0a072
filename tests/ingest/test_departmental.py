"""Reports of departments as printed: years over what was planned and done, programmes as bands, money below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import Extraction, IndicatorRow

TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=15, leading=18, spaceBefore=8, spaceAfter=5)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=11, leading=14, spaceBefore=6, spaceAfter=4)
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
PROSE = Paragraph(
    "La secretaría reúne aquí lo que hizo durante el año con los municipios, los cabildos indígenas y las juntas, y lo "
    "que quedó pendiente por el invierno y por los trámites de contratación, para que se pueda seguir y preguntar.",
    BODY,
)
YEARS = (2024, 2025, 2026)
#: Programme, indicator, baseline, target, (planned, done) of each year, percentage, office.
ROWS = [
    ("Agua que llega", "Acueductos rurales con macromedición instalada", "ND", "57", "9 7 37 37 5 2", "40,0 %"),
    ("Agua que llega", "Familias conectadas a redes de agua apta para el consumo en zonas dispersas", "0", "1.248",
     "407 394 332 329 12 0", "0,0 %"),
    ("Tierra y cosecha", "Hectáreas de plátano con riego por goteo", "12,5", "75", "25 25 14 10 28 27", "96,4 %"),
    ("Tierra y cosecha", "Agricultores certificados en buenas prácticas agrícolas y comercialización", "85", "54",
     "23 20 15 13 15 15", "100,0 %"),
    ("Tierra y cosecha", "Centros de acopio construidos", "61", "53", "19 15 8 5 22 18", "81,8 %"),
    ("Saber para vivir", "Docentes becados en maestrías", "0", "73", "12 10 24 24 36 33", "91,7 %"),
]  # fmt: skip
OFFICE = "Despacho de Agua y Campo"


@dataclass(frozen=True)
class Layout:
    """How the same table is set."""

    names: tuple[str, str] = ("P", "E")
    align: int = 1
    years: int = 1
    bold: bool = True
    dark: bool = False
    valign: str = "MIDDLE"
    padding: float = 3.0
    size: float = 8.0
    figures: int = 1
    style: Sequence[Any] = field(default_factory=tuple)
    column: bool = False


LAYOUTS = {
    "centred": Layout(),
    "figures to the right under a ruled header": Layout(
        figures=2, style=[("LINEBELOW", (0, 1), (-1, 1), 1, colors.black)]
    ),
    "all to the left": Layout(align=0, years=0, figures=0),
    "years to the left over centred names": Layout(years=0),
    "all to the right": Layout(align=2, figures=2),
    "at the top without space between rows": Layout(valign="TOP", padding=0.5),
    "at the bottom": Layout(valign="BOTTOM"),
    "in words": Layout(names=("Programado", "Ejecutado"), size=6.5),
    "white on dark, not bold": Layout(bold=False, dark=True),
    "ruled between rows": Layout(style=[("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey)]),
    "ruled": Layout(style=[("GRID", (0, 0), (-1, -1), 0.4, colors.black)]),
    "programmes in a column": Layout(column=True, size=7),
}


def cell(text: str, layout: Layout, align: int, *, name: bool = False, bold: bool = False) -> Paragraph:
    font = "Helvetica-Bold" if bold or (name and layout.bold) else "Helvetica"
    color = colors.white if name and layout.dark else colors.black
    style = ParagraphStyle(
        "cell", fontName=font, fontSize=layout.size, leading=layout.size * 1.18, alignment=align, textColor=color
    )
    return Paragraph(text, style)


def table(layout: Layout) -> Table:
    """A header of two rows, each year over its two columns, and a band above the rows of each programme."""
    first = [*(["Programa"] if layout.column else []), "Indicador de producto", "Línea base 2023", "Meta 2024-2027"]
    above = [cell(text, layout, layout.align, name=True) for text in first]
    below: list[Any] = [""] * len(first)
    spans: list[Any] = [("SPAN", (at, 0), (at, 1)) for at in range(len(first))]
    for year in YEARS:
        spans.append(("SPAN", (len(above), 0), (len(above) + 1, 0)))
        above += [cell(str(year), layout, layout.years, name=True), ""]
        below += [cell(text, layout, layout.align, name=True) for text in layout.names]
    for text in ("% de cumplimiento 2026", "Responsable"):
        spans.append(("SPAN", (len(above), 0), (len(above), 1)))
        above.append(cell(text, layout, layout.align, name=True))
        below.append("")
    lines: list[list[Any]] = [above, below]
    last = None
    for number, (programme, indicator, base, target, figures, share) in enumerate(ROWS):
        if programme != last and not layout.column:
            spans.append(("SPAN", (0, len(lines)), (-1, len(lines))))
            title = cell(f"Programa {number + 1}. {programme}", layout, 0, bold=True)
            lines.append([title, *[""] * (len(above) - 1)])
        texts = [*([programme if programme != last else ""] if layout.column else []), indicator]
        last = programme
        own = [cell(text, layout, 0) for text in texts]
        lines.append(
            [*own, *(cell(t, layout, layout.figures) for t in (base, target, *figures.split(), share, OFFICE))]
        )
    width = landscape(A4)[0] - 80
    named = len(first) - 2
    widths = [0.2 * width] * named + [(1 - 0.2 * named) * width / (len(above) - named)] * (len(above) - named)
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), layout.valign),
        ("TOPPADDING", (0, 0), (-1, -1), layout.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), layout.padding),
        *([("BACKGROUND", (0, 0), (-1, 1), colors.HexColor("#274257"))] if layout.dark else []),
        *layout.style,
    ]
    return Table(lines, colWidths=widths, repeatRows=2, style=[*spans, *style])


def printed(folder: Path, *story: Any) -> Extraction:
    path = folder / "informe.pdf"
    head = [
        Paragraph("INFORME DE GESTIÓN 2026", TITLE), Paragraph("Plan de Desarrollo Departamental 2024-2027", HEADING),
        Paragraph("Gobernación de Aguaclara", BODY), PROSE, PageBreak(),
    ]  # fmt: skip
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=40, rightMargin=40).build([*head, *story])
    return extract(read_file(path))


def said(row: IndicatorRow) -> tuple[str | None, ...]:
    """What a row says in the order of ``ROWS``."""
    years = [
        figure.text if figure is not None else None for year in row.yearly for figure in (year.target, year.progress)
    ]
    share = row.yearly[-1].percent if row.yearly else None
    return (
        row.programme,
        row.indicator,
        row.baseline.text if row.baseline else None,
        row.target.text if row.target else None,
        " ".join(map(str, years)),
        None if share is None else f"{share:.1f} %".replace(".", ","),
    )


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_years_over_what_was_planned_and_done_date_it_however_the_table_is_set(layout: Layout, tmp_path: Path) -> None:
    found = printed(tmp_path, Paragraph("1. Secretaría de Planeación", TITLE), PROSE, table(layout), PROSE)
    rows = [row for row in found.rows if row.kind == "progress"]
    assert [said(row) for row in rows] == ROWS
    assert {row.dependency for row in rows} == {OFFICE}


def money(*lines: tuple[str, str, str]) -> Table:
    names = [cell(text, Layout(), 2, name=True) for text in ("Presupuesto definitivo", "Compromisos", "Pagos")]
    cells = [[cell("Programa", Layout(), 0, name=True), *names]]
    for name, first, second in lines:
        cells.append([cell(name, Layout(), 0), *(cell(text, Layout(), 2) for text in (first, second, second))])
    return Table(cells, colWidths=[240, 130, 130, 130])


def test_a_table_of_money_of_one_row_is_of_the_year_its_heading_names(tmp_path: Path) -> None:
    found = printed(
        tmp_path,
        Paragraph("Ejecución de recursos 2026", HEADING),
        money(("Agua que llega", "$4.125.000.000", "$3.980.500.250")),
        Spacer(1, 20),
        PROSE,
    )
    (row,) = [row for row in found.rows if row.kind == "budget" and row.programme]
    assert row.programme == "Agua que llega"
    assert [(item.year, item.item, item.value) for item in row.budget] == [
        (2026, "apropiacion_definitiva", Decimal(4_125_000_000)),
        (2026, "compromisos", Decimal(3_980_500_250)),
        (2026, "pagos", Decimal(3_980_500_250)),
    ]


def test_what_money_adds_up_to_is_no_programme(tmp_path: Path) -> None:
    lines = [
        ("Agua que llega", "$4.000", "$3.000"),
        ("Tierra y cosecha", "$2.000", "$1.000"),
        ("Total despacho", "$6.000", "$4.000"),
    ]
    found = printed(tmp_path, Paragraph("Ejecución de recursos 2026", HEADING), money(*lines), PROSE)
    assert [row.programme for row in found.rows if row.budget] == ["Agua que llega", "Tierra y cosecha"]


def test_levels_that_headings_count_hold_for_their_chapters_though_they_stand_alike_on_pages(tmp_path: Path) -> None:
    story: list[Any] = []
    for number, (office, level) in enumerate(
        [("Aguas", "Ruta 1. Territorio con raíz"), ("Vías", "Ruta 1. Territorio con raíz"),
         ("Campo", "Ruta 1. Territorio con raíz"), ("Cultura", "Ruta 2. Gente con futuro")], start=1,
    ):  # fmt: skip
        story += [Paragraph(f"{number}. Secretaría de {office}", TITLE), Paragraph(level, HEADING), PROSE]
        story += [table(Layout()), PageBreak()]
    rows = [row for row in printed(tmp_path, *story).rows if row.kind == "progress"]
    assert [row.strategic_line for row in rows] == ["Territorio con raíz"] * 18 + ["Gente con futuro"] * 6
