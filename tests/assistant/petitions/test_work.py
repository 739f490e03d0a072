"""The work on a draft: who may take which step, what an approval holds for, and two people at once."""

from __future__ import annotations

import pytest

from assistant.petitions.difference import word_changes
from assistant.petitions.errors import EditConflictError, RuleError
from assistant.petitions.records import Draft, Edit, Petitioner, Signer
from assistant.store import AuditLog
from ingest.errors import InputError, NotFoundError
from tests.support.petitions import Office

MAKER, REVIEWER = "Ana Proyecta", "Bruno Revisa"


@pytest.fixture
def draft(office: Office) -> Draft:
    return office.draft_of("letters.txt", MAKER)


def step(office: Office, draft: Draft, action: str, actor: str, **said: str) -> Draft:
    now = office.service.get(draft.id)
    return office.service.transition(draft.id, action, actor=actor, version=now.version, **said)  # type: ignore[arg-type]


def edited(office: Office, draft: Draft, letter: str, author: str = MAKER) -> Draft:
    now = office.service.get(draft.id)
    return office.service.edit(draft.id, Edit(letter=letter), author=author, version=now.version)


def test_a_draft_goes_from_review_to_sent_and_tells_who_and_when(office: Office, draft: Draft) -> None:
    step(office, draft, "submit", MAKER)
    approved = step(office, draft, "approve", REVIEWER)
    assert approved.approval is not None
    assert (approved.approval.actor, approved.approval.hash) == (REVIEWER, approved.hash)
    sent = step(office, draft, "send", MAKER)
    assert sent.state == "sent"
    told = [(one.action, one.actor, one.before, one.after) for one in office.service.transitions(draft.id)]
    assert told == [
        ("create", MAKER, None, "draft"),
        ("submit", MAKER, "draft", "in_review"),
        ("approve", REVIEWER, "in_review", "approved"),
        ("send", MAKER, "approved", "sent"),
    ]
    assert all(one.at for one in office.service.transitions(draft.id))


@pytest.mark.parametrize("name", ["Ana Proyecta", "ANA  PROYECTÁ", "Proyecta, Ana", "ana proyecta."])
def test_nobody_approves_a_draft_of_the_same_name(office: Office, draft: Draft, name: str) -> None:
    step(office, draft, "submit", MAKER)
    with pytest.raises(RuleError, match="no puede aprobarlo"):
        step(office, draft, "approve", name)


def test_who_changed_the_text_does_not_approve_it_either(office: Office, draft: Draft) -> None:
    step(office, draft, "submit", MAKER)
    edited(office, draft, draft.letter.replace("Quedamos atentos", "Quedamos muy atentos"), REVIEWER)
    with pytest.raises(RuleError, match="no puede aprobarlo"):
        step(office, draft, "approve", REVIEWER)


@pytest.mark.parametrize(("action", "actor"), [("approve", REVIEWER), ("send", MAKER), ("return", REVIEWER)])
def test_steps_out_of_their_order_are_refused(office: Office, draft: Draft, action: str, actor: str) -> None:
    with pytest.raises(RuleError):
        step(office, draft, action, actor, comment="falta")


def test_a_step_needs_a_name(office: Office, draft: Draft) -> None:
    with pytest.raises(RuleError, match="nombre"):
        step(office, draft, "submit", " . ")


def test_a_return_needs_a_comment_that_is_kept(office: Office, draft: Draft) -> None:
    step(office, draft, "submit", MAKER)
    with pytest.raises(RuleError, match="corregir"):
        step(office, draft, "return", REVIEWER, comment="  ")
    assert step(office, draft, "return", REVIEWER, comment="Falta el horario.").state == "returned"
    assert office.service.transitions(draft.id)[-1].comment == "Falta el horario."
    assert step(office, draft, "submit", MAKER).state == "in_review"


def test_an_edit_after_approval_goes_back_to_review(office: Office, draft: Draft) -> None:
    step(office, draft, "submit", MAKER)
    step(office, draft, "approve", REVIEWER)
    again = edited(office, draft, draft.letter + "\n\nUna frase más.")
    assert (again.state, again.approval) == ("in_review", None)
    with pytest.raises(RuleError):
        step(office, draft, "send", MAKER)
    assert step(office, draft, "approve", REVIEWER).state == "approved"


@pytest.mark.parametrize(
    "change",
    [
        Edit(subject="Otro asunto"),
        Edit(reply_radicado="2026-EE-1"),
        Edit(signer=Signer(name="Carla Firma", position="Secretaria")),
        Edit(petitioner=Petitioner(names=("Otra Persona Inventada",))),
        Edit(radicado="2026-ER-77"),
        Edit(city="Puerto Lindo Viejo"),
    ],
)
def test_all_that_the_letter_shows_is_in_the_hash(office: Office, draft: Draft, change: Edit) -> None:
    changed = office.service.edit(draft.id, change, author=MAKER, version=1)
    assert changed.hash != draft.hash


def test_what_was_sent_is_not_changed(office: Office, draft: Draft) -> None:
    step(office, draft, "submit", MAKER)
    step(office, draft, "approve", REVIEWER)
    step(office, draft, "send", MAKER)
    with pytest.raises(RuleError, match="ya se envió"):
        edited(office, draft, "otra cosa")


