"""The assistant's schema, its queries and the audit log."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, Table, inspect, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from assistant import store
from assistant.store import (
    MIGRATIONS,
    VERSION_TABLE,
    AuditEntry,
    AuditLog,
    Feedback,
    StoredTurn,
    open_store,
    storable,
)
from ingest import catalogue
from ingest.database import database_url, open_engine, reading, revisions, writing
from ingest.errors import StoreError


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with the assistant's tables."""
    engine = open_engine(database_url(tmp_path))
    open_store(engine)
    return engine


def turn(
    answer_id: str, question: str = "¿Cuántos puentes?", at: str = "2025-01-01T10:00:00.000000+00:00"
) -> StoredTurn:
    return StoredTurn(answer_id, question, {"kind": "value"}, {"answer": "Dos [1]"}, at)


def put(engine: Engine, conversation: str, *turns: StoredTurn) -> None:
    for each in turns:
        with writing(engine) as connection:
            store.insert_turn(connection, conversation, each)


# Schema


def test_the_migrations_make_the_tables_that_the_queries_expect(engine: Engine) -> None:
    there = inspect(engine)
    for table in store.metadata.tables.values():
        columns = {column["name"]: column for column in there.get_columns(table.name)}
        assert set(columns) == set(table.c.keys())
        for column in table.c:
            expected = column.type.compile(engine.dialect)
            assert columns[column.name]["nullable"] == column.nullable, f"{table.name}.{column.name}"
            assert columns[column.name]["type"].compile(engine.dialect) == expected, f"{table.name}.{column.name}"


def test_opening_again_changes_nothing(engine: Engine) -> None:
    put(engine, "c1", turn("a1"))
    before = inspect(engine).get_table_names()
    open_store(engine)
    assert inspect(engine).get_table_names() == before
    with reading(engine) as connection:
        assert len(store.read_turns(connection, "c1", 6)) == 1
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() == [
            revisions(MIGRATIONS)[-1]
        ]


@pytest.mark.parametrize("first", [catalogue.open_catalogue, open_store])
def test_the_catalogue_and_the_assistant_share_a_database_in_either_order(first: object, tmp_path: Path) -> None:
    engine = open_engine(database_url(tmp_path))
    openers = [catalogue.open_catalogue, open_store]
    for opener in openers if first is openers[0] else reversed(openers):
        opener(engine)
    assert {"documents", "ingest_version", "turns", VERSION_TABLE} <= set(inspect(engine).get_table_names())


