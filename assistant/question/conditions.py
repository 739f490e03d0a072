"""What a question demands of the figures of the rows it asks for: "con meta mayor que 100", "de línea base cero".

Read from the patterns of ``prompts/conditions.yaml``; each says of one row, by its printed figures alone, whether it
holds. A cell without a number holds no comparison.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.corpus.matching import Token
from assistant.question.lexicon import KindName
from ingest.figures import find_figures, parse_number
from ingest.fold import fold, fold_in_place
from ingest.records import Figure, IndicatorRow
from ingest.wording import load_yaml, validated

Subject = Literal["baseline", "target"]
Relation = Literal[
    "above", "below", "at_least", "at_most", "equal", "between", "of_year", "zero", "none", "above_target",
    "yearly", "percent", "no_number", "no_source",
    "worded", "begun", "ended", "no_programme", "no_goal",
]  # fmt: skip
#: Relations that a number follows; the longer phrases first.
_COMPARED: tuple[Relation, ...] = ("at_least", "at_most", "above", "below")

_AT_AN_END: tuple[Relation, ...] = ("begun", "ended")
#: What a row may lack, and how it is known to have it.
_LACKING: dict[Relation, Callable[[IndicatorRow], bool]] = {
    "no_source": lambda row: bool(row.baseline is not None and row.baseline.source),
    "no_programme": lambda row: bool(row.programme),
    "no_goal": lambda row: bool(row.ods),
}
#: Longer words of a baseline without a number say what there is ("Plan vigente"), shorter ones that nothing is known.
_LONGEST_NOTHING = 14

_FILE = "conditions.yaml"
_NUMBER = r"\d+(?:[.,]\d+)*"
_YEAR = r"(?:19[89]|20[0-4])\d(?![\d.,]\d)"
_MOST_LINKS = 5
_YEARS = re.compile(rf"(?<!\d){_YEAR}(?!\d)")


class ConditionPatterns(BaseModel):
    """``prompts/conditions.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    baseline: str
    target: str
    links: str
    at_least: str
    at_most: str
    above: str
    below: str
    between: str
    none: str
    zero: str
    without_baseline: str
    from_zero: str
    none_before: str
    zero_before: str
    above_target: str
    dated: str
    stated: str
    yearly: str
    yearly_said: str
    yearly_target: str
    percent: str
    no_number: str
    no_source: str
    worded: str
    begun: str
    ended: str
    no_programme: str
    no_goal: str

    @cached_property
    def compiled(self) -> tuple[tuple[Relation, Subject, re.Pattern[str]], ...]:
        """Each relation with what it is of and its pattern, in the order in which they take a place."""
        found: list[tuple[Relation, Subject, str]] = [
            ("above_target", "baseline", self.above_target),
            ("none", "baseline", self.without_baseline),
            ("zero", "baseline", self.from_zero),
            ("none", "baseline", self.none_before + self.baseline),
            ("zero", "baseline", self.zero_before + self.baseline),
        ]
        subjects: tuple[Subject, ...] = ("baseline", "target")
        baselines = rf"{self.baseline}(?: {self.links}){{0,{_MOST_LINKS}}}"
        found += [
            ("no_source", "baseline", self.no_source),
            ("no_programme", "baseline", self.no_programme),
            ("no_goal", "baseline", self.no_goal),
            ("begun", "target", self.begun),
            ("ended", "target", self.ended),
            ("worded", "target", self.worded),
            ("yearly", "target", self.yearly_said),
            ("yearly", "target", rf"(?:{self.stated}) (?:{self.yearly})(?! \d)"),
            ("no_number", "baseline", rf"{baselines} {self.no_number}"),
            ("no_number", "target", self.no_number),
            ("percent", "baseline", rf"{baselines} {self.percent}"),
            ("percent", "target", rf"(?:{self.stated}) {self.percent}|{self.target} porcentuales"),
        ]
        for subject in subjects:
            said = rf"{getattr(self, subject)}(?: {self.links}){{0,{_MOST_LINKS}}}"
            found.append(("between", subject, rf"{said} {self.between} (?P<n>{_NUMBER}) (?:y|and) (?P<m>{_NUMBER})"))
            found += (
                (relation, subject, rf"{said} {getattr(self, relation)} (?P<n>{_NUMBER})") for relation in _COMPARED
            )
        said = rf"{self.baseline}(?: {self.links}){{0,{_MOST_LINKS}}}"
        found += [
            ("none", "baseline", rf"{said} {self.none}"),
            ("zero", "baseline", rf"{said} {self.zero}"),
            ("of_year", "baseline", rf"{said} {self.dated}(?P<n>{_YEAR})"),
            ("equal", "baseline", rf"{said} (?P<n>{_NUMBER})"),
        ]
        return tuple((relation, subject, re.compile(rf"\b(?:{pattern})")) for relation, subject, pattern in found)

    @cached_property
    def in_target(self) -> re.Pattern[str]:
        """How a target that holds for each year is worded."""
        return re.compile(self.yearly_target)


@cache
def condition_patterns() -> ConditionPatterns:
    """The file, checked; raises ``SettingsError`` naming the entry that is wrong."""
    return validated(ConditionPatterns, load_yaml(_FILE), _FILE)


