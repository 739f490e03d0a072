"""What a grader reads as a number, and where one ends."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.numbers import holds, numbers_in_words, plain, readings


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("la meta es 28.", "28", True),
        ("la meta es 280", "28", False),
        ("la meta es 128", "28", False),
        ("la meta es 28,5", "28", False),
        ("la meta es 1.028", "28", False),
        ("la meta es 28, y baja", "28", True),
        ("en 2018", "8", False),
        ("11.200 mujeres", "1.200", False),
        ("llegó al 75.3 %", "75.3%", True),
        ("costó $ 400.000", "$400.000", True),
        ("Línea base: N.D.", "n.d.", True),
        ("114 comisarías", "14 comisarías", False),
        ("“Salvemos”", '"salvemos"', True),
    ],
)
def test_a_figure_is_found_only_whole(text: str, needle: str, found: bool) -> None:
    assert holds(plain(text), needle) is found


@pytest.mark.parametrize(
    ("token", "values"),
    [
        ("28", ["28"]),
        ("35,1", ["35.1"]),
        ("35.1", ["35.1"]),
        ("2.672", ["2672"]),
        ("12,426", ["12426", "12.426"]),
        ("57,600,000,00", ["57600000.00"]),
        ("604.120.314,24", ["604120314.24"]),
        ("0.125", ["0.125"]),
        ("1.22.3", []),
    ],
)
def test_a_printed_number_is_read_in_every_way_it_can_mean(token: str, values: list[str]) -> None:
    assert readings(token) == {Decimal(value) for value in values}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seis programas y veintiún productos", [6, 21]),
        ("ochocientos setenta y nueve (879) cámaras", [879]),
        ("doscientas cuarenta y una personas", [241]),
        ("treinta y un mil", [31000]),
        ("dieciséis y veintitrés", [16, 23]),
        ("siete y ocho", [7, 8]),
        ("uno de ellos es un plan", []),
        ("$102.000 millones y 77 mil millones", []),
        ("el segundo trimestre", []),
        ("there are six of the forty-five products", [6, 45]),
    ],
)
def test_numbers_in_words_are_read(text: str, found: list[int]) -> None:
    assert [int(value) for _, value in numbers_in_words(text)] == found
