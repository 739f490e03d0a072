"""Arithmetic lines of an answer: differences, changes and sums over the rows it cites, with their terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from assistant.answer import AnswerFigure
from assistant.composing.compose_aims import counts_new_ones
from assistant.composing.draft import Draft
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Item
from assistant.evidence.fields import is_sibling, is_total
from assistant.evidence.together import is_same_measure, says_change
from assistant.figures.arithmetic import Computed, difference, percent_change, share, total
from assistant.figures.before_and_new import both_ends_added, is_of_one_thing
from assistant.question.asks import asks_for
from assistant.question.query import Query
from assistant.question.times import row_intervals
from ingest.figures import parse_number
from ingest.fold import fold
from ingest.records import Figure, IndicatorRow

#: All of a share.
_WHOLE = Decimal(100)
_RATE = re.compile(r"\bpor (?:cada )?(\d[\d.]*)\s*(mil)?\b")


def add_arithmetic(query: Query, items: Sequence[Item], has_copies: bool, draft: Draft, say: Phrases) -> None:
    """What the question asks to be computed over plan rows: how much they change, which changes most, their sum."""
    if _add_to_what_there_was(query, items, draft, say):
        return
    if query.kind == "sum":
        _sum_targets(query, items, has_copies, draft, say)
        return
    exceeds = query.kind == "percent_change" and asks_for(query.text, "exceeds")
    if not (query.changes or exceeds or query.kind in ("difference", "compare", "ranking")):
        return
    if add_between_entities(items, draft, say):
        return
    changes: list[tuple[Decimal, str, Computed]] = []
    for item in items:
        row = item.row
        if (
            row is None
            or row.baseline is None
            or row.target is None
            or is_share_beside_number(row.baseline, row.target)
            or _is_no_level(query, item)
        ):
            continue
        if query.wants_percent and "baseline" in query.fields and (part := share(row.baseline.text)) is not None:
            _say("share", part, item, draft, say)
            continue
        in_percent = row.baseline.unit == "%" == row.target.unit
        if query.wants_percent and not in_percent and (change := percent_change(row.baseline, row.target)) is not None:
            if asks_for(query.text, "both_ways") and (step := difference(row.baseline, row.target)) is not None:
                _say("difference", step, item, draft, say)
            _say("percent_change", change, item, draft, say)
            changes.append((change.value, row.indicator or "", change))
        elif (step := difference(row.baseline, row.target)) is not None:
            _say("difference", step, item, draft, say)
    if len(changes) > 1:
        _, name, change = max(changes)
        draft.say(say.say("most_change", indicator=name, value=change.text))


def _add_to_what_there_was(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> bool:
    """What there will be with what there was, where the target of the one row counts only what comes on top."""
    result = both_ends_added(query, items[0].row) if len(items) == 1 else None
    if result is None:
        return False
    _say("with_before", result, items[0], draft, say)
    return True


def _is_no_level(query: Query, item: Item) -> bool:
    """Whether a target is of new things alone ("instalar 20 nuevas"), and no level that its baseline is to come to:
    nothing comes of the two, unless the question sets them against each other itself."""
    return counts_new_ones(item) and not (query.asks("baseline") or asks_for(query.text, "difference_named"))


def is_share_beside_number(one: Figure, other: Figure) -> bool:
    """Whether of two figures one is a share of 100 and the other a number of things: nothing comes of the two."""
    shares = [figure.unit == "%" for figure in (one, other)]
    number = other if shares[0] else one
    return shares[0] != shares[1] and (number.unit is not None or (number.value is not None and number.value > _WHOLE))


def add_between_entities(items: Sequence[Item], draft: Draft, say: Phrases) -> bool:
    """How far the targets of two territories are apart, where they are of one unit; False when there are not two."""
    firsts = list({item.entity: item for item in reversed(items) if item.row is not None and item.row.target}.values())
    if len(firsts) != 2:
        return False
    first, second = (item.row.target for item in firsts if item.row is not None and item.row.target is not None)
    step = difference(first, second)
    if step is None:
        return True
    if not _are_of_one_unit(firsts[0], firsts[1]):
        draft.say(say.say("not_of_one_unit"))
        return True
    high, low = sorted(firsts, key=lambda item: _target_value(item), reverse=True)
    _compute("difference_of_entities", step, [draft.cite(item) for item in firsts], draft, say,
             entity=high.entity, title=low.entity)  # fmt: skip
    return True


def _target_value(item: Item) -> Decimal:
    target = item.row.target if item.row is not None else None
    return (target.value if target is not None else None) or Decimal(0)


def _are_of_one_unit(one: Item, other: Item) -> bool:
    """Whether two targets may be subtracted: neither is a share of 100 alone, nor are they rates of different bases."""
    rows = [item.row for item in (one, other) if item.row is not None]
    shares = {row.target.unit == "%" for row in rows if row.target is not None}
    units = {fold(row.unit).rstrip("s") for row in rows if row.unit}
    bases = {_base_of(row) for row in rows} - {None}
    return len(shares) == 1 and len(units) < 2 and len(bases) < 2


def _base_of(row: IndicatorRow) -> Decimal | None:
    """Of how many a rate is: 100.000 of 'por cada 100 mil habitantes'."""
    text = fold(f"{row.indicator} {row.target.text if row.target is not None else ''}")
    match = _RATE.search(text)
    if match is None:
        return None
    number = parse_number(match[1])
    return None if number is None else number * (1000 if match[2] else 1)


def _sum_targets(query: Query, items: Sequence[Item], has_copies: bool, draft: Draft, say: Phrases) -> None:
    if has_copies and len(items) == 1:
        draft.say(say.say("same_target", titles=", ".join(_offices(draft))))
        return
    figures = [item.row.target for item in items if item.row is not None and item.row.target is not None]
    is_one = len(items) == 1 and len(query.filters.entities) < 2
    if is_one and query.asks("baseline") and items[0].row is not None and items[0].row.baseline is not None:
        if any(asks_for(figure.text, "reaches") for figure in figures) or not is_of_one_thing(items[0].row):
            return
        figures.insert(0, items[0].row.baseline)
    if (result := total(figures)) is not None:
        _compute("sum", result, [draft.cite(item) for item in items], draft, say)


def _offices(draft: Draft) -> list[str]:
    return list(dict.fromkeys(citation.dependency or citation.title or "" for citation in draft.citations))


def add_sums(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Sums over the figures of a report: of the same item over programmes, or of parts beside their printed total."""
    if query.kind != "sum":
        return
    rows = [(item, item.row) for item in items if item.row is not None and item.row.figure is not None]
    totals = [(item, row) for item, row in rows if is_total(row)]
    parts = [(item, row) for item, row in rows if totals and not is_total(row) and is_sibling(totals[0][0], item)]
    if len(parts) > 1:
        figures = [row.figure for _, row in parts if row.figure is not None]
        result = total(figures)
        printed = totals[0][1].figure
        if result is not None and printed is not None:
            _compute(
                "sum_not_printed", result, [draft.cite(item) for item, _ in parts], draft, say, target=printed.text
            )
        return
    for _, same in groupby(sorted(rows, key=_metric), key=_metric):
        pairs = list(same)
        result = total([row.figure for _, row in pairs if isinstance(row.figure, Figure)])
        if result is not None:
            _compute("sum_of", result, [draft.cite(item) for item, _ in pairs], draft, say, metric=pairs[0][1].metric)


