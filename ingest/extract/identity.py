"""Which entity, period, kind and office a document is of, read from the document itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, cast, get_args

from ingest.extract.entities import NAME, read_entity
from ingest.extract.told import told_by_columns
from ingest.fold import fold, squeeze
from ingest.headings import read_label
from ingest.records import Block, DocumentInfo, DocumentKind, ReadDocument, Table
from ingest.wording import load_yaml

_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/aA]{1,2}\s*(20\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d.,/])(20[0-4]\d)(?![\d.,]\d|\d|%)")
_PLAN_YEARS = 4
_PERSON = re.compile(
    r"^(?:[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+\s+){2,4}[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+$|^(?:[A-ZÁÉÍÓÚÑ]{3,}\s+){2,4}[A-ZÁÉÍÓÚÑ]{3,}$"
)
_NEAR_PLAN = 40
#: What a plan's own mention of its years adds to how often they are named.
_BY_ITS_PLAN = 5
_COVER_GROUPS = 8
_COVER_LINES = 60
_COVER_OFFICE = 7
_LONGEST_OFFICE = 120
_BREAKS_OFF = re.compile(r"\b(?:de|del|y|la|las|los|el)$", re.IGNORECASE)
_TITLE_WITHIN = 12
_HEAD_BLOCKS = 40
_HEAD_ROWS = 8
_LEAST_WEIGHT = 3


def identify(read: ReadDocument) -> DocumentInfo:
    """What the document is of, as far as it says so; the rest is None."""
    text = document_text(read.blocks)
    told = told_by_columns(read.blocks)
    kind = read_kind(read.blocks)
    if kind == "other" and told.kind is not None:
        kind = told.kind
    return DocumentInfo(
        entity=told.entity or read_entity(text),
        period=told.period or read_period(text, kind),
        kind=kind,
        office=read_office(read.blocks, kind),
        title=told.plan or read_title(read.blocks, kind) or _headings()["kind_titles"].get(kind),
    )


def document_text(blocks: Iterable[Block]) -> str:
    """All text of a document, tables included, a line a block or cell."""
    parts: list[str] = []
    for block in blocks:
        if block.table is not None:
            parts += (text for row in block.table.rows for text in row.texts if text.strip())
        else:
            parts.append(block.text)
    return "\n".join(parts)


def head_text(blocks: Sequence[Block]) -> str:
    """What heads a document: its first blocks, its headings, and the first rows of its tables."""
    head = [block for index, block in enumerate(blocks) if index < _HEAD_BLOCKS or block.kind in ("heading", "table")]
    return document_text(
        block if block.table is None else block.model_copy(update={"table": Table(rows=block.table.rows[:_HEAD_ROWS])})
        for block in head
    )


def read_kind(blocks: Sequence[Block]) -> DocumentKind:
    """The kind whose cues weigh most where the document begins and in its headings, else anywhere in it.

    Each cue counts once; three is the least that tells. A report speaks of its plan all along: its title goes before.
    """
    kind = _heaviest(fold(head_text(blocks))) or _heaviest(fold(document_text(blocks))) or "other"
    return "progress" if kind in ("plan", "other") and _is_titled_report(blocks) else kind


def _is_titled_report(blocks: Sequence[Block]) -> bool:
    """Whether one of the first lines says that this is a report, by a word that begins one and a cue that tells."""
    cues = [cue for cue, weight in _headings()["kinds"]["progress"].items() if weight >= _LEAST_WEIGHT]
    lines = [fold(line) for block in blocks[:_TITLE_WITHIN] for line in block.text.split("\n") if line.strip()]
    begins = tuple(_headings()["report_titles"])
    return any(line.startswith(begins) and any(cue in line for cue in cues) for line in lines[:_TITLE_WITHIN])


def _heaviest(folded: str) -> DocumentKind | None:
    """The kind with the most weight, None when it has too little or another has as much."""
    cues = _headings()["kinds"]
    weights = {kind: sum(weight for cue, weight in known.items() if cue in folded) for kind, known in cues.items()}
    first, second = sorted(weights, key=lambda kind: -weights[kind])[:2]
    if weights[first] < _LEAST_WEIGHT or weights[first] == weights[second] or first not in get_args(DocumentKind):
        return None
    return cast(DocumentKind, first)


#: So many characters from the beginning a report names itself.
_HEAD = 3000
_OF_A_YEAR = re.compile(
    r"(?:informe (?:anual )?de (?:gestion|avance|seguimiento|rendicion|resultados)|rendicion (?:publica )?de cuentas)"
    r"(?:\s+(?:de|del|la|el|a|ano|vigencia|corte|periodo|anual|publica|cuentas)\b|\s*[:–-])*\s*(20\d\d)(?!\d)"
)


def read_period(text: str, kind: DocumentKind) -> str | None:
    """Four years of a plan, or unknown; of a report the years it speaks of most; of a letter the year of its date.

    A report that speaks of several years alike, or of the last of its plan's above all, is of the plan's four years.
    """
    folded = fold(text)
    if kind in ("plan", "other") and ((term := _term(folded)) is not None or kind == "plan"):
        return term
    if kind == "progress" and (titled := _OF_A_YEAR.search(_RANGE.sub(" ", folded[:_HEAD]))) is not None:
        return titled[1]
    if kind == "letter":
        dated = re.search(r"(?:fecha|radicad)[^\n]{0,60}?(20\d\d)|(?:\d{1,2} de [a-z]+ del? )(20\d\d)", folded)
        if dated is not None:
            return dated[1] or dated[2]
    years = Counter(_YEAR.findall(_RANGE.sub(" ", folded)))
    if not years:
        return None
    most = years.most_common(1)[0][1]
    often = sorted(year for year, n in years.items() if n * 3 >= most)
    term = _term(folded[:_HEAD]) if kind == "progress" else None
    if term is not None and _near_plan(folded[:_HEAD], term) and (len(often) > 1 or term.endswith(often[0])):
        return term
    return often[-1] if len(often) == 1 or int(often[-1]) - int(often[0]) >= _PLAN_YEARS else f"{often[0]}-{often[-1]}"


def _term(folded: str) -> str | None:
    """The four years named most, those of a plan before others."""
    spans = {span: n for span, n in Counter(_ranges(folded)).items() if _years(span) == _PLAN_YEARS}
    near = Counter({span: n + (_BY_ITS_PLAN if _near_plan(folded, span) else 0) for span, n in spans.items()})
    return near.most_common(1)[0][0] if near else None


def _ranges(folded: str) -> list[str]:
    return [f"{first}-{last}" for first, last in _RANGE.findall(folded)]


def _years(span: str) -> int:
    first, last = span.split("-")
    return int(last) - int(first) + 1


def _near_plan(folded: str, span: str) -> bool:
    first, last = span.split("-")
    return (
        re.search(
            r"plan (?:de|territorial|municipal|distrital|departamental)"
            rf"[^\n]{{0,{_NEAR_PLAN}}}?{first}\s*[-–—/a]+\s*{last}",
            folded,
        )
        is not None
    )


def read_office(blocks: Sequence[Block], kind: DocumentKind) -> str | None:
    """The office that most "Dependencia: …" labels name; of a letter the one it names most; else the cover's.

    A document whose labels name one office after the other is of none of them.
    """
    named = Counter(
        label.value
        for block in blocks
        for line in block.text.split("\n")
        if (label := read_label(line)) is not None and label.role == "dependency" and label.value
    )
    if named:
        office, times = named.most_common(1)[0]
        return office if times * 2 > named.total() else None
    return _office_named_most(document_text(blocks)) if kind == "letter" else _cover_office(blocks)


def _office_named_most(text: str) -> str | None:
    """The office ("Secretaría de …") that a text names most often, the shorter spelling where one begins the other."""
    flat = squeeze(text)
    offices = "|".join(sorted((word.title() for word in _headings()["letter_offices"]), key=len, reverse=True))
    found = Counter(
        match[0] for match in re.finditer(rf"(?:{offices}) (?:de |del |para )(?:la |las |los )?{NAME}", flat)
    )
    return found.most_common(1)[0][0] if found else None


def _cover_office(blocks: Sequence[Block]) -> str | None:
    """On a cover, the lines above a person's name that are neither a post nor the entity.

    The name ends a slide of few lines, or a line above it is an office or a post by its words.
    """
    lines = list(_cover_lines(blocks))
    for index, (group, person) in enumerate(lines):
        if not is_person(person):
            continue
        above = _above_person(lines, index)
        offices = [line for line in above if not _is_post(line) and not is_person(line)]
        is_last = index + 1 == len(lines) or lines[index + 1][0] != group
        if offices and (is_last or any(_is_post(line) or _begins_office(line) for line in above)):
            return " - ".join(offices)
    return None


def _cover_lines(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """(group, line) of the first lines of a document, up to its first table; a line that breaks off is made whole."""
    count = 0
    for index, (_, stretch) in enumerate(groupby(blocks, key=lambda block: block.group)):
        pending = ""
        for block in stretch:
            if block.kind == "table" or index >= _COVER_GROUPS or count >= _COVER_LINES:
                return
            for line in filter(None, map(squeeze, block.text.split("\n"))):
                pending = f"{pending} {line}".strip()
                if not _BREAKS_OFF.search(pending):
                    count += 1
                    yield block.group, pending
                    pending = ""


def _above_person(lines: Sequence[tuple[int, str]], index: int) -> list[str]:
    """The short lines right above a name, on its slide, up to one that names the entity or tells something."""
    above: list[str] = []
    for group, line in reversed(lines[max(index - _COVER_OFFICE, 0) : index]):
        is_text = len(line) > _LONGEST_OFFICE or line.endswith((".", ":", ",")) or any(map(str.isdigit, line))
        if group != lines[index][0] or is_text or _announces_entity(line):
            break
        above.insert(0, line)
    return above


def is_person(line: str) -> bool:
    """Whether a line looks like a person's full name: three to five capitalised words, none of an office or place."""
    return _PERSON.match(line) is not None and not (set(fold(line).split()) & _no_person_words())


