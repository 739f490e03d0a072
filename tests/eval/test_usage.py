"""Tokens of a chat model are counted for the question that used them, and cost what the price list says."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from assistant.settings import Settings
from assistant.writer.model import ChatModel, open_chat_model
from eval import usage
from eval.record import Usage
from eval.usage import counting_usage
from eval.wording import Price, wording
from tests.support.scripted_model import scripted_model


class Form(BaseModel):
    word: str


@pytest.fixture
def model() -> Iterator[ChatModel]:
    with scripted_model(json.dumps({"word": "sí"})) as scripted:
        yield open_chat_model(
            Settings(chat_model="openai:scripted", chat_api_key="k", chat_base_url=scripted.url, _env_file=None)
        )


def test_what_a_thread_of_the_model_uses_is_counted_for_its_question_alone(model: ChatModel) -> None:
    def fill() -> None:
        assert model.fill([("user", "¿?")], Form, time.monotonic() + 20) == Form(word="sí")

    with counting_usage("openai:scripted") as used:
        fill()
        fill()
        assert used() == Usage(input_tokens=2, output_tokens=2, cost=None)
    with counting_usage("openai:scripted") as used:
        assert used() is None


def test_a_model_with_a_price_has_a_cost(model: ChatModel, monkeypatch: pytest.MonkeyPatch) -> None:
    priced = wording().model_copy(update={"prices": {"openai:scripted": Price(input=2, output=8)}})
    monkeypatch.setattr(usage, "wording", lambda: priced)
    with counting_usage("openai:scripted") as used:
        model.fill([("user", "¿?")], Form, time.monotonic() + 20)
        found = used()
    assert found is not None
    assert found.cost == pytest.approx(10 / 1_000_000)


def test_without_a_model_nothing_is_counted() -> None:
    with counting_usage(None) as used:
        assert used() is None
