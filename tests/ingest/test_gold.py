"""The five real documents against the facts a careful reader found in them."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from ingest.extract import extract
from ingest.fold import fold
from ingest.readers import read_file
from ingest.records import Extraction
from tests.support.gold import DOCUMENTS, GOLD, differences, gold_facts, same, shares_label, value_of

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.skipif(not GOLD.is_dir(), reason="the real documents are not beside the project (../shared)"),
]


@pytest.fixture(scope="module")
def extractions() -> dict[str, Extraction]:
    return {path.name: extract(read_file(path)) for path in sorted(DOCUMENTS.glob("*.txt"))}


def test_every_plan_row_once_with_every_field(extractions: dict[str, Extraction]) -> None:
    gold = gold_facts("plan_rows.jsonl")
    ours = {
        (name, row.place.line): row
        for name, extraction in extractions.items()
        for row in extraction.rows
        if row.kind in ("result", "product")
    }
    assert sorted(ours) == sorted((fact["file"], fact["line_no"]) for fact in gold)
    wrong = {fact["id"]: differences(ours[fact["file"], fact["line_no"]], fact) for fact in gold}
    assert {key: found for key, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("gold_file", "document"),
    [("progress_rows.jsonl", "003_a8b1bce083bab113.txt"), ("letter_facts.jsonl", "004_dda9064c11cda9c8.txt")],
)
def test_every_numeric_fact_is_a_row(extractions: dict[str, Extraction], gold_file: str, document: str) -> None:
    rows = [row for row in extractions[document].rows if row.figure is not None]
    missing = []
    for fact in gold_facts(gold_file):
        if fact["value"] is None:
            continue
        near = [
            row
            for row in rows
            if abs((row.place.line or 0) - fact["line_no"]) <= 3 and value_of(row.figure) == fact["value"]
        ]
        if not any(shares_label(row, fact) for row in near):
            missing.append((fact["line_no"], fact.get("metric") or fact.get("fact"), fact["value_text"]))
    assert missing == []


def test_no_figure_of_the_report_is_made_of_a_date_name_or_norm(extractions: dict[str, Extraction]) -> None:
    """What stands in no gold fact is not a row: 'piso 3', 'Decreto 1225/2021', '7 de Agosto', page marks."""
    facts = [*gold_facts("progress_rows.jsonl"), *gold_facts("letter_facts.jsonl")]
    known = {(fact["value"], fact["line_no"] + d) for fact in facts if fact["value"] is not None for d in range(-3, 4)}
    extra = [
        (name[:3], row.place.line, value)
        for name, extraction in extractions.items()
        for row in extraction.rows
        if (value := value_of(row.figure)) is not None and (value, row.place.line) not in known
    ]
    assert extra == []


def test_letter_states_its_own_particulars(extractions: dict[str, Extraction]) -> None:
    structure = json.loads((GOLD / "letter_structure.json").read_text(encoding="utf-8"))
    rows = {row.metric: row for row in extractions["004_dda9064c11cda9c8.txt"].rows}
    assert rows["Número de radicado"].figure is not None
    assert rows["Número de radicado"].figure.text == structure["radicado"]["value"]
    assert "2025-12-29" in rows["Fecha de radicado"].quote
    assert same(rows["Asunto"].figure.text if rows["Asunto"].figure else None, structure["asunto"]["text"])
    assert "SUBSECRETARIO" in (rows["Firmante"].figure.text if rows["Firmante"].figure else "")


def test_documents_are_identified(extractions: dict[str, Extraction]) -> None:
    found = {name[:3]: (e.info.entity, e.info.period, e.info.kind) for name, e in extractions.items()}
    assert {key: found[key] for key in ("000", "001", "002", "004")} == {
        "000": ("Cartagena de Indias", "2024-2027", "plan"),
        "001": ("Cartagena de Indias", "2024-2027", "plan"),
        "002": ("Cartagena de Indias", "2024-2027", "plan"),
        "004": ("Medellín", "2025", "letter"),
    }
    assert found["003"][0] == "Cartagena de Indias"
    assert found["003"][2] == "progress"


def test_personal_data_of_the_citizen_is_nowhere(extractions: dict[str, Extraction]) -> None:
    structure = json.loads((GOLD / "letter_structure.json").read_text(encoding="utf-8"))
    private = [structure["addressee"]["name"]["text"], structure["addressee"]["email"]["text"]]
    kept = fold("\n".join(extraction.model_dump_json() for extraction in extractions.values()))
    assert [word for word in private if fold(word) in kept] == []
    surnames = private[0].split()[-2:]
    assert not re.search(rf"{fold(surnames[0])}\s+{fold(surnames[1])}", kept)


def test_row_ids_are_unique(extractions: dict[str, Extraction]) -> None:
    ids = Counter(row.row_id for extraction in extractions.values() for row in extraction.rows)
    assert [key for key, n in ids.items() if n > 1] == []
