"""``cabildo rows``: the indicator rows, filtered, on the terminal or in a file."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands.common import Entity, Period, console, note, open_knowledge_base
from assistant.commands.spanish import SpanishCommand
from assistant.render import counted, rows_json
from ingest.errors import InputError


class Kind(StrEnum):
    result = "result"
    product = "product"
    progress = "progress"
    budget = "budget"
    fact = "fact"


class Format(StrEnum):
    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


_FORMATS_BY_SUFFIX = {".json": Format.json, ".csv": Format.csv, ".xlsx": Format.xlsx}


def register(app: typer.Typer) -> None:
    app.command("rows", cls=SpanishCommand, help="Muestra o exporta las filas de indicadores que cumplen los filtros.")(
        rows
    )


def rows(
    document: Annotated[
        str | None, typer.Option("--document", help="Identificador del documento, su comienzo o nombre del archivo.")
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Clase de fila.")] = None,
    dependency: Annotated[str | None, typer.Option("--dependency", help="Dependencia responsable.")] = None,
    programme: Annotated[str | None, typer.Option("--programme", help="Programa.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Palabras que están en la fila.")] = None,
    entity: Entity = None,
    period: Period = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Si no se dice, el de la extensión de --out, o una tabla.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="ARCHIVO", help="Archivo en que se escribe.")] = None,
) -> None:
    chosen = _format(form, out)
    with open_knowledge_base() as (_, knowledge):
        from ingest.knowledge import RowFilter

        wanted = RowFilter(
            document=document,
            kind=None if kind is None else kind.value,
            dependency=dependency,
            programme=programme,
            text=text,
            entity=entity,
            period=period,
        )
        total, found = knowledge.rows(wanted)
        objects = rows_json(found, knowledge.documents(), knowledge.snapshot().standing)
    if out is None:
        _print(objects, total, chosen)
    else:
        _write(objects, out, chosen)
        note(f"{counted(total, 'fila escrita', 'filas escritas')} en {out}.")


def _format(form: Format | None, out: Path | None) -> Format:
    """What was asked for, or what the file's name says, or a table.

    Raises:
        typer.BadParameter: when the format and the destination do not go together.
    """
    if form is None:
        form = Format.table if out is None else _FORMATS_BY_SUFFIX.get(out.suffix.lower())
        if form is None:
            raise typer.BadParameter("Diga el formato con --format: json, csv o xlsx.")
    if form is Format.xlsx and out is None:
        raise typer.BadParameter("Un libro de Excel no se puede mostrar aquí: diga el archivo con --out.")
    if form is Format.table and out is not None:
        raise typer.BadParameter("La tabla es para la terminal: para un archivo use json, csv o xlsx.")
    return form


def _print(objects: list[dict[str, Any]], total: int, form: Format) -> None:
    from assistant.export import to_csv
    from assistant.terminal import rows_view

    match form:
        case Format.json:
            typer.echo(_json(objects))
        case Format.csv:
            typer.echo(to_csv(objects), nl=False)
        case _:
            console().print(rows_view(objects, total))


def _write(objects: list[dict[str, Any]], out: Path, form: Format) -> None:
    from assistant.export import write_csv, write_xlsx

    try:
        match form:
            case Format.json:
                out.write_text(_json(objects) + "\n", encoding="utf-8")
            case Format.csv:
                write_csv(objects, out)
            case _:
                write_xlsx(objects, out)
    except OSError as error:
        raise InputError(f"No se puede escribir en {out}: {error.strerror}.") from None


def _json(objects: list[dict[str, Any]]) -> str:
    return json.dumps(objects, ensure_ascii=False, indent=2)
