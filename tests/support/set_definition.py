"""A second reading of what a question set means, written from the words at the head of a set and nothing else.

It shares no line with ``eval``: plain dictionaries in, true or false out. Where the two disagree about an answer one of
them has misread the definition. What the definition leaves open is said at each rule.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

#: The documents that repeat rows; "either copy stands for the other", except where the copies are what is asked about.
TWINS = {"000": "001", "001": "000"}
MARK = re.compile(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]")


def verdict(question: dict[str, Any], answer: dict[str, Any], copies: dict[str, list[dict[str, Any]]]) -> bool:
    """Whether an answer (the object of ``POST /v1/ask``) is right.

    ``copies`` gives the places that the set names for an indicator of the twin documents, by ``sameness``.
    """
    expect = question["expect"]
    wanted = expect["status"] if isinstance(expect["status"], list) else [expect["status"]]
    if answer["status"] not in wanted:
        return False
    said = MARK.sub(" ", answer["answer"])
    if not isinstance(expect["status"], list) or answer["status"] == "answered":
        if not rows_right(question, answer, copies) or not figures_right(expect, said):
            return False
        if not all(
            any(states(said, v) for v in [c["value"], *c.get("accept", [])]) for c in expect.get("computed", [])
        ):
            return False
    return all(bare(t) in bare(said) for t in expect.get("text", [])) and not any(
        bare(t) in bare(said) for t in expect.get("absent", [])
    )


# ------------------------------------------------------------------ rows: file + line_no


def rows_right(question: dict[str, Any], answer: dict[str, Any], copies: dict[str, list[dict[str, Any]]]) -> bool:
    """any: at least one of the rows is cited; all: every row; set: these rows and no other row."""
    expect = question["expect"]
    rows = expect.get("rows", [])
    if not rows:
        return True
    places = [good_places(row, question["category"], copies) for row in rows]
    # The contract of an answer: a text with [n] marks, each of a citation. What no mark points at is not cited.
    marks = {int(n) for mark in MARK.findall(answer["answer"]) for n in re.findall(r"\d+", mark)}
    cited = [(c, place_of(c)) for c in answer["citations"] if c["n"] in marks]
    here = {place for _, place in cited}
    met = [bool(good & here) for good in places]
    if expect.get("match", "any") == "any":
        return any(met)
    if not all(met):
        return False
    everything = set().union(*places)
    # "no other" speaks of rows: a sentence quoted besides is no row.
    return expect["match"] == "all" or all(place in everything for c, place in cited if c["kind"] == "row")


def place_of(citation: dict[str, Any]) -> tuple[str, int | None]:
    return (citation["document"] or "")[:3], citation["line"] if citation["kind"] != "filter" else None


def good_places(
    row: dict[str, Any], category: str, copies: dict[str, list[dict[str, Any]]]
) -> set[tuple[str, int | None]]:
    """The row's own place, and its copy's in the twin document."""
    found: set[tuple[str, int | None]] = {(row["file"], row["line_no"])}
    if category != "discrepancy" and row["file"] in TWINS and row.get("indicator"):
        found |= {
            (other["file"], other["line_no"])
            for other in copies.get(sameness(row["indicator"]), [])
            if other["file"] == TWINS[row["file"]]
        }
    return found


def sameness(indicator: str) -> str:
    """'same indicator in lower case, without final full stop'"""
    return indicator.lower().removesuffix(".").strip()


def copies_in(questions: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The places that a set names for the indicators of the twin documents."""
    found: dict[str, list[dict[str, Any]]] = {}
    for question in questions:
        for row in question["expect"].get("rows", []):
            if row["file"] in TWINS and row.get("indicator"):
                found.setdefault(sameness(row["indicator"]), []).append(row)
    return found


# ------------------------------------------------------------------ figures


def figures_right(expect: dict[str, Any], said: str) -> bool:
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
