"""Slack over HTTP: one route that checks signatures and hands what Slack sends to Bolt."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from starlette.responses import JSONResponse, Response

from assistant.slack.front import SlackFront

PATH = "/slack/events"


def add_slack(app: FastAPI, front: SlackFront) -> None:
    """Serve Slack's events, commands, buttons and windows at ``/slack/events``."""
    router = APIRouter()
    handler = AsyncSlackRequestHandler(front.app)

    @router.post(PATH, include_in_schema=False)
    async def events(request: Request) -> Response:
        try:
            return await handler.handle(request)
        except ValueError:  # no UTF-8 or no JSON: Bolt reads the body before it checks who signed it
            return JSONResponse({"error": "invalid request"}, status_code=401)

    app.include_router(router)
