"""The windows and the home tab. Pure: records in, views out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answer import Citation
from assistant.petitions.days import in_words
from assistant.slack import limits
from assistant.slack.blocks import (
    Block,
    actions,
    button,
    context,
    date_input,
    divider,
    header,
    image,
    labelled,
    literal,
    modal,
    rich,
    section,
    text_input,
)
from assistant.slack.cited import one_row
from assistant.slack.links import Links
from assistant.slack.text import cut, pieces
from assistant.slack.wording import Wording
from assistant.standing_text import percent_text, progress_text

View = dict[str, Any]

_HOME_DOCUMENTS = 20
_DRAFT_PARTS = 10
DRAFT, REASON = "draft_reply", "feedback_reason"


def row_view(row: Mapping[str, Any], links: Links, words: Wording, picture: Block | None = None) -> View:
    """A whole row, as ``assistant.render.row_json`` gives it: its path, its cells verbatim, progress, place, doubts."""
    place = " · ".join(part for part in (row["document"], row["entity"], row["period"], row["place"]) if part)
    own = [(words.say("row_dependency"), row["dependency"])] if row["dependency"] else []
    blocks = [labelled([*((level, value) for level, value in row["path"]), *own], row["indicator"] or row["metric"])]
    blocks += list(_cells(row))
    standing = row["standing"] or {}
    progress = [
        (words.say("row_progress"), progress_text(standing)),
        (words.say("row_percent"), percent_text(standing)),
    ]
    if told := [(label, text) for label, text in progress if text]:
        blocks.append(labelled(told))
    blocks += [literal(f"{words.say('row_warning')}: {warning['message']}") for warning in row["warnings"][:5]]
    blocks.append(context(place))
    if url := links.row(row["row_id"]):
        blocks.append(actions([button(words.say("row_open"), "open_link", url=url)]))
    return _window(words, "row_title", _drop_empty(blocks) + ([picture] if picture else []))


def _cells(row: Mapping[str, Any]) -> Iterator[Block]:
    """The cells verbatim, as many to a block as fit; a row without cells is told by its quote."""
    pairs: list[tuple[str, str]] = []
    room = limits.SECTION_TEXT
    for heading, text in [cell for cell in row["cells"] if cell[1].strip()] or [("", row["quote"])]:
        for piece in pieces(text, limits.SECTION_TEXT - len(heading) - 10):
            size = len(heading) + len(piece) + 3
            if size > room and pairs:
                yield labelled(pairs)
                pairs, room = [], limits.SECTION_TEXT
            pairs.append((heading, piece))
            room -= size
    if pairs:
        yield labelled(pairs)


def cited_view(citation: Citation, words: Wording) -> View:
    """A row that is not there any more, as it was cited."""
    return _window(words, "row_title", [context(words.say("row_replaced")), one_row(citation, words)])


def document_view(document: Mapping[str, Any], words: Wording) -> View:
    """A document, as ``assistant.render.document_json`` gives it."""
    pairs = [
        (words.say("document_file"), document["document"]),
        (words.say("row_entity"), document["entity"] or words.say("home_unknown")),
        (words.say("row_period"), document["period"] or words.say("home_unknown")),
        (words.say("document_kind"), words.say(f"kind_{document['kind']}")),
        (words.say("document_office"), document["office"] or words.say("home_unknown")),
        (words.say("document_rows"), str(document["rows"])),
        (words.say("document_date"), _day(document)),
    ]
    return _window(words, "document_title", [labelled(pairs, document["title"])])


def note_view(title: str, text: str, words: Wording) -> View:
    """A window that says one thing."""
    return _window(words, title, [literal(text)])


def reason_view(answer_id: str, words: Wording) -> View:
    """Why an answer was no good."""
    field = text_input("reason", words.say("reason_label"), placeholder=words.say("reason_placeholder"))
    return modal(
        words.say("reason_title"),
        [field],
        close=words.say("close"),
        submit=words.say("reason_send"),
        callback_id=REASON,
        metadata=json.dumps({"answer_id": answer_id}),
    )


def draft_view(petition: str, words: Wording) -> View:
    """The petition's text, in as many fields as it needs, and the day it came."""
    parts = list(pieces(petition, limits.INPUT_TEXT)) or [""]
    blocks: list[Block] = [context(words.say("draft_cut"))] if len(parts) > _DRAFT_PARTS else []
    for index, part in enumerate(parts[:_DRAFT_PARTS]):
        label, hint = ("draft_label_more", "") if index else ("draft_label", words.say("draft_hint"))
        blocks.append(text_input(f"part_{index}", words.say(label), initial=part, hint=hint, optional=index > 0))
    blocks.append(date_input("received", words.say("draft_received")))
    return modal(
        words.say("draft_title"),
        blocks,
        close=words.say("close"),
        submit=words.say("draft_send"),
        callback_id=DRAFT,
    )


def home_view(
    documents: Sequence[Mapping[str, Any]], examples: Sequence[str], bot: str, links: Links, words: Wording
) -> View:
    """The home tab: what documents there are, with their dates, and what to ask."""
    blocks = [header(words.say("home_title")), section(words.say("home_intro", bot=bot))]
    if examples:
        blocks.append(literal(words.say("home_examples")))
        blocks.append(actions([button(text, f"ask:{index}", text) for index, text in enumerate(examples)], "examples"))
    blocks += [divider(), header(words.say("home_documents", count=len(documents)))]
    if not documents:
        blocks.append(literal(words.say("no_documents")))
    blocks += [rich(_document_line(document, words)) for document in documents[:_HOME_DOCUMENTS]]
    if len(documents) > _HOME_DOCUMENTS:
        blocks.append(context(words.say("home_more", count=len(documents) - _HOME_DOCUMENTS)))
    buttons = [button(words.say("home_refresh"), "home_refresh")]
    if url := links.documents():
        buttons.append(button(words.say("home_all"), "open_link", url=url))
    return {"type": "home", "blocks": [*blocks, actions(buttons, "home")][: limits.VIEW_BLOCKS]}


def _document_line(document: Mapping[str, Any], words: Wording) -> list[tuple[str, bool]]:
    facts = (
        document["entity"],
        document["period"],
        words.say(f"kind_{document['kind']}"),
        document["office"],
        words.say("home_document_rows", rows=document["rows"]),
        words.say("home_document_date", date=_day(document)),
    )
    title = cut(document["title"], limits.HEADER_TEXT)
    return [(title, True), ("\n" + " · ".join(fact for fact in facts if fact), False)]


def _day(document: Mapping[str, Any]) -> str:
    """'21 de noviembre de 2026': when a document was read in."""
    return in_words(date.fromisoformat(str(document["ingested_at"])[:10]))


def picture(alt: str, *, url: str | None = None, file_id: str | None = None) -> Block:
    """The page of a row."""
    return image(alt, url=url, file_id=file_id)


def with_block(view: View, block: Block) -> View:
    """The same window with one block more at its end; a full one stays as it is."""
    blocks = view["blocks"]
    return {**view, "blocks": [*blocks, block] if len(blocks) < limits.VIEW_BLOCKS else blocks}


def _window(words: Wording, title: str, blocks: Sequence[Block]) -> View:
    return modal(words.say(title), blocks, close=words.say("close"))


def _drop_empty(blocks: Sequence[Block]) -> list[Block]:
    """Without rich texts that have nothing in them, which Slack refuses."""
    return [b for b in blocks if b["type"] != "rich_text" or b["elements"][0]["elements"]]
