"""Mails (.eml): subject, date and body as blocks; what is attached is a document of its own (``unpack``).

Sender and addressees are not kept: they are personal data and no part of what a mail says. Lines of a plain body are
numbered from its first; subject and date have a place of their own.
"""

from __future__ import annotations

import io
import mimetypes
from collections.abc import Collection, Iterator
from email import message_from_binary_file, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from ingest.errors import InputError
from ingest.fold import squeeze
from ingest.readers.content import ReadContent
from ingest.readers.html_page import page_to_blocks
from ingest.readers.members import Taking, Unpacked
from ingest.readers.text import decode, lines_to_blocks, text_to_lines
from ingest.records import Block, Notice, Place

_HEADERS = ("from", "to", "subject", "date", "message-id", "received")
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES = frozenset(f"application/{name}-signature" for name in ("pkcs7", "x-pkcs7", "pgp"))
_MESSAGE = "message/rfc822"


def read(path: Path) -> ReadContent:
    """Read a mail; raises ``InputError`` when it is none, is encrypted, or says nothing."""
    message = _load(path)
    if message.get_content_type() in _ENCRYPTED:
        raise InputError("El mensaje está cifrado.", hint="Guárdelo descifrado.")
    body, notices = body_blocks(message)
    blocks = (*_head_blocks(message), *body)
    attached = [part for part in attachments(message) if not is_picture_of_body(part)]
    if not blocks and not attached:
        raise InputError("El mensaje no tiene texto.")
    if attached:
        text = f"El mensaje trae adjuntos ({len(attached)}); los que se saben leer son documentos aparte."
        notices = (*notices, Notice(code="attachments", message=text))
    if any(is_picture_of_body(part) for part in attachments(message)):
        text = "El mensaje tiene imágenes; el texto que haya en ellas no se leyó."
        notices = (*notices, Notice(code="pictures-not-read", message=text))
    return ReadContent(blocks=blocks, pages=None, notices=notices)


def unpack(path: Path, folder: Path, suffixes: Collection[str], containers: Collection[str] = ()) -> Unpacked:
    """Write the attachments that can be read into ``folder``; raises ``InputError`` when the file is no mail."""
    taking = Taking(folder, suffixes, containers)
    for number, part in enumerate(attachments(_load(path)), start=1):
        if not is_picture_of_body(part):
            taking.take(attachment_name(part, number), partial(io.BytesIO, attachment_bytes(part)))
    return taking.done()


def _load(path: Path) -> EmailMessage:
    with path.open("rb") as stream:
        message = message_from_binary_file(stream, policy=policy.default)
    assert isinstance(message, EmailMessage)  # what this policy makes
    try:
        known = any(message.get(name) is not None for name in _HEADERS)
    except Exception:  # the header parser stumbles over some broken headers
        known = True
    if not known:
        raise InputError("El archivo está dañado o incompleto, o no es un mensaje de correo (.eml).")
    return message


def _head_blocks(message: EmailMessage) -> Iterator[Block]:
    """The subject as a heading and the date as a labelled line."""
    subject = squeeze(_header(message, "subject"))
    if subject:
        yield Block(kind="heading", text=subject, level=1, place=Place(cell="ASUNTO"))
    try:
        sent = message["date"].datetime if message["date"] is not None else None
    except Exception:  # as above
        sent = None
    if sent is not None:
        text = f"Fecha: {sent.date().isoformat()}"
        yield Block(kind="paragraph", text=text, place=Place(cell="FECHA"))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return _without_surrogates(str(message.get(name, "")))
    except Exception:  # as above
        return ""


def body_blocks(message: EmailMessage) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """The body; of two renderings the plain one, unless only the other has a table in it or any words."""
    plain, plain_notices = _plain_blocks(_body(message, "plain"))
    page, page_notices = page_to_blocks(_text(_body(message, "html"))[0])
    if page and (not plain or any(block.kind == "table" for block in page)):
        return page, page_notices
    return plain, plain_notices


def _body(message: EmailMessage, kind: str) -> EmailMessage | None:
    try:
        found = message.get_body(preferencelist=(kind,))
    except Exception:  # of a multipart message that is none
        return None
    return found if isinstance(found, EmailMessage) else None


def _plain_blocks(part: EmailMessage | None) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    text, notices = _text(part)
    return tuple(lines_to_blocks(text_to_lines(text))), notices


def _text(part: EmailMessage | None) -> tuple[str, tuple[Notice, ...]]:
    """The text of a part by the encoding it declares, else as a text file is decoded."""
    data = b"" if part is None else _payload(part)
    if part is None or not data.strip():
        return "", ()
    try:
        text = data.decode(part.get_content_charset("utf-8")).replace("\r\n", "\n")
        return decode(_without_surrogates(text).encode("utf-8"))
    except (LookupError, UnicodeError):
        return decode(data)


def _payload(part: EmailMessage) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:  # a transfer encoding that is none
        return b""
    return data if isinstance(data, bytes) else b""


def attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that are no body, and the messages inside the message, which are not opened further.

    Other renderings of the body and signatures are left out.
    """
    bodies = {id(_body(message, kind)) for kind in ("plain", "html")}
    pending = [(message, False)]
    while pending:
        part, is_rendering = pending.pop()
        kind = part.get_content_type()
        if kind == _MESSAGE and part is not message:
            yield part
        elif part.is_multipart():
            inner = [each for each in part.iter_parts() if isinstance(each, EmailMessage)]
            pending += [(each, kind == "multipart/alternative") for each in reversed(inner)]
        elif id(part) not in bodies and not (is_rendering and kind.startswith("text/")) and kind not in _SIGNATURES:
            yield part


def is_picture_of_body(part: EmailMessage) -> bool:
    """Whether a part is a picture shown in the body, such as the logo of a signature."""
    return part.get_content_maintype() == "image" and (
        part.get("content-id") is not None or part.get_content_disposition() == "inline"
    )


def attachment_name(part: EmailMessage, number: int) -> str:
    """The name it was sent with, or a number; the suffix by its type when it has none."""
    name = _without_surrogates(part.get_filename() or "") or f"adjunto {number}"
    if part.get_content_type() == _MESSAGE:
        return name if name.lower().endswith(".eml") else f"{name}.eml"
    return name if Path(name).suffix else name + (mimetypes.guess_extension(part.get_content_type()) or "")


def attachment_bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() != _MESSAGE:
        return _payload(part)
    inner = part.get_payload(0)
    return inner.as_bytes() if isinstance(inner, EmailMessage) else b""


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode("utf-8")
