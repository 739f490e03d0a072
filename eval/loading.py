"""Reading a question set: a YAML file in, checked cases out, or an error with file, line and what to write instead."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from eval.cases import (
    Case,
    CaseText,
    Computed,
    Expect,
    ExpectedRow,
    Part,
    QuestionSet,
    SetError,
    same_indicator,
)
from eval.set_errors import complaint, find_node, repeated_keys

#: In these the copies of a row are not exchangeable: which document says what is the question.
_COPIES_DIFFER: frozenset[str] = frozenset({"discrepancy"})
#: In these a choice between rows does not say that they are copies of each other.
_CHOICES_DIFFER: frozenset[str] = frozenset({"discrepancy", "ambiguous"})

QUESTIONS_NAME = "questions.yaml"
DOCUMENTS_NAME = "documents"
BASELINE_NAME = "baseline.json"
SETS = Path(__file__).parent / "sets"


def find_set(given: str) -> Path:
    """The questions file that is meant: a file, a folder with ``questions.yaml``, or the name of a set of ours."""
    tried = (Path(given), Path(given) / QUESTIONS_NAME, SETS / given / QUESTIONS_NAME)
    for path in tried:
        if path.is_file():
            return path
    ours = ", ".join(sorted(path.parent.name for path in SETS.glob(f"*/{QUESTIONS_NAME}")))
    raise SetError(
        f"No hay ningún conjunto de preguntas «{given}».",
        hint=f"Dé un archivo YAML, una carpeta con {QUESTIONS_NAME}, o uno de estos nombres: {ours}.",
    )


def load_set(path: Path) -> QuestionSet:
    """The set of a file. Raises ``SetError`` with one line for each thing that is wrong."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"No se puede leer «{path}» ({type(error).__name__}).", hint="Debe ser YAML en UTF-8.") from None
    own, baseline = path.parent / DOCUMENTS_NAME, path.parent / BASELINE_NAME
    cases = parse_cases(text, path.name)
    return QuestionSet(
        name=path.parent.name if path.name == QUESTIONS_NAME else path.stem,
        sha256=hashlib.sha256(data).hexdigest(),
        cases=cases,
        documents=own if own.is_dir() else None,
        file=path.name,
        row_lines=dict(row_lines(text, cases)),
        baseline=baseline if baseline.is_file() else None,
    )


def parse_cases(text: str, file: str) -> tuple[Case, ...]:
    """The cases of a file's text; ``file`` is its name in errors. Raises ``SetError``."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        plain = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file}:{mark.line + 1}" if mark else file
        raise SetError(f"{where}: no es YAML.", hint="Revise sangrías, comillas, corchetes y dos puntos.") from None
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise SetError(f"{file}:1: debe ser una lista de preguntas.", hint="Empiece cada una con «- id: …».")
    refuse([f"{file}:{line}: la clave «{key}» está dos veces; deje una" for line, key in repeated_keys(root)])
    try:
        found = TypeAdapter(tuple[CaseText, ...]).validate_python(plain)
    except ValidationError as error:
        items = error.errors(include_url=False)
        told = sorted((find_node(root, item["loc"])[1], complaint(item, root, _known_keys)) for item in items)
        raise _set_error([f"{file}:{line}: {what}" for line, what in told]) from None
    refuse(list(_repeated_ids(found, root, file)))
    twins = frozenset(_twin_files(found))
    rows = (row for case in found for row in case.expect.rows if row.indicator and row.line_no)
    known = tuple(dict.fromkeys(row for row in rows if any(row.file in pair for pair in twins)))
    return tuple(
        Case(**dict(case)) if case.category in _COPIES_DIFFER else Case(**dict(case), twins=twins, known=known)
        for case in found
    )


def refuse(complaints: Sequence[str]) -> None:
    """Raise ``SetError`` with these complaints, a line each; nothing when there are none."""
    if complaints:
        raise _set_error(complaints)


def _set_error(complaints: Sequence[str]) -> SetError:
    return SetError("\n".join(line if line.endswith("?") else f"{line}." for line in complaints))


#: The model whose keys are allowed under a key of the file.
_MODELS: dict[str, type[Part]] = {"expect": Expect, "rows": ExpectedRow, "computed": Computed}


def _known_keys(above: str | None) -> list[str]:
    return list(_MODELS.get(above or "", CaseText).model_fields)


def row_lines(text: str, cases: Sequence[Case]) -> Iterator[tuple[tuple[str, int], int]]:
    """At which line of a file's text each expected row is written: ((question id, number from 0), line)."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None  # it was read before
    for i, case in enumerate(cases):
        for j in range(len(case.expect.rows)):
            yield (case.id, j), find_node(root, (i, "expect", "rows", j))[1]


def _repeated_ids(cases: Sequence[CaseText], root: yaml.SequenceNode, file: str) -> Iterator[str]:
    first: dict[str, int] = {}
    for i, case in enumerate(cases):
        _, line = find_node(root, (i, "id"))
        if case.id in first:
            yield f"{file}:{line}: el id «{case.id}» ya está en la línea {first[case.id]}; escriba otro"
        first.setdefault(case.id, line)


def _twin_files(cases: Iterable[CaseText]) -> Iterator[frozenset[str]]:
    """Pairs of files that repeat rows: an ordinary question takes a row of the same indicator from either."""
    for case in cases:
        if case.expect.match != "any" or case.category in _CHOICES_DIFFER:
            continue
        for one, other in combinations(case.expect.rows, 2):
            if one.file != other.file and one.indicator and same_indicator(one.indicator, other.indicator):
                yield frozenset({one.file, other.file})
