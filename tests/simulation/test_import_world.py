from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from builders import a_world, the_story_world
from ligneclaire.contracts.queries import household
from ligneclaire.contracts.rules.repair import Level
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.rows import Tally
from ligneclaire.offers.models import Offer
from ligneclaire.people.models import Coverage, Territory
from ligneclaire.people.queries import addressees, advisers, customers, departments, operator
from ligneclaire.people.queries.operator import NoOperator
from ligneclaire.simulation.world import Report, WorldRefused, import_world

pytestmark = pytest.mark.django_db

LATER = datetime(2015, 2, 1, tzinfo=UTC)
NUMBERS = ("C-1001", "C-2001", "C-3001", "C-4001", "C-4002", "C-5001")
KEPT_FOR_LATER = {
    "$.customers[].contracts[].sim.pin_tries_left": 1,
    "$.customers[].contracts[].sim.puk_tries_left": 1,
    "$.customers[].contracts[].user": 2,
    "$.customers[].mandate": 1,
    "$.operator.prices": 1,
    "$.operator.rounding": 1,
    "$.operator.vat": 1,
}


def changes(report: Report) -> dict[str, Tally]:
    return {what: tally for what, tally in report.tallies.items() if tally != Tally(same=tally.same)}


def problems(document: object) -> list[str]:
    with pytest.raises(WorldRefused) as refused:
        a_world(document)
    return [str(problem) for problem in refused.value.problems]


def test_the_world_of_the_stories_is_imported_and_what_has_no_home_is_told() -> None:
    assert a_world() == Report(
        tallies={
            "operator": Tally(new=1),
            "departments": Tally(new=17),
            "territories": Tally(new=4),
            "advisers": Tally(new=3),
            "coverages": Tally(new=5),
            "customers": Tally(new=6),
            "contact points": Tally(new=18),
            "offers": Tally(new=6),
            "contracts": Tally(new=9),
            "equipment": Tally(new=2),
            "sites": Tally(new=2),
            "resources": Tally(new=6),
            "lines": Tally(new=2),
            "holdings": Tally(new=4),
        },
        kept_for_later=KEPT_FOR_LATER,
    )


def test_the_people_of_the_stories_are_there() -> None:
    a_world()

    assert operator.current().name == "Télécom Ligne Claire"
    assert len(departments.codes()) == 17
    assert set(Territory.objects.values_list("code", "name")) == {
        ("63", "Puy-de-Dôme"),
        ("25-39", "Doubs et Jura"),
        ("75", "Paris"),
        ("33", "Gironde"),
    }
    assert set(Coverage.objects.values_list("adviser__number", "territory__code")) == {
        ("A-1", "75"),
        ("A-1", "33"),
        ("A-2", "63"),
        ("A-2", "75"),
        ("A-3", "25-39"),
    }
    assert [card.name for card in advisers.listed()] == ["Hugo Marchand", "Inès Caron", "Nora Benali"]
    known = addressees.of(NUMBERS, on=date(2015, 2, 20))
    assert {number: (row.name, row.adviser.number, row.territory) for number, row in known.items()} == {
        "C-1001": ("Famille Delmas", "A-1", "75"),
        "C-2001": ("M. et Mme Lenoir", "A-1", "33"),
        "C-3001": ("Mme Aubert", "A-1", "75"),
        "C-4001": ("Mme Roussel", "A-2", "63"),
        "C-4002": ("M. Garnier", "A-2", "63"),
        "C-5001": ("M. Perrin", "A-3", "25-39"),
    }


def test_the_contracts_and_offers_of_the_stories_are_there() -> None:
    a_world()

    held = {
        customer: [(holding.contract, holding.offer) for holding in holdings]
        for customer, holdings in household.of(NUMBERS).items()
    }
    assert held == {
        "C-1001": [("K-MOB-11", "MOBILE-1H")],
        "C-2001": [("K-FIX-3", "PHONE-LINE"), ("K-MOB-2", "MOBILE-PRO"), ("K-ADSL-1", "ADSL-PHONE")],
        "C-3001": [("K-MOB-31", "MOBILE-PRO")],
        "C-4001": [("K-FIX-7", "ADSL-PHONE"), ("K-MOB-42", "MOBILE-1H")],
        "C-4002": [("K-FIX-9", "ADSL-PHONE")],
        "C-5001": [("K-FIX-51", "FIBRE-500")],
    }
    pro = Offer.objects.get(code="MOBILE-PRO")
    assert (pro.kind, str(pro.price_per_month), pro.deposit) == ("MOBILE", "45.00 EUR", None)
    assert pro.terms == {
        "allowance": {"voice_seconds": 36000, "sms": 1000, "data_bytes": 21474836480},
        "roaming": {
            "BR": {
                "voice_out_per_minute": "2.90",
                "voice_in_per_minute": "1.40",
                "sms": "0.30",
                "data_per_mb": "0.80",
            }
        },
    }


