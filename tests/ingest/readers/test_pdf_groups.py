"""Names over several columns of tables that have no lines."""

from __future__ import annotations

from ingest.readers.pdf_groups import names_groups, ungrouped
from ingest.readers.pdf_words import Line, Word


def line(top: float, *words: tuple[float, str], bold: bool = True) -> Line:
    return Line(tuple(Word(text, x0, top, x0 + 5 * len(text), top + 8, 8, bold) for x0, text in words))


BOUNDS = (90.0, 190.0, 290.0, 390.0)
BELOW = line(20, (110, "Valor"), (210, "Año"), (310, "Fuente"))


def test_a_name_over_three_columns_stands_over_the_first() -> None:
    above = line(10, (10, "INDICADOR"), (185, "LÍNEA"), (212, "BASE"), (400, "META"))
    assert names_groups(above, BELOW, BOUNDS)
    moved = ungrouped(above, BELOW, BOUNDS)
    assert [(word.text, word.x0) for word in moved.words] == [
        ("INDICADOR", 10),
        ("LÍNEA", 110),
        ("BASE", 137),
        ("META", 400),
    ]


def test_a_title_across_named_columns_is_no_name_over_them() -> None:
    assert not names_groups(
        line(10, (60, "Una"), (80, "frase"), (108, "larga"), (135, "suelta")), line(20, (10, "Meta")), BOUNDS
    )


def test_sentences_are_no_names() -> None:
    assert not names_groups(line(10, (185, "LÍNEA"), (212, "BASE"), bold=False), BELOW, BOUNDS)
