"""What the commands of the regression set share: where runs are, and the bars that a run has to meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.common import console, note, on_terminal

_TABLE_WIDTH = 100

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.settings import Settings
    from eval.compare import Comparison
    from eval.run import Progress

Html = Annotated[Path | None, typer.Option("--html", metavar="ARCHIVO", help="Escribe el informe en un archivo HTML.")]
Markdown = Annotated[
    Path | None, typer.Option("--markdown", metavar="ARCHIVO", help="Escribe un resumen en Markdown («-»: aquí).")
]
JUnit = Annotated[
    Path | None, typer.Option("--junit", metavar="ARCHIVO", help="Escribe los veredictos como JUnit XML.")
]
MinScore = Annotated[
    float | None,
    typer.Option("--min-score", min=0, max=100, help="Falla si acierta menos: 0.9 o 90 son 90 %."),
]
NoRegressions = Annotated[
    bool, typer.Option("--no-regressions", help="Falla si una pregunta que estaba bien ya no lo está.")
]
StaleOk = Annotated[
    bool, typer.Option("--stale-ok", help="Los documentos cambiaron: las preguntas vencidas no hacen fallar.")
]


def as_share(score: float) -> float:
    """A bar as a share: up to 1 it is one already, above it is a percentage."""
    return score if score <= 1 else score / 100


def run_folders(settings: Settings, out: Path | None = None) -> list[Path]:
    """Where runs are looked for: the folder given, then the data's."""
    from eval.runs import FOLDER

    return [*([out] if out is not None else []), settings.data_dir / FOLDER]


def missed_bars(
    accuracy: float | None,
    min_score: float | None,
    comparison: Comparison | None,
    *,
    no_regressions: bool,
    stale_ok: bool,
) -> Iterator[str]:
    """A sentence for each bar that was missed."""
    from eval.reports.words import percent
    from eval.wording import wording

    if min_score is not None and (accuracy or 0.0) < as_share(min_score):
        yield f"No alcanza la nota: {percent(accuracy or 0.0)} % de {percent(as_share(min_score))} %."
    if no_regressions and comparison is not None:
        broken = comparison.broken(stale=not stale_ok)
        if broken:
            ids = ", ".join(one.case.id for one in broken)
            yield f"{wording().compare.regressions.format(n=len(broken))} {ids}"


def wide_console() -> Console:
    """Where tables are printed: as wide as the terminal; in a file or a log, as wide as ours are."""
    printer = console()
    if not printer.is_terminal:
        printer.width = _TABLE_WIDTH
    return printer


def end(missed: Sequence[str]) -> None:
    """Say the bars that were missed; exit code 1 when there are any."""
    for sentence in missed:
        note(sentence)
    if missed:
        raise typer.Exit(1)


def write_text(path: Path, text: str) -> None:
    """Write a report; '-' is stdout.

    Raises:
        InputError: when it cannot be written.
    """
    from ingest.errors import InputError

    if str(path) == "-":
        typer.echo(text)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"No se puede escribir «{path}» ({error.strerror}).") from None
    note(f"Escrito: {path}")


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A bar on a terminal; nothing at all where nobody watches."""
    if not on_terminal():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def progress(done: int, total: int, current: str | None) -> None:
            bar.update(task, completed=done, total=total, description=current or "")

        yield progress
