"""Verdicts as JUnit XML, as continuous integration shows them: a test case a question, a suite a category.

A wrong answer is a failure, no answer an error, a stale question skipped. Beside a run before it, only what broke since
is a failure, and a question that was wrong already is skipped with its reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from eval.cases import CATEGORIES
from eval.compare import Comparison
from eval.record import CaseRun, Run
from eval.reports.words import asked

if TYPE_CHECKING:
    from junitparser import TestCase

#: XML 1.0 has no such characters, escaped or not.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def run_junit(run: Run, comparison: Comparison | None = None) -> str:
    """The XML of a run, of a comparison's later run where there is one."""
    from junitparser import JUnitXml, TestSuite

    known_wrong = set()
    if comparison is not None:
        known_wrong = {one.case.id for one in comparison.questions if one.before is not None and not one.before.right}
    xml = JUnitXml(_plain(f"cabildo eval {run.set_name}"))
    for category in CATEGORIES:
        cases = [case for case in run.cases if case.category == category]
        if not cases:
            continue
        suite = TestSuite(category)
        suite.timestamp = run.started_at
        suite.add_testcases([_test_case(run, case, known_wrong) for case in cases])
        xml.add_testsuite(suite)
    xml.update_statistics()  # type: ignore[no-untyped-call]
    written: bytes = xml.tostring()  # type: ignore[no-untyped-call]
    return written.decode("utf-8")


def _test_case(run: Run, case: CaseRun, known_wrong: set[str]) -> TestCase:
    from junitparser import Error, Failure, Skipped, TestCase

    made = TestCase(
        _plain(f"{case.id}: {asked(case)}"), f"{_plain(run.set_name)}.{case.category}", case.elapsed_ms / 1000
    )
    why = _plain("; ".join(case.grade.problems))
    if case.right:
        return made
    if case.stale is not None:
        made.result = [Skipped(_plain(f"vencida: {case.stale}"))]
    elif case.id in known_wrong:
        made.result = [Skipped(f"ya estaba mal: {why}")]
    elif case.answer is None:
        made.result = [Error(why)]
    else:
        made.result = [Failure(why)]
        made.system_out = _plain(case.answer.answer)
    return made


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("�", text)
