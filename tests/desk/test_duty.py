"""When adviser and backup are both away, who is on duty answers, and case and day say why; until one is back."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from builders import a_world, the_story_world
from ligneclaire.cases.queries import cards
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.states import AbsenceReason
from world import MONDAY, World

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
TODAY = date(2015, 2, 16)


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def away(adviser: str, until: date | None) -> None:
    record_absence(adviser=adviser, period=Period(TODAY, until), reason=AbsenceReason.LEAVE, by=SYSTEM, at=AT)


def on_duty(adviser: str) -> None:
    document = the_story_world()
    document["operator"]["duty"] = adviser
    a_world(document, at=AT)


def todays(client: Client) -> list[tuple[str, str]]:
    return [(one.owner, one.reference) for one in client.get("/").context["lists"]["cases"].rows]


def test_the_cases_of_who_is_away_stand_before_who_is_on_duty(
    monday: World, nora: Client, hugo: Client, ines: Client
) -> None:
    on_duty("A-3")
    [case] = [card.reference for card in cards.of("C-2001")]
    assert (todays(hugo), todays(ines)) == ([], [])

    away("A-1", date(2015, 2, 21))
    assert (todays(hugo), todays(ines)) == ([("A-1", case)], [])
    assert "Nora Benali revient le 21 février : vous répondez" in words(hugo.get("/"))
    assert "absence, retour le 21 février : Hugo Marchand répond" in words(nora.get(f"/cases/{case}"))

    away("A-2", None)
    assert (todays(hugo), todays(ines)) == ([], [("A-1", case)])
    assert "absence de Nora Benali et de Hugo Marchand : vous êtes de permanence" in words(ines.get("/"))
    page = words(ines.get(f"/cases/{case}"))
    assert (
        "absence de Nora Benali, retour le 21 février, et de Hugo Marchand : Inès Caron, de permanence, répond" in page
    )
    asked = ines.get("/").context["lists"]["questions"].of_mine
    assert [question.key for question in asked] == [card.key for card in cards.open_questions()]
    assert todays(nora) == [("A-1", case)]  # it is hers all along


def test_nobody_knows_until_when(monday: World, nora: Client, hugo: Client, ines: Client) -> None:
    on_duty("A-3")
    [case] = [card.reference for card in cards.of("C-2001")]
    away("A-1", None)
    assert "absence de Nora Benali : vous répondez" in words(hugo.get("/"))
    assert "Hugo Marchand répond" in words(nora.get(f"/cases/{case}"))

    away("A-2", date(2015, 2, 18))
    assert "absence de Nora Benali et de Hugo Marchand : Inès Caron, de permanence, répond" in words(
        nora.get(f"/cases/{case}")
    )
