"""The guard: what of a written sentence its citations do not hold. Pure: sentence and evidence in, objections out.

Each part of a sentence is held to the marks that follow it ("… 20 bancas [1] y … 35 [2]": 20 to [1], 35 to [2]),
the part after the last mark to that one. A sentence of the composed answer, word for word, passes: it was checked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from assistant.corpus import stem_set
from assistant.writer.evidence import Evidence, together
from assistant.writer.names import is_held, names_in, office_phrases
from assistant.writer.parts import MARK, MARKS, QUOTED, Objection, Part, parts_of
from assistant.writer.stated import dates, figures
from assistant.writer.vocabulary import translated, vocabulary
from assistant.writer.wording import phrases_in, spaced, wording
from ingest.fold import fold

#: Longest sentence, in characters.
LONGEST = 1500
#: Share of its telling words that a sentence may have beyond its citations and the vocabulary of answers.
_UNKNOWN_BAR = {"es": 0.4, "en": 0.5}
_FEWEST_UNKNOWN = 2

_ODD_MARK = re.compile(r"\[[^\[\]]*\]?|[【〔]|\]|\^\d")
_WEB = re.compile(r"\S*(?:https?:|www\.|\]\(|<[a-z/!]|\{\{|```|\w@\w)\S*", re.IGNORECASE)


def objections(sentence: str, evidence: Evidence) -> tuple[Objection, ...]:
    """What is wrong with a sentence; nothing when it may be shown."""
    if not sentence.strip():
        return ()
    if fold(sentence) in evidence.lines:
        return ()
    if found := tuple(_objections_to_form(sentence, evidence)):
        return found
    marks = tuple(int(mark) for mark in MARK.findall(sentence))
    if unknown := tuple(Objection("unknown_mark", f"[{n}]") for n in dict.fromkeys(marks) if n not in evidence.cited):
        return unknown
    parts = parts_of(sentence, evidence)
    found_in_parts = (one for part in parts for check in _CHECKS for one in check(part))
    return tuple(dict.fromkeys((*found_in_parts, *_unsupported(sentence, marks, evidence))))


# the form of a sentence -----------------------------------------------------------------------------------------------
def _objections_to_form(sentence: str, evidence: Evidence) -> Iterator[Objection]:
    """A sentence is plain text with marks; what else the rows print ("[sic]", "www…") may be repeated."""
    if len(sentence) > LONGEST:
        yield Objection("too_long")
    if phrases_in(spaced(sentence), wording().guard.refusals):
        yield Objection("refusal")
    for char in sentence:
        odd = unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs") and char not in "\n\t"
        if odd or (unicodedata.category(char)[0] == "N" and not char.isascii() and char not in "ºª"):
            yield Objection("characters", f"U+{ord(char):04X}")
    for code, pattern in (("characters", _WEB), ("odd_mark", _ODD_MARK)):
        for found in pattern.finditer(MARK.sub(" ", sentence)):
            if not any(fold(found[0]).rstrip(".,;:!?»)") in cited.folded for cited in evidence.everything):
                yield Objection(code, found[0])


# the checks -----------------------------------------------------------------------------------------------------------
def _quotations(part: Part) -> Iterator[Objection]:
    """What stands in quotation marks is in the cited rows word for word."""
    for quoted in part.quoted:
        if not any(spaced(quoted) in cited.text for cited in part.held):
            yield Objection("quoted", quoted)


def _names(part: Part) -> Iterator[Objection]:
    one = part.one
    text = one.text if one is not None else " "
    words = vocabulary(part.evidence.language)
    stems = words.stems | (one.stems if one is not None else frozenset())

    def is_common(word: str) -> bool:
        return word in words.stopwords or bool(stem_set(word) & stems)

    for name in names_in(part.unquoted):
        if not is_held(name, text, is_common):
            yield Objection("name", name.text)
    for phrase in office_phrases(part.unquoted):
        if f" {phrase} " not in text:
            yield Objection("name", phrase)


def _phrases(part: Part) -> Iterator[Objection]:
    """Amounts in words and relative dates only where the cited rows have them.

    What bends or denies stands there, or in the composed answer, with the word after it ("más de 28", "no incluye").
    """
    lists = wording().guard
    said = spaced(part.unquoted)
    for phrase in phrases_in(said, (*lists.amounts, *lists.relative_dates)):
        if not any(phrases_in(cited.text, (phrase,)) for cited in part.held):
            yield Objection("phrase", phrase)
    sources = [spaced(part.evidence.composed), *(cited.text for cited in part.held)]
    for phrase in phrases_in(said, (*lists.qualifiers, *lists.negations)):
        for bent in re.findall(rf"(?<= ){re.escape(spaced(phrase).strip())}(?: [^ ]+)?(?= )", said):
            if not any(f" {bent} " in source for source in sources):
                yield Objection("phrase", bent)


def _direction(part: Part) -> Iterator[Objection]:
    """A word of rising or falling stands in the cited rows, or agrees with their figures."""
    lists = wording().guard
    words = vocabulary(part.evidence.language).telling(part.unquoted)
    for way, beginnings in ((1, lists.rising), (-1, lists.falling)):
        for word in words:
            beginning = next((start for start in map(fold, beginnings) if word.startswith(start)), None)
            if beginning is None or any(f" {beginning}" in cited.text for cited in part.held):
                continue
            if any(cited.change != way for cited in part.held) or not part.marks:
                yield Objection("direction", word)


def _other_rows(part: Part) -> Iterator[Objection]:
    """A word that the cited rows have not, and another citation's name has, is that one's."""
    one = part.one
    if not part.marks or one is None:
        return
    words = vocabulary(part.evidence.language)
    others = [cited for n, cited in part.evidence.cited.items() if n not in part.marks]
    for word in words.telling(part.unquoted):
        stems = stem_set(word) | (translated(word) if part.evidence.language == "en" else frozenset())
        if (
            stems
            and not stems & (one.stems | words.telling_nothing)
            and any(stems & cited.own_stems for cited in others)
        ):
            yield Objection("other_row", word)


_CHECKS: tuple[Callable[[Part], Iterator[Objection]], ...] = (
    figures,
    dates,
    _quotations,
    _names,
    _phrases,
    _direction,
    _other_rows,
)


def _unsupported(sentence: str, marks: Sequence[int], evidence: Evidence) -> Iterator[Objection]:
    """A sentence says by and large what its citations say, in the words of answers; without a mark, all of it."""
    words = vocabulary(evidence.language)
    one = together(evidence.of(marks) or evidence.everything)
    known = words.stems | evidence.composed_stems | (one.stems if one is not None else frozenset())
    telling = words.telling(QUOTED.sub(" ", MARKS.sub(" ", sentence)))
    english = evidence.language == "en"
    unknown = [word for word in telling if not stem_set(word) & known and not (english and translated(word) & known)]
    bar = _UNKNOWN_BAR[evidence.language] * len(telling) if marks else 0
    if len(unknown) > bar and (len(unknown) >= _FEWEST_UNKNOWN or not marks):
        yield Objection("unsupported", ", ".join(dict.fromkeys(unknown)))
