"""The separate things that a petition asks: items of lists, paragraphs, and requests hidden in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.petitions.sections import Piece
from assistant.petitions.source import marker_of
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold, fold_in_place, squeeze

_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nro|Art|art|num|núm|Dr|Dra|Sr|Sra|Ing|Cra|Cll|Av|Km|pág|p|ej|etc|C|D|T|P|S|J|N|a|m|vs|Ltda|Inc|lit)|\b[A-Z])\.$"
)
_END = re.compile(r"(?<=[.?!;])[\"»”')]?\s+(?=[¿¡\"«“(]?[A-ZÁÉÍÓÚÑ¿¡0-9])|(?<=\?)\s*(?=[¿])|(?<=\?)\s+")
_INLINE = re.compile(
    r"(?:(?<=[\s:;,.(])|^)\(?(?P<mark>\d{1,2}|[a-h]|[ivx]{1,4})\s?[).](?:-)?\s+(?=[¿A-ZÁÉÍÓÚÑa-záéíóúñ])"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_QUESTION = re.compile(r"¿|\?\s*$|\?")
_REASON = re.compile(r"^(?:esto|lo anterior|eso|ello|pues|porque|ya que|toda vez)\b")
_SHORTEST = 8


@dataclass(frozen=True)
class RawAsk:
    """One thing asked in the petitioner's words; ``context`` is what a list of sub-items is under."""

    text: str
    context: str = ""


def find_asks(pieces: Sequence[Piece]) -> list[RawAsk]:
    """Everything that is asked, in the order of the letter."""
    listed = _list_of_asks(pieces)
    found: list[RawAsk] = []
    for index, piece in enumerate(pieces):
        if piece.zone in ("head", "end"):
            continue
        if index in listed:
            found += _items(piece, listed[index])
        elif piece.paragraph.marker is not None and piece.zone == "story" and piece.titled:
            found += _hidden(piece.paragraph.text, strong=True)
        else:
            found += _hidden(
                piece.paragraph.text,
                strong=(piece.zone == "story" and piece.titled) or (bool(listed) and index < min(listed)),
            )
    return _without_repeats(found)


def _list_of_asks(pieces: Sequence[Piece]) -> dict[int, str]:
    """The pieces that are asks as a whole, each with the text that its sub-items stand under."""
    listed: dict[int, str] = {}
    announced = False
    parent = ""
    for index, piece in enumerate(pieces):
        paragraph = piece.paragraph
        if piece.zone in ("head", "end"):
            announced = False
            continue
        in_asks = piece.zone == "asks"
        if piece.zone == "story" and piece.titled:
            announced = False
        if paragraph.marker is not None and (in_asks or announced or _asks_by_itself(paragraph.text)):
            if piece.zone == "story" and piece.titled and not announced:
                continue  # numbered facts
            is_sub = (
                re.fullmatch(
                    r"\(?[a-zA-Z]\s?[).]|[-–—•●▪◦✓➢·*]|\(?[ivx]{1,4}\s?[).]|\d{1,2}\.\d{1,2}\W*", paragraph.marker
                )
                is not None
            )
            if paragraph.text.rstrip().endswith(":") and _followed_by_item(pieces, index):
                parent = paragraph.text.rstrip(" :")
                continue
            if not is_sub:
                parent = ""
            listed[index] = parent if is_sub else ""
        elif (
            in_asks
            and piece.titled
            and paragraph.marker is None
            and not _announces(paragraph.text)
            and _is_own_ask(paragraph.text)
        ):
            listed[index] = ""
        elif _announces(paragraph.text):
            announced = True
            parent = ""
        elif paragraph.marker is None and announced and not in_asks and not _is_request(paragraph.text):
            announced = announced and _followed_by_item(pieces, index)
    return listed


def _followed_by_item(pieces: Sequence[Piece], index: int) -> bool:
    return index + 1 < len(pieces) and pieces[index + 1].paragraph.marker is not None


def _announces(text: str) -> bool:
    """Whether a paragraph announces the list of what is asked ("por eso les pedimos lo siguiente:")."""
    folded = fold(text)
    return folded.endswith(":") and (
        pattern("request").search(folded) is not None
        or petition_words().reading.introducing.search(folded) is not None
        or "pregunt" in folded
        or "consult" in folded
    )


def _is_own_ask(text: str) -> bool:
    return len(text) >= _SHORTEST and (
        _is_request(text) or _QUESTION.search(text) is not None or pattern("order").match(fold(text)) is not None
    )


def _asks_by_itself(text: str) -> bool:
    folded = fold(text)
    return (
        _QUESTION.search(text) is not None
        or pattern("order").match(folded) is not None
        or pattern("request").match(folded) is not None
    )


