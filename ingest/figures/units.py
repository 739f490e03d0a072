"""What a number counts: the noun phrase after it, money before or after it, the rate it is given for."""

from __future__ import annotations

import re
from functools import cache

from ingest.figures.exclusions import rate_in
from ingest.figures.wordlists import alternatives, words
from ingest.fold import squeeze

_WORD = re.compile(r"[ \t\xa0]{0,2}\n?[ \xa0]{0,3}([^\W\d_](?:[\w/-]{0,40}[^\W_])?)(?![\w%])")
_CLOSING = re.compile(r"\s?[)\]+*]{1,3}")
_ARTICLES = frozenset(("el", "la", "los", "las"))
_NUMBER_OF = r"(?:el|la|un)?\s{0,3}(?:numero|cantidad|total)\s{1,3}de(?:\s{1,3}(?:las|los))?(?=\s)"
_NUMBER_OF_AFTER = re.compile(rf"\s{{1,3}}{_NUMBER_OF}")
_NUMBER_OF_BEFORE = re.compile(rf"(?<![a-z]){_NUMBER_OF}")
_VERB_ENDINGS = ("ando", "iendo", "yendo", "aron", "ieron", "amos", "imos", "emos")
_MOST_NOUNS = 4
_RATE_WITHIN = 120


def unit_after(text: str, folded: str, end: int, *, scaled: bool = False) -> str | None:
    """The noun phrase that a number ending at ``end`` counts, as printed and short, or None.

    ``folded`` is the text's plain form with what is no figure blanked out; ``scaled`` says that a multiplier stood last
    ("5 millones de habitantes": the "de" is skipped). A rate that follows is part of the unit ("por cada 100 mil …").
    """
    if closing := _CLOSING.match(folded, end):
        end = closing.end()
    if number_of := _NUMBER_OF_AFTER.match(folded, end):  # "a ocho (8) el número de máquinas"
        end = number_of.end()
    start, stop = _noun_phrase(text, folded, end, scaled=scaled)
    noun = squeeze(text[start:stop]) or None
    return " ".join(part for part in (noun, _rate_after(text, max(stop, end))) if part) or None


def unit_before(text: str, folded: str, start: int) -> str | None:
    """The noun of "reducir el número de extorsiones a 90", or None: for figures with nothing countable after them."""
    last = max(_NUMBER_OF_BEFORE.finditer(folded, max(0, start - 120), start), key=re.Match.start, default=None)
    if last is None or re.search(r"[0-9.;:]", folded[last.end() : start]):
        return None
    begin, stop = _noun_phrase(text, folded, last.end(), scaled=False)
    return squeeze(text[begin : min(stop, start)]) or None


def currency_word_after(folded: str, end: int) -> str | None:
    """'COP' for "… millones de pesos", 'USD' for "… dólares", else None."""
    match = _currency_words().match(folded, end)
    return words().currency_words[match[1]] if match else None


@cache
def _currency_words() -> re.Pattern[str]:
    return re.compile(rf"\s{{0,3}}(?:de\s{{1,3}})?({alternatives(words().currency_words)})(?![a-z])")


def _noun_phrase(text: str, folded: str, position: int, *, scaled: bool) -> tuple[int, int]:
    """Where the noun phrase starts and ends; an empty stretch when there is none."""
    ends = frozenset(words().unit_ends)
    start = stop = position
    nouns = 0
    if scaled and (link := _WORD.match(folded, position)) and link[1] == "de":
        position = start = stop = link.end()
    while nouns < _MOST_NOUNS and (match := _WORD.match(folded, position)):
        word = match[1]
        if "\n" in match.group() and text[match.start(1)].isupper():
            break  # another line's item
        if word in ("de", "del"):
            following = _WORD.match(folded, match.end())
            if following and following[1] in _ARTICLES and nouns:
                match, following = following, _WORD.match(folded, following.end())
            if nouns == 0 or following is None or following[1] in ends or following[1] in ("de", "del"):
                break
        elif word in ends or word.endswith(_VERB_ENDINGS) or (nouns == 0 and len(word) == 1):
            break
        else:
            start = match.start(1) if nouns == 0 else start
            stop = match.end(1)
            nouns += 1
        position = match.end()
    return start, stop


def _rate_after(text: str, position: int) -> str | None:
    """'por cada 100 mil habitantes' when it stands in the same clause, with no other number between."""
    clause = re.split(r"[.;:()\n]\s|[0-9][^\n]{0,3}%", text[position : position + _RATE_WITHIN])[0]
    rate = rate_in(clause)
    if rate is None or re.search(r"[0-9]", clause[: rate[0]]):
        return None
    return squeeze(clause[slice(*rate)])
