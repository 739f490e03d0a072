"""Answers while Slack is down, slow or refuses: kept, sent once when it is back, given up only as configured."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

import assistant.slack.sender as sender
from assistant.slack import store
from ingest.database import reading
from tests.assistant.slack.conftest import ANSWER, PUENTES, http_server, settings_for, waiting
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.slack_people import Person
from tests.support.town import Town


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


def test_a_delivery_is_held_longer_than_its_calls_may_take() -> None:
    from assistant.slack import web

    calls = 2 * web.TIMEOUT_SECONDS * (1 + web._RATE_LIMIT_RETRIES) + web._LONGEST_WAIT * web._RATE_LIMIT_RETRIES
    assert calls < sender._HELD_SECONDS
