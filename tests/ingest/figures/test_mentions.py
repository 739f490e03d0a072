"""Figures in running text: where they stand, their value and what they count."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.figures import (
    dates_in,
    find_figures,
    parse_number,
    read_baseline,
    read_target,
)


def values(text: str) -> list[Decimal]:
    return [mention.value for mention in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("Se recuperaron 2.011 motocicletas.", "2.011", "2011", "motocicletas"),
        ("implementada en las cinco fases. ", "cinco", "5", "fases"),
        ("En las dos licitaciones", "dos", "2", "licitaciones"),
        ("Mantener ochocientos setenta y nueve (879) cámaras", "ochocientos setenta y nueve (879)", "879", "cámaras"),
        ("Se instalaron 15 (quince) cámaras", "15 (quince)", "15", "cámaras"),
        ("cobertura del cien por ciento (100%)", "cien por ciento (100%)", "100", "%"),
        ("llegó al 16,44 por ciento", "16,44 por ciento", "16.44", "%"),
        ("pasó a 74,9 % en el año", "74,9 %", "74.9", "%"),
        ("INVERSIÓN $400.000.000", "$400.000.000", "400000000", "COP"),
        ("por \\$102.000 millones", "\\$102.000 millones", "102000000000", "COP"),
        ("asignado $57,600,000,00 ", "$57,600,000,00", "57600000", "COP"),
        ("ejecutado $157. 500.000", "$157. 500.000", "157500000", "COP"),
        ("cerca de 2,5 millones de dólares", "2,5 millones", "2500000", "USD"),
        ("asignado $ 1.200 M", "$ 1.200 M", "1200000000", "COP"),
        ("5 mil millones de pesos", "5 mil millones", "5000000000", "COP"),
        (
            "quinientos millones de pesos ($500.000.000)",
            "quinientos millones de pesos ($500.000.000)",
            "500000000",
            "COP",
        ),
        ("12 mil 426 usuarios", "12 mil 426", "12426", "usuarios"),
        ("2 millones de habitantes", "2 millones", "2000000", "habitantes"),
        ("35,1 homicidios por cada 100 mil habitantes", "35,1", "35.1", "homicidios por cada 100 mil habitantes"),
        ("una tasa de 12,5 por 1.000 nacidos vivos", "12,5", "12.5", "por 1.000 nacidos vivos"),
        ("3,548 +\nusuarios atendidos.", "3,548", "3548", "usuarios atendidos"),
        ("Capacitar 2000 mujeres", "2000", "2000", "mujeres"),
        ("10.000 m2 de suelo", "10.000", "10000", "m2 de suelo"),
        ("10km de vía", "10", "10", "km"),
        ("una variación de -12,3%", "-12,3%", "-12.3", "%"),
        ("el incremento se mantuvo en cero", "cero", "0", None),
        ("Incrementar a ocho (8) el número de máquinas extintoras", "ocho (8)", "8", "máquinas extintoras"),
    ],
)
def test_a_figure_is_found_with_its_value_and_unit(text: str, printed: str, value: str, unit: str | None) -> None:
    (mention,) = find_figures(text)
    assert (mention.text, mention.value, mention.unit) == (printed, Decimal(value), unit)
    assert text[mention.start : mention.end] == printed


def test_words_and_digits_that_disagree_are_both_kept() -> None:
    (mention,) = find_figures("Recuperar ochenta (8) parques")
    assert (mention.value, mention.words_value, mention.disagrees) == (Decimal(8), Decimal(80), True)


@pytest.mark.parametrize(
    "text", ["más de 73.370 habitantes", "aproximadamente $77.749 millones", "10 aprox.", "cerca de 200 familias"]
)
def test_a_figure_that_is_not_exact_says_so(text: str) -> None:
    assert [mention.approximate for mention in find_figures(text)] == [True]


@pytest.mark.parametrize(
    ("text", "percent", "year"),
    [
        ("Producto 202250%", "50", "2022"),
        ("Producto 2022100% ", "100", "2022"),
        ("Producto 202268,8%", "68.8", "2022"),
    ],
)
def test_a_year_glued_to_a_percentage_is_parted_from_it(text: str, percent: str, year: str) -> None:
    assert values(text) == [Decimal(percent)]
    assert [date.iso for date in dates_in(text)] == [year]


def test_letters_glued_to_a_percentage_do_not_hide_it() -> None:
    assert values("Producto cuatrienio75%") == [75]


def test_one_unit_holds_for_coordinated_figures() -> None:
    assert [m.unit for m in find_figures("se presentaron 7 y 3 proponentes")] == ["proponentes", "proponentes"]
    assert [(m.value, m.unit) for m in find_figures("entre 10-15% del total")] == [
        (Decimal(10), "%"),
        (Decimal(15), "%"),
    ]


def test_a_sentence_with_many_figures_gives_each_of_them() -> None:
    text = "En 2022 hubo 1.234 capturas; 35 armas, 20 de ellas nuevas, y 5.107 cuchillos (45,2% más); Ley 100 de 1993."
    assert values(text) == [1234, 35, 20, 5107, Decimal("45.2")]


@settings(max_examples=200)
@given(
    st.text(alphabet=st.sampled_from("0123456789.,%$()' -/:\n\tyaedosmilunLey º°\u00a0é²٣"), max_size=80)
    | st.text(max_size=60)
)
def test_no_text_breaks_the_search_and_spans_are_verbatim(text: str) -> None:
    position = 0
    for mention in find_figures(text):
        assert position <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        position = mention.end
    for date in dates_in(text):
        assert text[date.start : date.end] == date.text
    read_baseline(text)
    read_target(text)
    parse_number(text)


@pytest.mark.parametrize("piece", ["1", ",", "1,", "1.111", "12,3.4", "$ ", "a"])
def test_a_megabyte_of_digits_and_marks_takes_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    find_figures("las tablas de palabras se leen 1 vez")
    begun = time.process_time()
    find_figures(text)
    parse_number(text)
    assert time.process_time() - begun < 2
