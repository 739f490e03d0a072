"""Tables that stay text say why; percentages of money that do not come out say so."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ingest.extract import extract
from ingest.extract.budget_percent import doubt_budget_percentages
from ingest.figures import read_target
from ingest.records import BudgetItem, Figure, IndicatorRow, Overrides, Place
from tests.support.blocks import text_document


def reasons(table: str, kind: str = "plan") -> list[str]:
    made = extract(text_document(f"Texto de antes.\n\n{table}"), Overrides(kind=kind))  # type: ignore[arg-type]
    prefix = "La tabla quedó como texto: "
    return [n.message.removeprefix(prefix).rstrip(".") for n in made.notices if n.code == "table-left"]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (
            "Resguardo→Resolución→Comuneros\nLa Brea→120→30\nEl Tigre→80→21",
            "no se reconoce qué dice ninguna de sus columnas",
        ),
        ("Corregimiento→Observaciones→Sector\nLa Brea→x→Agua", "no tiene columna de indicador ni de meta"),
        ("Indicador→Unidad de medida→Responsable\nAulas→Número→Obras", "tiene columna de indicador y ninguna de línea"),
        ("Sector→Línea base→Avance 2025\nAgua→12→14", "tiene cifras de línea base o de avance y ninguna columna de"),
        ("Sector→Apropiación inicial→Pagos\nAgua→500→200", "es de presupuesto y no nombra programas, productos"),
        ("Programa→Apropiación inicial→Pagos\nAgua→0→0", "es de presupuesto y sus montos están en blanco o en cero"),
        ("Indicador→Línea base→Meta\nTotal→3→9\nSubtotal→1→2", "todas sus filas son totales, notas o títulos"),
        ("Indicador→Línea base→Meta\n→3→9\n→1→2", "ninguna de sus filas nombra un indicador con sus cifras"),
        ("1.200→3.400→18\n1.100→2.900→17", "no trae un encabezado con los nombres de sus columnas"),
    ],
)
def test_a_table_left_as_text_says_what_it_lacks(table: str, why: str) -> None:
    (said,) = reasons(table)
    assert said.startswith(why)


def test_the_reason_names_the_columns_so_that_the_table_can_be_found() -> None:
    (said,) = reasons("Resguardo→Resolución→Comuneros→Casas→Fincas\nLa Brea→120→30→4→5\nEl Tigre→80→21→4→5")
    assert said.endswith("(«Resguardo», «Resolución», «Comuneros», «Casas» …)")


def test_a_table_that_gave_rows_says_nothing() -> None:
    assert reasons("Indicador→Línea base→Meta\nAulas construidas→3→9") == []


def test_a_letters_table_of_who_wrote_and_reviewed_it_gives_rows_and_is_not_called_left() -> None:
    letter = "Proyectó: Oficina jurídica→Revisó: Despacho\nAprobó: Secretaría→Elaboró: Archivo"
    made = extract(text_document(f"Asunto: respuesta.\n\n{letter}"), Overrides(kind="letter"))
    assert made.tables == 1
    assert [row.kind for row in made.rows if row.metric != "Asunto"].count("fact") >= 2
    assert not [n for n in made.notices if n.code == "table-left"]


def money(row_id: str, **more: Any) -> IndicatorRow:
    fields = {"row_id": row_id, "document_id": "d", "kind": "budget", "place": Place(line=7), "quote": "una línea"}
    return IndicatorRow.model_validate(fields | more)


def amount(item: str, value: int, year: int | None = None) -> BudgetItem:
    return BudgetItem.model_validate({"item": item, "value": Decimal(value), "year": year})


def slide(percent: str) -> list[IndicatorRow]:
    """'ASIGNADO 150 / EJECUTADO 57,6 / PORCENTAJE' on one line of a slide, a row each."""
    spent, planned = amount("ejecutado", 57_600_000), amount("asignado", 150_000_000)
    figure, _ = read_target(percent)
    return [
        money("a", figure=Figure(text="150", value=planned.value, unit="COP"), budget=(planned,)),
        money("e", figure=Figure(text="57,6", value=spent.value, unit="COP"), budget=(spent,)),
        money("p", kind="progress", metric="Porcentaje", figure=figure),
    ]


@pytest.mark.parametrize(("percent", "doubted"), [("38,4%", False), ("38%", False), ("48,4%", True), ("83,4%", True)])
def test_a_percentage_beside_its_amounts_has_to_come_out(percent: str, doubted: bool) -> None:
    rows = doubt_budget_percentages(slide(percent))
    assert [[n.code for n in row.warnings] for row in rows] == [[], [], ["budget-percent-mismatch"] if doubted else []]
    if doubted:
        message = rows[2].warnings[0].message
        assert message.endswith("57.600.000 ÷ 150.000.000 × 100 = 38,4 %.")
        assert percent.rstrip("%") in message


def test_a_column_of_percentages_is_held_against_the_amounts_of_its_year() -> None:
    def table_row(percent: str) -> IndicatorRow:
        amounts = (amount("programado", 200, 2024), amount("obligaciones", 50, 2024), amount("obligaciones", 90, 2025))
        return money("r", budget=amounts, cells=(("Obligaciones como % de lo programado (2024)", percent),))

    assert doubt_budget_percentages([table_row("25%")])[0].warnings == ()
    assert doubt_budget_percentages([table_row("45%")])[0].warnings != ()


def test_nothing_is_doubted_where_there_is_nothing_to_divide_by() -> None:
    row = money("r", budget=(amount("obligaciones", 50), amount("programado", 0)), cells=(("% ejecución", "40%"),))
    assert doubt_budget_percentages([row])[0].warnings == ()
