"""``cabildo.yaml``: what a person says of the documents beside it, where Cabildo reads them otherwise.

``bytes → checked mapping → FolderSettings → what holds for one file``. Every complaint names the file, the place in it
and what may stand there. It is written by users and may be uploaded by anybody: its size and depth are bounded, and
it is only data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args

import yaml

from ingest.errors import InputError
from ingest.fold import fold
from ingest.records import DocumentKind, Overrides, TableColumn, TableGiven
from ingest.sources import SETTINGS_NAME
from ingest.wording.given_roles import known_keys, role_names, role_of
from ingest.wording.prompt_files import strict_yaml

_LARGEST = 200_000
_DEEPEST = 12
_KINDS = get_args(DocumentKind)
_YES = {"true", "si", "yes"}
_NO = {"false", "no"}

#: The way to a value: 'documents › plan.xlsx › tables › 2'.
Way = tuple[str, ...]


@dataclass(frozen=True)
class FolderSettings:
    """What one ``cabildo.yaml`` says: of all documents of its folder, and of some by name or pattern."""

    folder: Path
    common: Overrides
    documents: tuple[tuple[str, Overrides], ...] = ()

    def of(self, path: Path) -> Overrides:
        """What holds for a file (resolved) under the folder; what stands further down wins, tables are all kept."""
        found = self.common
        for pattern, said in self.documents:
            if self._matches(pattern, path):
                found = found.model_copy(update={**said.said, "tables": (*found.tables, *said.tables)})
        return found

    def unmatched(self, paths: Iterable[Path]) -> list[str]:
        """The patterns that none of some files has."""
        given = list(paths)
        return [pattern for pattern, _ in self.documents if not any(self._matches(pattern, path) for path in given)]

    def _matches(self, pattern: str, path: Path) -> bool:
        names = [path.name]
        if path.is_relative_to(self.folder):
            names.append(path.relative_to(self.folder).as_posix())
        return any(fnmatchcase(fold(name), fold(pattern)) for name in names)


def read_settings_file(folder: Path, *, called: str | None = None) -> FolderSettings | None:
    """What the folder's ``cabildo.yaml`` says; None without one. ``called`` is its name in complaints.

    Raises:
        InputError: when it is not understood, with where in it and what may stand there.
    """
    path = folder / SETTINGS_NAME
    name = called or str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        raise InputError(f"No se puede leer {name}.", hint="Debe ser un archivo YAML en UTF-8.") from None
    return parse_settings(data, folder, name)


def parse_settings(data: bytes, folder: Path, name: str) -> FolderSettings:
    """The settings of a folder from the bytes of their file. Raises ``InputError``."""
    content = _mapping(_loaded(data, name) or {}, (), name)
    _check_keys(content, known_keys("document", "folder"), (), name)
    sections = _mapping(content.get("documents") or {}, ("documents",), name)
    documents = []
    for pattern, section in sections.items():
        way = ("documents", str(pattern))
        said = _mapping(section or {}, way, name)
        _check_keys(said, known_keys("document"), way, name)
        documents.append((str(pattern), _overrides(said, way, name)))
    return FolderSettings(folder.resolve(), _overrides(content, (), name), tuple(documents))


def _loaded(data: bytes, name: str) -> Any:
    hint = "Debe ser un archivo YAML en UTF-8."
    if len(data) > _LARGEST:
        raise InputError(f"{name} es demasiado grande para decir cómo se leen unos documentos.", hint=hint)
    try:
        _refuse_tricks(data.decode("utf-8"), name)
        return strict_yaml(data)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (línea {mark.line + 1})" if mark is not None else ""
        raise InputError(f"No se puede leer {name}{where}.", hint=hint) from None


def _refuse_tricks(text: str, name: str) -> None:
    """No references, which can blow up a small file, and no nesting beyond what there is to say."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
            raise InputError(f"{name} usa referencias o niveles que aquí no hacen falta.", hint="Escríbalo completo.")


def _overrides(said: Mapping[str, Any], way: Way, name: str) -> Overrides:
    fields: dict[str, Any] = {
        key: _text(said[key], (*way, key), name)
        for key in ("entity", "period", "office", "title")
        if said.get(key) is not None
    }
    if said.get("kind") is not None:
        fields["kind"] = _one_of(said["kind"], _KINDS, (*way, "kind"), name)
    tables = said.get("tables") or []
    if not isinstance(tables, list):
        raise _complaint(name, (*way, "tables"), "debe ser una lista: cada tabla comienza con «- »")
    return Overrides(
        **fields, tables=tuple(_table(table, (*way, "tables", str(n)), name) for n, table in enumerate(tables, 1))
    )


def _table(content: Any, way: Way, name: str) -> TableGiven:
    said = _mapping(content, way, name)
    _check_keys(said, known_keys("table"), way, name)
    columns = _mapping(said.get("columns") or {}, (*way, "columns"), name)
    ignore = _yes_or_no(said.get("ignore", False), (*way, "ignore"), name)
    if not columns and not ignore:
        raise _complaint(name, way, "no dice qué hacer con la tabla", "Diga «columns», o «ignore: true».")
    return TableGiven(
        sheet=_text(said["sheet"], (*way, "sheet"), name) if said.get("sheet") is not None else None,
        header=_text(said["header"], (*way, "header"), name) if said.get("header") is not None else None,
        page=_count(said.get("page"), (*way, "page"), name),
        header_row=_count(said.get("header_row"), (*way, "header_row"), name),
        columns=tuple(_column(str(key), value, (*way, "columns", str(key)), name) for key, value in columns.items()),
        ignore=ignore,
    )


def _column(column: str, value: Any, way: Way, name: str) -> TableColumn:
    found = role_of(_text(value, way, name))
    if found is None:
        offered = ", ".join(role_names())
        hint = f"Puede ser: {offered}; con un año detrás donde lo haya, como «meta 2025»."
        raise _complaint(name, way, f"«{value}» no es nada que una columna pueda ser", hint)
    role, year = found
    return TableColumn(column=column, role=role, year=year)


def _check_keys(said: Mapping[str, Any], known: Mapping[str, str], way: Way, name: str) -> None:
    unknown = [str(key) for key in said if key not in known]
    if unknown:
        listed = "; ".join(f"{key} ({says})" for key, says in known.items())
        raise _complaint(name, (*way, unknown[0]), "no se entiende", f"Aquí puede estar: {listed}.")


def _mapping(value: Any, way: Way, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _complaint(name, way, "debe ser una lista de «clave: valor»")
    return value


def _text(value: Any, way: Way, name: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
        raise _complaint(name, way, "debe ser un texto")
    return str(value).strip()


def _one_of(value: Any, options: Iterable[str], way: Way, name: str) -> str:
    text = _text(value, way, name)
    if text not in options:
        raise _complaint(name, way, f"«{text}» no vale", f"Puede ser: {', '.join(options)}.")
    return text


def _count(value: Any, way: Way, name: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise _complaint(name, way, "debe ser un número desde 1")
    return value


def _yes_or_no(value: Any, way: Way, name: str) -> bool:
    said = fold(str(value))
    if said not in _YES | _NO:
        raise _complaint(name, way, "debe ser true o false")
    return said in _YES


def _complaint(name: str, way: Way, what: str, hint: str | None = None) -> InputError:
    where = f", en «{' › '.join(way)}»" if way else ""
    return InputError(f"En {name}{where}: {what}.", hint=hint)


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that paths mean, resolved."""
    for path in paths:
        if path.is_dir():
            yield from (found.resolve() for found in path.rglob("*") if found.is_file())
        elif path.exists():
            yield path.resolve()
