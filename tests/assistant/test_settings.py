from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from assistant.settings import (
    PACKAGED_EMBEDDER,
    Settings,
    apply_quiet_environment,
    load_settings,
    unknown_variables,
    user_data_dir,
    variable,
)
from ingest.errors import SettingsError


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("CABILDO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_works_with_nothing_set() -> None:
    settings = load_settings()
    assert settings.embedder == "minilm"
    assert settings.chat_model is None
    assert settings.database_url is None


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CABILDO_DEFAULT_ENTITY=Chía\nCABILDO_MAX_FILE_MB=7\n", encoding="utf-8")
    monkeypatch.setenv("CABILDO_DEFAULT_ENTITY", "Timbiquí")
    settings = load_settings()
    assert settings.default_entity == "Timbiquí"
    assert settings.max_file_mb == 7


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABILDO_PUBLIC_URL", "")
    assert load_settings().public_base is None


def test_other_programs_variables_in_the_file_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_KEY=x\nPOSTGRES_USER=y\n", encoding="utf-8")
    load_settings()
    assert unknown_variables({}) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CABILDO_MAX_FILE_MB", "mucho", "número entero"),
        ("CABILDO_MAX_FILE_MB", "0", "1 o más"),
        ("CABILDO_PUBLIC_URL", "cabildo", "dirección"),
        ("CABILDO_PUBLIC_URL", "ftp://cabildo.example", "https://"),
        ("CABILDO_CHAT_TIMEOUT_SECONDS", "-1", "mayor que 0"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert name in str(caught.value)
    assert says in str(caught.value)


def test_the_example_file_has_every_setting_and_no_other() -> None:
    text = (Path(__file__).resolve().parents[2] / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^#? ?(CABILDO_[A-Z_]+)=", text, flags=re.MULTILINE))
    assert named == {variable(field) for field in Settings.model_fields}


def test_the_packaged_embedder_is_the_knowledge_bases() -> None:
    from ingest.embedder import BUNDLED

    assert PACKAGED_EMBEDDER == BUNDLED


def test_secrets_never_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABILDO_SLACK_BOT_TOKEN", "xoxb-secreto")
    monkeypatch.setenv("CABILDO_DATABASE_URL", "postgresql://u:secreto@db/c")
    settings = load_settings()
    assert "secreto" not in repr(settings)
    assert "secreto" not in str(settings.model_dump())
    monkeypatch.setenv("CABILDO_MAX_FILE_MB", "secreto")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "secreto" not in str(caught.value)


def test_a_slip_of_the_keyboard_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CABILDO_EMBEDER=minilm\n", encoding="utf-8")
    sentences = unknown_variables({"CABILDO_DATADIR": "/x", "HOME": "/root"})
    assert len(sentences) == 2
    assert "CABILDO_DATADIR" in sentences[0]
    assert "CABILDO_DATA_DIR" in sentences[0]
    assert "CABILDO_EMBEDDER" in sentences[1]


def test_data_are_kept_where_the_system_keeps_them() -> None:
    assert user_data_dir({"XDG_DATA_HOME": "/srv/data"}, "linux") == Path("/srv/data/cabildo")
    assert user_data_dir({}, "linux") == Path.home() / ".local/share/cabildo"
    assert user_data_dir({"LOCALAPPDATA": "/AppData"}, "win32") == Path("/AppData/cabildo")


def test_libraries_are_told_to_be_quiet_unless_somebody_decided() -> None:
    environ = {"TOKENIZERS_PARALLELISM": "true"}
    apply_quiet_environment(environ=environ)
    assert environ["TOKENIZERS_PARALLELISM"] == "true"
    assert environ["ANONYMIZED_TELEMETRY"] == "False"
    assert environ["HF_HUB_OFFLINE"] == "1"
    assert not any(name.startswith(("LANGSMITH", "LANGCHAIN")) for name in environ)


def test_another_embedder_may_be_downloaded() -> None:
    environ: dict[str, str] = {}
    apply_quiet_environment("intfloat/multilingual-e5-small", environ)
    assert "HF_HUB_OFFLINE" not in environ
