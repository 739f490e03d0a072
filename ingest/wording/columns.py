"""``prompts/columns.yaml``, checked and ready for look-up: which header phrase means which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import get_args

from ingest.errors import SettingsError
from ingest.fold import fold
from ingest.records import Record
from ingest.wording.column_names import ColumnName, Found, MoneyName
from ingest.wording.prompt_files import load_yaml, validated
from ingest.wording.qualified import QualifierGroup, Qualifiers

#: Scores by the way a header was understood. A caller that finds a role claimed twice takes the higher score.
EXACT, PATTERN, FUNDING, TOTAL, WEAK, BARE_YEAR = 100.0, 95.0, 92.0, 81.0, 75.0, 60.0
FUZZY_FLOOR, FUZZY_CEILING, FUZZY_MIN_LETTERS = 90.0, 94.0, 6
#: Roles at or above this stand on their own; below it the rest of the table has to agree.
SURE = 80.0
#: A span of at least so many years is the whole term ("2024-2027"); a shorter one is a part of it ("2023-2024").
TERM_YEARS = 4

Words = tuple[str, ...]


class _RoleEntry(Record):
    phrases: Words = ()
    weak: Words = ()
    patterns: Words = ()


class _FundingEntry(Record):
    phrases: Words
    only_with_year: Words
    totals: Words
    patterns: Words


class _GroupEntry(Record):
    patterns: Words
    means: dict[ColumnName, ColumnName]


class _ColumnsFile(Record):
    roles: dict[ColumnName, _RoleEntry]
    funding_sources: _FundingEntry
    groups: dict[str, _GroupEntry]
    with_year: dict[ColumnName, ColumnName]
    with_part: dict[ColumnName, ColumnName]
    with_part_means: dict[ColumnName, ColumnName]
    year_words: Words
    empty_words: Words
    name_words: Words
    code_words: Words
    qualifiers: dict[str, QualifierGroup]
    tokens: dict[str, str]
    small_words: Words
    noise: Words
    date_words: Words


_COLUMNS = "columns.yaml"
_TOKEN = re.compile(r"%|#|[^\W_]+")
_DOTTED = re.compile(r"(?<=\b[a-z])[./]\s?(?=[a-z]\b)")


class Columns:
    """The tables of columns.yaml, ready for look-up; immutable once made."""

    def __init__(self, file: _ColumnsFile) -> None:
        self.file = file
        self._small = frozenset(file.small_words)
        self.noise = frozenset(file.noise)
        self.dates = frozenset(file.date_words)
        self.exact: dict[str, Found] = {}
        self.compact: dict[str, Found] = {}
        self.patterns: list[tuple[re.Pattern[str], Found]] = []
        missing = set(get_args(ColumnName)) - set(file.roles) - {"target_period", "progress_period", "percent_period"}
        if missing:
            raise SettingsError(f"prompts/{_COLUMNS}: faltan las funciones de columna {', '.join(sorted(missing))}.")
        for role, entry in file.roles.items():
            for score, phrases in ((EXACT, entry.phrases), (WEAK, entry.weak)):
                for phrase in phrases:
                    self._add(phrase, Found(role, score, phrase))
            for pattern in entry.patterns:
                self.patterns.append((self._compile(pattern, whole=True), Found(role, PATTERN, pattern)))
        self.fuzzy = tuple(k for k in self.exact if len(k.replace(" ", "")) >= FUZZY_MIN_LETTERS)
        funding = file.funding_sources
        self.funding = frozenset(self.key(p) for p in funding.phrases)
        self.funding_with_year = frozenset(self.key(p) for p in funding.only_with_year)
        self.funding_patterns = tuple(self._compile(p, whole=True) for p in funding.patterns)
        self.totals = frozenset(self.key(p) for p in funding.totals)
        self.money = frozenset(get_args(MoneyName))
        #: roles that a year, an amount or a percentage below them can go on with
        self.measures = (
            self.money
            | set(file.with_year)
            | set(file.with_part)
            | set(file.with_part.values())
            | {
                "baseline",
                "percent_budget",
            }
        )
        self.qualifiers = Qualifiers(file.qualifiers, file.roles)
        self.empty = frozenset(file.empty_words)
        self.names = frozenset(file.name_words)
        self.codes = frozenset(self.key(word) for word in file.code_words)
        self.bare = frozenset(("", *file.year_words))
        self.groups = tuple(
            (name, tuple(self._compile(p) for p in group.patterns), group.means) for name, group in file.groups.items()
        )

    def _compile(self, pattern: str, *, whole: bool = False) -> re.Pattern[str]:
        if whole and not (pattern.startswith("^") and pattern.endswith("$")):
            raise SettingsError(f"prompts/{_COLUMNS}: el patrón «{pattern}» debe ir de ^ a $.")
        try:
            return re.compile(pattern)
        except re.error as error:
            raise SettingsError(f"prompts/{_COLUMNS}: el patrón «{pattern}» no es válido: {error}") from error

    def _add(self, phrase: str, found: Found) -> None:
        if phrase != fold(phrase):
            raise SettingsError(f"prompts/{_COLUMNS}: escriba «{phrase}» en minúsculas y sin tildes.")
        key = self.key(phrase)
        if not key:
            raise SettingsError(f"prompts/{_COLUMNS}: «{phrase}» solo tiene palabras que no cuentan.")
        known = self.exact.setdefault(key, found)
        if known.role != found.role:
            raise SettingsError(
                f"prompts/{_COLUMNS}: «{phrase}» está en {known.role} (como «{known.matched}») y en {found.role}."
            )
        for text in (key, " ".join(_TOKEN.findall(phrase))):
            if len(squashed := text.replace(" ", "")) >= FUZZY_MIN_LETTERS:
                self.compact.setdefault(squashed, found)

    def tokens(self, folded: str) -> list[str]:
        """The words of a folded header that count, abbreviations written out."""
        plain = _DOTTED.sub("", folded.replace("°", "").replace("#", " no "))
        written = (self.file.tokens.get(token, token) for token in _TOKEN.findall(plain))
        return [token for token in written if token not in self._small]

    def key(self, folded: str) -> str:
        return " ".join(self.tokens(folded))

    def context(self, keys: Iterable[str]) -> list[tuple[str, dict[ColumnName, ColumnName]]]:
        """Name and meanings of every group that a heading with these compared forms belongs to."""
        forms = tuple(keys)
        return [(name, means) for name, ps, means in self.groups if any(p.search(f) for p in ps for f in forms)]

    def find_joined(self, key: str) -> Found | None:
        """A phrase or pattern over the levels of a header read as one line; nothing lenient here."""
        return self.exact.get(key) or self._by_pattern(key)

    def find(self, keys: Sequence[str]) -> Found | None:
        """The phrase or pattern that the strictest form of a header meets; a lenient one is a little less sure."""
        for look_up in (self.exact.get, self._by_spaceless, self._by_pattern):
            for rung, key in enumerate(keys):
                if key and (found := look_up(key)):
                    return found._replace(score=found.score - min(rung, 1))
        return None

    def find_misspelt(self, keys: Sequence[str]) -> Found | None:
        """The nearest phrase of as many words, at least 90 % alike; None when two roles are equally near."""
        from rapidfuzz import fuzz, process

        for key in keys:
            if len(key.replace(" ", "")) < FUZZY_MIN_LETTERS:
                continue
            near = process.extract(key, self.fuzzy, scorer=fuzz.ratio, score_cutoff=FUZZY_FLOOR, limit=5)
            alike = [(score, self.exact[phrase]) for phrase, score, _ in near if _differs_by_typos(key, phrase)]
            best = [found for score, found in alike if score == alike[0][0]]
            if best and len({found.role for found in best}) == 1:
                return best[0]._replace(score=min(alike[0][0], FUZZY_CEILING, best[0].score))
        return None

    def find_qualified(self, keys: Sequence[str]) -> Found | None:
        """A sure phrase and around it words that add nothing to it; a percentage of what a phrase names."""
        found = self.qualifiers.find(keys, self._exactly, SURE)
        if found is not None:
            return found
        shares = [" ".join(word for word in key.split() if word != "%") for key in keys if "%" in key.split()]
        of_what = next((found for key in shares if (found := self._exactly(key))), None)
        of_what = of_what or self.qualifiers.find(shares, self._exactly, SURE)
        if of_what is None or of_what.role not in self.measures - {"baseline", "target", "target_year"}:
            return None
        return as_percent(of_what)

    def _exactly(self, key: str) -> Found | None:
        return self.exact.get(key) or self._by_pattern(key)

    def _by_spaceless(self, key: str) -> Found | None:
        return self.compact.get(key.replace(" ", ""))

    def _by_pattern(self, key: str) -> Found | None:
        return next((found for pattern, found in self.patterns if pattern.match(key)), None)


def as_percent(found: Found) -> Found:
    """What a percentage of a thing, or of its money, is."""
    physical = found.role in ("target", "target_year", "progress", "progress_year", "percent", "percent_year")
    return found._replace(role="percent" if physical else "percent_budget", score=min(found.score, PATTERN))


def _differs_by_typos(one: str, other: str) -> bool:
    """Whether the words of two phrases pair up, each pair equal, singular and plural, or a long word misspelt."""
    from rapidfuzz import fuzz

    pairs = list(zip(one.split(), other.split(), strict=False))
    if len(one.split()) != len(other.split()) or ("%" in one) != ("%" in other):
        return False
    return all(
        a == b or a.rstrip("s") == b.rstrip("s") or (min(len(a), len(b)) >= 5 and fuzz.ratio(a, b) >= 75)
        for a, b in pairs
        if a != b
    )


@cache
def columns() -> Columns:
    """``prompts/columns.yaml``, checked; raises SettingsError naming the file and the wrong entry."""
    return Columns(validated(_ColumnsFile, load_yaml(_COLUMNS), _COLUMNS))
