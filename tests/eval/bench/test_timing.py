"""Pieces of work take turns and are timed one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from eval.bench.timing import Timing, interleave, medians, timed


def test_work_takes_turns_and_what_is_done_between_is_not_timed() -> None:
    done: list[str] = []

    def turns(number: int) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "a", lambda: done.append(f"a{number}")
        time.sleep(0.05)
        yield "b", lambda: done.append(f"b{number}")

    found = interleave(turns, 3)
    assert done == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert {name: len(each) for name, each in found.items()} == {"a": 3, "b": 3}
    assert all(timing.wall < 0.05 for each in found.values() for timing in each)


def test_waiting_takes_wall_time_and_no_cpu_time() -> None:
    waited = timed(lambda: time.sleep(0.1))
    assert waited.wall >= 0.1
    assert waited.cpu < 0.1


def test_the_median_is_of_wall_and_cpu_apart() -> None:
    assert medians([Timing(1, 9), Timing(3, 2), Timing(2, 5)]) == Timing(2, 5)
