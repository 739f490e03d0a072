"""The wording of the documents as data: the files of ``prompts/``, and which header means which column."""

from __future__ import annotations

from ingest.wording.column_names import ColumnName
from ingest.wording.columns import SURE, columns
from ingest.wording.headers import ColumnRole, header_role
from ingest.wording.prompt_files import load_yaml, validated

__all__ = ["SURE", "ColumnName", "ColumnRole", "columns", "header_role", "load_yaml", "validated"]
