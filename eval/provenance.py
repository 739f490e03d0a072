"""What a run was made of: versions, prompts, sources, settings and the machine. Hashes, so that a difference shows."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.wording.prompt_files import PROMPTS

if TYPE_CHECKING:
    from assistant.settings import Settings

_LIBRARIES = ("cabildo", "sentence-transformers", "chromadb", "bm25s", "langchain", "torch")
_SOURCES = ("ingest", "assistant")
#: Settings that can change an answer. Paths, addresses and keys are left out: they say nothing and may be secret.
_TELLING = (
    "embedder",
    "reranker",
    "chat_model",
    "chat_timeout_seconds",
    "understand_with_model",
    "understand_timeout_seconds",
    "extract_with_model",
    "default_entity",
    "default_period",
    "max_pages",
    "max_seconds",
)


def versions() -> dict[str, str]:
    """The versions of Python and of the libraries that decide about answers."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "?"
    return found


def prompts() -> dict[str, str]:
    """The SHA-256 of each wording file, by name; the one of reports is left out, since it changes no answer."""
    files = sorted(path for path in PROMPTS.glob("*.yaml") if path.name != "eval.yaml")
    return {path.name: _sha256([path]) for path in files}


@cache
def code() -> str:
    """One SHA-256 of all sources that read documents and answer."""
    root = Path(__file__).resolve().parents[1]
    return _sha256(sorted(path for name in _SOURCES for path in (root / name).rglob("*.py")))


def settings_told(settings: Settings) -> dict[str, Any]:
    """The settings that decide about answers, those of them that are there."""
    return {name: getattr(settings, name) for name in _TELLING if getattr(settings, name, None) is not None}


def machine() -> dict[str, str]:
    """What kind of machine this is; nothing that names it."""
    return {
        "system": f"{platform.system()} {platform.release()}",
        "processor": platform.machine(),
        "cores": str(os.cpu_count() or "?"),
    }


def _sha256(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
