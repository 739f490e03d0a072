"""Small pieces of work done behind the answer's back: queued, in order, in one thread, within limits."""

from __future__ import annotations

import atexit
import logging
from collections import deque
from collections.abc import Callable
from threading import Condition, Event, Thread, current_thread

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_any, wait_exponential
from tenacity.nap import sleep_using_event
from tenacity.stop import stop_when_event_set

from ingest.errors import StoreError

log = logging.getLogger(__name__)

CAPACITY = 500  # pieces of work that may wait
CLOSE_SECONDS = 5.0
_ATTEMPTS = 8
_LONGEST_PAUSE = 5.0  # seconds; all the pauses together outlast the restart of a database server


class WriteBehind:
    """Does small pieces of work in order, in one thread of its own; what fails is logged and never raised.

    Work that ends in ``StoreError`` is tried again. At most ``capacity`` pieces wait; more are refused, so that a
    database that is down does not fill the memory. The process's end waits ``close_seconds`` for the rest.
    """

    def __init__(self, *, capacity: int = CAPACITY, close_seconds: float = CLOSE_SECONDS) -> None:
        self._capacity = capacity
        self._close_seconds = close_seconds
        self._waiting: deque[tuple[str, Callable[[], None]]] = deque()
        self._changed = Condition()
        self._closing = Event()
        self._taken = 0
        self._done = 0
        self._thread: Thread | None = None

    def put(self, name: str, work: Callable[[], None]) -> bool:
        """Queue a piece of work; ``name`` stands for it in the log. False, and logged, when it is refused."""
        with self._changed:
            if self._closing.is_set() or len(self._waiting) >= self._capacity:
                why = "closed" if self._closing.is_set() else "full"
                log.error("%s is not written: the queue is %s", name, why)
                return False
            self._waiting.append((name, work))
            self._taken += 1
            if self._thread is None or not self._thread.is_alive():  # not yet, or left behind by a fork
                self._thread = Thread(target=self._run, name="write-behind", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._changed.notify_all()
            return True

    def flush(self, timeout: float) -> bool:
        """Wait until all that was queued before is done (or given up on); False when the time is over first."""
        with self._changed:
            wanted = self._taken
            return self._changed.wait_for(lambda: self._done >= wanted, timeout)

    def close(self) -> None:
        """Take no more work, and wait for what is queued; what is not done in time is logged as lost."""
        with self._changed:
            self._closing.set()
            self._changed.notify_all()
        atexit.unregister(self.close)
        if self._thread is None or self._thread is current_thread():
            return
        self._thread.join(self._close_seconds)
        if self._thread.is_alive():
            log.error("%d pieces of work are not written: there was no more time", self._taken - self._done)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing.is_set())
                if not self._waiting:
                    return
                name, work = self._waiting.popleft()
            self._attempt(name, work)
            with self._changed:
                self._done += 1
                self._changed.notify_all()

    def _attempt(self, name: str, work: Callable[[], None]) -> None:
        attempts = Retrying(
            retry=retry_if_exception_type(StoreError),
            stop=stop_any(stop_after_attempt(_ATTEMPTS), stop_when_event_set(self._closing)),
            wait=wait_exponential(multiplier=0.1, max=_LONGEST_PAUSE),
            sleep=sleep_using_event(self._closing),
            reraise=True,
        )
        try:
            attempts(work)
        except Exception as error:  # its class alone: a message may quote what somebody wrote
            log.error("%s is not written: %s", name, type(error).__name__)
