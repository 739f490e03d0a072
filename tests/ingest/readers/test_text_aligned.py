"""Text files whose tables are columns that spaces align."""

from __future__ import annotations

from textwrap import dedent

import pytest

from ingest.readers.text_aligned import find_aligned


def told(text: str) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in table] for table in find_aligned(dedent(text).split("\n"))]


WRAPPED = """
    Programa 3.1 Luz en casa

    Indicador                        Unidad      LB      Meta   Responsable
    Hogares con paneles solares en   Hogares     12     1.340   Secretaría de
    veredas apartadas                                           Energía
    Postes cambiados                 Número      ND        80   Empresa de Luz
    Fuente: elaboración propia
"""


def test_a_wrapped_cell_goes_on_in_the_lines_below() -> None:
    assert told(WRAPPED) == [
        [
            ("Indicador", "Unidad", "LB", "Meta", "Responsable"),
            ("Hogares con paneles solares en veredas apartadas", "Hogares", "12", "1.340", "Secretaría de Energía"),
            ("Postes cambiados", "Número", "ND", "80", "Empresa de Luz"),
        ]
    ]


def test_rows_may_stand_apart_by_empty_lines() -> None:
    text = """
        Indicador         LB     Meta

        Pozos abiertos    2      9

        Tubos cambiados   0      600
    """
    assert [cells for (cells, *_) in told(text)] == [("Indicador", "LB", "Meta")]
    assert [len(table) for table in told(text)] == [3]


def test_a_label_between_two_rows_is_a_row_of_its_own() -> None:
    text = """
        Indicador         LB     Meta
        Pozos abiertos    2      9
        Programa: El viento que trae energía a todas las casas del pueblo
        Molinos nuevos    0      6
    """
    (table,) = told(text)
    assert table[2] == ("Programa: El viento que trae energía a todas las casas del pueblo", "", "")
    assert table[3] == ("Molinos nuevos", "0", "6")


def test_a_row_knows_its_lines() -> None:
    (table,) = find_aligned(dedent(WRAPPED).split("\n"))
    assert [(row.first, row.last) for row in table] == [(3, 3), (4, 5), (6, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "Plan de Desarrollo      2024      12\nEste plan dice lo que se hará en cuatro años.",
        "uno  dos  tres\n\n\ncuatro  cinco  seis",
        "Una frase con  dos espacios.\nOtra frase con  dos espacios.",
        "| a  |  b  |  c |\n| 1  |  2  |  3 |",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert told(text) == []
