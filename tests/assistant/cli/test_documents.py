"""Documents and rows on the command line: what an ingest tells, lists, removal, exports, and the check of it all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assistant import ingesting
from assistant.settings import read_settings
from ingest.pipeline import DocumentReport, IngestReport
from ingest.records import Notice, Overrides
from ingest.told import TableLeft
from tests.assistant.cli.conftest import Run
from tests.support.fake_knowledge import DOCUMENT, FakeKnowledge


def report(*documents: DocumentReport) -> IngestReport:
    return IngestReport(documents=documents, elapsed_s=0.1)


READ = DocumentReport(
    document="a.txt",
    document_id="aa",
    status="added",
    rows=2,
    passages=1,
    tables=1,
    warnings=(Notice(code="cut", message="La celda está cortada.", place="línea 4"),),
)


FAILED = DocumentReport(
    document="b.pdf", status="failed", warnings=(Notice(code="unreadable", message="El archivo está vacío."),)
)


def test_an_ingest_tells_counts_and_one_line_for_each_warning_and_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingesting, "ingest", lambda *a, **k: report(READ, FAILED))
    ran = run("ingest", "docs")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert lines[0] == "Documentos: 1 nuevo, 1 no se pudo leer."
    assert lines[1] == "En ellos hay 2 filas, 1 pasaje y 1 tabla."
    assert lines[2:] == [
        "a.txt: 1 tabla, 2 filas, 1 pasaje.",
        "aviso: a.txt, línea 4: La celda está cortada.",
        "error: b.pdf: El archivo está vacío.",
    ]


def test_an_ingest_tells_kinds_of_rows_tables_left_and_few_of_many_like_warnings(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(Notice(code="cut", message="Cortada.", place=f"línea {i}") for i in range(8))
    changed = {
        "warnings": many,
        "rows_by_kind": {"result": 1, "product": 1},
        "tables_left": (TableLeft(place="hoja Ingresos, celdas A1:C9", why="no tiene columna de meta"),),
    }
    monkeypatch.setattr(ingesting, "ingest", lambda *a, **k: report(READ.model_copy(update=changed)))
    lines = run("ingest", "docs").out.splitlines()
    assert lines[2] == "a.txt: 1 tabla, 2 filas (1 de resultado, 1 de producto), 1 pasaje."
    assert lines[3] == "tabla sin filas: a.txt, hoja Ingresos, celdas A1:C9: no tiene columna de meta."
    assert lines[4:9] == [f"aviso: a.txt, línea {i}: Cortada." for i in range(5)]
    assert lines[9:] == ["aviso: a.txt: y 3 más como estos; véalos con --json."]


def test_an_ingest_as_json_prints_the_report_and_nothing_else(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "ingest", lambda *a, **k: report(READ))
    ran = run("ingest", "docs", "--json")
    assert ran.code == 0
    (one,) = json.loads(ran.out)["documents"]
    assert set(one) >= {"document", "document_id", "status", "rows", "passages", "tables", "warnings"}
    assert one["warnings"][0]["place"] == "línea 4"


def test_an_ingest_hands_on_what_was_said_of_the_documents(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def ingest(settings: Any, knowledge: Any, paths: list[Path], overrides: Overrides, **options: Any) -> IngestReport:
        given.update(paths=paths, overrides=overrides, **options)
        return report()

    monkeypatch.setattr(ingesting, "ingest", ingest)
    ran = run("ingest", "a", "b", "--entity", "Chía", "--period", "2024-2027", "--prune")
    assert ran.code == 0
    assert given["paths"] == [Path("a"), Path("b")]
    assert given["overrides"] == Overrides(entity="Chía", period="2024-2027")
    assert given["prune"] is True
    assert given["progress"] is None  # nobody watches a pipe


def test_documents_are_listed_and_removed(run: Run, knowledge: FakeKnowledge) -> None:
    (one,) = json.loads(run("documents", "--json").out)
    assert one["document"] == "plan.txt"
    assert "plan.txt" in run("documents").out
    assert "«plan.txt»" in run("remove", "abab").err
    ran = run("remove", "otro")
    assert ran.code == 1
    assert "«otro»" in ran.err
    assert knowledge.closed


def test_rows_as_json_are_a_list_of_objects(run: Run, knowledge: FakeKnowledge) -> None:
    ran = run("rows", "--format", "json", "--kind", "product", "--text", "canchas", "--document", "plan.txt")
    (row,) = json.loads(ran.out)
    assert row["indicator"] == "Canchas"
    assert row["document"] == "plan.txt"
    assert (knowledge.wanted.kind, knowledge.wanted.text, knowledge.wanted.document) == (
        "product",
        "canchas",
        "plan.txt",
    )
    assert "Canchas" in run("rows").out


def test_the_files_name_says_the_format(run: Run, tmp_path: Path) -> None:
    assert run("rows", "--out", str(tmp_path / "r.csv")).code == 0
    assert "Canchas" in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert run("rows", "--out", str(tmp_path / "r.xlsx")).code == 0
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active.max_row == 2
    assert run("rows", "--out", str(tmp_path / "r.json")).out == ""
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))[0]["row_id"] == "r1"


def test_a_place_where_nothing_can_be_written_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("rows", "--out", str(tmp_path / "no" / "r.csv"))
    assert ran.code == 1
    assert "No se puede escribir" in ran.err


def test_check_says_what_is_configured_and_fails_when_something_does_not_fit(
    run: Run, knowledge: FakeKnowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABILDO_DATABASE_URL", "postgresql+psycopg://cabildo:secreto@db/cabildo")
    monkeypatch.setenv("CABILDO_CHAT_API_KEY", "secreto")
    read_settings.cache_clear()
    ran = run("check")
    assert ran.code == 0
    assert "Catálogo: servidor (postgresql)" in ran.out
    assert "1 documentos" not in ran.out
    assert "secreto" not in ran.out
    knowledge.notices = [Notice(code="vectors-missing", message="Faltan vectores.")]
    ran = run("check")
    assert ran.code == 1
    assert "Faltan vectores." in ran.out


def test_check_tells_what_documents_say_differently_and_that_is_no_failure(run: Run, knowledge: FakeKnowledge) -> None:
    said = Notice(code="same-row-differs", message="La meta es otra en «b.txt».", place="línea 3")
    knowledge.differences = {DOCUMENT.document_id: (said,)}
    ran = run("check")
    assert ran.code == 0
    assert "- plan.txt, línea 3: La meta es otra en «b.txt»." in ran.out
    (one,) = json.loads(run("check", "--json").out)["among_documents"]
    assert (one["document"], one["code"]) == ("plan.txt", "same-row-differs")
