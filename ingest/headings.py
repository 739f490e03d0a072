"""Labels above tables and figures, and the context they build up.

A label is "Dependencia: Secretaría de Salud" or "LÍNEA ESTRATÉGICA 2. Territorio sano"; which phrases are labels and
what they mean stands in ``prompts/headings.yaml``. A context is what holds at one point of a document: the path of
levels, the office, the purpose, the indicator reported on, and the kind of the rows that follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from ingest.fold import fold, squeeze
from ingest.records import LevelRole, PathStep, RowKind
from ingest.wording import load_yaml

LabelRole = LevelRole | Literal["dependency", "purpose", "indicator", "result", "product_section"]

#: From the outermost level to the innermost; a label drops what stands deeper than itself.
LEVEL_RANKS: dict[str, int] = {
    "strategic_line": 0,
    "component": 1,
    "sector": 2,
    "programme": 3,
    "subprogramme": 4,
    "product": 5,
    "project": 5,
    "other": 6,
}

_VARIANTS = {"a": "aá", "e": "eé", "i": "ií", "o": "oó", "u": "uúü", "n": "nñ"}
_LONGEST_VALUE = 600
#: Levels that texts speak of as they speak of things; without their number they head nothing.
_UNDER_PROGRAMME = frozenset({"product", "project"})
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}\s*$|…\s*\d{1,4}\s*$")


@dataclass(frozen=True)
class Label:
    """A label as printed, what it says about what follows, and its value ('' when it stands alone)."""

    role: LabelRole
    name: str
    value: str


@dataclass(frozen=True)
class Context:
    """What holds for the rows at one point of a document."""

    steps: tuple[PathStep, ...] = ()
    dependency: str | None = None
    purpose: str | None = None
    indicator: str | None = None
    section: RowKind | None = None

    def has(self, role: LevelRole) -> bool:
        return any(step.role == role for step in self.steps)


def read_label(text: str) -> Label | None:
    """The label a line begins with, or None; a doubled label ("ORIENTADO A: ORIENTADO A: …") counts once."""
    match = None if is_contents_line(text) else _label_pattern().match(text.strip())
    if match is None or match["label"].endswith(("ó", "Ó")):  # "Proyectó: Ana" says who drafted
        return None
    value = squeeze(match["value"] or "").strip('"“”').rstrip(".").strip()
    if len(value) > _LONGEST_VALUE and _role_of(match["label"]) != "purpose":
        return None
    if not match["colon"] and not match["number"] and value:
        return None
    role = _role_of(match["label"])
    inner = read_label(value) if value else None
    if inner is not None and inner.role == role:
        value = inner.value
    if fold(value) in _not_values():
        return None
    return Label(role=role, name=squeeze(match["label"]), value=value)


def read_heading(text: str, *, styled: bool = True) -> Label | None:
    """The label of a line that is set as a heading, which needs no colon: "Programa 1.2.1 Agua segura".

    A line that is not ``styled`` as one has to print the number of its level.
    """
    if (label := read_label(text)) is not None:
        return label
    match = _heading_pattern().match(text.strip())
    if match is None or squeeze(match["value"]).endswith((".", ",", ";", ":")):
        return None
    role, value = _role_of(match["label"]), squeeze(match["value"]).strip('"“”«»').strip()
    is_numbered = match["number"] is not None or (match["lead"] is not None and role not in _UNDER_PROGRAMME)
    if not (is_numbered or (styled and role not in _UNDER_PROGRAMME)) or not _names_level(value, is_numbered):
        return None
    return Label(role=role, name=squeeze(match["label"]), value=value)


def _names_level(value: str, is_numbered: bool) -> bool:
    """Whether a text can be the name of a level: it begins as a name does, and not as a sentence goes on."""
    first = fold(value).split(" ")[0].rstrip(".,:")
    if not re.match(r"[^\W_]", value) or value[0].islower() or first in _no_level_names():
        return False
    return fold(value) not in _not_values() and (is_numbered or first not in _resuming())


def is_contents_line(text: str) -> bool:
    """Whether a line is of a table of contents: dots that lead to a page number."""
    return _LEADER.search(text) is not None


#: A sentence has more words than this.
_NAME_WORDS = 4


def is_value(text: str) -> bool:
    """Whether a line can be the value of a label that stood alone before it."""
    return bool(squeeze(text)) and fold(text).rstrip(":") not in _not_values() and read_label(text) is None


def apply_label(context: Context, label: Label) -> Context:
    """The context after a label with a value."""
    if label.role == "dependency":
        return replace(context, dependency=label.value, purpose=None, section=None)
    if label.role == "purpose" or _tells_an_aim(label):
        return replace(context, purpose=label.value)
    if label.role == "indicator":
        return replace(context, indicator=label.value)
    if label.role == "result":
        return replace(context, section="result", purpose=None)
    if label.role == "product_section":
        return replace(context, section="product")
    return enter_level(context, PathStep(level=label.name, value=label.value, role=label.role))


def _tells_an_aim(label: Label) -> bool:
    """Whether an "Objetivo estratégico" is a sentence that says what for, and no name of a level."""
    return (
        fold(label.name).startswith("objetivo") and label.value[:1].islower() and len(label.value.split()) > _NAME_WORDS
    )


def enter_level(context: Context, step: PathStep) -> Context:
    """The context one level deeper: the same level again and all deeper ones are dropped first."""
    rank = LEVEL_RANKS[step.role]
    same = next((index for index, known in enumerate(context.steps) if _same_level(known, step)), None)
    kept = context.steps[:same]
    kept = tuple(known for known in kept if LEVEL_RANKS[known.role] <= rank and not _same_single(known, step))
    keeps_purpose = step.role in ("programme", "subprogramme", "product", "project") and not context.has(step.role)
    return replace(
        context,
        steps=(*kept, step),
        purpose=context.purpose if keeps_purpose else None,
        indicator=None,
        section=context.section if keeps_purpose else None,
    )


def _same_level(known: PathStep, step: PathStep) -> bool:
    """Whether two steps are of one level: named alike, or the one in short ("Línea", "Línea estratégica")."""
    one, other = fold(known.level), fold(step.level)
    in_short = known.role == step.role == "strategic_line" and (
        f"{other} ".startswith(f"{one} ") or one.startswith(f"{other} ")
    )
    return one == other or in_short


def _same_single(known: PathStep, step: PathStep) -> bool:
    """A document has one programme, component or sector at a time, however it words the label."""
    return known.role == step.role and step.role not in ("strategic_line", "other")


def label_phrases() -> dict[str, LabelRole]:
    """Every folded label phrase and its role."""
    headings = _headings()
    phrases: dict[str, LabelRole] = {}
    for role, variants in headings["levels"].items():
        phrases |= {fold(variant): role for variant in variants}
    for role in ("dependency", "purpose", "indicator"):
        phrases |= {fold(variant): role for variant in headings[role]}  # type: ignore[misc]
    phrases |= {fold(variant): "result" for variant in headings["sections"]["result"]}
    phrases |= {fold(variant): "product_section" for variant in headings["sections"]["product"]}
    return phrases


@cache
def _headings() -> dict[str, Any]:
    loaded: dict[str, Any] = load_yaml("headings.yaml")
    return loaded


@cache
def _not_values() -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in _headings()["not_values"])


@cache
def _no_level_names() -> frozenset[str]:
    return frozenset(fold(word) for word in _headings()["no_level_names"])


@cache
def _resuming() -> frozenset[str]:
    return frozenset(fold(word) for word in _headings()["unfinished_words"])


@cache
def _roles() -> dict[str, LabelRole]:
    return label_phrases()


def _role_of(label: str) -> LabelRole:
    return _roles()[fold(label)]


@cache
def _label_pattern() -> re.Pattern[str]:
    """One pattern for all labels, longest phrase first, that accents and case do not matter to."""
    longest_first = sorted(_roles(), key=len, reverse=True)
    phrases = "|".join(_loose(phrase) for phrase in longest_first)
    return re.compile(
        r"^(?:[-•▪✓➢]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?"
        rf"(?P<label>{phrases})"
        r"(?P<number>\s+(?:n[°ºo.]{1,2}\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})\b)?"
        r"\s*(?:(?P<colon>:)|[.–—-](?=\s|$)|(?=$))"
        r"\s*(?P<value>.*)$",
        re.IGNORECASE | re.DOTALL,
    )


@cache
def _heading_pattern() -> re.Pattern[str]:
    """The label of a level, its number, and its name without anything between that says so."""
    levels = (phrase for phrase, role in _roles().items() if role in LEVEL_RANKS)
    phrases = "|".join(_loose(phrase) for phrase in sorted(levels, key=len, reverse=True))
    return re.compile(
        rf"^(?P<lead>\d{{1,2}}(?:\.\d{{1,2}})*[.)]?\s+)?(?P<label>{phrases})"
        r"(?P<number>\s+(?:n[°ºo.]{1,2}\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})[.)]?)?"
        r"\s+(?P<value>\S.*)$",
        re.IGNORECASE | re.DOTALL,
    )


def _loose(phrase: str) -> str:
    letters = (
        f"[{_VARIANTS[char]}]" if char in _VARIANTS else r"\s+" if char == " " else re.escape(char) for char in phrase
    )
    return "".join(letters)
