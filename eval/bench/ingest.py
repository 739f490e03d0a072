"""How long documents take to come in: ``python -m eval.bench.ingest DOCUMENTS…``.

In one process, with the model loaded, in turns: (a) ``ingest_paths`` into an empty knowledge base; (b) embedding
exactly the same texts and nothing else; (c) ingesting again what has not changed; (d) for information, the pipeline
of the tutorial. The bar: (a) at most 1.3 times (b), and (c) under a tenth of (a).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assistant.settings import PACKAGED_EMBEDDER, apply_quiet_environment
from eval.bench.timing import Timing, interleave, medians
from ingest.embedder import Embedder, load_embedder
from ingest.errors import CabildoError, InputError
from ingest.searchtext import passage_embedding_text, row_embedding_text

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase

INGEST, EMBED, AGAIN, TUTORIAL = "ingest", "embed", "again", "tutorial"
MOST_OVER_EMBEDDING = 1.3
MOST_AGAIN = 0.1
ROUNDS = 5

#: Builds the tutorial's index of some files in a folder.
BuildTutorial = Callable[[Sequence[Path], Path], Any]

_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_NAMES = {
    INGEST: "(a) cargar los documentos",
    EMBED: "(b) solo los vectores de los mismos textos",
    AGAIN: "(c) cargarlos otra vez sin cambios",
    TUTORIAL: "(d) canalización del tutorial",
}


@dataclass(frozen=True)
class Speed:
    """What was measured: the timings of each piece of work by round, and how many texts there were."""

    texts: int
    timings: dict[str, list[Timing]]

    def median(self, name: str) -> Timing:
        return medians(self.timings[name])

    def best(self, name: str) -> float:
        """The shortest wall time: on a machine that others use, the nearest to what the work takes."""
        return min(timing.wall for timing in self.timings[name])

    @property
    def over_embedding(self) -> float:
        """(a) / (b), wall time."""
        return self.median(INGEST).wall / self.median(EMBED).wall

    @property
    def again(self) -> float:
        """(c) / (a), wall time."""
        return self.median(AGAIN).wall / self.median(INGEST).wall

    @property
    def passes(self) -> bool:
        return self.over_embedding <= MOST_OVER_EMBEDDING and self.again < MOST_AGAIN


def embedded_texts(knowledge: KnowledgeBase) -> list[str]:
    """The texts whose vectors the knowledge base holds, document by document: its rows, then its passages."""
    snapshot = knowledge.snapshot()
    texts: list[str] = []
    for document in snapshot.documents:
        texts += [row_embedding_text(row) for row in snapshot.rows if row.document_id == document.document_id]
        texts += [passage_embedding_text(p) for p in snapshot.passages if p.document_id == document.document_id]
    return texts


def measure(
    paths: Sequence[Path], embedder: Embedder, rounds: int = ROUNDS, tutorial: BuildTutorial | None = None
) -> Speed:
    """Time the pieces of work in turns. The embedder must be warm.

    Raises:
        InputError: when a document cannot be read; a benchmark of less than was asked for would say nothing.
    """
    from eval.bench.tutorial import text_files
    from ingest.knowledge import KnowledgeBase, StoreSettings
    from ingest.pipeline import ingest_paths

    files = text_files(paths)
    counted = 0

    def ingest(knowledge: KnowledgeBase) -> None:
        report = ingest_paths(paths, knowledge)
        if report.failed or not report.documents:
            names = ", ".join(one.document for one in report.failed) or "no hay ninguno"
            raise InputError(f"No se pudieron leer los documentos: {names}.")

    def turns(number: int) -> Iterator[tuple[str, Callable[[], Any]]]:
        nonlocal counted
        with (
            TemporaryDirectory(prefix=f"cabildo-bench-{number}-") as folder,
            KnowledgeBase.open(StoreSettings(Path(folder, "data")), embedder) as knowledge,
        ):
            yield INGEST, partial(ingest, knowledge)
            texts = embedded_texts(knowledge)
            counted = len(texts)
            yield EMBED, partial(embedder.embed_documents, texts)
            yield AGAIN, partial(ingest, knowledge)
            if tutorial is not None:
                yield TUTORIAL, partial(tutorial, files, Path(folder, "tutorial"))

    timings = interleave(turns, rounds)
    return Speed(texts=counted, timings=timings)


def warm(embedder: Embedder) -> None:
    """Load the model and run it once, so that no round pays for it."""
    embedder.embed_documents(["La meta del cuatrienio.", "Línea base y fuente."])
    embedder.count_tokens("meta")
    embedder.embed_query("meta")


def summary(speed: Speed) -> list[str]:
    """The medians and the bars, a line each."""
    lines = [f"{speed.texts} textos, {len(speed.timings[INGEST])} rondas; medianas en segundos"]
    for name, title in _NAMES.items():
        if name in speed.timings:
            one = speed.median(name)
            lines.append(f"{title:<45} {one.wall:7.3f} reloj {one.cpu:7.3f} CPU (la mejor {speed.best(name):.3f})")
    of_best = speed.best(INGEST) / speed.best(EMBED)
    of_cpu = speed.median(INGEST).cpu / (speed.median(EMBED).cpu or 1)
    lines.append(
        f"(a) / (b) = {speed.over_embedding:.2f}; debe ser {MOST_OVER_EMBEDDING} o menos "
        f"(de las mejores rondas {of_best:.2f}, en CPU {of_cpu:.2f})"
    )
    lines.append(f"(c) / (a) = {speed.again:.4f}; debe ser menos de {MOST_AGAIN}")
    if TUTORIAL in speed.timings:
        lines.append(f"(a) / (d) = {speed.median(INGEST).wall / speed.median(TUTORIAL).wall:.2f}; para información")
    return [_DECIMAL_POINT.sub(",", line) for line in lines]


def as_json(speed: Speed) -> dict[str, Any]:
    """The measures as a JSON object; times in seconds."""
    timings = {name: [asdict(timing) for timing in each] for name, each in speed.timings.items()}
    ratios = {"over_embedding": speed.over_embedding, "again": speed.again}
    return {"texts": speed.texts, **ratios, "passes": speed.passes, "timings": timings}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the bar is met, 1 when not or when a document cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.ingest", description="Mide la carga de documentos.")
    parser.add_argument("documents", nargs="+", type=Path, help="archivos o carpetas")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rondas; se dan las medianas")
    parser.add_argument("--json", action="store_true", help="escribe JSON y nada más")
    given = parser.parse_args(arguments)
    apply_quiet_environment(PACKAGED_EMBEDDER)
    try:
        embedder = load_embedder()
        warm(embedder)
        speed = measure(given.documents, embedder, max(1, given.rounds), _tutorial())
    except CabildoError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(as_json(speed), indent=1) if given.json else "\n".join(summary(speed)))
    return 0 if speed.passes else 1


def _tutorial() -> BuildTutorial | None:
    """The tutorial's pipeline with its own copy of the model, warm; None (and said so) when it is not installed."""
    from eval.bench import tutorial

    if not tutorial.is_available():
        print("Sin langchain-text-splitters no se compara con el tutorial.", file=sys.stderr)
        return None
    embeddings = tutorial.minilm()
    embeddings.embed_documents(["La meta del cuatrienio."])
    return lambda files, folder: tutorial.build(files, folder, embeddings)


if __name__ == "__main__":
    sys.exit(main())
