"""A draft reply as a terminal shows it: its terms, what became of each thing asked, and the letter's text."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.petitions.days import in_words
from assistant.petitions.records import AskStatus, Draft
from assistant.petitions.wording import petition_words

_STATUSES: MappingProxyType[AskStatus, tuple[str, str]] = MappingProxyType(
    {
        "answered": ("respondida", "green"),
        "partly_answered": ("respondida en parte", "yellow"),
        "not_in_documents": ("requiere respuesta de la dependencia", "red"),
        "other_authority": ("de otra autoridad", "magenta"),
    }
)


def draft_view(draft: Draft) -> RenderableType:
    """The whole draft; no personal data stands in it."""
    return Group(*_head(draft), Text(""), _asks(draft), Text(""), Text(draft.letter))


def _head(draft: Draft) -> Iterator[Text]:
    kind = petition_words().kinds[draft.kind].name
    yield Text(f"{draft.subject}", style="bold")
    yield Text(f"{kind}: {draft.business_days} días hábiles, vence el {in_words(draft.due_date)}")
    if draft.shorter_term is not None:
        points = ", ".join(map(str, draft.shorter_term.asks))
        yield Text(f"Información o documentos (puntos {points}): vence el {in_words(draft.shorter_term.due_date)}")
    for transfer in draft.transfers:
        points = ", ".join(map(str, transfer.asks))
        yield Text(f"Traslado a {transfer.authority} (puntos {points}): hasta el {in_words(transfer.due_date)}")
    for one in draft.notices:
        yield Text(f"aviso: {one.message}", style="yellow")


def _asks(draft: Draft) -> Table:
    table = Table(show_lines=True)
    for title in ("", "Se pide", "Estado", "Notas", "Dependencia"):
        table.add_column(title, overflow="fold")
    for ask in draft.asks:
        status, style = _STATUSES[ask.status]
        marks = " ".join(f"[{citation.n}]" for citation in ask.citations)
        cells = (str(ask.n), ask.text, status, marks, ask.authority or ask.office or "")
        table.add_row(*(Text(cell, style=style if cell == status else "") for cell in cells))
    return table
