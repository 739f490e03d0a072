"""``cabildo.yaml``: what a person says of documents and of tables that were read wrongly, without any code."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant.ingesting import folder_overrides, ingest
from assistant.settings import Settings
from ingest.errors import InputError
from ingest.extract import extract
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.records import IndicatorRow, Overrides, ReadDocument, TableColumn, TableGiven
from ingest.settings_file import parse_settings
from ingest.wording.given_roles import role_names, role_of
from tests.support.blocks import table_block, text_document
from tests.support.hash_embedder import HashEmbedder

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "cabildo.yaml"
#: A sheet whose headings nobody could know: no name of a column says what it holds.
ODD = [
    ["Matriz maestra", None, None, None, None, None, None, None, None, None, None],
    [None] * 11,
    [
        "N",
        "Bloque",
        "Lo que haremos",
        "x1",
        "x2",
        "De dónde salimos",
        "y1",
        "A dónde llegamos",
        "z",
        "Paso dos",
        "Lo logrado",
    ],
    [1, "Agua para todos", "Pozos perforados", "a", "b", 2, "c", 12, "d", 4, 3],
    [2, "Agua para todos", "Tanques limpios", "a", "b", 0, "c", 9, "d", 5, 1],
]


def parse(text: str) -> Overrides:
    return parse_settings(text.encode(), Path("/x"), "cabildo.yaml").common


def complaint(text: str) -> str:
    with pytest.raises(InputError) as raised:
        parse(text)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("alcalde: Ana\n", "«alcalde»: no se entiende", "entity (la entidad territorial)"),
        ("kind: mapa\n", "«kind»: «mapa» no vale", "plan, progress, letter, other"),
        ("documents: plan.pdf\n", "«documents»: debe ser", "clave: valor"),
        ("documents:\n  a.pdf:\n    sheet: x\n", "«documents › a.pdf › sheet»: no se entiende", "tables"),
        ("tables: {sheet: x}\n", "«tables»: debe ser una lista", "- "),
        ("tables:\n- sheet: H\n", "«tables › 1»: no dice qué hacer", "columns"),
        (
            "tables:\n- columns: {B: metta}\n",
            "«tables › 1 › columns › B»: «metta»",
            "indicador, indicador de resultado",
        ),
        ("tables:\n- columns: {B: meta}\n  page: cero\n", "«tables › 1 › page»: debe ser un número", ""),
        ("tables:\n- columns: {B: [meta]}\n", "«tables › 1 › columns › B»: debe ser un texto", ""),
        ("tables:\n- sheet: H\n  ignore: quizás\n", "«tables › 1 › ignore»: debe ser true o false", ""),
        ("tables:\n- hoja: H\n", "«tables › 1 › hoja»: no se entiende", "sheet (la hoja)"),
        ("entity: true\n", "«entity»: debe ser un texto", ""),
        ("entity: A\nentity: B\n", "No se puede leer cabildo.yaml", "YAML"),
        ("a: &x [1]\nb: *x\n", "referencias o niveles", ""),
        ("a: " + "[" * 40 + "]" * 40 + "\n", "referencias o niveles", ""),
        ("- a\n", "En cabildo.yaml: debe ser", ""),
    ],
)
def test_a_complaint_names_the_place_and_what_may_stand_there(text: str, where: str, says: str) -> None:
    said = complaint(text)
    assert "cabildo.yaml" in said
    assert where in said
    assert says in said


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Meta", ("target", None)),
        ("meta 2025", ("target_year", 2025)),
        ("avance_2024", ("progress_year", 2024)),
        ("linea base", ("baseline", None)),
        ("LÍNEA_BASE", ("baseline", None)),
        ("pagos de 2025", ("pagos", 2025)),
        ("programa 2025", None),
        ("alcalde", None),
    ],
)
def test_names_of_columns_as_people_write_them(name: str, role: tuple[str, int | None] | None) -> None:
    assert role_of(name) == role


def test_every_name_that_a_message_offers_is_understood() -> None:
    assert all(role_of(name) is not None for name in role_names())


def test_the_example_of_the_documentation_is_right() -> None:
    found = parse_settings(EXAMPLE.read_bytes(), EXAMPLE.parent, "cabildo.yaml")
    plan = found.of(EXAMPLE.parent.resolve() / "plan_raro.xlsx")
    assert (plan.entity, plan.period, plan.kind) == ("Villa Serena", "2024-2027", "plan")
    assert [table.ignore for table in plan.tables] == [False, True]
    assert {c.column: (c.role, c.year) for c in plan.tables[0].columns}["J"] == ("target_year", 2025)
    report = found.of(EXAMPLE.parent.resolve() / "informe-marzo.pdf")
    assert (report.entity, report.period, report.kind) == ("Villa Serena", "2025", "progress")
    listed = EXAMPLE.read_text(encoding="utf-8").replace("\n# ", " ")
    assert all(name in listed for name in role_names())


def test_what_stands_further_down_wins_and_tables_are_all_kept() -> None:
    text = """
