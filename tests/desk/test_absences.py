"""Who is away is planned and seen at the desk: own days by everybody, anybody's by a supervisor."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ligneclaire.cases.queries import cards
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.period import Period
from ligneclaire.people.actions.record_absence import record_absence
from ligneclaire.people.actions.set_supervision import set_supervision
from ligneclaire.people.models import Absence, Adviser, Operator, Territory
from ligneclaire.people.states import AbsenceReason
from world import MONDAY

pytestmark = pytest.mark.django_db
AT = datetime.fromisoformat(MONDAY)
TODAY = date(2015, 2, 16)
WANTED = {"first": "17/02/2015", "last": "20/02/2015", "reason": "LEAVE"}
QUERIES = 12


@pytest.fixture
def boss(nora: Client) -> Client:
    """Nora's browser, who looks after the others too."""
    set_supervision(username="nora", is_supervisor=True, by=SYSTEM, at=AT)
    return nora


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ").split())


def away(adviser: str, first: date, end: date | None, reason: AbsenceReason | None = None) -> str:
    return str(record_absence(adviser=adviser, period=Period(first, end), reason=reason, by=SYSTEM, at=AT))


def standing() -> list[tuple[str, date, date | None, str]]:
    rows = Absence.objects.order_by("adviser__number", "period")
    return [(row.adviser_id, row.period.lower, row.period.upper, row.reason) for row in rows]


def test_an_adviser_plans_their_own_days_and_the_lists_say_who_answers(hugo: Client, ines: Client) -> None:
    answer = ines.post("/absences", WANTED | {"adviser": "A-3"}, follow=True)

    assert standing() == [("A-3", date(2015, 2, 17), date(2015, 2, 21), "LEAVE")]
    assert answer.redirect_chain == [("/absences", 302)]
    assert "C’est prévu" in words(answer)
    assert "Les miennes Inès Caron du 17 février 2015 au 20 février 2015 (congé) Modifier" in words(answer)
    others = words(hugo.get("/absences"))
    assert "Inès Caron du 17 février 2015 au 20 février 2015 Hugo Marchand répond Prévoir mon absence" in others
    assert "congé)" not in others  # why is nobody's business but theirs and the supervisors'
    assert '<a href="/absences">' in hugo.get("/").content.decode()


def test_nobody_plans_for_somebody_else_but_a_supervisor_does_from_now_on(hugo: Client, boss: Client) -> None:
    refused = hugo.post("/absences", WANTED | {"adviser": "A-3"})
    assert (refused.status_code, standing()) == (422, [])
    assert 'name="adviser" value="A-2"' in refused.content.decode()

    boss.post("/absences", {"adviser": "A-2", "first": "", "last": "", "reason": "UNPLANNED"})
    assert standing() == [("A-2", TODAY, None, "UNPLANNED")]
    page = words(boss.get("/absences"))
    assert "Absents aujourd’hui Hugo Marchand à partir du 16 février 2015 (imprévu) Nora Benali répond" in page


def test_backup_and_duty_take_over_where_the_case_is_shown(boss: Client, hugo: Client, ines: Client) -> None:
    [case] = [card.reference for card in cards.of("C-2001")]
    boss.post("/absences/duty", {"duty-team": "75", "duty-adviser": "A-3"})
    boss.post("/absences", {"adviser": "A-1", "first": "", "last": "20/02/2015"})
    assert "Nora Benali revient le 21 février : vous répondez" in words(hugo.get("/"))

    boss.post("/absences", {"adviser": "A-2", "first": "", "last": ""})
    page = words(boss.get("/absences"))

    assert "absence de Hugo Marchand aussi : Inès Caron, de permanence, répond" in page
    assert "absence de Nora Benali aussi : Inès Caron, de permanence, répond" in page
    assert "vous êtes de permanence" in words(ines.get("/"))
    assert "Inès Caron, de permanence, répond" in words(ines.get(f"/cases/{case}"))


def test_everybody_who_could_answer_is_away(boss: Client) -> None:
    away("A-1", TODAY, None)
    away("A-2", TODAY, None)

    assert words(boss.get("/absences")).count("tous ceux qui pourraient répondre sont absents") == 2


