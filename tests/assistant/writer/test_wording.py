"""``prompts/writer.yaml`` is checked when it is loaded."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from assistant.writer.wording import checked, wording
from ingest.errors import SettingsError
from ingest.wording import load_yaml


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(load_yaml("writer.yaml"))


def test_the_file_is_whole() -> None:
    assert wording().prompts.system


@pytest.mark.parametrize(
    ("part", "name", "text", "named"),
    [
        ("prompts", "user", "{question} {history} {composed}", "evidence"),
        ("prompts", "system", "{language} {mood}", "mood"),
        ("prompts", "rewrite", "{sentence} {reasons} {accepted} {", "rewrite"),
        ("reasons", "number", "La cifra {figure}", "figure"),
        ("reasons", "novelty", "Algo", "novelty"),
    ],
)
def test_a_placeholder_that_is_missing_or_that_nobody_fills_is_an_error(
    content: dict[str, Any], part: str, name: str, text: str, named: str
) -> None:
    content[part][name] = text
    with pytest.raises(SettingsError, match=named):
        checked(content)


def test_a_list_nobody_reads_is_an_error(content: dict[str, Any]) -> None:
    content["guard"]["moods"] = ["feliz"]
    with pytest.raises(SettingsError, match="moods"):
        checked(content)
