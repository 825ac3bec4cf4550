"""A subject that needs a case has exactly one, with an owner and a reference that follows from what it is about."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import a_world
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.models import Case
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind, CaseState
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.ref import parse_reference, reference_of

pytestmark = pytest.mark.django_db
NOW = datetime(2015, 2, 10, 8, tzinfo=UTC)
ADSL, MOBILE = ("C-2001", "contract:K-ADSL-1"), ("C-2001", "contract:K-MOB-2")
NEED = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=NOW)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def opened(*keys: tuple[str, str], need: Need = NEED) -> dict[tuple[str, str], str]:
    found = open_cases(needs=dict.fromkeys(keys, need), by=SYSTEM, at=NOW)
    return {key: card.reference for key, card in found.items()}


def test_a_case_is_opened_with_its_owner_and_says_what_it_is_about() -> None:
    reference = opened(ADSL)[ADSL]

    card = cards.by_reference(reference)
    assert card is not None
    assert (card.customer, card.subject, card.kind, card.owner, card.state, card.opened_at) == (
        "C-2001",
        "contract:K-ADSL-1",
        "termination",
        "A-1",
        "open",
        NOW,
    )
    assert str(Case.objects.get()) == reference
    assert parse_reference(reference) == reference


def test_an_open_case_stays_as_it_was_opened() -> None:
    first = opened(ADSL)

    again = opened(ADSL, MOBILE, need=Need(kind=CaseKind.NOTICE, owner="A-2", opened_at=NOW))

    assert again[ADSL] == first[ADSL]
    assert [(card.subject, card.kind, card.owner) for card in cards.of("C-2001")] == [
        ("contract:K-MOB-2", "notice", "A-2"),
        ("contract:K-ADSL-1", "termination", "A-1"),
    ]


def test_nothing_is_opened_for_nobody() -> None:
    assert opened() == {}
    assert cards.by_reference("LC-0000-0000") is None


def test_the_reference_follows_from_the_matter_and_from_how_often_it_came() -> None:
    first = opened(ADSL)[ADSL]
    Case.objects.update(state=CaseState.CLOSED)

    second = opened(ADSL)[ADSL]

    assert [first, second] == [reference_of("case", *ADSL, salt=salt) for salt in (0, 1)]
    assert [card.state for card in cards.of("C-2001")] == ["open", "closed"]
    assert list(cards.open_of(["C-2001"])) == [ADSL]


def test_a_reference_that_is_taken_gives_way_to_another() -> None:
    opened(("C-1001", "contract:K-MOB-11"))
    taken = reference_of("case", *ADSL, salt=0)
    Case.objects.update(reference=taken, survivor=taken)

    assert opened(ADSL) == {ADSL: reference_of("case", *ADSL, salt=1000)}
