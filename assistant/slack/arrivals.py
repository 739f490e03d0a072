"""Acknowledgements first: work begins when nothing more arrives. Slack waits for three seconds, people for longer."""

from __future__ import annotations

import asyncio
import time

#: So long nothing may have arrived, and so long the work waits for that at most.
_QUIET_SECONDS = 0.05
_LONGEST_WAIT = 1.0


class Arrivals:
    """Knows when something last arrived. Fifty mentions at once are then acknowledged before the first is answered:
    answering takes the processor, which one interpreter has once."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def note(self) -> None:
        """Something arrived."""
        self._last = time.monotonic()

    async def over(self) -> None:
        """Wait until nothing arrives any more, but not for long."""
        until = time.monotonic() + _LONGEST_WAIT
        while (pause := min(self._last + _QUIET_SECONDS, until) - time.monotonic()) > 0:
            await asyncio.sleep(pause)
