"""A second reading of what a question set means, written from the words at the head of a set and nothing else.

It shares no line with ``eval``: plain dictionaries in, true or false out. Where the two disagree about an answer one of
them has misread the definition. What the definition leaves open is said at each rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]
MARK = re.compile(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]")
#: "000 and 001 repeat four rows"; the same words stand at the head of our own set about two of its documents.
OPEN_TWINS = {"000": "001", "001": "000"}
OWN_TWINS = {"plan-seguridad.txt": "plan-convivencia.csv", "plan-convivencia.csv": "plan-seguridad.txt"}


class Definition:
    """The rules for one set: its questions, and the documents that repeat rows of each other."""

    def __init__(self, questions: Sequence[Json], twins: Mapping[str, str]) -> None:
        self.twins = twins
        self.named = [row for question in questions for row in question["expect"].get("rows", [])]

    def right(self, question: Json, answer: Json) -> bool:
        """Whether an answer (the object of ``POST /v1/ask``) is right."""
        expect = question["expect"]
        several = isinstance(expect["status"], list)
        if answer["status"] not in (expect["status"] if several else [expect["status"]]):
            return False
        said = MARK.sub(" ", answer["answer"])
        if not several or answer["status"] == "answered":
            if not self.rows_right(question, answer) or not figures_right(expect, said):
                return False
            for computed in expect.get("computed", []):
                if not any(states(said, value) for value in [computed["value"], *computed.get("accept", [])]):
                    return False
        return all(bare(text) in bare(said) for text in expect.get("text", [])) and not any(
            bare(text) in bare(said) for text in expect.get("absent", [])
        )

    def rows_right(self, question: Json, answer: Json) -> bool:
        """any: at least one of the rows is cited; all: every row; set: these rows and no other row."""
        expect = question["expect"]
        rows = expect.get("rows", [])
        if not rows:
            return True
        # The contract of an answer: a text with [n] marks, each of a citation. What no mark points at is not cited.
        marks = {int(n) for mark in MARK.findall(answer["answer"]) for n in re.findall(r"\d+", mark)}
        cited = [citation for citation in answer["citations"] if citation["n"] in marks]
        good = [self.places(row, question["category"]) for row in rows]
        met = [any(stands(citation, place) for citation in cited for place in places) for places in good]
        if expect.get("match", "any") == "any":
            return any(met)
        if not all(met):
            return False
        # "no other" speaks of rows: a sentence quoted besides is no row.
        others = [c for c in cited if c["kind"] == "row" and not any(stands(c, p) for places in good for p in places)]
        return expect["match"] == "all" or not others

    def places(self, row: Json, category: str) -> list[Json]:
        """The row itself and, but in discrepancies, its copies in the twin document."""
        twin = self.twins.get(row["file"])
        if twin is None or category == "discrepancy" or not row.get("indicator"):
            return [row]
        copies = [
            other
            for other in self.named
            if other["file"] == twin and sameness(other.get("indicator") or "") == sameness(row["indicator"])
        ]
        return [row, *copies]


def stands(citation: Json, row: Json) -> bool:
    """ "Match by file + line_no"; a workbook's rows by sheet and cell, those of files with neither by indicator."""
    if citation["kind"] == "filter" or not (citation["document"] or "").startswith(row["file"]):
        return False
    if "line_no" in row:
        return bool(citation["line"] == row["line_no"])
    if "cell" in row:
        return bool((citation["sheet"], citation["cell"]) == (row["sheet"], row["cell"]))
    return sameness(citation["indicator"] or "") == sameness(row["indicator"])


def sameness(indicator: str) -> str:
    """'same indicator in lower case, without final full stop'"""
    return indicator.lower().removesuffix(".").strip()


def figures_right(expect: Json, said: str) -> bool:
    """As printed, with digit boundaries; in the order given where the set says ``ordered``."""
    at = 0
    for figure in expect.get("figures", []):
        found = list(re.finditer(bounded(figure), said))
        if not found:
            return False
        if expect.get("ordered"):
            later = [one for one in found if one.start() >= at]
            if not later:
                return False
            at = later[0].end()
    return True


def bounded(figure: str) -> str:
    """8 is in neither 28 nor 2018; a number goes on over its decimal and thousands marks, so not in 8,5 either."""
    head = r"(?<!\d)(?<!\d[.,])" if figure[0].isdigit() else ""
    tail = r"(?!\d)(?![.,]\d)" if figure[-1].isdigit() else ""
    return head + re.escape(figure) + tail


def states(said: str, value: str) -> bool:
    """Computed: decimal comma or point, thousands point or none."""
    return any(re.search(bounded(form), said) for form in forms(value))


def forms(value: str) -> set[str]:
    """The ways to write a value that a set gives as '5.000', '604.120.314,24' or '314,4 millones'."""
    if not re.fullmatch(r"[\d.,]+", value):
        return {value, value.replace(",", ".")}
    whole, _, decimals = value.replace(".", "").partition(",")
    grouped = f"{int(whole):,}".replace(",", ".")
    if not decimals:
        return {whole, grouped}
    return {f"{w}{mark}{decimals}" for w in (whole, grouped) for mark in ",."}


def bare(text: str) -> str:
    """'ignoring case and accents'"""
    apart = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(ch for ch in apart if not unicodedata.combining(ch)).split())
