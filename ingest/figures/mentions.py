"""Every figure of a running text: digits, words, both, percentages and money.

``text ──blank out what is no figure──▶ ──blank out dates──▶ ──scan words, then digits──▶ mentions``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.figures.dates import dates_in_blanked
from ingest.figures.exclusions import blank_out, excluded_in
from ingest.figures.numbers import LONGEST_NUMBER, parse_number, parse_words
from ingest.figures.units import currency_word_after, unit_after
from ingest.figures.wordlists import alternatives, plain, words


@dataclass(frozen=True)
class Mention:
    """A figure in a text: ``text`` is verbatim from ``start`` to ``end``.

    ``value`` counts multipliers in ("$102.000 millones" is 102000000000). ``unit`` is '%', a currency ('COP', 'USD'),
    the counted noun as printed, or None. ``words`` says that it is printed in words; when digits stand beside them in
    parentheses, ``value`` is the digits' and ``words_value`` the words'.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str | None = None
    words: bool = False
    approximate: bool = False
    words_value: Decimal | None = None
    parenthesised: bool = False

    @property
    def disagrees(self) -> bool:
        """Whether the words say another number than the digits beside them."""
        return self.words_value is not None and self.words_value != self.value


def find_figures(text: str) -> tuple[Mention, ...]:
    """Every figure of a text (in NFC), in printed order; never raises.

    Years, dates, norms, identifiers, names with numbers, numbering, ages and denominators of rates are none
    (``prompts/figures.yaml``), nor are "un", "una" and "uno" without digits beside them.
    """
    folded = plain(text)
    if not _may_hold_figures().search(folded):
        return ()
    folded = blank_out(folded, ((found.start, found.end) for found in excluded_in(text)))
    folded = blank_out(folded, ((date.start, date.end) for date in dates_in_blanked(text, folded)))
    in_words = list(_word_figures(text, folded))
    rest = blank_out(folded, ((mention.start, mention.end) for mention in in_words))
    found = sorted((*in_words, *_digit_figures(text, rest)), key=lambda mention: mention.start)
    return _with_shared_units(found, folded)


_NUMBER = re.compile(
    r"[0-9]{1,3}(?:[.,'][0-9]{3})*+\.[ ][0-9]{3}(?:[.,][0-9]{3})++(?:[.,][0-9]{1,2}(?![0-9]))?+(?![0-9])"
    r"|[0-9]{1,3}(?:[\xa0\u202f][0-9]{3})++(?![0-9])(?:[.,][0-9]++)*+"
    r"|[0-9]++(?:[.,'][0-9]++)*+(?:[.,]oo(?![a-z]))?+"
)
_LONGEST_RUN = 16
_PERCENT = re.compile(r"\s?%|\s{1,3}por\s{1,3}ciento(?![a-z])")
_OPENING = re.compile(r"[(\[]\s?$")
_DIGITS_BESIDE = re.compile(
    r"(?P<link>\s{1,3}por\s{1,3}ciento|\s{1,3}(?:de\s{1,3})?pesos(?:\s{1,3}(?:m/?cte|m/?l|colombianos|moneda\s{1,3}corriente)\.?)?)?"
    r"\s{0,3}\(\s{0,2}(?P<money>\\?\$\s{0,2})?(?P<number>[0-9]{1,12}(?:[.,'][0-9]{1,9}){0,6})\s{0,2}(?P<percent>%|por\s{1,2}ciento)?\s{0,2}\)"
)
_WORDS_BESIDE = re.compile(r"\s{0,3}\(\s{0,2}([a-z][a-z\s]{1,120}?)\s{0,2}\)")
_SECOND_PART = re.compile(r"\s{1,2}([0-9]{1,3})(?![0-9a-z]|[.,'][0-9]|\s?%)")
_BETWEEN_SHARED = re.compile(r"\s{0,3}(?:y|e|o|u|a|al|-|/|,)\s{0,3}")
_LEAD_WORD = re.compile(r"([a-z]+)\s{1,3}$")


def _word_figures(text: str, folded: str) -> Iterator[Mention]:
    done = 0
    for run in _word_run().finditer(folded):
        if run.start() < done:
            continue
        tokens = [(match.start() + run.start(), match.group()) for match in re.finditer(r"[a-z]+", run.group())]
        position = 0
        while position < len(tokens):
            taken, value = _longest_number([token for _, token in tokens[position : position + _LONGEST_RUN]])
            if value is None:
                position += 1
                continue
            start, last = tokens[position][0], tokens[position + taken - 1]
            mention = _word_figure(text, folded, start, last[0] + len(last[1]), value)
            if mention is not None:
                yield mention
                done = mention.end
            position += taken


