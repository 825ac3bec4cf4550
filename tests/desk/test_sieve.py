"""The thread of a customer, only what is looked for."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ligneclaire.cases.queries import cards
from ligneclaire.voice.queries import thread
from ligneclaire.voice.queries.thread import Author, Entry, FactEntry, MessageEntry, Wanted
from world import World

pytestmark = pytest.mark.django_db
LENOIR = "/customers/C-2001"
CALL = {"medium": "call", "direction": "in", "text": "Demande où en est son dossier."}


def words(response: Any) -> str:
    return " ".join(
        re.sub(r"<[^>]*>", " ", response.content.decode())
        .replace("\xa0", " ")
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
        .split()
    )


def log(client: Client, **typed: str) -> str:
    entry = str(uuid4())
    client.post(f"{LENOIR}/log", {"entry": entry, **CALL, **typed})
    return entry


def case() -> str:
    return cards.of("C-2001")[0].reference


def kind(entry: Entry) -> str:
    if isinstance(entry, FactEntry):
        return entry.kind
    return entry.channel if isinstance(entry, MessageEntry) else entry.text


def shown(**wanted: str) -> list[str]:
    asked = Wanted(**wanted)
    entries = thread.page(["C-2001"], wanted=asked, limit=100).entries
    assert thread.count(["C-2001"], asked) == len(entries)
    return [kind(entry) for entry in entries]


@pytest.fixture
def told(nora: Client, hugo: Client, monday: World) -> None:
    """A call about the case taken by Nora, a visit in general by Hugo, and a letter of the voice before both."""
    log(nora, case=case(), text="Où en est-on ?")
    log(hugo, medium="shop", direction="out", text="Bonjour")


def test_one_chooses_by_the_way(told: None) -> None:
    assert shown(channel="letter") == ["letter"]
    assert shown(channel="call") == ["Où en est-on ?"]
    assert shown(channel="shop") == ["Bonjour"]
    assert shown(channel="email") == []


def test_one_chooses_by_who_said_it(told: None) -> None:
    assert shown(author="customer") == ["Où en est-on ?"]
    assert shown(author="adviser:A-1") == ["Où en est-on ?"]
    assert shown(author="adviser:A-2") == ["Bonjour"]
    assert shown(author="department:billing") == ["contact.phone", "closing_bill.date"]
    assert shown(author="voice", channel="letter") == ["letter"]


def test_authors_are_those_of_the_thread_in_order(told: None) -> None:
    authors = thread.authors(["C-2001"])

    assert authors[:4] == (
        Author(key="customer", name=""),
        Author(key="adviser:A-2", name="Hugo Marchand"),
        Author(key="adviser:A-1", name="Nora Benali"),
        Author(key="voice", name=""),
    )
    assert {one.key.partition(":")[0] for one in authors[4:]} == {"department"}
    assert sum(len(shown(author=one.key)) for one in authors) == len(shown()) + 1  # the call is by two


def test_a_contract_has_what_is_about_it(told: None, monday: World) -> None:
    monday.department("billing").states("closing_bill.date", "2015-03-20", of="K-MOB-2")

    assert shown(contract="K-MOB-2") == ["closing_bill.date"]
    assert shown(contract="K-ADSL-1", channel="call") == ["Où en est-on ?"]
    assert shown(contract="K-ADSL-1", channel="letter") == ["letter"]
    assert len(shown(contract="K-ADSL-1")) == len(shown()) - 2
    assert shown(contract="K-0") == []


def test_a_case_has_its_facts_messages_and_calls(told: None, monday: World) -> None:
    monday.department("billing").states("closing_bill.date", "2015-03-20", of="K-MOB-2")

    of_case = shown(case=case())

    assert sorted(of_case) == sorted(shown(contract="K-ADSL-1"))
    assert shown(case=case(), author="customer") == ["Où en est-on ?"]
    assert shown(case="LC-0000-0000") == []


def test_the_page_shows_what_is_chosen_and_how_much_it_is(nora: Client, told: None) -> None:
    page = nora.get(LENOIR, {"channel": "call", "author": "customer", "contract": "", "case": case()})

    assert "1 entrée · Tout afficher" in words(page)
    assert [kind(entry) for entry in page.context["page"].entries] == ["Où en est-on ?"]
    chosen = re.findall(r'<option value="([^"]+)" selected>', page.content.decode())
    assert chosen == ["call", case(), "customer"]
    assert f"/live?channel=call&amp;case={case()}&amp;author=customer" in page.content.decode()


def test_nothing_found_is_said(nora: Client) -> None:
    page = nora.get(LENOIR, {"author": "adviser:A-77"})

    assert "0 entrée · Tout afficher Rien dans le fil ne correspond." in words(page)
    assert 'value="adviser:A-77" selected' in page.content.decode()


def test_everything_is_shown_without_a_count(nora: Client) -> None:
    assert "Tout afficher" not in words(nora.get(LENOIR))


def test_what_no_screen_of_ours_asks_leads_nowhere(nora: Client) -> None:
    assert nora.get(LENOIR, {"author": "\x00"}).status_code == 404


def test_paging_keeps_to_what_is_chosen(nora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Appel {number}" for number in range(5)]
    for text in texts:
        log(nora, text=text)
    monkeypatch.setattr("ligneclaire.desk.views.customer.ENTRIES", 2)

    read, path = [], f"{LENOIR}?channel=call&author=adviser%3AA-1"
    for _ in range(3):
        page = nora.get(path)
        read.append([kind(entry) for entry in page.context["page"].entries])
        link = re.search(r'id="more"><a class="btn btn-quiet" href="([^"]+)"', page.content.decode())
        path = link[1].replace("&amp;", "&") if link else ""

    assert (read, path) == ([["Appel 4", "Appel 3"], ["Appel 2", "Appel 1"], ["Appel 0"]], "")
    older = nora.get(page.request["PATH_INFO"], {"before": str(page.context["page"].entries[-1].cursor)})
    assert older.context["query"] == ""


def test_news_of_another_kind_does_not_come_in(nora: Client) -> None:
    log(nora, text="Un appel")
    first = nora.get(LENOIR, {"channel": "call"})
    log(nora, text="Une visite", medium="visit")
    log(nora, text="Un autre appel")

    live = nora.get(f"{LENOIR}/live", {"channel": "call", "down_to": str(first.context["down_to"])})

    assert [kind(entry) for entry in live.context["page"].entries] == ["Un autre appel", "Un appel"]
    assert "2 entrées" in words(live)


def queries_of(client: Client, **wanted: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(LENOIR, wanted)
    return len(queries)


def test_choosing_takes_one_query_more_however_much_there_is(nora: Client) -> None:
    took = []
    for count in (1, 3):
        while len(shown(channel="call")) < count:
            log(nora)
        everything = queries_of(nora)
        took.append((everything, queries_of(nora, channel="call", contract="K-ADSL-1", author="customer")))

    assert took == [(21, 22), (21, 22)]


def test_an_entry_is_known_by_its_identifier_still(nora: Client) -> None:
    entry = log(nora)

    [found] = thread.page(["C-2001"], wanted=Wanted(channel="call"), limit=2).entries
    assert not isinstance(found, FactEntry)
    assert found.uuid == UUID(entry)
