"""A case goes from hand to hand, rests, is settled, and opens again; it always has one owner."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from builders import a_world, refused_by
from ligneclaire.cases.actions import close_case as closing
from ligneclaire.cases.actions import hand_over_case as handing
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.reopen_case import AnotherIsOpen, NotClosed, reopen_case
from ligneclaire.cases.actions.snooze_case import SnoozedForThePast, snooze_case
from ligneclaire.cases.models import Case, CaseEvent, Question
from ligneclaire.cases.queries import cards
from ligneclaire.cases.queries.cards import CaseClosed, CaseUnknown
from ligneclaire.cases.states import CaseKind, CaseState, QuestionState
from ligneclaire.channels.actions.need_no_answer import need_no_answer
from ligneclaire.channels.actions.record_entry import Said, record_entry
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.people.queries.advisers import AdviserUnknown
from ligneclaire.voice.queries.day import DayList
from today import listed
from world import World

pytestmark = pytest.mark.django_db

NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
TODAY, FRIDAY = date(2015, 2, 16), date(2015, 2, 20)
KEY = ("C-2001", "contract:K-ADSL-1")


@pytest.fixture
def case() -> str:
    a_world()
    return opened()


def opened() -> str:
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=MONDAY)
    return open_cases(needs={KEY: need}, by=NORA, at=MONDAY)[KEY].reference


def hand_over(reference: str, to: str = "A-2", note: str = "Attend un appel.") -> None:
    handing.hand_over_case(reference=reference, to=to, note=note, by=NORA, at=MONDAY)


def snooze(reference: str, until: date = FRIDAY) -> None:
    snooze_case(reference=reference, until=until, note="", today=TODAY, by=NORA, at=MONDAY)


def close(reference: str, note: str = "Réglé.") -> None:
    closing.close_case(reference=reference, note=note, by=NORA, at=MONDAY)


def mine(adviser: str = "A-1", *, today: date = TODAY) -> list[str]:
    return [one.reference for one in listed(DayList.CASES, on=today, adviser=adviser)]


def test_a_case_goes_to_a_colleague_with_a_word(case: str) -> None:
    hand_over(case)

    assert (mine(), mine("A-2")) == ([], [case])
    [event] = cards.history(case)
    assert (event.deed, event.note, event.owner_name, event.by_name) == (
        "handed over",
        "Attend un appel.",
        "Hugo Marchand",
        "Nora Benali",
    )
    with pytest.raises(handing.AlreadyTheirs):
        hand_over(case)
    with pytest.raises(handing.NoteMissing):
        hand_over(case, to="A-1", note=" ")
    with pytest.raises(AdviserUnknown):
        hand_over(case, to="A-9")


def test_a_case_rests_until_a_day_and_comes_back_by_itself(case: str) -> None:
    snooze(case)

    assert (mine(), mine(today=FRIDAY)) == ([], [case])
    with pytest.raises(SnoozedForThePast):
        snooze(case, until=TODAY)
    hand_over(case)
    assert mine("A-2") == [case]


def test_a_settled_case_is_closed_once_and_opens_again_under_its_reference(case: str) -> None:
    with pytest.raises(closing.NoteMissing):
        close(case, note="")
    with pytest.raises(NotClosed):
        reopen_case(reference=case, note="", by=NORA, at=MONDAY)
    close(case)

    assert mine() == []
    for act in (close, snooze, hand_over):
        with pytest.raises(CaseClosed):
            act(case)
    reopen_case(reference=case, note="Pas réglé.", by=NORA, at=MONDAY)
    assert mine() == [case]
    assert [event.deed for event in cards.history(case)] == ["reopened", "closed"]


def test_a_matter_has_one_open_case(case: str) -> None:
    close(case)
    other = opened()

    with pytest.raises(AnotherIsOpen) as refused:
        reopen_case(reference=case, note="", by=NORA, at=MONDAY)

    assert refused.value.values["case"] == other


def test_what_still_waits_keeps_a_case_open(case: str) -> None:
    entry = uuid4()
    said = Said(
        customer="C-2001", case=case, medium=Medium.EMAIL, direction=Direction.IN, text="Bonjour", happened_at=MONDAY
    )
    record_entry(uuid=entry, said=said, by=NORA, at=MONDAY)
    with pytest.raises(closing.NotSettled, match="entry"):
        close(case)
    need_no_answer(entry=entry, reason="Merci seulement", by=NORA, at=MONDAY)

    close(case)
    assert cards.of("C-2001")[0].state == CaseState.CLOSED


def test_an_open_question_and_a_plan_under_way_keep_their_case_open() -> None:
    world = World()
    world.read("2-five-goodbyes.jsonl")
    world.it_is("2015-02-18T10:00:00+01:00")
    [card] = cards.of("C-2001")

    with pytest.raises(closing.NotSettled, match="question"):
        close(card.reference)
    Question.objects.update(state=QuestionState.GONE, closed_at=MONDAY)
    with pytest.raises(closing.NotSettled, match="plan"):
        close(card.reference)


def test_nobodys_case_is_unknown(case: str) -> None:
    for act in (close, snooze, hand_over):
        with pytest.raises(CaseUnknown):
            act("LC-0")


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("case_event_snoozed_until_a_day", {"deed": "snoozed"}),
        ("case_event_snoozed_until_a_day", {"deed": "reopened", "until": FRIDAY}),
        ("case_event_with_a_note", {"deed": "closed"}),
        ("case_event_with_a_note", {"deed": "handed over"}),
    ],
)
def test_the_database_refuses_half_a_deed(case: str, constraint: str, row: dict[str, object]) -> None:
    with refused_by(constraint):
        CaseEvent.objects.create(case=Case.objects.get(), owner_id="A-1", by="adviser:A-1", at=MONDAY, **row)


def test_the_database_refuses_a_closed_case_that_rests(case: str) -> None:
    close(case)
    with refused_by("case_snoozed_while_open"):
        Case.objects.update(snoozed_until=FRIDAY)
