"""Columns that a header alone does not tell: groups above, cells below and neighbours decide. Invented tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import IndicatorRow
from ingest.wording import header_role

Row = Sequence[object]


def rows_of(folder: Path, rows: Sequence[Row], merged: Sequence[str] = ()) -> tuple[IndicatorRow, ...]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["PLAN INDICATIVO 2024-2027"])
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    path = folder / "plan.xlsx"
    book.save(path)
    return extract(read_file(path)).rows


def test_a_weak_line_with_a_code_and_a_name_is_the_strategic_line(tmp_path: Path) -> None:
    (first, _) = rows_of(
        tmp_path,
        [
            ["Línea", None, "Indicador de producto", "Cód. indicador", "Línea base", "Meta cuatrienio"],
            ["Cód", "Nombre", None, None, None, None],
            ["L1", "Ribera amable", "Puentes reparados", "240201700", 3, 9],
            ["L1", "Ribera amable", "Muelles pintados", "240201800", 1, 4],
        ],
        ["A2:B2", "C2:C3", "D2:D3", "E2:E3", "F2:F3"],
    )
    assert first.strategic_line == "Ribera amable"
    assert first.codes == {"mga": "240201700"}


def test_the_number_of_a_target_is_its_code(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        [
            ["Programa", "Meta No.", "Indicador", "Línea base", "Meta cuatrienio"],
            ["Río limpio", "1.1", "Bocatomas vigiladas", 2, 14],
            ["Río limpio", "1.2", "Brigadas de ribera", 0, "6 brigadas"],
            ["Monte vivo", "1.10", "Viveros sembrados", 1, 5],
        ],
    )
    assert [row.codes for row in rows] == [{"code": "1.1"}, {"code": "1.2"}, {"code": "1.10"}]
    assert [row.target and row.target.value for row in rows] == [14, 6, 5]


def test_of_a_sentence_and_a_figure_with_what_it_counts_the_figure_is_the_target(tmp_path: Path) -> None:
    (row,) = rows_of(
        tmp_path,
        [
            ["Meta de producto", "Indicador", "LB 2023", "Esperado 2024-2027"],
            ["Instalar faroles en los muelles de la ribera", "Faroles instalados", 12, "310 faroles"],
        ],
    )
    assert row.target is not None
    assert row.target.text == "310 faroles"


def test_two_baselines_below_one_heading_are_baselines_and_the_plans_own_is_told(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        [
            ["Indicador de producto", "Punto de partida", None, None, "Meta del periodo"],
            [None, "Según plan", "Revisado", "Año", None],
            ["Puentes reparados", 3, 4, 2022, 9],
            ["Muelles pintados", 1, None, 2021, 4],
        ],
        ["A2:A3", "B2:D2", "E2:E3"],
    )
    assert [(row.baseline.value, row.baseline.period) for row in rows if row.baseline] == [(3, "2022"), (1, "2021")]


def test_a_sum_below_what_was_done_is_what_was_done_and_its_parts_are_not(tmp_path: Path) -> None:
    (row,) = rows_of(
        tmp_path,
        [
            ["Indicador", "Meta cuatrienio", "VIGENCIA 2024", None, None, None],
            [None, None, "Programación", "Ejecución", None, None],
            [None, None, None, "I sem.", "II sem.", "Total año"],
            ["Puentes reparados", 9, 4, 1, 2, 3],
        ],
        ["A2:A4", "B2:B4", "C2:F2", "C3:C4", "D3:F3"],
    )
    (year,) = row.yearly
    assert year.target is not None
    assert year.target.value == 4
    assert year.progress is not None
    assert year.progress.value == 3


def test_a_source_that_nobody_listed_is_one_where_known_sources_have_the_same_years(tmp_path: Path) -> None:
    (row,) = rows_of(
        tmp_path,
        [
            ["Indicador", "Meta", "FINANCIACIÓN (miles de pesos)", None, None, None, None, None],
            [None, None, "SGP", None, None, "Bolsa del farolero", None, None],
            [None, None, 2024, 2025, "Suma", 2024, 2025, "Suma"],
            ["Puentes reparados", 9, 10, 20, 30, 5, 6, 11],
        ],
        ["A2:A4", "B2:B4", "C2:H2", "C3:E3", "F3:H3"],
    )
    assert {(item.year, item.funding_source, item.value) for item in row.budget} >= {
        (2024, "SGP", 10_000),
        (2024, "Bolsa del farolero", 5_000),
        (2025, "Bolsa del farolero", 6_000),
    }
    assert all(item.funding_source for item in row.budget)


def test_money_of_a_row_with_one_source_is_all_there_is_and_from_that_source(tmp_path: Path) -> None:
    header = ["Indicador", "Meta cuatrienio", "Fuente de financiación", "Compromisos 2025"]
    whole, _ = rows_of(tmp_path, [header, ["Puentes", 9, "Regalías", 500], ["Muelles", 4, "SGP", 70]])
    assert [(item.funding_source, item.value) for item in whole.budget] == [(None, 500), ("Regalías", 500)]
    part, _ = rows_of(tmp_path, [header, ["Puentes", 9, "Regalías", 500], ["Puentes", 9, "SGP", 70]])
    assert [(item.funding_source, item.value) for item in part.budget] == [("Regalías", 500)]


@pytest.mark.parametrize("label", ["SUBTOTAL L1", "Sub-total eje 3", "Gran total de la ribera"])
def test_a_partial_sum_over_merged_cells_is_no_indicator(tmp_path: Path, label: str) -> None:
    rows = rows_of(
        tmp_path,
        [
            ["Programa", "Indicador", "Línea base", "Meta cuatrienio", "Inversión 2024"],
            ["Río limpio", "Bocatomas vigiladas", 2, 14, 100],
            [label, None, None, None, 100],
        ],
        ["A4:D4"],
    )
    assert [row.indicator for row in rows] == ["Bocatomas vigiladas"]


@pytest.mark.parametrize("name", ["ACTIVIDAD", "Actvidades a desarrollar", "Qué se hará"])
def test_activities_of_one_indicator_give_no_rows_and_their_words_stay(tmp_path: Path, name: str) -> None:
    rows = rows_of(
        tmp_path,
        [
            ["Indicador de producto", "Línea base", "Meta cuatrienio", name, "Observaciones"],
            ["Bocatomas vigiladas", 2, 14, "Contratar guardas", "Sin novedad"],
            [None, None, None, "Comprar lanchas", None],
            ["Viveros sembrados", 1, 5, "Recoger semilla", None],
        ],
        ["A3:A4", "B3:B4", "C3:C4"],
    )
    assert [row.indicator for row in rows] == ["Bocatomas vigiladas", "Viveros sembrados"]
    assert dict(rows[0].cells)[name] == "Contratar guardas\nComprar lanchas"


def test_a_line_with_money_of_its_own_below_a_merged_indicator_stays_a_row(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        [
            ["Indicador de producto", "Línea base", "Meta cuatrienio", "Código BPIN", "Inversión 2025"],
            ["Bocatomas vigiladas", 2, 14, "2024000000017", 100],
            [None, None, None, "2024000000018", 250],
        ],
        ["A3:A4", "B3:B4", "C3:C4"],
    )
    assert [row.codes["bpin"] for row in rows] == ["2024000000017", "2024000000018"]


def test_a_column_of_codes_under_letters_of_its_own_is_the_code(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        [
            ["Cód. QX", "Indicador de resultado", "Línea base", "Meta de resultado"],
            ["QX01", "Cobertura de barcas", 40, 55],
            ["QX02", "Tasa de naufragios", 3, 1],
        ],
    )
    assert [row.codes for row in rows] == [{"code": "QX01"}, {"code": "QX02"}]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Fuente de financiación del proyecto asociado", "funding_source"),
        ("Total recursos obligados", "obligaciones"),
        ("% de recursos comprometidos de la vigencia", "percent_budget"),
        ("% respecto a la meta del cuatrienio", "percent"),
        ("Denominación de la línea estratégica asociada", "strategic_line"),
        ("Responsable del avance de la meta", "dependency"),
    ],
)
def test_a_phrase_among_words_that_add_nothing_keeps_its_meaning(header: str, role: str) -> None:
    found = header_role(header)
    assert found is not None
    assert found.role == role


@pytest.mark.parametrize(
    "header",
    [
        "Secretaría General y de Gobierno",
        "Programa que nadie conoce",
        "Meta de la alcaldesa anterior",
        "Fuente de agua",
    ],
)
def test_a_phrase_among_other_words_has_no_meaning(header: str) -> None:
    assert header_role(header) is None
