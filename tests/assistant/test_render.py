from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from assistant.answer import Answer, Citation
from assistant.export import to_csv, write_csv, write_xlsx
from assistant.render import document_json, number, row_json
from assistant.terminal import answer_view, rows_view
from ingest.records import (
    BudgetItem,
    Document,
    DocumentInfo,
    Figure,
    IndicatorRow,
    Notice,
    PathStep,
    Place,
    RowLink,
    YearFigures,
)

#: Field names that other programs rely on.
CONTRACT = {
    "row_id", "document", "document_id", "entity", "period", "kind", "path", "strategic_line", "component", "programme",
    "dependency", "purpose", "indicator", "codes", "unit", "accumulation", "baseline", "target", "metric", "figure",
    "yearly", "budget", "ods", "page", "sheet", "cell", "line", "links", "warnings",
}  # fmt: skip

DOCUMENT = Document(
    document_id="d" * 64, name="plan.txt", info=DocumentInfo(entity="Puerto Nuevo", kind="plan"), rows=1
)


def a_row(**changes: Any) -> IndicatorRow:
    fields: dict[str, Any] = {
        "row_id": "r1",
        "document_id": "d" * 64,
        "kind": "product",
        "path": (PathStep(level="Eje", value="Vivir bien", role="strategic_line"),),
        "indicator": "Canchas construidas",
        "baseline": Figure(
            text="2,5 canchas", value=Decimal("2.5"), unit="canchas", period="2023", source="Planeación"
        ),
        "target": Figure(text="Construir diez (10)", value=Decimal("10"), unit="canchas"),
        "place": Place(line=7),
        "quote": "Canchas construidas\t2,5 canchas\tConstruir diez (10)",
    }
    return IndicatorRow(**(fields | changes))


def shown(view: Any) -> str:
    out = Console(file=io.StringIO(), width=100, markup=False, emoji=False, highlight=False)
    out.print(view)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_row_has_every_field_that_programs_rely_on() -> None:
    assert set(row_json(a_row(), DOCUMENT)) >= CONTRACT


def test_what_does_not_apply_is_null_or_an_empty_list() -> None:
    made = row_json(IndicatorRow(row_id="r", document_id="d", kind="fact", place=Place()), DOCUMENT)
    lists = {"path", "yearly", "budget", "links", "warnings"}
    assert all(made[name] == [] for name in lists)
    assert made["codes"] == {}
    given = {"row_id", "document", "document_id", "kind", "codes"}
    assert all(made[name] is None for name in CONTRACT - lists - given)


def test_the_parts_of_a_row_have_the_contracts_shapes() -> None:
    row = a_row(
        yearly=(YearFigures(year=2025, target=Figure(text="3", value=Decimal(3)), percent=Decimal("66.6")),),
        budget=(BudgetItem(item="pagos", value=Decimal("1.5"), year=2025, funding_source="SGP"),),
        figure=Figure(text="14 zonas", value=Decimal(14), unit="zonas", period="2022"),
        links=(RowLink(row_id="r2", confidence=0.9),),
        warnings=(Notice(code="cut", message="La celda está cortada."),),
    )
    made = json.loads(json.dumps(row_json(row, DOCUMENT), allow_nan=False))
    assert made["document"] == "plan.txt"
    assert made["path"] == [["Eje", "Vivir bien"]]
    assert made["strategic_line"] == "Vivir bien"
    assert made["baseline"] == {
        "text": "2,5 canchas", "value": 2.5, "unit": "canchas", "date": "2023", "source": "Planeación",
    }  # fmt: skip
    assert made["target"] == {"text": "Construir diez (10)", "value": 10, "unit": "canchas"}
    assert made["figure"] == {"text": "14 zonas", "value": 14, "unit": "zonas", "period": "2022"}
    assert made["yearly"] == [{"year": 2025, "target": {"text": "3", "value": 3}, "progress": None, "percent": 66.6}]
    assert made["budget"][0] | {"text": None} == {
        "year": 2025, "item": "pagos", "funding_source": "SGP", "value": 1.5, "text": None,
    }  # fmt: skip
    assert made["links"] == [{"row_id": "r2", "confidence": 0.9}]
    assert made["warnings"] == [{"code": "cut", "message": "La celda está cortada.", "place": None}]
    assert made["line"] == 7


@pytest.mark.parametrize(
    ("value", "expected"),
    [("28", 28), ("28.0", 28), ("35.1", 35.1), ("1E+3", 1000), ("NaN", None), ("Infinity", None), ("-0.5", -0.5)],
)
def test_numbers_are_whole_when_they_are_and_never_outside_json(value: str, expected: float | None) -> None:
    made = number(Decimal(value))
    assert made == expected
    assert type(made) is type(expected)


