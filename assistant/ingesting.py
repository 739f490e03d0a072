"""Ingesting for the front ends: what is known of the documents beforehand, and the pipeline called with it.

Who says what a document is of, the strongest first: whoever ingests it (``--entity``), the ``cabildo.yaml`` nearest to
the file, the document itself, and the defaults of the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from ingest.errors import InputError
from ingest.records import Extraction, Overrides, ReadDocument

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase
    from ingest.pipeline import IngestReport, Stages
    from ingest.progress import Progress

_MEBIBYTE = 1024 * 1024


def ingest(
    settings: Settings,
    knowledge: KnowledgeBase,
    paths: Sequence[Path],
    given: Overrides | None = None,
    *,
    prune: bool = False,
    progress: Progress | None = None,
) -> IngestReport:
    """Read files and folders into the knowledge base.

    Args:
        given: what whoever ingests says of all of them.
        prune: also take out the documents of these folders whose files are gone.

    Raises:
        InputError: for a ``cabildo.yaml`` that cannot be understood; a document that cannot be is a failed report.
        StoreError: when the knowledge base cannot be written.
    """
    from ingest.pipeline import ingest_paths

    overrides_of = folder_overrides(paths, given or Overrides())
    return ingest_paths(
        paths, knowledge, overrides_of, prune=prune, progress=progress, stages=configured_stages(settings)
    )


def configured_stages(settings: Settings) -> Stages:
    """The usual stages within the settings' limits, with the settings' defaults for what a document does not say."""
    from ingest.pipeline import ParseLimits, default_stages, sandboxed
    from ingest.readers import ReadLimits, read_file

    usual = default_stages()
    limits = ReadLimits(max_bytes=settings.max_file_mb * _MEBIBYTE)
    defaults = {"entity": settings.default_entity, "period": settings.default_period}

    def read(path: Path, name: str) -> ReadDocument:
        return read_file(path, name, limits)

    def extract(document: ReadDocument, overrides: Overrides) -> Extraction:
        made = usual.extract(document, overrides)
        unsaid = {name: value for name, value in defaults.items() if value and getattr(made.info, name) is None}
        return usual.extract(document, overrides.model_copy(update=unsaid)) if unsaid else made

    # The defaults are part of the version, so that a document read under others counts as changed.
    version = "|".join([usual.version, *(f"{name}={value}" for name, value in defaults.items() if value)])
    stages = replace(usual, read=read, extract=extract, version=version)
    bounds = ParseLimits(
        max_bytes=limits.max_bytes,
        max_seconds=settings.max_seconds,
        max_memory_mb=settings.max_memory_mb,
        max_pages=settings.max_pages,
    )
    return sandboxed(stages, bounds, Overrides(entity=settings.default_entity, period=settings.default_period))


def folder_overrides(paths: Sequence[Path], given: Overrides) -> Callable[[Path], Overrides]:
    """What is said of each file: by whoever ingests it, else by the nearest ``cabildo.yaml`` up to the folder given."""
    roots = [path.resolve() for path in paths if path.is_dir()]
    said = given.model_dump(exclude_none=True)

    @cache
    def of_folder(folder: Path) -> Overrides:
        found = read_folder_settings(folder)
        if found is None and folder not in roots and any(folder.is_relative_to(root) for root in roots):
            return of_folder(folder.parent)
        return found or Overrides()

    return lambda path: of_folder(path.resolve().parent).model_copy(update=said)


def read_folder_settings(folder: Path) -> Overrides | None:
    """What the folder's ``cabildo.yaml`` says of its documents: entity, period, kind, office, title; None without one.

    Raises:
        InputError: when it is not that.
    """
    import yaml
    from pydantic import ValidationError

    from ingest.sources import SETTINGS_NAME

    path = folder / SETTINGS_NAME
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise InputError(f"No se puede leer {path}.", hint="Debe ser un archivo YAML en UTF-8.") from None
    try:
        return Overrides.model_validate(content or {})
    except ValidationError as error:
        names = ", ".join(sorted({str(item["loc"][0]) if item["loc"] else "contenido" for item in error.errors()}))
        raise InputError(
            f"En {path} hay algo que no se entiende: {names}.",
            hint="Puede decir entity, period, kind (plan, progress, letter, other), office y title, como textos.",
        ) from None
