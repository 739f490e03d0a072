"""Target, latest progress and percentage side by side: in words, on the terminal, in spreadsheets and over HTTP."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from rich.console import Console

from assistant.api import create_app
from assistant.export import to_csv, write_xlsx
from assistant.render import rows_json, standing_json
from assistant.settings import Settings
from assistant.standing_text import percent_text, progress_text, spanish_number, terms_text
from assistant.terminal import rows_view
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import ingest_paths
from ingest.records import Figure
from ingest.standing import Standing
from tests.support.hash_embedder import HashEmbedder

PLAN = """Municipio de Villa Serena
PLAN DE DESARROLLO 2024 - 2027
Metas de producto

Código\tPrograma\tIndicador de producto\tTipo de acumulación\tLínea base\tMeta del cuatrienio
IP-7\tAgua para todos\tHogares conectados al acueducto\tAcumulativo\t120\t300
IP-8\tAgua para todos\tPozos en servicio\tNo acumulativo\t2\t5
IP-9\tAgua para todos\tTanques limpios\t\t0\t9
"""
REPORT = """Municipio de Villa Serena
Informe de seguimiento al plan de desarrollo 2024 - 2027

Código\tIndicador de producto\tMeta 2024\tAvance 2024\tMeta 2025\tAvance 2025\t% Avance 2025
IP-7\tHogares conectados al acueducto\t80\t60\t80\t64\t
IP-8\tPozos en servicio\t5\t5\t5\t4\t80%
"""


def told(**fields: Any) -> dict[str, Any]:
    return standing_json(Standing(**fields))


SUM = told(
    target=Figure(text="300", value=Decimal(300)),
    progress=Figure(text="124", value=Decimal(124)),
    year=2025,
    percent=Decimal("41.33"),
    progress_terms="60 + 64",
    percent_terms="124 ÷ 300 × 100",
)


def test_what_was_computed_says_so_with_its_terms() -> None:
    assert progress_text(SUM) == "124 (suma hasta 2025: 60 + 64)"
    assert percent_text(SUM) == "41,33 % (calculado: 124 ÷ 300 × 100)"
    assert terms_text(SUM) == "60 + 64 = 124; 124 ÷ 300 × 100 = 41,33 %"


def test_what_is_printed_says_of_which_year_and_of_which_codes_it_is() -> None:
    printed = told(
        progress=Figure(text="7.000"),
        year=2025,
        percent=Decimal("52.6250"),
        percent_year=2025,
        shared_codes=("IP-7", "IP-8"),
    )
    assert progress_text(printed) == "7.000 (2025; de IP-7 e IP-8 juntos)"
    assert percent_text(printed) == "52,63 % de la meta de 2025"
    assert terms_text(printed) is None


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert (progress_text(None), percent_text(told())) == ("", "")


@pytest.mark.parametrize(("value", "shown"), [(44.86, "44,86"), (100, "100"), (52.625, "52,63"), (1234.5, "1.234,5")])
def test_percentages_as_colombia_prints_them(value: float, shown: str) -> None:
    assert spanish_number(value) == shown


@pytest.fixture
def knowledge(tmp_path: Path) -> Any:
    for name, text in {"plan.txt": PLAN, "informe.txt": REPORT}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with KnowledgeBase.open(StoreSettings(data_dir=tmp_path / "data"), HashEmbedder()) as knowledge:
        ingest_paths([tmp_path / "informe.txt", tmp_path / "plan.txt"], knowledge)
        yield knowledge


def objects(knowledge: KnowledgeBase) -> list[dict[str, Any]]:
    _, rows = knowledge.rows()
    return rows_json(rows, knowledge.documents(), knowledge.snapshot().standing)


def test_plan_and_report_stand_side_by_side_on_the_terminal(knowledge: KnowledgeBase) -> None:
    plan = [row for row in objects(knowledge) if row["kind"] == "product"]
    out = Console(file=io.StringIO(), width=320)
    out.print(rows_view(plan, len(plan)))
    assert isinstance(out.file, io.StringIO)
    lines = out.file.getvalue().splitlines()
    homes = next(line for line in lines if "Hogares conectados" in line)
    assert [cell.strip() for cell in homes.split("│")][4:6] == ["300", "124 (suma hasta 2025: 60 + 64)"]
    wells = next(line for line in lines if "Pozos" in line)
    assert [cell.strip() for cell in wells.split("│")][4:7] == ["5", "4 (2025)", "80 % de la meta de 2025"]
    tanks = next(line for line in lines if "Tanques" in line)
    assert [cell.strip() for cell in tanks.split("│")][4:7] == ["9", "", ""]


def test_spreadsheets_have_them_as_numbers_with_the_year_and_the_terms(
    knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    rows = [row for row in objects(knowledge) if row["kind"] == "product"]
    homes, wells, tanks = csv.DictReader(io.StringIO(to_csv(rows)))
    names = ("Meta (valor)", "Último avance (valor)", "Último avance (año)", "Avance sobre la meta (%)")
    assert [homes[name] for name in names] == ["300", "124", "2025", "41.33"]
    assert homes["Avance calculado"] == "60 + 64 = 124; 124 ÷ 300 × 100 = 41,33 %"
    assert [wells[name] for name in names] == ["5", "4", "2025", "80"]
    assert (wells["Avance de la meta del año"], wells["Avance calculado"]) == ("2025", "")
    assert [tanks[name] for name in names] == ["9", "", "", ""]
    write_xlsx(rows, tmp_path / "filas.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "filas.xlsx").active
    headings = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings.index("Último avance (valor)") + 1).value == 124


def test_the_api_says_it_under_a_key_of_its_own(knowledge: KnowledgeBase, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path / "data"), assistant=object(), knowledge=knowledge)  # type: ignore[arg-type]
    with TestClient(app) as client:
        rows = client.get("/v1/rows?kind=product").json()["rows"]
        one = client.get(f"/v1/rows/{rows[0]['row_id']}").json()
    assert one["standing"] == rows[0]["standing"] == json.loads(json.dumps(objects(knowledge)[2]["standing"]))
    standing = rows[0]["standing"]
    assert (standing["target"]["value"], standing["progress"]["value"], standing["year"]) == (300, 124, 2025)
    assert (standing["percent"], standing["computed"], standing["percent_year"]) == (41.33, True, None)
    assert standing["latest"]["progress"]["value"] == 64
    assert standing["row_ids"] == [link["row_id"] for link in rows[0]["links"]]
