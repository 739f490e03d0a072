"""The cells and facts of the real documents, beside what a careful reader found in them."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.figures import (
    find_figures,
    read_baseline,
    read_target,
    split_source,
)

SHARED = Path(__file__).resolve().parents[3] / "../shared"


def gold(name: str) -> list[dict[str, Any]]:
    lines = (SHARED / "gold" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]


def document_lines(beginning: str) -> list[str]:
    (path,) = (SHARED / "documents").glob(f"{beginning}*.txt")
    return path.read_text(encoding="utf-8").split("\n")


@pytest.mark.real_documents
def test_every_cell_of_the_real_plans_is_read_as_a_careful_reader_does() -> None:
    rows = gold("plan_rows.jsonl")
    assert len(rows) == 78
    wrong = []
    for row in rows:
        cells = document_lines(row["file"][:4])[int(row["line_no"]) - 1].split("\t")
        at = next(index for index, cell in enumerate(cells) if row["indicator"][:40] in cell)
        baseline, _ = read_baseline(cells[at + 1])
        target, notices = read_target(cells[at + 2])
        two = "several-targets" in {notice.code for notice in notices}
        source = baseline.source or split_source(cells[at])[1]
        read = (baseline.text, baseline.value, source, target.text, target.value)
        expected = (
            row["baseline_text"],
            row["baseline_value"],
            row["baseline_source"],
            row["target_text"],
            None if two else row["target_value"],
        )
        if read != expected:
            wrong.append((row["id"], read, expected))
    assert wrong == []
    assert sum("several-targets" in {n.code for n in read_target(row["target_text"])[1]} for row in rows) == 2


@pytest.mark.real_documents
@pytest.mark.parametrize(
    ("name", "beginning", "count"), [("progress_rows.jsonl", "003", 87), ("letter_facts.jsonl", "004", 26)]
)
def test_every_figure_of_the_real_report_and_letter_is_found_and_no_other(
    name: str, beginning: str, count: int
) -> None:
    expected = [row for row in gold(name) if row["value"] is not None]
    assert len(expected) == count
    text = "\n".join(document_lines(beginning))
    by_line: dict[int, list[Decimal]] = {}
    for mention in find_figures(text):
        by_line.setdefault(text.count("\n", 0, mention.start) + 1, []).append(mention.value)
    missing = []
    for row in expected:
        line = int(row["line_no"])  # a value that spans lines stands on its first line or the next
        held = next((by_line[n] for n in (line, line + 1) if row["value"] in by_line.get(n, [])), None)
        if held is None:
            missing.append((line, row["value_text"]))
        else:
            held.remove(row["value"])
    assert missing == []
    assert {line: left for line, left in by_line.items() if left} == {}


@pytest.mark.real_documents
def test_another_citys_free_cells_are_read() -> None:
    path = SHARED / "other-cities" / "timbiqui_pdm_2012-2015.gold.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        baseline = row["linea_base"] or ""
        value = read_baseline(baseline)[0].value
        if baseline.isdigit():
            assert value == int(baseline), baseline
        elif baseline.upper().replace(".", "") in ("SL", ""):
            assert value is None, baseline
    targets = {row["linea"]: read_target(row["meta"])[0] for row in rows}
    read_by_eye = {  # line of the gold file: what a person reads in the sentence
        "1096": (200, "mujeres"),
        "1122": (1, "hogar de paso"),
        "1123": (None, None),
        "1184": (120, "Adultos Mayores"),
        "1255": (None, None),
        "1256": (1, "centro de atención integral"),
        "1257": (35, "Aulas"),
        "1267": (50, "%"),
        "1279": (100, "%"),
    }
    assert {line: (targets[line].value, targets[line].unit) for line in read_by_eye} == read_by_eye
