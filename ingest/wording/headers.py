"""Which column a header stands for: one printed header in, a role with its year out.

The rungs, each more lenient than the one before: the phrase as printed, without the names of systems, without what
stands in parentheses, without dates; then patterns; then a misspelling. Years are taken out before anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pydantic import Field

from ingest.fold import fold, squeeze
from ingest.records import Record
from ingest.wording.column_names import ColumnName, Found
from ingest.wording.columns import (
    BARE_YEAR,
    FUNDING,
    PATTERN,
    SURE,
    TERM_YEARS,
    TOTAL,
    WEAK,
    Columns,
    as_percent,
    columns,
)

#: A piece of a broken name has so few letters.
_PIECE = 2
#: A header longer than this is a paragraph that strayed into a table.
_LONGEST = 200
_YEAR = r"(?:(?<![\d.,])(?:19|20)\d{2}(?![\d])|(?<![\d.,])2\.0\d{2}(?!\d))"
_SPAN = re.compile(rf"({_YEAR})\s*(?:-|–|—|/|\ba\b|\bal\b|\bhasta\b)\s*({_YEAR}|\d{{2}}(?!\d|[-/]))")
_SINGLE = re.compile(_YEAR)
#: The last two digits of a year behind what is told by year: 'Prog. 24', "VE '25".
_SHORT_YEAR = re.compile(
    r"\b(prog\w*|ejec\w*|plan\w*|metas?|logros?|avance|esp\w*|alc\w*|v\.?\s?[ea])(\.?\s?['’]?)(2\d)$"
)
#: The letter for 'vigencia' right before a year: 'Esperado V2016', 'V. 2016'.
_OF_TERM = re.compile(rf"\bv\.?\s?(?={_YEAR})")
_ORDINAL = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4}
_NTH_YEAR = re.compile(
    r"\b(?:ano|vigencia|anualidad)\s*(?:no?\.?\s*)?(?P<a>[1-4]|i{1,3}|iv)\b"
    r"|\b(?P<b>primer|segundo|tercer|cuarto|[1-4](?:er|ro|do|to))\s+ano\b"
)
_PART_NAME = r"(?:cuatrimestre|cuatrim|trimestre|trim|bimestre|bim|semestre|sem)\b\.?"
_PART = re.compile(
    rf"\bt\s?-?[1-4]\b|\b[1-4]\s?t\b|\b{_PART_NAME}\s*(?:[1-6]|i{{1,3}}|iv|vi?)\b"
    rf"|\b(?:primer|segundo|tercer|cuarto|quinto|sexto|[1-6](?:er|ro|do|to)?|i{{1,3}}|iv|vi?)\s+{_PART_NAME}"
)
#: A letter beside a year, or below it, as heads columns of what was programmed and done.
_LETTER = re.compile(r"(?:^|(?<=20\d\d / ))([PE])(?:$|(?=\.?\s20\d\d$))")
_LETTERS = {"P": "Programado", "E": "Ejecutado"}
_MARKUP = re.compile(r"<[^<>]{0,40}>|\*\*|_x000d_|[¹²³⁰-⁹†‡]", re.IGNORECASE)
_LEVELS = re.compile(r"\s/\s")
_IN_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TOTAL = re.compile(r"^total\s+", re.IGNORECASE)
#: What the code of each is: the indicator's is its own, that of a level above it says nothing of the row.
_HAVE_CODES: dict[ColumnName, ColumnName] = {
    "indicator": "code",
    "indicator_result": "code",
    "indicator_product": "code_mga",
    "programme": "ignore",
    "subprogramme": "ignore",
    "strategic_line": "ignore",
    "component": "ignore",
    "sector": "ignore",
    "product": "ignore",
    "project": "code_bpin",
}
#: Beside an amount these are the territory's own resources; alone they are a registro presupuestal.
_OWN_RESOURCES = frozenset({"rp"})
_EDGE = " \t:;,.-–—*()[]/"


class ColumnRole(Record):
    """What a header says about the cells below it."""

    role: ColumnName
    year: int | None = Field(None, description="the one calendar year the cells hold for (of a baseline: its date)")
    nth_year: int | None = Field(None, description="1 to 4 for 'Año 1' …: counted from the first year of the term")
    period: str | None = Field(None, description="a span or part as printed: '2024-2027', '2023-2024', 'T1'")
    funding_source: str | None = Field(None, description="of money from one source only: the source as printed")
    score: float = Field(
        description="100 a known phrase, 95 a pattern, 90–94 a misspelling, 80 a total, 75 weak, 60 a year"
    )
    matched: str = Field(description="the entry of columns.yaml that matched")


class _Heading(NamedTuple):
    """One level of a header: its compared forms, strictest first, and the time it names."""

    printed: str
    keys: tuple[str, ...]
    year: int | None = None
    nth_year: int | None = None
    span: str | None = None
    part: str | None = None
    whole_term: bool = False

    @property
    def dated(self) -> bool:
        return bool(self.year or self.nth_year or self.span)


@lru_cache(maxsize=4096)
def header_role(text: str) -> ColumnRole | None:
    """The column that a header names, or None when it names none we know.

    ``text`` is the header as printed; a header of several rows comes joined, outermost first, as "group / sub".
    A ``target_year`` (``progress_year``, ``percent_year``) without year and nth_year is of the report's own year.
    Below a score of ``SURE`` the rest of the table has to agree: 'Número' and '2024' are cells as often as headers.
    """
    if len(text) > _LONGEST or not (parts := _parts(text)):
        return None
    table = columns()
    headings = tuple(_heading(part, table) for part in parts)
    found = _money_and_source(text, table) or _read(headings, table)
    if found is None:
        whole = _unbroken(parts[-1], table)
        return None if whole is None else header_role(whole)
    return _with_time(found, headings, table)


def _parts(text: str) -> list[str]:
    """The levels of a header, without empty ones and without a level that repeats the one above it."""
    parts: list[str] = []
    written = _LETTER.sub(lambda found: _LETTERS[found[1]], squeeze(_MARKUP.sub(" ", text)))
    for part in _LEVELS.split(written):
        if part.strip(_EDGE) and (not parts or fold(parts[-1]) != fold(part)):
            parts.append(part.strip())
    return parts


def _unbroken(part: str, table: Columns) -> str | None:
    """A known name that a narrow column broke in two ("OD S"); None where it is no such name."""
    pieces = part.split()
    whole = "".join(pieces)
    is_short = len(pieces) > 1 and any(len(piece) <= _PIECE for piece in pieces)
    return whole if is_short and table.key(fold(whole)) in table.exact else None


def _as_year(text: str) -> int:
    return int(text.replace(".", ""))


def _heading(printed: str, table: Columns) -> _Heading:
    rest = _SHORT_YEAR.sub(r"\1 20\3", _OF_TERM.sub("", fold(printed)).strip())
    year = nth_year = span = part = None
    whole_term = False
    if found := _SPAN.search(rest):
        first = _as_year(found[1])
        last = _as_year(found[2]) if len(found[2]) > 2 else first - first % 100 + int(found[2])
        span, whole_term = f"{first}-{last}", last - first + 1 >= TERM_YEARS
        rest = _SPAN.sub(" ", rest)
    elif years := sorted({_as_year(y) for y in _SINGLE.findall(rest)}):
        year = years[0] if len(years) == 1 else None
        span = None if len(years) == 1 else ", ".join(map(str, years))
    rest = _SINGLE.sub(" ", rest)
    if found := _PART.search(rest):
        part = squeeze(found[0]).upper() if len(found[0]) <= 3 else squeeze(found[0])
        rest = _PART.sub(" ", rest)
    elif found := _NTH_YEAR.search(rest):
        number = found["a"] or found["b"]
        nth_year = _ORDINAL.get(number) or int(number[0])
        rest = _NTH_YEAR.sub(" ", rest)
    return _Heading(printed, _keys(rest, table), year, nth_year, span, part, whole_term)


def _keys(folded: str, table: Columns) -> tuple[str, ...]:
    """The compared forms of a header without its years, from the strictest to the most lenient."""
    rungs = []
    for text in (folded, _IN_PARENTHESES.sub(" ", folded)):
        tokens = table.tokens(text)
        plain = [token for token in tokens if token not in table.noise]
        undated = [token for token in plain if token not in table.dates and not token.isdigit()]
        rungs += [" ".join(tokens), " ".join(plain), " ".join(undated)]
    # a percent sign in parentheses is the unit of the column and must not get lost with them
    return tuple(dict.fromkeys(key for key in rungs if ("%" in key) == ("%" in rungs[0])))


def _read(headings: Sequence[_Heading], table: Columns) -> Found | None:
    """The role of the innermost level, in the light of those above it; years do not change it yet.

    'Meta / Valor' and 'Meta / 2025' say what 'Meta' says; 'Línea / Base' is one phrase over two rows.
    """
    *outer, inner = headings
    bare = _is_bare(inner, table)
    if outer and (bare or inner.keys[0] in table.empty or inner.keys[0] == "%"):
        above = _read(outer, table)
        if above is not None and above.role in table.measures:
            return as_percent(above) if inner.keys[0] == "%" else above
    if outer and not table.totals.isdisjoint(inner.keys) and (whole := _sum_of(outer, table)):
        return whole
    if outer and (part := _part_of(inner, _read(outer, table), table)):
        return part
    context = [meaning for heading in outer for meaning in table.context(heading.keys)]
    under_money = any(name == "money" for name, _ in context)
    if bare:
        of_target: ColumnName = "target" if inner.whole_term else "target_year"
        year = Found("programado" if under_money else of_target, WEAK if under_money else BARE_YEAR, "(año)")
        return _in_context(year, outer, context, table)
    joined = table.find_joined(_heading(" ".join(h.printed for h in headings), table).keys[0]) if outer else None
    found = table.find(inner.keys)
    if found is None or found.score <= WEAK:
        dated = under_money or any(h.dated for h in headings)
        by_source = _money_by_source(inner, table, dated=dated)
        found = by_source if by_source is not None and (found is None or by_source.funding_source) else found
    if joined is not None and (found is None or found.score <= WEAK):
        return joined
    if found is None:
        found = table.find_misspelt(inner.keys) or table.find_qualified(inner.keys)
    return None if found is None else _in_context(found, outer, context, table)


def _sum_of(outer: Sequence[_Heading], table: Columns) -> Found | None:
    """What 'Total año' or 'Suma' is below 'Ejecución', beside its parts: all of that; None below a mere year."""
    above = _read(outer, table)
    return above if above is not None and above.role in table.measures and above.score > BARE_YEAR else None


def _part_of(inner: _Heading, above: Found | None, table: Columns) -> Found | None:
    """What 'Nombre' and 'Código' mean below a level or an indicator: that itself, and its code.

    A 'Línea' that has a name and a code is the strategic line, no baseline.
    """
    if above is not None and above.score <= WEAK and above.role == "baseline" and "linea" in above.matched.split():
        above = above._replace(role="strategic_line")
    if above is None or above.role not in _HAVE_CODES:
        return None
    above = above._replace(score=max(above.score, SURE))
    if not table.names.isdisjoint(inner.keys):
        return above
    return above._replace(role=_HAVE_CODES[above.role]) if not table.codes.isdisjoint(inner.keys) else None


def _is_bare(heading: _Heading, table: Columns) -> bool:
    """Whether a heading names a time and nothing else: '2025', 'Vigencia 2025', 'Año 1', 'T1'."""
    return not table.bare.isdisjoint(heading.keys) and (heading.dated or heading.part is not None)


def _money_and_source(text: str, table: Columns) -> Found | None:
    """'Inv. Ejec. 2024 - SGP': an amount and where it comes from, or their sum, in one name; None for other names."""
    what, dash, source = squeeze(text).rpartition(" - ")
    if not dash or " / " in text:
        return None
    inner = _heading(source, table)
    amount = table.find(_heading(what, table).keys)
    if amount is None or amount.role not in table.money or amount.score < SURE:
        return None
    if not table.totals.isdisjoint(inner.keys):
        return amount
    by_source = _money_by_source(inner, table, dated=True)
    own = inner.keys[0] in _OWN_RESOURCES
    if by_source is None and not own:
        return None
    return amount._replace(funding_source=source)


def _money_by_source(heading: _Heading, table: Columns, *, dated: bool) -> Found | None:
    """A column of money that is named by its funding source ('SGP salud 2025') or is the sum of them ('Total 2025')."""
    for key in heading.keys:
        source = key.removeprefix("total ")
        named = source in table.funding or any(p.match(source) for p in table.funding_patterns)
        if named or (dated and key in table.funding_with_year):
            return Found("programado", FUNDING, key, _TOTAL.sub("", _without_years(heading.printed)))
        if dated and key in table.totals:
            return Found("programado", TOTAL, key)
    return None


def _without_years(printed: str) -> str:
    return squeeze(_SINGLE.sub(" ", _SPAN.sub(" ", printed))).strip(_EDGE)


def _in_context(
    found: Found, outer: Sequence[_Heading], context: Sequence[tuple[str, dict[ColumnName, ColumnName]]], table: Columns
) -> Found:
    """The role below its group headings: 'Programado' under 'Programación física' is a target, no money."""
    for _, means in reversed(context):
        if (role := means.get(found.role)) is not None:
            found = found._replace(role=role, score=max(found.score, PATTERN))
            break
    if found.role in table.money and found.funding_source is None:
        for heading in outer:
            if source := _money_by_source(heading, table, dated=False):
                return found._replace(funding_source=source.funding_source, score=max(found.score, FUNDING))
    return found


def _with_time(found: Found, headings: Sequence[_Heading], table: Columns) -> ColumnRole:
    """The role with the time its levels name, the innermost first."""
    timed = next((h for h in reversed(headings) if h.dated), None)
    part = next((h.part for h in reversed(headings) if h.part), None)
    role = found.role
    if part is not None or (timed is not None and timed.span is not None and not timed.whole_term):
        if found.score <= WEAK:
            role = table.file.with_part_means.get(role, role)
        role = table.file.with_part.get(role, role)
    elif timed is not None and timed.span is None:
        role = table.file.with_year.get(role, role)
    return ColumnRole(
        role=role,
        year=timed.year if timed else None,
        nth_year=timed.nth_year if timed else None,
        period=part or (timed.span if timed else None),
        funding_source=found.funding_source,
        score=found.score,
        matched=found.matched,
    )
