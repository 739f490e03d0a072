"""Reports on slides: what a divider, a title and the cards of a slide say of the figures on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx.util import Inches

from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import Extraction

TITLE_ONLY, BLANK = 5, 6


class Deck:
    """Slides with a title, texts and cards, drawn one after the other."""

    def __init__(self) -> None:
        import pptx

        self.presentation = pptx.Presentation()

    def slide(
        self, title: str | None, *texts: str, cards: dict[str, str] | None = None, caption_below: bool = False
    ) -> Any:
        layout = self.presentation.slide_layouts[TITLE_ONLY if title else BLANK]
        slide = self.presentation.slides.add_slide(layout)
        if title:
            slide.shapes.title.text = title
        for number, text in enumerate(texts):
            self._box(slide, text, 0.5, 1.5 + number * 0.6, 8)
        upper, lower = (3.8, 3.2) if caption_below else (3.2, 3.8)
        for number, (caption, figure) in enumerate((cards or {}).items()):
            self._box(slide, caption, 0.5 + number * 2.2, upper, 2)
            self._box(slide, figure, 0.5 + number * 2.2, lower, 2)
        self._box(slide, str(len(self.presentation.slides)), 9, 7, 0.6)
        return slide

    def _box(self, slide: Any, text: str, left: float, top: float, width: float) -> None:
        box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(0.5))
        box.text_frame.text = text


@pytest.fixture
def extracted(tmp_path: Path) -> Callable[[Deck], Extraction]:
    def save(deck: Deck) -> Extraction:
        path = tmp_path / "informe.pptx"
        deck.presentation.save(str(path))
        return extract(read_file(path))

    return save


def report() -> Deck:
    deck = Deck()
    deck.slide("RENDICIÓN DE CUENTAS 2025", "Alcaldía de Peña Honda")
    deck.slide("SECRETARÍA DE GOBIERNO", "Eje: Un pueblo en paz")
    deck.slide("SECRETARÍA DE CULTURA", "Eje: Un pueblo que canta")
    deck.slide(
        "Programa: Música en las veredas",
        "Indicador: Talleres de música dictados",
        cards={"Meta cuatrienio": "90", "Meta 2025": "25", "Logro 2025": "31", "% de cumplimiento": "124%"},
    )
    deck.slide("Logros", cards={"Instrumentos entregados": "1.412", "Bandas nuevas": "6"}, caption_below=True)
    return deck


def test_the_office_of_a_divider_holds_until_the_next(extracted: Callable[[Deck], Extraction]) -> None:
    deck = report()
    deck.slide("OFICINA DE DEPORTES")
    deck.slide("Programa: Barrios que juegan", cards={"Canchas abiertas": "14", "Torneos": "3"})
    offices = {row.programme: row.dependency for row in extracted(deck).rows}
    assert offices == {"Música en las veredas": "SECRETARÍA DE CULTURA", "Barrios que juegan": "OFICINA DE DEPORTES"}


def test_cards_named_as_columns_are_of_the_indicator_above_them(extracted: Callable[[Deck], Extraction]) -> None:
    row = next(row for row in extracted(report()).rows if row.place.page == 4)
    assert (row.kind, row.indicator, row.strategic_line) == (
        "progress", "Talleres de música dictados", "Un pueblo que canta"
    )  # fmt: skip
    assert row.target is not None
    (year,) = row.yearly
    assert year.target is not None
    assert year.progress is not None
    assert (row.target.value, year.year, year.target.value, year.progress.value) == (90, 2025, 25, 31)
    assert row.figure is not None
    assert (row.figure.value, row.figure.unit) == (124, "%")


def test_a_card_with_a_name_of_its_own_is_a_figure_of_that_name(extracted: Callable[[Deck], Extraction]) -> None:
    rows = [row for row in extracted(report()).rows if row.place.page == 5]
    assert [(row.indicator, row.figure and row.figure.value, row.programme) for row in rows] == [
        ("Instrumentos entregados", 1412, "Música en las veredas"),
        ("Bandas nuevas", 6, "Música en las veredas"),
    ]


def test_typed_slide_numbers_are_no_figures(extracted: Callable[[Deck], Extraction]) -> None:
    assert len(extracted(report()).rows) == 3


def test_a_slide_of_the_whole_report_is_of_no_programme(extracted: Callable[[Deck], Extraction]) -> None:
    deck = report()
    deck.slide("Participación ciudadana", "Peticiones recibidas: 812")
    (row,) = (row for row in extracted(deck).rows if row.place.page == 6)
    assert (row.kind, row.programme, row.strategic_line, row.dependency) == ("fact", None, None, None)


def test_a_title_of_something_else_leaves_the_programme(extracted: Callable[[Deck], Extraction]) -> None:
    deck = report()
    deck.slide("Fiestas del pueblo", "Asistentes a las fiestas: 4.812")
    (row,) = (row for row in extracted(deck).rows if row.place.page == 6)
    assert (row.kind, row.programme, row.dependency) == ("fact", None, "SECRETARÍA DE CULTURA")


def test_cards_of_money_are_no_progress_of_the_indicator(extracted: Callable[[Deck], Extraction]) -> None:
    deck = report()
    cards = {"Asignado": "$ 120.000.000", "Ejecutado": "$ 90.000.000", "Porcentaje": "75%"}
    deck.slide("Programa: Música en las veredas", "Indicador: Talleres de música dictados", cards=cards)
    rows = [row for row in extracted(deck).rows if row.place.page == 6]
    assert [(row.figure and row.figure.text, [item.item for item in row.budget]) for row in rows] == [
        ("$ 120.000.000", ["asignado"]),
        ("$ 90.000.000", ["ejecutado"]),
        ("75%", []),
    ]


def test_an_office_and_a_programme_in_one_title(extracted: Callable[[Deck], Extraction]) -> None:
    deck = report()
    deck.slide("OFICINA DE DEPORTES – Programa: Barrios que juegan", "Canchas abiertas: 412")
    (row,) = (row for row in extracted(deck).rows if row.place.page == 6)
    assert row.dependency == "OFICINA DE DEPORTES"
