"""What is asked and what is sent, as values that can wait in a table, and how failures of Slack's are told apart."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.answer import Question
from assistant.auditing import Asker
from assistant.slack.blocks import Block

#: What a call to Slack can end in: an error it answers, or no answer.
SLACK_TROUBLE = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(Value):
    """A question as Slack brought it; it waits until it is answered, so that a process that dies leaves it behind.

    With a ``reply_url`` the answer is for the asker alone. ``above`` is what stands over the answer, in mrkdwn.
    """

    kind: Literal["asked"] = "asked"
    text: str
    user: str
    team: str
    channel: str
    thread_ts: str | None = None
    is_direct: bool = False
    user_team: str | None = None
    above: str | None = None
    reply_url: str | None = None

    @property
    def conversation_id(self) -> str:
        """A thread is a conversation; so are one person's commands in one channel."""
        return f"slack:{self.team}:{self.channel}:{self.thread_ts or self.user}"

    @property
    def question(self) -> Question:
        return Question(question=self.text, conversation_id=self.conversation_id)

    @property
    def asker(self) -> Asker:
        return Asker("slack", self.user)


class Post(Value):
    """A message. ``stream_ts`` is the message that a stream began and this one completes.

    ``instead_url`` is a response URL for when the bot is not in the channel.
    """

    kind: Literal["post"] = "post"
    channel: str
    text: str
    blocks: list[Block] = Field(default_factory=list)
    thread_ts: str | None = None
    stream_ts: str | None = None
    instead_url: str | None = None


class Whisper(Value):
    """A message in a channel that only one person sees."""

    kind: Literal["whisper"] = "whisper"
    channel: str
    user: str
    text: str
    thread_ts: str | None = None


class Reply(Value):
    """An answer to a command or button through its response URL, which Slack takes for 30 minutes."""

    kind: Literal["reply"] = "reply"
    url: str
    text: str
    blocks: list[Block] = Field(default_factory=list)
    in_channel: bool = False


class ListFile(Value):
    """A spreadsheet of rows, in a thread."""

    kind: Literal["list"] = "list"
    channel: str
    thread_ts: str | None = None
    row_ids: list[str]


class DraftFile(Value):
    """A drafted letter as a Word file, in a thread."""

    kind: Literal["draft"] = "draft"
    channel: str
    thread_ts: str | None = None
    draft_id: str


Delivery = Annotated[Asked | Post | Whisper | Reply | ListFile | DraftFile, Field(discriminator="kind")]
_ADAPTER: TypeAdapter[Delivery] = TypeAdapter(Delivery)

#: Seconds that a response URL is good for (docs.slack.dev/interactivity/handling-user-interaction).
REPLY_SECONDS = 30 * 60

#: Errors that pass by themselves (the common errors of docs.slack.dev/reference/methods/chat.postMessage).
_PASSING = frozenset(
    {
        *("internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited"),
        *("team_added_to_org", "external_service_migration_in_progress"),
    }
)
#: Errors of a channel that the bot has not been invited to.
_OUTSIDE = frozenset({"not_in_channel", "channel_not_found"})
#: Errors about the blocks, after which the plain text may still be taken.
_ABOUT_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"})


@dataclass(frozen=True)
class Sent:
    """A message that Slack has: where it is."""

    channel: str
    ts: str


def parse_delivery(value: dict[str, Any]) -> Delivery:
    """A delivery as it was kept. Raises pydantic's ``ValidationError`` for one of another program."""
    return _ADAPTER.validate_python(value)


class PassingError(Exception):
    """Slack cannot take a message now; ``retry_after`` seconds later it may."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def is_about_blocks(error: SlackApiError) -> bool:
    return code_of(error) in _ABOUT_BLOCKS


def is_outside(error: SlackApiError) -> bool:
    return code_of(error) in _OUTSIDE


def code_of(error: SlackApiError) -> str:
    """Slack's name of an error, or ''."""
    try:
        return str(error.response.get("error") or "")
    except (AttributeError, ValueError):
        return ""


def passing(error: Exception) -> PassingError | None:
    """The error as one that passes, or None when trying again cannot help."""
    if isinstance(error, PassingError):
        return error
    if isinstance(error, aiohttp.ClientError | asyncio.TimeoutError | OSError):
        return PassingError(type(error).__name__)
    if isinstance(error, SlackApiError):
        status = int(getattr(error.response, "status_code", None) or getattr(error.response, "status", None) or 0)
        if status == 429 or status >= 500 or code_of(error) in _PASSING:
            return PassingError(code_of(error) or f"status {status}", _retry_after(error))
        return None
    # An upload that was not taken is told by this class alone.
    return PassingError(type(error).__name__) if isinstance(error, SlackClientError) else None


def _retry_after(error: SlackApiError) -> float | None:
    headers = getattr(error.response, "headers", None) or {}
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    try:
        return None if value is None else float(value[0] if isinstance(value, list) else value)
    except ValueError:
        return None
