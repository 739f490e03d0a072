"""The threads that Slack's work runs in, so that nothing of it stops the event loop: answering, and the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple, cast

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_STORE_WORKERS = 2


class Threads:
    """Two pools: questions that wait for a thread never keep an event from being claimed or a message from going."""

    def __init__(self, workers: int) -> None:
        self._answer = ThreadPoolExecutor(workers, thread_name_prefix="slack-answer")
        self._store = ThreadPoolExecutor(_STORE_WORKERS, thread_name_prefix="slack-store")

    async def answer(self, work: Callable[[*Ts], T], *arguments: *Ts) -> T:
        """Do what may take long."""
        return await asyncio.get_running_loop().run_in_executor(self._answer, work, *arguments)

    async def store(self, work: Callable[[*Ts], T], *arguments: *Ts) -> T:
        """Read or write a little of the database."""
        return await asyncio.get_running_loop().run_in_executor(self._store, work, *arguments)

    async def each(self, make: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """The values of an iterator that runs in a thread, each as soon as it is there."""
        loop = asyncio.get_running_loop()
        values: asyncio.Queue[tuple[bool, object]] = asyncio.Queue()

        def run() -> None:
            try:
                for value in make():
                    loop.call_soon_threadsafe(values.put_nowait, (True, value))
            except Exception as error:
                loop.call_soon_threadsafe(values.put_nowait, (False, error))
            else:
                loop.call_soon_threadsafe(values.put_nowait, (False, None))

        self._answer.submit(run)
        while True:
            goes_on, value = await values.get()
            if goes_on:
                yield cast(T, value)
            elif value is None:
                return
            else:
                raise cast(Exception, value)

    def close(self) -> None:
        """Let running work end; what has not begun is dropped."""
        self._answer.shutdown(wait=True, cancel_futures=True)
        self._store.shutdown(wait=True)