def _items(piece: Piece, context: str) -> Iterator[RawAsk]:
    """An item of the list, or several when its text counts some itself ("1) … 2) …")."""
    text = piece.paragraph.text
    inline = split_inline(text)
    if len(inline) > 1 and piece.paragraph.marker is None:
        yield from (RawAsk(one) for one in inline[1:])
        return
    if piece.paragraph.marker is None and len(sentences := _asking_sentences(text)) > 1:
        yield from (RawAsk(one) for one in sentences)
        return
    yield RawAsk(text, context)


def _hidden(text: str, *, strong: bool) -> Iterator[RawAsk]:
    """Requests within the sentences of a paragraph; ``strong`` takes no bare questions: a story asks them of nobody."""
    if _announces(text) and len(split_inline(text)) < 2:
        return
    inline = split_inline(text)
    if len(inline) > 1 and (
        pattern("request").search(fold(inline[0])) or _announces(inline[0]) or _QUESTION.search(text)
    ):
        yield from (RawAsk(one.strip(" ;,")) for one in inline[1:] if len(one) >= _SHORTEST)
        return
    for sentence in sentences_of(text):
        if _is_asking(sentence, strong=strong):
            yield from (RawAsk(one) for one in _from_first_asking(sentence, strong=strong) if len(one) >= _SHORTEST)


def _from_first_asking(sentence: str, *, strong: bool) -> list[str]:
    """The pieces of a sentence between semicolons, from the first that asks on: those before it tell a story."""
    pieces = re.split(r";\s+(?:y\s+)?", sentence)
    first = next((index for index, one in enumerate(pieces) if _is_asking(one, strong=strong)), 0)
    return pieces[first:]


def _asking_sentences(text: str) -> list[str]:
    """The sentences of a paragraph that ask; those that do not go with the one before them."""
    return [one for one in sentences_of(text) if _is_asking(one, strong=False)]


def _is_asking(sentence: str, *, strong: bool) -> bool:
    folded = fold(sentence)
    if (
        len(sentence) < _SHORTEST
        or _is_introduction(sentence)
        or pattern("thanks").search(folded)
        or pattern("said_before").search(folded)
    ):
        return False
    if _QUESTION.search(sentence) is not None and not strong:
        return True
    if not strong and pattern("wonder").search(folded) is not None:
        return True
    return _is_request(sentence)


def _is_request(text: str) -> bool:
    folded = fold(text)
    if _is_introduction(text) or _REASON.match(folded):
        return False
    return pattern("request").search(folded) is not None or (
        pattern("indirect").search(folded) is not None and _first_person(folded)
    )


def _first_person(folded: str) -> bool:
    return (
        re.search(
            r"\b(?:quiero|queremos|quisiera|quisieramos|necesito|necesitamos|me|nos|deseo|desea|gustaria)\b", folded
        )
        is not None
    )


def _is_introduction(sentence: str) -> bool:
    """Whether a sentence only announces what is asked, or names the right to ask."""
    folded = fold_in_place(sentence)
    introducing = petition_words().reading.introducing.search(folded)
    if introducing is None:
        return False
    after = sentence[introducing.end() :]
    return (
        re.search(r"[¿?]|\b(?:[Cc]u[aá]nt[oa]s?|[Cc]u[aá]l(?:es)?|qué|cómo|dónde|cuándo|quién(?:es)?)\b", after) is None
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; abbreviations and decimals end none."""
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()]):
            continue
        if piece := text[start : match.start()].strip():
            pieces.append(piece)
        start = match.end()
    return [*pieces, text[start:].strip()] if text[start:].strip() else pieces


def split_inline(text: str) -> list[str]:
    """A text cut at the marks of a list that runs through it: what is before the first mark, then each item.

    Marks count only in their order ("1) … 2) …", "a) … b) …", "(i) … (ii) …").
    """
    marks = list(_INLINE.finditer(text))
    for sequence in (tuple(map(str, range(1, 30))), tuple("abcdefgh"), _ROMAN):
        chosen: list[re.Match[str]] = []
        for match in marks:
            if match["mark"].lower() == sequence[min(len(chosen), len(sequence) - 1)]:
                chosen.append(match)
        if len(chosen) >= 2:
            edges = [*(match.start() for match in chosen), len(text)]
            items = [text[match.end() : end].strip(" ;,") for match, end in zip(chosen, edges[1:], strict=True)]
            return [text[: edges[0]].strip(), *(re.sub(r"[;,]?\s(?:y|e)$", "", item) for item in items)]
    return [text]


def _without_repeats(asks: Iterable[RawAsk]) -> list[RawAsk]:
    kept: dict[str, RawAsk] = {}
    for ask in asks:
        text = squeeze(ask.text).strip(" ;,")
        found = marker_of(text)
        text = found[1] if found is not None else text
        if len(text) >= _SHORTEST:
            kept.setdefault(fold(text), RawAsk(text, ask.context))
    return list(kept.values())
