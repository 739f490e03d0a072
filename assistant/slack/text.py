"""Texts on their way to Slack and from it: escaped, cut to size, freed of Slack's own marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = re.compile(r"<([^<>]+)>")
#: Characters that mean something in Markdown (CommonMark 2.4 lets each be escaped); < > & are entities there.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!~|-])")
_LISTED = re.compile(r"^(\s*)(\d+)\.", re.MULTILINE)
_ELLIPSIS = "…"


def escape(text: str) -> str:
    """Text as mrkdwn shows it literally: & < > are the three characters Slack asks to escape.

    See docs.slack.dev/messaging/formatting-message-text. Asterisks, underscores, tildes and backticks cannot be escaped
    in mrkdwn, so what documents say goes into rich text and plain text, where they mean nothing.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_markdown(text: str) -> str:
    """Text as Markdown shows it literally, its line breaks kept; what Slack's streaming calls take is Markdown."""
    lines = _LISTED.sub(r"\1\2\\.", _MARKDOWN.sub(r"\\\1", text))
    return escape(lines)


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, with an ellipsis where something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most ``limit`` characters, cut at line breaks, then at spaces, then anywhere."""
    while len(text) > limit:
        at = max(text.rfind("\n", 1, limit + 1), 0) or max(text.rfind(" ", 1, limit + 1), 0) or limit
        yield text[:at]
        text = text[at:].removeprefix("\n") if text[at : at + 1] == "\n" else text[at:]
    if text:
        yield text


def question_of(text: str, bot_user: str | None = None) -> str:
    """What somebody wrote to the bot, as they see it: without the mention, links and channels by their names."""

    def plain(match: re.Match[str]) -> str:
        inside = match.group(1)
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return " " if target[1:] == bot_user or not label else f"@{label}"
        if target.startswith("#"):
            return f"#{label or target[1:]}"
        if target.startswith("!"):
            return label
        return label or target

    bare = _MARKS.sub(plain, text)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        bare = bare.replace(entity, char)
    return re.sub(r"[ \t\u00a0]+", " ", bare).strip()
