"""``cabildo eval``: registered by entry point, so that the assistant never imports us. Nothing heavy at the top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.common import command_settings, console, note, on_terminal
from assistant.commands.spanish import SpanishCommand, SpanishGroup

if TYPE_CHECKING:
    from assistant.settings import Settings
    from eval.cases import QuestionSet
    from eval.run import Progress, Run, Target

_RUNS = "runs"


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        cls=SpanishGroup, no_args_is_help=True, help="Mide las respuestas con un conjunto de preguntas."
    )
    group.command("run", cls=SpanishCommand, help="Hace todas las preguntas del conjunto y califica las respuestas.")(
        run
    )
    group.callback()(_group)
    app.add_typer(group, name="eval")


def _group() -> None:
    """A group of one command would otherwise become that command."""


def run(
    questions: Annotated[
        str,
        typer.Argument(
            metavar="CONJUNTO", help="Archivo YAML, carpeta con questions.yaml, o nombre.", show_default=False
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="CARPETA", help="Dónde guardar la corrida; si no, en los datos.")
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option("--min-score", min=0, max=100, help="Falla si acierta menos: 0.9 o 90 son 90 %."),
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Pregunta a este servidor, no en este proceso.")] = None,
    configured: Annotated[
        bool,
        typer.Option("--configured", help="Usa la base de conocimiento de siempre, no los documentos del conjunto."),
    ] = False,
) -> None:
    settings = command_settings()
    from eval.cases import find_set, load_set
    from eval.report import failures, heading, measures, percent, table
    from eval.run import run_set

    loaded = load_set(find_set(questions))
    with _target(settings, loaded, url, configured) as target, _progress_bar() as progress:
        made = run_set(loaded, target, progress)
    path = save(made, out or settings.data_dir / _RUNS)
    printer = console()
    for line in failures(made):
        printer.print(line, soft_wrap=True)
    printer.print(table(made))
    note(heading(made))
    note(f"Corrida guardada en {path}")
    total = measures(made)[-1]
    if min_score is not None and total.share < as_share(min_score):
        note(f"No alcanza la nota: {percent(total.share)} % de {percent(as_share(min_score))} %.")
        raise typer.Exit(1)


def as_share(score: float) -> float:
    """A bar as a share: up to 1 it is one already, above it is a percentage."""
    return score if score <= 1 else score / 100


def save(run: Run, folder: Path) -> Path:
    """Write the run as JSON under its set's name and its time; returns where.

    Raises:
        InputError: when the folder cannot be written.
    """
    from ingest.errors import InputError

    stamp = run.started_at[:19].replace("-", "").replace(":", "").replace("T", "-")
    path = folder / f"{run.set_name}-{stamp}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"No se puede escribir en «{folder}» ({error.strerror}).", hint="Revise --out.") from None
    return path


@contextmanager
def _target(settings: Settings, questions: QuestionSet, url: str | None, configured: bool) -> Iterator[Target]:
    from eval.run import in_process, over_http

    chosen = over_http(url) if url else in_process(settings, questions, configured=configured)
    with chosen as target:
        yield target


@contextmanager
def _progress_bar() -> Iterator[Progress | None]:
    """A bar on a terminal; nothing at all where nobody watches."""
    if not on_terminal():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def progress(done: int, total: int, current: str | None) -> None:
            bar.update(task, completed=done, total=total, description=current or "")

        yield progress
