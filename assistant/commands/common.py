"""What commands share: their settings, the open knowledge base, and the two streams.

Results go to stdout; everything said about them goes to stderr, so that ``--json`` can be piped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.settings import Settings, apply_quiet_environment, read_settings, unknown_variables

if TYPE_CHECKING:
    from rich.console import Console

    from ingest.knowledge import KnowledgeBase

AsJson = Annotated[bool, typer.Option("--json", help="Escribe JSON en la salida, y nada más.")]
Entity = Annotated[str | None, typer.Option("--entity", help="Entidad territorial, p. ej. «Cartagena de Indias».")]
Period = Annotated[str | None, typer.Option("--period", help="Periodo, p. ej. «2024-2027».")]


def note(text: str) -> None:
    """One line to stderr."""
    typer.echo(text, err=True)


def print_json(value: Any) -> None:
    """JSON to stdout, accents as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def console(stderr: bool = False) -> Console:
    """Where rich prints; texts of documents must not be taken for its markup, emoji or numbers to colour."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def command_settings() -> Settings:
    """The settings of this process; says which variables nothing reads, and quietens the libraries to come."""
    settings = read_settings()
    for sentence in unknown_variables():
        note(sentence)
    apply_quiet_environment(settings.embedder, reranker=settings.reranker)
    return settings


@contextmanager
def open_knowledge_base() -> Iterator[tuple[Settings, KnowledgeBase]]:
    """The settings and the knowledge base they name, closed at the end."""
    settings = command_settings()
    from assistant.opening import open_knowledge

    knowledge = open_knowledge(settings)
    try:
        yield settings, knowledge
    finally:
        knowledge.close()


def on_terminal() -> bool:
    return sys.stderr.isatty()
