"""Composed answer in, written answer out, sentence by sentence; the composed one whenever anything is amiss."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from assistant.answer import Answer, AnswerFigure
from assistant.question.lexicon import PhraseIndex
from assistant.question.query import Language
from assistant.render import number
from assistant.settings import Settings
from assistant.writer.evidence import Evidence, Standing, read_evidence
from assistant.writer.guard import objections
from assistant.writer.injections import without_injections
from assistant.writer.leak import leaks
from assistant.writer.model import ModelError, open_chat_model
from assistant.writer.numbers import numbers_in, read_english
from assistant.writer.opened_once import OpenedOnce
from assistant.writer.parts import Objection
from assistant.writer.prompt import Message, citations_within, first_messages, rewrite_messages
from assistant.writer.sentences import SentenceBuffer
from assistant.writer.stated import missing_figures
from ingest.fold import fold

_LOG = logging.getLogger(__name__)
_MARK = re.compile(r"\[(\d+)\]")
#: Objections that no second try mends.
_FINAL = frozenset(("leak", "refusal"))


@dataclass(frozen=True)
class Task:
    """What is to be written: the question with those asked before it, and the answer composed for it.

    ``names`` finds the names of programmes and offices that the catalogue has: a text that says one has to cite it.
    """

    question: str
    composed: Answer
    before: Sequence[str] = ()
    language: Language = "es"
    names: PhraseIndex[str] | None = None


class TextModel(Protocol):
    """What gives pieces of text for messages, until a deadline; raises ``ModelError``."""

    def stream(self, messages: Sequence[Message], deadline: float) -> Generator[str, None, None]: ...


@dataclass(frozen=True)
class _Refused:
    """A sentence that may not be shown, and why."""

    sentence: str
    objections: tuple[Objection, ...]


@dataclass
class _Writing:
    """An answer in the making: what was shown of it, and what it may say."""

    task: Task
    evidence: Evidence
    shown: list[str] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)

    @property
    def text(self) -> str:
        return "".join(self.shown).strip()


class Writer:
    """Writes answers with a chat model that is opened when the first one is asked for."""

    def __init__(self, settings: Settings, model: TextModel | None = None) -> None:
        self._settings = settings
        self._model: OpenedOnce[TextModel] = OpenedOnce(
            partial(open_chat_model, settings), "Las respuestas salen compuestas, sin modelo.", model
        )

    def write(self, task: Task) -> Iterator[str | Answer]:
        """The sentences that passed the check, each as soon as it has, then the answer.

        The answer is the written one (mode 'model') or, when a sentence failed twice, the model failed or time was
        over, the composed one: then it replaces what was said, and when nothing was said its lines come first.
        """
        deadline = time.monotonic() + self._settings.chat_timeout_seconds
        model = self._model.get() if task.composed.status == "answered" and task.composed.citations else None
        if model is None:
            yield from _composed(task.composed)
            return
        given = without_injections(task.composed)
        given = given.model_copy(update={"citations": citations_within(given.citations)})
        writing = _Writing(task, read_evidence(given, task.question, task.language, task.names))
        messages = first_messages(task.question, task.before, given, given.citations, task.language)
        try:
            refused = yield from _attempt(model, messages, writing, deadline)
            if refused is not None and not _FINAL & {one.code for one in refused.objections}:
                reasons = [str(one) for one in refused.objections]
                again = rewrite_messages(messages, refused.sentence, reasons, writing.shown)
                refused = yield from _attempt(model, again, writing, deadline)
        except ModelError as failure:
            _LOG.warning("the model's text was not used (%s); the composed answer stands", failure)
        else:
            if refused is None:
                yield _written(writing)
                return
            codes = ", ".join(sorted({one.code for one in refused.objections}))
            _LOG.warning("a sentence of the model was not supported (%s); the composed answer stands", codes)
        yield from _composed(task.composed, said=bool(writing.shown))


def load_writer(settings: Settings) -> Writer | None:
    """The writer of these settings, or None when they name no chat model."""
    return None if settings.chat_model is None else Writer(settings)


def _attempt(
    model: TextModel, messages: Sequence[Message], writing: _Writing, deadline: float
) -> Generator[str, None, _Refused | None]:
    """Show the sentences of one text of the model; returns the first that may not be shown, or None.

    Raises:
        ModelError: when the text is not whole; what passed until then was shown.
    """
    buffer = SentenceBuffer()
    with closing(model.stream(messages, deadline)) as pieces:
        for piece in pieces:
            for sentence in buffer.feed(piece):
                if (refused := _refused(sentence, writing)) is not None:
                    return refused
                yield from _show(sentence, writing)
    last = buffer.rest()
    if (refused := _refused(last, writing)) is not None:
        return refused
    yield from _show(last, writing)
    if not writing.text:
        raise ModelError("empty")
    missing = missing_figures(writing.text, writing.task.composed)
    return _Refused("", missing) if missing else None


def _refused(sentence: str, writing: _Writing) -> _Refused | None:
    """The sentence with what is wrong with it, or None."""
    sentence = _plain(sentence)
    if leaks(sentence, f"{writing.evidence.text} {writing.task.question}"):
        return _Refused(sentence, (Objection("leak"),))
    found = objections(sentence, writing.evidence, writing.standing)
    return _Refused(sentence, found) if found else None


def _show(sentence: str, writing: _Writing) -> Iterator[str]:
    """Give out a sentence that passed, unless it was given out before."""
    sentence = _plain(sentence)
    if not sentence.strip() or fold(sentence) in {fold(known) for known in writing.shown}:
        return
    if not writing.shown:
        sentence = sentence.lstrip()
    elif not writing.shown[-1][-1].isspace() and not sentence[0].isspace():
        sentence = f" {sentence}"
    writing.shown.append(sentence)
    writing.standing = writing.standing.after(sentence)
    yield sentence


def _plain(sentence: str) -> str:
    """Without the marks of bold type, which models add unasked."""
    return sentence.replace("**", "")


def _composed(answer: Answer, *, said: bool = False) -> Iterator[str | Answer]:
    if not said:
        yield from answer.answer.splitlines(keepends=True)
    yield answer


def _written(writing: _Writing) -> Answer:
    """The written answer with the citations it has marks of, and its figures."""
    composed, text = writing.task.composed, writing.text
    computed = [figure for figure in composed.figures if figure.derivation and figure.text in text]
    marked = {int(mark) for mark in _MARK.findall(text)}.union(*(figure.citations for figure in computed))
    citations = [citation for citation in composed.citations if citation.n in marked]
    update = {
        "answer": text,
        "mode": "model",
        "citations": citations,
        "figures": [*_stated(text, marked, writing.evidence, computed), *computed],
    }
    return composed.model_copy(update=update)


def _stated(
    text: str, marked: Iterable[int], evidence: Evidence, computed: Sequence[AnswerFigure]
) -> Iterator[AnswerFigure]:
    """The figures of a written text, each once, with the citations of the text that hold it."""
    done = {figure.text for figure in computed}
    for stated in numbers_in(read_english(_MARK.sub(" ", text), evidence.language)):
        holding = [n for n in sorted(marked) if n in evidence.cited and stated.amounts <= evidence.cited[n].numbers]
        if stated.text not in done and stated.amounts and holding and stated.kind not in ("rate", "name"):
            done.add(stated.text)
            yield AnswerFigure(text=stated.text, value=number(stated.values[0]), citations=holding)
