"""A chat model that is opened when it is first needed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from ingest.errors import SettingsError

_LOG = logging.getLogger(__name__)

ModelT = TypeVar("ModelT")


class OpenedOnce(Generic[ModelT]):
    """Opens a model once, for all threads; when it cannot be, that is logged once and it stays shut.

    ``without`` says in the log what goes on without it; ``model`` is one that is open already.
    """

    def __init__(self, open_model: Callable[[], ModelT], without: str, model: ModelT | None = None) -> None:
        self._open_model = open_model
        self._without = without
        self._model = model
        self._failed = False
        self._lock = Lock()

    def get(self) -> ModelT | None:
        """The model; None when it cannot be opened."""
        with self._lock:
            if self._model is None and not self._failed:
                try:
                    self._model = self._open_model()
                except SettingsError as error:
                    self._failed = True
                    _LOG.error("%s %s", error, self._without)
            return self._model
