"""What documents are of: what the person, the folder's file and the settings say of them, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import ingesting
from assistant.settings import Settings
from ingest.errors import InputError
from ingest.records import DocumentInfo, Extraction, Overrides, ReadDocument


def test_who_ingests_wins_over_the_folders_file_and_that_over_its_parents(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "cabildo.yaml").write_text("entity: Fuera\n")
    (tmp_path / "a" / "cabildo.yaml").write_text("entity: Chía\nkind: plan\n", encoding="utf-8")
    of = ingesting.folder_overrides([tmp_path / "a"], Overrides(period="2025"))
    assert of(inner / "x.txt") == Overrides(entity="Chía", kind="plan", period="2025")
    of = ingesting.folder_overrides([inner], Overrides(entity="Cali"))
    assert of(inner / "x.txt") == Overrides(entity="Cali")  # what lies above the folder given has no say


@pytest.mark.parametrize("content", ["entidad: Chía\n", "kind: mapa\n", "- a\n", "a: [\n"])
def test_a_folders_file_that_is_not_understood_is_an_error_that_names_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "cabildo.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"cabildo\.yaml"):
        ingesting.read_folder_settings(tmp_path)


def test_defaults_hold_only_for_what_the_document_does_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.pipeline

    def extract(document: ReadDocument, overrides: Overrides) -> Extraction:
        info = DocumentInfo(entity=overrides.entity, period=overrides.period or "2020-2023")
        return Extraction(info=info, rows=(), prose=())

    stages = ingest.pipeline.Stages(None, extract, None, "7", frozenset())  # type: ignore[arg-type]
    monkeypatch.setattr(ingest.pipeline, "default_stages", lambda: stages)
    settings = Settings(default_entity="Chía", default_period="2024-2027")
    made = ingesting.configured_stages(settings)
    document = ReadDocument(name="a", sha256="0", media_type="text/plain", blocks=())
    assert made.extract(document, Overrides()).info == DocumentInfo(entity="Chía", period="2020-2023")
    assert made.extract(document, Overrides(entity="Cali")).info.entity == "Cali"
    assert made.version != ingesting.configured_stages(Settings()).version
