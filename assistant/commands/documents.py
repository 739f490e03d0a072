"""``cabildo ingest``, ``documents`` and ``remove``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant import ingesting
from assistant.commands.common import (
    INTERRUPTED,
    AsJson,
    Entity,
    Period,
    console,
    note,
    open_knowledge_base,
    print_json,
)
from assistant.commands.progress import progress_bar
from assistant.commands.spanish import SpanishCommand
from assistant.render import counted, document_json
from ingest.records import Overrides


def register(app: typer.Typer) -> None:
    app.command("ingest", cls=SpanishCommand, help="Lee archivos y carpetas y los lleva a la base de conocimiento.")(
        ingest
    )
    app.command("documents", cls=SpanishCommand, help="Muestra los documentos que hay.")(documents)
    app.command("remove", cls=SpanishCommand, help="Saca un documento, con sus filas y pasajes.")(remove)


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="RUTA…", help="Archivos o carpetas.", show_default=False)],
    entity: Entity = None,
    period: Period = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Saca además los documentos de esas carpetas cuyo archivo ya no está.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    given = Overrides(entity=entity, period=period)
    try:
        with open_knowledge_base() as (settings, knowledge), progress_bar() as progress:
            report = ingesting.ingest(settings, knowledge, paths, given, prune=prune, progress=progress)
    except KeyboardInterrupt:
        note("Carga interrumpida: lo que ya se guardó queda. Repita la orden para seguir donde iba.")
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        from assistant.terminal import report_lines

        for line in report_lines(report):
            typer.echo(line)
    if report.failed:
        raise typer.Exit(1)


def documents(as_json: AsJson = False) -> None:
    with open_knowledge_base() as (_, knowledge):
        found = [document_json(document) for document in knowledge.documents()]
    if as_json:
        print_json(found)
    elif not found:
        note("No hay documentos todavía. Cárguelos con «cabildo ingest».")
    else:
        from assistant.terminal import documents_view

        console().print(documents_view(found))


def remove(
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENTO", help="Su identificador, el comienzo de él o el nombre del archivo.", show_default=False
        ),
    ],
) -> None:
    with open_knowledge_base() as (_, knowledge):
        removed = knowledge.remove(document)
    held = f"{counted(removed.rows, 'fila', 'filas')} y {counted(removed.passages, 'pasaje', 'pasajes')}"
    note(f"Se sacó «{removed.name}», con {held}.")
