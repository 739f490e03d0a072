"""Where runs are kept: one JSON file each, found again by path, by name, or as the last of a set."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from eval.record import RUN_FORMAT, Run
from ingest.errors import InputError, NotFoundError

FOLDER = "runs"
#: Words for "the run before all others of its set by time".
LATEST = ("última", "ultima", "latest")


def run_id(set_name: str, started: datetime) -> str:
    """The name of a run: its set and when it began, UTC."""
    return f"{set_name}-{started:%Y%m%d-%H%M%S}"


def save_run(run: Run, path: Path) -> Path:
    """Write a run as JSON, at once or not at all; returns where.

    Raises:
        InputError: when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(run.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise InputError(f"No se puede escribir en «{path.parent}» ({error.strerror}).", hint="Revise --out.") from None
    return path


def new_path(folder: Path, name: str) -> Path:
    """A file of this name that is not there yet."""
    path = folder / f"{name}.json"
    number = 2
    while path.exists():
        path = folder / f"{name}-{number}.json"
        number += 1
    return path


def load_run(path: Path) -> Run:
    """A run from its file.

    Raises:
        InputError: when it is no run, or one of another version of the format.
    """
    try:
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict) or "cases" not in data:
            raise ValueError("no run")
        if data.get("run_format") != RUN_FORMAT:
            raise InputError(f"La corrida «{path.name}» es de otra versión de Cabildo.", hint="Hágala de nuevo.")
        return Run.model_validate(data)
    except OSError as error:
        raise InputError(f"No se puede leer la corrida «{path}» ({error.strerror}).") from None
    except (ValueError, ValidationError):
        raise InputError(
            f"«{path}» no es una corrida.", hint="Dé un archivo JSON que haya escrito `cabildo eval run`."
        ) from None


def find_run(given: str, folders: Sequence[Path]) -> Run:
    """The run that is meant: a file, its name in one of the folders, or «última» (also «última:cartagena»).

    Raises:
        NotFoundError: naming what there is.
    """
    if Path(given).is_file():
        return load_run(Path(given))
    for folder in folders:
        for path in (folder / given, folder / f"{given}.json"):
            if path.is_file():
                return load_run(path)
    word, _, of_set = given.partition(":")
    if word.casefold() in LATEST:
        found = next((run for run in stored_runs(folders) if not of_set or run.set_name == of_set), None)
        if found is not None:
            return found
    known = [path.stem for path in run_files(folders)][:5]
    there = (
        f"Las últimas son: {', '.join(known)}." if known else "Todavía no hay ninguna: hágala con `cabildo eval run`."
    )
    raise NotFoundError(f"No hay ninguna corrida «{given}».", hint=there)


def stored_runs(folders: Sequence[Path], set_name: str | None = None, limit: int | None = None) -> Iterator[Run]:
    """The runs of some folders, the newest first; files that are no run of this version are passed over."""
    given = 0
    for path in run_files(folders):
        if set_name is not None and not path.name.startswith(f"{set_name}-"):
            continue
        try:
            run = load_run(path)
        except InputError:
            continue
        yield run
        given += 1
        if limit is not None and given >= limit:
            return


def run_files(folders: Sequence[Path]) -> list[Path]:
    """The files of some folders that may be runs, the newest first."""
    found = {path.resolve(): path for folder in folders if folder.is_dir() for path in folder.glob("*.json")}
    return sorted(found.values(), key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
