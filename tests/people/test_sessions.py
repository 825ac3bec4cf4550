"""Sessions of customers: one key each, seen, ended, forgotten by nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from builders import a_world, refused_by
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.end_other_sessions import end_other_sessions
from ligneclaire.people.actions.end_session import NoSession, end_session
from ligneclaire.people.actions.keep_session import keep_session
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.models import Session
from ligneclaire.people.queries import sessions
from ligneclaire.people.queries.sessions import SessionCard, Visitor
from ligneclaire.people.states import WayIn

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 2, 9, 8, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def come(customer: str = "C-2001", *, device: str = "Firefox/1", at: datetime = NOW) -> str:
    return open_session(customer=customer, way=WayIn.CODE, device=device, by=SYSTEM, at=at)


def session_of(key: str, *, at: datetime = NOW) -> UUID:
    visitor = sessions.of_key(key, at=at)
    assert visitor is not None
    return visitor.session


def test_a_key_leads_to_its_customer_and_is_not_kept() -> None:
    key = come()

    [row] = Session.objects.all()
    assert sessions.of_key(key, at=NOW) == Visitor(
        session=row.uuid,
        customer="C-2001",
        numbers=("C-2001",),
        own="C-2001",
        name="M. et Mme Lenoir",
        language="fr",
        seen_at=NOW,
    )
    assert len(key) == 43
    assert key.encode() not in bytes(row.digest)
    assert come() != key


@pytest.mark.parametrize("other", ["", "x", "é", "\ud800", "\x00"])
def test_no_other_key_leads_anywhere(other: str) -> None:
    come()

    assert sessions.of_key(other, at=NOW) is None


def test_a_session_lasts_thirty_days_from_the_last_visit() -> None:
    key = come()

    assert sessions.of_key(key, at=NOW + 30 * DAY) is None
    assert keep_session(session=session_of(key), by=SYSTEM, at=NOW + 29 * DAY)
    assert sessions.of_key(key, at=NOW + 58 * DAY) is not None
    assert sessions.of_key(key, at=NOW + 59 * DAY) is None


def test_a_visit_is_written_down_every_five_minutes_at_most() -> None:
    session = session_of(come())

    written = [keep_session(session=session, by=SYSTEM, at=NOW + n * MINUTE) for n in (4, 5, 6, 10)]

    assert written == [False, True, False, True]


def test_a_session_that_ended_is_over_at_once_and_stays_over() -> None:
    key = come()
    session = session_of(key)

    end_session(session=session, customer="C-2001", by=SYSTEM, at=NOW)

    assert sessions.of_key(key, at=NOW) is None
    assert not keep_session(session=session, by=SYSTEM, at=NOW + DAY)
    with pytest.raises(NoSession) as refused:
        end_session(session=session, customer="C-2001", by=SYSTEM, at=NOW + DAY)
    assert refused.value.values == {"session": session, "customer": "C-2001"}
    assert list(Session.objects.values_list("ended_at", flat=True)) == [NOW]


def test_nobody_ends_the_session_of_somebody_else() -> None:
    key = come("C-3001")

    with pytest.raises(NoSession):
        end_session(session=session_of(key), customer="C-2001", by=SYSTEM, at=NOW)
    assert end_other_sessions(session=UUID(int=0), customer="C-2001", by=SYSTEM, at=NOW) == 0
    assert sessions.of_key(key, at=NOW) is not None


def test_all_other_sessions_end_together() -> None:
    here, there, elsewhere = come(), come(), come()

    assert end_other_sessions(session=session_of(here), customer="C-2001", by=SYSTEM, at=NOW) == 2

    assert [sessions.of_key(key, at=NOW) is not None for key in (here, there, elsewhere)] == [True, False, False]


def test_the_list_begins_with_this_session_then_the_open_ones() -> None:
    old, here, ended, other = come(), come(at=NOW + DAY), come(at=NOW + 2 * DAY), come(at=NOW + 40 * DAY)
    come("C-3001")
    names = {
        key: session_of(key, at=NOW + 2 * DAY if key != other else NOW + 40 * DAY) for key in (old, here, ended, other)
    }
    end_session(session=names[ended], customer="C-2001", by=SYSTEM, at=NOW + 3 * DAY)
    keep_session(session=names[here], by=SYSTEM, at=NOW + 20 * DAY)

    listed = sessions.of("C-2001", first=names[here], at=NOW + 40 * DAY)

    assert [(card.uuid, card.is_open) for card in listed] == [
        (names[here], True),
        (names[other], True),
        (names[ended], False),
        (names[old], False),
    ]
    assert listed[1] == SessionCard(
        uuid=names[other],
        way=WayIn.CODE,
        device="Firefox/1",
        began_at=NOW + 40 * DAY,
        seen_at=NOW + 40 * DAY,
        is_open=True,
    )


def test_what_a_browser_says_of_itself_is_cut_and_cleaned() -> None:
    come(device="x\x00\n" + "y" * 300)

    assert list(Session.objects.values_list("device", flat=True)) == ["x" + "y" * 199]


def test_the_database_refuses_a_session_that_cannot_be() -> None:
    come()

    with refused_by("session_seen_after_it_began"):
        Session.objects.update(seen_at=NOW - DAY)
    with refused_by("session_way_known"):
        Session.objects.update(way="MAGIC")
