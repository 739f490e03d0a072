"""A figure told outside tables to its row: with what it measures, its period, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.extract.ids import PlaceIds
from ingest.extract.statements.group_text import WORD
from ingest.extract.statements.measures import Measure
from ingest.extract.statements.periods import lead_in, period_of
from ingest.extract.statements.told_figures import ToldFigures
from ingest.extract.walk import Located
from ingest.figures import Mention
from ingest.fold import fold, squeeze, words
from ingest.headings import Context
from ingest.records import BudgetItem, BudgetItemName, DocumentInfo, Figure, IndicatorRow, PathStep, RowKind
from ingest.wording import load_yaml

#: What a percentage between parentheses may not have between itself and the sum it is a share of.
_TELLS = re.compile(r"[\d\n]|[^\W\d_]{3}")


def told_row(mention: Mention, measure: Measure, told: ToldFigures, info: DocumentInfo, ids: PlaceIds) -> IndicatorRow:
    """The row of one figure: of money where its label says so, else of progress under a programme or indicator."""
    line = told.line_of(mention)
    period = measure.period or period_of(told, mention, in_letter=info.kind == "letter")
    context = line.located.context
    budget = measure.budget or _budget_item(measure.metric, mention)
    text = squeeze(mention.text)
    figure = Figure(text=text, value=mention.value, unit=told.unit(mention), period=period)
    items = (BudgetItem(item=budget, value=mention.value, text=text, year=_year(period)),) if budget else ()
    return IndicatorRow(
        row_id=ids.next(line.place),
        document_id=ids.document_id,
        kind="fact" if _is_share_of_money(mention, told) else _kind(info, context, budget),
        entity=info.entity,
        period=info.period,
        path=(*context.steps, *_sections(line.located, lead_in(told, mention))),
        dependency=context.dependency or info.office,
        purpose=context.purpose,
        indicator=context.indicator,
        metric=measure.metric,
        figure=figure,
        budget=items,
        place=line.place,
        quote=_quote(mention, measure, told),
        context=told.around(mention),
    )


def _sections(located: Located, leads: str | None) -> Iterator[PathStep]:
    """Title of the slide or section, and the sentence that leads into a list, as innermost steps of the path."""
    known = {fold(step.value) for step in located.context.steps}
    if located.title and fold(located.title) not in known:
        yield PathStep(level="Apartado", value=located.title)
    if leads:
        yield PathStep(level="Relación", value=leads)


def _is_share_of_money(mention: Mention, told: ToldFigures) -> bool:
    """Whether a percentage stands in parentheses right after a sum of money, of which it is the share spent."""
    if mention.unit != "%":
        return False
    before = next((other for other in told.mentions if other.end <= mention.start and other.unit == "COP"
                   and not _TELLS.search(told.group.text[other.end : mention.start])), None)  # fmt: skip
    return before is not None and "(" in told.group.text[before.end : mention.start]


def _kind(info: DocumentInfo, context: Context, budget: BudgetItemName | None) -> RowKind:
    if info.kind == "letter":
        return "fact"
    if budget is not None:
        return "budget"
    return "progress" if context.indicator or context.has("programme") else "fact"


def _budget_item(metric: str, mention: Mention) -> BudgetItemName | None:
    """The item of a budget that a sum of money is, when its label says so: by the nearest word, before it if any."""
    if mention.unit != "COP":
        return None
    before, _, after = fold(metric).partition(fold(mention.text))
    near = (*reversed(words(before)), *words(after))
    return next((item for word in near for item, cues in _budget_words().items() if word in cues), None)


def _quote(mention: Mention, measure: Measure, told: ToldFigures) -> str:
    """Label and figure as printed where the one stands before the other, else the sentence or the label."""
    note = told.note_after(mention)
    if measure.quoted_from is not None:
        label_and_figure = told.group.text[measure.quoted_from : max(mention.end, told.line_end(mention))]
        return squeeze(f"{label_and_figure} {note}")
    sentence = told.sentence(mention)
    said = sentence if WORD.search(sentence.replace(mention.text, "")) else f"{measure.metric}: {sentence}"
    return said if note in said else f"{said} {note}"


def _year(period: str | None) -> int | None:
    years = re.findall(r"20\d\d", period or "")
    return int(years[-1]) if years else None


@cache
def _budget_words() -> dict[BudgetItemName, frozenset[str]]:
    return {item: frozenset(cues) for item, cues in load_yaml("report_labels.yaml")["budget_words"].items()}
