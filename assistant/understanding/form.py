"""The form that a model fills in. Its descriptions are part of what the model is told."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.question.query import Field as QueryField

#: Kinds that a model may choose; what is refused is decided without it.
FormKind = Literal["value", "list", "count", "sum", "difference", "percent_change", "compare", "ranking", "yes_no"]
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Paraphrase(_Part):
    """Words of the question that say something which the documents call by another name."""

    said: Said = Field(description="las palabras de la pregunta, copiadas")
    means: Said = Field(description="el nombre que les da el plan, de la lista de indicadores")


class Names(_Part):
    """What narrows the question down, as the person said it; null for what the question does not name."""

    entity: Said | None = Field(description="municipio, distrito o departamento")
    period: Said | None = Field(description="periodo de gobierno, p. ej. 2024-2027")
    programme: Said | None = Field(description="programa")
    component: Said | None = Field(description="componente")
    strategic_line: Said | None = Field(description="línea estratégica")
    dependency: Said | None = Field(description="secretaría u oficina")


class Form(_Part):
    """What a question asks."""

    kind: FormKind = Field(description="clase de pregunta: un valor, una lista, un conteo …")
    fields: list[QueryField] = Field(max_length=6, description="qué se pide de la fila: meta, línea base, fuente …")
    names: Names
    years: list[Year] = Field(max_length=6, description="los años que la pregunta nombra")
    paraphrases: list[Paraphrase] = Field(max_length=4)
    continues: bool = Field(description="si la pregunta sigue a las anteriores y no se entiende sin ellas")
