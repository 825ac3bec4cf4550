"""Logging in works, and nobody guesses passwords for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from builders import a_world
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.models import LoginTries
from together import together

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CLOCK = Callable[[datetime], None]
WRONG, WAIT = "n’est pas le bon", "Trop d’essais"


@pytest.fixture(autouse=True)
def _nora_has_a_login(db: None, clock_at: CLOCK) -> None:
    clock_at(NOON)
    a_world()
    give_login(adviser="A-1", username="nora", password="right", by=SYSTEM, at=NOON)


def tries(username: str, password: str, *, address: str = "192.0.2.7", times: int = 1) -> list[int]:
    """Log in again and again; the status of each answer."""
    return [answer(username, password, address=address)[0] for _ in range(times)]


def answer(username: str, password: str, *, address: str = "192.0.2.7") -> tuple[int, str, str | None]:
    """Log in from a browser of one's own: status, page, and how long to wait."""
    client = Client(headers={"Accept-Language": "fr"}, REMOTE_ADDR=address)
    response = client.post("/login", {"username": username, "password": password})
    return response.status_code, response.content.decode(), response.get("Retry-After")


def test_the_right_password_lets_in() -> None:
    assert tries("nora", "right") == [302]


def test_after_five_wrong_passwords_the_right_one_has_to_wait_too(clock_at: CLOCK) -> None:
    assert tries("nora", "wrong", times=5) == [200] * 5
    clock_at(NOON + timedelta(minutes=3, seconds=10))

    status, page, wait = answer("nora", "right")

    assert status == 429
    assert "Trop d’essais. Réessayez dans 12 minutes." in page
    assert wait is not None
    assert 660 < int(wait) <= 711
    assert 'value="nora"' in page


def test_waiting_is_not_made_longer_by_trying_and_then_it_is_over(clock_at: CLOCK) -> None:
    tries("nora", "wrong", times=5)
    clock_at(NOON + timedelta(minutes=14))
    assert tries("nora", "wrong", times=20) == [429] * 20

    clock_at(NOON + timedelta(minutes=15, seconds=1))

    assert tries("nora", "right") == [302]


@pytest.mark.parametrize("username", ["nobody", "nora", " NORA "])
def test_a_user_name_that_nobody_has_is_answered_in_the_same_way(username: str) -> None:
    pages = [answer(username, "wrong") for _ in range(6)]

    assert [status for status, _, _ in pages] == [200] * 5 + [429]
    assert all(WRONG in page for _, page, _ in pages[:5])
    assert WAIT in pages[5][1]


def test_whoever_logs_in_starts_anew() -> None:
    for _ in range(3):
        assert tries("nora", "wrong", times=4) == [200] * 4
        assert tries("nora", "right") == [302]


def test_others_do_not_wait_for_somebody_elses_tries() -> None:
    tries("hugo", "wrong", times=6)

    assert tries("nora", "right") == [302]


def test_one_address_may_not_go_through_all_names() -> None:
    statuses = [status for number in range(101) for status in tries(f"name-{number}", "Summer2026!")]

    assert statuses == [200] * 100 + [429]
    assert tries("nora", "right") == [429]
    assert tries("nora", "right", address="192.0.2.8") == [302]


def test_people_who_log_in_do_not_use_up_the_tries_of_their_office() -> None:
    assert tries("nora", "right", times=102) == [302] * 102


def test_neither_names_nor_addresses_are_kept_and_old_tries_are_gone(clock_at: CLOCK) -> None:
    tries("nora", "wrong")
    kept = [str(value) for row in LoginTries.objects.values() for value in row.values()]
    assert not any("nora" in text or "192.0.2.7" in text for text in kept)

    clock_at(NOON + timedelta(minutes=16))
    tries("hugo", "wrong", address="192.0.2.9")

    assert LoginTries.objects.count() == 2
    assert all(row.since > NOON + timedelta(minutes=15) for row in LoginTries.objects.all())


def test_an_empty_form_is_answered_beside_its_fields() -> None:
    status, page, _ = answer("", "")

    assert (status, "username-fault" in page, "password-fault" in page) == (200, True, True)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_no_more_tries_than_one_after_the_other() -> None:
    statuses = together(*[lambda: tries("nora", "wrong")[0]] * 16)

    assert sorted(map(str, statuses)) == ["200"] * 5 + ["429"] * 11
