"""Coming in with a code, and what a guest cannot learn."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from builders import a_world, the_story_world
from ligneclaire.people.models import OneTimeCode, Session
from ligneclaire.people.rules.code import code_of
from ligneclaire.people.rules.session import LIFE
from ligneclaire.space.door import COOKIE
from ligneclaire.space.views.sign_in import ASKED
from ligneclaire.voice.dispatch import dispatch_code
from space.conftest import FIREFOX, a_browser_of, a_guest
from world import MONDAY, World

pytestmark = pytest.mark.django_db

KNOWN, STRANGER = "lenoir@example.org", "personne@example.org"
ASK, CODE, PERSON = "/espace/connexion", "/espace/connexion/code", "/espace/connexion/personne"
QUERIES = 14  # of asking for a code, whoever asks


def asked(client: Client) -> UUID:
    return UUID(signing.loads(client.cookies[ASKED].value, salt=ASKED)["code"])


def digits(client: Client) -> str:
    return code_of(asked(client), key=django_settings.SECRET_KEY)


def wrong(client: Client) -> str:
    return f"{(int(digits(client)) + 1) % 1_000_000:06}"


def ask(client: Client, who: str = KNOWN, **more: Any) -> Any:
    return client.post(ASK, {"who": who}, **more)


def bare(content: bytes, who: str) -> str:
    """A page without what differs for each request: the token of the form, and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", content.decode())
    return text.replace(who, "...")


def test_a_customer_comes_in_with_the_code_that_was_put_down(monday: World, settings: Settings) -> None:
    guest = a_guest()
    # 1. The address of the space leads to the sign-in, which knows the way back.
    response = guest.get("/espace/messages")
    assert (response.status_code, response["Location"]) == (302, "/espace/connexion?next=%2Fespace%2Fmessages")
    # 2. They say who they are; the job sends the code.
    response = guest.post(ASK, {"who": KNOWN, "next": "/espace/messages"})
    assert (response.status_code, response["Location"]) == (302, CODE)
    assert f"Si nous connaissons <strong>{KNOWN}</strong>" in guest.get(CODE).content.decode()
    dispatch_code(code=asked(guest), at=datetime.fromisoformat(MONDAY))
    [mail] = settings.OUTBOX.rglob("*.eml")
    code = re.search(r"\b\d{6}\b", mail.read_text())
    assert code is not None
    # 3. The code brings them to where they wanted to go, and nobody else in.
    response = guest.post(CODE, {"code": f"{code[0][:3]} {code[0][3:]}"})
    assert (response.status_code, response["Location"]) == (302, "/espace/messages")
    assert "Votre demande de résiliation" in guest.get("/espace/messages").content.decode()
    assert Session.objects.count() == 1


def test_the_key_of_a_session_is_kept_from_scripts_and_other_sites(monday: World) -> None:
    guest = a_guest()
    ask(guest)
    guest.cookies[COOKIE] = "a key that somebody put there"
    guest.post(CODE, {"code": digits(guest)})

    cookie = guest.cookies[COOKIE]
    assert cookie.value != "a key that somebody put there"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert guest.cookies[ASKED].value == ""


