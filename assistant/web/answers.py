"""An answer as a page shows it: its text with links to the cards of its rows, and as text to be copied. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from markupsafe import Markup, escape

from assistant.answer import Answer, Citation
from assistant.web.cards import Card, card_of_citation, source_of

#: Cards that are shown at once; the others wait behind one click.
SHOWN = 4

_MARK = re.compile(r"\[(\d+)\]|((?:https?://[^\s/]+)?/v1/rows\?\S+)")
_ITEM = "- "
_CAUTION = "Ojo:"
_STATUSES = {
    "answered": "Respondida con los documentos",
    "not_found": "Los documentos no lo dicen",
    "clarify": "Falta precisar",
    "refused": "Cabildo no responde esto",
}


@dataclass(frozen=True)
class Line:
    """One line of an answer: a sentence, an item of a list, or a caution."""

    kind: str
    html: Markup


@dataclass(frozen=True)
class SetCitation:
    """The filter that proves a set of rows: how many they are, its terms, and where all of them are shown."""

    n: int
    count: int | None
    terms: tuple[tuple[str, str], ...]
    address: str


@dataclass(frozen=True)
class Turn:
    """A question with its answer, ready for a template."""

    key: str
    question: str
    status: str
    status_text: str
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]
    sets: tuple[SetCitation, ...]
    suggestions: tuple[str, ...]
    copy_text: str
    mode: str

    @property
    def shown(self) -> tuple[Card, ...]:
        return self.cards[:SHOWN]

    @property
    def others(self) -> tuple[Card, ...]:
        return self.cards[SHOWN:]


def turn_of(
    question: str,
    answer: Answer,
    follow_ups: Sequence[str] = (),
    has_page: Callable[[str], bool] = lambda _row_id: False,
    base: str = "",
) -> Turn:
    """A turn of a conversation; ``has_page`` says whether there is a picture of a row's page, ``base`` the address
    that links in copied text begin with."""
    key = answer.answer_id or "respuesta"
    known = {citation.n for citation in answer.citations}
    rows = [citation for citation in answer.citations if citation.kind != "filter"]
    cards = tuple(card_of_citation(one, has_page=one.row_id is not None and has_page(one.row_id)) for one in rows)
    follows = answer.status == "answered" and len({one.row_id for one in rows}) == 1
    return Turn(
        key=key,
        question=question,
        status=answer.status,
        status_text=_STATUSES[answer.status],
        lines=tuple(lines_of(answer.answer, key, known)),
        cards=cards,
        sets=tuple(_set_of(one) for one in answer.citations if one.kind == "filter"),
        suggestions=tuple(answer.suggestions) or (tuple(follow_ups) if follows else ()),
        copy_text=copy_text(answer, base),
        mode=answer.mode,
    )


def lines_of(text: str, key: str, known: frozenset[int] | set[int] = frozenset()) -> list[Line]:
    """The lines of an answer; a mark [n] of a known citation leads to its card, an address of rows to Explorar."""
    lines = []
    for raw in text.splitlines():
        kind = "item" if raw.startswith(_ITEM) else "caution" if raw.startswith(_CAUTION) else "sentence"
        if raw.strip():
            lines.append(Line(kind, _linked(raw.removeprefix(_ITEM), key, known)))
    return lines


def _linked(text: str, key: str, known: frozenset[int] | set[int]) -> Markup:
    out, end = Markup(), 0
    for match in _MARK.finditer(text):
        out += escape(text[end : match.start()])
        end = match.end()
        if match[1] is None:
            out += _link_to_rows(match[2])
        elif int(match[1]) in known:
            out += Markup('<a class="mark" href="#cita-{}-{}" aria-label="Cita {}">{}</a>').format(
                key, match[1], match[1], match[1]
            )
        else:
            out += escape(match[0])
    return out + escape(text[end:])


def _set_of(citation: Citation) -> SetCitation:
    terms = tuple((citation.filters or {}).items())
    return SetCitation(citation.n, citation.count, terms, explore_address(citation.url or ""))


def _link_to_rows(address: str) -> Markup:
    dot = "." if address.endswith(".") else ""
    return Markup('<a href="{}">la página Explorar</a>{}').format(explore_address(address.removesuffix(".")), dot)


def explore_address(address: str) -> str:
    """The page that shows the rows of an address of the API's."""
    asked = parse_qs(urlsplit(address).query)
    named = {"question": "pregunta", "entity": "entidad", "period": "periodo"}
    query = [(named[name], value) for name, values in asked.items() if name in named for value in values]
    return f"/explorar?{urlencode(query)}"


def copy_text(answer: Answer, base: str = "") -> str:
    """The answer as plain text with its sources below, each with its quote and address."""
    parts = [answer.answer]
    if answer.citations:
        parts.append("\n".join(["Fuentes:", *(_source_line(one, base) for one in answer.citations)]))
    return "\n\n".join(parts)


def _source_line(citation: Citation, base: str) -> str:
    quote = f": «{citation.quote}»" if citation.quote else ""
    address = f" {base}/filas/{citation.row_id}" if citation.row_id else f" {citation.url or ''}".rstrip()
    return f"[{citation.n}] {source_of(citation)}{quote}{address}"
