"""Questions to start from, made from rows that are really there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from assistant.slack import limits
from assistant.slack.wording import Wording
from ingest.records import IndicatorRow

_LONGEST_NAME = 90  # characters of an indicator or programme that still reads well in a suggestion


def example_questions(rows: Iterable[IndicatorRow], words: Wording, most: int = limits.PROMPTS) -> list[str]:
    """At most ``most`` questions, each of another kind and about another row, of as many documents as there are.

    Only rows about which nothing is doubtful, with a name that no other row of their city has.
    """
    usable = list(_in_turns(_clear(list(rows))))
    several = len({row.entity for row in usable}) > 1
    questions: list[str] = []
    for ask in (_target, _programme, _baseline, _dependency):
        asked = [(question, row) for row in usable if (question := ask(row, words, several)) is not None]
        asked = [one for one in asked if len(one[0]) <= limits.BUTTON_TEXT] or asked
        if asked:
            questions.append(asked[0][0])
            usable.remove(asked[0][1])
    return questions[:most]


def _clear(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    names: dict[tuple[str | None, str | None], int] = {}
    for row in rows:
        names[row.entity, row.indicator] = names.get((row.entity, row.indicator), 0) + 1
    return [
        row
        for row in rows
        if row.kind in ("result", "product")
        and row.indicator
        and row.entity
        and len(row.indicator) <= _LONGEST_NAME
        and not row.warnings
        and names[row.entity, row.indicator] == 1
    ]


def _in_turns(rows: Sequence[IndicatorRow]) -> Iterator[IndicatorRow]:
    """The rows, one of each document in turn."""
    by_document: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        by_document.setdefault(row.document_id, []).append(row)
    return (row for row in chain.from_iterable(zip_longest(*by_document.values())) if row is not None)


def _where(row: IndicatorRow, words: Wording, several: bool) -> str:
    return words.say("prompt_where", entity=row.entity) if several else ""


def _target(row: IndicatorRow, words: Wording, several: bool) -> str | None:
    if row.target is None or row.target.value is None:
        return None
    return words.say("prompt_target", indicator=row.indicator, where=_where(row, words, several))


def _baseline(row: IndicatorRow, words: Wording, several: bool) -> str | None:
    if row.baseline is None or row.baseline.value is None:
        return None
    return words.say("prompt_baseline", indicator=row.indicator, where=_where(row, words, several))


def _dependency(row: IndicatorRow, words: Wording, several: bool) -> str | None:
    if not row.dependency:
        return None
    return words.say("prompt_dependency", indicator=row.indicator, where=_where(row, words, several))


def _programme(row: IndicatorRow, words: Wording, several: bool) -> str | None:
    if not row.programme or len(row.programme) > _LONGEST_NAME:
        return None
    return words.say("prompt_programme", programme=row.programme)
