"""Labels above tables, in the wordings of several cities, and the context they build up."""

from __future__ import annotations

import pytest

from ingest.headings import Context, apply_label, enter_level, read_heading, read_label
from ingest.records import PathStep


@pytest.mark.parametrize(
    ("line", "role", "value"),
    [
        ("Dependencia: Secretaría de Ambiente", "dependency", "Secretaría de Ambiente"),
        ("RESPONSABLE:  Oficina de Turismo.", "dependency", "Oficina de Turismo"),
        ("LÍNEA ESTRATÉGICA 2. Territorio sano", "strategic_line", "Territorio sano"),
        ("Línea estratégica: Territorio sano", "strategic_line", "Territorio sano"),
        ("EJE ESTRATÉGICO No. 3: Campo vivo", "strategic_line", "Campo vivo"),
        ("Pilar IV - Cultura de paz", "strategic_line", "Cultura de paz"),
        ("Programa 2.1: Aire limpio para todos", "programme", "Aire limpio para todos"),
        ("2.1 Programa: Aire limpio para todos", "programme", "Aire limpio para todos"),
        ("- Subprograma: Bicicletas", "subprogramme", "Bicicletas"),
        ("Sector Administrativo: Transporte", "sector", "Transporte"),
        ("ORIENTADO A: ORIENTADO A: caminar seguros", "purpose", "caminar seguros"),
        ("Programa:", "programme", ""),
    ],
)
def test_a_label_is_read_whatever_its_city_calls_and_numbers_it(line: str, role: str, value: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.role, label.value) == (role, value)


@pytest.mark.parametrize(
    "line",
    [
        "Programa de alimentación escolar para 300 niños",
        "El programa: dijo el alcalde",
        "Línea de atención al ciudadano",
        "Programas: Productos",
        "Proyectó: Ana Ruiz - Contratista",
        "Sectorización del acueducto",
        "",
    ],
)
def test_a_sentence_is_no_label(line: str) -> None:
    assert read_label(line) is None


def _path(*steps: tuple[str, str, str]) -> Context:
    context = Context()
    for level, value, role in steps:
        context = enter_level(context, PathStep(level=level, value=value, role=role))  # type: ignore[arg-type]
    return context


def test_a_new_programme_drops_the_one_before_and_what_is_under_it() -> None:
    context = _path(
        ("Línea", "Vida", "strategic_line"), ("Programa", "Aire", "programme"), ("Producto", "Estación", "product")
    )
    after = enter_level(context, PathStep(level="Programa 2.2", value="Agua", role="programme"))
    assert [step.value for step in after.steps] == ["Vida", "Agua"]


def test_a_new_line_drops_the_programme() -> None:
    context = _path(("Línea", "Vida", "strategic_line"), ("Programa", "Aire", "programme"))
    after = enter_level(context, PathStep(level="Línea", value="Campo", role="strategic_line"))
    assert [step.value for step in after.steps] == ["Campo"]


def test_an_office_ends_the_purpose_of_the_one_before() -> None:
    purpose, office = read_label("Objetivo: respirar mejor"), read_label("Dependencia: Oficina de Turismo")
    assert purpose is not None
    assert office is not None
    context = apply_label(apply_label(Context(), purpose), office)
    assert (context.dependency, context.purpose) == ("Oficina de Turismo", None)


def test_a_section_title_says_what_rows_follow() -> None:
    label = read_label("Indicadores de bienestar")
    assert label is not None
    assert apply_label(Context(), label).section == "result"


@pytest.mark.parametrize(
    ("text", "role", "value"),
    [
        ("Programa 1.2.1  Agua que llega", "programme", "Agua que llega"),
        ("Reto 3 Un campo con caminos", "strategic_line", "Un campo con caminos"),
        ("2.4 Sector Vivienda", "sector", "Vivienda"),
        ("PROGRAMA CALLES QUE UNEN", "programme", "CALLES QUE UNEN"),
        ("Subprograma 1.1.2 De la mano con la niñez", "subprogramme", "De la mano con la niñez"),
    ],
)
def test_a_heading_names_its_level_without_a_colon(text: str, role: str, value: str) -> None:
    label = read_heading(text)
    assert label is not None
    assert (label.role, label.value) == (role, value)


@pytest.mark.parametrize(
    "text",
    [
        "Programa de gobierno",
        "PROGRAMA DE GOBIERNO",
        "Línea Base",
        "3.2 Línea Base 2023",
        "Componente General",
        "COMPONENTE ESTRATÉGICO DEL PLAN",
        "Proyecto Vías nuevas",
        "Programa 2 de 7",
        "Pilares y apuestas",
        "Sector Salud.",
    ],
)
def test_a_heading_that_only_speaks_of_levels_is_no_label(text: str) -> None:
    label = read_heading(text)
    assert label is None or not label.value


def test_a_line_of_the_contents_is_no_label() -> None:
    assert read_label("Programa 1.1: Agua que llega ............... 12") is None
    assert read_label("Programa 1.1: Agua que llega… 12") is None
    assert read_label("Programa 1.1: Agua que llega") is not None


def test_a_level_in_short_and_in_full_is_one_level() -> None:
    short = enter_level(Context(), PathStep(level="LÍNEA", value="Campo", role="strategic_line"))
    full = enter_level(short, PathStep(level="Línea estratégica", value="Campo vivo", role="strategic_line"))
    assert [step.value for step in full.steps] == ["Campo vivo"]
