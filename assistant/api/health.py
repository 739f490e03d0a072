"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from assistant.api.house import SharedHouse

router = APIRouter(tags=["salud"])


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """El proceso está vivo."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(house: SharedHouse) -> dict[str, str | int]:
    """La base de conocimiento está abierta y se puede preguntar; si no, 503."""
    if not house.ready:
        raise HTTPException(503)
    return {"status": "ready", "documents": len(house.knowledge.documents())}
