"""One ask into the questions in it, and each into a clean question: what the assistant is asked.

``ask ──sentences──▶ clauses ──sort──▶ AskPart…``. A clause is information, copies, an act, an opinion or news of the
petitioner's own case; only information is looked for in the documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.petitions.asks import RawAsk, sentences_of
from assistant.petitions.records import AskPart, PartKind
from assistant.petitions.support import telling_stems
from assistant.petitions.wording import pattern, petition_words
from ingest.fold import fold, fold_in_place, squeeze

_CLITIC_ACT = re.compile(r"^(?:que |y que |a que )(?:no )?(?:(?:se|me|nos|le|les|lo|la|los|las) ){0,2}(?P<verb>\w+)")
_INFINITIVE = re.compile(r"^(?:(?:a|de) )?(?P<verb>\w{2,}(?:ar|er|ir))(?:me|nos|le|les|se|lo|la|los|las)?\b")
#: Indicative verbs after "que": something told, nothing asked for.
_INDICATIVE = frozenset(
    (
        "hay",
        "va",
        "van",
        "es",
        "son",
        "esta",
        "estan",
        "ha",
        "han",
        "tiene",
        "tienen",
        "puede",
        "pueden",
        "era",
        "eran",
        "fue",
        "fueron",
        "necesito",
        "necesitamos",
        "viven",
        "vive",
        "quieren",
        "existe",
        "existen",
    )
)
_EDGES = " \t,;:.-–—"
_LONGEST_QUESTION = 600


def parts_of(ask: RawAsk, mask: re.Pattern[str] | None = None) -> tuple[AskPart, ...]:
    """The questions of an ask whose text is masked already, in its order; at least one."""
    clauses = [clause for sentence in sentences_of(ask.text) for clause in _clauses(sentence)]
    kinds = [(clause, part_kind(clause)) for clause in clauses]
    telling = [(clause, kind) for clause, kind in kinds if kind is not None]
    if not telling:
        telling = [(ask.text, "question")]
    parts = [AskPart(text=clause.strip(_EDGES), question=clean_question(clause), kind=kind) for clause, kind in telling]
    return tuple(_joined(parts))


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence cut before each question; a piece too short to be one goes with what follows it.

    What stands before a colon only says what the questions after it are about.
    """
    text = _calm(sentence)
    cuts = [(match.start(), match.end(), match[0]) for match in pattern("cut").finditer(text)]
    start = 0
    for cut, after, separator in (*cuts, (len(text), len(text), "")):
        piece = text[start:cut]
        if separator and pattern("and_money").match(fold(text[cut:])) and not _counts(piece, text[after:]):
            continue
        if ":" in separator and pattern("announcing").search(fold(piece)):
            start = after
            continue
        if separator and (
            _is_unfinished(piece) or (":" in separator and part_kind(piece) in ("question", "opinion", None))
        ):
            if ":" in separator and not _is_unfinished(piece):
                start = after
            continue
        if piece.strip(_EDGES):
            yield piece.strip()
        start = after


def _counts(left: str, right: str) -> bool:
    """Whether a question of a number goes on with one of money: documents keep the two apart."""
    return pattern("counting").search(fold(left)) is not None and len(right.split()) > 2


def _is_unfinished(clause: str) -> bool:
    """Whether a piece is only the beginning of a question: "díganos", "que nos cuenten", "cuántas alarmas"."""
    rest = _without_leads(clause).strip(_EDGES + "¿? ")
    if pattern("according_to").match(fold(rest)) and pattern("asking_word").search(rest) is None:
        return True
    return not rest or (
        len(rest.split()) <= 2 and pattern("interrogative").match(rest) is not None and "?" not in clause
    )


def part_kind(clause: str) -> PartKind | None:
    """What a clause wants; None when it tells something and wants nothing."""
    words = petition_words().reading
    folded = fold(clause).strip("¿? .,;:")
    raw = _without_leads(clause).strip("¿? .,;:")
    rest = fold(raw)
    if not rest:
        return None
    is_interrogative = pattern("interrogative").match(raw) is not None
    measured = words.measured.search(folded) is not None
    if words.opinion.search(folded) is not None and not (measured and pattern("strong_opinion").search(folded) is None):
        return "opinion"
    if words.own_case.search(rest) is not None and not _is_act(clause, raw):
        return "own_case"
    if _wants_documents(folded, rest, is_interrogative):
        return "document"
    if is_interrogative or "?" in clause or "¿" in clause:
        return "question"
    if _is_act(clause, raw):
        return "action"
    if pattern("statement").match(folded):
        return None
    return "question" if rest != folded or _asks_to_tell(folded) else _of_bare(rest)


