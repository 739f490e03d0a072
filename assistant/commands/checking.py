"""``cabildo check``: whether the knowledge base is consistent, and what is configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from assistant.commands.common import AsJson, open_knowledge_base, print_json
from assistant.commands.spanish import SpanishCommand
from assistant.render import counted, notice_json
from assistant.settings import Settings
from ingest.pages.office import find_office

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase
    from ingest.records import Notice


def register(app: typer.Typer) -> None:
    app.command("check", cls=SpanishCommand, help="Revisa la base de conocimiento y dice qué está configurado.")(check)


def check(as_json: AsJson = False) -> None:
    with open_knowledge_base() as (settings, knowledge):
        _ = knowledge.embedder  # complains when the vectors were made by another
        if settings.reranker is not None:
            from assistant.evidence.rerank import CrossEncoderScorer

            CrossEncoderScorer(settings.reranker).load()  # complains when there is no such model
        notices = knowledge.check()
        among = _among_documents(knowledge)
        counts = _counts(knowledge)
    if as_json:
        print_json(
            {
                "configured": dict(configured(settings)),
                "counts": counts,
                "notices": [notice_json(n) for n in notices],
                "among_documents": [{"document": name, **notice_json(n)} for name, n in among],
            }
        )
    else:
        for name, value in configured(settings):
            typer.echo(f"{name}: {value}")
        typer.echo(f"Contenido: {', '.join(counted(counts[name], *words) for name, words in _COUNTED.items())}")
        typer.echo("La base de conocimiento está bien." if not notices else "La base de conocimiento tiene problemas:")
        for notice in notices:
            typer.echo(f"- {notice.message}")
        if among:
            typer.echo("Los documentos no dicen lo mismo entre sí:")
        for name, notice in among:
            typer.echo(f"- {name}{f', {notice.place}' if notice.place else ''}: {notice.message}")
    if notices:
        raise typer.Exit(1)


def _among_documents(knowledge: KnowledgeBase) -> list[tuple[str, Notice]]:
    """(file name, notice) of what only all documents together tell; it is for their authors to settle, not an error."""
    from ingest.told import notices_among_documents

    names = {document.document_id: document.name for document in knowledge.documents()}
    found = notices_among_documents(knowledge.snapshot())
    return [(names[key], notice) for key, notices in found.items() if key in names for notice in notices]


_COUNTED = {"documents": ("documento", "documentos"), "rows": ("fila", "filas"), "passages": ("pasaje", "pasajes")}


def _counts(knowledge: KnowledgeBase) -> dict[str, int]:
    documents = knowledge.documents()
    return {
        "documents": len(documents),
        "rows": sum(document.rows for document in documents),
        "passages": sum(document.passages for document in documents),
    }


def configured(settings: Settings) -> Iterator[tuple[str, str]]:
    """What each part of the set-up is, without keys or passwords."""
    yield "Carpeta de datos", str(settings.data_dir)
    yield "Catálogo", _database(settings)
    yield (
        "Vectores",
        "en la carpeta de datos" if settings.chroma_url is None else f"servidor {settings.chroma_url.host}",
    )
    yield "Originales", "se guardan, menos las cartas" if settings.keep_originals else "no se guardan"
    yield "LibreOffice", "instalado" if find_office() else "no está: no se muestran páginas de Word ni de PowerPoint"
    yield "Modelo de embeddings", settings.embedder
    yield "Modelo que redacta", settings.chat_model or "ninguno: las respuestas se componen con las filas"
    yield "Quien entiende las preguntas", _understands(settings)
    yield "Modelo que reordena", settings.reranker or "ninguno"
    yield "Entidad por defecto", settings.default_entity or "ninguna"
    yield "Periodo por defecto", settings.default_period or "ninguno"
    yield "Dirección pública", settings.public_base or "ninguna"
    yield "Slack", _slack(settings)
    yield "Bitácora", "con el texto de preguntas y respuestas" if settings.audit_texts else "sin textos"


def _understands(settings: Settings) -> str:
    with_model = settings.chat_model is not None and settings.understand_with_model
    return "el modelo, y si falla las reglas" if with_model else "las reglas"


def _slack(settings: Settings) -> str:
    """The ways in which Slack reaches this program."""
    ways = {"por HTTP": settings.slack_signing_secret, "por Socket Mode": settings.slack_app_token}
    there = [way for way, secret in ways.items() if secret is not None and settings.slack_bot_token is not None]
    return " y ".join(there) or "sin configurar"


def _database(settings: Settings) -> str:
    if settings.database_url is None:
        return "SQLite en la carpeta de datos"
    scheme = settings.database_url.get_secret_value().partition(":")[0].partition("+")[0]
    return f"servidor ({scheme})"
