"""Every list of desk and space with nothing, one row, a few and ten thousand: pages, queries and words hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from builders import a_world
from desk import many
from ligneclaire.desk import agenda
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.actions.give_clerk_login import give_clerk_login
from ligneclaire.people.actions.give_login import give_login
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.states import WayIn
from ligneclaire.space.door import COOKIE
from world import standing_for_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]
PACKAGE = Path(agenda.__file__).parents[1]
FEW, SOME, MANY = 3, 250, 10_000  # the last under `make test-deep`
ROW, DEVICE, SAID = r'<div class="row-link">', r'<li class="row-link">', r'<p class="m-0"><strong>'
ONE_AS_MANY = r"\b1 (lettres|pages|feuilles|messages|e-mails|demandes|dossiers|jours|entrées|autres|appareils)\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list: how many of its rows stand on a page, how many queries it takes, and what it says when it is empty."""

    path: str
    most: int
    queries: int
    empty: str = ""  # nothing where there is always a row: one's own session
    row: str = ROW
    times: int = 1  # rows for each that was put in
    less: int = 0  # rows that stand elsewhere
    who: str = "nora"
    has_pages: bool = True


def of_the_day(name: str) -> Listed:
    queries, times = 6 if name == agenda.TROUBLES else 5, 2 if name == "told" else 1
    return Listed(
        path=f"/today/{name}", most=50, queries=queries, empty=EMPTY.get(name, "Rien n’attend ici."), times=times
    )


