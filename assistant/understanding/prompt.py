"""What is sent to the model: the question and those before it, masked, and names of the catalogue within a bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.corpus.corpus import Corpus
from assistant.understanding.wording import wording
from assistant.writer.prompt import Message, bounded, inert
from assistant.writer.wording import phrases_in, spaced
from assistant.writer.wording import wording as writer_wording
from ingest.privacy import mask_person
from ingest.tokens import count_tokens

#: What the names of the catalogue, and those of the nearest indicators, may cost together, in tokens.
CATALOGUE_TOKENS = 1_200
INDICATOR_TOKENS = 800
_QUESTION_CHARACTERS = 1_000
_EARLIER_QUESTIONS = 3
_EARLIER_CHARACTERS = 300


def messages(question: str, before: Sequence[str], near: Sequence[str], corpus: Corpus) -> list[Message]:
    """The system and user messages; ``near`` are the names of the rows nearest to the question."""
    texts = wording()
    earlier = [bounded(mask_person(one), _EARLIER_CHARACTERS) for one in before[-_EARLIER_QUESTIONS:]]
    filled = texts.user.format(
        catalogue="\n".join(_catalogue(corpus)) or texts.nothing,
        indicators="\n".join(f"- {name}" for name in _within(near, INDICATOR_TOKENS)) or texts.nothing,
        history="\n".join(f"- {inert(one)}" for one in earlier) or texts.nothing,
        question=inert(bounded(mask_person(question), _QUESTION_CHARACTERS)),
    )
    return [("system", texts.system), ("user", filled)]


def _catalogue(corpus: Corpus) -> Iterable[str]:
    """One line of names for each level, as many as the bound allows."""
    labels = wording().labels
    for level, label in labels.items():
        names = [name.text for name in corpus.names if name.role == level]
        if kept := _within(sorted(names), CATALOGUE_TOKENS // len(labels)):
            yield f"{label}: {'; '.join(kept)}"


def _within(names: Iterable[str], tokens: int) -> list[str]:
    """The first names that cost no more than so many tokens, without those that talk to a model."""
    injections = writer_wording().guard.injections
    kept: list[str] = []
    for name in dict.fromkeys(names):
        if phrases_in(spaced(name), injections):
            continue
        shown = inert(bounded(name, 160))
        tokens -= count_tokens(shown) + 2
        if tokens < 0:
            break
        kept.append(shown)
    return kept
