"""What the slides of a report say: which figures may be computed with, states, labelled details, lists and totals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    (
        "Programa: GESTIÓN AMABLE",
        "Cierre de hallazgos del modelo de gestión: pasamos de 310 observaciones a 95 en una vigencia.",
        "Favorecimos los frentes de Archivo Ordenado 71%, Trámites en Línea 64% y Control de Gestión 69%.",
    ),
    ("Programa: PUEBLO CONECTADO", "Favoreciendo a más de 5.200 pobladores de las veredas."),
    (
        "Programa: OFICIOS DEL MAÑANA",
        "Indicador de producto: Formar a 300 artesanos en ventas por internet",
        "Meta indicador de Producto 2025 40%\nMeta indicador de Producto cuatrienio 100%",
        "Aula virtual construida, se encuentra en etapa de ajustes finales para su apertura.",
        "Asistencia de líderes de 12 talleres.",
    ),
    (
        "Programa: MANOS EXPERTAS",
        "Indicador de producto: Capacitar a 200 tenderos en administración",
        "Contabilidad: 48\nVitrinas: 96\nEmpaque: 16\nTotal general: 160",
    ),
    (
        "Pacientes atendidos",
        "1 oct al 31 dic 2024",
        "Sede norte: 2.410\nSede centro: 1.130\nSede sur: 460",
        "4.000 pacientes atendidos del 1 de octubre al 31 de diciembre de 2024.",
    ),
    (
        "Pacientes atendidos",
        "1 ene al 31 mar 2025",
        "Sede norte: 2.655\nSede centro: 1.390\nSede sur: 520",
        "4.560 pacientes atendidos del 1 de enero al 31 de marzo de 2025.",
    ),
    (
        "Implementación Proyecto Muelle Turístico",
        "Fuente de financiación: Sistema General de Regalías",
        "Aprobado en OCAD: 9 de\nabril de 2021",
        "Monto solicitado y aprobado: $2.450.000.000",
        "Revisado por: Dirección Marítima",
        "Lugar de Ejecución: Malecón\nde los Pescadores, sector 2",
        "Aporte de recursos propios del Municipio: $0",
        "En las dos licitaciones se presentaron respectivamente 5 y 4 proponentes",
        "Proceso declarado desierto en ambas ocasiones",
    ),
    (
        "Programa: AGUAS CLARAS",
        "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n4 $800.000.000 $620.000.000 77,5%",
    ),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("report")
    with found_town(folder, [write_slides(folder / "rendicion.pptx", SLIDES)]) as town:
        yield town


# figures that the question does not both name ---------------------------------------------------------------------
@pytest.mark.parametrize(
    "question",
    [
        "¿Qué parte de los hallazgos del modelo de gestión favoreció a las veredas?",
        "¿Qué porcentaje de cierre de hallazgos favoreció a las veredas?",
    ],
)
def test_no_share_is_computed_of_figures_that_the_question_does_not_name(report: Town, question: str) -> None:
    answer = report.ask(question)
    assert "÷" not in answer.answer
    assert "5.200" not in answer.answer


def test_a_sum_is_no_change_that_one_sentence_tells(report: Town) -> None:
    answer = report.ask("¿Cuánto suman los hallazgos cerrados y lo favorecido en las veredas?")
    assert "215" not in answer.answer


def test_the_percentage_of_each_is_told_as_printed(report: Town) -> None:
    answer = report.ask("¿Qué frentes se favorecieron en la gestión y con qué porcentaje cada uno?")
    assert all(figure in answer.answer for figure in ("71%", "64%", "69%"))


def test_a_share_of_two_figures_that_the_question_names_is_computed(report: Town) -> None:
    answer = report.ask("¿Qué proporción son las observaciones frente a los pobladores favorecidos?")
    assert "310 ÷ 5.200" in answer.answer


# lists and their totals -------------------------------------------------------------------------------------------
def test_a_list_that_adds_up_to_its_printed_total_is_said_to(report: Town) -> None:
    answer = report.ask("¿Los temas en que se capacitó a los tenderos en administración suman el total general?")
    assert answer.answer.startswith("Sí")
    assert "48 + 96 + 16" in answer.answer
    assert len(answer.citations) == 4


def test_a_list_that_does_not_add_up_is_told_with_the_gap(report: Town) -> None:
    answer = report.ask("¿La suma de las sedes de enero a marzo de 2025 coincide con el total de pacientes atendidos?")
    assert answer.answer.startswith("No")
    assert "2.655 + 1.390 + 520 − 4.560" in [figure.derivation for figure in answer.figures]
    assert len(answer.citations) == 4


def test_a_list_printed_for_two_times_is_held_against_both_totals(report: Town) -> None:
    answer = report.ask("¿Las sedes suman el total de pacientes atendidos?")
    assert "2.410 + 1.130 + 460" in answer.answer
    assert "2.655 + 1.390 + 520" in answer.answer


@pytest.mark.parametrize(
    ("question", "share"),
    [
        (
            "De los temas en que se capacitó a los tenderos, ¿cuál reúne más personas y qué porcentaje es del total?",
            "96 ÷ 160",
        ),
        ("¿Qué sede atendió menos pacientes de octubre a diciembre de 2024 y qué parte es del total?", "460 ÷ 4.000"),
    ],
)
def test_the_extreme_of_a_list_is_told_with_its_share_of_the_printed_total(
    report: Town, question: str, share: str
) -> None:
    answer = report.ask(question)
    assert share in answer.answer
    assert len(answer.citations) == 2


# money ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("question", ["¿y cuánto quedó sin ejecutar?", "¿y cuánto se dejó de ejecutar?"])
def test_what_is_left_of_the_money_told_before_is_computed(report: Town, question: str) -> None:
    answer = report.talk("Aguas Claras: asignado y ejecutado en contratos", question)
    assert "800.000.000 − 620.000.000" in answer.answer
    assert {citation.metric for citation in answer.citations} == {"Asignado", "Ejecutado"}


# how far a matter is ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "question",
    [
        "¿Ya está lista la plataforma para formar a los artesanos en ventas por internet?",
        "oiga, lo de los 300 artesanos y las ventas por internet en qué va, ya quedó listo el desarrollo ese?",
        "¿En qué etapa está la formación de artesanos en ventas por internet?",
        "¿Ya terminaron el proyecto de los artesanos y las ventas por internet?",
    ],
)
def test_a_state_told_in_a_sentence_of_the_slide_answers(report: Town, question: str) -> None:
    answer = report.ask(question)
    assert answer.status == "answered"
    assert "ajustes finales" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿A cuál de los 4 proponentes de la segunda licitación se le adjudicó el Muelle Turístico?",
        "¿Quién ganó la licitación del Muelle Turístico?",
        "¿Ya se adjudicó el proyecto del Muelle Turístico?",
    ],
)
def test_what_was_declared_void_was_awarded_to_nobody(report: Town, question: str) -> None:
    answer = report.ask(question)
    assert answer.status == "answered"
    assert "desierto" in answer.answer


@pytest.mark.parametrize("question", ["¿Ya está listo el hospital de los 300 artesanos?", "¿Ya terminaron el acuario?"])
def test_the_state_of_one_thing_is_not_told_of_another(report: Town, question: str) -> None:
    assert "ajustes finales" not in report.ask(question).answer


# labelled details -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("muelle turístico: fecha OCAD y lugar de ejecución", ("9 de", "Malecón"), "Regalías"),
        ("¿En qué lugar se ejecutaría el Muelle Turístico y cuánto aportó el Municipio?", ("Malecón", "$0"), "General"),
        ("¿Quién revisó el Muelle Turístico y de dónde sale la plata?", ("Marítima", "Regalías"), "Malecón"),
        ("Del Muelle Turístico necesito monto y financiación", ("2.450.000.000", "Regalías"), "Malecón"),
    ],
)  # fmt: skip
def test_each_labelled_detail_that_is_asked_for_is_told(
    report: Town, question: str, told: tuple[str, ...], untold: str
) -> None:
    answer = report.ask(question)
    assert all(one in answer.answer for one in told), answer.answer
    assert untold not in answer.answer


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("¿Dónde se ejecuta el muelle turístico?", "Malecón"),
        ("¿y el muelle turístico ese dónde lo iban a poner?", "Malecón"),
        ("¿Quién revisó el proyecto del muelle turístico?", "Dirección Marítima"),
    ],
)
def test_one_detail_of_a_slide_is_told_alone_where_a_word_stands_for_its_label(
    report: Town, question: str, line: str
) -> None:
    answer = report.ask(question)
    assert line in answer.answer
    assert len(answer.citations) == 1


def test_a_list_is_held_against_its_total_for_the_time_asked_for(report: Town) -> None:
    answer = report.ask("¿Los pacientes de las sedes de octubre a diciembre de 2024 suman el total?")
    assert answer.answer.startswith("Sí")
    assert "2.410 + 1.130 + 460" in answer.answer
    assert "2.655" not in answer.answer


def test_a_percentage_that_two_programmes_print_is_no_difference_of_them(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("money")
    lines = (
        SLIDES[0],
        ("Programa: AGUAS CLARAS", "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n4 $800.000.000 $620.000.000 77,5%"),
        ("Programa: INFORME ABIERTO", "NO. DE CONTRATOS ASIGNADO EJECUTADO PORCENTAJE\n2 $90.000.000 $45.000.000 50%"),
    )
    with found_town(folder, [write_slides(folder / "rendicion.pptx", lines)]) as town:
        answer = town.ask("¿Cuántos contratos y qué porcentaje de ejecución se informan para Aguas Claras?")
    assert "−" not in answer.answer
    assert "77,5%" in answer.answer
