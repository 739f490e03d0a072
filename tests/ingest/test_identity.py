"""Which entity, period, kind and office a document is of, as towns and departments announce themselves."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.extract.entities import read_entity
from ingest.extract.identity import identify, is_person, read_kind, read_period
from tests.support.blocks import WORKBOOK, document, sheet_blocks, table_block, text_document


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("ALCALDÍA MUNICIPAL DE RÍO CLARO\nPlan de desarrollo", "Río Claro"),
        ("Alcaldía de San Pedro del Valle\nRendición de cuentas", "San Pedro del Valle"),
        ("GOBERNACIÓN DEL VALLE ALTO\nPlan de desarrollo departamental", "Valle Alto"),
        ("Gobernación de La Sabana\nInforme de gestión", "La Sabana"),
        ("Municipio de Palmarito, vigencia 2025", "Palmarito"),
        ("Departamento del Tamarindo\n", "Tamarindo"),
        ("Distrito Portuario de Puerto Lindo\nRendición", "Puerto Lindo"),
        ("Distrito Especial, Turístico y Cultural de Playa Honda", "Playa Honda"),
        ("Informe de seguimiento\nPalmarito, Cundinamarca\nvigencia 2025", "Palmarito"),
        ("Plan\nwww.puertolindo.gov.co\nAlcaldía de Puerto Lindo\nAlcaldía de Bogotá", "Puerto Lindo"),
        ("La alcaldía trabaja por el desarrollo", None),
        ("Sin anuncio alguno", None),
    ],
)
def test_entity_as_it_is_announced(text: str, entity: str | None) -> None:
    assert read_entity(text) == entity


def test_a_name_does_not_run_into_the_next_cell() -> None:
    sheet = sheet_blocks("Hoja", ["Unidad|Meta", "Departamento de Tamarindo|Kilómetros de vía"])
    assert identify(document(sheet, media_type=WORKBOOK)).entity == "Tamarindo"


def test_a_column_of_entities_says_whose_the_document_is() -> None:
    rows = [
        "Entidad territorial|Nombre del plan|Indicador|Meta",
        *["Palmarito|Palmarito florece|Aulas de Otra Parte|3"] * 3,
    ]
    info = identify(document(sheet_blocks("Hoja", rows), media_type=WORKBOOK))
    assert (info.entity, info.title) == ("Palmarito", "Palmarito florece")


def test_rows_of_several_entities_keep_their_own() -> None:
    rows = ["Entidad territorial|Indicador|Meta", "Palmarito|Aulas|3", "Río Claro|Vías|4"]
    found = extract(document(sheet_blocks("Hoja", rows), media_type=WORKBOOK))
    assert [row.entity for row in found.rows] == ["Palmarito", "Río Claro"]


def test_columns_of_yearly_targets_are_the_term() -> None:
    rows = ["Indicador|Meta 2028|Meta 2029|Meta 2030|Meta 2031|Línea base 2023", "Aulas|1|2|3|4|9"]
    assert identify(document(sheet_blocks("Hoja", rows), media_type=WORKBOOK)).period == "2028-2031"


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        ("Plan de desarrollo municipal 2024-2027. Visión 2016-2035.", "plan", "2024-2027"),
        ("Plan 2020-2023 evaluado.\nPlan de desarrollo 2024 - 2027", "plan", "2024-2027"),
        ("Rendición de cuentas\nEn 2025 se avanzó. Logros 2025.", "progress", "2025"),
        ("Fecha: 14 de marzo de 2025. Según la ley de 1994 y el informe 2023", "letter", "2025"),
        ("Sin años", "plan", None),
        ("Plan de vivienda con datos de 2018", "plan", None),
    ],
)
def test_period_of_each_kind(text: str, kind: str, period: str | None) -> None:
    assert read_period(text, kind) == period  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Plan indicativo\nMetas de producto\nPrevé rendición de cuentas cada año", "plan"),
        ("Informe de gestión 2025\nEl plan de desarrollo avanza; presupuesto ejecutado", "progress"),
        ("Radicado 2025-1\nAsunto: Respuesta a derecho de petición\nCordialmente,", "letter"),
        ("Receta de sancocho", "other"),
    ],
)
def test_kind_by_the_weight_of_its_cues(text: str, kind: str) -> None:
    assert read_kind(text_document(text).blocks) == kind


def test_what_heads_a_document_weighs_more_than_what_its_body_mentions() -> None:
    body = "\n\n".join(["La rendición de cuentas y el seguimiento al plan muestran logros y avance."] + ["Texto."] * 45)
    head = "\n\n".join(["Plan indicativo", *["Párrafo sin más."] * 45])
    assert read_kind(text_document(f"{head}\n\n{body}").blocks) == "plan"


@pytest.mark.parametrize(
    ("header", "kind"),
    [("Indicador|Línea base|Meta", "plan"), ("Indicador|Meta|Avance", "progress"), ("Comuna|Población|Área", "other")],
)
def test_a_document_of_nothing_but_a_table_is_what_its_columns_say(header: str, kind: str) -> None:
    assert identify(document([table_block([header, "Aulas|1|2"])])).kind == kind


def test_office_that_most_labels_name() -> None:
    text = "Dependencia: Planeación\n\nA.\n\nDependencia: Salud\n\nB.\n\nDependencia: Salud\n"
    assert identify(text_document(text)).office == "Salud"


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Ana María Ruiz Soto", True), ("ANA RUIZ SOTO", True), ("Plan de Desarrollo Municipal", False), ("Ana", False)],
)
def test_a_persons_name(line: str, expected: bool) -> None:
    assert is_person(line) is expected


def test_a_report_is_one_by_its_title_though_it_speaks_of_its_plan_all_along() -> None:
    text = """
        INFORME DE GESTIÓN 2025
        Gobernación de Los Altos
        Plan de desarrollo departamental: metas de resultado, metas de producto, línea base, indicador de producto
    """
    assert read_kind(text_document(text).blocks) == "progress"


def test_a_plan_that_promises_reports_is_a_plan() -> None:
    text = """
        PLAN DE DESARROLLO 2024-2027
        Metas de producto, línea base, meta del cuatrienio
        La rendición de cuentas y el informe de gestión se harán cada año
    """
    assert read_kind(text_document(text).blocks) == "plan"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Seguimiento al Plan de Desarrollo 2024-2027\nProg. 2024, Ejec. 2024, Prog. 2025, Ejec. 2025", "2024-2027"),
        ("Fichas del Plan de Desarrollo Municipal 2024-2027\nMeta 2027: 3. Meta 2027: 4", "2024-2027"),
        ("Seguimiento al Plan de Desarrollo 2024-2027\nMeta 2025: 3. Logro 2025: 4", "2025"),
    ],
)
def test_a_report_of_several_years_alike_has_its_plans(text: str, period: str) -> None:
    assert read_period(text, "progress") == period


def test_a_document_that_names_one_office_after_the_other_is_of_none() -> None:
    offices = [f"Dependencia: Secretaría de {name}" for name in ("Salud", "Obras", "Salud", "Cultura", "Campo")]
    assert identify(text_document("\n".join(["Plan de desarrollo 2024-2027", *offices]))).office is None
    assert identify(text_document("\n".join(offices[:3]))).office == "Secretaría de Salud"
