"""*Evaluación*: the latest runs, what changed from each to the next, and every question of them. Reads what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.pages import Page, Web
from eval.runs import FOLDER, load_run, run_files
from ingest.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.record import Run

_SHOWN = 12
_PATH = "/evaluacion"


def evaluation_page(web: Web) -> Page:
    """The page and its routes; registered under ``cabildo.pages``."""
    from eval.compare import compare
    from eval.measures import summaries
    from eval.reports.html import comparison_html, run_html
    from eval.reports.terminal import chance_line, counts_line, measure_rows
    from eval.reports.words import asked, heading, interval, percent, share
    from eval.wording import wording

    folder = web.settings.data_dir / FOLDER
    words: dict[str, Any] = {
        "percent": percent,
        "share": share,
        "interval": interval,
        "asked": asked,
        "heading": heading,
        "counts_line": counts_line,
        "chance_line": chance_line,
        "changes": wording().changes,
    }
    router = APIRouter(prefix=_PATH, include_in_schema=False)

    @router.get("")
    def listed(request: Request) -> Response:
        runs = latest(folder)
        lines = [(run, summaries(run)[-1], _against_previous(run, runs)) for run in runs]
        return web.render(request, "evaluation/list.html", lines=lines, **words)

    @router.get("/comparar")
    def compared(request: Request, antes: str, ahora: str) -> Response:
        found = compare(one_run(folder, antes), one_run(folder, ahora))
        return web.render(request, "evaluation/compare.html", found=found, **words)

    @router.get("/comparar/informe.html")
    def compared_report(antes: str, ahora: str) -> Response:
        found = compare(one_run(folder, antes), one_run(folder, ahora))
        return _file(comparison_html(found), f"{antes}-{ahora}.html")

    @router.get("/{run_id}")
    def shown(request: Request, run_id: str) -> Response:
        run = one_run(folder, run_id)
        return web.render(
            request,
            "evaluation/run.html",
            run=run,
            measured=summaries(run),
            measures=measure_rows(run),
            before=_previous(run, latest(folder)),
            **words,
        )

    @router.get("/{run_id}/informe.html")
    def report(run_id: str) -> Response:
        return _file(run_html(one_run(folder, run_id)), f"{run_id}.html")

    return Page("Evaluación", _PATH, router, Path(__file__).parent / "templates")


def latest(folder: Path) -> list[Run]:
    """The latest runs of a folder, the newest first."""
    found: list[Run] = []
    for path in run_files([folder]):
        try:
            found.append(_loaded(path, path.stat().st_mtime_ns))
        except (InputError, OSError):
            continue
        if len(found) == _SHOWN:
            break
    return sorted(found, key=lambda run: run.started_at, reverse=True)


def one_run(folder: Path, run_id: str) -> Run:
    """The run of a name; only files that are listed are ever opened.

    Raises:
        NotFoundError: when there is none.
    """
    for path in run_files([folder]):
        if path.stem == run_id:
            return _loaded(path, path.stat().st_mtime_ns)
    raise NotFoundError("No hay ninguna corrida con ese nombre.")


@lru_cache(64)
def _loaded(path: Path, _changed: int) -> Run:
    run = load_run(path)
    return run if run.run_id == path.stem else run.model_copy(update={"run_id": path.stem})


def _previous(run: Run, runs: Sequence[Run]) -> Run | None:
    """The run of the same set before this one, of those listed."""
    older = [one for one in runs if one.set_name == run.set_name and one.started_at < run.started_at]
    return max(older, key=lambda one: one.started_at, default=None)


def _against_previous(run: Run, runs: Sequence[Run]) -> Comparison | None:
    from eval.compare import compare

    before = _previous(run, runs)
    return None if before is None else compare(before, run)


def _file(text: str, name: str) -> Response:
    """A report to keep: it brings its own style and script, which pages of the server may not."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)
