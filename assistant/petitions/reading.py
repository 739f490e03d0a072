"""From what arrived to a petition: who asks (kept apart), of whom, when, what, of what kind and until when.

``paragraphs ──petitioner──▶ masked pieces ──asks──▶ parts ──kind──▶ Petition``
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.petitions.asks import RawAsk, find_asks
from assistant.petitions.calendar import is_business_day
from assistant.petitions.days import stamped_day, written_day
from assistant.petitions.kinds import petition_kind, shorter_term, term_of
from assistant.petitions.offices import office_name, sentence_case
from assistant.petitions.parts import parts_of
from assistant.petitions.personal import Personal
from assistant.petitions.petitioner import find_petitioner
from assistant.petitions.records import Notice, Petition, PetitionAsk, Petitioner
from assistant.petitions.sections import Piece, Zone, pieces_of, subject_of
from assistant.petitions.source import Paragraph, PetitionText
from assistant.petitions.wording import pattern, petition_words
from ingest.errors import InputError
from ingest.fold import fold, squeeze

_ENTITY = re.compile(
    r"\b(?:[Aa]lcald(?:[ií]a|e|esa)|ALCALD(?:[IÍ]A|E|ESA)|[Mm]unicipio|MUNICIPIO|[Dd]istrito|DISTRITO|[Gg]obernaci[oó]n|GOBERNACI[OÓ]N|[Gg]obernador(?:a)?|[Dd]epartamento|DEPARTAMENTO)"
    r"(?:[^\S\n]+(?:[Mm]ayor|MAYOR|[Mm]unicipal|MUNICIPAL|[Dd]istrital|DISTRITAL|[Ee]special|ESPECIAL))*[^\S\n]+(?:de|del|DE|DEL)[^\S\n]+(?P<name>[A-ZÁÉÍÓÚÑ][\w]+(?:[^\S\n]+(?:de|del|la|las|los|el|DE|DEL|LA|LAS|LOS|EL)(?=[^\S\n]+[A-ZÁÉÍÓÚÑ])|[^\S\n]+[A-ZÁÉÍÓÚÑ][\w]+){0,4})"
)
_INSTITUTION = re.compile(
    r"\b(?:alcald(?:[ií]a|e|esa)|gobernaci[oó]n|gobernador(?:a)?)(?:\s+(?:mayor|municipal|distrital))?\s+de(?:l)?\s+[^\n,.(]{3,50}",
    re.IGNORECASE,
)
_HEAD = 14
_LONGEST_SUBJECT = 180
#: Each thing asked costs several questions; nobody asks more in good faith.
MOST_ASKS = 60
MOST_PARTS = 12


def read_petition(
    text: PetitionText,
    *,
    received: date | None,
    entity: str | None,
    entities: Sequence[str],
    today: date,
    offices: Iterable[str] = (),
) -> tuple[Petition, Petitioner]:
    """A petition without personal data, and its petitioner.

    Args:
        received: the day it arrived, when somebody says it; it goes before the stamp and the letter's date.
        entity: the territorial entity it is addressed to, when somebody says it.
        entities: those that there are documents of, as the catalogue names them.
        offices: the offices of its rows, for their spelling.

    Raises:
        InputError: when nothing is asked in it.
    """
    petitioner = find_petitioner(text)
    personal = Personal(petitioner)
    cleaned, ignored = _without_instructions(text.paragraphs)
    pieces = pieces_of(cleaned)
    raw = [RawAsk(personal.mask(one.text), personal.mask(one.context)) for one in find_asks(pieces)]
    if not raw:
        raw = _whole_body(pieces, personal)
    if not raw:
        raise InputError("No se encontró qué se pide en este escrito.", hint="Revise que el texto esté completo.")
    asks = tuple(
        PetitionAsk(n=n, text=_with_context(one), parts=parts_of(one)[:MOST_PARTS])
        for n, one in enumerate(raw[:MOST_ASKS], start=1)
    )
    dropped = len(raw) > MOST_ASKS
    subject = personal.mask(text.subject or subject_of(text.paragraphs) or "")
    day, notices = _received(text, received, today)
    kind = petition_kind(subject, _opening(pieces, "story"), asks, _opening(pieces, "head", "story"))
    notices = (*text.notices, *([_INSTRUCTIONS] if ignored else []), *notices)
    notices = (*notices, *([_TOO_MANY] if dropped else []))
    head = _head_text(text)
    addressee = "\n".join(_addressee_lines(text.paragraphs))
    found = entity or _entity_of((addressee, head, text.text), entities)
    if found is None:
        notices = (*notices, _NO_ENTITY)
    elif entities and found not in entities:
        notices = (
            *notices,
            Notice(
                code="unknown-entity",
                message=f"No hay documentos de {found}: nada se responde con los de otra entidad.",
            ),
        )
    petition = Petition(
        subject=_short(subject) or _short(asks[0].parts[0].question),
        radicado=_radicado(head),
        received=day,
        kind=kind,
        term=term_of(kind, day),
        shorter_term=shorter_term(kind, day, asks),
        entity=found,
        institution=_institution((addressee, head), found),
        addressed_to=_office(text, personal, offices),
        asks=asks,
        notices=notices,
    )
    return petition, petitioner


def _with_context(ask: RawAsk) -> str:
    return f"{ask.context}: {ask.text}" if ask.context else ask.text


def _short(text: str) -> str:
    text = squeeze(text)
    return text if len(text) <= _LONGEST_SUBJECT else text[:_LONGEST_SUBJECT].rsplit(" ", 1)[0] + "…"


def _opening(pieces: Sequence[Piece], *zones: Zone) -> str:
    """The text of what comes before the list of asks, without numbered facts."""
    story = (piece.paragraph.text for piece in pieces if piece.zone in zones and piece.paragraph.marker is None)
    return " ".join(story)[:3000]


def _without_instructions(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], bool]:
    """The paragraphs without those that talk to a program instead of to the office; whether there were any."""
    pattern = petition_words().reading.instructions
    kept = [one for one in paragraphs if pattern.search(fold(one.text)) is None]
    return kept, len(kept) < len(paragraphs)


def _whole_body(pieces: Sequence[Piece], personal: Personal) -> list[RawAsk]:
    """A petition in which no request was recognised: what is not head or end, as one ask, if there is any."""
    body = " ".join(piece.paragraph.text for piece in pieces if piece.zone in ("story", "asks"))
    return [RawAsk(personal.mask(body)[:1500])] if len(body) > 20 else []


def _received(text: PetitionText, given: date | None, today: date) -> tuple[date, tuple[Notice, ...]]:
    """The day of receipt: as given, stamped, sent or written, else today; and what is to be checked about it."""
    stamped, late = stamped_day(text.paragraphs)
    day = given or stamped or text.sent or written_day(text.paragraphs)
    notices: list[Notice] = []
    if day is None:
        day = today
        notices.append(
            Notice(
                code="received-assumed",
                message="El escrito no dice cuándo se recibió; se contó desde hoy. Corrija la fecha si es otra.",
            )
        )
    elif given is None and stamped is None and text.sent is None:
        notices.append(
            Notice(
                code="received-from-letter",
                message="El escrito no trae sello de recibido: el término se contó desde su propia fecha. Verifíquela.",
            )
        )
    if day > today:
        notices.append(
            Notice(code="received-in-future", message="La fecha de recibido es posterior a hoy. Verifíquela.")
        )
    if not is_business_day(day) or (late and given is None):
        notices.append(
            Notice(
                code="received-out-of-hours",
                message="Se recibió en día no hábil o fuera de la jornada: el día 1 es el primer día hábil siguiente.",
            )
        )
    return day, tuple(notices)


def _head_text(text: PetitionText) -> str:
    return "\n".join(line for paragraph in text.paragraphs[:_HEAD] for line in paragraph.lines)


def _radicado(head: str) -> str | None:
    for line in head.split("\n"):
        match = pattern("radicado").search(line)
        if match is not None and sum(char.isdigit() for char in match["number"]) >= 3:
            return match["number"].strip("-. ")
    return None


def _entity_of(texts: Iterable[str], entities: Sequence[str]) -> str | None:
    """The entity that is addressed: of the first of these texts that names any, a known one before an unknown one."""
    for text in texts:
        named = [squeeze(match["name"]) for match in _ENTITY.finditer(text)]
        known = [one for one in entities if any(_same_entity(name, one) for name in named)]
        known = known or [one for one in entities if _is_named(one, fold(text))]
        if known:
            return max(known, key=len)
        if named:
            return sentence_case(named[-1])
    return None


def _is_named(entity: str, text: str) -> bool:
    name = fold(entity)
    return any(re.search(rf"\b{re.escape(one)}\b", text) is not None for one in (name, name.split(" de ")[0]))


def _same_entity(name: str, entity: str) -> bool:
    said, known = fold(name), fold(entity)
    return (
        said == known
        or known.startswith(f"{said} de ")
        or said.startswith(f"{known} ")
        or (said.split(" de ")[0] == known)
    )


def _office(text: PetitionText, personal: Personal, known: Iterable[str]) -> str | None:
    """The office of the addressee's block: the first line that names one, below "Señores" and the like."""
    pieces = (piece for line in _addressee_lines(text.paragraphs) for piece in re.split(r"\s[-–|/]\s", line))
    found = [match[0] for piece in pieces if (match := pattern("office").search(piece))]
    # An office of the entity tells more than the entity and who heads it.
    found.sort(key=lambda one: fold(one).startswith(("alcald", "goberna")))
    return office_name(personal.mask(found[0]), known) if found else None


