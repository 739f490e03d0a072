"""Numbers and words of an answer, as a grader reads them: small, strict, and apart from the readers of documents.

A grader that used the parser of the product would share its mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ingest.fold import fold

#: A printed number with its marks: '28', '35,1', '2.672', '57,600,000,00'.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*")

#: '5,000', which can mean five or five thousand.
_ONLY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_QUOTES = str.maketrans("“”«»’‘–—−", '""""\'\'---')
_TIGHT = re.compile(r"(?<=\d) (?=%)|(?<=\$) (?=\d)")
_ENGLISH = re.compile(r"\b(?:the|of|is|are|what|how|many)\b")
_SPANISH = re.compile(r"\b(?:el|la|los|las|de|es|son|que|en)\b")
#: 'y' and 'and' join the parts of a number and never begin or end one.
_JOINTS = frozenset({"y", "and"})
_SCALES = frozenset({"mil", "millon", "millones", "billon", "billones", "thousand", "million", "billion", "hundred"})
_LONGEST = 10
#: Short and feminine forms that the library does not know.
_WHOLE = {"veintiun": "veintiuno", "veintiuna": "veintiuno"}


def plain(text: str) -> str:
    """Case, accents, spaces, quotes and dashes folded; '75 %' and '$ 400' without their space."""
    return _TIGHT.sub("", fold(text).translate(_QUOTES))


@lru_cache(maxsize=4096)
def bounded(needle: str) -> re.Pattern[str]:
    """A plain text as a pattern that never begins or ends inside a number: 8 is in neither 28 nor 8,5 nor 1.8."""
    head = r"(?<!\d)(?<!\d[.,])" if needle[:1].isdigit() else ""
    tail = r"(?!\d)(?![.,]\d)" if needle[-1:].isdigit() else ""
    return re.compile(head + re.escape(needle) + tail)


def find(folded: str, needle: str, start: int = 0) -> int:
    """Where a needle ends in a text that :func:`plain` made, or -1."""
    found = bounded(plain(needle)).search(folded, start)
    return found.end() if found else -1


def holds(folded: str, needle: str) -> bool:
    """Whether a text that :func:`plain` made holds the needle, with digit boundaries."""
    return find(folded, needle) >= 0


def readings(token: str) -> frozenset[Decimal]:
    """What a printed number can mean.

    A comma before three digits can part thousands or decimals ('12,426'), a point parts thousands ('2.672'); after a
    leading zero both part decimals. Empty when it is no number ('1.22.3').
    """
    groups, marks = re.split(r"[.,]", token), re.findall(r"[.,]", token)
    if not marks:
        return frozenset({Decimal(token)})
    decimal = Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
    inner_thousands = all(len(group) == 3 for group in groups[1:-1])
    may_be_thousands = inner_thousands and len(groups[-1]) == 3 and 1 <= len(groups[0]) <= 3 and groups[0][0] != "0"
    if may_be_thousands and len(set(marks)) == 1:
        whole = Decimal("".join(groups))
        return frozenset({whole, decimal}) if marks == [","] else frozenset({whole})
    if not inner_thousands:
        return frozenset()
    return frozenset({decimal})


def printed_values(text: str, *, commas_part_thousands: bool = True) -> frozenset[Decimal]:
    """Everything that the printed numbers of a text can mean."""
    found = frozenset(value for token in TOKEN.findall(text) for value in readings(token))
    if commas_part_thousands:
        return found
    return found - {Decimal(token.replace(",", "")) for token in TOKEN.findall(text) if _ONLY_COMMA.fullmatch(token)}


def values_in(text: str) -> frozenset[Decimal]:
    """Everything that the printed numbers and the number words of a text can mean."""
    return printed_values(text) | {value for _, value in numbers_in_words(text)}


def numbers_in_words(text: str) -> Iterator[tuple[str, Decimal]]:
    """(phrase, value) of each number of two or more written in words, in Spanish, or English where the text is."""
    folded = fold(text)
    language = "en" if len(_ENGLISH.findall(folded)) > len(_SPANISH.findall(folded)) else "es"
    for run in re.finditer(r"[^\W\d_]+(?:[ -][^\W\d_]+)*", folded):
        words = re.split(r"[ -]", run.group())
        after_digits = folded[: run.start()].rstrip()[-1:].isdigit()
        start = 0
        while start < len(words):
            length, value = _longest(tuple(words[start : start + _LONGEST]), language)
            phrase = words[start : start + length]
            # In '77 mil millones' the words scale the digits before them.
            if value >= 2 and not (
                _SCALES.issuperset(phrase) and (phrase[-1] != "mil" or (after_digits and start == 0))
            ):
                yield " ".join(phrase), value
            start += max(length, 1)


def _longest(words: tuple[str, ...], language: str) -> tuple[int, Decimal]:
    """How many of these words, from the first on, make one number, and which; (0, 0) when none do."""
    if not _may_be_number(words[0], language):
        return 0, Decimal(0)
    for length in range(len(words), 0, -1):
        if words[length - 1] not in _JOINTS and (value := _value(words[:length], language)) is not None:
            return length, value
    return 0, Decimal(0)


@lru_cache(maxsize=4096)
def _may_be_number(word: str, language: str) -> bool:
    return word not in _JOINTS and _value((word,), language) is not None


@lru_cache(maxsize=4096)
def _value(words: tuple[str, ...], language: str) -> Decimal | None:
    from text_to_num import text2num

    said = [_WHOLE.get(word, word) for word in words]
    if said[-1] in ("un", "una") and len(said) > 1:  # 'treinta y una' is the feminine of 'treinta y uno'
        said[-1] = "uno"
    for spelling in (said, [_ACCENTED.get(word, word) for word in said]):
        try:
            return Decimal(text2num(" ".join(spelling), language))
        except ValueError:
            continue
    return None


#: Folding took the accents off, and the library wants them on.
_ACCENTED = {
    "dieciseis": "dieciséis",
    "veintidos": "veintidós",
    "veintitres": "veintitrés",
    "veintiseis": "veintiséis",
    "millon": "millón",
    "billon": "billón",
}
