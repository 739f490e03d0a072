"""Every question is acknowledged in time and taken once, over retries, replicas and both ways to connect."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from assistant.settings import Settings
from assistant.slack import store
from ingest.database import reading, writing
from tests.assistant.slack.conftest import ANSWER, PUENTES, http_server, socket_server
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.slack_people import Person, Wire
from tests.support.slack_workspace import BOT_USER
from tests.support.town import Town


def test_slacks_retries_with_the_same_event_id_make_one_answer(slack: FakeSlack, either: Person) -> None:
    ts = slack.ts()
    for _ in range(4):
        either.mention(PUENTES, ts=ts, event_id=f"Ev-{ts}")
    slack.wait(lambda: slack.seen("C1", ts))
    slack.settle()
    assert len(slack.seen("C1")) == 1
    assert len(slack.called("chat.postMessage")) == 1


def test_the_same_event_over_two_replicas_makes_one_answer(slack: FakeSlack, settings: Settings, town: Town) -> None:
    with http_server(settings, town) as one, http_server(settings, town) as other:
        payload = Person(slack, one)
        ts = slack.ts()
        event = payload.event({"type": "app_mention", "user": "UANA", "text": PUENTES, "ts": ts, "channel": "C1"})
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda index: (one, other)[index % 2].send("events_api", event), range(8)))
        slack.wait(lambda: slack.seen("C1", ts))
        slack.settle()
    assert len(slack.seen("C1")) == 1


def test_a_replica_on_http_and_one_on_socket_mode_make_one_answer(
    slack: FakeSlack, settings: Settings, town: Town
) -> None:
    with http_server(settings, town) as one, socket_server(settings, town, slack) as other:
        ts, event_id = slack.ts(), "Ev-both-ways"
        Person(slack, one).mention(PUENTES, ts=ts, event_id=event_id)
        Person(slack, other).mention(PUENTES, ts=ts, event_id=event_id)
        slack.wait(lambda: slack.seen("C1", ts))
        slack.settle()
    assert len(slack.seen("C1")) == 1


def test_a_message_that_is_a_mention_and_a_direct_message_makes_one_answer(slack: FakeSlack, either: Person) -> None:
    ts = slack.ts()
    either.write(f"<@{BOT_USER}> {PUENTES}", ts=ts)
    either.mention(PUENTES, channel=either.direct, ts=ts)
    (message,) = slack.wait(lambda: slack.seen(either.direct, ts))
    assert ANSWER in message.text
    slack.settle()
    assert len(slack.seen(either.direct)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "BOTHER"},
        {"subtype": "bot_message", "bot_id": "B2", "user": None},
        {"subtype": "message_changed", "message": {"text": "¿otra?", "user": "UANA", "ts": "1.1"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "UANA", "ts": "1.2"}},
        {"user": BOT_USER, "bot_id": "BBOT"},
    ],
)
def test_edits_and_bots_are_ignored(slack: FakeSlack, ana: Person, more: dict[str, object]) -> None:
    ana.write(PUENTES, **more)
    ana.write(PUENTES, thread_ts="1.0", **more)
    ana.mention(PUENTES, **more)
    slack.settle()
    assert slack.calls == []


def test_a_suggestion_pressed_three_times_is_asked_once(slack: FakeSlack, ana: Person) -> None:
    ts = ana.mention("¿Cuál es la meta de kilómetros de vía terciaria mejorados?")
    (message,) = slack.wait(lambda: slack.seen("C1", ts))
    action = {"action_id": "ask:0", "type": "button", "value": "Kilómetros de vía terciaria mejorados — Puerto Lindo"}
    for _ in range(3):
        ana.press_in(message, action)
    slack.wait(lambda: len(slack.seen("C1", ts)) == 2)
    slack.settle()
    assert len(slack.seen("C1", ts)) == 2


@pytest.mark.parametrize("wire", ["http", "socket"])
def test_fifty_mentions_at_once_are_acknowledged_in_time_and_answered_once(
    slack: FakeSlack, settings: Settings, town: Town, wire: str
) -> None:
    with ExitStack() as stack:
        through: Wire = (
            stack.enter_context(http_server(settings, town))
            if wire == "http"
            else stack.enter_context(socket_server(settings, town, slack))
        )
        took: list[float] = []

        def ask(number: int) -> str:
            person = Person(slack, through, user=f"U{number}")
            began = time.monotonic()
            ts = person.mention(PUENTES, channel=f"C{number % 5}")
            took.append(time.monotonic() - began)
            return ts

        with ThreadPoolExecutor(50) as pool:
            asked = list(pool.map(ask, range(50)))
        slack.wait(lambda: len(slack.seen()) >= 50, 60)
        slack.settle()
    assert len(took) == 50
    assert max(took) < 3, f"slowest {max(took):.2f} s, median {statistics.median(took):.2f} s"
    assert sorted(message.thread_ts or "" for message in slack.seen()) == sorted(asked)
    assert all(ANSWER in message.text for message in slack.seen())


def test_a_slow_slack_does_not_hold_the_acknowledgement(slack: FakeSlack, ana: Person) -> None:
    slack.break_down("users.info", Failure(delay=3.2, error=""))
    slack.break_down("assistant.threads.setStatus", Failure(delay=1.0, error=""))
    began = time.monotonic()
    ts = ana.mention(PUENTES)
    assert time.monotonic() - began < 3
    assert slack.wait(lambda: slack.seen("C1", ts), 30)


def test_all_keys_are_claimed_or_none(town: Town) -> None:
    engine = town.knowledge.engine
    assert store.claim(engine, "event:a1", "message:a1")
    assert not store.claim(engine, "event:a2", "message:a1")
    with reading(engine) as connection:
        keys = set(connection.execute(select(store.claims.c.key)).scalars())
    assert "event:a2" not in keys
    assert store.claim(engine, "event:a2")


def test_old_claims_are_forgotten(town: Town) -> None:
    engine = town.knowledge.engine
    assert store.claim(engine, "event:old")
    with writing(engine) as connection:
        assert store.forget_claims(connection, store.moment(60)) >= 1
    assert store.claim(engine, "event:old")
