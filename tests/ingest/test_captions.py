"""What stands above a table of money: that its years are of money, and what its amounts are counted in."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.records import Block, BudgetItem, IndicatorRow, Overrides
from tests.support.blocks import document, paragraph, table_block

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
YEARS = ["Programa|2024|2025|Total", "Aulas vivas|1.200|1.300,5|2.500,5", "TOTAL|1.200|1.300,5|2.500,5"]


def rows_under(*above: str, table: list[str]) -> tuple[IndicatorRow, ...]:
    blocks: list[Block] = [paragraph(text, page=1, group=1) for text in above]
    return extract(document([*blocks, table_block(table, page=1, group=1)]), PLAN).rows


def amounts(budget: tuple[BudgetItem, ...]) -> list[tuple[int | None, str, int]]:
    return [(item.year, item.item, int(item.value or 0)) for item in budget]


@pytest.mark.parametrize(
    "above",
    [
        ("Tabla 3. Plan plurianual de inversiones (millones de pesos)",),
        ("Plan plurianual de inversiones", "Cifras en millones de pesos corrientes."),
    ],
)
def test_years_under_a_caption_of_money_are_amounts(above: tuple[str, ...]) -> None:
    (row,) = rows_under(*above, table=YEARS)
    assert (row.kind, row.programme) == ("budget", "Aulas vivas")
    assert amounts(row.budget) == [
        (2024, "programado", 1_200_000_000),
        (2025, "programado", 1_300_500_000),
        (None, "programado", 2_500_500_000),
    ]
    assert row.cells[1] == ("2024", "1.200")


@pytest.mark.parametrize("above", ["Población atendida por programa", "Metas de inversión social por programa"])
def test_years_under_another_caption_are_none(above: str) -> None:
    assert rows_under(above, table=YEARS) == ()


def test_amounts_of_known_columns_are_counted_as_the_caption_says() -> None:
    (row,) = rows_under("Ejecución por programa (en miles de pesos)", table=["Programa|Compromisos", "Aulas|1.500"])
    assert amounts(row.budget) == [(None, "compromisos", 1_500_000)]


def test_amounts_that_no_territory_has_are_not_counted_in_millions() -> None:
    table = ["Programa|Compromisos", "Aulas|1.500.000.000"]
    (row,) = rows_under("La inversión creció en millones de pesos cada año.", table=table)
    assert amounts(row.budget) == [(None, "compromisos", 1_500_000_000)]


def test_the_caption_that_a_web_page_states_of_its_table_says_whose_targets_they_are() -> None:
    table = table_block(["Indicador|Línea base|Meta 2027", "Deserción escolar|4,2|3,1"])
    assert table.table is not None
    stated = table.model_copy(update={"table": table.table.model_copy(update={"title": "Indicadores de resultado"})})
    assert [row.kind for row in extract(document([stated]), PLAN).rows] == ["result"]
    assert [row.kind for row in extract(document([table]), PLAN).rows] == ["product"]