def add_unspent(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """What is left of a budget: assigned less executed, of the same line of a report."""
    if not query.unspent:
        return
    by_item = {
        row.budget[0].item: (item, row) for item in items if (row := item.row) is not None and row.budget and row.figure
    }
    pair = (
        by_item.get("asignado") or by_item.get("apropiacion_definitiva"),
        by_item.get("ejecutado") or by_item.get("pagos"),
    )
    if pair[0] is None or pair[1] is None or pair[0][1].figure is None or pair[1][1].figure is None:
        return
    if (result := difference(pair[0][1].figure, pair[1][1].figure)) is not None:
        cited = [draft.cite(pair[0][0]), draft.cite(pair[1][0])]
        _compute("unspent", result, cited, draft, say)
        if query.percent and (part := percent_change(pair[0][1].figure, pair[1][1].figure)) is not None:
            _compute("unspent_share", part, cited, draft, say)


def add_change_over_time(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """How much a figure of a report changes between the two times asked for, in percent where that is asked."""
    if len(query.asked) < 2 or not (query.changes or query.kind in ("difference", "percent_change", "compare")):
        return
    rows = [(item, item.row) for item in items if item.row is not None and item.row.figure and not says_change(item)]
    if len(rows) != 2 or not is_same_measure(rows[0][0], rows[1][0]):
        return
    (first, one), (last, other) = sorted(
        rows, key=lambda pair: row_intervals(pair[1])[:1] and row_intervals(pair[1])[0].first
    )
    if one.figure is None or other.figure is None:
        return
    cited = [draft.cite(first), draft.cite(last)]
    if (step := difference(one.figure, other.figure)) is not None:
        _compute("difference_of_times", step, cited, draft, say)
    if query.wants_percent and (change := percent_change(one.figure, other.figure)) is not None:
        _compute("change_over_time", change, cited, draft, say)


def _metric(pair: tuple[Item, IndicatorRow]) -> str:
    return fold(pair[1].metric or "")


def _say(sentence: str, result: Computed, item: Item, draft: Draft, say: Phrases) -> None:
    _compute(sentence, result, [draft.cite(item)], draft, say)


def _compute(
    sentence: str, result: Computed, citations: Sequence[int], draft: Draft, say: Phrases, **parts: str | None
) -> None:
    """Say a computed figure and keep its derivation with the answer."""
    draft.say(say.say(sentence, value=result.text, terms=result.derivation, **parts))
    value = float(result.value) if result.value != result.value.to_integral_value() else int(result.value)
    draft.computed.append(
        AnswerFigure(text=result.text, value=value, citations=list(citations), derivation=result.derivation)
    )
