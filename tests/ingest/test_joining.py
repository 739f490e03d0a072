"""Tables that page breaks cut, headers that stand beside their cells, and titles that name a programme."""

from __future__ import annotations

from ingest.extract import extract
from ingest.extract.headed import UNNAMED_LEVEL
from ingest.extract.header import find_header
from ingest.records import Block, IndicatorRow, Overrides, Place
from tests.support.blocks import document, paragraph, table_block, table_of

PLAN = Overrides(entity="Palmarito", period="2024-2027", kind="plan")


def rows_of(*blocks: Block) -> tuple[IndicatorRow, ...]:
    return extract(document(blocks), PLAN).rows


def title(text: str, *, page: int = 1, top: float = 100.0, bold: bool = True) -> Block:
    place = Place(page=page, rectangle=(50.0, top, 400.0, top + 12.0))
    return Block(kind="paragraph", text=text, emphasis=bold, group=page, place=place)


def on_page(page: int, *rows: str) -> Block:
    return table_block(rows, page=page, group=page, first_line=page * 100)


def test_a_row_cut_by_the_page_break_is_one_row_at_its_first_place() -> None:
    rows = rows_of(
        on_page(1, "META|INDICADOR|LINEA BASE", "Realizar 12 jornadas de|Jornadas de monitoreo|S.L"),
        on_page(2, "monitoreo de riesgos|realizadas|", "Crear 2 redes|Redes creadas|0"),
    )
    assert [(row.indicator, row.target and row.target.text, row.place.page) for row in rows] == [
        ("Jornadas de monitoreo realizadas", "Realizar 12 jornadas de monitoreo de riesgos", 1),
        ("Redes creadas", "Crear 2 redes", 2),
    ]


def test_page_headers_between_the_halves_do_not_part_them() -> None:
    pages = [
        block
        for page in (1, 2, 3)
        for block in (
            title("MUNICIPIO DE PALMARITO", page=page, top=20),
            on_page(page, *(["Indicador|Línea base|Meta"] if page == 1 else []), f"Aulas de la zona {page}|1|2"),
        )
    ]
    assert [row.place.page for row in rows_of(*pages)] == [1, 2, 3]


def test_three_columns_go_on_under_three_names_with_gaps_between() -> None:
    rows = rows_of(
        on_page(1, "|META||INDICADOR||LINEA BASE", "Crear 2 redes||Redes creadas||1|"),
        on_page(2, "Abrir 3 casas|Casas abiertas|4"),
    )
    assert [(r.indicator, r.target and r.target.value, r.baseline and r.baseline.value) for r in rows] == [
        ("Redes creadas", 2, 1),
        ("Casas abiertas", 3, 4),
    ]


def test_a_name_over_an_empty_column_names_the_filled_one_beside_it() -> None:
    header = find_header(
        table_of(["|META||INDICADOR|", "Crear 2 redes||Redes creadas||", "Abrir 3 casas||Casas abiertas||"])
    )
    assert header is not None
    assert {column.name: column.index for column in header.columns if column.name} == {"target": 0, "indicator": 2}


def test_a_name_over_half_a_cell_names_the_whole_one_beside_it() -> None:
    table = table_of(
        [
            "|META|INDICADOR|LINEA BASE",
            "Crear 2 redes de mujeres rurales|Crear 2 redes de|Redes creadas|1",
            "|mujeres rurales||",
            "Abrir 3 casas||Casas abiertas|2",
        ]
    )
    header = find_header(table)
    assert header is not None
    assert header.of("target")[0].index == 0


def test_an_empty_named_column_stays_where_nothing_beside_it_is_its() -> None:
    header = find_header(table_of(["|Indicador|Línea base|Meta", "1|Aulas||2", "2|Vías||3"]))
    assert header is not None
    assert {column.name: column.index for column in header.columns if column.name}["baseline"] == 2


def test_a_header_whose_names_stand_on_two_rows() -> None:
    header = find_header(table_of(["||INDICADOR|LINEA BASE", "META||||", "Crear 2 redes||Redes creadas|1"]))
    assert header is not None
    assert {column.name for column in header.columns if column.name} == {"target", "indicator", "baseline"}


TABLE = ("META|INDICADOR|LINEA BASE", "Crear 2 redes|Redes creadas|1")


def test_a_title_above_the_table_is_its_programme() -> None:
    (row,) = rows_of(
        title("MUJER Y EQUIDAD", top=100),
        paragraph("Busca que todas vivan mejor.", page=1, group=1),
        title("OBJETIVOS ESPECÍFICOS:", top=200),
        title("METAS E INDICADORES", top=250),
        on_page(1, *TABLE),
    )
    assert [(step.level, step.value, step.role) for step in row.path] == [
        (UNNAMED_LEVEL, "MUJER Y EQUIDAD", "programme")
    ]


def test_programmes_taken_from_titles_are_told_once() -> None:
    found = extract(document([title("MUJER Y EQUIDAD"), on_page(1, *TABLE, "Abrir 3 casas|Casas|0")]), PLAN)
    assert [(notice.code, "2 filas" in notice.message) for notice in found.notices] == [("programme-from-title", True)]


def test_a_title_of_two_lines_is_one() -> None:
    (row,) = rows_of(
        title("FOMENTO Y DIFUSIÓN DE LAS", top=100), title("EXPRESIONES ARTÍSTICAS", top=114), on_page(1, *TABLE)
    )
    assert row.programme == "FOMENTO Y DIFUSIÓN DE LAS EXPRESIONES ARTÍSTICAS"


def test_the_nearer_of_two_titles_is_the_programme() -> None:
    (row,) = rows_of(title("TERRITORIO SANO", top=100), title("Mujer rural", top=114), on_page(1, *TABLE))
    assert row.programme == "Mujer rural"


def test_a_label_or_a_column_goes_before_a_title() -> None:
    labelled = rows_of(title("TÍTULO SUELTO"), paragraph("Programa: Letras", page=1, group=1), on_page(1, *TABLE))
    column = rows_of(title("TÍTULO SUELTO"), on_page(1, "Programa|Indicador|Meta", "Letras|Aulas|2"))
    assert [row.programme for row in (*labelled, *column)] == ["Letras", "Letras"]


def test_results_have_no_programme_whatever_stands_above_them() -> None:
    (row,) = rows_of(title("TERRITORIO SANO"), paragraph("Metas de resultado", page=1, group=1), on_page(1, *TABLE))
    assert (row.kind, row.programme) == ("result", None)
