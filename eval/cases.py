"""Question sets: a YAML file in, checked cases out, or an error that names the file, the line and what to write.

The shape is that of the sets under ``sets/``: each question with what a right answer holds. The grading rules stand in
:mod:`eval.grade`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from assistant.answer import Status
from eval.numbers import TOKEN, readings
from eval.set_errors import complaint, find_node, repeated_keys
from ingest.errors import InputError
from ingest.fold import fold

Category = Literal[
    "target",
    "baseline",
    "attribute",
    "paraphrase",
    "list",
    "aggregate",
    "progress",
    "letter",
    "followup",
    "unanswerable",
    "ambiguous",
    "discrepancy",
    "adversarial",
    "english",
]
User = Literal["official", "staff", "citizen", "evaluator"]
Match = Literal["any", "all", "set"]
Text = Annotated[str, StringConstraints(min_length=1)]

CATEGORIES: tuple[str, ...] = get_args(Category)
#: In these the copies of a row are not exchangeable: which document says what is the question.
_COPIES_DIFFER: frozenset[str] = frozenset({"discrepancy"})
#: In these a choice between rows does not say that they are copies of each other.
_CHOICES_DIFFER: frozenset[str] = frozenset({"discrepancy", "ambiguous"})

QUESTIONS_NAME = "questions.yaml"
DOCUMENTS_NAME = "documents"
SETS = Path(__file__).parent / "sets"


class SetError(InputError):
    """A question set that cannot be used; the message names the file, the line and what to write instead."""


class Part(BaseModel):
    """A frozen piece of a question set; unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ExpectedRow(Part):
    """Where a row that a right answer cites stands; ``file`` is the beginning of the document's file name."""

    file: Text
    line_no: Annotated[int, Field(strict=True, ge=1)] | None = None
    sheet: Text | None = None
    cell: Text | None = None
    indicator: Text | None = None
    programme: Text | None = None
    metric: Text | None = None
    fact: Text | None = None
    value_text: Text | None = None
    quote: Text | None = None

    @model_validator(mode="after")
    def _says_which(self) -> ExpectedRow:
        if self.line_no is None and self.cell is None and self.indicator is None:
            raise PydanticCustomError("place", "no dice qué fila es: escriba line_no, o sheet y cell, o indicator")
        if (self.sheet is None) != (self.cell is None):
            raise PydanticCustomError("place", "sheet y cell van juntos")
        return self


class Computed(Part):
    """A figure that no document prints; ``value`` or one of ``accept`` must appear, in any way to write decimals."""

    value: Text
    accept: tuple[Text, ...] = ()
    expr: Text

    @model_validator(mode="after")
    def _holds_numbers(self) -> Computed:
        for text in (self.value, *self.accept):
            if not any(map(readings, TOKEN.findall(text))):
                raise PydanticCustomError("number", "«{text}» no es un número: escriba «7,1» o «5.000»", {"text": text})
        return self


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Expect(Part):
    """What a right answer holds."""

    status: Annotated[tuple[Status, ...], BeforeValidator(_as_list), Field(min_length=1)]
    rows: tuple[ExpectedRow, ...] = ()
    match: Match = "any"
    figures: tuple[Text, ...] = ()
    text: tuple[Text, ...] = ()
    absent: tuple[Text, ...] = ()
    computed: tuple[Computed, ...] = ()
    ordered: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> Expect:
        if self.match != "any" and not self.rows:
            raise PydanticCustomError("rows", "match: {match} necesita filas en rows", {"match": self.match})
        if self.ordered and len(self.figures) < 2:
            raise PydanticCustomError("ordered", "ordered necesita dos cifras o más en figures")
        for figure in self.figures:
            if not TOKEN.search(figure):
                raise PydanticCustomError(
                    "figure", "la cifra «{figure}» no tiene dígitos: póngala en text", {"figure": figure}
                )
        if self.status == ("answered",) and not (self.rows or self.figures or self.text or self.computed):
            raise PydanticCustomError(
                "empty", "con status: answered hay que pedir algo: rows, figures, text o computed"
            )
        return self


class CaseText(Part):
    """A question as the file writes it."""

    id: Text
    category: Category
    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    expect: Expect
    history: tuple[Text, ...] = Field((), description="earlier questions of the same user, in order")
    user: User | None = None
    note: str | None = None
    not_in_docs: tuple[str, ...] = ()


class Case(CaseText):
    """A question with what its set says of copies.

    ``twins`` are pairs of files in which a row of the same indicator is the same row; ``known`` the rows of such files
    that any question of the set names, so that a copy whose place is known is not taken for one elsewhere.
    """

    twins: frozenset[frozenset[str]] = frozenset()
    known: tuple[ExpectedRow, ...] = ()


@dataclass(frozen=True)
class QuestionSet:
    """A loaded set; ``documents`` is the folder of its own documents, or None when it has none."""

    name: str
    sha256: str
    cases: tuple[Case, ...]
    documents: Path | None


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
    own = path.parent / DOCUMENTS_NAME
    name = path.parent.name if path.name == QUESTIONS_NAME else path.stem
    cases = parse_cases(text, path.name)
    return QuestionSet(name, hashlib.sha256(data).hexdigest(), cases, own if own.is_dir() else None)


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
    _refuse([f"{file}:{line}: la clave «{key}» está dos veces; deje una" for line, key in repeated_keys(root)])
    try:
        found = TypeAdapter(tuple[CaseText, ...]).validate_python(plain)
    except ValidationError as error:
        items = error.errors(include_url=False)
        told = sorted((find_node(root, item["loc"])[1], complaint(item, root, _known_keys)) for item in items)
        raise _set_error([f"{file}:{line}: {what}" for line, what in told]) from None
    _refuse(list(_repeated_ids(found, root, file)))
    twins = frozenset(_twin_files(found))
    rows = (row for case in found for row in case.expect.rows if row.indicator and row.line_no)
    known = tuple(dict.fromkeys(row for row in rows if any(row.file in pair for pair in twins)))
    return tuple(
        Case(**dict(case)) if case.category in _COPIES_DIFFER else Case(**dict(case), twins=twins, known=known)
        for case in found
    )


def _refuse(complaints: Sequence[str]) -> None:
    if complaints:
        raise _set_error(complaints)


def _set_error(complaints: Sequence[str]) -> SetError:
    return SetError("\n".join(line if line.endswith("?") else f"{line}." for line in complaints))


#: The model whose keys are allowed under a key of the file.
_MODELS: dict[str, type[Part]] = {"expect": Expect, "rows": ExpectedRow, "computed": Computed}


def _known_keys(above: str | None) -> list[str]:
    return list(_MODELS.get(above or "", CaseText).model_fields)


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


def same_indicator(one: str | None, other: str | None) -> bool:
    """Whether two indicators are the same but for case, accents, spaces and a final stop."""
    return one is not None and other is not None and fold(one).rstrip(" .") == fold(other).rstrip(" .")
