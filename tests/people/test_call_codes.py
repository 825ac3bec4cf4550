"""A code sent to whoever speaks with an adviser: known places only, few tries, and every end of it is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from builders import LONG_AGO, a_world, refused_by
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.actions.ask_call_code import (
    ChangedLately,
    NoSuchPlace,
    PlaceInDoubt,
    TooManyCalls,
    ask_call_code,
)
from ligneclaire.people.actions.authorise_person import Authority, authorise_person
from ligneclaire.people.actions.record_identity_check import NoLongerAuthorised, NotByHand, record_identity_check
from ligneclaire.people.actions.try_call_code import try_call_code
from ligneclaire.people.actions.try_code import CodeOver, CodeWrong
from ligneclaire.people.actions.withdraw_authorisation import withdraw_authorisation
from ligneclaire.people.models import CallCode, ContactPoint, IdentityCheck
from ligneclaire.people.queries import codes, identity_checks
from ligneclaire.people.rules.authority import Term
from ligneclaire.people.rules.code import code_of
from ligneclaire.people.states import ContactKind, May, PersonKind, Proof

pytestmark = pytest.mark.django_db
NORA, HUGO = Actor(ActorKind.ADVISER, "A-1"), Actor(ActorKind.ADVISER, "A-2")
CLERK = Actor(ActorKind.CLERK, "7")
NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MOBILE, EMAIL = ContactKind.MOBILE, ContactKind.EMAIL


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def ask(kind: ContactKind = MOBILE, *, person: UUID | None = None, by: Actor = NORA, at: datetime = NOW) -> UUID:
    return ask_call_code(customer="C-2001", person=person, kind=kind, by=by, at=at)


def attempt(code: UUID, typed: str = "", *, by: Actor = NORA, at: datetime = NOW) -> UUID:
    return try_call_code(code=code, typed=typed or digits(code), by=by, at=at)


def digits(code: UUID) -> str:
    return code_of(code, key=settings.SECRET_KEY)


def wrong(code: UUID) -> str:
    return f"{(int(digits(code)) + 1) % 1_000_000:06}"


def a_guardian(at: datetime = LONG_AGO, phone: str = "+33639980299") -> UUID:
    person = uuid4()
    authority = Authority(
        name="Paul Martin",
        kind=PersonKind.GUARDIAN,
        may=(May.EVERYTHING,),
        term=Term(start=LONG_AGO.date(), end=None),
        proof="Jugement",
        email="",
        phone=phone,
    )
    authorise_person(person=person, customer="C-2001", authority=authority, by=NORA, at=at)
    return person


def test_whoever_reads_out_the_code_has_proved_who_they_are() -> None:
    code = ask()
    to_send = codes.to_send(code, at=NOW)
    assert to_send is not None
    assert (to_send.destination, to_send.person, to_send.is_for_call) == ("+33639980201", "C-2001", True)

    check = attempt(code, f"{digits(code)[:3]} {digits(code)[3:]}", at=NOW + 9 * MINUTE)

    card = identity_checks.by_uuid(check)
    assert card is not None
    assert (card.customer, card.person, card.proof, card.adviser, card.is_passed) == (
        "C-2001",
        None,
        Proof.CODE,
        "A-1",
        True,
    )
    assert CallCode.objects.get().passed_at == NOW + 9 * MINUTE
    assert codes.to_send(code, at=NOW) is None
    with pytest.raises(CodeOver):
        attempt(code)
    assert IdentityCheck.objects.count() == 1


def test_five_wrong_tries_are_a_check_that_failed() -> None:
    code = ask(EMAIL)

    for left in (4, 3, 2, 1, 0):
        with pytest.raises(CodeWrong) as refused:
            attempt(code, wrong(code))
        assert refused.value.values == {"left": left}
        assert IdentityCheck.objects.count() == (left == 0)

    [check] = identity_checks.since(["C-2001"], NOW)
    assert (check.proof, check.is_passed) == (Proof.FAILED, False)
    with pytest.raises(CodeOver):
        attempt(code)
    assert (CallCode.objects.get().tries, CallCode.objects.get().passed_at) == (5, None)


def test_a_code_is_over_after_ten_minutes_for_others_and_when_another_is_sent() -> None:
    code = ask()
    with pytest.raises(CodeOver):
        attempt(code, at=NOW + 10 * MINUTE)
    with pytest.raises(CodeOver):
        attempt(code, by=HUGO)
    second = ask(EMAIL, at=NOW + MINUTE)
    with pytest.raises(CodeOver):
        attempt(code, at=NOW + MINUTE)

    attempt(second, at=NOW + MINUTE)
    assert [row.tries for row in CallCode.objects.order_by("asked_at")] == [0, 1]


def test_a_place_that_changed_lately_or_that_we_do_not_know_gets_none() -> None:
    points = ContactPoint.objects.filter(customer_id="C-2001")
    points.filter(kind=MOBILE).update(changed_at=NOW - 13 * DAY)
    points.filter(kind=EMAIL).delete()

    with pytest.raises(ChangedLately) as refused:
        ask()
    assert refused.value.values == {"at": NOW - 13 * DAY}
    with pytest.raises(NoSuchPlace):
        ask(EMAIL)
    assert CallCode.objects.count() == 0
    ask(at=NOW + DAY)
    assert CallCode.objects.count() == 1


def test_a_place_in_doubt_gets_none() -> None:
    points = ContactPoint.objects.filter(customer_id="C-2001", kind=EMAIL)
    points.update(verified=False, doubted_at=NOW - 90 * DAY)

    with pytest.raises(PlaceInDoubt):
        ask(EMAIL)

    assert CallCode.objects.count() == 0


def test_an_authorised_person_gets_it_at_their_own_place() -> None:
    person = a_guardian()
    code = ask(person=person)

    assert CallCode.objects.get().destination == "+33639980299"
    check = identity_checks.by_uuid(attempt(code))
    assert check is not None
    assert check.person == person
    with pytest.raises(NoSuchPlace):
        ask(EMAIL, person=person)
    withdraw_authorisation(person=person, by=NORA, at=NOW)
    with pytest.raises(NoLongerAuthorised):
        ask(person=person)
    with pytest.raises(ChangedLately):
        ask(person=a_guardian(at=NOW - DAY))
    assert CallCode.objects.count() == 1


def test_three_go_to_a_customer_within_a_quarter_of_an_hour() -> None:
    for minute in range(3):
        ask(at=NOW + minute * MINUTE)

    with pytest.raises(TooManyCalls) as refused:
        ask(by=HUGO, at=NOW + 14 * MINUTE)
    assert refused.value.values == {"until": NOW + 15 * MINUTE}
    ask(at=NOW + 15 * MINUTE)
    assert CallCode.objects.filter(ended_at=None).count() == 1


def test_nobody_says_by_hand_that_a_code_was_right_and_clerks_ask_none() -> None:
    with pytest.raises(NotByHand):
        record_identity_check(check=uuid4(), customer="C-2001", person=None, proof=Proof.CODE, by=NORA, at=NOW)
    code = ask()
    with pytest.raises(NotAllowed):
        ask(by=CLERK)
    with pytest.raises(NotAllowed):
        attempt(code, by=CLERK)
    assert (IdentityCheck.objects.count(), CallCode.objects.get().tries) == (0, 0)


def a_code(**changes: object) -> CallCode:
    given = {"customer_id": "C-2001", "adviser_id": "A-1", "kind": "MOBILE", "destination": "+33639980201"}
    return CallCode.objects.create(**{**given, "uuid": uuid4(), "asked_at": NOW, **changes})


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("call_code_tries", {"tries": 6}),
        ("call_code_goes_somewhere", {"destination": ""}),
        ("call_code_goes_somewhere", {"kind": "ADDRESS"}),
        ("call_code_passed_by_a_try", {"passed_at": NOW}),
    ],
)
def test_the_database_refuses_a_code_that_cannot_be(constraint: str, changes: dict[str, object]) -> None:
    with refused_by(constraint):
        a_code(**changes)


def test_the_database_refuses_a_check_by_a_code_that_was_not_sent_or_served_before() -> None:
    given = {"customer_id": "C-2001", "adviser_id": "A-1", "at": NOW, "proof": "CODE"}
    code = a_code()
    assert str(code) == str(code.uuid)
    with refused_by("identity_check_by_code_has_one"):
        IdentityCheck.objects.create(uuid=uuid4(), **given)
    IdentityCheck.objects.create(uuid=uuid4(), code=code, **given)
    with refused_by("people_identitycheck_code"):
        IdentityCheck.objects.create(uuid=uuid4(), code=code, **given)


def test_a_code_of_nobody_is_nothing_to_send() -> None:
    assert codes.to_send(uuid4(), at=NOW) is None
