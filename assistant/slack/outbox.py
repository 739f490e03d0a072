"""The outbox and the claims of one database, each step a transaction of its own; called in threads."""

from __future__ import annotations

from sqlalchemy import Engine

from assistant.slack import store
from assistant.slack.store import Waiting
from ingest.database import reading, writing

_CLAIMS_KEPT = 3 * 24 * 3600.0  # seconds; Slack retries within hours, and delayed events within a day


class Outbox:
    """What was taken and what waits. Every method raises ``StoreError`` when the database does not answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, *keys: str, waiting: Waiting | None = None) -> bool:
        """Take what the keys stand for, and let something wait with it; False when somebody was faster."""
        return store.claim(self._engine, *keys, waiting=waiting)

    def put(self, waiting: Waiting, instead_of: str | None) -> None:
        """Let a delivery wait, in the place of what it comes from."""
        with writing(self._engine) as connection:
            if instead_of is not None:
                store.drop(connection, instead_of)
            store.put(connection, waiting)

    def due(self) -> list[Waiting]:
        """What nobody holds."""
        with reading(self._engine) as connection:
            return store.due(connection)

    def take(self, waiting: Waiting, until: str) -> bool:
        """Hold what is due; False when another replica was faster."""
        with writing(self._engine) as connection:
            return store.take(connection, waiting, until)

    def renew(self, ids: frozenset[str], until: str) -> None:
        """Go on holding what is being worked on."""
        with writing(self._engine) as connection:
            store.renew(connection, ids, until)

    def release(self, waiting_id: str, next_at: str) -> None:
        """Let it be tried again from a moment on."""
        with writing(self._engine) as connection:
            store.release(connection, waiting_id, next_at)

    def drop(self, waiting_id: str) -> None:
        """It is done, or given up."""
        with writing(self._engine) as connection:
            store.drop(connection, waiting_id)

    def sweep(self) -> None:
        """Forget claims that nothing can come for any more."""
        with writing(self._engine) as connection:
            store.forget_claims(connection, store.moment(-_CLAIMS_KEPT))
