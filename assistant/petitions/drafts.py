"""A stored petition as people see it: the draft with its flags, and the versions of its letter."""

from __future__ import annotations

from sqlalchemy import Connection

from assistant.petitions.flags import flags_of
from assistant.petitions.hashing import content_hash
from assistant.petitions.keeping import find_version
from assistant.petitions.records import Approval, Ask, Content, Draft, Petition, Petitioner, Transfer, Version
from assistant.petitions.store import StoredPetition


def draft_of(connection: Connection, stored: StoredPetition) -> Draft:
    """A petition with the version of its letter that holds, and what is to be looked at in it."""
    petition = Petition.model_validate(stored.petition)
    version = find_version(connection, stored.id, stored.head)
    asks = [Ask.model_validate(ask) for ask in stored.asks]
    return Draft(
        id=stored.id,
        state=stored.state,
        version=stored.head,
        subject=petition.subject,
        radicado=stored.radicado,
        received=petition.received,
        kind=petition.kind,
        business_days=petition.term.business_days,
        due_date=petition.term.due_date,
        legal_basis=petition.term.legal_basis,
        holidays_skipped=petition.term.holidays_skipped,
        shorter_term=petition.shorter_term,
        transfers=tuple(Transfer.model_validate(transfer) for transfer in stored.transfers),
        entity=petition.entity,
        institution=petition.institution,
        addressed_to=petition.addressed_to,
        asks=asks,
        letter=version.content.letter,
        content=version.content,
        flags=flags_of(version.content.letter, asks, find_version(connection, stored.id, 1).content.letter),
        notices=list(petition.notices),
        hash=version.hash,
        approval=None if stored.approval is None else Approval.model_validate(stored.approval),
        created_at=stored.created_at,
        created_by=stored.created_by,
    )


def made_version(
    stored: StoredPetition,
    number: int,
    base: int | None,
    content: Content,
    petitioner: Petitioner,
    author: str | None,
    at: str,
    *,
    applied: bool = True,
) -> Version:
    """A version of a letter, with the hash of all that an approval is of."""
    return Version(
        number=number,
        base=base,
        applied=applied,
        author=author,
        at=at,
        hash=content_hash(content, stored.asks, stored.radicado, petitioner),
        content=content,
    )
