"""What a column of a table can be, and how a header was found to say so."""

from __future__ import annotations

from typing import Literal, NamedTuple

ColumnName = Literal[
    "indicator", "indicator_result", "indicator_product", "indicator_custom",
    "target", "target_year", "target_period", "baseline", "baseline_year", "baseline_source", "source", "unit",
    "code_sispt", "code_mga", "code_bpin", "code",
    "programme", "subprogramme", "strategic_line", "component", "sector", "product", "project",
    "dependency", "ods", "purpose", "accumulation", "goal_type",
    "progress", "progress_year", "progress_period", "percent", "percent_year", "percent_period", "percent_budget",
    "programado", "apropiacion_inicial", "apropiacion_definitiva", "compromisos", "obligaciones", "pagos", "asignado",
    "ejecutado", "funding_source", "entity", "location", "period", "observations", "ignore",
]  # fmt: skip

MoneyName = Literal[
    "programado", "apropiacion_inicial", "apropiacion_definitiva", "compromisos", "obligaciones", "pagos", "asignado",
    "ejecutado",
]  # fmt: skip


class Found(NamedTuple):
    """A role and why; what comes before years and groups are taken into account."""

    role: ColumnName
    score: float
    matched: str
    funding_source: str | None = None
