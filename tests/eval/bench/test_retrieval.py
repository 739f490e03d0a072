"""A hit is the row, or for the tutorial a chunk of the same file with the row's cell; ranks become measures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document

from assistant.assistant import Assistant
from assistant.settings import Settings
from eval.bench.retrieval import (
    Measured,
    Quality,
    chunk_test,
    direct_cases,
    is_row,
    measure,
    needles,
    quality,
    rank_of_hit,
    summary,
)
from eval.loading import parse_cases
from ingest.knowledge import KnowledgeBase
from ingest.pipeline import ingest_paths
from tests.eval.answers import make_case

ROW = "{file: plan, line_no: 2, indicator: Puentes construidos}"
PLAN = "Indicador\tLínea base\tMeta\nPuentes construidos\t3 puentes\tConstruir 12 puentes\nVías\t4\t9 vías\n"


def found(line: int | None, *, document: str = "plan.txt", row_id: str | None = "r1", text: str = "") -> Document:
    about: dict[str, Any] = {"row_id": row_id, "document": document, "line": line, "indicator": "Puentes construidos"}
    return Document(page_content=text, metadata=about)


def test_only_the_row_itself_is_a_hit_of_ours() -> None:
    case = make_case(f"{{status: answered, rows: [{ROW}], figures: ['12']}}")
    assert is_row(found(2), case)
    assert not is_row(found(3, text="Construir 12 puentes"), case)
    assert not is_row(found(2, document="otro.txt"), case)
    assert not is_row(found(3, row_id=None, text="Construir 12 puentes"), case)


def test_a_chunk_is_a_hit_when_it_holds_the_expected_cell_of_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN, "utf-8")
    is_hit = chunk_test([tmp_path / "plan.txt"])
    case = make_case(f"{{status: answered, rows: [{ROW}], figures: ['12']}}")

    def chunk(text: str, source: str = "plan.txt") -> Document:
        return Document(page_content=text, metadata={"source": source})

    assert is_hit(chunk("… 3 puentes\tconstruir 12\npuentes\nVías"), case)
    assert not is_hit(chunk("Puentes construidos 3 puentes"), case), "the baseline is not what was asked"
    assert not is_hit(chunk("Construir 12 puentes", source="otro.txt"), case)


@pytest.mark.parametrize(
    ("expect", "wanted"),
    [
        (f"{{status: answered, rows: [{ROW}], figures: ['12']}}", ["Construir 12 puentes"]),
        (f"{{status: answered, rows: [{ROW}], figures: ['3', '12']}}", ["3 puentes", "Construir 12 puentes"]),
        (f"{{status: answered, rows: [{ROW}]}}", ["Puentes construidos"]),
        ("{status: answered, rows: [{file: plan, line_no: 2, value_text: 7 sedes}]}", ["7 sedes"]),
        ("{status: answered, rows: [{file: plan, line_no: 2, quote: '06'}]}", ["06"]),
        ("{status: answered, rows: [{file: plan, line_no: 99, indicator: x}], figures: ['12']}", []),
    ],
)
def test_what_a_chunk_must_hold_is_the_quote_or_the_cells_with_the_figures(expect: str, wanted: list[str]) -> None:
    case = make_case(expect)
    assert list(needles(case.expect.rows[0], case, PLAN.split("\n"))) == wanted


def test_ranks_become_shares_and_a_mean_of_reciprocals() -> None:
    assert quality([1, 2, None, 5]) == Quality(n=4, hit_1=0.25, hit_4=0.5, mrr=(1 + 0.5 + 0.2) / 4)
    assert quality([]) == Quality(0, 0.0, 0.0, 0.0)


def test_the_rank_is_that_of_the_first_hit() -> None:
    case = make_case(f"{{status: answered, rows: [{ROW}]}}")
    assert rank_of_hit([found(9), found(2), found(2)], case, is_row) == 2
    assert rank_of_hit([found(9)], case, is_row) is None


def test_only_direct_questions_that_name_rows_and_are_answered_count() -> None:
    text = "".join(
        f"- {{id: {name}, category: {category}, question: q, expect: {{status: {status}, rows: [{rows}]}}}}\n"
        for name, category, status, rows in (
            ("a", "target", "answered", ROW),
            ("b", "list", "answered", ROW),
            ("c", "letter", "answered", ROW),
            ("d", "target", "not_found", ""),
        )
    )
    assert [case.id for case in direct_cases(parse_cases(text, "set.yaml"))] == ["a", "c"]


def test_our_retriever_is_measured_end_to_end(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    (tmp_path / "docs").mkdir()
    text = f"PLAN DE DESARROLLO 2024-2027\n{PLAN}"
    (tmp_path / "docs" / "plan.txt").write_text(text, "utf-8")
    ingest_paths([tmp_path / "docs"], knowledge)
    assistant = Assistant(knowledge, Settings(data_dir=tmp_path / "data", _env_file=None))
    case = make_case(
        "{status: answered, rows: [{file: plan, line_no: 3}]}", question="¿Cuál es la meta de puentes construidos?"
    )
    measured = measure([case], [assistant.as_retriever(k=4).invoke(case.question)], is_row)
    assistant.close()
    assert measured["total"] == Quality(n=1, hit_1=1.0, hit_4=1.0, mrr=1.0)
    assert [line.split()[:2] for line in summary({"cabildo": Measured(measured, 1.5, 20, 10**9)})[1:3]] == [
        ["target", "cabildo"],
        ["total", "cabildo"],
    ]
