"""What a model writes appears while it writes; whatever goes wrong, one whole answer stands at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.slack.text import escape_markdown
from tests.assistant.slack.conftest import http_server, settings_for, socket_server
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.scripted_model import Say, scripted_model
from tests.support.slack_people import Person, all_text
from tests.support.town import Town

MUELLES = "¿Cuál es la meta de muelles pesqueros rehabilitados?"
GOOD = "La meta es rehabilitar 5 muelles pesqueros [1]. La línea base era de 2 muelles [1]."
BAD = "La meta es rehabilitar 5 muelles pesqueros [1]. Se rehabilitarán 77 muelles [1]."


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.delenv(name, raising=False)


@contextmanager
def person_with_model(
    slack: FakeSlack, town: Town, folder: Path, *replies: Say | str, wire: str = "http"
) -> Iterator[Person]:
    with scripted_model(*replies) as model:
        settings = settings_for(
            slack,
            folder,
            chat_model="openai:gpt-4.1-mini",
            chat_api_key="sk-loopback",
            chat_base_url=model.url,
            understand_with_model=False,
        )
        server = http_server(settings, town) if wire == "http" else socket_server(settings, town, slack)
        with server as through:
            yield Person(slack, through)


@pytest.mark.parametrize("wire", ["http", "socket"])
def test_the_sentences_of_a_model_are_streamed_and_end_with_the_rows(
    slack: FakeSlack, town: Town, tmp_path: Path, wire: str
) -> None:
    with person_with_model(slack, town, tmp_path, Say(GOOD, between=0.02), wire=wire) as ana:
        ts = ana.mention(MUELLES)
        slack.wait(lambda: slack.called("chat.stopStream"))
    (started,) = slack.called("chat.startStream")
    assert started.arguments["recipient_user_id"] == ana.user
    assert started.arguments["recipient_team_id"] == ana.team
    assert len(slack.called("chat.appendStream")) == 1
    (message,) = slack.seen("C1", ts)
    assert message.text.split() == escape_markdown(GOOD).split()
    assert not message.is_streaming
    assert "Muelles pesqueros rehabilitados" in all_text(message.blocks)
    assert message.blocks[-1]["type"] == "context_actions"
    assert slack.called("chat.postMessage") == []


def test_an_answer_whose_later_sentence_fails_the_check_is_replaced(
    slack: FakeSlack, town: Town, tmp_path: Path
) -> None:
    with person_with_model(slack, town, tmp_path, Say(BAD, between=0.01)) as ana:
        ts = ana.write(MUELLES)
        slack.wait(lambda: slack.called("chat.update"))
    (message,) = slack.seen(ana.direct, ts)
    assert "77" not in message.text + all_text(message.blocks)
    assert "Rehabilitar 5 muelles" in message.text
    assert not message.is_streaming


@pytest.mark.parametrize(
    "failure", [Failure(error="channel_type_not_supported"), Failure(status=429, retry_after=60), Failure(drop=True)]
)
def test_where_streaming_does_not_work_the_answer_comes_whole(
    slack: FakeSlack, town: Town, tmp_path: Path, failure: Failure
) -> None:
    slack.fail("chat.startStream", failure)
    with person_with_model(slack, town, tmp_path, GOOD) as ana:
        ts = ana.mention(MUELLES)
        slack.wait(lambda: slack.called("chat.postMessage"))
        slack.settle()
    (message,) = slack.seen("C1", ts)
    assert "5 muelles" in all_text(message.blocks)


@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
def test_a_stream_that_breaks_off_becomes_the_whole_answer_when_slack_is_back(
    slack: FakeSlack, town: Town, tmp_path: Path, method: str
) -> None:
    slack.fail(method, *[Failure(status=503)] * 3)
    with person_with_model(slack, town, tmp_path, Say(GOOD, between=0.02)) as ana:
        ts = ana.mention(MUELLES)
        slack.wait(lambda: slack.called("chat.update") and not slack.seen("C1", ts)[0].is_streaming)
        slack.settle()
    (message,) = slack.seen("C1", ts)
    assert "5 muelles" in all_text(message.blocks)
    assert "5 muelles" in message.text


def test_markdown_of_a_document_is_shown_literally() -> None:
    assert escape_markdown("a *b* _c_ [d](http://e) `f` # g <!channel> & ~h~ | i") == (
        "a \\*b\\* \\_c\\_ \\[d\\]\\(http://e\\) \\`f\\` \\# g &lt;\\!channel&gt; &amp; \\~h\\~ \\| i"
    )
    assert escape_markdown("12. uno\n- dos") == "12\\. uno\n\\- dos"
