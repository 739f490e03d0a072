"""The values of a petition: what was read, what was answered, and the work on its draft. All are frozen.

The field names of ``Draft`` are the contract of ``POST /v1/petitions`` and ``cabildo petition --json``. None of them
but ``Petitioner`` ever holds personal data of the petitioner: where their text named it, it is masked.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from assistant.answer import Citation, Part

Kind = Literal["informacion_documentos", "interes_general", "interes_particular", "consulta"]
AskStatus = Literal["answered", "partly_answered", "not_in_documents", "other_authority"]
State = Literal["draft", "in_review", "returned", "approved", "sent"]
Action = Literal["create", "submit", "return", "approve", "send", "edit"]
ChangeKind = Literal["equal", "insert", "delete"]
FlagCode = Literal["no_row", "no_mark", "unknown_mark"]

#: What a part of an ask wants: something that documents can say, copies, an act, an opinion, or news of one's own case.
PartKind = Literal["question", "document", "action", "opinion", "own_case"]


class Petitioner(Part):
    """Who asks and how to reach them: kept apart from everything else, shown in the letter's address block only."""

    names: tuple[str, ...] = Field((), description="the petitioner first, then other people named with their data")
    id_numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    role: str | None = Field(None, description="e.g. 'Presidente de la Junta de Acción Comunal', as signed")

    @property
    def name(self) -> str | None:
        return self.names[0] if self.names else None


class Notice(Part):
    """Something that the person who reviews the draft should know."""

    code: str = Field(description="stable identifier, e.g. 'instructions-ignored'")
    message: str = Field(description="one sentence in Spanish, without personal data")


class Term(Part):
    """A legal term: business days from the day after receipt, Saturdays, Sundays and holidays skipped."""

    business_days: int
    due_date: date
    holidays_skipped: tuple[date, ...] = ()
    legal_basis: str


class ShorterTerm(Term):
    """The term of those asks that by themselves would be answered sooner than the petition."""

    kind: Kind
    asks: tuple[int, ...] = Field(description="numbers of the asks")


class Transfer(Term):
    """What belongs to another authority, and until when it has to be sent there (art. 21 CPACA)."""

    authority: str
    asks: tuple[int, ...]


class AskPart(Part):
    """One question within an ask, as it is put to the documents: a clean question, without personal data."""

    text: str = Field(description="as asked, masked")
    question: str = Field(description="as the assistant is asked")
    kind: PartKind


class PetitionAsk(Part):
    """One thing asked, as it was read."""

    n: int = Field(description="1-based")
    text: str = Field(description="in the petitioner's words, masked")
    parts: tuple[AskPart, ...]


class Petition(Part):
    """A petition as it was read; what names its petitioner is in ``Petitioner`` and masked here."""

    subject: str
    radicado: str | None = None
    received: date
    kind: Kind
    term: Term
    shorter_term: ShorterTerm | None = None
    entity: str | None = Field(None, description="territorial entity it is addressed to, as the catalogue names it")
    institution: str | None = Field(None, description="as its head calls it, e.g. 'Alcaldía de Villa Serena'")
    addressed_to: str | None = Field(None, description="office it is addressed to")
    asks: tuple[PetitionAsk, ...]
    notices: tuple[Notice, ...] = ()


class Ask(Part):
    """One thing asked, with what the reply says to it."""

    n: int
    text: str
    status: AskStatus
    answer: str = Field(description="the letter's words, with [n] marks numbered through the whole letter")
    citations: list[Citation] = Field(default_factory=list)
    office: str | None = Field(None, description="who must answer what the documents do not")
    authority: str | None = Field(None, description="the other authority it belongs to")
    unanswered: list[str] = Field(default_factory=list, description="the parts of it that the documents do not say")


class Signer(Part):
    """Who signs the letter."""

    name: str = ""
    position: str = ""


class Content(Part):
    """What people edit; with the citations and the petitioner's fields it is all that the letter shows."""

    subject: str
    letter: str = Field(
        description="paragraphs between blank lines with [n] marks; one that begins with '# ' is a title. "
        "The petitioner's data stand in it as {{nombre}}, {{documento}}, … only if an editor typed them"
    )
    reply_radicado: str = ""
    city: str = ""
    date_text: str = Field("", description="the letter's date in words; empty: the day it is made")
    signer: Signer = Signer()


class Flag(Part):
    """A figure or mark of the text that nothing supports, and where it stands (offsets in ``letter``)."""

    code: FlagCode
    text: str
    start: int
    end: int
    message: str


class Approval(Part):
    """Who approved which text: it holds for that hash alone."""

    actor: str
    at: str
    version: int
    hash: str
    reason: str | None = Field(None, description="why it was approved with flagged figures")


class Draft(Part):
    """A petition with its draft reply."""

    id: str
    state: State
    version: int
    subject: str
    radicado: str | None = None
    received: date
    kind: Kind
    business_days: int
    due_date: date
    legal_basis: str
    holidays_skipped: tuple[date, ...] = ()
    shorter_term: ShorterTerm | None = None
    transfers: tuple[Transfer, ...] = ()
    entity: str | None = None
    institution: str | None = None
    addressed_to: str | None = None
    asks: list[Ask]
    letter: str
    content: Content
    flags: list[Flag] = Field(default_factory=list)
    notices: list[Notice] = Field(default_factory=list)
    hash: str = Field(description="SHA-256 of all that the letter shows")
    approval: Approval | None = None
    created_at: str
    created_by: str | None = None

    @property
    def citations(self) -> list[Citation]:
        """The cited rows in the order of their numbers."""
        return sorted((one for ask in self.asks for one in ask.citations), key=lambda one: one.n)


class DraftSummary(Part):
    """A line of the list of petitions."""

    id: str
    state: State
    subject: str
    radicado: str | None
    received: date
    kind: Kind
    due_date: date
    first_due_date: date = Field(description="the earliest of its term, its shorter term and its transfers")
    business_days_left: int = Field(description="negative when it is late; of what was sent, at the day it was sent")
    late: bool
    asks: int
    unanswered: int = Field(description="asks that an office or another authority must answer, in whole or in part")
    entity: str | None = None


class DraftPage(Part):
    """Some of the petitions, those due first at the front."""

    total: int
    petitions: list[DraftSummary]


class Version(Part):
    """One version of a draft's text; ``applied`` is False for a text that came too late and was put aside."""

    number: int
    base: int | None
    applied: bool
    author: str | None
    at: str
    hash: str
    content: Content


class Transition(Part):
    """One step of the work on a draft."""

    action: Action
    actor: str | None
    at: str
    before: State | None
    after: State
    version: int
    hash: str
    comment: str | None = None
    reason: str | None = None
    flags: list[Flag] = Field(default_factory=list)


class Change(Part):
    """A run of words of a difference: the same in both, only in the later, or only in the earlier one."""

    kind: ChangeKind
    text: str


class Difference(Part):
    """What changed between two versions, word by word; the letter, and the other fields that differ."""

    before: int
    after: int
    letter: list[Change]
    fields: dict[str, list[Change]] = Field(default_factory=dict)


class Edit(Part):
    """What somebody changes in a draft; None leaves it as it is."""

    subject: str | None = None
    letter: str | None = None
    reply_radicado: str | None = None
    city: str | None = None
    date_text: str | None = None
    signer: Signer | None = None
    radicado: str | None = None
    petitioner: Petitioner | None = None
