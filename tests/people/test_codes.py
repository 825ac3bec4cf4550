"""One-time codes: whom they are for, how often, how long, and that nothing of them can be read anywhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from builders import a_world, refused_by, the_story_world
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access.roles import NotAllowed
from ligneclaire.people.actions.ask_code import TooManyCodes, ask_code
from ligneclaire.people.actions.confirm_email import confirm_email
from ligneclaire.people.actions.sign_in_by_code import CodeNotEntered, sign_in_by_code
from ligneclaire.people.actions.try_code import CodeOver, CodeWrong, try_code
from ligneclaire.people.models import ContactPoint, OneTimeCode, Session
from ligneclaire.people.queries import codes, recognised, sessions
from ligneclaire.people.queries.codes import Person
from ligneclaire.people.queries.recognised import Recognised
from ligneclaire.people.rules.code import code_of, home_of, is_same
from ligneclaire.people.states import ContactKind
from together import together

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
EMAIL, MOBILE, NUMBER = "lenoir@example.org", "06 39 98 02 01", "C-2001"
STRANGER = "personne@example.org"


@pytest.fixture
def world(db: None) -> None:
    a_world()


def a_shared_world() -> None:
    """Mme Aubert reads the Lenoirs' e-mail, in other letters."""
    document = the_story_world()
    next(row for row in document["customers"] if row["id"] == "C-3001")["email"] = "Lenoir@Example.org"
    a_world(document)


def ask(typed: str = EMAIL, *, address: str = "192.0.2.1", at: datetime = NOW) -> UUID:
    return ask_code(typed=typed, address=address, by=SYSTEM, at=at)


def digits(code: UUID) -> str:
    return code_of(code, key=settings.SECRET_KEY)


def enter(code: UUID, typed: str = "", *, at: datetime = NOW) -> tuple[str, ...]:
    return try_code(code=code, typed=typed or digits(code), by=SYSTEM, at=at)


def other_than(code: UUID) -> str:
    return f"{(int(digits(code)) + 1) % 1_000_000:06}"


def come_in(code: UUID, customer: str = NUMBER, *, at: datetime = NOW) -> str:
    return sign_in_by_code(code=code, customer=customer, device="Firefox/1", by=SYSTEM, at=at)


@pytest.mark.parametrize("typed", [EMAIL, " LENOIR@example.org ", "0639980201", "+33 6 39 98 02 01", "c-2001"])
def test_a_customer_is_recognised_however_they_write_it(world: None, typed: str) -> None:
    known = recognised.by(typed, region="FR", at=NOW)

    assert known is not None
    assert known.persons == (NUMBER,)


def test_a_number_leads_to_the_e_mail_and_a_mobile_to_itself(world: None) -> None:
    assert recognised.by(NUMBER, region="FR", at=NOW) == Recognised(
        persons=(NUMBER,), kind=ContactKind.EMAIL, destination=EMAIL
    )
    assert recognised.by(MOBILE, region="FR", at=NOW) == Recognised(
        persons=(NUMBER,), kind=ContactKind.MOBILE, destination="+33639980201"
    )


@pytest.mark.parametrize(
    "typed", ["", "x", STRANGER, "C-9999", "06 39 98 99 99", "05 36 49 02 01", "M. et Mme Lenoir", "@"]
)
def test_anything_else_is_a_stranger(world: None, typed: str) -> None:
    assert recognised.by(typed, region="FR", at=NOW) is None


def test_the_right_code_lets_its_customer_in_once(world: None) -> None:
    code = ask()

    assert enter(code) == (NUMBER,)
    key = come_in(code)

    visitor = sessions.of_key(key, at=NOW)
    assert visitor is not None
    assert (visitor.customer, visitor.name) == (NUMBER, "M. et Mme Lenoir")
    with pytest.raises(CodeNotEntered):
        come_in(code)
    with pytest.raises(CodeOver):
        enter(code)
    assert Session.objects.count() == 1


def test_a_code_that_was_not_typed_lets_nobody_in(world: None) -> None:
    code = ask()

    with pytest.raises(CodeNotEntered):
        come_in(code)
    assert Session.objects.count() == 0


def test_a_code_is_good_for_its_own_customer_only(world: None) -> None:
    code = ask()
    enter(code)

    with pytest.raises(CodeNotEntered) as refused:
        come_in(code, "C-3001")

    assert refused.value.values == {"code": code, "customer": "C-3001"}
    assert Session.objects.count() == 0


