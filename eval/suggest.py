"""Questions proposed from the rows of the catalogue: by templates, and by a chat model when one is configured.

A template asks what a row says and expects the row and its figure as printed. Rows are drawn by chance from a seed, and
spread over documents and kinds, so that a long plan does not crowd out a short letter.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from eval.drafts import Draft, Entry
from eval.wording import wording

if TYPE_CHECKING:
    from assistant.settings import Settings

Row = Mapping[str, Any]
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_MOST_LISTED = 12
_MODEL_SECONDS = 60.0
_PHRASINGS = 3


def suggest(rows: Sequence[Row], count: int, seed: int = 1) -> list[Draft]:
    """Up to ``count`` drafts from rows as ``GET /v1/rows`` gives them."""
    chance = random.Random(seed)
    made = {"single": _singles(rows), "set": _sets(rows), "change": _changes(rows)}
    makers = {name: _spread(list(found), chance) for name, found in made.items()}
    # Three of five ask for one row, one for a set, one for a difference; what runs out leaves its place to the others.
    order = ("single", "set", "single", "change", "single")
    drafts: list[Draft] = []
    turn = 0
    while len(drafts) < count and any(makers.values()):
        found = makers[order[turn % len(order)]]
        turn += 1
        if found:
            drafts.append(found.pop())
    return sorted(drafts, key=lambda draft: draft.category)


def _spread(drafts: list[Draft], chance: random.Random) -> list[Draft]:
    """The drafts by chance, those of each document and category in turn; to be taken from the end."""
    chance.shuffle(drafts)
    turns: defaultdict[tuple[str, str], int] = defaultdict(int)
    order = []
    for draft in drafts:
        key = (draft.expect["rows"][0]["file"], draft.category)
        order.append((turns[key], draft))
        turns[key] += 1
    return [draft for _, draft in sorted(order, key=lambda one: -one[0])]


def _singles(rows: Iterable[Row]) -> Iterator[Draft]:
    """What one row says: its target, its baseline, its office, its programme, a reported figure."""
    said = wording().drafts
    seen = _counts(rows)
    for row in rows:
        name = row["indicator"]
        if not name or seen[name] > 1:  # two rows of one name are a question of which
            continue
        for field, category in (("target", "target"), ("baseline", "baseline")):
            if figure := _figure(row.get(field)):
                question = said.questions[field].format(indicator=name, programme="")
                yield Draft(category, question, _expect(row, [figure]), _why(row))
        if row.get("dependency"):
            question = said.questions["dependency"].format(indicator=name, programme="")
            yield Draft("attribute", question, _expect(row, [], [row["dependency"]]), _why(row))
        for year in row.get("yearly") or ():
            if figure := _figure(year.get("progress")):
                question = said.questions["progress"].format(indicator=name, year=year["year"], programme="")
                yield Draft("progress", question, _expect(row, [figure]), _why(row))


def _sets(rows: Iterable[Row]) -> Iterator[Draft]:
    """The products of a programme, when it has a few."""
    said = wording().drafts
    by_programme: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "product" and row.get("programme"):
            by_programme[row["document"], row["programme"]].append(row)
    for (document, programme), found in by_programme.items():
        if 2 <= len(found) <= _MOST_LISTED and all(row["indicator"] for row in found):
            expect = {"status": "answered", "rows": [_matcher(row) for row in found], "match": "set"}
            question = said.questions["list"].format(programme=programme, indicator="")
            why = said.why.format(document=document, what=f"{len(found)} filas de «{programme}»")
            yield Draft("list", question, expect | {"figures": [], "text": [], "absent": []}, why)


def _changes(rows: Iterable[Row]) -> Iterator[Draft]:
    """How much a row's target is away from its baseline, when both are numbers of one unit."""
    said = wording().drafts
    seen = _counts(rows)
    for row in rows:
        base, target = row.get("baseline") or {}, row.get("target") or {}
        figures = [figure for one in (base, target) if (figure := _figure(one))]
        if not row["indicator"] or seen[row["indicator"]] > 1 or len(figures) < 2:
            continue
        low, high = sorted(Decimal(str(one["value"])) for one in (base, target))
        if not low or low == high:
            continue
        if not row["indicator"].casefold().startswith(("tasa", "casos", "número", "tiempo", "porcentaje")):
            continue  # of things that are built or handed out the target often comes on top of the baseline
        value = f"{(high - low).normalize():f}".replace(".", ",")
        computed = [{"value": value, "accept": [], "expr": f"{high.normalize():f} - {low.normalize():f}"}]
        question = said.questions["change"].format(indicator=row["indicator"], programme="")
        yield Draft("aggregate", question, _expect(row, figures) | {"computed": computed}, _why(row))


def _counts(rows: Iterable[Row]) -> defaultdict[str, int]:
    seen: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        seen[row["indicator"] or ""] += 1
    return seen


def _figure(figure: Mapping[str, Any] | None) -> str | None:
    """The number that a figure prints and that was understood, as printed; None when there is none, or several."""
    if not figure or figure.get("value") is None or not figure.get("text"):
        return None
    printed = _DIGITS.findall(figure["text"])
    return printed[0] if len(printed) == 1 else None


def _expect(row: Row, figures: list[str], text: list[str] | None = None) -> Entry:
    return {
        "status": "answered",
        "rows": [_matcher(row)],
        "match": "any",
        "figures": figures,
        "text": text or [],
        "absent": [],
    }


def _matcher(row: Row) -> Entry:
    place: Entry = {"file": Path(row["document"]).name}
    if row["line"] is not None:
        place["line_no"] = row["line"]
    elif row["sheet"] is not None and row["cell"] is not None:
        place |= {"sheet": row["sheet"], "cell": row["cell"]}
    return place | ({"indicator": row["indicator"]} if row["indicator"] else {})


def _why(row: Row) -> str:
    return wording().drafts.why.format(document=row["document"], what=f"{row['indicator']}, {row['place']}")


# ------------------------------------------------------------------ by a model


class Phrasings(BaseModel):
    """Other ways in which people ask the same."""

    questions: list[str] = Field(description="preguntas, cada una completa por sí sola")


def rephrased(drafts: Sequence[Draft], settings: Settings) -> list[Draft]:
    """Each draft with up to three paraphrases by the configured model; the expectation stays the row's own.

    A phrasing that gives the answer away, or that is no question of the row any more as far as its numbers tell, is
    left out. Raises ``SettingsError`` without a model.
    """
    from assistant.writer.model import ModelError, open_chat_model

    model = open_chat_model(settings)
    found: list[Draft] = []
    for draft in drafts:
        found.append(draft)
        prompt = wording().drafts.model.format(count=_PHRASINGS)
        asked = json.dumps({"question": draft.question}, ensure_ascii=False)
        try:
            messages = [("system", prompt), ("user", asked)]
            said = model.fill(messages, Phrasings, time.monotonic() + _MODEL_SECONDS)
        except ModelError:
            continue
        given = set(_DIGITS.findall(draft.question))
        for text in said.questions[:_PHRASINGS]:
            plain = " ".join(text.split())
            if plain and plain != draft.question and set(_DIGITS.findall(plain)) <= given:
                found.append(Draft("paraphrase", plain, draft.expect, f"{draft.why}\n{draft.question}"))
    return found
