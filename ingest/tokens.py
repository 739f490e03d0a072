"""How many tokens a text costs a chat model; nothing is ever downloaded to find out.

The published vocabulary of the model is used when it is on the machine: ``TIKTOKEN_CACHE_DIR`` names a folder that
holds it under tiktoken's own name (the SHA-1 of its address) and the file is whole. Otherwise the small vocabulary of
this package counts, which is made to count rather more than less. (Passages for the embedder are measured by the
embedder's own tokenizer, not here.)
"""

from __future__ import annotations

import base64
import hashlib
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import SettingsError

if TYPE_CHECKING:
    import tiktoken

DEFAULT_ENCODING = "o200k_base"

#: Name of the encoding: (file name in tiktoken's cache, SHA-256 of the file). tiktoken deletes a file that does not
#: match and downloads it anew, so it is only asked once the file is known to be whole.
PUBLISHED: dict[str, tuple[str, str]] = {
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "o200k_harmony": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}

#: Name of the vocabulary that this package carries.
SMALL = "spanish_small"

#: How the small vocabulary parts a text before it merges bytes. No piece has more than eight letters, so that a long
#: word of its training text is never one token where the published vocabularies need two.
PATTERN = r" ?\p{L}{1,8}| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s+(?!\S)|\s"


def count_tokens(text: str, encoding: str = DEFAULT_ENCODING) -> int:
    """Tokens of a text in a published encoding, or an estimate from above when that is not on the machine.

    Marks like ``<|endoftext|>`` count as ordinary text. Raises SettingsError for an encoding that is not known here.
    """
    return len(_encoding(encoding, os.environ.get("TIKTOKEN_CACHE_DIR", "")).encode(text, disallowed_special=()))


def vocabulary_in_use(encoding: str = DEFAULT_ENCODING) -> str:
    """The encoding itself when its vocabulary is on the machine, else the name of the small one."""
    return _encoding(encoding, os.environ.get("TIKTOKEN_CACHE_DIR", "")).name


@lru_cache(maxsize=8)
def _encoding(name: str, cache_folder: str) -> tiktoken.Encoding:
    import tiktoken

    if name != SMALL and name not in PUBLISHED:
        known = ", ".join((*PUBLISHED, SMALL))
        raise SettingsError(f"No se conoce el vocabulario de tokens «{name}».", hint=f"Use uno de estos: {known}.")
    if name != SMALL and _is_on_the_machine(name, cache_folder):
        return tiktoken.get_encoding(name)
    return _small()


def _is_on_the_machine(name: str, cache_folder: str) -> bool:
    """Whether tiktoken would find the whole file in its cache."""
    if not cache_folder:
        return False
    file_name, digest = PUBLISHED[name]
    path = Path(cache_folder) / file_name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


@lru_cache(maxsize=1)
def _small() -> tiktoken.Encoding:
    import tiktoken

    path = files("ingest").joinpath("vocabulary", f"{SMALL}.tiktoken")
    return tiktoken.Encoding(SMALL, pat_str=PATTERN, mergeable_ranks=_ranks(path.read_bytes()), special_tokens={})


def _ranks(lines: bytes) -> dict[bytes, int]:
    """A vocabulary file: on each line a token in base64 and its rank."""
    pairs = (line.split() for line in lines.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}
