"""A case goes to another adviser, and the customer hears it from them once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builders import a_world
from ligneclaire.cases.actions.hand_over_case import NoteMissing
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.queries import cards
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.content import Content
from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.models import ContactPoint
from ligneclaire.people.states import ContactKind
from ligneclaire.voice.actions.hand_over import hand_over

pytestmark = pytest.mark.django_db

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
KEY = ("C-2001", "contract:K-ADSL-1")


@pytest.fixture
def case() -> str:
    a_world()
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=MONDAY)
    return open_cases(needs={KEY: need}, by=NORA, at=MONDAY)[KEY].reference


def give(case: str, sentence: str | None, *, note: str = "Attend un appel.") -> None:
    hand_over(reference=case, to="A-2", note=note, sentence=sentence, by=NORA, at=MONDAY)


def test_the_new_owner_writes_signs_and_answers(case: str) -> None:
    give(case, "Je pars en congé demain.")

    [card] = messages.of(["C-2001"])
    content = Content.from_json(card.content)
    told, sentence = content.opening
    assert content.subject == f"Votre dossier {case}"
    assert " ".join(told.split()) == (
        f"Je m’occupe désormais de votre dossier {case}, que suivait Nora Benali. "
        "Vous n’avez rien à refaire ni à raconter de nouveau : j’ai tout sous les yeux."
    )
    assert sentence == "Je pars en congé demain."
    assert (content.contact.name, card.adviser, card.written_by, card.case) == (
        "Hugo Marchand",
        "A-2",
        "adviser:A-1",
        case,
    )
    assert cards.of("C-2001")[0].owner == "A-2"


def test_where_a_letter_came_back_the_customer_hears_it_otherwise(case: str) -> None:
    points = ContactPoint.objects.filter(customer__number="C-2001")
    points.filter(kind=ContactKind.EMAIL).delete()
    points.filter(kind=ContactKind.ADDRESS).update(verified=False, doubted_at=MONDAY)

    give(case, "")

    assert [card.channel for card in messages.of(["C-2001"])] == ["sms"]


def test_without_a_sentence_of_their_own_the_standard_one_is_enough(case: str) -> None:
    give(case, "")

    [card] = messages.of(["C-2001"])
    assert len(Content.from_json(card.content).opening) == 1


def test_nobody_is_told_when_the_colleague_says_so(case: str) -> None:
    give(case, None)

    assert (messages.of(["C-2001"]), cards.of("C-2001")[0].owner) == ((), "A-2")


def test_nobody_is_told_where_there_is_no_way(case: str) -> None:
    ContactPoint.objects.filter(customer__number="C-2001").delete()

    give(case, "")

    assert (messages.of(["C-2001"]), cards.of("C-2001")[0].owner) == ((), "A-2")


def test_without_a_note_nothing_is_handed_over_or_said(case: str) -> None:
    with pytest.raises(NoteMissing):
        give(case, "", note="")

    assert (messages.of(["C-2001"]), cards.of("C-2001")[0].owner) == ((), "A-1")
