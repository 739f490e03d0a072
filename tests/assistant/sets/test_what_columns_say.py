"""Sets of the rows whose column says some words: a source or none, a decree, other years, a verb, a year's pace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.town import Town, found_town, write_text

COUNCIL, SHELTER = "Consejos de páramo con plan de acción", "Refugios de alta montaña construidos"
ROUTE, PACT = "Plan de senderos actualizado", "Pactos con el batallón firmados"
FESTIVAL, GUARDS = "Festivales de la papa realizados", "Guardabosques vinculados"

HEIGHTS = f"""
    Alcaldía Municipal de
    Alto Frío

    PLAN DE DESARROLLO 2024 - 2027

    Dependencia: Secretaría de Ambiente y Turismo
    Línea Estratégica: Montaña Viva
    Componente Impulsor de Avance: Páramo y Caminantes

    Programa→Indicador de producto→Línea base→Meta del cuatrienio
    PROGRAMA: NIEBLA CLARA→{COUNCIL}→1 consejo creado mediante Decreto 44 de 2019 Fuente: Corporación del Páramo, 2023→Implementar el plan de un (1) consejo
    →{SHELTER}→2 refugios Fuente: Club Andino del Norte, 2023→Incrementar a cinco (5) los refugios
    →{ROUTE}→1 plan formulado para el cuatrienio 2016-2019 Fuente: Club Andino del Norte, 2023→Actualizar un (1) plan de senderos
    →{PACT}→6 pactos→Firmar anualmente un (1) pacto
    →{FESTIVAL}→3 festivales Fuente: Corporación del Páramo, 2023→Realizar dos (2) festivales anuales
    →{GUARDS}→N.D.→Incrementar en 12 los guardabosques
"""  # noqa: E501


@pytest.fixture(scope="module")
def heights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("heights")
    with found_town(folder / "data", [write_text(folder / "plan.txt", HEIGHTS)]) as town:
        yield town


def listed(town: Town, question: str) -> set[str | None]:
    answer = town.ask(question)
    assert answer.status == "answered"
    return {citation.indicator for citation in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué indicadores llevan al Club Andino como fuente de la línea base?",
        "indicadores fuente Club Andino (línea base), lista",
        "Identifique los indicadores cuya línea base procede del Club Andino del Norte.",
        "metas cuya línea base fue reportada por el Club Andino",
        "¿En qué indicadores figura el Club Andino como fuente?",
        "¿Qué indicadores toman su línea base de datos del Club Andino?",
        "metas con línea base según el Club Andino",
    ],
)
def test_a_source_is_named_by_whatever_verb(heights: Town, question: str) -> None:
    assert listed(heights, question) == {SHELTER, ROUTE}


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué indicadores no citan ninguna fuente para su línea base?",
        "metas de la Secretaría de Ambiente sin fuente en la línea base",
        "indicadores que no dicen la fuente",
        "¿Cuáles productos carecen de fuente?",
    ],
)
def test_rows_without_a_source_are_no_rows_of_any(heights: Town, question: str) -> None:
    assert listed(heights, question) == {PACT, GUARDS}


def test_money_has_no_source_of_a_baseline(heights: Town) -> None:
    assert not heights.read("¿Qué metas no tienen fuente de financiación?").filters.conditions


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("¿Qué líneas base citan un decreto de creación? Nombre los indicadores.", COUNCIL),
        ("¿Qué indicadores mencionan un decreto en su línea base?", COUNCIL),
        ("indicadores cuya línea base hace referencia a un decreto", COUNCIL),
        ("¿Qué líneas base del plan remiten expresamente al cuatrienio 2016-2019? Dé los indicadores.", ROUTE),
        ("líneas base que se refieren a los refugios, ¿qué indicadores son?", SHELTER),
    ],
)
def test_baselines_that_say_something(heights: Town, question: str, row: str) -> None:
    assert listed(heights, question) == {row}


def test_a_baseline_without_a_number_is_no_target_without_one(heights: Town) -> None:
    (condition,) = heights.read("productos cuya línea base no trae cifra").filters.conditions
    assert (condition.relation, condition.subject) == ("no_number", "baseline")


def test_baselines_are_no_lines_of_a_plan(heights: Town) -> None:
    assert heights.read("¿Qué líneas base citan un decreto?").set_nouns == ("indicadores",)
    assert heights.read("¿Qué líneas tiene el plan?").set_nouns == ("lineas",)


@pytest.mark.parametrize(
    "question",
    [
        "Dos metas del plan son anuales y no del cuatrienio completo. ¿Cuáles son los indicadores?",
        "Hay metas de producto que no se fijan para el cuatrienio sino por año. ¿Cuáles son los indicadores?",
        'Algunas metas se cumplen cada año, pues el texto dice "anuales" o "anualmente". ¿Qué indicadores son?',
        "metas que deben repetirse todos los años, ¿cuáles?",
        "¿Qué indicadores tienen meta anual?",
    ],
)
def test_targets_of_each_year(heights: Town, question: str) -> None:
    assert listed(heights, question) == {PACT, FESTIVAL}


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ('Hay metas redactadas como "Incrementar a" un valor (no "Incrementar en"). ¿Cuáles son?', {SHELTER}),
        ('¿Qué metas dicen "Incrementar en"?', {GUARDS}),
        ('Liste las metas cuyo texto trae "Firmar" o "Realizar"', {PACT, FESTIVAL}),
        ("¿Qué metas empiezan por Incrementar?", {SHELTER, GUARDS}),
        ("metas que usan el verbo actualizar", {ROUTE}),
        ('metas que terminan en "los guardabosques"', {GUARDS}),
        ('indicadores que empiezan por "Pactos con"', {PACT}),
        ('metas con "los" y no "refugios"', {GUARDS}),
    ],
)
def test_targets_worded_so(heights: Town, question: str, rows: set[str]) -> None:
    assert listed(heights, question) == rows


@pytest.mark.parametrize(
    "question",
    [
        "productos de Niebla Clara, los 6",
        "Los 6 productos de Niebla Clara",
        "Según la Secretaría de Ambiente, ¿qué productos integran Niebla Clara y con qué meta cada uno?",
        "¿Qué productos conforman Niebla Clara?",
        "productos (ambiente y turismo), los seis",
    ],
)
def test_how_many_there_are_and_that_they_make_it_up_are_no_subject(heights: Town, question: str) -> None:
    assert not heights.read(question).filters.target_values
    assert listed(heights, question) == {COUNCIL, SHELTER, ROUTE, PACT, FESTIVAL, GUARDS}


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        ("¿Qué logros se reportan frente a los senderos?", False),
        ("¿Qué avances hay frente a la meta de senderos?", True),
    ],
)
def test_regarding_something_compares_nothing(heights: Town, question: str, compares: bool) -> None:
    assert ("compare" in heights.read(question).cues) is compares


def test_rows_without_a_programme(town: Town) -> None:
    assert listed(town, "¿Qué indicadores de la Secretaría de Planeación y Obras no llevan programa?") == {
        "Tasa de deserción escolar",
        "Accidentes en vías rurales",
        "Cobertura de acueducto rural",
    }
