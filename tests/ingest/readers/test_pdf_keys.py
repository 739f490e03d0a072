"""Rows of tables without lines and without space between their rows, told by their columns of figures."""

from __future__ import annotations

from tests.ingest.readers.test_pdf_stretches import page, tables

HEADER = ((50.0, 100.0, "Indicador"), (250.0, 100.0, "Base"), (320.0, 100.0, "Meta"), (400.0, 100.0, "Oficina"))


def test_rows_begin_where_their_figures_do_when_nothing_parts_them() -> None:
    found = tables(
        page(
            1, *HEADER, (50, 111, "Pozos abiertos en"), (250, 111, "1"), (320, 111, "5"), (400, 111, "Oficina de"),
            (50, 122, "Veredas altas"), (400, 122, "Aguas"), (50, 133, "Aulas hechas"), (250, 133, "N.D."),
            (320, 133, "7"), (400, 133, "Oficina de"), (400, 144, "Letras"), (50, 155, "Puentes"), (250, 155, "3"),
            (320, 155, "8"), (400, 155, "Obras"), bold=4,
        )
    )  # fmt: skip
    assert found == [
        (1, [
            ("Indicador", "Base", "Meta", "Oficina"),
            ("Pozos abiertos en Veredas altas", "1", "5", "Oficina de Aguas"),
            ("Aulas hechas", "N.D.", "7", "Oficina de Letras"),
            ("Puentes", "3", "8", "Obras"),
        ])
    ]  # fmt: skip


def test_figures_in_the_middle_of_their_row_part_it_from_the_next() -> None:
    found = tables(
        page(
            1, *HEADER, (50, 111, "Pozos abiertos en"), (250, 116.5, "1"), (320, 116.5, "5"), (400, 111, "Oficina de"),
            (50, 122, "Veredas altas"), (400, 122, "Aguas"), (50, 133, "Aulas"), (250, 133, "2"), (320, 133, "7"),
            (400, 133, "Letras"), (50, 144, "Puentes y pasos"), (250, 149.5, "3"), (320, 149.5, "8"),
            (400, 149.5, "Obras"), (50, 155, "Sobre quebradas"), bold=4,
        )
    )  # fmt: skip
    assert [row[0] for row in found[0][1]] == [
        "Indicador",
        "Pozos abiertos en Veredas altas",
        "Aulas",
        "Puentes y pasos Sobre quebradas",
    ]
    assert [row[2] for row in found[0][1]] == ["Meta", "5", "7", "8"]


def test_a_cell_that_spans_tight_rows_is_whole_in_the_first_of_them() -> None:
    header = ((50.0, 100.0, "Programa"), (150.0, 100.0, "Indicador"), (260.0, 100.0, "Base"), (330.0, 100.0, "Meta"))
    found = tables(
        page(
            1, *header, (50, 111, "Agua para"), (150, 111, "Pozos en"), (260, 111, "1"), (330, 111, "5"),
            (50, 122, "todos"), (150, 122, "veredas"), (150, 133, "Tanques"), (260, 133, "2"), (330, 133, "7"),
            (150, 144, "Tubos"), (260, 144, "3"), (330, 144, "8"), (50, 155, "Letras"), (150, 155, "Aulas"),
            (260, 155, "4"), (330, 155, "9"), (150, 166, "Libros"), (260, 166, "5"), (330, 166, "6"), bold=4,
        )
    )  # fmt: skip
    assert [row[:2] for row in found[0][1]] == [
        ("Programa", "Indicador"),
        ("Agua para todos", "Pozos en veredas"),
        ("", "Tanques"),
        ("", "Tubos"),
        ("Letras", "Aulas"),
        ("", "Libros"),
    ]


def test_two_figures_in_one_cell_beside_a_text_are_one_row() -> None:
    found = tables(
        page(
            1, *HEADER, (50, 120, "Pozos"), (250, 120, "1"), (250, 131, "2"), (320, 120, "5"), (400, 120, "Aguas"),
            (50, 150, "Aulas"), (250, 150, "2"), (320, 150, "7"), (400, 150, "Letras"),
            (50, 169, "Puentes"), (250, 169, "3"), (320, 169, "8"), (400, 169, "Obras"), bold=4,
        )
    )  # fmt: skip
    assert [row[1] for row in found[0][1]] == ["Base", "1 2", "2", "3"]
