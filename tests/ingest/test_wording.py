"""Headers of many cities mean the columns they mean, and a wrong columns.yaml is refused by name."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import SettingsError
from ingest.extract import extract
from ingest.wording import SURE, ColumnRole, columns, header_role, load_yaml, prompt_files
from ingest.wording.columns import Columns, _ColumnsFile
from ingest.wording.prompt_files import validated
from tests.support.blocks import WORKBOOK, document, sheet_blocks

OTHER_CITIES = Path(__file__).resolve().parents[2] / "../shared/other-cities"


def role_of(header: str) -> ColumnRole:
    role = header_role(header)
    assert role is not None, f"«{header}» is not understood"
    return role


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Indicador", "indicator"),
        ("NOMBRE DEL INDICADOR", "indicator"),
        ("Indicador de Bienestar", "indicator"),
        ("INDICADORES DE RESULTADO", "indicator_result"),
        ("Nombre Indicador Producto", "indicator_product"),
        ("Línea de Base", "baseline"),
        ("L.B.", "baseline"),
        ("L.B", "baseline"),
        ("VALOR\nLÍNEA BASE", "baseline"),
        ("Año LB", "baseline_year"),
        ("Fuente de la Línea Base", "baseline_source"),
        ("Metas", "target"),
        ("META PDT", "target"),
        ("Meta de Producto del Cuatrienio", "target"),
        ("VALOR ESPERADO CUATRIENIO", "target"),
        ("Meta Plan de Desarrollo Municipal", "target"),
        ("Meta de la vigencia", "target_year"),
        ("U. Medida", "unit"),
        ("Und.", "unit"),
        ("Unidad de medida del indicador", "unit"),
        ("Cód. Indicador", "code"),
        ("N° Meta", "code"),
        ("Código indicador de producto MGA", "code_mga"),
        ("Código SisPT", "code_sispt"),
        ("Códigos BPIN", "code_bpin"),
        ("Código del Programa", "ignore"),
        ("NOMBRE DEL PROGRAMA", "programme"),
        ("Sub-programa", "subprogramme"),
        ("Eje Estratégico", "strategic_line"),
        ("PILAR", "strategic_line"),
        ("Componente", "component"),
        ("Sector de inversión", "sector"),
        ("Bien o servicio", "product"),
        ("Nombre del proyecto de inversión", "project"),
        ("Secretaría responsable", "dependency"),
        ("Entidad u oficina responsable", "dependency"),
        ("ODS asociado", "ods"),
        ("Objetivo Desarrollo Sostenible", "ods"),
        ("Orientado a:", "purpose"),
        ("Tipo de acumulación", "accumulation"),
        ("Orientación del indicador", "goal_type"),
        ("Avance físico", "progress"),
        ("% de cumplimiento", "percent"),
        ("Avance (%)", "percent"),
        ("Porcentaje de avance de la meta", "percent"),
        ("Avance financiero (%)", "percent_budget"),
        ("% Ejecución presupuestal", "percent_budget"),
        ("Apropiación definitiva", "apropiacion_definitiva"),
        ("Ppto. inicial", "apropiacion_inicial"),
        ("COMPROMETIDO", "compromisos"),
        ("Recursos obligados", "obligaciones"),
        ("Pagado", "pagos"),
        ("Asignado", "asignado"),
        ("Presupuesto ejecutado", "ejecutado"),
        ("Costo total (millones de pesos)", "programado"),
        ("Fuente de financiamiento", "funding_source"),
        ("Fuente de verificación", "source"),
        ("Observaciones", "observations"),
        ("Comuna", "location"),
    ],
)
def test_header_of_any_city_names_its_column(header: str, role: str) -> None:
    found = role_of(header)
    assert (found.role, found.score >= SURE) == (role, True)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("INDIACADOR", "indicator"),
        ("Meta del Cuatrenio", "target"),
        ("Unidad de medidad", "unit"),
        ("Dependecia responsable", "dependency"),
        ("LINEABASE", "baseline"),
        ("INDICA\nDOR", "indicator"),
        ("PRO-\nGRAMA", "programme"),
        ("Apropiacion definitba", "apropiacion_definitiva"),
    ],
)
def test_misspelt_or_broken_header_is_recognised(header: str, role: str) -> None:
    assert role_of(header).role == role


@pytest.mark.parametrize(
    ("header", "role", "year"),
    [
        ("Meta 2025", "target_year", 2025),
        ("Meta Vigencia 2031", "target_year", 2031),
        ("ESPERADO 2027", "target_year", 2027),
        ("meta2026", "target_year", 2026),
        ("Meta 2.027", "target_year", 2027),
        ("Línea Base (2022)", "baseline", 2022),
        ("Línea base a 31 de diciembre de 2019", "baseline", 2019),
        ("Linea base 31/12/2023", "baseline", 2023),
        ("Ejecución física 2024", "progress_year", 2024),
        ("Avance a 30 de junio de 2025", "progress_year", 2025),
        ("% Avance 2026", "percent_year", 2026),
        ("Compromisos 2025", "compromisos", 2025),
        ("Apropiación inicial vigencia 2025", "apropiacion_inicial", 2025),
    ],
)
def test_year_of_a_header_is_kept_and_makes_a_yearly_column(header: str, role: str, year: int) -> None:
    found = role_of(header)
    assert (found.role, found.year) == (role, year)


@pytest.mark.parametrize("header", ["Meta 2024-2027", "META 2020 – 2023", "Meta (2012 a 2015)", "Meta 2024-27"])
def test_span_of_the_whole_term_is_the_target_and_no_yearly_one(header: str) -> None:
    found = role_of(header)
    assert (found.role, found.year) == ("target", None)
    assert found.period


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("T1. PLANEADO", "target_period"),
        ("T3. EJECUTADO", "progress_period"),
        ("Meta 2025-2026", "target_period"),
        ("Avance acumulado de metas 2020-2021", "progress_period"),
        ("Avance I semestre 2025", "progress_period"),
        ("% avance trimestre 2", "percent_period"),
    ],
)
def test_part_of_the_term_is_never_taken_for_the_target_of_the_term(header: str, role: str) -> None:
    found = role_of(header)
    assert found.role == role
    assert found.period


def test_counted_year_is_told_from_a_calendar_year() -> None:
    found = role_of("Meta año 3")
    assert (found.role, found.year, found.nth_year) == ("target_year", None, 3)
    assert role_of("Meta vigencia IV").nth_year == 4


@pytest.mark.parametrize(
    ("header", "role", "year"),
    [
        ("Meta / 2025", "target_year", 2025),
        ("2025 / Meta", "target_year", 2025),
        ("Metas / Vigencia 2026 / Programado", "target_year", 2026),
        ("Programación física / Programado 2024", "target_year", 2024),
        ("Programación financiera / Programado 2024", "programado", 2024),
        ("Recursos / 2027", "programado", 2027),
        ("Vigencia 2025 / % de avance", "percent_year", 2025),
        ("2024 / %", "percent_year", 2024),
        ("Metas físicas 2025 / Ejecutado", "progress_year", 2025),
        ("Ejecución presupuestal 2025 / Pagos", "pagos", 2025),
        ("Línea base / Valor", "baseline", None),
        ("Línea base / Año", "baseline_year", None),
        ("Línea base / Fuente", "baseline_source", None),
        ("Presupuesto / Fuente", "funding_source", None),
        ("LINEA / BASE", "baseline", None),
        ("Meta / Cuatrienio", "target", None),
        ("Indicador / Indicador", "indicator", None),
        ("Resultado / Indicador", "indicator_result", None),
        ("Producto / Indicador", "indicator_product", None),
        ("Programa / Código", "ignore", None),
        ("Indicador / Código", "code", None),
        ("ODS / Meta", "ods", None),
    ],
)
def test_sub_header_is_read_in_the_light_of_its_group(header: str, role: str, year: int | None) -> None:
    found = role_of(header)
    assert (found.role, found.year) == (role, year)


@pytest.mark.parametrize(
    ("header", "source", "year"),
    [
        ("SGP salud 2026", "SGP salud", 2026),
        ("Recursos propios 2025", "Recursos propios", 2025),
        ("Otros 2025", "Otros", 2025),
        ("2025 / Regalías", "Regalías", 2025),
        ("Total 2025", None, 2025),
    ],
)
def test_money_column_named_by_its_source_keeps_source_and_year(header: str, source: str | None, year: int) -> None:
    found = role_of(header)
    assert (found.role, found.funding_source, found.year) == ("programado", source, year)


@pytest.mark.parametrize(
    "header", ["2024", "Año 2", "Vigencia 2026", "Número", "%", "Programado", "Ejecutado", "Línea"]
)
def test_header_that_may_be_something_else_scores_as_unsure(header: str) -> None:
    assert role_of(header).score < SURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        " / ",
        "Total",
        "12.450",
        "35,1 por cada 100 mil habitantes",
        "PROGRAMA: MÁS AGUA PARA EL CAMPO",
        "Construir 35 aulas",
        "Instituciones educativas dotadas",
        "Meta indefinida por falta de información oficial",
        "Avance de la obra del acueducto veredal",
        "x" * 5000,
        "1" * 199,
    ],
)
def test_cell_that_is_no_header_names_no_column(text: str) -> None:
    assert header_role(text) is None


def test_percent_is_never_confused_with_the_amount() -> None:
    assert role_of("Avance físico").role == "progress"
    assert role_of("Avance físico (%)").role == "percent"


def test_markup_and_marks_around_a_header_do_not_count() -> None:
    assert role_of("**<b>META:</b>**").role == "target"
    assert role_of("Sector (MGA)_x000D_\n").role == "sector"


def test_thousands_of_unknown_cells_are_looked_up_quickly() -> None:
    header_role.cache_clear()
    started = time.process_time()
    for number in range(2000):
        header_role(f"Hectáreas de bosque número {number} restauradas")
    assert time.process_time() - started < 4


# --- real layouts ---------------------------------------------------------------------------------------------------

#: workbook, sheet, row of groups (None without), row of headers
LAYOUTS = [
    ("santander_tablero_indicadores_2025-06.xlsx", "Final", None, 2),
    ("santander_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos", None, 2),
    ("santander_sispt_plan_indicativo.xlsx", "Indicadores de resultado", None, 2),
    ("santander_sispt_plan_indicativo.xlsx", "Iniciativas SGR", None, 2),
    ("chia_sispt_plan_indicativo.xlsx", "Plan indicativo - Productos", None, 2),
    ("chia_sispt_plan_indicativo.xlsx", "Plan indicativo SGR - Productos", None, 2),
    ("chia_dnp_seguimiento_pdt.xlsx", "Detalle seguimiento físico", 6, 7),
    ("chia_dnp_seguimiento_pdt.xlsx", "Detalle seguimiento financiero", 6, 7),
]


def headers_of(name: str, sheet: str, group_row: int | None, header_row: int) -> list[str]:
    if not (path := OTHER_CITIES / name).exists():
        pytest.skip(f"{name} is not on this machine")
    openpyxl = pytest.importorskip("openpyxl")
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    group, headers = "", []
    for cell in page[header_row]:
        if group_row is not None:
            group = str(page.cell(group_row, cell.column).value or group)
        if cell.value:
            headers.append(f"{group} / {cell.value}" if group else str(cell.value))
    return headers


@pytest.mark.real_documents
@pytest.mark.parametrize(("name", "sheet", "group_row", "header_row"), LAYOUTS)
def test_every_header_of_a_published_layout_is_understood(
    name: str, sheet: str, group_row: int | None, header_row: int
) -> None:
    headers = headers_of(name, sheet, group_row, header_row)
    assert headers
    assert [header for header in headers if header_role(header) is None] == []


@pytest.mark.real_documents
def test_follow_up_report_tells_physical_from_financial_programming() -> None:
    physical = [role_of(h) for h in headers_of(*LAYOUTS[6]) if "Programado 20" in h]
    financial = [role_of(h) for h in headers_of(*LAYOUTS[7]) if "Programado 20" in h]
    assert [(r.role, r.year) for r in physical] == [("target_year", y) for y in (2024, 2025, 2026, 2027)]
    assert [(r.role, r.year) for r in financial] == [("programado", y) for y in (2024, 2025, 2026, 2027)]


@pytest.mark.real_documents
def test_national_export_has_one_target_four_yearly_ones_and_the_rest_of_the_numbers_money() -> None:
    roles = [role_of(h) for h in headers_of(*LAYOUTS[4])]
    named = [r.role for r in roles]
    assert named.count("target") == 1
    assert [r.year for r in roles if r.role == "target_year"] == [2024, 2025, 2026, 2027]
    assert named.count("programado") == 60
    assert len({r.funding_source for r in roles if r.role == "programado" and r.year == 2026}) == 15


# --- the file -------------------------------------------------------------------------------------------------------


def test_every_role_has_many_variants_where_cities_differ() -> None:
    roles = columns().file.roles
    thin = {"target_period", "progress_period", "percent_period", "indicator_custom", "entity"}
    few = {name: len(entry.phrases) + len(entry.weak) for name, entry in roles.items() if name not in thin}
    assert {name: count for name, count in few.items() if count < 12} == {}


def changed(**roles: Any) -> _ColumnsFile:
    data = load_yaml("columns.yaml")
    data["roles"].update(roles)
    return validated(_ColumnsFile, data, "columns.yaml")


def test_phrase_under_two_roles_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"columns\.yaml: «metas» está en target"):
        Columns(changed(purpose={"phrases": ["metas"]}))


def test_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"columns\.yaml.*roles\.unit\.frases"):
        changed(unit={"frases": ["unidad"]})
    with pytest.raises(SettingsError, match=r"columns\.yaml.*colour"):
        changed(colour={"phrases": ["color"]})


def test_broken_or_open_pattern_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match=r"«\^\(meta\$» no es válido"):
        Columns(changed(unit={"phrases": ["unidad"], "patterns": ["^(meta$"]}))
    with pytest.raises(SettingsError, match="«meta» debe ir de"):
        Columns(changed(unit={"phrases": ["unidad"], "patterns": ["meta"]}))


def test_missing_role_is_refused_by_name() -> None:
    data = load_yaml("columns.yaml")
    del data["roles"]["baseline"]
    with pytest.raises(SettingsError, match="baseline"):
        Columns(validated(_ColumnsFile, data, "columns.yaml"))


def test_absent_file_and_broken_yaml_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt_files, "PROMPTS", tmp_path)
    with pytest.raises(SettingsError, match=r"prompts/none\.yaml"):
        load_yaml("none.yaml")
    (tmp_path / "broken.yaml").write_text("a: [1", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"prompts/broken\.yaml"):
        load_yaml("broken.yaml")
    (tmp_path / "twice.yaml").write_text("meta: a\nmeta: b\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="«meta» está dos veces"):
        load_yaml("twice.yaml")


def test_spanish_no_stays_a_word_in_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt_files, "PROMPTS", tmp_path)
    (tmp_path / "words.yaml").write_text("no: [si, on, yes, true]\n", encoding="utf-8")
    assert load_yaml("words.yaml") == {"no": ["si", "on", "yes", True]}


@pytest.mark.parametrize(
    ("header", "role"),
    [("P 2025", "programado"), ("E 2025", "ejecutado"), ("2025 / P", "programado"), ("2025 / E", "ejecutado")],
)
def test_a_letter_beside_a_year_is_programmed_or_done(header: str, role: str) -> None:
    found = header_role(header)
    assert found is not None
    assert (found.role, found.year) == (role, 2025)


def test_wordings_are_read_once_and_not_for_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["Indicador|Tipo de meta|Línea base|Meta", *(f"Obra {n}|producto|{n}|{n + 2}" for n in range(20))]
    read = document(sheet_blocks("Hoja", rows), media_type=WORKBOOK)
    first = extract(read)

    def unread(*_: object) -> None:
        raise AssertionError("a wording was read again")

    monkeypatch.setattr(prompt_files, "strict_yaml", unread)
    assert extract(read) == first
