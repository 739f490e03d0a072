"""What buttons and the shortcut open: rows with their pages, documents, opinions, drafts; and the home tab."""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from datetime import date
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.answer import Citation
from assistant.api.unexpected import log_incident
from assistant.petitions.days import in_words
from assistant.render import document_json, row_json
from assistant.slack.access import Refusal
from assistant.slack.answers import Message
from assistant.slack.blocks import Block, actions, button, context, labelled, literal
from assistant.slack.delivery import SLACK_TROUBLE, DraftFile, Post
from assistant.slack.drafts import Draft
from assistant.slack.examples import example_questions
from assistant.slack.references import CitationRef
from assistant.slack.room import Room
from assistant.slack.text import escape
from assistant.slack.views import (
    View,
    cited_view,
    document_view,
    home_view,
    note_view,
    picture,
    row_view,
    with_block,
)
from assistant.store import Verdict
from ingest.errors import CabildoError, NotFoundError, StoreError
from ingest.records import Document, IndicatorRow

log = logging.getLogger(__name__)

_UPLOADS_REMEMBERED = 500


class Windows:
    """Opens and fills windows. A trigger is good for three seconds: what takes longer comes in afterwards."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._uploaded: OrderedDict[str, str] = OrderedDict()

    # Rows and documents

    async def open_row(self, trigger: str, value: str) -> None:
        """The whole row, then the picture of its page when there is one."""
        ref = CitationRef.parse(value)
        found = await self._room.threads.store(self._row, ref)
        if found is None:
            await self._open(trigger, await self._room.threads.store(self._as_cited, ref))
            return
        row, document, view = found
        if self._room.house.images.refusal(row, document) is not None:
            await self._open(trigger, view)
            return
        coming = context(self._room.words.say("row_image_coming"))
        opened = await self._open(trigger, with_block(view, coming))
        if opened is not None:
            await self._add_picture(opened, view, row, document)

    def _row(self, ref: CitationRef) -> tuple[IndicatorRow, Document, View] | None:
        knowledge = self._room.house.knowledge
        try:
            row = knowledge.row(ref.row_id or "")
            document = knowledge.document(row.document_id)
        except NotFoundError:
            return None
        told = row_json(row, document, knowledge.snapshot().standing(row))
        return row, document, row_view(told, self._room.links, self._room.words)

    def _as_cited(self, ref: CitationRef) -> View:
        citation = self._citation(ref)
        if citation is None:
            return note_view("row_title", self._room.words.say("row_gone"), self._room.words)
        return cited_view(citation, self._room.words)

    def _citation(self, ref: CitationRef) -> Citation | None:
        answer = self._room.assistant.conversations.answer(ref.answer_id)
        cited = () if answer is None else answer.citations
        return next((citation for citation in cited if citation.n == ref.n), None)

    async def _add_picture(self, view_id: str, view: View, row: IndicatorRow, document: Document) -> None:
        """The page as a picture: by its address when the server is public, else uploaded; else a line that says no."""
        images = self._room.house.images
        try:
            made = await self._room.threads.answer(images.image, row, document)
        except CabildoError as error:
            await self._update(view_id, with_block(view, context(str(error))))
            return
        alt = self._room.words.say("row_image")
        url = self._room.links.row_image(row.row_id)
        if url is not None and await self._update(view_id, with_block(view, picture(alt, url=url))):
            return
        file_id = await self._upload(images.etag(row, document), made, alt)
        if file_id is not None and await self._update(view_id, with_block(view, picture(alt, file_id=file_id))):
            return
        await self._update(view_id, with_block(view, context(self._room.words.say("row_image_failed"))))

    async def _upload(self, tag: str, content: bytes, title: str) -> str | None:
        """The id of an uploaded picture that stands in no channel; the same picture is uploaded once."""
        if tag in self._uploaded:
            return self._uploaded[tag]
        try:
            response = await self._room.web.files_upload_v2(filename=f"{tag}.png", title=title, content=content)
        except SLACK_TROUBLE as error:
            log.warning("a picture is not uploaded: %s", type(error).__name__)
            return None
        files: list[dict[str, Any]] = response.get("files") or []
        if not files:
            return None
        self._uploaded[tag] = str(files[0]["id"])
        while len(self._uploaded) > _UPLOADS_REMEMBERED:
            self._uploaded.popitem(last=False)
        return self._uploaded[tag]

    async def open_document(self, trigger: str, value: str) -> None:
        """What document a citation is from."""
        await self._open(trigger, await self._room.threads.store(self._document, CitationRef.parse(value)))

    def _document(self, ref: CitationRef) -> View:
        knowledge, words = self._room.house.knowledge, self._room.words
        citation = self._citation(ref)
        name = citation.document if citation is not None and citation.document is not None else ""
        try:
            reference = knowledge.row(ref.row_id).document_id if ref.row_id is not None else name
            return document_view(document_json(knowledge.document(reference)), words)
        except NotFoundError:
            return note_view("document_title", words.say("document_gone"), words)

    # Opinions

    async def keep_opinion(self, verdict: Verdict, answer_id: str, user: str, reason: str | None = None) -> bool:
        """Store what somebody thinks of an answer; False when it could not be."""
        add = self._room.assistant.conversations.add_feedback
        try:
            await self._room.threads.answer(add, answer_id, verdict, reason, user)
        except (NotFoundError, StoreError) as error:
            log.warning("an opinion is not kept: %s", type(error).__name__)
            return False
        return True

    # Drafts

    async def make_draft(self, petition: str, received: date | None, user: str) -> None:
        """Draft a reply and bring it to whoever asked for it, in a direct message."""
        drafts, words = self._room.drafts, self._room.words
        try:
            draft = await self._room.threads.answer(drafts.make, petition, received, user)
        except CabildoError as error:
            await self._tell(user, str(error))
            return
        except Exception as error:
            await self._tell(user, words.say("failed", incident=log_incident(error, "a draft from Slack")))
            return
        message = self._draft_message(draft)
        sent = await self._room.sender.send(Post(channel=user, text=message.text, blocks=message.blocks))
        if sent is not None:
            await self._room.sender.send(DraftFile(channel=sent.channel, thread_ts=sent.ts, draft_id=draft.id))

    def _draft_message(self, draft: Draft) -> Message:
        words = self._room.words
        lines = [words.say("draft_subject", subject=draft.subject)] if draft.subject else []
        lines += [words.say("draft_due", due=in_words(draft.due))] if draft.due else []
        lines.append(words.say("draft_asks", count=draft.asks, answered=draft.answered))
        blocks: list[Block] = [labelled([], words.say("draft_ready")), literal("\n".join(lines))]
        if url := self._room.links.petition(draft.id):
            blocks.append(actions([button(words.say("draft_open"), "open_link", url=url)]))
        return Message(escape(words.say("draft_ready")), blocks)

    async def _tell(self, user: str, text: str) -> None:
        await self._room.sender.send(Post(channel=user, text=escape(text)))

    # The home tab and what to ask

    def examples(self) -> list[str]:
        """Questions that the documents answer; read in a thread."""
        return example_questions(self._room.house.knowledge.snapshot().rows, self._room.words)

    async def publish_home(self, user: str, bot: str | None, refusal: Refusal | None = None) -> None:
        """The home tab as the documents are now; who may not ask sees only that."""
        if refusal is not None:
            view: View = {"type": "home", "blocks": [literal(self._room.words.say(f"refused_{refusal}"))]}
        else:
            view = await self._room.threads.store(self._home, f"<@{bot}>" if bot else "Cabildo")
        await self._room.web.views_publish(user_id=user, view=view)

    def _home(self, bot: str) -> View:
        documents = [document_json(document) for document in self._room.house.knowledge.documents()]
        return home_view(documents, self.examples(), bot, self._room.links, self._room.words)

    async def suggest_prompts(self, channel: str, thread_ts: str | None = None) -> None:
        """At most four prompts in the messages tab, or in a thread of the older assistant pane."""
        questions = await self._room.threads.store(self.examples)
        if not questions:
            return
        await self._room.web.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            # An agent's prompts are set without a thread: with one Slack quietly ignores them.
            thread_ts=thread_ts,
            title=self._room.words.say("prompts_title"),
            prompts=[{"title": question, "message": question} for question in questions],
        )

    # Slack's windows

    async def _open(self, trigger: str, view: View) -> str | None:
        """Open a window; returns its id, None when Slack does not (the trigger is too old, most often)."""
        try:
            response = await self._room.hints.views_open(trigger_id=trigger, view=view)
        except SLACK_TROUBLE as error:
            log.warning("a window does not open: %s", type(error).__name__)
            return None
        return str(response["view"]["id"])

    async def open(self, trigger: str, view: View) -> None:
        """Open a window that needs nothing more."""
        await self._open(trigger, view)

    async def _update(self, view_id: str, view: View) -> bool:
        try:
            await self._room.web.views_update(view_id=view_id, view=view)
        except SlackApiError:
            return False
        return True


def answer_of(metadata: str) -> str:
    """The answer a window about it is for. Raises ``ValueError`` for metadata that are not ours."""
    return str(json.loads(metadata)["answer_id"])