def test_two_that_open_an_empty_database_at_once_both_succeed(tmp_path: Path) -> None:
    url = database_url(tmp_path)
    together, failures = Barrier(2), list[Exception]()

    def open_it() -> None:
        engine = open_engine(url)
        together.wait()
        try:
            open_store(engine)
        except Exception as error:
            failures.append(error)
        finally:
            engine.dispose()

    threads = [Thread(target=open_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_many_that_connect_to_an_empty_database_at_once_all_succeed(tmp_path: Path) -> None:
    """Who changes to the write-ahead log while another does is refused at once, whatever the time for locks."""
    failures: list[Exception] = []
    for number in range(10):
        url, together = database_url(tmp_path / str(number)), Barrier(8)
        (tmp_path / str(number)).mkdir()

        def connect(url: str = url, together: Barrier = together) -> None:
            engine = open_engine(url)
            together.wait()
            try:
                with engine.connect() as connection:
                    connection.exec_driver_sql("SELECT 1")
            except Exception as error:
                failures.append(error)
            finally:
                engine.dispose()

        threads = [Thread(target=connect) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


def test_a_newer_schema_says_what_to_do(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match="versión más nueva"):
        open_store(engine)


@pytest.mark.parametrize("table", [store.turns, store.feedback, store.audit], ids=lambda table: table.name)
def test_on_postgresql_the_numbers_are_wide_and_count_up(table: Table) -> None:
    made = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert "id BIGSERIAL NOT NULL" in made


# Turns


def test_turns_come_back_oldest_first_and_the_last_ones_when_there_are_more(engine: Engine) -> None:
    put(engine, "c1", *(turn(f"a{n}") for n in range(1, 9)))
    put(engine, "c2", turn("other"))
    with reading(engine) as connection:
        assert [each.answer_id for each in store.read_turns(connection, "c1", 3)] == ["a6", "a7", "a8"]
        assert store.read_turns(connection, "c1", 0) == []
        assert store.read_turns(connection, "nobody", 3) == []


def test_a_turn_written_twice_is_there_once(engine: Engine) -> None:
    put(engine, "c1", turn("a1"), turn("a1"), turn("a2"))
    with reading(engine) as connection:
        assert connection.execute(select(store.turns.c.answer_id, store.turns.c.position)).all() == [
            ("a1", 1),
            ("a2", 2),
        ]


def test_a_conversation_keeps_the_channel_it_began_in(engine: Engine) -> None:
    for answer_id, channel in (("a1", "slack"), ("a2", "web")):
        with writing(engine) as connection:
            store.insert_turn(connection, "c1", turn(answer_id), channel)
    with reading(engine) as connection:
        assert connection.execute(select(store.conversations.c.channel)).scalars().all() == ["slack"]


def test_two_threads_that_write_one_conversation_never_share_a_position(engine: Engine) -> None:
    def write(name: str) -> None:
        put(engine, "c1", *(turn(f"{name}{n}") for n in range(15)))

    threads = [Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        lines = connection.execute(select(store.turns.c.answer_id, store.turns.c.position)).all()
    assert sorted(position for _, position in lines) == list(range(1, 31))
    for name in "ab":  # and each thread's own order is kept
        own = [int(answer_id[1:]) for answer_id, _ in sorted(lines, key=lambda line: line[1]) if answer_id[0] == name]
        assert own == list(range(15))


def test_what_no_database_takes_is_left_out_of_texts() -> None:
    assert storable({"a\x00": ["uno\x00", ("dos\ud83d", 3)], "n": None}) == {"a": ["uno", ["dos?", 3]], "n": None}


# Feedback


def test_feedback_needs_an_answer_that_is_there(engine: Engine) -> None:
    with pytest.raises(StoreError), writing(engine) as connection:
        store.insert_feedback(connection, Feedback("nobody", "up"))


def test_every_opinion_is_kept_in_order(engine: Engine) -> None:
    put(engine, "c1", turn("a1"), turn("a2"))
    with writing(engine) as connection:
        store.insert_feedback(connection, Feedback("a1", "down", "No es esa meta", "u1"))
        store.insert_feedback(connection, Feedback("a2", "up"))
        store.insert_feedback(connection, Feedback("a1", "up"))
    with reading(engine) as connection:
        assert [(f.verdict, f.reason, f.user) for f in store.read_feedback(connection, "a1")] == [
            ("down", "No es esa meta", "u1"),
            ("up", None, None),
        ]
        assert len(store.read_feedback(connection)) == 3


# Audit

DETAIL = {
    "document": "plan.txt",
    "reason": "Escríbame a ana@example.com",
    "asks": [{"n": 1, "text": "¿Y la vía?"}],
    "letter": None,
}


def test_the_audit_keeps_no_message_text_unless_told_to(engine: Engine) -> None:
    AuditLog(engine).record(AuditEntry("approve", actor="u1", subject="p1", detail=DETAIL))
    (entry,) = AuditLog(engine).entries("p1")
    assert (entry.actor, entry.action, entry.subject) == ("u1", "approve", "p1")
    assert entry.detail == {
        "document": "plan.txt",
        "reason": {"characters": 27},
        "asks": [{"n": 1, "text": {"characters": 10}}],
        "letter": None,
    }
    assert entry.at


def test_texts_that_the_audit_keeps_are_masked(engine: Engine) -> None:
    log = AuditLog(engine, keep_texts=True)
    log.record(AuditEntry("approve", subject="p1", detail=DETAIL))
    assert log.entries()[0].detail == DETAIL | {"reason": "Escríbame a [correo reservado]"}


def test_the_audit_is_read_newest_first_and_by_subject(engine: Engine) -> None:
    log = AuditLog(engine)
    for action, subject in (("draft", "p1"), ("draft", "p2"), ("approve", "p1"), ("start", None)):
        log.record(AuditEntry(action, subject=subject))
    assert [entry.action for entry in log.entries("p1")] == ["approve", "draft"]
    assert [entry.action for entry in log.entries(limit=2)] == ["start", "approve"]


def test_an_audit_entry_is_undone_with_what_it_tells_of(engine: Engine) -> None:
    log = AuditLog(engine)

    def approve_and_fail() -> None:
        with writing(engine) as connection:
            log.insert(connection, AuditEntry("approve", subject="p1"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        approve_and_fail()
    assert log.entries() == []
