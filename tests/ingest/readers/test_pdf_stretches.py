"""Tables without lines from the places of their words: over page breaks, beside cells that span rows, centred."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.readers.pdf_aligned import Segment, split_aligned
from ingest.readers.pdf_grids import PageTable
from ingest.readers.pdf_rules import NO_RULES
from ingest.readers.pdf_words import Line, Word, words_to_lines

SIZE = 10.0
_WIDTH = 0.5 * SIZE


def words(x0: float, top: float, text: str, *, bold: bool = False) -> Iterable[Word]:
    """The words of a text on one line, each letter half as wide as the type is high."""
    for word in text.split():
        x1 = x0 + _WIDTH * len(word)
        yield Word(word, x0, top, x1, top + SIZE, SIZE, bold)
        x0 = x1 + 0.28 * SIZE


def page(number: int, *cells: tuple[float, float, str], bold: int = 0) -> Segment:
    """Lines of a page from (x0, top, text); the first so many are bold."""
    made = [word for index, (x0, top, text) in enumerate(cells) for word in words(x0, top, text, bold=index < bold)]
    return Segment(number, tuple(words_to_lines(made)), NO_RULES)


def tables(*pages: Segment) -> list[tuple[int, list[tuple[str, ...]]]]:
    parts = split_aligned(pages)
    return [(number, [row.texts for row in part.table.rows]) for number, part in parts if isinstance(part, PageTable)]


def left(*pages: Segment) -> list[str]:
    return [part.text for _, part in split_aligned(pages) if isinstance(part, Line)]


HEADER = ((50.0, 100.0, "Indicador"), (200.0, 100.0, "Base"), (300.0, 100.0, "Meta"))


def test_the_rest_of_a_row_on_the_next_page_keeps_its_column() -> None:
    first = page(
        1, *HEADER, (50, 120, "Pozos"), (200, 120, "1"), (300, 120, "Abrir pozos"), (300, 132, "nuevos en"),
        (50, 150, "Aulas"), (200, 150, "2"), (300, 150, "Hacer aulas"), (300, 162, "nuevas en la"), bold=3,
    )  # fmt: skip
    second = page(2, (300, 40, "zona rural"), (50, 80, "Capítulo siguiente de un plan que sigue por toda la página"))
    assert tables(first, second) == [
        (
            1,
            [
                ("Indicador", "Base", "Meta"),
                ("Pozos", "1", "Abrir pozos nuevos en"),
                ("Aulas", "2", "Hacer aulas nuevas en la"),
            ],
        ),
        (2, [("", "", "zona rural")]),
    ]
    assert left(first, second)[0].startswith("Capítulo")


def test_a_cell_beside_several_rows_is_in_the_first_and_parts_none() -> None:
    header = ((50.0, 100.0, "Programa"), (150.0, 100.0, "Indicador"), (260.0, 100.0, "Base"), (330.0, 100.0, "Meta"))
    found = tables(
        page(
            1, *header, (50, 120, "AGUA"), (50, 132, "PARA"), (50, 144, "TODA"), (50, 156, "VIDA"),
            (150, 120, "Pozos hechos"), (150, 132, "en la zona"), (260, 120, "1"), (330, 120, "Hacer dos"),
            (150, 151, "Aulas hechas"), (150, 163, "en la zona"), (260, 151, "2"), (330, 151, "Hacer tres"), bold=4,
        )
    )  # fmt: skip
    assert found == [
        (1, [
            ("Programa", "Indicador", "Base", "Meta"),
            ("AGUA PARA TODA VIDA", "Pozos hechos en la zona", "1", "Hacer dos"),
            ("", "Aulas hechas en la zona", "2", "Hacer tres"),
        ])
    ]  # fmt: skip


def test_cells_set_in_the_middle_of_their_row_are_one_row() -> None:
    found = tables(
        page(
            1, *HEADER, (50, 130, "Pozos"), (200, 124, "1 pozo"), (200, 136, "viejo"), (300, 118, "Hacer dos"),
            (300, 130, "pozos en"), (300, 142, "la zona"), (50, 176, "Aulas"), (200, 170, "2 aulas"),
            (200, 182, "viejas"), (300, 164, "Hacer tres"), (300, 176, "aulas en"), (300, 188, "la zona"), bold=3,
        )
    )  # fmt: skip
    assert found == [
        (1, [
            ("Indicador", "Base", "Meta"),
            ("Pozos", "1 pozo viejo", "Hacer dos pozos en la zona"),
            ("Aulas", "2 aulas viejas", "Hacer tres aulas en la zona"),
        ])
    ]  # fmt: skip


def test_a_label_right_below_a_table_is_no_row_of_it() -> None:
    segment = page(
        1, *HEADER, (50, 120, "Pozos"), (200, 120, "1"), (300, 120, "Hacer dos"), (50, 140, "Aulas"), (200, 140, "2"),
        (300, 140, "Hacer tres"), (50, 162, "Sector: Salud"),
        (50, 176, "Texto que sigue por toda la página hasta el margen"), bold=3,
    )  # fmt: skip
    assert [len(rows) for _, rows in tables(segment)] == [3]
    assert left(segment)[0] == "Sector: Salud"


def test_a_title_of_two_lines_stands_between_rows() -> None:
    segment = page(
        1, *HEADER, (50, 120, "Programa: un nombre que ocupa todo el ancho de la tabla"),
        (50, 132, "y otra línea más de él"), (50, 150, "Pozos"), (200, 150, "1"), (300, 150, "Hacer dos"),
        (50, 170, "Aulas"), (200, 170, "2"), (300, 170, "Hacer tres"), bold=3,
    )  # fmt: skip
    ((_, rows),) = tables(segment)
    assert [row[0] for row in rows] == [
        "Indicador",
        "Programa: un nombre que ocupa todo el ancho de la tabla y otra línea más de él",
        "Pozos",
        "Aulas",
    ]


def test_a_name_beside_its_figures_is_over_them_and_wide_figures_close_no_column() -> None:
    rows = [("Pozos", "1"), ("Aulas", "2"), ("Puentes", "3"), ("Raciones de la mañana", "1.234.567.890.123")]
    cells = [
        cell
        for at, (name, figure) in enumerate(rows)
        for cell in (
            (50.0, 120.0 + 18 * at, name),
            (290.0 - 5 * len(figure), 120.0 + 18 * at, figure),
            (330.0, 120.0 + 18 * at, "Oficina"),
        )
    ]
    header = ((50.0, 100.0, "Indicador"), (200.0, 100.0, "Base"), (330.0, 100.0, "Responsable"))
    ((_, found),) = tables(page(1, *header, *cells, bold=3))
    assert found == [("Indicador", "Base", "Responsable"), *((name, figure, "Oficina") for name, figure in rows)]


def test_a_name_over_years_in_a_header_of_several_lines_hides_none_of_them() -> None:
    header = (
        (50.0, 105.0, "Indicador"), (150.0, 105.0, "Base"), (215.0, 99.0, "Metas del cuatrienio"),
        (200.0, 111.0, "2024"), (250.0, 111.0, "2025"), (300.0, 111.0, "2026"), (350.0, 105.0, "Oficina"),
    )  # fmt: skip
    cells = [
        cell
        for at, name in enumerate(("Pozos", "Aulas", "Puentes"))
        for cell in zip((50.0, 150.0, 200.0, 250.0, 300.0, 350.0), [130.0 + 18 * at] * 6, (name, *"1234", "Obras"),
                        strict=True)
    ]  # fmt: skip
    ((_, found),) = tables(page(1, *header, *cells, bold=7))
    assert found == [
        ("Indicador", "Base", *["Metas del cuatrienio"] * 3, "Oficina"),
        ("Indicador", "Base", "2024", "2025", "2026", "Oficina"),
        *((name, "1", "2", "3", "4", "Obras") for name in ("Pozos", "Aulas", "Puentes")),
    ]


def test_a_title_in_bold_that_fits_a_column_is_across_all() -> None:
    made = page(
        1, *HEADER, (60, 118, "Programa: agua"), (50, 136, "Pozos"), (200, 136, "1"), (300, 136, "Hacer dos"),
        (50, 154, "Aulas"), (200, 154, "2"), (300, 154, "Hacer tres"), bold=4,
    )  # fmt: skip
    ((_, found),) = tables(made)
    assert found[1] == ("Programa: agua",) * 3


def test_words_close_beside_figures_set_to_the_right_are_a_column_of_their_own() -> None:
    rows = [("Pozos", "7%", "Medio"), ("Aulas", "35%", "Bueno"), ("Vías", "100%", "Malo"), ("Redes", "8%", "Bueno")]
    right, gap = 240.0, 0.6 * SIZE
    cells = [
        cell
        for at, (name, share, state) in enumerate(rows)
        for cell in (
            (50.0, 120.0 + 20 * at, name),
            (right - _WIDTH * len(share), 120.0 + 20 * at, share),
            (right + gap, 120.0 + 20 * at, state),
        )
    ]
    header = [(50.0, 100.0, "Indicador"), (right - _WIDTH, 100.0, "%"), (right + gap, 100.0, "Estado")]
    ((_, made),) = tables(page(1, *header, *cells, bold=3))
    assert made[1:] == rows


def test_programmes_in_the_middle_of_their_rows_stand_in_the_first_of_them() -> None:
    header = ((50.0, 100.0, "Programa"), (150.0, 100.0, "Indicador"), (260.0, 100.0, "Base"), (330.0, 100.0, "Meta"))
    names = ("Pozos", "Aulas", "Puentes", "Cupos", "Ferias")
    cells = [
        cell
        for at, name in enumerate(names)
        for cell in (
            (150.0, 120.0 + 30 * at, name),
            (150.0, 132.0 + 30 * at, "de la zona"),
            (260.0, 126.0 + 30 * at, str(at)),
            (330.0, 126.0 + 30 * at, str(at + 1)),
        )
    ]
    programmes = ((50.0, 156.0, "Agua"), (50.0, 231.0, "Letras"))
    ((_, found),) = tables(page(1, *header, *cells, *programmes, bold=4))
    assert [row[0] for row in found[1:]] == ["Agua", "", "", "Letras", ""]
    assert [row[1] for row in found[1:]] == [f"{name} de la zona" for name in names]


def test_a_small_table_ends_where_the_next_one_names_its_columns() -> None:
    header = ((50.0, 100.0, "INDICADOR"), (250.0, 100.0, "LÍNEA BASE"), (400.0, 100.0, "META"))
    below = ((220.0, 114.0, "Valor"), (270.0, 114.0, "Año"), (310.0, 114.0, "Fuente"))
    rows = (
        (50.0, 130.0, "Pobreza"), (220.0, 130.0, "29,4"), (270.0, 130.0, "2023"), (310.0, 130.0, "Dane"),
        (400.0, 130.0, "23"), (50.0, 146.0, "Violencia"), (220.0, 146.0, "127"), (270.0, 146.0, "2022"),
        (310.0, 146.0, "Instituto largo"), (400.0, 146.0, "101"),
    )  # fmt: skip
    ((_, found),) = tables(page(1, *header, *below, *rows, bold=6))
    assert found == [
        ("INDICADOR", "LÍNEA BASE", "LÍNEA BASE", "LÍNEA BASE", "META"),
        ("INDICADOR", "Valor", "Año", "Fuente", "META"),
        ("Pobreza", "29,4", "2023", "Dane", "23"),
        ("Violencia", "127", "2022", "Instituto largo", "101"),
    ]
