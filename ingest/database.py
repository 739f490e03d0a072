"""Opening a relational database, its transactions and its schema; who owns which tables is not its business.

Two sets of tables live in one database (ingest's and the assistant's), each with its own migrations and its own
version table, so that neither needs to know the other.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, NoResultFound, NoSuchModuleError, SQLAlchemyError
from tenacity import AttemptManager, Retrying, retry_if_exception_type, stop_after_delay, wait_random

from ingest.errors import SettingsError, StoreError

_BUSY_SECONDS = 30
_REVISION = re.compile(r"""^revision = ["']([^"']+)["']$""", re.MULTILINE)
_IMMEDIATE = "cabildo_immediate"


def database_url(data_dir: Path, url: str | None = None) -> str:
    """The URL given, or that of the SQLite file in the data folder."""
    return url or f"sqlite:///{data_dir / 'cabildo.sqlite3'}"


def open_engine(url: str) -> Engine:
    """An engine whose transactions are what they say they are, on SQLite too.

    Raises ``SettingsError`` for a URL that is not one and ``StoreError`` when its driver is not installed.
    """
    try:
        engine = create_engine(url)
    except (NoSuchModuleError, ArgumentError) as error:
        raise SettingsError(
            "La dirección de la base de datos no se entiende.",
            hint="Revise CABILDO_DATABASE_URL, por ejemplo postgresql+psycopg://usuario@servidor/base.",
        ) from error
    except ImportError as error:
        raise StoreError(
            f"Falta el controlador de la base de datos ({error.name}).", hint="Instálelo con pip."
        ) from error
    if engine.dialect.name == "sqlite":
        _tame_sqlite(engine)
    return engine


def _tame_sqlite(engine: Engine) -> None:
    """Write-ahead log, and BEGIN when a transaction begins: the driver by itself leaves schema changes outside it."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
        # Who changes to the log while another does is refused at once, without the wait that any other lock has.
        for attempt in _until_free():
            with attempt:
                cursor.execute("PRAGMA journal_mode=WAL")
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _until_free() -> Iterator[AttemptManager]:
    """Attempts at what a busy database refuses, until the time for locks is over."""
    return iter(
        Retrying(
            retry=retry_if_exception_type(sqlite3.OperationalError),
            wait=wait_random(0.01, 0.1),
            stop=stop_after_delay(_BUSY_SECONDS),
            reraise=True,
        )
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on which all queries see one and the same state."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _told_in_spanish(engine), engine.connect().execution_options(**options) as connection:
        yield connection


def read_number(engine: Engine, statement: Select[Any]) -> int:
    """The one number that a statement without parameters selects, as it is committed now.

    One statement sees one state without a transaction around it, and in SQLite that transaction costs several times
    what the statement does.
    """
    if engine.dialect.name != "sqlite":
        with reading(engine) as connection:
            return int(connection.execute(statement).scalar_one())
    with _told_in_spanish(engine), closing(engine.raw_connection()) as raw:
        found = raw.cursor().execute(str(statement)).fetchone()
        if found is None:
            raise NoResultFound
        return int(found[0])


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, committed at the end and undone by any error; on SQLite it has the write lock from its start."""
    with (
        _told_in_spanish(engine),
        engine.connect().execution_options(**{_IMMEDIATE: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _told_in_spanish(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        # The driver's own words, without the statement and its values: those may hold what documents say.
        reason = type(getattr(error, "orig", None) or error).__name__
        raise StoreError(
            f"La base de datos no responde como debe ({reason}).",
            hint=f"Revise que exista, que haya permiso y espacio: {engine.url.render_as_string(hide_password=True)}",
        ) from error


def migrate(engine: Engine, script_location: Path, version_table: str) -> None:
    """Bring one set of tables up to the newest revision in ``script_location``.

    Revisions are files ``versions/<number>_<name>.py`` applied in the order of their numbers. Alembic is imported only
    when there is something to do, so that opening an up-to-date database stays fast. Raises ``StoreError`` for a schema
    made by a newer program.
    """
    known = revisions(script_location)
    with reading(engine) as connection:
        stored = _stored_revision(connection, version_table)
    if stored == known[-1]:
        return
    if stored is not None and stored not in known:
        raise StoreError(
            f"La base de datos fue hecha por una versión más nueva de Cabildo (esquema {stored}).",
            hint="Actualice el programa, o use otra carpeta de datos.",
        )
    _upgrade(engine, script_location, version_table)


def revisions(script_location: Path) -> list[str]:
    """The names of the revisions in a folder, oldest first, as their files say them."""
    files = sorted((script_location / "versions").glob("[0-9]*_*.py"))
    return [_REVISION.findall(path.read_text("utf-8"))[0] for path in files]


def _stored_revision(connection: Connection, version_table: str) -> str | None:
    if not inspect(connection).has_table(version_table):
        return None
    revision: str | None = connection.execute(text(f"SELECT version_num FROM {version_table}")).scalar()
    return revision


def _upgrade(engine: Engine, script_location: Path, version_table: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(script_location).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    # One transaction around all: two processes that open a new folder at once do it one after the other, and a process
    # killed in between leaves no table behind. Alembic reads the stored revision again inside it.
    with writing(engine) as connection:
        config.attributes.update(connection=connection, version_table=version_table)
        command.upgrade(config, "head")


def run_migrations() -> None:
    """What every ``env.py`` of a migrations folder does."""
    from alembic import context

    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"], version_table=attributes["version_table"], transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()