def test_an_offer_says_by_when_a_line_that_broke_is_to_work_again() -> None:
    world = the_story_world()
    world["offers"][0]["level"] = "ftto"
    a_world(world)

    assert {one.contract: one.level for own in household.of(["C-4001", "C-5001"]).values() for one in own} == {
        "K-FIX-7": Level.FTTO,
        "K-MOB-42": None,
        "K-FIX-51": None,
    }


def test_the_same_world_again_changes_nothing() -> None:
    a_world()

    report = a_world(at=LATER)

    assert changes(report) == {}
    assert report.changed_nothing
    assert report.kept_for_later == KEPT_FOR_LATER


def test_what_differs_in_the_file_is_changed_and_counted() -> None:
    a_world()
    world = the_story_world()
    lenoir = world["customers"][1]
    lenoir["mobile"] = "06 39 98 02 99"
    lenoir["contracts"][0]["committed_until"] = "2016-04-01"
    del lenoir["contracts"][0]["equipment"][1]
    world["offers"][0]["price_per_month"] = "37.00"

    report = a_world(world, at=LATER)

    assert changes(report) == {
        "contact points": Tally(changed=1, same=17),
        "offers": Tally(changed=1, same=5),
        "contracts": Tally(changed=1, same=8),
        "equipment": Tally(same=1, removed=1),
    }
    assert not report.changed_nothing
    assert addressees.of(["C-2001"], on=LATER.date())["C-2001"].mobile == "+33639980299"


def test_a_second_world_is_added_to_the_first() -> None:
    a_world()
    world = the_story_world()
    del world["customers"][1:]
    world["customers"][0]["id"] = "C-9001"
    world["customers"][0]["contracts"] = []

    assert changes(a_world(world)) == {"customers": Tally(new=1), "contact points": Tally(new=3)}
    assert customers.known([*NUMBERS, "C-9001"]) == {*NUMBERS, "C-9001"}


