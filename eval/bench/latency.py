"""How long a warm answer takes beside encoding its question: ``python -m eval.bench.latency SET DOCUMENTS…``.

Both take turns in one process, without a model, over all the documents; a percentile is the nearest rank's. By
the clock alone: the system counts processor time in steps too coarse for a single answer.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answer import Question
from assistant.assistant import Assistant
from assistant.ingesting import ingest
from assistant.opening import open_knowledge
from assistant.settings import Settings, apply_quiet_environment
from eval.bench.timing import Timing, interleave
from eval.loading import find_set, load_set

_ROUNDS = 2
_WARM_UP = 25  # questions


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, by nearest rank."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def told(answers: Sequence[float], encodings: Sequence[float]) -> str:
    """A line: medians and 99th percentiles in milliseconds, and how they stand to the median encoding."""
    typical = percentile(encodings, 0.5)
    middle, slow = percentile(answers, 0.5), percentile(answers, 0.99)
    return (
        f"codificar {1000 * typical:.1f} ms; responder {1000 * middle:.1f} ms, p99 {1000 * slow:.1f} ms; "
        f"mediana {middle / typical:.2f} veces, p99 {slow / typical:.2f} veces la mediana de codificar"
    )


def measure(questions: Sequence[str], settings: Settings, documents: Sequence[Path]) -> dict[str, list[Timing]]:
    """Timings of ``answer`` and ``encode``, one of each per question and round."""
    with open_knowledge(settings) as knowledge:
        ingest(settings, knowledge, documents)
        assistant = Assistant(knowledge, settings)
        for question in questions[:_WARM_UP]:
            assistant.ask(Question(question=question))

        def turns(_round: int) -> Iterator[tuple[str, Callable[[], Any]]]:
            for question in questions:
                yield "encode", partial(knowledge.embedder.embed_query, question)
                yield "answer", partial(assistant.ask, Question(question=question))

        try:
            return interleave(turns, _ROUNDS)
        finally:
            assistant.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set")
    parser.add_argument("documents", nargs="+", type=Path)
    given = parser.parse_args()
    apply_quiet_environment()
    questions = [case.question for case in load_set(find_set(given.set)).cases]
    with TemporaryDirectory() as folder:
        found = measure(questions, Settings(data_dir=Path(folder), chat_model=None), given.documents)
    answers, encodings = found["answer"], found["encode"]
    print(f"{len(questions)} preguntas, {_ROUNDS} rondas")
    print(told([one.wall for one in answers], [one.wall for one in encodings]))


if __name__ == "__main__":
    main()
