"""The kind of question that is asked, where its words are cues of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.question.asks import AskName, asks_for
from assistant.question.lexicon import KindName, Lexicon
from assistant.question.query import QuestionKind, Term
from assistant.question.said import Said
from assistant.question.term_maker import CUE_WEIGHT

#: Kinds in the order in which they win when a question has cues of several.
_KIND_ORDER: tuple[QuestionKind, ...] = (
    "personal_data",
    "order",
    "ranking",
    "percent_change",
    "count",
    "difference",
    "sum",
    "list",
    "compare",
    "yes_no",
    "smalltalk",
)
#: What else the words that are cues of a kind may ask for.
_OF_OTHER_ASKS: dict[AskName, KindName] = {
    "level": "percent_change",
    "lacking": "difference",
    "of_whole": "sum",
    "and_total": "sum",
    "in_view_of": "compare",
}
_KIND_OF_CUE: dict[str, QuestionKind] = {"ranking_max": "ranking", "ranking_min": "ranking"}


def kinds_asked(said: Said, lexicon: Lexicon) -> frozenset[KindName]:
    """The kinds that a question has cues of; a level asked for is no change, an office's data not personal."""
    kinds = lexicon.kinds_in(said.asking)
    kinds -= {kind for ask, kind in _OF_OTHER_ASKS.items() if kind in kinds and asks_for(said.asking, ask)}
    if asks_for(said.asking, "enumerate"):
        kinds = kinds - {"percent_change", "compare", "difference"} | {"list"}
    if "personal_data" in kinds and asks_for(said.typed, "of_office") and not asks_for(said.typed, "of_person"):
        kinds.discard("personal_data")
    return frozenset(kinds)


def kind_of(kinds: Iterable[KindName], terms: Sequence[Term]) -> QuestionKind:
    """The kind that wins; a question with a subject is no small talk."""
    named = {_KIND_OF_CUE.get(kind, kind) for kind in kinds}
    says_something = any(term.weight > CUE_WEIGHT for term in terms)
    return next(
        (kind for kind in _KIND_ORDER if kind in named and not (kind == "smalltalk" and says_something)), "value"
    )