def _longest_number(tokens: list[str]) -> tuple[int, Decimal | None]:
    """How many of these words make one number from the first on, and which."""
    for taken in range(len(tokens), 0, -1):
        if (value := parse_words(" ".join(tokens[:taken]))) is not None:
            return taken, value
    return 1, None


def _word_figure(text: str, folded: str, start: int, end: int, value: Decimal) -> Mention | None:
    beside = _DIGITS_BESIDE.match(folded, end)
    digits = parse_number(beside["number"]) if beside else None
    if beside is not None and digits is not None:
        unit = "%" if beside["percent"] or "ciento" in (beside["link"] or "") else None
        unit = unit or ("COP" if beside["money"] or "pesos" in (beside["link"] or "") else None)
        after = beside.end()
        return Mention(
            text=text[start:after],
            start=start,
            end=after,
            value=digits,
            unit=unit or unit_after(text, folded, after),
            words=True,
            approximate=_is_approximate(folded, start, after),
            words_value=value,
            parenthesised=True,
        )
    if not _counts_alone(folded, start, end, value) or _glosses_digits(folded, start, end):
        return None
    percent = _PERCENT.match(folded, end)
    after = percent.end() if percent else end
    scaled = folded[start:end].endswith(tuple(words().scale_words))
    unit = "%" if percent else currency_word_after(folded, after) or unit_after(text, folded, after, scaled=scaled)
    return Mention(
        text[start:after], start, after, value, unit, words=True, approximate=_is_approximate(folded, start, after)
    )


def _counts_alone(folded: str, start: int, end: int, value: Decimal) -> bool:
    """Whether number words without digits beside them are a figure: 'un' is none, 'cero' only where it is a level."""
    lead = _LEAD_WORD.search(folded, max(0, start - 30), start)
    before = lead[1] if lead else ""
    word = folded[start:end]
    if word == "ciento" or (before == "por" and word.startswith("ciento")):
        return False
    if value == 0:
        return before in ("en", "a") and not re.match(r"\s{1,3}a\s", folded[end : end + 6])
    if value < 2:
        return False
    return not (1900 <= value < 2100 and before in ("ano", "de", "del", "en"))


def _glosses_digits(folded: str, start: int, end: int) -> bool:
    """Whether these words stand in parentheses after the digits they repeat: "879 (ochocientos setenta y nueve)"."""
    opened = re.search(r"[0-9%]\s{0,3}\(\s{0,2}$", folded[max(0, start - 8) : start])
    return opened is not None and re.match(r"\s{0,2}\)", folded[end : end + 3]) is not None


def _digit_figures(text: str, folded: str) -> Iterator[Mention]:
    position = 0
    for match in _NUMBER.finditer(folded):
        if match.start() < position or len(match.group()) > LONGEST_NUMBER:
            continue
        mention = _digit_figure(text, folded, *match.span())
        if mention is not None:
            yield mention
            position = mention.end


def _digit_figure(text: str, folded: str, start: int, end: int) -> Mention | None:
    number = folded[start:end]
    percent = _PERCENT.match(folded, end)
    sign = _currency_sign().search(folded, max(0, start - 8), start)
    if number.isdigit() and not percent and not sign and (len(number) >= 9 or (len(number) > 1 and number[0] == "0")):
        return None
    if folded[start - 1 : start] in (".", ",") and not folded[start - 2 : start - 1].strip():
        start -= 1  # ".5" and ".0" as some spreadsheets print them
    glued_before = start > 0 and (folded[start - 1].isalnum() or folded[start - 1] == "_")
    value = parse_number(text[start:end])
    if value is None or (glued_before and not percent and not sign):
        return None
    if percent:
        return _finished(text, folded, _signed_start(folded, start), percent.end(), value, unit="%")
    unit_glued = None if sign else _glued_unit().match(folded, end)
    amount_in_capitals = sign and _money_multiplier().match(text, end)
    if (
        unit_glued is None
        and not amount_in_capitals
        and end < len(folded)
        and (folded[end].isalpha() or folded[end] in "_°ºª")
    ):
        return None
    scale = _multiplier().match(folded, end)
    if scale:
        end, value = scale.end(), value * 10 ** _power(scale[1])
        if _power(scale[1]) == 3 and (second := _SECOND_PART.match(folded, end)):
            end, value = second.end(), value + Decimal(second[1])
    elif sign and (capitals := _money_multiplier().match(text, end)):
        end, value = capitals.end(), value * 10 ** words().money_multipliers[capitals[1]]
    currency = words().currency_signs[sign["sign"].strip("\\")] if sign else currency_word_after(folded, end)
    unit = currency or (_printed_unit(text, unit_glued) if unit_glued else None)
    if unit is None:
        unit = unit_after(text, folded, end, scaled=scale is not None)
    return _finished(text, folded, sign.start("sign") if sign else start, end, value, unit=unit)


