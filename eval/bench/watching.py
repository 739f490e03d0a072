"""A command run to its end, with the time it took and the most memory it and its children held (Linux)."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench.timing import Timing

_EVERY = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Watched:
    """What a command took: seconds (the processor's of its children too), and bytes held at the worst moment.

    ``own`` is the command's process, ``children`` those below it, ``together`` all at once, shared pages counted for
    each; 0 where the system does not tell.
    """

    code: int
    output: str
    timing: Timing
    own: int
    children: int
    together: int


def watch(command: Sequence[str], environment: Mapping[str, str]) -> Watched:
    """Run a command; its two streams are one output."""
    own = below = together = 0
    before, begun = os.times(), time.perf_counter()
    with subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        while process.poll() is None:
            first, rest = resident(process.pid), sum(map(resident, descendants(process.pid)))
            own, below, together = max(own, first), max(below, rest), max(together, first + rest)
            time.sleep(_EVERY)
        wall, after = time.perf_counter() - begun, os.times()
        output = process.stdout.read() if process.stdout is not None else ""
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Watched(process.returncode, output, Timing(wall, spent), own, below, together)


def resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 when it is gone or the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def descendants(pid: int) -> list[int]:
    """The processes below one, whatever group they are in."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in thread.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found
