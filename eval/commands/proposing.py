"""``cabildo eval suggest`` and ``cabildo eval from-feedback``: questions for a person to edit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.common import command_settings, note, open_knowledge_base

if TYPE_CHECKING:
    from eval.drafts import Draft

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="ARCHIVO", help="Dónde escribir el YAML (nunca sobre otro); si no, en la salida."),
]
Prefix = Annotated[str, typer.Option("--prefix", help="Con qué empiezan los id.")]


def suggest(
    count: Annotated[int, typer.Option("--count", min=1, max=1000, help="Cuántas preguntas, a lo sumo.")] = 30,
    document: Annotated[str | None, typer.Option("--document", help="Solo filas de este documento.")] = None,
    entity: Annotated[str | None, typer.Option("--entity", help="Solo filas de esta entidad.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Otra semilla da otras preguntas.")] = 1,
    with_model: Annotated[
        bool, typer.Option("--model", help="Pide al modelo configurado otras maneras de preguntar lo mismo.")
    ] = False,
    prefix: Prefix = "nueva",
    out: Out = None,
) -> None:
    with open_knowledge_base() as (settings, knowledge):
        from assistant.render import rows_json
        from eval.suggest import rephrased
        from eval.suggest import suggest as suggested
        from ingest.knowledge import RowFilter

        _, rows = knowledge.rows(RowFilter(document=document, entity=entity))
        drafts = suggested(rows_json(rows, knowledge.documents()), count, seed)
        if with_model:
            drafts = rephrased(drafts, settings)
    _write(drafts, prefix, out)


def from_feedback(
    since: Annotated[
        str | None, typer.Option("--since", metavar="FECHA", help="Solo opiniones desde esta fecha, AAAA-MM-DD.")
    ] = None,
    prefix: Prefix = "opinion",
    out: Out = None,
) -> None:
    settings = command_settings()
    from assistant.opening import open_knowledge
    from eval.from_feedback import disliked

    with open_knowledge(settings) as knowledge:
        drafts = disliked(knowledge.engine, since)
    _write(drafts, prefix, out)


def _write(drafts: Sequence[Draft], prefix: str, out: Path | None) -> None:
    """The drafts to a new file or to stdout.

    Raises:
        InputError: when the file is there already or cannot be written.
    """
    from eval.drafts import as_yaml, write
    from eval.wording import wording
    from ingest.errors import InputError

    if not drafts:
        note(wording().drafts.nothing)
        return
    text = as_yaml(drafts, prefix)
    if out is None:
        typer.echo(text)
        return
    try:
        write(text, out)
    except OSError as error:
        raise InputError(
            f"No se puede escribir «{out}» ({error.strerror}).", hint="Dé otro nombre con --out."
        ) from None
    note(f"{len(drafts)} preguntas propuestas en {out}; revíselas antes de usarlas.")