def test_a_code_is_good_for_ten_minutes(world: None) -> None:
    code = ask()

    assert codes.to_send(code, at=NOW + 10 * MINUTE) is None
    with pytest.raises(CodeOver):
        enter(code, at=NOW + 10 * MINUTE)
    assert enter(code, at=NOW + 10 * MINUTE - SECOND) == (NUMBER,)
    with pytest.raises(CodeNotEntered):
        come_in(code, at=NOW + 20 * MINUTE)


def test_a_code_can_be_tried_five_times(world: None) -> None:
    code = ask()
    left = []
    for _ in range(5):
        with pytest.raises(CodeWrong) as refused:
            enter(code, other_than(code))
        left.append(refused.value.values["left"])

    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(CodeOver):
        enter(code)


@pytest.mark.parametrize("typed", [STRANGER, EMAIL])
def test_a_stranger_meets_the_same_refusals_as_a_customer(world: None, typed: str) -> None:
    code = ask(typed)
    met = []
    for _ in range(6):
        with pytest.raises((CodeWrong, CodeOver)) as refused:
            enter(code, other_than(code))
        met.append(refused.value.code)

    assert met == ["code_wrong"] * 5 + ["code_over"]


def test_a_strangers_own_code_lets_nobody_in(world: None) -> None:
    code = ask(STRANGER)

    with pytest.raises(CodeWrong):
        enter(code)
    assert codes.to_send(code, at=NOW) is None
    assert codes.persons_of(code, at=NOW) == ()


def test_an_unknown_name_of_a_code_is_over(world: None) -> None:
    with pytest.raises(CodeOver):
        enter(UUID(int=1), "123456")


@pytest.mark.parametrize("again", [EMAIL, MOBILE, NUMBER])
def test_a_new_code_ends_the_older_one_by_whatever_name_it_was_asked(world: None, again: str) -> None:
    first = ask()
    second = ask(again, at=NOW + SECOND)

    with pytest.raises(CodeOver):
        enter(first, at=NOW + SECOND)
    assert enter(second, at=NOW + SECOND) == (NUMBER,)


def test_a_new_code_of_somebody_else_ends_nothing(world: None) -> None:
    first = ask()
    ask("C-3001", at=NOW + SECOND)

    assert enter(first) == (NUMBER,)


@pytest.mark.parametrize("typed", [EMAIL, STRANGER])
def test_three_codes_in_fifteen_minutes_and_the_fourth_is_refused(world: None, typed: str) -> None:
    for n in range(3):
        ask(typed, address=f"192.0.2.{n}", at=NOW + n * MINUTE)

    with pytest.raises(TooManyCodes) as refused:
        ask(typed, address="192.0.2.9", at=NOW + 14 * MINUTE)

    assert refused.value.until == NOW + 15 * MINUTE
    assert OneTimeCode.objects.count() == 3
    ask(typed, address="192.0.2.9", at=NOW + 15 * MINUTE)


def test_a_person_is_not_written_to_more_often_by_changing_names_and_nobody_learns_it(world: None) -> None:
    for n, typed in enumerate((EMAIL, MOBILE, NUMBER)):
        ask(typed, at=NOW + n * MINUTE)

    fourth = ask(EMAIL, at=NOW + 3 * MINUTE)

    assert codes.to_send(fourth, at=NOW + 3 * MINUTE) is None
    with pytest.raises(CodeWrong):
        enter(fourth, at=NOW + 3 * MINUTE)
    assert codes.to_send(ask(EMAIL, at=NOW + 16 * MINUTE), at=NOW + 16 * MINUTE) is not None


def test_ten_codes_in_an_hour_from_one_address_whoever_they_are_for(world: None) -> None:
    for n in range(10):
        ask(f"personne-{n}@example.org", at=NOW + n * MINUTE)

    with pytest.raises(TooManyCodes) as refused:
        ask(EMAIL, at=NOW + 30 * MINUTE)

    assert refused.value.until == NOW + 60 * MINUTE
    ask(EMAIL, address="192.0.2.2", at=NOW + 30 * MINUTE)


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_a_household_is_one_address(address: str, home: str) -> None:
    assert home_of(address) == home


