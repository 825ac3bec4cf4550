"""The demo's story is open today, whatever day it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from builders import STORIES
from ligneclaire.cases.queries import cards, unmatched
from ligneclaire.channels.queries import messages
from ligneclaire.config.wiring import deliver
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.rules import rio
from ligneclaire.figures.models import Count
from ligneclaire.figures.rules import Figure
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.network.queries import differences
from ligneclaire.people.queries import advisers
from ligneclaire.simulation import demo
from ligneclaire.simulation.demo import Account
from ligneclaire.voice.queries import outlook, standard_texts, thread, troubles
from ligneclaire.voice.queries.thread import TalkEntry

CALENDAR = Calendar()
NEW_YEAR = datetime(2026, 1, 1, tzinfo=demo.PARIS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=demo.PARIS)


def local(instant: datetime) -> str:
    return instant.astimezone(demo.PARIS).strftime("%a %H:%M")


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-22T11:19", 1),  # Sunday, a minute too early
        ("2026-11-22T11:21", 0),
        ("2026-11-23T00:01", 0),
        ("2026-11-23T19:59", 0),
        ("2026-11-23T20:01", -1),  # Monday evening: too few hours would be left
        ("2026-11-24T08:00", -1),
        ("2026-11-25T21:00", -3),
        ("2026-11-26T09:00", -3),
        ("2026-11-27T09:00", 3),
        ("2026-11-28T09:00", 2),
        ("2026-05-04T09:00", -14),  # the weeks of May have holidays that the story had not
    ],
)
def test_the_clock_differs_by_the_fewest_days(now: str, days: int) -> None:
    assert demo.days_ahead(at(now), calendar=CALENDAR) == days


@given(minutes=st.integers(0, 3 * 366 * 24 * 60))
def test_on_every_day_the_contradiction_is_open_for_half_a_day_at_least(minutes: int) -> None:
    now = NEW_YEAR + timedelta(minutes=minutes)
    days = demo.days_ahead(now, calendar=CALENDAR)
    here = now + timedelta(days=days)
    clock = (here.weekday(), here.strftime("%H:%M"))

    assert clock >= (6, "11:20") or (clock[0] == 0 and clock[1] <= "20:00")
    assert abs(days) <= 31


@pytest.mark.django_db
@pytest.mark.parametrize("now", ["2026-11-22T12:00", "2026-11-23T19:00", "2027-03-29T09:00"])
def test_the_demo_is_filled_up_to_now_with_the_receipt_sent_and_the_letter_waiting(now: str) -> None:
    here = at(now) + timedelta(days=demo.days_ahead(at(now), calendar=CALENDAR))

    accounts = demo.prepare(
        world=STORIES / "operator.json", stories=STORIES, password="secret", deliver=deliver, at=here
    )

    assert [one for one in accounts if not one.is_clerk] == [
        Account(username="hugo", name="Hugo Marchand"),
        Account(username="ines", name="Inès Caron", supervises=True),
        Account(username="marc", name="Marc Vidal", makes_visits=True),
        Account(username="nora", name="Nora Benali"),
    ]
    assert [one.shortcut for one in standard_texts.usable()] == ["recu", "visite", "pieces", "retard", "merci"]
    assert [(one.username, one.name) for one in accounts if one.is_clerk] == [
        ("billing", "Facturation"),
        ("contracts", "Contrats"),
        ("customer-service", "Service clients"),
        ("equipment", "Équipements"),
        ("equipment-south-west", "Équipements Sud-Ouest"),
        ("exchange", "Réseau, central"),
        ("field", "Interventions"),
        ("mailroom", "Courrier"),
        ("marketing", "Offres"),
        ("sales-calls", "Appels commerciaux"),
        ("shop", "Boutique"),
        ("space", "Espace client"),
        ("technical-service", "Service technique"),
        ("third-party-operators", "Opérateurs tiers"),
    ]
    sent = [
        (card.state, card.written_at.astimezone(demo.PARIS).strftime("%a %H:%M")) for card in messages.of(["C-2001"])
    ]
    assert sent == [("sent", "Wed 08:00")]
    the_neighbour_read = [card.sent_at for card in messages.of(["C-4002"]) if card.sent_at]
    assert len(the_neighbour_read) >= 2
    assert [one.resource for one in differences.open_of(limit=10)] == ["63510-D4-017"]
    counted = Count.objects.filter(figure__in=[Figure.CONTRADICTIONS, Figure.MESSAGES_SENT, Figure.CONTACTS])
    assert dict(counted.values_list("figure").annotate(Sum("count"))) == {
        Figure.CONTRADICTIONS: 1,
        Figure.MESSAGES_SENT: 1 + len(the_neighbour_read),
        Figure.CONTACTS: 3,
    }
    found = outlook.of("C-2001", at=here)
    assert found
    assert [local(one.leaves_at) for one in found.previews] == ["Tue 08:00"]
    assert timedelta(hours=12) <= found.previews[0].leaves_at - here <= timedelta(hours=45)
    assert [card.key for card in cards.open_questions()] == ["equipment.days_after_formal_notice"]
    newest = troubles.newest(limit=100)
    assert {trouble.owner for trouble in newest} == {"Nora Benali"}
    assert len(newest) == 6
    assert [(one.sender_name, one.owner_name) for one in unmatched.waiting()] == [("Paul Vidal", "Nora Benali")]
    talks = [one for one in thread.page(["C-2001"], limit=50).entries if isinstance(one, TalkEntry)]
    assert [one.mail.subject for one in talks if one.mail] == ["Matériel à rendre"]


@pytest.mark.django_db
def test_a_demo_that_is_filled_stays_as_it_is_also_weeks_later() -> None:
    first = demo.prepare(
        world=STORIES / "operator.json",
        stories=STORIES,
        password="secret",
        deliver=deliver,
        at=at("2026-11-22T12:00"),
    )
    facts = len(messages.of(["C-2001"]))

    again = demo.prepare(
        world=STORIES / "operator.json",
        stories=STORIES,
        password="another",
        deliver=deliver,
        at=at("2027-01-22T12:00"),
    )

    assert again == first
    assert demo.is_prepared()
    assert len(messages.of(["C-2001"])) == facts
    assert [advisers.has_login(card.number) for card in advisers.listed()] == [True, True, True, True]


@pytest.mark.django_db
def test_every_line_of_the_demo_has_its_rio_and_one_customer_is_bound() -> None:
    here = at("2026-11-22T12:00")
    demo.prepare(world=STORIES / "operator.json", stories=STORIES, password="secret", deliver=deliver, at=here)

    held = [one for holdings in household.of(["C-2001", "C-3001", "C-5001"]).values() for one in holdings]

    assert [str(rio.check(one.rio, number=one.line)) for one in held] == [one.rio for one in held]
    assert {one.rio[:3] for one in held} == {"01P", "01F"}
    assert {one.contract: one.committed_until for one in held if one.commitment} == {"K-MOB-31": date(2027, 9, 22)}
