"""Where the network and the records disagree, on the desk: each with somebody and a day, settled with a note."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from desk.conftest import log_in
from desk.test_lines import NOW, shown, surveys
from ligneclaire.cases.actions.take_up_differences import take_up_differences
from ligneclaire.cases.queries import reads
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.network.actions.settle_difference import settle_difference
from ligneclaire.network.models import Difference
from ligneclaire.network.queries import differences, resources
from ligneclaire.network.states import Seen
from ligneclaire.network.values import ObservationEntry
from ligneclaire.people.actions.set_supervision import set_supervision
from network.street import HER_PAIR
from world import World

pytestmark = pytest.mark.django_db
IN_TOWN = "63000-A1-104"


@pytest.fixture
def boss(hugo: Client) -> Client:
    """Hugo supervises."""
    set_supervision(username="hugo", is_supervisor=True, by=SYSTEM, at=NOW)
    return hugo


@pytest.fixture(autouse=True)
def seen(monday: World) -> None:
    """Mme Roussel's pair is dead; the pair that is free in the village is in use; nobody knows a third."""
    surveys(
        ObservationEntry(resource=IN_TOWN, number="", seen=Seen.SILENT),
        ObservationEntry(resource=HER_PAIR, number="+33465710404", seen=Seen.ACTIVE),
        ObservationEntry(resource="63510-D4-777", number="", seen=Seen.ACTIVE),
    )
    Difference.objects.filter(resource="63510-D4-777").update(owner="A-3", due_on=date(2015, 2, 14))
    take_up_differences(by=SYSTEM, at=NOW)


def listed(client: Client, path: str = "/differences") -> list[str]:
    return re.findall(r'<span class="number">([^<]*)</span>', client.get(path).content.decode().split("<main")[1])


def of(resource: str) -> UUID:
    return Difference.objects.get(resource=resource).uuid


def test_everybody_sees_theirs_by_day_and_a_supervisor_all(boss: Client, ines: Client) -> None:
    assert listed(boss) == [IN_TOWN, HER_PAIR]
    assert listed(boss, "/differences?whose=all") == ["63510-D4-777", IN_TOWN, HER_PAIR]
    assert listed(ines) == ["63510-D4-777"]
    assert listed(ines, "/differences?whose=all") == ["63510-D4-777"]


def test_a_row_says_what_whose_by_when_and_in_which_case(boss: Client) -> None:
    case = Difference.objects.get(resource=IN_TOWN).case

    text = shown(boss, "/differences?whose=all")

    assert (
        "En service, mais nos données ne le connaissent pas au plus tard le 14 février 2015 en retard "
        "63510-D4-777 · Inès" in text
    )
    assert f"au plus tard le 18 février 2015 {IN_TOWN} · ligne K-FIX-7 · {case} · Hugo" in text
    assert f"{HER_PAIR} · 04 65 71 04 04 · Hugo" in text


def test_whoever_stands_in_sees_theirs_too(monday: World) -> None:
    assert listed(log_in("A-1", "nora")) == []


def test_nothing_open_is_said_so(nora: Client) -> None:
    assert "Le réseau et nos données concordent." in shown(nora, "/differences")


def test_many_are_turned_page_by_page(boss: Client) -> None:
    row = Difference.objects.get(resource=HER_PAIR)
    for number in range(60):
        row.pk, row.uuid, row.resource = None, UUID(int=number + 1), f"X-{number:02}"
        row.save()

    first, second = boss.get("/differences?whose=all"), boss.get("/differences?whose=all&page=2")

    assert [len(page.context["list"].rows) for page in (first, second)] == [50, 13]
    assert 'href="?whose=all&amp;page=2"' in first.content.decode()


def test_one_is_settled_with_what_was_found_and_the_pair_can_be_given_again(boss: Client) -> None:
    path = f"/differences/{of(HER_PAIR)}"
    text = shown(boss, path)
    assert "Quoi 63510-D4-017 , paire de cuivre Numéro qui répond 04 65 71 04 04 Constaté" in text
    assert "À examiner au plus tard le 18 février 2015, Hugo" in text
    assert "Personne ne l’utilise finalement" in text

    answer = boss.post(f"{path}/settle", {"note": "Un fil volant, retiré.", "is_free": "on"})

    assert answer["Location"] == "/differences"
    row = Difference.objects.get(resource=HER_PAIR)
    assert (row.state, row.note, row.closed_by) == ("settled", "Un fil volant, retiré.", "adviser:A-2")
    card = resources.card(HER_PAIR)
    assert card is not None
    assert card.holding is None
    assert "réglé" in shown(boss, path)
    assert "De quoi s’agissait-il" not in shown(boss, path)


def test_without_a_note_nothing_is_settled(boss: Client) -> None:
    answer = boss.post(f"/differences/{of(HER_PAIR)}/settle", {"note": " ", "is_free": "on"})

    assert (answer.status_code, "Indiquez ce qui a été constaté" in answer.content.decode()) == (422, True)
    assert Difference.objects.get(resource=HER_PAIR).state == "open"


def test_who_comes_too_late_is_told(boss: Client) -> None:
    uuid = of(HER_PAIR)
    settle_difference(difference=uuid, note="Vu.", by=SYSTEM, at=NOW)

    answer = boss.post(f"/differences/{uuid}/settle", {"note": "Un fil volant."})

    assert (answer.status_code, "quelqu’un a été plus rapide" in answer.content.decode()) == (422, True)
    assert Difference.objects.get(pk=Difference.objects.get(resource=HER_PAIR).pk).note == "Vu."


def test_one_about_a_customers_line_is_a_reading_of_their_record(boss: Client, ines: Client) -> None:
    path = f"/differences/{of(IN_TOWN)}"
    settle_path = f"{path}/settle"

    assert "Qu’est-ce qui vous amène" in ines.get(path).content.decode()
    assert "Qu’est-ce qui vous amène" in ines.post(settle_path, {"note": "x"}).content.decode()
    assert reads.of(["C-4001"], limit=5) == ()
    assert "Client Mme Roussel" in shown(boss, path)
    assert [one.adviser for one in reads.of(["C-4001"], limit=5)] == ["A-2"]
    assert "Personne ne l’utilise finalement" not in shown(boss, path)
    assert Difference.objects.get(resource=IN_TOWN).state == "open"


def test_one_of_which_the_records_know_nothing_has_a_page_too(ines: Client) -> None:
    assert "Quoi 63510-D4-777 Constaté" in shown(ines, f"/differences/{of('63510-D4-777')}")


def test_one_that_is_no_longer_so_says_so(boss: Client) -> None:
    surveys(ObservationEntry(resource=IN_TOWN, number="", seen=Seen.ACTIVE), at=NOW + timedelta(hours=1))

    assert "n’est plus constaté" in shown(boss, f"/differences/{of(IN_TOWN)}")


def test_what_is_no_difference_has_no_page(nora: Client) -> None:
    assert nora.get(f"/differences/{UUID(int=1)}").status_code == 404
    assert differences.card(UUID(int=1)) is None
