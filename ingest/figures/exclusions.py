"""What makes a number no figure: norms, identifiers, names with numbers, numbering, ages, rates (dates are apart).

The lists stand under ``not_figures`` in ``prompts/figures.yaml``; here they become patterns. What they match is blanked
out, so that whoever scans afterwards does not see it and places stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ingest.errors import SettingsError
from ingest.figures.wordlists import (
    DAY,
    PRINTED,
    YEAR,
    PatternEntry,
    alternatives,
    bare,
    month_names,
    plain,
    words,
)

#: Stands in for what was taken out: no letter, no digit, no space.
BLANK = "\x00"


@dataclass(frozen=True)
class Exclusion:
    """A pattern of what is no figure. With ``keep_case`` it looks at the text with its capitals.

    All that it finds holds one of ``needs``, folded; where none is, a text need not be looked through.
    """

    name: str
    pattern: re.Pattern[str]
    keep_case: bool = False
    needs: tuple[str, ...] = ()

    def spans_in(self, folded: str, cased: str) -> Iterator[tuple[int, int]]:
        """Where it stands in a text, folded and with its capitals."""
        if not self.needs or any(map(folded.__contains__, self.needs)):
            yield from (match.span() for match in self.pattern.finditer(cased if self.keep_case else folded))


@dataclass(frozen=True)
class Excluded:
    """A stretch of a text that holds no figure, and why."""

    name: str
    start: int
    end: int


def excluded_in(text: str) -> tuple[Excluded, ...]:
    """Every stretch of a text whose numbers are no figures, in order of the patterns; dates are not among them."""
    folded, cased = plain(text), bare(text)
    return tuple(
        Excluded(exclusion.name, start, end)
        for exclusion in _exclusions()
        for start, end in exclusion.spans_in(folded, cased)
    )


def rate_in(text: str) -> tuple[int, int] | None:
    """Where the first denominator of a rate stands ("por cada 100 mil habitantes"), or None."""
    folded = plain(text)
    starts = [match.span() for rate in _exclusions() if rate.name == "rate" for match in rate.pattern.finditer(folded)]
    return min(starts, default=None)


def blank_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blanked; the length stays the same."""
    pieces, position = [], 0
    for start, end in sorted(spans):
        if end > position:
            start = max(start, position)
            pieces += [text[position:start], BLANK * (end - start)]
            position = end
    return "".join([*pieces, text[position:]])


@cache
def _exclusions() -> tuple[Exclusion, ...]:
    return (*map(_from_file, words().not_figures.patterns), *_norms(), *_papers(), *_names())


def _norms() -> tuple[Exclusion, ...]:
    """ "Ley 1801 de 2016", "Decreto 1621 de 24 de diciembre de 2020", "auto AI 068", "artículos 5, 6 y 7"."""
    lists = words().not_figures
    norm, adjective = alternatives(lists.norms), alternatives(lists.norm_adjectives)
    number = r"[0-9]{1,6}(?:[./:-][0-9]{1,6}){0,4}(?![0-9]|[.,][0-9]|\s?%)"
    day_month = rf"(?:{DAY}\s{{1,3}}(?:de\s{{1,3}})?{month_names()}\s{{1,3}}(?:de|del)\s{{1,3}})?"
    dated = rf"(?:\s{{1,3}}(?:de|del)\s{{1,3}}{day_month}{YEAR})?"
    return (
        Exclusion(
            "norm",
            re.compile(
                rf"(?<![a-z0-9]){norm}(?![a-z])\.?(?:\s{{1,3}}{adjective}(?![a-z])){{0,2}}(?:\s{{0,3}}{_SIGN})?\s{{0,3}}"
                rf"(?:(?<![a-z])[a-z]{{1,4}}[\s-]{{1,2}})?(?<![a-z]){number}{dated}"
            ),
        ),
        Exclusion(
            "norms",
            re.compile(
                rf"(?<![a-z0-9]){norm}(?:s|es)\.?\s{{1,3}}(?:no\.?\s{{1,2}})?{number}{dated}"
                rf"(?:{_LIST}{number}{dated}){{0,8}}"
            ),
        ),
    )


