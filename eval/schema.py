"""The JSON Schema of question sets, for editors: ``python -m eval.schema`` writes it where sets look for it.

A set names it in its first line: ``# yaml-language-server: $schema=../questions.schema.json``. The schema holds what
can be said in it; ids that stand twice and rows that are nowhere are found by ``cabildo eval run`` before it asks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from eval.cases import CaseText

PATH = Path(__file__).parent / "sets/questions.schema.json"


def question_schema() -> dict[str, Any]:
    """The schema of a whole set, draft 2020-12."""
    schema = TypeAdapter(list[CaseText]).json_schema(mode="validation")
    expect = schema["$defs"]["Expect"]
    statuses = expect["properties"]["status"]
    # One status may be written without its brackets, which the type alone does not say.
    one = {key: statuses["items"][key] for key in statuses["items"]}
    kept = {key: statuses.pop(key) for key in ("description", "title") if key in statuses}
    expect["properties"]["status"] = {**kept, "anyOf": [one, statuses]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Conjunto de preguntas de Cabildo",
        "minItems": 1,
        **schema,
    }


def as_text() -> str:
    return json.dumps(question_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PATH.write_text(as_text(), encoding="utf-8")
