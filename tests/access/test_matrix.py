"""Who may come to which address, with which method; on a refusal nothing is written, recorded or sent."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from builders import LONG_AGO
from desk.conftest import clerk_of, log_in
from ligneclaire.channels.queries import messages
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_token import give_token
from ligneclaire.people.actions.set_field_work import set_field_work
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.models import Customer
from ligneclaire.voice.queries import papers
from space.conftest import a_browser_of
from visits.field import a_technician, a_visit, employ
from world import MONDAY, World

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "table.txt"
ROLES = ("stranger", "nobody", "lenoir", "aubert", "clerk", "technician", "adviser", "supervisor", "billing")
ENTERED = {"fact": "1", "note": "x", "mode": "stop", "reason": "x", "answer": "no", "language": "en", "kind": "call"}
REFUSED = {"login", "signin", "start", "204", "401", "403", "404", "405"}
STARTS = {"/", "/department", "/field"}
OUT = ("/logout", "/espace/deconnexion")
WRITTEN = """
SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
           + pg_stat_get_xact_tuples_deleted(oid))
FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN ('public'::regnamespace, 'jobs'::regnamespace)
"""
STREAM = "/news"
# The description of the API and redirections: they read only, whatever the method.
OPEN_BY_ANY_METHOD = {"/api/openapi.json", "/api/docs", "/espace", "/language"}


class House(NamedTuple):
    """A browser or a program for each role, and what stands in the addresses that are tried."""

    clients: dict[str, Client]
    parts: dict[str, str]

    def path(self, route: str) -> str:
        """An address with identifiers in it that exist where that is possible."""
        for part, value in self.parts.items():
            route = route.replace(part, value)
        return route


@pytest.fixture
def house(monday: World) -> House:
    """The Monday of the story: the Lenoirs have a case, a letter, a receipt; Mme Aubert has nothing of it."""
    monday.department("shop").states("equipment.received", ["box"])
    monday.it_is("2015-02-16T10:00:01+01:00")
    clients = {
        "stranger": Client(),
        "nobody": _with_an_account_of_nobody(),
        "lenoir": a_browser_of("C-2001"),
        "aubert": a_browser_of("C-3001"),
        "clerk": clerk_of("billing", "marie"),
        "adviser": log_in("A-1", "nora"),
        "supervisor": log_in("A-2", "hugo"),
        "technician": log_in("A-3", "ines"),
        "billing": _systems_of("billing"),
    }
    set_supervision(username="hugo", is_supervisor=True, by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    set_field_work(username="ines", is_technician=True, by=SYSTEM, at=datetime.fromisoformat(MONDAY))
    employ(a_technician("T-1", adviser="A-3"))
    return House({role: clients[role] for role in ROLES}, _parts())


def test_each_role_comes_in_where_it_may_and_a_refusal_does_nothing(house: House) -> None:
    left, found, spoiled = _left(), {}, []
    for route in _routes():
        for method in ("GET", "POST"):
            answers = {role: _answer(client, method, house.path(route)) for role, client in house.clients.items()}
            found[f"{method} {route}"] = tuple(said for said, _ in answers.values())
            spoiled += [(method, route, role) for role, (said, did) in answers.items() if said in REFUSED and did]

    assert found == read_table()  # a new address needs its lines in tests/access/table.txt
    assert spoiled == []
    assert _left() == left


def test_no_other_method_does_anything(house: House) -> None:
    tried = [
        (role, method, route, *_answer(house.clients[role], method, house.path(route)))
        for route in _routes()
        for role in ("lenoir", "clerk", "supervisor")
        for method in ("PUT", "PATCH", "DELETE")
    ]

    assert {route for _, _, route, said, _ in tried if said not in REFUSED} == OPEN_BY_ANY_METHOD
    assert [one for one in tried if one[-1]] == []


def test_what_is_written_is_noticed(monday: World) -> None:
    before = written()
    with transaction.atomic():
        Customer.objects.filter(number="C-2001").update(name="Somebody")
        transaction.set_rollback(True)

    assert written() == before + 1


def read_table() -> dict[str, tuple[str, ...]]:
    """What is expected: one answer for everybody, or one for each role."""
    table = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            method, route, *answers = line.split()
            table[f"{method} {route}"] = tuple(answers if len(answers) > 1 else answers * len(ROLES))
    return table


def _with_an_account_of_nobody() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("nobody"))
    return client


def _systems_of(department: str) -> Client:
    token = give_token(department=department, by=SYSTEM, at=LONG_AGO)
    return Client(headers={"Authorization": f"Bearer {token}"})


def _parts() -> dict[str, str]:
    [card] = messages.of(["C-2001"])
    [hand_over] = papers.hand_overs(["C-2001"])
    return {
        "messages/<uuid:uuid>": f"messages/{card.uuid}",
        "cases/<str:reference>": f"cases/{card.case}",
        "field/<str:reference>": f"field/{a_visit()}",
        "<path:rest>": "nowhere",
        "<str:number>": "C-2001",
        "<str:contract>": "K-ADSL-1",
        "<str:department>": "billing",
        "receipt/<int:fact>": f"receipt/{hand_over.number}",
        "<int:number>": str(hand_over.number),
        **{f"<uuid:{name}>": str(UUID(int=1)) for name in ("uuid", "message", "entry", "upload", "form")},
        **{f"<int:{name}>": "1" for name in ("fact", "proof", "position", "page")},
        **{f"<str:{name}>": "X-1" for name in ("reference", "token", "name")},
    }


def _routes() -> list[str]:
    return list(_of(get_resolver(), "/"))


def _of(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{prefix}{one.pattern}"
        else:
            yield from _of(one, f"{prefix}{one.pattern}")


def _answer(client: Client, method: str, path: str) -> tuple[str, bool]:
    """What is said, and whether anything was written; it is taken back."""
    cookies, before = SimpleCookie(client.cookies), written()
    with transaction.atomic():
        response = _ask(client, method, path)
        wrote = written() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    said = _said(method, response)
    if wrote and path in OUT:
        return "out", wrote
    return ("404+", wrote) if wrote and said == "404" else (said, wrote)


def _ask(client: Client, method: str, path: str) -> HttpResponseBase:
    if path != STREAM:
        data = ENTERED if method == "POST" and not path.startswith("/api") else None
        return client.generic(method, path) if data is None else client.post(path, data)
    here = connections["default"]

    def elsewhere() -> HttpResponseBase:
        connections["default"] = here
        return client.generic(method, path)

    here.inc_thread_sharing()
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already, for a browser
        response = thread.submit(elsewhere).result()
    here.dec_thread_sharing()
    return response


def _said(method: str, response: HttpResponseBase) -> str:
    where = response.get("Location", "").partition("?")[0]
    if response.status_code == 302 and where in {"/login", "/espace/connexion"}:
        return {"/login": "login", "/espace/connexion": "signin"}[where]
    return "start" if method == "GET" and where in STARTS else str(response.status_code)


def written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return int(cursor.fetchone()[0])


def _left() -> list[Path]:
    """Every file that left the house, or lies in its mailbox."""
    return sorted(path for place in (settings.OUTBOX, settings.MAILBOX) for path in place.rglob("*"))
