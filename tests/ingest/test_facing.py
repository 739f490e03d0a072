"""Tables too wide for their page that go on over the page beside it."""

from __future__ import annotations

from ingest.extract import extract
from ingest.records import Block, IndicatorRow, Overrides
from tests.support.blocks import document, paragraph, table_block

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")
LEFT = ["Programa|Indicador|Unidad", "Agua cerca|Pozos abiertos|Número", "Letras|Cupos nuevos|Número"]
RIGHT = ["Línea base|Meta cuatrienio|Responsable", "2|9|Oficina de Aguas", "1|4|Oficina de Letras"]


def on_page(page: int, rows: list[str]) -> Block:
    return table_block(rows, page=page, group=page, first_line=page * 100)


def rows_of(*blocks: Block) -> tuple[IndicatorRow, ...]:
    return extract(document(blocks), PLAN).rows


def told(rows: tuple[IndicatorRow, ...]) -> list[tuple[str | None, object, object, str | None]]:
    return [(r.indicator, r.baseline and r.baseline.value, r.target and r.target.value, r.dependency) for r in rows]


BOTH = [("Pozos abiertos", 2, 9, "Oficina de Aguas"), ("Cupos nuevos", 1, 4, "Oficina de Letras")]


def test_figures_on_the_facing_page_are_of_the_row_beside_them() -> None:
    rows = rows_of(on_page(2, LEFT), on_page(3, RIGHT))
    assert told(rows) == BOTH
    assert [[part.page for part in row.place.parts] for row in rows] == [[2, 3], [2, 3]]


def test_further_pages_need_not_name_their_columns_again() -> None:
    rows = rows_of(on_page(2, LEFT), on_page(3, RIGHT), on_page(4, LEFT[1:]), on_page(5, RIGHT[1:]))
    assert told(rows) == [*BOTH, *BOTH]


def test_tables_of_another_length_or_after_a_text_stay_apart() -> None:
    assert rows_of(on_page(2, LEFT), on_page(3, RIGHT[:2])) == ()
    between = paragraph("Otra cosa empieza aquí y no tiene que ver.", page=3, group=3)
    assert rows_of(on_page(2, LEFT), between, on_page(3, RIGHT)) == ()


def test_a_year_whose_columns_two_pages_share_dates_both_and_bands_stand_on_one_only() -> None:
    left = ["Indicador|Meta cuatrienio|2025||", "Indicador|Meta cuatrienio|Programado|Ejecutado|Programado",
            "Programa: Agua cerca||||", "Pozos abiertos|9|2|1|3", "Aljibes limpios|8|4|4|1"]  # fmt: skip
    right = ["2026|% de cumplimiento 2026|Responsable", "Ejecutado|% de cumplimiento 2026|Responsable",
             "2|66,7 %|Oficina de Aguas", "0|0 %|Oficina de Aguas"]  # fmt: skip
    rows = rows_of(on_page(2, left), on_page(3, right))
    assert [(row.programme, row.dependency) for row in rows] == [("Agua cerca", "Oficina de Aguas")] * 2
    figures = [[(y.year, y.target and y.target.text, y.progress and y.progress.text) for y in r.yearly] for r in rows]
    assert figures == [[(2025, "2", "1"), (2026, "3", "2")], [(2025, "4", "4"), (2026, "1", "0")]]
