"""What each kind of delivery is in Slack's API."""

from __future__ import annotations

import logging
from typing import Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from assistant.slack.delivery import (
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
    passing,
)
from assistant.slack.threads import Threads
from assistant.slack.web import TIMEOUT_SECONDS, retry_handlers

log = logging.getLogger(__name__)


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


class Courier:
    """Makes the calls that a delivery is. Raises what the calls do."""

    def __init__(self, web: AsyncWebClient, session: aiohttp.ClientSession, threads: Threads, files: Files) -> None:
        self._web = web
        self._session = session
        self._threads = threads
        self._files = files

    @property
    def apology(self) -> str:
        """What is said when a file does not go through."""
        return self._files.apology

    async def deliver(self, key: str, delivery: Delivery) -> Sent | None:
        """Bring Slack a delivery; returns where the message is when Slack says so.

        ``key`` is the same for each attempt at one delivery.
        """
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
