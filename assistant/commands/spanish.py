"""Typer's own words in Spanish: help pages and complaints about wrong use."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_HELP_WORDS: dict[str, str] = {
    "ARGUMENTS_PANEL_TITLE": "Argumentos",
    "OPTIONS_PANEL_TITLE": "Opciones",
    "COMMANDS_PANEL_TITLE": "Órdenes",
    "DEFAULT_STRING": "[si no se dice: {}]",
    "REQUIRED_LONG_STRING": "[obligatorio]",
}


def _speak_spanish() -> None:
    from typer import rich_utils

    for name, words in _HELP_WORDS.items():
        setattr(rich_utils, name, words)


class _SpanishHelp:
    """What groups and commands have in common."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Muestra esta ayuda y termina."
        return option

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", "Uso:", 1).replace("[OPTIONS]", "[OPCIONES]").replace("COMMAND [ARGS]", "ORDEN")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _speak_spanish()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class SpanishGroup(_SpanishHelp, TyperGroup):
    """A group of commands whose help is in Spanish."""


class SpanishCommand(_SpanishHelp, TyperCommand):
    """A command whose help is in Spanish."""


#: Typer's and pydantic's complaints, recognised by their English, and the same in Spanish.
_COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"No such command '(?P<name>.*)'"), "No existe la orden «{name}»."),
    (re.compile(r"unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)"), "Sobra «{name}»; ¿faltan comillas?"),
    (re.compile(r"'(?P<name>.*?)' is not one of (?P<valid>.*?)\.?$"), "{option}: «{name}» no es uno de {valid}."),
    (re.compile(r"valid integer"), "{option} debe ser un número entero."),
    (re.compile(r"greater than or equal to (?P<bound>\S+)"), "{option} debe ser {bound} o más."),
    (re.compile(r"less than or equal to (?P<bound>\S+)"), "{option} debe ser {bound} o menos."),
    (re.compile(r"requires an argument"), "{option} necesita un valor."),
    (re.compile(r"does not take a value"), "{option} no lleva valor."),
)


def complaint(error: typer.TyperException) -> str:
    """What was wrong with the command line, in one sentence, and where to read how it is used."""
    context = getattr(error, "ctx", None)
    asked = f" Vea «{context.command_path} --help»." if context is not None else ""
    return _sentence(error) + asked


def _sentence(error: typer.TyperException) -> str:
    """Told apart by class name, since the classes are private to Typer; an unknown complaint keeps its own words."""
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", None) or (parameter.get_error_hint().strip("'") if parameter else "")
    if kind == "MissingParameter":
        return f"Falta {option.rstrip('…')}."
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        meant = f" ¿Quiso decir {' o '.join(sorted(near))}?" if near else ""
        return f"No existe la opción {option}.{meant}"
    for pattern, spanish in _COMPLAINTS:
        if found := pattern.search(error.message):
            return spanish.format(option=option, **found.groupdict())
    return error.message
