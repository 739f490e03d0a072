"""How long a long PDF takes to come in, and in how much memory: ``python -m eval.bench.pdf [--pages N] [--rows N]``.

In turns: (a) ``cabildo ingest`` of the document into an empty data folder, the whole command from its start to its
end; (b) extracting the document's tables with pdfplumber and nothing else; (c) embedding the texts of its rows and
nothing else. The bar: (a) at most 1.3 times (b) + (c), and under 1.5 GB of memory in all its processes together. The
prose of the document is embedded too, in (a) only: ``--sentences`` says how much of it there is.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import PACKAGED_EMBEDDER, apply_quiet_environment
from eval.bench.long_pdf import LongPdf, write_long_pdf
from eval.bench.timing import Timing, medians
from eval.bench.watching import Watched, watch
from ingest.errors import CabildoError, InputError

INGEST, TABLES, ROWS = "ingest", "tables", "rows"
MOST_OVER_PARTS = 1.3
MOST_BYTES = 1_500_000_000
ROUNDS = 3

_MEGABYTE = 1_000_000
_NAMES = {
    INGEST: "(a) cabildo ingest, la orden entera",
    TABLES: "(b) solo las tablas, con pdfplumber",
    ROWS: "(c) solo los vectores de las filas",
}


@dataclass(frozen=True)
class Cost:
    """What was measured of a document of so many pages and rows: timings by round, bytes at the worst moment."""

    pages: int
    rows: int
    timings: dict[str, list[Timing]]
    own: int
    children: int
    together: int

    def median(self, name: str) -> Timing:
        return medians(self.timings[name])

    @property
    def over_parts(self) -> float:
        """(a) / ((b) + (c)), wall time: the median of the rounds, since what else runs slows a whole round."""
        rounds = zip(*(self.timings[name] for name in (INGEST, TABLES, ROWS)), strict=True)
        ratios: list[float] = sorted(whole.wall / (tables.wall + rows.wall) for whole, tables, rows in rounds)
        return ratios[len(ratios) // 2]

    @property
    def cpu_over_parts(self) -> float:
        """The same of processor time, the start of the command and the loading of the model included."""
        return self.median(INGEST).cpu / (self.median(TABLES).cpu + self.median(ROWS).cpu)

    @property
    def passes(self) -> bool:
        return self.over_parts <= MOST_OVER_PARTS and self.together < MOST_BYTES


def measure(wanted: LongPdf, rounds: int = ROUNDS) -> Cost:
    """Write the document and time the pieces of work in turns.

    Raises:
        InputError: when not every row of it comes in; a benchmark of less would say nothing.
    """
    timings: dict[str, list[Timing]] = {name: [] for name in _NAMES}
    watched: list[Watched] = []
    with TemporaryDirectory(prefix="cabildo-bench-") as name:
        document, texts = Path(name, "plan.pdf"), Path(name, "filas.json")
        write_long_pdf(document, wanted)
        texts.write_text(json.dumps(row_texts(document)), "utf-8")
        for number in range(rounds):
            timings[TABLES].append(_alone("tables", document))
            timings[ROWS].append(_alone("rows", texts))
            watched.append(ingest_watched(document, Path(name, f"data-{number}"), wanted.rows))
            timings[INGEST].append(watched[-1].timing)
    most = (max(getattr(one, kind) for one in watched) for kind in ("own", "children", "together"))
    return Cost(wanted.pages, wanted.rows, timings, *most)


def row_texts(document: Path) -> list[str]:
    """What the vectors of a document's rows are made of."""
    from ingest.extract import extract
    from ingest.readers import read_file
    from ingest.searchtext import row_embedding_text

    return [row_embedding_text(row) for row in extract(read_file(document)).rows]


def _alone(work: str, path: Path) -> Timing:
    command = [sys.executable, "-m", "eval.bench.alone", work, str(path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Timing(**json.loads(printed))


def ingest_watched(document: Path, data: Path, rows: int) -> Watched:
    """``cabildo ingest`` of a document into a folder. Raises ``InputError`` unless so many rows came in."""
    command = [sys.executable, "-m", "assistant.cli", "ingest", str(document), "--json"]
    watched = watch(command, {**os.environ, "CABILDO_DATA_DIR": str(data)})
    came = json.loads(watched.output)["documents"][0]["rows"] if watched.code == 0 else 0
    if came != rows:
        raise InputError(f"Entraron {came} filas de {rows}: {watched.output[-300:].strip()}")
    return watched


def summary(cost: Cost) -> Iterator[str]:
    """The medians, the memory and the bars, a line each."""
    rounds = len(cost.timings[INGEST])
    yield f"{cost.pages} páginas, {cost.rows} filas, {rounds} rondas; medianas en segundos"
    for name, title in _NAMES.items():
        one, best = cost.median(name), min(timing.wall for timing in cost.timings[name])
        yield f"{title:<38} {one.wall:7.1f} reloj {one.cpu:7.1f} CPU (la mejor {best:.1f})".replace(".", ",")
    ratios = f"(a) / ((b) + (c)) = {cost.over_parts:.2f}; debe ser {MOST_OVER_PARTS} o menos"
    yield f"{ratios} (en CPU {cost.cpu_over_parts:.2f})".replace(".", ",")
    own, children, together = (held // _MEGABYTE for held in (cost.own, cost.children, cost.together))
    yield (
        f"memoria: {own} MB la orden, {children} MB el proceso que lee, {together} MB juntos; "
        f"debe ser menos de {MOST_BYTES // _MEGABYTE} MB"
    )


def as_json(cost: Cost) -> dict[str, Any]:
    """The measures as a JSON object; times in seconds, memory in bytes."""
    ratios = {"over_parts": cost.over_parts, "cpu_over_parts": cost.cpu_over_parts, "passes": cost.passes}
    return {**asdict(cost), **ratios}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the bars are met, 1 when not."""
    usual = LongPdf()
    parser = argparse.ArgumentParser(prog="python -m eval.bench.pdf", description="Mide la carga de un PDF largo.")
    parser.add_argument("--pages", type=int, default=usual.pages, help="páginas")
    parser.add_argument("--rows", type=int, default=usual.rows, help="filas en todas ellas")
    parser.add_argument("--sentences", type=int, default=usual.sentences, help="frases de prosa en cada página")
    parser.add_argument("--unruled", action="store_true", help="tablas sin líneas")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rondas; se dan las medianas")
    parser.add_argument("--json", action="store_true", help="escribe JSON y nada más")
    given = parser.parse_args(arguments)
    apply_quiet_environment(PACKAGED_EMBEDDER)
    try:
        cost = measure(LongPdf(given.pages, given.rows, given.sentences, ruled=not given.unruled), max(1, given.rounds))
    except CabildoError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(as_json(cost), indent=1) if given.json else "\n".join(summary(cost)))
    return 0 if cost.passes else 1


if __name__ == "__main__":
    sys.exit(main())
