"""What the states, steps, kinds and terms of petitions are called on the pages. Pure."""

from __future__ import annotations

from assistant.petitions.records import Action, AskStatus, DraftSummary, Kind, State
from assistant.web.words import counted

STATES: dict[State, str] = {
    "draft": "Borrador",
    "in_review": "En revisión",
    "returned": "Devuelta",
    "approved": "Aprobada",
    "sent": "Enviada",
}

KINDS: dict[Kind, str] = {
    "informacion_documentos": "Información y documentos",
    "interes_general": "Interés general",
    "interes_particular": "Interés particular",
    "consulta": "Consulta",
}

ASK_STATUSES: dict[AskStatus, str] = {
    "answered": "Respondido con los documentos",
    "partly_answered": "Respondido en parte",
    "not_in_documents": "Requiere respuesta de la dependencia",
    "other_authority": "Es de otra autoridad",
}

#: What was done, in the history.
STEPS: dict[Action, str] = {
    "create": "hizo el borrador",
    "edit": "cambió el texto",
    "submit": "lo envió a revisión",
    "return": "lo devolvió",
    "approve": "lo aprobó",
    "send": "lo marcó como enviado",
}

FIELDS: dict[str, str] = {
    "subject": "Asunto",
    "reply_radicado": "Radicado de la respuesta",
    "city": "Ciudad",
    "date_text": "Fecha de la carta",
    "signer": "Quien firma",
    "signer.name": "Nombre de quien firma",
    "signer.position": "Cargo de quien firma",
}


def days_left(summary: DraftSummary) -> str:
    """'Faltan 3 días hábiles', 'Vence hoy', 'Venció hace 2 días hábiles'; of what was sent, whether it was in time."""
    left = summary.business_days_left
    if summary.state == "sent":
        return "A tiempo" if left >= 0 else f"Tarde, por {_days(-left)}"
    if left == 0:
        return "Vence hoy"
    if left < 0:
        return f"Venció hace {_days(-left)}"
    return f"{'Falta' if left == 1 else 'Faltan'} {_days(left)}"


def _days(count: int) -> str:
    return counted(count, "día hábil", "días hábiles")


def urgency(summary: DraftSummary) -> str:
    """The CSS class of a term: late, near (three business days or fewer), calm, or over."""
    if summary.state == "sent":
        return "over"
    return "late" if summary.late else "near" if summary.business_days_left <= 3 else "calm"
