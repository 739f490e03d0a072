"""What can go wrong between people who work on one draft."""

from __future__ import annotations

from assistant.petitions.records import Content
from ingest.errors import CabildoError, InputError


class RuleError(InputError):
    """A step that the rules of the work on a draft do not allow; the message says which and why."""


class EditConflictError(CabildoError):
    """Somebody else changed the draft meanwhile: what was typed is kept as a version of its own.

    Attributes:
        current: the number of the version that holds.
        kept_as: the number under which the refused text is kept, or None for a step that had no text.
        content: what the draft says now.
    """

    def __init__(self, current: int, kept_as: int | None, content: Content) -> None:
        kept = "" if kept_as is None else f" Su texto quedó guardado como versión {kept_as}, sin aplicar."
        super().__init__(
            f"Otra persona cambió este borrador mientras tanto (va en la versión {current}).{kept}",
            hint="Compare las dos versiones y aplique sus cambios sobre la última.",
        )
        self.current = current
        self.kept_as = kept_as
        self.content = content
