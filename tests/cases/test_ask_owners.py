"""What departments disagree on is asked of the owner of the case, once for each set of values, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from builders import a_world
from ligneclaire.cases.actions.ask_owners import Asked, ask_owners
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.settle_question import (
    NotAmongTheValues,
    NothingToSettle,
    ReasonMissing,
    settle_question,
)
from ligneclaire.cases.models import Question
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 15, 10, 20, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
NORA = Actor(ActorKind.ADVISER, "A-1")
SUBJECT, DAYS, BILL = "contract:K-ADSL-1", "equipment.days_after_formal_notice", "closing_bill.date"
WHERE = ("C-2001", SUBJECT, DAYS)


@pytest.fixture(autouse=True)
def reference() -> str:
    a_world()
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=NOW)
    return open_cases(needs={("C-2001", SUBJECT): need}, by=SYSTEM, at=NOW)["C-2001", SUBJECT].reference


def contested(reference: str, *values: object, since: datetime = NOW) -> Asked:
    claims = tuple({"value": value, "sources": ["equipment"]} for value in values)
    return Asked(claims=claims, digest=repr(sorted(map(str, values))).encode(), reference=reference, asked_at=since)


def asked(questions: Mapping[tuple[str, str, str], Asked], *, at: datetime = NOW) -> list[tuple[str, str, object]]:
    """Ask; every question of the customer since, oldest first: topic, state, values."""
    ask_owners(contested=questions, customers=["C-2001"], by=SYSTEM, at=at)
    return [
        (card.key, card.state, [claim["value"] for claim in card.claims])
        for card in reversed(cards.questions_of("C-2001"))
    ]


def settled(chosen: object, *, key: str = DAYS, reason: str = "The contract says so.") -> tuple[object, ...]:
    return settle_question(customer="C-2001", subject=SUBJECT, key=key, chosen=chosen, reason=reason, by=NORA, at=LATER)


def test_a_contradiction_is_asked_of_the_owner_of_its_case(reference: str) -> None:
    assert asked({WHERE: contested(reference, 7, 10)}) == [(DAYS, "open", [7, 10])]

    [card] = cards.open_questions(owner="A-1")
    assert (card.customer, card.subject, card.owner, card.reference, card.asked_at) == (
        "C-2001",
        SUBJECT,
        "A-1",
        reference,
        NOW,
    )
    assert cards.open_questions() == (card,)
    assert cards.open_questions(owner="A-2") == ()
    assert str(Question.objects.get()) == f"C-2001 {SUBJECT} {DAYS}"


def test_the_same_values_are_asked_once(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})

    assert asked({WHERE: contested(reference, 10, 7, since=LATER)}, at=LATER) == [(DAYS, "open", [7, 10])]


def test_other_values_are_another_question(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})

    assert asked({WHERE: contested(reference, 7, 14, since=LATER)}, at=LATER) == [
        (DAYS, "gone", [7, 10]),
        (DAYS, "open", [7, 14]),
    ]


def test_a_question_that_answered_itself_is_taken_back(reference: str) -> None:
    asked(
        {
            WHERE: contested(reference, 7, 10),
            ("C-2001", SUBJECT, BILL): contested(reference, "2015-03-05", "2015-03-06"),
        }
    )

    asked({WHERE: contested(reference, 7, 10)}, at=LATER)

    assert {(card.key, card.state, card.closed_at) for card in cards.questions_of("C-2001")} == {
        (DAYS, "open", None),
        (BILL, "gone", LATER),
    }


def test_the_questions_of_other_customers_are_left_alone(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})

    ask_owners(contested={}, customers=["C-1001"], by=SYSTEM, at=LATER)

    assert len(cards.open_questions()) == 1


def test_the_owner_settles_it_once_with_a_reason(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})

    assert settled(10, reason="  The contract says so. ") == (7, 10)

    [card] = cards.questions_of("C-2001")
    assert (card.state, card.chosen, card.reason, card.settled_by, card.closed_at) == (
        "settled",
        10,
        "The contract says so.",
        "adviser:A-1",
        LATER,
    )
    with pytest.raises(NothingToSettle) as refused:
        settled(7)
    assert dict(refused.value.values) == {"customer": "C-2001", "subject": SUBJECT, "key": DAYS}
    assert cards.questions_of("C-2001") == (card,)


def test_what_nobody_disagrees_on_cannot_be_settled() -> None:
    with pytest.raises(NothingToSettle):
        settled(10)


def test_a_settlement_without_a_reason_is_refused(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})

    with pytest.raises(ReasonMissing) as refused:
        settled(10, reason=" \n")

    assert dict(refused.value.values) == {"key": DAYS}
    assert [card.state for card in cards.questions_of("C-2001")] == ["open"]


def test_a_value_that_no_department_states_is_refused(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})

    with pytest.raises(NotAmongTheValues) as refused:
        settled(8)

    assert dict(refused.value.values) == {"key": DAYS, "chosen": 8, "values": (7, 10)}
    assert [card.state for card in cards.questions_of("C-2001")] == ["open"]


def test_a_settled_question_stays_settled_when_the_departments_differ_no_more(reference: str) -> None:
    asked({WHERE: contested(reference, 7, 10)})
    settled(10)

    assert asked({}, at=LATER) == [(DAYS, "settled", [7, 10])]