entity: Todas
tables:
- {sheet: Comun, ignore: true}
documents:
  "*.xlsx": {entity: Libros, office: Obras}
  sub/plan.xlsx:
    entity: El plan
    tables:
    - {sheet: Hoja1, columns: {B: meta}}
"""
    found = parse_settings(text.encode(), Path("/datos"), "cabildo.yaml")
    plan = found.of(Path("/datos/sub/plan.xlsx"))
    assert (plan.entity, plan.office, [t.sheet for t in plan.tables]) == ("El plan", "Obras", ["Comun", "Hoja1"])
    assert found.of(Path("/datos/otro/plan.xlsx")).entity == "Libros"
    assert found.of(Path("/datos/plan.pdf")).entity == "Todas"
    assert found.unmatched([Path("/datos/otro/plan.xlsx")]) == ["sub/plan.xlsx"]


# Tables


def odd_book(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Hoja1"
    for line in ODD:
        sheet.append(line)
    directory = book.create_sheet("Directorio")
    for line in (["Programa", "Indicador", "Meta"], ["Agua", "Teléfonos", 3]):
        directory.append(line)
    book.save(folder / "plan_raro.xlsx")
    return folder / "plan_raro.xlsx"


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase.open(StoreSettings(data_dir=tmp_path / "data"), HashEmbedder())


def test_a_misread_workbook_is_read_as_the_person_says(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    odd_book(folder)
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    (before,) = ingest(settings, knowledge, [folder]).documents
    assert [row.indicator for row in knowledge.rows()[1]] == ["Teléfonos"]
    assert [table.place for table in before.tables_left] == ["hoja Hoja1, celdas A1:K5"]

    text = EXAMPLE.read_text(encoding="utf-8").split('  "informe*.pdf":')
    example = text[0] + "  " + text[1][text[1].index("plan_raro.xlsx:") :]
    (folder / "cabildo.yaml").write_text(example, encoding="utf-8")
    (after,) = ingest(settings, knowledge, [folder]).documents
    assert after.status == "updated"
    wells, tanks = knowledge.rows()[1]
    assert (wells.indicator, wells.programme, wells.entity) == ("Pozos perforados", "Agua para todos", "Villa Serena")
    assert (value(wells, "baseline"), value(wells, "target"), value(tanks, "target")) == (2, 12, 9)
    assert [(y.year, y.target and y.target.value, y.progress and y.progress.value) for y in wells.yearly] == [
        (2025, 4, 3)
    ]
    assert dict(wells.cells)["Lo que haremos"] == "Pozos perforados"  # as printed
    assert [(t.place, t.why) for t in after.tables_left] == [
        ("hoja Directorio, celdas A1:C2", "así lo pide cabildo.yaml")
    ]
    (again,) = ingest(settings, knowledge, [folder]).documents
    assert again.status == "unchanged"


def value(row: IndicatorRow, name: str) -> Decimal | None:
    figure = getattr(row, name)
    return None if figure is None else figure.value


TEXT = """Plan de Villa Serena

