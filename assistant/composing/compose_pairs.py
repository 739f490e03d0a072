"""Two things put together, told apart or compared: the result with its terms first, then the rows it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Answer
from assistant.composing.compose_facts import add_facts
from assistant.composing.compose_premise import say_claims
from assistant.composing.compose_rows import add_rows
from assistant.composing.draft import Draft, Url, prove
from assistant.composing.labels import number
from assistant.composing.phrases import Phrases, phrases
from assistant.corpus.corpus import Corpus, Item
from assistant.corpus.matching import folded
from assistant.evidence.fields import is_indicator_row
from assistant.evidence.wholes import is_part_and_whole
from assistant.figures.arithmetic import Computed, difference, printed, total
from assistant.figures.claims import Claim
from assistant.figures.enumerated import Enumerated
from assistant.figures.named_parts import figure_of
from assistant.figures.pairs import Pair
from assistant.question.asks import asks_for
from assistant.question.query import Field, Query
from ingest.records import Figure


def compose_pair(query: Query, pair: Pair, corpus: Corpus, url: Url) -> Answer | None:
    """The answer to a question about two things; None where what it asks cannot be done with their figures."""
    say = phrases(query.language)
    draft = Draft(url)
    if not _verdict(query, pair, corpus, draft, say):
        return None
    told = query if pair.other_field is None else replace(query, fields=("baseline", "target"))
    _tell(told, list({item.item_id: item for item in pair.items}.values()), pair.field, corpus, draft, say)
    return draft.finish("answered")


def compose_claimed(query: Query, claims: Sequence[Claim], corpus: Corpus, url: Url) -> Answer:
    """Whether each of two rows has the figure that the question claims of it, then both rows."""
    say = phrases(query.language)
    draft = Draft(url)
    if all(claim.holds for claim in claims):
        draft.say(say.say("premise_true"))
    else:
        say_claims(claims, False, draft, say)
    _tell(query, [claim.item for claim in claims], claims[0].of or "target", corpus, draft, say)
    return draft.finish("answered")


def compose_enumerated(query: Query, found: Enumerated, corpus: Corpus, url: Url) -> Answer | None:
    """The sum of all that a question names one by one, then what each is."""
    say = phrases(query.language)
    draft = Draft(url)
    result = total([figure for item in found.items if (figure := figure_of(item, found.field)) is not None])
    if result is None:
        return None
    sentence = "pair_sum" if is_indicator_row(found.items[0].row) else "computed_sum"
    draft.say(say.say(sentence, value=result.text, terms=result.derivation, mark=draft.mark(*found.items)))
    _prove(result, found.items, draft)
    _tell(query, found.items, found.field, corpus, draft, say)
    return draft.finish("answered")


def _tell(query: Query, items: Sequence[Item], field: Field, corpus: Corpus, draft: Draft, say: Phrases) -> None:
    told = replace(query, kind="value", fields=tuple(dict.fromkeys((field, *query.fields))))
    rows = [item for item in items if is_indicator_row(item.row)]
    add_rows(told, rows, corpus, draft, say)
    add_facts(told, [item for item in items if item not in rows], draft, say)


def _verdict(query: Query, pair: Pair, corpus: Corpus, draft: Draft, say: Phrases) -> bool:
    """Say what comes of the two; False where nothing does."""
    one, two = pair.figures
    if pair.operation == "same":
        return _compare(query, pair, draft, say)
    if one is None or two is None or ("%" in (one.unit, two.unit) and one.unit != two.unit):
        return False
    if pair.operation == "greater":
        return _greater(query, pair, one, two, draft, say)
    if pair.operation == "sum" and is_part_and_whole(*pair.items, corpus):
        return False
    result = total([one, two]) if pair.operation == "sum" else difference(one, two)
    if result is None:
        return False
    of_plan = pair.operation == "sum" and is_indicator_row(pair.first.row)
    sentence = "pair_sum" if of_plan else f"computed_{pair.operation}"
    draft.say(say.say(sentence, value=result.text, terms=result.derivation, mark=draft.mark(*pair.items)))
    _prove(result, pair.items, draft)
    return True


def _greater(query: Query, pair: Pair, one: Figure, two: Figure, draft: Draft, say: Phrases) -> bool:
    if one.value is None or two.value is None:
        return False
    mark = draft.mark(*pair.items)
    if one.value == two.value:
        draft.say(say.say("pair_even", value=printed(one), mark=mark))
        return True
    (high, of_high), (low, of_low) = sorted(
        ((one, pair.first), (two, pair.second)), key=lambda side: side[0].value or Decimal(0), reverse=True
    )
    draft.say(say.say("pair_greater", indicator=_name(of_high), value=printed(high), subject=_name(of_low),
                      figure=printed(low), mark=mark))  # fmt: skip
    if asks_for(query.text, "by_how_many") and (step := difference(one, two)) is not None:
        draft.say(say.say("computed_difference", value=step.text, terms=step.derivation, mark=mark))
        _prove(step, pair.items, draft)
    return True


def _compare(query: Query, pair: Pair, draft: Draft, say: Phrases) -> bool:
    """Whether both say the same: by their values, else by what they print."""
    one, two = pair.figures
    texts = pair.texts
    names = {"field": say.field(pair.field), "indicator": _name(pair.first), "subject": _name(pair.second),
             "mark": draft.mark(*pair.items)}  # fmt: skip
    if None not in texts and texts != (None, None):
        same = folded(texts[0] or "").rstrip(" .") == folded(texts[1] or "").rstrip(" .")
        shown = (texts[0] or "", texts[1] or "")
    elif one is None or two is None:
        return False
    elif one.value is None or two.value is None:
        same = folded(one.text).rstrip(" .") == folded(two.text).rstrip(" .")
        if not same:
            draft.say(say.say("pair_in_words", **names, text=one.text, figure=two.text))
            return True
        shown = (one.text, two.text)
    else:
        same = one.value == two.value and (one.unit == "%") == (two.unit == "%")
        shown = (_shown(one), _shown(two))
    sentence = "pair_same" if same else "pair_differs"
    if asks_for(query.text, "differing"):
        sentence = "pair_same_after_all" if same else "pair_differs_indeed"
    draft.say(say.say(sentence, **names, value=shown[0], figure=shown[1]))
    return True


def _shown(figure: Figure) -> str:
    return f"{printed(figure)} %" if figure.unit == "%" else printed(figure)


def _name(item: Item) -> str:
    row = item.row
    return (row.indicator or row.metric if row is not None else None) or item.document.title


def _prove(result: Computed, items: Sequence[Item], draft: Draft) -> None:
    prove(result.text, number(result.value), result.derivation, draft, [draft.cite(item) for item in items])
