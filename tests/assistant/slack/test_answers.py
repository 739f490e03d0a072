"""What an answer looks like in Slack, and its buttons."""

from __future__ import annotations

import io
import time
from pathlib import Path

import openpyxl
import pytest

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.slack import limits
from assistant.slack.answers import Setting, answer_message, full_list
from assistant.slack.links import Links
from assistant.slack.references import CitationRef, PublishRef
from assistant.slack.wording import wording
from tests.assistant.slack.conftest import PUENTES, http_server, settings_for
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.slack_limits import faults
from tests.support.slack_people import Person, action_of, all_text, elements
from tests.support.slack_workspace import Message
from tests.support.town import Town

PARALLEL = "¿Cuál es la meta de kilómetros de vía terciaria mejorados?"
HUELLAS = "¿Qué indicadores tiene el programa HUELLAS RURALES?"
MUELLES = "¿Cuál es la meta de muelles pesqueros rehabilitados?"
NASTY = "<!channel> & *negrita* _x_ ~t~ `c` [1](http://mal.example) | a | b |\n> cita :smile: <@U1>"


def answered(slack: FakeSlack, person: Person, question: str) -> Message:
    ts = person.mention(question)
    (message,) = slack.wait(lambda: slack.seen("C1", ts))
    return message


def citation(n: int, **more: object) -> Citation:
    given = {
        "n": n,
        "kind": "row",
        "row_id": f"{'d' * 12}.l{n}",
        "document": "plan.txt",
        "title": "Plan",
        "entity": "Villa Serena",
        "period": "2024-2027",
        "line": n,
        "path": [["Programa", "HUELLAS"]],
        "indicator": f"Indicador {n}",
        "baseline": {"text": "3", "source": "Oficina, 2023"},
        "target": {"text": "9"},
        "quote": f"Indicador {n} | 3 | 9",
    }
    return Citation(**(given | more))


def message_of(answer: Answer, **setting: object) -> Message:
    made = answer_message(answer, Links("https://cabildo.example"), wording(), Setting(**setting))  # type: ignore[arg-type]
    arguments = {"channel": "C1", "text": made.text, "blocks": made.blocks}
    assert faults("chat.postMessage", arguments) == []
    return Message("C1", "1.0", made.text, made.blocks)


# One row, several, many


def test_one_cited_row_is_a_compact_block_with_its_buttons(slack: FakeSlack, ana: Person) -> None:
    message = answered(slack, ana, MUELLES)
    kinds = [block["type"] for block in message.blocks]
    assert "table" not in kinds
    text = all_text(message.blocks)
    for part in ("RUTA AZUL", "Muelles pesqueros rehabilitados", "2 muelles → Rehabilitar 5 muelles"):
        assert part in text
    assert "Capitanía, 2023" in text
    assert "línea" in text
    assert {"row_view", "document_view"} <= {one["action_id"] for one in elements(message.blocks, "button")}


def test_several_rows_are_a_native_table_and_never_text_with_pipes(slack: FakeSlack, ana: Person) -> None:
    message = answered(slack, ana, HUELLAS)
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    heading, *rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert heading[:2] == ["N.º", "Indicador"]
    assert [row[0] for row in rows] == [f"[{n}]" for n in range(1, 6)]
    assert any("Construir 7 puentes" in cell for row in rows for cell in row)
    assert "|" not in all_text([block for block in message.blocks if block["type"] != "table"])
    sentence = all_text(message.blocks[0])
    assert "4 indicadores" in sentence
    assert "Mejorar 62 kilómetros" not in sentence  # it stands in the table


def test_a_table_keeps_to_slacks_rows_and_says_what_is_missing() -> None:
    answer = Answer(status="answered", answer="150 indicadores:", citations=[citation(n) for n in range(1, 151)])
    message = message_of(answer)
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    assert len(table["rows"]) == limits.TABLE_ROWS
    assert "99 de 150" in all_text(message.blocks)
    assert full_list(answer)


def test_long_cells_leave_fewer_rows_rather_than_a_message_that_slack_refuses() -> None:
    rows = [citation(n, indicator=f"{n} " + "muy largo " * 100) for n in range(1, 60)]
    message = message_of(Answer(status="answered", answer="59:", citations=rows, answer_id="a1"))
    assert "de 59 filas" in all_text(message.blocks)
    assert message.blocks[-1]["type"] == "context_actions"


