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
from typing import Any, Protocol

import aiohttp
from pydantic import ValidationError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from sqlalchemy import Engine

from assistant.slack import store
from assistant.slack.delivery import (
    REPLY_SECONDS,
    Asked,
    Delivery,
    DraftFile,
    ListFile,
    PassingError,
    Post,
    Reply,
    Sent,
    Whisper,
    code_of,
    is_about_blocks,
    is_outside,
    parse_delivery,
    passing,
)
from assistant.slack.store import Waiting
from assistant.slack.text import escape
from assistant.slack.threads import Threads
from assistant.slack.web import TIMEOUT_SECONDS, retry_handlers
from ingest.database import reading, writing
from ingest.errors import StoreError
from ingest.privacy import mask_contacts

log = logging.getLogger(__name__)

#: How often the outbox is looked at.
POLL_SECONDS = 2.0
#: How long a replica holds what it sends; longer than its calls and the waits for limits take together.
_HELD_SECONDS = 300.0
_LONGEST_PAUSE = 300.0
_CLAIMS_KEPT = 3 * 24 * 3600.0  # Slack retries within hours, and delayed events within a day
_SWEEP_SECONDS = 3600.0


#: Answers a question that waits under an id.
Answering = Callable[[Asked, str], Coroutine[Any, Any, None]]


class Files(Protocol):
    """Makes the files that are sent; called in a thread."""

    @property
    def apology(self) -> str:
        """What is said when a file does not go through."""
        ...

    def list_file(self, row_ids: list[str]) -> tuple[str, str, bytes] | None:
        """(file name, title, content) of a spreadsheet of rows; None when none is left."""
        ...

    def draft_file(self, draft_id: str) -> tuple[str, str, bytes] | None:
        """(file name, title, content) of a drafted letter; None when it is gone."""
        ...


