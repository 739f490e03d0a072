"""``cabildo ingest`` that says on standard output where it is and lingers there; only tests of interruptions start it.

Its embedder needs no model, each document is committed by itself, and whatever was read is kept until it is.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import assistant.opening
from assistant.cli import main
from assistant.commands import documents
from ingest import pipeline, preparing
from ingest.embedder import Vectors
from ingest.knowledge import KnowledgeBase
from ingest.progress import Progress, Step
from tests.support.hash_embedder import HashEmbedder

LINGER = 0.15


def say(*words: object) -> None:
    print(*words, flush=True)
    time.sleep(LINGER)


class TellingEmbedder(HashEmbedder):
    def embed_documents(self, texts: list[str]) -> Vectors:
        say("vectors", len(texts))
        return super().embed_documents(texts)


@contextmanager
def telling() -> Iterator[Progress]:
    def progress(step: Step) -> None:
        if step.stage == "reading" and step.part % 20 == 0:
            say("read", step.document, step.part)

    yield progress


def run(arguments: list[str]) -> int:
    # A shell that runs the tests in the background has Ctrl-C ignored by all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    replaced: dict[Any, dict[str, Any]] = {
        assistant.opening: {"load_embedder": lambda _name: TellingEmbedder()},
        KnowledgeBase: {"open": partial(KnowledgeBase.open, on_step=partial(say, "step"))},
        documents: {"progress_bar": telling},
        pipeline: {"BATCH_TEXTS": 1},
        preparing: {"KEPT_FROM": 0.0},
    }
    for place, values in replaced.items():
        for name, value in values.items():
            setattr(place, name, value)
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