Change = Callable[[Any], object]
WRONG: dict[str, tuple[Change, list[str]]] = {
    "a part is missing": (lambda w: w.pop("advisers") and w.update(customers=[]), ["$.advisers: is missing"]),
    "a key is missing": (lambda w: w["customers"][1].pop("adviser"), ["$.customers[1].adviser: is missing"]),
    "an unknown key": (
        lambda w: w["customers"][1].update({"e-mail": "x"}),
        ['$.customers[1]["e-mail"]: is not a known key'],
    ),
    "not a day": (
        lambda w: w["customers"][1]["contracts"][0].update(since="1 April 2008"),
        ["$.customers[1].contracts[0].since: expected a day such as 2015-02-09"],
    ),
    "a day that does not exist": (
        lambda w: w["customers"][1]["contracts"][0].update(since="2015-02-29"),
        ["$.customers[1].contracts[0].since: day is out of range for month"],
    ),
    "a number where a day belongs": (
        lambda w: w["customers"][1].update(since=20010901),
        ["$.customers[1].since: expected a day such as 2015-02-09"],
    ),
    "a commitment before the beginning": (
        lambda w: w["customers"][1]["contracts"][0].update(committed_until="2008-04-01"),
        ["$.customers[1].contracts[0].committed_until: a commitment ends after the contract begins, on 2008-04-01"],
    ),
    "an adviser who is not there": (
        lambda w: w["customers"][1].update(adviser="A-9"),
        ["$.customers[1].adviser: there is no adviser A-9"],
    ),
    "a backup who is not there": (
        lambda w: w["advisers"][0].update(backup="A-9"),
        ["$.advisers[0].backup: there is no adviser A-9"],
    ),
    "one's own backup": (
        lambda w: w["advisers"][0].update(backup="A-1"),
        ["$.advisers[0].backup: nobody is their own backup"],
    ),
    "an offer that is not there": (
        lambda w: w["customers"][1]["contracts"][2].update(offer="DIAL-UP"),
        ["$.customers[1].contracts[2].offer: there is no offer DIAL-UP"],
    ),
    "territories that are not there": (
        lambda w: (w["customers"][0].update(territory="99"), w["advisers"][2]["territories"].append("99")),
        [
            "$.advisers[2].territories[1]: there is no territory 99",
            "$.customers[0].territory: there is no territory 99",
        ],
    ),
    "a language that the operator does not speak": (
        lambda w: w["customers"][0].update(language="de"),
        ["$.customers[0].language: there is no language de"],
    ),
    "a customer twice": (
        lambda w: w["customers"][2].update(id="C-1001"),
        ["$.customers[2].id: C-1001 is already another customer"],
    ),
    "a contract twice, with two customers": (
        lambda w: w["customers"][2]["contracts"][0].update(id="K-ADSL-1"),
        ["$.customers[2].contracts[0].id: K-ADSL-1 is already another contract"],
    ),
    "a serial number twice": (
        lambda w: w["customers"][1]["contracts"][0]["equipment"][1].update(serial="LB-4471-0093"),
        ["$.customers[1].contracts[0].equipment[1].serial: LB-4471-0093 is already another serial number"],
    ),
    "codes twice": (
        lambda w: [w[part].append(w[part][0]) for part in ("departments", "territories", "offers", "advisers")],
        [
            "$.departments[17].code: contracts is already another department",
            "$.territories[4].code: 63 is already another territory",
            "$.advisers[3].id: A-1 is already another adviser",
            "$.offers[6].code: ADSL-PHONE is already another offer",
        ],
    ),
    "telephone numbers that are none": (
        lambda w: (w["customers"][0].update(mobile="1090"), w["advisers"][0].update(phone="call me")),
        [
            "$.advisers[0].phone: 'call me' is not a telephone number",
            "$.customers[0].mobile: '1090' is not a telephone number",
        ],
    ),
    "an e-mail address that is none": (
        lambda w: w["customers"][0].update(email="delmas"),
        ["$.customers[0].email: 'delmas' is not an e-mail address"],
    ),
    "an address line of 39 characters": (
        lambda w: w["customers"][0]["address"].append("X" * 39),
        ["$.customers[0].address[3]: String should have at most 38 characters"],
    ),
    "an address of seven lines": (
        lambda w: w["customers"][0].update(address=["X"] * 7),
        ["$.customers[0].address: List should have at most 6 items after validation, not 7"],
    ),
    "an empty address line": (
        lambda w: w["customers"][0]["address"].append(""),
        ["$.customers[0].address[3]: expected one line of text without blanks at its ends"],
    ),
    "a name with a line feed or a null": (
        lambda w: (w["customers"][0].update(name="A\nB"), w["customers"][1].update(name="A\x00B")),
        [
            "$.customers[0].name: expected one line of text without blanks at its ends",
            "$.customers[1].name: expected one line of text without blanks at its ends",
        ],
    ),
    "half a character": (
        lambda w: w["customers"][0].update(name="A\ud800"),
        ["$.customers[0].name: Input should be a valid string, unable to parse raw data as a unicode string"],
    ),
    "a number with a blank": (
        lambda w: w["customers"][0].update(id="C 1001"),
        ["$.customers[0].id: expected letters, digits, and between them dashes, dots or underscores"],
    ),
    "a price with three decimals": (
        lambda w: w["offers"][0].update(price_per_month="36.001"),
        ["$.offers[0].price_per_month: too many decimals for EUR: 36.001"],
    ),
    "a price below zero": (
        lambda w: w["offers"][0].update(price_per_month="-1.00"),
        ["$.offers[0].price_per_month: expected an amount of zero or more"],
    ),
    "a price that is a float": (
        lambda w: w["offers"][0].update(price_per_month=36.0),
        ["$.offers[0].price_per_month: Input should be a valid string"],
    ),
    "a rate that is none": (
        lambda w: w["offers"][3]["out_of_plan"].update(sms="free"),
        ['$.offers[3].out_of_plan.sms: expected a price such as "0.35"'],
    ),
    "an allowance below zero": (
        lambda w: w["offers"][3]["allowance"].update(voice_seconds=-1),
        ["$.offers[3].allowance.voice_seconds: Input should be greater than or equal to 0"],
    ),
    "another kind of offer": (
        lambda w: w["offers"][0].update(kind="cable"),
        ["$.offers[0].kind: Input should be 'fixed' or 'mobile'"],
    ),
    "a country that is none": (
        lambda w: w["operator"].update(country="XX", zone="Europe/Paris"),
        ["$.operator.country: expected a country such as FR"],
    ),
    "a currency that is none": (
        lambda w: w["operator"].update(currency="ECU") or w.update(offers=[], customers=[]),
        ["$.operator.currency: unknown currency: 'ECU'"],
    ),
    "a country whose zone must be said": (
        lambda w: w["operator"].update(country="ES"),
        ["$.operator.zone: expected the time zone of this country, such as Europe/Paris"],
    ),
    "a service number that is none": (
        lambda w: w["operator"].update(phone="10 90"),
        ["$.operator.phone: expected digits, such as 1090"],
    ),
}


