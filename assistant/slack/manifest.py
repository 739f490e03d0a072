"""The manifest that makes the app in Slack: for Socket Mode as it is, with addresses for HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.slack.http import PATH

_FILE = Path(__file__).with_name("manifest.json")


def manifest(public_base: str | None = None) -> dict[str, Any]:
    """What is pasted into Slack at «Create New App → From a manifest» (docs.slack.dev/reference/app-manifest).

    Args:
        public_base: the server's public address, without a final slash; None for Socket Mode.
    """
    made: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    if public_base is not None:
        address = public_base + PATH
        made["settings"]["socket_mode_enabled"] = False
        made["settings"]["event_subscriptions"]["request_url"] = address
        made["settings"]["interactivity"]["request_url"] = address
        for command in made["features"]["slash_commands"]:
            command["url"] = address
    return made
