"""Calls and visits stand in the thread, and what was promised there is kept, moved in time, or broken."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from builders import a_world, refused_by
from ligneclaire.cases.actions.log_contact import CustomerUnknown, NotTheirCase, NotYetHappened, log_contact
from ligneclaire.cases.actions.open_cases import Need, open_cases
from ligneclaire.cases.actions.postpone_promise import postpone_promise
from ligneclaire.cases.states import CaseKind
from ligneclaire.channels.actions.record_entry import Said
from ligneclaire.channels.models import Entry
from ligneclaire.channels.states import Direction, Medium
from ligneclaire.facts.models import Fact
from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.promises.actions.close_promise import close_promise
from ligneclaire.promises.actions.give_promise import Given, PromisedForThePast
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.promises.queries import spoken
from ligneclaire.promises.queries.spoken import PromiseClosed, PromiseUnknown
from ligneclaire.promises.rules import SpokenState, kept, moved
from ligneclaire.voice.queries import thread
from ligneclaire.voice.queries.day import DayList
from ligneclaire.voice.queries.thread import TalkEntry
from today import listed

pytestmark = pytest.mark.django_db

CALENDAR = Calendar(country="FR", zone="Europe/Paris")
NORA = Actor(ActorKind.ADVISER, "A-1")
MONDAY = datetime(2015, 2, 16, 9, tzinfo=UTC)
WEDNESDAY = date(2015, 2, 18)
CALL_BACK = Given(text="Rappeler avec la date", due_on=WEDNESDAY, at_time=time(14, 30))


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def said(
    text: str = "Demande où en est son dossier.", *, case: str = "", customer: str = "C-2001", ago: int = 5
) -> Said:
    return Said(
        customer=customer,
        case=case,
        medium=Medium.CALL,
        direction=Direction.IN,
        text=text,
        happened_at=MONDAY - timedelta(minutes=ago),
    )


def log(what: Said | None = None, promise: Given | None = None, *, entry: UUID | None = None) -> UUID:
    uuid = entry or uuid4()
    log_contact(entry=uuid, said=what or said(), promise=promise, calendar=CALENDAR, by=NORA, at=MONDAY)
    return uuid


def a_promise(given: Given = CALL_BACK) -> UUID:
    return spoken.given_in(log(promise=given))


def close(promise: UUID, *, at: datetime = MONDAY) -> SpokenState:
    return close_promise(promise=promise, note="Fait", moved_to=None, calendar=CALENDAR, by=NORA, at=at)


def postpone(promise: UUID, given: Given, *, at: datetime, entry: UUID | None = None) -> SpokenState:
    told = Said(
        customer="C-2001",
        case="",
        medium=Medium.CALL,
        direction=Direction.OUT,
        text="Prévenue par téléphone.",
        happened_at=at,
    )
    return postpone_promise(
        promise=promise, given=given, entry=entry or uuid4(), said=told, calendar=CALENDAR, by=NORA, at=at
    )


def test_a_call_stands_in_the_thread_with_what_was_promised() -> None:
    log(promise=CALL_BACK)

    [entry] = thread.page(["C-2001"], limit=10).entries
    assert isinstance(entry, TalkEntry)
    assert (entry.medium, entry.direction, entry.text, entry.by) == (
        "call",
        "in",
        "Demande où en est son dossier.",
        "Nora Benali",
    )
    assert entry.happened_at == MONDAY - timedelta(minutes=5)
    assert (entry.promise, entry.due_on, entry.at_time) == ("Rappeler avec la date", WEDNESDAY, time(14, 30))
    assert [(card.owner, card.state) for card in spoken.of(["C-2001"], limit=5)] == [("A-1", "open")]


def test_the_same_form_twice_is_one_entry_and_one_promise() -> None:
    entry = log(promise=CALL_BACK)
    log(promise=CALL_BACK, entry=entry)

    assert (Entry.objects.count(), SpokenPromise.objects.count(), Fact.objects.count()) == (1, 1, 1)


def test_it_may_belong_to_a_matter_of_the_customer_only() -> None:
    need = Need(kind=CaseKind.TERMINATION, owner="A-1", opened_at=MONDAY)
    opened = open_cases(needs={("C-2001", "contract:K-ADSL-1"): need}, by=NORA, at=MONDAY)
    reference = opened["C-2001", "contract:K-ADSL-1"].reference

    log(said(case=reference))

    assert Entry.objects.get().case == reference
    assert Fact.objects.get().subject == "contract:K-ADSL-1"
    for case, customer in ((reference, "C-1001"), ("LC-0000-0000", "C-2001")):
        with pytest.raises(NotTheirCase):
            log(said(case=case, customer=customer))


def test_what_cannot_be_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(CustomerUnknown):
        log(said(customer="C-0"))
    with pytest.raises(NotYetHappened):
        log(said(ago=-1))
    with pytest.raises(PromisedForThePast):
        log(promise=Given(text="Rappeler", due_on=date(2015, 2, 15)))

    assert (Entry.objects.count(), SpokenPromise.objects.count(), Fact.objects.count()) == (0, 0, 0)


def test_a_promise_is_kept_by_its_day_and_broken_after_it() -> None:
    in_time, late = a_promise(), a_promise()

    assert close(in_time, at=datetime(2015, 2, 18, 20, tzinfo=UTC)) is SpokenState.KEPT
    assert close(late, at=datetime(2015, 2, 19, 8, tzinfo=UTC)) is SpokenState.BROKEN

    assert [(fact["state"], fact["due_on"]) for fact in closed()] == [("kept", "2015-02-18"), ("broken", "2015-02-18")]


def closed() -> list[dict[str, str]]:
    page = thread.page(["C-2001"], limit=10).entries
    found = [entry for entry in page if not isinstance(entry, TalkEntry)]
    return [entry.value for entry in reversed(found)]  # type: ignore[union-attr, misc]


def test_a_promise_moves_only_with_a_word_to_the_customer() -> None:
    first = a_promise()
    friday = Given(text="", due_on=date(2015, 2, 20))

    state = postpone(first, friday, at=MONDAY)

    assert state is SpokenState.MOVED
    cards = {card.uuid: card for card in spoken.of(["C-2001"], limit=5)}
    assert cards[first].moved_to == date(2015, 2, 20)
    [new] = [card for card in cards.values() if card.state == "open"]
    assert (new.text, new.due_on, new.at_time) == ("Rappeler avec la date", date(2015, 2, 20), None)
    assert [entry.text for entry in thread.page(["C-2001"], limit=10).entries if isinstance(entry, TalkEntry)] == [
        "Prévenue par téléphone.",
        "Demande où en est son dossier.",
    ]


def test_told_after_its_day_it_is_broken_all_the_same() -> None:
    first = a_promise()

    assert postpone(first, Given(text="Venir", due_on=date(2015, 2, 23)), at=datetime(2015, 2, 19, 8, tzinfo=UTC)) is (
        SpokenState.BROKEN
    )


def test_the_same_postponement_twice_is_one() -> None:
    first, entry = a_promise(), uuid4()
    later = Given(text="", due_on=date(2015, 2, 20))

    states = [postpone(first, later, at=MONDAY, entry=entry) for _ in range(2)]

    assert states == [SpokenState.MOVED, SpokenState.MOVED]
    assert SpokenPromise.objects.count() == 2


def test_a_closed_promise_stays_closed() -> None:
    first = a_promise()
    close(first)

    with pytest.raises(PromiseClosed):
        close(first)
    with pytest.raises(PromiseClosed):
        postpone(first, Given(text="", due_on=date(2015, 2, 20)), at=MONDAY)
    with pytest.raises(PromiseUnknown):
        close(uuid4())
    assert Entry.objects.count() == 1


def test_what_is_due_comes_by_day_and_hour() -> None:
    tuesday = date(2015, 2, 17)
    a_promise(Given(text="sans heure", due_on=tuesday))
    a_promise(Given(text="à 16 h", due_on=tuesday, at_time=time(16)))
    a_promise(Given(text="à 9 h", due_on=tuesday, at_time=time(9)))
    close(a_promise(Given(text="déjà fait", due_on=tuesday)))
    a_promise(CALL_BACK)

    found = [listed(name, on=tuesday) for name in (DayList.CALLBACKS, DayList.PROMISES)]
    assert [[one.text for one in rows] for rows in found] == [["à 9 h", "à 16 h"], ["sans heure"]]


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("spoken_promise_says_something", {"text": ""}),
        ("spoken_promise_closed_by_somebody", {"state": "kept"}),
        ("spoken_promise_closed_by_somebody", {"closed_by": "adviser:A-1"}),
        ("spoken_promise_moved_somewhere", {"state": "moved", "closed_at": MONDAY, "closed_by": "adviser:A-1"}),
    ],
)
def test_the_database_refuses_half_a_promise(constraint: str, changes: dict[str, object]) -> None:
    a_promise()
    with refused_by(constraint):
        SpokenPromise.objects.update(**changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("entry_says_something", {"text": ""}),
        ("entry_medium_known", {"medium": "pigeon"}),
        ("entry_direction_known", {"direction": "up"}),
        ("entry_not_in_the_future", {"happened_at": MONDAY + timedelta(hours=1)}),
    ],
)
def test_the_database_refuses_an_entry_that_cannot_be(constraint: str, changes: dict[str, object]) -> None:
    row = {
        "uuid": uuid4(),
        "customer": "C-2001",
        "medium": "call",
        "direction": "in",
        "text": "x",
        "happened_at": MONDAY,
        "recorded_at": MONDAY,
        "recorded_by": "adviser:A-1",
    }
    with refused_by(constraint):
        Entry.objects.create(**{**row, **changes})


def test_the_day_itself_is_still_in_time() -> None:
    assert kept(due_on=WEDNESDAY, done_on=WEDNESDAY) is SpokenState.KEPT
    assert moved(due_on=WEDNESDAY, told_on=WEDNESDAY) is SpokenState.MOVED
