"""The answer and its parts, as every front end and every program that calls Cabildo sees them.

The field names are the contract of ``POST /v1/ask`` and ``cabildo ask --json``.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["answered", "not_found", "clarify", "refused"]
CitationKind = Literal["row", "passage", "filter"]
Mode = Literal["composed", "model"]


class Part(BaseModel):
    """A frozen piece of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(Part):
    """What somebody asks, with what narrows it down."""

    question: str = Field(description="the question in the asker's own words")
    conversation_id: str | None = Field(None, description="the conversation it goes on; None begins one")
    entity: str | None = Field(None, description="answer from this territorial entity alone")
    period: str | None = Field(None, description="answer from this government period alone")


class Citation(Part):
    """A numbered pointer to a row, a passage or the filter that proves a set.

    It holds what the row said when it was cited, so that an old answer can be read after its document was replaced.
    """

    n: int
    kind: CitationKind
    row_id: str | None = None
    document: str | None = Field(None, description="file name")
    title: str | None = None
    entity: str | None = None
    period: str | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    path: list[list[str]] = Field(default_factory=list, description="[level, value] pairs above the row")
    dependency: str | None = None
    indicator: str | None = None
    baseline: dict[str, Any] | None = None
    target: dict[str, Any] | None = None
    purpose: str | None = Field(None, description="what the row's programme is oriented to")
    ods: str | None = None
    metric: str | None = None
    figure: dict[str, Any] | None = None
    warnings: list[str] = Field(default_factory=list, description="what the reader of the row was unsure of")
    quote: str = Field("", description="verbatim")
    url: str | None = Field(None, description="path on the server, absolute when CABILDO_PUBLIC_URL is set")
    count: int | None = Field(None, description="of a filter: how many rows it gives")
    filters: dict[str, str] | None = Field(None, description="of a filter: its terms")


class AnswerFigure(Part):
    """A figure that the answer states, and where it stands."""

    text: str = Field(description="as printed, or as computed")
    value: float | int | None = None
    citations: list[int] = Field(default_factory=list)
    derivation: str | None = Field(None, description="the terms of a computed figure, e.g. '35,1 − 28', '3 filas'")


class Answer(Part):
    """One answer."""

    status: Status
    answer: str = Field(description="text with [n] marks")
    citations: list[Citation] = Field(default_factory=list)
    figures: list[AnswerFigure] = Field(default_factory=list)
    suggestions: list[str] = Field(default_factory=list)
    conversation_id: str | None = None
    answer_id: str | None = None
    mode: Mode = "composed"
    elapsed_ms: int = 0
