"""The errors of the house.

Each carries one line in Spanish that a user understands. Only the edges (command line, HTTP, Slack) turn them into
exit codes and problem documents.
"""

from __future__ import annotations


class CabildoError(Exception):
    """Something a user can be told in one line.

    ``hint`` says what to do about it, or is None.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class InputError(CabildoError):
    """A file that cannot be read: empty, binary, too large, broken, forbidden, absent."""


class SettingsError(CabildoError):
    """A setting that is missing or wrong; the message names it."""


class StoreError(CabildoError):
    """A knowledge base that cannot be opened or does not fit (another embedder, a newer schema)."""


class NotFoundError(CabildoError):
    """A document, row or conversation that is not there."""
