"""True sentences about the citations of an answer, and what in each of them can be spoilt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Answer, Citation
from assistant.question.query import Language
from ingest.figures import find_figures

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SAYS: dict[Language, tuple[str, str, str, str]] = {
    "es": (
        "La meta de «{}» es {} {}.",
        "La línea base de «{}» era de {} {}.",
        "La dependencia a cargo de «{}» es la {} {}.",
        "«{}» hace parte del programa {} {}.",
    ),
    "en": (
        "The target of «{}» is {} {}.",
        "The baseline of «{}» was {} {}.",
        "The office in charge of «{}» is the {} {}.",
        "«{}» belongs to the programme {} {}.",
    ),
}


@dataclass(frozen=True)
class Fact:
    """A true sentence; ``figure`` is the one it states, ``role`` what of the row it is."""

    sentence: str
    citation: Citation
    answer: Answer
    figure: str = ""
    role: str = ""

    @property
    def mark(self) -> str:
        return f"[{self.citation.n}]"

    @property
    def body(self) -> str:
        """The sentence without its mark and full stop."""
        return self.sentence[: -len(self.mark) - 2]

    def with_figure(self, other: str) -> str:
        """The sentence with another amount where its figure stands."""
        return self.sentence.replace(self.figure, other)

    @property
    def others(self) -> list[Citation]:
        """Citations of the answer that are of another row."""
        own = self.citation
        return [
            one
            for one in self.answer.citations
            if one.n != own.n and (own.indicator is None or one.indicator != own.indicator)
        ]


#: Every false sentence that it makes of a fact.
Attack = Callable[[Fact], Iterator[str]]


def facts_of(answer: Answer, language: Language) -> list[Fact]:
    """What a good model says of each citation of an answer."""
    facts: list[Fact] = []
    for citation in answer.citations:
        facts += _plan_facts(citation, answer, language) if citation.target else _other_facts(citation, answer)
    return facts


def _plan_facts(citation: Citation, answer: Answer, language: Language) -> Iterator[Fact]:
    name, mark, programme = citation.indicator, f"[{citation.n}]", _step(citation, "programa")
    target, baseline = (printed_figure(part) for part in (citation.target, citation.baseline))
    says = _SAYS[language]
    if target:
        yield Fact(says[0].format(name, target, mark), citation, answer, target, "target")
    if baseline:
        yield Fact(says[1].format(name, baseline, mark), citation, answer, baseline, "baseline")
    if citation.dependency:
        yield Fact(says[2].format(name, citation.dependency, mark), citation, answer, role="office")
    if programme:
        yield Fact(says[3].format(name, programme, mark), citation, answer, role="programme")


def _other_facts(citation: Citation, answer: Answer) -> Iterator[Fact]:
    mark, printed = f"[{citation.n}]", printed_figure(citation.figure)
    if citation.metric and printed and len(citation.metric) < 60:
        yield Fact(f"{citation.metric}: {printed} {mark}.", citation, answer, printed, "figure")
    elif citation.kind != "filter":
        yield Fact(f"El documento dice: «{citation.quote}» {mark}.", citation, answer, role="quote")


def printed_figure(part: dict[str, object] | None) -> str:
    """The last amount in what a citation prints of its target, baseline or figure; empty where there is none."""
    mentions = find_figures(str((part or {}).get("text") or ""))
    return mentions[-1].text if mentions else ""


def _step(citation: Citation, level: str) -> str:
    return next((value for name, value in citation.path if name.lower() == level), "")


def held_numbers(fact: Fact) -> set[str]:
    """Digits that the answer's citations print: a figure spoilt into one of these may be true."""
    return {number for one in fact.answer.citations for number in FIGURE.findall(one.model_dump_json())} | {
        number
        for figure in fact.answer.figures
        for number in FIGURE.findall(f"{figure.text} {figure.derivation or ''}")
    }


def value_of(text: str) -> Decimal:
    """The value of the last amount in a text, -1 where there is none."""
    mentions = find_figures(text)
    return mentions[-1].value if mentions and mentions[-1].value is not None else Decimal(-1)