@pytest.mark.parametrize("stranger", [STRANGER, "C-9999", "06 39 98 99 99"])
def test_asking_is_answered_the_same_for_strangers(
    monday: World, stranger: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answers = []
    for who in (KNOWN, stranger):
        guest = a_guest()
        with django_assert_num_queries(QUERIES):
            response = ask(guest, who)
        page = guest.get(CODE)
        headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
        answers.append((response.status_code, headers, response.content, page.status_code, bare(page.content, who)))

    assert answers[0] == answers[1]


def test_typing_a_code_is_answered_the_same_for_strangers(monday: World) -> None:
    answers: list[list[tuple[int, str, int]]] = []
    for who in (KNOWN, STRANGER):
        guest = a_guest()
        ask(guest, who)
        met = []
        for _ in range(7):
            with CaptureQueriesContext(connection) as queries:
                page = guest.post(CODE, {"code": wrong(guest)})
            met.append(
                (page.status_code, bare(page.content.replace(wrong(guest).encode(), b"typed"), who), len(queries))
            )
        answers.append(met)

    assert answers[0] == answers[1]
    assert [status for status, _, _ in answers[0]] == [422] * 7


def test_the_limits_are_said_the_same_to_strangers(monday: World) -> None:
    answers = []
    for n, who in enumerate((KNOWN, STRANGER)):
        for _ in range(3):
            assert ask(a_guest(), who, REMOTE_ADDR=f"192.0.2.{n}").status_code == 302
        page = ask(a_guest(), who, REMOTE_ADDR=f"192.0.2.{n}")
        answers.append((page.status_code, bare(page.content, who)))

    assert [status for status, _ in answers] == [429, 429]
    assert re.sub(r"\d\d:\d\d", "", answers[0][1]) == re.sub(r"\d\d:\d\d", "", answers[1][1])
    assert "Trop de codes ont été demandés. Réessayez après le 16 février 2015, 10:1" in answers[0][1]


def test_ten_codes_an_hour_from_one_address_behind_our_proxy(monday: World) -> None:
    said = {"X-Forwarded-For": "203.0.113.9, 192.0.2.77"}
    statuses = [ask(a_guest(), f"p{n}@example.org", headers=said).status_code for n in range(11)]
    invented = ask(a_guest(), "q@example.org", headers={"X-Forwarded-For": "192.0.2.99, 192.0.2.77"})
    other = ask(a_guest(), "q@example.org", headers={"X-Forwarded-For": "192.0.2.77, 192.0.2.78"})

    assert statuses == [302] * 10 + [429]
    assert (invented.status_code, other.status_code) == (429, 302)


def test_a_wrong_code_says_how_often_it_can_be_tried_and_keeps_what_was_typed(monday: World) -> None:
    guest = a_guest()
    ask(guest)

    pages = [guest.post(CODE, {"code": wrong(guest)}).content.decode() for _ in range(6)]

    assert "Vous pouvez essayer encore 4 fois." in pages[0]
    assert f'value="{wrong(guest)}"' in pages[0]
    assert "Vous pouvez essayer encore 1 fois." in pages[3]
    assert "il ne peut plus être essayé" in pages[4]
    assert "Ce code n’est plus valable" in pages[5]
    assert Session.objects.count() == 0


@pytest.mark.parametrize(("path", "entered"), [(ASK, {"who": ""}), (ASK, {"who": "x" * 255}), (CODE, {"code": ""})])
def test_nothing_entered_is_said_beside_the_field(monday: World, path: str, entered: dict[str, str]) -> None:
    guest = a_guest()
    ask(guest)
    before = OneTimeCode.objects.count()

    page = guest.post(path, entered)

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()
    assert OneTimeCode.objects.count() == before


def test_a_code_works_only_in_the_browser_that_asked_for_it(monday: World) -> None:
    guest, other = a_guest(), a_guest()
    ask(guest)

    for path in (CODE, PERSON):
        response = other.post(path, {"code": digits(guest), "person": "C-2001"})
        assert (response.status_code, response["Location"]) == (302, ASK)
    other.cookies[ASKED] = guest.cookies[ASKED].value + "x"
    assert other.post(CODE, {"code": digits(guest)})["Location"] == ASK
    assert Session.objects.count() == 0


def test_those_who_share_an_address_choose_and_nobody_else_can_be_chosen(monday: World) -> None:
    document = the_story_world()
    next(row for row in document["customers"] if row["id"] == "C-3001")["email"] = KNOWN
    a_world(document)
    guest = a_guest()
    ask(guest)
    assert guest.get(PERSON)["Location"] == ASK

    response = guest.post(CODE, {"code": digits(guest)})

    assert response["Location"] == PERSON
    assert [person.name for person in guest.get(PERSON).context["persons"]] == ["M. et Mme Lenoir", "Mme Aubert"]
    for other in ("C-4001", "", "\x00"):
        assert guest.post(PERSON, {"person": other})["Location"] == ASK
    assert guest.post(PERSON, {"person": "C-3001"})["Location"] == "/espace/"
    assert "Mme Aubert" in guest.get("/espace/").content.decode()
    assert guest.post(PERSON, {"person": "C-2001"})["Location"] == ASK
    assert list(Session.objects.values_list("customer__number", flat=True)) == ["C-3001"]


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "", "espace"]
)
def test_nobody_is_led_away_after_signing_in(monday: World, wanted: str) -> None:
    guest = a_guest()
    guest.post(ASK, {"who": KNOWN, "next": wanted})

    assert guest.post(CODE, {"code": digits(guest)})["Location"] == "/espace/"
    assert guest.get(ASK, {"next": wanted})["Location"] == "/espace/"


