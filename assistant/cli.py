"""``cabildo`` on the command line: puts the commands together and turns errors into one line and an exit code.

Exit codes: 0 all well, 1 some input failed or a bar was missed, 2 wrong use or settings. Nothing heavy is imported
before a command needs it, so that ``cabildo --help`` comes at once.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands import asking, checking, documents, exporting, petitioning, serving
from assistant.commands.common import INTERRUPTED, note
from assistant.commands.spanish import SpanishGroup, complaint
from assistant.version import installed_version
from ingest.errors import CabildoError, SettingsError, StoreError

ENTRY_POINTS = "cabildo.commands"

#: Exit code of each error of the house; the nearest class wins.
_EXIT_CODES: dict[type[BaseException], int] = {SettingsError: 2, StoreError: 2, CabildoError: 1}


def make_app() -> typer.Typer:
    """The command line with the assistant's commands and those that other packages register."""
    app = typer.Typer(
        cls=SpanishGroup,
        name="cabildo",
        help="Responde qué prometió un gobierno y qué cumplió: cada cifra con la fila del indicador en que está.",
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_root)
    for module in (documents, exporting, asking, petitioning, serving, checking):
        module.register(app)
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            entry.load()(app)
        except Exception as error:
            note(f"No se pudo cargar la orden «{entry.name}» ({type(error).__name__}).")
    return app


def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Muestra la versión y termina.")] = False,
) -> None:
    if version:
        typer.echo(f"cabildo {installed_version()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. ``arguments`` None takes the process's own."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)  # on the handler too: some libraries set their own loggers to DEBUG
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", handlers=[handler])
    try:
        code = make_app()(args=arguments, prog_name="cabildo", standalone_mode=False)
    except typer.TyperException as error:
        note(complaint(error))
        return error.exit_code
    except CabildoError as error:
        note(str(error))
        return exit_code_of(error)
    except (KeyboardInterrupt, typer.Abort):
        note("Interrumpido.")
        return INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev -m assistant.cli …
            raise
        # Where it happened and what it is, but not its message, which may quote a document or a citizen.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        note(f"Error interno: {type(error).__name__} en {where}. Repórtelo, por favor.")
        return 1
    return code if isinstance(code, int) else 0


def exit_code_of(error: BaseException) -> int:
    """The exit code of an error, by walking its classes."""
    return next((_EXIT_CODES[kind] for kind in type(error).__mro__ if kind in _EXIT_CODES), 1)


if __name__ == "__main__":
    sys.exit(main())
