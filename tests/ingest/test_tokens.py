"""Counting tokens without a network: the published vocabulary when it is there, else one that counts no lower."""

from __future__ import annotations

import base64
import hashlib
import importlib
import importlib.util
import inspect
import re
from importlib.resources import files
from pathlib import Path

import pytest

from ingest import tokens
from ingest.errors import SettingsError
from ingest.tokens import PUBLISHED, SMALL, count_tokens, vocabulary_in_use

SAMPLES = [
    "¿Cuántos parques se van a recuperar y quién responde por ellos?",
    "Reducir la tasa de mortalidad a 9,8 por cada 1.000 nacidos vivos.",
    "Adquirir veinticinco (25) motobombas para el cuerpo de bomberos voluntarios del municipio.",
    "$ 1.234.567.890,50\t45,2 %\tN.D.\tFuente: alcaldía, 2023",
    "INDICADOR\tLÍNEA BASE\tMETA DEL CUATRIENIO\n\n\nPuentes peatonales construidos\t0\t4\n",
    "Which target does the plan set for rural aqueducts, and who is responsible for it?",
    "La corporación suscribió convenios interadministrativos de cofinanciación.",
    '{"status": "answered", "figures": [{"text": "849", "value": 849}]}',
    "  sangría y    espacios   \n\n- viñeta ✓ «comillas» — raya… 🚒",
    "x" * 300,
]


@pytest.fixture
def no_published_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of published vocabularies that llama-index-core's wheel carries."""
    spec = importlib.util.find_spec("llama_index")
    folders = [] if spec is None else [Path(place) for place in spec.submodule_search_locations or ()]
    cache = next(
        (place for place in (folder / "core/_static/tiktoken_cache" for folder in folders) if place.is_dir()), None
    )
    if cache is None:
        pytest.skip("llama-index-core, whose wheel carries the published vocabularies, is not installed")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(cache))
    return cache


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise AssertionError("tokens are counted without a network")

    monkeypatch.setattr("tiktoken.load.read_file", refuse)


@pytest.mark.usefixtures("no_published_vocabulary", "no_network")
def test_without_a_published_vocabulary_the_small_one_counts() -> None:
    assert vocabulary_in_use("o200k_base") == SMALL
    assert count_tokens("") == 0
    assert all(0 < count_tokens(sample) <= len(sample.encode()) for sample in SAMPLES)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("content", [None, b"broken"])
def test_a_missing_or_broken_file_is_neither_downloaded_nor_deleted(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / PUBLISHED["o200k_base"][0]
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert vocabulary_in_use("o200k_base") == SMALL
    assert path.exists() == (content is not None)


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_file_names_and_digests_are_tiktokens_own(name: str) -> None:
    openai_public = importlib.import_module("tiktoken_ext.openai_public")
    maker = openai_public.ENCODING_CONSTRUCTORS[name]
    source = inspect.getsource(maker if name != "o200k_harmony" else openai_public.ENCODING_CONSTRUCTORS["o200k_base"])
    (address,) = re.findall(r'"(https://[^"]+\.tiktoken)"', source)
    (digest,) = re.findall(r'expected_hash="([0-9a-f]{64})"', source)
    assert PUBLISHED[name] == (hashlib.sha1(address.encode()).hexdigest(), digest)


def test_an_unknown_encoding_is_named_with_those_that_are_known() -> None:
    with pytest.raises(SettingsError, match=r"nonsense.*o200k_base"):
        count_tokens("hola", "nonsense")


def test_special_marks_in_a_text_are_ordinary_text() -> None:
    assert count_tokens("<|endoftext|>", SMALL) > 1


def test_the_shipped_vocabulary_is_whole_and_loses_nothing() -> None:
    lines = files("ingest").joinpath("vocabulary", f"{SMALL}.tiktoken").read_bytes().splitlines()
    pairs = [(base64.b64decode(token), int(rank)) for token, rank in map(bytes.split, lines)]
    assert [rank for _, rank in pairs] == list(range(len(pairs)))
    assert [token for token, _ in pairs[:256]] == [bytes([byte]) for byte in range(256)]
    assert len({token for token, _ in pairs}) == len(pairs) > 1000
    small = tokens._small()
    for sample in SAMPLES:
        assert small.decode(small.encode(sample)) == sample


def test_the_shipped_vocabulary_knows_spanish_better_than_bytes() -> None:
    text = "Los municipios de la región presentaron sus informes de ejecución."
    assert count_tokens(text, SMALL) < len(text) / 2


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("encoding", ["cl100k_base", "o200k_base"])
def test_the_small_vocabulary_counts_no_lower_than_the_published_ones(published: Path, encoding: str) -> None:
    assert vocabulary_in_use(encoding) == encoding
    for sample in SAMPLES:
        assert count_tokens(sample, SMALL) >= count_tokens(sample, encoding), sample


@pytest.mark.usefixtures("published", "no_network")
@pytest.mark.real_documents
def test_no_line_of_a_real_document_counts_lower_than_in_cl100k(shared: Path) -> None:
    lines = [line for path in (shared / "documents").glob("*.txt") for line in path.read_text("utf-8").split("\n")]
    assert lines
    lower = [line for line in lines if count_tokens(line, SMALL) < count_tokens(line, "cl100k_base")]
    assert lower == []


def test_a_long_text_is_counted_in_reasonable_time() -> None:
    assert count_tokens("ab" * 100_000, SMALL) > 10_000
