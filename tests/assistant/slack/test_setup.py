"""Setting Slack up: the manifest, the settings, the command; and that all else works without them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import cli
from assistant.api import create_app
from assistant.assistant import Assistant
from assistant.settings import Settings, load_settings
from assistant.slack.manifest import manifest
from assistant.slack.views import DRAFT
from ingest.errors import SettingsError
from tests.support.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.support.slack_people import Person, SocketWire
from tests.support.town import Town

ROOT = Path(__file__).resolve().parents[3]

#: The scope of each method that is called, from its page at docs.slack.dev/reference/methods.
SCOPES = {
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "chat_stopStream": "chat:write",
    "chat_stream": "chat:write",
    "assistant_threads_setStatus": "chat:write",
    "assistant_threads_setTitle": "assistant:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "files_upload_v2": "files:write",
    "users_info": "users:read",
    "views_open": None,
    "views_update": None,
    "views_publish": None,
}
EVENT_SCOPES = {"app_mention": "app_mentions:read", "message.im": "im:history", "app_home_opened": None}


def sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "assistant" / "slack").glob("*.py")))


@pytest.fixture
def no_slack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("CABILDO_SLACK")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CABILDO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    from assistant.settings import read_settings

    read_settings.cache_clear()


# The manifest


def test_the_manifest_asks_for_the_scopes_that_are_used_and_no_others() -> None:
    called = {name for name in SCOPES if f".{name}(" in sources()}
    assert called == set(SCOPES), "a method that nobody calls any more"
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    needed = {SCOPES[name] for name in called} | {EVENT_SCOPES[event] for event in events} | {"commands"}
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == needed - {None}


def test_no_method_is_called_whose_scope_is_unknown_here() -> None:
    import re

    prefixes = "chat|files|users|views|assistant_threads|conversations|reactions|team|bots|pins"
    called = set(re.findall(rf"\.((?:{prefixes})_\w+)\(", sources()))
    assert called == set(SCOPES)


def test_the_manifest_makes_an_agent_with_its_tabs_command_and_shortcut() -> None:
    made = manifest()
    features = made["features"]
    assert "assistant_view" not in features
    assert features["agent_view"]["agent_description"]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    (command,) = features["slash_commands"]
    (shortcut,) = features["shortcuts"]
    assert command["command"] == "/cabildo"
    assert (shortcut["callback_id"], shortcut["type"]) == (DRAFT, "message")
    assert shortcut["name"] == "Redactar respuesta"
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == set(EVENT_SCOPES)


def test_the_texts_of_the_manifest_fit() -> None:
    made = manifest()
    told, features = made["display_information"], made["features"]
    assert len(told["name"]) <= 35
    assert len(told["description"]) <= 140
    assert 174 <= len(told["long_description"]) <= 4_000
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["slash_commands"][0]["description"]) <= 2_000
    assert len(features["slash_commands"][0]["usage_hint"]) <= 1_000
    assert len(features["shortcuts"][0]["name"]) <= 24
    assert len(features["shortcuts"][0]["description"]) <= 150


def test_the_manifest_is_for_socket_mode_or_for_the_public_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(manifest())
    public = manifest("https://cabildo.example")
    address = "https://cabildo.example/slack/events"
    assert public["settings"]["socket_mode_enabled"] is False
    assert public["settings"]["event_subscriptions"]["request_url"] == address
    assert public["settings"]["interactivity"]["request_url"] == address
    assert public["features"]["slash_commands"][0]["url"] == address


def test_the_command_prints_the_manifest(
    no_slack: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CABILDO_PUBLIC_URL", "https://cabildo.example/")
    assert cli.main(["slack", "--manifest"]) == 0
    assert json.loads(capsys.readouterr().out) == manifest("https://cabildo.example")


# Without Slack


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["CABILDO_SLACK_BOT_TOKEN", "CABILDO_SLACK_APP_TOKEN"]),
        ({"CABILDO_SLACK_BOT_TOKEN": "xoxb-1"}, ["CABILDO_SLACK_APP_TOKEN"]),
        ({"CABILDO_SLACK_APP_TOKEN": "xapp-1"}, ["CABILDO_SLACK_BOT_TOKEN"]),
    ],
)
def test_cabildo_slack_says_in_one_line_what_is_missing(
    no_slack: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: dict[str, str],
    missing: list[str],
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert cli.main(["slack"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    names = [word for word in told.err.replace(".", " ").split() if word.startswith("CABILDO_")]
    assert names == missing
    assert "xoxb-1" not in told.err


def test_without_slack_settings_everything_else_works(town: Town, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, _env_file=None)
    app = create_app(settings, Assistant(town.knowledge, settings), town.knowledge)
    with TestClient(app) as client:
        assert client.post("/slack/events", json={}).status_code == 404
        assert client.post("/v1/ask", json={"question": "¿Cuál es la meta de puentes?"}).json()["status"]
        assert client.get("/readyz").json()["status"] == "ready"


def test_without_slack_settings_its_libraries_are_not_loaded() -> None:
    code = (
        "import sys; from assistant import cli; from assistant.api import create_app; "
        "from assistant.settings import Settings; create_app(Settings(_env_file=None)); "
        "sys.exit(any(name.split('.')[0] in ('slack_bolt', 'slack_sdk', 'aiohttp') for name in sys.modules))"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CABILDO_")}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, timeout=60).returncode == 0


# The settings


@pytest.mark.parametrize(
    ("text", "names"),
    [("T1", {"T1"}), ("T1, T2,", {"T1", "T2"}), (" C1 C2\n", {"C1", "C2"}), (" , ", set())],
)
def test_lists_of_ids_are_read_with_commas_or_spaces(
    monkeypatch: pytest.MonkeyPatch, text: str, names: set[str]
) -> None:
    monkeypatch.setenv("CABILDO_SLACK_ALLOWED_CHANNELS", text)
    assert load_settings(None).slack_allowed_channels == names


@pytest.mark.parametrize(
    ("name", "value"), [("KEEP_MINUTES", "0"), ("WORKERS", "0"), ("API_URL", "slack"), ("ALLOW_GUESTS", "tal vez")]
)
def test_wrong_settings_are_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"CABILDO_SLACK_{name}", value)
    with pytest.raises(SettingsError, match=f"CABILDO_SLACK_{name}"):
        load_settings(None)


def test_tokens_never_print() -> None:
    settings = Settings(slack_bot_token=BOT_TOKEN, slack_signing_secret="secreto-de-firma", _env_file=None)  # type: ignore[arg-type]
    assert BOT_TOKEN not in repr(settings)
    assert "secreto-de-firma" not in repr(settings)


# The process itself


@pytest.mark.slow
def test_the_process_connects_answers_and_ends_when_it_is_told_to(slack: FakeSlack, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CABILDO_")}
    environment |= {
        "CABILDO_DATA_DIR": str(tmp_path / "data"),
        "CABILDO_SLACK_BOT_TOKEN": BOT_TOKEN,
        "CABILDO_SLACK_APP_TOKEN": APP_TOKEN,
        "CABILDO_SLACK_API_URL": slack.api_url,
        "HF_HUB_OFFLINE": "1",
        "PYTHONPATH": str(ROOT),
    }
    (tmp_path / "home").mkdir()
    where: dict[str, Any] = {"cwd": tmp_path / "home", "env": environment}
    command = [sys.executable, "-m", "assistant.cli", "slack"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **where)
    try:
        slack.wait(lambda: slack.called("apps.connections.open"), 60)
        ana = Person(slack, SocketWire(slack))
        ts = ana.mention("¿Cuál es la meta de muelles pesqueros rehabilitados?")
        (message,) = slack.wait(lambda: slack.seen("C1", ts), 30)
        assert "Todavía no hay documentos" in message.text
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
        assert time.monotonic() - began < 15
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    assert process.returncode == 0
    assert out == ""
    assert err.splitlines() == ["Cabildo atiende en Slack. Ctrl-C para terminar."]