def _papers() -> tuple[Exclusion, ...]:
    """Contracts by their number, and the identifiers of files, persons and telephones."""
    lists = words().not_figures
    grouped = r"[0-9]{1,3}(?:[.,][0-9]{3}){1,4}(?![0-9.-])"
    return (
        Exclusion(
            "numbered paper",
            re.compile(
                rf"(?<![a-z0-9]){alternatives(lists.numbered_papers)}(?:\s{{1,3}}[a-z]{{2,20}}){{0,3}}\s{{0,3}}"
                r"(?:no\.|n[°º]\.?|nro\.?|numero|#)\s{0,2}[a-z0-9][a-z0-9./-]{0,40}"
            ),
        ),
        Exclusion(
            "identifier",
            re.compile(
                rf"(?<![a-z0-9]){alternatives(lists.identifiers)}(?![a-z])[\s.:#°º]{{0,5}}"
                r"(?:(?:no|numero|n)[.:°º]{0,2}\s{0,2})?(?!(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])"
                r"[0-9](?:[ .()/-]{0,2}[0-9]){4,25}"
            ),
        ),
        Exclusion(
            "telephone",
            re.compile(
                rf"(?<![a-z0-9]){alternatives(lists.telephones)}(?![a-z])[\s.:#°º(+]{{0,5}}(?!{grouped})"
                r"[0-9](?:[ .()/-]{0,2}[0-9]){5,20}"
            ),
        ),
    )


def _names() -> tuple[Exclusion, ...]:
    """ "módulo 1", "grados 9 y 11", "Plan Cóndor 30", "EJE 10"."""
    lists = words().not_figures
    names = alternatives(lists.names)
    labels = "|".join(re.escape(plain(label).upper()) for label in lists.value_labels)
    no_more = r"(?![0-9]|[.,'][0-9]|\s?%|\s{1,2}(?:mil|millon|millones|por ciento|puntos)(?![a-z]))"
    return (
        Exclusion(
            "name",
            re.compile(
                rf"(?<![a-z0-9]){names}(?![a-z])\.?(?:\s{{0,3}}(?:(?:no|nro|num|numero)(?![a-z])\.?|[#°º]))?\s{{1,3}}"
                rf"(?:[a-z][ -]?)?[0-9]{{1,3}}{no_more}(?:\s?[a-z](?![a-z0-9]))?"
            ),
        ),
        Exclusion(
            "names",
            re.compile(
                rf"(?<![a-z0-9]){names}(?:s|es)\s{{1,3}}[0-9]{{1,3}}{no_more}(?:{_LIST}[0-9]{{1,3}}{no_more}){{1,20}}"
            ),
        ),
        Exclusion(
            "plan with a number",
            re.compile(
                r"(?<!\w)(?i:plan|programa|proyecto|estrategia|operacion|agenda|mision|vision)\s"
                r"(?:[A-Z][a-zA-Z]{1,20}\s){1,4}[0-9]{2,3}(?![\w%]|[.,][0-9]|\s?%|\s[a-z])"
            ),
            keep_case=True,
        ),
        Exclusion(
            "capitals with a number",
            re.compile(
                rf"(?<![\w-])(?!(?:{labels})(?!\w))[A-Z]{{2,6}}(?<!S)\s[0-9]{{1,2}}(?![\w%]|[.,][0-9]|\s?%|\s[A-Za-z])"
            ),
            keep_case=True,
        ),
    )


#: "No.", "N°", "#", ":" between a word and its number.
_SIGN = r"(?:(?:no|nro|num|numero|n)(?![a-z])[.°º]?:?|[#°º:.])"
#: Between the numbers of a list: ", ", " y ", " a ", "-".
_LIST = r"(?:\s{0,2}[,/-]\s{0,2}|\s{1,3}(?:y|e|o|a|al|hasta)\s{1,3})"


def _from_file(entry: PatternEntry) -> Exclusion:
    placeholders = {
        "<sp>": r"\s{1,3}",
        "<n>": PRINTED,
        "<year>": YEAR,
        "<day>": DAY,
        "<month>": month_names(),
        "<words>": alternatives(words().number_words) + "(?![a-z])",
    }
    pattern = entry.pattern
    for placeholder, value in placeholders.items():
        pattern = pattern.replace(placeholder, value)
    if unknown := re.search(r"(?<!\?P)<[a-z]+>", pattern):
        raise SettingsError(f"prompts/figures.yaml: el patrón «{entry.name}» usa {unknown.group()}, que no existe.")
    try:
        return Exclusion(entry.name, re.compile(pattern), entry.keep_case, tuple(entry.needs))
    except re.error as error:
        raise SettingsError(f"prompts/figures.yaml: el patrón «{entry.name}» no es válido: {error}.") from error
