"""Invented petitions (beside the tests that use them), and a desk of citizen service over the invented towns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from assistant.answer import Answer, Question
from assistant.auditing import PROGRAM, Asker
from assistant.evidence.retrieve import Scored
from assistant.petitions.records import Draft
from assistant.petitions.service import PetitionService, service_for
from assistant.petitions.store import petitioners
from assistant.settings import Settings
from assistant.store import metadata
from ingest.database import reading
from tests.support.town import Town, found_town, write_documents

FIXTURES = Path(__file__).resolve().parents[1] / "assistant" / "petitions" / "fixtures"
TODAY = date(2026, 9, 1)


@cache
def expected() -> dict[str, dict[str, Any]]:
    """What a careful reader expects of each petition, by file name."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((FIXTURES / "expected.yaml").read_text("utf-8"))
    return loaded


@dataclass
class Overheard:
    """The town's assistant, and every question that it was asked."""

    town: Town
    questions: list[str] = field(default_factory=list)

    def ask(self, question: Question, asker: Asker = PROGRAM) -> Answer:
        self.questions.append(question.question)
        return self.town.assistant.ask(question, asker)

    def search(self, text: str, limit: int = 20) -> list[Scored]:
        self.questions.append(text)
        return self.town.assistant.search(text, limit)


@dataclass(frozen=True)
class Office:
    """The desk: its service, and what its assistant was asked."""

    service: PetitionService
    overheard: Overheard

    def draft_of(self, name: str, author: str = "Ana Proyecta") -> Draft:
        return self.service.create_from_file(FIXTURES / name, name, author=author)

    def kept(self) -> str:
        """Everything in the database but the petitioners' own fields."""
        self.overheard.town.assistant.conversations.flush() if hasattr(
            self.overheard.town.assistant.conversations, "flush"
        ) else None
        with reading(self.overheard.town.knowledge.engine) as connection:
            tables = [table for table in metadata.sorted_tables if table is not petitioners]
            return repr([connection.execute(select(table)).all() for table in tables])


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """An office over a town of its own in this folder."""
    with found_town(folder / "data", [write_documents(folder / "documents")]) as town:
        overheard = Overheard(town)
        service = service_for(town.knowledge, Settings(data_dir=folder / "data", _env_file=None), overheard)
        service._today = lambda: TODAY
        yield Office(service, overheard)
