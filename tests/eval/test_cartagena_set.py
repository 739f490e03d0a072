"""The set's expectations are true of its documents, read here without any of our readers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import lxml.html
import openpyxl
import pytest
import yaml

from eval.cases import CATEGORIES
from eval.sets.cartagena import build

FOLDER = Path(__file__).resolve().parents[2] / "eval/sets/cartagena"
QUESTIONS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "questions.yaml").read_text("utf-8"))
CITED = [(question["id"], row) for question in QUESTIONS for row in question["expect"]["rows"]]
STATUSES = {"answered", "not_found", "clarify", "refused"}


def printed(row: dict[str, Any]) -> list[str]:
    """The cells of the row that an expectation points at; of prose, its line."""
    path = FOLDER / "documents" / row["file"]
    if path.suffix == ".txt":
        return path.read_text("utf-8").split("\n")[row["line_no"] - 1].split("\t")
    if path.suffix == ".csv":
        return list(csv.reader(path.read_text("utf-8").splitlines()))[row["line_no"] - 1]
    if path.suffix == ".xlsx":
        return [str(cell.value) for cell in openpyxl.load_workbook(path)[row["sheet"]][row["cell"]][0]]
    if path.suffix == ".html":
        rows = [[c.text_content() for c in r.iter("td")] for r in lxml.html.parse(str(path)).getroot().iter("tr")]
    else:
        rows = [[c.text for c in r.cells] for table in docx.Document(str(path)).tables for r in table.rows]
    (cells,) = [cells for cells in rows if row["indicator"] in cells]
    return cells


@pytest.mark.parametrize(("question_id", "row"), CITED, ids=[f"{q}-{i}" for i, (q, _) in enumerate(CITED)])
def test_an_expected_row_stands_where_the_set_says(question_id: str, row: dict[str, Any]) -> None:
    assert row["indicator"] in printed(row) if "indicator" in row else printed(row) != [""]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_expected_figures_are_printed_in_the_expected_rows(question: dict[str, Any]) -> None:
    expect = question["expect"]
    text = "\n".join("\t".join(printed(row)) for row in expect["rows"])
    lost = [f for f in expect["figures"] if not re.search(rf"(?<!\d){re.escape(f)}(?!\d)", text)]
    assert lost == []


def test_the_set_covers_every_category_and_is_of_the_shape_that_the_run_reads() -> None:
    assert len(QUESTIONS) >= 150
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({(*question["history"], question["question"]) for question in QUESTIONS}) == len(QUESTIONS)
    counts = Counter(question["category"] for question in QUESTIONS)
    assert {name: n for name in CATEGORIES if (n := counts[name]) < 5} == {}
    for question in QUESTIONS:
        assert set(question) - {"note"} == {"id", "category", "user", "question", "history", "expect"}
        expect = question["expect"]
        assert set(expect) - {"computed"} == {"status", "rows", "match", "figures", "text", "absent"}
        statuses = expect["status"] if isinstance(expect["status"], list) else [expect["status"]]
        assert set(statuses) <= STATUSES
        assert expect["match"] in ("any", "all", "set")
        assert expect["rows"] or statuses != ["answered"]


def test_the_documents_are_those_that_the_set_s_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "DOCUMENTS", tmp_path)
    build.main()
    written = {path.name for path in tmp_path.iterdir()}
    assert written | {"cabildo.yaml"} == {path.name for path in (FOLDER / "documents").iterdir()}
    for name in written:
        if Path(name).suffix in (".txt", ".csv", ".html"):  # office packages hold the times they were zipped
            assert (tmp_path / name).read_bytes() == (FOLDER / "documents" / name).read_bytes()


def test_the_citizen_of_the_letter_is_invented_and_never_expected() -> None:
    letter = (FOLDER / "documents/respuesta-medellin.txt").read_text("utf-8")
    assert ".example" in letter
    assert not any("Rosalba" in str(q["expect"][key]) for q in QUESTIONS for key in ("figures", "text", "rows"))
