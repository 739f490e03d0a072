"""A Slack on loopback: its Web API with its errors, limits and uploads, response URLs, and Socket Mode's connection.

It records every call, holds each to the limits of Slack, and can be told to fail. It runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

from tests.support.slack_limits import faults

T = TypeVar("T")
Json = dict[str, Any]

BOT_TOKEN = "xoxb-not-a-secret"
APP_TOKEN = "xapp-not-a-secret"
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


@dataclass(frozen=True)
class Call:
    """A call of the Web API as it came, and what it was answered."""

    method: str
    arguments: Json
    at: float
    answer: Json
    status: int = 200


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


@dataclass(frozen=True)
class Failure:
    """How the next calls of a method go wrong. ``after`` does the work first, as when an answer is lost."""

    status: int = 200
    error: str = "internal_error"
    retry_after: int | None = None
    delay: float = 0.0
    after: bool = False
    drop: bool = False


class FakeSlack:
    """What the tests know of Slack and tell it to do. Safe to use from the tests' thread."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.messages: list[Message] = []
        self.replies: list[tuple[str, Json]] = []
        self.files: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.homes: dict[str, Json] = {}
        self.guests: set[str] = set()
        self.outside: set[str] = set()
        self.slack_files_refused = False
        self.pictures_by_address = True
        self.acks: dict[str, tuple[float, Json]] = {}
        self.port = 0
        self._failures: dict[str, deque[Failure]] = defaultdict(deque)
        self._always: dict[str, Failure] = {}
        self._triggers: dict[str, float] = {}
        self._reply_uses: dict[str, int] = defaultdict(int)
        self._numbers = _NUMBERS
        self._sockets: list[web.WebSocketResponse] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    # What tests say

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def fail(self, method: str, *failures: Failure) -> None:
        """The next calls of a method fail so, one after the other."""
        self._failures[method].extend(failures)

    def break_down(self, method: str, failure: Failure) -> None:
        """All calls of a method fail so, until it is mended."""
        self._always[method] = failure

    def mend(self, method: str) -> None:
        self._always.pop(method, None)

    def go_down(self, failure: Failure) -> None:
        """Everything fails, until it is back."""
        self._always["*"] = failure

    def come_back(self) -> None:
        self._always.pop("*", None)

    def trigger(self) -> str:
        """A trigger id, good for three seconds and one window."""
        made = f"{next(self._numbers)}.trigger"
        self._triggers[made] = time.monotonic()
        return made

    def response_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/response/{next(self._numbers)}"

    def ts(self) -> str:
        """A message's timestamp, as nobody else has it."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

    def seen(self, channel: str | None = None, thread_ts: str | None = None) -> list[Message]:
        """The messages of a channel or thread."""
        return [
            message
            for message in list(self.messages)
            if channel in (None, message.channel) and thread_ts in (None, message.thread_ts)
        ]

    def wait(self, found: Callable[[], T], seconds: float = 15.0) -> T:
        """What a condition gives as soon as it gives something."""
        deadline = time.monotonic() + seconds
        while True:
            if value := found():
                return value
            if time.monotonic() > deadline:
                methods = [call.method for call in self.calls]
                raise AssertionError(f"nothing came in {seconds} s; calls: {methods}; faults: {self.faults}")
            time.sleep(0.01)

    def settle(self, seconds: float = 0.4) -> None:
        """Wait until nothing has been called for a while."""
        while True:
            before = len(self.calls) + len(self.replies)
            time.sleep(seconds)
            if len(self.calls) + len(self.replies) == before:
                return

    def send_frame(self, kind: str, payload: Json, *, answers: bool = False) -> str:
        """A Socket Mode frame to one connection; returns its envelope id."""
        envelope = f"envelope-{next(self._numbers)}"
        frame = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": answers}
        self.wait(lambda: [socket for socket in self._sockets if not socket.closed])
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._send(json.dumps(frame)), self._loop).result(5)
        return envelope

    def ack_of(self, envelope: str, seconds: float = 3.0) -> Json:
        """What a frame was acknowledged with, within Slack's three seconds."""
        return self.wait(lambda: self.acks.get(envelope), seconds)[1]

    async def _send(self, frame: str) -> None:
        await next(socket for socket in self._sockets if not socket.closed).send_str(frame)

    # What Slack does

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "apps.connections.open":
            return self._done(method, arguments, *self._connections_open(token))
        failure = self._failures[method].popleft() if self._failures[method] else self._always.get(method)
        failure = failure or self._always.get("*")
        if failure is not None:
            answered = self._answered(method, arguments) if failure.after else None
            await asyncio.sleep(failure.delay)
            if failure.drop and request.transport is not None:
                self._done(method, arguments, answered or {"ok": False, "error": "dropped"}, 0)
                request.transport.abort()
                return web.Response()
            if failure.status != 200 or failure.error:
                headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
                wrong = {"ok": False, "error": "ratelimited" if failure.status == 429 else failure.error}
                return self._done(method, arguments, wrong, failure.status, headers)
            return self._done(method, arguments, answered or self._answered(method, arguments))
        if token != BOT_TOKEN:
            return self._done(method, arguments, {"ok": False, "error": "invalid_auth"})
        return self._done(method, arguments, self._answered(method, arguments))

    def _done(
        self, method: str, arguments: Json, answer: Json, status: int = 200, headers: dict[str, str] | None = None
    ) -> web.Response:
        self.calls.append(Call(method, arguments, time.monotonic(), answer, status))
        return web.json_response(answer, status=status or 500, headers=headers)

    def _answered(self, method: str, arguments: Json) -> Json:
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

    def _connections_open(self, token: str) -> tuple[Json, int]:
        if token != APP_TOKEN:
            return {"ok": False, "error": "invalid_auth"}, 200
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link"}, 200

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.files[request.match_info["file"]]
        content = await request.read()
        if len(content) != file["length"]:
            return web.Response(status=400, text="wrong length")
        file["content"] = content
        return web.Response(text=f"OK - {len(content)}")

    async def _response(self, request: web.Request) -> web.Response:
        failure = self._failures["response_url"].popleft() if self._failures["response_url"] else None
        if failure is not None:
            headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
            return web.Response(status=failure.status, text=failure.error, headers=headers)
        url, body = str(request.url), await request.json()
        self._reply_uses[url] += 1
        if self._reply_uses[url] > 5:
            return web.Response(status=404, text="used_url")
        if wrong := faults("chat.postEphemeral", body):
            self.faults += [f"response_url: {fault}" for fault in wrong]
            return web.Response(status=400, text="invalid_blocks")
        self.replies.append((url, body))
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1}))
        self._sockets.append(socket)
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                told = json.loads(frame.data)
                self.acks[told["envelope_id"]] = (time.monotonic(), told)
        self._sockets.remove(socket)
        return socket

    # Its life

    async def _serve(self, ready: threading.Event, end: asyncio.Event) -> None:
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/response/{number}", self._response)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        ready.set()
        await end.wait()
        for socket in list(self._sockets):
            await socket.close()
        await runner.cleanup()

    @contextmanager
    def running(self) -> Iterator[FakeSlack]:
        ready, loop = threading.Event(), asyncio.new_event_loop()
        end = asyncio.Event()
        self._loop = loop

        def run() -> None:
            loop.run_until_complete(self._serve(ready, end))
            loop.close()

        thread = threading.Thread(target=run, name="fake-slack", daemon=True)
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(end.set)
            thread.join(10)


async def _arguments(request: web.Request) -> Json:
    """The arguments of a call from query, form or JSON, with what the SDK encodes as JSON read."""
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        found |= await request.json()
    elif request.can_read_body:
        found |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in ("blocks", "view", "files", "chunks", "prompts", "metadata"):
        if isinstance(found.get(name), str):
            found[name] = json.loads(found[name])
    return found


def _streamed(arguments: Json) -> str:
    chunks = "".join(chunk.get("text", "") for chunk in arguments.get("chunks") or ())
    return (arguments.get("markdown_text") or "") + chunks
