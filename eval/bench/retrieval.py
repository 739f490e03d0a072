"""How well rows are found: ``python -m eval.bench.retrieval SET DOCUMENTS…``.

Each direct question of a set is asked of ``Assistant.as_retriever`` and of the tutorial's pipeline. A hit of Cabildo
is the expected row itself, as the grading of citations defines it; a hit of the tutorial is any chunk of the same
file that contains the row's expected cell or quote, which is kinder: the chunk need not say whose figure it is.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.settings import PACKAGED_EMBEDDER, apply_quiet_environment, read_settings
from eval.cases import Case, ExpectedRow
from eval.citing import cites
from eval.loading import find_set, load_set
from eval.numbers import holds, plain
from ingest.errors import CabildoError, InputError

if TYPE_CHECKING:
    from langchain_core.documents import Document

DIRECT = frozenset({"target", "baseline", "attribute", "paraphrase", "progress", "letter"})
DEPTH = 10
TOTAL = "total"

Find = Callable[[str], "list[Document]"]
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
    return [c for c in cases if c.category in DIRECT and c.expect.rows and "answered" in c.expect.status]


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


def measure(cases: Iterable[Case], find: Find, is_hit: IsHit) -> dict[str, Quality]:
    """The quality by category, and of all."""
    ranks: defaultdict[str, list[int | None]] = defaultdict(list)
    for case in cases:
        rank = rank_of_hit(find(case.question)[:DEPTH], case, is_hit)
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


def summary(measured: Mapping[str, Mapping[str, Quality]]) -> list[str]:
    """A line for each category and pipeline."""
    lines = [f"{'categoría':<12}{'canalización':<14}{'n':>4}{'acierto@1':>11}{'acierto@4':>11}{'MRR@10':>8}"]
    categories = next(iter(measured.values()), {})
    for category in categories:
        for name, by_category in measured.items():
            one = by_category[category]
            figures = f"{one.n:>4}{one.hit_1:>11.3f}{one.hit_4:>11.3f}{one.mrr:>8.3f}".replace(".", ",")
            lines.append(f"{category:<12}{name:<14}{figures}")
    return lines


def compare(cases: Sequence[Case], documents: Sequence[Path], *, with_tutorial: bool) -> dict[str, dict[str, Quality]]:
    """The quality of each pipeline on the same questions and documents, by pipeline and category."""
    from assistant.assistant import Assistant
    from eval.bench import tutorial
    from ingest.embedder import load_embedder
    from ingest.knowledge import KnowledgeBase, StoreSettings
    from ingest.pipeline import ingest_paths

    measured = {}
    with TemporaryDirectory(prefix="cabildo-bench-") as folder:
        with KnowledgeBase.open(StoreSettings(Path(folder, "data")), load_embedder()) as knowledge:
            report = ingest_paths(documents, knowledge)
            if report.failed or not report.documents:
                raise InputError("No se pudieron leer los documentos.", hint="Revise la ruta.")
            with closing(Assistant(knowledge, read_settings())) as assistant:
                measured["cabildo"] = measure(cases, assistant.as_retriever(k=DEPTH).invoke, is_row)
        if with_tutorial:
            files = tutorial.text_files(documents)
            store = tutorial.build(files, Path(folder, "tutorial"), tutorial.minilm())
            measured["tutorial"] = measure(cases, partial(store.similarity_search, k=DEPTH), chunk_test(files))
    return measured


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, or 1 when the set or the documents cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.retrieval", description="Mide lo que se encuentra.")
    parser.add_argument("set", help="archivo YAML, carpeta con questions.yaml, o nombre")
    parser.add_argument("documents", nargs="+", type=Path, help="archivos o carpetas")
    given = parser.parse_args(arguments)
    apply_quiet_environment(PACKAGED_EMBEDDER)
    from eval.bench import tutorial

    with_tutorial = tutorial.is_available()
    if not with_tutorial:
        print("Sin langchain-text-splitters no se compara con el tutorial.", file=sys.stderr)
    try:
        cases = direct_cases(load_set(find_set(given.set)).cases)
        measured = compare(cases, given.documents, with_tutorial=with_tutorial)
    except CabildoError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(summary(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
