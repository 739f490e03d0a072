"""The letter: its text when it is drafted, and all that it shows when it is made.

``Content.letter`` is plain text: paragraphs between blank lines, ``# `` before a title, ``[n]`` marks. The template of
the Word file receives ``Letter`` as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.petitions.days import in_words
from assistant.petitions.guard import unsupported
from assistant.petitions.personal import Personal
from assistant.petitions.records import Ask, Content, Draft, Petition, Petitioner, Signer, Transfer, Transition
from assistant.petitions.unanswered import with_article
from assistant.petitions.wording import pattern, petition_words
from assistant.settings import Settings
from ingest.fold import fold, fold_in_place, squeeze

if TYPE_CHECKING:
    from assistant.petitions.answering import Answered

_TITLE_LENGTH = 170
_BLANK_LINES = re.compile(r"\n\s*\n")
_MARKS = re.compile(r"(\s?(?:\[\d{1,3}\])+)")
TITLE = "# "


@dataclass(frozen=True)
class Piece:
    """A run of a paragraph: text, or the marks of its notes."""

    text: str
    is_mark: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the letter's body."""

    text: str
    is_title: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text cut at the marks of notes, which are printed raised."""
        parts = [part for part in _MARKS.split(self.text) if part]
        return tuple(Piece(part, _MARKS.fullmatch(part) is not None) for part in parts)


@dataclass(frozen=True)
class AnnexRow:
    """One cited row, as the annex table shows it; every field is text."""

    n: int
    document: str
    indicator: str
    baseline: str
    target: str
    place: str


@dataclass(frozen=True)
class Role:
    """Who made, reviewed or approved the letter."""

    label: str
    name: str


@dataclass(frozen=True)
class Letter:
    """Everything that the letter shows; a template may use each field by its name."""

    entity: str
    office: str
    reply_radicado: str
    written_on: str
    city: str
    addressee: tuple[str, ...]
    subject: str
    petition_radicado: str
    body: tuple[Paragraph, ...]
    farewell: str
    signer_name: str
    signer_position: str
    roles: tuple[Role, ...]
    annex_title: str
    annex_columns: tuple[str, ...]
    annex: tuple[AnnexRow, ...]
    draft_mark: str
    draft_note: str

    @staticmethod
    def of(draft: Draft, petitioner: Petitioner, steps: Sequence[Transition], today: date) -> Letter:
        """The letter of a draft. Blank fields show in brackets what has to be filled in."""
        words = petition_words()
        personal = Personal(petitioner)
        approved = draft.state in ("approved", "sent") and draft.approval is not None
        content = draft.content
        return Letter(
            entity=draft.institution or draft.entity or words.say("entity_blank"),
            office=draft.addressed_to or "",
            reply_radicado=content.reply_radicado or words.say("radicado_blank"),
            written_on=content.date_text or in_words(today),
            city=content.city or draft.entity or "",
            addressee=tuple(_addressee(petitioner)),
            subject=personal.show(content.subject),
            petition_radicado=draft.radicado or "",
            body=tuple(body_paragraphs(personal.show(content.letter))),
            farewell=words.say("signature"),
            signer_name=content.signer.name or words.say("signer_blank"),
            signer_position=content.signer.position or words.say("position_blank"),
            roles=tuple(_roles(draft, steps)),
            annex_title=words.say("annex_title"),
            annex_columns=words.several("annex_columns"),
            annex=tuple(_annex_row(citation) for citation in draft.citations),
            draft_mark="" if approved else words.say("draft_mark"),
            draft_note="" if approved else words.say("draft_note"),
        )


def compose_letter(petition: Petition, answered: Answered, settings: Settings) -> Content:
    """The first text of a reply: opening, one title and its paragraphs for each ask, transfers, closing."""
    words = petition_words()
    subject = _plain_subject(petition.subject)
    about = words.say("about", subject=subject) if subject else ""
    paragraphs = [words.say("greeting"), _opening(petition, subject)]
    for ask in answered.asks:
        paragraphs.append(words.say("ask_title", n=str(ask.n), text=_title(ask.text)))
        paragraphs += _body(ask)
    if answered.transfers:
        paragraphs.append(words.say("transfer_title"))
        paragraphs += [_transfer_paragraph(transfer) for transfer in answered.transfers]
    if any(ask.citations for ask in answered.asks):
        paragraphs.append(words.say("closing"))
    paragraphs.append(words.say("farewell"))
    return Content(
        subject=words.say("subject", about=about),
        letter="\n\n".join(paragraphs),
        city=petition.entity or "",
        signer=Signer(name=settings.letter_signer_name or "", position=settings.letter_signer_position or ""),
    )


def _body(ask: Ask) -> Iterator[str]:
    """The paragraphs of an ask's answer; one with a figure that nothing supports does not get into a letter."""
    words = petition_words()
    for paragraph in ask.answer.split("\n\n"):
        said = f"{ask.n} {ask.text} {ask.office or ''}"
        if unsupported(paragraph, ask.citations, said):
            office = words.say("unanswered_office", office=ask.office) if ask.office else ""
            paragraph = words.say("unanswered_whole", office=office)
        yield paragraph


