"""The real server and the real Socket Mode client before a fake Slack on loopback, over the invented towns."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

import assistant.slack.sender as sender
from assistant.api import create_app
from assistant.api.house import House
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.slack import store
from assistant.slack.drafts import Drafts
from assistant.slack.front import SlackFront
from assistant.slack.socket_mode import serve_socket
from ingest.database import reading
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.support.slack_people import SIGNING_SECRET, HttpWire, Person, SocketWire
from tests.support.town import Town

#: A question that the documents of the town answer, and how its answer begins.
PUENTES = "¿Cuál es la meta de puentes peatonales construidos?"
ANSWER = "Construir 7 puentes"


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    """A Slack; at the end every call it got must have been within Slack's limits."""
    monkeypatch.setattr(sender, "POLL_SECONDS", 0.1)
    with FakeSlack().running() as slack:
        yield slack
    assert slack.faults == []


@pytest.fixture
def settings(slack: FakeSlack, tmp_path: Path) -> Settings:
    return settings_for(slack, tmp_path)


def settings_for(slack: FakeSlack, folder: Path, **more: Any) -> Settings:
    given = {
        "data_dir": folder,
        "chat_model": None,
        "slack_bot_token": BOT_TOKEN,
        "slack_signing_secret": SIGNING_SECRET,
        "slack_app_token": APP_TOKEN,
        "slack_api_url": slack.api_url,
    }
    return Settings(_env_file=None, **(given | more))


@contextmanager
def http_server(settings: Settings, town: Town, assistant: Assistant | None = None) -> Iterator[HttpWire]:
    """The FastAPI application on a port of its own, over the town's knowledge base."""
    app = create_app(settings, assistant or Assistant(town.knowledge, settings), town.knowledge)
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    _until(lambda: server.started)
    wire = HttpWire(f"http://127.0.0.1:{listener.getsockname()[1]}")
    try:
        yield wire
    finally:
        wire.client.close()
        server.should_exit = True
        thread.join(30)
        listener.close()


@contextmanager
def socket_server(
    settings: Settings, town: Town, slack: FakeSlack, *, drafts: Drafts | None = None, assistant: Any = None
) -> Iterator[SocketWire]:
    """``cabildo slack`` in a thread, over the town's knowledge base."""
    house = House(settings, assistant or Assistant(town.knowledge, settings), town.knowledge)
    house.load()
    connected = threading.Event()
    loop = asyncio.new_event_loop()
    tasks: list[asyncio.Task[None]] = []

    async def run() -> None:
        front = SlackFront(settings, house, drafts)
        tasks.append(asyncio.create_task(serve_socket(settings, front, connected.set)))
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    thread.start()
    assert connected.wait(15)
    try:
        yield SocketWire(slack)
    finally:
        loop.call_soon_threadsafe(tasks[0].cancel)
        thread.join(30)
        loop.close()
        house.close(opened=False)


def _until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def ana(slack: FakeSlack, settings: Settings, town: Town) -> Iterator[Person]:
    """Somebody in a workspace that the server is connected to over HTTP."""
    with http_server(settings, town) as wire:
        yield Person(slack, wire)


@pytest.fixture(params=["http", "socket"])
def either(request: pytest.FixtureRequest, slack: FakeSlack, settings: Settings, town: Town) -> Iterator[Person]:
    """Somebody in a workspace, once with the server on HTTP and once on Socket Mode: the same must come of it."""
    with ExitStack() as stack:
        if request.param == "http":
            yield Person(slack, stack.enter_context(http_server(settings, town)))
        else:
            yield Person(slack, stack.enter_context(socket_server(settings, town, slack)))


def waiting(town: Town) -> int:
    """How many deliveries wait in the outbox."""
    with reading(town.knowledge.engine) as connection:
        return store.count_waiting(connection)
