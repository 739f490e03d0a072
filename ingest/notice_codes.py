"""Codes of notices that more than one part of the house has to know; the other codes stand where they are made."""

from __future__ import annotations

#: A table that gave no rows and stays text; told apart from the doubts about what was read.
TABLE_LEFT = "table-left"
#: A report's code that no plan of its entity and term has.
CODE_NOT_IN_PLAN = "code-not-in-plan"
#: A figure that another document gives differently for the same row.
SAME_ROW_DIFFERS = "same-row-differs"
