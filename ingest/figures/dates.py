"""Dates and periods as they are printed, with their ISO form where it can be told.

A year is a date and never a figure; what parts "en 2000 se creó" from "capacitar 2000 mujeres" is in :func:`_is_year`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.figures.exclusions import blank_out, excluded_in
from ingest.figures.wordlists import DAY, YEAR, alternatives, month_names, plain, words
from ingest.fold import squeeze


@dataclass(frozen=True)
class DateMention:
    """A date or period in a text.

    ``first`` and ``last`` are ISO dates of the precision printed ('2021-10-01', '2023-12', '2024'), equal for one date,
    None when no year is printed. ``as_of`` says that the text calls it the date a figure holds for ("a corte de …");
    ``event`` that it says when something was created, approved or signed.
    """

    text: str
    start: int
    end: int
    first: str | None
    last: str | None
    as_of: bool = False
    event: bool = False

    @property
    def iso(self) -> str | None:
        """'2023-12', or first and last with a slash: '2021-10-01/2021-12-31'."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def is_span(self) -> bool:
        return self.first != self.last


def dates_in(text: str) -> tuple[DateMention, ...]:
    """Dates and periods of a text in printed order; those that belong to norms and identifiers are not among them."""
    folded = plain(text)
    if not _MAY_HOLD_DATES.search(folded):
        return ()
    folded = blank_out(folded, ((found.start, found.end) for found in excluded_in(text)))
    return dates_in_blanked(text, folded)


def dates_in_blanked(text: str, folded: str) -> tuple[DateMention, ...]:
    """As :func:`dates_in`, of a text whose norms and identifiers are blanked out already in ``folded``."""
    found: list[DateMention] = []
    for pattern in _patterns():
        spans = [match.span() for match in pattern.finditer(folded)]
        found += [_mention(text, folded, start, end) for start, end in spans]
        folded = blank_out(folded, spans)
    years = [match.span() for match in _YEAR.finditer(folded) if _is_year(text, folded, match)]
    found += [_mention(text, folded, start, end) for start, end in years]
    return tuple(sorted(found, key=lambda mention: mention.start))


def period_in(text: str) -> str | None:
    """The date or period a text says its figure holds for, as printed; None when it prints none.

    'a corte de' wins, then a span ('2020-2023', 'enero a marzo de 2022'), then the first date. The date at which
    something was approved, created or signed does not count.
    """
    candidates = [date for date in dates_in(text) if not date.event]
    if not candidates:
        return None
    best = min(candidates, key=lambda date: (not date.as_of, not date.is_span, date.start))
    return squeeze(best.text)


_S = r"\s{1,4}"
#: Something of this stands in all that the patterns below find; most texts have none of it.
_MAY_HOLD_DATES = re.compile(rf"[0-9]|primero|mestre|corrido|transcurrido|que{_S}va")
_YEAR = re.compile(
    r"(?<![0-9.,/$'#-])(?:19|20)[0-9]{2}(?=(?:[0-9]{1,2}|100)(?:[.,][0-9]{1,2})?\s?%|(?![0-9a-z]|[.,'][0-9]))"
)
_GLUED_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?%")
_NOT_A_YEAR_BEFORE = re.compile(r"\s?%|\s{1,2}(?:por ciento|mil|millon|millones|billones|pesos|mm)(?![a-z])|\s?\([0-9]")
_LAST_WORD = re.compile(r"([a-z]{1,30})\.?[:\s(]{0,3}$")
_NEXT_WORD = re.compile(r"[ \t]{1,2}\n?([a-z][a-z0-9]{0,30})(?![0-9])")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = month_names()
    day = rf"(?<![0-9.,]){DAY}"
    year_after_de = rf"{_S}(?:de|del)(?:{_S}(?:ano|la{_S}vigencia))?{_S}"
    of_year = rf"(?:{year_after_de}|\s{{0,2}}[,.]\s{{1,2}}|\s{{0,2}}[-/]\s{{0,2}}|{_S}){YEAR}"
    of = rf"(?:{_S}(?:de|del)(?:{_S}mes{_S}de)?)?{_S}"
    to = rf"(?:{_S}(?:al?|y|hasta)(?:{_S}el)?{_S}|\s{{0,2}}-\s{{0,2}})"
    part = r"(?:trimestre|semestre|bimestre|cuatrimestre)s?"
    nth = r"(?:primer|segundo|tercer|cuarto|quinto|sexto|ultimo|i|ii|iii|iv|v|vi|[1-6](?:er|do|ro|to|[°º])?)"
    return tuple(
        map(
            re.compile,
            (
                rf"(?:en{_S})?lo{_S}(?:corrido|transcurrido|que{_S}va){_S}(?:de|del)(?:{_S}(?:ano|la{_S}vigencia))?(?:{_S}{YEAR})?"
                rf"(?:{_S}(?:y{_S})?(?:hasta|a|al){_S}(?:{DAY}{_S}de{_S})?{month}(?:{of_year})?)?",
                r"(?<![0-9.,/-])(?:19|20)[0-9]{2}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12][0-9]|3[01])(?![0-9])",
                r"(?<![0-9.,/-])(?:0?[1-9]|[12][0-9]|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/.-])",
                rf"{day}(?:{of}{month}(?:{of_year})?)?{to}{DAY}{of}{month}(?:{of_year})?",
                rf"{day}{of}{month}(?:{of_year})?(?![a-z])",
                rf"(?<![a-z]){month}(?:{of_year})?{to}{month}{of_year}",
                rf"(?<![a-z0-9]){nth}{_S}{part}(?:{of_year})?",
                rf"(?<![a-z]){month}{of_year}",
                rf"(?<![0-9.,/$'-]){YEAR}\s?-\s?(?:i{{1,3}}|iv)(?![a-z])",
                rf"(?<![0-9.,/$'-]){YEAR}(?:\s{{0,2}}[-/]\s{{0,2}}|{_S}(?:a|al|y|e|hasta){_S}){YEAR}(?!\s?%)",
                rf"(?<![0-9.,/$'-]){YEAR}\s?[-/]\s?[0-9]{{2}}(?![0-9%]|[.,][0-9]|\s?%)",
            ),
        )
    )


