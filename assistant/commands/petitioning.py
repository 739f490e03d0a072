"""``cabildo petition``: a draft reply to a citizen's petition."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.common import AsJson, Entity, console, note, open_knowledge_base, print_json
from assistant.commands.spanish import SpanishCommand
from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.petitions.records import Draft
    from assistant.petitions.service import PetitionService


def register(app: typer.Typer) -> None:
    app.command("petition", cls=SpanishCommand, help="Proyecta la respuesta a un derecho de petición.")(petition)


def petition(
    file: Annotated[
        Path, typer.Argument(metavar="ARCHIVO", help="La petición: .txt, .pdf, .docx o .eml.", show_default=False)
    ],
    received: Annotated[
        str | None, typer.Option("--received", metavar="FECHA", help="Día en que se recibió, p. ej. 2026-01-31.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="SALIDA", help="Escribe la respuesta en un .docx o un .pdf.")
    ] = None,
    author: Annotated[
        str | None, typer.Option("--author", metavar="NOMBRE", help="Quien proyecta; no podrá aprobar.")
    ] = None,
    entity: Entity = None,
    as_json: AsJson = False,
) -> None:
    day = _day(received)
    if out is not None and out.suffix.lower() not in (".docx", ".pdf"):
        raise typer.BadParameter("La salida debe terminar en .docx o .pdf.")
    with open_knowledge_base() as (settings, knowledge):
        from assistant.assistant import Assistant
        from assistant.petitions.service import service_for

        with closing(Assistant(knowledge, settings)) as assistant:
            service = service_for(knowledge, settings, assistant)
            draft = service.create_from_file(file, file.name, received=day, author=author, entity=entity)
            if out is not None:
                _write(service, draft, out)
    if as_json:
        print_json(draft.model_dump(mode="json"))
    else:
        from assistant.terminal_petition import draft_view

        console().print(draft_view(draft))
    if out is not None:
        note(f"La respuesta quedó en {out}.")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("La fecha debe ser como 2026-01-31.") from None


def _write(service: PetitionService, draft: Draft, out: Path) -> None:
    content = service.reply_pdf(draft.id) if out.suffix.lower() == ".pdf" else service.reply_docx(draft.id)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InputError(f"No se puede escribir {out} ({error.strerror}).") from None
