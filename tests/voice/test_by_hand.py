"""What people type is read as their systems would have sent it, or said to be wrong; nothing is guessed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.voice import by_hand
from ligneclaire.voice.by_hand import Fault, Mistake, Typed
from ligneclaire.voice.intake import Parsed, Problem
from ligneclaire.voice.topics import STATABLE, TOPICS
from ligneclaire.voice.values import problem
from ligneclaire.voice.wording import explain
from ligneclaire.voice.wording.texts import LANGUAGES

NOW = datetime(2015, 2, 16, 9, tzinfo=UTC)
A_DATE, AN_AMOUNT, DAYS = "closing_bill.date", "closing_bill.amount", "equipment.days_after_formal_notice"


def statement(**fields: str) -> Parsed | Mistake:
    typed = Typed(**{"contract": "K-ADSL-1", "key": A_DATE, "value": "2015-03-05"} | fields)
    return by_hand.statement(typed, source="billing", name="form/1", currency="EUR", at=NOW)


def test_what_is_typed_becomes_a_statement_of_the_department() -> None:
    assert statement(
        contract=" k-adsl-1 ", key="Date de la dernière facture", value="5/3/2015", effective="20.02.2015"
    ) == (
        Parsed(
            source="billing",
            source_id="form/1",
            kind=A_DATE,
            customer=None,
            contract="K-ADSL-1",
            value="2015-03-05",
            effective=date(2015, 2, 20),
            at=NOW,
        )
    )


@pytest.mark.parametrize(
    ("fields", "field", "fault"),
    [
        ({"key": " "}, "key", Fault.MISSING),
        ({"key": "closing_bill.daet"}, "key", Fault.UNKNOWN),
        ({"key": "contact.phone"}, "key", Fault.UNKNOWN),
        ({"contract": " "}, "contract", Fault.MISSING),
        ({"contract": "K" * 41}, "contract", Fault.UNKNOWN),
        ({"value": " "}, "value", Fault.MISSING),
        ({"value": "tomorrow"}, "value", Fault.UNREADABLE),
        ({"effective": "tomorrow"}, "effective", Fault.UNREADABLE),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(fields: dict[str, str], field: str, fault: Fault) -> None:
    assert statement(**fields) == Mistake(field, fault)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("contract", Mistake("contract", Fault.UNKNOWN)),
        ("at", Mistake("contract", Fault.BEFORE_CONTRACT)),
        ("data.value", Mistake("value", Fault.BEFORE_CONTRACT)),
        ("data.effective", Mistake("effective", Fault.BEFORE_CONTRACT)),
        ("id", Mistake("line", Fault.STATED_OTHERWISE)),
    ],
)
def test_what_the_intake_finds_is_said_of_the_field_that_was_typed(field: str, expected: Mistake) -> None:
    assert by_hand.mistake(Problem(field, "whatever it says")) == expected


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        (A_DATE, "2015-03-05", "2015-03-05"),
        (A_DATE, "5/3/2015", "2015-03-05"),
        (A_DATE, "05.03.2015", "2015-03-05"),
        (A_DATE, "05-03-2015", "2015-03-05"),
        (AN_AMOUNT, "300", {"amount": "300.00", "currency": "EUR"}),
        (AN_AMOUNT, "300,5", {"amount": "300.50", "currency": "EUR"}),
        (AN_AMOUNT, "1 234,50 €", {"amount": "1234.50", "currency": "EUR"}),
        (AN_AMOUNT, "1\u202f234.50\u00a0gbp", {"amount": "1234.50", "currency": "GBP"}),
        (AN_AMOUNT, "12.30£", {"amount": "12.30", "currency": "GBP"}),
        (DAYS, "10", 10),
        (DAYS, "10 jours", 10),
        (DAYS, "1 day", 1),
        ("fees.formula", " 20% of 10 x 30.00 EUR ", "20% of 10 x 30.00 EUR"),
        ("equipment.to_return", "box | remote\r\n\r\ntv decoder", ["box", "remote", "tv decoder"]),
        ("contract.goes_on", "Oui", True),
        ("contract.goes_on", "false", False),
        ("contract.closed", "", {}),
        ("termination.requested", "Courrier", {"received_by": "letter"}),
        ("termination.requested", "letter 1/5/2015", {"received_by": "letter", "wished_on": "2015-05-01"}),
        ("withdrawal.requested", "e-mail", {"received_by": "email"}),
    ],
)
def test_values_are_read_as_people_write_them(key: str, text: str, value: object) -> None:
    assert by_hand.read(text, key, currency="EUR") == value
    assert problem(value, TOPICS[key].takes) is None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (A_DATE, "31/02/2015"),
        (A_DATE, "03/05/15"),
        (AN_AMOUNT, "1.234"),
        (AN_AMOUNT, "1,234.50"),
        (AN_AMOUNT, "-3"),
        (AN_AMOUNT, "300 XXQ"),
        (AN_AMOUNT, "3,5 JPY"),
        (AN_AMOUNT, "12 34"),
        (DAYS, "10 weeks"),
        (DAYS, "99999"),
        ("fees.formula", "x" * 501),
        ("equipment.to_return", "|"),
        ("contract.goes_on", "perhaps"),
        ("contract.closed", "yes"),
        ("termination.requested", "pigeon"),
        ("termination.requested", "letter soon"),
        ("withdrawal.requested", "letter 1/5/2015"),
    ],
)
def test_what_may_mean_two_things_or_none_is_not_read(key: str, text: str) -> None:
    assert problem(by_hand.read(text, key, currency="EUR"), TOPICS[key].takes)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (A_DATE, "2015-03-05"),
        (AN_AMOUNT, {"amount": "1234.50", "currency": "GBP"}),
        (DAYS, 10),
        ("fees.formula", "20% of 10 x 30.00 EUR"),
        ("equipment.to_return", ["box", "remote control"]),
        ("contract.goes_on", True),
        ("contract.goes_on", False),
    ],
)
def test_what_was_stated_is_written_so_that_it_is_read_again(key: str, value: object) -> None:
    assert by_hand.read(by_hand.written(value, key), key, currency="EUR") == value


@given(text=st.text(max_size=40), topic=st.sampled_from(STATABLE))
def test_whatever_is_typed_is_a_statement_or_a_mistake(text: str, topic: object) -> None:
    assert isinstance(statement(key=getattr(topic, "key"), value=text.replace("\x00", "")), Parsed | Mistake)  # noqa: B009


def test_topics_have_names_of_their_own_in_every_language() -> None:
    names = Counter(
        by_hand.topic_key(explain.topic_name(topic.key, language=language))
        for topic in STATABLE
        for language in LANGUAGES
    )

    assert names == Counter({topic.key: len(LANGUAGES) for topic in STATABLE})
