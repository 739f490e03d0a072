"""A language model as the writer of answers, and the guard that checks each sentence before anybody sees it.

``composed answer + citations ──prompt──▶ model ──sentences──▶ guard ──▶ sentences``, or else the composed answer
"""

from __future__ import annotations

from assistant.writer.vocabulary import names_of
from assistant.writer.writer import Task, Writer, load_writer

__all__ = ["Task", "Writer", "load_writer", "names_of"]
