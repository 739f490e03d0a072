"""The sentences that Cabildo says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from assistant.composing import phrases as module
from assistant.composing.phrases import phrases
from assistant.question.query import Field
from ingest.errors import SettingsError
from ingest.wording import load_yaml

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Change], None]]:
    """Changes the sentences as whoever edits the file would."""

    def apply(edit: Change) -> None:
        content = deepcopy(load_yaml("answers.yaml"))
        edit(content)
        monkeypatch.setattr(module, "load_yaml", lambda name: content)
        phrases.cache_clear()

    yield apply
    phrases.cache_clear()


def test_a_placeholder_that_nobody_fills_is_refused_by_name(change: Callable[[Change], None]) -> None:
    change(lambda content: content["es"].update(target="La meta es {metta} {mark}."))
    with pytest.raises(SettingsError, match=r"«target».*metta"):
        phrases("es")


def test_a_sentence_that_one_language_lacks_is_refused_by_name(change: Callable[[Change], None]) -> None:
    change(lambda content: content["en"].pop("clarify"))
    with pytest.raises(SettingsError, match="clarify"):
        phrases("es")


def test_a_sentence_is_filled_in_and_what_is_absent_is_empty() -> None:
    said = phrases("es").say("baseline", indicator="Faroles", baseline="N.D.", source=None, mark="[1]")
    assert said == "La línea base de «Faroles» es: N.D. [1]."


def test_braces_in_a_cell_are_text() -> None:
    said = phrases("es").say("target", indicator="{mark} {0} {x!r}", target="{source}", mark="[1]")
    assert said == "La meta de «{mark} {0} {x!r}» es: {source} [1]."


def test_every_field_has_a_name_in_both_languages() -> None:
    for name in Field.__args__:  # type: ignore[attr-defined]
        assert phrases("es").field(name)
        assert phrases("en").field(name)


def test_no_sentence_brings_a_figure_of_its_own() -> None:
    """Besides the 1 of ``set_head_one``, which is the count of the set that it heads."""
    with_digits = {name for name, text in phrases("es").sentences.items() if any(char.isdigit() for char in text)}
    assert with_digits <= {"set_head_one"}
