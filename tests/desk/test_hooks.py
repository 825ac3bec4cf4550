"""Supervisors look after what other systems are told, without ever seeing a secret."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.facts.record import record
from ligneclaire.facts.stated import Statement
from ligneclaire.hooks.actions.note_posting import note_posting
from ligneclaire.hooks.actions.subscribe import subscribe
from ligneclaire.hooks.models import Posting, Subscription
from ligneclaire.hooks.rules.signing import secret_of
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.set_supervision import set_supervision
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
LIST_QUERIES, PAGE_QUERIES = 7, 9


@pytest.fixture
def boss(nora: Client) -> Client:
    """Nora's browser, who looks after the others too."""
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=AT)
    subscribe(name="crm", url="https://crm.example/in", kinds=["refund.*"], by=SYSTEM, at=AT)
    return nora


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def stated(*names: str, at: datetime = AT) -> None:
    for name in names:
        fact = Statement(
            source="billing",
            source_id=name,
            kind="refund.amount",
            customer="C-2001",
            subject="contract:K-ADSL-1",
            value=1,
            effective=None,
            at=at,
        )
        record([fact], by=SYSTEM, at=at)


def answered(name: str, status: int | None, text: str, *, at: datetime = AT, tried: int = 0) -> None:
    uuid = Posting.objects.get(source_id=name).uuid
    note_posting(posting=uuid, tried=tried, status=status, answer=text, by=SYSTEM, at=at)


def states() -> dict[str, str]:
    return dict(Posting.objects.values_list("source_id", "state"))


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'api.post_hook'")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("path", ["/hooks", "/hooks/crm"])
def test_only_supervisors_look_at_them(boss: Client, hugo: Client, nobody: Client, path: str) -> None:
    assert [one.get(path).status_code for one in (boss, hugo, nobody, Client())] == [200, 403, 403, 302]
    for deed in ("pause", "resume", "replay"):
        assert hugo.post(f"/hooks/crm/{deed}", {"reason": "x", "since": "16/02/2015"}).status_code == 403
    assert '<a href="/hooks">' in boss.get("/").content.decode()
    assert '<a href="/hooks">' not in hugo.get("/").content.decode()
    assert boss.get("/hooks/other").status_code == 404
    assert Subscription.objects.get().paused_at is None


def test_the_pages_say_where_each_stands_and_never_the_secret(boss: Client) -> None:
    stated("e1", "e2", "e3")
    answered("e1", 200, "200 thanks")
    answered("e2", 503, "503 later")

    whole, one = boss.get("/hooks"), boss.get("/hooks/crm")

    assert "crm https://crm.example/in en marche 2 événements en attente" in words(whole)
    assert "dernier accepté le 16 février 2015, 10:00" in words(whole)
    assert "refund.amount pas encore accepté 16 février 2015, 10:00 · 1 essai · 503 later" in words(one)
    assert "refund.amount remis 16 février 2015, 10:00 · 1 essai · 200 thanks" in words(one)
    row = Subscription.objects.get()
    for page in (whole, one):
        assert secret_of(row.seed, key=settings.SECRET_KEY) not in page.content.decode()
        assert str(row.seed) not in page.content.decode()


def test_a_system_is_paused_with_a_reason_and_goes_on(boss: Client) -> None:
    silent = boss.post("/hooks/crm/pause", {"reason": " "})
    assert silent.status_code == 422
    assert silent.context["pause"].errors == {"reason": ["Dites pourquoi, en une phrase que d’autres comprendront."]}
    assert Subscription.objects.get().paused_at is None

    paused = boss.post("/hooks/crm/pause", {"reason": "ils déménagent"}, follow=True)
    assert "suspendu depuis le 16 février 2015, 10:00 : ils déménagent" in words(paused)
    stated("e1")
    assert states() == {"e1": "held"}
    assert "C’est déjà suspendu." in words(boss.post("/hooks/crm/pause", {"reason": "encore"}, follow=True))
    assert Subscription.objects.get().paused_because == "ils déménagent"

    resumed = boss.post("/hooks/crm/resume", follow=True)
    assert "L’envoi reprend : 1 événement était retenu." in words(resumed)
    assert states() == {"e1": "waiting"}
    assert boss.post("/hooks/crm/resume").status_code == 302


def test_one_event_or_those_since_a_day_are_sent_again(boss: Client) -> None:
    stated("e1")
    stated("e2", at=AT + timedelta(days=1))
    for name in ("e1", "e2"):
        answered(name, 200, "200")
    before = jobs()

    posting = Posting.objects.get(source_id="e1").uuid
    assert "1 événement est renvoyé." in words(boss.post("/hooks/crm/replay", {"posting": posting}, follow=True))
    assert (states(), jobs() - before) == ({"e1": "waiting", "e2": "delivered"}, 1)

    boss.post("/hooks/crm/replay", {"since": "17/02/2015"})
    assert (states(), jobs() - before) == ({"e1": "waiting", "e2": "waiting"}, 2)


def test_what_cannot_be_sent_again_is_said_beside_the_field(boss: Client) -> None:
    def said(**entered: str) -> list[str]:
        answer = boss.post("/hooks/crm/replay", entered)
        assert answer.status_code == 422
        return list(answer.context["replay"].errors.get("since", []))

    assert said() == ["Dites à partir de quel jour."]
    assert said(since="hier") == ["Écrivez le jour ainsi\u00a0: 31/01/2027."]
    assert said(since="16/02/2015") == ["Rien n’y a été envoyé depuis ce jour."]
    boss.post("/hooks/crm/pause", {"reason": "x"})
    assert said(since="16/02/2015") == ["Rien n’y est envoyé tant que c’est suspendu\u00a0: reprenez d’abord l’envoi."]
    assert jobs() == 0


@pytest.mark.parametrize("many", [0, 1, 3, 60])
def test_the_pages_take_the_same_queries_however_much_was_sent(
    boss: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stated(*(f"e{number}" for number in range(many)))

    with django_assert_num_queries(LIST_QUERIES):
        boss.get("/hooks")
    with django_assert_num_queries(PAGE_QUERIES):
        page = boss.get("/hooks/crm")

    assert len(page.context["postings"]) == min(many, 50)
    assert ('rel="next"' in page.content.decode()) is (many > 50)