def _of_bare(rest: str) -> PartKind | None:
    """A clause without any verb of asking: a matter named ("presupuesto del programa X"), or a statement."""
    return (
        "question"
        if len(rest.split()) >= 3
        and not re.search(r"\b(?:es|son|esta|estan|ha|han|hay|tiene|tienen|fue|dice|dicen|se)\b", rest)
        else None
    )


def _wants_documents(folded: str, rest: str, is_interrogative: bool) -> bool:
    words = petition_words().reading
    if is_interrogative:
        return False
    if pattern("document_named").match(rest):
        return True
    head = " ".join(rest.split()[:7])
    gives = re.search(
        pattern("gives"),
        folded,
    )
    return gives is not None and words.document.search(head) is not None


def _is_act(clause: str, raw: str) -> bool:
    """Whether a clause wants something done: "que nos instalen …", "reparar …", "la pavimentación de …"."""
    words = petition_words().reading
    rest = fold(raw)
    if pattern("interrogative").match(raw) is not None:
        return False
    verb = _CLITIC_ACT.match(rest) or _INFINITIVE.match(rest)
    if verb is not None:
        said = verb["verb"]
        told = said in _INDICATIVE or said.startswith(tuple(fold(one) for one in words.telling)) or _is_noun(said)
        return not told and (verb.re is _INFINITIVE or said.endswith(("e", "en", "a", "an", "emos", "amos")))
    if pattern("nominal_act").match(rest):
        return True
    return (
        re.match(
            pattern("act_begun"),
            rest,
        )
        is not None
    )


def _is_noun(word: str) -> bool:
    return word in (
        "lugar",
        "poder",
        "hogar",
        "deber",
        "taller",
        "mujer",
        "alquiler",
        "celular",
        "particular",
        "familiar",
        "escolar",
        "titular",
        "mar",
        "militar",
        "nivel",
    )


def _asks_to_tell(folded: str) -> bool:
    return pattern("tell_lead").match(folded) is not None and bool(pattern("tell_lead").match(folded)[0].strip())  # type: ignore[index]


def clean_question(clause: str) -> str:
    """A clause as a question of its own: no greeting, no "solicito se me informe", no reasons, one pair of marks."""
    text = pattern("reason").sub("", squeeze(_without_leads(clause)).strip(_EDGES + '¿?!¡"')).strip(_EDGES + "¿?")
    folded = fold(text)
    if re.match(r"si\s", folded):
        text = text[3:].strip()
    elif (
        "?" not in clause and pattern("interrogative").match(text) is None and re.match(r"(?:el|la|los|las)\s", folded)
    ):
        pair = r"^(?:el|la) [^,]{3,60} y (?:el|la|los|las) "
        is_plural = re.match(r"(?:los|las)\s", folded) is not None or re.search(pair, folded) is not None
        text = ("cuáles son " if is_plural else "cuál es ") + text[:1].lower() + text[1:]
    text = text[:_LONGEST_QUESTION]
    return f"¿{text[:1].upper()}{text[1:]}?"


def _without_leads(clause: str) -> str:
    """The clause after what only asks for it ("Que nos cuenten", "Solicito se me informe sobre")."""
    text = squeeze(clause).strip(_EDGES)
    text = text.lstrip("¿ ")
    for name in (
        "wonder_lead",
        "therefore_lead",
        "lead",
        "request_lead",
        "lead",
        "tell_lead",
        "information_lead",
        "about_lead",
    ):
        match = pattern(name).match(fold_in_place(text))
        if match is not None and match.end():
            text = text[match.end() :].lstrip(" ,:¿")
    return text


def points_back(question: str) -> bool:
    """Whether a question needs what was said before it: "cuáles son esas normas", "qué meta las cumple"."""
    return pattern("back").search(fold(question)) is not None or is_elliptic(question)


def is_elliptic(question: str) -> bool:
    """Whether a question leaves out what it is about: "cuántas deben operar", "con qué porcentaje"."""
    return pattern("elliptic").match(fold(question)) is not None or not telling_stems(question)


def _joined(parts: Sequence[AskPart]) -> Iterator[AskPart]:
    """Without the second of two equal questions, and without a call for figures that belong to the one before it."""
    seen: set[str] = set()
    for part in parts:
        key = fold(part.question)
        is_call = re.fullmatch(
            pattern("call_for_figures"),
            key,
        )
        if key in seen or (is_call and seen):
            continue
        seen.add(key)
        yield part


def _calm(text: str) -> str:
    """Capitals throughout become small letters, as sentences are written."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 20 and sum(char.isupper() for char in letters) > 0.8 * len(letters):
        return text[:1] + text[1:].lower()
    return text
