"""One pipeline in a process of its own: ``python -m eval.bench.pipelines cabildo|tutorial``, a job as JSON on stdin.

Documents in, questions asked; on the last line of stdout what was found and how long it took (``Found``). Only the work
is timed: the model is loaded and warm before. ``llama_worker.py`` does the same for LlamaIndex, in its environment.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

_WARM = "La meta del cuatrienio."

Find = Callable[[str], list[dict[str, Any]]]


@dataclass(frozen=True)
class Job:
    """What every pipeline is given: text files, questions, an empty folder, and how many results are wanted."""

    files: list[str]
    questions: list[str]
    folder: str
    model: str
    depth: int


@dataclass(frozen=True)
class Found:
    """What a pipeline gave: seconds to take the documents in, milliseconds a question, and the results of each.

    A result has ``text`` and ``metadata``, with the file's name as ``source`` or ``document``.
    """

    ingest_s: float
    query_ms: list[float]
    results: list[list[dict[str, Any]]]


def cabildo(job: Job) -> Found:
    """Our own: ingest into an empty knowledge base, and ``Assistant.as_retriever``."""
    from assistant.assistant import Assistant
    from assistant.settings import PACKAGED_EMBEDDER, Settings, apply_quiet_environment
    from ingest.embedder import load_embedder
    from ingest.knowledge import KnowledgeBase, StoreSettings
    from ingest.pipeline import ingest_paths

    apply_quiet_environment(PACKAGED_EMBEDDER)
    embedder = load_embedder()
    embedder.embed_documents([_WARM])
    embedder.count_tokens(_WARM)
    with KnowledgeBase.open(StoreSettings(Path(job.folder)), embedder) as knowledge:
        begun = time.perf_counter()
        report = ingest_paths([Path(file) for file in job.files], knowledge)
        taken = time.perf_counter() - begun
        if report.failed:
            raise SystemExit("documents could not be read")
        with closing(Assistant(knowledge, Settings(data_dir=Path(job.folder), _env_file=None))) as assistant:
            retriever = assistant.as_retriever(k=job.depth)

            def find(question: str) -> list[dict[str, Any]]:
                return [{"text": one.page_content, "metadata": one.metadata} for one in retriever.invoke(question)]

            return Found(taken, *_asked(job, find))


def tutorial(job: Job) -> Found:
    """LangChain's tutorial: text cut every 1,000 characters, embedded, in Chroma, nearest first."""
    from eval.bench import tutorial as pipeline

    embeddings = pipeline.minilm()
    embeddings.embed_documents([_WARM])
    begun = time.perf_counter()
    store = pipeline.build([Path(file) for file in job.files], Path(job.folder), embeddings)
    taken = time.perf_counter() - begun

    def find(question: str) -> list[dict[str, Any]]:
        found = store.similarity_search(question, k=job.depth)
        return [{"text": one.page_content, "metadata": one.metadata} for one in found]

    return Found(taken, *_asked(job, find))


def _asked(job: Job, find: Find) -> tuple[list[float], list[list[dict[str, Any]]]]:
    times, results = [], []
    find(_WARM)
    for question in job.questions:
        begun = time.perf_counter()
        results.append(find(question))
        times.append((time.perf_counter() - begun) * 1000)
    return times, results


PIPELINES: Mapping[str, Callable[[Job], Found]] = {"cabildo": cabildo, "tutorial": tutorial}

if __name__ == "__main__":
    print(json.dumps(asdict(PIPELINES[sys.argv[1]](Job(**json.load(sys.stdin)))), default=str))
