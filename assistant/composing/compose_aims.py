"""What is worked out of the figures of one matter: what is missing, which share is done, whether the figures agree.

Only over figures that are cited, with their terms: a target and the one figure of what was reached, or a target and
what the same row says beside it. Where the figures do not tell which is meant, nothing is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from assistant.answer import AnswerFigure
from assistant.composing.draft import Draft
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Corpus, Item, stem_set
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_labelled, is_total
from assistant.evidence.together import says_change
from assistant.figures.arithmetic import Computed, difference, printed
from assistant.question.query import Query
from ingest.figures import compare_target, find_figures, format_es, parse_number
from ingest.records import Figure, IndicatorRow

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)
#: Points that a percentage may differ from what its terms give, to be of those terms.
_ROUNDING = Decimal("0.5")
_MONEY = ("COP", "USD")
_FEWEST_STEM = 3
_NEW = re.compile(r"\b(?:nuev[oa]s?|adicional(?:es)?)\b")


class Part(NamedTuple):
    """A figure with the item that is cited for it."""

    item: Item
    figure: Figure

    @property
    def value(self) -> Decimal:
        return self.figure.value or Decimal(0)


def add_worked_out(
    query: Query, rows: Sequence[Item], facts: Sequence[Item], corpus: Corpus, draft: Draft, say: Phrases
) -> None:
    """The lines that the question's aims ask for: of the indicator rows told, else of the figures of a report."""
    if "contrast" in query.aims:
        for item in rows:
            _contrast_row(query, item, draft, say)
        _contrast_facts(query, facts, corpus, draft, say)
    if {"missing", "share"} & set(query.aims):
        pairs = [pair for item in rows if (pair := _reported(item, corpus)) is not None]
        pairs = pairs or ([pair] if (pair := _target_and_reached(query, facts, corpus)) is not None else [])
        for item in rows if not pairs else ():
            if "missing" in query.aims and counts_new_ones(item):
                draft.say(say.say("missing_unsaid", mark=draft.mark(item)))
        for target, reached in pairs:
            _remaining(query, target, reached, draft, say)


def counts_new_ones(item: Item) -> bool:
    """Whether a target is of new things alone ("20 canchas nuevas"): its baseline is no part of it."""
    row = item.row
    return row is not None and row.target is not None and _NEW.search(folded(row.target.text)) is not None


def tells_what_is_missing(query: Query, rows: Sequence[Item], corpus: Corpus) -> bool:
    """Whether what is missing of a row is told without its baseline: by what was reached, or that nothing says it."""
    return "missing" in query.aims and any(_reported(item, corpus) or counts_new_ones(item) for item in rows)


# what is missing, which share is done ---------------------------------------------------------------------------------
def _reported(item: Item, corpus: Corpus) -> tuple[Part, Part] | None:
    """The target of an indicator row and what was reached last, where a row prints that."""
    if item.row is None:
        return None
    standing = corpus.standing(item.row)
    reporting = [corpus.by_id[row_id] for row_id in standing.row_ids if row_id in corpus.by_id]
    target, reached = standing.target, standing.progress
    if target is None or reached is None or target.value is None or reached.value is None or not reporting:
        return None
    if standing.progress_terms is not None or standing.shared_codes or (target.unit == "%") != (reached.unit == "%"):
        return None
    if standing.percent is None or not target.value or standing.percent_year is not None:
        return None
    if abs(reached.value / target.value * _HUNDRED - standing.percent) > _ROUNDING:
        return None
    return Part(item, target), Part(reporting[0], reached)


def _target_and_reached(query: Query, facts: Sequence[Item], corpus: Corpus) -> tuple[Part, Part] | None:
    """The target and what was reached among figures of one indicator of a report; None when several could be meant."""
    parts = [part for item in facts if (part := _part(item)) is not None]
    if not parts:
        return None
    beside = [part for item in _beside(parts[0].item, corpus) if (part := _part(item)) is not None]
    targets = _counted_targets(parts) or _counted_targets(beside)
    said = {parse_number(number) for number in query.numbers}
    target = next((part for part in targets if part.figure.value in said), targets[0] if targets else None)
    if target is None:
        return None
    reached = [part for part in parts if _is_reached(part, target)]
    if not reached:
        reached = [part for part in beside if _is_reached(part, target) and _says_total(part)]
    totals = [part for part in reached if _says_total(part)] or reached
    if len({part.figure.value for part in totals}) != 1:
        return None
    return target, totals[0]


def _counted_targets(parts: Sequence[Part]) -> list[Part]:
    """The targets that are counts: of a percentage nothing is missing in things."""
    return [part for part in parts if _is_target(part) and part.figure.unit != "%"]


def _part(item: Item) -> Part | None:
    row = item.row
    return None if row is None or row.figure is None or row.figure.value is None else Part(item, row.figure)


def _beside(item: Item, corpus: Corpus) -> list[Item]:
    """The rows of the same document about the same indicator."""
    return [other for other in corpus.rows_of(item.document.document_id) if _is_of(other, item)]


def _is_of(other: Item, item: Item) -> bool:
    one, two = item.row, other.row
    return one is not None and two is not None and one.indicator is not None and one.indicator == two.indicator


def _is_target(part: Part) -> bool:
    row = part.item.row
    return row is not None and "meta" in folded(row.metric or "").split()


def _is_reached(part: Part, target: Part) -> bool:
    row = part.item.row
    words = folded(row.metric or "").split() if row is not None else []
    is_count = part.figure.unit not in ("%", *_MONEY) and not says_change(part.item)
    return is_count and _is_of(part.item, target.item) and not {"meta", "base"} & set(words)


