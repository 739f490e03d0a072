"""Words that could ask for a column and only tell of whom or when: "los muchachos que ya *pagaron* su sanción"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.corpus.matching import Token
from assistant.question.lexicon import FieldName, load_lexicon

#: What may stand between "que" and its verb.
_BETWEEN = frozenset(("ya", "no", "se", "le", "les", "lo", "la", "los", "las", "nos", "han", "habian", "hayan"))
_WHO = frozenset(("que", "quienes", "quien"))
_VERB_ENDINGS = ("aron", "ieron", "aban", "ian", "ado", "ido", "an", "en")
_TO_CARRY = "llev"
_WHOM = frozenset(("los", "las", "lo", "la", "me", "te", "nos", "les", "le"))
#: Words that ask, in whatever form.
_ASKING = ("cuant", "cual")
#: After one of these "cuando" asks, though something was asked before.
_ASKS_ON = frozenset(("y", "e", "o", "desde", "hasta", "para", "de"))
_BEFORE = 3
#: A row and its parts: "la meta trae dos *componentes*".
_OF_ONE_ROW = frozenset(("meta", "indicador", "producto", "compromiso"))
_MADE_OF = frozenset(
    ("trae", "tiene", "incluye", "comprende", "consta", "contiene", "reune", "junta", "abarca", "compone", "separa")
)
_DEALS = ("contrat", "conveni", "obra", "licitaci", "inversi", "dotaci", "proyect", "acuerdo", "compra")
_BESIDE = frozenset(("y", "e", "o", "son", "eran", "fueron", "como"))


def only_tells(name: FieldName, tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at a place, which could ask for a column, says what people did or when something happens."""
    if name == "budget":
        return _is_what_people_did(tokens, at)
    if name == "progress":
        return _takes_away(tokens, at)
    if name == "purpose":
        return _is_what_they_look_for(tokens, at)
    if name == "component":
        return _is_of_a_deal(tokens, at)
    if name == "contractor":
        return _is_one_of_the_staff(tokens, at)
    return name == "period" and _joins_a_clause(tokens, at)


def groups_joined(tokens: Sequence[Token]) -> tuple[str, str] | None:
    """The stems of two groups of people named beside each other ("los migrantes y retornados"); None for none."""
    people = load_lexicon().people_stems
    for first, joint, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if joint.word in ("y", "e") and first.stem in people and second.word.endswith(("os", "as", "es")):
            return first.stem, second.stem
    return None


def _is_what_people_did(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb of money is what people do: "las familias que *pagan* arriendo"."""
    if not tokens[at].word.endswith(_VERB_ENDINGS):
        return False
    before = at - 1
    while before >= 0 and tokens[before].word in _BETWEEN:
        before -= 1
    if before < 1 or tokens[before].word not in _WHO:
        return False
    named = tokens[max(0, before - _BEFORE) : before]
    return any(token.stem in load_lexicon().people_stems for token in named)


def _takes_away(tokens: Sequence[Token], at: int) -> bool:
    """Whether "llevan" at a place is to take somebody somewhere ("se los *llevan* para explotarlos"): of no progress.

    "¿En cuánto la *llevan*?" asks it still.
    """
    before = [token.word for token in tokens[max(0, at - _BEFORE) : at]]
    takes = tokens[at].word.startswith(_TO_CARRY) and bool(before) and before[-1] in _WHOM
    return takes and not any(word.startswith(_ASKING) for word in before)


def _is_what_they_look_for(tokens: Sequence[Token], at: int) -> bool:
    """Whether "que buscan" at a place says of somebody what they do: "con los *que buscan* a los desaparecidos"."""
    before = tokens[at - 1] if at else None
    is_relative = tokens[at].word == "que" and tokens[at].text != "qué"
    return is_relative and before is not None and (before.word in _WHOM or before.stem in load_lexicon().people_stems)


def is_made_of(tokens: Sequence[Token], at: int) -> bool:
    """Whether "componentes" at a place are what one row is made of: "la meta trae dos *componentes*"."""
    before = [token.word for token in tokens[:at]]
    return bool(_OF_ONE_ROW.intersection(before) and _MADE_OF.intersection(before[-_BEFORE:]))


def _is_of_a_deal(tokens: Sequence[Token], at: int) -> bool:
    """Whether "componentes" at a place are the parts of a contract, a work or one row, and no level of a plan."""
    if is_made_of(tokens, at):
        return True
    after = [token.word for token in tokens[at + 1 : at + 4]]
    return after[:1] in (["de"], ["del"]) and any(word.startswith(_DEALS) for word in after[1:])


def _is_one_of_the_staff(tokens: Sequence[Token], at: int) -> bool:
    """Whether "contratistas" at a place are people beside others ("funcionarios *y contratistas*"), and no firm."""
    return tokens[at].word == "contratistas" and at > 0 and tokens[at - 1].word in _BESIDE


def _joins_a_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "cuando" joins a clause to what was asked before it: "¿cuántas hay para ayudarlos *cuando* salen?"."""
    if at == 0 or tokens[at].text != "cuando" or tokens[at - 1].word in _ASKS_ON:
        return False
    return any(token.word.startswith(_ASKING) for token in tokens[:at])
