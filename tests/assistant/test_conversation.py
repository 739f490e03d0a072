"""Conversations are given back at once, written a moment later, and hold no personal data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from textwrap import dedent
from threading import Event, Thread

import pytest
from sqlalchemy import Connection, Engine, text, update

from assistant import store
from assistant.answer import Answer, AnswerFigure, Citation
from assistant.conversation import ConversationStore, Turn, WriteBehind, checked_id, without_contacts
from ingest.database import database_url, open_engine, reading, writing
from ingest.errors import InputError, NotFoundError, StoreError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(database_url(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def conversations(engine: Engine) -> Iterator[ConversationStore]:
    with ConversationStore(engine) as conversations:
        yield conversations


def turn(answer_id: str, question: str = "¿Cuántas garitas?", said: str = "Son 12 [1].") -> Turn:
    answer = Answer(
        status="answered",
        answer=said,
        citations=[Citation(n=1, kind="row", row_id="r1", quote="Garitas construidas\t12")],
        answer_id=answer_id,
    )
    return Turn(question, answer, {"kind": "value", "fields": ["target"]})


@contextmanager
def nobody_can_write(engine: Engine) -> Iterator[None]:
    """The database's write lock is taken, as a long ingest takes it."""
    with engine.connect().execution_options(cabildo_immediate=True) as connection, connection.begin():
        yield


def everything_stored(engine: Engine) -> str:
    """All that the assistant's tables hold, as one text."""
    with reading(engine) as connection:
        return "\n".join(
            repr(tuple(line)) for table in store.metadata.tables.values() for line in connection.execute(table.select())
        )


# Written behind


def test_a_second_store_on_the_same_database_reads_what_the_first_wrote(
    conversations: ConversationStore, tmp_path: Path
) -> None:
    conversations.append("c1", turn("a1", "¿Cuántas garitas?"))
    conversations.append("c1", turn("a2", "¿Y de quién?"))
    assert conversations.flush()
    elsewhere = ConversationStore(open_engine(database_url(tmp_path)))
    assert elsewhere.history("c1") == (turn("a1", "¿Cuántas garitas?"), turn("a2", "¿Y de quién?"))
    assert elsewhere.answer("a2") == turn("a2").answer
    assert elsewhere.history("c2") == ()
    assert elsewhere.answer("a3") is None


def test_a_turn_is_there_for_its_follow_up_before_it_is_written(engine: Engine) -> None:
    with ConversationStore(engine) as conversations:
        conversations.append("c1", turn("a1"))
        assert conversations.flush()
        with nobody_can_write(engine):
            started = time.perf_counter()
            conversations.append("c1", turn("a2", "¿Y cuántas en Pasacaballos?"))
            conversations.append("other", turn("a3"))
            assert time.perf_counter() - started < 1  # nobody waited for the lock
            assert [t.answer.answer_id for t in conversations.history("c1")] == ["a1", "a2"]
            assert [t.answer.answer_id for t in conversations.history("c1", limit=1)] == ["a2"]
            assert conversations.answer("a2") is not None
            assert not conversations.flush(0.05)
            assert "a2" not in everything_stored(engine)
        assert conversations.flush()
        assert [t.answer.answer_id for t in conversations.history("c1")] == ["a1", "a2"]
        assert "a2" in everything_stored(engine)


def test_a_turn_written_while_the_history_is_read_is_in_it_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ConversationStore(engine) as conversations, ExitStack() as release:
        release.enter_context(nobody_can_write(engine))
        conversations.append("c1", turn("a1"))

        @contextmanager
        def reading_after_the_write(engine: Engine) -> Iterator[Connection]:
            release.close()  # memory was looked at; now the turn is written, then the database is read
            assert conversations.flush(10)
            with reading(engine) as connection:
                yield connection

        monkeypatch.setattr("assistant.conversation.reading", reading_after_the_write)
        assert [t.answer.answer_id for t in conversations.history("c1")] == ["a1"]


