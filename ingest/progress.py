"""How far an ingest is: documents, and the pages or texts of the one at work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

#: ``reading`` counts pages, ``embedding`` counts texts, ``saving`` counts nothing.
Stage = Literal["reading", "embedding", "saving"]


@dataclass(frozen=True)
class Step:
    """Documents done and in all, the name of the one at work (None at the end), and how far it is.

    ``part`` of ``parts`` are those of the stage; ``parts`` is 0 where nothing is counted. Embedding and saving are of
    all documents that are committed together; the name is that of the last.
    """

    done: int
    total: int
    document: str | None = None
    stage: Stage | None = None
    part: int = 0
    parts: int = 0


#: Told of each step, in the thread of the ingest.
Progress = Callable[[Step], None]
#: Told (done, in all) of what is counted.
Count = Callable[[int, int], None]


@dataclass
class Teller:
    """Tells somebody, or nobody, of the steps of a run; what a step does not change stays as it was."""

    progress: Progress | None
    step: Step

    def tell(self, **changes: Any) -> None:
        self.step = replace(self.step, **changes)
        if self.progress is not None:
            self.progress(self.step)

    def document(self, name: str, done: int | None = None) -> None:
        """A document begins; one inside a container leaves the count as it is."""
        done = self.step.done if done is None else done
        self.tell(done=done, document=name, stage="reading", part=0, parts=0)

    def pages(self, done: int, total: int) -> None:
        self.tell(stage="reading", part=done, parts=total)

    def texts(self, done: int, total: int) -> None:
        self.tell(stage="embedding", part=done, parts=total)

    def saving(self) -> None:
        self.tell(stage="saving", part=0, parts=0)

    def end(self) -> None:
        self.tell(done=self.step.total, document=None, stage=None, part=0, parts=0)
