"""What contract pages say of commitment and RIO, to the customer and to the adviser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from builders import a_world, the_story_world
from world import World

BOUND = {"accepted_on": "2014-01-20", "months": 24, "subsidised_handset": False, "before_month_twelve": "full to end"}
SALES = re.compile(r"offre|promo|réduction|remise|profite|cadeau|avantage|fidélité|rester", re.IGNORECASE)


def mobile(**terms: Any) -> None:
    """Mme Aubert's mobile contract has terms."""
    document = the_story_world()
    contract = document["customers"][2]["contracts"][0]
    contract |= {"line": "06 39 98 00 01", "since": "2014-01-20", **terms}
    a_world(document)


def page(client: Client, path: str = "/espace/contrats") -> str:
    return " ".join(client.get(path).content.decode().split())


def behind_a_click(text: str) -> str:
    """What stands with the RIO, once it is asked for."""
    [told] = [part for part in re.findall(r"<details[^>]*>.*?</details>", text) if "RIO" in part]
    return str(told).replace("\u00a0", " ").replace("\u202f", " ").replace("\u00a0", " ")


def test_ter_21_a_commitment_is_shown_with_what_is_left_of_it(monday: World, aubert: Client) -> None:
    mobile(commitment=BOUND)

    assert "engagé jusqu’au 20 janvier 2016, 12 mois restants" in page(aubert)


@pytest.mark.parametrize(
    ("months", "said"), [(14, "engagé jusqu’au 20 mars 2015, 2 mois restants"), (12, "sans engagement")]
)
def test_ter_21_a_month_begun_counts_and_what_is_over_is_none(
    monday: World, aubert: Client, months: int, said: str
) -> None:
    mobile(commitment=BOUND | {"months": months})

    assert said in page(aubert)


def test_ter_21_the_last_month_is_one(monday: World, nora: Client) -> None:
    mobile(commitment=BOUND | {"months": 13})

    assert "engagé jusqu’au 20 février 2015, 1 mois restant" in page(nora, "/customers/C-3001")


def test_ter_21_the_desk_says_the_same(monday: World, nora: Client) -> None:
    assert "sans engagement" in page(nora, "/customers/C-3001")
    mobile(committed_until="2015-06-01")

    assert re.search(r"engagé jusqu’au 1er juin 2015 *</p>", page(nora, "/customers/C-3001"))


def test_por_02_the_rio_is_told_after_a_click(monday: World, aubert: Client, nora: Client) -> None:
    assert "RIO" not in page(aubert)
    mobile(commitment=BOUND, rio="02 P ABC123 IHE")
    sentence = (
        "L’engagement de Mme Aubert contracté le 20/01/2014 prendra fin le 20/01/2016. Le RIO est : 02 P ABC123 IHE"
    )

    assert sentence in behind_a_click(page(aubert))
    assert "ABC123" not in page(nora, "/customers/C-3001")


def test_por_03_nothing_is_sold_beside_a_rio(monday: World, aubert: Client) -> None:
    mobile(rio="02PABC123IHE")

    assert not SALES.search(behind_a_click(page(aubert)))