@pytest.mark.parametrize(
    ("entered", "field", "said"),
    [
        ({"last": "16/02/2015"}, "last", "Le dernier jour est avant le premier."),
        ({"first": "15/02/2015"}, "first", "Ce jour est passé\u00a0: une absence commence aujourd’hui ou plus tard."),
        (
            {"first": "23/02/2015", "last": "28/02/2015"},
            "first",
            "Une absence est déjà prévue pour l’un de ces jours\u00a0: modifiez plutôt celle-ci.",
        ),
        ({"first": "le jour J"}, "first", "Écrivez le jour ainsi\u00a0: 31/01/2027."),
        ({"reason": "WEATHER"}, "reason", "Sélectionnez un choix valide. WEATHER n’en fait pas partie."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_planned(
    hugo: Client, entered: dict[str, str], field: str, said: str
) -> None:
    away("A-2", date(2015, 2, 23), date(2015, 2, 25))
    before = standing()

    answer = hugo.post("/absences", WANTED | {"adviser": "A-2"} | entered)

    assert (answer.status_code, standing()) == (422, before)
    assert answer.context["form"].errors == {field: [said]}
    assert f'id="id_{field}_error">{said}</p>' in answer.content.decode()


def test_an_absence_is_changed_and_taken_back_by_its_owner(hugo: Client, ines: Client) -> None:
    uuid = away("A-2", date(2015, 2, 23), date(2015, 2, 25), AbsenceReason.LEAVE)

    page = hugo.get(f"/absences/{uuid}").content.decode()
    assert 'value="23/02/2015"' in page
    assert 'value="24/02/2015"' in page
    assert ines.get(f"/absences/{uuid}").status_code == 403
    assert ines.post(f"/absences/{uuid}", WANTED).status_code == 403
    assert ines.post(f"/absences/{uuid}/end").status_code == 403
    assert standing() == [("A-2", date(2015, 2, 23), date(2015, 2, 25), "LEAVE")]

    changed = hugo.post(f"/absences/{uuid}", {"first": "20/02/2015", "last": "", "reason": ""})
    assert (changed.status_code, standing()) == (302, [("A-2", date(2015, 2, 20), None, "")])

    assert "L’absence est annulée." in words(hugo.post(f"/absences/{uuid}/end", follow=True))
    assert standing() == []
    assert hugo.get(f"/absences/{uuid}").status_code == 404


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"first": "15/02/2015"}, "Les jours passés restent tels qu’ils étaient."),
        (
            {"first": "17/02/2015", "last": "24/02/2015"},
            "Une absence est déjà prévue pour l’un de ces jours\u00a0: modifiez plutôt celle-ci.",
        ),
    ],
)
def test_a_change_that_cannot_be_is_said_beside_the_field(hugo: Client, entered: dict[str, str], said: str) -> None:
    uuid = away("A-2", date(2015, 2, 20), date(2015, 2, 21))
    away("A-2", date(2015, 2, 23), date(2015, 2, 25))
    before = standing()

    answer = hugo.post(f"/absences/{uuid}", entered)

    assert (answer.status_code, standing()) == (422, before)
    assert answer.context["form"].errors == {"first": [said]}


def test_who_is_back_earlier_is_said_by_name_and_once(boss: Client) -> None:
    uuid = away("A-2", TODAY, date(2015, 3, 1))
    Absence.objects.update(period=[date(2015, 2, 10), date(2015, 3, 1)])

    assert "Hugo Marchand est de retour dès aujourd’hui." in words(boss.post(f"/absences/{uuid}/end", follow=True))
    assert standing() == [("A-2", date(2015, 2, 10), TODAY, "")]
    assert boss.post(f"/absences/{uuid}/end").status_code == 302
    assert standing() == [("A-2", date(2015, 2, 10), TODAY, "")]


def test_a_supervisor_says_who_stands_in_and_who_is_on_duty(boss: Client, hugo: Client) -> None:
    boss.post("/absences/backup", {"backup-adviser": "A-3", "backup-backup": "A-1"})
    boss.post("/absences/duty", {"duty-team": "33", "duty-adviser": "A-3"})
    boss.post("/absences/duty", {"duty-team": "", "duty-adviser": "A-2"})

    assert Adviser.objects.get(number="A-3").backup_id == "A-1"
    assert dict(Territory.objects.exclude(duty=None).values_list("code", "duty__number")) == {"33": "A-3"}
    assert Operator.objects.get().duty_id == "A-2"
    page = words(boss.get("/absences"))
    assert "Gironde Inès Caron Paris personne Puy-de-Dôme personne" in page
    assert "si personne de permanence pour la leur n’est là Hugo Marchand" in page

    boss.post("/absences/duty", {"duty-team": "33", "duty-adviser": ""})
    assert not Territory.objects.exclude(duty=None).exists()
    assert "Permanence" not in words(hugo.get("/absences"))


def test_nobody_stands_in_for_themself(boss: Client) -> None:
    answer = boss.post("/absences/backup", {"backup-adviser": "A-3", "backup-backup": "A-3"})

    assert answer.status_code == 422
    said = "Personne ne se remplace soi-même\u00a0: choisissez quelqu’un d’autre."
    assert answer.context["backup"].errors == {"backup": [said]}
    assert Adviser.objects.get(number="A-3").backup_id == "A-2"


def test_a_team_that_does_not_exist_has_nobody_on_duty(boss: Client) -> None:
    answer = boss.post("/absences/duty", {"duty-team": "99", "duty-adviser": "A-9"})

    assert (answer.status_code, set(answer.context["duty"].errors)) == (422, {"team", "adviser"})


@pytest.mark.parametrize("many", [0, 1, 3])
def test_the_page_takes_the_same_queries_however_many_are_away(
    boss: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        for adviser in ("A-1", "A-2", "A-3"):
            first = TODAY + timedelta(days=number * 3)
            away(adviser, first, first + timedelta(days=1))

    with django_assert_num_queries(QUERIES - (2 if many < 1 else 0)):
        page = boss.get("/absences")

    assert page.status_code == 200


def test_many_absences_come_a_page_at_a_time(boss: Client) -> None:
    for number in range(60):
        first = TODAY + timedelta(days=1 + number * 2)
        away("A-3", first, first + timedelta(days=1))

    top, rest = boss.get("/absences"), boss.get("/absences?page=2")

    assert [len(page.context["coming"]) for page in (top, rest)] == [50, 10]
    assert '<a href="?page=2" rel="next">' in top.content.decode()
    assert '<a href="?page=1" rel="prev">' in rest.content.decode()
