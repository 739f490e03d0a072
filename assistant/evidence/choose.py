"""Which of the evidence answers: one row, several figures of one place, sentences, or nothing.

The rungs: ranked list → what covers enough (``eligible``) → of the time and with the fields asked for → one meaning or
several (``meanings``) → what is told with the best (``together``, ``headed``, ``lists``). The bars are in ``bars``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.corpus import Corpus
from assistant.evidence.acts import of_the_act
from assistant.evidence.adjoining import with_adjoining, with_others_of_several
from assistant.evidence.both_ends import with_both_ends
from assistant.evidence.both_kinds import with_both_kinds
from assistant.evidence.computable import with_numbers
from assistant.evidence.eligible import (
    coverage_bar,
    fits_what_is_told,
    is_about,
    is_anchored,
    is_of_period,
    miscounts,
    naming_what_is_counted,
    of_programme,
    says_every_name,
    tells_a_figure,
    with_an_acronym_named,
    with_fields,
)
from assistant.evidence.goals import is_start_asked, with_goals, with_starts
from assistant.evidence.headed import heads_nothing, with_heading_asked, with_what_they_head
from assistant.evidence.lists import (
    is_beside_what_is_counted,
    ranked_list,
    with_all_changes,
    with_other_times,
    with_siblings,
    with_their_line,
)
from assistant.evidence.meanings import (
    decided,
    entities_of,
    is_one_choice,
    is_one_subject,
    is_vague,
    one_per_meaning,
    says_nothing,
    says_the_same,
    that_count,
)
from assistant.evidence.memberships import saying_the_membership
from assistant.evidence.narrowing import with_qualifiers
from assistant.evidence.norms import naming_the_norm
from assistant.evidence.notes import with_notes
from assistant.evidence.own_deeds import telling_the_deed
from assistant.evidence.paid_for import says_what_is_paid_for
from assistant.evidence.promised import counted_before_percent, says_what_is_counted, without_what_is_done
from assistant.evidence.retrieve import Scored
from assistant.evidence.together import together
from assistant.evidence.what_there_was import counting_what_there_was
from assistant.question.asks import asks_for
from assistant.question.query import Field, Query
from assistant.question.times import speaks_of

Verdict = Literal["answer", "clarify", "no_match", "no_field", "other_time"]


@dataclass(frozen=True)
class Choice:
    """What was chosen, and why when it is nothing."""

    verdict: Verdict
    items: tuple[Scored, ...] = ()
    near: tuple[Scored, ...] = ()
    field: Field | None = None


def choose(query: Query, evidence: Sequence[Scored], corpus: Corpus) -> Choice:
    """The items that answer the question."""
    if query.kind in ("ranking", "list") and (entries := ranked_list(query, corpus)):
        return Choice("answer", items=tuple(Scored(item, 1.0, 1.0, ()) for item in entries))
    bar = coverage_bar(query, evidence)
    covering = [
        found
        for found in evidence
        if found.coverage >= bar
        and is_anchored(found.worded or found.item, query)
        and says_every_name(found, query)
        and fits_what_is_told(found, query)
        and not miscounts(found, query)
        and says_what_is_counted(found, query)
        and says_what_is_paid_for(found, query)
        and not is_beside_what_is_counted(found, query, corpus)
        and tells_a_figure(found.item, query)
    ]
    covering = naming_the_norm(query, naming_what_is_counted(query, with_an_acronym_named(query, covering)))
    covering = counted_before_percent(query, without_what_is_done(query, covering))
    covering = telling_the_deed(query, of_the_act(query, with_qualifiers(query, covering)))
    covering = saying_the_membership(query, covering)
    if not covering:
        return Choice("no_match", near=tuple(evidence[:3]))
    timely = [
        found
        for found in covering
        if (speaks_of(found.item, query.asked) or is_start_asked(found.item, query))
        and is_of_period(found.item, query)
        and not heads_nothing(found.item, query, corpus)
    ]
    timely = [found for found in timely if is_about(found, covering, query)] if len(timely) < len(covering) else timely
    if not timely:
        return Choice("other_time", near=tuple(covering[:3]))
    answering, missing = with_fields(query, with_numbers(query, of_programme(query, timely)))
    if not answering:
        return Choice("no_field", near=tuple(timely[:3]), field=missing)
    if not (answering := counting_what_there_was(query, answering)):
        return Choice("no_match", near=tuple(timely[:3]))
    if len(entities_of(answering, query)) > 1:
        answering = decided(answering, query)
    if len(entities_of(answering, query)) > 1 or is_vague(query, answering):
        meanings = one_per_meaning(answering, query)
        is_clear = len(meanings) == 1 and bool(query.filters.entities)
        answering = that_count(meanings, query) or answering
        is_clear |= len(entities_of(answering, query)) < 2 and is_one_subject(answering) and not says_nothing(query)
        of_letter = asks_for(query.text, "of_letter") and meanings[0].item.document.info.kind == "letter"
        asked_alone = is_one_choice(meanings) and (of_letter or not says_nothing(query))
        if not is_clear and not says_the_same(meanings, query) and not asked_alone:
            return Choice("clarify", items=tuple(meanings))
    first = with_both_ends(together(answering, query), query, answering, corpus)
    first = with_both_kinds(first, answering, query)
    told = with_adjoining(with_others_of_several(first, answering, query), answering, corpus)
    chosen = with_siblings(with_heading_asked(with_what_they_head(told, query, corpus), query, corpus), query, corpus)
    chosen = with_all_changes(with_other_times(with_their_line(chosen, corpus), query, corpus), query, corpus)
    chosen = with_notes(with_starts(with_goals(chosen, query, corpus), query, corpus), query.text, corpus)
    return Choice("answer", items=tuple(chosen), near=tuple(answering[1:4]))
