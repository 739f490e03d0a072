"""The functions that make rows and passages of a file, as one value that a run is given."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.parsing import LocalParser, ParseLimits, Parser
from ingest.records import Extraction, Overrides, Passage, ReadDocument
from ingest.sandbox import Sandbox


@dataclass(frozen=True)
class Stages:
    """The functions that make rows and passages of a file.

    ``suffixes`` are those of the files that are looked for; ``containers`` those of files with files inside, of which
    ``archives`` are no documents themselves. A ``parser`` does the work of ``read`` and ``extract`` for a whole run;
    ``enrich`` adds to what it made of the document of that id.
    """

    read: Callable[[Path, str], ReadDocument]
    extract: Callable[[ReadDocument, Overrides], Extraction]
    cut: Callable[..., tuple[Passage, ...]]
    version: str
    suffixes: Collection[str]
    containers: Collection[str] = ()
    archives: Collection[str] = ()
    parser: Callable[[], AbstractContextManager[Parser]] | None = None
    enrich: Callable[[Extraction, str], Extraction] | None = None

    def open_parser(self) -> AbstractContextManager[Parser]:
        return nullcontext(LocalParser(self.read, self.extract)) if self.parser is None else self.parser()


def default_stages() -> Stages:
    """The readers, the extractor and the cutter of this package, in this process."""
    from ingest.chunks import cut_passages
    from ingest.extract import EXTRACTOR_VERSION, extract
    from ingest.readers import CONTAINERS, READERS, read_file

    documents, containers = frozenset(READERS), frozenset(CONTAINERS)
    return Stages(
        read_file,
        extract,
        cut_passages,
        EXTRACTOR_VERSION,
        suffixes=documents | containers,
        containers=containers,
        archives=containers - documents,
    )


def sandboxed(stages: Stages, limits: ParseLimits | None = None, defaults: Overrides | None = None) -> Stages:
    """The stages with files parsed in a child process within limits; what they read and extract with does not count.

    ``defaults`` are for what neither the document nor anybody says of it.
    """
    return replace(stages, parser=lambda: Sandbox(limits, defaults))