EMPTY = {
    "questions": "Rien ne se contredit.",
    "cuts": "Aucune ligne n’est coupée.",
    "steps": "Chaque service a répondu à temps.",
    "mails": "Aucun e-mail n’attend.",
    "requests": "Aucune demande n’attend.",
    "reasons": "Aucune demande n’attend.",
    "troubles": "Tout a été compris.",
}
LISTS = {
    **{name: of_the_day(name) for name in agenda.HEADINGS if name != agenda.COMING},
    "all mails": Listed(path="/mails", most=50, queries=5, empty="Aucun e-mail n’attend."),
    "scans": Listed(path="/scans", most=50, queries=6, empty="Aucune numérisation n’attend."),
    "all requests": Listed(path="/requests", most=100, queries=10, empty="Aucune demande n’attend.", times=2),
    "letters": Listed(path="/letters", most=30, queries=7, empty="Il n’y a pas encore de lot."),
    "batch": Listed(path=f"/letters/{many.BATCH}", most=100, queries=6),
    "work": Listed(path="/turns/billing", most=50, queries=4, empty="Rien n’attend ce service."),
    "department": Listed(
        path="/department",
        most=30,
        queries=4,
        empty="Rien encore.",
        row=r'/department/facts/\d+"',
        who="clerk",
        has_pages=False,
    ),
    "customer": Listed(
        path="/customers/C-2001",
        most=30,
        queries=21,
        empty="Il ne s’est encore rien passé.",
        row='<div class="moment ',
        times=3,
    ),
    "account": Listed(path="/account", most=50, queries=7, row=DEVICE, has_pages=False),
    "messages": Listed(
        path="/espace/messages", most=50, queries=3, empty="Nous ne vous avons pas encore écrit.", who="lenoir"
    ),
    "documents": Listed(
        path="/espace/documents", most=50, queries=4, empty="Il n’y a pas encore de document pour vous.", who="lenoir"
    ),
    "reads": Listed(
        path="/espace/consultations",
        most=50,
        queries=4,
        empty="Personne n’a encore ouvert votre dossier.",
        row=SAID,
        who="lenoir",
    ),
    "security": Listed(path="/espace/securite", most=49, queries=4, row=DEVICE, less=1, who="lenoir", has_pages=False),
}
SHORT = {
    "desk/absences/_duties.html": "the teams of the house",
    "desk/absences/page.html": "who is away now and next, with a limit",
    "desk/changes/page.html": "of supervisors; tests/desk/test_changes.py turns its pages",
    "desk/hooks/one.html": "the newest that one receiver was told",
    "desk/hooks/page.html": "the receivers of the house",
    "desk/visits/technicians.html": "the technicians of the house, for supervisors",
    "desk/reviews/page.html": "the files of one message, five at most",
    "desk/texts/one.html": "the versions of one text",
    "desk/work/departments.html": "the departments of the house",
    "desk/texts/page.html": "the standard texts of the house, with a search",
    "space/persons/page.html": "who speaks for one customer",
    "desk/case/page.html": "of one case, the newest",
    "desk/department/upload.html": "the first wrong lines of a file; the others are in the file to mend",
    "desk/message/why.html": "the lines of one message",
    "desk/merging/unmerge.html": "the cases of one person that keep two numbers together",
    "desk/network/differences.html": "tests/desk/test_differences.py turns its pages",
    "desk/network/line.html": "what one line has and had",
    "desk/network/resource.html": "who had one resource",
    "desk/network/site.html": "the best that are free, never more than fifty",
    "desk/persons/page.html": "who speaks for one customer",
    "desk/requests/request.html": "the proofs of one request",
    "desk/search/page.html": "the best that were found, never more",
    "desk/sending/page.html": "the newest changes",
    "desk/today/_coming.html": "computed by the voice for each customer",
    "desk/today/_inspected.html": "the newest that were looked at",
    "desk/writing/check.html": "the files of one message, five at most",
    "space/copy/page.html": "how often one copy was downloaded",
    "space/home/_plans.html": "the plans of one customer",
    "space/leaving/_proofs.html": "the proofs of one request",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    count: int
    clients: dict[str, Client]


@pytest.fixture(scope="module", params=(0, 1, FEW, SOME, pytest.param(MANY, marks=pytest.mark.deep)))
def house(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker, outboxes: Iterator[Path]
) -> Iterator[House]:
    """An operator with so many rows in each list, and somebody of each kind who is logged in."""
    count: int = request.param
    with standing_for_a_module(django_db_blocker, next(outboxes)):
        at = clock.now()
        a_world()
        clients = {name: Client(headers={"Accept-Language": "fr"}) for name in ("nora", "clerk", "lenoir")}
        clients["nora"].force_login(give_login(adviser="A-1", username="nora", password="x", by=SYSTEM, at=at).user)
        clerk = give_clerk_login(department="billing", name="x", username="clerk", password="x", by=SYSTEM, at=at)
        clients["clerk"].force_login(clerk.user)
        key = open_session(customer=many.CUSTOMER, way=WayIn.CODE, device="x", by=SYSTEM, at=at)
        clients["lenoir"].cookies[COOKIE] = key
        many.fill(count, at=at)
        many.many_sessions(max(count, 1))
        with django_db_blocker.block():
            yield House(count=count, clients=clients)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_pages_few_queries_and_a_word_when_it_is_empty(house: House, name: str) -> None:
    listed, client = LISTS[name], house.clients[LISTS[name].who]
    if not house.count and name == "batch":
        assert client.get(listed.path).status_code == 404
        return

    with CaptureQueriesContext(connection) as asked:
        page = client.get(listed.path)

    text = page.content.decode()
    main = text[text.index("<main") :]
    count = house.count or (0 if listed.empty else 1)
    assert page.status_code == 200
    assert len(re.findall(listed.row, main)) == min(listed.most, count * listed.times - listed.less)
    assert ("page=2" in main or "before=" in main) is (count > FEW and listed.has_pages)
    assert (listed.empty in main) is (count == 0) or not listed.empty
    assert len(asked) == listed.queries or not house.count
    assert house.count != 1 or re.findall(ONE_AS_MANY, main) == []


def test_every_list_is_looked_at_here_or_is_short(house: House) -> None:
    if house.count != 1:
        return
    seen = {
        template.name for listed in LISTS.values() for template in house.clients[listed.who].get(listed.path).templates
    }
    lists = {
        str(place.relative_to(templates))
        for templates in PACKAGE.glob("*/templates")
        for place in templates.rglob("*.html")
        if 'class="plain rows"' in place.read_text(encoding="utf-8")
    }

    assert lists - seen == set(SHORT)
