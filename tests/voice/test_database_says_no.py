"""What must never be is impossible in the database: each constraint from facts to voice is broken once here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from builders import a_world, refused_by
from ligneclaire.cases.models import (
    AlarmNote,
    Brought,
    Case,
    CaseEvent,
    CaseLink,
    Occasion,
    Placement,
    Question,
    Read,
    UnmatchedMail,
)
from ligneclaire.channels.models import (
    Attachment,
    DeliveryReport,
    Enclosure,
    Entry,
    HeardPart,
    LetterBatch,
    Lookout,
    Mail,
    Message,
    NoAnswerNeeded,
    Printing,
    Scan,
    TextPart,
    Verdict,
)
from ligneclaire.facts.models import Delivery, Fact, Failure, Intake, Payload
from ligneclaire.people.models import IdentityCheck
from ligneclaire.promises.models import Promise, SpokenPromise
from ligneclaire.voice.models import (
    Inspection,
    ModeChange,
    Outcome,
    Review,
    StandardText,
    StandardTextVersion,
    Told,
    Upload,
    Utterance,
    Writing,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 17, 7, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ONE, TWO = UUID(int=1), UUID(int=2)
PACKAGES = ("facts", "promises", "channels", "cases", "voice")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def a_fact(name: str = "e1") -> Fact:
    return Fact.objects.create(
        source="billing", source_id=name, kind="closing_bill.date", customer="C-2001", at=NOW, recorded_at=NOW
    )


def an_utterance(uuid: UUID = ONE, digest: bytes = b"1") -> Utterance:
    return Utterance.objects.create(
        uuid=uuid, customer="C-2001", subject="contract:K-ADSL-1", case="LC-1", at=NOW, mode="live", digest=digest
    )


def a_telling() -> Told:
    return Told.objects.create(
        utterance_id=ONE, place=0, customer="C-2001", subject="contract:K-ADSL-1", key="closing_bill.date", facts=[]
    )


def an_outcome(**changes: object) -> Outcome:
    given = {"fact": Fact.objects.first() or a_fact(), "end": "superseded", "reason": "by billing/e2", "at": NOW}
    return Outcome.objects.create(**given | changes)


def a_case(reference: str = "LC-7K2M-9QX4", **changes: object) -> Case:
    given = {
        "customer_id": "C-2001",
        "subject": "contract:K-ADSL-1",
        "kind": "notice",
        "owner_id": "A-1",
        "opened_at": NOW,
    }
    return Case.objects.create(**given | {"reference": reference, "survivor_id": reference} | changes)


def a_question(**changes: object) -> Question:
    case = Case.objects.first() or a_case()
    given = {
        "customer": "C-2001",
        "subject": "contract:K-ADSL-1",
        "key": "closing_bill.date",
        "claims": [],
        "digest": b"1",
    }
    return Question.objects.create(**given | {"case": case, "asked_at": NOW} | changes)


def a_promise(**changes: object) -> Promise:
    given = {
        "customer": "C-2001",
        "subject": "contract:K-ADSL-1",
        "key": "closing_bill.date",
        "matter": "value",
        "value": "2015-03-05",
        "due_on": date(2015, 3, 5),
        "made_by": ONE,
        "made_at": NOW,
        "state": "open",
    }
    return Promise.objects.create(**given | changes)


def a_message(uuid: UUID = ONE, **changes: object) -> Message:
    given = {
        "uuid": uuid,
        "utterance": ONE,
        "customer": "C-2001",
        "case": "LC-1",
        "channel": "letter",
        "language": "fr",
        "adviser": "A-1",
        "subject": "s",
        "content": {},
        "destination": [],
        "written_at": NOW,
    }
    return Message.objects.create(**given | changes)


def a_batch(**changes: object) -> LetterBatch:
    given = {"number": "2015-02-17-1", "made_at": NOW, "letters": 1, "pages": 1, "sheets": 1, "cost": 0}
    terms = {"currency": "EUR", "is_duplex": True, "is_colour": True}
    return LetterBatch.objects.create(**given | terms | changes)


def a_printing(**changes: object) -> Printing:
    message = Message.objects.first() or a_message()
    given = {"message": message, "turn": 0, "asked_at": NOW, "asked_by": "system", "pages": 1}
    return Printing.objects.create(**given | changes)


def in_a_batch(message: UUID, **changes: object) -> Printing:
    batch = LetterBatch.objects.first() or a_batch()
    letter = a_message(message, utterance=message)
    return a_printing(**{"message": letter, "batch": batch, "place": 1, "cost": 0, **changes})


def an_entry(**changes: object) -> Entry:
    given = {"customer": "C-2001", "medium": "call", "direction": "in", "text": "x", "recorded_by": "adviser:A-1"}
    return Entry.objects.create(**{**given, "uuid": ONE, "happened_at": NOW, "recorded_at": NOW, **changes})


def a_check() -> UUID:
    given = {"uuid": ONE, "customer_id": "C-2001", "proof": "DOCUMENT", "adviser_id": "A-1", "at": NOW}
    return IdentityCheck.objects.create(**given).uuid


def a_spoken_promise(**changes: object) -> SpokenPromise:
    given = {"customer": "C-2001", "text": "x", "owner_id": "A-1", "made_at": NOW, "state": "open"}
    return SpokenPromise.objects.create(**{**given, "uuid": ONE, "made_in": ONE, "due_on": NOW.date(), **changes})


def a_moved_promise() -> list[SpokenPromise]:
    new = a_spoken_promise(uuid=UUID(int=9), made_in=UUID(int=9))
    old = {"state": "moved", "closed_at": NOW, "closed_by": "adviser:A-1", "moved_to": new}
    return [a_spoken_promise(uuid=one, made_in=one, **old) for one in (ONE, TWO)]


def a_mail(digest: str = "0", **changes: object) -> Mail:
    given = {"recipients": [], "is_automatic": False, "is_readable": True, "received_at": NOW, "size": 1, "place": "0"}
    return Mail.objects.create(
        **{**given, "uuid": UUID(int=int(digest, 16)), "fingerprint": digest * 64, "sha256": digest * 64, **changes}
    )


def a_delivery_report(**changes: object) -> DeliveryReport:
    mail = Mail.objects.first() or a_mail()
    return DeliveryReport.objects.create(**{"mail": mail, "message": ONE, "fate": "failed", **changes})


def a_verdict(**changes: object) -> Verdict:
    return Verdict.objects.create(**{"sha256": "0" * 64, "checked_at": NOW, **changes})


def a_text_part(**changes: object) -> TextPart:
    return TextPart.objects.create(**{"message": ONE, "place": 1, "state": "offered", "at": NOW, **changes})


def a_heard_part(**changes: object) -> HeardPart:
    given = {"sender": "1", "recipient": "2", "reference": 3, "parts": 2, "place": 1, "heard_at": NOW}
    return HeardPart.objects.create(**given | changes)


def an_attachment(**changes: object) -> Attachment:
    mail = Mail.objects.first() or a_mail()
    given = {"mail": mail, "position": 1, "kind": "application/pdf", "size": 1, "sha256": "0" * 64, "place": "0"}
    return Attachment.objects.create(**given | changes)


def a_scan(**changes: object) -> Scan:
    file = {"name": "x.pdf", "kind": "application/pdf", "size": 1, "pages": 1, "sha256": "0" * 64, "place": "0"}
    given = {"uuid": ONE, "is_checked": False, "uploaded_at": NOW, "uploaded_by": "adviser:A-1"}
    return Scan.objects.create(**file | given | changes)


def an_enclosure(**changes: object) -> Enclosure:
    file = {"name": "x.pdf", "kind": "application/pdf", "size": 1, "pages": 1, "sha256": "0" * 64, "place": "0"}
    given = {"message": ONE, "position": 1, "is_checked": False, "added_at": NOW, "added_by": "adviser:A-1"}
    return Enclosure.objects.create(**file | given | changes)


def an_unmatched_mail(**changes: object) -> UnmatchedMail:
    given = {"mail": Mail.objects.first() or a_mail(), "owner_id": "A-1", "customers": [], "since": NOW}
    return UnmatchedMail.objects.create(**given | changes)


def a_change(**changes: object) -> ModeChange:
    return ModeChange.objects.create(**{"at": NOW, "mode": "stop", "by": "adviser:A-1", "reason": "a test"} | changes)


def an_inspection(**changes: object) -> Inspection:
    fact = Fact.objects.first() or a_fact()
    given = {"fact": fact, "deed": "ticked off", "note": "seen", "by": "adviser:A-1", "at": NOW}
    return Inspection.objects.create(**given | changes)


def a_failure(**changes: object) -> Failure:
    return Failure.objects.create(**{"fact": a_fact(), "attempts": 1, "reason": "r", "owner": "A-1"} | changes)


def an_upload(**changes: object) -> Upload:
    sent = {
        "uuid": ONE,
        "department": "billing",
        "name": "f.csv",
        "rows": [[2, {}]],
        "sent_by": "clerk:1",
        "sent_at": NOW,
    }
    return Upload.objects.create(**sent | changes)


def an_event(**changes: object) -> CaseEvent:
    case = Case.objects.first() or a_case()
    given = {"case": case, "deed": "reopened", "owner_id": "A-1", "by": "adviser:A-1", "at": NOW}
    return CaseEvent.objects.create(**given | changes)


def a_link(**changes: object) -> CaseLink:
    if not Case.objects.exists():
        a_case("LC-1")
        a_case("LC-2", subject="customer:C-2001")
    given = {"customer": "C-2001", "first_id": "LC-1", "second_id": "LC-2", "reason": "x", "by": "adviser:A-1"}
    return CaseLink.objects.create(**given | {"at": NOW} | changes)


def brought(**changes: object) -> Brought:
    case, entry = Case.objects.first() or a_case(), Entry.objects.first() or an_entry()
    return Brought.objects.create(
        **{"case": case, "entry": entry, "department_id": "billing", "name": "crm-1"} | changes
    )


def brought_twice(*same: str) -> None:
    first = {"case": a_case(), "entry": an_entry(), "name": "crm-1"}
    second = {"case": a_case("LC-2", subject="case:LC-2"), "entry": an_entry(uuid=TWO), "name": "crm-2"}
    brought(**first)
    brought(**second | {field: first[field] for field in same})


def a_placement() -> Placement:
    case, entry = a_case(), an_entry()
    return Placement.objects.create(case=case, entry=entry, by="adviser:A-1", at=NOW)


def an_unneeded_answer(**changes: object) -> NoAnswerNeeded:
    entry = Entry.objects.first() or an_entry()
    return NoAnswerNeeded.objects.create(**{"entry": entry, "reason": "x", "by": "adviser:A-1", "at": NOW} | changes)


def an_occasion(**changes: object) -> Occasion:
    given = {"customer_id": "C-2001", "adviser_id": "A-1", "day": NOW.date(), "kind": "PHONE", "said_at": NOW}
    return Occasion.objects.create(**given | changes)


def a_read(**changes: object) -> Read:
    given = {"customer_id": "C-2001", "adviser_id": "A-1", "page": "RECORD", "basis": "ADVISER"}
    return Read.objects.create(**given | {"quarter": NOW, "at": NOW} | changes)


def a_lookout(**changes: object) -> Lookout:
    return Lookout.objects.create(**{"looked_to": 0, "seen_to": 1, "looked_at": NOW} | changes)


def an_alarm_note(**changes: object) -> AlarmNote:
    given = {"adviser_id": "A-1", "reached_at": NOW, "note": "x", "by": "adviser:A-2", "at": NOW}
    return AlarmNote.objects.create(**given | changes)


def a_writing(**changes: object) -> Writing:
    given = {"uuid": ONE, "customer": "C-2001", "adviser": "A-1", "fields": {}, "changed_at": NOW}
    return Writing.objects.create(**given | changes)


def a_review(**changes: object) -> Review:
    given = {"uuid": ONE, "message": ONE, "customer": "C-2001", "author": "A-1", "causes": ["training"], "words": {}}
    return Review.objects.create(**{**given, "asked_at": NOW, **changes})


def decided(state: str, **changes: object) -> Callable[[], object]:
    return lambda: a_review(**{"state": state, "decided_by": "A-2", "decided_at": NOW, **changes})


def a_text(**changes: object) -> StandardText:
    return StandardText.objects.create(**{"uuid": ONE, "name": "Retard", "shortcut": "retard", "version": 1, **changes})


def a_version(**changes: object) -> StandardTextVersion:
    text = StandardText.objects.first() or a_text()
    given = {
        "text": text,
        "number": 1,
        "name": "Retard",
        "shortcut": "retard",
        "words": {},
        "written_by": "adviser:A-3",
    }
    return StandardTextVersion.objects.create(**{**given, "written_at": NOW, **changes})


def twice(make: Callable[..., object], **second: object) -> Callable[[], object]:
    return lambda: (make(), make(**second))


BROKEN_BY: dict[str, Callable[[], object]] = {
    "intake_once": lambda: [
        Intake.objects.create(source="billing", source_id="e1", digest=digest) for digest in (b"1", b"2")
    ],
    "delivery_looks_again_in_time": lambda: Delivery.objects.create(key="C-2001", due_at=None, again_at=NOW),
    "failure_has_owner": lambda: a_failure(owner=""),
    "failure_has_reason": lambda: a_failure(reason=""),
    "promise_once": twice(a_promise, state="kept", closed_at=LATER),
    "promise_one_waiting": twice(a_promise, made_by=TWO, state="unconfirmed", closed_at=LATER),
    "promise_closed_when_not_open": lambda: a_promise(state="kept"),
    "brought_once": lambda: brought_twice("name"),
    "brought_under_a_name": lambda: brought(name=""),
    "cases_brought_case": lambda: brought_twice("case"),
    "cases_brought_entry": lambda: brought_twice("entry"),
    "message_once_a_channel": twice(a_message, uuid=TWO),
    "message_registered_on_paper": lambda: a_message(channel="email", is_registered=True),
    "message_returned_on_paper": lambda: a_message(
        channel="email", state="returned", sent_at=NOW, file="x", digest="x", failing_since=NOW, answer="moved"
    ),
    "channels_letterbatch_number": twice(a_batch),
    "letter_batch_has_letters": lambda: a_batch(letters=0),
    "letter_batch_written_with_index": lambda: a_batch(state="written", written_at=NOW),
    "printing_once_a_turn": lambda: (in_a_batch(ONE), a_printing(turn=0)),
    "printing_waits_once": twice(a_printing, turn=1, reason="lost"),
    "printing_has_its_place": lambda: (in_a_batch(ONE), in_a_batch(TWO)),
    "printing_counted_in_its_batch": lambda: in_a_batch(ONE, cost=None),
    "printing_again_with_reason": lambda: a_printing(turn=1),
    "message_one_answer": twice(
        lambda **changes: a_message(answers=ONE, written_by="adviser:A-1", **changes), uuid=TWO, utterance=TWO
    ),
    "message_answers_by_somebody": lambda: a_message(answers=ONE),
    "case_snoozed_while_open": lambda: a_case(state="closed", snoozed_until=NOW.date()),
    "case_merged_upwards": lambda: (a_case("LC-1", subject="customer:C-2001"), a_case(survivor_id="LC-1")),
    "case_merged_under_a_number": lambda: a_case(into_customer_id="C-2001"),
    "case_event_between_two": lambda: an_event(deed="merged", note="x"),
    "case_link_once": twice(a_link),
    "case_link_in_order": lambda: a_link(first_id="LC-2", second_id="LC-1"),
    "case_link_with_reason": lambda: a_link(reason=""),
    "case_event_snoozed_until_a_day": lambda: an_event(deed="snoozed"),
    "case_event_with_a_note": lambda: an_event(deed="closed"),
    "channels_noanswerneeded_entry": twice(an_unneeded_answer),
    "no_answer_with_reason": lambda: an_unneeded_answer(reason=""),
    "occasion_once_a_day": twice(an_occasion),
    "occasion_kind_known": lambda: an_occasion(kind="MOOD"),
    "occasion_other_explained": lambda: an_occasion(kind="OTHER"),
    "read_once_a_quarter": twice(a_read),
    "read_page_known": lambda: a_read(page="DIARY"),
    "read_code_of_a_contract": lambda: a_read(page="RIO"),
    "read_basis_known": lambda: a_read(basis="MOOD"),
    "read_without_matter_explained": lambda: a_read(basis="OCCASION"),
    "lookout_is_one_row": lambda: a_lookout(id=2),
    "lookout_behind_what_was_seen": lambda: a_lookout(looked_to=2),
    "alarm_ticked_off_once": twice(an_alarm_note),
    "alarm_ticked_off_with_note": lambda: an_alarm_note(note=""),
    "voice_writing_uuid": twice(a_writing),
    "message_sent_with_file": lambda: a_message(state="sent", sent_at=NOW, file="letter/1.pdf"),
    "message_one_instead": lambda: [
        a_message(uuid, channel=channel, instead_of=UUID(int=3)) for uuid, channel in ((ONE, "letter"), (TWO, "email"))
    ],
    "message_delivered_once_sent": lambda: a_message(delivered_at=NOW),
    "message_held_while_it_may_be": lambda: a_message(channel="sms", held_until=NOW, is_urgent=True),
    "text_part_once": twice(a_text_part),
    "text_part_named_once_accepted": lambda: a_text_part(centre_id="1F"),
    "heard_part_once": twice(a_heard_part),
    "heard_part_has_its_place": lambda: a_heard_part(place=3),
    "mail_or_text": lambda: a_mail(medium="call"),
    "message_fails_with_answer": lambda: a_message(answer="451 later"),
    "message_undeliverable_fails": lambda: a_message(state="undeliverable"),
    "message_ticked_off_with_note": lambda: a_message(ticked_off_at=NOW, ticked_off_by="adviser:A-1", note="x"),
    "channels_message_uuid": twice(a_message, channel="email"),
    "case_one_open": twice(a_case, reference="LC-7K2M-9QX5"),
    "cases_case_reference": twice(a_case, customer_id="C-1001"),
    "question_one_open": twice(a_question),
    "question_settled_with_reason": lambda: a_question(state="settled", settled_by="adviser:A-1", closed_at=LATER),
    "question_closed_when_not_open": lambda: a_question(state="gone"),
    "utterance_once": twice(an_utterance, uuid=TWO),
    "voice_utterance_uuid": twice(an_utterance, digest=b"2"),
    "told_once": lambda: (an_utterance(), a_telling(), a_telling()),
    "voice_outcome_pkey": twice(an_outcome),
    "outcome_said_somewhere": lambda: an_outcome(end="said", reason=""),
    "voice_modechange_at": twice(a_change, mode="live"),
    "inspection_ticks_off_once": twice(an_inspection, note="again"),
    "inspection_ticks_off_with_note": lambda: an_inspection(note=""),
    "mode_change_with_reason": lambda: a_change(reason=""),
    "voice_review_uuid": twice(a_review, message=TWO),
    "review_one_at_a_time": twice(a_review, uuid=TWO),
    "review_approved_once": lambda: [decided("approved", uuid=one)() for one in (ONE, TWO)],
    "review_never_ones_own": decided("approved", decided_by="A-1"),
    "review_decided_by_somebody": decided("approved", decided_by=""),
    "review_sent_back_with_reason": decided("sent back"),
    "review_has_a_cause": lambda: a_review(causes=[]),
    "voice_standardtext_uuid": twice(a_text, name="x", shortcut="x"),
    "standard_text_name_once": twice(a_text, uuid=TWO, name="RETARD", shortcut="x"),
    "standard_text_shortcut_once": twice(a_text, uuid=TWO, name="x"),
    "standard_text_archived_by_somebody": lambda: a_text(archived_at=NOW),
    "standard_text_version_once": twice(a_version),
    "voice_upload_uuid": twice(an_upload),
    "upload_has_rows": lambda: an_upload(rows=[]),
    "channels_entry_uuid": twice(an_entry),
    "entry_says_something": lambda: an_entry(text=""),
    "entry_medium_known": lambda: an_entry(medium="pigeon"),
    "entry_direction_known": lambda: an_entry(direction="up"),
    "entry_checked_in_person": lambda: an_entry(medium="email", identity_check_id=a_check()),
    "entry_not_in_the_future": lambda: an_entry(happened_at=LATER),
    "promises_spokenpromise_uuid": twice(a_spoken_promise, made_in=TWO),
    "promises_spokenpromise_made_in": twice(a_spoken_promise, uuid=TWO),
    "promises_spokenpromise_moved_to": a_moved_promise,
    "spoken_promise_says_something": lambda: a_spoken_promise(text=""),
    "spoken_promise_closed_by_somebody": lambda: a_spoken_promise(state="kept"),
    "spoken_promise_moved_somewhere": lambda: a_spoken_promise(state="moved", closed_at=NOW, closed_by="adviser:A-1"),
    "channels_mail_uuid": twice(a_mail, digest="1", uuid=UUID(int=0)),
    "channels_mail_fingerprint": twice(a_mail, digest="1", fingerprint="0" * 64),
    "channels_mail_sha256": twice(a_mail, digest="1", sha256="0" * 64),
    "channels_deliveryreport_mail": twice(a_delivery_report),
    "delivery_report_fate_known": lambda: a_delivery_report(fate="lost"),
    "channels_verdict_sha256": twice(a_verdict),
    "verdict_of_bytes": lambda: a_verdict(sha256="x"),
    "mail_with_its_bytes": lambda: a_mail(place=""),
    "attachment_has_its_place": twice(an_attachment),
    "attachment_with_its_bytes": lambda: an_attachment(place=""),
    "enclosure_has_its_place": twice(an_enclosure, sha256="1" * 64),
    "enclosure_once": twice(an_enclosure, position=2),
    "enclosure_with_its_bytes": lambda: an_enclosure(sha256="x"),
    "enclosure_one_of_a_few": lambda: an_enclosure(position=6),
    "channels_scan_uuid": twice(a_scan),
    "channels_scan_entry": lambda: [a_scan(uuid=one, entry=Entry.objects.first() or an_entry()) for one in (ONE, TWO)],
    "scan_with_its_bytes": lambda: a_scan(kind="text/html"),
    "scan_set_aside_with_reason": lambda: a_scan(set_aside_at=NOW, set_aside_by="adviser:A-1"),
    "cases_unmatchedmail_mail": twice(an_unmatched_mail),
    "unmatched_mail_closed_by_somebody": lambda: an_unmatched_mail(state="matched"),
    "unmatched_mail_set_aside_with_reason": lambda: an_unmatched_mail(reason="x"),
}


@pytest.mark.parametrize("constraint", BROKEN_BY)
def test_the_database_refuses_what_must_never_be(constraint: str) -> None:
    with refused_by(constraint):
        BROKEN_BY[constraint]()


def test_every_constraint_is_broken_above() -> None:
    named = {constraint.name for model in the_models() for constraint in model._meta.constraints}
    unnamed = {
        f"{model._meta.db_table}_{field.name}"
        for model in the_models()
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    }

    assert named | unnamed | {"voice_outcome_pkey"} == set(BROKEN_BY)


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("review_never_ones_own", decided("sent back", decided_by="A-1", reason="x")),
        ("review_sent_back_with_reason", decided("approved", reason="x")),
        ("review_decided_by_somebody", lambda: a_review(decided_by="A-2")),
        ("review_decided_by_somebody", decided("taken back", decided_by="A-1", decided_at=None)),
    ],
)
def test_a_second_look_is_anothers_and_says_what_came_of_it(constraint: str, row: Callable[[], object]) -> None:
    with refused_by(constraint):
        row()


def test_a_name_in_the_archive_is_free_again() -> None:
    a_text(archived_at=NOW, archived_by="adviser:A-3")

    assert str(a_text(uuid=TWO)) == "Retard"


@pytest.mark.parametrize(
    "changes",
    [
        {"end": "settled against", "reason": ""},
        {"end": "folded", "reason": "told already"},
        {"end": "not understood", "reason": ""},
    ],
)
def test_an_outcome_without_its_message_or_its_reason_is_refused(changes: dict[str, object]) -> None:
    with refused_by("outcome_said_somewhere"):
        an_outcome(**changes)


def test_an_open_case_has_an_owner() -> None:
    with refused_by("cases_case_owner_id"):
        a_case(owner_id="A-99")
    assert Case._meta.get_field("owner").null is False


def test_a_payload_may_be_erased_when_its_fact_may_not() -> None:
    Payload.objects.create(fact=a_fact(), value="personal")

    assert Payload.objects.all().update(value=None) == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (a_fact, "billing/e1"),
        (lambda: Payload(fact=a_fact()), "{fact}"),
        (lambda: Intake(source="billing", source_id="e1"), "billing/e1"),
        (lambda: Delivery(key="C-2001"), "C-2001"),
        (a_failure, "fact {fact}: r"),
        (a_promise, "C-2001 contract:K-ADSL-1 closing_bill.date 2015-03-05"),
        (a_message, str(ONE)),
        (a_case, "LC-7K2M-9QX4"),
        (a_question, "C-2001 contract:K-ADSL-1 closing_bill.date"),
        (an_utterance, str(ONE)),
        (lambda: (an_utterance(), a_telling())[1], "contract:K-ADSL-1 closing_bill.date"),
        (an_outcome, "{fact} superseded"),
        (an_inspection, "fact {fact} ticked off"),
        (a_change, "stop since 2015-02-17 07:00"),
        (an_upload, str(ONE)),
        (an_unneeded_answer, str(ONE)),
        (a_link, "LC-1 LC-2"),
        (brought, "billing crm-1"),
        (a_placement, f"{ONE} LC-7K2M-9QX4"),
        (an_occasion, "A-1 at C-2001 on 2015-02-17"),
        (a_read, f"A-1 read RECORD of C-2001 at {NOW}"),
        (an_alarm_note, f"A-1 until {NOW}"),
        (a_writing, str(ONE)),
        (a_review, f"{ONE} waiting"),
        (a_version, "Retard 1"),
        (an_entry, str(ONE)),
        (a_spoken_promise, "C-2001 2015-02-17 x"),
        (a_mail, str(UUID(int=0))),
        (an_attachment, f"{UUID(int=0)} 1"),
        (an_unmatched_mail, str(UUID(int=0))),
        (an_enclosure, f"{ONE} 1"),
        (a_scan, str(ONE)),
        (a_batch, "2015-02-17-1"),
        (a_printing, f"{ONE} 0"),
    ],
)
def test_every_row_says_what_it_is(row: Callable[[], models.Model], says: str) -> None:
    written = str(row())

    assert written == says.format(fact=Fact.objects.values_list("id", flat=True).first())


def the_models() -> Iterator[type[models.Model]]:
    return (model for package in PACKAGES for model in apps.get_app_config(package).get_models())
