"""Numbers as Colombian documents print them: what they are, what they count, and what is no figure."""

from __future__ import annotations

import csv
import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.figures import (
    compare_target,
    dates_in,
    find_figures,
    format_es,
    parse_number,
    parse_words,
    period_in,
    read_baseline,
    read_target,
    split_source,
)
from ingest.records import Figure

SHARED = Path(__file__).resolve().parents[2] / "../shared"


def values(text: str) -> list[Decimal]:
    return [mention.value for mention in find_figures(text)]


# One printed number --------------------


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("35,1", "35.1"),
        ("75.3", "75.3"),
        ("2.672", "2672"),
        ("12,426", "12426"),
        ("73.370", "73370"),
        ("3.125", "3125"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("3.1416", "3.1416"),
        ("1234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("57,600,000,00", "57600000"),
        ("57,600,000.00", "57600000"),
        ("384.615.384,00", "384615384"),
        ("157. 500.000", "157500000"),
        ("1 500 000", "1500000"),
        ("1'500.000", "1500000"),
        ("1’234.567,89", "1234567.89"),
        ("$’897.206.000.oo", "897206000"),
        (".0", "0"),
        ("-5,2", "-5.2"),
        ("$ 400.000.000", "400000000"),
        ("74,9 %", "74.9"),
        ("2.000.", "2000"),
        ("2000", "2000"),
    ],
)
def test_printed_numbers_are_read_in_both_ways_of_writing(printed: str, value: str) -> None:
    assert parse_number(printed) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "-", "N.D.", "1,2,3", "12.34.56", "1.2.3.4", "7 y 3", "12 34", "1234.567.890", "a1", "1" * 500]
)
def test_what_is_no_printed_number_is_none_and_never_zero(text: str) -> None:
    assert parse_number(text) is None


def test_a_lone_mark_before_three_digits_is_decimal_when_told() -> None:
    assert parse_number("3.125", lone_mark="decimal") == Decimal("3.125")
    assert parse_number("1.234.567", lone_mark="decimal") == 1234567


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_two_decimals_survive_both_ways_of_writing(value: Decimal) -> None:
    for locale in ("es_CO", "en_US"):
        assert parse_number(format_decimal(value, format="#,##0.00", locale=locale)) == value


@given(st.integers(min_value=0, max_value=10**15))
def test_whole_numbers_survive_both_ways_of_writing(value: int) -> None:
    for locale in ("es_CO", "en_US"):
        assert parse_number(format_decimal(value, format="#,##0", locale=locale)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=10**6, max_value=10**12))
def test_any_decimals_are_unambiguous_after_two_groups(value: Decimal) -> None:
    assert parse_number(format_es(value)) == value


def test_formatting_is_colombian_and_drops_no_decimals() -> None:
    assert format_es(Decimal("1234567.891234")) == "1.234.567,891234"
    assert format_es(Decimal("2672")) == "2.672"
    assert format_es(Decimal("35.10")) == "35,1"
    assert format_es(Decimal("28")) == "28"


# Number words --------------------

