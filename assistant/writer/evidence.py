"""What the citations of an answer say, as the guard reads it. Made once for an answer; holds no more than it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, reduce
from itertools import chain
from typing import Any

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.corpus.corpus import stem_set
from assistant.question.lexicon import PhraseIndex
from assistant.question.query import Language
from assistant.writer.numbers import Amount, kind_of, numbers_in, read_english
from assistant.writer.roles import RoleReader
from assistant.writer.sentences import split_sentences
from assistant.writer.wording import spaced
from ingest.figures import DateMention, dates_in
from ingest.fold import fold, squeeze

_MARK = re.compile(r"\[\d+\]")
_MARKS = re.compile(r"(?:\[\d+\])+")
#: A line of a list: a bullet, or a label with what it is ("Asignado: …").
_LISTED = re.compile(r"[-–•*]|[^:]{1,80}: ")
#: What may stand around a word of a sentence.
AROUND = '.,;:!?»)(«"“”'
#: The role of a row's figure whose metric gives it none: it is no target and no baseline.
UNNAMED = "figure"


@dataclass(frozen=True)
class Cited:
    """What one citation says, or several together.

    ``numbers`` are its figures; ``of_role`` those of its own target and baseline, absent where it has no such field;
    ``named`` those in the names of things ("por cada 100 mil habitantes"). ``dates`` are all its dates, ``dates_of``
    those that hold for its target or its baseline. ``text`` is all it says, as
    :func:`~assistant.writer.wording.spaced` writes it, ``folded`` the same with its punctuation, ``printed`` as it is;
    ``belongs`` is the part of it that says whose it is: office, programme and what stands above it.
    """

    numbers: frozenset[Amount]
    named: frozenset[Amount]
    of_role: Mapping[str, frozenset[Amount]]
    said_as: Mapping[Amount, frozenset[str]]
    dates: tuple[DateMention, ...]
    dates_of: Mapping[str, tuple[DateMention, ...]]
    text: str
    folded: str
    printed: str
    belongs: str
    stems: frozenset[str]
    own_stems: frozenset[str]
    change: int | None = None

    def roles_of(self, amounts: Iterable[Amount]) -> frozenset[str]:
        """What the citation says that a figure is."""
        wanted = frozenset(amounts)
        fields = {role for role, own in self.of_role.items() if own & wanted}
        return frozenset(fields).union(*(self.said_as.get(amount, frozenset()) for amount in wanted))


@dataclass(frozen=True)
class Standing:
    """Where a sentence stands: the marks of the sentence before it, and the heading it is under ("Postes:")."""

    marks: tuple[int, ...] = ()
    heading: str = ""

    def after(self, sentence: str) -> Standing:
        """Where the next sentence stands; a heading holds for what is listed right under it."""
        marks = tuple(int(mark) for mark in re.findall(r"\d+", "".join(_MARKS.findall(sentence)[-1:])))
        if not marks and sentence.rstrip().endswith(":"):
            return Standing(self.marks, squeeze(sentence))
        lists = bool(_LISTED.match(sentence.strip())) and not sentence.endswith("\n\n")
        return Standing(marks or self.marks, self.heading if lists else "")


@dataclass(frozen=True)
class Evidence:
    """All that a written answer may say: its citations by number, its computed figures, and the composed answer.

    ``lines`` are the composed answer's own, each with where it stands; ``names`` finds the names of the catalogue.
    """

    cited: Mapping[int, Cited]
    computed: tuple[AnswerFigure, ...]
    echoes: frozenset[Amount]
    lines: Mapping[str, frozenset[Standing]]
    composed: str
    question: str
    language: Language
    names: PhraseIndex[str] | None = None

    @cached_property
    def everything(self) -> tuple[Cited, ...]:
        return tuple(self.cited.values())

    @cached_property
    def composed_stems(self) -> frozenset[str]:
        return stem_set(f"{self.composed} {self.question}")

    @cached_property
    def text(self) -> str:
        return spaced(" ".join(chain((self.composed,), (cited.text for cited in self.everything))))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.text.split())

    @cached_property
    def printed(self) -> str:
        """All that the citations and the composed answer print, white space squeezed."""
        return squeeze(" ".join((self.composed, *(cited.printed for cited in self.everything))))

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What is printed between spaces, without the marks around it."""
        return frozenset(token.strip(AROUND) for token in self.printed.split())

    def of(self, marks: Iterable[int]) -> tuple[Cited, ...]:
        """The citations with these numbers that there are."""
        return tuple(self.cited[n] for n in sorted(set(marks)) if n in self.cited)


def read_evidence(
    composed: Answer, question: str, language: Language, names: PhraseIndex[str] | None = None
) -> Evidence:
    """What a model may say for this composed answer. Texts of the citations that talk to a model are to be out of it
    already (:mod:`~assistant.writer.injections`). ``names`` are those of the whole catalogue, cited or not."""
    asked = frozenset(chain.from_iterable(number.amounts for number in numbers_in(read_english(question, language))))
    said = frozenset(chain.from_iterable(number.amounts for number in numbers_in(_MARK.sub(" ", composed.answer))))
    return Evidence(
        cited={citation.n: read_citation(citation) for citation in composed.citations},
        computed=tuple(figure for figure in composed.figures if figure.derivation),
        echoes=asked & said,
        lines=_lines(composed.answer),
        composed=_MARK.sub(" ", composed.answer),
        question=question,
        language=language,
        names=names,
    )


def _lines(text: str) -> Mapping[str, frozenset[Standing]]:
    """The sentences of the composed answer, each with where it stands."""
    lines: dict[str, set[Standing]] = {}
    standing = Standing()
    for sentence in split_sentences(text):
        if squeeze(sentence):
            lines.setdefault(squeeze(sentence), set()).add(standing)
            standing = standing.after(sentence)
    return {line: frozenset(where) for line, where in lines.items()}


