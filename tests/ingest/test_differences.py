"""The same row in two documents with different figures: a warning at both, in the report and in `cabildo check`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.differences import differ
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import DocumentReport, ingest_paths
from ingest.records import Figure
from ingest.told import notices_among_documents
from tests.support.hash_embedder import HashEmbedder

HEAD = """Municipio de Villa Serena
{title} 2024 - 2027

Programa\tIndicador de producto\tLínea base\tMeta del cuatrienio{more}
"""
PLAN, REPORT = "PLAN DE DESARROLLO", "Informe de seguimiento al plan de desarrollo"


def write(folder: Path, name: str, *lines: str, title: str = PLAN, more: str = "") -> Path:
    text = HEAD.format(title=title, more=more) + "\n".join(line.replace("|", "\t") for line in lines) + "\n"
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase.open(StoreSettings(data_dir=tmp_path / "data"), HashEmbedder())


def differing(documents: tuple[DocumentReport, ...]) -> dict[str, list[str]]:
    return {d.document: [n.message for n in d.warnings if n.code == "same-row-differs"] for d in documents}


def test_both_documents_are_warned_with_both_figures_and_the_place(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    paths = [
        write(tmp_path, "a.txt", "Agua para todos|Pozos perforados|2|5", "Agua para todos|Tanques limpios|0|9"),
        write(tmp_path, "b.txt", "Agua para todos|Pozos  perforados|2|7", "Agua para todos|Tanques limpios|0|9"),
    ]
    said = differing(ingest_paths(paths, knowledge).documents)
    assert said == {
        "a.txt": ["La meta de «Pozos perforados» es 5 aquí y 7 en «b.txt», línea 5."],
        "b.txt": ["La meta de «Pozos perforados» es 7 aquí y 5 en «a.txt», línea 5."],
    }
    among = notices_among_documents(knowledge.snapshot())
    assert sorted(len(notices) for notices in among.values()) == [1, 1]


def test_a_document_that_comes_later_is_compared_with_those_that_were_there(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    ingest_paths([write(tmp_path, "a.txt", "Agua para todos|Pozos perforados|2|5")], knowledge)
    second = write(tmp_path, "b.txt", "Agua para todos|Pozos perforados|3|5")
    (report,) = ingest_paths([second], knowledge).documents
    assert differing((report,)) == {"b.txt": ["La línea base de «Pozos perforados» es 3 aquí y 2 en «a.txt», línea 5."]}


def test_a_report_is_compared_with_the_plan_row_it_is_linked_to(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    paths = [
        write(tmp_path, "plan.txt", "Agua para todos|Pozos perforados|2|5"),
        write(tmp_path, "informe.txt", "Agua para todos|Pozos perforados|2|6|4", title=REPORT, more="\tAvance 2025"),
    ]
    said = differing(ingest_paths(paths, knowledge).documents)
    assert said["informe.txt"] == ["La meta de «Pozos perforados» es 6 aquí y 5 en «plan.txt», línea 5."]


@pytest.mark.parametrize(
    "line",
    [
        "Agua para todos|Pozos perforados|2|5",  # the same figures
        "Campo para todos|Pozos perforados|2|7",  # another programme
        "Agua para todos|Pozos limpiados|2|7",  # another indicator
        "Agua para todos|Pozos perforados|2|N.D.",  # no figure
    ],
)
def test_other_rows_and_equal_figures_are_no_difference(tmp_path: Path, knowledge: KnowledgeBase, line: str) -> None:
    paths = [write(tmp_path, "a.txt", "Agua para todos|Pozos perforados|2|5"), write(tmp_path, "b.txt", line)]
    assert differing(ingest_paths(paths, knowledge).documents) == {"a.txt": [], "b.txt": []}


def test_rows_of_one_wording_are_told_apart_by_what_agrees(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    both = ("Agua para todos|Pozos perforados|2|5", "Agua para todos|Pozos perforados|1|30")
    paths = [write(tmp_path, "a.txt", *both), write(tmp_path, "b.txt", both[1], "Agua para todos|Pozos perforados|2|6")]
    said = differing(ingest_paths(paths, knowledge).documents)
    assert said["a.txt"] == ["La meta de «Pozos perforados» es 5 aquí y 6 en «b.txt», línea 6."]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("0.24", "0.245", False),
        ("197", "196.99", False),
        ("0", "0.245", True),
        ("5", "7", True),
        ("0.24", "0.29", True),
        ("5", "5.0", False),
    ],
)
def test_a_rounded_figure_is_the_same_figure(one: str, other: str, expected: bool) -> None:
    assert differ(Figure(text=one, value=Decimal(one)), Figure(text=other, value=Decimal(other))) is expected


def test_warnings_of_rows_are_in_the_report_and_stay_there(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    path = write(tmp_path, "a.txt", "Agua para todos|Pozos perforados|2|Perforar cinco (6) pozos")
    reports = [ingest_paths([path], knowledge).documents[0] for _ in range(2)]
    assert [report.status for report in reports] == ["added", "unchanged"]
    for report in reports:
        assert [(n.code, n.place) for n in report.warnings] == [("words-digits-mismatch", "línea 5")]
        assert report.rows_by_kind == {"product": 1}


def test_tables_left_are_told_beside_the_warnings(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    text = "Municipio de Villa Serena\nPLAN DE DESARROLLO 2024 - 2027\n\nResguardo\tPozos\nLa Brea\t3\nEl Tigre\t4\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    for _ in range(2):
        (report,) = ingest_paths([tmp_path / "a.txt"], knowledge).documents
        assert [(t.place, t.why.split(" (")[0]) for t in report.tables_left] == [
            ("líneas 4 a 6", "no se reconoce qué dice ninguna de sus columnas")
        ]
        assert not [n for n in report.warnings if n.code == "table-left"]