def test_the_second_of_two_editors_is_told_and_loses_nothing(office: Office, draft: Draft) -> None:
    office.service.edit(draft.id, Edit(letter="La del primero."), author=MAKER, version=1)
    with pytest.raises(EditConflictError) as told:
        office.service.edit(draft.id, Edit(letter="La del segundo."), author=REVIEWER, version=1)
    assert told.value.content.letter == "La del primero."
    assert office.service.get(draft.id).letter == "La del primero."
    kept = {one.number: one for one in office.service.versions(draft.id)}
    assert told.value.kept_as is not None
    assert (kept[told.value.kept_as].content.letter, kept[told.value.kept_as].applied) == ("La del segundo.", False)
    again = office.service.edit(draft.id, Edit(letter="La de ambos."), author=REVIEWER, version=told.value.current)
    assert again.letter == "La de ambos."


def test_a_step_on_a_text_that_changed_meanwhile_is_a_conflict(office: Office, draft: Draft) -> None:
    step(office, draft, "submit", MAKER)
    edited(office, draft, draft.letter + "\n\nMás.")
    with pytest.raises(EditConflictError):
        office.service.transition(draft.id, "approve", actor=REVIEWER, version=1)


def test_every_version_is_kept(office: Office, draft: Draft) -> None:
    for text in ("uno", "dos", "tres"):
        edited(office, draft, text)
    kept = office.service.versions(draft.id)
    assert [one.content.letter for one in kept] == [draft.letter, "uno", "dos", "tres"]
    assert [one.author for one in kept] == [MAKER] * 4


def test_the_reviewer_sees_what_changed_since_the_approval_word_by_word(office: Office, draft: Draft) -> None:
    edited(office, draft, "La meta de muelles es de cinco [1].")
    step(office, draft, "submit", MAKER)
    step(office, draft, "approve", REVIEWER)
    edited(office, draft, "La meta de muelles es, según el plan, de cinco [1].")
    difference = office.service.difference(draft.id)
    assert (difference.before, difference.after) == (2, 3)
    inserted = "".join(change.text for change in difference.letter if change.kind == "insert")
    assert inserted.strip() == ", según el plan,"
    assert not [change for change in difference.letter if change.kind == "delete"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "nuevo"), ("uno dos tres", "uno tres"), ("1.200 mujeres [1].", "1.300 mujeres [1]."), ("a\n\nb", "a\n\nc d")],
)
def test_a_difference_gives_both_texts_back(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(change.text for change in changes if change.kind != "insert") == before
    assert "".join(change.text for change in changes if change.kind != "delete") == after


def test_a_typed_figure_that_no_row_holds_needs_a_reason(office: Office, draft: Draft) -> None:
    typed = draft.letter.replace("Quedamos atentos", "Se entregarán 37 muelles más. Quedamos atentos")
    changed = edited(office, draft, typed)
    assert [flag.text for flag in changed.flags if flag.code == "no_row"] == ["37"]
    assert changed.letter[changed.flags[0].start : changed.flags[0].end] == "37"
    step(office, draft, "submit", MAKER)
    with pytest.raises(RuleError, match="37"):
        step(office, draft, "approve", REVIEWER)
    approved = step(office, draft, "approve", REVIEWER, reason="La cifra es del acta del 3 de mayo.")
    assert approved.approval is not None
    assert approved.approval.reason == "La cifra es del acta del 3 de mayo."
    last = office.service.transitions(draft.id)[-1]
    assert (last.reason, [flag.text for flag in last.flags]) == ("La cifra es del acta del 3 de mayo.", ["37"])


def test_personal_data_that_an_editor_types_become_marks_and_come_back_in_the_letter(
    office: Office, draft: Draft, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "Señora ETELVINA SUPUESTA CAMARGO, le escribimos a etelvina.supuesta@example.org y al 300 444 0202."
    changed = edited(office, draft, typed)
    assert changed.letter == "Señora {{nombre}}, le escribimos a {{correo}} y al {{teléfono}}."
    shown = office.service.letter(draft.id).body[0].text
    assert shown == "Señora Etelvina Supuesta Camargo, le escribimos a etelvina.supuesta@example.org y al 300-444-0202."
    step(office, draft, "submit", MAKER)
    step(office, draft, "return", REVIEWER, comment="Etelvina Supuesta pide otra cosa")
    assert "Etelvina" not in office.kept()
    assert "Etelvina" not in repr(AuditLog(office.overheard.town.knowledge.engine).entries(draft.id))
    assert "Etelvina" not in caplog.text


def test_looking_at_the_petitioners_data_is_noted(office: Office, draft: Draft) -> None:
    assert office.service.petitioner(draft.id, actor=REVIEWER).name == "Etelvina Supuesta Camargo"
    entry = AuditLog(office.overheard.town.knowledge.engine).entries(draft.id)[0]
    assert (entry.action, entry.actor) == ("petition.petitioner_read", REVIEWER)


def test_petitions_due_first_come_first_and_late_ones_say_so(office: Office) -> None:
    page = office.service.list(limit=500)
    due = [one.first_due_date for one in page.petitions]
    assert due == sorted(due)
    assert page.total == len(page.petitions)
    assert all(one.late == (one.business_days_left < 0) for one in page.petitions)
    assert any(one.late for one in page.petitions)
    assert office.service.list(["sent"]).total <= page.total


def test_what_is_not_there_is_not_found(office: Office, draft: Draft) -> None:
    with pytest.raises(NotFoundError):
        office.service.get("no-existe")
    with pytest.raises(NotFoundError):
        office.service.difference(draft.id, 1, 99)


@pytest.mark.parametrize("text", ["", "  \n ", "Hola."])
def test_a_text_that_asks_nothing_is_refused(office: Office, text: str) -> None:
    with pytest.raises(InputError):
        office.service.create_from_text(text)


def test_a_letter_has_a_longest_length(office: Office, draft: Draft) -> None:
    with pytest.raises(InputError, match="larga"):
        edited(office, draft, "a" * 100_001)
