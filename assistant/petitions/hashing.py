"""The hash of all that a letter shows: an approval holds for it alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from assistant.petitions.records import Content, Petitioner


def content_hash(content: Content, asks: Sequence[dict[str, Any]], radicado: str | None, petitioner: Petitioner) -> str:
    """SHA-256, in hexadecimal, of the text, the cited rows, the radicado and the addressee."""
    shown = {
        "content": content.model_dump(mode="json"),
        "citations": [ask.get("citations", []) for ask in asks],
        "radicado": radicado,
        "petitioner": petitioner.model_dump(mode="json"),
    }
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
