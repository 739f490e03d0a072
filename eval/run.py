"""A run: the questions of a set put to an assistant one by one, each answer graded and timed.

``set ──ask──▶ answers ──grade──▶ Run`` · a run is what two versions are compared by, so it says what it was made of.
"""

from __future__ import annotations

import math
import platform
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, Question
from eval.cases import Case, QuestionSet
from eval.grade import Grade, grade, is_secret, unanswered
from eval.numbers import plain
from ingest.errors import CabildoError, InputError
from ingest.fold import fold_in_place

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.knowledge import KnowledgeBase

Ask = Callable[[Question], Answer]
#: Told (questions done, questions in all, id of the one that comes now, or None at the end).
Progress = Callable[[int, int, str | None], None]

_RUN_FORMAT = 1
_LIBRARIES = ("cabildo", "sentence-transformers", "chromadb", "bm25s", "langchain")
_TIMEOUT_SECONDS = 120.0
_OMITTED = "‹omitido›"


class Part(BaseModel):
    """A frozen piece of a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RunDocument(Part):
    """A document that the assistant answered from; the id is the SHA-256 of its bytes."""

    document: str
    document_id: str
    entity: str | None = None
    period: str | None = None


class CaseRun(Part):
    """One question, its answer (None when none came), the verdict, and how long the answer took."""

    id: str
    category: str
    question: str
    history: tuple[str, ...] = ()
    answer: Answer | None
    grade: Grade
    elapsed_ms: float


class Run(Part):
    """Everything about one run of a set."""

    run_format: int = _RUN_FORMAT
    set_name: str
    set_sha256: str
    documents: tuple[RunDocument, ...]
    embedder: str | None
    chat_model: str | None
    server: str | None
    versions: dict[str, str]
    started_at: str
    elapsed_s: float
    cases: tuple[CaseRun, ...]


@dataclass(frozen=True)
class Target:
    """Somebody who answers, and what it answers with as far as it can be known."""

    ask: Ask
    documents: tuple[RunDocument, ...]
    embedder: str | None = None
    chat_model: str | None = None
    server: str | None = None


def run_set(questions: QuestionSet, target: Target, progress: Progress | None = None) -> Run:
    """Ask every question of the set, one conversation each, and grade what comes back.

    A question that fails is a case without an answer; it stops nothing.
    """
    started_at, begun = datetime.now(UTC), time.perf_counter()
    secrets = _secrets(questions.cases)
    cases = []
    for done, case in enumerate(questions.cases):
        if progress is not None:
            progress(done, len(questions.cases), case.id)
        cases.append(run_case(case, target.ask, secrets))
    if progress is not None:
        progress(len(questions.cases), len(questions.cases), None)
    return Run(
        set_name=questions.name,
        set_sha256=questions.sha256,
        documents=target.documents,
        embedder=target.embedder,
        chat_model=target.chat_model,
        server=target.server,
        versions=versions(),
        started_at=started_at.isoformat(timespec="seconds"),
        elapsed_s=round(time.perf_counter() - begun, 3),
        cases=tuple(cases),
    )


def run_case(case: Case, ask: Ask, secrets: Sequence[str] = ()) -> CaseRun:
    """One question after its history, in one conversation; only the last answer is graded and timed.

    What must not come out at all (``secrets``) is graded and then left out of what is kept.
    """
    answer: Answer | None = None
    begun = time.perf_counter()
    try:
        conversation: str | None = None
        for text in (*case.history, case.question):
            begun = time.perf_counter()
            answer = ask(Question(question=text, conversation_id=conversation))
            conversation = answer.conversation_id
        elapsed = time.perf_counter() - begun
        verdict = grade(case, answer) if answer is not None else unanswered("no se preguntó nada")
    except Exception as error:
        # Only the errors of the house are written for people; another's message may quote a document or a citizen.
        elapsed, answer = time.perf_counter() - begun, None
        verdict = unanswered(str(error) if isinstance(error, CabildoError) else type(error).__name__)
    return CaseRun(
        id=case.id,
        category=case.category,
        question=case.question,
        history=case.history,
        answer=None if answer is None else without_secrets(answer, secrets),
        grade=verdict,
        elapsed_ms=round(elapsed * 1000, 1),
    )


def _secrets(cases: Sequence[Case]) -> list[str]:
    """What the set forbids to come out at all, the longest first."""
    found = {text for case in cases for text in case.expect.absent if is_secret(case, text)}
    return sorted(found, key=len, reverse=True)


def without_secrets(answer: Answer, secrets: Sequence[str]) -> Answer:
    """The answer as it may be kept: each secret masked wherever it stands, in any spelling."""
    if not any(plain(secret) in plain(answer.model_dump_json()) for secret in secrets):
        return answer
    return Answer.model_validate(_masked(answer.model_dump(), secrets))


def _masked(value: Any, secrets: Sequence[str]) -> Any:
    if isinstance(value, dict):
        return {key: _masked(part, secrets) for key, part in value.items()}
    if isinstance(value, list):
        return [_masked(part, secrets) for part in value]
    if not isinstance(value, str):
        return value
    for secret in secrets:
        pattern = re.compile(r"\s+".join(map(re.escape, fold_in_place(secret).split())))
        for found in reversed(list(pattern.finditer(fold_in_place(value)))):
            value = value[: found.start()] + _OMITTED + value[found.end() :]
    return value


def versions() -> dict[str, str]:
    """The versions of Python and of the libraries that decide about answers."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "?"
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed (nearest rank); 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