@dataclass(frozen=True)
class Condition:
    """What the baseline or target of a row has to be; ``said`` is how the question says it.

    ``words`` are those that a target has to say, or begin with. ``first`` and ``last`` are the places in the question
    from which to before which it is said.
    """

    relation: Relation
    subject: Subject
    said: str
    value: Decimal | None = None
    other: Decimal | None = None
    first: int = 0
    last: int = 0
    month: str | None = None
    words: str = ""

    def holds(self, row: IndicatorRow) -> bool:
        """Whether the row's figures are as demanded; ``none`` and ``zero`` are states that ``sets`` reads."""
        figure = row.baseline if self.subject == "baseline" else row.target
        if self.relation in _LACKING:
            return row.kind in ("result", "product") and not _LACKING[self.relation](row)
        if self.relation in _AT_AN_END:
            return self._stands_at_an_end(row)
        if figure is None:
            return False
        if self.relation == "of_year":
            is_of_month = self.month is None or self.month in fold(figure.period or "")
            return self.value is not None and is_of_month and _years_of(figure) == {int(self.value)}
        if self.relation == "above_target":
            target = row.target
            if (
                target is None
                or target.value is None
                or figure.value is None
                or (target.unit == "%") != (figure.unit == "%")
            ):
                return False
            return figure.value > target.value
        if self.relation == "worded":
            return re.search(rf"\b{re.escape(self.words)}\b", fold(figure.text)) is not None
        if self.relation == "yearly":
            return condition_patterns().in_target.search(fold(figure.text)) is not None
        if self.relation == "percent":
            return figure.unit == "%"
        if self.relation == "no_number":
            if self.subject == "baseline":
                return figure.value is None and len(figure.text) > _LONGEST_NOTHING
            return not find_figures(figure.text)
        return figure.value is not None and self._compares(figure.value)

    def _stands_at_an_end(self, row: IndicatorRow) -> bool:
        """Whether the row's indicator or target begins, or ends, with the words."""
        said = re.escape(self.words)
        pattern = rf"{said}(?!\w)" if self.relation == "begun" else rf".*(?<!\w){said}[\s.]*$"
        cells = (row.indicator, row.target.text if row.target is not None else None)
        return any(re.match(pattern, fold(cell)) for cell in cells if cell)

    def _compares(self, value: Decimal) -> bool:
        bar = self.value
        if bar is None:
            return False
        if self.relation == "between":
            return self.other is not None and min(bar, self.other) <= value <= max(bar, self.other)
        return {"above": value > bar, "below": value < bar, "at_least": value >= bar, "at_most": value <= bar}.get(
            self.relation, value == bar
        )


def conditions_in(text: str) -> tuple[Condition, ...]:
    """The conditions that a question names, none inside another."""
    folded = fold_in_place(text)
    found: list[Condition] = []
    for relation, subject, pattern in condition_patterns().compiled:
        for match in pattern.finditer(folded):
            if any(match.start() < known.last and known.first < match.end() for known in found):
                continue
            named = match.groupdict()
            value, other = (parse_number(named[name]) if named.get(name) else None for name in ("n", "m"))
            if "n" in named and value is None:
                continue
            span = (match.start(), match.end())
            said = text[slice(*span)].partition(" (")[0].strip()
            month, words = named.get("month"), named.get("words") or named.get("quoted") or ""
            found.append(Condition(relation, subject, said, value, other, *span, month=month, words=words))
    return tuple(sorted(found, key=lambda one: one.first))


def words_of(conditions: Sequence[Condition], tokens: Sequence[Token]) -> frozenset[int]:
    """The words of a question that say its conditions, wherever it says again that targets hold for each year."""
    yearly = condition_patterns().in_target if any(one.relation == "yearly" for one in conditions) else None
    return frozenset(
        at
        for at, token in enumerate(tokens)
        if any(one.first <= token.start and token.end <= one.last for one in conditions)
        or (yearly is not None and yearly.fullmatch(token.word))
    )


def not_of(conditions: Sequence[Condition], quoted: Sequence[str]) -> tuple[str, ...]:
    """The quoted phrases that a row has to say, without those that only word a condition ("anuales")."""
    if not any(one.relation == "yearly" for one in conditions):
        return tuple(quoted)
    return tuple(phrase for phrase in quoted if condition_patterns().in_target.search(fold(phrase)) is None)


def without_words_of_ranking(kinds: Set[KindName], conditions: Sequence[Condition]) -> set[KindName]:
    """The kinds of a question whose "mayor" and "más" only compare with a number: it asks for the rows that hold it."""
    if not conditions:
        return set(kinds)
    kept = set(kinds) - {"ranking_max", "ranking_min", "compare", "difference"}
    if any(one.relation == "percent" for one in conditions):
        kept.discard("percent_change")
    return kept if kept & {"count", "sum", "list"} else {*kept, "list"}


def _years_of(figure: Figure) -> set[int]:
    """The years a figure is of, by its period, or else by its source."""
    return set(_years_in(figure.period or figure.source or ""))


def _years_in(text: str) -> Iterator[int]:
    return (int(match[0]) for match in _YEARS.finditer(text))
