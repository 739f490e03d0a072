"""The word index: BM25 over Spanish stems, one per entity, built whole and swapped.

An index is a pure function of the generations it was built from, so it is kept under a name made of them: whoever reads
a state of the catalogue either finds the index of exactly that state or builds it in memory.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ingest.fold import fold, words
from ingest.searchtext import SEARCHTEXT_VERSION, Hit
from ingest.wording import load_yaml, validated

_LOG = logging.getLogger(__name__)
_APART = "stems.yaml"
_WORDS_VERSION = "5"
_SHORTEST_STEM = 3
_IDS = "ids.json"
_TEMPORARY = ".tmp-"

#: Endings whose accent folding took away and the stemmer needs to know them by.
_ACCENTED_ENDINGS = ((re.compile(r"ion$"), "ión"), (re.compile(r"logia(s?)$"), r"logía\1"))
_INFINITIVE = re.compile(r"^(?P<root>\w{2,})(?P<vowel>[aei])r$")
_WITH_PRONOUN = re.compile(r"^(\w+[aei]r)(?:me|te|se|nos|l[aeo]s?|sel[aeo]s?)$")
#: Endings of verbs as folding leaves them, of which the stemmer knows only those with accents.
_FUTURE = ("a", "as", "an", "emos", "ia", "ias", "ian", "iamos")
_PRESENT = ("a", "as", "an", "e", "es", "en", "o")
#: What ends so is an acronym in the plural ("TICs", "ONGs"): no Spanish noun takes a bare "s" after a consonant.
_PLURAL_ACRONYM = re.compile(r"^(\w{2,}[^\W\daeiousz])s$")
_JOINED = re.compile(r"[.,/\-]")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+$")


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, as they are indexed; accents and case do not matter."""
    return [stem for word in words(text) for stem in _word_stems(word)]


@lru_cache(maxsize=65536)
def _word_stems(word: str) -> tuple[str, ...]:
    return tuple(_stem(term) for term in _terms(word))


def _terms(word: str) -> list[str]:
    """A word, and what else it may be asked by: its joined parts, its number written without points."""
    if not _JOINED.search(word):
        return [word]
    if _GROUPED.match(word):
        return [word, _JOINED.sub("", word)]
    if any(char.isalpha() for char in word):
        return [word, *(part for part in _JOINED.split(word) if part)]
    return [word]


def _stem(word: str) -> str:
    if (own := _kept_apart().get(word)) is not None:
        return own
    word = _PLURAL_ACRONYM.sub(r"\1", word)
    for ending, accented in _ACCENTED_ENDINGS:
        word = ending.sub(accented, word)
    stem: str = _stemmer().stemWord(word)
    # "casos" and "casas" share the stem "cas": what is left of a short word no longer tells it apart.
    return stem if len(stem) > _SHORTEST_STEM else _singular(without_pronoun(word))


def without_pronoun(word: str) -> str:
    """An infinitive without the pronouns that stand on it ("ponerles"); any other folded word as it is."""
    return _WITH_PRONOUN.sub(r"\1", word)


