"""An answer as a Slack message. Pure: an answer in, text and blocks out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.export import KINDS
from assistant.slack import limits
from assistant.slack.blocks import Block, above, actions, button, context, feedback, letters, literal, select
from assistant.slack.cited import one_row, rows_table
from assistant.slack.links import Links
from assistant.slack.references import CitationRef, PublishRef
from assistant.slack.text import cut, escape, pieces
from assistant.slack.wording import Wording
from ingest.fold import fold

#: From so many rows on, a list is given as a file too.
LONG_LIST = 20
_MOST_SUGGESTIONS = 5
_FEW = 3  # rows
_LONGEST_FOLLOW_UP = 250  # characters; a button shows the first 75
_ANSWER_TEXT = 6_000  # characters of the sentences shown in blocks
_MARK = re.compile(r"\[(\d+)\]")
_ITEM = re.compile(r"^\s*- ")

ASK_AGAIN = re.compile(r"^ask:\d+$")


@dataclass(frozen=True)
class Message:
    """What is sent: blocks, and the text for notifications and screen readers, escaped as mrkdwn."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Setting:
    """Where the answer will stand: under whose question, whether it can be published, whether its text is streamed.

    ``above`` is mrkdwn, escaped already.
    """

    above: str | None = None
    publish: PublishRef | None = None
    is_streamed: bool = False


def answer_message(answer: Answer, links: Links, words: Wording, setting: Setting | None = None) -> Message:
    """The sentence, the cited rows, their buttons, the suggestions and the thumbs."""
    setting = setting or Setting()
    rows = [citation for citation in answer.citations if citation.kind != "filter"]
    shown, cited = _cited_blocks(answer, rows, words)
    text = _sentences(answer, rows[:shown] if len(rows) > 1 else [])
    blocks = [above(setting.above)] if setting.above else []
    if not setting.is_streamed:
        blocks += _text_blocks(text, words)
    blocks += cited
    if row_buttons := _row_buttons(answer, rows[:shown], links, words):
        blocks.append(actions(row_buttons, "rows"))
    blocks += list(_suggestions(answer, words))
    if setting.publish is not None:
        blocks.append(actions([button(words.say("button_publish"), "publish", setting.publish.value)], "publish"))
    if answer.answer_id:
        blocks.append(_thumbs(answer.answer_id, words))
    return Message(fallback(answer), _within_total(blocks))