def test_what_changes_something_needs_the_token_of_the_page(monday: World) -> None:
    guest = Client(enforce_csrf_checks=True)

    assert ask(guest).status_code == 403
    assert OneTimeCode.objects.count() == 0


def test_only_a_demo_says_where_its_codes_are(monday: World, settings: Settings) -> None:
    guest = a_guest()
    ask(guest)
    assert str(settings.OUTBOX) not in guest.get(CODE).content.decode()

    settings.DEMO = True

    assert str(settings.OUTBOX) in guest.get(CODE).content.decode()


def test_a_session_that_was_revoked_is_out_at_its_next_request(lenoir: Client) -> None:
    other = a_browser_of("C-2001")
    assert other.get("/espace/").status_code == 200
    session = Session.objects.order_by("id").last()
    assert session is not None

    response = lenoir.post(f"/espace/securite/sessions/{session.uuid}/fin")

    assert (response.status_code, response["Location"]) == (302, "/espace/securite")
    assert other.get("/espace/")["Location"] == "/espace/connexion?next=%2Fespace%2F"
    assert lenoir.get("/espace/").status_code == 200
    assert lenoir.post(f"/espace/securite/sessions/{session.uuid}/fin").status_code == 404


def test_all_other_devices_are_signed_out_together(lenoir: Client) -> None:
    others = [a_browser_of("C-2001") for _ in range(2)]
    neighbour = a_browser_of("C-3001")

    page = lenoir.post("/espace/securite/sessions/autres/fin", follow=True)

    assert "2 autres appareils sont déconnectés." in page.content.decode()
    assert [client.get("/espace/").status_code for client in (*others, lenoir, neighbour)] == [302, 302, 200, 200]


def test_whoever_signs_out_is_out_and_their_key_opens_nothing(lenoir: Client) -> None:
    key = lenoir.cookies[COOKIE].value

    response = lenoir.post("/espace/deconnexion")

    assert response["Location"] == ASK
    assert lenoir.cookies[COOKIE].value == ""
    lenoir.cookies[COOKIE] = key
    assert lenoir.get("/espace/").status_code == 302
    assert a_guest().post("/espace/deconnexion")["Location"] == ASK


def test_a_session_lasts_thirty_days_from_the_last_visit(lenoir: Client, clock_at: Callable[[datetime], None]) -> None:
    began = datetime.fromisoformat(MONDAY)
    clock_at(began + LIFE - timedelta(days=1))
    assert lenoir.get("/espace/").status_code == 200
    clock_at(began + 2 * LIFE - timedelta(days=2))
    assert lenoir.get("/espace/").status_code == 200
    clock_at(began + 3 * LIFE)
    assert lenoir.get("/espace/").status_code == 302


def test_a_customer_is_nobody_at_the_desk_and_an_adviser_nobody_in_the_space(lenoir: Client, nora: Client) -> None:
    assert lenoir.get("/")["Location"] == "/login?next=/"
    assert lenoir.get("/customers/C-2001")["Location"] == "/login?next=/customers/C-2001"
    assert nora.get("/espace/")["Location"] == "/espace/connexion?next=%2Fespace%2F"


def test_both_are_signed_in_in_one_browser_and_leave_one_by_one(lenoir: Client, nora: Client) -> None:
    nora.cookies[COOKIE] = lenoir.cookies[COOKIE].value
    assert (nora.get("/").status_code, nora.get("/espace/").status_code) == (200, 200)

    nora.post("/logout")
    assert (nora.get("/").status_code, nora.get("/espace/").status_code) == (302, 200)

    nora.post("/espace/deconnexion")
    assert nora.get("/espace/").status_code == 302


def test_the_customer_reads_who_signed_in_when_and_with_what(lenoir: Client) -> None:
    a_browser_of("C-2001", at=datetime.fromisoformat("2015-02-14T18:30:00+01:00"), device="curl/8")

    page = lenoir.get("/espace/securite")

    security = page.context["security"]
    assert [(card.device, card.is_open) for card in security.past] == [(FIREFOX, True), ("curl/8", True)]
    text = page.content.decode()
    assert "Firefox sur Linux" in text
    assert "14 février 2015, 18:30" in text
    assert "Un appareil qui ne dit pas ce qu’il est" in text


@pytest.mark.parametrize("others", [1, 3])
def test_one_session_or_three_take_the_same_queries(
    lenoir: Client, others: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(others):
        a_browser_of("C-2001")

    with django_assert_num_queries(4):
        page = lenoir.get("/espace/securite")

    assert len(page.context["security"].others) == others