ONES = (
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
)
TENS = [*([""] * 3), "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
HUNDREDS = [
    "",
    "ciento",
    "doscient",
    "trescient",
    "cuatrocient",
    "quinient",
    "seiscient",
    "setecient",
    "ochocient",
    "novecient",
]


def spell(n: int, *, feminine: bool = False, apocope: bool = False) -> str:
    """n below a million in words, as a document prints it before a noun when ``apocope``."""
    if n >= 1000:
        thousands = "mil" if n < 2000 else f"{spell(n // 1000, apocope=True, feminine=feminine)} mil"
        return thousands if n % 1000 == 0 else f"{thousands} {spell(n % 1000, feminine=feminine, apocope=apocope)}"
    if n == 100:
        return "cien"
    if n > 100:
        hundreds = HUNDREDS[n // 100]
        hundreds += "" if n < 200 else ("as" if feminine else "os")
        return hundreds if n % 100 == 0 else f"{hundreds} {spell(n % 100, feminine=feminine, apocope=apocope)}"
    below_ten = f" y {ONES[n % 10]}" if n % 10 else ""
    word = ONES[n] if n < 30 else TENS[n // 10] + below_ten
    if word.endswith("uno") and feminine:
        return word[:-1] + "a"
    if word.endswith("uno") and apocope:
        return word[:-4] + "iún" if n == 21 else word[:-1]
    return word


@settings(max_examples=400)
@given(st.integers(min_value=2, max_value=999_999), st.sampled_from(["plain", "feminine", "apocope"]))
def test_number_words_are_read_alone_and_in_a_sentence(n: int, form: str) -> None:
    printed = spell(n, feminine=form == "feminine", apocope=form == "apocope")
    assert parse_words(printed) == n
    (mention,) = find_figures(f"Se entregarán {printed} equipos nuevos.")
    assert (mention.text, mention.value, mention.words) == (printed, Decimal(n), True)
    assert mention.unit == "equipos nuevos"


@pytest.mark.parametrize("text", ["dos tres", "treinta y", "y dos", "", "casa", "dos casas"])
def test_words_that_make_no_number_are_none(text: str) -> None:
    assert parse_words(text) is None


def test_old_spellings_and_missing_accents_are_read() -> None:
    assert parse_words("veinte y dos") == 22
    assert parse_words("DIEZ Y SEIS") == 16
    assert parse_words("veintitres") == 23
    assert parse_words("dos billones quinientos mil millones") == 2_500_000_000_000


# Figures in running text --------------------


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


@pytest.mark.parametrize(
    "text",
    [
        # years and dates
        "2024",
        "el plan 2020-2023",
        "vigencia 2025",
        "a 31 de marzo de 2022",
        "radicado el 2025-12-29",
        "1 oct al \n31 dic\n\n2021",
        "en 2000 se creó el municipio",
        "2022 además",
        "7 de agosto",
        "del 5 al 9 de mayo",
        "31/12/2023",
        "primer trimestre de 2022",
        "(2024)",
        # times
        "a las 14:02:31",
        "desde las 8:30 a.m. y hasta las 3 p.m.",
        # norms
        "Decreto 1225/2021",
        "Ley 1801 de 2016",
        "el Art. 155 de la ley",
        "los artículos 5, 6 y 7",
        "cumplimiento del auto AI 068",
        "Resolución 66/290",
        "CONPES 4040",
        "Decreto 1621 de 24 de diciembre de 2020",
        "Sentencia T-025 de 2004",
        "Resolución No. 1234 del 5 de marzo de 2020",
        "norma ISO 9001:2015",
        # identifiers
        "202530636103",
        "radicado No. 20251234",
        "NIT 900.123.456-7",
        "teléfono (604) 385 5555",
        "celular 300 123 4567",
        "línea 018000 411 144",
        "contrato No. CD-045-2024",
        "https://ejemplo.gov.co/2021/45_b",
        "correo uno23@ejemplo.gov.co",
        "código BPIN 2021130010123",
        # names with numbers
        "módulo 1",
        "piso\n3",
        "POL 10: ATENCIÓN",
        "Capítulo 6",
        "protocolo IPv6",
        "la 4ta revolución",
        "Barrio 7 de Agosto",
        "comuna 13",
        "PLAN DE SEGURIDAD CONDOR 30",
        "Plan Cóndor 30, y otros",
        "fase 2",
        "Línea 1",
        "entre grados 9 y 11",
        "comunas 1, 2 y 3",
        "COVID-19",
        "calle 44 # 52-165",
        # numbering
        "1. El documento posee una estructura",
        "16. Paz, justicia e instituciones sólidas",
        "2.1 Objetivo general",
        "02",
        # ordinals, rates, ages, windows of time
        "1er puesto",
        "segundo semestre",
        "cada 100 mil habitantes",
        "menores de 18 años",
        "niños de 0 a 5 años",
        "los últimos cinco años",
        "cada dos años",
        # un, una, uno
        "un convenio con una entidad",
        "uno de los barrios",
        "cero tolerancia",
    ],
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert find_figures(text) == ()


def test_counts_by_channel_are_no_telephones() -> None:
    assert values("Teléfono: 3.789") == [3789]


def test_a_number_after_a_list_number_is_a_figure() -> None:
    assert values("1. Construir 20 parques\n2. Dotar 5 sedes") == [20, 5]


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


# Dates --------------------


@pytest.mark.parametrize(
    ("text", "printed", "iso"),
    [
        ("casos, diciembre de 2023", "diciembre de 2023", "2023-12"),
        ("instaladas a corte 2023", "2023", "2023"),
        ("Avance a 31 de \nmarzo de 2022", "31 de marzo de 2022", "2022-03-31"),
        (
            "del 1 de octubre al 31 de diciembre del  \n2021.",
            "1 de octubre al 31 de diciembre del 2021",
            "2021-10-01/2021-12-31",
        ),
        ("1 Ene al \n31 Mar \n\n2022", "1 Ene al 31 Mar 2022", "2022-01-01/2022-03-31"),
        ("en el primer trimestre de 2022", "primer trimestre de 2022", "2022-01/2022-03"),
        ("II semestre de 2023", "II semestre de 2023", "2023-07/2023-12"),
        ("en el cuatrienio 2020-2023", "2020-2023", "2020/2023"),
        ("en lo corrido de 2025 y hasta noviembre, se", "en lo corrido de 2025 y hasta noviembre", "2025-01/2025-11"),
        ("enero-marzo 2022", "enero-marzo 2022", "2022-01/2022-03"),
        ("radicado 2025-12-29", "2025-12-29", "2025-12-29"),
        ("corte 31/12/2023", "31/12/2023", "2023-12-31"),
        ("80 (2011)", "2011", "2011"),
    ],
)
def test_periods_are_given_as_printed_and_in_iso(text: str, printed: str, iso: str) -> None:
    assert period_in(text) == printed
    assert dates_in(text)[0].iso == iso


def test_years_of_norms_and_of_approvals_are_no_period() -> None:
    assert period_in("según la Ley 1801 de 2016") is None
    assert period_in("Un plan aprobado por el comité en el año 2018") is None
    assert period_in("sin fecha") is None


def test_the_cut_off_date_wins_over_the_first_date() -> None:
    assert period_in("plan de 2020, con 30 sedes a corte de junio de 2023") == "junio de 2023"


# Cells of a plan --------------------


@pytest.mark.parametrize(
    ("cell", "text", "source"),
    [
        ("35 casos Fuente: Policía, diciembre de 2023", "35 casos", "Policía, diciembre de 2023"),
        ("35 casos FUENTE : Policía", "35 casos", "Policía"),
        ("35 casos. Fuente. Policía", "35 casos.", "Policía"),
        ("35 casos (Fuente: DANE (censo), 2018)", "35 casos", "DANE (censo), 2018"),
        ("(Fuente: DANE, 2018) 35 casos", "35 casos", "DANE, 2018"),
        ("35 casos **Fuente:** Policía", "35 casos", "Policía"),
        ("35 fuentes de agua protegidas", "35 fuentes de agua protegidas", None),
        ("Fuente: Policía", "", "Policía"),
    ],
)
def test_the_source_is_parted_from_the_text(cell: str, text: str, source: str | None) -> None:
    assert split_source(cell) == (text, source)


@pytest.mark.parametrize(
    ("cell", "value", "unit", "period"),
    [
        (
            "35,1 homicidios por cada 100 mil habitantes Fuente: P, diciembre de 2023",
            "35.1",
            "homicidios por cada 100 mil habitantes",
            "diciembre de 2023",
        ),
        ("0 Fuente: SI, 2023", "0", None, "2023"),
        ("Un Plan de Acción vigente Fuente: SI, 2023", "1", "Plan de Acción", "2023"),
        (
            "Una instancia creada mediante Decreto 0605 del 08 de junio del 2021 Fuente: SI, 2023",
            "1",
            "instancia creada",
            "2023",
        ),
        ("Un Plan aprobado en el año 2018 Fuente: SI, 2023", "1", "Plan", "2023"),
        ("Un total de 45 casos", "45", "casos", None),
        ("Un 35% de la población", "35", "%", None),
        ("55.843 (de un total de 88.871 víctimas)", "55843", None, None),
        ("Tiempo de respuesta promedio de 20 minutos", "20", "minutos", None),
        ("65 vehículos a corte de diciembre de 2023 Fuente: D, 2024", "65", "vehículos", "diciembre de 2023"),
        ("16,44% de la población", "16.44", "%", None),
        ("10 aprox.", "10", None, None),
        ("1 (2011)", "1", None, "2011"),
        ("$’897.206.000.oo", "897206000", "COP", None),
        (".0", "0", None, None),
        ("50 estudiantes entre grados 9 y 11", "50", "estudiantes", None),
    ],
)
def test_a_baseline_gives_its_first_real_figure(cell: str, value: str, unit: str | None, period: str | None) -> None:
    figure, notices = read_baseline(cell)
    assert (figure.value, figure.unit, figure.period) == (Decimal(value), unit, period)
    assert notices == []


@pytest.mark.parametrize(
    "cell", ["N.D.", "ND", "n.d", "SD", "SL", "S.L.", "S.L", "NaN", "No disponible", "-", "", "  ", "No aplica", "N/A"]
)
def test_a_baseline_that_says_there_is_none_has_no_value_and_no_notice(cell: str) -> None:
    figure, notices = read_baseline(cell)
    assert figure.value is None
    assert notices == []


@pytest.mark.parametrize(
    "cell",
    [
        "Último convenio con el INPEC suscrito en 2023",
        "El municipio no cuenta con un Centro como determina el Art. 155 de la Ley 1801 de 2016",
        "Estudiantes de cero (0) a once (11).",
        "en los dos últimos años",
        "Una vez",
    ],
)
def test_a_baseline_without_quantity_has_no_value_and_says_so(cell: str) -> None:
    figure, notices = read_baseline(cell)
    assert figure.value is None
    assert [notice.code for notice in notices] == ["baseline-without-figure"]


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("Mantener ochocientos setenta y nueve (879) cámaras", "879", "cámaras"),
        ("Reducir tasa de homicidio a 28 por cada 100 mil habitantes", "28", "por cada 100 mil habitantes"),
        ("Reducir el número de casos de lesiones personales a 2.000", "2000", "casos de lesiones personales"),
        ("Incrementar en 3,58% la proporción", "3.58", "%"),
        ("Suscribir anualmente (1) convenio", "1", "convenio"),
        ("Dotar a cinco (5) organismos en el marco del PISCC 2024-2027", "5", "organismos"),
        ("Capacitar durante el cuatrienio 200 mujeres", "200", "mujeres"),
        ("200", "200", None),
        ("80%", "80", "%"),
        ("2.000", "2000", None),
        ("Construir un (1) centro para 100 niños", "1", "centro"),
        ("Disminuir en un 50% la desnutrición de niños de 0 a 5 años", "50", "%"),
        ("Mantener en cero (0) la tasa por 10 mil nacidos vivos", "0", "por 10 mil nacidos vivos"),
        ("Reducir de 40 a 30 días el tiempo de respuesta", "30", "días"),
        ("Pasar de 12 en 2023 a 24 en 2027", "24", None),
        ("Pasar de 3 estaciones a 5 estaciones", "5", "estaciones"),
        ("Aumentar del 45% al 60% la cobertura", "60", "%"),
        ("Lograr 7 modalidades en las 15 instituciones", "7", "modalidades"),
    ],
)
def test_a_target_gives_the_figure_it_is_about(cell: str, value: str, unit: str | None) -> None:
    figure, notices = read_target(cell)
    assert (figure.value, figure.unit, figure.text) == (Decimal(value), unit, cell)
    assert notices == []


def test_two_targets_in_one_cell_are_not_added() -> None:
    figure, notices = read_target("Conformar un (1) Equipo de campo y un (1) Equipo Operativo")
    assert figure.value is None
    assert [notice.code for notice in notices] == ["several-targets"]
    assert read_target("Construir 3 parques y adecuar 2 canchas")[0].value is None


def test_a_target_of_everything_has_no_value() -> None:
    figure, notices = read_target("Atender la totalidad de las solicitudes")
    assert (figure.value, figure.unit) == (None, "solicitudes")
    assert [notice.code for notice in notices] == ["target-without-figure"]


def test_a_mismatch_of_words_and_digits_is_told_with_both_values() -> None:
    figure, notices = read_target("Instalar ochocientos (80) cámaras")
    assert figure.value == 80
    assert [notice.code for notice in notices] == ["words-digits-mismatch"]
    assert "800" in notices[0].message
    assert "80" in notices[0].message


@pytest.mark.parametrize(
    "cell", ["Implementar una (1) estrategia en el Centro Regional de", "Dotar 5 sedes,", "Dotar 5 sedes y"]
)
def test_a_cell_cut_in_the_middle_of_a_sentence_is_told(cell: str) -> None:
    assert [notice.code for notice in read_target(cell)[1]] == ["truncated-cell"]


def test_a_cell_that_is_only_a_year_is_a_number_in_doubt() -> None:
    figure, notices = read_target("2023")
    assert figure.value == 2023
    assert [notice.code for notice in notices] == ["looks-like-year"]


def test_a_target_below_its_baseline_is_told_unless_it_means_to_reduce() -> None:
    three, one = (
        Figure(text="3 estaciones", value=Decimal(3)),
        Figure(text="Construir una (1) estación", value=Decimal(1)),
    )
    notice = compare_target(three, one)
    assert notice is not None
    assert notice.code == "target-below-baseline"
    assert compare_target(one, three) is None
    assert compare_target(three, three) is None
    assert compare_target(three, one, "Reducir las estaciones a 1") is None
    assert compare_target(three, one, "Disminución a una estación") is None
    assert compare_target(three, Figure(text="1%", value=Decimal(1), unit="%")) is None
    assert compare_target(Figure(text="N.D."), one) is None


# Real documents --------------------


def gold(name: str) -> list[dict[str, Any]]:
    lines = (SHARED / "gold" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]


def document_lines(beginning: str) -> list[str]:
    (path,) = (SHARED / "documents").glob(f"{beginning}*.txt")
    return path.read_text(encoding="utf-8").split("\n")


@pytest.mark.real_documents
def test_every_cell_of_the_real_plans_is_read_as_a_careful_reader_does() -> None:
    rows = gold("plan_rows.jsonl")
    assert len(rows) == 78
    wrong = []
    for row in rows:
        cells = document_lines(row["file"][:4])[int(row["line_no"]) - 1].split("\t")
        at = next(index for index, cell in enumerate(cells) if row["indicator"][:40] in cell)
        baseline, _ = read_baseline(cells[at + 1])
        target, notices = read_target(cells[at + 2])
        two = "several-targets" in {notice.code for notice in notices}
        source = baseline.source or split_source(cells[at])[1]
        read = (baseline.text, baseline.value, source, target.text, target.value)
        expected = (
            row["baseline_text"],
            row["baseline_value"],
            row["baseline_source"],
            row["target_text"],
            None if two else row["target_value"],
        )
        if read != expected:
            wrong.append((row["id"], read, expected))
    assert wrong == []
    assert sum("several-targets" in {n.code for n in read_target(row["target_text"])[1]} for row in rows) == 2


@pytest.mark.real_documents
@pytest.mark.parametrize(
    ("name", "beginning", "count"), [("progress_rows.jsonl", "003", 87), ("letter_facts.jsonl", "004", 26)]
)
def test_every_figure_of_the_real_report_and_letter_is_found_and_no_other(
    name: str, beginning: str, count: int
) -> None:
    expected = [row for row in gold(name) if row["value"] is not None]
    assert len(expected) == count
    text = "\n".join(document_lines(beginning))
    by_line: dict[int, list[Decimal]] = {}
    for mention in find_figures(text):
        by_line.setdefault(text.count("\n", 0, mention.start) + 1, []).append(mention.value)
    missing = []
    for row in expected:
        line = int(row["line_no"])  # a value that spans lines stands on its first line or the next
        held = next((by_line[n] for n in (line, line + 1) if row["value"] in by_line.get(n, [])), None)
        if held is None:
            missing.append((line, row["value_text"]))
        else:
            held.remove(row["value"])
    assert missing == []
    assert {line: left for line, left in by_line.items() if left} == {}


@pytest.mark.real_documents
def test_another_citys_free_cells_are_read() -> None:
    path = SHARED / "other-cities" / "timbiqui_pdm_2012-2015.gold.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        baseline = row["linea_base"] or ""
        value = read_baseline(baseline)[0].value
        if baseline.isdigit():
            assert value == int(baseline), baseline
        elif baseline.upper().replace(".", "") in ("SL", ""):
            assert value is None, baseline
    targets = {row["linea"]: read_target(row["meta"])[0] for row in rows}
    read_by_eye = {  # line of the gold file: what a person reads in the sentence
        "1096": (200, "mujeres"),
        "1122": (1, "hogar de paso"),
        "1123": (None, None),
        "1184": (120, "Adultos Mayores"),
        "1255": (None, None),
        "1256": (1, "centro de atención integral"),
        "1257": (35, "Aulas"),
        "1267": (50, "%"),
        "1279": (100, "%"),
    }
    assert {line: (targets[line].value, targets[line].unit) for line in read_by_eye} == read_by_eye
