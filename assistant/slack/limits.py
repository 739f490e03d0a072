"""What Slack takes at most, from its Block Kit reference (docs.slack.dev/reference/block-kit) and method pages."""

from __future__ import annotations

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_TEXT = 4_000  # characters that `text` should not pass; Slack cuts at 40,000
MARKDOWN_TEXT = 12_000  # of one call that streams
SECTION_TEXT = 3_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTION_ELEMENTS = 25
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
OPTION_TEXT = 75
OPTION_VALUE = 150
SELECT_OPTIONS = 100
TABLE_ROWS = 100  # the heading among them
TABLE_COLUMNS = 20
VIEW_TITLE = 24
VIEW_METADATA = 3_000
INPUT_TEXT = 3_000
INPUT_LABEL = 2_000
PROMPTS = 4
ALT_TEXT = 2_000
URL = 3_000

#: Of all texts of one message together. Slack refuses with ``msg_blocks_too_long`` somewhere above 13,000 without
#: saying where (github.com/slackapi/bolt-js/issues/2509).
MESSAGE_TOTAL = 10_000
