"""What Slack's payloads say, read into values. Pure; a payload that is not as documented raises ``KeyError``."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.slack.delivery import Asked
from assistant.slack.text import question_of

Body = dict[str, Any]

#: Subtypes of messages that somebody wrote (docs.slack.dev/reference/events/message): the rest is edits, joins, bots.
_WRITTEN = frozenset({None, "file_share", "thread_broadcast"})


def asked_in_message(body: Body, event: Body, *, is_direct: bool) -> Asked | None:
    """The question of a message; None when a program or an edit made it."""
    if event.get("bot_id") or event.get("edited") or event.get("subtype") not in _WRITTEN or not event.get("user"):
        return None
    return Asked(
        text=question_of(event.get("text") or "", bot_user(body)),
        user=event["user"],
        team=str(body.get("team_id") or ""),
        channel=event["channel"],
        thread_ts=event.get("thread_ts") or event["ts"],
        is_direct=is_direct or event["channel"].startswith("D"),
        user_team=event.get("user_team") or event.get("team"),
    )


def asked_by_command(body: Body) -> Asked:
    """The question of a command, answered to its asker alone."""
    return Asked(
        text=question_of(body.get("text") or ""),
        user=body["user_id"],
        team=body["team_id"],
        channel=body["channel_id"],
        is_direct=body["channel_id"].startswith("D"),
        reply_url=body["response_url"],
    )


def petition_of(view: Body) -> tuple[str, date | None]:
    """The petition in a window's fields, and the day it came when somebody said it."""
    fields = view["state"]["values"]
    names = sorted((name for name in fields if name.startswith("part_")), key=lambda name: int(name[5:]))
    received = value_of(view, "received", "date", "selected_date")
    text = "\n".join(str(value_of(view, name, "text", "value") or "") for name in names).strip()
    return text, date.fromisoformat(received) if received else None


def bot_user(body: Body) -> str | None:
    """The bot's own user id, which Slack says with each event."""
    found = [one.get("user_id") for one in body.get("authorizations") or () if one.get("is_bot")]
    return str(found[0]) if found and found[0] else None


def team_of(body: Body) -> str:
    """The workspace of an event, a button or a window."""
    found = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    return str(found or "")


def user_of(body: Body) -> str:
    return str(body["user"]["id"])


def value_of(view: Body, block: str, action: str, member: str) -> Any:
    """What somebody put into a field of a window."""
    return view["state"]["values"].get(block, {}).get(action, {}).get(member)
