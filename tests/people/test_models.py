"""What must never be is impossible in the database."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from builders import LONG_AGO, a_world, refused_by
from ligneclaire.people.models import (
    Absence,
    Adviser,
    ContactPoint,
    Coverage,
    Customer,
    Department,
    Login,
    Operator,
    RecordCopy,
    Territory,
)

pytestmark = pytest.mark.django_db
STAMP = {"changed_by": "system:test", "changed_at": LONG_AGO}


@pytest.fixture(autouse=True)
def world() -> None:
    a_world()


def a_copy(**changes: object) -> RecordCopy:
    return RecordCopy.objects.create(
        **{"uuid": uuid4(), "customer_id": "C-2001", "asked_at": LONG_AGO, "wants_word": False} | changes
    )


def an_absence(first: date | None, end: date | None, *, adviser: str = "A-1", reason: str = "LEAVE") -> Absence:
    return Absence.objects.create(
        uuid=uuid4(),
        adviser_id=adviser,
        period=DateRange(first, end),
        reason=reason,
        recorded_by="adviser:A-1",
        recorded_at=LONG_AGO,
    )


def test_there_is_one_operator() -> None:
    with refused_by("operator_is_one_row"):
        Operator.objects.update(id=2)


def test_an_operator_speaks_a_language() -> None:
    with refused_by("operator_speaks"):
        Operator.objects.update(languages=[])


@pytest.mark.parametrize("lines", [[], ["LIGNE"] * 7])
def test_an_operators_address_has_one_to_six_lines(lines: list[str]) -> None:
    with refused_by("operator_address_fits"):
        Operator.objects.update(address=lines)


def test_an_adviser_is_not_their_own_backup() -> None:
    with refused_by("adviser_backup_is_another"):
        Adviser.objects.filter(number="A-1").update(backup="A-1")


def test_an_adviser_has_a_backup() -> None:
    with pytest.raises(IntegrityError, match='null value in column "backup_id"'), transaction.atomic():
        Adviser.objects.filter(number="A-1").update(backup=None)


def test_a_backup_exists() -> None:
    with refused_by("people_adviser_backup_id"):
        Adviser.objects.filter(number="A-1").update(backup="A-9")


def test_an_adviser_speaks_a_language() -> None:
    with refused_by("adviser_speaks"):
        Adviser.objects.filter(number="A-1").update(languages=[])


@pytest.mark.parametrize("phone", ["0199000101", "+33 1 99 00 0101", "+0199000101", "1090"])
def test_an_advisers_phone_is_e164(phone: str) -> None:
    with refused_by("adviser_phone_is_e164"):
        Adviser.objects.filter(number="A-1").update(phone=phone)


@pytest.mark.parametrize(
    ("first", "end"),
    [
        pytest.param(date(2015, 2, 20), date(2015, 2, 21), id="the last day"),
        pytest.param(date(2015, 2, 1), date(2015, 2, 11), id="the first day"),
        pytest.param(date(2015, 1, 1), None, id="without an end"),
    ],
)
def test_an_adviser_is_not_away_twice_on_one_day(first: date, end: date | None) -> None:
    an_absence(date(2015, 2, 10), date(2015, 2, 21))

    with refused_by("absence_without_overlap"):
        an_absence(first, end)


def test_absences_of_two_advisers_and_on_other_days_are_all_right() -> None:
    an_absence(date(2015, 2, 10), date(2015, 2, 21))
    an_absence(date(2015, 2, 10), date(2015, 2, 21), adviser="A-2")
    an_absence(date(2015, 2, 21), None)

    assert Absence.objects.count() == 3


@pytest.mark.parametrize(
    ("first", "end"),
    [
        pytest.param(date(2015, 2, 10), date(2015, 2, 10), id="no day"),
        pytest.param(None, date(2015, 2, 10), id="since ever"),
    ],
)
def test_an_absence_begins_and_has_days(first: date | None, end: date | None) -> None:
    with refused_by("absence_has_days"):
        an_absence(first, end)


def test_the_reason_of_an_absence_is_one_of_three() -> None:
    with refused_by("absence_reason_known"):
        an_absence(date(2015, 2, 10), None, reason="ILLNESS")


def test_an_adviser_covers_a_territory_once() -> None:
    with refused_by("coverage_once"):
        Coverage.objects.create(adviser_id="A-1", territory_id="33")


@pytest.mark.parametrize(
    ("model", "name"),
    [(Department, {"code": "billing"}), (Territory, {"code": "33", "communes": []})],
)
def test_codes_are_unique(model: type[Department | Territory], name: dict[str, object]) -> None:
    with refused_by(f"people_{model.__name__.lower()}_code"):
        model.objects.create(name="Again", **name, **STAMP)


def test_numbers_of_advisers_are_unique() -> None:
    with refused_by("people_adviser_number"):
        Adviser.objects.filter(number="A-1").update(number="A-2", backup="A-3")


def test_numbers_of_customers_are_unique() -> None:
    with refused_by("people_customer_number"):
        Customer.objects.filter(number="C-1001").update(number="C-2001", survivor="C-2001")


def test_a_customer_has_an_adviser() -> None:
    with pytest.raises(IntegrityError, match='null value in column "adviser_id"'), transaction.atomic():
        Customer.objects.filter(number="C-2001").update(adviser=None)


@pytest.mark.parametrize(("column", "missing"), [("adviser", "A-9"), ("territory", "99")])
def test_what_a_customer_refers_to_exists(column: str, missing: str) -> None:
    with refused_by(f"people_customer_{column}_id"):
        Customer.objects.filter(number="C-2001").update(**{column: missing})


def test_a_number_has_one_copy_of_its_record_at_a_time() -> None:
    a_copy(dropped_at=LONG_AGO)
    a_copy()
    with refused_by("record_copy_one_at_a_time"):
        a_copy()


@pytest.mark.parametrize(
    "part",
    [
        {"kept_at": LONG_AGO},
        {"numbers": ["C-2001"]},
        {"kept_at": LONG_AGO, "ends_at": LONG_AGO, "size": 1, "numbers": ["C-2001"]},
        {"kept_at": LONG_AGO, "ends_at": LONG_AGO + timedelta(days=7), "size": 1},
    ],
)
def test_a_copy_is_kept_with_whose_it_is_and_until_when(part: dict[str, object]) -> None:
    with refused_by("record_copy_kept_whole"):
        a_copy(**part)


def test_a_customer_has_one_contact_point_of_a_kind() -> None:
    with refused_by("contact_point_one_of_a_kind"):
        ContactPoint.objects.create(customer_id="C-2001", kind="EMAIL", value="other@example.org", **STAMP)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        pytest.param("ADDRESS", {"lines": []}, id="an address without lines"),
        pytest.param("ADDRESS", {"lines": ["LIGNE"] * 7}, id="an address of seven lines"),
        pytest.param("ADDRESS", {"value": "33000 BORDEAUX"}, id="an address with a value"),
        pytest.param("MOBILE", {"value": "06 39 98 02 01"}, id="a mobile that is not E.164"),
        pytest.param("MOBILE", {"lines": ["33000 BORDEAUX"]}, id="a mobile with lines"),
        pytest.param("EMAIL", {"value": "lenoir"}, id="an e-mail without an at sign"),
        pytest.param("EMAIL", {"lines": ["33000 BORDEAUX"]}, id="an e-mail with lines"),
        pytest.param("EMAIL", {"kind": "FAX"}, id="another kind"),
    ],
)
def test_a_contact_point_has_the_shape_of_its_kind(kind: str, wrong: dict[str, object]) -> None:
    with refused_by("contact_point_shape"):
        ContactPoint.objects.filter(customer__number="C-2001", kind=kind).update(**wrong)


def test_a_line_of_an_address_has_at_most_38_characters() -> None:
    statement = "UPDATE people_contactpoint SET lines = string_to_array(%s, '|') WHERE kind = 'ADDRESS'"

    with connection.cursor() as cursor:
        cursor.execute(statement, ["X" * 38])
        with pytest.raises(DataError, match="too long"), transaction.atomic():
            cursor.execute(statement, ["X" * 39])


@pytest.mark.parametrize(
    "of",
    [
        {},
        {"name": "Marie Petit"},
        {"department_id": "billing"},
        {"adviser_id": "A-1", "department_id": "billing"},
        {"adviser_id": "A-1", "department_id": "billing", "name": "Marie Petit"},
        {"adviser_id": "A-1", "name": "Marie Petit"},
    ],
)
def test_a_login_is_an_advisers_or_a_named_clerks(of: dict[str, str]) -> None:
    user = User.objects.create_user("marie")

    with refused_by("login_of_an_adviser_or_a_clerk"):
        Login.objects.create(user=user, given_by="system:test", given_at=LONG_AGO, **of)


def test_a_clerk_supervises_nobody() -> None:
    marie = User.objects.create_user("marie")

    with refused_by("login_of_a_supervisor_is_an_advisers"):
        Login.objects.create(
            user=marie,
            department_id="billing",
            name="Marie",
            is_supervisor=True,
            given_by="system:test",
            given_at=LONG_AGO,
        )


def test_an_adviser_has_one_login_and_a_login_one_adviser() -> None:
    nora, hugo = User.objects.create_user("nora"), User.objects.create_user("hugo")
    Login.objects.create(user=nora, adviser_id="A-1", given_by="system:test", given_at=LONG_AGO)

    with refused_by("people_login_adviser_id"):
        Login.objects.create(user=hugo, adviser_id="A-1", given_by="system:test", given_at=LONG_AGO)
    with refused_by("people_login_user_id"):
        Login.objects.create(user=nora, adviser_id="A-2", given_by="system:test", given_at=LONG_AGO)


@pytest.mark.parametrize(
    "of",
    [
        {"department_id": "billing", "name": "Marie"},
        {"adviser_id": "A-1", "is_supervisor": True},
        {"adviser_id": "A-1", "is_in_training": True},
    ],
)
def test_a_technician_has_no_other_role(of: dict[str, object]) -> None:
    user = User.objects.create_user("marie")

    with refused_by("login_of_a_technician_has_no_other_role"):
        Login.objects.create(user=user, is_technician=True, given_by="system:test", given_at=LONG_AGO, **of)


@pytest.mark.parametrize(
    "of", [{"department_id": "billing", "name": "Marie"}, {"adviser_id": "A-1", "is_supervisor": True}]
)
def test_neither_a_clerk_nor_a_supervisor_is_in_training(of: dict[str, object]) -> None:
    user = User.objects.create_user("marie")

    with refused_by("login_in_training_is_an_advisers"):
        Login.objects.create(user=user, is_in_training=True, given_by="system:test", given_at=LONG_AGO, **of)
