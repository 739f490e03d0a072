"""Cards of slides: which figure goes with which caption, however they are laid out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.readers.pptx_cards import Box, find_cards

_INCH = 914_400


def box(text: str, left: float, top: float, width: float = 2, height: float = 0.6, group: int | None = None) -> Box:
    corner = (round(left * _INCH), round(top * _INCH), round(width * _INCH), round(height * _INCH))
    return Box(tuple(text.split("\n")), *corner, group)


def told(boxes: Sequence[Box]) -> list[list[tuple[str, str]]]:
    return [[(card.caption, card.figure) for card in row] for row in find_cards(boxes)]


TWO = [("Meta 2025", "1.250"), ("Avance", "48,5 %")]


@pytest.mark.parametrize(
    "boxes",
    [
        pytest.param(
            [box("Meta 2025", 1, 2), box("Avance", 4, 2), box("1.250", 1, 2.7), box("48,5 %", 4, 2.7)],
            id="caption over figure",
        ),
        pytest.param(
            [box("1.250", 1, 2), box("48,5 %", 4, 2), box("Meta 2025", 1, 2.7), box("Avance", 4, 2.7)],
            id="caption under figure",
        ),
        pytest.param(
            [box("Meta 2025", 1, 2), box("1.250", 3.1, 2), box("Avance", 1, 3), box("48,5 %", 3.1, 3)],
            id="caption to the left",
        ),
        pytest.param(
            [box("1.250", 1, 2), box("Meta 2025", 3.1, 2), box("48,5 %", 1, 3), box("Avance", 3.1, 3)],
            id="caption to the right",
        ),
        pytest.param([box("1.250\nMeta 2025", 1, 2), box("Avance\n48,5 %", 4, 2)], id="both in one box"),
        pytest.param(
            [
                box("1.250", 1, 2, group=1),
                box("Meta 2025", 1.2, 4.5, group=1),
                box("48,5 %", 4, 2, group=2),
                box("Avance", 6, 4.5, group=2),
            ],
            id="a group for each",
        ),
    ],
)
def test_a_figure_goes_with_its_caption(boxes: list[Box]) -> None:
    assert [pair for row in told(boxes) for pair in row] == TWO


def test_two_rows_of_cards_with_captions_below_keep_their_own() -> None:
    boxes = [
        *(box("14 km", 1, 1), box("230", 4, 1), box("Vías mejoradas", 1, 1.7), box("Andenes", 4, 1.7)),
        *(box("9", 1, 2.4), box("$ 310 millones", 4, 2.4), box("Puentes", 1, 3.1), box("Inversión", 4, 3.1)),
    ]
    assert told(boxes) == [
        [("Vías mejoradas", "14 km"), ("Andenes", "230"), ("Puentes", "9"), ("Inversión", "$ 310 millones")]
    ]


def test_the_same_captions_again_are_of_another_indicator() -> None:
    boxes = [
        *(box("Meta", 1, 1), box("Logro", 4, 1), box("30", 1, 1.7), box("28", 4, 1.7)),
        *(box("Meta", 1, 3), box("Logro", 4, 3), box("500", 1, 3.7), box("510", 4, 3.7)),
    ]
    assert told(boxes) == [[("Meta", "30"), ("Logro", "28")], [("Meta", "500"), ("Logro", "510")]]


@pytest.mark.parametrize(
    "boxes",
    [
        pytest.param([box("Cobertura", 1, 2), box("86 %", 1, 2.7)], id="one figure alone"),
        pytest.param([box("12", 1, 2), box("15", 3, 2), box("Niños y niñas", 1, 2.7, width=5)], id="a shared caption"),
        pytest.param([box("12", 1, 1), box("15", 4, 1), box("Niños", 1, 4), box("Niñas", 4, 4)], id="too far away"),
        pytest.param([box("2024", 1, 2), box("2025", 4, 2), box("Inicio", 1, 2.7), box("Cierre", 4, 2.7)], id="years"),
        pytest.param(
            [box("12", 1, 2), box("15", 4, 2), box("• Obras\n• Vías", 1, 2.7), box("Sector: Salud", 4, 2.7)],
            id="lists and labels are no captions",
        ),
    ],
)
def test_what_are_no_cards(boxes: list[Box]) -> None:
    assert told(boxes) == []
