"""Documents read with the configured chat model, over a server that speaks its protocol."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.ingesting import ingest
from assistant.page_reader import read_with_model
from assistant.settings import Settings
from ingest.errors import SettingsError
from ingest.knowledge import KnowledgeBase, StoreSettings
from tests.support.hash_embedder import HashEmbedder
from tests.support.scripted_model import Say, ScriptedModel, scripted_model

pytest.importorskip("langchain_openai", reason="the package for the OpenAI protocol is not installed")

PAGE = """Municipio de Villa Serena
PLAN DE DESARROLLO 2024 - 2027

En el cuatrienio se sembrarán 4.000 árboles en la ronda del río; quien quiera ayudar escriba a ana.perez@correo.com.
"""
GOOD = {
    "quote": "En el cuatrienio se sembrarán 4.000 árboles en la ronda del río",
    "indicator": "árboles en la ronda del río",
    "target": "4.000 árboles",
}


def answer(*rows: dict[str, Any]) -> str:
    return json.dumps({"rows": rows}, ensure_ascii=False)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy, and no key or address of the machine's own environment."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def knowledge(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase.open(StoreSettings(data_dir=tmp_path / "data"), HashEmbedder())


def settings_of(model: ScriptedModel, folder: Path, **more: Any) -> Settings:
    return Settings(
        data_dir=folder / "data",
        chat_model="openai:gpt-4.1-mini",
        chat_api_key="clave",  # type: ignore[arg-type]
        chat_base_url=model.url,  # type: ignore[arg-type]
        chat_timeout_seconds=10,
        _env_file=None,
        **more,
    )


def test_documents_are_read_with_the_configured_model_only_when_that_is_set(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PAGE, encoding="utf-8")
    with scripted_model(answer(GOOD)) as model:
        (off,) = ingest(settings_of(model, tmp_path), knowledge, [path]).documents
        assert (off.rows, model.requests) == (0, [])
        (on,) = ingest(settings_of(model, tmp_path, extract_with_model=True), knowledge, [path]).documents
        assert (on.status, on.rows) == ("updated", 1)
        assert "ana.perez" not in model.received
        assert {notice.code for notice in on.warnings} == {"from-model", "personal-data-masked"}
        (again,) = ingest(settings_of(model, tmp_path, extract_with_model=True), knowledge, [path]).documents
        assert (again.status, len(model.requests)) == ("unchanged", 1)
    (row,) = knowledge.rows()[1]
    assert row.indicator == GOOD["indicator"]


@pytest.mark.parametrize(
    "reply", [Say(status=401), Say("", finish="stop"), Say('{"rows": [', finish="length"), Say("x" * 13_000)]
)
def test_a_server_that_fails_costs_a_notice_and_nothing_else(
    tmp_path: Path, knowledge: KnowledgeBase, reply: Say
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PAGE, encoding="utf-8")
    with scripted_model(reply) as model:
        (one,) = ingest(settings_of(model, tmp_path, extract_with_model=True), knowledge, [path]).documents
    assert (one.status, one.rows) == ("added", 0)
    assert one.passages > 0
    assert "model-not-read" in [n.code for n in one.warnings]


def test_a_slow_server_is_not_waited_for(tmp_path: Path, knowledge: KnowledgeBase) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PAGE, encoding="utf-8")
    with scripted_model(Say(answer(GOOD), before=30)) as model:
        slow = settings_of(model, tmp_path, extract_with_model=True).model_copy(update={"chat_timeout_seconds": 0.5})
        (one,) = ingest(slow, knowledge, [path]).documents
    assert "model-not-read" in [n.code for n in one.warnings]


def test_asking_for_it_without_a_model_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CABILDO_CHAT_MODEL"):
        read_with_model(Settings(data_dir=tmp_path, extract_with_model=True, _env_file=None))
