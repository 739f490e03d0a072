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
from ingest.records import Extraction, Overrides, ReadDocument
from ingest.settings_file import FolderSettings, files_under, read_settings_file
from ingest.sources import SETTINGS_NAME

if TYPE_CHECKING:
    from ingest.knowledge import KnowledgeBase
    from ingest.parsing import ParseLimits
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
    report = ingest_paths(
        paths, knowledge, overrides_of, prune=prune, progress=progress, stages=configured_stages(settings)
    )
    return _with_idle_settings(report, paths)


def _with_idle_settings(report: IngestReport, paths: Sequence[Path]) -> IngestReport:
    """The report with a failure for each ``cabildo.yaml`` of the folders that speaks of files which are not there."""
    from ingest.pipeline import DocumentReport
    from ingest.records import Notice

    files = list(files_under(paths))
    failed = []
    for path in files:
        found = read_settings_file(path.parent) if path.name == SETTINGS_NAME else None
        idle = found.unmatched(files) if found is not None else []
        if idle:
            names = ", ".join(f"«{pattern}»" for pattern in idle)
            message = (
                f"En «documents» habla de archivos que no están: {names}. Escriba su nombre como está en la carpeta."
            )
            notice = Notice(code="setting-without-document", message=message, place=None)
            failed.append(DocumentReport(document=SETTINGS_NAME, status="failed", warnings=(notice,)))
    return report.model_copy(update={"documents": (*report.documents, *failed)}) if failed else report


def configured_stages(settings: Settings) -> Stages:
    """The usual stages within the settings' limits, with the settings' defaults for what a document does not say."""
    from ingest.pipeline import default_stages, sandboxed
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

    # What is set is part of the version: a document read under other defaults, or whose original was not kept, counts
    # as changed.
    said = {**defaults, "originals": "kept" if settings.keep_originals else None}
    version = "|".join([usual.version, *(f"{name}={value}" for name, value in said.items() if value)])
    stages = replace(usual, read=read, extract=extract, version=version)
    if settings.extract_with_model:
        from assistant.page_reader import read_with_model

        stages = replace(stages, version=f"{version}|model={settings.chat_model}", enrich=read_with_model(settings))
    given = Overrides(entity=settings.default_entity, period=settings.default_period)
    return sandboxed(stages, parse_limits(settings), given)


def parse_limits(settings: Settings) -> ParseLimits:
    """What one file may cost."""
    from ingest.parsing import ParseLimits

    return ParseLimits(
        max_bytes=settings.max_file_mb * _MEBIBYTE,
        max_seconds=settings.max_seconds,
        max_memory_mb=settings.max_memory_mb,
        max_pages=settings.max_pages,
    )


def folder_overrides(
    paths: Sequence[Path], given: Overrides, *, called: str | None = None
) -> Callable[[Path], Overrides]:
    """What is said of each file: by whoever ingests it, else by the nearest ``cabildo.yaml`` up to the folder given.

    ``called`` is what complaints call that file, where its path is nobody's business.
    """
    roots = [path.resolve() for path in paths if path.is_dir()]

    @cache
    def of_folder(folder: Path) -> FolderSettings | None:
        found = read_settings_file(folder, called=called)
        if found is None and folder not in roots and any(folder.is_relative_to(root) for root in roots):
            return of_folder(folder.parent)
        return found

    def of(path: Path) -> Overrides:
        resolved = path.resolve()
        found = of_folder(resolved.parent)
        said = found.of(resolved) if found is not None else Overrides()
        return said.model_copy(update={**given.said, "tables": (*said.tables, *given.tables)})

    return of


def read_folder_settings(folder: Path) -> Overrides | None:
    """What the folder's ``cabildo.yaml`` says of all its documents; None without one. Raises ``InputError``."""
    found = read_settings_file(folder)
    return None if found is None else found.common
