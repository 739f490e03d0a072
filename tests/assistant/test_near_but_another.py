"""What is near but another thing is not told: another's mark, what was done for a promise, a share for a number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_slides, write_text

PLAN = """
    Alcaldía Municipal de
    Villa Serena

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Salud
    Línea Estratégica: Gente que Aprende y se Cuida
    Componente Impulsor de Avance: Bienestar Cercano

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: MANOS QUE CURAN→Porcentaje de gestantes atendidas en el Centro Florecer→21,5 % de las gestantes atendidas en el Centro Florecer Fuente: Secretaría de Salud, 2023→Llegar al 40 % de las gestantes
    →Jornadas de control a gestantes del Centro Florecer realizadas→1.320 gestantes valoradas en el Centro Florecer Fuente: Secretaría de Salud, 2023→Realizar 3 jornadas anuales
    →Comisarías de Familia en operación→2 Fuente: Secretaría de Salud, 2023→Llegar a 4 Comisarías de Familia
    →Comisarías de Familia móviles en operación→0 Fuente: Secretaría de Salud, 2023→Poner a andar una (1) Comisaría de Familia móvil
    →Cámaras de seguridad mantenidas→210 cámaras Fuente: Secretaría de Salud, 2023→Mantener ciento noventa y nueve (199) cámaras
    →Cámaras de seguridad instaladas→210 cámaras Fuente: Secretaría de Salud, 2023→Instalar ochenta (80) cámaras nuevas
    →Grupos de promotores de lectura creados→0 Fuente: Secretaría de Salud, 2023→Crear 6 grupos
"""  # noqa: E501

SLIDES: tuple[tuple[str, ...], ...] = (
    ("Rendición de cuentas 2025", "Alcaldía Municipal de Villa Serena", "Vigencia 2025"),
    ("POLÍTICA DE ARCHIVO", "Puntaje 2025: 71,3%"),
    ("POLÍTICA DE TRANSPARENCIA", "Presupuesto asignado: $ 82.000.000"),
    ("LECTURA AL PARQUE", "Se atendieron 940 lectores con promotores de lectura en los parques."),
    (
        "VENTANILLA DE TRÁMITES",
        "Canal presencial: 5.120\\nCanal virtual: 2.230\\nTotal usuarios atendidos en la ventanilla: 7.350",
    ),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("near")
    paths = [write_text(folder / "plan.txt", PLAN), write_slides(folder / "rendicion.pptx", SLIDES)]
    with found_town(folder / "data", paths) as town:
        yield town


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué nota sacó la transparencia en 2025?",
        "¿Qué puntaje obtuvo la lectura al parque?",
        "¿Con qué calificación quedó la transparencia?",
    ],
)
def test_the_mark_of_another_policy_is_not_told(town: Town, question: str) -> None:
    assert "71,3" not in town.ask(question).answer


def test_the_mark_of_the_policy_itself_is_told(town: Town) -> None:
    assert "71,3" in town.ask("¿Qué nota sacó la política de archivo en 2025?").answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuántas gestantes tenían valoradas en el Centro Florecer?",
        "¿A cuántas gestantes habían valorado en el Florecer?",
    ],
)
def test_a_number_is_told_before_a_share(town: Town, question: str) -> None:
    assert "1.320 gestantes" in town.ask(question).answer


def test_a_share_is_told_to_who_asks_for_it(town: Town) -> None:
    assert "21,5 %" in town.ask("¿Qué porcentaje de gestantes atendía el Centro Florecer?").answer


@pytest.mark.parametrize(
    "question",
    [
        "¿Van a crear grupos de promotores de lectura? ¿cuántos?",
        "¿Cuántos grupos de promotores de lectura se van a armar?",
    ],
)
def test_what_was_done_is_no_promise(town: Town, question: str) -> None:
    answer = town.ask(question)
    assert "Crear 6 grupos" in answer.answer
    assert "940" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "¿va a haber una comisaría de familia que ande rodando por los barrios?",
        "¿Cuántas comisarías de familia que recorran las veredas va a haber?",
    ],
)
def test_an_office_that_goes_about_is_the_mobile_one(town: Town, question: str) -> None:
    assert "móvil" in town.ask(question).answer.splitlines()[0]


@pytest.mark.parametrize(
    "question",
    [
        "gente que fue en persona a la ventanilla de trámites, cuánta fue",
        "¿Cuántos llegaron en persona a la ventanilla?",
    ],
)
def test_who_came_in_person_is_the_channel_and_not_all(town: Town, question: str) -> None:
    assert "5.120" in town.ask(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "¿cuántas cámaras nuevas van a poner en las calles?",
        "cuántas cámaras de seguridad más, de las nuevas, se van a colocar",
        "¿Cuántas cámaras de seguridad se instalarán?",
    ],
)
def test_what_is_new_is_not_what_is_kept_up(town: Town, question: str) -> None:
    first = town.ask(question).answer.splitlines()[0]
    assert "Instalar ochenta (80)" in first


def test_what_is_kept_up_is_told_to_who_asks_for_it(town: Town) -> None:
    assert "(199)" in town.ask("¿Cuántas cámaras de seguridad van a mantener?").answer.splitlines()[0]
