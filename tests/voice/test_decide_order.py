"""Inside a message things stand in the order in which they happen to the customer."""

from __future__ import annotations

from ligneclaire.voice.rules.speak import in_order
from ligneclaire.voice.rules.state import Telling
from ligneclaire.voice.topics import TOPICS, Moment
from voice.gate import heard, requested, stated, taken_back, until

MONEY = {"amount": "49.00", "currency": "EUR"}


def tellings(**values: object) -> list[Telling]:
    return [
        Telling(key=key.replace("__", "."), value=value, effective=None, earlier=None, facts=())
        for key, value in values.items()
    ]


def keys(told: tuple[Telling, ...]) -> list[str]:
    return [telling.key for telling in told]


def test_without_dates_the_usual_course_of_a_goodbye_is_the_order() -> None:
    told = tellings(
        contract__goes_on=True,
        refund__deposit=MONEY,
        closing_bill__amount=MONEY,
        equipment__to_return=["box"],
        termination__requested={},
        line__taken_over_by="other",
    )

    assert keys(in_order(told)) == [
        "termination.requested",
        "line.taken_over_by",
        "equipment.to_return",
        "closing_bill.amount",
        "refund.deposit",
        "contract.goes_on",
    ]


def test_what_has_a_date_stands_at_its_date() -> None:
    told = tellings(contract__ends_on="2015-03-10", closing_bill__date="2015-03-05", refund__deposit=MONEY)

    assert keys(in_order(told)) == ["closing_bill.date", "refund.deposit", "contract.ends_on"]


def test_what_has_no_date_stands_with_what_happens_before_it() -> None:
    told = tellings(
        number__kept_until="2015-05-01",
        equipment__penalty=MONEY,
        contract__ends_on="2015-02-20",
        closing_bill__date="2015-03-05",
    )

    assert keys(in_order(told)) == ["contract.ends_on", "equipment.penalty", "closing_bill.date", "number.kept_until"]


def test_the_earliest_day_of_a_moment_places_all_of_it() -> None:
    told = tellings(contract__ends_on="2015-03-01", equipment__return_by="2015-02-25", equipment__to_return=["box"])

    assert keys(in_order(told)) == ["equipment.return_by", "equipment.to_return", "contract.ends_on"]


def test_what_no_longer_holds_has_no_date() -> None:
    told = tellings(contract__ends_on=None, closing_bill__date="2015-03-05")

    assert keys(in_order(told)) == ["contract.ends_on", "closing_bill.date"]


def test_a_day_from_which_a_thing_counts_places_it_too() -> None:
    facts = [
        stated("third-party-operators", "line.taken_over_by", "other", "2015-02-10 10:00", effective="2015-02-25"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
    ]

    assert [key for key, _ in heard(until("2015-02-20 00:00", *facts))[0].says] == [
        "contract.ends_on",
        "line.taken_over_by",
    ]


def test_that_a_customer_stays_comes_before_what_falls_with_it() -> None:
    facts = [
        requested("2015-02-10 09:00"),
        stated("billing", "closing_bill.date", "2015-03-05", "2015-02-10 10:00"),
        stated("contracts", "contract.ends_on", "2015-02-20", "2015-02-10 10:00"),
        taken_back("2015-02-16 09:00"),
    ]

    assert [key for key, _ in heard(until("2015-02-20 00:00", *facts))[-1].says] == [
        "termination.withdrawn",
        "contract.ends_on",
        "closing_bill.date",
    ]


def test_every_moment_has_its_topics() -> None:
    assert {topic.moment for topic in TOPICS.values()} == set(Moment)