def test_columns_tell_cities_and_periods_apart_only_when_there_are_several() -> None:
    same = message_of(Answer(status="answered", answer="2:", citations=[citation(1), citation(2)]))
    other = citation(2, entity="Puerto Lindo", period="2020-2023")
    apart = message_of(Answer(status="answered", answer="2:", citations=[citation(1), other]))
    headings = [
        [cell["text"] for cell in block["rows"][0]]
        for message in (same, apart)
        for block in message.blocks
        if block["type"] == "table"
    ]
    assert "Entidad" not in headings[0]
    assert {"Entidad", "Periodo"} <= set(headings[1])


def test_whatever_a_document_or_a_question_says_is_shown_literally() -> None:
    row = citation(1, indicator=NASTY, quote=NASTY, document=NASTY, path=[[NASTY, NASTY]])
    answer = Answer(
        status="answered", answer=NASTY, citations=[row], suggestions=[NASTY], answer_id="a1", conversation_id="c"
    )
    message = message_of(answer, publish=PublishRef("a1", NASTY))
    assert "<!channel>" not in message.text
    assert "&lt;!channel&gt; &amp;" in message.text

    def mrkdwn(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["text"]] if value.get("type") == "mrkdwn" else []
            return own + [text for item in value.values() for text in mrkdwn(item)]
        return [text for item in value for text in mrkdwn(item)] if isinstance(value, list) else []

    assert not any("<" in text for text in mrkdwn(message.blocks))
    assert NASTY in all_text(message.blocks)  # in rich text, where no character means anything


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status="answered", answer="palabra " * 5_000, answer_id="a" * 32),
        Answer(status="answered", answer="x" * 9_000, answer_id="a" * 32),
        Answer(status="clarify", answer="¿Cuál?", suggestions=["s" * 3_000, "t" * 500, *map(str, range(20))]),
        Answer(status="refused", answer="Eso no."),
        Answer(
            status="answered",
            answer="Largo [1].",
            citations=[citation(1, indicator="i" * 8_000, quote="q" * 8_000, dependency="d" * 5_000)],
            answer_id="a" * 32,
        ),
        Answer(status="answered", answer="Pasaje [1].", citations=[citation(1, kind="passage", row_id=None)]),
        Answer(status="answered", answer="Nada [1].", citations=[Citation(n=1, kind="row", row_id="r")]),
        Answer(status="answered", answer="Muchas [1].", citations=[citation(n, row_id="r" * 200) for n in (1, 2)]),
    ],
)
def test_no_answer_passes_slacks_limits(answer: Answer) -> None:
    message = message_of(answer, above="Pregunta: x", publish=PublishRef("a" * 32, "«" * 4_000))
    assert message.blocks


