"""Every number of a text, with what kind of number it is: nothing that has a digit is left out.

Readers of documents leave years, norms and names with numbers aside, since those are no figures; a guard may not. So
here each number is a figure (plain, percent, points, money), a denominator of a rate, a part of a name, or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from assistant.question.query import Language
from ingest.figures import DateMention, Mention, dates_in, find_figures, parse_number
from ingest.figures.exclusions import Excluded, excluded_in
from ingest.figures.wordlists import alternatives, plain
from ingest.figures.wordlists import words as figure_words
from ingest.fold import fold

_DIGITS = re.compile(r"\d+(?:[.,'’]\d+)*")
_NAME_BEFORE = re.compile(r"(?:[^\W\d_]+\W{1,3})?(?:\d+[./-])*$")
_NAME_AFTER = re.compile(r"(?:[./-]\d+)*")
_ZERO = re.compile(r"\bceros?\b", re.IGNORECASE)
_ARTICLES = frozenset(("un", "una", "uno"))
_RATES = frozenset(("rate", "every so many"))
_CURRENCIES = frozenset(("COP", "USD", "EUR"))

Amount = tuple[Decimal, str]


@dataclass(frozen=True)
class Number:
    """A number in a text.

    ``kind`` is 'plain', 'percent', 'points', 'money:COP', 'rate' or 'name'; ``noun`` what it counts, as printed (of a
    name: the word before the number, and the number); ``values`` all that it says (words and the digits beside them),
    none when it cannot be read.
    """

    text: str
    start: int
    end: int
    values: tuple[Decimal, ...]
    kind: str
    noun: str | None = None

    @property
    def amounts(self) -> frozenset[Amount]:
        return frozenset((value, self.kind) for value in self.values)


def numbers_in(text: str) -> tuple[Number, ...]:
    """The numbers of a Spanish text that are no dates, in order; dates are :func:`ingest.figures.dates_in`."""
    mentions = find_figures(text)
    dates = dates_in(text)
    excluded = excluded_in(text)
    found = [_of_mention(mention) for mention in mentions]
    taken = [(m.start, m.end) for m in mentions] + [(d.start, d.end) for d in dates]
    for match in (*_DIGITS.finditer(text), *_ZERO.finditer(text)):
        if not _within(match.start(), taken):
            found.append(_left_over(match, excluded))
    found += list(_spelled(text, excluded, found, dates))
    found += list(_unread_words(text, [(n.start, n.end) for n in found] + [(d.start, d.end) for d in dates]))
    return tuple(sorted(found, key=lambda number: number.start))


def kind_of(unit: str | None) -> str:
    """The kind of a figure by its unit."""
    if unit == "%":
        return "percent"
    if unit in _CURRENCIES:
        return f"money:{unit}"
    return "points" if unit is not None and fold(unit).startswith("puntos porc") else "plain"


def _of_mention(mention: Mention) -> Number:
    said = [mention.value] if mention.words_value is None else [mention.value, mention.words_value]
    kind = kind_of(mention.unit)
    noun = mention.unit if kind == "plain" else None
    return Number(mention.text, mention.start, mention.end, tuple(dict.fromkeys(said)), kind, noun)


def _left_over(match: re.Match[str], excluded: Iterable[Excluded]) -> Number:
    """A number that is no figure to a reader of documents."""
    value = Decimal(0) if match[0][0].isalpha() else parse_number(match[0])
    around = next((one for one in excluded if one.start <= match.start() < one.end), None)
    kind = "plain" if around is None else "rate" if around.name in _RATES else "name"
    noun = _whole_name(match) if kind == "name" else None
    return Number(match[0], match.start(), match.end(), () if value is None else (value,), kind, noun)


def _whole_name(match: re.Match[str]) -> str:
    """A number of a name with the word before it and what is joined to it ("Resolución 66/290")."""
    before = _NAME_BEFORE.search(match.string, max(0, match.start() - 40), match.start())
    after = _NAME_AFTER.match(match.string, match.end())
    return (before[0] if before else "") + match[0] + (after[0] if after else "")


def _spelled(
    text: str, excluded: Iterable[Excluded], found: Iterable[Number], dates: Iterable[DateMention]
) -> Iterator[Number]:
    """Stretches that hold a number in words alone ("cada diez", "los cuatro años"): they can be compared as text."""
    taken = [(n.start, n.end) for n in found] + [(d.start, d.end) for d in dates]
    for one in excluded:
        stretch = text[one.start : one.end].rstrip('»”"')
        if not _DIGITS.search(stretch) and not any(one.start <= start < one.end for start, _ in taken):
            yield Number(stretch, one.start, one.end, (), "name")


def _unread_words(text: str, taken: Iterable[tuple[int, int]]) -> Iterator[Number]:
    """Number words that a reader of documents passes over ("de dos mil", which may be a year)."""
    spans = list(taken)
    for match in _number_words().finditer(plain(text)):
        if not any(match.start() < end and start < match.end() for start, end in spans):
            said = text[match.start() : match.end()]
            value = next((mention.value for mention in find_figures(f"son {said}")), None)
            yield Number(said, match.start(), match.end(), () if value is None else (value,), "plain")


@cache
def _number_words() -> re.Pattern[str]:
    """Runs of number words; "un" and "una" alone are articles."""
    lists = figure_words()
    word = alternatives(lists.number_words)
    telling = alternatives(one for one in lists.number_words if one not in _ARTICLES)
    run = rf"(?:{word}\s(?:y\s)?)*{telling}(?:\s(?:y\s)?{alternatives([*lists.number_words, *lists.scale_words])})*"
    return re.compile(rf"(?<![a-z]){run}(?![a-z])")


def _within(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


# English --------------------------------------------------------------------------------------------------------------
_MONTHS = {
    **{"January": "enero", "February": "febrero", "March": "marzo", "April": "abril", "May": "mayo", "June": "junio"},
    **{"July": "julio", "August": "agosto", "September": "septiembre", "October": "octubre"},
    **{"November": "noviembre", "December": "diciembre"},
}
_SCALES = {
    "thousand million": "mil millones",
    "thousand": "mil",
    "million": "millones",
    "billion": "mil millones",
    "trillion": "billones",
}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_SCALED = re.compile(rf"(?<=\d)(\s)({'|'.join(_SCALES)})\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s?\bper\s?cent\b", re.IGNORECASE)
_POINTS = re.compile(r"\bpercentage points?\b", re.IGNORECASE)
_RUN = re.compile(r"[^\W\d_]+(?:[ -]+[^\W\d_]+)*")
_LONGEST = 12
_FEWEST = 2
#: English number words that are Spanish words too, or no numbers: only an English text is read for them.
_AMBIGUOUS = frozenset(("ten", "once"))
#: What the library takes for a zero.
_LETTERS = frozenset(("o", "oh"))


def read_english(text: str, language: Language) -> str:
    """The text with its English numbers, months and percents as the Spanish reader knows them.

    Words are turned into digits in any text, so that a number cannot hide in another language.
    """
    text = _RUN.sub(lambda run: _in_digits(run[0], language), text)
    text = _POINTS.sub("puntos porcentuales", text)
    text = _PERCENT.sub(" %", text)
    text = _SCALED.sub(lambda match: match[1] + _SCALES[match[2].lower()], text)
    return _MONTH.sub(lambda match: _MONTHS[match[1]], text) if language == "en" else text


def _in_digits(run: str, language: Language) -> str:
    pieces = re.split(r"([ -]+)", run)
    said: list[str] = []
    at = 0
    while at < len(pieces):
        length, value = (0, None) if pieces[at].lower() in _skipped(language) else _longest(tuple(pieces[at::2]))
        if value is None:
            said.append(pieces[at])
            at += 1
        else:
            said.append(value)
            at += 2 * length - 1
        if at < len(pieces):
            said.append(pieces[at])
            at += 1
    return "".join(said)


def _skipped(language: Language) -> frozenset[str]:
    return _LETTERS | _AMBIGUOUS if language == "es" else _LETTERS


def _longest(tokens: tuple[str, ...]) -> tuple[int, str | None]:
    """How many of these words, from the first on, make one English number, and which; (0, None) when none do."""
    if _english_number((tokens[0].lower(),)) is None:
        return 0, None
    for length in range(min(len(tokens), _LONGEST), 0, -1):
        value = _english_number(tuple(token.lower() for token in tokens[:length]))
        if value is not None and (value >= _FEWEST or value == 0) and tokens[length - 1].lower() != "and":
            return length, str(value)
    return 0, None


@lru_cache(maxsize=4096)
def _english_number(tokens: tuple[str, ...]) -> int | None:
    from text_to_num import text2num

    if tokens[0] in ("and", "hundred", "thousand", "million", "billion", "trillion"):
        return None
    try:
        return int(text2num(" ".join(tokens), "en"))
    except ValueError:
        return None
