"""Numbers of Colombian administrative Spanish: from what is printed to what is understood.

``text ──find_figures──▶ mentions`` · ``cell ──read_baseline, read_target──▶ Figure + notices``
"""

from __future__ import annotations

from ingest.figures.cells import compare_target, read_baseline, read_target, split_source
from ingest.figures.dates import DateMention, dates_in, period_in
from ingest.figures.mentions import Mention, find_figures
from ingest.figures.numbers import format_es, parse_number, parse_words

__all__ = [
    "DateMention",
    "Mention",
    "compare_target",
    "dates_in",
    "find_figures",
    "format_es",
    "parse_number",
    "parse_words",
    "period_in",
    "read_baseline",
    "read_target",
    "split_source",
]
