"""Documents as governments publish them: what reports and plans in PDF print that tables of other formats do not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.extract import extract
from ingest.readers import read_file
from ingest.readers.pdf_words import join_lines
from ingest.records import Extraction, IndicatorRow

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10)
NAME = ParagraphStyle("name", fontName="Helvetica-Bold", fontSize=8.5, leading=10)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=14, leading=17, spaceBefore=10, spaceAfter=6)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=11.5, leading=14, spaceBefore=8, spaceAfter=4)

PROSE = Paragraph(
    "El territorio reúne cabeceras, centros poblados y veredas dispersas, con caminos que se cierran en invierno. "
    "Las juntas y los consejos comunitarios acordaron qué atender primero, y la administración lo recoge aquí con sus "
    "responsables, para que cualquiera pueda seguirlo y pedir cuentas de lo que se hizo y de lo que falta por hacer.",
    BODY,
)

DRAWN: dict[str, list[Any]] = {
    "ruled": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "ruled between rows": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)],
    "without lines": [("BOTTOMPADDING", (0, 0), (-1, -1), 5)],
    "shaded by turns": [("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.whitesmoke, colors.white])],
}
NAMES = {
    "of this year": ["Meta", "Programado 2025", "Ejecutado 2025", "%"],
    "of the plan": ["Meta del plan", "Meta 2025", "Logro 2025", "% avance"],
    "described": ["Descripción de la meta", "Programado vigencia", "Ejecutado vigencia", "Porcentaje de avance"],
}
GOALS = [
    ["Dotar 12 bibliotecas rurales con mobiliario y colecciones nuevas", "5", "4", "80 %"],
    ["Mejorar 20,7 km de caminos veredales", "4,3", "2,1", "48,8 %"],
    ["Atender a 1.559 familias campesinas con asistencia técnica", "503", "258", "51,3 %"],
    ["Construir 6 acueductos comunitarios", "2", "2", "100 %"],
]


def printed(folder: Path, story: Sequence[Any]) -> Extraction:
    path = folder / "papel.pdf"
    SimpleDocTemplate(str(path), pagesize=A4, topMargin=60, bottomMargin=60).build(list(story))
    return extract(read_file(path))


def report(*story: Any) -> list[Any]:
    return [
        Paragraph("GOBERNACIÓN DE VALLE SERENO", TITLE),
        Paragraph("INFORME DE GESTIÓN 2025", TITLE),
        PageBreak(),
        Paragraph("3. SECRETARÍA DE CULTURA", TITLE),
        Paragraph("Programa: Letras vivas", HEADING),
        PROSE,
        *story,
    ]


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], drawn: str) -> Table:
    cells = [[Paragraph(text, CELL if index else NAME) for text in row] for index, row in enumerate(rows)]
    return Table(cells, colWidths=list(widths), style=[*DRAWN[drawn], ("VALIGN", (0, 0), (-1, -1), "TOP")])


def goals(names: Sequence[str], drawn: str) -> Table:
    return table([names, *GOALS], [190, 80, 80, 70], drawn)


def reached(rows: Sequence[IndicatorRow]) -> list[tuple[str | None, Decimal | None, Decimal | None]]:
    """Indicator, what was reached in the only year, and its percentage."""
    return [
        (row.indicator, row.yearly[0].progress.value, row.yearly[0].percent)
        for row in rows
        if row.kind == "progress" and row.yearly and row.yearly[0].progress
    ]


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize("names", NAMES)
def test_goals_in_sentences_are_rows_with_what_was_reached_however_drawn(
    tmp_path: Path, names: str, drawn: str
) -> None:
    found = printed(tmp_path, report(goals(NAMES[names], drawn)))
    figures = [("4", "80"), ("2.1", "48.8"), ("258", "51.3"), ("2", "100")]
    assert reached(found.rows) == [
        (goal, Decimal(value), Decimal(percent)) for (goal, *_), (value, percent) in zip(GOALS, figures, strict=True)
    ]
    assert {(row.dependency, row.programme) for row in found.rows} == {("SECRETARÍA DE CULTURA", "Letras vivas")}


def test_a_header_alone_at_the_foot_of_a_page_names_the_columns_of_the_next(tmp_path: Path) -> None:
    widths = [190, 80, 80, 70]
    header = table([NAMES["of this year"]], widths, "ruled")
    rows = [[Paragraph(text, CELL) for text in row] for row in GOALS]
    found = printed(tmp_path, report(header, PageBreak(), Table(rows, colWidths=widths, style=DRAWN["ruled"])))
    assert [goal for goal, _, _ in reached(found.rows)] == [row[0] for row in GOALS]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Meta: Señalizar 54 cruces durante el cuatrienio. Avance: 82,5 %. Se visitaron 7 veredas.", "82.5"),
        ("Meta 1.2: Señalizar 54 cruces. Ejecutado 2025: 40. Cumplimiento: 74 %.", "40"),
        ("Compromiso 3: Señalizar 54 cruces (avance: 82 %)", "82"),
    ],
)
def test_a_goal_told_in_running_text_is_a_row(tmp_path: Path, text: str, figure: str) -> None:
    found = printed(tmp_path, report(Paragraph(text, BODY)))
    (row,) = [row for row in found.rows if row.kind == "progress"]
    assert (row.indicator, row.target and row.target.value) == ("Señalizar 54 cruces", Decimal(54))
    assert row.figure is not None
    assert row.figure.value == Decimal(figure)
    assert row.dependency == "SECRETARÍA DE CULTURA"


def test_figures_of_running_text_report_on_nothing(tmp_path: Path) -> None:
    text = "En 2023 se registraron 18.412 consultas, de las cuales 61,3 % fueron de mujeres."
    found = printed(tmp_path, report(Paragraph(text, BODY)))
    assert {row.kind for row in found.rows} == {"fact"}


PLAN = [["Indicador", "Línea base", "Año", "Meta 2027"], ["Aulas dotadas", "546<super>1</super>", "2022", "1.580"]]


def plan(*story: Any) -> list[Any]:
    return [Paragraph("PLAN DE DESARROLLO MUNICIPAL 2024 - 2027", TITLE), PROSE, *story]


def test_the_mark_of_a_footnote_is_no_part_of_a_figure_and_the_year_beside_it_is_its_date(tmp_path: Path) -> None:
    (row,) = printed(tmp_path, plan(table(PLAN, [150, 70, 70, 70], "ruled"))).rows
    assert row.baseline is not None
    assert (row.baseline.text, row.baseline.value, row.baseline.period) == ("546", Decimal(546), "2022")


def test_several_headings_that_begin_with_the_name_of_a_level_are_levels(tmp_path: Path) -> None:
    story: list[Any] = []
    for level, programme in (("DIMENSIÓN SOCIAL", "Aulas vivas"), ("DIMENSIÓN AMBIENTAL Y RURAL", "Agua clara")):
        story += [Paragraph(level, TITLE), Paragraph(f"Programa: {programme}", HEADING)]
        story += [table(PLAN, [150, 70, 70, 70], "ruled"), Spacer(1, 20)]
    rows = printed(tmp_path, plan(*story)).rows
    assert [(row.strategic_line, row.programme) for row in rows] == [
        ("SOCIAL", "Aulas vivas"),
        ("AMBIENTAL Y RURAL", "Agua clara"),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Producción y", "comercializació", "n campesina"], "Producción y comercialización campesina"),
        (["Fortalecimie", "nto rural"], "Fortalecimiento rural"),
        (["Infraestructura", "lista"], "Infraestructura lista"),
        (["Implementación", "de rutas"], "Implementación de rutas"),
    ],
)
def test_a_word_too_long_for_its_column_is_whole_again(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text
