"""Slack's documented limits as checks: every call that tests record is held to them, and to slack_sdk's own models.

The numbers are written here once more, from the Block Kit reference, and not taken from the code under test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]

IN_MESSAGES = {
    *("section", "divider", "image", "actions", "context", "context_actions", "header", "rich_text", "table"),
    *("markdown", "file", "video"),
}
IN_VIEWS = {"section", "divider", "image", "actions", "context", "header", "rich_text", "input"}


def faults(method: str, arguments: Json) -> list[str]:
    """What Slack would refuse in a call, with where it is."""
    found: list[str] = []
    if "blocks" in arguments and arguments["blocks"] is not None:
        found += _blocks(arguments["blocks"], 50, IN_MESSAGES)
    if "view" in arguments:
        found += list(_view(arguments["view"]))
    if method.startswith("chat.post") and not arguments.get("text"):
        found.append("text: a message with blocks needs a text for notifications")
    if len(arguments.get("text") or "") > 4_000:
        found.append("text: longer than 4,000 characters")
    if len(arguments.get("markdown_text") or "") > 12_000:
        found.append("markdown_text: longer than 12,000 characters")
    for chunk in arguments.get("chunks") or ():
        if len(chunk.get("text") or "") > 12_000:
            found.append("chunks: longer than 12,000 characters")
    if method == "assistant.threads.setSuggestedPrompts":
        found += list(_prompts(arguments["prompts"]))
    if method == "assistant.threads.setStatus" and len(arguments["status"]) > 100:
        found.append("status: too long to be read")
    return found


def _prompts(prompts: list[Json]) -> Iterator[str]:
    if not 1 <= len(prompts) <= 4:
        yield f"prompts: {len(prompts)} instead of 1 to 4"
    for prompt in prompts:
        if set(prompt) != {"title", "message"} or not all(prompt.values()):
            yield f"prompts: {prompt} has no title and message"


def _view(view: Json) -> Iterator[str]:
    yield from _blocks(view["blocks"], 100, IN_VIEWS)
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _text(f"view.{name}", view[name], 24, kinds=("plain_text",))
    if view["type"] == "modal" and "title" not in view:
        yield "view: a modal without a title"
    if len(view.get("private_metadata") or "") > 3_000:
        yield "view.private_metadata: longer than 3,000 characters"
    if len(view.get("callback_id") or "") > 255:
        yield "view.callback_id: longer than 255 characters"
    if any(block["type"] == "input" for block in view["blocks"]) and view["type"] == "modal" and "submit" not in view:
        yield "view: fields without a submit button"
    try:
        View(**view).validate_json()
    except (SlackObjectFormationError, TypeError) as error:
        yield f"view: {error}"


def _blocks(blocks: list[Json], most: int, allowed: set[str]) -> list[str]:
    found = [f"blocks: {len(blocks)}, more than {most}"] if len(blocks) > most else []
    ids = [block["block_id"] for block in blocks if block.get("block_id")]
    if len(ids) != len(set(ids)):
        found.append(f"blocks: a block_id twice: {ids}")
    if sum(block["type"] == "table" for block in blocks) > 1:
        found.append("blocks: only one table is allowed")
    if sum(_letters(block) for block in blocks) > 13_000:
        found.append("blocks: msg_blocks_too_long")
    for index, block in enumerate(blocks):
        where = f"blocks[{index}]"
        if block["type"] not in allowed:
            found.append(f"{where}: {block['type']} is not allowed here")
        elif check := _CHECKS.get(block["type"]):
            found += check(where, block)
        if len(block.get("block_id") or "") > 255:
            found.append(f"{where}: block_id longer than 255 characters")
        try:
            made = Block.parse(block)
            assert made is not None
            made.validate_json()
        except (SlackObjectFormationError, TypeError, AssertionError) as error:
            found.append(f"{where}: slack_sdk: {error}")
    return found


def _text(where: str, text: Any, most: int, *, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"{where}: {text!r} is no {' or '.join(kinds)}"
    elif not 1 <= len(text["text"]) <= most:
        yield f"{where}: {len(text['text'])} characters, not 1 to {most}"
    elif text["type"] == "mrkdwn" and "emoji" in text:
        yield f"{where}: emoji is for plain_text"


def _section(where: str, block: Json) -> list[str]:
    found = [] if "text" in block or "fields" in block else [f"{where}: neither text nor fields"]
    if "text" in block:
        found += _text(where, block["text"], 3_000)
    fields = block.get("fields", ())
    if len(fields) > 10:
        found.append(f"{where}: {len(fields)} fields, more than 10")
    return found + [fault for field in fields for fault in _text(where, field, 2_000)]


def _header(where: str, block: Json) -> list[str]:
    return list(_text(where, block["text"], 150, kinds=("plain_text",)))


def _context(where: str, block: Json) -> list[str]:
    elements = block["elements"]
    found = [] if 1 <= len(elements) <= 10 else [f"{where}: {len(elements)} elements, not 1 to 10"]
    for element in elements:
        if element["type"] != "image":
            found += _text(where, element, 3_000)
    return found


def _image(where: str, block: Json) -> list[str]:
    found = [] if 1 <= len(block["alt_text"]) <= 2_000 else [f"{where}: alt_text"]
    if ("image_url" in block) == ("slack_file" in block):
        found.append(f"{where}: either an address or a file")
    if len(block.get("image_url") or "") > 3_000:
        found.append(f"{where}: image_url longer than 3,000 characters")
    return found


def _actions(where: str, block: Json) -> list[str]:
    elements = block["elements"]
    found = [] if 1 <= len(elements) <= 25 else [f"{where}: {len(elements)} elements, not 1 to 25"]
    ids = [element["action_id"] for element in elements]
    if len(ids) != len(set(ids)):
        found.append(f"{where}: an action_id twice: {ids}")
    for element in elements:
        found += _element(f"{where}.{element['action_id']}", element)
    return found


def _element(where: str, element: Json) -> Iterator[str]:
    if len(element["action_id"]) > 255:
        yield f"{where}: action_id longer than 255 characters"
    match element["type"]:
        case "button":
            yield from _text(where, element["text"], 75, kinds=("plain_text",))
            if len(element.get("value") or "") > 2_000:
                yield f"{where}: value longer than 2,000 characters"
            if len(element.get("url") or "") > 3_000:
                yield f"{where}: url longer than 3,000 characters"
        case "static_select":
            yield from _text(where, element["placeholder"], 150, kinds=("plain_text",))
            if not 1 <= len(element["options"]) <= 100:
                yield f"{where}: {len(element['options'])} options, not 1 to 100"
            for option in element["options"]:
                yield from _text(where, option["text"], 75, kinds=("plain_text",))
                if not 1 <= len(option["value"]) <= 150:
                    yield f"{where}: an option's value of {len(option['value'])} characters"
        case "plain_text_input":
            if not 1 <= element.get("max_length", 3_000) <= 3_000:
                yield f"{where}: max_length above 3,000"
            if len(element.get("initial_value") or "") > element.get("max_length", 3_000):
                yield f"{where}: initial_value longer than max_length"
        case "datepicker":
            pass
        case other:
            yield f"{where}: {other} is not known to these checks"


def _context_actions(where: str, block: Json) -> list[str]:
    elements = block["elements"]
    found = [] if 1 <= len(elements) <= 5 else [f"{where}: {len(elements)} elements, not 1 to 5"]
    for element in elements:
        if element["type"] != "feedback_buttons":
            found.append(f"{where}: {element['type']} is not known to these checks")
            continue
        for side in ("positive_button", "negative_button"):
            button = element[side]
            found += _text(f"{where}.{side}", button["text"], 75, kinds=("plain_text",))
            if not 1 <= len(button["value"]) <= 2_000:
                found.append(f"{where}.{side}: value of {len(button['value'])} characters")
            if len(button.get("accessibility_label") or "") > 75:
                found.append(f"{where}.{side}: accessibility_label longer than 75 characters")
    return found


def _input(where: str, block: Json) -> list[str]:
    found = list(_text(where, block["label"], 2_000, kinds=("plain_text",)))
    if "hint" in block:
        found += _text(where, block["hint"], 2_000, kinds=("plain_text",))
    return found + list(_element(f"{where}.element", block["element"]))


def _rich_text(where: str, block: Json) -> list[str]:
    found = [] if block["elements"] else [f"{where}: nothing in it"]
    for section in block["elements"]:
        if section["type"] != "rich_text_section" or not section["elements"]:
            found.append(f"{where}: an empty or unknown section")
        for run in section["elements"]:
            if run["type"] != "text" or not run["text"]:
                found.append(f"{where}: an empty run of text")
    if _letters(block) > 3_000:
        found.append(f"{where}: {_letters(block)} characters")
    return found


def _table(where: str, block: Json) -> list[str]:
    rows = block["rows"]
    found = [] if 1 <= len(rows) <= 100 else [f"{where}: {len(rows)} rows, not 1 to 100"]
    if len({len(row) for row in rows}) != 1:
        found.append(f"{where}: rows of different lengths")
    if any(not 1 <= len(row) <= 20 for row in rows):
        found.append(f"{where}: more than 20 columns")
    if len(block.get("column_settings") or ()) > 20:
        found.append(f"{where}: more than 20 column settings")
    for row in rows:
        for cell in row:
            if cell["type"] != "raw_text" or not cell["text"]:
                found.append(f"{where}: an empty or unknown cell")
    return found


_CHECKS: dict[str, Callable[[str, Json], list[str]]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "image": _image,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "rich_text": _rich_text,
    "table": _table,
}


def _letters(value: Any) -> int:
    """How many characters of text stand in a block, at any depth."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_letters(item) for item in value.values() if not isinstance(item, str))
    return sum(map(_letters, value)) if isinstance(value, list) else 0
