"""The wording of ``prompts/slack.yaml``, checked when it is loaded."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.slack import limits
from ingest.errors import SettingsError
from ingest.wording import load_yaml

_FILE = "slack.yaml"

#: The texts that take marks, and which.
_MARKS: dict[str, frozenset[str]] = {
    "asked": frozenset({"question"}),
    "published_by": frozenset({"user", "question"}),
    "place_page": frozenset({"value"}),
    "place_sheet": frozenset({"value"}),
    "place_cell": frozenset({"value"}),
    "place_line": frozenset({"value"}),
    "filter_rows": frozenset({"n", "count", "filters"}),
    "table_cut": frozenset({"shown", "count"}),
    "list_title": frozenset({"count"}),
    "command_empty": frozenset({"command"}),
    "prompt_where": frozenset({"entity"}),
    "prompt_target": frozenset({"indicator", "where"}),
    "prompt_baseline": frozenset({"indicator", "where"}),
    "prompt_dependency": frozenset({"indicator", "where"}),
    "prompt_programme": frozenset({"programme"}),
    "follow_up_programme": frozenset({"programme"}),
    "follow_up_dependency": frozenset({"dependency"}),
    "home_intro": frozenset({"bot"}),
    "home_documents": frozenset({"count"}),
    "home_document_rows": frozenset({"rows"}),
    "home_document_date": frozenset({"date"}),
    "home_more": frozenset({"count"}),
    "draft_subject": frozenset({"subject"}),
    "draft_due": frozenset({"due"}),
    "draft_asks": frozenset({"count", "answered"}),
    "draft_file": frozenset({"id"}),
    "too_long": frozenset({"limit"}),
    "failed": frozenset({"incident"}),
}
#: The texts that take none.
_PLAIN = """
    status published suggestions_answered suggestions_clarify suggestions_not_found suggestions_refused row_number
    row_path row_indicator row_baseline row_target row_figure row_quote row_source row_dependency row_place
    row_document row_entity row_period row_progress row_percent row_warning list_attached list_file file_failed
    text_cut button_row choose_row button_document button_publish feedback_up feedback_down feedback_up_label
    feedback_down_label close row_title row_open row_image row_image_coming row_image_failed row_replaced row_gone
    document_title document_gone document_file document_kind document_office document_rows document_date kind_plan
    kind_progress kind_letter kind_other reason_title reason_label reason_placeholder reason_send reason_thanks
    feedback_lost prompts_title greeting no_documents home_title home_all home_examples home_refresh home_unknown
    draft_title draft_send draft_label draft_label_more draft_hint draft_received draft_cut draft_working
    draft_ready draft_open draft_file_title draft_empty refused_team refused_channel refused_guest refused_unknown
    filter_entity filter_period filter_dependency filter_programme filter_component filter_strategic_line
    filter_kind filter_sector filter_unit filter_accumulation filter_baseline filter_text filter_target
    filter_document filter_other
"""
#: Texts that stand where Slack leaves little room.
_SHORT: dict[str, int] = {
    **dict.fromkeys(("row_title", "document_title", "reason_title", "draft_title"), limits.VIEW_TITLE),
    **dict.fromkeys(("close", "reason_send", "draft_send"), limits.VIEW_TITLE),
    **dict.fromkeys(
        ("button_row", "button_document", "button_publish", "row_open", "home_all", "home_refresh", "draft_open"),
        limits.BUTTON_TEXT,
    ),
    **dict.fromkeys(
        ("feedback_up", "feedback_down", "feedback_up_label", "feedback_down_label"),
        limits.BUTTON_TEXT,
    ),
}


@dataclass(frozen=True)
class Wording:
    """What is said in Slack."""

    texts: Mapping[str, str]

    def say(self, name: str, **parts: object) -> str:
        """One text, filled in."""
        return self.texts[name].format_map(parts) if parts else self.texts[name]


@cache
def wording() -> Wording:
    """The texts; raises ``SettingsError`` when one is missing, unknown, too long or has a mark that nobody fills."""
    content = load_yaml(_FILE)
    texts = content if isinstance(content, dict) else {}
    expected = set(_PLAIN.split()) | set(_MARKS)
    if wrong := sorted(expected ^ set(texts)):
        raise SettingsError(f"prompts/{_FILE}: faltan o sobran los textos {', '.join(wrong)}.")
    for name, text in texts.items():
        if reason := _fault(name, text):
            raise SettingsError(f"prompts/{_FILE}: el texto «{name}» {reason}.")
    return Wording(texts)


def _fault(name: str, text: Any) -> str | None:
    """What is wrong with a text, or None."""
    if not isinstance(text, str) or not text.strip():
        return "está vacío"
    if len(text) > _SHORT.get(name, limits.SECTION_TEXT):
        return f"pasa de {_SHORT.get(name, limits.SECTION_TEXT)} caracteres"
    if name in _MARKS:
        unknown = {key for _, key, _, _ in string.Formatter().parse(text) if key} - _MARKS[name]
        return f"tiene marcas que nadie llena: {', '.join(sorted(unknown))}" if unknown else None
    return None
