"""Wall and CPU time of pieces of work that take turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Seconds: ``cpu`` is of all threads and of the child processes that have ended."""

    wall: float
    cpu: float


def timed(work: Callable[[], Any]) -> Timing:
    """How long a piece of work takes."""
    before, begun = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - begun, os.times()
    spent = (after[i] - before[i] for i in range(4))  # user and system, ours and the children's
    return Timing(wall=wall, cpu=sum(spent))


def medians(timings: Sequence[Timing]) -> Timing:
    """The median wall and the median CPU time."""
    return Timing(wall=median(t.wall for t in timings), cpu=median(t.cpu for t in timings))


def interleave(turns: Callable[[int], Iterator[tuple[str, Callable[[], Any]]]], rounds: int) -> dict[str, list[Timing]]:
    """Time the named pieces of work of each round in order: A B C A B C …

    ``turns`` yields the pieces of the round of a number; what it does between them is not timed.
    """
    found: dict[str, list[Timing]] = {}
    for number in range(rounds):
        for name, work in turns(number):
            found.setdefault(name, []).append(timed(work))
    return found
