"""Drafts of replies to petitions, as Slack needs them; the petitions themselves are ``assistant.petitions``'s."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant.petitions.service import PetitionService


@dataclass(frozen=True)
class Draft:
    """What is told of a draft: its page is ``/peticiones/{id}``. ``asks`` are its questions."""

    id: str
    subject: str | None
    due: date | None
    asks: int
    answered: int


class Drafts(Protocol):
    """Makes drafts and their letters. Called in a thread; errors are those of the house."""

    def make(self, text: str, received: date | None, user: str) -> Draft: ...

    def letter(self, draft_id: str) -> bytes:
        """The draft as a Word file. Raises ``NotFoundError``."""
        ...


class PetitionDrafts:
    """Drafts of the petitions' own service."""

    def __init__(self, service: PetitionService) -> None:
        self._service = service

    def make(self, text: str, received: date | None, user: str) -> Draft:
        """A draft of somebody in Slack, who may not approve it. Raises ``InputError`` when it asks nothing."""
        made = self._service.create_from_text(text, received=received, author=f"slack:{user}")
        answered = sum(ask.status == "answered" for ask in made.asks)
        return Draft(made.id, made.subject or None, made.due_date, len(made.asks), answered)

    def letter(self, draft_id: str) -> bytes:
        return self._service.reply_docx(draft_id)
