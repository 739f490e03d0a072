"""``cabildo serve``: the API on this machine."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from typing import Annotated

import typer

from assistant.commands.common import note, open_knowledge_base
from assistant.commands.spanish import SpanishCommand
from ingest.errors import SettingsError

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


def register(app: typer.Typer) -> None:
    app.command("serve", cls=SpanishCommand, help="Atiende por HTTP: la API y sus páginas.")(serve)


def serve(
    host: Annotated[
        str, typer.Option("--host", help="Dirección en que escucha; 0.0.0.0 es toda la red.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Puerto; 0 toma uno libre.")] = 8000,
) -> None:
    # As process 1 of a container, a signal that is not handled would be ignored.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Everything that can fail does so before the server runs, as one clear line.
    with listen(host, port) as listener, open_knowledge_base() as (settings, knowledge):
        import uvicorn

        from assistant.api import create_app
        from assistant.api.house import load_assistant

        app = create_app(settings, load_assistant(settings, knowledge), knowledge)
        # The access log is off: addresses carry what people search for.
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        note(f"Cabildo atiende en {address(host, listener.getsockname()[1])}")
        # The server ends gracefully and then passes the signal on; by then it has done its work.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if not server.started:
        raise typer.Exit(1)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        SettingsError: when the address is not this machine's or the port is taken or forbidden.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise SettingsError(
            f"No se puede escuchar en {host}, puerto {port} ({error.strerror or error}).",
            hint="¿Hay ya un servidor ahí? Use otro con --host y --port.",
        ) from None


def address(host: str, port: int) -> str:
    """The URL to open in a browser; a server on all addresses is reached by this machine's own."""
    name = _EVERYWHERE.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
