"""Slack's Web API as Cabildo calls it: one session, limits that are waited for, and no word of ours in the log."""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from assistant.settings import Settings

TIMEOUT_SECONDS = 15
_LONGEST_WAIT = 30.0  # seconds that a call waits for a limit; longer ones wait in the outbox
_RATE_LIMIT_RETRIES = 3

#: The libraries' loggers write whole requests at DEBUG and bodies with wrong signatures at INFO.
log = logging.getLogger("assistant.slack.web")
log.setLevel(logging.WARNING)


class _PatientRateLimit(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack says, unless that is longer than a call should stay open."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != 429:
            return False
        told = next((value for name, value in response.headers.items() if name.lower() == "retry-after"), ["1"])
        seconds = told[0] if isinstance(told, list) else told
        return str(seconds).isdigit() and float(seconds) <= _LONGEST_WAIT


def _handlers() -> list[AsyncRetryHandler]:
    return [
        AsyncConnectionErrorRetryHandler(),
        _PatientRateLimit(max_retry_count=_RATE_LIMIT_RETRIES),
        AsyncServerErrorRetryHandler(),
    ]


def web_client(
    settings: Settings, session: aiohttp.ClientSession | None = None, *, retries: bool = True
) -> AsyncWebClient:
    """A client for the bot's token; without ``retries`` for what is not worth waiting for, such as a status."""
    token = settings.slack_bot_token
    return AsyncWebClient(
        token=None if token is None else token.get_secret_value(),
        base_url=f"{str(settings.slack_api_url).rstrip('/')}/",
        timeout=TIMEOUT_SECONDS,
        session=session,
        logger=log,
        retry_handlers=_handlers() if retries else [],
    )


def retry_handlers() -> list[AsyncRetryHandler]:
    """For response URLs, which are no methods of the Web API but limited like them."""
    return _handlers()
