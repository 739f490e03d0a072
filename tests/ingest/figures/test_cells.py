"""Baselines and targets as the cells of a plan print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.figures import (
    compare_target,
    read_baseline,
    read_target,
    split_source,
)
from ingest.records import Figure


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
