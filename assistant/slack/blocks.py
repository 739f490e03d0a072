"""The pieces of Block Kit that Cabildo uses, each within Slack's limits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.slack import limits
from assistant.slack.text import cut, escape

Block = dict[str, Any]
Element = dict[str, Any]

#: A table's cell must not be empty.
_NOTHING = "—"


def plain(text: str, limit: int) -> Element:
    """A plain text object; ``:x:`` in it stays what it is."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, limits.HEADER_TEXT)}


def section(mrkdwn: str) -> Block:
    """Text of ours in mrkdwn; what documents or people say in it must have been escaped."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": cut(mrkdwn, limits.SECTION_TEXT)}, "expand": True}


def context(*texts: str) -> Block:
    """Small grey print, each text literally."""
    elements = [{"type": "mrkdwn", "text": cut(escape(text), limits.SECTION_TEXT)} for text in texts if text]
    return {"type": "context", "elements": elements[: limits.CONTEXT_ELEMENTS]}


def above(mrkdwn: str) -> Block:
    """Small grey print in mrkdwn; what people wrote in it must have been escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(mrkdwn, limits.SECTION_TEXT)}]}


def divider() -> Block:
    return {"type": "divider"}


def literal(text: str) -> Block:
    """A text exactly as it is, whatever characters it has."""
    return rich([(text, False)])


def rich(parts: Iterable[tuple[str, bool]]) -> Block:
    """Runs of literal text, some in bold, one after the other."""
    elements: list[Element] = []
    room = limits.SECTION_TEXT
    for text, bold in parts:
        shown = cut(text, room) if room > 1 else ""
        if shown:
            elements.append({"type": "text", "text": shown} | ({"style": {"bold": True}} if bold else {}))
            room -= len(shown)
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def labelled(pairs: Sequence[tuple[str, str]], first: str = "") -> Block:
    """Lines of «label: text», after a first line in bold; texts literally, and alone where they have no label."""
    runs: list[tuple[str, bool]] = [(first, True)] if first else []
    for label, text in pairs:
        runs += [(("\n" if runs else "") + (f"{label}: " if label else ""), True), (text, False)]
    return rich(runs)


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    """A native table. The caller keeps to ``TABLE_ROWS`` and ``TABLE_COLUMNS``."""
    lines = [heading, *rows]
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": text.strip() or _NOTHING} for text in line] for line in lines],
        "column_settings": [{"is_wrapped": True} for _ in heading],
    }


def actions(elements: Sequence[Element], block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements[: limits.ACTION_ELEMENTS])}
    return block | ({"block_id": block_id} if block_id else {})


def button(text: str, action_id: str, value: str | None = None, url: str | None = None) -> Element:
    """A button; with ``url`` it opens that address (and still tells us it was pressed)."""
    made: Element = {"type": "button", "text": plain(text, limits.BUTTON_TEXT), "action_id": action_id}
    if value is not None:
        made["value"] = value
    if url is not None:
        made["url"] = url
    return made


def select(placeholder: str, action_id: str, options: Iterable[tuple[str, str]]) -> Element:
    """A list to choose one of (text, value) from."""
    made = [{"text": plain(text, limits.OPTION_TEXT), "value": value} for text, value in options]
    return {
        "type": "static_select",
        "placeholder": plain(placeholder, 150),
        "action_id": action_id,
        "options": made[: limits.SELECT_OPTIONS],
    }


def feedback(action_id: str, up: tuple[str, str, str], down: tuple[str, str, str]) -> Block:
    """The two thumbs; each is (text, label for screen readers, value)."""

    def thumb(text: str, label: str, value: str) -> Element:
        return {"text": plain(text, limits.BUTTON_TEXT), "accessibility_label": label, "value": value}

    buttons = {
        "type": "feedback_buttons",
        "action_id": action_id,
        "positive_button": thumb(*up),
        "negative_button": thumb(*down),
    }
    return {"type": "context_actions", "elements": [buttons]}


def text_input(
    block_id: str, label: str, *, initial: str = "", placeholder: str = "", hint: str = "", optional: bool = False
) -> Block:
    """A field of several lines; its value is found under ``block_id`` and the action «text»."""
    element: Element = {"type": "plain_text_input", "action_id": "text", "multiline": True}
    element["max_length"] = limits.INPUT_TEXT
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label, limits.INPUT_LABEL)}
    block |= {"element": element, "optional": optional}
    return block | ({"hint": plain(hint, limits.INPUT_LABEL)} if hint else {})


def date_input(block_id: str, label: str) -> Block:
    """A field for a date that may stay empty, under ``block_id`` and the action «date»."""
    element = {"type": "datepicker", "action_id": "date"}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, limits.INPUT_LABEL),
        "element": element,
        "optional": True,
    }


def image(alt: str, *, url: str | None = None, file_id: str | None = None) -> Block:
    """A picture at an address, or one that was uploaded."""
    where: Mapping[str, Any] = {"image_url": url} if url is not None else {"slack_file": {"id": file_id}}
    return {"type": "image", "alt_text": cut(alt, limits.ALT_TEXT), **where}


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    close: str,
    submit: str | None = None,
    callback_id: str | None = None,
    metadata: str | None = None,
) -> dict[str, Any]:
    """A window; ``metadata`` comes back with its submission."""
    view: dict[str, Any] = {"type": "modal", "title": plain(title, limits.VIEW_TITLE)}
    view |= {"close": plain(close, limits.VIEW_TITLE), "blocks": list(blocks[: limits.VIEW_BLOCKS])}
    if submit is not None:
        view["submit"] = plain(submit, limits.VIEW_TITLE)
    if callback_id is not None:
        view["callback_id"] = callback_id
    if metadata is not None:
        view["private_metadata"] = metadata
    return view


def letters(block: Any) -> int:
    """How many characters of text stand in a block, at any depth."""
    if isinstance(block, Mapping):
        own = len(block["text"]) if isinstance(block.get("text"), str) else 0
        return own + sum(letters(value) for value in block.values() if not isinstance(value, str))
    if isinstance(block, list | tuple):
        return sum(map(letters, block))
    return 0
