"""The values of a question set: each question with what a right answer holds.

They are read in :mod:`eval.loading`; the rules of grading stand in :mod:`eval.grade`. The descriptions here are what
editors show, through the JSON Schema of :mod:`eval.schema`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from assistant.answer import Status
from eval.numbers import TOKEN, readings
from ingest.errors import SettingsError
from ingest.fold import fold

Category = Literal[
    "target",
    "baseline",
    "attribute",
    "paraphrase",
    "list",
    "aggregate",
    "progress",
    "letter",
    "followup",
    "unanswerable",
    "ambiguous",
    "discrepancy",
    "adversarial",
    "english",
]
User = Literal["official", "staff", "citizen", "evaluator"]
Match = Literal["any", "all", "set"]
Text = Annotated[str, StringConstraints(min_length=1)]

CATEGORIES: tuple[str, ...] = get_args(Category)


class SetError(SettingsError):
    """A question set that cannot be used; the message names the file, the line and what to write instead.

    A wrong use of the command, as a wrong setting is: exit code 2 is not the 1 of a bar that was missed.
    """


class Part(BaseModel):
    """A frozen piece of a question set; unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedRow(Part):
    """Where a row that a right answer cites stands."""

    file: Text = Field(description="comienzo del nombre del archivo, entre comillas: '000'")
    line_no: Annotated[int, Field(strict=True, ge=1)] | None = Field(None, description="línea del texto, desde 1")
    sheet: Text | None = Field(None, description="hoja del libro; va con cell")
    cell: Text | None = Field(None, description="celdas de la fila, como A3:G3; va con sheet")
    indicator: Text | None = Field(None, description="indicador de la fila, como está impreso")
    programme: Text | None = Field(None, description="programa de la fila, para quien lee")
    metric: Text | None = Field(None, description="qué mide la cifra de un informe, para quien lee")
    fact: Text | None = Field(None, description="de qué habla la cifra de una carta, para quien lee")
    value_text: Text | None = Field(None, description="la cifra como está impresa, para quien lee")
    quote: Text | None = Field(None, description="palabras del pasaje, para quien lee")

    @model_validator(mode="after")
    def _says_which(self) -> ExpectedRow:
        if self.line_no is None and self.cell is None and self.indicator is None:
            raise PydanticCustomError("place", "no dice qué fila es: escriba line_no, o sheet y cell, o indicator")
        if (self.sheet is None) != (self.cell is None):
            raise PydanticCustomError("place", "sheet y cell van juntos")
        return self

    @property
    def place(self) -> str:
        """Where it stands, in short: '000:80', 'metas.xlsx:Hoja!A3:G3', 'plan.docx:«Puentes construidos»'."""
        if self.line_no is not None:
            return f"{self.file}:{self.line_no}"
        return f"{self.file}:{self.sheet}!{self.cell}" if self.cell else f"{self.file}:«{self.indicator}»"


class Computed(Part):
    """A figure that no document prints; ``value`` or one of ``accept`` must appear, however decimals are marked."""

    value: Text = Field(description="el resultado: '7,1' o '5.000'")
    accept: tuple[Text, ...] = Field((), description="otras maneras de decirlo que también valen")
    expr: Text = Field(description="cómo se llega a él: '35.1 - 28'")

    @model_validator(mode="after")
    def _holds_numbers(self) -> Computed:
        for text in (self.value, *self.accept):
            if not any(map(readings, TOKEN.findall(text))):
                raise PydanticCustomError("number", "«{text}» no es un número: escriba «7,1» o «5.000»", {"text": text})
        return self


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Expect(Part):
    """What a right answer holds."""

    status: Annotated[tuple[Status, ...], BeforeValidator(_as_list), Field(min_length=1)] = Field(
        description="el estado de la respuesta; con una lista vale cualquiera de ellos"
    )
    rows: tuple[ExpectedRow, ...] = Field((), description="filas que una respuesta correcta cita")
    match: Match = Field("any", description="any: una de las filas; all: todas; set: estas y ninguna más")
    figures: tuple[Text, ...] = Field((), description="cifras que deben estar en la respuesta, como están impresas")
    text: tuple[Text, ...] = Field((), description="textos que deben estar, sin mirar mayúsculas ni tildes")
    absent: tuple[Text, ...] = Field((), description="textos que no deben estar")
    computed: tuple[Computed, ...] = Field((), description="cifras calculadas, que ningún documento imprime")
    ordered: Annotated[bool, Field(strict=True)] = Field(False, description="las cifras van en este orden")

    @model_validator(mode="after")
    def _asks_for_something(self) -> Expect:
        if self.match != "any" and not self.rows:
            raise PydanticCustomError("rows", "match: {match} necesita filas en rows", {"match": self.match})
        if self.ordered and len(self.figures) < 2:
            raise PydanticCustomError("ordered", "ordered necesita dos cifras o más en figures")
        for figure in self.figures:
            if not TOKEN.search(figure):
                raise PydanticCustomError(
                    "figure", "la cifra «{figure}» no tiene dígitos: póngala en text", {"figure": figure}
                )
        if self.status == ("answered",) and not (self.rows or self.figures or self.text or self.computed):
            raise PydanticCustomError(
                "empty", "con status: answered hay que pedir algo: rows, figures, text o computed"
            )
        return self


class CaseText(Part):
    """A question as the file writes it."""

    id: Text = Field(description="nombre único de la pregunta en el conjunto")
    category: Category = Field(description="clase de pregunta, para las medidas")
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(
        description="la pregunta, como la escribe quien pregunta"
    )
    expect: Expect = Field(description="lo que tiene una respuesta correcta")
    history: tuple[Text, ...] = Field((), description="preguntas anteriores de la misma persona, en orden")
    user: User | None = Field(None, description="quién pregunta")
    note: str | None = Field(None, description="para quien lee")
    not_in_docs: tuple[str, ...] = Field((), description="textos que se comprobó que no están en los documentos")


class Case(CaseText):
    """A question with what its set says of copies.

    ``twins`` are pairs of files in which a row of the same indicator is the same row; ``known`` the rows of such files
    whose place is known: those that any question of the set names, and those that the documents have.
    """

    twins: frozenset[frozenset[str]] = frozenset()
    known: tuple[ExpectedRow, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """A loaded set; ``documents`` is the folder of its own documents, or None when it has none.

    ``row_lines`` says at which line of the file an expected row is written, by (question id, number from 0);
    ``baseline`` is the run that travels with the set, if there is one.
    """

    name: str
    sha256: str
    cases: tuple[Case, ...]
    documents: Path | None
    file: str = "questions.yaml"
    row_lines: Mapping[tuple[str, int], int] = field(default_factory=dict)
    baseline: Path | None = None


def same_indicator(one: str | None, other: str | None) -> bool:
    """Whether two indicators are the same but for case, accents, spaces and a final stop."""
    return one is not None and other is not None and fold(one).rstrip(" .") == fold(other).rstrip(" .")
