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
