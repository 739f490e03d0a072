"""The one door to petitions: reads them, answers them, keeps their drafts and the work on these, makes the letters.

Thread-safe; several processes may share one database. Every step writes an audit entry without any text of a letter.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from assistant.petitions import store, workflow
from assistant.petitions.answering import Answered, Answerer, Desk
from assistant.petitions.drafts import draft_of, made_version
from assistant.petitions.errors import EditConflictError, RuleError
from assistant.petitions.keeping import (
    edited_content,
    find_petition,
    find_version,
    first_due,
    step_of,
    without_transferred,
)
from assistant.petitions.letter import compose_letter
from assistant.petitions.personal import Personal
from assistant.petitions.reading import read_petition
from assistant.petitions.records import (
    Action,
    Approval,
    Content,
    Draft,
    Edit,
    Petition,
    Petitioner,
    Transition,
)
from assistant.petitions.shelf import PetitionShelf
from assistant.petitions.source import PetitionText, text_of_file, text_of_string
from assistant.petitions.store import StoredPetition
from assistant.settings import Settings
from assistant.store import AuditEntry, now, open_store
from ingest.database import writing
from ingest.errors import InputError

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase

#: How long a letter may get, in characters: some thirty pages.
LETTER_LIMIT = 100_000


def service_for(knowledge: KnowledgeBase, settings: Settings, assistant: Answerer) -> PetitionService:
    """The petitions kept beside a knowledge base and answered from it."""

    def entities() -> list[str]:
        snapshot = knowledge.snapshot()
        named = {document.info.entity for document in snapshot.documents} | {row.entity for row in snapshot.rows}
        return sorted(entity for entity in named if entity)

    def offices() -> list[str]:
        return sorted({row.dependency for row in knowledge.snapshot().rows if row.dependency})

    return PetitionService(knowledge.engine, settings, assistant, entities, offices)


class PetitionService(PetitionShelf):
    """Petitions of one database. Raises ``StoreError`` when it does not answer, in every method."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        assistant: Answerer,
        entities: Callable[[], Sequence[str]],
        offices: Callable[[], Sequence[str]] = tuple,
        today: Callable[[], date] = date.today,
    ) -> None:
        """``entities`` and ``offices`` are those of the documents, as the catalogue names them."""
        open_store(engine)
        super().__init__(engine, settings, today)
        self._desk = Desk(assistant)
        self._entities = entities
        self._offices = offices

    # Making ----------------------------------------------------------------------------------------------------------
    def create_from_text(
        self, text: str, *, received: date | None = None, author: str | None = None, entity: str | None = None
    ) -> Draft:
        """A draft reply to a petition that somebody pasted.

        Args:
            received: the day it arrived; None reads it from the text (else its own date, else today, with a notice).
            author: who makes the draft; this person may not approve it.
            entity: the territorial entity it is addressed to; None reads it from the text.

        Raises:
            InputError: when it is empty or asks nothing.
        """
        return self._create(text_of_string(text), received, author, entity)

    def create_from_file(
        self,
        path: Path,
        name: str,
        *,
        received: date | None = None,
        author: str | None = None,
        entity: str | None = None,
    ) -> Draft:
        """The same of a ``.txt``, ``.pdf``, ``.docx`` or ``.eml`` file, which is parsed in a child process."""
        return self._create(text_of_file(path, name, self._settings), received, author, entity)

    def _create(self, text: PetitionText, received: date | None, author: str | None, entity: str | None) -> Draft:
        entities, offices = self._entities(), self._offices()
        petition, petitioner = read_petition(
            text, received=received, entity=entity, entities=entities, today=self._today(), offices=offices
        )
        answered = self._desk.answer(petition, entities)
        petition = without_transferred(petition, answered)
        content = compose_letter(petition, answered, self._settings)
        return self._insert(petition, petitioner, answered, content, author)

    def _insert(
        self, petition: Petition, petitioner: Petitioner, answered: Answered, content: Content, author: str | None
    ) -> Draft:
        at = now()
        author = " ".join((author or "").split()) or None
        stored = StoredPetition(
            id=uuid.uuid4().hex,
            state="draft",
            head=1,
            received=petition.received.isoformat(),
            due=first_due(petition, answered.transfers).isoformat(),
            radicado=petition.radicado,
            petition=petition.model_dump(mode="json"),
            asks=[ask.model_dump(mode="json") for ask in answered.asks],
            transfers=[transfer.model_dump(mode="json") for transfer in answered.transfers],
            approval=None,
            created_at=at,
            created_by=author,
        )
        version = made_version(stored, 1, None, content, petitioner, author, at)
        with writing(self._engine) as connection:
            store.insert_petition(connection, stored, petitioner.model_dump(mode="json"))
            store.insert_version(connection, stored.id, version)
            self._note(connection, stored.id, step_of("create", author, at, None, "draft", version))
            return draft_of(connection, stored)

    # Working ---------------------------------------------------------------------------------------------------------
    def edit(self, petition_id: str, changes: Edit, *, author: str, version: int) -> Draft:
        """A new version of the text, made from ``version``.

        What was approved goes back to review. Raises ``EditConflictError`` when ``version`` is not the one that holds
        (the text is kept as a version that is not applied), ``RuleError`` for what was sent, ``NotFoundError``.
        """
        author = workflow.require_actor(author)
        if changes.letter is not None and len(changes.letter) > LETTER_LIMIT:
            raise InputError(f"La respuesta es demasiado larga: admite hasta {LETTER_LIMIT} caracteres.")
        with writing(self._engine) as connection:
            found = find_petition(connection, petition_id, lock=True)
            state = workflow.state_after_edit(found.state)
            known = Petitioner.model_validate(store.read_petitioner(connection, petition_id))
            petitioner = changes.petitioner if changes.petitioner is not None else known
            base = find_version(connection, petition_id, version)
            content = edited_content(base.content, changes, Personal(petitioner), Personal(known))
            number = store.next_number(connection, petition_id)
            applied = version == found.head
            if applied and changes.petitioner is not None:
                store.update_petitioner(connection, petition_id, petitioner.model_dump(mode="json"))
            changed = replace(found, radicado=found.radicado if changes.radicado is None else changes.radicado)
            made = made_version(changed, number, version, content, petitioner, author, now(), applied=applied)
            store.insert_version(connection, petition_id, made)
            if applied:
                changed = replace(changed, head=number, state=state)
                approval = None if state != found.state else found.approval
                changed = replace(changed, approval=approval)
                store.update_petition(
                    connection, petition_id, head=number, state=state, radicado=changed.radicado, approval=approval
                )
                self._note(connection, petition_id, step_of("edit", author, made.at, found.state, state, made))
                return draft_of(connection, changed)
            self._audit.insert(connection, AuditEntry("petition.conflict", author, petition_id, {"version": number}))
            current = find_version(connection, petition_id, found.head)
        raise EditConflictError(found.head, number, current.content)

    def transition(
        self,
        petition_id: str,
        action: Action,
        *,
        actor: str,
        version: int,
        comment: str | None = None,
        reason: str | None = None,
    ) -> Draft:
        """A step of the work: 'submit', 'return' (with a comment), 'approve' or 'send'.

        Args:
            version: the version that the person has seen; another one that holds by now is a conflict.
            reason: why a text with flagged figures is approved all the same.

        Raises:
            RuleError: when the step may not be taken, or not by this person.
            EditConflictError: when the text is another by now.
            NotFoundError: when there is no such petition.
        """
        actor = workflow.require_actor(actor)
        with writing(self._engine) as connection:
            found = find_petition(connection, petition_id, lock=True)
            if action not in workflow.STEPS:
                raise RuleError("Ese paso no existe.")
            after = workflow.state_after(action, found.state)
            head = find_version(connection, petition_id, found.head)
            if version != found.head:
                raise EditConflictError(found.head, None, head.content)
            draft = draft_of(connection, found)
            if action == "return":
                comment = workflow.require_comment(comment)
            approval = found.approval
            if action == "approve":
                writers = [found.created_by, *(one.author for one in store.read_versions(connection, petition_id))]
                workflow.check_approval(actor, writers, draft.flags, reason)
                made = Approval(
                    actor=actor, at=now(), version=found.head, hash=draft.hash, reason=reason if draft.flags else None
                )
                approval = made.model_dump(mode="json")
            if action == "send" and not workflow.holds(draft.approval, draft.hash):
                raise RuleError("La aprobación es de otro texto: debe revisarse y aprobarse de nuevo.")
            if action == "return":
                approval = None
            personal = Personal(Petitioner.model_validate(store.read_petitioner(connection, petition_id)))
            step = step_of(action, actor, now(), found.state, after, head).model_copy(
                update={
                    "comment": personal.hide(comment) if comment else None,
                    "reason": personal.hide(reason) if reason else None,
                    "flags": draft.flags if action == "approve" else [],
                    "hash": draft.hash,
                }
            )
            store.update_petition(connection, petition_id, state=after, approval=approval)
            self._note(connection, petition_id, step)
            return draft_of(connection, replace(found, state=after, approval=approval))

    # Parts -----------------------------------------------------------------------------------------------------------
    def _note(self, connection: Connection, petition_id: str, step: Transition) -> None:
        """The step in the draft's own history, and without any text in the audit."""
        store.insert_transition(connection, petition_id, step)
        detail: Mapping[str, Any] = {"version": step.version, "before": step.before, "after": step.after}
        entry = AuditEntry(f"petition.{step.action}", step.actor, petition_id, {**detail, "flags": len(step.flags)})
        self._audit.insert(connection, entry)
