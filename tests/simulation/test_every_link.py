"""Whoever comes into the demo can follow every link that they are shown: nothing breaks, nothing leads nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve

from builders import STORIES
from ligneclaire.cases.models import Case
from ligneclaire.config.wiring import deliver
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.calendar import Calendar
from ligneclaire.people.actions.open_session import open_session
from ligneclaire.people.models import Customer, Department
from ligneclaire.people.states import WayIn
from ligneclaire.simulation import demo
from ligneclaire.space.door import COOKIE

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
OF_EACH = 12  # pages of one kind are looked at for each account
DOORS = {
    "adviser": ("/customers/{customer}", "/cases/{case}", "/differences?whose=all"),
    "clerk": ("/department", "/turns/{department}"),
    "customer": ("/espace/", "/espace/contrats", "/espace/demenager", "/espace/panne", "/resilier"),
}


@pytest.fixture
def house() -> Iterator[datetime]:
    """The demo with all its stories, on its day."""
    days = timedelta(days=demo.days_ahead(clock.now(), calendar=Calendar()))
    clock.shift_by(days)
    at = clock.now()
    demo.prepare(world=STORIES / "operator.json", stories=STORIES, password="secret", deliver=deliver, at=at)
    yield at
    clock.shift_by(timedelta())


def test_no_link_of_the_demo_breaks_or_leads_nowhere(house: datetime) -> None:
    customers = sorted(Customer.objects.values_list("number", flat=True))
    cases = sorted(Case.objects.values_list("reference", flat=True))
    departments = sorted(Department.objects.values_list("code", flat=True))
    broken: dict[str, int] = {}
    for user in User.objects.order_by("username"):
        client = Client(headers={"Accept-Language": "fr"})
        client.force_login(user)
        starts = ["/", "/turns"] + [
            door.format(customer=customer, case=case, department=user.username)
            for door in DOORS["clerk" if user.username in departments else "adviser"]
            for customer in customers
            for case in cases
        ]
        broken |= {f"{user.username} {path}": status for path, status in followed(client, starts)}
    for customer in customers:
        client = Client(headers={"Accept-Language": "fr"})
        client.cookies[COOKIE] = open_session(customer=customer, way=WayIn.CODE, device="x", by=SYSTEM, at=house)
        broken |= {f"{customer} {path}": status for path, status in followed(client, DOORS["customer"])}

    assert broken == {}


def followed(client: Client, starts: Iterable[str]) -> Iterable[tuple[str, int]]:
    """What breaks of the pages that somebody can come to, with what the server answered."""
    waiting, seen, kinds = [*dict.fromkeys(starts)], set(starts), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = str(resolve(urlsplit(path).path).view_name)
        if kind == "desk:news" or kinds[kind] >= OF_EACH:
            continue
        kinds[kind] += 1
        client.raise_request_exception = False
        page = client.get(path, follow=True)
        if page.status_code not in {200, 403}:
            yield path, page.status_code
        if page.status_code != 200 or page.streaming or "html" not in page.headers["Content-Type"]:
            continue
        links = [urljoin(page.request["PATH_INFO"], unescape(link)) for link in LINK.findall(page.content.decode())]
        fresh = [link for link in dict.fromkeys(links) if link not in seen and not link.startswith("/static/")]
        seen.update(fresh)
        waiting += fresh
