"""A session of the desk ends: when nobody is there, after some days, and when the company's provider says so."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pyotp import TOTP
from pytest_django.fixtures import Settings

from desk.comers import EMAIL, a_browser, comes_back, configure, the_company, who_is_in
from ligneclaire.desk import company
from ligneclaire.kernel import clock
from ligneclaire.people.models import StaffSession
from provider import OTHER_KEY, Provider

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Passes = Callable[[timedelta], None]


@pytest.fixture
def there() -> Iterator[Provider]:
    with the_company() as one:
        yield one


@pytest.fixture(autouse=True)
def _configured(there: Provider, settings: Settings) -> None:
    configure(there, settings)


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch, clock_at: Callable[[datetime], None]) -> Passes:
    """Time, for Django's sessions too."""
    monkeypatch.setattr("django.utils.timezone.now", clock.now)
    return lambda after: clock_at(clock.now() + after)


def by_password(settings: Settings) -> Client:
    settings.SECOND_FACTOR = "off"
    client = a_browser()
    client.post("/login", {"username": "hugo", "password": "x"})
    assert who_is_in(client) == "A-2"
    return client


def through_the_company() -> Client:
    client = a_browser()
    comes_back(client)
    assert who_is_in(client) == "A-1"
    return client


def is_in(client: Client) -> bool:
    return who_is_in(client) != ""


def told(token: str) -> Any:
    return Client().post("/login/company/ended", {"logout_token": token})


def test_a_session_ends_half_a_day_after_the_last_page_that_somebody_asked_for(
    settings: Settings, passes: Passes
) -> None:
    client = by_password(settings)
    for _ in range(3):
        passes(11 * HOUR)
        assert is_in(client)

    passes(12 * HOUR)

    assert not is_in(client)
    assert client.get("/").headers["Location"] == "/login?next=/"


def test_parts_that_a_page_asks_for_by_itself_keep_no_session_and_what_somebody_sends_does(
    settings: Settings, passes: Passes
) -> None:
    idle, typing = by_password(settings), by_password(settings)
    passes(8 * HOUR)
    assert idle.get("/", headers={"HX-Request": "true"}).status_code == 200
    typing.post("/account/sessions/none/end", headers={"HX-Request": "true"})
    passes(8 * HOUR)

    assert (is_in(idle), is_in(typing)) == (False, True)
    assert idle.get("/", headers={"HX-Request": "true"}).status_code == 401  # said where something is typed


def test_a_session_ends_after_five_days_however_busy(settings: Settings, passes: Passes) -> None:
    client = by_password(settings)
    for _ in range(11):
        passes(10 * HOUR)
        assert is_in(client)

    passes(10 * HOUR)

    assert not is_in(client)


def test_a_session_through_the_provider_ends_after_a_working_day_and_asks_it_again(
    there: Provider, passes: Passes
) -> None:
    client = through_the_company()
    for _ in range(3):
        passes(3 * HOUR)
        assert is_in(client)

    passes(HOUR)
    gone = client.get("/sending")
    assert gone.headers["Location"] == "/login/company?next=/sending"
    assert client.get("/sending", headers={"HX-Request": "true"}).status_code == 401

    there.refuses = "access_denied"  # blocked there meanwhile
    assert comes_back(client, wanted="/sending").status_code == 403
    assert not is_in(client)


def test_the_limits_are_settings(settings: Settings, passes: Passes) -> None:
    settings.SESSION_IDLE, settings.SESSION_LONGEST = HOUR, 2 * HOUR
    client = by_password(settings)
    passes(HOUR / 2)
    assert is_in(client)
    settings.SESSION_LONGEST = HOUR  # of sessions too that began before

    assert is_in(client)
    passes(HOUR / 2)

    assert not is_in(client)


def test_a_session_is_not_written_at_every_page(settings: Settings, passes: Passes) -> None:
    client = by_password(settings)
    before = StaffSession.objects.get(user__username="hugo").expire_date
    passes(timedelta(minutes=4))
    assert is_in(client)
    assert StaffSession.objects.get(user__username="hugo").expire_date == before

    passes(timedelta(minutes=2))
    assert is_in(client)
    assert StaffSession.objects.get(user__username="hugo").expire_date > before


def test_who_logs_out_or_comes_by_password_is_not_led_in_again_by_the_next_page(settings: Settings) -> None:
    client = through_the_company()

    client.post("/logout")
    assert client.get("/").headers["Location"] == "/login?next=/"

    client = through_the_company()
    settings.OIDC_ISSUER = ""
    client.cookies.pop("sessionid")
    assert client.get("/").headers["Location"] == "/login?next=/"


