"""``cabildo eval``: registered by entry point, so that the assistant never imports us. Nothing heavy at the top."""

from __future__ import annotations

from collections.abc import Callable

import typer

from assistant.commands.spanish import SpanishCommand, SpanishGroup
from eval.commands import comparing, proposing, running

_HELP = {
    "run": "Hace todas las preguntas del conjunto y califica las respuestas.",
    "compare": "Compara dos corridas, pregunta por pregunta: rotas, arregladas, cambiadas, iguales.",
    "report": "Muestra otra vez una corrida guardada, o la escribe como HTML, Markdown o JUnit.",
    "runs": "Las corridas guardadas, de la última a la primera.",
    "suggest": "Propone preguntas con las filas cargadas, para que una persona las edite.",
    "from-feedback": "Propone preguntas con las respuestas que recibieron 👎.",
}


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        cls=SpanishGroup, no_args_is_help=True, help="Mide las respuestas con un conjunto de preguntas."
    )
    commands: dict[str, Callable[..., None]] = {
        "run": running.run,
        "compare": comparing.compare,
        "report": comparing.report,
        "runs": comparing.list_runs,
        "suggest": proposing.suggest,
        "from-feedback": proposing.from_feedback,
    }
    for name, function in commands.items():
        group.command(name, cls=SpanishCommand, help=_HELP[name])(function)
    app.add_typer(group, name="eval")
