"""Sending, so that what is answered arrives: at once, or when Slack is back, within a bounded time, once.

A question is written to the outbox when it is taken, its answer in its place before it is sent, and taken out when
Slack has it, so that a process that dies in between leaves it to the next one. ``next_at`` is both: when it is tried
again, and until when a replica holds it.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from slack_sdk.errors import SlackApiError

from assistant.slack import store
from assistant.slack.courier import Courier
from assistant.slack.delivery import (
    REPLY_SECONDS,
    Asked,
    Delivery,
    DraftFile,
    ListFile,
    Post,
    Reply,
    Sent,
    code_of,
    parse_delivery,
    passing,
)
from assistant.slack.outbox import Outbox
from assistant.slack.store import Waiting
from assistant.slack.text import escape
from assistant.slack.threads import Threads
from ingest.errors import StoreError
from ingest.privacy import mask_contacts

log = logging.getLogger(__name__)

#: How often the outbox is looked at.
POLL_SECONDS = 2.0
#: How long a replica holds what it sends; longer than its calls and the waits for limits take together.
_HELD_SECONDS = 300.0
#: The same for a question; renewed while it is being answered, so that what a killed process left is taken up soon.
_QUESTION_SECONDS = 60.0
_LONGEST_PAUSE = 300.0
_STOP_SECONDS = 5.0
_SWEEP_SECONDS = 3600.0


#: Answers a question that waits under an id.
Answering = Callable[[Asked, str], Coroutine[Any, Any, None]]


class Sender:
    """Sends deliveries and looks after those that wait. Start it in the event loop it serves."""

    def __init__(self, outbox: Outbox, threads: Threads, courier: Courier, keep_seconds: float) -> None:
        self._outbox = outbox
        self._threads = threads
        self._courier = courier
        self._keep_seconds = keep_seconds
        self._answer: Answering | None = None
        self._task: asyncio.Task[None] | None = None
        self._working: set[str] = set()  # questions that are being answered here
        self._background: set[asyncio.Task[object]] = set()

    def start(self, answer: Answering) -> None:
        """Begin to look after the outbox: what another process left there is answered and sent now."""
        self._answer = answer
        self._task = asyncio.create_task(self._look_after())

    async def stop(self) -> None:
        """Stop looking; what waits stays in the outbox for the next process."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._background:
            _, late = await asyncio.wait(self._background, timeout=_STOP_SECONDS)
            for task in late:
                task.cancel()

    async def claim(self, *keys: str) -> bool:
        """Take what the keys stand for; False when this or another replica has. Raises ``StoreError``."""
        return await self._threads.store(self._outbox.claim, *keys)

    async def take(self, asked: Asked, *keys: str) -> str | None:
        """Take a question that nobody has taken under one of its keys; returns what it waits under, else None.

        Raises ``StoreError`` when the database does not answer.
        """
        waiting = _waiting(asked)
        taken = await self._threads.store(lambda: self._outbox.claim(*keys, waiting=waiting))
        if not taken:
            return None
        self._working.add(waiting.id)
        return waiting.id

    async def done(self, waiting_id: str | None) -> None:
        """A question is answered, or will not be."""
        if waiting_id is not None and waiting_id in self._working:
            self._working.discard(waiting_id)
            await self._written(self._outbox.drop, waiting_id)

    async def send(self, delivery: Delivery, instead_of: str | None = None) -> Sent | None:
        """Send now, or keep it for later. Returns where the message is when Slack has it and says so.

        ``instead_of`` is the question it answers, which then waits no more.
        """
        waiting = _waiting(delivery)
        try:
            await self._threads.store(self._outbox.put, waiting, instead_of)
        except StoreError:
            log.warning("a message is sent without being kept: the database does not answer")
        else:
            self._working.discard(instead_of or "")
        return await self._attempt(waiting, delivery)

    async def _look_after(self) -> None:
        swept = renewed = float("-inf")
        while True:
            try:
                if time.monotonic() - swept > _SWEEP_SECONDS:
                    await self._threads.store(self._outbox.sweep)
                    swept = time.monotonic()
                if self._working and time.monotonic() - renewed > _QUESTION_SECONDS / 5:
                    await self._threads.store(
                        self._outbox.renew, frozenset(self._working), store.moment(_QUESTION_SECONDS)
                    )
                    renewed = time.monotonic()
                await self._send_due()
            except StoreError as error:
                log.warning("the outbox cannot be read: %s", type(error).__name__)
            except Exception as error:  # the loop must go on; the message of an error may quote somebody
                log.error("the outbox stumbled: %s", type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    async def _send_due(self) -> None:
        for waiting in await self._threads.store(self._outbox.due):
            if not await self._threads.store(self._outbox.take, waiting, store.moment(_HELD_SECONDS)):
                continue
            try:
                delivery = parse_delivery(waiting.delivery)
            except ValidationError:
                log.error("delivery %s is of another program and is dropped", waiting.id)
                await self._threads.store(self._outbox.drop, waiting.id)
                continue
            self._begin(waiting, delivery)

    def _begin(self, waiting: Waiting, delivery: Delivery) -> None:
        """Send what waited, or answer a question that another process took and did not answer; the loop goes on."""
        work: Coroutine[Any, Any, object]
        if not isinstance(delivery, Asked):
            work = self._attempt(waiting, delivery)
        elif self._answer is None or store.moment() > self._last_moment(waiting, delivery):
            log.error("a question is given up: nobody answered it in time")
            work = self._written(self._outbox.drop, waiting.id)
        else:
            self._working.add(waiting.id)
            work = self._answer(delivery, waiting.id)
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _attempt(self, waiting: Waiting, delivery: Delivery) -> Sent | None:
        """Send one delivery; what becomes of it is written to the outbox."""
        try:
            sent = await self._courier.deliver(waiting.id, delivery)
        except Exception as error:
            await self._failed(waiting, delivery, error)
            return None
        await self._written(self._outbox.drop, waiting.id)
        return sent

    async def _failed(self, waiting: Waiting, delivery: Delivery, error: Exception) -> None:
        told = passing(error)
        if told is None:
            code = code_of(error) if isinstance(error, SlackApiError) else ""
            log.error("a %s is not sent: %s %s", delivery.kind, type(error).__name__, code)
            await self._given_up(waiting, delivery)
            return
        pause = max(min(2.0**waiting.attempts, _LONGEST_PAUSE), told.retry_after or 0.0)
        next_at = store.moment(pause)
        if next_at > self._last_moment(waiting, delivery):
            log.error("a %s is given up after %d attempts: %s", delivery.kind, waiting.attempts, told)
            await self._given_up(waiting, delivery)
            return
        log.warning("a %s waits for %.0f s: %s", delivery.kind, pause, told)
        await self._written(self._outbox.release, waiting.id, next_at)

    async def _given_up(self, waiting: Waiting, delivery: Delivery) -> None:
        """Nothing more is tried; that a file was announced and does not come is said."""
        await self._written(self._outbox.drop, waiting.id)
        if isinstance(delivery, ListFile | DraftFile):
            text = escape(self._courier.apology)
            await self.send(Post(channel=delivery.channel, thread_ts=delivery.thread_ts, text=text))

    def _last_moment(self, waiting: Waiting, delivery: Delivery) -> str:
        is_reply = isinstance(delivery, Reply) or (isinstance(delivery, Asked) and delivery.reply_url is not None)
        keep = min(self._keep_seconds, REPLY_SECONDS) if is_reply else self._keep_seconds
        return store.moment_after(waiting.created_at, keep)

    async def _written(self, work: Callable[..., Any], *arguments: Any) -> None:
        try:
            await self._threads.store(work, *arguments)
        except StoreError:
            log.warning("the outbox is not written: the database does not answer")


def _waiting(delivery: Delivery) -> Waiting:
    """A delivery as it waits, held by this process. A question waits without contact data."""
    kept = delivery.model_dump(mode="json")
    if isinstance(delivery, Asked):
        kept["text"] = mask_contacts(delivery.text)
    return Waiting(
        id=str(uuid.uuid4()),
        delivery=kept,
        attempts=1,
        created_at=store.moment(),
        next_at=store.moment(_QUESTION_SECONDS if isinstance(delivery, Asked) else _HELD_SECONDS),
    )
