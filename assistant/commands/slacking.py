"""``cabildo slack``: Slack in Socket Mode, and the manifest that makes the app."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from assistant.commands.common import command_settings, note, open_knowledge_base, print_json
from assistant.commands.spanish import SpanishCommand


def register(app: typer.Typer) -> None:
    app.command("slack", cls=SpanishCommand, help="Atiende en Slack por Socket Mode, sin dirección pública.")(slack)


def slack(
    show_manifest: Annotated[
        bool,
        typer.Option(
            "--manifest",
            help="Muestra el manifiesto de la aplicación de Slack (por HTTP si hay CABILDO_PUBLIC_URL) y termina.",
        ),
    ] = False,
) -> None:
    settings = command_settings()
    if show_manifest:
        from assistant.slack.manifest import manifest

        print_json(manifest(settings.public_base))
        return
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
