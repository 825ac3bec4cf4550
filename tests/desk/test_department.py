"""A clerk of a department without an API states facts by hand, changes them and takes them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from desk.conftest import clerk_of
from ligneclaire.facts.models import Fact, Payload
from ligneclaire.people.rules.plain import plain
from ligneclaire.voice.queries.by_source import StatedFact
from ligneclaire.voice.topics import STATABLE
from world import MONDAY, World

pytestmark = pytest.mark.django_db
FORM = UUID(int=7)
AMOUNT = "/department/state?topic=closing_bill.amount"


def typed(**fields: str) -> dict[str, str]:
    return {"form": str(FORM), "number": "K-ADSL-1", "value": "59,90"} | fields


def stated(source: str = "billing") -> list[tuple[object, ...]]:
    """What was stated by hand: topic, subject, value, from when, by whom."""
    by_hand = Fact.objects.filter(source=source, by__startswith="clerk:").order_by("pk")
    values = dict(Payload.objects.values_list("fact_id", "value"))
    return [(fact.kind, fact.subject, values[fact.pk], fact.effective and str(fact.effective)) for fact in by_hand]


def newest(client: Client) -> list[StatedFact]:
    return [one.fact for one in client.get("/department").context["facts"]]


def sent(client: Client, path: str, fields: dict[str, str]) -> str:
    """Where a form that was accepted leads."""
    answer = client.post(path, fields)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_menu_of_each_leads_only_where_they_may_go(clerk: Client, nora: Client) -> None:
    def led(client: Client, start: str) -> set[str]:
        menu = re.search(r'<details class="menu">.*?</details>', client.get(start).content.decode(), re.DOTALL)
        assert menu
        return {path for path in re.findall(r'<a href="(/[^"]*)"', menu[0]) if client.get(path).status_code != 403}

    assert led(nora, "/") == {"/turns", "/letters", "/network", "/texts", "/absences", "/account"}
    assert led(clerk, "/department") == set()
    assert "/account" not in clerk.get("/department").content.decode()


def test_a_clerk_states_an_amount_and_sees_what_comes_of_it(clerk: Client, monday: World) -> None:
    assert "somme, comme 300,00" in clerk.get(f"{AMOUNT}&number=k-adsl-1").content.decode()

    page = clerk.get(sent(clerk, AMOUNT, typed(effective="2015-02-20")))

    amount = {"amount": "59.90", "currency": "EUR"}
    assert stated() == [("closing_bill.amount", "contract:K-ADSL-1", amount, "2015-02-20")]
    assert re.search(r"Déclaré\s:\s*<strong>Montant de la dernière facture</strong> .*59,90", page.content.decode())
    [fact, *_] = newest(clerk)
    assert (fact.kind, fact.end, fact.source_id) == ("closing_bill.amount", "waiting", f"form/{FORM}")
    page_of_it = clerk.get(f"/department/facts/{fact.id}").content.decode()
    assert "En attente." in page_of_it
    assert "Marie Petit" in page_of_it

    monday.it_is("2015-02-18T12:00")

    assert ("closing_bill.amount", "said") in [(one.kind, one.end) for one in newest(clerk)]
    assert ("closing_bill.amount", amount) in monday.customer("C-2001").heard()[-1].topics


def test_the_same_form_sent_twice_states_once(clerk: Client, clock_at: Callable[[datetime], None]) -> None:
    first = sent(clerk, AMOUNT, typed())
    clock_at(datetime.fromisoformat(MONDAY) + timedelta(minutes=5))

    assert sent(clerk, AMOUNT, typed()) == first
    assert len(stated()) == 1


def test_another_content_under_the_same_form_is_refused(clerk: Client) -> None:
    sent(clerk, AMOUNT, typed())

    answer = clerk.post(AMOUNT, typed(value="61"))

    assert answer.status_code == 422
    assert "Autre chose a déjà été déclaré avec ce formulaire" in answer.content.decode()
    assert len(stated()) == 1


@pytest.mark.parametrize(
    ("topic", "fields", "fault"),
    [
        ("closing_bill.amount", {"number": ""}, "Saisissez le numéro du contrat ou du client."),
        ("closing_bill.amount", {"number": "K-404"}, "Aucun contrat ni client n’a ce numéro"),
        ("closing_bill.amount", {"number": "c-2001"}, "plusieurs contrats\u00a0: K-FIX-3, K-MOB-2, K-ADSL-1"),
        ("closing_bill.amount", {"value": ""}, "Saisissez la valeur."),
        ("closing_bill.amount", {"value": "1.234"}, "Ce n’est pas une somme"),
        ("closing_bill.amount", {"effective": "31/02/2015"}, "Ce n’est pas un jour"),
        ("closing_bill.amount", {"effective": "2001-01-01"}, "antérieur au début du contrat"),
        ("closing_bill.date", {"value": "soon"}, "Ce n’est pas un jour"),
        ("closing_bill.date", {"value": "2001-01-01"}, "antérieur au début du contrat"),
        ("equipment.days_after_formal_notice", {"value": "-1"}, "nombre entier de jours"),
        ("equipment.to_return", {"value": " "}, "Saisissez la valeur."),
        ("contract.goes_on", {"value": ""}, "Choisissez oui ou non."),
        ("termination.requested", {"value": ""}, "Choisissez comment c’est arrivé."),
        ("termination.requested", {"value": "letter", "wished_on": "soon"}, "Ce n’est pas un jour"),
        ("closing_bill.amount", {"form": "x"}, "l’envoyer à nouveau"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(
    clerk: Client, topic: str, fields: dict[str, str], fault: str
) -> None:
    answer = clerk.post(f"/department/state?topic={topic}", typed(**fields))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert fault in page
    assert {name: answer.context["form"][name].value() for name in fields} == fields
    assert stated() == []


@pytest.mark.parametrize(
    ("topic", "fields", "value"),
    [
        ("closing_bill.date", {"value": "5/3/2015"}, "2015-03-05"),
        ("equipment.to_return", {"value": "box\r\nremote control"}, ["box", "remote control"]),
        ("equipment.days_after_formal_notice", {"value": "10 jours"}, 10),
        ("contract.goes_on", {"value": "yes"}, True),
        ("fees.formula", {"value": "20% of 10 x 30.00 EUR"}, "20% of 10 x 30.00 EUR"),
        ("contract.closed", {"value": ""}, {}),
        (
            "termination.requested",
            {"value": "letter", "wished_on": "2015-05-01"},
            {"received_by": "letter", "wished_on": "2015-05-01"},
        ),
    ],
)
def test_each_topic_takes_what_people_type(clerk: Client, topic: str, fields: dict[str, str], value: object) -> None:
    path = f"/department/state?topic={topic}"
    assert clerk.get(path).status_code == 200

    sent(clerk, path, typed(**fields))

    assert stated() == [(topic, "contract:K-ADSL-1", value, None)]


def test_a_move_is_taken_back_for_a_customer_who_called_or_wrote(clerk: Client, monday: World) -> None:
    monday.department("contracts").passes_on("move.requested", of="K-FIX-7", to="3 rue du Four, 63510 Malintrat")
    path = "/department/state?topic=move.withdrawn"
    unreadable = clerk.post(path, typed(number="K-FIX-7", value="pigeon"))
    sent(clerk, path, typed(number="K-FIX-7", value="letter"))
    again = clerk.post(path, typed(number="K-FIX-7", value="letter", form=str(uuid4())))

    assert (unreadable.status_code, again.status_code) == (422, 422)
    assert "Aucun déménagement ne peut être annulé" in again.content.decode()
    assert [(kind, subject, value) for kind, subject, value, _ in stated() if kind == "move.withdrawn"] == [
        ("move.withdrawn", "contract:K-FIX-7", {"received_by": "letter"})
    ]


def test_the_number_of_a_customer_with_one_contract_is_enough(clerk: Client) -> None:
    sent(clerk, AMOUNT, typed(number="C-5001"))

    assert [subject for _, subject, _, _ in stated()] == ["contract:K-FIX-51"]


@pytest.mark.parametrize("topic", ["", "contact.phone", "offer.promotion", "voice.contradiction_settled", "no.such"])
def test_what_departments_do_not_state_has_no_form(clerk: Client, topic: str) -> None:
    path = f"/department/state?topic={topic}"

    assert (clerk.get(path)["Location"], clerk.post(path, typed())["Location"]) == ("/department", "/department")
    assert stated() == []


def test_topics_of_the_department_come_first(clerk: Client) -> None:
    topics = clerk.get("/department").context["topics"]

    own, common, others = ({one.key for one in group} for group in (topics.own, topics.common, topics.others))
    assert own == {topic.key for topic in STATABLE if any("billing" in rank for rank in topic.ranks)}
    assert {"closing_bill.date", "refund.paid"} <= own
    assert common == {topic.key for topic in STATABLE if not topic.ranks}
    assert {"equipment.to_return", "contract.ends_on"} <= others
    assert own | common | others == {topic.key for topic in STATABLE}
    assert [key for key in own | common | others if key.startswith(("contact.", "offer."))] == []
    for group in (topics.own, topics.common, topics.others):
        assert [one.name for one in group] == sorted((one.name for one in group), key=plain)


def test_a_change_is_stated_anew_of_the_same_contract_and_topic(
    clerk: Client, clock_at: Callable[[datetime], None]
) -> None:
    sent(clerk, AMOUNT, typed(effective="2015-02-20"))
    [before, *_] = newest(clerk)
    path = f"/department/facts/{before.id}/change"
    form = clerk.get(path).content.decode()
    assert 'value="59.90 EUR"' in form
    assert 'value="2015-02-20"' in form
    clock_at(datetime.fromisoformat(MONDAY) + timedelta(minutes=5))

    assert clerk.post(path, typed(value="x", form=str(uuid4()))).status_code == 422
    sent(clerk, path, typed(number="K-MOB-2", value="61,00", form=str(uuid4())))

    assert [(subject, value) for _, subject, value, _ in stated()] == [
        ("contract:K-ADSL-1", {"amount": "59.90", "currency": "EUR"}),
        ("contract:K-ADSL-1", {"amount": "61.00", "currency": "EUR"}),
    ]


def test_what_is_taken_back_counts_no_longer(
    clerk: Client, monday: World, clock_at: Callable[[datetime], None]
) -> None:
    sent(clerk, AMOUNT, typed())
    [fact, *_] = newest(clerk)
    assert "Retirer" in clerk.get(f"/department/facts/{fact.id}").content.decode()
    clock_at(datetime.fromisoformat(MONDAY) + timedelta(minutes=5))

    page = clerk.get(sent(clerk, f"/department/facts/{fact.id}/withdraw", {}))
    sent(clerk, f"/department/facts/{fact.id}/withdraw", {})

    assert "Retiré\u00a0:" in page.content.decode()
    assert [kind for kind, *_ in stated()] == ["closing_bill.amount", "fact.withdrawn"]
    withdrawal, gone, *_ = newest(clerk)
    assert (gone.can_change, gone.can_withdraw, withdrawal.can_withdraw) == (False, False, False)
    assert clerk.get(f"/department/facts/{fact.id}/change")["Location"] == f"/department/facts/{fact.id}"
    assert clerk.post(f"/department/facts/{withdrawal.id}/withdraw").status_code == 404
    assert clerk.get(f"/department/facts/{withdrawal.id}").status_code == 200
    monday.it_is("2015-02-18T12:00")
    assert [one.end for one in newest(clerk)[:2]] == ["not for customers", "withdrawn"]
    assert "closing_bill.amount" not in [key for _, keys in monday.customer("C-2001").topics_heard() for key in keys]


def test_an_event_is_not_changed(clerk: Client) -> None:
    sent(clerk, "/department/state?topic=contract.closed", typed(value=""))

    [fact, *_] = newest(clerk)
    assert (fact.can_change, fact.can_withdraw) == (False, True)


def test_a_department_sees_and_changes_its_own_facts_only(clerk: Client) -> None:
    other = clerk_of("equipment", "paul", "Paul Roy")
    theirs = [fact.id for fact in newest(other)]
    assert theirs
    assert {fact.id for fact in newest(clerk)}.isdisjoint(theirs)

    for path in ("", "/change"):
        assert clerk.get(f"/department/facts/{theirs[0]}{path}").status_code == 404
    assert clerk.post(f"/department/facts/{theirs[0]}/withdraw").status_code == 404
    assert "Déclaré\u00a0:" not in clerk.get(f"/department?stated={theirs[0]}").content.decode()
    assert "Déclaré\u00a0:" not in clerk.get("/department?stated=x").content.decode()


def test_the_page_asks_little_of_the_database(clerk: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sent(clerk, AMOUNT, typed())
    with django_assert_num_queries(5):  # session, login, operator, facts, clerks
        clerk.get("/department")
    for number in range(2):
        sent(clerk, AMOUNT, typed(form=str(UUID(int=number))))
    with django_assert_num_queries(5):
        clerk.get("/department")


def test_the_screen_speaks_english_too(clerk: Client) -> None:
    page: Any = clerk.get("/department", headers={"Accept-Language": "en"})

    assert "What your department stated last" in page.content.decode()
