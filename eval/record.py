"""A run as it is kept: every question with its answer and verdict, and all that it takes to make the run again.

``QuestionSet ──run──▶ Run ──measures──▶ report`` · ``Run, Run ──compare──▶ Comparison``. A run is read without its set:
what was expected travels with each answer, but for texts that must not come out at all.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer
from eval.cases import Expect
from eval.grade import Grade

RUN_FORMAT = 2


class Part(BaseModel):
    """A frozen piece of a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RunDocument(Part):
    """A document that the assistant answered from; the id is the SHA-256 of its bytes."""

    document: str
    document_id: str
    entity: str | None = None
    period: str | None = None


class RowRecord(Part):
    """What an expected row said when the question was asked; ``text`` is None when there was no such row."""

    place: str = Field(description="where the set says it stands, e.g. '000:80'")
    text: str | None = None


class Counts(Part):
    """What the measures are made of, counted on one answer."""

    cited: int = Field(0, description="rows and passages that the answer cites")
    cited_right: int = Field(0, description="those of them that are expected")
    wanted: int = Field(0, description="rows that had to be cited; 1 when any of several will do")
    found: int = Field(0, description="those of them that were cited")
    figures: int = Field(0, description="different figures that the answer states")
    grounded: int = Field(0, description="those of them that a citation, shown computation, question or count holds")


class Retrieved(Part):
    """The first results of the search: for each the number of the expected row it is, or None."""

    ranks: tuple[int | None, ...]
    relevant: int = Field(description="how many expected rows there are")


class Usage(Part):
    """What a chat model was sent and sent back for one question, in tokens; ``cost`` in US dollars."""

    input_tokens: int
    output_tokens: int
    cost: float | None = Field(None, description="None when prompts/eval.yaml does not know the model's price")


class CaseRun(Part):
    """One question, its answer (None when none came), the verdict, and how long the answer took.

    ``stale`` says why the expectation is no longer one of these documents; such a question is told apart from the
    failed. ``judged`` are opinions of a model, which decide nothing.
    """

    id: str
    category: str
    question: str
    history: tuple[str, ...] = ()
    user: str | None = None
    expect: Expect
    answer: Answer | None = None
    grade: Grade
    stale: str | None = None
    rows: tuple[RowRecord, ...] = ()
    counts: Counts = Counts()
    retrieved: Retrieved | None = None
    usage: Usage | None = None
    judged: dict[str, float] = Field(default_factory=dict)
    elapsed_ms: float = Field(description="of the last answer alone")
    history_ms: float = Field(0.0, description="of the answers before it")

    @property
    def right(self) -> bool:
        """Whether the answer is what the set says; of a stale question too."""
        return self.grade.right

    @property
    def in_force(self) -> bool:
        """Whether the verdict says something about the assistant."""
        return self.stale is None


class Provenance(Part):
    """What made the answers, as far as it can be known: of a server only its address and its documents."""

    documents: tuple[RunDocument, ...] = ()
    embedder: str | None = None
    chat_model: str | None = None
    server: str | None = None
    settings: dict[str, Any] = Field(default_factory=dict, description="those that decide about answers; no secrets")
    prompts: dict[str, str] = Field(default_factory=dict, description="SHA-256 of each file of prompts/")
    code: str | None = Field(None, description="SHA-256 of the sources that read documents and answer")
    versions: dict[str, str] = Field(default_factory=dict)


class Run(Part):
    """Everything about one run of a set."""

    run_format: int
    run_id: str = Field(description="the set's name and when the run began, e.g. 'cartagena-20261121-153859'")
    set_name: str
    set_sha256: str
    made_by: Provenance
    machine: dict[str, str] = Field(default_factory=dict)
    jobs: int = Field(1, description="questions asked at a time")
    started_at: str = Field(description="ISO 8601, UTC")
    elapsed_s: float = Field(description="from the first question to the last answer")
    cases: tuple[CaseRun, ...]

    def case(self, case_id: str) -> CaseRun | None:
        return next((case for case in self.cases if case.id == case_id), None)
