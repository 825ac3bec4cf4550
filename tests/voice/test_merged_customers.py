"""Whose number is merged is written to as the survivor, from that instant until it is taken back, whoever is late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from ligneclaire.cases.queries import cards
from ligneclaire.channels.content import Content
from ligneclaire.channels.queries import messages
from ligneclaire.channels.queries.messages import MessageCard
from ligneclaire.channels.states import Channel
from ligneclaire.config.wiring import deliver
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.facts import CUSTOMER_MERGED, CUSTOMER_UNMERGED
from ligneclaire.promises.actions.give_promise import Given
from ligneclaire.promises.models import SpokenPromise
from ligneclaire.voice.actions.write_message import NotTheirs, Words, write_message
from ligneclaire.voice.queries import outlook, told
from ligneclaire.voice.rules.addressing import addressee
from ligneclaire.voice.rules.state import Rules, State, Stated
from people.persons import NORA, merge, unmerge
from world import World

LENOIR, PERRIN, AUBERT = "C-2001", "C-5001", "C-3001"
MONDAY = datetime.fromisoformat("2015-02-16T10:00:00+01:00")
TUESDAY = datetime.fromisoformat("2015-02-17T08:00:00+01:00")  # when the story's letter leaves
MINUTE, INSTANT = timedelta(minutes=1), timedelta(microseconds=1)
AT_LENOIRS = ("M ET MME LENOIR", "14 COURS DE LA MARNE", "33000 BORDEAUX")
AT_PERRINS = ("M PERRIN", "2 RUE BATTANT", "25000 BESANCON")


@pytest.fixture
def world(story: World, db: None) -> World:
    return story.again()


def letter() -> MessageCard:
    return messages.of([LENOIR])[-1]


def names(card: MessageCard) -> tuple[str, str, str]:
    """The name and the number that a letter gives, and who answers."""
    content = Content.from_json(card.content)
    return content.details[0].value, content.details[1].value, card.adviser


def test_a_letter_about_a_merged_numbers_contract_goes_to_the_survivor_and_names_them(world: World) -> None:
    merge(LENOIR, PERRIN, at=MONDAY)

    world.it_is(TUESDAY + MINUTE)

    sent = letter()
    assert (sent.customer, sent.written_at, sent.destination) == (LENOIR, TUESDAY, AT_PERRINS)
    assert names(sent) == ("M. Perrin", PERRIN, "A-3")
    assert "Lenoir" not in str(sent.content)
    assert messages.of([PERRIN]) == ()


def test_a_merge_that_was_taken_back_changes_nothing(world: World) -> None:
    merge(LENOIR, PERRIN, at=MONDAY)
    unmerge(LENOIR, at=MONDAY + MINUTE)

    world.it_is(TUESDAY + MINUTE)

    assert (letter().destination, names(letter())) == (AT_LENOIRS, ("M. et Mme Lenoir", LENOIR, "A-1"))


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize(("after", "reached"), [(-MINUTE, AT_PERRINS), (INSTANT, AT_LENOIRS), (MINUTE, AT_LENOIRS)])
def test_an_instant_is_decided_with_who_was_meant_then_however_late_the_worker(
    after: timedelta, reached: tuple[str, ...], world: World, *, is_late: bool
) -> None:
    at = TUESDAY + after
    if not is_late:
        world.it_is(at)
    merge(LENOIR, PERRIN, at=at)
    while deliver(until=TUESDAY + timedelta(hours=2)):
        pass

    assert (letter().written_at, letter().destination) == (TUESDAY, reached)


@pytest.mark.parametrize("is_late", [False, True])
def test_a_case_is_owned_by_whoever_answers_for_those_who_are_meant_when_it_begins(
    world: World, *, is_late: bool
) -> None:
    world.it_is(MONDAY + MINUTE)
    if is_late:
        world.department("billing").states("closing_bill.amount", {"amount": "12.00", "currency": "EUR"}, of="K-MOB-11")
        merge("C-1001", PERRIN, at=MONDAY + 2 * MINUTE)
    else:
        merge("C-1001", PERRIN, at=MONDAY + MINUTE)
        world.department("billing").states("closing_bill.amount", {"amount": "12.00", "currency": "EUR"}, of="K-MOB-11")
    deliver(until=MONDAY + timedelta(hours=1))

    [case] = cards.of("C-1001")
    assert case.owner == ("A-1" if is_late else "A-3")


def test_what_waits_is_previewed_for_all_numbers_as_it_will_leave(world: World) -> None:
    merge(LENOIR, PERRIN, at=MONDAY)
    seen = outlook.of(LENOIR, at=MONDAY + MINUTE)

    assert seen
    assert (seen.numbers, seen.customer.name) == ((PERRIN, LENOIR), "M. Perrin")
    [preview] = seen.previews
    assert preview.ways == {Channel.LETTER: AT_PERRINS}
    assert [one.contract for one in seen.household] == [
        "K-FIX-51", "K-FIX-3", "K-MOB-2", "K-ADSL-1",
    ]  # fmt: skip
    world.it_is(TUESDAY + MINUTE)
    assert letter().content == preview.content.as_json()


def test_the_facts_of_a_merge_end_as_our_own_records(world: World) -> None:
    merge(LENOIR, PERRIN, at=MONDAY)
    unmerge(LENOIR, at=MONDAY + MINUTE)
    world.it_is(TUESDAY)

    for number in (LENOIR, PERRIN):
        found = {one.kind: (one.end, one.reason) for one in told.outcomes_of(number) if one.source == "people"}
        assert found == dict.fromkeys((CUSTOMER_MERGED, CUSTOMER_UNMERGED), ("not for customers", "our own record"))
    assert [card.subject for card in cards.of(PERRIN)] == []


def test_an_adviser_writes_under_the_number_of_the_case_and_to_the_survivor(world: World) -> None:
    merge(LENOIR, PERRIN, at=MONDAY)
    theirs = cards.of(LENOIR)[0].reference
    promise = Given(text="Rappeler", due_on=TUESDAY.date(), at_time=None)

    def write(customer: str, case: str) -> MessageCard:
        uuid = uuid4()
        words = Words(
            customer=customer, channel=Channel.EMAIL, subject="Bonjour", text="Oui.", case=case, promise=promise
        )
        write_message(message=uuid, words=words, by=NORA, at=MONDAY + MINUTE)
        card = messages.by_uuid(uuid)
        assert card
        return card

    own, new = write(PERRIN, theirs), write(LENOIR, "")

    assert (own.customer, own.case, own.destination) == (LENOIR, theirs, ("perrin@example.org",))
    assert (new.customer, new.destination) == (PERRIN, ("perrin@example.org",))
    assert cards.of(PERRIN)[0].reference == new.case
    assert set(SpokenPromise.objects.values_list("customer", flat=True)) == {LENOIR, PERRIN}
    with pytest.raises(NotTheirs):
        write(AUBERT, theirs)
    unmerge(LENOIR, at=MONDAY + 2 * MINUTE)
    with pytest.raises(NotTheirs):
        write(PERRIN, theirs)


def a_fact(kind: str, survivor: object, minutes: int) -> Stated:
    at = MONDAY + minutes * MINUTE
    return Stated(
        id=minutes,
        source="people",
        source_id=str(minutes),
        kind=kind,
        subject=f"customer:{LENOIR}",
        value={"survivor": survivor},
        at=at,
        recorded_at=at,
    )


def who(facts: Iterable[Stated], minutes: float) -> str:
    state = State(customer=LENOIR, rules=Rules(calendar=Calendar(), sources=frozenset()), facts=tuple(facts))
    return addressee(state, at=MONDAY + minutes * MINUTE)


def test_the_last_word_until_an_instant_says_who_is_meant_in_any_order() -> None:
    facts = [
        a_fact(CUSTOMER_MERGED, PERRIN, 1),
        a_fact(CUSTOMER_MERGED, AUBERT, 2),
        a_fact(CUSTOMER_UNMERGED, LENOIR, 3),
    ]

    for order in permutations(facts):
        assert [who(order, minutes) for minutes in (0.5, 1, 1.5, 2, 3)] == [LENOIR, PERRIN, PERRIN, AUBERT, LENOIR]
    assert who([], 1) == LENOIR