def _printed_unit(text: str, match: re.Match[str]) -> str | None:
    """A unit glued to its number, as printed; 'aprox' is none."""
    unit = text[match.start() : match.end()].strip(" .")
    return None if plain(unit) == "aprox" else unit


def _signed_start(folded: str, start: int) -> int:
    """A hyphen right before a percentage is its sign when white space stands before it."""
    signed = folded[start - 1 : start] == "-" and not folded[max(0, start - 2) : start - 1].strip(" \t(")
    return start - 1 if signed and start >= 1 else start


def _finished(text: str, folded: str, start: int, end: int, value: Decimal, *, unit: str | None) -> Mention:
    if folded[start] == "-":
        value = -value
    beside = _WORDS_BESIDE.match(folded, end)
    words_value = parse_words(" ".join(beside[1].split())) if beside else None
    if beside and words_value is not None:
        end = beside.end()
    return Mention(
        text=text[start:end],
        start=start,
        end=end,
        value=value,
        unit=unit if words_value is None or unit else unit_after(text, folded, end),
        words=words_value is not None,
        approximate=_is_approximate(folded, start, end),
        words_value=words_value,
        parenthesised=words_value is not None
        or (
            _OPENING.search(folded, max(0, start - 3), start) is not None
            and re.match(r"\s?[)\]]", folded[end : end + 2]) is not None
        ),
    )


def _power(multiplier: str) -> int:
    return words().multipliers[" ".join(multiplier.split())]


@cache
def _may_hold_figures() -> re.Pattern[str]:
    return re.compile(rf"[0-9]|(?<![a-z]){alternatives(words().number_words)}(?![a-z])")


@cache
def _word_run() -> re.Pattern[str]:
    begins = alternatives(words().number_words)
    goes_on = alternatives((*words().number_words, *words().scale_words))
    return re.compile(
        rf"(?<![a-z0-9-])(?<![0-9]\s){begins}(?![a-z0-9])(?:\s{{1,3}}(?:y\s{{1,3}})?{goes_on}(?![a-z0-9]))*+",
    )


@cache
def _multiplier() -> re.Pattern[str]:
    return re.compile(rf"\s{{1,3}}({alternatives(words().multipliers)})(?![a-z])")


@cache
def _money_multiplier() -> re.Pattern[str]:
    return re.compile(rf"\s?({'|'.join(sorted(words().money_multipliers, key=len, reverse=True))})(?!\w)")


@cache
def _currency_sign() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(words().currency_signs, key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?P<sign>\\?(?:{signs}))\s{{0,3}}'?\s?$")


@cache
def _glued_unit() -> re.Pattern[str]:
    return re.compile(rf"{alternatives(words().glued_units)}(?![a-z0-9])\.?")


@cache
def _approximate() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(
            rf"(?<![a-z]){alternatives(words().approximate_before)}(?:\s{{1,3}}(?:de|un|una|los|las|el))?\s{{1,3}}$"
        ),
        re.compile(rf"[\s(]{{0,3}}{alternatives(words().approximate_after)}(?![a-z])"),
    )


def _is_approximate(folded: str, start: int, end: int) -> bool:
    before, after = _approximate()
    return before.search(folded, max(0, start - 40), start) is not None or after.match(folded, end) is not None


def _with_shared_units(mentions: list[Mention], folded: str) -> tuple[Mention, ...]:
    """In "7 y 3 proponentes" and "10-15%" the unit is printed once and holds for both."""
    shared = list(mentions)
    for index in range(len(shared) - 2, -1, -1):
        here, following = shared[index], shared[index + 1]
        between = folded[here.end : following.start]
        if here.unit is None and following.unit not in (None, "COP", "USD") and _BETWEEN_SHARED.fullmatch(between):
            shared[index] = replace(here, unit=following.unit)
    return tuple(shared)
