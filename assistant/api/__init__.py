"""The HTTP API: registers routes and renders what the assistant and the knowledge base return, nothing more."""

from assistant.api.app import create_app

__all__ = ["create_app"]
