"""``cabildo eval compare A B`` and ``cabildo eval report RUN``: what stored runs say, alone and beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.common import AsJson, command_settings, note, print_json
from eval.commands.shared import (
    Html,
    JUnit,
    Markdown,
    MinScore,
    NoRegressions,
    StaleOk,
    end,
    missed_bars,
    run_folders,
    wide_console,
    write_text,
)

_RUN_HELP = "Archivo, nombre de una corrida guardada, «última» o «última:CONJUNTO»."
RunName = Annotated[str, typer.Argument(metavar="CORRIDA", help=_RUN_HELP, show_default=False)]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="CARPETA", help="Carpeta de las corridas, si no la de siempre.")
]


def compare(
    before: Annotated[str, typer.Argument(metavar="A", help=f"La de antes. {_RUN_HELP}", show_default=False)],
    after: Annotated[str, typer.Argument(metavar="B", help=f"La de ahora. {_RUN_HELP}", show_default=False)],
    out: Out = None,
    min_score: MinScore = None,
    no_regressions: NoRegressions = False,
    stale_ok: StaleOk = False,
    html: Html = None,
    markdown: Markdown = None,
    junit: JUnit = None,
    as_json: AsJson = False,
    full: Annotated[bool, typer.Option("--all", help="Nombra también las preguntas que siguen igual.")] = False,
) -> None:
    settings = command_settings()
    from eval.compare import compare as compared
    from eval.measures import summaries
    from eval.runs import find_run

    folders = run_folders(settings, out)
    found = compared(find_run(before, folders), find_run(after, folders))
    if html is not None:
        from eval.reports.html import comparison_html

        write_text(html, comparison_html(found))
    if markdown is not None:
        from eval.reports.markdown import comparison_markdown

        write_text(markdown, comparison_markdown(found))
    if junit is not None:
        from eval.reports.junit import run_junit

        write_text(junit, run_junit(found.after, found))
    if found.before.set_name != found.after.set_name:
        note(f"Las corridas son de conjuntos distintos: {found.before.set_name} y {found.after.set_name}.")
    if as_json:
        from eval.reports.exported import comparison_json

        print_json(comparison_json(found))
    else:
        from eval.reports.terminal import comparison_lines

        printer = wide_console()
        for line in comparison_lines(found, full=full):
            printer.print(line, soft_wrap=True)
    accuracy = summaries(found.after)[-1].values["accuracy"].value
    end(list(missed_bars(accuracy, min_score, found, no_regressions=no_regressions, stale_ok=stale_ok)))


def report(
    run: RunName,
    out: Out = None,
    html: Html = None,
    markdown: Markdown = None,
    junit: JUnit = None,
    as_json: AsJson = False,
) -> None:
    settings = command_settings()
    from eval.reports.exported import run_json
    from eval.reports.terminal import failures, measure_lines, table
    from eval.reports.words import heading
    from eval.runs import find_run

    made = find_run(run, run_folders(settings, out))
    if html is not None:
        from eval.reports.html import run_html

        write_text(html, run_html(made))
    if markdown is not None:
        from eval.reports.markdown import run_markdown

        write_text(markdown, run_markdown(made))
    if junit is not None:
        from eval.reports.junit import run_junit

        write_text(junit, run_junit(made))
    if as_json:
        print_json(run_json(made))
        return
    printer = wide_console()
    for line in failures(made):
        printer.print(line, soft_wrap=True)
    printer.print(table(made))
    for line in measure_lines(made):
        printer.print(line, soft_wrap=True)
    note(heading(made))


def list_runs(
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    settings = command_settings()
    from eval.measures import summaries
    from eval.reports.exported import run_json
    from eval.reports.words import share
    from eval.runs import stored_runs

    found = list(stored_runs(run_folders(settings, out)))
    if as_json:
        print_json([{key: value for key, value in run_json(run).items() if key != "questions"} for run in found])
        return
    from rich.table import Table

    made = Table(header_style="bold")
    for heading in ("corrida", "preguntas", "bien", "%", "vencidas", "documentos"):
        made.add_column(heading, no_wrap=heading == "corrida", justify="left" if heading == "corrida" else "right")
    for run in found:
        total = summaries(run)[-1]
        accuracy = total.values["accuracy"]
        documents = len(run.made_by.documents)
        made.add_row(run.run_id, str(total.asked), str(total.right), share(accuracy), str(total.stale), str(documents))
    wide_console().print(made)
