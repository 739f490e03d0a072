"""Stylesheet, scripts and font: served from this package alone, each under an address that changes with its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PATH = "/estatico"
FOLDER = Path(__file__).parent / "static"
_YEAR = "public, max-age=31536000, immutable"
_FONT = ".woff2"  # named by the stylesheet, which knows no versions; another font has another name


@cache
def static(name: str) -> str:
    """The address of a file, e.g. ``/estatico/cabildo.css?v=1f2e3d4c``."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    return f"{PATH}/{name}?v={digest[:10]}"


class Static(StaticFiles):
    """The files of the folder; those asked for under their versioned address may be kept for a year."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_kept = scope["query_string"].startswith(b"v=") or path.endswith(_FONT)
        response.headers["Cache-Control"] = _YEAR if is_kept else "no-cache"
        return response
