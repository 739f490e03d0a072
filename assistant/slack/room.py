"""What everything in Slack shares: the house it answers from, its wording, its threads, its ways to Slack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from slack_sdk.web.async_client import AsyncWebClient

from assistant.settings import Settings
from assistant.slack.access import Access
from assistant.slack.drafts import Drafts
from assistant.slack.links import Links
from assistant.slack.sender import Sender
from assistant.slack.threads import Threads
from assistant.slack.wording import Wording

if TYPE_CHECKING:
    from assistant.api.house import Answerer
    from assistant.assistant import Assistant
    from assistant.petitions.service import PetitionService
    from ingest.knowledge import KnowledgeBase
    from ingest.pages.images import PageImages


class House(Protocol):
    """The running parts, as ``assistant.api.house.House`` has them."""

    @property
    def knowledge(self) -> KnowledgeBase: ...

    @property
    def assistant(self) -> Answerer: ...

    @property
    def images(self) -> PageImages: ...

    @property
    def petitions(self) -> PetitionService: ...


@dataclass(frozen=True)
class Room:
    """The shared parts. ``web`` waits and tries again; ``hints`` does not: for what nobody misses, such as a status."""

    settings: Settings
    house: House
    drafts: Drafts
    words: Wording
    links: Links
    threads: Threads
    access: Access
    sender: Sender
    web: AsyncWebClient
    hints: AsyncWebClient

    @property
    def assistant(self) -> Assistant:
        """The assistant itself, with its conversations and its audit."""
        return cast("Assistant", self.house.assistant)
