"""Two pieces of work alone, each in a process of its own: ``python -m eval.bench.alone tables|rows FILE``.

``tables`` is what pdfplumber needs to extract the tables of a PDF, its pages closed one after the other; ``rows`` what
embedding the texts of its rows (a JSON list) needs. Only the work is timed, not the start of the process, the imports
or the loading of the model. Prints a ``Timing`` as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from eval.bench.timing import Timing, timed


def extract_tables(path: Path) -> Timing:
    """Every table of every page, in pdfplumber's own way."""
    import pdfplumber

    def work() -> None:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_tables()
                page.close()

    return timed(work)


def embed_rows(path: Path) -> Timing:
    """The vectors of the texts, made by the packaged model at one go."""
    from eval.bench.ingest import warm
    from ingest.embedder import load_embedder

    texts = json.loads(path.read_text("utf-8"))
    embedder = load_embedder()
    warm(embedder)
    return timed(lambda: embedder.embed_documents(texts))


_WORK: dict[str, Callable[[Path], Timing]] = {"tables": extract_tables, "rows": embed_rows}

if __name__ == "__main__":
    print(json.dumps(asdict(_WORK[sys.argv[1]](Path(sys.argv[2])))))
