"""Asks the model; gives back a form or nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from assistant.corpus.corpus import Corpus
from assistant.settings import Settings
from assistant.understanding.form import Form
from assistant.understanding.prompt import messages
from assistant.writer.model import ModelError, open_chat_model
from assistant.writer.opened_once import OpenedOnce
from assistant.writer.prompt import Message

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """A question with those before it, and the names of the rows nearest to it."""

    question: str
    before: Sequence[str] = ()
    near: Sequence[str] = ()


class FormModel(Protocol):
    """What fills in a form for messages, until a deadline; raises ``ModelError``."""

    def fill(self, messages: Sequence[Message], form: type[Form], deadline: float) -> Form: ...


class ModelReader:
    """Reads questions with a chat model that is opened when the first one is asked."""

    def __init__(self, settings: Settings, model: FormModel | None = None) -> None:
        self._settings = settings
        self._model: OpenedOnce[FormModel] = OpenedOnce(
            partial(open_chat_model, settings), "Las preguntas se entienden sin modelo.", model
        )

    def read(self, asked: Asked, corpus: Corpus) -> Form | None:
        """The form of a question; None when the model is late, fails, or fills it in wrongly."""
        model = self._model.get()
        if model is None:
            return None
        deadline = time.monotonic() + self._settings.understand_timeout_seconds
        try:
            return model.fill(messages(asked.question, asked.before, asked.near, corpus), Form, deadline)
        except ModelError as failure:
            _LOG.warning("the model did not understand the question (%s); it is read without it", failure)
            return None


def load_model_reader(settings: Settings) -> ModelReader | None:
    """The reader of these settings, or None when they name no chat model or turn it off."""
    return ModelReader(settings) if settings.chat_model is not None and settings.understand_with_model else None
