"""The safety measure: figures of an answer that no citation, shown computation, question or count supports.

What supports a figure is what the answer itself carries, so the measure needs no documents and holds for any set.
"""

from __future__ import annotations

import ast
import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import islice, product
from typing import Any

from assistant.answer import Answer, AnswerFigure, Citation
from eval.numbers import TOKEN, find, holds, numbers_in_words, plain, readings, values_in
from ingest.fold import fold

_MARK = re.compile(r"\[(\d+(?:\s*[,;–-]\s*\d+)*)\]")
_NUMBERED = re.compile(r"(?m)^\s*\d{1,3}[.)](?=\s)")
_LISTED = re.compile(r"(?m)^\s*(?:[-•*·]|\d{1,3}[.)])\s")
#: Parts of a citation that say where it points, not what stands there.
_ADDRESS = frozenset({"n", "kind", "row_id", "document", "page", "sheet", "cell", "line", "url", "count"})
#: Names under which an answer may say a citation's place.
_PLACES = {"line": r"l[ií]neas?|lines?", "page": r"p[áa]ginas?|pages?|diapositivas?|slides?"}
_READINGS_TRIED = 64
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def unsupported(question: Iterable[str], answer: Answer) -> tuple[str, ...]:
    """What the answer's text states out of nothing, as printed; with the reason where a shown computation is wrong.

    ``question`` is what the user said, earlier questions included. A figure is supported when a cited row or passage
    prints it, when the question says it, when it counts what the answer holds, or when it stands in a derivation whose
    terms are supported and whose arithmetic is right. A ``[n]`` without its citation is unsupported too.
    """
    said = list(question)
    evidence = plain(" \n ".join([*said, *_printed(answer.citations)]))
    counts = _counts(answer)
    shown, wrong = _derivations(answer.figures, evidence, counts)
    text = _without_addresses(answer)
    found: dict[str, None] = dict.fromkeys(_dangling_marks(answer))
    for token in TOKEN.findall(text):
        printed = holds(evidence, token) or holds(evidence, _unmarked(token)) or holds(shown, token)
        if printed or (token.isdigit() and Decimal(token) in counts):
            continue
        found[next((f"{token} ({reason})" for term, reason in wrong if holds(plain(term), token)), token)] = None
    known = values_in(evidence) | values_in(shown) | counts
    found |= dict.fromkeys(phrase for phrase, value in numbers_in_words(text) if value not in known)
    return tuple(found)


def _unmarked(token: str) -> str:
    """A printed number without its thousands points, as a workbook keeps it."""
    return token.replace(".", "") if _GROUPED.fullmatch(token) else token


def stated(answer: Answer) -> tuple[str, ...]:
    """The different figures that an answer's text states, in digits or words."""
    text = _without_addresses(answer)
    return tuple(dict.fromkeys([*TOKEN.findall(text), *(phrase for phrase, _ in numbers_in_words(text))]))


def without_marks(text: str) -> str:
    """An answer's text without its [n] marks and without the numbers of a numbered list."""
    return _NUMBERED.sub(" ", _MARK.sub(" ", text))


def _printed(citations: Iterable[Citation]) -> Iterator[str]:
    """Every text of the citations that says something."""
    for citation in citations:
        yield from _texts({key: value for key, value in citation.model_dump().items() if key not in _ADDRESS})