def test_those_who_share_an_e_mail_choose_after_the_code(db: None) -> None:
    a_shared_world()
    code = ask()

    assert codes.persons_of(code, at=NOW) == ()
    assert enter(code) == (NUMBER, "C-3001")
    assert codes.persons_of(code, at=NOW) == (
        Person(number=NUMBER, name="M. et Mme Lenoir"),
        Person(number="C-3001", name="Mme Aubert"),
    )
    come_in(code, "C-3001")
    assert codes.persons_of(code, at=NOW) == ()
    with pytest.raises(CodeNotEntered):
        come_in(code, NUMBER)
    assert list(Session.objects.values_list("customer__number", flat=True)) == ["C-3001"]


def test_neither_the_code_nor_what_was_typed_is_in_the_database(world: None) -> None:
    code = ask(STRANGER)
    ask(EMAIL)

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(code)::text FROM people_onetimecode AS code ORDER BY id")
        stranger, customer = (text for (text,) in cursor.fetchall())
    assert STRANGER not in stranger
    assert "192.0.2.1" not in stranger + customer
    assert digits(code) not in stranger
    assert digits(code) != code_of(code, key="another key")


@pytest.mark.parametrize(
    ("typed", "same"),
    [("012345", True), (" 012 345 ", True), ("12345", False), ("", False), ("é", False), ("\ud800", False)],
)
def test_spaces_in_a_code_do_not_count(typed: str, same: bool) -> None:  # noqa: FBT001
    assert is_same("012345", typed) is same


def test_old_codes_are_forgotten_when_new_ones_are_asked_for(world: None) -> None:
    ask(at=NOW)
    ask(at=NOW + timedelta(days=1))
    assert OneTimeCode.objects.count() == 2

    ask(at=NOW + timedelta(days=1, seconds=1))

    assert list(OneTimeCode.objects.order_by("asked_at").values_list("asked_at", flat=True)) == [
        NOW + timedelta(days=1),
        NOW + timedelta(days=1, seconds=1),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_three_are_answered() -> None:
    a_world()

    said = together(*[lambda n=n: ask(address=f"192.0.2.{n}") for n in range(8)])

    assert sum(isinstance(one, UUID) for one in said) == 3
    assert sum(isinstance(one, TooManyCodes) for one in said) == 5
    assert OneTimeCode.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_type_the_right_code_at_once_one_comes_in() -> None:
    a_world()
    code = ask()

    said = together(*[lambda: enter(code)] * 4)

    assert sorted(str(one) for one in said if not isinstance(one, Exception)) == [str((NUMBER,))]
    assert sum(isinstance(one, CodeOver) for one in said) == 3


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("code_five_tries", {"tries": 6}),
        ("code_for_somebody_or_nobody", {"destination": ""}),
        ("code_for_somebody_or_nobody", {"persons": []}),
        ("code_entered_by_somebody", {"entered_at": NOW}),
    ],
)
def test_the_database_refuses_a_code_that_cannot_be(world: None, constraint: str, wrong: dict[str, Any]) -> None:
    ask()

    with refused_by(constraint):
        OneTimeCode.objects.update(**wrong)


def points(kind: ContactKind = ContactKind.EMAIL) -> Any:
    return ContactPoint.objects.filter(customer__number=NUMBER, kind=kind)


def test_no_code_goes_where_something_came_back_and_the_stranger_learns_nothing(world: None) -> None:
    points().update(verified=False, doubted_at=NOW - timedelta(days=90))

    code = ask(EMAIL)

    assert OneTimeCode.objects.get(uuid=code).persons == []
    assert codes.to_send(code, at=NOW) is None
    by_number = recognised.by(NUMBER, region="FR", at=NOW)
    assert by_number
    assert by_number.destination == "+33639980201"


def test_no_code_goes_to_an_address_that_an_adviser_typed_within_two_weeks(world: None) -> None:
    points().update(verified=False, doubted_at=NOW)
    confirm_email(customer=NUMBER, email="other@example.org", by=Actor(ActorKind.ADVISER, "A-2"), at=NOW)

    for typed in ("other@example.org", NUMBER):
        known = recognised.by(typed, region="FR", at=NOW + timedelta(days=14) - SECOND)
        assert (known.destination if known else "") == ("+33639980201" if typed == NUMBER else "")
    known = recognised.by("other@example.org", region="FR", at=NOW + timedelta(days=14))
    assert known
    assert known.persons == (NUMBER,)


def test_who_may_not_mend_confirms_no_address(world: None) -> None:
    points().update(verified=False, doubted_at=NOW)

    with pytest.raises(NotAllowed):
        confirm_email(customer=NUMBER, email="other@example.org", by=Actor(ActorKind.CUSTOMER, NUMBER), at=NOW)

    assert points().get().value == EMAIL
