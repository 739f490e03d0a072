"""Every question gets one answer: acknowledged in time, taken once, kept when Slack is down, sent when it is back."""

from __future__ import annotations

import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

import assistant.slack.sender as sender
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.slack import store
from ingest.database import reading, writing
from tests.assistant.slack.conftest import http_server, settings_for, socket_server
from tests.support.fake_slack import BOT_USER, Failure, FakeSlack
from tests.support.slack_people import HttpWire, Person, Wire, encoded, signed
from tests.support.town import Town

PUENTES = "¿Cuál es la meta de puentes peatonales construidos?"
ANSWER = "Construir 7 puentes"


def waiting(town: Town) -> int:
    with reading(town.knowledge.engine) as connection:
        return store.count_waiting(connection)


# Taken once


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


# Acknowledged in time


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


# Signed


@pytest.mark.parametrize(
    ("secret", "age", "body"),
    [
        ("another-secret", 0, None),
        (None, 6 * 60, None),
        (None, -6 * 60, None),
        ("another-secret", 0, b"{no json"),
        ("another-secret", 0, b"\xff\xfe"),
    ],
)
def test_a_wrong_signature_or_an_old_timestamp_is_401_and_nothing_is_done(
    slack: FakeSlack, ana: Person, secret: str | None, age: float, body: bytes | None
) -> None:
    event = ana.event({"type": "app_mention", "user": "UANA", "text": PUENTES, "ts": slack.ts(), "channel": "C1"})
    sent, kind = encoded("events_api", event)
    sent = sent if body is None else body
    wire = ana.wire
    assert isinstance(wire, HttpWire)
    right = {"secret": secret} if secret else {}
    headers = signed(sent, kind, at=time.time() - age, **right)
    assert httpx.post(f"{wire.url}/slack/events", content=sent, headers=headers).status_code == 401
    slack.settle()
    assert slack.calls == []


def test_an_unsigned_request_is_401(ana: Person) -> None:
    wire = ana.wire
    assert isinstance(wire, HttpWire)
    sent = json.dumps(ana.event({"type": "app_mention"}))
    headers = {"content-type": "application/json"}
    assert httpx.post(f"{wire.url}/slack/events", content=sent, headers=headers).status_code == 401


def test_slacks_check_of_the_address_is_answered(ana: Person) -> None:
    assert ana.wire.send("events_api", {"type": "url_verification", "challenge": "abc", "token": "x"}) == {
        "challenge": "abc"
    }


# Kept when Slack fails


def test_a_limited_call_waits_as_long_as_slack_says(slack: FakeSlack, ana: Person) -> None:
    slack.fail("chat.postMessage", Failure(status=429, retry_after=2))
    ts = ana.mention(PUENTES)
    (message,) = slack.wait(lambda: slack.seen("C1", ts))
    assert ANSWER in message.text
    limited, sent = slack.called("chat.postMessage")
    assert limited.status == 429
    assert sent.at - limited.at >= 2


