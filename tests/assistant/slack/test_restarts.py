"""Processes that end, are killed or share the work: what one had taken another answers, and once."""

from __future__ import annotations

import time

import pytest

import assistant.slack.sender as sender
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.slack import store
from ingest.database import writing
from tests.assistant.slack.conftest import ANSWER, PUENTES, http_server, waiting
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.slack_people import Person
from tests.support.town import Town


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


def test_a_follow_up_works_after_a_restart_and_on_another_replica(
    slack: FakeSlack, settings: Settings, town: Town
) -> None:
    with http_server(settings, town) as wire:
        ts = Person(slack, wire).mention(PUENTES)
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
