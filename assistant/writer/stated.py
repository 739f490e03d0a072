"""Whether the figures and dates of a sentence stand in the rows that it cites, as what it says they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.answer import Answer
from assistant.corpus.corpus import stem_set
from assistant.question.language import english_by
from assistant.writer.computed import amounts_in, is_computed, without_derivations
from assistant.writer.evidence import UNNAMED, Cited
from assistant.writer.numbers import Number, numbers_in, read_english
from assistant.writer.parts import MARKS, QUOTED, Objection, Part, blanked
from assistant.writer.roles import OWN_FIELDS, RoleReader
from assistant.writer.vocabulary import vocabulary
from assistant.writer.wording import spaced, wording
from ingest.figures import DateMention, dates_in
from ingest.fold import fold

#: A word that is so much commoner in Spanish (in powers of ten) is a Spanish word in an English sentence.
_SPANISH = -0.5
_FROM = re.compile(r"\b(?:de|desde|from)\s(?:\w+\s){0,3}\$?$", re.IGNORECASE)
_TO = re.compile(r"^[^\d;.]{0,60}\b(?:a|al|hasta|to)\s(?:\w+\s){0,3}\$?$", re.IGNORECASE)
_OR = frozenset(("o", "ó", "u", "or", "-", "–", "—"))
_BETWEEN = re.compile(r"\b(?:entre|between)\s\$?$", re.IGNORECASE)
#: What ends what is said of a figure.
_STOP = re.compile(r"[;:()|\n]|,\s|\s(?:mientras|pero|but|while)\s")
#: Perfect and preterite of the third person, in Spanish and in English.
_DONE = re.compile(
    r"(?:\b(?:ha|han|has|have)\s+(?:sido\s+|been\s+)?(?P<perfect>\w{3,}(?:ado|ido|cho|sto|to|ados|idos|adas|idas|ed|en|t))\b)"
    r"|\b(?:fue|fueron|was|were)\s+(?P<passive>\w{3,}(?:ad|id)[oa]s?|\w{3,}ed|built)\b"
    r"|\bya\s+(?P<now>van|hay|son|están|tiene|tienen|quedan|funcionan)\b"
    r"|\b(?P<simple>\w{2,}(?:ó|aron|ieron|eron)|hizo|puso|(?<!\bbe\s)built|delivered|achieved|completed|installed|reached|met)\b"
)
_DENIED = re.compile(r"\b(?:no|not|en lugar de|instead of|rather than)\b[^.;]{0,60}$")
#: "64 registrados": what is counted was said before.
_PARTICIPLE = re.compile(r"[ai]d[oa]s?$")
_VERB = re.compile(r"(?:rán|rá|ron|ndo)$")


def figures(part: Part) -> Iterator[Objection]:
    """Every number is a figure of the cited rows, of the same kind; or computed, or echoed from the question."""
    text = without_derivations(part)
    numbers = numbers_in(text)
    shift = len(part.lead)
    places = [(number.start + shift, number.end + shift) for number in numbers if number.kind not in ("rate", "name")]
    roles = RoleReader(part.lead + blanked(text), places)
    hints = RoleReader(part.lead + blanked(text), places, hints=True)
    steps = _steps(text, numbers)
    yield from _ranges(text, numbers, part)
    for number in numbers:
        if is_computed(number, text, part) or _is_echoed(number, text, part):
            continue
        if not part.marks:
            yield Objection("no_mark", number.text)
        elif not _is_printed(number, part.held):
            yield Objection("number", number.text)
        elif number.kind == "plain" and not _counts_the_same(number, part):
            yield Objection("noun", f"{number.text} {number.noun}")
        elif not _is_of_every_row(number, part):
            yield Objection("shared_mark", number.text)
        elif number.kind not in ("rate", "name"):
            place = (number.start + shift, number.end + shift)
            role = roles.role_at(*place) or _hinted(steps.get(number.start) or hints.role_at(*place), part)
            said = _with_neighbours(number, text)
            if role is not None and not _keeps_role(number, role, said, part):
                yield Objection("role", number.text)
            elif _is_promise(number, part) and (verb := _done_in(text, number)):
                yield Objection("done", f"{verb} … {number.text}")


def dates(part: Part) -> Iterator[Objection]:
    text = without_derivations(part)
    for date in dates_in(text):
        if not any(_has_date(date, cited) for cited in part.held):
            yield from _year_as_figure(date, text, part)
        elif not part.marks:
            yield Objection("no_mark", date.text)
        elif _is_of_other_field(date, text, part):
            yield Objection("date", date.text)


def _is_of_other_field(date: DateMention, text: str, part: Part) -> bool:
    """Whether a date is said of a target that is the baseline's, or the other way round.

    It is said of the last figure before it in its clause, else of the first after it.
    """
    numbers = [number for number in numbers_in(text) if number.kind not in ("rate", "name")]
    clause, _ = _clause(text, date.start, numbers)
    before = [number for number in numbers if clause <= number.start < date.start]
    after = [number for number in numbers if number.start > date.end]
    of = before[-1] if before else after[0] if after else None
    having = [cited for cited in part.held if of is not None and of.amounts and of.amounts <= cited.numbers]
    roles = {role for cited in having if of is not None for role in cited.roles_of(of.amounts)}
    if len(roles) > 1 and of is not None:
        places = [(number.start, number.end) for number in numbers]
        said = RoleReader(blanked(text), places).role_at(of.start, of.end)
        roles = roles & {said} if said is not None else roles
    if len(roles) != 1 or not all(cited.dates_of for cited in having):
        return False
    role = next(iter(roles))
    return not any(_is_among(date, cited.dates_of.get(role, ())) for cited in having)


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
    computed = {value for figure in composed.figures if figure.derivation for value in amounts_in(figure.text)}
    said = amounts_in(MARKS.sub(" ", text)) | amounts_in(read_english(MARKS.sub(" ", text), "en"))
    held = {figure.text for figure in composed.figures if not figure.derivation}
    wanted = [n for n in numbers_in(first) if n.text in held and n.kind != "name" and not n.amounts & computed]
    return tuple(Objection("missing", number.text) for number in wanted if not number.amounts & said)


# figures --------------------------------------------------------------------------------------------------------------
def _is_printed(number: Number, held: Iterable[Cited]) -> bool:
    if not number.values or number.kind == "name":
        printed = re.compile(rf"(?<!\w){re.escape(fold(number.noun or number.text))}(?!\d)(?![.,/-]\d)")
        return any(printed.search(cited.folded) for cited in held)
    return any(number.amounts <= cited.numbers for cited in held)


def _counts_the_same(number: Number, part: Part) -> bool:
    """Whether what a figure counts is something the citation speaks of; of English nouns nobody knows."""
    words = vocabulary(part.evidence.language)
    printed = (number.noun or "").split(" ", 1)[0]
    noun = fold(printed)
    if len(noun) < 3 or noun in words.stopwords or noun[0].isdigit():
        return True
    if part.evidence.language == "en" and english_by(noun) > _SPANISH:
        return True
    generic = {fold(word) for word in wording().guard.counting_nouns}
    if noun in generic or _VERB.search(printed):
        return True
    stems = stem_set(noun)
    if _PARTICIPLE.search(noun) and stems & words.stems:
        return True
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


def _hinted(role: str | None, part: Part) -> str | None:
    """A role that only plan rows have fields for, when all that is cited are such rows."""
    return role if role is not None and all(role in cited.of_role for cited in part.held) else None


def _ranges(text: str, numbers: Sequence[Number], part: Part) -> Iterator[Objection]:
    """Two figures said as the ends of a range, or as one or the other, where the cited rows do not."""
    for one, other in itertools.pairwise(numbers):
        gap = text[one.end : other.start].strip().lower()
        between = gap in ("y", "and") and _BETWEEN.search(text[: one.start])
        if (gap in _OR or between) and not any(
            spaced(text[one.start : other.end]) in cited.text for cited in part.held
        ):
            yield Objection("number", text[one.start : other.end])


def _clause(text: str, at: int, numbers: Sequence[Number]) -> tuple[int, int]:
    """From where to where the clause around a place reaches; marks inside a figure ("nueve (9)") end none."""
    stops = [
        match for match in _STOP.finditer(text) if not any(one.start <= match.start() < one.end for one in numbers)
    ]
    start = max((match.end() for match in stops if match.end() <= at), default=0)
    return start, min((match.start() for match in stops if match.start() >= at), default=len(text))


def _steps(text: str, numbers: Sequence[Number]) -> dict[int, str]:
    """The roles of "de 64 … a 40" by where the two figures begin."""
    steps: dict[int, str] = {}
    for one, other in itertools.pairwise(numbers):
        if _FROM.search(text[: one.start]) and _TO.search(text[one.end : other.start]):
            steps |= {one.start: "baseline", other.start: "target"}
    return steps


def _keeps_role(number: Number, role: str, said: str, part: Part) -> bool:
    """Whether a cited row says of a figure what the sentence says of it.

    A quoted sentence says it itself; a quoted cell of a row with targets and baselines does not.
    """
    if any(number.text in one for one in part.quoted) and number.text not in part.unquoted:
        fields = [cited for cited in part.held if role in OWN_FIELDS and role in cited.of_role]
        return not fields or any(_has_role(number, role, said, cited) for cited in fields)
    return any(_has_role(number, role, said, cited) for cited in part.held)


def _is_of_every_row(number: Number, part: Part) -> bool:
    """Whether the marks tell whose a figure is: all rows that they cite have it, or what it counts is of one alone."""
    if len(part.rows) < 2 or not number.amounts:
        return True
    having = [cited for cited in part.rows if number.amounts <= cited.numbers]
    if len(having) == len(part.rows):
        return True
    noun = stem_set((number.noun or "").split(" ", 1)[0])
    others = (cited for cited in part.rows if cited not in having)
    return bool(noun) and any(noun & one.own_stems for one in having) and not any(noun & one.stems for one in others)


def _is_promise(number: Number, part: Part) -> bool:
    """Whether all that the cited rows know of a figure is that it is a target."""
    roles = [cited.roles_of(number.amounts) for cited in part.held if number.amounts <= cited.numbers]
    return bool(roles) and all(own == frozenset(("target",)) for own in roles)


def _done_in(text: str, number: Number) -> str | None:
    """The verb around a figure that says that something is done ("construyó", "se han entregado"), if there is one."""
    start, end = _clause(text, number.start, (number,))
    promising = tuple(map(fold, wording().guard.promising))
    for match in _DONE.finditer(blanked(text)[start:end]):
        verb = match["perfect"] or match["passive"] or match["now"] or match["simple"]
        if not fold(verb).startswith(promising):
            return match[0]
    return None


def _is_echoed(number: Number, text: str, part: Part) -> bool:
    """Whether a figure is the question's own, denied as the composed answer denies it ("no es 10")."""
    if not number.amounts or not number.amounts <= part.evidence.echoes:
        return False
    return bool(_DENIED.search(fold(text[: number.start])))


def _has_date(date: DateMention, cited: Cited) -> bool:
    """Whether a citation has this date; see :func:`_is_among`."""
    first, last = date.first, date.last
    if first is None or last is None:
        return spaced(date.text) in cited.text
    return _is_among(date, cited.dates)


def _is_among(date: DateMention, dates: Iterable[DateMention]) -> bool:
    """Whether one of these dates is this one, a more precise one, or a period that begins or ends with it."""
    first, last = date.first, date.last
    if first is None or last is None:
        return True
    for known in dates:
        starts = known.first is not None and known.first.startswith(first)
        ends = known.last is not None and known.last.startswith(last)
        if (starts and ends) or (first == last and (starts or ends)):
            return True
    return False
