"""What a source states is read exactly, and what is wrong with it is named."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligneclaire.voice.intake import Parsed, Problem, parse, parse_line
from ligneclaire.voice.topics import TOPICS
from ligneclaire.voice.values import Takes
from voice.items import AN_ITEM, ITEMS, JSON

NO_TIME = "at: expected a time with its offset like 2015-02-10T09:12:00+01:00, got"
NOT_TO_KEEP = "data: has a character that cannot be kept (NUL or half a surrogate pair)"
NO_EFFECT = "data.effective: expected a date like 2015-02-13"
NO_KEY = "line: not JSON at column {}: Expecting property name enclosed in double quotes"


def euros(amount: object) -> dict[str, object]:
    return {"amount": amount, "currency": "EUR"}


def tea(value: object, **more: object) -> dict[str, object]:
    return {"data": {"key": "tea.time", "value": value, **more}}


WRONG: dict[Takes, list[object]] = {
    Takes.DATE: ["2015-3-5", "2015-02-30", "2015-W10-4", "20150305", "", 20150305, None, ["2015-03-05"], True],
    Takes.MONEY: [
        49, 49.5, "49.00", None, ["49.00", "EUR"], {"amount": "49.00"}, euros(49), euros("49.001"), euros("-1.00"),
        euros("NaN"), euros("1e9999999"), {"amount": "49.00", "currency": ""}, euros("49.00") | {"vat": "20"},
    ],
    Takes.TEXT: ["", "  ", "x" * 501, 3900, 1.5, None, True, ["3900"], {"text": "3900"}],
    Takes.TEXTS: [[], "box", [""], ["box", 1], ["x" * 501], ["box"] * 51, None, {"box": 1}, 1.5],
    Takes.DAYS: [-1, 3651, 7.0, "7", True, None, [7], {"days": 7}],
    Takes.FLAG: ["true", 1, 0, None, 0.5, [], {}],
}  # fmt: skip


def with_value(key: str, value: object) -> dict[str, object]:
    return AN_ITEM | {"data": {"key": key, "value": value}}


def test_a_fact_is_read_whole() -> None:
    assert parse_line(json.dumps(AN_ITEM).encode()) == Parsed(
        source="billing",
        source_id="e4",
        kind="closing_bill.date",
        customer="C-2001",
        contract="K-ADSL-1",
        value="2015-03-05",
        effective=date(2015, 2, 20),
        at=datetime(2015, 2, 14, 6, 30, tzinfo=UTC),
    )


def test_any_other_event_is_read_with_all_its_data() -> None:
    item = AN_ITEM | {"event": "termination.requested", "data": {"received_by": "letter", "pages": 1.5}}

    assert parse(item) == Parsed(
        source="billing",
        source_id="e4",
        kind="termination.requested",
        customer="C-2001",
        contract="K-ADSL-1",
        value={"received_by": "letter", "pages": 1.5},
        effective=None,
        at=datetime(2015, 2, 14, 6, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(("key", "value"), [("tea.time", 17.5), ("tea.time", None), ("contact.address", {"x": [1.5]})])
def test_what_no_topic_restricts_may_be_anything(key: str, value: object) -> None:
    parsed = parse(with_value(key, value))

    assert isinstance(parsed, Parsed)
    assert (parsed.kind, parsed.value) == (key, value)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"", "line: not JSON at column 1: Expecting value"),
        (b"{", NO_KEY.format(2)),
        (b'{"id": "e4",', NO_KEY.format(13)),
        (b'{"id": "e4"} {"id": "e5"}', "line: not JSON at column 14: Extra data"),
        (b'{"id": "e\xff"}', "line: not UTF-8 at byte 9"),
        ('{"id": "é"}'.encode("latin-1"), "line: not UTF-8 at byte 8"),
        (json.dumps(AN_ITEM).encode("utf-16-le"), NO_KEY.format(2)),
        (b'{"id": "e4", "id": "e5"}', "line: the key 'id' stands twice in one object"),
        (b'{"data": {"value": NaN}}', "line: NaN is not a JSON value"),
        (b'{"data": {"value": 1e999}}', "line: 1e999 is too large a number"),
        (b'{"data": {"value": ' + b"9" * 5000 + b"}}", "line: a number of 5000 digits is too large"),
        (b'{"data": ' + b"[" * 60000, "line: nested too deeply"),
        (b'{"data": "' + b"x" * 10_000_000 + b'"}', "line: longer than 65536 bytes"),
        (b' \t{"id": \r\n', "line: not JSON at column 7: Expecting value"),
        (b"[]", "line: expected an object, got list"),
        (b"null", "line: expected an object, got NoneType"),
    ],
)
def test_a_line_that_is_no_object_is_refused(line: bytes, problem: str) -> None:
    assert str(parse_line(line)) == problem


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"id": None}, "id: expected a text that is not empty"),
        ({"id": ""}, "id: expected a text that is not empty"),
        ({"id": "  "}, "id: expected a text that is not empty"),
        ({"id": 4}, "id: expected a text that is not empty"),
        ({"id": "x" * 201}, "id: expected at most 200 characters, got 201"),
        ({"source": ["billing"]}, "source: expected a text that is not empty"),
        ({"source": "voice"}, "source: 'voice' is this system itself"),
        ({"source": "journeys"}, "source: 'journeys' is this system itself"),
        ({"customer": 2001}, "customer: expected a text that is not empty"),
        ({"customer": ""}, "customer: expected a text that is not empty"),
        ({"contract": "K" * 41}, "contract: expected at most 40 characters, got 41"),
        ({"contract": None}, "contract: is missing: this topic is about a contract"),
        ({"source": "desk"}, "source: 'desk' is this system itself"),
        ({"event": "voice.mode_set"}, "event: 'voice.mode_set' is stated by this system only"),
        (
            {"event": "contracts.reason_decided"},
            "event: 'contracts.reason_decided' is stated by this system only",
        ),
        (
            {"data": {"key": "contracts.reason_decided", "value": {"accepted": True}}},
            "data.key: 'contracts.reason_decided' is not a topic",
        ),
        ({"event": "x" * 81}, "event: expected at most 80 characters, got 81"),
        ({"at": "2015-02-14T07:30:00"}, f"{NO_TIME} '2015-02-14T07:30:00'"),
        ({"at": "2015-02-14"}, f"{NO_TIME} '2015-02-14'"),
        ({"at": "2015-02-30T00:00:00Z"}, f"{NO_TIME} '2015-02-30T00:00:00Z'"),
        ({"at": "0001-01-01T00:00:00Z"}, f"{NO_TIME} '0001-01-01T00:00:00Z'"),
        ({"at": "9999-12-31T23:59:59Z"}, f"{NO_TIME} '9999-12-31T23:59:59Z'"),
        ({"at": 1423895400}, "at: expected a text that is not empty"),
        ({"data": None}, "data: expected an object"),
        ({"data": []}, "data: expected an object"),
        ({"data": {"value": 1}}, "data.key: expected a text of 1 to 80 characters"),
        ({"data": {"key": 1, "value": 1}}, "data.key: expected a text of 1 to 80 characters"),
        ({"data": {"key": "x" * 81, "value": 1}}, "data.key: expected a text of 1 to 80 characters"),
        ({"data": {"key": "closing_bill.date"}}, "data.value: is missing"),
        ({"data": {"key": "cases.closed", "value": 1}}, "data.key: 'cases.closed' is not a topic"),
        ({"data": {"key": "fact.withdrawn", "value": 1}}, "data.key: 'fact.withdrawn' is not a topic"),
        (tea(1, effective="soon"), NO_EFFECT),
        (tea(1, effective="2015-W07-5"), NO_EFFECT),
        (tea(1, effective="20150213"), NO_EFFECT),
        ({"event": "fact.withdrawn", "data": {"fact": 4}}, "data.fact: expected the id of the fact to withdraw"),
        ({"event": "closing_bill.date", "data": {}}, "data: expected a date like 2015-02-20, got {}"),
        (tea("\x00"), NOT_TO_KEEP),
        (tea(1, **{"\x00": 1}), NOT_TO_KEEP),
        ({"id": "e\ud800"}, NOT_TO_KEEP),
        (tea("x" * 70_000), "data: 70157 characters; at most 65536 are taken"),
        (tea(json.loads("[" * 31 + "]" * 31)), "data: is nested deeper than 32 levels"),
    ],
)
def test_the_field_that_is_wrong_is_named(changes: dict[str, object], problem: str) -> None:
    assert str(parse(AN_ITEM | changes)) == problem


@pytest.mark.parametrize("field", ["id", "at", "source", "event"])
def test_a_missing_field_is_named(field: str) -> None:
    item = {name: value for name, value in AN_ITEM.items() if name != field}

    assert parse(item) == Problem(field, "is missing")


@pytest.mark.parametrize(
    ("key", "value"),
    [(key, value) for key, topic in TOPICS.items() for value in WRONG.get(topic.takes, ())],
)
def test_a_value_of_the_wrong_type_is_refused_for_every_topic(key: str, value: object) -> None:
    found = parse(with_value(key, value))

    assert isinstance(found, Problem)
    assert found.field == "data.value"
    assert found.reason.startswith("expected ")
    assert ", got " in found.reason


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("closing_bill.date", "5 March", 'expected a date like 2015-02-20, got "5 March"'),
        ("equipment.penalty", 300.5, 'expected an amount like {"amount": "300.00", "currency": "EUR"}, got 300.5'),
        ("equipment.to_return", "box", 'expected a list of 1 to 50 texts, got "box"'),
        ("equipment.days_after_formal_notice", "7", 'expected a whole number of days from 0 to 3650, got "7"'),
        ("contract.goes_on", "yes", 'expected true or false, got "yes"'),
        ("contact.phone", 3900, "expected a text of 1 to 500 characters, got 3900"),
        ("support.for_line", "x" * 501, f'expected a text of 1 to 500 characters, got "{"x" * 56}...'),
    ],
)
def test_the_reason_says_what_was_expected_and_what_came(key: str, value: object, reason: str) -> None:
    assert parse(with_value(key, value)) == Problem("data.value", reason)


@pytest.mark.parametrize(
    "value", ["back\\u0000slash", "\u00e9\U0001f600", "x" * 60_000, json.loads("[" * 30 + "]" * 30)]
)
def test_what_can_be_kept_is_taken(value: object) -> None:
    assert isinstance(parse_line(json.dumps(AN_ITEM | tea(value)).encode()), Parsed)


@given(ITEMS | JSON)
def test_any_item_is_read_or_refused(item: object) -> None:
    found = parse(item)

    assert isinstance(found, Parsed) or (found.field and found.reason)


@given(st.binary() | st.builds(lambda item, cut: json.dumps(item).encode()[:cut], ITEMS, st.integers(0, 400)))
def test_any_line_is_read_or_refused(line: bytes) -> None:
    found = parse_line(line)

    assert isinstance(found, Parsed) or (found.field and found.reason)
