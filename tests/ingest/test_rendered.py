"""The real documents set by somebody else as Word, PowerPoint, Excel, CSV, HTML and PDF files say what they said.

A builder of the tests draws them in several manners; from each file the rows and figures have to be those that a
careful reader found in the documents, at the place where the file has them.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from ingest.extract import extract
from ingest.fold import fold
from ingest.readers import read_file
from ingest.records import Extraction, IndicatorRow
from tests.support.gold import DOCUMENTS, FIELDS, GOLD, Fact, differences, gold_facts, shares_label, value_of
from tests.support.rendered import pdf
from tests.support.rendered.build import FORMATS, Key, build, keys, pdf_pages

#: The share of the plan rows' fields that are the gold's, of each file.
FIELDS_RIGHT = 0.99
#: The share of the gold's figures of the report, and of the letter, that come out with a label of their own.
REPORT_FOUND, LETTER_FOUND = 0.96, 1.0
#: An indicator is the gold's when it is this much alike; a hyphen at a line's end is all that may differ.
_ALIKE = 80
#: So many words of an indicator are on its page in any case, however narrow its column.
_FIRST = 1

PLANS = ("000", "001", "002")
OF_TEXT = [key for key in keys(("003", "004")) if key.format not in ("csv", "xlsx")]

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.timeout(300),  # the first test waits for LibreOffice, which is slow on a busy machine
    pytest.mark.skipif(not GOLD.is_dir(), reason="the real documents are not beside the project (../shared)"),
]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Path]:
    return build(DOCUMENTS, GOLD, tmp_path_factory.mktemp("rendered"))


@pytest.fixture
def path(request: pytest.FixtureRequest, files: dict[Key, Path]) -> Path:
    key: Key = request.param
    if key.is_pdf and pdf.SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed, which makes the PDF files")
    return files[key]


@cache
def extraction(path: Path) -> Extraction:
    return extract(read_file(path))


def plan_rows(path: Path) -> list[IndicatorRow]:
    return [row for row in extraction(path).rows if row.kind in ("result", "product")]


def facts_of(document: str) -> list[Fact]:
    return [fact for fact in gold_facts("plan_rows.jsonl") if fact["file"].startswith(document)]


def pairs(path: Path) -> list[tuple[Fact, IndicatorRow | None]]:
    """Each gold row with the row of ours whose indicator is most alike, then with the fewest differences."""
    left = plan_rows(path)
    found: list[tuple[Fact, IndicatorRow | None]] = []
    for fact in facts_of(path.stem[:3]):
        alike = {row.row_id: fuzz.ratio(fold(row.indicator or ""), fold(fact["indicator"])) for row in left}
        near = [row for row in left if alike[row.row_id] >= max(_ALIKE, *alike.values()) - 1]
        best = min(near, key=lambda row: len(differences(row, fact)), default=None)
        found.append((fact, best))
        left = [row for row in left if row is not best]
    return found


@pytest.mark.parametrize("path", keys(PLANS), ids=str, indirect=True)
def test_plan_rows_are_the_golds(path: Path) -> None:
    wrong = {
        fact["id"]: ["is not there"] * FIELDS if row is None else differences(row, fact) for fact, row in pairs(path)
    }
    right = 1 - sum(map(len, wrong.values())) / (FIELDS * len(wrong))
    assert right >= FIELDS_RIGHT, {key: found for key, found in wrong.items() if found}
    assert len(plan_rows(path)) == len(wrong), "there are rows that the document does not have"


@pytest.mark.parametrize("path", keys(PLANS), ids=str, indirect=True)
def test_rows_stand_where_the_file_has_them(path: Path) -> None:
    printed = list(_places(path, pairs(path)))
    ours = [_place_of(row, path) for _, row in pairs(path)]
    assert ours == printed


def _place_of(row: IndicatorRow | None, path: Path) -> tuple[Any, ...] | None:
    if row is None:
        return None
    place = row.place
    match path.suffix:
        case ".pdf":
            return (place.page,)
        case ".csv":
            return (place.line,)
        case ".xlsx":
            return place.sheet, int(re.sub(r"\D", "", (place.cell or "").split(":")[0]))
        case _:
            return place.page, place.cell


def _places(path: Path, found: Sequence[tuple[Fact, IndicatorRow | None]]) -> Iterator[tuple[Any, ...] | None]:
    """Where each indicator stands, in the order of the document, as a library that we do not read with tells it."""
    if path.suffix == ".pdf":
        yield from _pages(path, found)
        return
    cells = _CELLS[path.suffix](path)
    for fact, _ in found:
        wanted = _letters(fact["indicator"])
        yield next((place for place, texts in cells if wanted in _indicators(texts)), None)


def _indicators(texts: Sequence[str]) -> set[str]:
    """What the cells of a row say, a source that is printed with an indicator included and left out."""
    return {_letters(text) for text in texts} | {_letters(text.split("Fuente:")[0]) for text in texts}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _pages(path: Path, found: Sequence[tuple[Fact, IndicatorRow | None]]) -> Iterator[tuple[int | None] | None]:
    """The page on which each indicator stands.

    Where a page break stands within it, the page of ours if its first words are in our rectangle there.
    """
    pages = [_letters(text) for text in pdf_pages(path)]
    whole = "".join(pages)
    starts = [sum(map(len, pages[:index])) for index in range(len(pages))]
    at = -1
    for fact, row in found:
        anchor = whole.find(_letters(fact["indicator"]), at + 1)
        if anchor >= 0:
            at = anchor
            yield (bisect_right(starts, at),)
        else:
            begins = row is not None and set(fact["indicator"].split()[:_FIRST]) <= _words_inside(path, row)
            yield (row.place.page,) if row is not None and begins else None


def _words_inside(path: Path, row: IndicatorRow) -> set[str]:
    """The words in the row's rectangle."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        inside = document.pages[(row.place.page or 1) - 1].crop(row.place.rectangle or (0, 0, 1, 1))
        return {word["text"] for word in inside.extract_words()}