def _is_year(text: str, folded: str, match: re.Match[str]) -> bool:
    """Whether four digits from 1900 to 2099 are a year and no figure.

    They are, unless a counted plural in small letters follows ("2000 mujeres") and no word before says year; a percent
    sign, a multiplier or a unit after them makes them a figure. Glued to a percentage ("202250%") they are a year.
    """
    start, end = match.span()
    if _GLUED_PERCENT.match(folded, end):
        return True
    if folded[start - 1 : start].isalpha() or _NOT_A_YEAR_BEFORE.match(folded, end):
        return False
    lead = _LAST_WORD.search(folded, max(0, start - 40), start)
    if lead and lead[1] in words().year_leads:
        return True
    following = _NEXT_WORD.match(folded, end)
    if following is None:
        return True
    if following[1] in words().glued_units:
        return False
    return (lead is not None and lead[1] in words().year_leads_strongest) or not _is_counted(
        text, folded, following, lead
    )


def _is_counted(text: str, folded: str, following: re.Match[str], lead: re.Match[str] | None) -> bool:
    word = following[1]
    plural = (
        len(word) >= 4 and word.endswith("s") and not word.endswith("mos") and word not in words().not_counted_nouns
    )
    in_style = text[following.start(1)].islower() or (lead is not None and lead[1].endswith(("ar", "er", "ir")))
    return plural and in_style


def _mention(text: str, folded: str, start: int, end: int) -> DateMention:
    while end > start and text[end - 1] in " ,;:\n":
        end -= 1
    first, last = _interval(folded[start:end])
    before = folded[max(0, start - 60) : start]
    return DateMention(
        text=text[start:end],
        start=start,
        end=end,
        first=first,
        last=last,
        as_of=_as_of().search(before) is not None,
        event=_event().search(re.split(r"[.;:(]\s", folded[max(0, start - 80) : start])[-1]) is not None,
    )


@cache
def _as_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z]){alternatives(words().as_of)}(?:\s{{1,3}}(?:de|del|a|al|en|el|ano|la|vigencia))*\s{{0,3}}$"
    )


@cache
def _event() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){alternatives(words().event_words)}(?![a-z])")


_PARTS = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])|(?P<day>[0-9]{1,2}|primero)|(?P<word>[a-z]+)")
_ISO_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})")
_NUMERIC_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})")
_PART_OF_YEAR = re.compile(r"([a-z0-9]+)[°º]?\s+(trimestre|semestre|bimestre|cuatrimestre)")
_SHORT_RANGE = re.compile(r"([0-9]{2})[0-9]{2}\s{0,2}[-/]\s{0,2}([0-9]{2})")
_MONTHS_OF = {"bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6}
_NTH = {
    **{name: n for n, name in enumerate(("primer", "segundo", "tercer", "cuarto", "quinto", "sexto"), 1)},
    **{name: n for n, name in enumerate(("i", "ii", "iii", "iv", "v", "vi"), 1)},
    **{f"{n}{ending}": n for n in range(1, 7) for ending in ("", "er", "do", "ro", "to")},
}


def _interval(printed: str) -> tuple[str | None, str | None]:
    """First and last ISO date of a printed date or period, in the precision printed."""
    if match := _ISO_DAY.fullmatch(printed):
        return ("-".join(match.groups()),) * 2
    if match := _NUMERIC_DAY.fullmatch(printed):
        day, month, year = match.groups()
        iso = f"{year if len(year) == 4 else '20' + year}-{int(month):02}-{int(day):02}"
        return iso, iso
    if match := _SHORT_RANGE.fullmatch(printed):
        return printed[:4], match[1] + match[2]
    years = re.findall(r"(?:19|20)[0-9]{2}(?![0-9])", printed)
    if match := _PART_OF_YEAR.search(printed):
        return _part_of_year(match, years)
    points = list(_points(printed))
    if not points:
        return (years[0], years[-1]) if years else (None, None)
    if "corrido" in printed or "transcurrido" in printed:
        return (f"{years[0]}-01", points[-1]) if years else (None, None)
    return points[0], points[-1]


def _part_of_year(match: re.Match[str], years: list[str]) -> tuple[str | None, str | None]:
    nth = _NTH.get(match[1])
    if not years or nth is None:
        return (years[0], years[0]) if years else (None, None)
    months = _MONTHS_OF[match[2]]
    return f"{years[0]}-{(nth - 1) * months + 1:02}", f"{years[0]}-{nth * months:02}"


def _points(printed: str) -> Iterator[str]:
    """The days or months of a printed date as ISO; a year holds for those before it that have none."""
    waiting: list[int | None] = []
    points: list[list[int | None]] = []
    last_year: int | None = None
    for part in _PARTS.finditer(printed):
        if part["day"]:
            waiting.append(1 if part["day"] == "primero" else int(part["day"]))
        elif part["word"] in words().months:
            points += [[None, words().months[part["word"]], day] for day in waiting or [None]]
            waiting = []
        elif part["year"]:
            last_year = int(part["year"])
            for point in points:
                point[0] = point[0] or last_year
    for year, month, day in points:
        year = year or last_year
        if year is not None:
            yield f"{year}-{month:02}" + ("" if day is None else f"-{day:02}")
