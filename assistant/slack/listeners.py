"""What Slack sends and who takes it. Everything is acknowledged at once; the work goes on behind."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from slack_bolt.async_app import AsyncApp, AsyncAssistant

from assistant.api.unexpected import log_incident
from assistant.slack.access import Refusal
from assistant.slack.answers import ASK_AGAIN
from assistant.slack.arrivals import Arrivals
from assistant.slack.delivery import Asked, PassingError, Post, Reply
from assistant.slack.desk import Desk
from assistant.slack.payloads import (
    Body,
    asked_by_command,
    asked_in_message,
    bot_user,
    petition_of,
    team_of,
    user_of,
    value_of,
)
from assistant.slack.references import PublishRef
from assistant.slack.room import Room
from assistant.slack.text import escape, question_of
from assistant.slack.views import DRAFT, REASON, draft_view, note_view, reason_view
from assistant.slack.windows import Windows, answer_of
from ingest.errors import StoreError
from ingest.privacy import mask_contacts

T = TypeVar("T")
Ack = Callable[..., Awaitable[object]]

_CLAIM_ATTEMPTS = 4


class Listeners:
    """Takes what Slack sends, once each, and counts what is under way."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._desk = Desk(room)
        self._windows = Windows(room)
        self._arrivals = Arrivals()
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def resume(self, asked: Asked, waiting_id: str) -> None:
        """Answer a question that another process took and did not answer."""
        async with self._work("a question that waited"):
            await self._desk.answer(asked, waiting_id)

    async def drain(self, seconds: float) -> bool:
        """Wait until nothing is under way; False when the time is over first."""
        try:
            await asyncio.wait_for(self._idle.wait(), seconds)
        except TimeoutError:
            return False
        return True

    @asynccontextmanager
    async def _work(self, doing: str) -> AsyncIterator[None]:
        self._running += 1
        self._idle.clear()
        try:
            yield
        except Exception as error:  # Bolt would log its message, which may quote somebody
            log_incident(error, doing)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt who takes what; the same for HTTP and Socket Mode."""
        app.middleware(self._note_arrival)
        pane = AsyncAssistant(app_name="cabildo")
        pane.thread_started(self.pane_opened)
        pane.thread_context_changed(self.nothing)
        pane.user_message(self.direct_message)
        app.use(pane)
        app.event("app_mention")(self.mention)
        app.event("message")(self.direct_message)
        app.event("app_home_opened")(self.home_opened)
        app.command(re.compile("^/"))(self.command)
        app.shortcut(DRAFT)(self.draft_asked)
        app.view(DRAFT)(self.draft_submitted)
        app.view(REASON)(self.reason_given)
        app.action("row_view")(self.row_viewed)
        app.action("row_choose")(self.row_viewed)
        app.action("document_view")(self.document_viewed)
        app.action("publish")(self.published)
        app.action("feedback")(self.thumb)
        app.action("home_refresh")(self.home_refreshed)
        app.action(ASK_AGAIN)(self.asked_again)
        # Whatever else Slack sends (links pressed, events nobody asked for) is acknowledged and left.
        app.event(re.compile(".+"))(self.nothing)
        app.action(re.compile(".*"))(self.acknowledged)

    async def _note_arrival(self, next: Callable[[], Awaitable[None]]) -> None:
        self._arrivals.note()
        await next()

    # Questions

    async def mention(self, body: Body, event: Body) -> None:
        async with self._work("a mention"):
            await self._take_message(body, event, is_direct=event.get("channel_type") == "im")

    async def direct_message(self, body: Body, event: Body) -> None:
        if event.get("channel_type") != "im":
            return
        async with self._work("a direct message"):
            await self._take_message(body, event, is_direct=True)

    async def _take_message(self, body: Body, event: Body, *, is_direct: bool) -> None:
        asked = asked_in_message(body, event, is_direct=is_direct)
        if asked is not None:
            # The event id tells retries, the message's place that a mention and a direct message are the same one.
            place = f"message:{asked.team}:{asked.channel}:{event['ts']}"
            await self._take(asked, f"event:{body.get('event_id')}", place)

    async def _take(self, asked: Asked, *keys: str) -> None:
        await self._arrivals.over()
        await _patiently(lambda: self._desk.take(asked, *keys))

    async def _claim(self, *keys: str) -> bool:
        return await _patiently(lambda: self._room.sender.claim(*keys))

    async def command(self, ack: Ack, body: Body) -> None:
        asked = asked_by_command(body)
        if not asked.text:
            await ack(text=self._room.words.say("command_empty", command=body["command"]))
            return
        await ack()
        async with self._work("a command"):
            await self._take(asked, f"command:{body['trigger_id']}")

    async def asked_again(self, ack: Ack, body: Body, action: Body) -> None:
        """A suggestion: asked where its button stands. In the home tab that is a new direct message."""
        await ack()
        async with self._work("a suggestion"):
            asked = await self._suggested(body, action)
            if asked is not None:
                place = f"{asked.channel}:{(body.get('container') or {}).get('message_ts') or body['trigger_id']}"
                await self._take(asked, f"suggestion:{place}:{action['action_id']}:{asked.user}")

    async def _suggested(self, body: Body, action: Body) -> Asked | None:
        """The question of a suggestion, for where it was offered: a thread, one person, or the home tab."""
        text, container = str(action["value"]), body.get("container") or {}
        above = self._room.words.say("asked", question=escape(mask_contacts(text)))
        asked = Asked(text=text, user=user_of(body), team=team_of(body), channel="", above=above)
        asked = asked.model_copy(update={"user_team": body["user"].get("team_id")})
        if container.get("type") == "view":
            sent = await self._room.sender.send(Post(channel=asked.user, text=above))
            if sent is None:
                return None
            new = {"channel": sent.channel, "thread_ts": sent.ts, "is_direct": True, "above": None}
            return asked.model_copy(update=new)
        channel = str(body["channel"]["id"])
        where: Body = {"channel": channel, "is_direct": channel.startswith("D")}
        if container.get("is_ephemeral"):
            return asked.model_copy(update={**where, "reply_url": body["response_url"]})
        thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
        return asked.model_copy(update={**where, "thread_ts": thread or container.get("message_ts")})

    async def _may(self, body: Body, channel: str | None = None) -> bool:
        """Whether who pressed a button may ask; who may not is told why in a direct message. ``channel`` None: any."""
        user = user_of(body)
        refusal = await self._refused(user, body, channel)
        if refusal is not None:
            text = escape(self._room.words.say(f"refused_{refusal}"))
            await self._room.sender.send(Post(channel=user, text=text))
        return refusal is None

    async def _refused(self, user: str, body: Body, channel: str | None = None) -> Refusal | None:
        """Why somebody may not ask, as far as Slack says it now."""
        own = body["user"].get("team_id") if isinstance(body.get("user"), dict) else None
        try:
            return await self._room.access.refusal(
                self._room.web,
                user=user,
                channel=channel or "",
                is_direct=channel is None or channel.startswith("D"),
                teams=frozenset(filter(None, (team_of(body), own))),
            )
        except PassingError:
            return "unknown"

    async def published(self, ack: Ack, body: Body, action: Body) -> None:
        await ack()
        async with self._work("a publication"):
            ref, url, channel = PublishRef.parse(action["value"]), body.get("response_url"), body["channel"]["id"]
            if not await self._may(body, channel):
                return
            if await self._desk.publish(ref, user_of(body), team_of(body), channel, url) and url:
                await self._room.sender.send(Reply(url=url, text=escape(self._room.words.say("published"))))

    # Windows

    async def row_viewed(self, ack: Ack, body: Body, action: Body) -> None:
        await ack()
        async with self._work("a row"):
            value = action["selected_option"]["value"] if "selected_option" in action else action["value"]
            if await self._may(body):
                await self._windows.open_row(body["trigger_id"], value)

    async def document_viewed(self, ack: Ack, body: Body, action: Body) -> None:
        """The button opens the web page by itself where there is one."""
        await ack()
        if not self._room.links.documents():
            async with self._work("a document"):
                if await self._may(body):
                    await self._windows.open_document(body["trigger_id"], action["value"])

    async def thumb(self, ack: Ack, body: Body, action: Body) -> None:
        """Kept at once; a thumb down asks why, and what is said then is kept beside it."""
        await ack()
        async with self._work("an opinion"):
            verdict, _, answer_id = str(action["value"]).partition(":")
            user = body["user"]["id"]
            if verdict == "down":
                await self._windows.open(body["trigger_id"], reason_view(answer_id, self._room.words))
            kept = await self._windows.keep_opinion("down" if verdict == "down" else "up", answer_id, user)
            if not kept and (url := body.get("response_url")):
                await self._room.sender.send(Reply(url=url, text=escape(self._room.words.say("feedback_lost"))))

    async def reason_given(self, ack: Ack, body: Body, view: Body) -> None:
        words = self._room.words
        await ack(response_action="update", view=note_view("reason_title", words.say("reason_thanks"), words))
        async with self._work("an opinion's reason"):
            reason, user = str(value_of(view, "reason", "text", "value") or "").strip(), user_of(body)
            if not await self._windows.keep_opinion("down", answer_of(view["private_metadata"]), user, reason):
                await self._room.sender.send(Post(channel=user, text=escape(words.say("feedback_lost"))))

    async def draft_asked(self, ack: Ack, body: Body) -> None:
        await ack()
        async with self._work("a draft's window"):
            petition = question_of((body.get("message") or {}).get("text") or "")
            if await self._may(body):
                await self._windows.open(body["trigger_id"], draft_view(petition, self._room.words))

    async def draft_submitted(self, ack: Ack, body: Body, view: Body) -> None:
        words = self._room.words
        petition, received = petition_of(view)
        if not petition:
            await ack(response_action="errors", errors={"part_0": words.say("draft_empty")})
            return
        await ack(response_action="update", view=note_view("draft_title", words.say("draft_working"), words))
        async with self._work("a draft"):
            if await self._may(body) and await self._claim(f"draft:{view['id']}"):
                await self._windows.make_draft(petition, received, user_of(body))

    # The pane, the messages tab and the home tab

    async def home_opened(self, body: Body, event: Body) -> None:
        async with self._work("the home tab"):
            refusal = await self._refused(event["user"], body)
            if event.get("tab") != "messages":
                await self._windows.publish_home(event["user"], bot_user(body), refusal)
            elif refusal is None:
                await self._windows.suggest_prompts(event["channel"])

    async def home_refreshed(self, ack: Ack, body: Body) -> None:
        await ack()
        async with self._work("the home tab"):
            await self._windows.publish_home(user_of(body), None, await self._refused(user_of(body), body))

    async def pane_opened(self, body: Body, event: Body) -> None:
        """The older assistant pane: a greeting and prompts in its thread."""
        async with self._work("the assistant pane"):
            thread = event["assistant_thread"]
            channel, ts = thread["channel_id"], thread["thread_ts"]
            if await self._claim(f"pane:{channel}:{ts}") and not await self._refused(thread["user_id"], body):
                greeting = Post(channel=channel, thread_ts=ts, text=escape(self._room.words.say("greeting")))
                await self._room.sender.send(greeting)
                await self._windows.suggest_prompts(channel, ts)

    async def nothing(self, event: Body) -> None:
        """An event that asks for nothing."""

    async def acknowledged(self, ack: Ack) -> None:
        """A button that does its work in Slack, such as a link."""
        await ack()


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Try again while the database is busy: nothing may be done that is not taken. Raises ``StoreError`` at the end."""
    for attempt in range(_CLAIM_ATTEMPTS - 1):
        try:
            return await work()
        except StoreError:
            await asyncio.sleep(0.2 * 2**attempt)
    return await work()
