"""The national layouts of plan and follow-up, and a department's dashboard: every row once, equal to its cells.

The cells are read here with openpyxl alone, so that a mistake of the reader or of the extractor shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.extract import extract
from ingest.fold import squeeze
from ingest.readers import read_file
from ingest.records import Extraction, Figure, IndicatorRow

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "other-cities"
YEARS = (2024, 2025, 2026, 2027)

pytestmark = [
    pytest.mark.real_documents,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the real documents are not beside the project (../shared)"),
    pytest.mark.skipif(find_spec("ingest.readers.workbook") is None, reason="no reader of workbooks yet"),
]

Cells = dict[str, Any]


@cache
def extraction(name: str) -> Extraction:
    return extract(read_file(FOLDER / name))


@cache
def sheet(name: str, title: str, header: int) -> tuple[tuple[int, Cells], ...]:
    """(row number, header → value) of the data rows of a sheet; percentages in points, as they are shown."""
    workbook = openpyxl.load_workbook(FOLDER / name, data_only=True)
    names = [squeeze(str(cell.value or "")) for cell in workbook[title][header]]
    found = []
    for row in workbook[title].iter_rows(min_row=header + 1):
        values = [_value(cell) for cell in row]
        if isinstance(values[0], str) and values[0]:
            found.append((row[0].row, dict(zip(names, values, strict=True))))
    return tuple(found)


def _value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return squeeze(str(value).replace("_x000D_", " ")) if value is not None else ""
    number = Decimal(repr(value))
    return number * 100 if "%" in cell.number_format else number


def rows_by_number(name: str, title: str) -> dict[int, IndicatorRow]:
    """The extracted rows of a sheet by row number; fails when two stand on one row."""
    rows = [row for row in extraction(name).rows if row.place.sheet == title]
    numbers = [int("".join(filter(str.isdigit, (row.place.cell or "").split(":")[0]))) for row in rows]
    assert len(numbers) == len(set(numbers))
    return dict(zip(numbers, rows, strict=True))


def number(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


def expected(value: Any) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def near(one: Decimal | None, other: Any) -> bool:
    """Equal in the 14 digits that a workbook surely keeps; a cell that is no number equals None."""
    wanted = expected(other)
    return one == wanted or (
        one is not None and wanted is not None and abs(one - wanted) <= abs(wanted) * Decimal("1e-14")
    )


def same_money(ours: dict[Any, Decimal | None], printed: dict[Any, Any]) -> bool:
    """The same keys, of those whose cell is a number, and the same amounts."""
    wanted = {key: value for key, value in printed.items() if isinstance(value, Decimal)}
    return ours.keys() == wanted.keys() and all(near(ours[key], wanted[key]) for key in wanted)


def same(one: str | None, other: Any) -> bool:
    return squeeze(one or "") == squeeze(str(other))


def pairs(name: str, title: str, header: int) -> Iterator[tuple[Cells, IndicatorRow]]:
    cells = sheet(name, title, header)
    rows = rows_by_number(name, title)
    assert sorted(rows) == [index for index, _ in cells]
    return ((values, rows[index]) for index, values in cells)


@pytest.mark.parametrize(
    ("name", "products", "results"),
    [("santander_sispt_plan_indicativo.xlsx", 370, 43), ("chia_sispt_plan_indicativo.xlsx", 276, 10)],
)
def test_every_row_of_a_sispt_export_once(name: str, products: int, results: int) -> None:
    kinds = [row.kind for row in extraction(name).rows]
    assert (kinds.count("product"), kinds.count("result"), len(kinds)) == (products, results, products + results)


@pytest.mark.parametrize("name", ["santander_sispt_plan_indicativo.xlsx", "chia_sispt_plan_indicativo.xlsx"])
def test_sispt_products_equal_their_cells(name: str) -> None:
    for cells, row in pairs(name, "Plan indicativo - Productos", 2):
        where = row.place.cell
        assert same(row.programme, cells["Programa (MGA)"]), where
        assert same(row.strategic_line, cells["Línea estratégica"]), where
        assert same(row.step("sector"), cells["Sector (MGA)"]), where
        assert same(row.step("product"), cells["Producto (MGA)"]), where
        assert same(row.indicator, cells["Indicador de Producto(MGA)"]), where
        assert row.codes["sispt"] == cells["Código de indicador de producto (SisPT)"], where
        assert row.codes["mga"] == cells["Código de indicador de producto (MGA)"], where
        assert row.unit == (cells["Unidad de medida"] or None), where
        assert row.accumulation == (cells["Tipo de acumulación"] or None), where
        assert row.dependency is None, where
        assert row.baseline is None, where
        assert near(number(row.target), cells["Meta del cuatrienio"]), where
        yearly = {y: expected(cells[f"Programación del producto bien o servicio {y}"]) for y in YEARS}
        assert same_money({y.year: number(y.target) for y in row.yearly}, yearly), where


@pytest.mark.parametrize("name", ["santander_sispt_plan_indicativo.xlsx", "chia_sispt_plan_indicativo.xlsx"])
def test_sispt_money_equals_its_cells_by_source_and_year(name: str) -> None:
    for cells, row in pairs(name, "Plan indicativo - Productos", 2):
        assert {item.item for item in row.budget} <= {"programado"}
        printed = {
            (None if column.startswith("Total ") else column[:-5], int(column[-4:])): value
            for column, value in list(cells.items())[24:-1]
            if isinstance(value, Decimal)
        }
        assert same_money({(item.funding_source, item.year): item.value for item in row.budget}, printed), (
            row.place.cell
        )


@pytest.mark.parametrize("name", ["santander_sispt_plan_indicativo.xlsx", "chia_sispt_plan_indicativo.xlsx"])
def test_sispt_results_equal_their_cells(name: str) -> None:
    for cells, row in pairs(name, "Indicadores de resultado", 2):
        assert row.kind == "result"
        assert same(row.indicator, cells["Indicador de resultado"])
        assert row.codes == {"sispt": cells["Consecutivo"]}
        assert same(row.strategic_line, cells["Línea estratégica"])
        assert near(number(row.target), cells["Meta del cuatrienio"])


def test_dashboard_rows_equal_their_cells() -> None:
    name = "santander_tablero_indicadores_2025-06.xlsx"
    seen = 0
    for cells, row in pairs(name, "Final", 2):
        where = row.place.cell
        seen += 1
        assert same(row.dependency, cells["Dependencia"]), where
        assert same(row.strategic_line, cells["Eje Estratégico"]), where
        assert same(row.step("sector"), cells["Sector PDD"]), where
        assert same(row.programme, cells["Programa PDD"]), where
        assert same(row.indicator, cells["Indicador de Producto"]), where
        assert row.unit == (None if cells["Unidad de medida"] in ("None", "NaN") else cells["Unidad de medida"]), where
        assert near(number(row.baseline), cells["Linea Base"]), where
        assert row.baseline is not None
        assert row.baseline.text == "NaN" or row.baseline.value is not None, where
        assert near(number(row.target), cells["Meta Cuatrienio"]), where
        assert near(number(row.figure), cells["Avance Cuatrienio"]), where
        yearly = {figures.year: figures for figures in row.yearly}
        for year in YEARS:
            assert near(number(yearly[year].target), cells[f"Meta Vigencia {year}"]), where
            assert near(number(yearly[year].progress), cells[f"Avance {year}"]), where
            assert near(yearly[year].percent, cells[f"% Avance {year}"]), where
    assert (seen, len(extraction(name).rows)) == (375, 375)


def test_follow_up_of_things_equals_its_cells() -> None:
    name, title = "chia_dnp_seguimiento_pdt.xlsx", "Detalle seguimiento físico"
    seen = 0
    for cells, row in pairs(name, title, 7):
        where = row.place.cell
        seen += 1
        assert row.kind == "progress"
        assert same(row.programme, cells["Programa (MGA)"]), where
        assert same(row.step("product"), cells["Producto (MGA)"]), where
        assert same(row.indicator, cells["Indicador Producto (MGA)"]), where
        assert row.codes["sispt"] == cells["Consecutivos IP (SisPT)"], where
        assert row.codes["mga"] == cells["Código Indicador Producto (MGA)"], where
        assert row.unit == (cells["Unidad de Medida"] or None), where
        assert row.baseline is None
        assert near(number(row.target), cells["Meta del Cuatrenio (SisPT)"]), where
        yearly = {figures.year: figures for figures in row.yearly}
        for year in YEARS:
            assert near(number(yearly[year].target), cells[f"Programado {year} (SisPT)"]), where
        for year in (2024, 2025):
            assert near(number(yearly[year].progress), cells[f"Ejecución Física {year} (PIIP)"]), where
            assert near(yearly[year].percent, cells[f"Avance físico {year} (%)"]), where
    assert seen == 244


def test_follow_up_of_money_equals_its_cells() -> None:
    name, title = "chia_dnp_seguimiento_pdt.xlsx", "Detalle seguimiento financiero"
    seen = 0
    for cells, row in pairs(name, title, 7):
        where = row.place.cell
        seen += 1
        assert row.kind == "budget"
        assert same(row.programme, cells["Programa (MGA)"]), where
        assert same(row.step("product"), cells["Producto (MGA)"]), where
        assert row.codes["sispt"] == cells["Consecutivos IP (SisPT)"], where
        money = {(item.item, item.year): item.value for item in row.budget}
        printed: dict[tuple[str, int | None], Any] = {("programado", None): cells["Programación Cuatrienio SisPT"]}
        printed |= {("programado", year): cells[f"Programado {year} (SisPT)"] for year in YEARS}
        for year in (2024, 2025):
            printed |= {
                (item, year): cells[f"{item.capitalize()} {year} (CUIPO)"]
                for item in ("compromisos", "obligaciones", "pagos")
            }
        assert same_money(money, printed), where
        percents = {figures.year: figures.percent for figures in row.yearly}
        for year in (2024, 2025):
            assert near(percents.get(year), cells[f"Obligaciones como % de lo programado ({year})"]), where
    assert seen == 229
    assert len(extraction(name).rows) == 244 + 229


@pytest.mark.parametrize(
    ("name", "kind", "entity"),
    [
        ("santander_sispt_plan_indicativo.xlsx", "plan", "Santander"),
        ("chia_sispt_plan_indicativo.xlsx", "plan", "Chía"),
        ("chia_dnp_seguimiento_pdt.xlsx", "progress", "Chía"),
        ("santander_tablero_indicadores_2025-06.xlsx", "progress", "Santander"),
    ],
)
def test_what_the_document_is_of(name: str, kind: str, entity: str) -> None:
    info = extraction(name).info
    if info.entity is not None or "dnp" not in name:  # the follow-up names its town on a sheet of helper cells only
        assert info.entity == entity
    assert (info.kind, info.period) == (kind, "2024-2027")


def test_no_doubt_is_kept_silent_and_none_is_made_up() -> None:
    """The columns of the national layouts are all known, and no amount of money was taken for a telephone."""
    for name in (
        "santander_sispt_plan_indicativo.xlsx",
        "chia_sispt_plan_indicativo.xlsx",
        "chia_dnp_seguimiento_pdt.xlsx",
    ):
        found = extraction(name)
        assert [notice.message for notice in found.notices if notice.code.endswith("-columns")] == []
        assert [text for row in found.rows for _, text in row.cells if "reservad" in text] == []