def _says_total(part: Part) -> bool:
    row = part.item.row
    return row is not None and is_total(row)


def _remaining(query: Query, target: Part, reached: Part, draft: Draft, say: Phrases) -> None:
    cited = [draft.cite(target.item), draft.cite(reached.item)]
    step = difference(target.figure, reached.figure)
    if "missing" in query.aims and step is not None:
        sentence = "missing" if target.value > reached.value else "missing_none" if step.value == 0 else "missing_over"
        terms = f"{printed(target.figure)} − {printed(reached.figure)}" if sentence == "missing" else step.derivation
        _say(sentence, Computed(step.text, step.value, terms), cited, draft, say)
    if "share" in query.aims and target.value and target.figure.unit != "%":
        percent = (reached.value / target.value * _HUNDRED).quantize(_TENTH, rounding=ROUND_HALF_UP)
        terms = f"{printed(reached.figure)} ÷ {printed(target.figure)} × 100"
        _say("share_done", Computed(f"{format_es(percent)} %", percent, terms), cited, draft, say)


# whether figures agree ------------------------------------------------------------------------------------------------
def _contrast_row(query: Query, item: Item, draft: Draft, say: Phrases) -> None:
    """What the baseline, the target and the name of one indicator row say beside each other."""
    row = item.row
    if row is None or row.target is None:
        return
    mark = draft.mark(item)
    baseline, target = row.baseline, row.target
    if baseline is not None and baseline.value is not None and target.value is not None:
        if _counts_another(baseline, target):
            draft.say(say.say("contrast_units", baseline=baseline.unit, target=target.unit, mark=mark))
        line = say.say(
            f"contrast_{_order(baseline, target)}", baseline=printed(baseline), target=printed(target), mark=mark
        )
        draft.say(line)
    _name_against(query, row, (), [(say.field("target"), target)], mark, draft, say)


def _order(baseline: Figure, target: Figure) -> str:
    """How the figures lie; a larger baseline is explained where the target speaks of reducing."""
    if baseline.value is None or target.value is None or baseline.value == target.value:
        return "same"
    if baseline.value < target.value:
        return "less"
    is_comparable = (baseline.unit == "%") == (target.unit == "%")
    return "reduces" if is_comparable and compare_target(baseline, target) is None else "more"


def _contrast_facts(query: Query, facts: Sequence[Item], corpus: Corpus, draft: Draft, say: Phrases) -> None:
    """What an indicator's name says beside the targets that a report prints for it."""
    first = next((item for item in facts if item.row is not None and item.row.indicator), None)
    if first is None or first.row is None:
        return
    targets = [
        part
        for item in _beside(first, corpus)
        if (part := _part(item)) is not None and _is_target(part) and item.row is not None and is_labelled(item.row)
    ]
    printed_for = [part for part in targets if not _is_of_name(part)]
    if printed_for:
        mark = draft.mark(*(part.item for part in printed_for))
        said = [((part.item.row.metric if part.item.row else None) or "", part.figure) for part in printed_for]
        of_name = [part for part in targets if _is_of_name(part)]
        _name_against(query, first.row, of_name, said, mark, draft, say)


def _is_of_name(part: Part) -> bool:
    """Whether a target is the number in the indicator's own name ("Meta del indicador")."""
    row = part.item.row
    return row is not None and bool(row.indicator) and folded(row.metric or "").startswith("meta del indicador")


def _name_against(
    query: Query,
    row: IndicatorRow,
    of_name: Sequence[Part],
    targets: Sequence[tuple[str, Figure]],
    mark: str,
    draft: Draft,
    say: Phrases,
) -> None:
    """Whether the figure in an indicator's name is that of its targets, where the question speaks of that figure.

    ``of_name`` are the rows of the figures that its name prints: that of the one named is cited.
    """
    said = {parse_number(number) for number in query.numbers}
    named = next(
        (one for one in find_figures(row.indicator or "") if one.value is not None and one.value in said), None
    )
    if named is None:
        return
    comparable = [
        (label, figure)
        for label, figure in targets
        if figure.value is not None and ("%" in figure.text) == ("%" in named.text)
    ]
    if not comparable:
        return
    agree = all(figure.value == named.value for _, figure in comparable)
    told = "; ".join(f"{label}: {figure.text}" for label, figure in comparable)
    printed = draft.mark(*(part.item for part in of_name if part.figure.value == named.value))
    value = f"{named.text} {printed}".strip()
    draft.say(say.say("name_agrees" if agree else "name_differs", value=value, text=told, mark=mark))


def _counts_another(baseline: Figure, target: Figure) -> bool:
    """Whether baseline and target print units that have no word in common."""
    if not baseline.unit or not target.unit:
        return False
    one, other = ({stem for stem in stem_set(unit) if len(stem) >= _FEWEST_STEM} for unit in
                  (baseline.unit, target.unit))  # fmt: skip
    return bool(one and other) and not one & other


def _say(sentence: str, result: Computed, citations: Sequence[int], draft: Draft, say: Phrases) -> None:
    """Say a computed figure and keep its derivation with the answer."""
    draft.say(say.say(sentence, value=result.text, terms=result.derivation))
    value = float(result.value) if result.value != result.value.to_integral_value() else int(result.value)
    draft.computed.append(
        AnswerFigure(text=result.text, value=value, citations=list(citations), derivation=result.derivation)
    )
