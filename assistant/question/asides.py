"""What people tell before they ask: "Soy líder comunal y me amenazan por el celular. ¿Hay alguna ruta para nosotros?"

``text → sentences → those that ask → the words of the others``. A sentence that tells says less of the subject than one
that asks, and what it says in words that no document has says nothing of it. One in which nobody tells of himself names
the subject ("Homicidios en la ciudad. ¿Cuál es la meta?") and is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.corpus.bars import ENOUGH_ASKED, LIGHT, TELLING
from assistant.corpus.matching import Token
from assistant.question.asks import asks_for, load_asks
from assistant.question.query import Term
from ingest.fold import fold_in_place

#: Where one sentence ends and the next begins; a question may begin within one.
_BREAK = re.compile(r"[.!?;\n]+(?=\s|$)|:\s*(?=¿)|(?=¿)")
#: Before a word that asks, what stands up to a comma is told and not asked.
_COMMA = re.compile(r",\s")
#: A sentence of fewer words names a subject, and one that asks says something when it has so many.
_FEWEST_WORDS = 6
#: How much a word that is told counts beside one that is asked.
TOLD_WEIGHT = 0.45


def asides(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """The positions of the words that only tell how somebody came to ask; none when all of a text asks, or nothing."""
    folded = fold_in_place(text)
    spans = list(_sentences(folded))
    asked = [_asks(text[start:end]) for start, end in spans]
    if all(asked) or not any(asked):
        return frozenset()
    told = [span for span, is_asked in zip(spans, asked, strict=True) if not is_asked and _tells(text[slice(*span)])]
    words = [[at for at, token in enumerate(tokens) if start <= token.start < end] for start, end in told]
    return frozenset(at for one in words if len(one) >= _FEWEST_WORDS for at in one)


def _tells(sentence: str) -> bool:
    """Whether somebody tells of himself; what leads over to the question with a comma may begin its subject."""
    leads_over = sentence.rstrip().endswith(",") and asks_for(sentence, "subject")
    return asks_for(sentence, "telling") and not leads_over


def _asks(sentence: str) -> bool:
    return "¿" in sentence or "?" in sentence or asks_for(sentence, "demand")


def _sentences(folded: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand; what is told up to a comma before a word that asks is one of its own."""
    ends = [match.end() for match in _BREAK.finditer(folded) if 0 < match.end() < len(folded)]
    spans = list(zip([0, *ends], [*ends, len(folded)], strict=True))
    found: list[tuple[int, int]] = []
    for start, end in spans:
        asking = load_asks().compiled["number"].search(folded, start, end)
        commas = [] if asking is None else [mark.end() for mark in _COMMA.finditer(folded, start, asking.start() + 1)]
        if commas and "¿" not in folded[start : commas[-1]]:
            found.append((start, commas[-1]))
            start = commas[-1]
        found.append((start, end))
    return found


def asked_part(text: str, tokens: Sequence[Token], told: Collection[int]) -> str:
    """A text without the words that only tell."""
    if not told:
        return text
    pieces: list[str] = []
    at = 0
    for place, token in enumerate(tokens):
        if place in told:
            pieces.append(text[at : token.start])
            at = token.end
    return "".join([*pieces, text[at:]])


def without_courtesy(text: str) -> str:
    """A question without what is said of the answer before it ("Gracias. ¿Y cuántas había?")."""
    said = load_asks().compiled["courtesy"].match(fold_in_place(text))
    return text if said is None else text[said.end() :]


def tells_first(tokens: Sequence[Token], told: Collection[int]) -> bool:
    """Whether something is told before it is asked: what comes after ("es que mi vecina dijo otra cosa") says why."""
    return any(min(told) < at for at in range(len(tokens)) if at not in told) if told else False


def says_enough(terms: Iterable[Term]) -> bool:
    """Whether what asks names its subject: then a year that is told ("me sacaron en el 2002") is no time asked for."""
    return sum(term.weight for term in terms if term.known and not term.told) > ENOUGH_ASKED


def points_at_what_is_told(text: str, tokens: Sequence[Token], told: Collection[int]) -> bool:
    """Whether a question stands for its subject with a pronoun and the subject is told: "¿a cuántas *de esas* …?"."""
    return tells_first(tokens, told) and asks_for(asked_part(text, tokens, told), "pronoun")


def with_asides(
    terms: Mapping[str, Term], places: Mapping[int, str], told: Collection[int], *, is_pointed_at: bool = False
) -> dict[str, Term]:
    """The terms; those that are only told weigh less and narrow nothing, or are left out when no document has them.

    ``places`` says of which term each word is. Where what asks names nothing ("¿cuántas eran?"), the subject is told;
    where it ``is_pointed_at``, the first thing that is told is what is counted.
    """
    if not told:
        return dict(terms)
    asked = {text for at, text in places.items() if at not in told}
    only_told = {text for at, text in places.items() if at in told} - asked
    named = (places[at] for at in sorted(told) if at in places and _is_named(terms[places[at]]))
    counted = next(named, None) if is_pointed_at else None
    said = sum(terms[text].weight for text in asked if terms[text].known)
    weight = TOLD_WEIGHT if said > LIGHT else 1.0
    found: dict[str, Term] = {}
    for text, term in terms.items():
        if text not in only_told:
            found[text] = replace(term, narrows=term.narrows - only_told)
        elif text == counted:
            found[text] = replace(term, counted=True)
        elif term.known:
            found[text] = replace(
                term, weight=term.weight * weight, counted=False, is_proper=False, is_acronym=False,
                narrows=frozenset(), tail=frozenset(), object_of=None, told=True,
            )  # fmt: skip
    return found


def _is_named(term: Term) -> bool:
    """Whether a term is a thing that the documents have, and that tells."""
    return term.known and term.weight >= TELLING
