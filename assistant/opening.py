"""Opening the configured knowledge base: settings in, the three stores out."""

from __future__ import annotations

from assistant.settings import Settings
from ingest.embedder import load_embedder
from ingest.knowledge import KnowledgeBase, StoreSettings


def store_settings(settings: Settings) -> StoreSettings:
    """Where the stores of these settings are."""
    return StoreSettings(
        data_dir=settings.data_dir,
        database_url=None if settings.database_url is None else settings.database_url.get_secret_value(),
        chroma_url=None if settings.chroma_url is None else str(settings.chroma_url),
        keep_originals=settings.keep_originals,
    )


def open_knowledge(settings: Settings) -> KnowledgeBase:
    """The knowledge base of these settings; its embedder is loaded when a vector is first needed.

    Raises:
        StoreError: when it cannot be opened or its vectors are another embedder's.
    """
    return KnowledgeBase.open(store_settings(settings), embedder=lambda: load_embedder(settings.embedder))