Tarea\tBloque\tAntes\tDespués\tMeta
Pozos perforados\tAgua\t2\t12\tx
Tanques limpios\tAgua\t0\t9\ty
"""


def rows_of(*columns: tuple[str, str], **more: object) -> tuple[IndicatorRow, ...]:
    said = tuple(TableColumn(column=column, role=role) for column, role in columns)
    given = TableGiven.model_validate({"columns": said, **more})
    return extract(text_document(TEXT), Overrides(kind="plan", tables=(given,))).rows


@pytest.mark.parametrize("names", [("A", "B", "C", "D"), ("Tarea", "bloque", "ANTES", "después")])
def test_columns_by_letter_and_by_printed_name(names: tuple[str, ...]) -> None:
    roles = ("indicator", "programme", "baseline", "target")
    rows = rows_of(*zip(names, roles, strict=True))
    assert [(r.indicator, r.programme, value(r, "baseline"), value(r, "target")) for r in rows] == [
        ("Pozos perforados", "Agua", 2, 12),
        ("Tanques limpios", "Agua", 0, 9),
    ]


def test_a_column_that_is_said_goes_before_one_that_was_read() -> None:
    # The printed 'Meta' is not the target: the person says that another column is.
    row = rows_of(("Tarea", "indicator"), ("Después", "target"))[0]
    assert value(row, "target") == 12


def test_the_header_row_that_is_said_is_the_header() -> None:
    assert rows_of(("A", "indicator"), ("D", "target"), header_row=2)[0].indicator == "Tanques limpios"


@pytest.mark.parametrize(
    ("given", "code", "says"),
    [
        (TableGiven(sheet="Hoja9", ignore=True), "setting-without-table", "hoja «Hoja9»"),
        (
            TableGiven(columns=(TableColumn(column="Nadie", role="target"),)),
            "setting-without-table",
            "columnas «Nadie»",
        ),
        (
            TableGiven(header="bloque", columns=(TableColumn(column="Nadie", role="target"),)),
            "setting-without-column",
            "«Nadie»",
        ),
    ],
)
def test_what_fits_nothing_is_said(given: TableGiven, code: str, says: str) -> None:
    made = extract(text_document(TEXT), Overrides(kind="plan", tables=(given,)))
    (notice,) = [n for n in made.notices if n.code == code]
    assert says in notice.message


def test_a_table_that_goes_on_over_the_page_is_read_as_its_beginning_is_said() -> None:
    first = table_block(["Tarea | Bloque | Antes | Después", "Pozos perforados | Agua | 2 | 12"], page=4, group=4)
    second = table_block(["Tanques limpios | Agua | 0 | 9"], page=5, group=5, first_line=9)
    read = ReadDocument(name="p.pdf", sha256="b" * 64, media_type="application/pdf", blocks=(first, second))
    columns = zip(
        ("Tarea", "Bloque", "Antes", "Después"), ("indicator", "programme", "baseline", "target"), strict=True
    )
    said = tuple(TableColumn(column=column, role=role) for column, role in columns)
    for given in (TableGiven(columns=said), TableGiven(columns=said, page=4)):
        rows = extract(read, Overrides(kind="plan", tables=(given,))).rows
        assert [(r.indicator, r.place.page, value(r, "target")) for r in rows] == [
            ("Pozos perforados", 4, 12),
            ("Tanques limpios", 5, 9),
        ]


def test_columns_that_make_no_table_of_indicators_leave_it_with_the_reason() -> None:
    given = TableGiven(columns=(TableColumn(column="Tarea", role="indicator"), TableColumn(column="Meta", role="unit")))
    made = extract(text_document(TEXT), Overrides(kind="plan", tables=(given,)))
    assert made.rows == ()
    (why,) = [n.message for n in made.notices if n.code == "table-left"]
    assert why.endswith("tiene columna de indicador y ninguna de línea base, meta ni avance.")


def test_files_that_a_settings_file_speaks_of_and_that_are_not_there_are_told(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.txt").write_text(TEXT, encoding="utf-8")
    (folder / "cabildo.yaml").write_text("documents:\n  plam.txt: {entity: Chía}\n", encoding="utf-8")
    report = ingest(Settings(data_dir=tmp_path / "data", _env_file=None), knowledge, [folder])
    assert [(d.document, d.status) for d in report.documents] == [("plan.txt", "added"), ("cabildo.yaml", "failed")]
    assert "«plam.txt»" in report.documents[1].warnings[0].message


def test_who_ingests_goes_before_the_section_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "cabildo.yaml").write_text("documents:\n  '*.txt': {entity: Chía, office: Obras}\n", encoding="utf-8")
    of = folder_overrides([tmp_path], Overrides(entity="Cali"))
    assert of(tmp_path / "a.txt") == Overrides(entity="Cali", office="Obras")
    assert of(tmp_path / "a.pdf") == Overrides(entity="Cali")
