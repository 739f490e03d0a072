"""Who may ask, and that it is on record who did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.assistant.slack.conftest import ANSWER, PUENTES, http_server, settings_for
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.slack_people import Person, action_of, all_text
from tests.support.town import Town

WITH_ADDRESS = f"{PUENTES} Escríbame a ana@correo.example"


def last_entries(town: Town, count: int = 1) -> list[Any]:
    return town.assistant.audit.entries(limit=count)


def test_a_workspace_that_is_not_allowed_gets_no_answer(slack: FakeSlack, town: Town, tmp_path: Path) -> None:
    with http_server(settings_for(slack, tmp_path, slack_allowed_teams="T1, T2"), town) as wire:
        Person(slack, wire, team="T9").mention(PUENTES)
        slack.wait(lambda: slack.called("chat.postEphemeral"))
        Person(slack, wire).mention(PUENTES, user_team="T9")  # somebody of another workspace, in a shared channel
        slack.wait(lambda: len(slack.called("chat.postEphemeral")) == 2)
        ts = Person(slack, wire, team="T2").mention(PUENTES)
        slack.wait(lambda: slack.seen("C1", ts))
    assert len(slack.seen()) == 1


def test_a_channel_that_is_not_allowed_gets_no_answer_but_direct_messages_do(
    slack: FakeSlack, town: Town, tmp_path: Path
) -> None:
    with http_server(settings_for(slack, tmp_path, slack_allowed_channels="C5"), town) as wire:
        ana = Person(slack, wire)
        ts = ana.mention(PUENTES, channel="C1")
        (refused,) = slack.wait(lambda: slack.called("chat.postEphemeral"))
        assert (refused.arguments["user"], refused.arguments["thread_ts"]) == ("UANA", ts)
        assert "canal" in refused.arguments["text"]
        ana.command(PUENTES, channel="C1")
        ((_, body),) = slack.wait(lambda: slack.replies)
        assert ANSWER not in all_text(body.get("blocks") or []) + body["text"]
        ana.mention(PUENTES, channel="C5")
        slack.wait(lambda: slack.seen("C5"))
        ana.write(PUENTES)
        slack.wait(lambda: slack.seen(ana.direct))
    assert slack.seen("C1") == []


def test_guests_are_excluded_unless_they_are_let_in(slack: FakeSlack, town: Town, tmp_path: Path) -> None:
    slack.guests.add("UGUEST")
    with http_server(settings_for(slack, tmp_path), town) as wire:
        guest = Person(slack, wire, user="UGUEST")
        guest.write(PUENTES)
        (message,) = slack.wait(lambda: slack.seen(guest.direct))
        assert "invitados" in message.text
        guest.mention(PUENTES)
        slack.wait(lambda: slack.called("chat.postEphemeral"))
        assert len(slack.called("users.info")) == 1  # remembered for a while
    with http_server(settings_for(slack, tmp_path, slack_allow_guests=True), town) as wire:
        ts = Person(slack, wire, user="UGUEST").mention(PUENTES)
        slack.wait(lambda: slack.seen("C1", ts))
    assert len(slack.called("users.info")) == 1


def test_guests_see_no_documents_open_no_rows_and_draft_nothing(slack: FakeSlack, town: Town, tmp_path: Path) -> None:
    slack.guests.add("UGUEST")
    with http_server(settings_for(slack, tmp_path), town) as wire:
        ts = Person(slack, wire).mention(PUENTES)
        (message,) = slack.wait(lambda: slack.seen("C1", ts))
        guest = Person(slack, wire, user="UGUEST")
        guest.open_home_tab()
        home = slack.wait(lambda: slack.homes.get("UGUEST"))
        guest.open_messages_tab()
        guest.open_pane()
        guest.press_in(message, action_of(message.blocks, "row_choose"))
        guest.press_in(message, {"action_id": "document_view", "type": "button", "value": "a:1:r1"})
        guest.press_in(message, {"action_id": "publish", "type": "button", "value": '["a", "b"]'})
        guest.shortcut("Petición")
        guest.submit(
            {"type": "modal", "callback_id": "draft_reply"}, {"part_0": {"text": {"value": "1. ¿Qué meta hay?"}}}
        )
        slack.wait(lambda: len(slack.seen("DUGUEST")) == 5)
        slack.settle()
    assert "Villa Serena" not in all_text(home["blocks"])
    assert all("invitados" in one.text for one in slack.seen("DUGUEST"))
    assert slack.views == {}
    assert slack.called("assistant.threads.setSuggestedPrompts") == []
    assert len(slack.seen("C1")) == 1


@pytest.mark.parametrize(("failure", "minutes"), [(Failure(error="missing_scope"), 60.0), (Failure(status=503), 0.001)])
def test_somebody_of_whom_slack_tells_nothing_is_not_let_in(
    slack: FakeSlack, town: Town, tmp_path: Path, failure: Failure, minutes: float
) -> None:
    slack.break_down("users.info", failure)
    with http_server(settings_for(slack, tmp_path, slack_keep_minutes=minutes), town) as wire:
        Person(slack, wire).mention(PUENTES)
        (call,) = slack.wait(lambda: slack.called("chat.postEphemeral"))
    assert "comprobar" in call.arguments["text"]
    assert slack.seen() == []


def test_every_question_and_answer_is_on_record_with_its_user_without_words(
    slack: FakeSlack, town: Town, tmp_path: Path
) -> None:
    slack.guests.add("UGUEST")
    with http_server(settings_for(slack, tmp_path), town) as wire:
        ts = Person(slack, wire).mention(PUENTES)
        slack.wait(lambda: slack.seen("C1", ts))
        Person(slack, wire).command(PUENTES)
        slack.wait(lambda: slack.replies)
        Person(slack, wire, user="UGUEST").write(PUENTES)
        slack.wait(lambda: slack.seen("DUGUEST"))
    refused, command, mention = last_entries(town, 3)
    assert [one.action for one in (mention, command, refused)] == ["question", "question", "question_refused"]
    assert [one.actor for one in (mention, command, refused)] == ["UANA", "UANA", "UGUEST"]
    assert {one.detail["front_end"] for one in (mention, command, refused)} == {"slack"}
    assert mention.detail["conversation_id"] == f"slack:T1:C1:{ts}"
    assert mention.detail["status"] == "answered"
    assert mention.detail["cited"]
    assert refused.detail["refusal"] == "guest"
    assert "puentes" not in str([mention, command, refused]).lower()


def test_the_words_are_on_record_when_configured_but_no_contact_data(
    slack: FakeSlack, town: Town, tmp_path: Path
) -> None:
    with http_server(settings_for(slack, tmp_path, audit_texts=True), town) as wire:
        for question in (PUENTES, WITH_ADDRESS):
            ts = Person(slack, wire).mention(question)
            slack.wait(lambda ts=ts: slack.seen("C1", ts))  # type: ignore[misc]
    addressed, entry = last_entries(town, 2)
    assert entry.detail["question"] == PUENTES
    assert ANSWER in entry.detail["answer"]
    assert "puentes peatonales" in addressed.detail["question"]
    assert "ana@correo.example" not in str(addressed)


def test_no_words_of_anybody_and_no_token_are_logged(
    slack: FakeSlack, town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    slack.fail("chat.postMessage", Failure(status=503), Failure(status=503), Failure(error="is_archived"))
    slack.fail("views.open", Failure(error="expired_trigger_id"))
    with http_server(settings_for(slack, tmp_path), town) as wire:
        ana = Person(slack, wire)
        ana.mention(WITH_ADDRESS)
        slack.wait(lambda: "is_archived" in caplog.text, 30)
        ana.press({"action_id": "row_view", "type": "button", "value": "no:es"}, {"type": "message"})
        slack.wait(lambda: "incident" in caplog.text)
        ana.wire.send("events_api", ana.event({"type": "reaction_added", "user": "UANA", "text": PUENTES}))
        slack.settle()
    ours = "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith(("httpcore", "httpx")))
    assert "puentes" not in ours.lower()
    assert "xoxb-" not in ours
    assert "ana@correo" not in ours
