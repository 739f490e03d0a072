"""Slack: officials ask in channels, in direct messages and with a command, and get cited answers once.

``event ──claim──▶ question ──assistant──▶ answer ──blocks──▶ delivery ──outbox──▶ Slack``. The same listeners serve
requests over HTTP (``assistant.slack.http``) and Socket Mode (``assistant.slack.socket_mode``).
"""
