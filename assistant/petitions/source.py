"""From what arrived to paragraphs: pasted text, and files that are parsed in a child process."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.petitions.records import Notice
from assistant.petitions.wording import pattern
from assistant.settings import Settings
from ingest.errors import InputError
from ingest.fold import squeeze
from ingest.readers.text import decode

if TYPE_CHECKING:
    from datetime import date

    from ingest.records import Block

SUFFIXES = (".txt", ".md", ".pdf", ".docx", ".eml")
#: Characters of a petition: some sixty pages.
TEXT_LIMIT = 200_000
_HEADER_BYTES = 64_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?(?:b|i|u|p|em|strong|span|font|div|br|script|style)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_MARKER = re.compile(
    r"^\s*(?P<marker>(?:[-–—•●▪◦✓➢·*]|\(?\d{1,2}(?:\.\d{1,2})?\s?[.):°º-]{1,2}|\(?[a-zA-Z]\s?[).]|\(?[ivxIVX]{1,4}\s?[).])(?:-\s)?)\s*(?=\S)"
)
_LABELLED = re.compile(
    r"^\s*(?P<marker>(?:petici[oó]n|pregunta|punto|solicitud|consulta)\s+(?:n[o°º.]{1,2}\s?)?\d{1,2}\s?[.:)\-–—]+)\s*(?=\S)",
    re.IGNORECASE,
)
_BULLET = "• "


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; ``marker`` is what counts them as an item of a list ("1.", "a)", "Primera.")."""

    lines: tuple[str, ...]
    marker: str | None = None

    @property
    def text(self) -> str:
        return squeeze(" ".join(self.lines))


@dataclass(frozen=True)
class PetitionText:
    """What arrived, as paragraphs; of a mail also who sent it, when, and its subject."""

    paragraphs: tuple[Paragraph, ...]
    sender_name: str | None = None
    sender_email: str | None = None
    subject: str | None = None
    sent: date | None = None
    notices: tuple[Notice, ...] = field(default=())

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(one.lines) for one in self.paragraphs)


def text_of_string(text: str) -> PetitionText:
    """A pasted text. Raises ``InputError`` when it is empty or far too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise InputError("La petición está vacía.")
    if len(text) > TEXT_LIMIT:
        raise InputError(f"La petición es demasiado larga: admite hasta {TEXT_LIMIT} caracteres.")
    shown, hidden = _COMMENT.sub("\n", text), _COMMENT.search(text) is not None
    notices = (_HIDDEN,) if hidden else ()
    return PetitionText(tuple(_paragraphs(_TAG.sub(" ", shown).split("\n"))), notices=notices)


def text_of_file(path: Path, name: str, settings: Settings) -> PetitionText:
    """The text of a file. Raises ``InputError`` for a kind that petitions do not come in, and as its reader does."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"Una petición no se recibe en archivos «{suffix or 'sin extensión'}».",
            hint="Use .txt, .pdf, .docx o .eml.",
        )
    if suffix in (".txt", ".md"):
        return _plain_file(path, settings)
    from assistant.ingesting import parse_limits
    from ingest.sandbox import Sandbox

    with Sandbox(parse_limits(settings)) as sandbox:
        document = sandbox.read(path, name)
    lines = [line for block in document.blocks for line in (*_block_lines(block), "")]
    read = text_of_string("\n".join(lines))
    notices = (*read.notices, *(Notice(code=one.code, message=one.message) for one in document.notices))
    made = PetitionText(read.paragraphs, notices=notices)
    return _with_head(made, path) if suffix == ".eml" else made


def _plain_file(path: Path, settings: Settings) -> PetitionText:
    try:
        if path.stat().st_size > min(settings.max_file_mb * 1_000_000, 8 * TEXT_LIMIT):
            raise InputError("El archivo es demasiado grande para ser una petición.")
        text, _ = decode(path.read_bytes())
    except FileNotFoundError:
        raise InputError("El archivo no existe.") from None
    except OSError as error:
        raise InputError(f"El sistema no deja leer el archivo ({error.strerror}).") from None
    return text_of_string(text)


def _block_lines(block: Block) -> Iterator[str]:
    if block.table is not None:
        yield from ("  ".join(text for text in row.texts if text) for row in block.table.rows)
    elif block.kind == "item" and not (_MARKER.match(block.text) or pattern("ordinal").match(block.text)):
        yield _BULLET + squeeze(block.text)
    else:
        yield from block.text.split("\n")


def _with_head(read: PetitionText, path: Path) -> PetitionText:
    """Sender, subject and date of a mail, from its first bytes: the reader of mails keeps no sender."""
    with path.open("rb") as stream:
        head = stream.read(_HEADER_BYTES).split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    message = message_from_bytes(head + b"\n\n", policy=policy.compat32)
    from email.header import decode_header, make_header

    def header(name: str) -> str:
        try:
            return squeeze(str(make_header(decode_header(str(message.get(name, ""))))))
        except Exception:  # a header in an encoding that is none says nothing
            return ""

    addresses = getaddresses([header("From")])
    sender, address = addresses[0] if addresses else ("", "")
    try:
        sent = parsedate_to_datetime(header("Date")).date()
    except Exception:  # as above
        sent = None
    subject = header("Subject")
    # The reader gives the subject as a heading and the date as a line: they are in the head already.
    paragraphs = tuple(
        one for one in read.paragraphs if one.text != subject and not re.fullmatch(r"Fecha: \d{4}-\d\d-\d\d", one.text)
    )
    return PetitionText(paragraphs, sender or None, address or None, subject or None, sent, read.notices)


def _paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Lines between blank ones; an item of a list begins a paragraph of its own."""
    taken: list[str] = []
    marker: str | None = None
    for raw in (*lines, ""):
        line = raw.strip().lstrip(">").strip() if raw.lstrip().startswith(">") else raw.strip()
        found = marker_of(line)
        asks_next = line.startswith("¿") and bool(taken) and taken[-1].endswith(("?", ":"))
        if taken and (not line or found is not None or asks_next):
            yield Paragraph(tuple(taken), marker)
            taken, marker = [], None
        if not line:
            continue
        if found is not None:
            marker, line = found
        taken.append(line)


def marker_of(line: str) -> tuple[str, str] | None:
    """What counts a line as an item of a list, and the rest of it; None when it is none."""
    match = pattern("ordinal").match(line) or _LABELLED.match(line) or _MARKER.match(line)
    if match is None or match.end() == len(line):
        return None
    marker, rest = match["marker"].strip(), line[match.end() :].strip()
    return None if _is_no_item(marker, rest) else (marker, rest)


def _is_no_item(marker: str, rest: str) -> bool:
    """Whether what looks like a marker is part of the text: "C. C. 123", "5. 300 personas", "E. S. D."."""
    is_letter = re.fullmatch(r"\(?[A-Za-z]\s?[.)]", marker) is not None
    if (
        is_letter
        and marker.endswith(".")
        and (marker[:1].isupper() and (len(rest) < 25 or re.match(r"[A-Z]\.|\d", rest)))
    ):
        return True
    return marker[:1].isdigit() and rest[:1].isdigit() and "." in marker


_HIDDEN = Notice(
    code="hidden-text",
    message="La petición trae texto oculto (un comentario que no se ve al leerla); no se tuvo en cuenta.",
)
