"""One printed number, in digits or in words, to a Decimal and back.

How marks are read (es-CO prints a decimal comma and a point for thousands; the same files also hold the en-US way):

================================  ===========================================  ==============================
printed                           rule                                         read as
================================  ===========================================  ==============================
``35,1`` ``75.3`` ``3.1416``      one mark, not before exactly three digits:   35.1  75.3  3.1416
                                  decimals
``2.672`` ``12,426`` ``73.370``   one mark before exactly three digits:        2672  12426  73370
                                  thousands, unless told otherwise
``0,125`` ``0.125`` ``01,500``    … but a leading zero has no thousands        0.125  0.125  1.500
``1234,567``                      … nor has a group of four digits             1234.567
``1.234.567`` ``1,234,567``       the same mark twice, groups of three:        1234567
                                  thousands
``1.234.567,89``                  another mark last, once: decimals            1234567.89
``57,600,000,00``                 groups of three, a last one of one or two:   57600000.00
                                  decimals, whatever the mark
``157. 500.000`` ``1 500 000``    white space beside marks or between groups   157500000  1500000
``1'500.000``                     apostrophes are thousands                    1500000
``$’897.206.000.oo``              letters o after the last mark are zeros      897206000.00
``-5,2`` ``$ 400`` ``75 %``       a sign, a currency sign, a percent sign      -5.2  400  75
``12.34.56`` ``1,2,3``            anything else is no number                   None
================================  ===========================================  ==============================
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.numbers import format_decimal
from text_to_num import text2num

from ingest.figures.wordlists import plain, words

LoneMark = Literal["thousands", "decimal"]

#: Longer runs of digits and marks are identifiers or broken tables.
LONGEST_NUMBER = 40

_AROUND = re.compile(
    r"^(?P<sign>[+-]?)\s{0,2}(?:us\$|usd|cop\$?|col\$|\\?\$|€)?\s{0,2}'?(?P<sign2>[+-]?)(?P<body>.*?)\s{0,2}%?$"
)
_LETTER_ZEROS = re.compile(r"(?<=[.,])o{1,2}$")
_BODY = re.compile(r"[0-9]*(?:[.,'][0-9]+)*")
_MARK = re.compile(r"[.,']")
_SPACED_GROUPS = re.compile(r"[0-9]{1,3}(?:\s[0-9]{3})+(?=[.,]|$)")


def parse_number(text: str, *, lone_mark: LoneMark = "thousands") -> Decimal | None:
    """One printed number as a Decimal, or None when the text is anything else; the module's table tells how.

    ``lone_mark`` says what a single mark before exactly three digits is ("3.125": 3125, or 3.125 when 'decimal').
    """
    if len(text) > 3 * LONGEST_NUMBER:
        return None
    match = _AROUND.match(plain(text).strip().rstrip(".,;: "))
    if match is None:
        return None
    body = _without_spaces(_LETTER_ZEROS.sub(lambda zeros: "0" * len(zeros.group()), match["body"].strip()))
    if body is None or len(body) > LONGEST_NUMBER or not _BODY.fullmatch(body) or not any(map(str.isdigit, body)):
        return None
    digits = _to_plain_decimal(body, lone_mark)
    if digits is None:
        return None
    value = Decimal(digits)
    return -value if "-" in (match["sign"], match["sign2"]) else value


def _without_spaces(body: str) -> str | None:
    """Stray spaces beside marks out, spaces between groups of three out; None when spaces part two numbers."""
    body = re.sub(r"\s{0,2}(?=[.,])|(?<=[.,])\s{1,2}", "", body)
    if _SPACED_GROUPS.match(body):
        body = re.sub(r"\s", "", body)
    return None if re.search(r"\s", body) else body


def _to_plain_decimal(body: str, lone_mark: LoneMark) -> str | None:
    """'1.234,5' → '1234.5'; None when the marks make no sense."""
    marks = _MARK.findall(body)
    groups = _MARK.split(body)
    if not marks:
        return body
    first, *middle, last = groups
    whole = "".join([first, *middle])
    as_thousands = 1 <= len(first) <= 3 and not first.startswith("0") and all(len(group) == 3 for group in middle)
    if len(marks) == 1:
        if marks[0] == "'":
            return whole + last if as_thousands and len(last) == 3 else None
        thousands = as_thousands and len(last) == 3 and lone_mark == "thousands"
        return whole + last if thousands else f"{first or '0'}.{last}"
    if not as_thousands:
        return None
    if marks[-1] != "'" and marks.count(marks[-1]) == 1 and not (set(marks[:-1]) == {"'"} and len(last) == 3):
        return f"{whole}.{last}"
    if len(last) == 3:
        return whole + last
    return f"{whole}.{last}" if len(last) in (1, 2) else None


@lru_cache(maxsize=4096)
def parse_words(text: str) -> Decimal | None:
    """A number in Spanish words as a Decimal, or None: 'setenta y nueve', 'veintiún mil', 'dos billones'."""
    tokens = [words().number_words_as.get(token, token) for token in plain(text).split()]
    if not tokens or tokens[0] == "y" or tokens[-1] == "y":
        return None
    for scale in ("billones", "billon"):
        if scale in tokens:
            at = tokens.index(scale)
            left, right = parse_words(" ".join(tokens[:at])), parse_words(" ".join(tokens[at + 1 :]))
            if left is None or (right is None and tokens[at + 1 :]):
                return None
            return left * 10**12 + (right or 0)
    try:
        return Decimal(text2num(" ".join(_with_accents(tokens)), "es"))
    except ValueError:
        return None


def _with_accents(tokens: list[str]) -> list[str]:
    """'veinte y dos' and 'diez y seis', as older texts print them, in one word; the rest as it is."""
    joined: list[str] = []
    for token in tokens:
        if len(joined) >= 2 and joined[-1] == "y" and joined[-2] in _OLD_TENS and token in _UNITS:
            joined[-2:] = [_OLD_TENS[joined[-2]] + _UNITS[token]]
        else:
            joined.append(token)
    return joined


_OLD_TENS = {"diez": "dieci", "veinte": "veinti"}
_UNITS = {
    **{unit: unit for unit in ("uno", "cuatro", "cinco", "siete", "ocho", "nueve")},
    **{"un": "uno", "una": "uno", "dos": "dós", "tres": "trés", "seis": "séis"},
}


def format_es(value: Decimal) -> str:
    """As es-CO prints it, with every decimal and no zeros at the end: '1.234.567,89', '28', '0,5'."""
    return str(format_decimal(value, locale="es_CO", decimal_quantization=False))
