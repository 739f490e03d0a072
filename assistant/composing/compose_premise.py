"""What a question takes for granted, answered plainly before the rows: yes, no, or which part of it is so."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.draft import Draft
from assistant.composing.labels import capital
from assistant.composing.phrases import Phrases
from assistant.corpus.corpus import Item
from assistant.figures.arithmetic import printed
from assistant.figures.claims import Claim, asks_either
from assistant.figures.pairs import operation_asked
from assistant.figures.premise import Direction, Verdict, is_premise, verdict
from assistant.question.query import Query
from assistant.question.ways import Way, asks_which_way, ways_said
from ingest.records import Figure


def say_premise(query: Query, items: Sequence[Item], draft: Draft, say: Phrases) -> None:
    """Say whether what the question takes for granted is what the rows have; nothing where they do not decide it."""
    found = verdict(query, items)
    if found is None:
        return
    if found.direction is not None:
        _say_direction(found.direction, draft, say)
    elif found.unsaid:
        draft.say(say.say("premise_unsaid"))
    elif found.holds and asks_either(query.text):
        parts = [_part(claim, "claim_is", False, say) for claim in found.claims]
        mark = draft.mark(*(claim.item for claim in found.claims))
        draft.say(say.say("way_asked", text=capital("; ".join(parts)), mark=mark))
    elif found.holds:
        if not _compares_what_is_not_there(query, found):
            draft.say(say.say("premise_true"))
    elif not found.claims:
        draft.say(say.say("premise_false"))
    else:
        say_claims(found.claims, found.other_time, draft, say)


def _compares_what_is_not_there(query: Query, found: Verdict) -> bool:
    """Whether a question asks if two things are the same, and only one of them is told: its figure is no "yes"."""
    return operation_asked(query.text) == "same" and len({claim.item.item_id for claim in found.claims}) == 1


def say_claims(claims: Sequence[Claim], other_time: bool, draft: Draft, say: Phrases) -> None:
    """What is right and what is not, each with the figure that stands in its place where only one can."""
    of_several = len({claim.item.item_id for claim in claims}) > 1
    sure = [claim for claim in claims if claim.holds or claim.is_sure]
    right = list(dict.fromkeys(_part(claim, "claim_right", of_several, say) for claim in sure if claim.holds))
    wrong = list(dict.fromkeys(_part(claim, "claim_wrong", of_several, say) for claim in sure if not claim.holds))
    if other_time:
        wrong.append(say.say("claim_time"))
    if not wrong:
        draft.say(say.say("premise_false"))
        return
    mark = draft.mark(*(claim.item for claim in sure))
    text, subject = "; ".join(wrong), "; ".join(right)
    draft.say(say.say("premise_mixed" if right else "premise_wrong", text=text, subject=subject, mark=mark))


def _part(claim: Claim, sentence: str, of_several: bool, say: Phrases) -> str:
    row = claim.item.row
    if claim.of is not None:
        field = say.field(claim.of)
        if of_several and row is not None:
            field = say.say("claim_of_row", field=field, indicator=row.indicator)
    else:
        unit = claim.figure.unit
        of_things = unit is not None and unit not in ("%", "COP", "USD")
        field = say.say("claim_of" if of_things else "claim_plain", noun=unit)
    return say.say(sentence, field=field, figure=claim.said, value=_shown(claim.figure))


def _say_direction(found: Direction, draft: Draft, say: Phrases) -> None:
    row = found.item.row
    if row is None or row.target is None:
        return
    before, after = row.baseline, row.target
    told = before is not None and before.value is not None and after.value is not None
    way = say.say(
        f"way_{found.way}" if told else f"way_{found.way}_alone",
        baseline=_shown(before) if told and before is not None else None,
        target=_shown(after) if after.value is not None else after.text,
    )
    opening = {None: "way_asked", True: "way_true", False: "way_false"}[found.holds]
    draft.say(say.say(opening, text=capital(way) if found.holds is None else way, mark=draft.mark(found.item)))


def say_way_gone(query: Query, before: Item, after: Item, draft: Draft, say: Phrases) -> None:
    """Which way a figure went between two times, where the question asks that or takes it for granted."""
    one, two = (item.row.figure if item.row is not None else None for item in (before, after))
    if one is None or two is None or one.value is None or two.value is None or one.value == two.value:
        return
    way: Way = "up" if two.value > one.value else "down"
    said = ways_said(query.text)
    parts = {"baseline": _shown(one), "target": _shown(two), "mark": draft.mark(before, after)}
    if asks_which_way(query.text):
        draft.say(say.say(f"way_went_{way}", **parts))
    elif is_premise(query) and len(said) == 1:
        draft.say(say.say(f"way_went_{'true' if said[0] == way else 'false'}_{way}", **parts))


def say_whether_reached(goal: Item, reached: Item, draft: Draft, say: Phrases) -> None:
    """Whether what was reached is the goal that a report prints."""
    one, two = (item.row.figure if item.row is not None else None for item in (goal, reached))
    if one is None or two is None or one.value is None or two.value is None:
        return
    sentence = "reached_yes" if two.value >= one.value else "reached_no"
    draft.say(say.say(sentence, figure=_shown(two), target=_shown(one), mark=draft.mark(goal, reached)))


def _shown(figure: Figure) -> str:
    return f"{printed(figure)} %" if figure.unit == "%" else printed(figure)
