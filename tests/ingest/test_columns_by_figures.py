"""Columns told by figures and numbers, whatever they are called: sums, shares, targets, codes, levels. Invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from ingest.extract import extract
from ingest.readers import read_file
from ingest.records import IndicatorRow

Row = Sequence[object]
Sheet = tuple[Sequence[Row], Sequence[str]]


def rows_of(folder: Path, *sheets: Sheet, title: str = "PLAN INDICATIVO 2024-2027") -> tuple[IndicatorRow, ...]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, (rows, merged) in enumerate(sheets):
        sheet = book.create_sheet(f"Hoja {number + 1}")
        sheet.append([title])
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
    path = folder / "plan.xlsx"
    book.save(path)
    return extract(read_file(path)).rows


MONEY: Sheet = (
    [
        ["Indicador", "Meta cuatrienio", "EJERCICIO 2024", None, None, None, "EJERCICIO 2025", None, None, None,
         "Cifra Z"],
        [None, None, "ICLD", "SGP\nSalud", "Fondo del\nfaro", "Cifra A", "ICLD", "SGP\nSalud", "Fondo del\nfaro",
         "Cifra A", None],
        ["Puentes reparados", 9, 10_000, 5_000, 2_000, 17_000, 1_000, None, 7_000, 8_000, 25_000],
        ["Muelles pintados", 4, None, 3_000, 4_000, 7_000, 2_000, 6_000, "-", 8_000, 15_000],
        ["Faroles instalados", 6, 8_000, 1_000, None, 9_000, 5_000, 5_000, 1_000, 11_000, 20_000],
        ["Bancas puestas", 7, 3_000, 3_000, 3_000, 9_000, None, 2_000, 1_000, 3_000, 12_000],
    ],
    ["A2:A3", "B2:B3", "C2:F2", "G2:J2", "K2:K3"],
)  # fmt: skip


def test_what_the_sources_of_a_year_add_up_to_is_their_sum_and_the_years_that_of_the_term(tmp_path: Path) -> None:
    first = rows_of(tmp_path, MONEY)[0]
    sums = [(item.year, item.value) for item in first.budget if item.funding_source is None]
    assert sums == [(2024, 17_000), (2025, 8_000), (None, 25_000)]


def test_an_unknown_column_among_the_sources_of_a_year_is_a_source_by_its_name(tmp_path: Path) -> None:
    first = rows_of(tmp_path, MONEY)[0]
    assert {(i.year, i.value) for i in first.budget if i.funding_source == "Fondo del faro"} == {
        (2024, 2_000),
        (2025, 7_000),
    }


def test_a_column_that_is_no_sum_is_not_called_one(tmp_path: Path) -> None:
    rows, merged = MONEY
    spoilt = [[*row[:5], 123, *row[6:9], 45, 678] if at > 1 else row for at, row in enumerate(rows)]
    first = rows_of(tmp_path, (spoilt, merged))[0]
    assert not [item for item in first.budget if item.funding_source is None]
    assert not [item for item in first.budget if item.value == 678]


def test_a_word_broken_by_hand_in_a_header_is_whole(tmp_path: Path) -> None:
    (row, _) = rows_of(
        tmp_path,
        (
            [
                ["Indica-\ndor", "Línea\nbase", "Meta cua-\ntrienio", "EMPRÉS-\nTITOS 2024"],
                ["Puentes reparados", 3, 9, 5_000],
                ["Muelles pintados", 2, 4, 6_000],
            ],
            [],
        ),
    )
    assert row.indicator == "Puentes reparados"
    assert row.target is not None
    assert row.target.value == 9
    assert [item.funding_source for item in row.budget] == ["EMPRÉSTITOS"]


def test_codes_that_repeat_a_beginning_and_count_up_are_the_own_ones(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Seña", "Indicador", "Línea base", "Meta cuatrienio"],
                ["K2-001", "Puentes reparados", 3, 9],
                ["K2-002", "Muelles pintados", 2, 4],
                ["K2-003", "Faroles instalados", 0, 6],
            ],
            [],
        ),
    )
    assert [row.codes for row in rows] == [{"code": "K2-001"}, {"code": "K2-002"}, {"code": "K2-003"}]


def test_how_years_add_up_is_told_by_what_the_cells_say(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Clase de conteo", "Línea base", "Meta cuatrienio"],
                ["Puentes reparados", "Se suma", 3, 9],
                ["Muelles en servicio", "No se suma", 2, 4],
                ["Faroles instalados", "Meta de incremento", 0, 6],
            ],
            [],
        ),
    )
    assert [row.accumulation for row in rows] == ["Se suma", "No se suma", "Meta de incremento"]


def test_what_the_yearly_targets_come_to_is_the_target_of_the_term(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Línea base", "Cifra pactada", "Meta 2024", "Meta 2025", "Meta 2026", "Meta 2027"],
                ["Puentes reparados", 3, 10, 1, 2, 3, 4],
                ["Cobertura de faroles", 70, 95, 80, 85, 90, 95],
                ["Muelles pintados", 2, 9, 3, 3, 1, 2],
                ["Bancas puestas", 2, 6, 3, 1, 1, 1],
            ],
            [],
        ),
    )
    assert [row.target and row.target.value for row in rows] == [10, 95, 9, 6]


def test_what_was_expected_and_reached_is_told_by_the_percentage_beside_them(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Meta cuatrienio", "Cifra A", "Cifra B", "% de cumplimiento 2025"],
                ["Puentes reparados", 9, 4, 3, "75 %"],
                ["Muelles pintados", 20, 10, 4, "40 %"],
                ["Faroles instalados", 8, 5, 4, "80 %"],
                ["Bancas puestas", 8, 2, 2, "100 %"],
            ],
            [],
        ),
        title="INFORME DE SEGUIMIENTO 2025",
    )
    told = [(y.year, y.target and y.target.value, y.progress and y.progress.value) for r in rows for y in r.yearly]
    assert told == [(2025, 4, 3), (2025, 10, 4), (2025, 5, 4), (2025, 2, 2)]


def _counted_sheet(band: str) -> Sheet:
    return (
        [
            [band],
            [],
            ["Programa", "Indicador", "Línea base", "Meta cuatrienio"],
            ["Río limpio", "Bocatomas vigiladas", 2, 14],
            ["Río limpio", "Brigadas de ribera", 1, 6],
        ],
        ["A2:D2"],
    )


def test_texts_across_sheets_that_count_are_the_lines_of_the_plan_by_any_noun(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, _counted_sheet("TRAVESÍA 1. RIBERA QUE CUIDA"), _counted_sheet("TRAVESÍA 2. MONTE VIVO"))
    assert [row.strategic_line for row in rows] == [
        *["TRAVESÍA 1. RIBERA QUE CUIDA"] * 2,
        *["TRAVESÍA 2. MONTE VIVO"] * 2,
    ]


def test_numbered_annexes_across_sheets_are_no_lines(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, _counted_sheet("ANEXO 1. RIBERA QUE CUIDA"), _counted_sheet("ANEXO 2. MONTE VIVO"))
    assert {row.strategic_line for row in rows} == {None}


def test_bands_inside_a_table_that_count_are_lines_by_any_noun(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Programa", "Indicador", "Línea base", "Meta cuatrienio"],
                ["DESAFÍO 1. RIBERA QUE CUIDA", None, None, None],
                ["Río limpio", "Bocatomas vigiladas", 2, 14],
                ["DESAFÍO 2. MONTE VIVO", None, None, None],
                ["Semilla", "Viveros sembrados", 1, 6],
            ],
            ["A3:D3", "A5:D5"],
        ),
    )
    assert [row.strategic_line for row in rows] == ["DESAFÍO 1. RIBERA QUE CUIDA", "DESAFÍO 2. MONTE VIVO"]


def test_a_column_whose_cells_count_is_the_line_by_any_noun(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Travesía", "Indicador", "Línea base", "Meta cuatrienio"],
                ["TRAVESÍA 1. RIBERA QUE CUIDA", "Bocatomas vigiladas", 2, 14],
                [None, "Brigadas de ribera", 1, 6],
                ["TRAVESÍA 2. MONTE VIVO", "Viveros sembrados", 1, 6],
            ],
            ["A3:A4"],
        ),
    )
    assert [row.strategic_line for row in rows] == [
        *["TRAVESÍA 1. RIBERA QUE CUIDA"] * 2,
        "TRAVESÍA 2. MONTE VIVO",
    ]


def test_years_below_what_was_measured_are_what_was_reached(tmp_path: Path) -> None:
    (row, *_) = rows_of(
        tmp_path,
        (
            [
                ["Indicador de resultado", "Línea base", "Valor comprometido 2027", "VALORES OBSERVADOS", None],
                [None, None, None, 2024, 2025],
                ["Cobertura de faroles", 70, 95, 72, 76],
                ["Muelles en servicio", 12, 30, 14, 15],
                ["Tasa de sed", 9, 4, 8, 7],
            ],
            ["A2:A3", "B2:B3", "C2:C3", "D2:E2"],
        ),
    )
    assert row.target is not None
    assert row.target.value == 95
    assert [(y.year, y.target, y.progress and y.progress.value) for y in row.yearly] == [
        (2024, None, 72),
        (2025, None, 76),
    ]


def test_the_headings_over_a_header_that_is_printed_again_are_no_row(tmp_path: Path) -> None:
    header: list[Row] = [
        ["QUÉ SE HACE", None, "CUÁNTO", None],
        ["Producto", "Indicador", "Línea base", "Meta cuatrienio"],
    ]
    rows = rows_of(
        tmp_path,
        (
            [
                *header,
                ["Puente", "Puentes reparados", 3, 9],
                ["Muelle", "Muelles pintados", 2, 4],
                [],
                *header,
                ["Farol", "Faroles instalados", 0, 6],
            ],
            ["A2:B2", "C2:D2", "A7:B7", "C7:D7"],
        ),
    )
    assert [row.indicator for row in rows] == ["Puentes reparados", "Muelles pintados", "Faroles instalados"]


def test_a_target_that_is_called_so_stays_and_another_sum_of_the_years_is_none(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Línea base", "Meta cuatrienio", "Meta 2024", "Meta 2025", "Cifra Z"],
                ["Puentes reparados", 3, 12, 1, 2, 3],
                ["Muelles pintados", 2, 20, 3, 4, 7],
                ["Faroles instalados", 2, 30, 5, 4, 9],
            ],
            [],
        ),
    )
    assert [row.target and row.target.value for row in rows] == [12, 20, 30]


def test_a_column_of_people_beside_sources_without_a_year_is_no_source(tmp_path: Path) -> None:
    (first, *_) = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Meta cuatrienio", "SGP", "Recursos propios", "Gente del muelle"],
                ["Puentes reparados", 3, 12, 40, 300],
                ["Muelles pintados", 2, 20, 30, 740],
                ["Faroles instalados", 2, 30, 55, 410],
            ],
            [],
        ),
    )
    assert {item.funding_source for item in first.budget} == {"SGP", "Recursos propios"}


def test_two_rows_of_bare_years_are_told_apart_by_the_percentages(tmp_path: Path) -> None:
    (first, *_) = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Línea base", "TRAZADO", None, None, "HECHO", "% DE LOGRO"],
                [None, None, "Vig. 2024", "Vig. 2025", "Vig. 2026", "Vig. 2024", "Vig. 2024"],
                ["Puentes reparados", 3, 4, 2, 3, 3, "75 %"],
                ["Muelles pintados", 2, 10, 4, 7, 4, "40 %"],
                ["Faroles instalados", 2, 5, 4, 9, 1, "20 %"],
            ],
            ["A2:A3", "B2:B3", "C2:E2"],
        ),
    )
    assert [(y.year, y.target and y.target.value, y.progress and y.progress.value) for y in first.yearly] == [
        (2024, 4, 3),
        (2025, 2, None),
        (2026, 3, None),
    ]


def test_what_a_percentage_tells_of_one_year_holds_for_the_same_name_in_another(tmp_path: Path) -> None:
    (first, *_) = rows_of(
        tmp_path,
        (
            [
                ["Indicador", "Línea base", "VIGENCIA 2024", None, None, "VIGENCIA 2025", None, None],
                [None, None, "Trazo", "Huella", "% de logro", "Trazo", "Huella", "% de logro"],
                ["Puentes reparados", 3, 4, 3, "75 %", 6, None, None],
                ["Muelles pintados", 2, 10, 4, "40 %", 7, None, None],
                ["Faroles instalados", 2, 5, 1, "20 %", 8, None, None],
            ],
            ["A2:A3", "B2:B3", "C2:E2", "F2:H2"],
        ),
    )
    assert [(y.year, y.target and y.target.value, y.progress and y.progress.value) for y in first.yearly] == [
        (2024, 4, 3),
        (2025, 6, None),
    ]
