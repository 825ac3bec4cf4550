"""Supervisors see who changed what, in words and as a file; others do not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.audit.actions.note_changes import note_changes
from ligneclaire.audit.models import Change
from ligneclaire.audit.states import ChangeKind
from ligneclaire.desk.changes import KINDS
from ligneclaire.kernel.actor import SYSTEM, Actor, ActorKind
from ligneclaire.people.access.roles import TRAINEE
from ligneclaire.people.actions.set_supervision import set_supervision
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
NORA = Actor(ActorKind.ADVISER, "A-1")
QUERIES = 9


@pytest.fixture
def boss(nora: Client) -> Client:
    """Nora's browser, who looks after the others too."""
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=AT)
    return nora


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def changed(kind: ChangeKind, about: str, before: object, after: object, *, days: int = 0) -> None:
    was, now = ({about: one} if isinstance(one, dict) else {} for one in (before, after))
    note_changes(kind=kind, before=was, after=now, by=NORA, at=AT + timedelta(days=days))


@pytest.mark.parametrize("path", ["/changes", "/changes.csv"])
def test_only_supervisors_see_changes(boss: Client, hugo: Client, nobody: Client, path: str) -> None:
    assert [one.get(path).status_code for one in (boss, hugo, nobody, Client())] == [200, 403, 403, 302]
    assert '<a href="/changes">' in boss.get("/").content.decode()
    assert '<a href="/changes">' not in hugo.get("/").content.decode()


def test_a_change_is_said_in_words(boss: Client) -> None:
    changed(ChangeKind.ABSENCE, "A-2", {"from": "2015-02-17", "reason": "LEAVE"}, None)
    changed(ChangeKind.SECOND_FACTOR, "hugo", None, {"app": True, "passkeys": 0})
    changed(ChangeKind.TOKEN, "billing/main", {"may": []}, {"may": ["facts:write", "topics:read"]})
    changed(ChangeKind.LOGIN, "hugo", {"role": "adviser"}, {"role": "supervisor"})
    changed(ChangeKind.LOGIN, "ines", {"role": TRAINEE.name}, {"role": "adviser"})
    changed(ChangeKind.LOGIN, "marc", {"role": "adviser"}, {"role": "technician"})
    changed(ChangeKind.ADVISER, "A-2", {"languages": ["fr"]}, {"languages": ["fr", "en"], "phone": "+33199000102"})
    changed(ChangeKind.SECOND_FACTOR, "ines", None, {"recovery_codes": 8})
    changed(ChangeKind.OPERATOR, "text/retard", {"archived": False}, {"archived": True})

    page = words(boss.get("/changes?by=adviser:A-1"))

    assert "9 modifications" in page
    assert "Rôle conseiller → devient technicien" in page
    assert "Langues français → devient français, anglais" in page
    assert "Téléphone – → devient 01 99 00 01 02" in page
    assert "Rôle conseiller en formation → devient conseiller" in page
    assert "Codes de secours 8" in page
    assert "Archivé non → devient oui" in page
    assert "Compte et rôle : hugo Nora Benali, 16 février 2015, 10:00 Rôle conseiller → devient superviseur" in page
    assert "Jeton : billing/main Nora Benali, 16 février 2015, 10:00 Autorisations – → devient facts:write" in page
    assert "Second facteur : hugo nouveau Nora Benali, 16 février 2015, 10:00 Application de codes oui" in page
    assert (
        "Absence : Hugo Marchand supprimé Nora Benali, 16 février 2015, 10:00 À partir du 17 février 2015 Motif congé"
        in page
    )


def test_whoever_is_no_person_is_said_in_words(boss: Client) -> None:
    root = Actor(ActorKind.SYSTEM, "root")
    note_changes(kind=ChangeKind.LOGIN, after={"hugo": {"role": "adviser"}}, by=root, at=AT)

    page = words(boss.get("/changes"))

    assert "Compte et rôle : hugo nouveau root, par commande, 16 février 2015, 10:00" in page
    assert "nouveau Ligne Claire, " in page
    assert "system:" not in page


def test_every_kind_has_words() -> None:
    assert set(KINDS) == set(ChangeKind)


def test_changes_are_sifted_by_kind_person_thing_and_day(boss: Client) -> None:
    for days, (kind, about) in enumerate(
        [(ChangeKind.LOGIN, "hugo"), (ChangeKind.TOKEN, "x"), (ChangeKind.LOGIN, "y")]
    ):
        changed(kind, about, None, {}, days=days)

    def found(query: str) -> list[str]:
        return [row.about for row in boss.get(f"/changes?by=adviser:A-1&{query}").context["rows"]]

    assert found("") == ["y", "x", "hugo"]
    assert found("kind=LOGIN") == ["y", "hugo"]
    assert found("kind=WEATHER") == ["y", "x", "hugo"]
    assert found("about=HU") == ["hugo"]
    assert found("from=2015-02-17") == ["y", "x"]
    assert found("to=2015-02-17") == ["x", "hugo"]
    assert found("from=2015-02-17&to=2015-02-17") == ["x"]
    assert found("from=nonsense&to=9999-12-31&page=x") == ["y", "x", "hugo"]
    assert found("about=%00") == ["y", "x", "hugo"]
    assert "Rien n’a été modifié." in words(boss.get("/changes?by=adviser:A-9"))


@pytest.mark.parametrize("many", [1, 3, 60])
def test_the_page_takes_the_same_queries_however_much_was_changed(
    boss: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        changed(ChangeKind.ABSENCE, "A-2", None, {"from": f"{number}"})

    with django_assert_num_queries(QUERIES):
        page = boss.get("/changes?by=adviser:A-1")

    assert len(page.context["rows"]) == min(many, 50)
    assert ('<a href="?by=adviser%3AA-1&amp;page=2" rel="next">' in page.content.decode()) is (many > 50)


def test_the_file_has_stable_columns_and_no_formulas(boss: Client) -> None:
    changed(ChangeKind.LOGIN, "=hugo", None, {"role": "adviser"})

    answer = boss.get("/changes.csv?by=adviser:A-1")

    assert answer["Content-Disposition"] == 'attachment; filename="changes.csv"'
    assert answer.content.decode().splitlines() == [
        "\ufeffat;by;by_name;kind;about;before;after",
        '2015-02-16T09:00:00+00:00;adviser:A-1;Nora Benali;LOGIN;\'=hugo;;"{""role"": ""adviser""}"',
    ]


def test_the_pages_of_the_desk_leave_their_own_traces(boss: Client) -> None:
    boss.post("/sending", {"mode": "stop", "reason": "les factures sont fausses"})

    [row] = Change.objects.filter(by="adviser:A-1")
    assert (row.kind, row.after) == ("MODE", {"mode": "stop", "reason": "les factures sont fausses"})
    assert "Mode les messages partent → devient arrêté" in words(boss.get("/changes"))
