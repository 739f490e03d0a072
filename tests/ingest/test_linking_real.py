"""Reports of real plans joined to them, held against what the workbooks themselves print."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.extract import extract
from ingest.fold import fold
from ingest.linking import link_rows, plan_codes
from ingest.readers import read_file
from ingest.records import IndicatorRow

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "other-cities"


@cache
def _real() -> tuple[IndicatorRow, ...]:
    names = (
        "santander_sispt_plan_indicativo.xlsx",
        "santander_tablero_indicadores_2025-06.xlsx",
        "chia_sispt_plan_indicativo.xlsx",
        "chia_dnp_seguimiento_pdt.xlsx",
    )
    found = [extraction for name in names for extraction in extract(read_file(FOLDER / name)).rows]
    # The follow-up names its town only on a sheet of helper cells; whoever ingests it says so.
    return link_rows([r if r.entity else r.model_copy(update={"entity": "Chía"}) for r in found])


@pytest.mark.real_documents
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not beside the project (../shared)")
class TestRealPlans:
    def test_the_follow_up_is_joined_to_the_plan_by_code(self) -> None:
        rows = [r for r in _real() if r.entity == "Chía" and r.kind in ("progress", "budget")]
        plan = {code for r in _real() if r.entity == "Chía" and r.kind == "product" for code in plan_codes(r)}
        assert len(rows) == 244 + 229
        for r in rows:
            assert len(r.links) == len(set(plan_codes(r)) & plan), r.codes
            told = [notice for notice in r.warnings if notice.code == "code-not-in-plan"]
            assert len(told) == len(set(plan_codes(r)) - plan)
        assert {code for r in rows for code in set(plan_codes(r)) - plan} == {"IP-380"}

    @pytest.mark.parametrize(("sheet", "lines", "of_several"), [("físico", 244, 22), ("financiero", 229, 29)])
    def test_every_code_of_the_follow_up_that_the_plan_has_is_linked(
        self, sheet: str, lines: int, of_several: int
    ) -> None:
        plan = {str(r[3]) for r in _sheet("chia_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos")}
        name = f"Detalle seguimiento {sheet}"
        printed = {
            number: set(re.findall(r"I[PR]-\d+", str(r[0])))
            for number, r in enumerate(_sheet("chia_dnp_seguimiento_pdt.xlsx", name), 1)
            if re.match(r"I[PR]-\d", str(r[0]))
        }
        assert (len(printed), sum(len(codes) > 1 for codes in printed.values())) == (lines, of_several)
        by_id = {r.row_id: r for r in _real()}
        rows = {line_of(r): r for r in _real() if r.entity == "Chía" and r.place.sheet == name}
        assert rows.keys() == printed.keys()
        for line, codes in printed.items():
            assert {code_of(by_id[link.row_id]) for link in rows[line].links} == codes & plan
            warned = " ".join(n.message for n in rows[line].warnings if n.code == "code-not-in-plan")
            assert set(re.findall(r"I[PR]-\d+", warned)) == codes - plan

    def test_the_dashboard_is_joined_to_the_plan_by_indicator(self) -> None:
        by_id = {r.row_id: r for r in _real()}
        rows = [r for r in _real() if r.entity == "Santander" and r.kind == "progress"]
        joined = {line_of(r): code_of(by_id[r.links[0].row_id]) for r in rows if r.links}
        assert len(rows) == 375
        assert all(len(r.links) <= 1 for r in rows)
        assert len(set(joined.values())) == len(joined)
        expected = read_pairs()
        right = sum(expected.get(line) == code for line, code in joined.items())
        assert right == len(joined)  # precision
        # Four pairs have the same figures and other words; no wording joins them.
        assert len(expected) - right <= 4
        assert len(expected) >= 366


def line_of(r: IndicatorRow) -> int:
    found = re.search(r"\d+", r.place.cell or "")
    assert found is not None
    return int(found[0])


def code_of(r: IndicatorRow) -> str:
    return r.codes["sispt"]


def read_pairs() -> dict[int, str]:
    """Line of the dashboard → SisPT code, read from the two workbooks by their figures as well as their words.

    The same row has the same target and, in programme, product, indicator and yearly targets together, more in common
    than any other two that are left; over all pairs, whatever the programme, which the joining under test does not do.
    """
    plan = [
        r
        for r in _sheet("santander_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos")
        if _text(r[3])[:2] == "ip"
    ]
    board = [
        (i, r) for i, r in enumerate(_sheet("santander_tablero_indicadores_2025-06.xlsx", "Final"), 1) if i > 2 and r[4]
    ]
    scores = sorted(
        (
            (_score(ours, theirs), line, str(theirs[3]))
            for line, ours in board
            for theirs in plan
            if ours[9] == theirs[15]
        ),
        reverse=True,
    )
    pairs: dict[int, str] = {}
    for score, line, code in scores:
        if score > 1.9 and line not in pairs and code not in pairs.values():
            pairs[line] = code
    return pairs


def _score(ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> float:
    """From 0 to 5: words in common of product, indicator and programme, and yearly targets that are the same."""
    own = _shared(ours[5], f"{theirs[10]} {theirs[13]}") + _shared(ours[6], f"{theirs[12]} {theirs[13]}")
    years = sum(isinstance(a, int | float) and a == b for a, b in zip(ours[10:14], theirs[20:24], strict=True)) / 4
    return own + _shared(ours[3], theirs[8]) + 2 * years


def _shared(one: object, other: object) -> float:
    ours, theirs = set(_text(one).split()), set(_text(other).split())
    return len(ours & theirs) / max(len(ours), 1)


def _text(value: object) -> str:
    return fold(str(value or "").replace("_x000D_", " "))


def _sheet(name: str, sheet: str) -> list[tuple[Any, ...]]:
    import openpyxl

    return list(openpyxl.load_workbook(FOLDER / name, data_only=True)[sheet].iter_rows(values_only=True))
