"""Who may ask: the settings' teams and channels, and whether guests may."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Any, Literal

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from assistant.settings import Settings
from assistant.slack.delivery import passing

Refusal = Literal["team", "channel", "guest", "unknown"]

_REMEMBERED = 5_000  # people
_REMEMBERED_SECONDS = 600.0
#: Marks of Slack's user object for people who are not full members of the workspace
#: (docs.slack.dev/reference/objects/user-object).
_OUTSIDER = ("is_restricted", "is_ultra_restricted", "is_stranger")


class Access:
    """Decides who may ask. What Slack says of a person is remembered for ten minutes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._guests: OrderedDict[str, tuple[float, bool]] = OrderedDict()

    async def refusal(
        self, client: AsyncWebClient, *, user: str, channel: str, is_direct: bool, teams: frozenset[str]
    ) -> Refusal | None:
        """Why somebody may not ask here, or None.

        Args:
            teams: the workspace the question came through, and the one its asker belongs to when Slack says it.

        Raises:
            PassingError: when Slack does not say now who it is, and may say it later.
        """
        if self._settings.slack_allowed_teams and not teams <= self._settings.slack_allowed_teams:
            return "team"
        allowed = self._settings.slack_allowed_channels
        if allowed and not is_direct and channel not in allowed:
            return "channel"
        if self._settings.slack_allow_guests:
            return None
        try:
            return "guest" if await self._is_guest(client, user) else None
        except Exception as error:
            if (told := passing(error)) is not None:
                raise told from None
            if not isinstance(error, SlackApiError):
                raise
            return "unknown"

    async def _is_guest(self, client: AsyncWebClient, user: str) -> bool:
        known = self._guests.get(user)
        if known is not None and time.monotonic() - known[0] < _REMEMBERED_SECONDS:
            return known[1]
        response = await client.users_info(user=user)
        told: dict[str, Any] = response.get("user") or {}
        guest = any(told.get(mark) for mark in _OUTSIDER)
        self._guests[user] = (time.monotonic(), guest)
        while len(self._guests) > _REMEMBERED:
            self._guests.popitem(last=False)
        return guest
