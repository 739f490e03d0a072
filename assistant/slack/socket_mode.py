"""Slack over Socket Mode: a connection that this machine opens, for servers that Slack cannot reach."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from assistant.settings import Settings
from assistant.slack.front import SlackFront
from assistant.slack.web import log, web_client


async def serve_socket(settings: Settings, front: SlackFront, on_connected: Callable[[], None] = lambda: None) -> None:
    """Take what Slack sends until the process is told to end (or the task is cancelled)."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not the main thread
            loop.add_signal_handler(number, stopped.set)
    token = settings.slack_app_token
    async with front.running():
        handler = AsyncSocketModeHandler(
            front.app,
            None if token is None else token.get_secret_value(),
            web_client=web_client(settings),
            logger=log,
        )
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]
            on_connected()
            await stopped.wait()
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
