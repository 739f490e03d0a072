"""Answers spoilt in every way that a rule of grading speaks of, and in some that it must not mind."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def spoilt(question: Json, answer: Json, chance: random.Random, others: list[Json]) -> Iterator[tuple[str, Json]]:
    """(what was done, the answer after it); ``others`` are answers to other questions."""
    for way in _WAYS:
        made = copy.deepcopy(answer)
        way(question, made, chance)
        yield way.__name__, made
    yield "another's answer", copy.deepcopy(chance.choice(others))


def _status(_question: Json, answer: Json, chance: random.Random) -> None:
    answer["status"] = chance.choice(["answered", "not_found", "clarify", "refused"])


def _no_citations(_question: Json, answer: Json, _chance: random.Random) -> None:
    answer["citations"] = []


def _one_citation_less(_question: Json, answer: Json, chance: random.Random) -> None:
    if answer["citations"]:
        answer["citations"].pop(chance.randrange(len(answer["citations"])))


def _no_marks(_question: Json, answer: Json, _chance: random.Random) -> None:
    answer["answer"] = re.sub(r"\[\d+\]", "", answer["answer"])


def _next_line(_question: Json, answer: Json, chance: random.Random) -> None:
    for citation in answer["citations"]:
        if citation["line"] is not None:
            citation["line"] += chance.choice([-3, -1, 1, 3])


def _other_document(_question: Json, answer: Json, chance: random.Random) -> None:
    for citation in answer["citations"]:
        citation["document"] = chance.choice(["000_x.txt", "001_x.txt", "004_x.txt", "plan-seguridad.txt", "otro.docx"])


def _other_copy(_question: Json, answer: Json, _chance: random.Random) -> None:
    swap = {"000": "001", "001": "000"}
    for citation in answer["citations"]:
        citation["document"] = swap.get(citation["document"][:3], citation["document"][:3]) + citation["document"][3:]


def _row_besides(_question: Json, answer: Json, chance: random.Random) -> None:
    n = max((citation["n"] for citation in answer["citations"]), default=0) + 1
    if answer["citations"]:
        extra = copy.deepcopy(chance.choice(answer["citations"]))
        answer["citations"].append(extra | {"n": n, "line": 9000, "cell": "Z9", "indicator": "Otro"})
        answer["answer"] += f" [{n}]"


def _wrong_figure(_question: Json, answer: Json, chance: random.Random) -> None:
    found = list(_NUMBER.finditer(answer["answer"]))
    if found:
        one = chance.choice(found)
        answer["answer"] = answer["answer"][: one.start()] + "7" + answer["answer"][one.start() :]


def _longer_figure(question: Json, answer: Json, _chance: random.Random) -> None:
    for figure in question["expect"].get("figures", []):
        answer["answer"] = answer["answer"].replace(figure, f"{figure}9")


def _no_figures(_question: Json, answer: Json, _chance: random.Random) -> None:
    answer["answer"] = _NUMBER.sub("", re.sub(r"\[\d+\]", "", answer["answer"]))


def _backwards(_question: Json, answer: Json, _chance: random.Random) -> None:
    answer["answer"] = "\n".join(reversed(answer["answer"].split("\n")))


def _loud(_question: Json, answer: Json, _chance: random.Random) -> None:
    answer["answer"] = answer["answer"].upper()


def _with_what_is_forbidden(question: Json, answer: Json, chance: random.Random) -> None:
    forbidden = [*question["expect"].get("absent", []), "nada más"]
    answer["answer"] += f" {chance.choice(forbidden)}."


def _half(_question: Json, answer: Json, _chance: random.Random) -> None:
    answer["answer"] = answer["answer"][: len(answer["answer"]) // 2]


_WAYS: tuple[Callable[[Json, Json, random.Random], None], ...] = (
    _status,
    _no_citations,
    _one_citation_less,
    _no_marks,
    _next_line,
    _other_document,
    _other_copy,
    _row_besides,
    _wrong_figure,
    _longer_figure,
    _no_figures,
    _backwards,
    _loud,
    _with_what_is_forbidden,
    _half,
)
