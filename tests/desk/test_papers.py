"""Advisers print the return label and the receipts that customers have in their space."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from channels.paper import Paper
from ligneclaire.voice.queries import papers
from world import World

pytestmark = pytest.mark.django_db


def test_a_label_exists_while_equipment_has_to_come_back(nora: Client, monday: World) -> None:
    address = reverse("desk:label", args=["C-2001", "K-ADSL-1"])
    answer = nora.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert address in nora.get(reverse("desk:customer", args=["C-2001"])).content.decode()
    monday.department("equipment").states("equipment.received", ["box", "tv decoder"])
    monday.it_is("2015-02-16T10:00:01+01:00")
    assert nora.get(address).status_code == 404


@pytest.mark.parametrize(("customer", "contract"), [("C-2001", "K-MOB-2"), ("C-3001", "K-ADSL-1"), ("C-9", "K-9")])
def test_there_is_no_label_where_nothing_comes_back(nora: Client, customer: str, contract: str) -> None:
    assert nora.get(reverse("desk:label", args=[customer, contract])).status_code == 404


def test_every_hand_over_has_a_receipt_that_names_what_where_and_when(nora: Client, monday: World) -> None:
    monday.department("shop").states("equipment.received", ["TV-2210-7781"], as_="r1")
    monday.it_is("2015-02-16T11:00:00+01:00")
    monday.department("equipment").states("equipment.received", ["box", "cable"])
    monday.it_is("2015-02-16T11:00:01+01:00")
    parcel, shop = papers.hand_overs(["C-2001"])
    answer = nora.get(reverse("desk:receipt", args=["C-2001", shop.number]))

    assert [(one.contract, one.place, one.names) for one in (parcel, shop)] == [
        ("K-ADSL-1", "Équipements", ("box", "cable")),
        ("K-ADSL-1", "Boutique", ("TV-2210-7781",)),
    ]
    assert answer.status_code == 200
    said = Paper(answer.content).text(0)
    assert [text in said for text in ("TV-2210-7781", "Boutique", "LB-4471-0093")] == [True, True, False]
    assert nora.get(reverse("desk:receipt", args=["C-3001", shop.number])).status_code == 404


def test_what_was_taken_back_has_no_receipt(nora: Client, monday: World) -> None:
    monday.department("shop").states("equipment.received", ["box"], as_="r1")
    monday.department("shop").takes_back("r1")
    monday.it_is("2015-02-16T10:00:01+01:00")

    assert papers.hand_overs(["C-2001"]) == ()


def test_a_step_whose_day_passed_waits_for_its_owner_today(nora: Client, monday: World) -> None:
    monday.it_is("2015-03-06T00:00:01+01:00")

    page = nora.get("/")

    late = page.context["lists"]["steps"].rows
    assert [(one.customer, one.name, one.department, one.expected_on.isoformat()) for one in late] == [
        ("C-2001", "issue_closing_bill", "Facturation", "2015-03-05")
    ]
    assert "Dernière facture · Facturation · Nora Benali" in page.content.decode()