def _institution(texts: Iterable[str], entity: str | None) -> str | None:
    """What the head calls the entity ("Alcaldía Mayor de Cartagena de Indias"), else its plain name."""
    for text in texts:
        for match in _INSTITUTION.finditer(text):
            if entity is None or fold(entity).split(" de ")[0] in fold(match[0]):
                return office_name(match[0])
    return entity


def _addressee_lines(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    for index, paragraph in enumerate(paragraphs[:_HEAD]):
        for position, line in enumerate(paragraph.lines):
            if re.match(r"(?:senor|doctor|dr\b|dra\b|ingenier|a la |para\b)", fold(line)):
                yield from paragraph.lines[position:]
                if len(paragraph.lines) - position == 1 and index + 1 < len(paragraphs):
                    yield from paragraphs[index + 1].lines
                return
    yield from (line for paragraph in paragraphs[:3] for line in paragraph.lines if len(line) < 100)


_INSTRUCTIONS = Notice(
    code="instructions-ignored",
    message="El escrito trae texto dirigido al sistema y no a la entidad; no se tuvo en cuenta. Revíselo.",
)
_TOO_MANY = Notice(
    code="too-many-asks",
    message=f"El escrito pide más de {MOST_ASKS} cosas; solo se tramitaron las primeras. Revíselo.",
)
_NO_ENTITY = Notice(
    code="no-entity",
    message="No se reconoció a qué entidad territorial se dirige; revise que las filas citadas sean de la suya.",
)
