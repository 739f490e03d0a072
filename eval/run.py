"""A run: the questions of a set put to an assistant, some at a time, each answer graded, timed and kept at once.

``set ──ask──▶ answers ──grade──▶ CaseRun ──journal──▶ Run`` · what was answered before a run was killed is not asked
again: the journal has it.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.answer import Answer, Question
from eval import provenance
from eval.cases import Case, Expect, QuestionSet
from eval.counting import count, retrieved
from eval.grade import grade, is_secret, unanswered
from eval.holdings import Records, stale_reason, with_copies
from eval.journal import Journal, open_journal
from eval.numbers import plain
from eval.record import RUN_FORMAT, CaseRun, Provenance, Run, Usage
from eval.runs import run_id
from eval.targets import Target
from eval.usage import counting_usage
from ingest.errors import CabildoError
from ingest.fold import fold_in_place

#: Told (questions done, questions in all, id of the one that was answered last, or None at the end).
Progress = Callable[[int, int, str | None], None]

_OMITTED = "‹omitido›"
_WAIT_SECONDS = 0.2
Value = TypeVar("Value", bound=BaseModel)


@dataclass(frozen=True)
class Options:
    """How a run is made: questions at a time (None: as suits who answers), and where its journal is kept, if at all."""

    jobs: int | None = None
    journal: Path | None = None
    fresh: bool = False
    progress: Progress | None = None
    #: Told how many answers of a run that was cut short were found.
    on_resumed: Callable[[int], None] | None = None


def run_set(
    questions: QuestionSet, target: Target, options: Options | None = None, records: Records | None = None
) -> Run:
    """Ask every question of the set, one conversation each, and grade what comes back.

    ``records`` is what the expected rows said in runs before (:func:`eval.holdings.records_of`). A question that fails
    is a case without an answer; it stops nothing. Ctrl-C stops the run between questions; its journal stays.
    """
    options = options or Options()
    jobs = options.jobs or target.jobs
    started = datetime.now(UTC)
    header = _header(questions, target.made_by, started)
    if options.journal is None:
        made, elapsed = _ask_all(questions, target, options, jobs, records or {}, None)
        return _run(questions, target, header, jobs, made, elapsed)
    with open_journal(options.journal, header, fresh=options.fresh) as journal:
        if journal.done and options.on_resumed is not None:
            options.on_resumed(len(journal.done))
        before = sum(case.elapsed_ms + case.history_ms for case in journal.done.values()) / 1000
        made, elapsed = _ask_all(questions, target, options, jobs, records or {}, journal)
        return _run(questions, target, journal.header, jobs, made, before + elapsed)


def _header(questions: QuestionSet, made_by: Provenance, started: datetime) -> dict[str, Any]:
    """What a run is, so that another beginning of it is known for the same."""
    return {
        "run_id": run_id(questions.name, started),
        "started_at": started.isoformat(timespec="seconds"),
        "run_format": RUN_FORMAT,
        "set_sha256": questions.sha256,
        "made_by": made_by.model_dump(mode="json"),
    }


def _run(
    questions: QuestionSet, target: Target, header: dict[str, Any], jobs: int, cases: Sequence[CaseRun], elapsed: float
) -> Run:
    return Run(
        run_format=RUN_FORMAT,
        run_id=header["run_id"],
        set_name=questions.name,
        set_sha256=questions.sha256,
        made_by=target.made_by,
        machine=provenance.machine(),
        jobs=jobs,
        started_at=header["started_at"],
        elapsed_s=round(elapsed, 3),
        cases=tuple(cases),
    )


def _ask_all(
    questions: QuestionSet, target: Target, options: Options, jobs: int, records: Records, journal: Journal | None
) -> tuple[list[CaseRun], float]:
    """Every case in the set's order, and the seconds from the first question to the last answer.

    The threads only ask; this one grades and keeps each answer while the next is being made.
    """
    done: dict[str, CaseRun] = dict(journal.done) if journal is not None else {}
    pending = [with_copies(case, target.holdings) for case in questions.cases if case.id not in done]
    secrets = secrets_of(questions.cases)
    tell = options.progress or _silent
    begun = time.perf_counter()
    with closing(_Asking(target, jobs)) as asking:
        for case, asked in asking.answers(pending):
            tell(len(done), len(questions.cases), case.id)
            made = graded(case, asked, target, secrets, records)
            if journal is not None:
                journal.append(made)
            done[case.id] = made
    tell(len(questions.cases), len(questions.cases), None)
    return [done[case.id] for case in questions.cases], time.perf_counter() - begun


def _silent(_done: int, _total: int, _current: str | None) -> None:
    """Progress that nobody watches."""


class _Asking:
    """Threads that ask one question each; closed early, those under way end and no other begins."""

    def __init__(self, target: Target, jobs: int) -> None:
        self._target = target
        self._executor = ThreadPoolExecutor(max(1, jobs), thread_name_prefix="eval")

    def answers(self, cases: Sequence[Case]) -> Iterator[tuple[Case, Asked]]:
        """Each case with what came of it, in the order in which they end."""
        asked = {self._executor.submit(ask_case, case, self._target): case for case in cases}
        waiting = set(asked)
        while waiting:
            ended, waiting = wait(waiting, timeout=_WAIT_SECONDS, return_when=FIRST_COMPLETED)
            # answers first, so that they are kept before an interruption is raised
            for future in sorted(ended, key=lambda one: one.exception() is not None):
                yield asked[future], future.result()

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


# ------------------------------------------------------------------ one question


@dataclass(frozen=True)
class Asked:
    """What came of asking: the last answer, or why there is none; seconds it took and those before it; tokens used."""

    answer: Answer | None = None
    failure: str = ""
    elapsed: float = 0.0
    history: float = 0.0
    usage: Usage | None = None


def run_case(case: Case, target: Target, secrets: Sequence[str] = (), records: Records | None = None) -> CaseRun:
    """One question asked and graded."""
    return graded(case, ask_case(case, target), target, secrets, records or {})


def ask_case(case: Case, target: Target) -> Asked:
    """One question after its history, in one conversation."""
    history = elapsed = 0.0
    conversation: str | None = None
    answer: Answer | None = None
    with counting_usage(target.made_by.chat_model) as usage:
        for text in (*case.history, case.question):
            history += elapsed
            begun = time.perf_counter()
            try:
                answer = target.ask(Question(question=text, conversation_id=conversation))
            except Exception as error:
                # Only the errors of the house are written for people; another's may quote a document or a citizen.
                reason = str(error) if isinstance(error, CabildoError) else type(error).__name__
                return Asked(None, reason, time.perf_counter() - begun, history, usage())
            elapsed = time.perf_counter() - begun
            conversation = answer.conversation_id
        return Asked(answer, "", elapsed, history, usage())


def graded(case: Case, asked: Asked, target: Target, secrets: Sequence[str], records: Records) -> CaseRun:
    """What is kept of a question: only its last answer is graded and timed.

    What must not come out at all (``secrets``) is graded and then left out.
    """
    verdict = unanswered(asked.failure) if asked.answer is None else grade(case, asked.answer)
    now = [target.holdings.record(row) for row in case.expect.rows] if target.holdings.files else []
    made = CaseRun(
        id=case.id,
        category=case.category,
        question=case.question,
        history=case.history,
        user=case.user,
        expect=_without_hidden(case),
        answer=asked.answer,
        grade=verdict,
        stale=None if verdict.right or not now else stale_reason(case, now, target.holdings, records),
        rows=tuple(now),
        counts=count(case, asked.answer, verdict.unsupported),
        retrieved=retrieved(case, target.search),
        usage=asked.usage,
        elapsed_ms=round(asked.elapsed * 1000, 1),
        history_ms=round(asked.history * 1000, 1),
    )
    return without_secrets(made, secrets)


def _without_hidden(case: Case) -> Expect:
    """What was expected, but for texts that must not come out at all: they are not kept either."""
    kept = tuple(text for text in case.expect.absent if not is_secret(case, text))
    return case.expect.model_copy(update={"absent": kept})


def secrets_of(cases: Sequence[Case]) -> list[str]:
    """What the set forbids to come out at all, the longest first."""
    found = {text for case in cases for text in case.expect.absent if is_secret(case, text)}
    return sorted(found, key=len, reverse=True)


def without_secrets(value: Value, secrets: Sequence[str]) -> Value:
    """The value as it may be kept: each secret masked wherever it stands, in any spelling."""
    if not secrets:
        return value
    dumped = plain(value.model_dump_json())
    if not any(plain(secret) in dumped for secret in secrets):
        return value
    return type(value).model_validate(_masked(value.model_dump(), secrets))


def _masked(value: Any, secrets: Sequence[str]) -> Any:
    if isinstance(value, dict):
        return {key: _masked(part, secrets) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(part, secrets) for part in value]
    if not isinstance(value, str):
        return value
    for secret in secrets:
        pattern = re.compile(r"\s+".join(map(re.escape, fold_in_place(secret).split())))
        for found in reversed(list(pattern.finditer(fold_in_place(value)))):
            value = value[: found.start()] + _OMITTED + value[found.end() :]
    return value


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed (nearest rank); 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
