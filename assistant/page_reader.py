"""The configured chat model as a reader of pages, for ``CABILDO_EXTRACT_WITH_MODEL``."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from assistant.settings import Settings
from assistant.writer.model import ChatModel, ModelError, open_chat_model
from ingest.model_rows import ReadingError, messages, with_model_rows
from ingest.records import Extraction

_LOG = logging.getLogger(__name__)


def read_with_model(settings: Settings) -> Callable[[Extraction, str], Extraction]:
    """What adds the model's rows to the extraction of the document of an id.

    Raises:
        SettingsError: when no model is configured, or it cannot be set up.
    """
    model = open_chat_model(settings)
    ask = _Asker(model, settings.chat_timeout_seconds)

    def enrich(extraction: Extraction, document_id: str) -> Extraction:
        return with_model_rows(extraction, document_id, ask, settings.max_seconds)

    return enrich


class _Asker:
    """One page, one answer, within the time of an answer and of the document."""

    def __init__(self, model: ChatModel, seconds: float) -> None:
        self._model = model
        self._seconds = seconds

    def __call__(self, page: str, headings: str, seconds: float) -> str:
        deadline = time.monotonic() + min(self._seconds, seconds)
        try:
            return "".join(self._model.stream(messages(page, headings), deadline))
        except ModelError as error:
            _LOG.warning("the model did not read a page: %s", error)
            raise ReadingError(str(error)) from None