def test_a_document_says_what_it_is_of() -> None:
    made = document_json(DOCUMENT)
    assert made["document"] == "plan.txt"
    assert made["entity"] == "Puerto Nuevo"
    assert made["title"] == "plan.txt"


HOSTILE = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_spreadsheet_never_runs_what_a_document_says(text: str, tmp_path: Path) -> None:
    rows = [row_json(a_row(indicator=text), DOCUMENT)]
    lines = list(csv.DictReader(io.StringIO(to_csv(rows))))
    assert lines[0]["Indicador"] == f"'{text}"

    write_xlsx(rows, tmp_path / "r.xlsx")
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows() for cell in line]
    hostile = [cell for cell in cells if cell.value == text]
    assert hostile
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in hostile)


def test_a_negative_number_stays_a_number() -> None:
    row = a_row(target=Figure(text="-3", value=Decimal(-3)))
    line = next(csv.DictReader(io.StringIO(to_csv([row_json(row, DOCUMENT)]))))
    assert line["Meta (valor)"] == "-3"
    assert line["Meta"] == "'-3"


def test_an_exported_file_keeps_accents_values_and_every_year(tmp_path: Path) -> None:
    yearly = (YearFigures(year=2024, target=Figure(text="3", value=Decimal(3)), progress=Figure(text="N.D.")),)
    budget = (
        BudgetItem(item="pagos", value=Decimal(900), year=2024),
        BudgetItem(item="pagos", value=Decimal(400), year=2024, funding_source="SGP"),
    )
    rows = [row_json(a_row(yearly=yearly, budget=budget), DOCUMENT), row_json(a_row(row_id="r2"), DOCUMENT)]
    write_csv(rows, tmp_path / "r.csv")
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"), newline="")))
    assert lines[0]["Línea base (valor)"] == "2.5"
    assert lines[0]["Meta 2024"] == "3"
    assert lines[0]["Avance 2024"] == "N.D."
    assert lines[0]["Pagos 2024 (COP)"] == "900"
    assert lines[0]["Recursos por fuente (COP)"] == "Pagos 2024, SGP: 400"
    assert lines[1]["Meta 2024"] == ""

    write_xlsx(rows, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    headings = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings.index("Meta (valor)") + 1).value == 10
    assert sheet.max_row == 3


def test_an_empty_export_still_has_its_headings() -> None:
    assert to_csv([]).startswith("Id,Documento,")


def test_control_characters_do_not_break_a_workbook(tmp_path: Path) -> None:
    write_xlsx([row_json(a_row(quote="a\x0bb\x00c"), DOCUMENT)], tmp_path / "r.xlsx")
    assert "abc" in [cell.value for cell in openpyxl.load_workbook(tmp_path / "r.xlsx").active[2]]


ANSWER = Answer(
    status="answered",
    answer="La meta es de 10 canchas [1].",
    citations=[
        Citation(
            n=1,
            kind="row",
            document="plan.txt",
            title="Plan de Puerto Nuevo",
            period="2024-2027",
            line=7,
            path=[["Eje", "Vivir bien"], ["Programa", "Deporte [para] todos"]],
            indicator="Canchas construidas",
            baseline={"text": "2 canchas", "source": "Planeación"},
            target={"text": "Construir diez (10)"},
        )
    ],
    suggestions=["¿Cuál es la línea base?"],
)


def test_an_answer_on_the_terminal_shows_the_row_it_stands_in() -> None:
    text = shown(answer_view(ANSWER))
    for part in (
        "La meta es de 10 canchas [1].",
        "Vivir bien › Deporte [para] todos › Canchas construidas",
        "Línea base: 2 canchas → Meta: Construir diez (10)",
        "Fuente: Planeación",
        "línea 7",
        "plan.txt",
        "¿Cuál es la línea base?",
    ):
        assert part in text
    assert text.index("10 canchas [1]") < text.index("Vivir bien") < text.index("línea base?")


def test_a_passage_is_shown_by_its_words_and_a_filter_by_its_terms() -> None:
    answer = Answer(
        status="answered",
        answer="Hay 60 [1]. Se dice así [2].",
        citations=[
            Citation(n=1, kind="filter", count=60, filters={"programa": "Deporte"}),
            Citation(n=2, kind="passage", document="plan.txt", quote="Se cuidará el agua."),
        ],
    )
    text = shown(answer_view(answer))
    assert "60 filas que cumplen: programa = Deporte" in text
    assert "«Se cuidará el agua.»" in text


def test_texts_of_documents_are_not_taken_for_markup() -> None:
    row = row_json(a_row(indicator="[bold]Canchas[/bold] :smile:"), DOCUMENT)
    assert "[bold]Canchas[/bold]" in shown(rows_view([row], 1)).replace("│", "").replace("\n", "")
