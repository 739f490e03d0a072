"""Where officials meet Cabildo in Slack: each surface over HTTP and over Socket Mode."""

from __future__ import annotations

from tests.assistant.slack.conftest import PUENTES
from tests.support.fake_slack import FakeSlack
from tests.support.slack_people import Person, action_of, all_text, elements

HUELLAS = "¿Qué indicadores tiene el programa HUELLAS RURALES?"


def test_a_mention_is_answered_in_its_thread(slack: FakeSlack, either: Person) -> None:
    ts = either.mention("¿Cuántos docentes formados en lectura hay de meta?")
    (message,) = slack.wait(lambda: slack.seen("C1", ts))
    assert "320 docentes" in message.text
    assert "320 docentes" in all_text(message.blocks)
    slack.settle()
    assert len(slack.seen("C1")) == 1
    status = slack.called("assistant.threads.setStatus")[0].arguments
    assert (status["channel_id"], status["thread_ts"]) == ("C1", ts)
    assert status["status"]


def test_a_direct_message_is_answered_in_its_thread_which_gets_a_title(slack: FakeSlack, either: Person) -> None:
    ts = either.write(PUENTES)
    (message,) = slack.wait(lambda: slack.seen(either.direct, ts))
    assert "Construir 7 puentes" in message.text
    title = slack.called("assistant.threads.setTitle")[0].arguments
    assert (title["channel_id"], title["thread_ts"], title["title"]) == (either.direct, ts, PUENTES)


def test_a_follow_up_in_the_thread_goes_on_from_it(slack: FakeSlack, either: Person) -> None:
    ts = either.mention("¿Cuál es la meta de docentes formados en lectura?")
    slack.wait(lambda: slack.seen("C1", ts))
    either.mention("¿y la línea base?", thread_ts=ts)
    slack.wait(lambda: len(slack.seen("C1", ts)) == 2)
    assert "N.D." in slack.seen("C1", ts)[1].text


def test_the_command_answers_only_its_asker(slack: FakeSlack, either: Person) -> None:
    url = either.command(PUENTES)
    ((replied, body),) = slack.wait(lambda: list(slack.replies))
    assert replied == url
    assert body["response_type"] == "ephemeral"
    assert "Construir 7 puentes" in all_text(body["blocks"])
    assert slack.seen("C1") == []


def test_the_command_without_a_question_says_how_it_is_used(slack: FakeSlack, either: Person) -> None:
    either.command("  ")
    assert "/cabildo" in either.acknowledged["text"]
    slack.settle()
    assert slack.replies == []


def test_opening_the_messages_tab_offers_prompts_without_a_thread(slack: FakeSlack, either: Person) -> None:
    either.open_messages_tab()
    (call,) = slack.wait(lambda: slack.called("assistant.threads.setSuggestedPrompts"))
    assert call.arguments["channel_id"] == either.direct
    assert "thread_ts" not in call.arguments
    assert 1 <= len(call.arguments["prompts"]) <= 4


def test_the_older_assistant_pane_is_greeted_and_offered_prompts_in_its_thread(
    slack: FakeSlack, either: Person
) -> None:
    thread = either.open_pane()
    (call,) = slack.wait(lambda: slack.called("assistant.threads.setSuggestedPrompts"))
    assert call.arguments["thread_ts"] == thread
    assert len(slack.seen(either.direct, thread)) == 1
    either.write(PUENTES, thread_ts=thread)
    slack.wait(lambda: len(slack.seen(either.direct, thread)) == 2)
    assert "Construir 7 puentes" in slack.seen(either.direct, thread)[1].text


def test_the_home_tab_lists_the_documents_and_asks_its_examples(slack: FakeSlack, either: Person) -> None:
    either.open_home_tab()
    home = slack.wait(lambda: slack.homes.get(either.user))
    text = all_text(home["blocks"])
    assert "VILLA SERENA FLORECE" in text
    assert "Puerto Lindo" in text
    either.press(action_of(home["blocks"], "ask:0"), {"type": "view", "view_id": "V9"})
    slack.wait(lambda: len(slack.seen(either.direct)) == 2)
    asked, answered = slack.seen(either.direct)
    assert elements(home["blocks"], "button")[0]["value"] in asked.text
    assert answered.thread_ts == asked.ts
    assert "[1]" in answered.text
