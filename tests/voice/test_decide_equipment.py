"""Equipment that does not come back: a reminder, a formal notice, a charge, and all of it taken back when it turns "
"up."""

from __future__ import annotations

from voice.gate import changed_from, ended, heard, stated, until, withdrawn

RETURN, RECEIVED = "equipment.to_return", "equipment.received"
MISSING, NOTICE, CHARGED = "equipment.missing", "equipment.formal_notice", "equipment.charged"
PENALTY = {"amount": "60.00", "currency": "EUR"}


def test_what_is_known_stands_beside_a_formal_notice() -> None:
    facts = [
        stated("equipment", RETURN, ["box", "tv decoder"], "2015-02-10 10:00"),
        stated("equipment", "equipment.penalty", PENALTY, "2015-02-10 10:00"),
        stated("journeys", MISSING, ["tv decoder"], "2015-03-10 10:00"),
        stated("journeys", NOTICE, "2015-04-02", "2015-03-20 10:00"),
    ]

    progress = until("2015-04-01 00:00", *facts)

    assert [message.says for message in heard(progress)] == [
        [(RETURN, ["box", "tv decoder"]), ("equipment.penalty", PENALTY)],
        [(MISSING, ["tv decoder"])],
        [(NOTICE, "2015-04-02")],
    ]
    assert [utterance.known for utterance in progress.utterances] == [
        {},
        {RETURN: ["box", "tv decoder"], "equipment.penalty": PENALTY},
        {RETURN: ["box", "tv decoder"], "equipment.penalty": PENALTY, MISSING: ["tv decoder"]},
    ]


def test_what_is_contested_or_no_longer_so_is_not_known_beside_it() -> None:
    facts = [
        stated("equipment", "equipment.penalty", PENALTY, "2015-02-10 10:00", name="penalty"),
        stated("equipment", RETURN, ["box"], "2015-02-10 10:00"),
        stated("equipment-south-west", RETURN, ["hub"], "2015-02-20 10:00"),
        withdrawn("penalty", "2015-02-20 10:00", source="equipment"),
        stated("journeys", NOTICE, "2015-04-02", "2015-02-20 10:00"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert heard(progress)[1].says == [("equipment.penalty", None), (NOTICE, "2015-04-02")]
    assert progress.utterances[1].known == {}


def test_a_charge_falls_when_the_parcel_turns_up() -> None:
    facts = [
        stated("journeys", CHARGED, PENALTY, "2015-02-10 10:00", name="charge"),
        stated("equipment", RECEIVED, ["box"], "2015-02-20 09:00"),
        withdrawn("charge", "2015-02-20 09:00", source="journeys"),
    ]

    progress = until("2015-03-10 00:00", *facts)

    assert [message.says for message in heard(progress)] == [
        [(CHARGED, PENALTY)],
        [(RECEIVED, ["box"]), (CHARGED, None)],
    ]
    assert changed_from(progress) == [None, None, PENALTY]
    assert ended(progress, *facts) == ["said", "said", 'not for customers withdraws "charge"']


def test_when_everything_is_settled_nothing_more_is_promised() -> None:
    facts = [
        stated("mailroom", "termination.requested", {"received_by": "letter"}, "2015-02-10 09:00"),
        stated("journeys", "contract.closed", {}, "2015-03-10 10:00"),
    ]

    progress = until("2015-04-01 00:00", *facts, with_equipment=["contract:K-ADSL-1"])

    assert heard(progress)[1:] == [("2015-03-12 08:00", [("contract.closed", {})], [])]