def test_whoever_comes_by_password_afterwards_has_the_limits_of_a_password(settings: Settings) -> None:
    client = through_the_company()
    settings.SECOND_FACTOR = "off"

    client.post("/login", {"username": "nora", "password": "x"})

    assert "company" not in client.session
    client.cookies.pop("sessionid")
    assert client.get("/").headers["Location"] == "/login?next=/"


def test_the_second_step_of_ours_keeps_that_somebody_came_through_the_provider(there: Provider) -> None:
    there.claims = EMAIL
    client = a_browser()
    comes_back(client)
    page = client.get("/login/second/set-up").content.decode()
    [key] = re.findall(r'<code class="wrap">([A-Z2-7 ]+)</code>', page)

    client.post("/login/second/set-up", {"code": TOTP(key.replace(" ", "")).at(clock.now())})

    assert is_in(client)
    assert told(there.logout_token()).status_code == 200
    assert not is_in(client)
    assert client.get("/").headers["Location"] == "/login/company?next=/"


def test_whom_the_provider_logs_out_is_out_in_every_browser_that_came_through_it(
    there: Provider, settings: Settings
) -> None:
    first, second = through_the_company(), through_the_company()
    other = by_password(settings)

    answer = told(there.logout_token())

    assert (answer.status_code, answer.content) == (200, b"")
    assert "no-store" in answer.headers["Cache-Control"]
    assert [is_in(one) for one in (first, second, other)] == [False, False, True]
    assert told(there.logout_token()).status_code == 200  # nobody is left
    assert told(there.logout_token(sub="S-9")).status_code == 200  # nor known


def test_a_logout_of_one_session_leaves_the_others(there: Provider) -> None:
    there.claims |= {"sid": "one"}
    first = through_the_company()
    there.claims |= {"sid": "two"}
    second = through_the_company()
    there.claims |= {"sid": 7}  # of which the provider said nothing that we understand
    third = through_the_company()

    assert told(there.logout_token(sid="one")).status_code == 200

    assert [is_in(one) for one in (first, second, third)] == [False, True, False]


def test_a_logout_that_is_said_again_ends_no_later_session(there: Provider, passes: Passes) -> None:
    token = there.logout_token()
    through_the_company()
    assert told(token).status_code == 200
    passes(timedelta(seconds=61))
    again = through_the_company()

    told(token)

    assert is_in(again)


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"iss": "https://other.example"}, id="another issuer"),
        pytest.param({"aud": "another"}, id="for another client"),
        pytest.param({"iat": None}, id="of no time"),
        pytest.param({"iat": int(time.time()) + 6000}, id="of tomorrow"),
        pytest.param({"exp": int(time.time()) - 600}, id="over"),
        pytest.param({"exp": None}, id="without an end"),
        pytest.param({"jti": None}, id="without a name"),
        pytest.param({"events": None}, id="no event"),
        pytest.param({"events": {"logout": {}}}, id="another event"),
        pytest.param({"events": "x"}, id="an event that is none"),
        pytest.param({"nonce": "n"}, id="with a nonce, as an id token has"),
        pytest.param({"sub": None, "sid": "one"}, id="about nobody"),
        pytest.param({"sub": 7}, id="about nobody that can be"),
        pytest.param({"sid": 7}, id="about no session that can be"),
    ],
)
def test_what_is_no_logout_of_the_provider_ends_nothing(there: Provider, claims: dict[str, object]) -> None:
    client = through_the_company()

    answer = told(there.logout_token(**claims))

    assert (answer.status_code, answer.json(), is_in(client)) == (400, {"error": "invalid_request"}, True)


def test_whoever_tries_for_ever_has_to_wait_and_the_provider_never(there: Provider) -> None:
    for _ in range(99):
        assert told("nonsense").status_code == 400
    for _ in range(20):
        assert told(there.logout_token()).status_code == 200
    assert told("nonsense").status_code == 400

    refused = told("nonsense")

    assert (refused.status_code, refused.json()) == (429, {"error": "slow_down"})


def test_nobody_else_logs_anybody_out(there: Provider, settings: Settings) -> None:
    client = through_the_company()
    there.key = OTHER_KEY
    assert told(there.logout_token()).status_code == 400
    there.algorithm = "HS256"
    assert told(there.logout_token()).status_code == 400
    there.algorithm = "none"
    assert told(there.logout_token()).status_code == 400
    assert told("nonsense").status_code == 400
    assert Client().post("/login/company/ended").status_code == 400
    assert Client().get("/login/company/ended").status_code == 405

    there.metadata = {"issuer": "https://other.example"}
    company._known.cache_clear()
    assert told("nonsense").status_code == 503

    settings.OIDC_ISSUER, settings.OIDC_NAME = "", ""
    assert told("nonsense").status_code == 404
    assert is_in(client)