class Sender:
    """Sends deliveries and looks after those that wait. Start it in the event loop it serves."""

    def __init__(
        self,
        engine: Engine,
        threads: Threads,
        files: Files,
        keep_seconds: float,
    ) -> None:
        self._engine = engine
        self._threads = threads
        self._files = files
        self._keep_seconds = keep_seconds
        self._client: AsyncWebClient | None = None
        self._session: aiohttp.ClientSession | None = None
        self._answer: Answering | None = None
        self._task: asyncio.Task[None] | None = None
        self._working: set[str] = set()  # questions that are being answered here
        self._background: set[asyncio.Task[None]] = set()

    async def start(self, client: AsyncWebClient, session: aiohttp.ClientSession, answer: Answering) -> None:
        """Begin to look after the outbox: what another process left there is answered and sent now."""
        self._client, self._session, self._answer = client, session, answer
        self._task = asyncio.create_task(self._look_after())

    async def stop(self) -> None:
        """Stop looking; what waits stays in the outbox for the next process."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def take(self, asked: Asked, *keys: str) -> str | None:
        """Take a question that nobody has taken under one of its keys; returns what it waits under, else None.

        Raises ``StoreError`` when the database does not answer.
        """
        waiting = _waiting(asked)
        taken = await self._threads.store(lambda: store.claim(self._engine, *keys, waiting=waiting))
        if not taken:
            return None
        self._working.add(waiting.id)
        return waiting.id

    async def done(self, waiting_id: str | None) -> None:
        """A question is answered, or will not be."""
        if waiting_id is not None and waiting_id in self._working:
            self._working.discard(waiting_id)
            await self._written(self._drop, waiting_id)

    async def send(self, delivery: Delivery, instead_of: str | None = None) -> Sent | None:
        """Send now, or keep it for later. Returns where the message is when Slack has it and says so.

        ``instead_of`` is the question it answers, which then waits no more.
        """
        waiting = _waiting(delivery)
        try:
            await self._threads.store(self._put, waiting, instead_of)
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
                    await self._threads.store(self._sweep)
                    swept = time.monotonic()
                if self._working and time.monotonic() - renewed > _HELD_SECONDS / 5:
                    await self._threads.store(self._renew, frozenset(self._working))
                    renewed = time.monotonic()
                await self._send_due()
            except StoreError as error:
                log.warning("the outbox cannot be read: %s", type(error).__name__)
            except Exception as error:  # the loop must go on; the message of an error may quote somebody
                log.error("the outbox stumbled: %s", type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    async def _send_due(self) -> None:
        for waiting in await self._threads.store(self._due):
            if not await self._threads.store(self._take, waiting):
                continue
            try:
                delivery = parse_delivery(waiting.delivery)
            except ValidationError:
                log.error("delivery %s is of another program and is dropped", waiting.id)
                await self._threads.store(self._drop, waiting.id)
                continue
            if isinstance(delivery, Asked):
                self._resume(waiting, delivery)
            else:
                await self._attempt(waiting, delivery)

    def _resume(self, waiting: Waiting, asked: Asked) -> None:
        """Answer a question that another process took and did not answer."""
        if self._answer is None or store.moment() > self._last_moment(waiting, asked):
            log.error("a question is given up: nobody answered it in time")
            task = asyncio.create_task(self._written(self._drop, waiting.id))
        else:
            self._working.add(waiting.id)
            task = asyncio.create_task(self._answer(asked, waiting.id))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _attempt(self, waiting: Waiting, delivery: Delivery) -> Sent | None:
        """Send one delivery; what becomes of it is written to the outbox."""
        try:
            sent = await self._deliver(waiting.id, delivery)
        except Exception as error:
            await self._failed(waiting, delivery, error)
            return None
        await self._written(self._drop, waiting.id)
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
        await self._written(self._release, waiting.id, next_at)

    async def _given_up(self, waiting: Waiting, delivery: Delivery) -> None:
        """Nothing more is tried; that a file was announced and does not come is said."""
        await self._written(self._drop, waiting.id)
        if isinstance(delivery, ListFile | DraftFile):
            text = escape(self._files.apology)
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

    # What each kind of delivery is in Slack's API

    async def _deliver(self, key: str, delivery: Delivery) -> Sent | None:
        match delivery:
            case Asked():
                raise TypeError("a question is answered, not sent")
            case Post():
                return await self._post(key, delivery)
            case Whisper():
                await self._web.chat_postEphemeral(
                    channel=delivery.channel, user=delivery.user, text=delivery.text, thread_ts=delivery.thread_ts
                )
            case Reply():
                await self._reply(delivery)
            case ListFile():
                made = await self._threads.answer(self._files.list_file, delivery.row_ids)
                await self._upload(delivery.channel, delivery.thread_ts, made)
            case DraftFile():
                made = await self._threads.answer(self._files.draft_file, delivery.draft_id)
                await self._upload(delivery.channel, delivery.thread_ts, made)
        return None

    @property
    def _web(self) -> AsyncWebClient:
        if self._client is None:
            raise PassingError("not started")
        return self._client

    async def _post(self, key: str, post: Post) -> Sent | None:
        try:
            return await self._posted(key, post)
        except SlackApiError as error:
            if post.instead_url is not None and is_outside(error):
                await self._reply(Reply(url=post.instead_url, text=post.text, blocks=post.blocks, in_channel=True))
                return None
            if not post.blocks or not is_about_blocks(error):
                raise
            log.error("Slack refuses the blocks of a message (%s): its text is sent alone", code_of(error))
            return await self._posted(key, post.model_copy(update={"blocks": []}))

    async def _posted(self, key: str, post: Post) -> Sent:
        if post.stream_ts is not None:
            return await self._completed(post, post.stream_ts)
        response = await self._web.chat_postMessage(
            channel=post.channel,
            text=post.text,
            blocks=post.blocks or None,
            thread_ts=post.thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            # Slack takes a message with an id it has seen for the same message, so that a call whose answer was lost
            # can be made again.
            client_msg_id=key,
        )
        return Sent(str(response["channel"]), str(response["ts"]))

    async def _completed(self, post: Post, ts: str) -> Sent:
        """End a stream that was cut off, and put the whole message in its place."""
        try:
            await self._web.chat_stopStream(channel=post.channel, ts=ts)
        except SlackApiError as error:
            if passing(error) is not None:
                raise
        await self._web.chat_update(channel=post.channel, ts=ts, text=post.text, blocks=post.blocks or None)
        return Sent(post.channel, ts)

    async def _reply(self, reply: Reply) -> None:
        webhook = AsyncWebhookClient(
            reply.url, timeout=TIMEOUT_SECONDS, session=self._session, retry_handlers=retry_handlers(), logger=log
        )
        response = await webhook.send(
            text=reply.text,
            blocks=reply.blocks or None,
            response_type="in_channel" if reply.in_channel else "ephemeral",
            replace_original=False,
        )
        if response.status_code == 429 or response.status_code >= 500:
            raise PassingError(f"status {response.status_code}")
        if response.status_code != 200:
            log.error("a response URL answers %d", response.status_code)

    async def _upload(self, channel: str, thread_ts: str | None, made: tuple[str, str, bytes] | None) -> None:
        if made is None:
            return
        name, title, content = made
        await self._web.files_upload_v2(
            filename=name, title=title, content=content, channel=channel, thread_ts=thread_ts
        )

    # The outbox, in a thread

    def _put(self, waiting: Waiting, instead_of: str | None) -> None:
        with writing(self._engine) as connection:
            if instead_of is not None:
                store.drop(connection, instead_of)
            store.put(connection, waiting)

    def _renew(self, ids: frozenset[str]) -> None:
        with writing(self._engine) as connection:
            store.renew(connection, ids, store.moment(_HELD_SECONDS))

    def _due(self) -> list[Waiting]:
        with reading(self._engine) as connection:
            return store.due(connection)

    def _take(self, waiting: Waiting) -> bool:
        with writing(self._engine) as connection:
            return store.take(connection, waiting, store.moment(_HELD_SECONDS))

    def _release(self, waiting_id: str, next_at: str) -> None:
        with writing(self._engine) as connection:
            store.release(connection, waiting_id, next_at)

    def _drop(self, waiting_id: str) -> None:
        with writing(self._engine) as connection:
            store.drop(connection, waiting_id)

    def _sweep(self) -> None:
        with writing(self._engine) as connection:
            store.forget_claims(connection, store.moment(-_CLAIMS_KEPT))


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
        next_at=store.moment(_HELD_SECONDS),
    )
