"""A password alone does not open the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client
from pyotp import TOTP
from pytest_django import Settings

from builders import a_world
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.reset_second_factor import reset_second_factor
from ligneclaire.people.models import SecondFactor, StaffSession
from ligneclaire.people.queries import second_factors
from ligneclaire.people.rules.second_factor import secret_of
from people.authenticator import Device

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, 0, 10, tzinfo=UTC)
CLOCK = Callable[[datetime], None]
SECOND, SET_UP, KEY = "/login/second", "/login/second/set-up", "/login/second/key"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
RIGHT = {"username": "nora", "password": "right"}


@pytest.fixture(autouse=True)
def _accounts(db: None, clock_at: CLOCK) -> None:
    clock_at(NOON)
    a_world()
    for adviser, username in (("A-1", "nora"), ("A-2", "hugo")):
        give_login(adviser=adviser, username=username, password="right", by=SYSTEM, at=NOON)


def a_browser(**said: str) -> Client:
    return Client(headers={"Accept-Language": "fr", "User-Agent": FIREFOX, **said})


def after_the_password(username: str = "nora", *, wanted: str = "") -> Client:
    """A browser that has given the right password."""
    client = a_browser()
    response = client.post("/login", RIGHT | {"username": username} | ({"next": wanted} if wanted else {}))
    assert (response.status_code, response["Location"]) == (302, SECOND)
    return client


def shown(username: str = "nora") -> str:
    """What the app shows that was joined to the account."""
    seed = SecondFactor.objects.get(user__username=username).seed
    return TOTP(secret_of(seed, key=django_settings.SECRET_KEY)).at(clock.now())


def set_up(client: Client) -> list[str]:
    """Scan the drawing, type what the app shows: the recovery codes."""
    page = client.get(SET_UP).content.decode()
    [key] = re.findall(r'<code class="wrap">([A-Z2-7 ]+)</code>', page)
    done = client.post(SET_UP, {"code": TOTP(key.replace(" ", "")).at(clock.now())})
    assert done.status_code == 200
    return re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4})</code>", done.content.decode())


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_at_the_first_log_in_an_app_is_joined_and_recovery_codes_are_shown_this_once() -> None:
    nora = after_the_password(wanted="/sending")
    assert nora.get(SECOND)["Location"] == SET_UP
    page = nora.get(SET_UP)
    assert page.headers["Cache-Control"].find("no-store") >= 0
    assert ("<svg" in page.content.decode(), "style=" in page.content.decode()) == (True, False)
    assert not is_in(nora)

    codes = set_up(nora)

    assert len(set(codes)) == 8
    assert is_in(nora)
    assert nora.get(SET_UP)["Location"] == "/login"
    assert codes[0] not in nora.get("/account").content.decode()


def test_a_wrong_code_joins_nothing_and_the_drawing_stays() -> None:
    nora = after_the_password()
    before = nora.get(SET_UP).content.decode()

    wrong = nora.post(SET_UP, {"code": "000000"})

    assert (wrong.status_code, "Ce n’est pas le bon code" in wrong.content.decode()) == (422, True)
    [key] = re.findall(r'<code class="wrap">([A-Z2-7 ]+)</code>', before)
    assert key in wrong.content.decode()
    assert (SecondFactor.objects.count(), is_in(nora)) == (0, False)


def test_from_then_on_a_code_is_asked_and_leads_where_one_wanted(clock_at: CLOCK) -> None:
    set_up(after_the_password())
    clock_at(NOON + timedelta(minutes=2))
    nora = after_the_password(wanted="/sending")
    assert "Seconde étape" in nora.get(SECOND).content.decode()
    assert nora.get(SET_UP)["Location"] == SECOND
    assert nora.post(SET_UP, {"code": shown()})["Location"] == SECOND

    response = nora.post(SECOND, {"code": shown()})

    assert (response.status_code, response["Location"]) == (302, "/sending")
    assert is_in(nora)


def test_a_code_that_was_seen_over_a_shoulder_is_of_no_use(clock_at: CLOCK) -> None:
    set_up(after_the_password())
    clock_at(NOON + timedelta(minutes=2))
    code = shown()
    assert after_the_password().post(SECOND, {"code": code}).status_code == 302

    thief = after_the_password()

    assert (thief.post(SECOND, {"code": code}).status_code, is_in(thief)) == (422, False)


def test_a_recovery_code_lets_in_once() -> None:
    [code, *_] = set_up(after_the_password())

    assert [after_the_password().post(SECOND, {"code": code}).status_code for _ in range(2)] == [302, 422]


def test_after_five_wrong_codes_the_right_one_has_to_wait_too(clock_at: CLOCK) -> None:
    set_up(after_the_password())
    clock_at(NOON + timedelta(minutes=2))
    nora = after_the_password()

    statuses = [nora.post(SECOND, {"code": "000000"}).status_code for _ in range(5)]
    late = after_the_password().post(SECOND, {"code": shown()})

    assert (statuses, late.status_code) == ([422] * 5, 429)
    assert "Trop d’essais. Réessayez dans" in late.content.decode()
    clock_at(NOON + timedelta(minutes=18))
    again = after_the_password()
    assert (again.post(SECOND, {"code": shown()}).status_code, is_in(again)) == (302, True)


def test_setting_up_is_not_tried_for_ever_either() -> None:
    nora = after_the_password()

    assert [nora.post(SET_UP, {"code": "000000"}).status_code for _ in range(6)] == [422] * 5 + [429]


@pytest.mark.parametrize("path", [SECOND, SET_UP, KEY, f"{KEY}/options"])
def test_without_the_password_there_is_no_second_step(path: str) -> None:
    for client in (a_browser(), after_the_password("hugo")):
        if client.session.get("second_step"):
            client.logout()
        assert client.post(path, {"code": "000000"})["Location"] == "/login"


def test_the_second_step_waits_ten_minutes_and_not_for_an_account_that_was_closed(clock_at: CLOCK) -> None:
    nora = after_the_password()
    User.objects.filter(username="nora").update(is_active=False)
    assert nora.get(SECOND)["Location"] == "/login"
    User.objects.filter(username="nora").update(is_active=True)
    assert nora.get(SECOND)["Location"] == SET_UP

    clock_at(NOON + timedelta(minutes=10, seconds=1))

    assert nora.get(SECOND)["Location"] == "/login"


def test_the_password_alone_opens_nothing_and_the_session_gets_a_new_key_twice() -> None:
    client = a_browser()
    client.post("/login", {"username": "nora", "password": "wrong"})
    after_the_password()
    client.post("/login", RIGHT)
    first = client.session.session_key
    assert client.get("/")["Location"] == "/login?next=/"
    assert client.get("/account")["Location"] == "/login?next=/account"

    set_up(client)

    assert client.session.session_key != first
    assert StaffSession.objects.filter(user__username="nora").count() == 1


def test_where_the_second_factor_is_off_a_password_is_enough_and_the_page_says_so(settings: Settings) -> None:
    assert "désactivée ici" not in a_browser().get("/login").content.decode()
    settings.SECOND_FACTOR = "off"
    client = a_browser()
    assert "La seconde étape est désactivée ici" in client.get("/login").content.decode()

    response = client.post("/login", RIGHT | {"next": "/sending"})

    assert (response["Location"], is_in(client)) == ("/sending", True)
    page = client.get("/account")
    assert "Aucune n’est en place" in page.content.decode()
    assert [card.device for card in page.context["sessions"]] == [FIREFOX]
    assert client.post("/account/recovery").status_code == 404


def test_an_app_shows_the_time_of_the_world_also_where_our_clock_is_days_ahead(
    settings: Settings, clock_at: CLOCK
) -> None:
    settings.CLOCK_SHIFT_DAYS = 3
    nora = after_the_password()
    [key] = re.findall(r'<code class="wrap">([A-Z2-7 ]+)</code>', nora.get(SET_UP).content.decode())

    nora.post(SET_UP, {"code": TOTP(key.replace(" ", "")).at(clock.now() - timedelta(days=3))})

    assert is_in(nora)
    factor = second_factors.of(User.objects.get(username="nora").pk)
    assert factor is not None
    assert factor.set_up_at >= NOON


def test_who_lost_everything_sets_up_anew_after_a_reset() -> None:
    nora = after_the_password()
    set_up(nora)

    reset_second_factor(username="nora", by=SYSTEM, at=clock.now())

    assert not is_in(nora)
    assert after_the_password().get(SECOND)["Location"] == SET_UP


def add_key(client: Client, device: Device, name: str = "Clé bleue") -> int:
    answer = device.makes(client.post("/account/keys/options").content.decode())
    return client.post("/account/keys", {"answer": answer, "name": name}).status_code


def test_a_passkey_is_added_used_as_second_step_and_removed() -> None:
    nora, device = after_the_password(), Device()
    set_up(nora)
    assert "Utiliser une clé" not in after_the_password().get(SECOND).content.decode()
    assert add_key(nora, device) == 200
    assert "Votre clé d’accès est ajoutée." in nora.get("/account").content.decode()

    second = after_the_password(wanted="/sending")
    assert "Utiliser une clé d’accès" in second.get(SECOND).content.decode()
    answer = device.signs(second.post(f"{KEY}/options").content.decode())
    response = second.post(KEY, {"answer": answer})

    assert (response.status_code, response.json(), is_in(second)) == (200, {"next": "/sending"}, True)
    [card] = second_factors.keys_of(User.objects.get(username="nora").pk)
    for _ in range(2):
        assert nora.post(f"/account/keys/{card.uuid}/remove")["Location"] == "/account"
    assert "Vous n’en avez pas encore." in nora.get("/account").content.decode()


def test_a_passkey_of_somebody_else_or_nonsense_lets_nobody_in() -> None:
    nora, hugo, device = after_the_password(), after_the_password("hugo"), Device()
    set_up(nora)
    set_up(hugo)
    add_key(nora, device)
    second = after_the_password("hugo")

    answer = device.signs(second.post(f"{KEY}/options").content.decode())

    assert [second.post(KEY, {"answer": said}).status_code for said in (answer, "", "{}")] == [422] * 3
    assert not is_in(second)
    assert nora.post("/account/keys", {"answer": "{}"}).status_code == 422
    nora.post("/account/keys/options")
    assert nora.post("/account/keys", {"answer": "{}"}).status_code == 422


def test_one_sees_ones_own_sessions_and_logs_them_out() -> None:
    first, second, third = after_the_password(), after_the_password(), after_the_password()
    hugo = after_the_password("hugo")
    [code, other, *_] = set_up(first)
    second.post(SECOND, {"code": code})
    third.post(SECOND, {"code": other})
    set_up(hugo)

    page = first.get("/account")
    assert page.content.decode().count("Firefox sur Linux</strong>") == 3
    assert "Il reste 6 codes de secours." in page.content.decode()
    here, newest, _ = page.context["sessions"]
    assert (here.is_here, newest.is_here) == (True, False)

    hugo.post(f"/account/sessions/{newest.name}/end")
    assert [is_in(client) for client in (first, second, third)] == [True] * 3
    first.post(f"/account/sessions/{newest.name}/end")
    assert sorted(is_in(client) for client in (second, third)) == [False, True]
    first.post("/account/sessions/others/end")
    assert [is_in(client) for client in (first, second, third, hugo)] == [True, False, False, True]


def test_new_recovery_codes_are_shown_this_once() -> None:
    nora = after_the_password()
    [old, *_] = set_up(nora)

    page = nora.post("/account/recovery").content.decode()

    new = re.findall(r"<code>([a-z2-7-]{14})</code>", page)
    assert len(new) == 8
    assert new[0] not in nora.get("/account").content.decode()
    assert [after_the_password().post(SECOND, {"code": code}).status_code for code in (old, new[0])] == [422, 302]


@pytest.mark.parametrize(
    "path", ["/account/recovery", "/account/sessions/x/end", "/account/sessions/others/end", "/account/keys"]
)
def test_nobody_changes_an_account_without_being_logged_in(path: str) -> None:
    assert a_browser().post(path)["Location"].startswith("/login")
    nora = after_the_password()
    assert nora.post(path)["Location"].startswith("/login")
    set_up(nora)
    assert nora.get(path).status_code == 405
