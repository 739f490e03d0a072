"""The configured chat model: opened once, read in pieces, never waited for beyond its time.

The library's own retries answer 429 and 5xx (OpenAI's and Anthropic's clients obey ``Retry-After``). A thread reads the
stream, so that a server that stalls, or never ends, cannot hold the answer; what it says late is not listened to.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from contextvars import copy_context
from functools import partial
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel

from assistant.settings import Settings
from assistant.writer.prompt import Message
from ingest.errors import SettingsError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Form = TypeVar("Form", bound=BaseModel)

MAX_CHARACTERS = 12_000
_RETRIES = 2
_WAITING = 64  # pieces that wait to be read
_PUT_SECONDS = 0.2
_END = object()
#: Where providers say why they stopped, and what they say when the text was not finished.
_REASON_NAMES = ("finish_reason", "stop_reason", "done_reason")
_WHOLE = frozenset(("stop", "end_turn", "stop_sequence", "complete", "finish"))


class ModelError(Exception):
    """The model gave no whole text. Its message is for the log: 'time', 'size', 'cut', 'empty' or an error's class."""


class ChatModel:
    """A chat model by its LangChain name."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model

    def stream(self, messages: Sequence[Message], deadline: float) -> Generator[str, None, None]:
        """The pieces of its text until ``deadline`` (of ``time.monotonic``).

        Raises:
            ModelError: when it fails, is late, says nothing, too much, or was cut off. Its message has no text of the
                model, the server or the settings.
        """
        queue: Queue[Any] = Queue(_WAITING)
        stop = threading.Event()
        # In the caller's context, so that whoever counts tokens or traces this question sees what the thread does.
        read = partial(copy_context().run, self._read, list(messages), queue, stop)
        threading.Thread(target=read, daemon=True, name="writer").start()
        try:
            yield from _pieces(queue, deadline)
        finally:
            stop.set()

    def fill(self, messages: Sequence[Message], form: type[Form], deadline: float) -> Form:
        """A form filled in by the model until ``deadline``, by whatever its provider has for structured output.

        Raises:
            ModelError: when it fails, is late, or what it says is no such form.
        """
        queue: Queue[Any] = Queue(1)

        def ask() -> None:
            try:
                filled = self._model.with_structured_output(form).invoke(cast("Any", list(messages)))
                queue.put(filled if isinstance(filled, form) else ModelError("form"))
            except Exception as error:  # whatever a provider's library raises ends this one form
                queue.put(ModelError(type(error).__name__))

        asking = partial(copy_context().run, ask)
        threading.Thread(target=asking, daemon=True, name="understanding").start()
        try:
            got = queue.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise ModelError("time") from None
        if isinstance(got, ModelError):
            raise got
        return cast("Form", got)

    def _read(self, messages: list[Message], queue: Queue[Any], stop: threading.Event) -> None:
        try:
            chunks = cast("Any", self._model.stream(cast("Any", messages)))
            with closing(chunks):
                for chunk in chunks:
                    if stop.is_set() or not _put(queue, (chunk.text, _reason(chunk.response_metadata)), stop):
                        return
            _put(queue, _END, stop)
        except Exception as error:  # whatever a provider's library raises ends this one text
            _put(queue, ModelError(type(error).__name__), stop)


def open_chat_model(settings: Settings) -> ChatModel:
    """The chat model of the settings.

    Raises:
        SettingsError: when there is none, its provider's package is absent, or it cannot be set up (a missing key).
    """
    if settings.chat_model is None:
        raise SettingsError("No hay ningún modelo de lenguaje configurado.", hint="Ponga CABILDO_CHAT_MODEL.")
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": settings.chat_timeout_seconds, "max_retries": _RETRIES}
    if settings.chat_api_key is not None:
        options["api_key"] = settings.chat_api_key.get_secret_value()
    if settings.chat_base_url is not None:
        options["base_url"] = str(settings.chat_base_url)
    try:
        return ChatModel(init_chat_model(settings.chat_model, **options))
    except ImportError as error:
        raise SettingsError(
            f"Falta el paquete del proveedor de «{settings.chat_model}».",
            hint=f"Instálelo con: pip install {str(error.name or 'langchain-…').replace('_', '-')}.",
        ) from None
    except Exception as error:  # a provider's message can hold the key, so only its kind is told
        raise SettingsError(
            f"No se puede usar el modelo de lenguaje «{settings.chat_model}» ({type(error).__name__}).",
            hint="Revise CABILDO_CHAT_MODEL (proveedor:modelo), CABILDO_CHAT_API_KEY y CABILDO_CHAT_BASE_URL.",
        ) from None


def _pieces(queue: Queue[Any], deadline: float) -> Iterator[str]:
    size = 0
    reason: str | None = None
    last = ""
    while True:
        try:
            got = queue.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            raise ModelError("time") from None
        if time.monotonic() > deadline:
            raise ModelError("time")
        if isinstance(got, ModelError):
            raise got
        if got is _END:
            break
        piece, said = got
        reason = said or reason
        size += len(piece)
        if size > MAX_CHARACTERS:
            raise ModelError("size")
        last = (last + piece)[-40:]
        if piece:
            yield piece
    if not size:
        raise ModelError("empty")
    if reason not in _WHOLE and (
        reason is not None or not last.rstrip(' \n»”")]0123456789[').endswith((".", "!", "?"))
    ):
        raise ModelError("cut")


def _reason(metadata: Mapping[str, Any]) -> str | None:
    return next((str(metadata[name]).lower() for name in _REASON_NAMES if metadata.get(name)), None)


def _put(queue: Queue[Any], value: object, stop: threading.Event) -> bool:
    """Put a value unless nobody listens any more."""
    while not stop.is_set():
        try:
            queue.put(value, timeout=_PUT_SECONDS)
        except Full:
            continue
        return True
    return False
