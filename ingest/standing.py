"""How far an indicator is: its target, what was reached last, and the percentage, side by side.

``standing(row, linked rows) → Standing``. Printed figures come first. What is computed depends on what the document
says of its years (``prompts/accumulation.yaml``): values that do not accumulate are never added up, a reduction is
measured from the baseline down, and of an indicator that does not say, nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pydantic import Field

from ingest.figures import format_es, parse_number
from ingest.linking import plan_codes
from ingest.records import Figure, IndicatorRow, Record, YearFigures
from ingest.series import TELLING, last_reported_years, latest_year, meaning_of_years, reported_years
from ingest.wording import SURE, header_role
from ingest.wording.accumulation import Meaning, names_what_was_reached

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_HUNDREDTH = Decimal("0.01")
_HUNDRED = Decimal(100)


class Standing(Record):
    """Target, progress and percentage of one row; what the documents do not say is None.

    ``progress`` holds up to the end of ``year``. ``percent`` is of ``target``, or of the target of ``percent_year``
    when that is set. A computed figure has its terms beside it ("505 + 114"); a printed one has none.
    """

    target: Figure | None = None
    progress: Figure | None = None
    year: int | None = None
    percent: Decimal | None = None
    percent_year: int | None = None
    progress_terms: str | None = Field(None, description="the terms of a progress that was added up over the years")
    percent_terms: str | None = Field(None, description="the terms of a percentage that is not printed")
    latest: YearFigures | None = Field(None, description="the last reported year as printed")
    row_ids: tuple[str, ...] = Field((), description="the rows in which the progress is printed")
    shared_codes: tuple[str, ...] = Field((), description="codes of the plan rows that the progress is of together")

    @property
    def computed(self) -> bool:
        return self.progress_terms is not None or self.percent_terms is not None


@dataclass(frozen=True)
class _Told:
    """What one row tells of progress: year by year, or one figure for the whole time with its percentage."""

    row: IndicatorRow
    years: tuple[YearFigures, ...]
    whole: Figure | None
    percent: Decimal | None

    @property
    def last_year(self) -> int:
        latest = latest_year(self.years)
        return latest.year if latest is not None else _last_year_in(self.whole, self.row) or 0

    @property
    def shared_codes(self) -> tuple[str, ...]:
        codes = plan_codes(self.row)
        return codes if self.row.kind == "progress" and len(codes) > 1 else ()


def standing(
    row: IndicatorRow, linked: Sequence[IndicatorRow] = (), last_years: Mapping[str, int] | None = None
) -> Standing:
    """How far a row is.

    ``linked`` are the rows that the row's links point at, in any order. ``last_years`` is of the whole documents
    (``last_reported_years``); without it, the rows given have to tell which years are reported. A row of a report
    speaks for itself, a row of a plan by the reports that are linked to it and its own yearly columns.
    """
    if row.kind not in TELLING:
        return Standing()
    target = next((one.target for one in (row, *linked) if one.target is not None and one.target.text), None)
    reports = [row, *(one for one in linked if row.kind != "progress" and one.kind == "progress")]
    known = last_reported_years([row, *linked]) if last_years is None else last_years
    told = [one for report in reports if (one := _told(report, known)) is not None]
    if not told:
        return Standing(target=target)
    confidence = {link.row_id: link.confidence for link in row.links}
    told.sort(key=lambda one: (one.last_year, not one.shared_codes, confidence.get(one.row.row_id, 0.0)), reverse=True)
    plan = row if row.kind != "progress" else next((one for one in linked if one.kind != "progress"), row)
    return _standing(told, plan, target)


def _told(row: IndicatorRow, last_years: Mapping[str, int]) -> _Told | None:
    years = reported_years(row, last_years)
    whole = row.figure if row.figure is not None and row.figure.text and _is_of_progress(row) else None
    percent = printed_percent(row)
    if whole is not None and whole.unit == "%" and (percent == whole.value or _role(row.metric) == "percent"):
        percent = whole.value if percent is None else percent
        whole = None
    year = None if whole is None else _last_year_in(whole, None)
    if whole is not None and year is not None and not row.yearly and row.target is None:
        years, whole = (YearFigures(year=year, progress=whole),), None
    if not years and whole is None and percent is None:
        return None
    return _Told(row, years, whole, percent)


def _is_of_progress(row: IndicatorRow) -> bool:
    return _role(row.metric) in ("progress", "progress_year", "percent") or names_what_was_reached(row.metric)


def _role(header: str | None) -> str | None:
    role = header_role(header) if header else None
    return role.role if role is not None and role.score >= SURE else None


def printed_percent(row: IndicatorRow) -> Decimal | None:
    """The percentage that the row prints for the whole term; readers of workbooks hand over '24.41' for 24,41 %."""
    texts = (text for header, text in row.cells if text.strip() and _role(header) == "percent")
    return next((value for text in texts if (value := parse_number(text, lone_mark="decimal")) is not None), None)


def _last_year_in(figure: Figure | None, row: IndicatorRow | None) -> int | None:
    """The last year that a figure's own period names, else a report's, when it is of one year."""
    years = _YEAR.findall((figure.period or "") if figure is not None else "")
    if years:
        return max(map(int, years))
    of_report = set(_YEAR.findall(row.period or "")) if row is not None else set()
    return int(next(iter(of_report))) if len(of_report) == 1 else None


def _standing(told: Sequence[_Told], plan: IndicatorRow, target: Figure | None) -> Standing:
    best = told[0]
    base = Standing(target=target, row_ids=(best.row.row_id,), shared_codes=best.shared_codes)
    meaning = "none" if best.shared_codes else meaning_of_years(best.row, plan, target)
    years = _merged(told) if meaning == "added" else best.years
    latest = latest_year(years)
    base = base.model_copy(update={"latest": latest})
    if best.whole is not None and (latest is None or meaning in (None, "added")):  # else it may be a sum of levels
        return _of_whole(base, best, plan, meaning)
    if latest is None:
        return base.model_copy(update={"year": best.last_year or None, "percent": best.percent})
    if meaning == "added" and _may_be_added(years, best, target):
        return _of_sum(base, told, years, best.percent)
    return _of_latest(base, latest, plan, best, meaning)


def _of_whole(base: Standing, told: _Told, plan: IndicatorRow, meaning: Meaning | None) -> Standing:
    """One figure for the whole time, as printed beside its target."""
    year = _last_year_in(told.whole, told.row) or (base.latest.year if base.latest else None)
    found = base.model_copy(update={"progress": told.whole, "year": year, "percent": told.percent})
    if told.percent is not None or (meaning == "added" and told.row.target is None):
        return found  # of a report of one year, whose figure may be of that year alone
    return _with_percent(found, base.target, plan, told.row, meaning)


def _of_sum(base: Standing, told: Sequence[_Told], years: Sequence[YearFigures], printed: Decimal | None) -> Standing:
    """The years added up and held against the target of the term."""
    figures = [(year.year, year.progress) for year in years if year.progress is not None and year.progress.value]
    last = years[-1].year if base.latest is None else max(base.latest.year, *(year for year, _ in figures), 0)
    ids = tuple(dict.fromkeys(one.row.row_id for one in told if any(year in years for year in one.years)))
    if len(figures) < 2:
        only = figures[0][1] if figures else base.latest.progress if base.latest else None
        found = base.model_copy(update={"progress": only, "year": last, "percent": printed, "row_ids": ids})
    else:
        value = sum((figure.value for _, figure in figures if figure.value is not None), Decimal(0))
        unit = figures[-1][1].unit
        period = f"{figures[0][0]}-{figures[-1][0]}"
        total = Figure(text=format_es(value), value=value, unit=unit, period=period)
        terms = " + ".join(_number(figure) for _, figure in figures)
        found = base.model_copy(
            update={"progress": total, "progress_terms": terms, "year": last, "percent": printed, "row_ids": ids}
        )
    return found if printed is not None else _with_percent(found, base.target, None, None, "added")


def _of_latest(
    base: Standing, latest: YearFigures, plan: IndicatorRow, told: _Told, meaning: Meaning | None
) -> Standing:
    """The last reported year, with the percentage printed for it."""
    found = base.model_copy(update={"progress": latest.progress, "year": latest.year})
    if latest.percent is not None:
        return found.model_copy(update={"percent": latest.percent, "percent_year": latest.year})
    if meaning == "added":
        return found
    has_own_target = meaning == "latest" and latest.target is not None and latest.target.value
    against = latest.target if has_own_target else base.target
    found = _with_percent(found, against, plan, told.row, meaning)
    of_year = has_own_target and found.percent is not None and against != base.target
    return found.model_copy(update={"percent_year": latest.year}) if of_year else found


def _with_percent(
    found: Standing,
    target: Figure | None,
    plan: IndicatorRow | None,
    told: IndicatorRow | None,
    meaning: Meaning | None,
) -> Standing:
    """The standing with its percentage computed, where the meaning of the years allows it."""
    reached = found.progress
    if reached is None or reached.value is None or target is None or target.value is None:
        return found
    if (reached.unit == "%") != (target.unit == "%") or meaning in (None, "none", "by_targets"):
        return found
    if meaning in ("added", "latest"):
        over, under, terms = reached.value, target.value, f"{_number(reached)} ÷ {_number(target)} × 100"
    else:
        start = next((one.baseline for one in (plan, told) if one is not None and _has_value(one.baseline)), None)
        if start is None or start.value is None or (target.value < start.value) != (meaning == "down"):
            return found
        sign = 1 if meaning == "up" else -1
        over, under = sign * (reached.value - start.value), sign * (target.value - start.value)
        high, low = (target, start) if meaning == "up" else (start, target)
        first, second = (reached, start) if meaning == "up" else (start, reached)
        terms = f"({_number(first)} − {_number(second)}) ÷ ({_number(high)} − {_number(low)}) × 100"
    if under <= 0:
        return found
    percent = (over / under * _HUNDRED).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)
    return found.model_copy(update={"percent": percent, "percent_terms": terms})


def _merged(told: Sequence[_Told]) -> tuple[YearFigures, ...]:
    """Every reported year once, in order: of the best row, else of the next that reports it by itself."""
    years: dict[int, YearFigures] = {}
    for one in told:
        for year in one.years if not one.shared_codes else ():
            years.setdefault(year.year, year)
    return tuple(years[year] for year in sorted(years))


def _may_be_added(years: Sequence[YearFigures], best: _Told, target: Figure | None) -> bool:
    """Whether every year is a number of one unit; percentages are added only when their targets are seen to be."""
    figures = [year.progress for year in years if year.progress is not None]
    if any(figure.value is None for figure in figures) or len({figure.unit for figure in figures}) > 1:
        return False
    if figures and figures[0].unit == "%":
        targets = [year.target.value for year in best.row.yearly if year.target is not None and year.target.value]
        return target is not None and len(targets) > 1 and sum(targets, Decimal(0)) == target.value
    return True


def _has_value(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None


def _number(figure: Figure) -> str:
    return "" if figure.value is None else format_es(figure.value)
