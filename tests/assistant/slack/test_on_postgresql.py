"""The claims and the outbox over a real PostgreSQL server, with two replicas at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine

from assistant.slack import store
from assistant.slack.outbox import Outbox
from assistant.store import open_store
from ingest.database import open_engine, reading
from tests.support.servers import postgresql, postgresql_missing

_MISSING = postgresql_missing()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(_MISSING is not None, reason=str(_MISSING))]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """Two replicas' connections to one database."""
    with ExitStack() as stack:
        url = stack.enter_context(postgresql(tmp_path_factory.mktemp("slack-postgresql")))

        def engine() -> Engine:
            made = open_engine(url)
            stack.callback(made.dispose)
            open_store(made)
            return made

        yield engine(), engine()


def waiting(name: str) -> store.Waiting:
    delivery = {"kind": "post", "channel": "C1", "text": "Sí, «así»"}
    return store.Waiting(name, delivery, 1, store.moment(), store.moment())


def test_one_of_many_at_once_takes_an_event_and_what_waits_with_it(engines: tuple[Engine, Engine]) -> None:
    def claim(number: int) -> bool:
        one = waiting(f"claimed-{number}")
        return store.claim(engines[number % 2], "event:Ev1", f"message:{number}", waiting=one)

    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(claim, range(48)))
    assert taken.count(True) == 1
    with reading(engines[0]) as connection:
        kept = [one.id for one in store.due(connection)]
    assert kept == [f"claimed-{taken.index(True)}"]
    Outbox(engines[0]).drop(kept[0])


def test_what_waits_is_taken_by_one_replica(engines: tuple[Engine, Engine]) -> None:
    outboxes = [Outbox(engine) for engine in engines]
    for number in range(20):
        outboxes[0].put(waiting(f"many-{number}"), None)

    def take(outbox: Outbox) -> list[str]:
        return [one.id for one in outbox.due() if outbox.take(one, store.moment(60))]

    with ThreadPoolExecutor(8) as pool:
        taken = [name for names in pool.map(take, outboxes * 4) for name in names]
    assert sorted(taken) == sorted(f"many-{number}" for number in range(20))
    assert outboxes[1].due() == []
    outboxes[0].release("many-3", store.moment())
    assert [(one.id, one.attempts) for one in outboxes[1].due()] == [("many-3", 2)]


def test_an_answer_takes_the_place_of_its_question_or_neither_changes(engines: tuple[Engine, Engine]) -> None:
    outbox = Outbox(engines[0])
    outbox.put(waiting("question"), None)
    outbox.put(waiting("answer"), "question")
    names = {one.id for one in outbox.due()}
    assert "answer" in names
    assert "question" not in names
