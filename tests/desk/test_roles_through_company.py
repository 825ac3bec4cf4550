"""Where there is a table, the provider's claims say in which role somebody works, at every log-in; else never."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from desk.comers import AT, a_browser, comes_back, configure, identities, the_company, who_is_in, words
from ligneclaire.audit.models import Change
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.access import roles
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.link_company_identity import link_company_identity
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.queries import logins
from ligneclaire.people.states import StaffRole
from provider import Provider

pytestmark = pytest.mark.django_db
TABLE = {
    "care-leads": StaffRole.SUPERVISOR,
    "care-new": StaffRole.TRAINEE,
    "care": StaffRole.ADVISER,
    "field": StaffRole.TECHNICIAN,
    "offices": StaffRole.CLERK,
}


@pytest.fixture
def there() -> Iterator[Provider]:
    with the_company() as one:
        one.user = {"sub": "S-1"}
        yield one


@pytest.fixture(autouse=True)
def _configured(there: Provider, settings: Settings) -> None:
    configure(there, settings)
    settings.OIDC_ROLES, settings.OIDC_ROLES_CLAIM = TABLE, "groups"


def role_of(username: str) -> str:
    return next(one.role for one in logins.listed() if one.username == username)


def changes() -> list[tuple[str, str, str]]:
    """By whom, from which role to which, since the accounts were made."""
    rows = Change.objects.filter(kind="LOGIN", before__has_key="role", after__has_key="role").order_by("pk")
    return list(rows.values_list("by", "before__role", "after__role"))


def test_the_roles_of_the_table_are_those_of_the_house() -> None:
    ours = {roles.SUPERVISOR, roles.ADVISER, roles.TRAINEE, roles.TECHNICIAN, roles.CLERK}

    assert {role.value for role in StaffRole} == {role.name for role in ours}


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["care"], "adviser"),
        ("care", "adviser"),
        (["everybody", "care", "care-leads"], "supervisor"),
        (["care", "care-new"], "adviser in training"),  # the first line of the table that somebody has
        (["field", 7, None], "technician"),
        (["offices", "care"], "adviser"),  # an adviser's account is no clerk's
    ],
)
def test_somebody_comes_in_in_the_role_that_their_groups_have_in_the_table(
    there: Provider, groups: object, role: str
) -> None:
    there.claims |= {"groups": groups}

    answer = comes_back(a_browser())

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert (role_of("nora"), role_of("hugo")) == (role, "adviser")
    assert changes() == ([("system:ligneclaire", "adviser", role)] if role != "adviser" else [])


def test_rights_follow_the_provider_at_every_log_in_and_at_once_in_all_browsers(there: Provider) -> None:
    first = a_browser()
    there.claims |= {"groups": ["care-leads"]}
    comes_back(first)
    assert first.get("/figures").status_code == 200

    there.claims |= {"groups": ["care"]}
    comes_back(a_browser())

    assert (first.get("/figures").status_code, who_is_in(first)) == (403, "A-1")
    comes_back(a_browser())  # the same again is nothing new
    assert changes() == [
        ("system:ligneclaire", "adviser", "supervisor"),
        ("system:ligneclaire", "supervisor", "adviser"),
    ]


def test_an_email_that_a_supervisor_has_gives_nobody_a_supervisors_rights(there: Provider) -> None:
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=AT)
    there.claims |= {"groups": ["field"]}

    comes_back(a_browser())

    assert (role_of("nora"), identities()) == ("technician", [("nora", "S-1")])


@pytest.mark.parametrize("groups", [["everybody"], [], None, 7, {"care": True}, ["offices"], ["CARE"]])
def test_who_has_no_role_there_is_refused_in_plain_words_and_nothing_is_linked(there: Provider, groups: object) -> None:
    there.claims |= {"groups": groups}
    client = a_browser()

    answer = comes_back(client)

    assert answer.status_code == 403
    assert "ACME Télécom vous connaît, mais ne vous donne aucun rôle ici" in words(answer)
    assert (who_is_in(client), identities(), role_of("nora"), changes()) == ("", [], "adviser", [])


def test_who_lost_every_role_is_out_in_all_browsers_that_came_through_the_provider(there: Provider) -> None:
    there.claims |= {"groups": ["care"]}
    first = a_browser()
    comes_back(first)
    assert who_is_in(first) == "A-1"

    there.claims |= {"groups": []}
    assert comes_back(a_browser()).status_code == 403

    assert who_is_in(first) == ""


def test_a_clerk_comes_in_by_the_line_for_clerks_and_by_no_other(there: Provider) -> None:
    give_clerk_login(department="billing", name="Marie Petit", username="marie", password="x", by=SYSTEM, at=AT)
    link_company_identity(username="marie", issuer=there.issuer, subject="S-1", by=SYSTEM, at=AT)

    there.claims |= {"groups": ["care-leads"]}
    assert comes_back(a_browser()).status_code == 403
    there.claims |= {"groups": ["care-leads", "offices"]}
    client = a_browser()
    comes_back(client)

    assert client.get("/department").context["frame"].me.name == "Marie Petit"
    assert (role_of("marie"), changes()) == ("clerk", [])


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["care-leads"]}}),
        ("https://ligneclaire.example/roles", {"https://ligneclaire.example/roles": ["care-leads"]}),
        ("resource_access.desk.roles", {"resource_access": {"desk": {"roles": ["care-leads"]}}}),
    ],
)
def test_the_claim_lies_where_the_provider_puts_it(
    there: Provider, settings: Settings, path: str, claims: dict[str, object]
) -> None:
    settings.OIDC_ROLES_CLAIM = path
    there.claims |= claims

    comes_back(a_browser())

    assert role_of("nora") == "supervisor"


@pytest.mark.parametrize("claims", [{"realm_access": ["care-leads"]}, {"realm_access": {}}, {}])
def test_a_claim_that_lies_elsewhere_gives_nothing(
    there: Provider, settings: Settings, claims: dict[str, object]
) -> None:
    settings.OIDC_ROLES_CLAIM = "realm_access.roles"
    there.claims |= claims

    assert comes_back(a_browser()).status_code == 403


def test_groups_that_only_the_user_info_has_count_too_and_more_scopes_can_be_asked_for(
    there: Provider, settings: Settings
) -> None:
    settings.OIDC_SCOPES = ("groups",)
    there.user = {"sub": "S-1", "groups": ["care-leads"], "email": "hugo.martin@ligneclaire.example"}

    comes_back(a_browser())

    assert (role_of("nora"), there.asked[0]["scope"]) == ("supervisor", "openid email groups")
    there.user = {"sub": "S-2", "groups": ["care-leads"]}
    assert comes_back(a_browser()).status_code == 502


def test_without_a_table_no_claim_changes_anything(there: Provider, settings: Settings) -> None:
    settings.OIDC_ROLES = {}
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=AT)
    there.claims |= {"groups": ["field"]}

    comes_back(a_browser())

    assert (role_of("nora"), len(changes())) == ("supervisor", 1)
