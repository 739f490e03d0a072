"""The desk where questions are answered: may they ask, what is the answer, and off it goes."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable
from contextlib import suppress
from weakref import WeakValueDictionary

from slack_sdk.web.async_chat_stream import AsyncChatStream

from assistant.answer import Answer
from assistant.api.ask import QUESTION_LIMIT
from assistant.api.unexpected import log_incident
from assistant.conversation import Turn
from assistant.slack.access import Refusal
from assistant.slack.answers import Message, Setting, answer_message, full_list
from assistant.slack.delivery import SLACK_TROUBLE, Asked, ListFile, PassingError, Post, Reply, Sent, Whisper
from assistant.slack.references import PublishRef
from assistant.slack.room import Room
from assistant.slack.text import cut, escape, escape_markdown
from ingest.errors import CabildoError, StoreError
from ingest.privacy import mask_contacts

_HINT_SECONDS = 2.0  # how long a status may take; the answer does not wait for it
_LONGEST_PAUSE = 30.0  # seconds between attempts to learn who asks
_TITLE = 80  # characters of a thread's title
_HISTORY = 20  # questions of a conversation that a list may go on from


class Desk:
    """Answers questions that Slack brings, each once."""

    def __init__(self, room: Room) -> None:
        self._room = room
        #: A follow-up waits for the question before it, as it needs its answer.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, asked: Asked, *keys: str) -> None:
        """Answer a question, unless somebody has taken it under one of its keys. Raises ``StoreError``."""
        waiting_id = await self._room.sender.take(asked, *keys)
        if waiting_id is not None:
            await self.answer(asked, waiting_id)

    async def answer(self, asked: Asked, waiting_id: str) -> None:
        """Answer a question that was taken and waits until it is answered."""
        try:
            if asked.reply_url is None:
                await self._answer_in_thread(asked, waiting_id)
            else:
                await self._answer_asker(asked, waiting_id, asked.reply_url)
        except Exception:  # it would fail again; one that is cut off by the process's end is left to the next
            await self._room.sender.done(waiting_id)
            raise
        await self._room.sender.done(waiting_id)

    async def _answer_in_thread(self, asked: Asked, waiting_id: str) -> None:
        """Answer where everybody in the thread sees it."""
        if (refusal := await self._refusal(asked)) is not None:
            await self._refuse(asked, refusal, waiting_id)
            return
        async with self._turn(asked):
            opens = asked.is_direct and not await self._has_history(asked)
            hints = asyncio.create_task(self._hint(asked, opens))
            stream = self._stream(asked)
            try:
                answer = await self._answered(asked, stream)
            except Exception as error:
                begun = {"stream_ts": None if stream is None else stream.ts}
                said = _post(asked, self._trouble(error)).model_copy(update=begun)
                await self._room.sender.send(said, waiting_id)
                return
            finally:
                await hints
            await self._give(asked, answer, stream, waiting_id)
            await self._attach_list(asked, answer)

    async def _answer_asker(self, asked: Asked, waiting_id: str, url: str) -> None:
        """Answer so that only the asker sees it, with a button to publish it."""
        words, sender = self._room.words, self._room.sender
        if (refusal := await self._refusal(asked)) is not None:
            self._room.assistant.audit.refused(asked.asker, asked.question, refusal)
            await sender.send(Reply(url=url, text=escape(words.say(f"refused_{refusal}"))), waiting_id)
            return
        async with self._turn(asked):
            try:
                answer = await self._answered(asked, None)
            except Exception as error:
                await sender.send(Reply(url=url, text=escape(self._trouble(error))), waiting_id)
                return
        question = mask_contacts(asked.text)
        above = words.say("asked", question=escape(question))
        publish = PublishRef(answer.answer_id or "", question)
        message = self._message(answer, Setting(above=above, publish=publish))
        await sender.send(Reply(url=url, text=message.text, blocks=message.blocks), waiting_id)
        if full_list(answer):  # a file cannot be for one person in a channel: it goes to their direct messages
            opened = await sender.send(Post(channel=asked.user, text=above))
            if opened is not None:
                await self._attach_list(asked, answer, opened)

    def _trouble(self, error: Exception) -> str:
        """What is said of a question that could not be answered."""
        if isinstance(error, CabildoError):
            return str(error)
        return self._room.words.say("failed", incident=log_incident(error, "a question from Slack"))

    async def publish(self, ref: PublishRef, user: str, team: str, channel: str, response_url: str | None) -> bool:
        """Put an answer that one person got into the channel, once; the thread below it goes on from it."""
        answer = await self._room.threads.store(self._room.assistant.conversations.answer, ref.answer_id)
        if answer is None or not await self._room.sender.claim(f"publish:{ref.answer_id}"):
            return False
        above = self._room.words.say("published_by", user=f"<@{user}>", question=escape(ref.question))
        message = self._message(answer, Setting(above=above))
        post = Post(channel=channel, text=message.text, blocks=message.blocks, instead_url=response_url)
        sent = await self._room.sender.send(post)
        if sent is not None:
            thread = Asked(text=ref.question, user=user, team=team, channel=sent.channel, thread_ts=sent.ts)
            kept = answer.model_copy(update={"answer_id": uuid.uuid4().hex, "conversation_id": thread.conversation_id})
            turn = Turn(ref.question, kept)
            self._room.assistant.conversations.append(thread.conversation_id, turn, channel="slack")
            await self._attach_list(thread, answer)
        return True

    # Before the answer

    async def _refusal(self, asked: Asked) -> Refusal | None:
        """Why a question is not answered. While Slack is down it waits, as its answer would have to."""
        until = time.monotonic() + self._room.settings.slack_keep_minutes * 60
        pause = 1.0
        while True:
            try:
                return await self._room.access.refusal(
                    self._room.web,
                    user=asked.user,
                    channel=asked.channel,
                    is_direct=asked.is_direct,
                    teams=frozenset(filter(None, (asked.team, asked.user_team))),
                )
            except PassingError as error:
                pause = min(max(2 * pause, error.retry_after or 0), _LONGEST_PAUSE)
                if time.monotonic() + pause > until:
                    return "unknown"
                await asyncio.sleep(pause)

    async def _refuse(self, asked: Asked, refusal: Refusal, waiting_id: str) -> None:
        self._room.assistant.audit.refused(asked.asker, asked.question, refusal)
        said = _post(asked, self._room.words.say(f"refused_{refusal}"))
        whisper = Whisper(channel=asked.channel, user=asked.user, thread_ts=asked.thread_ts, text=said.text)
        await self._room.sender.send(said if asked.is_direct else whisper, waiting_id)

    def _turn(self, asked: Asked) -> asyncio.Lock:
        lock = self._turns.get(asked.conversation_id)
        if lock is None:
            lock = self._turns[asked.conversation_id] = asyncio.Lock()
        return lock

    async def _hint(self, asked: Asked, opens: bool) -> None:
        """Say that it works on it; what opens a thread of direct messages names it. Nobody misses either."""
        channel, thread, slack = asked.channel, asked.thread_ts or "", self._room.hints
        status = self._room.words.say("status")
        calls: list[Awaitable[object]] = [
            slack.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)
        ]
        if opens:
            title = cut(" ".join(mask_contacts(asked.text).split()), _TITLE)
            calls.append(slack.assistant_threads_setTitle(channel_id=channel, thread_ts=thread, title=title))
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), _HINT_SECONDS)

    async def _has_history(self, asked: Asked) -> bool:
        history = self._room.assistant.conversations.history
        try:
            return bool(await self._room.threads.store(history, asked.conversation_id, 1))
        except StoreError:
            return True

    # The answer

    def _stream(self, asked: Asked) -> _Stream | None:
        """What a model writes is shown as it is written; what is composed comes at once."""
        return None if self._room.settings.chat_model is None else _Stream(self._room, asked)

    async def _answered(self, asked: Asked, stream: _Stream | None) -> Answer:
        assistant = self._room.assistant
        if len(asked.text) > QUESTION_LIMIT:
            raise CabildoError(self._room.words.say("too_long", limit=QUESTION_LIMIT))
        if stream is None:
            return await self._room.threads.answer(assistant.ask, asked.question, asked.asker)
        async for part in self._room.threads.each(lambda: assistant.stream(asked.question, asked.asker)):
            if isinstance(part, Answer):
                return part
            await stream.add(part)
        raise RuntimeError("a stream ended without its answer")

    async def _give(self, asked: Asked, answer: Answer, stream: _Stream | None, waiting_id: str) -> None:
        if stream is not None and await stream.end(answer, self._message(answer, Setting(is_streamed=True))):
            return
        message = self._message(answer, Setting(above=asked.above))
        await self._room.sender.send(
            Post(
                channel=asked.channel,
                thread_ts=asked.thread_ts,
                text=message.text,
                blocks=message.blocks,
                stream_ts=None if stream is None else stream.ts,
            ),
            waiting_id,
        )

    def _message(self, answer: Answer, setting: Setting) -> Message:
        return answer_message(answer, self._room.links, self._room.words, setting)

    async def _attach_list(self, asked: Asked, answer: Answer, where: Sent | None = None) -> None:
        if not full_list(answer):
            return
        row_ids = await self._room.threads.answer(self._listed_rows, asked, answer)
        if row_ids:
            channel, thread = (asked.channel, asked.thread_ts) if where is None else (where.channel, where.ts)
            await self._room.sender.send(ListFile(channel=channel, thread_ts=thread, row_ids=row_ids))

    def _listed_rows(self, asked: Asked, answer: Answer) -> list[str]:
        """All rows that the question asks for, not only those cited; those cited when it asks for no set."""
        assistant = self._room.assistant
        if any(citation.kind == "filter" for citation in answer.citations):
            turns = assistant.conversations.history(asked.conversation_id, _HISTORY)
            if rows := assistant.rows_asked([turn.question for turn in turns] or [asked.text]):
                return rows
        return [citation.row_id for citation in answer.citations if citation.row_id is not None]


def _post(asked: Asked, text: str) -> Post:
    """One line of text where somebody asked."""
    return Post(channel=asked.channel, thread_ts=asked.thread_ts, text=escape(text))


class _Stream:
    """An answer that appears while it is written. When a call fails, nothing more is shown before the whole answer."""

    def __init__(self, room: Room, asked: Asked) -> None:
        self._room = room
        self._asked = asked
        self._slack: AsyncChatStream | None = None
        self._shown = ""
        self._is_broken = False

    @property
    def ts(self) -> str | None:
        """The message that was begun, if any."""
        return None if self._slack is None else self._slack.ts

    async def add(self, text: str) -> None:
        """Show a checked sentence."""
        if self._is_broken:
            return
        try:
            if self._slack is None:
                self._slack = await self._room.hints.chat_stream(
                    channel=self._asked.channel,
                    thread_ts=self._asked.thread_ts or "",
                    recipient_team_id=self._asked.user_team or self._asked.team,
                    recipient_user_id=self._asked.user,
                    buffer_size=1,
                )
                if self._asked.above is not None:
                    asked = self._room.words.say("asked", question=mask_contacts(self._asked.text))
                    await self._slack.append(markdown_text=f"> {escape_markdown(asked)}\n\n")
            # Two spaces before a line's end keep it one in Markdown.
            await self._slack.append(markdown_text=escape_markdown(text).replace("\n", "  \n"))
            self._shown += text
        except SLACK_TROUBLE:
            self._is_broken = True

    async def end(self, answer: Answer, message: Message) -> bool:
        """Complete the message with its blocks; False when it does not show the answer and has to be replaced."""
        if self._is_broken or self._slack is None or self._shown.strip() != answer.answer.strip():
            return False
        try:
            await self._slack.stop(blocks=message.blocks)
        except SLACK_TROUBLE:
            return False
        return True