def body_paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a letter's text; a line break within one stays."""
    for block in _BLANK_LINES.split(text.replace("\r\n", "\n").strip()):
        if not block.strip():
            continue
        title, _, rest = block.strip().partition("\n")
        if title.startswith(TITLE):
            yield Paragraph(title.removeprefix(TITLE).strip(), is_title=True)
            if rest.strip():
                yield Paragraph(rest.strip())
        else:
            yield Paragraph(block.strip())


def _opening(petition: Petition, subject: str) -> str:
    words = petition_words()
    parts = {
        "received": in_words(petition.received),
        "radicado": words.say("opening_radicado", radicado=petition.radicado) if petition.radicado else "",
        "basis": petition.term.legal_basis.split(":")[0],
        "office": _answering(petition.addressed_to),
    }
    if subject:
        return words.say("opening", subject=subject, **parts)
    return words.say("opening_plain", **parts)


def _answering(office: str | None) -> str:
    words = petition_words()
    return words.say("office", office=office) if office and _is_office(office) else words.say("no_office")


def _is_office(name: str) -> bool:
    return fold(name).startswith(
        (
            "secretaria",
            "subsecretaria",
            "oficina",
            "alcaldia",
            "gobernacion",
            "direccion",
            "personeria",
            "inspeccion",
            "comisaria",
            "unidad",
            "gerencia",
            "empresa",
        )
    ) and not fold(name).startswith("secretaria de despacho")


def _plain_subject(subject: str) -> str:
    """What a petition is about, without that it is one: "derecho de petición de interés general - X" is X."""
    if subject.startswith("¿"):
        return ""  # none was given: it is the first question
    generic = pattern("generic_subject").match(subject)
    rest = subject if generic is None else subject[generic.end() :].strip(" .-–—:,")
    rest = rest if generic is None else re.sub(r"^(?:sobre|acerca de|para|por|solicitud de)\s(?=\w)", "", rest)
    return rest if len(rest) > 3 else ""


def _title(text: str) -> str:
    lead = pattern("lead").match(fold_in_place(squeeze(text)))
    text = squeeze(text)[lead.end() if lead else 0 :].strip(" .;,").replace("«", "“").replace("»", "”")
    text = text[:1].upper() + text[1:]
    return text if len(text) <= _TITLE_LENGTH else text[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _transfer_paragraph(transfer: Transfer) -> str:
    words = petition_words()
    many = len(transfer.asks) > 1
    numbers = [str(n) for n in transfer.asks]
    listed = ", ".join(numbers[:-1]) + (" y " if many else "") + numbers[-1]
    return words.say(
        "transfer",
        asks=words.say("transfer_many" if many else "transfer_one", asks=listed),
        verb=words.say("transfer_verb_many" if many else "transfer_verb_one"),
        authority=with_article(transfer.authority),
        due=in_words(transfer.due_date),
    )


def _addressee(petitioner: Petitioner) -> Iterator[str]:
    """The address block: the only place of the letter with the petitioner's data."""
    words = petition_words()
    yield words.say("addressee")
    yield (petitioner.name or words.say("addressee_blank")).upper()
    if petitioner.role:
        yield petitioner.role
    yield from petitioner.addresses[:1]
    yield from petitioner.emails[:1]
    if not petitioner.emails:
        yield from petitioner.phones[:1]


def _roles(draft: Draft, steps: Sequence[Transition]) -> Iterator[Role]:
    words = petition_words()
    writers = [step.actor for step in steps if step.action in ("create", "edit", "submit") and step.actor]
    approver = draft.approval.actor if draft.approval is not None else None
    reviewers = [step.actor for step in steps if step.action in ("return", "approve") and step.actor]
    names = (
        (words.say("prepared"), "; ".join(dict.fromkeys(writers))),
        (words.say("reviewed"), "; ".join(dict.fromkeys(reviewers))),
        (words.say("approved"), approver or ""),
    )
    for label, name in names:
        yield Role(label, name or words.say("without_name"))


def _annex_row(citation: Citation) -> AnnexRow:
    figure = citation.target or citation.figure
    source = (citation.baseline or {}).get("source")
    baseline = squeeze(str((citation.baseline or {}).get("text") or ""))
    return AnnexRow(
        n=citation.n,
        document=squeeze(
            ", ".join(part for part in (citation.title or citation.document, citation.entity, citation.period) if part)
        ),
        indicator=squeeze(citation.indicator or citation.metric or citation.quote)[:300],
        baseline=f"{baseline} (fuente: {source})" if baseline and source else baseline or "—",
        target=squeeze(str((figure or {}).get("text") or "")) or "—",
        place=_place(citation),
    )


def _place(citation: Citation) -> str:
    parts = [citation.document or ""]
    if citation.page is not None:
        parts.append(f"página {citation.page}")
    if citation.sheet:
        parts.append(f"hoja {citation.sheet}" + (f", celda {citation.cell}" if citation.cell else ""))
    if citation.line is not None:
        parts.append(f"línea {citation.line}")
    return ", ".join(part for part in parts if part)
