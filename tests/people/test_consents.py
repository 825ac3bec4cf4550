"""What a customer agrees to and which language they want: their own words count, and are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from builders import a_world, refused_by
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.actions.answer_consent import answer_consent
from ligneclaire.people.actions.choose_language import LanguageNotSpoken, choose_language
from ligneclaire.people.models import Consent, Customer
from ligneclaire.people.queries import addressees, consents
from ligneclaire.people.queries.consents import ConsentCard
from ligneclaire.people.states import Purpose

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
DAY = timedelta(days=1)
BACK = Purpose.WELCOME_BACK
LENOIR = Actor(ActorKind.CUSTOMER, "C-2001")


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def answer(*, is_given: bool, at: datetime = NOW) -> bool:
    return answer_consent(customer="C-2001", purpose=BACK, is_given=is_given, by=LENOIR, at=at)


def language_of(customer: str) -> str:
    return addressees.of([customer], on=date(2015, 2, 9))[customer].language


def test_nothing_is_agreed_before_somebody_answers() -> None:
    assert consents.answer_of("C-2001", BACK) is None


def test_the_last_answer_counts_and_every_answer_is_kept() -> None:
    changed = [
        answer(is_given=True),
        answer(is_given=True, at=NOW + DAY),
        answer(is_given=False, at=NOW + 2 * DAY),
    ]

    assert changed == [True, False, True]
    assert consents.answer_of("C-2001", BACK) == ConsentCard(purpose=BACK, is_given=False, answered_at=NOW + 2 * DAY)
    assert consents.answer_of("C-3001", BACK) is None
    assert list(Consent.objects.order_by("id").values_list("is_given", "answered_at")) == [
        (True, NOW),
        (False, NOW + 2 * DAY),
    ]


def test_an_answer_is_never_rewritten() -> None:
    answer(is_given=True)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Consent.objects.update(is_given=False)


def test_there_is_one_answer_at_an_instant_and_for_a_purpose_that_we_know() -> None:
    answer(is_given=True)

    with refused_by("consent_one_answer_at_once"):
        Consent.objects.create(customer_id="C-2001", purpose=BACK, is_given=False, answered_at=NOW)
    with refused_by("consent_purpose_known"):
        Consent.objects.create(customer_id="C-2001", purpose="SALES", is_given=True, answered_at=NOW)


def test_a_chosen_language_counts_for_messages_and_survives_an_import() -> None:
    assert language_of("C-2001") == "fr"

    choose_language(customer="C-2001", language="en", by=LENOIR, at=NOW)
    a_world(at=NOW + DAY)

    assert [language_of(customer) for customer in ("C-2001", "C-3001")] == ["en", "fr"]
    assert Customer.objects.get(number="C-2001").changed_by == "customer:C-2001"


def test_a_language_that_the_operator_does_not_speak_is_refused() -> None:
    with pytest.raises(LanguageNotSpoken) as refused:
        choose_language(customer="C-2001", language="es", by=SYSTEM, at=NOW)

    assert refused.value.values == {"language": "es"}
    assert language_of("C-2001") == "fr"
