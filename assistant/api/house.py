"""What the routes share: one knowledge base and one assistant per process, made before the first request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol, cast

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from assistant.answer import Answer, Question
from assistant.api.jobs import JobBoard
from assistant.auditing import Asker
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.petitions.answering import Answerer as PetitionAnswerer
    from assistant.petitions.service import PetitionService
    from ingest.knowledge import KnowledgeBase
    from ingest.pages.images import PageImages


class Answerer(Protocol):
    """What the API needs of the assistant."""

    def ask(self, question: Question, asker: Asker = ...) -> Answer: ...

    def stream(self, question: Question, asker: Asker = ...) -> Iterator[str | Answer]: ...

    def rows_asked(
        self, questions: Sequence[str], entity: str | None = None, period: str | None = None
    ) -> list[str]: ...


class House:
    """The parts of a running server. ``ready`` is set when all of them are there."""

    def __init__(self, settings: Settings, assistant: Answerer | None, knowledge: KnowledgeBase | None) -> None:
        self.settings = settings
        self._assistant = assistant
        self._knowledge = knowledge
        self._images: PageImages | None = None
        self.jobs = JobBoard()
        self.uploads: Path | None = None
        self.ready = False

    @property
    def knowledge(self) -> KnowledgeBase:
        if self._knowledge is None:
            raise HTTPException(503)
        return self._knowledge

    @property
    def assistant(self) -> Answerer:
        if self._assistant is None:
            raise HTTPException(503)
        return self._assistant

    @property
    def images(self) -> PageImages:
        if self._images is None:
            raise HTTPException(503)
        return self._images

    @cached_property
    def petitions(self) -> PetitionService:
        """The petitions and the work on their drafts, over the same database and assistant."""
        from assistant.petitions.service import service_for

        return service_for(self.knowledge, self.settings, cast("PetitionAnswerer", self.assistant))

    def load(self) -> bool:
        """Open what was not handed over and load the models; returns whether the knowledge base was opened here."""
        opened = self._knowledge is None
        if self._knowledge is None:
            from assistant.opening import open_knowledge

            self._knowledge = open_knowledge(self.settings)
        if self._assistant is None:
            self._assistant = load_assistant(self.settings, self._knowledge)
        self._images = page_images(self.settings, self._knowledge)
        self.ready = True
        return opened

    def close(self, opened: bool) -> None:
        """Write what is left of the conversations, then close the knowledge base if it was ``opened`` here."""
        finish = getattr(self._assistant, "close", None)
        if finish is not None:
            finish()
        if self._images is not None:
            self._images.close()
        if opened and self._knowledge is not None:
            self._knowledge.close()


def load_assistant(settings: Settings, knowledge: KnowledgeBase) -> Answerer:
    """An assistant with the embedding model and the rows in memory: nobody's first question waits for them."""
    from assistant.assistant import Assistant

    assistant = Assistant(knowledge, settings)
    assistant.search("cabildo", 1)
    return assistant


def page_images(settings: Settings, knowledge: KnowledgeBase) -> PageImages:
    """The pictures of pages, within the settings' limits; nothing is started before the first one is asked for."""
    from assistant.ingesting import parse_limits
    from ingest.pages.images import ImageLimits, PageImages

    limits = ImageLimits(drawing=parse_limits(settings))
    return PageImages(knowledge, settings.data_dir / "originals", limits)


def house_of(request: Request) -> House:
    return cast(House, request.app.state.house)


SharedHouse = Annotated[House, Depends(house_of)]