def read_citation(citation: Citation) -> Cited:
    """What a citation says."""
    content = [text for text in _content(citation) if text]
    names = [citation.indicator, citation.metric, citation.purpose, *(value for _, value in citation.path)]
    context = [text for text in _context(citation) if text]
    printed = "\n".join(content)
    everything = "\n".join([*content, *context])
    fields = {"target": citation.target, "baseline": citation.baseline}
    of_role = {role: _amounts_of(part) for role, part in fields.items() if part and part.get("text")}
    figure = _amounts_of(citation.figure)
    # A target of "2000" looks like a year; it is none.
    counted = {f"{value:f}" for value, _ in figure.union(*of_role.values())}
    own = " ".join(text for text in (citation.indicator, citation.metric) if text)
    return Cited(
        numbers=_amounts(printed).union(figure, *of_role.values()),
        named=_amounts("\n".join(text for text in names if text)),
        of_role=of_role,
        said_as=_said_as(_told(citation), figure, citation.metric),
        dates=tuple(date for date in dates_in(everything) if date.text not in counted),
        dates_of=_dates_of(citation, everything),
        text=spaced(everything),
        folded=fold(everything),
        printed=everything,
        belongs=spaced(
            " ".join(filter(None, (citation.indicator, *_context(citation), *(v for _, v in citation.path))))
        )
        if citation.dependency
        else spaced(everything),
        stems=stem_set(everything),
        own_stems=stem_set(own),
        change=_change(citation),
    )


def together(cited: Sequence[Cited]) -> Cited | None:
    """Several citations as one; None for none."""
    return reduce(_both, cited) if cited else None


def _both(one: Cited, other: Cited) -> Cited:
    return replace(
        one,
        numbers=one.numbers | other.numbers,
        named=one.named | other.named,
        dates=one.dates + other.dates,
        text=one.text + other.text,
        folded=f"{one.folded}\n{other.folded}",
        printed=f"{one.printed}\n{other.printed}",
        belongs=one.belongs + other.belongs,
        stems=one.stems | other.stems,
        own_stems=one.own_stems | other.own_stems,
    )


def _content(citation: Citation) -> Iterable[str | None]:
    """What a citation says of its subject: figures may come from here alone."""
    yield from (citation.quote, citation.indicator, citation.metric, citation.purpose)
    for part in (citation.baseline, citation.target, citation.figure):
        yield from ((part or {}).get(name) for name in ("text", "unit", "source"))
    yield f"ODS {citation.ods}" if citation.ods else None
    yield from (value for _, value in citation.path)


def _context(citation: Citation, *, of_baseline: bool = True) -> Iterable[str | None]:
    """Where a citation stands: names, dates and places."""
    yield from (citation.title, citation.entity, citation.period, citation.dependency, citation.document)
    yield from (level for level, _ in citation.path)
    yield (citation.baseline or {}).get("date") if of_baseline else None
    yield (citation.figure or {}).get("period")
    for word, place in (("línea", citation.line), ("página", citation.page), ("hoja", citation.sheet)):
        yield f"{word} {place}" if place is not None else None


def _told(citation: Citation) -> str:
    """The texts whose words say what their figures are."""
    has_fields = bool((citation.target or {}).get("text") or (citation.baseline or {}).get("text"))
    return "" if has_fields else citation.quote


def _said_as(told: str, figure: frozenset[Amount], metric: str | None) -> Mapping[Amount, frozenset[str]]:
    """For each figure of a text, the roles that the text's words give it; a metric's words hold for its figure."""
    roles: dict[Amount, set[str]] = {}
    numbers = numbers_in(told)
    reader = RoleReader(told, [(number.start, number.end) for number in numbers])
    for number in numbers:
        if (role := reader.role_at(number.start, number.end)) is not None:
            for amount in number.amounts:
                roles.setdefault(amount, set()).add(role)
    role = RoleReader(metric, ()).role_at(len(metric), len(metric)) if metric else None
    for amount in figure:
        roles[amount] = {role or UNNAMED}
    return {amount: frozenset(said) for amount, said in roles.items()}


def _amounts(text: str) -> frozenset[Amount]:
    return frozenset(chain.from_iterable(number.amounts for number in numbers_in(text)))


def _amounts_of(part: Mapping[str, Any] | None) -> frozenset[Amount]:
    """The figures of a target, baseline or figure: those printed, and the one that was understood."""
    if not part:
        return frozenset()
    printed = _amounts(f"{part.get('text') or ''}")
    value = part.get("value")
    return printed if value is None else printed | {(Decimal(str(value)), kind_of(part.get("unit")))}


def _dates_of(citation: Citation, everything: str) -> Mapping[str, tuple[DateMention, ...]]:
    """The dates of a row's target and baseline, when the baseline has some: no target is of the baseline's time."""
    baseline = citation.baseline or {}
    own = dates_in(" · ".join(str(baseline.get(name) or "") for name in ("text", "date", "source")))
    if not own or not citation.target or not citation.target.get("text"):
        return {}
    known = {date.text for date in own}
    context = dates_in(" · ".join(filter(None, (*_context(citation, of_baseline=False), citation.target.get("text")))))
    others = tuple(date for date in dates_in(everything) if date.text not in known)
    return {"baseline": own, "target": (*context, *others)}


def _change(citation: Citation) -> int | None:
    """1 when the target is above the baseline, −1 below, 0 the same, None when one has no value."""
    before, after = ((part or {}).get("value") for part in (citation.baseline, citation.target))
    if before is None or after is None:
        return None
    return int(after > before) - int(after < before)
