"""The guard: what of a written sentence its citations do not hold. Pure: sentence and evidence in, objections out.

Each part of a sentence is held to the marks that follow it ("… 20 bancas [1] y … 35 [2]": 20 to [1], 35 to [2]),
the part after the last mark to that one. A sentence of the composed answer, word for word, passes: it was checked.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from assistant.corpus.corpus import stem_set
from assistant.writer.computed import states_computed
from assistant.writer.evidence import Cited, Evidence, Standing, together
from assistant.writer.form import objections_to_form
from assistant.writer.names import is_held, names_in, office_phrases
from assistant.writer.parts import MARK, QUOTED, Objection, Part, blanked, parts_of
from assistant.writer.stated import dates, figures
from assistant.writer.vocabulary import stems_of, translated, vocabulary
from assistant.writer.wording import phrases_in, spaced, wording
from ingest.fold import fold, squeeze

_FIRST = Standing()
#: Prepositions that bend a figure, and nothing else ("under 7", "under the programme").
_BEFORE_FIGURES = frozenset(("over", "under", "above", "below"))
#: Comparisons that go with a computed difference ("3,2 puntos menos").
_MORE_OR_LESS = frozenset(("más", "menos", "more", "less", "fewer"))
#: So many telling words allow one that is in no list and no citation, so many more a second.
_TELLING_FOR_ONE = 4
_TELLING_FOR_TWO = 10


def objections(sentence: str, evidence: Evidence, standing: Standing = _FIRST) -> tuple[Objection, ...]:
    """What is wrong with a sentence that stands there; nothing when it may be shown."""
    if not sentence.strip():
        return ()
    if _is_composed(sentence, evidence, standing):
        return ()
    if found := tuple(objections_to_form(sentence, evidence)):
        return found
    marks = tuple(int(mark) for mark in MARK.findall(sentence))
    if unknown := tuple(Objection("unknown_mark", f"[{n}]") for n in dict.fromkeys(marks) if n not in evidence.cited):
        return unknown
    parts = parts_of(sentence, evidence, standing)
    found_in_parts = (one for part in parts for check in _CHECKS for one in check(part))
    return tuple(dict.fromkeys((*found_in_parts, *_unsupported(sentence, marks, parts))))


def _is_composed(sentence: str, evidence: Evidence, standing: Standing) -> bool:
    """Whether a sentence is one of the composed answer, to the letter.

    One that has no mark, or is listed under a heading, says what it does only where it stands.
    """
    where = evidence.lines.get(squeeze(sentence), frozenset())
    alone = bool(MARK.search(sentence)) and not standing.heading
    return any((alone and not known.heading) or known == standing for known in where)


# the checks -----------------------------------------------------------------------------------------------------------
def _quotations(part: Part) -> Iterator[Objection]:
    """What stands in quotation marks is in the cited rows word for word."""
    for quoted in part.quoted:
        if not any(spaced(quoted) in cited.text for cited in part.held):
            yield Objection("quoted", quoted)


def _names(part: Part) -> Iterator[Objection]:
    """Every name is one that all the cited rows have: of which of them it is, the marks have to say.

    A heading ends with ":" and has no mark: what it names is checked with what is listed under it.
    """
    everywhere = part.rows
    if not part.marks and part.text.rstrip().endswith(":"):
        everywhere = tuple(filter(None, (together(part.rows),)))
    for said in (part.unquoted, blanked(part.heading)):
        for one in everywhere:
            yield from _names_beyond(said, one, part.evidence)


def _names_beyond(said: str, one: Cited, evidence: Evidence) -> Iterator[Objection]:
    """The names in a text that a citation has not."""
    words = vocabulary(evidence.language)
    stems = words.stems | one.stems

    def is_common(word: str) -> bool:
        return word in words.stopwords or bool(stem_set(word) & stems)

    whose = bool(phrases_in(spaced(said), wording().guard.belonging))
    for name in names_in(said):
        if not is_held(name, one.belongs if whose else one.text, is_common):
            yield Objection("name", name.text)
    for phrase in office_phrases(said):
        if f" {phrase} " not in one.text:
            yield Objection("name", phrase)
    for hit in evidence.names.find(said) if evidence.names is not None else ():
        if spaced(hit.value) not in one.text:
            yield Objection("name", hit.value)


def _phrases(part: Part) -> Iterator[Objection]:
    """Amounts in words (with what they are of), relative dates and judgements only where the cited rows have them.

    What bends or denies stands there, or in the composed answer, with the word after it ("más de 28", "no incluye").
    """
    lists = wording().guard
    said = spaced(part.unquoted)
    for phrase in phrases_in(said, (*lists.relative_dates, *lists.achieved, *lists.judgements)):
        if not any(phrases_in(cited.text, (phrase,)) for cited in part.held):
            yield Objection("phrase", phrase)
    for phrase in phrases_in(said, lists.amounts):
        for amount in re.findall(
            rf"(?<= ){re.escape(spaced(phrase).strip())}(?: [^ ]{{1,3}}){{0,2}}(?: [^ ]+)?(?= )", said
        ):
            if not any(f" {amount} " in cited.text for cited in part.held):
                yield Objection("phrase", amount)
    sources = [spaced(part.evidence.composed), *(cited.text for cited in part.held)]
    for phrase in phrases_in(said, (*lists.qualifiers, *lists.negations)):
        if phrase in lists.negations and _says_no_baseline(part):
            continue
        for bent in re.findall(rf"(?<= ){re.escape(spaced(phrase).strip())}(?: [^ ]+)?(?= )", said):
            if phrase in _BEFORE_FIGURES and not bent[-1].isdigit():
                continue
            if not any(f" {bent} " in source for source in sources):
                yield Objection("phrase", bent)
    steps = _MORE_OR_LESS if states_computed(part) else frozenset()
    for phrase in phrases_in(said, lists.comparisons):
        if phrase in steps:
            continue
        words = said.split()
        pairs = [f" {one} {two} " for one, two in itertools.pairwise(words) if fold(phrase) in (one, two)]
        if not any(pair in source for pair in pairs for source in sources):
            yield Objection("phrase", phrase)


def _says_no_baseline(part: Part) -> bool:
    """Whether a part says only that there is no baseline, and the cited rows print it as zero or "N.D."."""
    words = wording().guard.roles["baseline"]
    states = [cited.of_role.get("baseline") for cited in part.held]
    none = all(state is not None and not any(value for value, _ in state) for state in states)
    return bool(states) and none and bool(phrases_in(spaced(part.text), words))


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
    for word in words.telling(f"{blanked(part.heading)} {part.unquoted}"):
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


def _unsupported(sentence: str, marks: Sequence[int], parts: Sequence[Part]) -> Iterator[Objection]:
    """A sentence says what its citations say, in the words of answers; without a mark, or of whom it says who is in
    charge, to the last word."""
    evidence = parts[0].evidence
    words = vocabulary(evidence.language)
    one = together(evidence.of(marks) or parts[0].held)
    known = words.stems | evidence.composed_stems | (one.stems if one is not None else frozenset())
    whose = bool(phrases_in(spaced(sentence), wording().guard.belonging))
    telling = words.telling(QUOTED.sub(" ", " ".join(part.text for part in parts)), short=whose)
    english = evidence.language == "en"
    moves = tuple(map(fold, (*wording().guard.rising, *wording().guard.falling)))  # which :func:`_direction` checks
    telling = [word for word in telling if not word.startswith(moves)]
    unknown = [word for word in telling if not stems_of(word) & known and not (english and translated(word) & known)]
    allowed = (len(telling) >= _TELLING_FOR_ONE) + (len(telling) >= _TELLING_FOR_TWO)
    if english:  # the lexicon does not know the English of every Spanish word
        allowed = max(1, 2 * allowed)
    if not marks or whose:
        allowed = 0
    if len(unknown) > allowed:
        yield Objection("unsupported", ", ".join(dict.fromkeys(unknown)))
