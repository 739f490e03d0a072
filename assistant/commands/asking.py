"""``cabildo ask`` and ``cabildo chat``."""

from __future__ import annotations

import getpass
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.common import AsJson, Entity, Period, console, note, open_knowledge_base, print_json
from assistant.commands.spanish import SpanishCommand
from ingest.errors import CabildoError

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.answer import Answer
    from assistant.assistant import Assistant
    from assistant.auditing import Asker

_GOODBYES = frozenset({"salir", "adiós", "adios", "exit", "quit"})


def register(app: typer.Typer) -> None:
    app.command("ask", cls=SpanishCommand, help="Responde una pregunta.")(ask)
    app.command("chat", cls=SpanishCommand, help="Conversa en la terminal: cada pregunta puede seguir de la anterior.")(
        chat
    )


def ask(
    question: Annotated[
        str, typer.Argument(metavar="PREGUNTA", help="La pregunta, entre comillas.", show_default=False)
    ],
    as_json: AsJson = False,
    conversation: Annotated[
        str | None, typer.Option("--conversation", metavar="ID", help="Conversación que continúa.")
    ] = None,
    entity: Entity = None,
    period: Period = None,
) -> None:
    if not question.strip():
        raise typer.BadParameter("La pregunta está vacía.")
    with open_knowledge_base() as (settings, knowledge):
        from assistant.answer import Question
        from assistant.assistant import Assistant

        asked = Question(question=question, conversation_id=conversation, entity=entity, period=period)
        with closing(Assistant(knowledge, settings)) as assistant:
            answer = assistant.ask(asked, local_asker())
    if as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        _show(console(), answer)


def chat(entity: Entity = None, period: Period = None) -> None:
    with open_knowledge_base() as (settings, knowledge):
        from assistant.assistant import Assistant

        with closing(Assistant(knowledge, settings)) as assistant:
            _converse(assistant, entity, period)


def _converse(assistant: Assistant, entity: str | None, period: str | None) -> None:
    """Questions from the terminal until there are no more; one that fails does not end the conversation."""
    from assistant.answer import Question

    out = console()
    note("Pregunte lo que quiera saber. Para terminar, escriba «salir».")
    conversation: str | None = None
    while (text := _next_line()) is not None:
        try:
            asked = Question(question=text, conversation_id=conversation, entity=entity, period=period)
            answer = assistant.ask(asked, local_asker())
        except CabildoError as error:
            note(str(error))
            continue
        conversation = answer.conversation_id
        _show(out, answer)
        out.print()


def local_asker() -> Asker:
    """Whoever runs the command, by the name the machine knows them by."""
    from assistant.auditing import Asker

    try:
        return Asker("cli", getpass.getuser())
    except (OSError, KeyError):  # a user id without a name, as in containers
        return Asker("cli")


def _next_line() -> str | None:
    """The next question, or None when there are no more."""
    while True:
        try:
            text = input("» ").strip()
        except EOFError:
            return None
        if text.casefold().rstrip(".!") in _GOODBYES:
            return None
        if text:
            return text


def _show(out: Console, answer: Answer) -> None:
    from assistant.terminal import answer_view

    out.print(answer_view(answer))
