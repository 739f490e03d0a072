"""What kind of petition it is, and its terms under Law 1755 of 2015 (articles 14 and 21 of the CPACA)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.petitions.calendar import due_date, holidays_between
from assistant.petitions.records import Kind, PetitionAsk, ShorterTerm, Term, Transfer
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold

#: A declaration counts in this order: a consultation asks for information as well, hardly ever the other way round.
_DECLARED: tuple[Kind, ...] = ("consulta", "interes_general", "interes_particular", "informacion_documentos")
_ONE_PERSON = re.compile(r"\b(?:me|mi|mis|mio|mia|yo|conmigo)\b")
_TOLD: frozenset[str] = frozenset({"question", "document"})


def petition_kind(subject: str, opening: str, asks: Sequence[PetitionAsk], introduction: str = "") -> Kind:
    """The kind: as its subject or opening declares it, else by what it asks.

    ``opening`` is the text before the list of asks, ``introduction`` the same with the head: in whose name it is
    written. A bare "consulta" in the subject counts only with an opinion asked.
    """
    kinds = petition_words().kinds
    for text in (subject, opening):
        folded = fold(text)
        for kind in _DECLARED:
            if kinds[kind].declaration.search(folded):
                return kind
    parts = [part for ask in asks for part in ask.parts]
    opinions = sum(part.kind == "opinion" for part in parts)
    if opinions and (opinions * 2 > len(parts) or "consulta" in fold(subject)):
        return "consulta"
    if all(part.kind in _TOLD for part in parts):
        return "informacion_documentos"
    return _interest(subject, introduction or opening, asks)


def _interest(subject: str, introduction: str, asks: Sequence[PetitionAsk]) -> Kind:
    """For whom something is to be done: for those in whose name the petitioner says to speak, else as the asks tell."""
    if pattern("speaks_for").search(fold(introduction)):
        return "interes_general"
    acts = [ask for ask in asks if any(part.kind in ("action", "own_case") for part in ask.parts)]
    text = fold(" ".join((subject, *(ask.text for ask in acts))))
    communal = petition_words().communal.search(text) is not None
    personal = len(_ONE_PERSON.findall(text))
    return "interes_general" if (communal and personal < 2) or not personal else "interes_particular"


def term_of(kind: Kind, received: date) -> Term:
    """The term of a kind, counted from the day of receipt."""
    words = petition_words().kinds[kind]
    due = due_date(received, words.business_days)
    return Term(
        business_days=words.business_days,
        due_date=due,
        holidays_skipped=holidays_between(received, due),
        legal_basis=words.legal_basis,
    )


def shorter_term(kind: Kind, received: date, asks: Sequence[PetitionAsk]) -> ShorterTerm | None:
    """The term of the asks for information or documents in a petition that as a whole has a longer one.

    In a consultation only copies have a term of their own: its questions are the matter on which an opinion is asked.
    """
    telling: frozenset[str] = frozenset({"document"}) if kind == "consulta" else _TOLD
    term = term_of("informacion_documentos", received)
    if term.business_days >= term_of(kind, received).business_days:
        return None
    numbers = tuple(ask.n for ask in asks if any(part.kind in telling for part in ask.parts))
    if not numbers:
        return None
    return ShorterTerm(**term.model_dump(), kind="informacion_documentos", asks=numbers)


def transfer_to(authority: str, received: date, asks: Sequence[int]) -> Transfer:
    """The transfer of some asks to another authority and its own term."""
    words = petition_words().transfer
    due = due_date(received, words.business_days)
    return Transfer(
        business_days=words.business_days,
        due_date=due,
        holidays_skipped=holidays_between(received, due),
        legal_basis=words.legal_basis,
        authority=authority,
        asks=tuple(asks),
    )
