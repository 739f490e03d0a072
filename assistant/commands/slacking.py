"""``cabildo slack``: Slack in Socket Mode."""

from __future__ import annotations

import asyncio

import typer

from assistant.commands.common import command_settings, note, open_knowledge_base
from assistant.commands.spanish import SpanishCommand


def register(app: typer.Typer) -> None:
    app.command("slack", cls=SpanishCommand, help="Atiende en Slack por Socket Mode, sin dirección pública.")(slack)


def slack() -> None:
    settings = command_settings()
    from assistant.slack.front import SlackFront, require_settings

    require_settings(settings, "slack_bot_token", "slack_app_token")
    with open_knowledge_base() as (settings, knowledge):
        from assistant.api.house import House
        from assistant.slack.socket_mode import serve_socket

        house = House(settings, None, knowledge)
        house.load()
        try:
            front = SlackFront(settings, house)
            asyncio.run(serve_socket(settings, front, lambda: note("Cabildo atiende en Slack. Ctrl-C para terminar.")))
        finally:
            house.close(opened=False)
