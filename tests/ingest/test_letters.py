"""What a reply to a citizen states of itself, in the layouts of other towns."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.records import IndicatorRow, Overrides
from tests.support.blocks import text_document

LETTER = Overrides(kind="letter", entity="Villa Nueva", period="2025")


def particulars(text: str) -> dict[str | None, IndicatorRow]:
    return {row.metric: row for row in extract(text_document(text), LETTER).rows}


def said(rows: dict[str | None, IndicatorRow], metric: str) -> str | None:
    figure = rows[metric].figure if metric in rows else None
    return figure.text if figure else None


LABELLED = """
    Alcaldía de Villa Nueva

    Radicado No. 20253000123451
    Fecha: 14 de marzo de 2025

    Asunto: Respuesta sobre alumbrado público

    Se instalaron 320 luminarias.

    Atentamente,

    MARIO LÓPEZ DÍAZ
    Secretario de Obras

    Proyectó: Ana Ruiz - Contratista
    Revisó: Luis Gil
    Aprobó: Mario López
"""


def test_particulars_with_their_labels() -> None:
    rows = particulars(LABELLED)
    assert said(rows, "Número de radicado") == "20253000123451"
    assert said(rows, "Fecha de radicado") == "14 de marzo de 2025"
    assert said(rows, "Asunto") == "Respuesta sobre alumbrado público"
    assert said(rows, "Firmante") == "MARIO LÓPEZ DÍAZ, Secretario de Obras"
    assert [said(rows, role) for role in ("Elaboró", "Revisó", "Aprobó")] == [
        "Ana Ruiz - Contratista",
        "Luis Gil",
        "Mario López",
    ]


def test_each_particular_points_at_its_line() -> None:
    row = particulars(LABELLED)["Asunto"]
    assert (row.place.line, row.quote) == (7, "Asunto: Respuesta sobre alumbrado público")


@pytest.mark.parametrize("line", ["202530001234", "2025-EE-0045123", "Radicado: EXT25-0012345"])
def test_filing_numbers_as_towns_write_them(line: str) -> None:
    rows = particulars(f"Alcaldía\n\n{line}\n\nAsunto: Respuesta\n")
    assert said(rows, "Número de radicado") == line.removeprefix("Radicado: ")


def test_a_letter_without_particulars_makes_none_up() -> None:
    assert particulars("Buenas tardes.\n\nGracias por escribir.\n") == {}


def test_figures_of_a_letter_are_facts() -> None:
    facts = [
        row for row in extract(text_document(LABELLED), LETTER).rows if row.figure and row.figure.value is not None
    ]
    assert [(row.kind, row.figure and row.figure.text, row.figure and row.figure.unit) for row in facts] == [
        ("fact", "320", "luminarias")
    ]
