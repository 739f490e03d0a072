"""A chat model on loopback, over the OpenAI chat protocol: it says what a test tells it to and keeps what it got."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PIECE = 12  # characters


@dataclass(frozen=True)
class Say:
    """One reply: a text in pieces, and how it goes wrong."""

    text: str = ""
    finish: str | None = "stop"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    before: float = 0.0
    between: float = 0.0
    endless: bool = False
    refusal: str | None = None


@dataclass
class ScriptedModel:
    """The replies in order (the last one again and again), and the requests that came."""

    replies: Sequence[Say]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def next_reply(self, request: dict[str, Any]) -> Say:
        self.requests.append(request)
        return self.replies[min(len(self.requests), len(self.replies)) - 1]

    @property
    def received(self) -> str:
        """Everything that was sent to the model, as one text."""
        return "\n".join(message["content"] for request in self.requests for message in request["messages"])


@contextmanager
def scripted_model(*replies: Say | str) -> Iterator[ScriptedModel]:
    """A server of these replies, on a free port of this machine, until the block ends."""
    model = ScriptedModel([Say(reply) if isinstance(reply, str) else reply for reply in replies])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = model.next_reply(request)
            model.closing.wait(reply.before)
            try:
                _answer(self, reply, model.closing, stream=bool(request.get("stream")))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def _answer(handler: BaseHTTPRequestHandler, reply: Say, closing: threading.Event, *, stream: bool) -> None:
    handler.close_connection = True
    handler.send_response(reply.status)
    for name, value in reply.headers:
        handler.send_header(name, value)
    kind = "application/json" if reply.status != 200 or not stream else "text/event-stream"
    handler.send_header("Content-Type", kind)
    handler.send_header("Connection", "close")
    handler.end_headers()
    if reply.status != 200 or reply.body is not None:
        handler.wfile.write((reply.body or json.dumps({"error": {"message": "scripted"}})).encode())
        return
    if not stream:
        handler.wfile.write(json.dumps(_completion(reply)).encode())
        return
    while True:
        for start in range(0, len(reply.text), _PIECE):
            if closing.is_set():
                return
            _send(handler, {"content": reply.text[start : start + _PIECE]}, None)
            time.sleep(reply.between)
        if not reply.endless:
            break
    if reply.finish is not None:
        _send(handler, {}, reply.finish)
        handler.wfile.write(b"data: [DONE]\n\n")


def _completion(reply: Say) -> dict[str, Any]:
    """A whole reply at once, as a structured output is asked for."""
    message = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    return {
        "id": "scripted",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _send(handler: BaseHTTPRequestHandler, delta: dict[str, str], finish: str | None) -> None:
    chunk = {
        "id": "scripted",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    handler.wfile.flush()