def test_a_list_too_long_for_the_table_comes_as_a_workbook_in_the_thread(
    slack: FakeSlack, settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.answers.LONG_LIST", 3)
    with http_server(settings, town) as wire:
        message = answered(slack, Person(slack, wire), HUELLAS)
        slack.wait(lambda: slack.called("files.completeUploadExternal"))
    (file,) = slack.files.values()
    assert (file["channel"], file["thread_ts"]) == ("C1", message.thread_ts)
    sheet = openpyxl.load_workbook(io.BytesIO(file["content"])).active
    assert sheet is not None
    names = [row[10].value for row in sheet.iter_rows(min_row=2)]
    assert len(names) == 5
    assert "Semáforos inteligentes instalados" in names
    assert "archivo" in all_text(message.blocks)


def test_a_set_cited_as_a_filter_brings_all_its_rows(slack: FakeSlack, settings: Settings, town: Town) -> None:
    assistant = Assistant(town.knowledge, settings)
    whole = assistant.ask

    def as_filter(question: object, asker: object = None) -> Answer:
        answer = whole(question, asker)  # type: ignore[arg-type]
        proof = Citation(
            n=9,
            kind="filter",
            count=5,
            filters={"programme": "HUELLAS RURALES", "kind": "product|result", "x": "y"},
            url="/v1/rows?x=1",
        )
        text = f"{answer.answer}\nY 3 más; la lista completa está en /v1/rows?x=1."
        return answer.model_copy(update={"citations": [*answer.citations[:2], proof], "answer": text})

    assistant.ask = as_filter  # type: ignore[assignment, method-assign]
    with http_server(settings, town, assistant) as wire:
        message = answered(slack, Person(slack, wire), HUELLAS)
        slack.wait(lambda: slack.called("files.completeUploadExternal"))
    (file,) = slack.files.values()
    sheet = openpyxl.load_workbook(io.BytesIO(file["content"])).active
    assert sheet is not None
    assert sheet.max_row == 1 + 5
    shown = all_text(message.blocks)
    assert "5 filas que cumplen: programa: HUELLAS RURALES, clase: producto o resultado, tema: y" in shown
    assert "/v1/rows" not in shown


def test_an_upload_that_fails_is_made_again(
    slack: FakeSlack, settings: Settings, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.slack.answers.LONG_LIST", 3)
    slack.fail("files.getUploadURLExternal", *[Failure(status=503)] * 2)
    with http_server(settings, town) as wire:
        answered(slack, Person(slack, wire), HUELLAS)
        slack.wait(lambda: slack.called("files.completeUploadExternal"))
        slack.settle()
    assert len(slack.called("files.completeUploadExternal")) == 1


# Windows


def test_view_the_row_opens_all_of_it(slack: FakeSlack, either: Person) -> None:
    message = answered(slack, either, MUELLES)
    either.press_in(message, action_of(message.blocks, "row_view"))
    view = slack.wait(lambda: next(iter(slack.views.values()), None))
    text = all_text(view["blocks"])
    for part in ("Muelles pesqueros rehabilitados", "2 muelles Fuente: Capitanía, 2023", "Puerto Conectado"):
        assert part in text
    assert "puerto.txt" in text
    slack.settle()
    assert slack.files == {}  # a text file has no picture of its page


def test_a_row_of_several_is_chosen_of_a_list(slack: FakeSlack, either: Person) -> None:
    message = answered(slack, either, HUELLAS)
    (choice,) = elements(message.blocks, "static_select")
    assert len(choice["options"]) == 5
    either.press_in(
        message, {"action_id": "row_choose", "type": "static_select", "selected_option": choice["options"][2]}
    )
    view = slack.wait(lambda: next(iter(slack.views.values()), None))
    assert "transito.txt" in all_text(view["blocks"])


def test_a_row_that_is_gone_is_shown_as_it_was_cited(slack: FakeSlack, ana: Person) -> None:
    message = answered(slack, ana, MUELLES)
    ref = CitationRef.parse(action_of(message.blocks, "row_view")["value"])
    gone = CitationRef(ref.answer_id, ref.n, "0" * 12 + ".l9").value
    ana.press_in(message, {"action_id": "row_view", "type": "button", "value": gone})
    view = slack.wait(lambda: next(iter(slack.views.values()), None))
    assert "Rehabilitar 5 muelles" in all_text(view["blocks"])
    assert "cambió" in all_text(view["blocks"])


def test_open_the_document_tells_about_it_or_leads_to_its_page(
    slack: FakeSlack, ana: Person, town: Town, tmp_path: Path
) -> None:
    message = answered(slack, ana, MUELLES)
    ana.press_in(message, action_of(message.blocks, "document_view"))
    view = slack.wait(lambda: next(iter(slack.views.values()), None))
    assert "puerto.txt" in all_text(view["blocks"])
    assert "2024-2027" in all_text(view["blocks"])
    public = settings_for(slack, tmp_path, public_url="https://cabildo.example")
    with http_server(public, town) as wire:
        person = Person(slack, wire)
        message = answered(slack, person, MUELLES)
        button = next(one for one in elements(message.blocks, "button") if one["action_id"] == "document_view")
        shown = button["url"].removeprefix("https://cabildo.example/documentos/")
        assert town.knowledge.document(shown).name == "puerto.txt"
        person.press_in(message, action_of(message.blocks, "document_view"))
        slack.settle()
        person.press_in(message, action_of(message.blocks, "row_view"))
        view = slack.wait(lambda: list(slack.views.values())[1:])[0]
    row = action_of(view["blocks"], "open_link") and elements(view["blocks"], "button")[0]["url"]
    assert row.startswith("https://cabildo.example/filas/")


def test_a_trigger_that_is_too_old_costs_only_the_window(
    slack: FakeSlack, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    message = answered(slack, ana, MUELLES)
    slack.fail("views.open", Failure(error="expired_trigger_id"))
    ana.press_in(message, action_of(message.blocks, "row_view"))
    slack.wait(lambda: "a window does not open" in caplog.text)
    ana.press_in(message, action_of(message.blocks, "row_view"))
    slack.wait(lambda: slack.views)


# Opinions


def test_a_thumb_up_is_stored_with_the_answer(slack: FakeSlack, either: Person, town: Town) -> None:
    message = answered(slack, either, MUELLES)
    (buttons,) = elements(message.blocks, "feedback_buttons")
    answer_id = buttons["positive_button"]["value"].partition(":")[2]
    value = buttons["positive_button"]["value"]
    either.press_in(message, {"action_id": "feedback", "type": "feedback_buttons", "value": value})
    (given,) = slack.wait(lambda: town.assistant.conversations.feedback(answer_id))
    assert (given.verdict, given.user, given.reason) == ("up", "UANA", None)
    assert slack.views == {}


def test_a_thumb_down_is_stored_and_asks_why(slack: FakeSlack, either: Person, town: Town) -> None:
    message = answered(slack, either, MUELLES)
    (buttons,) = elements(message.blocks, "feedback_buttons")
    value = buttons["negative_button"]["value"]
    answer_id = value.partition(":")[2]
    either.press_in(message, {"action_id": "feedback", "type": "feedback_buttons", "value": value})
    view_id, view = slack.wait(lambda: next(iter(slack.views.items()), None))
    slack.wait(lambda: town.assistant.conversations.feedback(answer_id))
    reason = "La meta es otra; escríbame a ana@correo.example"
    said = either.submit(view, {"reason": {"text": {"type": "plain_text_input", "value": reason}}}, view_id)
    assert said["response_action"] == "update"
    assert faults("views.update", {"view": said["view"]}) == []
    down, why = slack.wait(lambda: (kept := town.assistant.conversations.feedback(answer_id))[1:] and kept)
    assert (down.verdict, down.reason) == ("down", None)
    assert (why.verdict, why.user) == ("down", "UANA")
    assert "La meta es otra" in str(why.reason)
    assert "ana@correo.example" not in str(why.reason)


# Suggestions


def test_a_suggestion_is_asked_in_the_same_thread(slack: FakeSlack, either: Person) -> None:
    message = answered(slack, either, PARALLEL)
    action = action_of(message.blocks, "ask:0")
    either.press_in(message, action)
    slack.wait(lambda: len(slack.seen("C1", message.thread_ts)) == 2)
    again = slack.seen("C1", message.thread_ts)[1]
    assert "Pregunta: " + action["value"] in all_text(again.blocks)
    assert "Mejorar 31 kilómetros" in again.text


# The command's answer, published


def test_an_answer_to_the_command_can_be_published_once(slack: FakeSlack, either: Person) -> None:
    url = either.command(PUENTES)
    (_, body) = slack.wait(lambda: slack.replies)[0]
    publish = action_of(body["blocks"], "publish")
    container = {"type": "message", "message_ts": "1.5", "channel_id": "C1", "is_ephemeral": True}
    for _ in range(2):
        either.press(publish, container, channel={"id": "C1"}, response_url=url)
    (message,) = slack.wait(lambda: slack.seen("C1"))
    slack.settle()
    assert len(slack.seen("C1")) == 1
    text = all_text(message.blocks)
    assert "Construir 7 puentes" in text
    assert "<@UANA>" in text
    assert PUENTES in text
    # The thread under it goes on from it.
    either.mention("¿y la línea base?", thread_ts=message.ts)
    (follow_up,) = slack.wait(lambda: slack.seen("C1", message.ts))
    assert "4 puentes" in follow_up.text


def test_publishing_where_the_bot_is_no_member_goes_through_the_response_url(slack: FakeSlack, ana: Person) -> None:
    slack.outside.add("C7")
    url = ana.command(PUENTES, channel="C7")
    (_, body) = slack.wait(lambda: slack.replies)[0]
    container = {"type": "message", "message_ts": "1.5", "channel_id": "C7", "is_ephemeral": True}
    ana.press(action_of(body["blocks"], "publish"), container, channel={"id": "C7"}, response_url=url)
    (_, published) = slack.wait(lambda: [one for one in slack.replies if one[1]["response_type"] == "in_channel"])[0]
    assert "Construir 7 puentes" in all_text(published["blocks"])


def test_a_suggestion_under_a_private_answer_stays_private(slack: FakeSlack, ana: Person) -> None:
    url = ana.command(PARALLEL)
    (_, body) = slack.wait(lambda: slack.replies)[0]
    container = {"type": "message", "message_ts": "1.6", "channel_id": "C1", "is_ephemeral": True}
    ana.press(action_of(body["blocks"], "ask:0"), container, channel={"id": "C1"}, response_url=url)
    slack.wait(lambda: len(slack.replies) == 2)
    assert "Mejorar 31 kilómetros" in all_text(slack.replies[1][1]["blocks"])
    assert slack.seen("C1") == []


def test_a_response_url_that_is_limited_or_down_is_tried_again(slack: FakeSlack, ana: Person) -> None:
    slack.fail("response_url", Failure(status=429, retry_after=1), Failure(status=503), Failure(status=503))
    began = time.monotonic()
    ana.command(PUENTES)
    slack.wait(lambda: slack.replies)
    assert time.monotonic() - began >= 1
    slack.settle()
    assert len(slack.replies) == 1