def fallback(answer: Answer) -> str:
    """The answer as one text, for where there are no blocks."""
    return escape(cut(answer.answer, limits.MESSAGE_TEXT // 2))


def full_list(answer: Answer) -> bool:
    """Whether the rows are so many that they are given as a file."""
    rows = sum(citation.kind == "row" for citation in answer.citations)
    return rows > LONG_LIST or any(citation.kind == "filter" for citation in answer.citations)


def _cited_blocks(answer: Answer, rows: Sequence[Citation], words: Wording) -> tuple[int, list[Block]]:
    """How many rows are shown, and the blocks that show them and say which are not."""
    blocks: list[Block] = []
    shown = len(rows)
    if len(rows) == 1:
        blocks.append(one_row(rows[0], words))
    elif rows:
        made, shown = rows_table(rows, words)
        blocks.append(made)
    for citation in answer.citations:
        if citation.kind == "filter":
            filters = _filters(citation, words)
            blocks.append(context(words.say("filter_rows", n=citation.n, count=citation.count or 0, filters=filters)))
    if shown < len(rows):
        blocks.append(context(words.say("table_cut", shown=shown, count=len(rows))))
    elif full_list(answer):
        blocks.append(context(words.say("list_attached")))
    return shown, blocks


def _filters(citation: Citation, words: Wording) -> str:
    """The terms of a filter as people read them: 'programa: BATA BLANCA, clase: producto o resultado'."""
    told = []
    for name, value in (citation.filters or {}).items():
        label = f"filter_{name}" if f"filter_{name}" in words.texts else "filter_other"
        values = [KINDS.get(one, one) if name == "kind" else one for one in value.split("|")]
        told.append(f"{words.say(label)}: {' o '.join(values)}")
    return ", ".join(told)


def _sentences(answer: Answer, in_table: Sequence[Citation]) -> str:
    """The text without the lines whose rows all stand in the table below it, and without addresses for programs."""
    marks = {citation.n for citation in in_table}
    addresses = [citation.url for citation in answer.citations if citation.kind == "filter" and citation.url]

    def is_kept(line: str) -> bool:
        cited = {int(n) for n in _MARK.findall(line)}
        in_rows = bool(cited) and cited <= marks and _ITEM.match(line) is not None
        return not in_rows and not any(address in line for address in addresses)

    return "\n".join(filter(is_kept, answer.answer.splitlines())).strip() or answer.answer


def _text_blocks(text: str, words: Wording) -> list[Block]:
    if len(text) > _ANSWER_TEXT:
        text = f"{text[:_ANSWER_TEXT].rsplit(None, 1)[0]}{words.say('text_cut')}"
    return [literal(piece) for piece in pieces(text, limits.SECTION_TEXT)]


def _row_buttons(answer: Answer, rows: Sequence[Citation], links: Links, words: Wording) -> list[dict[str, object]]:
    refs = [(citation, CitationRef.of(answer.answer_id, citation)) for citation in rows]
    viewed = [(citation, ref) for citation, ref in refs if citation.row_id is not None and ref.fits]
    elements: list[dict[str, object]] = []
    if len(viewed) == 1:
        elements.append(button(words.say("button_row"), "row_view", viewed[0][1].value))
    elif viewed:
        options = [(f"[{citation.n}] {citation.indicator or citation.quote}", ref.value) for citation, ref in viewed]
        elements.append(select(words.say("choose_row"), "row_choose", options))
    if refs and len({citation.document for citation, _ in refs}) == 1:
        url = links.document_of(refs[0][0].row_id)
        elements.append(button(words.say("button_document"), "document_view", refs[0][1].value, url))
    return elements


def follow_ups(answer: Answer, words: Wording) -> list[str]:
    """What to ask after an answer about one row or a few: the rest of its programme, the rest of its office."""
    rows = [citation for citation in answer.citations if citation.kind == "row"]
    if answer.status != "answered" or not 1 <= len(rows) <= _FEW:
        return []
    row = rows[0]
    programme = next((value for level, value in row.path if value and fold(level).startswith("programa")), None)
    asked = [words.say("follow_up_programme", programme=programme)] if programme else []
    asked += [words.say("follow_up_dependency", dependency=row.dependency)] if row.dependency else []
    return [question for question in asked if len(question) <= _LONGEST_FOLLOW_UP]


def _suggestions(answer: Answer, words: Wording) -> Iterator[Block]:
    texts = answer.suggestions or follow_ups(answer, words)
    offered = [text for text in texts if 0 < len(text) <= limits.BUTTON_VALUE][:_MOST_SUGGESTIONS]
    if offered:
        yield context(words.say(f"suggestions_{answer.status}"))
        yield actions([button(text, f"ask:{index}", text) for index, text in enumerate(offered)], "suggestions")


def _thumbs(answer_id: str, words: Wording) -> Block:
    up = (words.say("feedback_up"), words.say("feedback_up_label"), f"up:{answer_id}")
    down = (words.say("feedback_down"), words.say("feedback_down_label"), f"down:{answer_id}")
    return feedback("feedback", up, down)


def _within_total(blocks: list[Block]) -> list[Block]:
    """The blocks, the longest texts among them left out until Slack takes the message; the thumbs always stay."""
    kept = blocks[: limits.MESSAGE_BLOCKS]
    while letters(kept) > limits.MESSAGE_TOTAL:
        longest = max((block for block in kept if block["type"] != "rich_text"), key=letters, default=kept[0])
        kept = [block for block in kept if block is not longest]
    return kept
