"""``cabildo eval run``: every question of a set asked, graded, kept, and held against a run before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    progress_bar,
    run_folders,
    wide_console,
    write_text,
)

if TYPE_CHECKING:
    from assistant.settings import Settings
    from eval.cases import QuestionSet
    from eval.compare import Comparison
    from eval.record import Run
    from eval.targets import Target

#: How many runs before are looked through for what the rows said.
_RUNS_REMEMBERED = 5


def run(
    questions: Annotated[
        str,
        typer.Argument(
            metavar="CONJUNTO", help="Archivo YAML, carpeta con questions.yaml, o nombre.", show_default=False
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="CARPETA", help="Dónde guardar la corrida; si no, en los datos.")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="CORRIDA", help="Compara con esta corrida: archivo, nombre, «última» o «conjunto»."
        ),
    ] = None,
    min_score: MinScore = None,
    no_regressions: NoRegressions = False,
    stale_ok: StaleOk = False,
    url: Annotated[str | None, typer.Option("--url", help="Pregunta a este servidor, no en este proceso.")] = None,
    configured: Annotated[
        bool,
        typer.Option("--configured", help="Usa la base de conocimiento de siempre, no los documentos del conjunto."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, max=64, help="Preguntas a la vez (aquí 1; con modelo o servidor, 4)."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Empieza de nuevo aunque haya una corrida interrumpida igual.")
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Pide además la opinión del modelo configurado (ragas); no decide nada.")
    ] = False,
    save_as: Annotated[
        Path | None, typer.Option("--save-as", metavar="ARCHIVO", help="Guarda la corrida en este archivo.")
    ] = None,
    html: Html = None,
    markdown: Markdown = None,
    junit: JUnit = None,
    as_json: AsJson = False,
) -> None:
    settings = command_settings()
    from eval.holdings import records_of
    from eval.loading import find_set, load_set
    from eval.run import Options, run_set
    from eval.runs import FOLDER, new_path, save_run, stored_runs

    loaded = load_set(find_set(questions))
    folder = out or settings.data_dir / FOLDER
    before = baseline_run(baseline, loaded, run_folders(settings, out))
    earlier = [*([before] if before is not None else []), *_with_set(loaded)]
    earlier += stored_runs(run_folders(settings, out), loaded.name, _RUNS_REMEMBERED)
    records = records_of(earlier)
    with target(settings, loaded, url, configured) as answering:
        check_rows(loaded, answering, records, stale_ok=stale_ok)
        with progress_bar() as progress:
            options = Options(jobs, folder, fresh, progress, _tell_resumed)
            made = run_set(loaded, answering, options, records)
    if judge:
        from eval.judged import judge_run

        made = judge_run(made, settings, settings.data_dir / "judged")
    path = save_run(made, save_as or new_path(folder, made.run_id))
    finish_journal(folder, made)
    comparison = _compared(before, made)
    _write(made, comparison, html, markdown, junit)
    if as_json:
        _print_json(made, comparison)
    else:
        _print(made, comparison)
    note(f"Corrida guardada en {path}")
    from eval.measures import summaries

    accuracy = summaries(made)[-1].values["accuracy"].value
    end(list(missed_bars(accuracy, min_score, comparison, no_regressions=no_regressions, stale_ok=stale_ok)))


def baseline_run(given: str | None, loaded: QuestionSet, folders: list[Path]) -> Run | None:
    """The run to compare with: «conjunto» is the one that travels with the set.

    Raises:
        NotFoundError: when there is no such run.
    """
    from eval.runs import find_run, load_run
    from ingest.errors import NotFoundError

    if given is None:
        return None
    if given != "conjunto":
        return find_run(given, folders)
    if loaded.baseline is None:
        raise NotFoundError("Este conjunto no trae una corrida de referencia (baseline.json).")
    return load_run(loaded.baseline)


def _with_set(loaded: QuestionSet) -> list[Run]:
    from eval.runs import load_run
    from ingest.errors import InputError

    if loaded.baseline is None:
        return []
    try:
        return [load_run(loaded.baseline)]
    except InputError:
        return []


def check_rows(loaded: QuestionSet, answering: Target, records: dict[tuple[str, str], str], *, stale_ok: bool) -> None:
    """Refuse a set whose rows are nowhere; say which of its documents are not loaded.

    Raises:
        SetError: with file, line and what to write instead.
    """
    from eval.cases import SetError
    from eval.holdings import absent_files, complaints
    from eval.wording import wording

    said = wording().check
    wrong = list(complaints(loaded, answering.holdings, records))
    if wrong and not stale_ok:
        raise SetError("\n".join(f"{line}." for line in wrong), hint=f"\n{said.changed_documents}")
    for line in wrong:
        note(line)
    for file, ids in absent_files(loaded, answering.holdings).items():
        note(said.absent.format(file=file, count=len(ids), ids=", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")))


def finish_journal(folder: Path, made: Run) -> None:
    """Take away the journals of a run that is kept."""
    from eval.journal import SUFFIX

    for path in folder.glob(f"{made.run_id}-*{SUFFIX}"):
        path.unlink(missing_ok=True)


def _tell_resumed(done: int) -> None:
    note(f"Sigue una corrida interrumpida: ya hay {done} respuestas (--fresh empieza de nuevo).")


def _compared(before: Run | None, made: Run) -> Comparison | None:
    from eval.compare import compare

    return None if before is None else compare(before, made)


def _write(
    made: Run, comparison: Comparison | None, html: Path | None, markdown: Path | None, junit: Path | None
) -> None:
    if html is not None:
        from eval.reports.html import comparison_html, run_html

        write_text(html, run_html(made) if comparison is None else comparison_html(comparison))
    if markdown is not None:
        from eval.reports.markdown import comparison_markdown, run_markdown

        write_text(markdown, run_markdown(made) if comparison is None else comparison_markdown(comparison))
    if junit is not None:
        from eval.reports.junit import run_junit

        write_text(junit, run_junit(made, comparison))


def _print_json(made: Run, comparison: Comparison | None) -> None:
    from eval.reports.exported import comparison_json, run_json

    compared = None if comparison is None else comparison_json(comparison)
    print_json({**run_json(made), "comparison": compared})


def _print(made: Run, comparison: Comparison | None) -> None:
    from eval.reports.terminal import comparison_lines, failures, measure_lines, table
    from eval.reports.words import heading

    printer = wide_console()
    for line in failures(made):
        printer.print(line, soft_wrap=True)
    printer.print(table(made))
    for line in measure_lines(made):
        printer.print(line, soft_wrap=True)
    for line in () if comparison is None else comparison_lines(comparison):
        printer.print(line, soft_wrap=True)
    note(heading(made))


@contextmanager
def target(settings: Settings, questions: QuestionSet, url: str | None, configured: bool) -> Iterator[Target]:
    """Who answers, as the command line says it."""
    from eval import targets

    chosen = targets.over_http(url) if url else targets.in_process(settings, questions, configured=configured)
    with chosen as answering:
        yield answering