def test_a_limit_longer_than_a_call_should_wait_is_waited_for_in_the_outbox(
    slack: FakeSlack, ana: Person, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.web._LONGEST_WAIT", 1.0)
    slack.fail("chat.postMessage", Failure(status=429, retry_after=3))
    ts = ana.mention(PUENTES)
    slack.wait(lambda: slack.called("chat.postMessage"))
    slack.wait(lambda: waiting(town) == 1)
    slack.wait(lambda: slack.seen("C1", ts))
    limited, sent = slack.called("chat.postMessage")
    assert sent.at - limited.at >= 3
    slack.wait(lambda: waiting(town) == 0)


@pytest.mark.parametrize("failure", [Failure(status=503), Failure(error="internal_error"), Failure(drop=True)])
def test_an_answer_is_kept_while_slack_is_down_and_sent_once_when_it_is_back(
    slack: FakeSlack, ana: Person, town: Town, failure: Failure
) -> None:
    slack.break_down("chat.postMessage", failure)
    ts = ana.mention(PUENTES)
    slack.wait(lambda: slack.called("chat.postMessage"))
    slack.wait(lambda: waiting(town) == 1)
    assert slack.seen("C1", ts) == []
    slack.mend("chat.postMessage")
    (message,) = slack.wait(lambda: slack.seen("C1", ts))
    assert ANSWER in message.text
    slack.wait(lambda: waiting(town) == 0)
    slack.settle()
    assert len(slack.seen("C1", ts)) == 1


@pytest.mark.parametrize("failure", [Failure(status=503), Failure(drop=True)])
def test_when_all_of_slack_is_down_the_answer_comes_once_when_it_is_back(
    slack: FakeSlack, ana: Person, town: Town, failure: Failure
) -> None:
    slack.go_down(failure)
    ts = ana.mention(PUENTES)
    direct = ana.write(PUENTES)
    slack.wait(lambda: len(slack.called("users.info")) >= 2)
    slack.come_back()
    (message,) = slack.wait(lambda: slack.seen("C1", ts), 30)
    (other,) = slack.wait(lambda: slack.seen(ana.direct, direct), 30)
    assert ANSWER in message.text
    assert ANSWER in other.text
    slack.wait(lambda: waiting(town) == 0)
    slack.settle()
    assert len(slack.seen()) == 2


def test_an_answer_whose_receipt_was_lost_is_not_posted_twice(slack: FakeSlack, ana: Person, town: Town) -> None:
    slack.fail("chat.postMessage", *[Failure(drop=True, after=True)] * 2)
    ts = ana.mention(PUENTES)
    slack.wait(lambda: len(slack.called("chat.postMessage")) >= 2)
    slack.wait(lambda: waiting(town) == 0)
    slack.settle()
    assert len(slack.seen("C1", ts)) == 1


def test_what_waits_is_sent_by_the_next_process(slack: FakeSlack, settings: Settings, town: Town) -> None:
    slack.break_down("chat.postMessage", Failure(status=503))
    with http_server(settings, town) as wire:
        ts = Person(slack, wire).mention(PUENTES)
        slack.wait(lambda: waiting(town) == 1 and slack.called("chat.postMessage"))
        slack.settle()
    slack.mend("chat.postMessage")
    with http_server(settings, town):
        (message,) = slack.wait(lambda: slack.seen("C1", ts))
    assert ANSWER in message.text
    assert waiting(town) == 0


def test_what_a_killed_process_was_sending_is_sent_by_another(slack: FakeSlack, settings: Settings, town: Town) -> None:
    held = store.Waiting(
        id="killed",
        delivery={"kind": "post", "channel": "C1", "text": "La respuesta"},
        attempts=1,
        created_at=store.moment(),
        next_at=store.moment(1.0),
    )
    with writing(town.knowledge.engine) as connection:
        store.put(connection, held)
    with http_server(settings, town):
        began = time.monotonic()
        (message,) = slack.wait(lambda: slack.seen("C1"))
    assert message.text == "La respuesta"
    assert time.monotonic() - began > 0.5


@pytest.mark.parametrize("reply", [False, True])
def test_a_question_that_a_killed_process_had_taken_is_answered_once_by_the_next(
    slack: FakeSlack, settings: Settings, town: Town, reply: bool
) -> None:
    asked = {"kind": "asked", "text": PUENTES, "user": "UANA", "team": "T1", "channel": "C1"}
    asked |= {"reply_url": slack.response_url()} if reply else {"thread_ts": slack.ts()}
    left = store.Waiting(f"left-{slack.ts()}", asked, 1, store.moment(), store.moment(0.3))
    assert store.claim(town.knowledge.engine, f"event:{left.id}", waiting=left)
    with http_server(settings, town), http_server(settings, town):
        slack.wait(lambda: slack.replies if reply else slack.seen("C1"))
        slack.settle()
    said = [body["text"] for _, body in slack.replies] if reply else [message.text for message in slack.seen("C1")]
    assert len(said) == 1
    assert ANSWER in said[0]
    assert waiting(town) == 0


def test_a_question_waits_without_contact_data_until_it_is_answered(slack: FakeSlack, ana: Person, town: Town) -> None:
    slack.break_down("users.info", Failure(delay=1.0, error=""))
    ana.mention(f"{PUENTES} Escríbame a ana@correo.example")

    def kept_now() -> list[dict[str, object]]:
        with reading(town.knowledge.engine) as connection:
            return list(connection.execute(select(store.outbox.c.delivery)).scalars())

    (kept,) = slack.wait(kept_now)
    assert kept["kind"] == "asked"
    assert "ana@correo.example" not in str(kept)
    slack.wait(lambda: slack.seen("C1"))
    slack.wait(lambda: waiting(town) == 0)


def test_a_long_answer_is_held_by_the_process_that_works_on_it(
    slack: FakeSlack, settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_QUESTION_SECONDS", 1.0)
    slow = Assistant(town.knowledge, settings)
    answer = slow.ask
    slow.ask = lambda *asked: (time.sleep(3), answer(*asked))[1]  # type: ignore[assignment, method-assign]
    with http_server(settings, town, slow) as one, http_server(settings, town):
        ts = Person(slack, one).mention(PUENTES)
        slack.wait(lambda: slack.seen("C1", ts))
        slack.settle()
    assert len(slack.seen("C1", ts)) == 1


def test_a_file_that_does_not_go_through_is_told(
    slack: FakeSlack, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.answers.LONG_LIST", 3)
    slack.fail("files.getUploadURLExternal", Failure(error="storage_limit_reached"))
    ts = ana.mention("¿Qué indicadores tiene el programa HUELLAS RURALES?")
    slack.wait(lambda: len(slack.seen("C1", ts)) == 2)
    assert "no se pudo adjuntar" in slack.seen("C1", ts)[1].text


def test_an_answer_is_given_up_after_the_time_that_is_configured(
    slack: FakeSlack, town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(slack, tmp_path, slack_keep_minutes=0.02)
    slack.break_down("chat.postMessage", Failure(status=503))
    with http_server(settings, town) as wire:
        Person(slack, wire).mention(PUENTES)
        slack.wait(lambda: slack.called("chat.postMessage"))
        slack.wait(lambda: waiting(town) == 0)
    assert "given up" in caplog.text
    assert ANSWER not in caplog.text


def test_two_replicas_send_what_waits_once(slack: FakeSlack, settings: Settings, town: Town) -> None:
    with writing(town.knowledge.engine) as connection:
        for number in range(10):
            delivery = {"kind": "post", "channel": "C1", "text": f"Respuesta {number}"}
            one = store.Waiting(f"many-{slack.ts()}", delivery, 1, store.moment(), store.moment())
            store.put(connection, one)
    with http_server(settings, town), http_server(settings, town):
        slack.wait(lambda: len(slack.seen("C1")) >= 10)
        slack.settle()
    assert len(slack.called("chat.postMessage")) == 10
    assert waiting(town) == 0


def test_blocks_that_slack_refuses_do_not_cost_the_answer(slack: FakeSlack, ana: Person) -> None:
    slack.fail("chat.postMessage", Failure(error="invalid_blocks"))
    ts = ana.mention(PUENTES)
    (message,) = slack.wait(lambda: slack.seen("C1", ts))
    assert ANSWER in message.text
    assert message.blocks == []


def test_an_error_that_does_not_pass_is_not_tried_again(
    slack: FakeSlack, ana: Person, town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fail("chat.postMessage", Failure(error="is_archived"))
    ana.mention(PUENTES)
    slack.wait(lambda: "is_archived" in caplog.text)
    slack.settle()
    assert len(slack.called("chat.postMessage")) == 1
    assert waiting(town) == 0


# A restart


def test_a_follow_up_works_after_a_restart_and_on_another_replica(
    slack: FakeSlack, settings: Settings, town: Town
) -> None:
    with http_server(settings, town) as wire:
        ts = Person(slack, wire).mention("¿Cuál es la meta de puentes peatonales construidos?")
        slack.wait(lambda: slack.seen("C1", ts))
    with http_server(settings, town) as one, http_server(settings, town) as other:
        Person(slack, one).mention("¿y la línea base?", thread_ts=ts)
        slack.wait(lambda: len(slack.seen("C1", ts)) == 2)
        assert "4 puentes" in slack.seen("C1", ts)[1].text
        time.sleep(0.5)  # the turn is written behind the answer
        Person(slack, other).mention("¿y qué dependencia responde?", thread_ts=ts)
        slack.wait(lambda: len(slack.seen("C1", ts)) == 3)
    assert "Secretaría de Planeación y Obras" in slack.seen("C1", ts)[2].text


def test_questions_under_way_are_answered_before_the_server_ends(
    slack: FakeSlack, settings: Settings, town: Town
) -> None:
    slack.fail("users.info", Failure(delay=1.0, error=""))
    with http_server(settings, town) as wire:
        ts = Person(slack, wire).mention(PUENTES)
    assert len(slack.seen("C1", ts)) == 1


# The tables


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


def test_a_delivery_is_held_longer_than_its_calls_may_take() -> None:
    from assistant.slack import web

    calls = 2 * web.TIMEOUT_SECONDS * (1 + web._RATE_LIMIT_RETRIES) + web._LONGEST_WAIT * web._RATE_LIMIT_RETRIES
    assert calls < sender._HELD_SECONDS
