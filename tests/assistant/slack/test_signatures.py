"""Only what Slack signed a moment ago is taken."""

from __future__ import annotations

import json
import time

import httpx
import pytest

from tests.assistant.slack.conftest import PUENTES
from tests.support.fake_slack import FakeSlack
from tests.support.slack_people import HttpWire, Person, encoded, signed


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