def _texts(value: Any) -> Iterator[str]:
    """The strings within. Values that were understood (JSON numbers) are no evidence: only what is printed is."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _without_addresses(answer: Answer) -> str:
    """The text without marks, file names, links, and the lines and pages of what it cites."""
    text = without_marks(answer.answer)
    for citation in answer.citations:
        for name in (citation.url, citation.document):
            text = text.replace(name, " ") if name else text
        for key, label in _PLACES.items():
            if (place := getattr(citation, key)) is not None:
                text = re.sub(rf"(?i)\b(?:{label})\s+{place}\b(?:\s*(?:a|-|–|to)\s*\d+)?", " ", text)
    return text


def _dangling_marks(answer: Answer) -> Iterator[str]:
    numbers = {citation.n for citation in answer.citations}
    for mark in _MARK.findall(answer.answer):
        yield from (f"[{n}]" for n in re.findall(r"\d+", mark) if int(n) not in numbers)


def _counts(answer: Answer) -> frozenset[Decimal]:
    """How many of each thing the answer itself holds: citations, listed lines, and the parts its citations name."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    rows = [citation for citation in answer.citations if citation.kind == "row"]
    of_value: defaultdict[tuple[str, str], int] = defaultdict(int)
    for citation in answer.citations:
        named = {"document": citation.document, "entity": citation.entity, "dependency": citation.dependency}
        for level, value in [*((k, v) for k, v in named.items() if v), *citation.path]:
            names[fold(level)].add(fold(value))
            of_value[fold(level), fold(value)] += 1
    sizes = {len(answer.citations), len(rows), len(_LISTED.findall(answer.answer))}
    sizes |= {len(values) for values in names.values()} | set(of_value.values())
    sizes |= {citation.count for citation in answer.citations if citation.count is not None}
    return frozenset(Decimal(size) for size in sizes)


# ------------------------------------------------------------------ computations that an answer shows


def _derivations(
    figures: Iterable[AnswerFigure], evidence: str, counts: frozenset[Decimal]
) -> tuple[str, list[tuple[str, str]]]:
    """(what sound computations say, as plain text; [(figure, why it is not sound)])."""
    shown, wrong = [], []
    for figure in figures:
        if not figure.derivation:
            continue
        reason = _objection(figure, figure.derivation, evidence, counts)
        if reason is None:
            shown += [figure.text, figure.derivation]
        else:
            wrong.append((figure.text, reason))
    return plain(" | ".join(shown)), wrong


def _objection(figure: AnswerFigure, derivation: str, evidence: str, counts: frozenset[Decimal]) -> str | None:
    """What is wrong with a shown computation, or None."""
    terms = derivation.split("=")[0]
    countable = counts | {Decimal(100), Decimal(len(set(figure.citations)))}
    for token in TOKEN.findall(terms):
        counted = token.isdigit() and Decimal(token) in countable
        if not counted and find(evidence, token) < 0 and not holds(evidence, _unmarked(token)):
            return f"su derivación usa {token}, que no está en las citas"
    results = _results(terms)
    stated = TOKEN.search(figure.text)
    if not results or stated is None:  # 'in words', as '3 filas': its terms were checked above
        return None
    if not any(_agree(stated.group(), result) for result in results):
        return f"«{terms.strip()}» da {_shortest(results[0])}"
    return None


def _agree(stated: str, result: Decimal) -> bool:
    """Whether a printed figure is the result, rounded or cut to its decimals; a share may be said in percent."""
    for value in readings(stated):
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        if any(abs(abs(candidate) - value) < step for candidate in (result, result * 100)):
            return True
    return False


def _shortest(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "÷": "/", ":": "/", "$": None, "%": None})
_EXPRESSION = re.compile(r"[\s()+\-*/\d.,]*[+\-*/][\s()+\-*/\d.,]*")


def _results(terms: str) -> list[Decimal]:
    """What an expression over printed numbers gives, for each way to read them; [] when it is no expression."""
    text = terms.translate(_SIGNS).strip()
    tokens = TOKEN.findall(text)
    if not _EXPRESSION.fullmatch(text) or not tokens or not all(map(readings, tokens)):
        return []
    found = []
    for values in islice(product(*(sorted(readings(token)) for token in tokens)), _READINGS_TRIED):
        try:
            found.append(_evaluate(ast.parse(_with_numbers(text, values), mode="eval").body))
        except (SyntaxError, ValueError, InvalidOperation, DivisionByZero):
            continue
    return found


def _with_numbers(text: str, values: Iterable[Decimal]) -> str:
    """The expression as Python writes it: each printed number replaced by one of its readings."""
    rest = iter(values)
    return TOKEN.sub(lambda _: f" {next(rest):f} ", text).strip()


def _evaluate(node: ast.expr) -> Decimal:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(str(node.value))
    raise ValueError(f"not arithmetic: {ast.dump(node)}")
