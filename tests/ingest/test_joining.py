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


HEADER = "Programa|Indicador|Línea base|Meta"


def test_a_header_repeated_on_the_next_page_goes_on_with_the_table() -> None:
    rows = rows_of(
        on_page(1, HEADER, "AGUA|Pozos abiertos|1|Abrir 3 pozos"),
        on_page(2, HEADER, "|Tanques hechos|0|Hacer 2 tanques", "VÍAS|Puentes hechos|4|Hacer 5 puentes"),
    )
    assert [(row.indicator, row.programme, row.place.page) for row in rows] == [
        ("Pozos abiertos", "AGUA", 1),
        ("Tanques hechos", "AGUA", 2),
        ("Puentes hechos", "VÍAS", 2),
    ]


def test_a_row_cut_in_its_target_alone_is_made_whole() -> None:
    rows = rows_of(
        on_page(1, HEADER, "AGUA|Pozos abiertos|1|Abrir tres (3) pozos en la zona de"),
        on_page(2, HEADER, "|||Palmarito", "|Tanques hechos|0|Hacer 2 tanques"),
    )
    assert [(row.indicator, row.target and row.target.text) for row in rows] == [
        ("Pozos abiertos", "Abrir tres (3) pozos en la zona de Palmarito"),
        ("Tanques hechos", "Hacer 2 tanques"),
    ]


def test_a_programme_cut_by_the_page_break_is_whole_on_both_pages() -> None:
    rows = rows_of(
        on_page(1, HEADER, "AGUA PARA LA VIDA DE|Pozos abiertos|1|Abrir 3 pozos", "|Tanques hechos|0|Hacer 2 tanques"),
        on_page(2, HEADER, "TODAS|Acueductos hechos|0|Hacer 1 acueducto"),
    )
    assert [row.programme for row in rows] == ["AGUA PARA LA VIDA DE TODAS"] * 3


def test_figures_of_another_row_are_no_rest_of_the_one_above() -> None:
    rows = rows_of(
        on_page(1, HEADER, "AGUA|Pozos abiertos|1|3"),
        on_page(2, HEADER, "|Tanques hechos|0|2"),
    )
    assert [(row.indicator, row.target and row.target.value) for row in rows] == [
        ("Pozos abiertos", 3),
        ("Tanques hechos", 2),
    ]


def test_programmes_printed_below_their_tables_are_theirs() -> None:
    rows = rows_of(
        on_page(1, "Indicador|Línea base|Meta", "Pozos abiertos|1|3"),
        title("Descripción del programa: Agua para todos", page=1, bold=False),
        on_page(2, "Indicador|Línea base|Meta", "Puentes hechos|1|3"),
        title("Descripción del programa: Vías", page=2, bold=False),
    )
    assert [row.programme for row in rows] == ["Agua para todos", "Vías"]


def test_a_programme_below_a_table_and_above_another_is_of_the_other() -> None:
    rows = rows_of(
        on_page(1, "Indicador|Línea base|Meta", "Pozos abiertos|1|3"),
        title("Programa: Vías", page=1, bold=False),
        on_page(2, "Indicador|Línea base|Meta", "Puentes hechos|1|3"),
    )
    assert [row.programme for row in rows] == [None, "Vías"]


def test_a_header_cut_by_the_page_break_is_whole_on_the_page_of_its_table() -> None:
    rows = rows_of(
        on_page(1, "Indicador de|Línea|Meta del"),
        on_page(2, "producto|base|cuatrienio", "Pozos abiertos|1|3"),
    )
    assert [(row.indicator, row.target and row.target.value, row.place.page) for row in rows] == [
        ("Pozos abiertos", 3, 2)
    ]


def test_two_rows_with_a_figure_each_are_not_one_however_small_the_second_begins() -> None:
    first = on_page(1, "Meta|Indicador|Línea base", "Hacer el censo|Censo hecho|0")
    made = rows_of(first, on_page(2, "Ubicar las fincas|fincas ubicadas|0"))
    assert [row.indicator for row in made] == ["Censo hecho", "fincas ubicadas"]


def test_a_result_beside_products_that_a_page_break_parts_is_one_row() -> None:
    header = "Indicador de resultado|Línea base|Meta|Indicador de producto|Línea base|Meta"
    rows = rows_of(
        on_page(1, header, "Hogares con agua de|31|44|Pozos abiertos|2|9", "Hogares con agua de|31|44|Tanques|5|25"),
        on_page(2, "buena calidad|||Válvulas nuevas|1|18", "buena calidad|||Tubos|0|600"),
    )
    assert [row.indicator for row in rows if row.kind == "result"] == ["Hogares con agua de buena calidad"]
    assert [row.indicator for row in rows if row.kind == "product"] == [
        "Pozos abiertos",
        "Tanques",
        "Válvulas nuevas",
        "Tubos",
    ]


def test_a_header_with_years_over_its_columns_goes_on_with_the_table_when_it_is_repeated() -> None:
    years = "Programa|Indicador|Meta cuatrienio|2026|2026"
    names = "Programa|Indicador|Meta cuatrienio|Meta|Logro"
    rows = rows_of(
        on_page(1, years, names, "AGUA|Pozos abiertos|9|3|1"),
        on_page(2, years, names, "|Tanques hechos|8|2|2"),
    )
    assert [(row.indicator, row.programme) for row in rows] == [("Pozos abiertos", "AGUA"), ("Tanques hechos", "AGUA")]