def test_a_turn_that_cannot_be_written_is_logged_without_its_text_and_still_followed_up(
    conversations: ConversationStore, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    conversations.append("c1", turn("a1"))
    assert conversations.flush()
    with writing(engine) as connection:
        connection.execute(text("ALTER TABLE turns RENAME TO turned"))
    conversations.append("c1", turn("a2", "¿Cuántas lanchas rápidas?"))
    conversations.close()
    with writing(engine) as connection:
        connection.execute(text("ALTER TABLE turned RENAME TO turns"))
    assert [t.answer.answer_id for t in conversations.history("c1")] == ["a1", "a2"]
    assert "a2 is not written: StoreError" in caplog.text
    assert "lanchas" not in caplog.text


def test_two_threads_and_one_sqlite_database_lose_nothing(conversations: ConversationStore) -> None:
    def converse(name: str) -> None:
        for n in range(20):
            conversations.append(name, turn(f"{name}{n}"))
            seen = [t.answer.answer_id for t in conversations.history(name, limit=3)]
            assert seen == [f"{name}{k}" for k in range(max(0, n - 2), n + 1)]
        finished.append(name)

    finished: list[str] = []
    threads = [Thread(target=converse, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(finished) == ["a", "b"]
    assert conversations.flush(30)
    for name in "ab":
        assert [t.answer.answer_id for t in conversations.history(name, 99)] == [f"{name}{n}" for n in range(20)]


CHILD = """
    import sys
    from pathlib import Path
    from assistant.answer import Answer
    from assistant.conversation import ConversationStore, Turn
    from ingest.database import database_url, open_engine

    conversations = ConversationStore(open_engine(database_url(Path(sys.argv[1]))))
    def ask(answer_id):
        answer = Answer(status="answered", answer="Son 12.", answer_id=answer_id)
        conversations.append("c1", Turn("¿Cuántas garitas?", answer, {}))
        print(answer_id, flush=True)
"""


@contextmanager
def child(code: str, data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that converses; ended whatever happens."""
    source = dedent(CHILD) + dedent(code)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", source, str(data_dir)], cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_crash_between_answer_and_write_loses_that_turn_alone(engine: Engine, tmp_path: Path) -> None:
    code = """
        ask("a1")
        assert conversations.flush()
        print("written", flush=True)
        input()
        ask("a2")
        input()
    """
    with child(code, tmp_path) as process:
        assert (told(process), told(process)) == ("a1", "written")
        with nobody_can_write(engine):
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
            assert told(process) == "a2"  # the answer was given
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    with ConversationStore(engine) as after:
        assert [t.answer.answer_id for t in after.history("c1")] == ["a1"]
        after.append("c1", turn("a3"))
        assert after.flush()
        assert [t.answer.answer_id for t in after.history("c1")] == ["a1", "a3"]


def test_a_process_that_ends_without_closing_writes_what_it_has(engine: Engine, tmp_path: Path) -> None:
    with child("for n in range(20): ask(f'a{n}')", tmp_path) as process:
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 0, errors
    assert len(ConversationStore(engine).history("c1", 99)) == 20


def test_a_process_does_not_wait_longer_than_its_limit_for_a_database_that_is_locked(
    engine: Engine, tmp_path: Path
) -> None:
    code = """
        conversations._writer._close_seconds = 0.3
        input()
        ask("a1")
    """
    ConversationStore(engine)
    with child(code, tmp_path) as process, nobody_can_write(engine):
        started = time.perf_counter()
        _, errors = process.communicate("\n", timeout=20)
    assert time.perf_counter() - started < 10  # the lock itself is waited for 30 seconds
    assert "1 pieces of work are not written" in errors


# The queue


def test_work_is_done_in_the_order_it_came() -> None:
    done: list[int] = []
    queue = WriteBehind()
    for n in range(50):
        assert queue.put(f"work {n}", lambda n=n: done.append(n))  # type: ignore[misc]
    queue.close()
    assert done == list(range(50))


def test_a_full_queue_refuses_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    begun, go_on = Event(), Event()
    queue = WriteBehind(capacity=2)

    def hold() -> None:
        begun.set()
        go_on.wait(10)

    queue.put("holding", hold)
    assert begun.wait(10)
    assert [queue.put(f"work {n}", lambda: None) for n in range(3)] == [True, True, False]
    go_on.set()
    queue.close()
    assert caplog.messages == ["work 2 is not written: the queue is full"]


def test_a_database_that_recovers_is_tried_again() -> None:
    attempts: list[int] = []

    def third_time() -> None:
        attempts.append(1)
        if len(attempts) < 3:
            raise StoreError("La base de datos no responde.")

    queue = WriteBehind()
    queue.put("work", third_time)
    assert queue.flush(10)
    assert len(attempts) == 3
    queue.close()


def test_a_mistake_is_logged_by_its_class_and_the_next_work_is_done(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("un dato que nadie debe ver")

    done: list[int] = []
    queue = WriteBehind()
    queue.put("work 1", fail)
    queue.put("work 2", lambda: done.append(2))
    assert queue.flush(10)
    queue.close()
    assert done == [2]
    assert caplog.messages == ["work 1 is not written: RuntimeError"]


def test_a_closed_queue_takes_nothing_and_closing_twice_is_harmless(caplog: pytest.LogCaptureFixture) -> None:
    queue = WriteBehind()
    queue.close()
    queue.close()
    assert not queue.put("work", lambda: None)
    assert "the queue is closed" in caplog.text


# Identifiers


def test_new_identifiers_are_uuids_and_never_the_same() -> None:
    made = {ConversationStore.new_id() for _ in range(50)}
    assert len(made) == 50
    assert all(len(identifier) == 32 and int(identifier, 16) for identifier in made)


@pytest.mark.parametrize(
    "identifier", ["C012AB3CD/1700000000.000200", "ñandú 🦙", "x" * 200, "'; DROP TABLE turns; --"]
)
def test_another_programs_identifier_is_taken_as_it_is(conversations: ConversationStore, identifier: str) -> None:
    conversations.append(identifier, turn("a1"))
    assert conversations.flush()
    assert len(conversations.history(identifier)) == 1
    assert conversations.history(f"{identifier[:-1]}_") == ()


@pytest.mark.parametrize("identifier", ["", "   ", "x" * 201, "a\x00b", "a\nb", "\x1b[31m", "a\u2028b", "a\ud800"])
def test_identifiers_with_control_characters_or_no_sense_are_refused(
    conversations: ConversationStore, identifier: str
) -> None:
    with pytest.raises(InputError, match="identificador de la conversación"):
        checked_id(identifier)
    with pytest.raises(InputError):
        conversations.history(identifier)
    with pytest.raises(InputError):
        conversations.append(identifier, turn("a1"))


def test_an_answer_without_an_identifier_is_a_mistake_of_the_caller(conversations: ConversationStore) -> None:
    with pytest.raises(ValueError, match="answer_id"):
        conversations.append("c1", Turn("¿Qué?", Answer(status="answered", answer="Eso.")))


def test_what_a_person_can_type_can_be_kept(conversations: ConversationStore, engine: Engine) -> None:
    conversations.append("c1", turn("a1", "¿qué\x00 hay\ud83d? 🚓", said="Nada de «hay\ud83d» 🚓"))
    assert conversations.flush()
    (kept,) = conversations.history("c1")
    assert kept.question == "¿qué hay?? 🚓"
    assert "a1" in everything_stored(engine)


# What newer and older programs wrote


def test_a_field_of_a_newer_program_is_left_out(conversations: ConversationStore, engine: Engine) -> None:
    conversations.append("c1", turn("a1"))
    assert conversations.flush()
    newer = turn("a1").answer.model_dump(mode="json") | {"mood": "alegre"}
    newer["citations"][0]["colour"] = "azul"
    with writing(engine) as connection:
        connection.execute(update(store.turns).values(answer=newer))
    assert conversations.answer("a1") == turn("a1").answer


def test_an_answer_that_cannot_be_read_is_told_and_left_out(
    conversations: ConversationStore, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    conversations.append("c1", turn("a1"))
    conversations.append("c1", turn("a2"))
    assert conversations.flush()
    with writing(engine) as connection:
        connection.execute(update(store.turns).where(store.turns.c.answer_id == "a1").values(answer={"status": "odd"}))
    assert [t.answer.answer_id for t in conversations.history("c1")] == ["a2"]
    assert "a1" in caplog.text


# Personal data

SECRETS = {
    "e-mail": ("Escríbame a marta.ruiz@example.com cuando sepa", ["marta", "ruiz@", "example.com"]),
    "mobile": ("¿Cuántas garitas? Mi número: 301 555 0199", ["301 555", "0199", "3015550199"]),
    "identity": ("Soy C.C. 1.020.304.050, ¿cuántas garitas hay?", ["1.020.304.050", "1020304050"]),
    "address": ("Vivo en la Calle 31 # 45-12, ¿cuántas garitas?", ["Calle 31", "45-12"]),
}


@pytest.mark.parametrize(("question", "parts"), SECRETS.values(), ids=list(SECRETS))
def test_personal_data_of_a_question_reaches_neither_memory_nor_database(
    conversations: ConversationStore, engine: Engine, question: str, parts: list[str]
) -> None:
    answer = turn("a1", said=f"No hay nada sobre «{question}»").answer
    asked = Turn(question, answer, {"text": question, "terms": parts, "period": "2024-2027"})
    with nobody_can_write(engine):
        conversations.append("c1", asked)
        (remembered,) = conversations.history("c1")
    assert conversations.flush()
    (written,) = conversations.history("c1")
    for part in parts:
        assert part not in repr(remembered)
        assert part not in repr(written)
        assert part not in everything_stored(engine)
    assert "reservad" in written.question
    assert written.query == {"period": "2024-2027"}


def test_a_question_without_personal_data_is_kept_as_it_is() -> None:
    asked = turn("a1", "¿La meta de 2.672 garitas en 2024-2027 cuesta $3.150.000.000?")
    assert without_contacts(asked) is asked


def test_only_what_the_documents_say_of_a_masked_number_stays_in_the_answer() -> None:
    question = "¿Los 3015550199 pesos son de garitas? Llámeme al 3105550142"
    said = "Los 3015550199 pesos son de garitas [1]. Del 3105550142 no dicen nada."
    answer = Answer(
        status="answered",
        answer=said,
        answer_id="a1",
        citations=[Citation(n=1, kind="row", quote="Garitas\t3015550199")],
        figures=[AnswerFigure(text="3015550199", citations=[1]), AnswerFigure(text="3105550142", value=3105550142)],
        suggestions=["¿Qué es 3105550142?"],
    )
    kept = without_contacts(Turn(question, answer)).answer
    assert kept.answer == "Los 3015550199 pesos son de garitas [1]. Del [dato reservado] no dicen nada."
    assert [figure.text for figure in kept.figures] == ["3015550199"]
    assert kept.suggestions == ["¿Qué es [dato reservado]?"]
    assert kept.citations == answer.citations


# Feedback


def test_feedback_waits_for_its_answer_to_be_written(engine: Engine) -> None:
    begun, go_on = Event(), Event()
    writer = WriteBehind()

    def hold() -> None:
        begun.set()
        go_on.wait(10)

    writer.put("holding", hold)
    assert begun.wait(10)
    with ConversationStore(engine, writer) as conversations:
        conversations.append("c1", turn("a1"))
        given = Thread(target=conversations.add_feedback, args=("a1", "down", "Llamar al 301 555 0199"))
        given.start()
        time.sleep(0.1)
        assert conversations.feedback() == []
        go_on.set()
        given.join(10)
        (kept,) = conversations.feedback("a1")
    assert (kept.verdict, kept.reason) == ("down", "Llamar al [teléfono reservado]")


def test_feedback_on_an_answer_that_never_was_is_refused(conversations: ConversationStore) -> None:
    with pytest.raises(NotFoundError):
        conversations.add_feedback("nobody", "up")
    assert conversations.feedback() == []
