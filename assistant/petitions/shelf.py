"""The petitions of one database to look at: drafts, their history and differences, and the letters made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Engine

from assistant.petitions import store
from assistant.petitions.difference import content_difference
from assistant.petitions.drafts import draft_of
from assistant.petitions.keeping import find_petition, find_version, reviewed_before, sent_on, summary_of
from assistant.petitions.letter import Letter
from assistant.petitions.records import Difference, Draft, DraftPage, Petitioner, State, Transition, Version
from assistant.settings import Settings
from assistant.store import AuditEntry, AuditLog
from ingest.database import reading, writing


class PetitionShelf:
    """Petitions of one database. Raises ``StoreError`` when it does not answer, in every method."""

    def __init__(self, engine: Engine, settings: Settings, today: Callable[[], date]) -> None:
        """The assistant's tables must be there."""
        self._engine = engine
        self._settings = settings
        self._today = today
        self._audit = AuditLog(engine)

    def get(self, petition_id: str) -> Draft:
        """A draft. Raises ``NotFoundError``."""
        with reading(self._engine) as connection:
            return draft_of(connection, find_petition(connection, petition_id))

    def list(self, states: Sequence[State] | None = None, limit: int = 100, offset: int = 0) -> DraftPage:
        """Petitions of these states (None: all), those due first at the front."""
        with reading(self._engine) as connection:
            total, lines = store.list_petitions(connection, states, limit, offset)
            sent = {line.id: sent_on(connection, line) for line in lines if line.state == "sent"}
        return DraftPage(
            total=total, petitions=[summary_of(line, sent.get(line.id) or self._today()) for line in lines]
        )

    def petitioner(self, petition_id: str, *, actor: str | None = None) -> Petitioner:
        """The petitioner's own data, kept apart; the audit notes that somebody looked. Raises ``NotFoundError``."""
        with writing(self._engine) as connection:
            find_petition(connection, petition_id)
            entry = AuditEntry("petition.petitioner_read", actor, petition_id)
            self._audit.insert(connection, entry)
            return Petitioner.model_validate(store.read_petitioner(connection, petition_id))

    def versions(self, petition_id: str) -> Sequence[Version]:
        """Every version of a draft, the oldest first; those put aside after a conflict have ``applied`` False."""
        with reading(self._engine) as connection:
            find_petition(connection, petition_id)
            return store.read_versions(connection, petition_id)

    def transitions(self, petition_id: str) -> Sequence[Transition]:
        """Every step of the work on a draft: who, when, from which state to which, and why."""
        with reading(self._engine) as connection:
            find_petition(connection, petition_id)
            return store.read_transitions(connection, petition_id)

    def difference(self, petition_id: str, before: int | None = None, after: int | None = None) -> Difference:
        """What changed between two versions, word by word.

        Without ``after`` the one that holds; without ``before`` the last that was approved, else that was sent to
        review before it, else the first. Raises ``NotFoundError`` for a version there is not.
        """
        with reading(self._engine) as connection:
            found = find_petition(connection, petition_id)
            last = after if after is not None else found.head
            first = before if before is not None else reviewed_before(connection, petition_id, last)
            old, new = (find_version(connection, petition_id, number) for number in (first, last))
        return content_difference(first, old.content, last, new.content)

    def letter(self, petition_id: str) -> Letter:
        """All that the letter shows, the petitioner's data put in; a draft that is not approved says so."""
        with reading(self._engine) as connection:
            found = find_petition(connection, petition_id)
            draft = draft_of(connection, found)
            petitioner = Petitioner.model_validate(store.read_petitioner(connection, petition_id))
            steps = store.read_transitions(connection, petition_id)
        return Letter.of(draft, petitioner, steps, self._today())

    def reply_docx(self, petition_id: str) -> bytes:
        """The letter as a Word file. Raises ``SettingsError`` when the city's own template cannot be used."""
        from assistant.petitions.docx import render_docx

        return render_docx(self.letter(petition_id), self._settings.letter_template)

    def reply_pdf(self, petition_id: str) -> bytes:
        """The letter as PDF. Raises ``InputError`` where LibreOffice is not installed or fails."""
        from assistant.petitions.pdf import to_pdf

        return to_pdf(self.reply_docx(petition_id), self._settings)

    @property
    def makes_pdf(self) -> bool:
        """Whether LibreOffice is there."""
        from assistant.petitions.pdf import can_convert

        return can_convert()