Cells = Iterator[tuple[tuple[Any, ...], Sequence[str]]]


def _slide_cells(path: Path) -> Cells:
    import pptx

    for number, slide in enumerate(pptx.Presentation(str(path)).slides, 1):
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        for index, table in enumerate(tables, 1):
            for row, cells in enumerate(table.rows, 1):
                yield (number, f"T{index}R{row}"), [cell.text for cell in cells.cells]


def _document_cells(path: Path) -> Cells:
    import docx

    for index, table in enumerate(docx.Document(str(path)).tables, 1):
        for row, cells in enumerate(table.rows, 1):
            yield (None, f"T{index}R{row}"), [cell.text for cell in cells.cells]


def _page_cells(path: Path) -> Cells:
    from lxml import html

    for index, table in enumerate(html.fromstring(path.read_bytes()).iter("table"), 1):
        for row, element in enumerate(table.iter("tr"), 1):
            yield (None, f"T{index}R{row}"), [cell.text_content() for cell in element]


def _sheet_cells(path: Path) -> Cells:
    import openpyxl

    for sheet in openpyxl.load_workbook(path).worksheets:
        for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield (sheet.title, row), [str(cell) for cell in cells if cell is not None]


def _record_cells(path: Path) -> Cells:
    delimiter = "," if path.stem.endswith("tidy") else ";"
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        line = 1
        for cells in reader:
            yield (line,), cells
            line = reader.line_num + 1


_CELLS = {
    ".pptx": _slide_cells,
    ".docx": _document_cells,
    ".html": _page_cells,
    ".xlsx": _sheet_cells,
    ".csv": _record_cells,
}


def stated(document: str) -> list[Fact]:
    """The gold's facts of the report or letter that have a number."""
    facts = gold_facts("progress_rows.jsonl" if document == "003" else "letter_facts.jsonl")
    return [fact for fact in facts if fact["value"] is not None]


@pytest.mark.parametrize("path", OF_TEXT, ids=str, indirect=True)
def test_figures_of_the_report_and_the_letter_come_out(path: Path) -> None:
    document = path.stem[:3]
    left = [row for row in extraction(path).rows if value_of(row.figure) is not None]
    missing = []
    for fact in stated(document):
        found = next((r for r in left if value_of(r.figure) == fact["value"] and shares_label(r, fact)), None)
        if found is None:
            missing.append((fact.get("metric") or fact["fact"], fact["value_text"]))
        left = [row for row in left if row is not found]
    found_share = 1 - len(missing) / len(stated(document))
    assert found_share >= (REPORT_FOUND if document == "003" else LETTER_FOUND), missing
    assert [(row.figure and row.figure.text, row.quote) for row in left] == [], "figures that the gold does not have"


@pytest.mark.parametrize("path", [key for key in OF_TEXT if key.document == "004"], ids=str, indirect=True)
def test_the_citizen_of_the_letter_is_nowhere(path: Path) -> None:
    kept = fold(extraction(path).model_dump_json())
    assert [word for word in ("inventada", "lucero@example.com") if word in kept] == []


def test_each_format_is_drawn_in_several_manners() -> None:
    assert all(len(manners) >= 3 for manners in FORMATS.values())
