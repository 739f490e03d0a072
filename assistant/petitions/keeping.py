"""What the service does with stored petitions that needs no service: finding, editing, summing up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from assistant.petitions import store
from assistant.petitions.answering import Answered
from assistant.petitions.calendar import business_days_left
from assistant.petitions.personal import Personal
from assistant.petitions.records import (
    Action,
    Content,
    DraftSummary,
    Edit,
    Petition,
    State,
    Transfer,
    Transition,
    Version,
)
from assistant.petitions.store import StoredPetition
from ingest.errors import NotFoundError


def find_petition(connection: Connection, petition_id: str, *, lock: bool = False) -> StoredPetition:
    """The petition's line. Raises ``NotFoundError``."""
    found = store.read_petition(connection, petition_id, lock=lock)
    if found is None:
        raise NotFoundError("No hay ninguna petición con ese identificador.")
    return found


def find_version(connection: Connection, petition_id: str, number: int) -> Version:
    """One version of a draft. Raises ``NotFoundError``."""
    found = store.read_versions(connection, petition_id, number)
    if not found:
        raise NotFoundError(f"El borrador no tiene versión {number}.")
    return found[0]


def reviewed_before(connection: Connection, petition_id: str, version: int) -> int:
    """The version that a reviewer saw last: approved, returned or sent to review before this one; else the first."""
    steps = store.read_transitions(connection, petition_id)
    seen = [one.version for one in steps if one.action in ("approve", "return") and one.version < version]
    seen = seen or [one.version for one in steps if one.action == "submit" and one.version < version]
    return seen[-1] if seen else 1


def edited_content(base: Content, changes: Edit, personal: Personal, known: Personal) -> Content:
    """The content with the changes in it; the petitioner's data that somebody typed become marks."""
    said = changes.model_dump(exclude_none=True, exclude={"petitioner", "radicado", "signer"})
    hidden: dict[str, Any] = {name: known.hide(personal.hide(text)) for name, text in said.items()}
    if changes.signer is not None:
        hidden["signer"] = changes.signer
    return base.model_copy(update=hidden)


def step_of(
    action: Action, actor: str | None, at: str, before: State | None, after: State, version: Version
) -> Transition:
    """A step of the work as it is kept."""
    return Transition(
        action=action, actor=actor, at=at, before=before, after=after, version=version.number, hash=version.hash
    )


def without_transferred(petition: Petition, answered: Answered) -> Petition:
    """What another authority answers has no shorter term here."""
    shorter = petition.shorter_term
    if shorter is None:
        return petition
    gone = {ask.n for ask in answered.asks if ask.status == "other_authority"}
    kept = tuple(n for n in shorter.asks if n not in gone)
    return petition.model_copy(update={"shorter_term": shorter.model_copy(update={"asks": kept}) if kept else None})


def first_due(petition: Petition, transfers: Sequence[Transfer]) -> date:
    """The earliest of a petition's term, its shorter term and its transfers."""
    terms = [petition.term, *transfers]
    if petition.shorter_term is not None:
        terms.append(petition.shorter_term)
    return min(term.due_date for term in terms)


def sent_on(connection: Connection, line: StoredPetition) -> date | None:
    """The day that a reply was sent, or None."""
    sent = [one.at for one in store.read_transitions(connection, line.id) if one.action == "send"]
    return date.fromisoformat(sent[-1][:10]) if sent else None


def summary_of(line: StoredPetition, day: date) -> DraftSummary:
    """The line of the list for a petition, as of a day."""
    petition = Petition.model_validate(line.petition)
    first_due = date.fromisoformat(line.due)
    left = business_days_left(day, first_due)
    return DraftSummary(
        id=line.id,
        state=line.state,
        subject=petition.subject,
        radicado=line.radicado,
        received=petition.received,
        kind=petition.kind,
        due_date=petition.term.due_date,
        first_due_date=first_due,
        business_days_left=left,
        late=left < 0,
        asks=len(line.asks),
        unanswered=sum(ask["status"] != "answered" for ask in line.asks),
        entity=petition.entity,
    )
