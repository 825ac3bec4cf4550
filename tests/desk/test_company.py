"""Staff come in through the company's identity provider, and nobody else does, whatever a provider says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.fixtures import Settings

from builders import refused_by
from desk.comers import (
    AT,
    EMAIL,
    MFA,
    a_browser,
    at_the_provider,
    comes_back,
    configure,
    identities,
    the_company,
    who_is_in,
    words,
)
from ligneclaire.audit.models import Change
from ligneclaire.desk import company
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.ops.commands import login as command
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.return_login import return_login
from ligneclaire.people.actions.withdraw_login import withdraw_login
from ligneclaire.people.models import Adviser, CompanyIdentity, Login, LoginTries, StaffSession
from provider import OTHER_KEY, Provider

pytestmark = pytest.mark.django_db
CLOCK = Callable[[datetime], None]


@pytest.fixture
def there() -> Iterator[Provider]:
    with the_company() as one:
        yield one


@pytest.fixture(autouse=True)
def _configured(there: Provider, settings: Settings) -> None:
    configure(there, settings)


def test_an_adviser_comes_in_and_is_linked_once_by_their_verified_email(there: Provider) -> None:
    client = a_browser()

    first = comes_back(client, wanted="/sending")

    assert (first.status_code, first["Location"], who_is_in(client)) == (302, "/sending", "A-1")
    assert identities() == [("nora", "S-1")]
    [row] = Change.objects.filter(kind="LOGIN", about="nora").exclude(before=None)
    assert (row.by, row.after) == ("system:ligneclaire", {"issuer": there.issuer, "subject": "S-1"})
    [asked] = there.asked
    assert (asked["response_type"], asked["scope"], asked["client_id"]) == ("code", "openid email", "desk")
    assert asked["redirect_uri"] == "http://testserver/login/company/back"

    there.claims = MFA | {"email": "somebody.else@ligneclaire.example", "email_verified": True}
    again = a_browser()
    comes_back(again)
    assert (who_is_in(again), identities()) == ("A-1", [("nora", "S-1")])  # it is the subject that counts now


def test_the_session_is_one_like_others_and_ends_like_others() -> None:
    client, other = a_browser(), a_browser()
    comes_back(client)
    comes_back(other)

    assert client.get("/account").content.decode().count('/end"') == 2  # the other one, and all others
    assert StaffSession.objects.filter(user__username="nora").count() == 2
    other.post("/logout")
    assert (who_is_in(client), who_is_in(other)) == ("A-1", "")
    withdraw_login(username="nora", by=SYSTEM, at=AT)
    assert who_is_in(client) == ""


@pytest.mark.parametrize("means", [{}, {"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "1"}, {"amr": [7, None]}])
def test_without_two_factors_there_our_own_second_step_is_asked(there: Provider, means: dict[str, object]) -> None:
    there.claims = EMAIL | means
    client = a_browser()

    answer = comes_back(client, wanted="/sending")

    assert who_is_in(client) == ""
    if means == {"amr": "mfa"}:
        assert answer.status_code == 502  # amr is a list
    else:
        assert (answer.status_code, answer["Location"]) == (302, "/login/second")
        assert "Scannez" in words(client.get("/login/second", follow=True))


def test_which_words_mean_two_factors_is_configured(there: Provider, settings: Settings) -> None:
    settings.OIDC_SECOND_FACTOR = ("silver",)
    assert comes_back(a_browser())["Location"] == "/login/second"

    there.claims = EMAIL | {"acr": "silver"}
    assert comes_back(a_browser())["Location"] == "/"

    settings.OIDC_SECOND_FACTOR, settings.SECOND_FACTOR = (), "off"
    assert comes_back(a_browser())["Location"] == "/"


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        pytest.param({"email_verified": False}, "aucun compte d’ici n’est le vôtre", id="an e-mail not verified"),
        pytest.param({"email_verified": None}, "aucun compte d’ici n’est le vôtre", id="not said whether verified"),
        pytest.param({"email": "zoe@elsewhere.example"}, "aucun compte d’ici n’est le vôtre", id="an unknown person"),
        pytest.param({"email": None}, "n’a pas pu être vérifiée", id="no e-mail, and no user info"),
        pytest.param({"email": ["x"]}, "aucun compte d’ici n’est le vôtre", id="an e-mail that is none"),
        pytest.param({"nonce": "another"}, "n’a pas pu être vérifiée", id="another nonce"),
        pytest.param({"nonce": None}, "n’a pas pu être vérifiée", id="no nonce"),
        pytest.param({"iss": "https://other.example"}, "n’a pas pu être vérifiée", id="another issuer"),
        pytest.param({"aud": "another"}, "n’a pas pu être vérifiée", id="for another client"),
        pytest.param({"aud": "another", "azp": "desk"}, "n’a pas pu être vérifiée", id="for another, by us"),
        pytest.param({"exp": int(time.time()) - 600}, "n’a pas pu être vérifiée", id="expired"),
        pytest.param({"iat": int(time.time()) + 6000}, "n’a pas pu être vérifiée", id="of tomorrow"),
        pytest.param({"sub": None}, "n’a pas pu être vérifiée", id="about nobody"),
        pytest.param({"sub": ""}, "n’a pas pu être vérifiée", id="about nobody by name"),
    ],
)
def test_nobody_comes_in_by_what_does_not_hold(there: Provider, claims: dict[str, object], said: str) -> None:
    there.claims |= claims
    client = a_browser()

    answer = comes_back(client)

    assert said in words(answer)
    assert answer.status_code == (403 if "aucun compte" in said else 502)
    assert (who_is_in(client), identities(), StaffSession.objects.exclude(user=None).count()) == ("", [], 0)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"algorithm": "none"}, id="not signed"),
        pytest.param({"algorithm": "HS256"}, id="signed with the secret that we share"),
        pytest.param({"key": OTHER_KEY}, id="signed by somebody else"),
        pytest.param({"without_id_token": True}, id="no id token"),
    ],
)
def test_what_is_not_signed_by_the_provider_lets_nobody_in(there: Provider, wrong: dict[str, object]) -> None:
    for name, value in wrong.items():
        setattr(there, name, value)
    client = a_browser()

    answer = comes_back(client)

    assert (answer.status_code, who_is_in(client), identities()) == (502, "", [])


def test_an_answer_to_nothing_that_was_asked_here_lets_nobody_in(there: Provider) -> None:
    client, victim = a_browser(), a_browser()
    there.state = "of somebody else"
    assert comes_back(client).status_code == 400
    there.state = ""
    gone = client.get("/login/company")["Location"]
    parts = urlsplit(at_the_provider(gone))

    stolen = victim.get(f"{parts.path}?{parts.query}")  # a link that somebody sends
    assert (stolen.status_code, who_is_in(victim)) == (400, "")
    assert "dans une autre fenêtre, ou il y a trop longtemps" in words(stolen)
    assert victim.get("/login/company/back").status_code == 400

    assert client.get(f"{parts.path}?{parts.query}").status_code == 302
    assert a_browser().get(f"{parts.path}?{parts.query}").status_code == 400
    assert client.get(f"{parts.path}?{parts.query}").status_code == 400  # once


def test_who_gives_up_there_is_told_so(there: Provider) -> None:
    there.refuses = "access_denied"

    answer = comes_back(a_browser())

    assert answer.status_code == 403
    assert "ACME Télécom ne vous a pas laissé entrer, ou vous avez renoncé." in words(answer)


def test_a_provider_that_is_down_or_calls_itself_otherwise_is_said_to_be_away(
    there: Provider, settings: Settings
) -> None:
    there.metadata = {"issuer": "https://other.example"}
    assert a_browser().get("/login/company").status_code == 503

    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    for path in ("/login/company", "/login/company/back?code=1&state=2", "/login/company/out"):
        answer = a_browser().get(path)
        assert answer.status_code == 503
        assert "ACME Télécom ne répond pas pour le moment." in words(answer)


def test_a_provider_that_is_silent_is_asked_again_after_half_a_minute(there: Provider, clock_at: CLOCK) -> None:
    clock_at(AT)
    there.metadata = {"issuer": "https://other.example"}
    assert a_browser().get("/login/company").status_code == 503
    there.metadata = {}

    clock_at(AT + timedelta(seconds=20))
    for path in ("/login/company", "/login/company/back?code=1&state=2", "/login/company/out"):
        assert a_browser().get(path).status_code == 503
    clock_at(AT + timedelta(seconds=40))

    assert a_browser().get("/login/company").status_code == 302


def test_one_address_may_not_ask_for_ever_and_has_its_passwords_apart(clock_at: CLOCK) -> None:
    clock_at(AT)
    for _ in range(100):
        assert a_browser().get("/login/company").status_code == 302

    refused = a_browser().get("/login/company")

    assert refused.status_code == 429
    assert 840 < int(refused["Retry-After"]) <= 900
    assert "Trop d’essais. Réessayez dans 15 minutes." in words(refused)
    assert Client(REMOTE_ADDR="192.0.2.8").get("/login/company").status_code == 302
    assert a_browser().post("/login", {"username": "nora", "password": "x"}).status_code == 302


def test_people_who_come_in_do_not_use_up_the_tries_of_their_office() -> None:
    client = a_browser()
    comes_back(client)

    assert who_is_in(client) == "A-1"
    assert list(LoginTries.objects.values_list("tries", flat=True)) == [0]


def test_it_goes_down_in_between(there: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    client = a_browser()
    parts = urlsplit(at_the_provider(client.get("/login/company")["Location"]))
    company._app().server_metadata["token_endpoint"] = "http://127.0.0.1:9/token"

    answer = client.get(f"{parts.path}?{parts.query}")

    company._known.cache_clear()
    assert (answer.status_code, who_is_in(client)) == (503, "")


def test_an_email_that_only_the_user_info_has_counts_if_it_is_about_the_same(there: Provider) -> None:
    there.claims = {**MFA}
    there.user = {"sub": "S-1"}
    assert comes_back(a_browser()).status_code == 403
    there.user = {"sub": "S-2", **EMAIL}
    assert comes_back(a_browser()).status_code == 502

    there.user = {"sub": "S-1", **EMAIL}
    client = a_browser()
    comes_back(client)
    assert (who_is_in(client), identities()) == ("A-1", [("nora", "S-1")])


def test_an_email_of_two_advisers_or_of_somebody_linked_already_links_nobody(there: Provider) -> None:
    Adviser.objects.filter(number="A-2").update(email=EMAIL["email"])
    assert comes_back(a_browser()).status_code == 403
    Adviser.objects.filter(number="A-2").update(email="hugo@ligneclaire.example")
    comes_back(a_browser())

    there.claims |= {"sub": "S-9"}  # somebody else who got her address
    assert comes_back(a_browser()).status_code == 403
    assert identities() == [("nora", "S-1")]


def test_who_was_withdrawn_does_not_come_in_linked_or_not(there: Provider) -> None:
    comes_back(a_browser())
    withdraw_login(username="nora", by=SYSTEM, at=AT)
    assert comes_back(a_browser()).status_code == 403

    withdraw_login(username="hugo", by=SYSTEM, at=AT)
    there.claims |= {"sub": "S-2", "email": Adviser.objects.get(number="A-2").email}
    assert comes_back(a_browser()).status_code == 403
    assert identities() == []


def test_an_account_that_is_given_back_is_linked_anew(there: Provider) -> None:
    comes_back(a_browser())

    withdraw_login(username="nora", by=SYSTEM, at=AT)
    return_login(username="nora", password="y", by=SYSTEM, at=AT)

    assert identities() == []
    [withdrawn] = Change.objects.filter(kind="LOGIN", about="nora", after__isnull=True)
    assert withdrawn.before == {
        "of": "A-1",
        "name": "",
        "role": "adviser",
        "issuer": there.issuer,
        "subject": "S-1",
    }
    there.claims = {**MFA}
    there.user = {"sub": "S-1"}
    assert comes_back(a_browser()).status_code == 403  # by the subject alone nobody comes in any more


def test_whoever_was_in_by_another_identity_is_out_when_it_is_replaced(there: Provider) -> None:
    client, other = a_browser(), a_browser()
    comes_back(client)
    there.claims = MFA | {"sub": "S-2", "email": Adviser.objects.get(number="A-2").email, "email_verified": True}
    comes_back(other)

    assert run("nora", "--subject", "S-1")[0] == 0
    assert who_is_in(client) == "A-1"  # the same as before
    assert run("nora", "--subject", "S-3")[0] == 0

    assert (who_is_in(client), who_is_in(other)) == ("", "A-2")
    assert identities() == [("nora", "S-3"), ("hugo", "S-2")]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command.command, arguments)
    return done.exit_code, done.output


def test_it_links_an_account_by_hand_also_a_clerks(there: Provider, settings: Settings) -> None:
    give_clerk_login(department="billing", name="Marie Petit", username="marie", password="x", by=SYSTEM, at=AT)
    there.claims, there.user = MFA | {"sub": "S-7"}, {"sub": "S-7"}
    assert comes_back(a_browser()).status_code == 403

    assert run("marie", "--subject", "S-7") == (0, f"marie comes in as S-7 of {there.issuer}.\n")
    client = a_browser()
    comes_back(client)
    assert client.get("/department").context["frame"].me.name == "Marie Petit"

    assert run("nora", "--subject", "S-7")[0] == 1
    assert run("nobody", "--subject", "S-8")[0] == 1
    assert run("nora", "--subject", "S" * 256)[0] == 1
    assert run("marie", "--subject", "S-8")[0] == 0
    assert identities() == [("marie", "S-8")]
    settings.OIDC_ISSUER = ""
    assert run("nora", "--subject", "S-9") == (
        1,
        "Error: there is no identity provider: LIGNECLAIRE_OIDC_ISSUER is not set\n",
    )


def test_another_provider_links_anew(there: Provider) -> None:
    user = Login.objects.get(user__username="nora").user
    CompanyIdentity.objects.create(user=user, issuer="https://old.example", subject="O", linked_by="x", linked_at=AT)

    comes_back(a_browser())

    assert list(CompanyIdentity.objects.values_list("issuer", "subject")) == [(there.issuer, "S-1")]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(wanted: str) -> None:
    assert comes_back(a_browser(), wanted=wanted)["Location"] == "/"


def test_the_log_in_page_offers_it_only_where_there_is_one(settings: Settings) -> None:
    page = a_browser().get("/login?next=/sending").content.decode()
    assert '<a class="btn btn-primary w-100" href="/login/company?next=%2Fsending">Se connecter avec ACME' in page

    settings.OIDC_NAME = ""
    assert "Se connecter avec 127.0.0.1" in words(a_browser().get("/login"))

    settings.OIDC_ISSUER = ""
    assert "Se connecter avec" not in words(a_browser().get("/login"))
    for path in ("/login/company", "/login/company/back", "/login/company/out"):
        assert a_browser().get(path).status_code == 404


def test_the_way_out_leads_through_the_provider_where_it_has_one(there: Provider) -> None:
    assert a_browser().get("/login/company/out")["Location"] == "http://testserver/login"

    company._known.cache_clear()
    there.metadata = {"end_session_endpoint": f"{there.issuer}/end"}
    parts = urlsplit(a_browser().get("/login/company/out")["Location"])
    asked = parse_qs(parts.query)
    assert (parts.path, asked["client_id"]) == ("/end", ["desk"])
    assert asked["post_logout_redirect_uri"] == ["http://testserver/login"]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("company_identity_of_one", {}),
        ("company_identity_is_whole", {"subject": ""}),
        ("company_identity_is_whole", {"issuer": ""}),
    ],
)
def test_the_database_keeps_one_account_for_an_identity(constraint: str, values: dict[str, str]) -> None:
    nora, hugo = (Login.objects.get(user__username=name).user for name in ("nora", "hugo"))
    whole = {"issuer": "https://i.example", "subject": "S", "linked_by": "x", "linked_at": AT}
    first = CompanyIdentity.objects.create(user=nora, **whole)
    assert str(first) == "S at https://i.example"

    with refused_by(constraint):
        CompanyIdentity.objects.create(user=hugo, **(whole | values))
