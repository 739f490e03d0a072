"""How far the rows of two real territories are, held against their workbooks as openpyxl reads them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.extract import extract
from ingest.linking import link_rows
from ingest.readers import read_file
from ingest.records import IndicatorRow
from ingest.series import last_reported_years
from ingest.standing import Standing, standing

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "other-cities"
CHIA = ("chia_sispt_plan_indicativo.xlsx", "chia_dnp_seguimiento_pdt.xlsx")
SANTANDER = ("santander_sispt_plan_indicativo.xlsx", "santander_tablero_indicadores_2025-06.xlsx")

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not beside the project (../shared)"),
]


@cache
def standings(plan: str, report: str) -> dict[str, tuple[IndicatorRow, Standing, IndicatorRow | None]]:
    """Code of a plan row → the row, how far it is, and the row of the report that says so."""
    rows = link_rows([row for name in (plan, report) for row in extract(read_file(FOLDER / name)).rows])
    by_id = {row.row_id: row for row in rows}
    known = last_reported_years(rows)
    found = {}
    for row in rows:
        if row.kind == "product":
            told = standing(row, [by_id[link.row_id] for link in row.links], known)
            found[row.codes["sispt"]] = (row, told, by_id[told.row_ids[0]] if told.row_ids else None)
    return found


def sheet(name: str, title: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(FOLDER / name, data_only=True)[title].iter_rows(values_only=True))


def number(value: object) -> Decimal | None:
    return Decimal(str(round(value, 9))) if isinstance(value, int | float) and value == value else None


def near(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= Decimal("0.000001")


def test_chias_years_are_added_where_they_accumulate_and_nowhere_else() -> None:
    found = standings(*CHIA)
    added = latest = 0
    for line in sheet(CHIA[1], "Detalle seguimiento físico")[7:]:
        codes = re.findall(r"IP-\d+", str(line[0]))
        if len(codes) != 1 or codes[0] not in found:
            continue
        row, told, _ = found[codes[0]]
        reached = [value for value in (number(line[17]), number(line[20])) if value is not None]
        value = told.progress.value if told.progress else None
        assert near(told.target.value if told.target else None, row.target.value if row.target else None)
        if not reached:
            assert value is None, codes
        elif row.accumulation == "No acumulativo" or line[10] == "No":
            assert told.progress_terms is None, codes
            assert value in reached, codes
            latest += 1
        elif told.progress_terms is not None:
            assert near(value, sum(reached, Decimal(0))), codes
            added += 1
    assert (added, latest) == (30, 75)


def test_a_row_told_together_with_others_computes_nothing() -> None:
    shared = [told for _, told, _ in standings(*CHIA).values() if told.shared_codes]
    assert len(shared) == sum(len(re.findall(r"IP-\d+", str(line[0]))) for line in _lines_of_several())
    assert not any(told.computed for told in shared)


def _lines_of_several() -> list[tuple[Any, ...]]:
    lines = sheet(CHIA[1], "Detalle seguimiento físico")[7:]
    reached = [line for line in lines if number(line[17]) is not None or number(line[20]) is not None]
    return [line for line in reached if len(re.findall(r"IP-\d+", str(line[0]))) > 1]


def test_santanders_sums_are_taken_only_for_what_accumulates() -> None:
    lines = dict(enumerate(sheet(SANTANDER[1], "Final"), 1))
    kept = printed = 0
    for row, told, report in standings(*SANTANDER).values():
        if report is None:
            continue
        place = re.search(r"\d+", report.place.cell or "")
        assert place is not None
        line = lines[int(place[0])]
        value = told.progress.value if told.progress else None
        if line[14] == "Mantenimiento":
            assert told.progress_terms is None
            assert value in (number(line[15]), number(line[16])), row.codes
            assert near(told.percent, number(line[20 if told.year == 2024 else 21])), row.codes
            kept += 1
        else:
            assert near(value, number(line[19])), row.codes
            assert near(told.percent, number(line[24])), row.codes
            printed += 1
        assert told.year in (2024, 2025)  # the zeros of 2026 and 2027 are no progress
    assert (kept, printed) == (65, 301)  # all that are joined