def imperfect_of(infinitive: str) -> Iterator[str]:
    """The forms of a folded infinitive in which a past is told ("ponía", "llevaban"); none for any other word."""
    if (match := _INFINITIVE.match(infinitive)) is not None:
        ending = "aba" if match["vowel"] == "a" else "ia"
        yield from (f"{match['root']}{ending}{person}" for person in ("", "n"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORTEST_STEM and word.endswith("s") else word


def _conjugated(infinitive: str, roots: Iterable[str]) -> Iterator[str]:
    """The future and the conditional of a verb, and the forms of the present that its irregular ``roots`` have.

    A root that ends in "r" ("pondr") is one of the future and the conditional, another ("suelt") one of the present.
    """
    for root in (infinitive, *roots):
        yield from (f"{root}{ending}" for ending in (_FUTURE if root.endswith("r") else _PRESENT))


class KeptApart(BaseModel):
    """``prompts/stems.yaml``: stems of their own with the words that have them, and verbs with their other roots."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    apart: dict[str, Annotated[tuple[str, ...], Field(strict=False)]]
    verbs: dict[str, Annotated[tuple[str, ...], Field(strict=False)]]


@lru_cache(maxsize=1)
def _kept_apart() -> dict[str, str]:
    """The stem of each folded word that the stemmer takes for another; SettingsError when the file is not sound."""
    kept = validated(KeptApart, load_yaml(_APART), _APART)
    apart = {fold(word): stem for stem, forms in kept.apart.items() for word in forms}
    verbs = {fold(verb): tuple(map(fold, roots)) for verb, roots in kept.verbs.items()}
    return {form: _stem_of_verb(verb) for verb, roots in verbs.items() for form in _conjugated(verb, roots)} | apart


def _stem_of_verb(infinitive: str) -> str:
    stem: str = _stemmer().stemWord(infinitive)
    return stem if len(stem) > _SHORTEST_STEM else infinitive


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("spanish")


@dataclass(frozen=True)
class WordIndex:
    """BM25 scores of one entity's items; ``model`` is None when no item has a word."""

    ids: tuple[str, ...]
    model: Any

    def search(self, query: Sequence[str], limit: int) -> list[Hit]:
        """The best items by BM25, best first; a stem given twice counts twice. Items without any stem are not hits."""
        if self.model is None:
            return []
        known = self.model.get_tokens_ids(list(query))
        if not known:
            return []
        scores = self._scores(known)
        best = top(scores, limit)
        return [Hit(self.ids[i], float(scores[i])) for i in best if scores[i] > 0]

    def _scores(self, known: Sequence[int]) -> np.ndarray[Any, Any]:
        """What ``get_scores_from_ids`` of bm25s gives, which adds an item's scores one at a time.

        An item stands once under a stem, so those of one stem are added all together.
        """
        kept = self.model.scores
        scores = np.zeros(len(self.ids), dtype=kept["data"].dtype)
        for token in known:
            start, end = kept["indptr"][token], kept["indptr"][token + 1]
            scores[kept["indices"][start:end]] += kept["data"][start:end]
        return scores


def top(scores: np.ndarray[Any, Any], limit: int) -> list[int]:
    """Positions of the highest scores, highest first, the earlier one first among equals."""
    if limit <= 0:
        return []
    if limit < len(scores):
        lowest = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        candidates = np.flatnonzero(scores >= lowest)
    else:
        candidates = np.arange(len(scores))
    order = candidates[np.argsort(-scores[candidates], kind="stable")]
    return [int(position) for position in order[:limit]]


def build_index(items: Iterable[tuple[str, Sequence[tuple[str, int]]]]) -> WordIndex:
    """An index of (item id, [(text, weight)]): the words of a text of weight 3 are counted three times."""
    import bm25s

    vocabulary: dict[str, int] = {}
    ids: list[str] = []
    documents: list[list[int]] = []
    for item_id, fields in items:
        ids.append(item_id)
        documents.append(
            [vocabulary.setdefault(stem, len(vocabulary)) for text, weight in fields for stem in stems(text) * weight]
        )
    if not vocabulary:
        return WordIndex(tuple(ids), None)
    model = bm25s.BM25(backend="numpy", csc_backend="numpy")
    model.index((documents, vocabulary), create_empty_token=False, show_progress=False)
    return WordIndex(tuple(ids), model)


class WordStore:
    """The word indexes on disk: ``<folder>/<collection>/<signature>/``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def signature(generations: Iterable[int]) -> str:
        """The name of the index made of these generations by this version of the program."""
        import bm25s

        apart = "".join(f"{word}>{stem} " for word, stem in sorted(_kept_apart().items()))
        made_of = [_WORDS_VERSION, apart, SEARCHTEXT_VERSION, bm25s.__version__, *map(str, sorted(generations))]
        return hashlib.blake2b(" ".join(made_of).encode(), digest_size=10).hexdigest()

    def save(self, collection: str, signature: str, index: WordIndex) -> None:
        """Write an index under a temporary name, then give it its own: nobody ever sees half of it."""
        target = self.folder / collection / signature
        if index.model is None or target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target.parent))
        index.model.save(temporary, show_progress=False)
        (temporary / _IDS).write_text(json.dumps(index.ids, ensure_ascii=False), encoding="utf-8")
        os.replace(temporary, target)

    def load(self, collection: str, signature: str) -> WordIndex | None:
        """The index, memory-mapped; None when there is none or it is damaged (whoever asks builds it in memory)."""
        import bm25s

        source = self.folder / collection / signature
        try:
            ids = tuple(json.loads((source / _IDS).read_text(encoding="utf-8")))
            model = bm25s.BM25.load(source, mmap=True, show_progress=False, auto_compile=False)
            scores = model.scores
            sound = scores["num_docs"] == len(ids) and scores["indptr"][-1] == len(scores["data"])
            sound = sound and len(scores["data"]) == len(scores["indices"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            _LOG.warning("word index %s/%s is damaged; it is built anew in memory", collection, signature)
            return None
        # Plain views of the same memory: numpy's memmap class costs microseconds at each slice of a query.
        model.scores = {name: np.asarray(part) if name != "num_docs" else part for name, part in scores.items()}
        return WordIndex(ids, model)

    def keep_only(self, signatures: dict[str, str]) -> None:
        """Delete every index but the current one (``{collection: signature}``) of each collection."""
        if not self.folder.is_dir():
            return
        for collection in self.folder.iterdir():
            current = signatures.get(collection.name)
            for index in collection.iterdir() if collection.is_dir() else ():
                if index.name != current:
                    shutil.rmtree(index, ignore_errors=True)
            if current is None:
                shutil.rmtree(collection, ignore_errors=True)

    def present(self, collection: str, signature: str) -> bool:
        return (self.folder / collection / signature / _IDS).is_file()
