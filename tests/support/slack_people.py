"""What people do in Slack, as Slack tells an app: events, commands, buttons and windows, over HTTP or Socket Mode."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx

from tests.support.fake_slack import FakeSlack
from tests.support.slack_workspace import BOT_USER, TEAM

Json = dict[str, Any]

SIGNING_SECRET = "not-a-secret"


class Wire(Protocol):
    """How what Slack sends gets to the app; returns what it was acknowledged with, {} for nothing."""

    def send(self, kind: str, payload: Json) -> Json: ...


@dataclass
class HttpWire:
    """Signed requests to ``/slack/events``. ``slowest`` is the longest an acknowledgement took, in seconds."""

    url: str
    slowest: float = 0.0
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=30, limits=httpx.Limits(max_connections=100))
    )

    def send(self, kind: str, payload: Json) -> Json:
        body, kind_of_body = encoded(kind, payload)
        began = time.monotonic()
        response = self.client.post(f"{self.url}/slack/events", content=body, headers=signed(body, kind_of_body))
        self.slowest = max(self.slowest, time.monotonic() - began)
        assert response.status_code == 200, response.text
        if response.text.startswith("{"):
            return dict(response.json())
        return {"text": response.text} if response.text else {}


@dataclass
class SocketWire:
    """Frames of Socket Mode."""

    slack: FakeSlack

    def send(self, kind: str, payload: Json) -> Json:
        return dict(self.slack.ack_of(self.slack.send_frame(kind, payload, answers=True)).get("payload") or {})


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """A request's body as Slack encodes each kind."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def signed(body: bytes, kind_of_body: str, *, secret: str = SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    """The headers of a signed request (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "content-type": kind_of_body,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signature}",
    }