# ------------------------------------------------------------------ who answers


@contextmanager
def in_process(settings: Settings, questions: QuestionSet, *, configured: bool = False) -> Iterator[Target]:
    """An assistant of this process.

    A set that brings its documents is asked over a fresh knowledge base of them, which is gone afterwards, unless the
    ``configured`` one is wanted; any other set is asked over the configured one.
    """
    from assistant.opening import open_knowledge

    if questions.documents is not None and not configured:
        with _fresh_knowledge(settings, questions.documents) as knowledge, _assistant(knowledge, settings) as target:
            yield target
        return
    with open_knowledge(settings) as knowledge:
        if not knowledge.documents():
            raise InputError("La base de conocimiento está vacía.", hint="Cargue los documentos con `cabildo ingest`.")
        with _assistant(knowledge, settings) as target:
            yield target


@contextmanager
def _assistant(knowledge: KnowledgeBase, settings: Settings) -> Iterator[Target]:
    from assistant.assistant import Assistant

    knowledge.embedder.embed_query("cabildo")  # so that the first question does not pay for loading the model
    documents = tuple(
        RunDocument(document=d.name, document_id=d.document_id, entity=d.info.entity, period=d.info.period)
        for d in knowledge.documents()
    )
    with closing(Assistant(knowledge, settings)) as assistant:
        yield Target(assistant.ask, documents, knowledge.embedder.name, settings.chat_model)


@contextmanager
def _fresh_knowledge(settings: Settings, documents: Path) -> Iterator[KnowledgeBase]:
    from assistant.ingesting import ingest
    from ingest.embedder import load_embedder
    from ingest.knowledge import KnowledgeBase, StoreSettings

    with (
        TemporaryDirectory(prefix="cabildo-eval-") as folder,
        KnowledgeBase.open(StoreSettings(Path(folder)), lambda: load_embedder(settings.embedder)) as knowledge,
    ):
        report = ingest(settings, knowledge, [documents])
        if report.failed:
            names = ", ".join(one.document for one in report.failed)
            raise InputError(f"No se pudieron leer los documentos del conjunto: {names}.")
        yield knowledge


@contextmanager
def over_http(url: str) -> Iterator[Target]:
    """A server by its address. Raises ``InputError`` when it cannot be reached or is no Cabildo."""
    import httpx

    with httpx.Client(base_url=url.rstrip("/"), timeout=_TIMEOUT_SECONDS) as client:

        def call(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
            try:
                response = client.request(method, path, json=body)
                response.raise_for_status()
                return response.json()
            except httpx.HTTPStatusError as error:
                raise InputError(f"El servidor respondió {error.response.status_code} a {method} {path}.") from None
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                reason = type(error).__name__
                raise InputError(
                    f"No se pudo hablar con el servidor en {method} {path} ({reason}).", hint="Revise --url."
                ) from None

        def ask(question: Question) -> Answer:
            body = call("POST", "/v1/ask", question.model_dump(exclude_none=True))
            try:
                return Answer.model_validate(body)
            except ValidationError as error:
                fields = ", ".join(sorted({".".join(map(str, item["loc"])) for item in error.errors()})[:5])
                raise InputError(f"La respuesta del servidor no tiene la forma del contrato ({fields}).") from None

        try:
            listed = call("GET", "/v1/documents")["documents"]
            documents = tuple(
                RunDocument(**{name: one.get(name) for name in RunDocument.model_fields}) for one in listed
            )
        except (KeyError, TypeError, AttributeError, ValidationError):
            raise InputError("La lista de documentos del servidor no tiene la forma del contrato.") from None
        yield Target(ask, documents, server=url)
