"""Names over several columns of tables that have no lines."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.pdf_groups import find_groups, heights_of
from ingest.readers.pdf_headers import header_cells, names_groups
from ingest.readers.pdf_words import Line, Word


def line(top: float, *words: tuple[float, str], bold: bool = True) -> Line:
    """A line of words, each letter 5 points wide, from where they begin."""
    return Line(tuple(Word(text, x0, top, x0 + 5 * len(text), top + 8, 8, bold) for x0, text in words))


def centred(top: float, *words: tuple[float, str]) -> Line:
    """A line of names in bold, each around its middle."""
    return line(top, *((middle - 2.5 * len(text), text) for middle, text in words))


def groups(*lines: Line) -> dict[str, list[str]]:
    words = sorted((word for row in lines for word in row.words), key=lambda word: word.x0)
    return {
        group.name.text: [name.text for name in group.below] for group in find_groups(heights_of(Line(tuple(words))))
    }


def texts(lines: Sequence[Line], bounds: Sequence[float]) -> list[list[str]]:
    return [[("^" if cell.merged else "") + cell.text for cell in row] for row in header_cells(lines, bounds)]


BOUNDS = (90.0, 190.0, 290.0, 390.0)
BELOW = line(20, (110, "Valor"), (210, "Año"), (310, "Fuente"))


def test_a_name_over_three_columns_is_in_each_of_them() -> None:
    above = line(10, (10, "INDICADOR"), (185, "LÍNEA"), (212, "BASE"), (400, "META"))
    assert names_groups(above, BELOW, BOUNDS)
    assert texts([above, BELOW], BOUNDS) == [
        ["INDICADOR", "LÍNEA BASE", "^LÍNEA BASE", "^LÍNEA BASE", "META"],
        ["^INDICADOR", "Valor", "Año", "Fuente", "^META"],
    ]


def test_a_title_across_named_columns_is_no_name_over_them() -> None:
    assert not names_groups(
        line(10, (60, "Una"), (80, "frase"), (108, "larga"), (135, "suelta")), line(20, (10, "Meta")), BOUNDS
    )


def test_sentences_are_no_names() -> None:
    assert not names_groups(line(10, (185, "LÍNEA"), (212, "BASE"), bold=False), BELOW, BOUNDS)


def test_a_year_stands_in_the_middle_of_what_it_dates_though_over_neither() -> None:
    years = centred(0, (120, "2024"), (220, "2025"))
    names = centred(8, (20, "Indicador"), (280, "Avance"))
    assert groups(years, names, centred(16, (95, "P"), (145, "E"), (195, "P"), (245, "E"))) == {
        "2024": ["p", "e"],
        "2025": ["p", "e"],
    }


def test_columns_of_unlike_width_belong_to_the_year_they_repeat_under() -> None:
    years = centred(0, (118, "2024"), (240, "2025"))
    below = centred(12, (20, "Indicador"), (90, "Programado"), (160, "Logro"), (210, "Programado"), (280, "Logro"))
    apart = centred(12, (90, "Programado"), (160, "Logro"), (210, "Programado"), (280, "Logro"))
    assert groups(years, apart) == {"2024": ["programado", "logro"], "2025": ["programado", "logro"]}
    assert "indicador" not in [name for held in groups(years, below).values() for name in held]


def test_a_name_over_four_years_has_all_of_them() -> None:
    names = centred(10, (20, "Indicador"), (330, "Responsable"))
    years = centred(20, (120, "2024"), (160, "2025"), (200, "2026"), (240, "2027"))
    assert groups(centred(0, (180, "Metas")), names, years) == {"metas": ["2024", "2025", "2026", "2027"]}


def test_a_name_that_goes_on_below_is_over_no_column_but_its_own() -> None:
    first = centred(0, (20, "Indicador"), (100, "Línea"), (180, "Meta"), (260, "Unidad"))
    assert groups(first, centred(10, (100, "base"), (180, "total"), (260, "usada"))) == {}


def test_names_in_the_middle_of_a_header_belong_to_no_name_that_wraps_around_them() -> None:
    first = centred(0, (180, "Unidad"))
    assert groups(first, centred(8, (60, "Indicador"), (300, "Meta")), centred(16, (180, "medida"))) == {}


def test_groups_within_groups_are_rows_of_their_own() -> None:
    outer, years = centred(0, (175, "Avance")), centred(10, (130, "2024"), (220, "2025"))
    below = centred(20, (110, "P"), (150, "E"), (200, "P"), (240, "E"))
    name = centred(10, (30, "Indicador"))
    assert texts(
        [outer, line(10, *((w.x0, w.text) for w in (*name.words, *years.words))), below], [80, 130, 175, 220]
    ) == [
        ["Indicador", "Avance", "^Avance", "^Avance", "^Avance"],
        ["^Indicador", "2024", "^2024", "2025", "^2025"],
        ["^Indicador", "P", "E", "P", "E"],
    ]


def test_rows_of_figures_in_bold_are_no_names() -> None:
    header = centred(0, (20, "Indicador"), (120, "2024"), (180, "2025"))
    rows = [centred(12, (20, "Pozos"), (120, "7")), centred(24, (20, "Aulas"), (120, "3"), (180, "1.204"))]
    assert groups(header, *rows) == {}


def test_a_drawing_of_very_many_words_has_no_groups() -> None:
    words = [(10.0 * at, "x" if at % 2 else "y") for at in range(2000)]
    assert groups(line(0, (500, "Nombre")), line(12, *words)) == {}