@dataclass
class Person:
    """Somebody in Slack."""

    slack: FakeSlack
    wire: Wire
    user: str = "UANA"
    team: str = TEAM

    def event(self, event: Json, event_id: str | None = None) -> Json:
        """An event in its envelope."""
        made = event_id or f"Ev{self.slack.ts()}"
        bot = {"team_id": self.team, "user_id": BOT_USER, "is_bot": True, "enterprise_id": None}
        return {
            "type": "event_callback",
            "team_id": self.team,
            "api_app_id": "A1",
            "event_id": made,
            "event_time": int(time.time()),
            "authorizations": [bot],
            "event": event,
        }

    def mention(
        self, text: str, channel: str = "C1", *, thread_ts: str | None = None, event_id: str | None = None, **more: Any
    ) -> str:
        """Mention the bot in a channel; returns the message's ts."""
        ts = more.pop("ts", None) or self.slack.ts()
        event = {"type": "app_mention", "user": self.user, "text": f"<@{BOT_USER}> {text}", "ts": ts}
        event |= {"channel": channel, "event_ts": ts, "team": self.team}
        event |= ({"thread_ts": thread_ts} if thread_ts else {}) | more
        self.wire.send("events_api", self.event(event, event_id))
        return str(ts)

    def write(self, text: str, *, thread_ts: str | None = None, event_id: str | None = None, **more: Any) -> str:
        """Write to the bot directly; returns the message's ts."""
        ts = more.pop("ts", None) or self.slack.ts()
        event = {"type": "message", "channel_type": "im", "user": self.user, "text": text, "ts": ts}
        event |= {"channel": self.direct, "event_ts": ts, "team": self.team}
        event |= ({"thread_ts": thread_ts} if thread_ts else {}) | more
        self.wire.send("events_api", self.event(event, event_id))
        return str(ts)

    @property
    def direct(self) -> str:
        """The channel of direct messages with the bot."""
        return f"D{self.user}"

    def open_messages_tab(self) -> None:
        self.wire.send("events_api", self.event(self._opened("messages")))

    def open_home_tab(self) -> None:
        self.wire.send("events_api", self.event(self._opened("home")))

    def _opened(self, tab: str) -> Json:
        event = {"type": "app_home_opened", "user": self.user, "channel": self.direct, "tab": tab}
        return event | {"event_ts": self.slack.ts()}

    def open_pane(self) -> str:
        """Open the older assistant pane; returns its thread."""
        ts = self.slack.ts()
        thread = {"user_id": self.user, "channel_id": self.direct, "thread_ts": ts, "context": {}}
        event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": ts}
        self.wire.send("events_api", self.event(event))
        return ts

    def command(self, text: str, channel: str = "C1") -> str:
        """Give the command; returns its response URL. What it is acknowledged with is in ``self.acknowledged``."""
        url = self.slack.response_url()
        payload = {
            "command": "/cabildo",
            "text": text,
            "user_id": self.user,
            "user_name": "ana",
            "team_id": self.team,
            "team_domain": "example",
            "channel_id": channel,
            "channel_name": "general",
            "api_app_id": "A1",
            "response_url": url,
            "trigger_id": self.slack.trigger(),
            "token": "x",
        }
        self.acknowledged = self.wire.send("slash_commands", payload)
        return url

    acknowledged: Json = field(default_factory=dict)

    def press(self, action: Json, container: Json, **more: Any) -> Json:
        """Press a button, or choose of a list (``action`` has then a ``selected_option``)."""
        payload = {
            "type": "block_actions",
            "user": {"id": self.user, "team_id": self.team},
            "team": {"id": self.team},
            "api_app_id": "A1",
            "trigger_id": self.slack.trigger(),
            "container": container,
            "actions": [{"action_ts": self.slack.ts(), "block_id": "b", **action}],
            **more,
        }
        return self.wire.send("interactive", payload)

    def press_in(self, message: Any, action: Json, **more: Any) -> Json:
        """Press a button of a message in a channel."""
        container = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        told = {"ts": message.ts, "thread_ts": message.thread_ts, "text": message.text}
        more = {"response_url": self.slack.response_url()} | more
        return self.press(action, container, channel={"id": message.channel}, message=told, **more)

    def submit(self, view: Json, values: Json, view_id: str = "V1") -> Json:
        """Send a window's fields; returns what the app answers."""
        payload = {
            "type": "view_submission",
            "user": {"id": self.user, "team_id": self.team},
            "team": {"id": self.team},
            "trigger_id": self.slack.trigger(),
            "view": {**view, "id": view_id, "hash": "h", "state": {"values": values}},
        }
        return self.wire.send("interactive", payload)

    def shortcut(self, text: str) -> None:
        """Use the shortcut on a message."""
        payload = {
            "type": "message_action",
            "callback_id": "draft_reply",
            "user": {"id": self.user},
            "team": {"id": self.team},
            "channel": {"id": "C1"},
            "trigger_id": self.slack.trigger(),
            "message_ts": self.slack.ts(),
            "message": {"type": "message", "text": text, "user": "UOTHER"},
            "response_url": self.slack.response_url(),
        }
        self.wire.send("interactive", payload)


def elements(blocks: list[Json], kind: str) -> list[Json]:
    """The elements of a kind in a message's blocks, in order."""
    return [one for block in blocks for one in block.get("elements", ()) if one.get("type") == kind]


def action_of(blocks: list[Json], action_id: str) -> Json:
    """What pressing a button sends."""
    found = next(one for block in blocks for one in block.get("elements", ()) if one.get("action_id") == action_id)
    kept = {name: found[name] for name in ("action_id", "type", "value") if name in found}
    return kept | ({"selected_option": found["options"][0]} if "options" in found else {})


def all_text(value: Any) -> str:
    """All texts of blocks, at any depth."""
    if isinstance(value, dict):
        own = value["text"] if isinstance(value.get("text"), str) else ""
        return " ".join([own, *(all_text(item) for item in value.values() if not isinstance(item, str))])
    return " ".join(map(all_text, value)) if isinstance(value, list) else ""
