"""The states of a draft and the steps between them: draft → in review → approved → sent, or returned with a comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from assistant.petitions.errors import RuleError
from assistant.petitions.records import Action, Approval, Flag, State
from ingest.fold import words

#: From which states a step may be taken, and where it leads.
STEPS: Mapping[Action, tuple[frozenset[State], State]] = MappingProxyType(
    {
        "submit": (frozenset({"draft", "returned"}), "in_review"),
        "return": (frozenset({"in_review", "approved"}), "returned"),
        "approve": (frozenset({"in_review"}), "approved"),
        "send": (frozenset({"approved"}), "sent"),
    }
)
_STATES: Mapping[State, str] = MappingProxyType(
    {
        "draft": "en borrador",
        "in_review": "en revisión",
        "returned": "devuelto",
        "approved": "aprobado",
        "sent": "enviado",
    }
)
_STEP_NAMES: Mapping[Action, str] = MappingProxyType(
    {"submit": "enviar a revisión", "return": "devolver", "approve": "aprobar", "send": "marcar como enviado"}
)


def possible_steps(state: State) -> tuple[Action, ...]:
    """The steps that may be taken from a state, in their order."""
    return tuple(action for action, (before, _) in STEPS.items() if state in before)


def state_after(action: Action, state: State) -> State:
    """Where a step leads. Raises ``RuleError`` when it may not be taken from here."""
    before, after = STEPS[action]
    if state not in before:
        raise RuleError(f"No se puede {_STEP_NAMES[action]} un borrador que está {_STATES[state]}.")
    return after


def state_after_edit(state: State) -> State:
    """Where an edit leads: what was approved is to be reviewed again. Raises ``RuleError`` for what was sent."""
    if state == "sent":
        raise RuleError("La respuesta ya se envió y no se puede cambiar.")
    return "in_review" if state == "approved" else state


def require_actor(actor: str | None) -> str:
    """The name somebody gives. Raises ``RuleError`` when it says nothing."""
    if not same_name_key(actor or ""):
        raise RuleError("Escriba su nombre: cada paso queda con quién lo dio y cuándo.")
    return " ".join((actor or "").split())


def require_comment(comment: str | None) -> str:
    if not (comment or "").strip():
        raise RuleError("Para devolver un borrador escriba qué hay que corregir.")
    return (comment or "").strip()


def check_approval(actor: str, writers: Iterable[str | None], flags: Sequence[Flag], reason: str | None) -> None:
    """Raise ``RuleError`` when this person may not approve this text.

    Nobody approves a draft of the same name: neither who made it nor who wrote any version of what is approved.
    """
    if same_name_key(actor) in {same_name_key(writer) for writer in writers if writer}:
        raise RuleError("Quien escribió el borrador no puede aprobarlo.", hint="Debe aprobarlo otra persona.")
    if flags and not (reason or "").strip():
        figures = ", ".join(f"«{flag.text}»" for flag in flags[:5])
        raise RuleError(
            f"Hay cifras que ninguna fila citada sostiene: {figures}.",
            hint="Corríjalas, o escriba la razón por la que se aprueban; la razón queda guardada.",
        )


def holds(approval: Approval | None, current_hash: str) -> bool:
    """Whether an approval is of exactly this text."""
    return approval is not None and approval.hash == current_hash


def same_name_key(name: str) -> tuple[str, ...]:
    """A name however cased, accented, spaced, punctuated and ordered."""
    return tuple(sorted(words(name)))
