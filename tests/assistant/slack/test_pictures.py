"""The page of a row in its window: by address where the server is public, uploaded where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings
from ingest.knowledge import KnowledgeBase, StoreSettings
from ingest.pipeline import ingest_paths
from tests.assistant.slack.conftest import http_server, settings_for
from tests.support.fake_slack import Failure, FakeSlack
from tests.support.hash_embedder import HashEmbedder
from tests.support.pages import pdf_plan, plan_rows
from tests.support.slack_people import Person, all_text
from tests.support.town import Town


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A knowledge base whose only document is a PDF."""
    folder = tmp_path_factory.mktemp("village")
    (folder / "docs").mkdir()
    pdf_plan(folder / "docs" / "plan.pdf", plan_rows(6))
    with KnowledgeBase.open(StoreSettings(folder / "data"), HashEmbedder()) as knowledge:
        ingest_paths([folder / "docs"], knowledge)
        assistant = Assistant(knowledge, Settings(data_dir=folder / "data", _env_file=None))
        yield Town(knowledge, assistant)
        assistant.close()


def look(slack: FakeSlack, village: Town, folder: Path, public_url: str | None = None) -> tuple[str, dict[str, object]]:
    """Open a row's window and wait for what becomes of its picture; (view's id, last block)."""
    settings = settings_for(slack, folder, public_url=public_url)
    row = village.knowledge.snapshot().rows[0]
    with http_server(settings, village) as wire:
        value = f"{'a' * 32}:1:{row.row_id}"
        container = {"type": "message", "message_ts": "1.1", "channel_id": "C1"}
        Person(slack, wire).press({"action_id": "row_view", "type": "button", "value": value}, container)
        slack.wait(lambda: [call for call in slack.called("views.update") if call.answer["ok"]], 60)
    (view_id,) = slack.views
    opened = slack.called("views.open")[0].arguments["view"]["blocks"][-1]
    assert "imagen" in all_text(opened)
    last = slack.views[view_id]["blocks"][-1]
    assert "imagen" not in all_text(last) or last["type"] != "context" or last != opened
    return view_id, last


def test_a_private_server_uploads_the_page(slack: FakeSlack, village: Town, tmp_path: Path) -> None:
    _, block = look(slack, village, tmp_path)
    assert block["type"] == "image"
    file = slack.files[block["slack_file"]["id"]]  # type: ignore[index]
    assert file["content"].startswith(b"\x89PNG")
    assert file["channel"] is None


def test_a_public_server_gives_the_address_of_the_page(slack: FakeSlack, village: Town, tmp_path: Path) -> None:
    _, block = look(slack, village, tmp_path, "https://cabildo.example")
    row = village.knowledge.snapshot().rows[0]
    assert block["image_url"] == f"https://cabildo.example/v1/rows/{row.row_id}/page.png"
    assert slack.files == {}


def test_an_address_that_slack_cannot_reach_is_uploaded_instead(
    slack: FakeSlack, village: Town, tmp_path: Path
) -> None:
    slack.pictures_by_address = False
    _, block = look(slack, village, tmp_path, "https://cabildo.example")
    assert "slack_file" in block


def test_a_picture_that_cannot_be_shown_costs_a_line(slack: FakeSlack, village: Town, tmp_path: Path) -> None:
    slack.slack_files_refused = True
    _, block = look(slack, village, tmp_path)
    assert "no se puede mostrar" in all_text(block)


def test_an_upload_that_slack_refuses_costs_a_line(slack: FakeSlack, village: Town, tmp_path: Path) -> None:
    slack.fail("files.getUploadURLExternal", Failure(error="storage_limit_reached"))
    _, block = look(slack, village, tmp_path)
    assert "no se puede mostrar" in all_text(block)
