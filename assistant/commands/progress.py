"""How far an ingest is, on a terminal: a bar for the documents and one for the pages or texts of the one at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.commands.common import console, on_terminal

if TYPE_CHECKING:
    from ingest.progress import Progress, Stage, Step

#: What is being done, and what is counted meanwhile.
_STAGES: dict[Stage, tuple[str, str]] = {
    "reading": ("leyendo", "página"),
    "embedding": ("calculando vectores", "texto"),
    "saving": ("guardando", ""),
}


def said(step: Step) -> str:
    """What a step says in words: «leyendo plan.pdf, página 12 de 300»."""
    if step.stage is None:
        return ""
    doing, unit = _STAGES[step.stage]
    counted = f", {unit} {step.part} de {step.parts}" if step.parts else ""
    what = f" {step.document}" if step.stage == "reading" and step.document else ""
    return f"{doing}{what}{counted}"


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """Two bars on a terminal; nothing at all where nobody watches."""
    if not on_terminal():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    # A file's name is no markup of rich's.
    text = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), text)
    with Bars(*columns, console=console(stderr=True), transient=True) as bars:
        documents = bars.add_task("documentos", total=None)
        part = bars.add_task("", total=None, visible=False)

        def progress(step: Step) -> None:
            bars.update(documents, completed=step.done, total=step.total)
            bars.update(
                part, completed=step.part, total=step.parts, description=said(step), visible=step.stage is not None
            )

        yield progress
