"""A label and a receipt in the words of their reader."""

from __future__ import annotations

import pytest

from ligneclaire.channels.content import Detail
from ligneclaire.channels.letter.label import Thing
from ligneclaire.contracts.queries.household import HeldEquipment
from ligneclaire.voice.wording import papers
from voice.gate import CALENDAR, at

EQUIPMENT = (
    HeldEquipment(kind="Box", serial="LB-1"),
    HeldEquipment(kind="tv decoder", serial="TV-2"),
    HeldEquipment(kind="hub", serial="H-3"),
)
HANDED_OVER = papers.HandOver(
    customer="M. et Mme Lenoir",
    contract="K-ADSL-1",
    place="Boutique de Bordeaux",
    taken_by="Nora Benali",
    at=at("2026-11-22 14:05"),
)


@pytest.mark.parametrize(
    ("language", "title", "names"),
    [
        ("fr", "Votre étiquette de retour", ["Box", "Décodeur TV", "Hub"]),
        ("en", "Your return label", ["Box", "TV decoder", "Hub"]),
        ("es", "Votre étiquette de retour", ["Box", "Décodeur TV", "Hub"]),
    ],
)
def test_a_label_lists_each_piece_by_its_usual_name(language: str, title: str, names: list[str]) -> None:
    label = papers.label(
        language=language,
        reference="RT-1",
        sender=("MME LENOIR", "33000 BORDEAUX"),
        recipient=("RETOURS", "59000 LILLE"),
        contents=EQUIPMENT,
        calendar=CALENDAR,
        at=at("2026-11-22 23:30"),
    )

    assert label.words.title == title
    assert label.contents == tuple(
        Thing(name=name, serial=one.serial) for name, one in zip(names, EQUIPMENT, strict=True)
    )
    assert label.dated_on.isoformat() == "2026-11-22"
    assert len(label.words.steps) == 4


@pytest.mark.parametrize(
    ("language", "details"),
    [
        (
            "fr",
            {
                "Remis par": "M. et Mme Lenoir",
                "Contrat": "K-ADSL-1",
                "Lieu": "Boutique de Bordeaux",
                "Date et heure": "22 novembre 2026 à 14 h 05",
                "Reçu par": "Nora Benali",
            },
        ),
        (
            "en",
            {
                "Handed over by": "M. et Mme Lenoir",
                "Contract": "K-ADSL-1",
                "Place": "Boutique de Bordeaux",
                "Date and time": "22 November 2026 at 14:05",
                "Received by": "Nora Benali",
            },
        ),
    ],
)
def test_a_receipt_says_from_whom_where_when_and_to_whom(language: str, details: dict[str, str]) -> None:
    receipt = papers.receipt(
        language=language,
        reference="RT-1",
        operator=("Télécom Ligne Claire", "59000 LILLE"),
        contents=EQUIPMENT[:1],
        hand_over=HANDED_OVER,
        calendar=CALENDAR,
    )

    assert receipt.details == tuple(Detail(name=name, value=value) for name, value in details.items())
    assert receipt.contents == (Thing(name="Box", serial="LB-1"),)
    assert "{" not in f"{receipt.words}"
