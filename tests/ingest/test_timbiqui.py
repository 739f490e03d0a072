"""A municipal plan in PDF: three columns with misspelt headers, titles for programmes, rows cut by page breaks."""

from __future__ import annotations

import csv
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.fold import fold
from ingest.readers import READERS, read_file
from ingest.records import Extraction, Figure, IndicatorRow

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "other-cities"
PDF, GOLD = FOLDER / "timbiqui_pdm_2012-2015.pdf", FOLDER / "timbiqui_pdm_2012-2015.gold.tsv"
#: Shares of the 251 rows: every field right, and found at all.
WHOLE, FOUND = 0.95, 0.95

READS_PDF = ".pdf" in READERS and find_spec(f"ingest.readers.{READERS['.pdf'].module}") is not None

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.skipif(not PDF.is_file(), reason="the real documents are not beside the project (../shared)"),
    pytest.mark.skipif(not READS_PDF, reason="no reader of PDF yet"),
]


@cache
def extraction() -> Extraction:
    return extract(read_file(PDF))


@cache
def gold() -> tuple[dict[str, str], ...]:
    with GOLD.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream, delimiter="\t"))


def plain(text: str | None) -> str:
    """Words only: where a line broke and whether a full stop is printed does not matter."""
    return "".join(char for char in fold(text or "") if char.isalnum() or char in "%,")


def printed(figure: Figure | None) -> str:
    """A cell put together again from its text and its source."""
    return plain(" ".join(part for part in (figure.text, figure.source) if part)) if figure else ""


def matches(row: IndicatorRow, fact: dict[str, str]) -> bool:
    """Whether target and indicator are the fact's; some of the gold's cells end where its text rendering broke."""
    target, indicator = printed(row.target), plain(row.indicator)
    wanted = plain(fact["meta"]), plain(fact["indicador"])
    return (target, indicator) == wanted or (target.startswith(wanted[0]) and indicator.startswith(wanted[1]))


@cache
def pairs() -> tuple[tuple[dict[str, str], IndicatorRow], ...]:
    """Each gold row with the first row of ours that is the same and not taken."""
    left = list(extraction().rows)
    found = []
    for fact in gold():
        row = next((row for row in left if matches(row, fact)), None)
        if row is not None:
            left.remove(row)
            found.append((fact, row))
    return tuple(found)


def test_nearly_every_row_is_found_once() -> None:
    assert len(gold()) == 251
    assert len(pairs()) >= FOUND * 251


def test_their_baselines_programmes_and_pages() -> None:
    whole = [
        row
        for fact, row in pairs()
        if printed(row.baseline) == plain(fact["linea_base"]) and row.programme and row.place.page
    ]
    assert len(whole) >= WHOLE * 251


def test_tables_of_other_things_give_hardly_any_rows() -> None:
    """Population, income and budget tables hold no indicators; seven rows of real tables are not in the gold."""
    assert len(extraction().rows) - len(pairs()) <= 15


def test_what_the_document_is_of() -> None:
    info = extraction().info
    assert (plain(info.entity), info.period, info.kind) == ("timbiqui", "2012-2015", "plan")
