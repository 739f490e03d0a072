"""Drafts of replies to petitions, as Slack needs them; the petitions themselves are another package's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Draft:
    """What is told of a draft: its page is ``/peticiones/{id}``. ``asks`` are its questions."""

    id: str
    subject: str | None
    due: str | None
    asks: int
    answered: int


class Drafts(Protocol):
    """Makes drafts and their letters. Called in a thread; errors are those of the house."""

    def make(self, text: str, received: date | None, user: str) -> Draft: ...

    def letter(self, draft_id: str) -> bytes:
        """The draft as a Word file. Raises ``NotFoundError``."""
        ...
