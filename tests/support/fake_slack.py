"""A Slack on loopback: its Web API with its errors, limits and uploads, response URLs, and Socket Mode's connection.

It records every call and can be told to fail. It runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import WSMsgType, web

from tests.support.slack_limits import faults
from tests.support.slack_workspace import Json, Workspace

T = TypeVar("T")

BOT_TOKEN = "xoxb-not-a-secret"
APP_TOKEN = "xapp-not-a-secret"


@dataclass(frozen=True)
class Call:
    """A call of the Web API as it came, and what it was answered."""

    method: str
    arguments: Json
    at: float
    answer: Json
    status: int = 200


@dataclass(frozen=True)
class Failure:
    """How the next calls of a method go wrong. ``after`` does the work first, as when an answer is lost."""

    status: int = 200
    error: str = "internal_error"
    retry_after: int | None = None
    delay: float = 0.0
    after: bool = False
    drop: bool = False


class FakeSlack(Workspace):
    """What the tests know of Slack and tell it to do. Safe to use from the tests' thread."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.replies: list[tuple[str, Json]] = []
        self.acks: dict[str, tuple[float, Json]] = {}
        self._failures: dict[str, deque[Failure]] = defaultdict(deque)
        self._always: dict[str, Failure] = {}
        self._reply_uses: dict[str, int] = defaultdict(int)
        self._sockets: list[web.WebSocketResponse] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    # What tests say

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    def response_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/response/{next(self._numbers)}"

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

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

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
            answered = self.answered(method, arguments) if failure.after else None
            await asyncio.sleep(failure.delay)
            if failure.drop and request.transport is not None:
                self._done(method, arguments, answered or {"ok": False, "error": "dropped"}, 0)
                request.transport.abort()
                return web.Response()
            if failure.status != 200 or failure.error:
                headers = {} if failure.retry_after is None else {"Retry-After": str(failure.retry_after)}
                wrong = {"ok": False, "error": "ratelimited" if failure.status == 429 else failure.error}
                return self._done(method, arguments, wrong, failure.status, headers)
            return self._done(method, arguments, answered or self.answered(method, arguments))
        if token != BOT_TOKEN:
            return self._done(method, arguments, {"ok": False, "error": "invalid_auth"})
        return self._done(method, arguments, self.answered(method, arguments))

    def _done(
        self, method: str, arguments: Json, answer: Json, status: int = 200, headers: dict[str, str] | None = None
    ) -> web.Response:
        self.calls.append(Call(method, arguments, time.monotonic(), answer, status))
        return web.json_response(answer, status=status or 500, headers=headers)

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
