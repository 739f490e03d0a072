"""The schema's history and the catalogue's queries."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from ingest import catalogue, schema
from ingest.catalogue import MIGRATIONS, VERSION_TABLE, RowFilter, open_catalogue
from ingest.database import database_url, migrate, open_engine, reading, revisions, writing
from ingest.errors import SettingsError, StoreError
from ingest.knowledge import KnowledgeBase
from tests.support.records import make_addition, make_row


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(database_url(tmp_path))


def test_the_migrations_make_the_tables_that_the_queries_expect(engine: Engine) -> None:
    open_catalogue(engine)
    there = inspect(engine)
    for table in schema.metadata.tables.values():
        columns = {column["name"]: column for column in there.get_columns(table.name)}
        assert set(columns) == set(table.c.keys())
        for column in table.c:
            assert columns[column.name]["nullable"] == column.nullable, f"{table.name}.{column.name}"
            assert str(columns[column.name]["type"]) == str(column.type), f"{table.name}.{column.name}"


def test_the_revision_numbers_are_alembics_own_history() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    history = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert history[::-1] == revisions(MIGRATIONS)


def test_a_newer_schema_says_what_to_do(engine: Engine) -> None:
    open_catalogue(engine)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match="versión más nueva"):
        open_catalogue(engine)


def test_an_interrupted_migration_leaves_nothing(engine: Engine, tmp_path: Path) -> None:
    versions = tmp_path / "scripts" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / "scripts" / "env.py").write_text((MIGRATIONS / "env.py").read_text("utf-8"))
    script = versions / "0001_first.py"
    made = (
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '0001'\ndown_revision = None\n"
        "def upgrade():\n    op.create_table('half', sa.Column('id', sa.Integer))\n"
    )
    script.write_text(made + "    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        migrate(engine, tmp_path / "scripts", "other_version")
    assert inspect(engine).get_table_names() == []
    script.write_text(made)
    migrate(engine, tmp_path / "scripts", "other_version")
    assert set(inspect(engine).get_table_names()) == {"half", "other_version"}


def test_two_sets_of_tables_live_side_by_side(engine: Engine) -> None:
    open_catalogue(engine)
    migrate(engine, MIGRATIONS.parent / "migrations", VERSION_TABLE)
    assert VERSION_TABLE in inspect(engine).get_table_names()
    assert "alembic_version" not in inspect(engine).get_table_names()


def test_a_url_that_is_none_names_its_setting() -> None:
    with pytest.raises(SettingsError, match="CABILDO_DATABASE_URL"):
        open_engine("no es una dirección")


def test_a_database_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "cabildo.sqlite3").write_bytes(b"not a database at all, " * 100)
    with pytest.raises(StoreError, match="base de datos"):
        open_catalogue(open_engine(database_url(tmp_path)))


def test_a_write_that_fails_changes_nothing(engine: Engine) -> None:
    open_catalogue(engine)

    def write_and_stop() -> None:
        with writing(engine) as connection:
            assert catalogue.advance(connection, 0, "m", 3)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        write_and_stop()
    with reading(engine) as connection:
        assert catalogue.read_revision(connection) == 0


def test_a_reader_sees_one_state_throughout(engine: Engine) -> None:
    open_catalogue(engine)
    with reading(engine) as reader:
        assert catalogue.read_revision(reader) == 0
        with writing(engine) as connection:
            assert catalogue.advance(connection, 0, "m", 3)
        assert catalogue.read_revision(reader) == 0


def test_the_revision_asked_for_alone_is_the_committed_one(engine: Engine) -> None:
    open_catalogue(engine)
    assert catalogue.current_revision(engine) == 0
    with writing(engine) as connection:
        assert catalogue.advance(connection, 0, "m", 3)
        assert catalogue.current_revision(engine) == 0
    assert catalogue.current_revision(engine) == 1


def test_a_revision_that_cannot_be_read_is_a_store_error(engine: Engine) -> None:
    with pytest.raises(StoreError, match="base de datos"):
        catalogue.current_revision(engine)
    open_catalogue(engine)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM knowledge_state"))
    with pytest.raises(StoreError, match="base de datos"):
        catalogue.current_revision(engine)


def test_a_generation_is_never_given_twice(engine: Engine) -> None:
    open_catalogue(engine)
    with writing(engine) as connection:
        first = catalogue.reserve_generations(connection, ["a", "b"])
    with writing(engine) as connection:
        second = catalogue.reserve_generations(connection, ["a"])
    assert len({*first, *second}) == 3
    with reading(engine) as connection:
        assert catalogue.read_leftovers(connection) == dict(zip([*first, *second], ["a", "b", "a"], strict=True))


@pytest.fixture
def filled(knowledge: KnowledgeBase) -> KnowledgeBase:
    plan = make_addition("plan.txt", [])
    rows = [
        make_row(plan.document.document_id, 1, "Cámaras instaladas", target="28", entity="Villa Ejemplo"),
        make_row(plan.document.document_id, 2, "Jóvenes formados al 100%", dependency="Secretaría de Educación"),
        make_row(plan.document.document_id, 3, "Jóvenes empleados", programme="Programa_Dos", kind="result"),
        make_row(plan.document.document_id, 4, "Vías", period="2024-2027", codes={"mga": "240100400"}),
    ]
    knowledge.write(plan.document, rows, [])
    return knowledge


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        (RowFilter(), [1, 2, 3, 4]),
        (RowFilter(text="CAMARAS"), [1]),
        (RowFilter(text="jovenes empleados"), [3]),
        (RowFilter(text="empleados jovenes"), [3]),
        (RowFilter(text="jovenes camaras"), []),
        (RowFilter(text="100%"), [2]),
        (RowFilter(text="28"), [1]),
        (RowFilter(text="240100400"), [4]),
        (RowFilter(dependency="educacion"), [2]),
        (RowFilter(programme="programa_d"), [3]),
        (RowFilter(programme="programaXd"), []),
        (RowFilter(kind="result"), [3]),
        (RowFilter(entity="ejemplo"), [1]),
        (RowFilter(period="2024-2027"), [4]),
        (RowFilter(period="2024"), []),
        (RowFilter(document="plan.txt", kind="product"), [1, 2, 4]),
    ],
)
def test_filters_compare_folded(filled: KnowledgeBase, wanted: RowFilter, lines: list[int]) -> None:
    total, found = filled.rows(wanted)
    assert [row.place.line for row in found] == lines
    assert total == len(lines)


def test_a_page_of_rows_says_how_many_there_are(filled: KnowledgeBase) -> None:
    total, found = filled.rows(RowFilter(), limit=2, offset=1)
    assert total == 4
    assert [row.place.line for row in found] == [2, 3]