@pytest.mark.parametrize(("change", "expected"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_in_a_file_is_named_with_its_place(change: Change, expected: list[str]) -> None:
    world = the_story_world()
    change(world)

    assert problems(world) == expected
    with pytest.raises(NoOperator):
        operator.current()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], ["$: Input should be a valid dictionary or instance of World"]),
        (None, ["$: Input should be a valid dictionary or instance of World"]),
        (
            {"operator": "me", "advisers": {}, "customers": [1]},
            [
                "$.operator: Input should be a valid dictionary or instance of Operator",
                "$.departments: is missing",
                "$.territories: is missing",
                "$.advisers: Input should be a valid list",
                "$.offers: is missing",
                "$.customers[0]: Input should be a valid dictionary or instance of Customer",
            ],
        ),
    ],
)
def test_a_file_that_is_no_world_is_refused(document: object, expected: list[str]) -> None:
    with pytest.raises(WorldRefused) as refused:
        import_world(document, by=SYSTEM, at=LATER)

    assert [str(problem) for problem in refused.value.problems] == expected


def test_all_that_is_wrong_is_named_at_once() -> None:
    world = the_story_world()
    world["customers"][5]["adviser"] = "A-9"
    world["customers"][1]["contracts"][0]["since"] = "soon"
    del world["operator"]["phone"]

    assert problems(world) == [
        "$.operator.phone: is missing",
        "$.customers[1].contracts[0].since: expected a day such as 2015-02-09",
        "$.customers[5].adviser: there is no adviser A-9",
    ]


def test_a_contract_that_another_customer_holds_is_refused_and_nothing_is_written() -> None:
    a_world()
    world = the_story_world()
    world["customers"][0]["name"] = "Famille Delmas-Petit"
    world["customers"][0]["contracts"].append(world["customers"][1]["contracts"].pop(0))

    assert problems(world) == ["$.customers[0].contracts[1].id: K-ADSL-1 is held by C-2001"]
    assert addressees.of(["C-1001"], on=LATER.date())["C-1001"].name == "Famille Delmas"


def test_a_country_we_do_not_know_may_say_its_zone() -> None:
    world = the_story_world()
    world["operator"].update(country="ES", zone="Europe/Madrid")

    a_world(world)

    assert (operator.current().country, operator.current().zone) == ("ES", "Europe/Madrid")


def test_a_pair_that_another_line_has_by_now_is_told() -> None:
    document = the_story_world()
    a_world(document)
    contract = document["customers"][4]["contracts"][0]
    assert contract["id"] == "K-FIX-9"
    for customer in document["customers"]:
        for row in customer["contracts"]:
            row.pop("pair", None)
    contract["pair"] = "63000-A1-104"
    document["network"]["in_use"].append({"pair": "63000-A1-105"})

    assert problems(document) == ["$.customers[4].contracts[0]: 63000-A1-104 is held by K-FIX-7"]


@pytest.mark.parametrize(
    ("sim", "what"),
    [
        ({"iccid": "8933012345678901231"}, ".sim: a line has a pair or a SIM"),
        ({"iccid": "89330 12345678901231"}, ".sim.iccid: expected 8933012345678901231"),
        (
            {"iccid": "8933012345678901232"},
            ".sim.iccid: '8933012345678901232' is no ICCID of 19 or 20 digits with its check digit",
        ),
    ],
)
def test_a_line_has_a_pair_or_a_sim_with_its_check_digit(sim: object, what: str) -> None:
    document = the_story_world()
    contracts = document["customers"][3]["contracts"]
    contracts[1].pop("sim")
    contracts[0]["sim"] = sim

    assert problems(document) == [f"$.customers[3].contracts[0]{what}"]


def a_technician(**changes: object) -> dict[str, object]:
    hours = [{"weekday": 1, "starts": "08:00", "ends": "12:00"}]
    who = {"id": "T-1", "name": "Marc Vidal", "mobile": "+33639980931", "skills": ["copper"], "territories": ["63"]}
    return who | {"hours": hours} | changes


def test_technicians_are_imported_where_the_file_has_some() -> None:
    document = the_story_world() | {"technicians": [a_technician(adviser="A-3")]}

    new = changes(a_world(document))

    assert (new["technicians"], new["areas"], new["hours"]) == (Tally(new=1), Tally(new=1), Tally(new=1))
    assert changes(a_world(document)) == {}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"territories": ["99"]}, ".territories[0]: there is no territory 99"),
        ({"adviser": "A-9"}, ".adviser: there is no adviser A-9"),
        (
            {"hours": [{"weekday": 1, "starts": "8:00", "ends": "12:00"}]},
            ".hours[0].starts: expected a time such as 08:00",
        ),
        (
            {"hours": [{"weekday": 1, "starts": "12:00", "ends": "08:00"}]},
            ".hours[0].ends: it ends before it begins, at 12:00",
        ),
        (
            {"hours": [{"weekday": 1, "starts": start, "ends": "12:00"} for start in ("08:00", "09:00")]},
            ".hours: 09:00 of day 1 overlaps others",
        ),
    ],
)
def test_a_technician_works_somewhere_and_at_one_time(change: dict[str, object], what: str) -> None:
    document = the_story_world() | {"technicians": [a_technician(**change)]}

    assert problems(document) == [f"$.technicians[0]{what}"]
