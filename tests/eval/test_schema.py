"""The schema that editors use accepts what a run accepts, and marks what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from eval.loading import SETS, find_set
from eval.schema import PATH, as_text, question_schema

SCHEMA = question_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def question(**changed: Any) -> list[dict[str, Any]]:
    row = {"file": "000", "line_no": 80}
    base = {"id": "a", "category": "target", "question": "¿?", "expect": {"status": "answered", "rows": [row]}}
    return [base | changed]


def test_the_schema_that_is_shipped_is_that_of_the_code() -> None:
    assert PATH.read_text("utf-8") == as_text(), "write it again: python -m eval.schema"


def test_the_schema_is_one_and_accepts_our_sets() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for path in SETS.glob("*/questions.yaml"):
        assert list(VALIDATOR.iter_errors(yaml.safe_load(path.read_text("utf-8")))) == []
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../questions.schema.json\n")


@pytest.mark.real_documents
def test_the_schema_accepts_the_open_set(shared: Path) -> None:
    text = find_set(str(shared / "questions")).read_text("utf-8")
    assert list(VALIDATOR.iter_errors(yaml.safe_load(text))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        question(categoria="x"),
        question(category="targt"),
        question(id=""),
        question(user="boss"),
        question(expect={"status": "maybe"}),
        question(expect={"status": "answered", "rows": [{"file": "000", "linea": 3}]}),
        question(expect={"status": "answered", "rows": [{"file": "000", "line_no": 0}]}),
        question(expect={"status": "answered", "figures": [28]}),
        [{"id": "a"}],
        [],
    ],
)
def test_the_schema_marks_what_a_run_refuses(wrong: list[dict[str, Any]]) -> None:
    assert list(VALIDATOR.iter_errors(wrong)) != []


@pytest.mark.parametrize("status", ["answered", ["answered", "not_found"]])
def test_one_status_or_a_list_of_them_is_well_written(status: Any) -> None:
    assert list(VALIDATOR.iter_errors(question(expect={"status": status, "text": ["x"]}))) == []
