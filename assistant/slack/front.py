"""Slack's front end: everything put together, started and stopped. HTTP and Socket Mode bring it what Slack sends."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from assistant.api.unexpected import log_incident
from assistant.settings import Settings, variable
from assistant.slack.access import Access
from assistant.slack.courier import Courier
from assistant.slack.drafts import Drafts, PetitionDrafts
from assistant.slack.files import FileMaker
from assistant.slack.links import Links
from assistant.slack.listeners import Listeners
from assistant.slack.outbox import Outbox
from assistant.slack.room import House, Room
from assistant.slack.sender import Sender
from assistant.slack.threads import Threads
from assistant.slack.web import TIMEOUT_SECONDS, log, web_client
from assistant.slack.wording import wording
from ingest.errors import SettingsError

_DRAIN_SECONDS = 20.0
#: Bolt logs what it could not do together with what Slack sent; only its own failures are of interest.
_bolt_log = logging.getLogger("assistant.slack.bolt")
_bolt_log.setLevel(logging.CRITICAL)


def require_settings(settings: Settings, *names: str) -> None:
    """Raises ``SettingsError`` naming, in one line, the settings that Slack needs and are not there."""
    missing = [variable(name) for name in names if getattr(settings, name) is None]
    if missing:
        one = len(missing) == 1
        raise SettingsError(
            f"Para Slack {'falta el ajuste' if one else 'faltan los ajustes'} {' y '.join(missing)}.",
            hint="docs/slack.md dice de dónde salen.",
        )


class SlackFront:
    """The Bolt application over the running house. The house must be loaded before :meth:`running` is entered."""

    def __init__(self, settings: Settings, house: House, drafts: Drafts | None = None) -> None:
        self._settings = settings
        self._house = house
        self._drafts = drafts
        self._words = wording()
        secret = settings.slack_signing_secret
        self.app = AsyncApp(
            client=web_client(
                settings.model_copy(update={"slack_bot_token": None})
            ),  # the token comes by authorization
            authorize=_authorize_with(settings),
            signing_secret="" if secret is None else secret.get_secret_value(),
            logger=_bolt_log,
        )
        self.app.error(self._failed)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Room]:
        """Ready to take what Slack sends; at the end what is under way is finished."""
        words = self._words
        threads = Threads(self._settings.slack_workers)
        drafts = self._drafts or PetitionDrafts(self._house.petitions)
        files = FileMaker(self._house.knowledge, drafts, words)
        keep_seconds = self._settings.slack_keep_minutes * 60
        outbox = Outbox(self._house.knowledge.engine)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session:
                web = web_client(self._settings, session)
                sender = Sender(outbox, threads, Courier(web, session, threads, files), keep_seconds)
                room = Room(
                    settings=self._settings,
                    house=self._house,
                    drafts=drafts,
                    words=words,
                    links=Links(self._settings.public_base),
                    threads=threads,
                    access=Access(self._settings),
                    sender=sender,
                    web=web,
                    hints=web_client(self._settings, session, retries=False),
                )
                listeners = Listeners(room)
                listeners.register(self.app)
                sender.start(listeners.resume)
                try:
                    yield room
                finally:
                    if not await listeners.drain(_DRAIN_SECONDS):
                        log.warning("some of what Slack sent is not finished")
                    await sender.stop()
        finally:
            threads.close()

    async def _failed(self, error: Exception) -> None:
        log_incident(error, "something from Slack")


def _authorize_with(settings: Settings) -> Callable[..., Awaitable[AuthorizeResult]]:
    """One token for all. Slack is not asked, as Bolt would: an acknowledgement must not wait for it."""
    token = settings.slack_bot_token

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        secret = None if token is None else token.get_secret_value()
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=secret)

    return authorize
