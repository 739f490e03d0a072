"""How alike a row of a report and a row of a plan are, by their words; what nearly the same words have to have besides.

Ratios are of words in any order, from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ingest.fold import fold, words
from ingest.records import IndicatorRow

#: Wordings less alike than this are other indicators or programmes.
ALIKE = 0.85
SAME_PROGRAMME = 0.88
#: The same product in the same words, with the same target, is the same row in spite of another wording of the
#: indicator, down to this likeness.
ALIKE_OF_ONE_PRODUCT = 0.6
#: What counts as the same words, and from how many words on they tell a row from all others of its plan.
SAME_WORDS, _TELLING_PRODUCT, _TELLING_INDICATOR = 0.95, 6, 4
#: A name that is cut short, or has words put in, has all its words in the other, and at least so many.
_CUT_SHORT, _TELLING_NAME = 0.95, 5
#: The national catalogue's code of an indicator is as good as its words; several rows of a plan may have one code.
_SAME_MGA, _MGA_DIGITS = 0.9, 9
#: What product, wording of the territory and target add to the likeness when several rows have the same indicator.
_TIE_WEIGHTS = {"product": 0.5, "target": 0.3, "component": 0.2}


def alike(row: IndicatorRow, plan: IndicatorRow) -> float:
    """How alike two indicators are, 0 when they are others; the territory's own wording counts as well."""
    best = _best_wording(row, plan)
    if best < ALIKE and _same_mga(row, plan):
        return _SAME_MGA
    floor = ALIKE_OF_ONE_PRODUCT if best < ALIKE and same_target(row, plan) and same_product(row, plan) else ALIKE
    return best if best >= floor else 0.0


def _best_wording(row: IndicatorRow, plan: IndicatorRow) -> float:
    said = _fold(row.indicator or "")
    wordings = [_fold(text) for text in (plan.indicator or "", *plan.context) if text]
    return max((_ratio(said, wording) for wording in wordings), default=0.0)


def same_product(row: IndicatorRow, plan: IndicatorRow) -> bool:
    """Whether both name one product in the same words, and in so many that no other product has them."""
    said = fold(row.step("product") or "")
    if len(said.split()) < _TELLING_PRODUCT:
        return False
    return any(_ratio(said, fold(text)) >= SAME_WORDS for text in (plan.step("product") or "", *plan.context) if text)


def same_target(row: IndicatorRow, plan: IndicatorRow) -> bool:
    return row.target is not None and plan.target is not None and row.target.value == plan.target.value


def tie_break(row: IndicatorRow, plan: IndicatorRow) -> float:
    """What else two rows with the same indicator have in common, from 0 to 1."""
    from rapidfuzz import fuzz

    products = fold(" ".join([plan.step("product") or "", *plan.context]))
    product = float(fuzz.token_set_ratio(fold(row.step("product") or ""), products)) / 100
    component = fold(row.component or row.strategic_line or "") == fold(plan.component or plan.strategic_line or "")
    return (
        product * _TIE_WEIGHTS["product"]
        + same_target(row, plan) * _TIE_WEIGHTS["target"]
        + component * _TIE_WEIGHTS["component"]
    )


def near_programmes(programme: str, names: Sequence[str]) -> list[str]:
    """The names of the same programme: nearly the same words, or a long name cut short."""
    said = " ".join(words(programme))
    return [name for name in names if _same_programme(said, " ".join(words(name)))]


def only_one(row: IndicatorRow, plans: Sequence[IndicatorRow]) -> tuple[IndicatorRow, float] | None:
    """The one plan row with the same indicator, wherever it stands in its plan, and the likeness; None of several.

    The programme tells nothing here, so either the product has to be the same in many words, or one of the two names
    no programme and the indicator itself is told in enough words.
    """
    from rapidfuzz import fuzz, process

    said = _fold(row.indicator or "")
    choices = [_fold(plan.indicator or "") for plan in plans]
    found = [
        (plans[at], score / 100)
        for _, score, at in process.extract(
            said, choices, scorer=fuzz.token_sort_ratio, score_cutoff=SAME_WORDS * 100, limit=None
        )
        if choices[at]
    ]
    by_product = [(plan, score) for plan, score in found if same_product(row, plan) and same_target(row, plan)]
    if len(by_product) == 1:
        return by_product[0]
    if len(found) != 1 or len(said.split()) < _TELLING_INDICATOR:
        return None
    return found[0] if not row.programme or not found[0][0].programme else None


@lru_cache(maxsize=65536)
def _fold(text: str) -> str:
    return fold(text)


def _same_mga(row: IndicatorRow, plan: IndicatorRow) -> bool:
    code = row.codes.get("mga", "")
    return len(code) == _MGA_DIGITS and code == plan.codes.get("mga")


def _same_programme(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if _ratio(one, other) >= SAME_PROGRAMME:
        return True
    long_enough = min(len(one.split()), len(other.split())) >= _TELLING_NAME
    return long_enough and fuzz.token_set_ratio(one, other) >= _CUT_SHORT * 100


@lru_cache(maxsize=65536)
def _ratio(one: str, other: str) -> float:
    """Kept, as most rows are there after an ingest too."""
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(one, other)) / 100