def _is_post(line: str) -> bool:
    return fold(line) in {fold(word) for word in _headings()["post_words"]}


def _begins_office(line: str) -> bool:
    return fold(line).startswith(tuple(f"{fold(word)} " for word in _headings()["office_words"]))


def _announces_entity(line: str) -> bool:
    folded = fold(line)
    return any(folded.startswith(phrase) for strength in _headings()["entities"].values() for phrase in strength)


def read_title(blocks: Sequence[Block], kind: DocumentKind) -> str | None:
    """The first lines that name the document: a letter's subject, else the first line that names a plan or report."""
    lines = [squeeze(line) for block in blocks for line in block.text.split("\n") if squeeze(line)]
    if kind == "letter":
        subject = next((line for line in lines if fold(line).startswith("asunto")), None)
        if subject is not None:
            return subject.split(":", 1)[-1].strip().rstrip(".")
    named = next(
        (
            i
            for i, line in enumerate(lines[:_TITLE_WITHIN])
            if re.match(r"plan |informe |rendicion |seguimiento ", fold(line))
        ),
        None,
    )
    if named is None:
        return None
    title = lines[named]
    following = lines[named + 1] if named + 1 < len(lines) else ""
    return (
        f"{title}: {following}"
        if following.isupper() and title.isupper() and not _announces_entity(following)
        else title
    )


@cache
def _headings() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("headings.yaml")
    return loaded


@cache
def _no_person_words() -> frozenset[str]:
    return frozenset(
        fold(word)
        for word in (*_headings()["no_entity_names"], *_headings()["office_words"], *_headings()["no_person_words"])
    )
