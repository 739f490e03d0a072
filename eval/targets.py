"""Who answers: an assistant of this process, or a server by its address. Both give the same ``Target``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.answer import Answer, Citation, Question
from eval import provenance
from eval.cases import QuestionSet
from eval.holdings import Holdings, Standing
from eval.record import Provenance, RunDocument
from ingest.errors import InputError

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.corpus.corpus import Item
    from assistant.settings import Settings
    from ingest.knowledge import KnowledgeBase

Ask = Callable[[Question], Answer]
#: The first results of the search for a question, the best first, as citations.
Search = Callable[[str], Sequence[Citation]]

#: Questions asked at a time of a server, or of a chat model; in process without one they would wait for each other.
JOBS_ELSEWHERE = 4
SEARCH_DEPTH = 10
_TIMEOUT_SECONDS = 120.0
_PAGE = 500


@dataclass(frozen=True)
class Target:
    """Somebody who answers, what it answers with as far as it can be known, and how many at a time it takes well."""

    ask: Ask
    made_by: Provenance = field(default_factory=Provenance)
    holdings: Holdings = field(default_factory=Holdings)
    search: Search | None = None
    jobs: int = 1


@contextmanager
def in_process(settings: Settings, questions: QuestionSet, *, configured: bool = False) -> Iterator[Target]:
    """An assistant of this process.

    A set that brings its documents is asked over a fresh knowledge base of them, which is gone afterwards, unless the
    ``configured`` one is wanted; any other set is asked over the configured one.
    """
    if questions.documents is not None and not configured:
        with _fresh_knowledge(settings, questions.documents) as knowledge, _assistant(knowledge, settings) as target:
            yield target
        return
    with configured_knowledge(settings) as knowledge:
        if not knowledge.documents():
            raise InputError("La base de conocimiento está vacía.", hint="Cargue los documentos con `cabildo ingest`.")
        with _assistant(knowledge, settings) as target:
            yield target


@contextmanager
def configured_knowledge(settings: Settings) -> Iterator[KnowledgeBase]:
    """The configured knowledge base, its embedder remembering the last questions."""
    from assistant.opening import store_settings
    from eval.remembering import remembering_embedder
    from ingest.knowledge import KnowledgeBase

    with KnowledgeBase.open(store_settings(settings), partial(remembering_embedder, settings.embedder)) as knowledge:
        yield knowledge


@contextmanager
def _fresh_knowledge(settings: Settings, documents: Path) -> Iterator[KnowledgeBase]:
    from assistant.ingesting import ingest
    from eval.remembering import remembering_embedder
    from ingest.knowledge import KnowledgeBase, StoreSettings

    with (
        TemporaryDirectory(prefix="cabildo-eval-") as folder,
        KnowledgeBase.open(StoreSettings(Path(folder)), partial(remembering_embedder, settings.embedder)) as knowledge,
    ):
        report = ingest(settings, knowledge, [documents])
        if report.failed:
            names = ", ".join(one.document for one in report.failed)
            raise InputError(f"No se pudieron leer los documentos del conjunto: {names}.")
        yield knowledge


@contextmanager
def _assistant(knowledge: KnowledgeBase, settings: Settings) -> Iterator[Target]:
    from assistant.assistant import Assistant

    knowledge.embedder.embed_query("cabildo")  # so that the first question does not pay for loading the model
    with closing(Assistant(knowledge, settings)) as assistant:
        assistant.search("cabildo", 1)  # nor for building what answers are found in
        made_by = Provenance(
            documents=tuple(
                RunDocument(document=d.name, document_id=d.document_id, entity=d.info.entity, period=d.info.period)
                for d in knowledge.documents()
            ),
            embedder=knowledge.embedder.name,
            chat_model=settings.chat_model,
            settings=provenance.settings_told(settings),
            prompts=provenance.prompts(),
            code=provenance.code(),
            versions=provenance.versions(),
        )
        jobs = 1 if settings.chat_model is None else JOBS_ELSEWHERE
        yield Target(assistant.ask, made_by, holdings_of(knowledge), partial(_search, assistant), jobs)


def _search(assistant: Assistant, text: str) -> list[Citation]:
    return [_as_citation(n, found.item) for n, found in enumerate(assistant.search(text, SEARCH_DEPTH), start=1)]


def _as_citation(n: int, item: Item) -> Citation:
    return Citation(
        n=n,
        kind="passage" if item.row is None else "row",
        document=item.document.name,
        sheet=item.place.sheet,
        cell=item.place.cell,
        line=item.place.line,
        indicator=None if item.row is None else item.row.indicator,
    )


def holdings_of(knowledge: KnowledgeBase) -> Holdings:
    """All rows and sentences of a knowledge base, with their places."""
    from assistant.render import rows_json

    snapshot = knowledge.snapshot()
    names = {document.document_id: document.name for document in snapshot.documents}
    ends = {row.row_id: row.place.line_end for row in snapshot.rows}
    rows = [Standing.of_row(row, line_end=ends[row["row_id"]]) for row in rows_json(snapshot.rows, snapshot.documents)]
    sentences = [
        Standing(
            file=names[passage.document_id],
            text=segment.text,
            line=segment.place.line,
            line_end=segment.place.line_end,
            sheet=segment.place.sheet,
            cell=segment.place.cell,
        )
        for passage in snapshot.passages
        for segment in passage.segments
    ]
    return Holdings(files=tuple(names.values()), standings=(*rows, *sentences), complete=True)


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
                return Answer.model_validate(body, extra="ignore")
            except ValidationError as error:
                fields = ", ".join(sorted({".".join(map(str, item["loc"])) for item in error.errors()})[:5])
                raise InputError(f"La respuesta del servidor no tiene la forma del contrato ({fields}).") from None

        try:
            listed = call("GET", "/v1/documents")["documents"]
            documents = tuple(
                RunDocument(**{name: one.get(name) for name in RunDocument.model_fields}) for one in listed
            )
            holdings = _served_holdings(call, documents)
        except (KeyError, TypeError, AttributeError, ValidationError):
            raise InputError("La lista de documentos del servidor no tiene la forma del contrato.") from None
        made_by = Provenance(documents=documents, server=url, versions=provenance.versions())
        yield Target(ask, made_by, holdings, jobs=JOBS_ELSEWHERE)


def _served_holdings(call: Callable[[str, str], Any], documents: Sequence[RunDocument]) -> Holdings:
    """The rows that a server lists; it does not list sentences, so that these holdings are not complete."""
    rows: list[Standing] = []
    while True:
        page = call("GET", f"/v1/rows?limit={_PAGE}&offset={len(rows)}")
        if not isinstance(page, dict) or "rows" not in page:  # a server that answers and lists no rows
            return Holdings(files=tuple(one.document for one in documents))
        rows += [Standing.of_row(row) for row in page["rows"]]
        if not page["rows"] or len(rows) >= page["total"]:
            return Holdings(files=tuple(one.document for one in documents), standings=tuple(rows))
