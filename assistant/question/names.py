"""Names that rows carry (programmes, components, offices, lines), recognised in a question.

People shorten names, misspell them and leave out their common words, so a name counts by the share of its telling
stems that the question has: what tells it from the other names of its level weighs most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.corpus import Corpus, Name, NameRole
from assistant.question.begun_names import begun_names
from ingest.fold import fold

#: Share of a name's telling stems that a question has to have: without a cue of the level …
PLAIN_BAR = 0.62
#: … and with one ("programa de …", "según la presentación de …").
CUED_BAR = 0.3
_ROLES: tuple[NameRole, ...] = ("programme", "component", "strategic_line", "dependency")
_FEWEST = 2
_WHOLE = 0.99
#: A name of so many telling words, all of them said, takes them: they say no name of another level.
_TAKING = 3
#: A name that is said much less fully than the best one is not meant beside it.
_AS_FULLY = 0.6


@dataclass(frozen=True)
class NameFound:
    """A name, and how much of it the question says (0 to 1)."""

    name: Name
    share: float
    said: frozenset[str] = frozenset()


class NameFinder:
    """Finds the names of one corpus."""

    def __init__(self, corpus: Corpus, stopstems: frozenset[str]) -> None:
        self._names = [name for name in corpus.names if name.role in _ROLES]
        self._stop = stopstems

    @cached_property
    def _own(self) -> Sequence[frozenset[str]]:
        """The telling stems of each name."""
        return [name.stems - self._stop for name in self._names]

    @cached_property
    def _having(self) -> Mapping[str, Sequence[int]]:
        """Positions of the names that have each telling stem."""
        having: dict[str, list[int]] = {}
        for at, own in enumerate(self._own):
            for stem in own:
                having.setdefault(stem, []).append(at)
        return having

    @cached_property
    def _telling(self) -> Mapping[NameRole, Mapping[str, float]]:
        """For each level, how much each stem tells its names apart."""
        weights: dict[NameRole, dict[str, float]] = {}
        for role in _ROLES:
            names = [own for own, name in zip(self._own, self._names, strict=True) if name.role == role]
            counts = Counter(stem for own in names for stem in own)
            weights[role] = {stem: math.log(1 + (len(names) + 1) / n) for stem, n in counts.items()}
        return weights

    def find(
        self,
        stems: Sequence[str],
        cued: Iterable[NameRole],
        entities: frozenset[str] = frozenset(),
        asking: frozenset[str] = frozenset(),
        spelt: Sequence[frozenset[str]] = (),
    ) -> dict[NameRole, NameFound]:
        """The best name of each level that the question says enough of, among those of the entities if any are told.

        ``asking`` are words that say how the question is asked ("el *mayor* número"); they alone say no name. ``spelt``
        are the stems of what its acronyms stand for: a name that has all of one is said by it.
        """
        asked = set(stems)
        cues = set(cued)
        enough: list[NameFound] = []
        for at in sorted({at for stem in asked for at in self._having.get(stem, ())}):
            name = self._names[at]
            said = self._own[at] & asked.union(*(one for one in spelt if one <= name.stems))
            if entities and not entities & name.entities:
                continue
            if said <= asking or (name.role not in cues and self._is_common(at, entities)):
                continue
            share = self._share(name.role, self._own[at], said, entities)
            if share >= (CUED_BAR if name.role in cues else PLAIN_BAR):
                enough.append(NameFound(name, share, said))
        enough = [one for one in enough if self._is_beside_fuller(one, enough, stems, cues, entities)]
        found: dict[NameRole, NameFound] = {}
        for role in _ROLES:
            level = [one for one in enough if one.name.role == role]
            fuller = [one for one in level if not any(one.said < other.said for other in level)]
            best = max(fuller, key=lambda one: one.share, default=None)
            if best is not None and not _several(best, enough) and not _inside_another(best, enough):
                found[role] = best
        return found

    def _is_beside_fuller(
        self,
        one: NameFound,
        enough: Sequence[NameFound],
        stems: Sequence[str],
        cues: Set[NameRole],
        entities: frozenset[str],
    ) -> bool:
        """Whether enough is said of a name without the words that only a name of another level takes.

        "El Plan Integral de *Seguridad* … de la *Secretaría* del Interior" names no "Secretaría de Seguridad".
        """
        taken = {
            stem
            for other in enough
            if other.name.role != one.name.role and self._takes(other) and not other.said <= one.said
            for stem in other.said & one.said
            if stems.count(stem) == 1
        }
        if not taken:
            return True
        own = next(own for own, name in zip(self._own, self._names, strict=True) if name is one.name)
        left = one.said - taken
        if left and self._is_unique(left, one.name.role, entities):
            return True
        return self._share(one.name.role, own, left, entities) >= (CUED_BAR if one.name.role in cues else PLAIN_BAR)

    def _takes(self, one: NameFound) -> bool:
        return one.share >= _WHOLE and len(one.said) >= _TAKING

    def longer(self, found: NameFound, asked: Iterable[str]) -> tuple[str, ...]:
        """The names of the level, of other territories, that say all of a name and more, and the question no more of
        them: "Secretaría del Interior y Convivencia" where one territory has a "Secretaría del Interior"."""
        whole, stems = found.name.stems, set(asked) - self._stop
        return tuple(
            name.text
            for name, own in zip(self._names, self._own, strict=True)
            if name.role == found.name.role
            and whole < name.stems
            and not name.entities & found.name.entities
            and own & stems <= whole
        )

    def pointed_at(self, words: Mapping[NameRole, str]) -> dict[NameRole, NameFound]:
        """The name of each level that alone has the word said right after that level ("el programa de víctimas")."""
        found: dict[NameRole, NameFound] = {}
        for role, stem in words.items():
            holding = [name for name in self._names if name.role == role and stem in name.stems]
            if len(holding) == 1 and stem not in self._stop:
                found[role] = NameFound(holding[0], PLAIN_BAR, frozenset((stem,)))
        return found

    def heading_all(self, topic: Sequence[str]) -> NameFound | None:
        """The programme or component whose name has every telling word of the subject, if there are two or more."""
        asked = frozenset(topic)
        if len(asked) < _FEWEST:
            return None
        holding = [name for name in self._names if name.role in ("programme", "component") and asked <= name.stems]
        name = min(holding, key=lambda one: len(one.stems), default=None)
        return None if name is None else NameFound(name, 1.0, asked)

    def _share(
        self, role: NameRole, own: frozenset[str], said: frozenset[str], entities: frozenset[str] = frozenset()
    ) -> float:
        """How much of a name's telling stems those said are; one stem says a name that alone has it there."""
        if len(said) < _FEWEST <= len(own) and not self._is_unique(said, role, entities):
            return 0.0
        weights = self._telling[role]
        share = sum(weights[stem] for stem in said) / (sum(weights[stem] for stem in own) or 1.0)
        return max(share, PLAIN_BAR) if self._is_its_nickname(said, role) else share

    def _is_its_nickname(self, said: frozenset[str], role: NameRole) -> bool:
        """Whether a word and a number ("Titán 24") are said that no other name of the level has."""
        numbers = {stem for stem in said if stem.isdigit()}
        words = said - numbers
        return bool(numbers and words) and any(self._is_unique(frozenset((word,)), role) for word in words)

    def _is_common(self, at: int, entities: frozenset[str]) -> bool:
        """Whether a name is one word that names of other territories have, too ("VÍCTIMAS"): alone it is a subject."""
        if len(self._own[at]) != 1 or entities or self._names[at].role == "dependency":
            return False
        (stem,) = self._own[at]
        return any(not self._names[other].entities & self._names[at].entities for other in self._having[stem])

    def _is_unique(self, said: frozenset[str], role: NameRole, entities: frozenset[str] = frozenset()) -> bool:
        """Whether one stem alone tells the name from all others of its level, of the entities if any are told."""
        having = [self._names[at] for at in {at for stem in said for at in self._having.get(stem, ())}]
        return sum(one.role == role and (not entities or bool(entities & one.entities)) for one in having) == 1

    def begun(self, text: str) -> dict[NameRole, NameFound]:
        """The names that a question begins to say right after their level."""
        return {role: NameFound(name, PLAIN_BAR) for role, name in begun_names(text, self._names).items()}

    def quoted(self, phrases: Sequence[str]) -> dict[NameRole, NameFound]:
        """Names that a quoted phrase is the beginning of ("Seguridad ya con dotación…")."""
        found: dict[NameRole, NameFound] = {}
        for phrase in phrases:
            start = fold(phrase).rstrip(".… ")
            for name in self._names:
                if len(start) >= 8 and fold(name.text).startswith(start):
                    found.setdefault(name.role, NameFound(name, 1.0))
        return found


def _several(best: NameFound, enough: Sequence[NameFound]) -> bool:
    """Whether another name of the level is said as well, with words of its own: then none of them is a filter."""
    others = (one for one in enough if one.name.role == best.name.role and one is not best)
    return any(not one.said & best.said and one.share >= best.share * _AS_FULLY for one in others)


def _inside_another(one: NameFound, enough: Sequence[NameFound]) -> bool:
    """Whether what is said of a name is only a part of what is said of a name of another level, said more fully."""
    return any(
        one.said < other.said and other.share > one.share for other in enough if other.name.role != one.name.role
    )
