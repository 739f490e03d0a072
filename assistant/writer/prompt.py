"""What is sent to the model: the question, what was asked before, the composed answer and its citations as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer, Citation
from assistant.question.query import Language
from assistant.writer.wording import wording
from ingest.fold import squeeze
from ingest.privacy import mask_person
from ingest.tokens import count_tokens

#: What the citations and the composed answer may cost, in tokens.
EVIDENCE_TOKENS = 6_000
COMPOSED_TOKENS = 2_000
_QUOTE_CHARACTERS = 1_500
_QUESTION_CHARACTERS = 2_000
_EARLIER_QUESTIONS = 4
_EARLIER_CHARACTERS = 300

Message = tuple[str, str]  # (role, text), as LangChain takes them


def first_messages(
    question: str, before: Sequence[str], composed: Answer, cited: Sequence[Citation], language: Language
) -> list[Message]:
    """The system and user messages; personal data of the questions is masked."""
    prompts = wording().prompts
    earlier = [bounded(mask_person(one), _EARLIER_CHARACTERS) for one in before[-_EARLIER_QUESTIONS:]]
    filled = {
        "question": bounded(mask_person(question), _QUESTION_CHARACTERS),
        "history": "\n".join(f"- {inert(one)}" for one in earlier) or prompts.nothing,
        "composed": inert(_lines_within(composed.answer.split("\n"), COMPOSED_TOKENS)),
        "evidence": "\n".join(inert(_as_json(citation)) for citation in cited),
    }
    filled["question"] = inert(filled["question"])
    system = prompts.system.format(language=prompts.languages[language])
    return [("system", system), ("user", prompts.user.format(**filled))]


def rewrite_messages(
    before: Sequence[Message], sentence: str, reasons: Sequence[str], accepted: Sequence[str]
) -> list[Message]:
    """The messages that ask for what is left, after a sentence that could not be shown."""
    prompts = wording().prompts
    shown = "".join(accepted).strip()
    said = prompts.rewrite.format(
        sentence=inert(sentence.strip()),
        reasons="\n".join(f"- {inert(one)}" for one in reasons),
        accepted=inert(shown) or prompts.nothing,
    )
    return [*before, ("assistant", f"{shown}\n{sentence.strip()}".strip() or prompts.nothing), ("user", said)]


def citations_within(citations: Sequence[Citation], tokens: int = EVIDENCE_TOKENS) -> list[Citation]:
    """The first citations that together cost no more than so many tokens; at least one, if there is one."""
    kept: list[Citation] = []
    left = tokens
    for citation in citations:
        left -= count_tokens(_as_json(citation))
        if left < 0 and kept:
            break
        kept.append(citation)
    return kept


def _as_json(citation: Citation) -> str:
    """A citation as the model reads it: what applies, in one line."""
    shown: dict[str, Any] = {
        "cita": f"[{citation.n}]",
        "texto": bounded(citation.quote, _QUOTE_CHARACTERS),
        "indicador": citation.indicator,
        "línea base": _figure(citation.baseline),
        "meta": _figure(citation.target),
        "mide": citation.metric,
        "cifra": _figure(citation.figure),
        "camino": [f"{level}: {value}" for level, value in citation.path],
        "orientado a": citation.purpose,
        "ODS": citation.ods,
        "dependencia": citation.dependency,
        "documento": citation.title,
        "entidad": citation.entity,
        "periodo": citation.period,
        "filas": citation.count,
    }
    return json.dumps({name: value for name, value in shown.items() if value}, ensure_ascii=False)


def _figure(part: dict[str, Any] | None) -> dict[str, Any]:
    names = {"text": "texto", "unit": "unidad", "date": "fecha", "period": "periodo", "source": "fuente"}
    return {shown: part[name] for name, shown in names.items() if part.get(name)} if part else {}


def inert(text: str) -> str:
    """A text that cannot close the tags it stands in."""
    return text.replace("<", "‹").replace(">", "›")


def bounded(text: str, characters: int) -> str:
    """The first words of a text."""
    text = squeeze(text)
    return text if len(text) <= characters else f"{text[:characters].rsplit(' ', 1)[0]} …"


def _lines_within(lines: Sequence[str], tokens: int) -> str:
    kept: list[str] = []
    for line in lines:
        tokens -= count_tokens(line) + 1
        if tokens < 0 and kept:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)
