"""What people send twice is stated once; the instant of the first time stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from builders import a_world, the_story_world
from ligneclaire.facts.models import Fact
from ligneclaire.facts.stated import Answer
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed, Right
from ligneclaire.voice import sheet
from ligneclaire.voice.actions.keep_upload import keep_upload
from ligneclaire.voice.actions.state_by_hand import state_by_hand
from ligneclaire.voice.actions.state_upload import state_upload
from ligneclaire.voice.by_hand import Fault, Mistake
from ligneclaire.voice.intake import Parsed, Problem
from ligneclaire.voice.models import Upload
from ligneclaire.voice.queries import by_source, uploads
from ligneclaire.voice.queries.uploads import UploadUnknown
from together import together

pytestmark = pytest.mark.django_db
MARIE = Actor(ActorKind.CLERK, "1")
NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
HEADING = "contract,key,value\n"


@pytest.fixture(autouse=True)
def world(db: None) -> None:
    a_world()


def an_amount(name: str = "form/1", amount: str = "59.90", *, at: datetime = NOW, contract: str = "K-ADSL-1") -> Parsed:
    value = {"amount": amount, "currency": "EUR"}
    return Parsed(
        source="billing",
        source_id=name,
        kind="closing_bill.amount",
        customer=None,
        contract=contract,
        value=value,
        effective=None,
        at=at,
    )


def upload(text: str, *, department: str = "billing", at: datetime = NOW) -> UUID:
    return keep_upload(department=department, name="f.csv", rows=sheet.rows(text.encode()), by=MARIE, at=at)


def test_who_heard_it_states_it_in_the_departments_name_and_a_customer_does_not() -> None:
    nora, lenoir = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.CUSTOMER, "C-2001")

    [taken] = state_by_hand(items=[an_amount()], by=nora, at=NOW)
    with pytest.raises(NotAllowed) as refused:
        state_by_hand(items=[an_amount("form/2")], by=lenoir, at=NOW)

    assert taken.answer is Answer.ACCEPTED
    assert refused.value.values == {"by": lenoir, "right": Right.STATE_FACTS}
    assert [(fact.source, fact.by) for fact in Fact.objects.all()] == [("billing", "adviser:A-1")]


def test_the_same_again_is_known_although_it_was_typed_later() -> None:
    [first] = state_by_hand(items=[an_amount()], by=MARIE, at=NOW)
    again, new = state_by_hand(items=[an_amount(at=LATER), an_amount("form/2", at=LATER)], by=MARIE, at=LATER)

    assert [first.answer, again.answer, new.answer] == [Answer.ACCEPTED, Answer.KNOWN, Answer.ACCEPTED]
    assert list(Fact.objects.order_by("pk").values_list("source_id", "at", "by")) == [
        ("form/1", NOW, "clerk:1"),
        ("form/2", LATER, "clerk:1"),
    ]


def test_another_content_under_the_same_name_is_refused_and_so_is_what_is_unknown() -> None:
    state_by_hand(items=[an_amount()], by=MARIE, at=NOW)

    other, unknown = state_by_hand(
        items=[an_amount(amount="61.00", at=LATER), an_amount("form/2", contract="K-404")], by=MARIE, at=LATER
    )

    assert other.problem
    assert (other.problem.field, "59.90" in other.problem.reason) == ("id", True)
    assert unknown.problem == Problem("contract", "unknown contract 'K-404'")
    assert Fact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_by_two_at_once_states_once() -> None:
    sent = [
        lambda n=n: state_by_hand(items=[an_amount(at=NOW + n * timedelta(seconds=1))], by=MARIE, at=LATER)[0]
        for n in range(4)
    ]

    answers = together(*sent)

    assert sorted(str(getattr(one, "answer", one)) for one in answers) == ["accepted", *["already known"] * 3]
    assert Fact.objects.count() == 1


def test_a_day_before_the_contract_is_found_before_anything_is_stated() -> None:
    page = upload(f"{HEADING}K-ADSL-1,closing_bill.date,2001-01-01\nK-ADSL-1,closing_bill.amount,1")

    checked = uploads.of(page, department="billing", at=NOW)

    assert [mistake for _, mistake in checked.wrong] == [Mistake("value", Fault.BEFORE_CONTRACT)]
    assert (len(checked.to_state), checked.stated, Fact.objects.count()) == (1, 0, 0)


def test_a_file_is_stated_once_however_often_it_is_sent() -> None:
    text = f"{HEADING}K-ADSL-1,closing_bill.amount,1\nK-MOB-2,closing_bill.amount,2"
    first = upload(text)
    assert [one.answer for one in state_upload(upload=first, department="billing", by=MARIE, at=NOW)] == [
        Answer.ACCEPTED,
        Answer.ACCEPTED,
    ]

    assert upload(text, at=LATER) == first
    assert state_upload(upload=first, department="billing", by=MARIE, at=LATER) == ()
    assert upload(text, department="equipment") != first
    assert Fact.objects.count() == 2


def test_a_line_that_was_wrong_is_stated_once_its_contract_is_known() -> None:
    page = upload(f"{HEADING}K-ADSL-1,closing_bill.amount,1\nK-NEW,closing_bill.amount,2")
    state_upload(upload=page, department="billing", by=MARIE, at=NOW)
    assert uploads.of(page, department="billing", at=NOW).stated == 1
    document = the_story_world()
    contracts = next(one for one in document["customers"] if one["id"] == "C-2001")["contracts"]
    contracts.append(contracts[1] | {"id": "K-NEW", "line": "+33639980299"})
    a_world(document)

    [taken] = state_upload(upload=page, department="billing", by=MARIE, at=LATER)

    assert (taken.answer, uploads.of(page, department="billing", at=LATER).stated) == (Answer.ACCEPTED, 2)


def test_a_file_of_nobody_is_refused() -> None:
    page = upload(f"{HEADING}K-ADSL-1,closing_bill.amount,1")

    with pytest.raises(UploadUnknown):
        state_upload(upload=page, department="equipment", by=MARIE, at=NOW)
    with pytest.raises(UploadUnknown):
        uploads.of(UUID(int=0), department="billing", at=NOW)
    assert Fact.objects.count() == 0


def test_files_are_kept_for_a_week() -> None:
    old = upload(f"{HEADING}K-ADSL-1,closing_bill.amount,1")
    new = upload(f"{HEADING}K-ADSL-1,closing_bill.amount,2", at=NOW + timedelta(days=7))
    assert Upload.objects.count() == 2

    upload(f"{HEADING}K-ADSL-1,closing_bill.amount,3", at=NOW + timedelta(days=7, seconds=1))

    assert set(Upload.objects.values_list("uuid", flat=True)) >= {new}
    assert not Upload.objects.filter(uuid=old).exists()


def test_many_lines_go_behind_live_news_in_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    amounts = [an_amount(f"form/{number}") for number in range(501)]

    with django_assert_num_queries(11):  # savepoints among them; as many for one as for five hundred
        taken = state_by_hand(items=amounts, by=MARIE, at=NOW)

    assert {one.answer for one in taken} == {Answer.ACCEPTED}
    assert by_source.newest("billing", limit=1)[0].source_id == "form/500"
