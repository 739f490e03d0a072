"""Whether the figures and dates of a sentence stand in the rows that it cites, as what it says they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.answer import Answer, AnswerFigure
from assistant.corpus import stem_set
from assistant.writer.evidence import UNNAMED, Cited
from assistant.writer.numbers import Amount, Number, numbers_in, read_english
from assistant.writer.parts import MARKS, QUOTED, Objection, Part, blanked
from assistant.writer.roles import OWN_FIELDS, RoleReader
from assistant.writer.vocabulary import vocabulary
from assistant.writer.wording import spaced, wording
from ingest.figures import DateMention, dates_in
from ingest.fold import fold

_ALL_CITED_UP_TO = 4
_VERB = re.compile(r"(?:rán|rá|ron|ndo)$")


def figures(part: Part) -> Iterator[Objection]:
    """Every number is a figure of the cited rows, of the same kind; or computed, or echoed from the question."""
    text = _without_derivations(part)
    numbers = numbers_in(text)
    shift = len(part.lead)
    places = [(number.start + shift, number.end + shift) for number in numbers if number.kind not in ("rate", "name")]
    roles = RoleReader(part.lead + blanked(text), places)
    for number in numbers:
        if _is_computed(number, part) or (number.amounts and number.amounts <= part.evidence.echoes):
            continue
        if not part.marks:
            yield Objection("no_mark", number.text)
        elif not _is_printed(number, part.held):
            yield Objection("number", number.text)
        elif number.kind == "plain" and not _counts_the_same(number, part):
            yield Objection("noun", f"{number.text} {number.noun}")
        elif number.kind not in ("rate", "name") and not _inside_quotes(number, part):
            role = roles.role_at(number.start + shift, number.end + shift)
            said = _with_neighbours(number, text)
            if role is not None and not any(_has_role(number, role, said, cited) for cited in part.held):
                yield Objection("role", number.text)


def dates(part: Part) -> Iterator[Objection]:
    text = _without_derivations(part)
    for date in dates_in(text):
        if not any(_has_date(date, cited) for cited in part.held):
            yield from _year_as_figure(date, text, part)
        elif not part.marks:
            yield Objection("no_mark", date.text)


def _year_as_figure(date: DateMention, text: str, part: Part) -> Iterator[Objection]:
    """Four digits that look like a year, and are no date of the rows, may be a figure of theirs ("2000")."""
    value = Decimal(date.text) if date.text.isdigit() else None
    number = Number(date.text, date.start, date.end, () if value is None else (value,), "plain")
    if value is None or not part.marks or not _is_printed(number, part.held):
        yield Objection("date", date.text)
        return
    shift = len(part.lead)
    role = RoleReader(part.lead + blanked(text), [(date.start + shift, date.end + shift)]).role_at(
        date.start + shift, date.end + shift
    )
    said = _with_neighbours(number, text)
    if role is not None and not any(_has_role(number, role, said, cited) for cited in part.held):
        yield Objection("role", date.text)


def missing_figures(text: str, composed: Answer) -> tuple[Objection, ...]:
    """Figures of the composed answer's first line, which says what was asked, that a written answer leaves out."""
    first = QUOTED.sub(" ", MARKS.sub(" ", composed.answer.split("\n", 1)[0]))
    computed = {value for figure in composed.figures if figure.derivation for value in _amounts(figure.text)}
    said = _amounts(MARKS.sub(" ", text)) | _amounts(read_english(MARKS.sub(" ", text), "en"))
    held = {figure.text for figure in composed.figures if not figure.derivation}
    wanted = [n for n in numbers_in(first) if n.text in held and n.kind != "name" and not n.amounts & computed]
    return tuple(Objection("missing", number.text) for number in wanted if not number.amounts & said)


# figures --------------------------------------------------------------------------------------------------------------
def _is_printed(number: Number, held: Iterable[Cited]) -> bool:
    if not number.values or number.kind == "name":
        printed = re.compile(rf"(?<!\w){re.escape(fold(number.noun or number.text))}(?![\d])(?![.,]\d)")
        return any(printed.search(cited.folded) for cited in held)
    return any(number.amounts <= cited.numbers for cited in held)


def _counts_the_same(number: Number, part: Part) -> bool:
    """Whether what a figure counts is something the citation speaks of; English nouns are not compared."""
    words = vocabulary(part.evidence.language)
    printed = (number.noun or "").split(" ", 1)[0]
    noun = fold(printed)
    if part.evidence.language == "en" or len(noun) < 3 or noun in words.stopwords or noun[0].isdigit():
        return True
    generic = {fold(word) for word in wording().guard.counting_nouns}
    if noun in generic or _VERB.search(printed):
        return True
    stems = stem_set(noun)
    return not stems or any(stems & cited.stems and number.amounts <= cited.numbers for cited in part.held)


def _has_role(number: Number, role: str, said: str, cited: Cited) -> bool:
    """Whether a citation's figure is what the sentence says: its target, its baseline, or what its words say it is.

    A figure in the name of something ("jóvenes de 14 a 28 años") may stand beside any role, with the words around it.
    """
    if not number.amounts <= cited.numbers:
        return False
    roles = cited.roles_of(number.amounts)
    if role in roles or (role not in OWN_FIELDS and roles <= {UNNAMED}):
        return True
    return number.amounts <= cited.named and said in cited.text


def _with_neighbours(number: Number, text: str) -> str:
    """A number between the word before it and the word after it, as :func:`spaced` writes them."""
    before, after = spaced(text[: number.start]).split(), spaced(text[number.end :]).split()
    return spaced(" ".join((*before[-1:], number.text, *after[:1])))


def _inside_quotes(number: Number, part: Part) -> bool:
    return any(number.text in quoted for quoted in part.quoted) and number.text not in part.unquoted


def _is_computed(number: Number, part: Part) -> bool:
    """Whether the composed answer computed this figure, and the sentence cites what it was computed from."""
    return any(
        number.amounts and number.amounts <= _amounts(figure.text) and _cites(part, figure)
        for figure in part.evidence.computed
    )


def _cites(part: Part, figure: AnswerFigure) -> bool:
    if not part.marks:
        return False
    terms = set(figure.citations)
    return terms <= set(part.marks) if len(terms) <= _ALL_CITED_UP_TO else bool(terms & set(part.marks))


def _without_derivations(part: Part) -> str:
    """The text without the computations it shows as the composed answer shows them."""
    text = part.text
    for figure in part.evidence.computed:
        if figure.derivation and figure.derivation in text and _cites(part, figure):
            text = text.replace(figure.derivation, " " * len(figure.derivation))
    return text


def _amounts(text: str) -> frozenset[Amount]:
    return frozenset(amount for number in numbers_in(text) for amount in number.amounts)


def _has_date(date: DateMention, cited: Cited) -> bool:
    """Whether a citation has this date: the same, a more precise one, or a period that begins or ends with it."""
    first, last = date.first, date.last
    if first is None or last is None:
        return spaced(date.text) in cited.text
    for known in cited.dates:
        starts = known.first is not None and known.first.startswith(first)
        ends = known.last is not None and known.last.startswith(last)
        if (starts and ends) or (first == last and (starts or ends)):
            return True
    return False
