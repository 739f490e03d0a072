"""The set's expectations are true of its documents, read here without any of our readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "eval/sets/cartagena"
QUESTIONS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "questions.yaml").read_text("utf-8"))
CITED = [(question["id"], row) for question in QUESTIONS for row in question["expect"]["rows"]]
STATUSES = {"answered", "not_found", "clarify", "refused"}


def printed(row: dict[str, Any]) -> str:
    """The text of the row that an expectation points at."""
    path = FOLDER / "documents" / row["file"]
    if path.suffix == ".txt":
        return path.read_text("utf-8").split("\n")[row["line_no"] - 1]
    if path.suffix == ".xlsx":
        cells = openpyxl.load_workbook(path)[row["sheet"]][row["cell"]][0]
        return "\t".join(str(cell.value) for cell in cells)
    lines = ["\t".join(c.text for c in r.cells) for table in docx.Document(str(path)).tables for r in table.rows]
    (line,) = [line for line in lines if line.startswith(row["indicator"])]
    return line


@pytest.mark.parametrize(("question_id", "row"), CITED, ids=[f"{q}-{i}" for i, (q, _) in enumerate(CITED)])
def test_an_expected_row_stands_where_the_set_says(question_id: str, row: dict[str, Any]) -> None:
    assert row["indicator"] in printed(row).split("\t")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_expected_figures_are_printed_in_the_expected_rows(question: dict[str, Any]) -> None:
    expect = question["expect"]
    text = "\n".join(printed(row) for row in expect["rows"])
    assert [figure for figure in expect["figures"] if figure not in text] == []


def test_the_set_is_of_the_shape_that_the_run_reads() -> None:
    assert len(QUESTIONS) >= 12
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert set(question) - {"note"} == {"id", "category", "user", "question", "history", "expect"}
        expect = question["expect"]
        assert set(expect) - {"computed"} == {"status", "rows", "match", "figures", "text", "absent"}
        statuses = expect["status"] if isinstance(expect["status"], list) else [expect["status"]]
        assert set(statuses) <= STATUSES
        assert expect["match"] in ("any", "all", "set")
        assert expect["rows"] or "answered" not in statuses
