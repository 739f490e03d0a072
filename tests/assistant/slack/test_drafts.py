"""«Redactar respuesta»: the petition of a message becomes a draft, its page and its letter."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from assistant.slack.drafts import Draft
from assistant.slack.views import draft_view
from assistant.slack.wording import wording
from ingest.errors import InputError, NotFoundError
from tests.assistant.slack.conftest import http_server, settings_for, socket_server
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.slack_limits import faults
from tests.support.slack_people import Person, all_text, elements
from tests.support.town import Town

PETITION = """Señores Alcaldía de Villa Serena

Asunto: Derecho de petición de información

1. ¿Cuál es la meta de puentes peatonales construidos?
2. ¿Cuántos docentes formados en lectura habrá?

Atentamente,
Una ciudadana"""


def fields(view: dict[str, object], received: str | None = None) -> dict[str, object]:
    """What somebody sends who changes nothing but the date."""
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    values: dict[str, object] = {}
    for block in blocks:
        if block["type"] == "input" and block["element"]["type"] == "plain_text_input":
            text = {"type": "plain_text_input", "value": block["element"].get("initial_value")}
            values[block["block_id"]] = {"text": text}
    return values | {"received": {"date": {"type": "datepicker", "selected_date": received}}}


class FakeDrafts:
    """Drafts as the petitions' service would make them."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.made: list[tuple[str, date | None, str]] = []
        self.fails = fails

    def make(self, text: str, received: date | None, user: str) -> Draft:
        if self.fails is not None:
            raise self.fails
        self.made.append((text, received, user))
        return Draft("d1", "Petición", date(2026, 12, 4), asks=2, answered=1)

    def letter(self, draft_id: str) -> bytes:
        if draft_id != "d1":
            raise NotFoundError("No hay ese borrador.")
        return b"carta"


def open_window(slack: FakeSlack, person: Person, petition: str = PETITION) -> tuple[str, dict[str, object]]:
    person.shortcut(petition)
    return slack.wait(lambda: next(iter(slack.views.items()), None))


@pytest.mark.parametrize("wire", ["http", "socket"])
def test_a_message_becomes_a_draft_with_its_page_and_its_letter(
    slack: FakeSlack, town: Town, tmp_path: Path, wire: str
) -> None:
    settings = settings_for(slack, tmp_path, public_url="https://cabildo.example")
    server = http_server(settings, town) if wire == "http" else socket_server(settings, town, slack)
    with server as through:
        ana = Person(slack, through)
        view_id, view = open_window(slack, ana)
        assert "puentes peatonales" in str(view)
        said = ana.submit(view, fields(view, "2026-11-20"), view_id)
        assert said["response_action"] == "update"
        assert faults("views.update", {"view": said["view"]}) == []
        slack.wait(lambda: slack.called("files.completeUploadExternal"), 60)
    (message,) = slack.seen(ana.direct)
    assert "2" in all_text(message.blocks)
    (link,) = elements(message.blocks, "button")
    assert link["url"].startswith("https://cabildo.example/peticiones/")
    draft_id = link["url"].rpartition("/")[2]
    (file,) = slack.files.values()
    assert (file["channel"], file["thread_ts"]) == (ana.direct, message.ts)
    assert file["name"] == f"borrador-{draft_id}.docx"
    letter = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file["content"])).paragraphs)
    assert "7 puentes" in letter
    assert "320 docentes" in letter


def test_a_long_petition_fills_several_fields_and_arrives_whole(slack: FakeSlack, town: Town, tmp_path: Path) -> None:
    drafts = FakeDrafts()
    petition = "\n".join(f"{n}. ¿Qué se hizo en la vereda número {n} con el acueducto?" for n in range(160))
    with socket_server(settings_for(slack, tmp_path), town, slack, drafts=drafts) as wire:
        ana = Person(slack, wire)
        view_id, view = open_window(slack, ana, petition)
        ana.submit(view, fields(view, "2026-11-20"), view_id)
        ((text, received, user),) = slack.wait(lambda: drafts.made)
    assert text.split() == petition.split()
    assert (received, user) == (date(2026, 11, 20), "UANA")


def test_a_petition_longer_than_a_window_holds_says_so() -> None:
    view = draft_view("palabra " * 10_000, wording())
    assert faults("views.open", {"view": view}) == []
    assert "más largo" in all_text(view["blocks"])


def test_an_empty_petition_is_asked_for(slack: FakeSlack, either: Person) -> None:
    view_id, view = open_window(slack, either, "")
    said = either.submit(view, fields(view), view_id)
    assert said["response_action"] == "errors"
    assert set(said["errors"]) == {"part_0"}


def test_a_window_sent_twice_makes_one_draft(slack: FakeSlack, town: Town, tmp_path: Path) -> None:
    drafts = FakeDrafts()
    with socket_server(settings_for(slack, tmp_path), town, slack, drafts=drafts) as wire:
        ana = Person(slack, wire)
        view_id, view = open_window(slack, ana)
        for _ in range(2):
            ana.submit(view, fields(view), view_id)
        slack.wait(lambda: slack.called("files.completeUploadExternal"))
        slack.settle()
    assert len(drafts.made) == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [(InputError("El texto no pregunta nada."), "no pregunta nada"), (ValueError("correo de ella"), "Algo falló")],
)
def test_a_petition_that_cannot_be_drafted_says_why(
    slack: FakeSlack, town: Town, tmp_path: Path, error: Exception, told: str
) -> None:
    with socket_server(settings_for(slack, tmp_path), town, slack, drafts=FakeDrafts(error)) as wire:
        ana = Person(slack, wire)
        view_id, view = open_window(slack, ana)
        ana.submit(view, fields(view), view_id)
        (message,) = slack.wait(lambda: slack.seen(ana.direct))
    assert told in message.text
    assert "ella" not in message.text


def test_a_letter_that_does_not_go_through_is_sent_later(slack: FakeSlack, town: Town, tmp_path: Path) -> None:
    slack.fail("files.completeUploadExternal", *[Failure(status=503)] * 2)
    with socket_server(settings_for(slack, tmp_path), town, slack, drafts=FakeDrafts()) as wire:
        ana = Person(slack, wire)
        view_id, view = open_window(slack, ana)
        ana.submit(view, fields(view), view_id)
        slack.wait(lambda: [c for c in slack.called("files.completeUploadExternal") if c.answer["ok"]])
    assert len(slack.seen(ana.direct)) == 1
