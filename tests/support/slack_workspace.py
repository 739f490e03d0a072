"""A Slack workspace in memory: its messages, files and windows, and what the Web API's methods do to them.

Each call is held to the limits of Slack.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.support.slack_limits import faults

Json = dict[str, Any]

BOT_USER = "UBOT"
TEAM = "T1"

#: What each method needs, as Slack complains of its absence.
_REQUIRED: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("channel",),
    "chat.postEphemeral": ("channel", "user"),
    "chat.update": ("channel", "ts"),
    "chat.startStream": ("channel",),
    "chat.appendStream": ("channel", "ts"),
    "chat.stopStream": ("channel", "ts"),
    "views.open": ("trigger_id", "view"),
    "views.update": ("view_id", "view"),
    "views.publish": ("user_id", "view"),
    "users.info": ("user",),
    "assistant.threads.setStatus": ("channel_id", "thread_ts", "status"),
    "assistant.threads.setTitle": ("channel_id", "thread_ts", "title"),
    "assistant.threads.setSuggestedPrompts": ("channel_id", "prompts"),
    "files.getUploadURLExternal": ("filename", "length"),
    "files.completeUploadExternal": ("files",),
    "apps.connections.open": (),
    "auth.test": (),
}
#: One row of numbers for all that tests make, since what one of them claimed stays claimed in a shared database.
_NUMBERS = count(1)


@dataclass
class Message:
    """A message as people see it."""

    channel: str
    ts: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    is_streaming: bool = False
    client_msg_id: str | None = None


class Workspace:
    """``guests`` are users from elsewhere, ``outside`` the channels that the app was not invited to."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.messages: list[Message] = []
        self.files: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.guests: set[str] = set()
        self.outside: set[str] = set()
        self.slack_files_refused = False
        self.pictures_by_address = True
        self.port = 0
        self._triggers: dict[str, float] = {}
        self._numbers = _NUMBERS

    def trigger(self) -> str:
        """A trigger id, good for three seconds and one window."""
        made = f"{next(self._numbers)}.trigger"
        self._triggers[made] = time.monotonic()
        return made

    def ts(self) -> str:
        """A message's timestamp, as nobody else has it."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def seen(self, channel: str | None = None, thread_ts: str | None = None) -> list[Message]:
        """The messages of a channel or thread."""
        return [
            message
            for message in list(self.messages)
            if channel in (None, message.channel) and thread_ts in (None, message.thread_ts)
        ]

    def answered(self, method: str, arguments: Json) -> Json:
        """What a call is answered and what comes of it; ``faults`` grows where Slack's limits are passed."""
        if method not in _REQUIRED:
            return {"ok": False, "error": "unknown_method"}
        missing = [name for name in _REQUIRED[method] if not arguments.get(name)]
        if missing and method != "assistant.threads.setStatus":
            return {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": missing}}
        wrong = faults(method, arguments)
        if wrong:
            self.faults += [f"{method}: {fault}" for fault in wrong]
            return {"ok": False, "error": "invalid_blocks", "errors": wrong}
        made: Json = getattr(self, "_" + method.replace(".", "_").lower())(arguments)
        return {"ok": True, **made} if "error" not in made else {"ok": False, **made}

    def _auth_test(self, _: Json) -> Json:
        return {"user_id": BOT_USER, "bot_id": "BBOT", "team_id": TEAM, "url": "https://example.slack.com/"}

    def _users_info(self, arguments: Json) -> Json:
        user = arguments["user"]
        return {"user": {"id": user, "team_id": TEAM, "is_restricted": user in self.guests}}

    def _chat_postmessage(self, arguments: Json) -> Json:
        channel = arguments["channel"]
        if channel in self.outside:
            return {"error": "not_in_channel"}
        if channel.startswith("U"):  # a message to a person goes to their direct messages
            channel = f"D{channel}"
        key = arguments.get("client_msg_id")
        same = next((one for one in self.messages if key is not None and one.client_msg_id == key), None)
        if same is None:
            same = Message(channel, self.ts(), arguments.get("text") or "", arguments.get("blocks") or [])
            same.thread_ts, same.client_msg_id = arguments.get("thread_ts"), key
            self.messages.append(same)
        return {"channel": channel, "ts": same.ts, "message": {"text": same.text}}

    def _chat_postephemeral(self, arguments: Json) -> Json:
        return {"message_ts": self.ts()}

    def _chat_update(self, arguments: Json) -> Json:
        message = self._message(arguments)
        if message is None:
            return {"error": "message_not_found"}
        if message.is_streaming:
            return {"error": "streaming_state_conflict"}
        message.text, message.blocks = arguments.get("text") or "", arguments.get("blocks") or []
        return {"channel": message.channel, "ts": message.ts}

    def _chat_startstream(self, arguments: Json) -> Json:
        if not arguments["channel"].startswith("D") and not arguments.get("recipient_user_id"):
            return {"error": "missing_recipient_user_id"}
        message = Message(arguments["channel"], self.ts(), _streamed(arguments), thread_ts=arguments.get("thread_ts"))
        message.is_streaming = True
        self.messages.append(message)
        return {"channel": message.channel, "ts": message.ts}

    def _chat_appendstream(self, arguments: Json) -> Json:
        message = self._message(arguments)
        if message is None or not message.is_streaming:
            return {"error": "message_not_in_streaming_state"}
        message.text += _streamed(arguments)
        return {"channel": message.channel, "ts": message.ts}

    def _chat_stopstream(self, arguments: Json) -> Json:
        message = self._message(arguments)
        if message is None or not message.is_streaming:
            return {"error": "message_not_in_streaming_state"}
        message.text += _streamed(arguments)
        message.blocks, message.is_streaming = arguments.get("blocks") or [], False
        return {"channel": message.channel, "ts": message.ts}

    def _message(self, arguments: Json) -> Message | None:
        place = (arguments["channel"], arguments["ts"])
        return next((one for one in self.messages if (one.channel, one.ts) == place), None)

    def _assistant_threads_setstatus(self, _: Json) -> Json:
        return {}

    def _assistant_threads_settitle(self, _: Json) -> Json:
        return {}

    def _assistant_threads_setsuggestedprompts(self, _: Json) -> Json:
        return {}

    def _views_open(self, arguments: Json) -> Json:
        made_at = self._triggers.pop(arguments["trigger_id"], None)
        if made_at is None:
            return {"error": "exchanged_trigger_id"}
        if time.monotonic() - made_at > 3:
            return {"error": "expired_trigger_id"}
        view_id = f"V{next(self._numbers)}"
        self.views[view_id] = arguments["view"]
        return {"view": {"id": view_id, **arguments["view"]}}

    def _views_update(self, arguments: Json) -> Json:
        for block in arguments["view"]["blocks"]:
            if block["type"] == "image" and "image_url" in block and not self.pictures_by_address:
                return {"error": "invalid_arguments", "detail": "downloading image failed"}
            if block["type"] == "image" and "slack_file" in block and self.slack_files_refused:
                return {"error": "invalid_blocks", "detail": "invalid slack file"}
        self.views[arguments["view_id"]] = arguments["view"]
        return {"view": {"id": arguments["view_id"], **arguments["view"]}}

    def _views_publish(self, arguments: Json) -> Json:
        self.homes[arguments["user_id"]] = arguments["view"]
        return {"view": {"id": f"V{next(self._numbers)}"}}

    def _files_getuploadurlexternal(self, arguments: Json) -> Json:
        file_id = f"F{next(self._numbers)}"
        self.files[file_id] = {"name": arguments["filename"], "length": int(arguments["length"]), "content": None}
        return {"file_id": file_id, "upload_url": f"http://127.0.0.1:{self.port}/upload/{file_id}"}

    def _files_completeuploadexternal(self, arguments: Json) -> Json:
        done = []
        for told in arguments["files"]:
            file = self.files.get(told["id"])
            if file is None or file["content"] is None:
                return {"error": "file_not_found"}
            file |= {"title": told.get("title"), "channel": arguments.get("channel_id")}
            file["thread_ts"] = arguments.get("thread_ts")
            done.append({"id": told["id"], "title": told.get("title")})
        return {"files": done}


def _streamed(arguments: Json) -> str:
    chunks = "".join(chunk.get("text", "") for chunk in arguments.get("chunks") or ())
    return (arguments.get("markdown_text") or "") + chunks
